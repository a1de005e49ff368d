"""The verbs of talking about a proposal: suggest, answer with no, say, disagree, settle, show how one feels."""

from __future__ import annotations

from portal.access.table import Action, Resource
from portal.proposals import events, queries
from portal.proposals.lines import check
from portal.proposals.model import (
    Comment,
    Feeling,
    Line,
    Proposal,
    Reaction,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from portal.proposals.terms import Terms
from portal.work import NotVisible, Work, command


@command(Resource.DRAFT, Action.WRITE)
def suggest(
    work: Work, proposal: Proposal, what: SuggestionKind, line: Line | None, terms: Terms | None, reason: str
) -> Suggestion | None:
    """Suggest an edit; the draft stays as it is until the client answers. One's earlier open one is replaced.

    None when it suggests what the line says already.
    """
    if terms is None:
        proposal.must_be_draft()
    else:
        check(proposal, terms)
    if line is not None and terms == line.terms:
        return None
    earlier = [
        one
        for one in queries.open_suggestions(work, proposal)
        if line is not None and one.line_id == line.id and one.suggested_by == work.account_id
    ]
    made = earlier[0] if earlier else Suggestion(client_id=proposal.client_id, proposal_id=proposal.id)
    made.suggests, made.line_id, made.reason = what, line.id if line else None, reason
    made.terms, made.was = terms.as_json() if terms else None, line.terms.as_json() if line else None
    if work.account_id is None:
        raise NotVisible
    made.suggested_by, made.suggested_at, made.state = work.account_id, work.now, SuggestionState.OPEN
    work.session.add(made)
    work.session.flush()
    work.record(
        events.Suggested(
            client_id=proposal.client_id, subject=made.id, proposal_id=proposal.id, line_id=made.line_id
        )
    )
    return made


@command(Resource.DRAFT, Action.WRITE)
def withdraw(work: Work, suggestion: Suggestion) -> None:
    """Take one's own suggestion back."""
    suggestion.must_be_open()
    if suggestion.suggested_by != work.account_id:
        raise NotVisible
    suggestion.close(SuggestionState.WITHDRAWN, "", work.account_id, work.now)
    work.record(
        events.SuggestionWithdrawn(
            client_id=suggestion.client_id, subject=suggestion.id, proposal_id=suggestion.proposal_id
        )
    )


@command(Resource.DRAFT, Action.APPROVE)
def decline_suggestion(work: Work, suggestion: Suggestion, answer: str) -> None:
    """Say no to a suggestion, with a reason if one wants; the draft stays as it is."""
    suggestion.must_be_open()
    suggestion.close(SuggestionState.DECLINED, answer, work.account_id, work.now)
    work.record(
        events.SuggestionDeclined(
            client_id=suggestion.client_id,
            subject=suggestion.id,
            proposal_id=suggestion.proposal_id,
            line_id=suggestion.line_id,
        )
    )


@command(Resource.DRAFT, Action.COMMENT)
def say(work: Work, proposal: Proposal, line: Line | None, text: str, *, disagrees: bool = False) -> Comment:
    """Say something about a line or the whole; "I don't agree" stands until it is settled, and the rest goes on."""
    proposal.must_be_draft()
    line_id = line.id if line else None
    said = Comment(
        client_id=proposal.client_id,
        proposal_id=proposal.id,
        line_id=line_id,
        text=text,
        said_by=work.account_id,
        said_at=work.now,
        disagrees=disagrees,
    )
    work.session.add(said)
    work.session.flush()
    work.record(
        events.Commented(
            client_id=proposal.client_id,
            subject=said.id,
            proposal_id=proposal.id,
            line_id=line_id,
            disagrees=disagrees,
        )
    )
    return said


@command(Resource.DRAFT, Action.COMMENT)
def settle(work: Work, comment: Comment) -> None:
    """Settle a disagreement: by who said it, or by who decides."""
    decides = work.can(Resource.DRAFT, Action.APPROVE, comment.client_id)
    if not decides and comment.said_by != work.account_id:
        raise NotVisible
    if comment.resolved_at is not None:
        return
    comment.resolved_at, comment.resolved_by = work.now, work.account_id
    work.record(
        events.DisagreementResolved(
            client_id=comment.client_id,
            subject=comment.id,
            proposal_id=comment.proposal_id,
            line_id=comment.line_id,
        )
    )


@command(Resource.DRAFT, Action.COMMENT)
def react(work: Work, line: Line, feeling: Feeling) -> None:
    """Show how one feels about a line: like it, not sure, don't like it."""
    mine = queries.own_reaction(work, line)
    if mine is None:
        mine = Reaction(
            client_id=line.client_id, proposal_id=line.proposal_id, line_id=line.id, account_id=work.account_id
        )
        work.session.add(mine)
    mine.feeling = feeling
    work.session.flush()
    work.record(events.Reacted(client_id=line.client_id, subject=line.id, proposal_id=line.proposal_id))
