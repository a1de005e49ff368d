"""Rounds as ready values: each thing that happened as a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from budgeting.compare import Difference, LineChange
from budgeting.compare.effects import a_week, together
from budgeting.explain.describe import in_one_phrase
from budgeting.words import Name, Value, Words, words
from portal.language import show
from portal.proposals.draft_rows import DraftComment
from portal.proposals.mark_model import Challenge
from portal.proposals.mark_states import Asked
from portal.proposals.model import Suggestion, SuggestionKind, SuggestionState
from portal.proposals.queries import Draft, people_named
from portal.proposals.round_queries import Since, Suggested
from portal.proposals.rounds import Changed
from portal.proposals.trying import in_short
from portal.work import Work

Told = Mapping[str, Any]  # one sentence with what belongs to it


def told(work: Work, draft: Draft, since: Since) -> list[Told]:
    """Everything that happened, supports first, then suggestions, answers and what was said."""
    base = f"/people/{draft.client.id}/proposals/{draft.proposal.id}"
    lines = {line.key: f"{base}/lines/{line.id}" for line in draft.lines if line.removed_at is None}
    pages = {line.id: f"{base}/lines/{line.id}" for line in draft.lines if line.removed_at is None}
    names = people_named(work, _people(since, draft))
    found = [_accepted(names, draft)] if since.accepted else []
    for one in since.changes:
        doers = since.doers.get(one.key, ())
        who = [Name(names[doer]) for doer in doers if doer in names] if set(doers) - {work.account_id} else []
        found.append(
            _changed(
                one, in_one_phrase(who) if who else None, since.reasons.get(one.key, ()), names, lines.get(one.key)
            )
        )
    found += [_suggested(one, names, base) for one in since.suggested]
    found += [_answered(row, name, names, base) for row, name in since.answered]
    found += [_question(one, names, base) for one in since.questions]
    found += [_said(row, name, names, pages, base) for row, name in since.said]
    return found


def whole(since: Since) -> Mapping[str, Any] | None:
    """What it comes to altogether, in a sentence; None where no support changed."""
    found: Difference = since.difference
    if not since.changes:
        return None
    return {"sentence": show(in_short(found)), "figure": found.figure if found.more else None}


def _people(since: Since, draft: Draft) -> set[UUID | None]:
    return {
        *(who for doers in since.doers.values() for who in doers),
        *(row.suggested_by for rows in since.reasons.values() for row in rows),
        *(one.row.suggested_by for one in since.suggested),
        *(row.answered_by for row, _ in since.answered),
        *(row.said_by for row, _ in since.said),
        *(who for one in since.questions for who in (one.asked_by, one.answered_by)),
        draft.proposal.accepted_by,
    }


def _one(
    sentence: Words,
    href: str | None = None,
    altogether: Words | None = None,
    change: LineChange | None = None,
    reasons: Iterable[tuple[str, Name]] = (),
) -> Told:
    fields = change.fields if change is not None else ()
    return {
        "sentence": show(sentence),
        "href": href,
        "altogether": show(words("In all: {effect}.", effect=altogether)) if altogether else None,
        "changes": [(show(each.label), show(each.before), show(each.after)) for each in fields],
        "figure": change.figure if change is not None and change.more else None,
        "reasons": [(text, show(who)) for text, who in reasons if text],
    }


def _called(names: Mapping[UUID, str], account: UUID | None) -> Name:
    return Name(names.get(account, "")) if account else Name("")


def _changed(
    one: Changed, who: Value | None, why: Sequence[Suggestion], names: Mapping[UUID, str], href: str | None
) -> Told:
    reasons = [(row.reason, _called(names, row.suggested_by)) for row in why]
    return _one(one.sentence(who), href, one.altogether, one.change, reasons)


def _suggested(one: Suggested, names: Mapping[UUID, str], base: str) -> Told:
    who, row, lines = _called(names, one.row.suggested_by), one.row, one.difference.lines
    single = lines[0] if len(lines) == 1 else None
    week = a_week(single) if single else None
    effect = week or together(one.difference)
    return _one(
        _suggests(row.suggests, who, one.name, one.other, effect),
        f"{base}/suggestions/{row.id}",
        together(one.difference) if week else None,
        single,
        [(row.reason, who)],
    )


def _suggests(kind: SuggestionKind, who: Name, support: Name, other: Name, effect: Words) -> Words:
    match kind:
        case SuggestionKind.ADD:
            return words("{who} suggests to add {support}: {effect}.", who=who, support=support, effect=effect)
        case SuggestionKind.REMOVE:
            return words("{who} suggests to take {support} out: {effect}.", who=who, support=support, effect=effect)
        case SuggestionKind.REPLACE:
            return words(
                "{who} suggests {other} in place of {support}: {effect}.",
                who=who,
                support=support,
                other=other,
                effect=effect,
            )
        case SuggestionKind.MOVE:
            return words(
                "{who} suggests to move money from {support} to {other}: {effect}.",
                who=who,
                support=support,
                other=other,
                effect=effect,
            )
        case _:
            return words("{who} suggests to change {support}: {effect}.", who=who, support=support, effect=effect)


def _answered(row: Suggestion, support: Name, names: Mapping[UUID, str], base: str) -> Told:
    who = _called(names, row.answered_by)
    sentence = words("{who} said no to a suggestion about {support}.", who=who, support=support)
    if row.state is SuggestionState.WITHDRAWN:
        sentence = words("{who} took back a suggestion about {support}.", who=who, support=support)
    return _one(sentence, f"{base}/suggestions/{row.id}", reasons=[(row.answer, who)])


def _question(one: Challenge, names: Mapping[UUID, str], base: str) -> Told:
    """Whether something must really be fixed: as it was asked, or with its answer."""
    asker, who = _called(names, one.asked_by), _called(names, one.answered_by)
    if one.state is Asked.OPEN:
        sentence = words("{who} asked whether something must be fixed.", who=asker)
        return _one(sentence, f"{base}/terms", reasons=[(one.why, asker)])
    if one.state is Asked.TAKEN_BACK:
        return _one(words("{who} took back a question about what is fixed.", who=who), f"{base}/terms")
    if one.state is Asked.PARKED:
        return _one(words("{who} put off a question about what is fixed.", who=who), f"{base}/terms")
    sentence = words("{who} answered a question about what is fixed: it stays fixed.", who=who)
    if one.state is Asked.MET:
        sentence = words("{who} agreed to something else in place of what was fixed.", who=asker)
    if one.state in (Asked.OTHER, Asked.ASKED_AGAIN):
        sentence = words("{who} answered a question about what is fixed with something else.", who=who)
    if one.state is Asked.LIFTED:
        sentence = words("{who} answered a question about what is fixed: it is open now.", who=who)
    return _one(sentence, f"{base}/terms", reasons=[(one.why, asker), (one.answer, who)])


def _said(
    row: DraftComment, support: Name | None, names: Mapping[UUID, str], pages: Mapping[UUID, str], base: str
) -> Told:
    who = _called(names, row.said_by)
    if support is None:
        sentence = words("{who} said something about the whole draft.", who=who)
        if row.disagrees:
            sentence = words("{who} does not agree with something in the draft yet.", who=who)
    else:
        sentence = words("{who} said something about {support}.", who=who, support=support)
        if row.disagrees:
            sentence = words("{who} does not agree with {support} yet.", who=who, support=support)
    page = f"{base}/suggestions/{row.suggestion_id}" if row.suggestion_id else pages.get(row.line_id or row.id, base)
    return _one(sentence, f"{page}#talk", reasons=[(row.text, who)])


def _accepted(names: Mapping[UUID, str], draft: Draft) -> Told:
    return _one(words("{who} said yes to this draft.", who=_called(names, draft.proposal.accepted_by)))
