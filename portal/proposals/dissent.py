"""A yes in spite of a disagreement: it stays written beside the version, and nobody who said so is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from portal.access.table import Action, Resource
from portal.people import queries as people
from portal.proposals import mark_queries, others, queries, talk_events
from portal.proposals.draft_rows import DraftComment
from portal.proposals.model import Comment, Proposal
from portal.work import Work


def stood(comment: Comment | DraftComment, proposal: Proposal) -> bool:
    """Whether a yes to the whole was said while this disagreement was open."""
    if not comment.disagrees or proposal.accepted_at is None:
        return False
    return comment.resolved_at is None or comment.resolved_at > proposal.accepted_at


def settles(work: Work, client_id: UUID) -> Callable[[Comment | DraftComment], bool]:
    """Tells which disagreements the reader may settle: their own, and where they decide, all but the person's own."""
    decides = work.can(Resource.DRAFT, Action.APPROVE, client_id)
    person = people.account_of_client(work, client_id) if decides else None
    return lambda one: one.said_by == work.account_id or (decides and one.said_by != person)


def stays_written(work: Work, proposal: Proposal, comments: Iterable[UUID]) -> None:
    """Keep that a yes was said although somebody does not agree, and tell who said so and whoever leads the work."""
    leads = mark_queries.leads(work, proposal.client_id)
    for comment_id in comments:
        said = queries.comment(work, proposal, comment_id)
        work.record(
            talk_events.DisagreementStands(
                client_id=proposal.client_id, subject=said.id, proposal_id=proposal.id, line_id=said.line_id
            )
        )
        _tell(work, proposal, said.id, sorted({said.said_by, *leads} - {work.account_id}, key=str))


def _tell(work: Work, proposal: Proposal, comment_id: UUID, people: Sequence[UUID]) -> None:
    path = f"/people/{proposal.client_id}/proposals/{proposal.id}/disagreements"
    for account_id in people:
        if others.may(work, account_id, Action.READ, proposal):
            work.later("accounts.tell", account_id=account_id, key=f"stands-{comment_id}-{account_id}", path=path)
