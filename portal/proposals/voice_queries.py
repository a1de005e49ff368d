"""Whose idea the supports of a draft were, and who did what in it, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from portal.access.scope import limit, visible
from portal.goals.model import Goal
from portal.people.model import Client, Tie
from portal.proposals import queries
from portal.proposals.kept import Edit, EditKind
from portal.proposals.model import Line, Proposal, Suggestion, SuggestionState
from portal.proposals.voice_model import AtTheirWord, WhoseIdea
from portal.proposals.voices import PARTIES, Act, ActKind, Party, Word
from portal.work import Work


def ideas(work: Work, proposal: Proposal) -> Sequence[WhoseIdea]:
    """The answers the reader may see: one's own, and those that were shared."""
    wanted = visible(work, WhoseIdea).where(WhoseIdea.proposal_id == proposal.id)
    return work.session.scalars(wanted.order_by(WhoseIdea.said_at, WhoseIdea.id)).all()


def any_shared(work: Work, proposal: Proposal) -> bool:
    """Whether there is an answer that the reader may see."""
    wanted = limit(select(func.count()).select_from(WhoseIdea), work, WhoseIdea)
    return bool(work.session.scalar(wanted.where(WhoseIdea.proposal_id == proposal.id)))


def own(work: Work, proposal: Proposal, line_key: UUID) -> WhoseIdea | None:
    """The reader's own answer about one support; None when they gave none."""
    found = [one for one in ideas(work, proposal) if one.line_key == line_key and one.said_by == work.account_id]
    return found[0] if found else None


def at_my_word(work: Work, client: Client) -> Sequence[AtTheirWord]:
    """Whose acts the reader said to be at their word, those that are over too."""
    wanted = visible(work, AtTheirWord).where(
        AtTheirWord.client_id == client.id, AtTheirWord.said_by == work.account_id
    )
    return work.session.scalars(wanted.order_by(AtTheirWord.since)).all()


def words_of(found: Iterable[AtTheirWord]) -> list[Word]:
    """The same as plain values."""
    return [Word(one.account_id, one.since, one.until) for one in found]


def parties(work: Work, client: Client) -> Mapping[UUID, Party]:
    """What everybody is or was to the client, by account; who was several things is the first of them."""
    wanted = visible(work, Tie).where(Tie.client_id == client.id, Tie.account_id.is_not(None))
    found: dict[UUID, Party] = {}
    for tie in work.session.scalars(wanted.order_by(Tie.starts, Tie.id)):
        party = PARTIES.get(tie.relationship)
        if tie.account_id and party and (tie.account_id not in found or party is Party.CLIENT):
            found[tie.account_id] = party
    return found


def acts(work: Work, client: Client, proposal: Proposal) -> list[Act]:
    """Everything that somebody did in a draft and with the goals it serves, as far as it is counted."""
    lines = queries.lines(work, proposal)
    suggested = visible(work, Suggestion).where(Suggestion.proposal_id == proposal.id)
    suggestions = work.session.scalars(suggested.order_by(Suggestion.suggested_at, Suggestion.id)).all()
    edited = visible(work, Edit).where(Edit.proposal_id == proposal.id, Edit.undone_at.is_(None))
    edits = work.session.scalars(edited.order_by(Edit.number)).all()
    goals = work.session.scalars(visible(work, Goal).where(Goal.client_id == client.id)).all()
    found = [*_brought_in(lines, suggestions, edits), *_edited(edits), *_answered(suggestions)]
    found += [Act(ActKind.GOAL, one.id, one.said_by, one.said_at) for one in goals]
    for said in queries.comments(work, proposal):
        if said.resolved_by and said.resolved_at:
            found.append(Act(ActKind.DECIDED, said.id, said.resolved_by, said.resolved_at))
    if proposal.accepted_by and proposal.accepted_at:
        found.append(Act(ActKind.DECIDED, proposal.id, proposal.accepted_by, proposal.accepted_at))
    return found


def _brought_in(lines: Sequence[Line], suggestions: Sequence[Suggestion], edits: Sequence[Edit]) -> Iterator[Act]:
    """Who thought of each support: who suggested it, or else who put it in."""
    thought = {one.line_id: one for one in suggestions if one.was is None and one.terms and one.line_id}
    put_in = {one.line_id: one for one in edits if one.kind is EditKind.ADDED}
    for line in lines:
        if (first := thought.get(line.id)) is not None:
            yield Act(ActKind.BROUGHT_IN, line.id, first.suggested_by, first.suggested_at)
        elif (edit := put_in.get(line.id)) is not None and edit.made_by:
            yield Act(ActKind.BROUGHT_IN, line.id, edit.made_by, edit.made_at)


def _edited(edits: Sequence[Edit]) -> Iterator[Act]:
    for one in edits:
        if one.made_by and one.kind is EditKind.CHANGED:
            yield Act(ActKind.CHANGED, one.line_id, one.made_by, one.made_at)
        if one.made_by and one.kind in (EditKind.REMOVED, EditKind.PARKED, EditKind.BROUGHT_BACK):
            yield Act(ActKind.DECIDED, one.line_id, one.made_by, one.made_at)


def _answered(suggestions: Sequence[Suggestion]) -> Iterator[Act]:
    for one in suggestions:
        if one.answered_by and one.answered_at and one.state in (SuggestionState.ACCEPTED, SuggestionState.DECLINED):
            yield Act(ActKind.DECIDED, one.id, one.answered_by, one.answered_at)
