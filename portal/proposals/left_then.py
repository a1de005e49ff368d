"""What would be left of the funding if a suggestion were accepted: from what is priced already, wherever that tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from budgeting.compare.afterwards import Change
from budgeting.explain import shown
from budgeting.money import Money
from budgeting.period import Period
from budgeting.quotation import ComponentTotal, LineQuote
from budgeting.words import Value, words
from portal.language import markup
from portal.proposals import pricing
from portal.proposals.queries import Draft
from portal.proposals.terms import Terms
from portal.work import Work

Acts = Sequence[tuple[str | None, Terms | None]]  #: which line of the draft it is, what it says then


def said(work: Work, draft: Draft, acts: Acts, tag: str) -> Markup:
    """The sentences of a card: each part of the funding that would have another amount left, and what nothing pays."""
    left = [_sentence(*one, tag) for one in changed(work, draft, acts) if one[0].left != one[1].left]
    return Markup(" ").join([*left, *_by_nothing(work, draft, acts)])


def _by_nothing(work: Work, draft: Draft, acts: Acts) -> Iterator[Markup]:
    """A sentence for each support that no part of the funding would pay for."""
    for terms in (terms for _, terms in acts if terms is not None):
        found = pricing.alone(work, draft.setting, terms).findings
        yield from (markup(one.words) for one in found if one.kind == "no_component")


def changed(work: Work, draft: Draft, acts: Acts) -> Sequence[Change]:
    """The parts of the funding that a suggestion touches, as they are and as they would be."""
    if not draft.quote.components:
        return ()
    found = draft.afterwards.lines
    out = [found[ref] for ref, _ in acts if ref in found]
    into = [_alone(work, draft, terms) for ref, terms in acts if terms is not None and (ref is None or ref in found)]
    told = draft.afterwards.of(out, into)
    return told if told is not None else _anew(work, draft, acts)


def _alone(work: Work, draft: Draft, terms: Terms) -> LineQuote:
    (line,) = pricing.alone(work, draft.setting, terms).lines
    return line


def _anew(work: Work, draft: Draft, acts: Acts) -> Sequence[Change]:
    """The same with the whole draft priced anew, for the few whose lines share a limit or their payers."""
    becomes = {ref: terms for ref, terms in acts if ref is not None}
    counted = [(one.ref, becomes.get(one.ref, one.terms)) for one in draft.lines if one.counts]
    new = [(f"new-{number}", terms) for number, (ref, terms) in enumerate(acts) if ref is None]
    then = pricing.quote(work, draft.setting, [(ref, terms) for ref, terms in (*counted, *new) if terms is not None])
    return tuple(zip(draft.quote.components, then.components, strict=True))


def _sentence(now: ComponentTotal, then: ComponentTotal, tag: str) -> Markup:
    """In the one funding period that a change touches, else over all of them; and when it runs dry, if that moves."""
    lasts = then.lasts_until if then.runs_dry and then.runs_dry != now.runs_dry and not now.pool else None
    pairs = list(zip(now.periods, then.periods, strict=True))
    moved = [(before, after) for before, after in pairs if before.planned != after.planned]
    part = shown(now.component.name)
    if len(pairs) > len(moved) == 1:
        ((before, after),) = moved
        return _written(part, before.left - before.short, after.left - after.short, before.period, lasts, tag)
    return _written(part, now.left, then.left, None, lasts, tag)


@lru_cache(maxsize=2_000)
def _written(part: Value, before: Money, after: Money, period: Period | None, lasts: date | None, tag: str) -> Markup:
    sentence = words("Left of {part} then: {after} instead of {before}.", part=part, after=after, before=before)
    if period is not None:
        sentence = words(
            "Left of {part} from {first} to {last} then: {after} instead of {before}.",
            part=part,
            first=period.first,
            last=period.last,
            after=after,
            before=before,
        )
    until = words("The money lasts until {day}.", day=lasts) if lasts else None
    return markup(sentence) + (Markup(" ") + markup(until) if until else Markup())
