"""Writing in the pack for a plan meeting, leaving parts out of it, and letting others read it."""

from __future__ import annotations

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.db import Stale
from portal.funding.model import FundingPlan
from portal.goals.model import Goal
from portal.people.model import Client
from portal.review import events
from portal.review.model import GoalWord, Part, ReviewPack
from portal.work import Work, command


@command(Resource.STORY, Action.WRITE)
def write(
    work: Work,
    client: Client,
    plan: FundingPlan,
    version: int,
    wishes: str,
    unused: str,
    left_out: frozenset[Part],
) -> ReviewPack:
    """Keep own words and what is left out; ``version`` is 0 while there is no pack. Stale when somebody was faster."""
    pack = _pack(work, client, plan, version)
    pack.wishes, pack.unused, pack.written_at = wishes, unused, work.now
    pack.leave_out(left_out)
    work.session.flush()
    work.record(events.PackWritten(client_id=client.id, subject=pack.id, left_out=len(left_out)))
    return pack


@command(Resource.STORY, Action.WRITE)
def look_back(
    work: Work, goal: Goal, client: Client, plan: FundingPlan, version: int, worked: str, did_not: str
) -> None:
    """Keep what worked for one goal and what did not; ``version`` is that of the pack."""
    pack = _pack(work, client, plan, version)
    work.session.flush()
    wanted = select(GoalWord).where(GoalWord.pack_id == pack.id, GoalWord.goal_id == goal.id)
    row = work.session.scalar(unscoped(wanted, "the words of a pack that is permitted"))
    if row is None:
        row = GoalWord(client_id=client.id, pack_id=pack.id, goal_id=goal.id)
        work.session.add(row)
    row.worked, row.did_not, pack.written_at = worked, did_not, work.now
    work.record(events.GoalLookedBack(client_id=client.id, subject=goal.id))


@command(Resource.STORY, Action.WRITE)
def let_read(work: Work, client: Client, plan: FundingPlan, version: int) -> None:
    """Let everybody who may see the money and the story read the pack, without what is left out."""
    pack = _pack(work, client, plan, version)
    pack.shown_at, pack.shown_by = work.now, work.account_id
    work.session.flush()
    work.record(events.PackShown(client_id=client.id, subject=pack.id))


@command(Resource.STORY, Action.WRITE)
def take_back(work: Work, pack: ReviewPack) -> None:
    """Keep it to oneself again."""
    pack.shown_at = pack.shown_by = None
    work.record(events.PackTakenBack(client_id=pack.client_id, subject=pack.id))


def _pack(work: Work, client: Client, plan: FundingPlan, version: int) -> ReviewPack:
    """The pack about a funding plan as the form was made from it; a new one where there is none."""
    wanted = select(ReviewPack).where(ReviewPack.client_id == client.id, ReviewPack.plan_id == plan.id)
    pack = work.session.scalar(unscoped(wanted, "the command has permitted it"))
    if pack is not None:
        pack.expect(version)
        return pack
    if version:
        raise Stale
    pack = ReviewPack(client_id=client.id, plan_id=plan.id, written_at=work.now)
    work.session.add(pack)
    return pack
