"""Typing in the letter of a new plan; the funding and the draft themselves are made by their own verbs."""

from __future__ import annotations

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.funding.kept import to_json
from portal.funding.model import FundingPlan, FundingState
from portal.people.model import Client
from portal.proposals.model import Proposal
from portal.renewal import events
from portal.renewal.model import Renewal, RenewalState
from portal.start.draft import Draft
from portal.work import Work, command, open_command


@command(Resource.BUDGET, Action.WRITE)
def begin(work: Work, client: Client, draft: Draft) -> Renewal:
    """Begin with the letter of a new plan; until it is taken over nothing changes by it."""
    found = Renewal(
        client_id=client.id,
        state=RenewalState.OPEN,
        begun_by=work.account_id,
        begun_at=work.now,
        edited_at=work.now,
    )
    found.content = to_json(draft)
    work.session.add(found)
    work.session.flush()
    work.record(events.RenewalBegun(client_id=client.id, subject=found.id))
    return found


@command(Resource.BUDGET, Action.WRITE)
def edit(work: Work, renewal: Renewal, draft: Draft) -> None:
    """Keep what was typed since."""
    renewal.must_be_open()
    renewal.content, renewal.edited_at = to_json(draft), work.now
    work.record(events.RenewalEdited(client_id=renewal.client_id, subject=renewal.id))


@command(Resource.BUDGET, Action.WRITE)
def throw_away(work: Work, renewal: Renewal) -> None:
    """Forget what was typed."""
    renewal.must_be_open()
    renewal.content, renewal.state, renewal.ended_at = None, RenewalState.THROWN_AWAY, work.now
    work.record(events.RenewalThrownAway(client_id=renewal.client_id, subject=renewal.id))


@command(Resource.BUDGET, Action.WRITE)
def finish(work: Work, renewal: Renewal, plan: FundingPlan, proposal: Proposal, lines: int) -> None:
    """Keep what the letter became: the funding that counts now, and the draft that the week went on in."""
    renewal.must_be_open()
    renewal.state, renewal.ended_at = RenewalState.TAKEN, work.now
    renewal.plan_id, renewal.proposal_id = plan.id, proposal.id
    event = events.RenewalTaken(client_id=renewal.client_id, subject=renewal.id, starts=plan.starts, lines=lines)
    work.record(event)


@open_command
def reopen(work: Work, client: Client) -> None:
    """For the system: what was typed of a letter that was taken back is there again, unless another one is begun.

    The draft that the week went on in is put away, unless somebody has worked on it since.
    """
    ours = select(Renewal).where(Renewal.client_id == client.id).order_by(Renewal.begun_at.desc())
    found = work.session.scalars(unscoped(ours, "a job's own client")).all()
    taken = next((one for one in found if one.state is RenewalState.TAKEN and _counts_no_more(work, one)), None)
    if taken is None or any(one.state is RenewalState.OPEN for one in found):
        return
    if taken.proposal_id is not None:
        work.later("proposals.put_away_untouched", proposal_id=taken.proposal_id)
    taken.state, taken.ended_at, taken.plan_id, taken.proposal_id = RenewalState.OPEN, None, None, None
    work.record(events.RenewalReopened(client_id=client.id, subject=taken.id))


def _counts_no_more(work: Work, renewal: Renewal) -> bool:
    wanted = select(FundingPlan.state).where(FundingPlan.id == renewal.plan_id)
    return work.session.scalar(unscoped(wanted, "a job's own client")) is FundingState.TAKEN_BACK
