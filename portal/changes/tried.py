"""What a change came from inside the plan itself: a scenario that was tried out, or a change that did not help.

What a scenario says beside the plan becomes what the change would do.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from budgeting.words import Name, words
from portal.access.scope import visible
from portal.changes import causes
from portal.changes.edits import Edit
from portal.changes.model import ChangeRequest
from portal.changes.settling import path_of
from portal.changes.states import Helped
from portal.people.model import Client
from portal.proposals import scenarios
from portal.proposals.cut import clip
from portal.proposals.frozen import FrozenProposal
from portal.proposals.kept import Scenario
from portal.proposals.terms import other_days_of
from portal.work import Work

KIND, AGAIN = "scenario", "change"


@causes.shown(KIND)
def _cause(work: Work, about: UUID) -> causes.Cause | None:
    one = _seen(work, about)
    if one is None:
        return None
    return causes.Cause(words("It was tried out: {title}", title=Name(one.title)), scenarios.address(one))


@causes.shown(AGAIN)
def _earlier(work: Work, about: UUID) -> causes.Cause | None:
    """A change that holds, of which the person said that it did not help, or only a little."""
    wanted = visible(work, ChangeRequest).where(
        ChangeRequest.id == about, ChangeRequest.helped.in_((Helped.NO, Helped.PARTLY))
    )
    one = work.session.scalar(wanted)
    if one is None:
        return None
    own = one.helped_said or "" if one.helped_by == work.account_id else ""
    said = words("The change from {day} did not help enough", day=one.effective)
    return causes.Cause(said, path_of(one), reason=own)


def _seen(work: Work, scenario_id: UUID) -> Scenario | None:
    found: Scenario | None = work.session.scalar(
        visible(work, Scenario).where(Scenario.id == scenario_id, Scenario.deleted_at.is_(None))
    )
    return found


def edits(work: Work, client: Client, because: str, plan: FrozenProposal, effective: date) -> list[Edit]:
    """What a plan needs from a day on to say what a scenario says; nothing when the cause is something else.

    A support of the plan that the scenario leaves out ends, one that the plan does not know is new, and nothing goes
    on after the last day of the plan. The reader may see the scenario, and it is of this client and program.
    """
    named = causes.named(work, because)
    one = _seen(work, named[1]) if named is not None and named[0] == KIND else None
    if one is None or (one.client_id, one.program) != (client.id, plan.program):
        return []
    now, wanted = {line.id: line.terms for line in plan.lines}, {line.key: line for line in one.lines if not line.out}
    days = max(effective, plan.period.first), plan.period.last
    says = {key: rest for key, line in wanted.items() if (rest := clip(line.terms, *days)) is not None}
    for key, terms in now.items():  # of a support that changes in the middle, what goes on keeps its place in the plan
        parts = [part for part, rest in says.items() if part not in now and other_days_of(rest, terms)]
        if key in wanted and key not in says and parts:
            says[key] = says.pop(min(parts, key=lambda part: says[part].starts))
    over = [Edit(key, None) for key, terms in now.items() if key not in says and terms.ends >= effective]
    kept = {key for key, terms in now.items() if key in wanted and wanted[key].terms == terms}
    return over + [Edit(key, rest) for key, rest in says.items() if key not in kept]
