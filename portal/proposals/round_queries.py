"""The rounds of a draft, and what happened in it since some moment, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from budgeting.compare import Difference, compare
from budgeting.words import Name, words
from portal.access.scope import limit, visible
from portal.access.table import Action, Relationship
from portal.db import among
from portal.journal import JournalEntry, decode
from portal.people import next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.proposals import mark_queries, mark_states, others, pricing
from portal.proposals.draft_rows import Asked, DraftComment
from portal.proposals.kept import Edit
from portal.proposals.mark_model import Challenge
from portal.proposals.model import Act, Comment, Proposal, ProposalState, Suggestion, SuggestionState
from portal.proposals.queries import Draft, people_named
from portal.proposals.round_events import DraftShown
from portal.proposals.round_model import PastDraft, PastLine, Round, Sight, past_lines
from portal.proposals.rounds import Changed, changed
from portal.proposals.terms import Terms, applied
from portal.work import NotVisible, Work

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
BREAK = timedelta(minutes=30)  #: after so long without looking, a new visit begins
MOST_SHOWINGS = 100  #: of one visit; more than these are not looked through
WITH_US = frozenset(Relationship) - {
    *(Relationship.PROVIDER, Relationship.PLAN_MANAGER, Relationship.INTERPRETER, Relationship.ADMINISTRATOR),
    *(Relationship.AUDITOR, Relationship.OFFICER, Relationship.ANYONE),
}  #: who can have a turn


def past_of(work: Work, proposal: Proposal, digest: str) -> PastDraft | None:
    """How a draft was, by its hash; None when nobody kept that."""
    wanted = visible(work, PastDraft).where(PastDraft.proposal_id == proposal.id, PastDraft.hash == digest)
    return work.session.scalars(wanted.limit(1)).one_or_none()


def past(work: Work, past_id: UUID) -> PastDraft:
    """How a draft was at a moment that was found before; NotVisible otherwise."""
    found = work.session.scalars(visible(work, PastDraft).where(PastDraft.id == past_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def sight(work: Work, proposal: Proposal) -> Sight | None:
    """What the reader saw of a draft when they last said so; None when they never did."""
    wanted = visible(work, Sight).where(Sight.proposal_id == proposal.id, Sight.account_id == work.account_id)
    return work.session.scalars(wanted).one_or_none()


@dataclass(frozen=True)
class Showing:
    """How a draft was when its news were shown to somebody, and when that was."""

    past_id: UUID
    at: datetime


def showings(work: Work, proposal: Proposal) -> list[Showing]:
    """When the reader was shown what changed in a draft, the last time first; they alone learn of it."""
    wanted = (
        select(JournalEntry)
        .where(
            JournalEntry.subject_id == proposal.id,
            JournalEntry.kind == DraftShown.kind,
            JournalEntry.actor_id == work.account_id,
        )
        .order_by(JournalEntry.seq.desc())
        .limit(MOST_SHOWINGS)
    )
    told = [decode(entry) for entry in work.session.scalars(wanted)]
    return [
        Showing(one.past_id, BEGINNING + timedelta(microseconds=one.shown))
        for one in told
        if isinstance(one, DraftShown)
    ]


def last_look(work: Work, proposal: Proposal) -> Showing | None:
    """What the reader last saw of a draft: when they said so, or what the visit before this one showed them at its end.

    What one visit shows stays told until the visit is over, so that it can be read again.
    """
    mine, after = sight(work, proposal), work.now
    said = Showing(mine.past_id, mine.seen_at) if mine else None
    for one in showings(work, proposal):
        if after - one.at > BREAK:
            return said if said is not None and said.at >= one.at else one
        after = one.at
    return said


def rounds(work: Work, proposal: Proposal) -> Sequence[Round]:
    """Every time a draft was handed over, the first one first."""
    wanted = visible(work, Round).where(Round.proposal_id == proposal.id).order_by(Round.number)
    return work.session.scalars(wanted).all()


def round_of(work: Work, proposal: Proposal, number: int) -> Round:
    """One round by its number; NotVisible when there is none."""
    wanted = visible(work, Round).where(Round.proposal_id == proposal.id, Round.number == number)
    found = work.session.scalars(wanted).one_or_none()
    if found is None:
        raise NotVisible
    return found


def whose_turn_it_can_be(work: Work, client: Client, proposal: Proposal) -> Mapping[UUID, Name]:
    """Everybody but the reader to whom a draft can be handed: they see it, and the reader may know of them.

    That is the client, those of the circle whom the reader may see there, and those who have spoken in the draft.
    """
    asked = {people.account_of_client(work, client.id), *_speakers(work, proposal)}
    asked |= {one.tie.account_id for one in people.circle(work, client) if one.tie.relationship in WITH_US}
    found = {one for one in asked if one and one != work.account_id and others.may(work, one, Action.READ, proposal)}
    named = people_named(work, found)
    return {one: Name(named[one]) for one in sorted(found, key=lambda one: named.get(one, "")) if one in named}


def _speakers(work: Work, proposal: Proposal) -> Iterable[UUID]:
    suggested = limit(select(Suggestion.suggested_by), work, Suggestion).where(Suggestion.proposal_id == proposal.id)
    said = limit(select(Comment.said_by), work, Comment).where(Comment.proposal_id == proposal.id)
    started = [proposal.started_by] if proposal.started_by else []
    return [*started, *work.session.scalars(suggested.distinct()), *work.session.scalars(said.distinct())]


# what happened since


@dataclass(frozen=True)
class Suggested:
    """A suggestion that came in, the support it is about (and the other, where there are two), and what it changes."""

    row: Asked
    name: Name
    other: Name
    difference: Difference


@dataclass(frozen=True)
class Since:
    """What happened in a draft between two moments. ``doers``, each once, and ``reasons`` are by the key of a line."""

    changes: Sequence[Changed]
    difference: Difference
    doers: Mapping[UUID, Sequence[UUID]]
    reasons: Mapping[UUID, Sequence[Suggestion]]
    suggested: Sequence[Suggested] = ()
    answered: Sequence[tuple[Suggestion, Name]] = ()
    said: Sequence[tuple[DraftComment, Name | None]] = ()
    questions: Sequence[Challenge] = ()  #: whether something must be fixed, asked or answered since
    accepted: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing happened at all."""
        return not (self.changes or self.suggested or self.answered or self.said or self.questions or self.accepted)


def between(work: Work, draft: Draft, first: Moment, last: Moment) -> Since:
    """What changed in the supports from one moment to a later one, whoever did it."""
    quotes = [pricing.quote(work, draft.setting, _counted(one.lines)) for one in (first, last)]
    difference = compare(*quotes)
    found = changed(first.lines, last.lines, difference)
    edits = _edits(work, draft, first.at, last.at)
    stand = {key: [one.made_by for one in made if one.undone_at is None] for key, made in edits.items()}
    doers = {key: tuple(dict.fromkeys(who for who in made if who)) for key, made in stand.items()}
    return Since(found, difference, doers, _reasons(work, draft, first.at, last.at))


def since(work: Work, draft: Draft, first: Moment) -> Since:
    """What others did in a draft since some moment: changes, suggestions, answers and what was said."""
    now = Moment(past_lines(draft.lines), work.now)
    found = between(work, draft, first, now)
    own = {
        key
        for key, made in _edits(work, draft, first.at, work.now).items()
        if made and all(one.made_by == work.account_id and one.undone_at is None for one in made)
    }
    names = {line.id: Name(line.name) for line in draft.lines}
    about = [one for one in draft.suggestions if one.suggested_at > first.at and one.suggested_by != work.account_id]
    answered = visible(work, Suggestion).where(
        Suggestion.proposal_id == draft.proposal.id,
        Suggestion.answered_at > first.at,
        Suggestion.answered_by != work.account_id,
        Suggestion.state.in_((SuggestionState.DECLINED, SuggestionState.WITHDRAWN)),
    )
    accepted_at = draft.proposal.accepted_at
    return replace(
        found,
        changes=[one for one in found.changes if one.key not in own],
        suggested=[_suggested(work, draft, one) for one in about],
        answered=[
            (one, names[one.line_id] if one.line_id in names else _name(one))
            for one in work.session.scalars(answered.order_by(Suggestion.answered_at, Suggestion.id))
        ],
        said=[
            (one, names.get(one.line_id) if one.line_id else None)
            for one in draft.comments
            if one.said_at > first.at and one.said_by != work.account_id
        ],
        questions=[one for one in mark_queries.challenges(work, draft.proposal) if _new_to(work, one, first.at)],
        accepted=accepted_at is not None and accepted_at > first.at and draft.proposal.accepted_by != work.account_id,
    )


def _new_to(work: Work, one: Challenge, since: datetime) -> bool:
    """Whether somebody else asked or answered a question since."""
    if one.settled_at is not None:  # asked again, the new question is the news
        return one.state is mark_states.Asked.MET and one.settled_at > since and one.asked_by != work.account_id
    if one.answered_at is not None:
        return one.answered_at > since and one.answered_by != work.account_id
    return one.asked_at > since and one.asked_by != work.account_id


@dataclass(frozen=True)
class Moment:
    """How a draft was, and when."""

    lines: Sequence[PastLine]
    at: datetime


def _counted(lines: Iterable[PastLine]) -> list[tuple[str, Terms]]:
    return [(str(one.key), one.terms) for one in lines if not one.parked]


def _edits(work: Work, draft: Draft, first: datetime, last: datetime) -> Mapping[UUID, Sequence[Edit]]:
    """The edits between two moments by the key of their line, in order; those undone since too."""
    keys = {line.id: line.key for line in draft.lines}
    wanted = visible(work, Edit).where(
        Edit.proposal_id == draft.proposal.id,
        Edit.made_at <= last,
        or_(Edit.made_at > first, Edit.undone_at > first),
    )
    found: dict[UUID, list[Edit]] = {}
    for one in work.session.scalars(wanted.order_by(Edit.number)):
        if one.line_id in keys:
            found.setdefault(keys[one.line_id], []).append(one)
    return found


def _reasons(work: Work, draft: Draft, first: datetime, last: datetime) -> Mapping[UUID, Sequence[Suggestion]]:
    """The suggestions that were accepted between two moments, by the key of their line."""
    keys = {line.id: line.key for line in draft.lines}
    wanted = visible(work, Suggestion).where(
        Suggestion.proposal_id == draft.proposal.id,
        Suggestion.state == SuggestionState.ACCEPTED,
        Suggestion.answered_at > first,
        Suggestion.answered_at <= last,
    )
    found: dict[UUID, list[Suggestion]] = {}
    for one in work.session.scalars(wanted.order_by(Suggestion.answered_at)):
        if one.line_id in keys:
            found.setdefault(keys[one.line_id], []).append(one)
    return found


def _name(one: Suggestion) -> Name:
    said = one.acts[0].terms or one.acts[0].was
    return Name(said.name if said else "")


def _suggested(work: Work, draft: Draft, one: Asked) -> Suggested:
    pairs = [_pair(draft, act) for act in one.acts]
    before, after = (
        pricing.quote(
            work, draft.setting, [(f"part-{at}", terms) for at, pair in enumerate(pairs) if (terms := pair[side])]
        )
        for side in (0, 1)
    )
    names = [Name(terms.name if (terms := then or now) else "") for now, then in pairs]
    return Suggested(one, names[0], names[-1], compare(before, after))


def _pair(draft: Draft, act: Act) -> tuple[Terms | None, Terms | None]:
    """What one part of a suggestion makes of a line: as it is now, and as it would be."""
    line = next((each for each in draft.lines if each.id == act.line_id), None)
    now = line.terms if line is not None and line.counts else None
    then = act.terms
    return now, applied(act.was, then, now) if then is not None and now is not None else then


@next_steps.of_clients
def _turns(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Drafts that were handed to the reader last, and nobody handed on."""
    wanted = (
        limit(select(Round.client_id, Round.proposal_id, Round.handed_to, Proposal.title), work, Round)
        .join(Proposal, Proposal.id == Round.proposal_id)
        .where(among(Round.client_id, clients), Proposal.state == ProposalState.DRAFT)
        .order_by(Round.proposal_id, Round.number)
    )
    newest = {row.proposal_id: row for row in work.session.execute(wanted)}
    for row in newest.values():
        if row.handed_to == work.account_id:
            text = words("It is your turn in “{draft}”.", draft=Name(row.title))
            yield row.client_id, NextStep(text, f"/people/{row.client_id}/proposals/{row.proposal_id}/since")
