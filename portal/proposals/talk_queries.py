"""What waits for the reader in the talk about drafts: answers they were asked for, what they see to, disagreements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from budgeting.words import Name, words
from portal.access.scope import limit, visible
from portal.access.table import Action, Resource
from portal.db import among
from portal.people import due, next_steps
from portal.people.next_steps import NextStep
from portal.people.queries import those
from portal.proposals.mark_queries import who_leads
from portal.proposals.model import Comment, Line, Proposal, ProposalState, Suggestion, SuggestionState
from portal.proposals.queries import people_named
from portal.work import Work

SAY = (Resource.DRAFT, Action.COMMENT)


@next_steps.of_clients
def _asked(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Answers that went back to the reader, and suggestions they see to."""
    mine = or_(
        and_(Suggestion.state == SuggestionState.OPEN, Suggestion.asked_id == work.account_id),
        and_(Suggestion.state == SuggestionState.PARKED, Suggestion.park_owner_id == work.account_id),
    )
    wanted = _of(work, select(Suggestion, Proposal.title), Suggestion, clients).where(mine)
    for one, title in work.session.execute(wanted):
        href = f"/people/{one.client_id}/proposals/{one.proposal_id}/suggestions/{one.id}"
        if one.state is SuggestionState.OPEN:
            said = words("Somebody answered your suggestion in “{draft}”.", draft=Name(title))
            yield one.client_id, NextStep(said, href)
        elif one.park_due is not None:
            said = words("You see to a suggestion in “{draft}” by {day}.", draft=Name(title), day=one.park_due)
            yield one.client_id, NextStep(said, href, urgent=one.park_due <= work.day)


@next_steps.of_clients
def _sees_to(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Lines left out for now that the reader sees to."""
    columns = (Line.client_id, Line.proposal_id, Line.id, Line.name, Line.park_due)
    wanted = _of(work, select(*columns), Line, clients).where(
        Line.parked_at.is_not(None), Line.removed_at.is_(None), Line.park_owner_id == work.account_id
    )
    for client_id, proposal_id, line_id, name, day in work.session.execute(wanted):
        if day is not None:
            said = words("You see to {support} by {day}. It is left out for now.", support=Name(name), day=day)
            yield client_id, NextStep(said, f"/people/{client_id}/proposals/{proposal_id}/lines/{line_id}")


@due.of_clients
def _put_off(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Suggestions that were put off and supports that were left out for now, by the day somebody sees to them."""
    suggested = visible(work, Suggestion).join(Proposal, Proposal.id == Suggestion.proposal_id)
    suggested = suggested.where(among(Suggestion.client_id, clients), Suggestion.state == SuggestionState.PARKED)
    for one in work.session.scalars(suggested.where(Proposal.state == ProposalState.DRAFT)):
        says = one.acts[0].terms or one.acts[0].was
        if one.park_due is not None and says is not None:
            href = f"/people/{one.client_id}/proposals/{one.proposal_id}/suggestions/{one.id}"
            yield due.Due(one.client_id, due.Kind.PUT_OFF, one.park_due, Name(says.name), href, one.park_owner_id)
    columns = (Line.client_id, Line.proposal_id, Line.id, Line.name, Line.park_due, Line.park_owner_id)
    lines = _of(work, select(*columns), Line, clients).where(Line.parked_at.is_not(None), Line.removed_at.is_(None))
    for client_id, proposal_id, line_id, name, day, owner in work.session.execute(lines):
        if day is not None:
            href = f"/people/{client_id}/proposals/{proposal_id}/lines/{line_id}"
            yield due.Due(client_id, due.Kind.PUT_OFF, day, Name(name), href, owner)


@due.of_clients
def _not_agreed(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Disagreements that nobody who owes the answer has answered, since the day they were said."""
    columns = select(Comment.client_id, Comment.proposal_id, Comment.id, Comment.said_by, Comment.said_at, Line.name)
    wanted = _of(work, columns, Comment, clients).outerjoin(Line, Line.id == Comment.line_id)
    wanted = wanted.where(Comment.disagrees, Comment.answered_at.is_(None), Comment.resolved_at.is_(None))
    found = work.session.execute(wanted).all()
    names = people_named(work, [one.said_by for one in found]) if found else {}
    leading = who_leads(work, clients) if found else {}
    for client_id, proposal_id, comment_id, said_by, said_at, line in found:
        client, lead, who = clients[client_id], leading.get(client_id), Name(names.get(said_by, ""))
        text = words("{who} does not agree with something in the draft yet.", who=who)
        if line is not None:
            text = words("{who} does not agree with {support} yet.", who=who, support=Name(line))
        href = f"/people/{client_id}/proposals/{proposal_id}/comments/{comment_id}"
        owes = Name(client.name) if said_by == lead else lead
        yield due.Due(client_id, due.Kind.DISAGREEMENT, client.by_the_clock(said_at).date(), text, href, owes)


@next_steps.of_clients
def _to_answer(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Disagreements that wait for the coordinator."""
    columns = (Comment.client_id, Comment.proposal_id, Comment.id, Proposal.title)
    wanted = _of(work, select(*columns), Comment, clients).where(
        Comment.disagrees, Comment.answered_at.is_(None), Comment.resolved_at.is_(None)
    )
    found = work.session.execute(wanted.where(Comment.said_by != work.account_id)).all()
    if not found:
        return
    coordinates = set(those(work, Resource.DRAFT, Action.WRITE, clients)) - set(
        those(work, Resource.DRAFT, Action.APPROVE, clients)
    )
    for client_id, proposal_id, comment_id, title in found:
        if client_id in coordinates:
            said = words("Somebody does not agree in “{draft}” and waits for your answer.", draft=Name(title))
            href = f"/people/{client_id}/proposals/{proposal_id}/comments/{comment_id}"
            yield client_id, NextStep(said, href, urgent=True)


def _of(work: Work, statement: Any, model: Any, clients: next_steps.Clients) -> Any:
    """The same about drafts of some clients that are still worked on, as far as the reader may see it."""
    return limit(
        statement.join(Proposal, Proposal.id == model.proposal_id).where(
            among(model.client_id, clients), Proposal.state == ProposalState.DRAFT
        ),
        work,
        model,
    )
