"""The verbs of talking about a draft: suggest and answer, say and reply, disagree and settle, show how one feels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.proposals import dissent, events, mark_queries, others, queries, talk_events
from portal.proposals.lines import check
from portal.proposals.mark_model import Challenge
from portal.proposals.mark_states import Asked
from portal.proposals.model import (
    Act,
    Answer,
    Comment,
    Feeling,
    Line,
    Proposal,
    ProposalState,
    Reaction,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.DRAFT, Action.WRITE)
def suggest(
    work: Work,
    proposal: Proposal,
    what: SuggestionKind,
    line: Line | None,
    terms: Terms | None,
    reason: str,
    also: Sequence[Act] = (),
) -> Suggestion | None:
    """Suggest an edit; the draft stays as it is until the client answers. One's earlier one is replaced.

    ``also`` is what belongs to it and happens with it, or not at all. None when it suggests what the line says already.
    """
    if line is not None and terms == line.terms and not also:
        return None
    earlier = [
        one
        for one in queries.open_suggestions(work, proposal)
        if line is not None and one.line_id == line.id and one.suggested_by == work.account_id
        if bool(one.also) == bool(also)
    ]
    acts = [Act(line.id if line else None, terms, line.terms if line else None), *also]
    return _suggest(work, proposal, what, acts, reason, earlier[0] if earlier else None)


def _suggest(
    work: Work, proposal: Proposal, what: SuggestionKind, acts: Sequence[Act], reason: str, earlier: Suggestion | None
) -> Suggestion:
    proposal.must_be_draft()
    for act in acts:
        if act.terms is not None:
            check(proposal, act.terms)
    if work.account_id is None:
        raise NotVisible
    made = earlier or Suggestion(client_id=proposal.client_id, proposal_id=proposal.id)
    made.suggests, made.reason = what, reason
    made.suggest(acts)
    made.suggested_by, made.suggested_at, made.state = work.account_id, work.now, SuggestionState.OPEN
    work.session.add(made)
    work.session.flush()
    work.record(
        events.Suggested(client_id=proposal.client_id, subject=made.id, proposal_id=proposal.id, line_id=made.line_id)
    )
    return made


@command(Resource.DRAFT, Action.WRITE)
def withdraw(work: Work, suggestion: Suggestion) -> None:
    """Take one's own suggestion back."""
    if suggestion.suggested_by != work.account_id:
        raise NotVisible
    suggestion.close(Answer.WITHDRAW, "", work.account_id, work.now)
    work.record(
        events.SuggestionWithdrawn(
            client_id=suggestion.client_id, subject=suggestion.id, proposal_id=suggestion.proposal_id
        )
    )


@command(Resource.DRAFT, Action.WRITE)
def decline_suggestion(work: Work, suggestion: Suggestion, answer: str) -> None:
    """Say no to a suggestion, with a reason if one wants; the draft stays as it is."""
    _must_be_mine_to_answer(work, suggestion)
    suggestion.close(Answer.DECLINE, answer, work.account_id, work.now)
    work.record(
        events.SuggestionDeclined(
            client_id=suggestion.client_id,
            subject=suggestion.id,
            proposal_id=suggestion.proposal_id,
            line_id=suggestion.line_id,
        )
    )


@command(Resource.DRAFT, Action.WRITE)
def counter(
    work: Work, suggestion: Suggestion, proposal: Proposal, what: SuggestionKind, acts: Sequence[Act], reason: str
) -> Suggestion:
    """Answer a suggestion with other terms. It goes back to who suggested, and both rounds stay to be read.

    What it asks for happens when somebody who decides says yes to it; where they asked for it themselves, their yes
    is in it already, and the other side's yes is enough.
    """
    _must_be_mine_to_answer(work, suggestion)
    if [(one.line_id, one.terms) for one in acts] == [(one.line_id, one.terms) for one in suggestion.acts]:
        raise Refusal(words("This is the same as the suggestion. Change something, or say yes to it."))
    made = _suggest(work, proposal, what, acts, reason, None)
    decides = work.can(Resource.DRAFT, Action.APPROVE, proposal.client_id)
    made.answers_id, made.asked_id = suggestion.id, suggestion.suggested_by if decides else None
    suggestion.close(Answer.COUNTER, "", work.account_id, work.now)
    work.record(
        talk_events.Countered(
            client_id=proposal.client_id, subject=made.id, proposal_id=proposal.id, line_id=made.line_id
        )
    )
    return made


@command(Resource.DRAFT, Action.WRITE)
def put_off(work: Work, suggestion: Suggestion, proposal: Proposal, owner: UUID, due: date) -> None:
    """Answer later: somebody sees to it and is reminded on a day; meanwhile the line stays as it is.

    Whoever decides puts off anything, also what they suggested themselves; who was asked back, what they were asked.
    """
    if not work.can(Resource.DRAFT, Action.APPROVE, proposal.client_id):
        _must_be_mine_to_answer(work, suggestion)
    proposal.must_be_draft()
    others.must_see(work, owner, proposal)
    suggestion.park(work.now, owner, due)
    work.record(
        talk_events.PutOff(
            client_id=suggestion.client_id,
            subject=suggestion.id,
            proposal_id=suggestion.proposal_id,
            line_id=suggestion.line_id,
            due=due,
        )
    )


def _must_be_mine_to_answer(work: Work, suggestion: Suggestion) -> None:
    decides = work.can(Resource.DRAFT, Action.APPROVE, suggestion.client_id)
    asked = suggestion.asked_id is not None and suggestion.asked_id == work.account_id
    if not (decides or asked) or suggestion.suggested_by == work.account_id:
        raise NotVisible


@command(Resource.DRAFT, Action.WRITE)
def remind(work: Work, proposal: Proposal, about: Suggestion | Line | Challenge) -> None:
    """Remind whoever sees to it, once, that something put off is still open; a person who sees no more is not told."""
    settled = _is_settled(about) or proposal.state is not ProposalState.DRAFT
    if settled or about.park_owner_id is None or about.park_reminded_at:
        return
    about.park_reminded_at = work.now
    line_id, page = _where(about)
    if others.may(work, about.park_owner_id, Action.READ, proposal):
        path = f"/people/{about.client_id}/proposals/{proposal.id}/{page}"
        key = f"put-off-{about.id}-{about.park_due}"
        work.later("accounts.tell", account_id=about.park_owner_id, key=key, path=path)
    work.record(
        talk_events.Reminded(client_id=about.client_id, subject=about.id, proposal_id=proposal.id, line_id=line_id)
    )


def _is_settled(about: Suggestion | Line | Challenge) -> bool:
    if isinstance(about, Line):
        return about.parked_at is None
    return about.state not in (SuggestionState.PARKED, Asked.PARKED)


def _where(about: Suggestion | Line | Challenge) -> tuple[UUID | None, str]:
    """The line that something put off is about, and the page of the draft on which it stands."""
    if isinstance(about, Challenge):
        return None, "terms"
    return (about.id, f"lines/{about.id}") if isinstance(about, Line) else (about.line_id, f"suggestions/{about.id}")


# what people say


@command(Resource.DRAFT, Action.COMMENT)
def say(
    work: Work,
    proposal: Proposal,
    line: Line | None,
    text: str,
    *,
    disagrees: bool = False,
    about: Suggestion | None = None,
) -> Comment:
    """Say something about a line or the whole; "I don't agree" stands until it is settled, and the rest goes on."""
    line_id = line.id if line else about.line_id if about else None
    said = _said(work, proposal, line_id, text, disagrees=disagrees, suggestion_id=about.id if about else None)
    if disagrees:
        _tell_the_lead(work, proposal, said)
    return said


def _tell_the_lead(work: Work, proposal: Proposal, said: Comment) -> None:
    """A disagreement waits for whoever leads the work, so they hear of it at once."""
    path = f"/people/{proposal.client_id}/proposals/{proposal.id}/comments/{said.id}"
    for lead in sorted(mark_queries.leads(work, proposal.client_id) - {work.account_id}, key=str):
        if others.may(work, lead, Action.READ, proposal):
            work.later("accounts.tell", account_id=lead, key=f"disagrees-{said.id}-{lead}", path=path)


@command(Resource.DRAFT, Action.COMMENT)
def reply(work: Work, comment: Comment, proposal: Proposal, text: str) -> Comment:
    """Answer what somebody said. A coordinator's reply answers a disagreement; settled it is only by its own people."""
    first = queries.comment(work, proposal, comment.answers_id) if comment.answers_id else comment
    said = _said(
        work, proposal, first.line_id, text, disagrees=False, suggestion_id=first.suggestion_id, answers_id=first.id
    )
    if first.disagrees and first.answered_at is None and _answers(work, first, proposal):
        first.answered_at, first.answered_by = work.now, work.account_id
        work.record(
            talk_events.DisagreementAnswered(
                client_id=first.client_id, subject=first.id, proposal_id=proposal.id, line_id=first.line_id
            )
        )
    return said


def _answers(work: Work, disagreement: Comment, proposal: Proposal) -> bool:
    """Whether the reader is the one who owes the answer: the coordinator, or to a coordinator, who decides."""
    if disagreement.said_by == work.account_id:
        return False
    if others.coordinates(work):
        return True
    by = disagreement.said_by
    said_by_lead = others.may(work, by, Action.WRITE, proposal) and not others.may(work, by, Action.APPROVE, proposal)
    return said_by_lead and work.can(Resource.DRAFT, Action.APPROVE, disagreement.client_id)


def _said(
    work: Work,
    proposal: Proposal,
    line_id: UUID | None,
    text: str,
    *,
    disagrees: bool,
    suggestion_id: UUID | None = None,
    answers_id: UUID | None = None,
) -> Comment:
    proposal.must_be_draft()
    said = Comment(
        client_id=proposal.client_id,
        proposal_id=proposal.id,
        line_id=line_id,
        text=text,
        said_by=work.account_id,
        said_at=work.now,
        disagrees=disagrees,
        suggestion_id=suggestion_id,
        answers_id=answers_id,
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
def ask_third(work: Work, comment: Comment, proposal: Proposal, third: UUID) -> None:
    """Ask somebody else of the circle to help both sides with a disagreement; they are told where to read it."""
    mine = comment.said_by == work.account_id
    if not (mine or others.coordinates(work) or work.can(Resource.DRAFT, Action.APPROVE, comment.client_id)):
        raise NotVisible
    if not comment.disagrees or comment.resolved_at is not None:
        raise Refusal(words("This is settled already."))
    if third == comment.said_by:
        raise Refusal(words("Choose somebody who is not part of it."), "third")
    others.must_see(work, third, proposal, "third")
    comment.third_id, comment.third_asked_at = third, work.now
    path = f"/people/{comment.client_id}/proposals/{comment.proposal_id}/disagreements"
    work.later("accounts.tell", account_id=third, key=f"third-{comment.id}-{third}", path=path)
    work.record(
        talk_events.ThirdAsked(
            client_id=comment.client_id,
            subject=comment.id,
            proposal_id=comment.proposal_id,
            line_id=comment.line_id,
            third_id=third,
        )
    )


@command(Resource.DRAFT, Action.COMMENT)
def settle(work: Work, comment: Comment) -> None:
    """Settle a disagreement, see ``dissent.settles``. It stays in the log, with its answers."""
    if not dissent.settles(work, comment.client_id)(comment):
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
