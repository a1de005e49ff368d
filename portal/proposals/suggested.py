"""Suggestions as ready values: the rounds of one talk, how each was answered, and what is in the answer's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from budgeting.compare import compare
from budgeting.explain import Figure
from budgeting.words import Name, Words, words
from portal.access.scope import visible
from portal.language import show, voice
from portal.proposals import pricing, queries
from portal.proposals.cards import Pairs, titled
from portal.proposals.left_then import Acts
from portal.proposals.model import (
    UNSETTLED,
    Act,
    Line,
    Proposal,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from portal.proposals.queries import Draft
from portal.proposals.sheet import act_on, suggested_part
from portal.proposals.terms import Terms
from portal.work import Work

SAID: Mapping[SuggestionState, Words] = {
    SuggestionState.OPEN: words("Waiting for an answer"),
    SuggestionState.PARKED: words("Put off"),
    SuggestionState.COUNTERED: words("Answered with something else"),
    SuggestionState.ACCEPTED: words("Accepted"),
    SuggestionState.DECLINED: words("Said no"),
    SuggestionState.WITHDRAWN: words("Taken back"),
}


def chain(work: Work, proposal: Proposal, one: Suggestion) -> Sequence[Suggestion]:
    """Every round of the talk that a suggestion belongs to, the first one first."""
    wanted = visible(work, Suggestion).where(Suggestion.proposal_id == proposal.id)
    every = {each.id: each for each in work.session.scalars(wanted)}
    answered_by = {each.answers_id: each for each in every.values() if each.answers_id}
    found = [every[one.id]]
    while (before := found[0].answers_id) is not None:
        one_before = every.get(before) or _elsewhere(work, before)
        if one_before is None:
            break
        found.insert(0, one_before)
    while (after := answered_by.get(found[-1].id)) is not None:
        found.append(after)
    return found


def _elsewhere(work: Work, suggestion_id: UUID) -> Suggestion | None:
    """The same suggestion in the draft before this one, where it was put off; None when the reader may not see it."""
    return work.session.scalars(visible(work, Suggestion).where(Suggestion.id == suggestion_id)).one_or_none()


def rounds(work: Work, draft: Draft, found: Iterable[Suggestion]) -> list[Mapping[str, Any]]:
    """Suggestions as they were made: who, what, why, how each was answered and by whom."""
    rows, tag = list(found), voice()
    names = queries.people_named(work, [one for row in rows for one in (row.suggested_by, row.answered_by)])
    return [
        {
            "id": row.id,
            "before": _address(row) if row.proposal_id != draft.proposal.id else None,
            "who": show(Name(names.get(row.suggested_by, ""))),
            "when": show(row.suggested_at),
            "state": show(SAID[row.state]),
            "open": row.state in UNSETTLED,
            "answer": row.answer,
            "answered_by": show(Name(names.get(row.answered_by, ""))) if row.answered_by else None,
            "reason": row.reason,
            "title": titled(row.suggests, pairs := _as_made(row)),
            "parts": [suggested_part(work, draft, now, then, tag) for now, then in pairs],
            "cost": cost(work, draft, pairs),
        }
        for row in rows
    ]


def cost(work: Work, draft: Draft, pairs: Pairs) -> Figure | None:
    """What everything in a suggestion costs more, or less, with its explanation; None where it costs the same."""
    before, after = (
        pricing.quote(work, draft.setting, [(str(number), one) for number, one in enumerate(side) if one])
        for side in zip(*pairs, strict=True)
    )
    found = compare(before, after)
    return found.figure if found.more else None


def now_and_then(draft: Draft, one: Suggestion) -> Pairs:
    """What a suggestion would do now: what each of its lines says, and would say."""
    lines = {line.id: line.terms for line in draft.lines}
    said = [(lines.get(act.line_id) if act.line_id else None, act) for act in one.acts]
    return [(now, act_on(act, now)) for now, act in said]


def acts(draft: Draft, one: Suggestion) -> Acts:
    """What each line of a suggestion would say, by the line."""
    refs = {line.id: line.ref for line in draft.lines}
    pairs = zip(one.acts, now_and_then(draft, one), strict=True)
    return [(refs.get(act.line_id) if act.line_id else None, then) for act, (_now, then) in pairs]


def _address(one: Suggestion) -> str:
    return f"/people/{one.client_id}/proposals/{one.proposal_id}/suggestions/{one.id}"


def _as_made(one: Suggestion) -> Pairs:
    return [(act.was, act.terms) for act in one.acts]


def past(work: Work, draft: Draft, line: Line) -> list[Mapping[str, Any]]:
    """What was suggested about a line before, how it was answered and why."""
    return rounds(work, draft, [one for one in queries.suggestions_of(work, line) if one.state not in UNSETTLED])


def to_begin_with(draft: Draft, one: Suggestion) -> Terms | None:
    """The terms that the form of an answer begins with; None where there is nothing left to say it about."""
    lines = {line.id: line for line in draft.lines}
    act = one.acts[-1] if one.suggests is SuggestionKind.REPLACE else one.acts[0]
    line = lines.get(act.line_id) if act.line_id else None
    return act_on(act, line.terms if line else None) or (line.terms if line else None)


def answer_with(one: Suggestion, terms: Terms, now: Terms | None) -> tuple[SuggestionKind, list[Act]]:
    """What an answer with these terms is a suggestion of; ``now`` is what the line says, where there is one."""
    if one.suggests is SuggestionKind.REPLACE:
        return SuggestionKind.REPLACE, [*one.acts[:-1], Act(None, terms)]
    if one.line_id is None or now is None:
        return SuggestionKind.ADD, [Act(None, terms)]
    return SuggestionKind.CHANGE, [Act(one.line_id, terms, now)]


def owners(people: Sequence[tuple[UUID, Name]]) -> list[tuple[str, Any]]:
    """People to choose from in a form."""
    return [(str(one), show(name)) for one, name in people]
