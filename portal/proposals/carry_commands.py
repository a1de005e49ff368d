"""Beginning a draft for other days with lines that somebody had before: the week goes on in a new plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.proposals import events
from portal.proposals.lines import new_line
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.terms import Terms
from portal.work import Refusal, Work, command


@command(Resource.DRAFT, Action.WRITE)
def carry_over(
    work: Work,
    client: Client,
    title: str,
    program: str,
    starts: date,
    ends: date,
    lines: Sequence[tuple[UUID, Terms]],
) -> Proposal:
    """Begin a draft with some lines, each under the key it had, so that changes can be told."""
    if ends < starts:
        raise Refusal(words("The last day is before the first."), "ends")
    proposal = Proposal(
        client_id=client.id,
        title=title,
        program=program,
        starts=starts,
        ends=ends,
        state=ProposalState.DRAFT,
        started_by=work.account_id,
        created_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    for position, (key, terms) in enumerate(lines, 1):
        new_line(work, proposal, terms, position, key)
    work.record(events.ProposalStarted(client_id=client.id, subject=proposal.id, starts=starts, ends=ends))
    return proposal
