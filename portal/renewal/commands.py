"""Typing in the letter of a new plan; the funding and the draft themselves are made by their own verbs."""

from __future__ import annotations

from portal.access.table import Action, Resource
from portal.funding.kept import to_json
from portal.funding.model import FundingPlan
from portal.people.model import Client
from portal.proposals.model import Proposal
from portal.renewal import events
from portal.renewal.model import Renewal, RenewalState
from portal.start.draft import Draft
from portal.work import Work, command


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
