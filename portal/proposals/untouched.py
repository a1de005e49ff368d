"""A draft that was made for a reason, and that nobody has touched since: it goes when the reason is gone."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, or_, select

from portal.access.scope import unscoped
from portal.proposals import events, queries
from portal.proposals.kept import Edit, Scenario
from portal.proposals.mark_model import Mark
from portal.proposals.model import Comment, Line, Proposal, ProposalState, Reaction, Suggestion
from portal.work import Work, open_command

OF_A_DRAFT = (Edit, Suggestion, Comment, Reaction, Mark, Scenario)


@open_command
def put_away(work: Work, proposal_id: UUID) -> None:
    """For the system: put a draft away if nobody changed it or said anything of it since it was made.

    It can still be read, as whatever was put away can.
    """
    found = queries.for_job(work, proposal_id)
    if found is None or found.state is not ProposalState.DRAFT or found.version > 1 or _touched(work, found):
        return
    found.state = ProposalState.CLOSED
    work.record(events.ProposalClosed(client_id=found.client_id, subject=found.id))


def _touched(work: Work, draft: Proposal) -> bool:
    said = [exists().where(row.proposal_id == draft.id) for row in OF_A_DRAFT]
    changed = exists().where(Line.proposal_id == draft.id, Line.version > 1)
    return bool(work.session.scalar(unscoped(select(or_(changed, *said)), "a job's own client")))
