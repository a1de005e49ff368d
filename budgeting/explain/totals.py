"""The figures of the whole: each part of the funding, its funding periods, and all supports together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from budgeting.charges import Ledger
from budgeting.explain import NO_EXTRAS, NOT_KNOWN, NOT_TOLD, SAID, UNTOLD, Figure, all_time, as_told, shown
from budgeting.explain.drawn import planned_figure, time_figure
from budgeting.explain.lines import contribution_figure, funded_figure, line_figure, minutes_figure
from budgeting.explain.others import other_figures
from budgeting.explain.sums import less
from budgeting.money import ZERO, Minutes, Money, total
from budgeting.words import Sign, Value, Words, nwords, words
from budgeting.working import ELSEWHERE, MINUS, PARTS, PLUS, PUBLISHED, TOLD, exactly, lowest

if TYPE_CHECKING:
    from budgeting.quotation import ComponentTotal, LineQuote, PeriodTotal, Quote

LATER = words("Money is there from the first day of its funding period. Later money cannot be used early.")
TOGETHER = words("Parts of the funding that share their money last until the same day.")


def quote_figures(quote: Quote) -> tuple[Figure, ...]:
    """Every figure of a quote that a page may show, each with its whole explanation."""
    return (
        quote_figure(quote),
        contributions_figure(quote),
        fundings_figure(quote),
        hours_figure(quote),
        *((left_figure(quote).brief,) if quote.components else ()),
        *(
            figure
            for one in quote.parts.values()
            for figure in (component_figure(one), lasts_figure(one), paid_figure(one))
        ),
        *other_figures(quote),
    )


def quote_figure(quote: Quote) -> Figure:
    """The amount of the whole package with its whole explanation."""
    missing = () if quote.complete else (NOT_KNOWN,)
    lines = tuple(line_figure(line) for line in _paid_lines(quote))
    return Figure(
        label=words("All supports together"),
        value=quote.amount if _some_known(lines) else None,
        sum=words("The amounts of all supports added up"),
        parts=lines,
        not_included=(*missing, NO_EXTRAS),
        working=PARTS,
    )


def contributions_figure(quote: Quote) -> Figure:
    """What the client pays altogether; not known as long as one share is not."""
    shares = tuple(contribution_figure(line) for line in _paid_lines(quote))
    if quote.fixed_share:
        shares = (*shares, quote.fixed_share)
    return Figure(
        label=words("What you pay yourself"),
        value=quote.contribution if all(one.value is not None for one in shares) else None,
        sum=words("The parts below added up"),
        parts=shares,
        working=PARTS,
    )


def fundings_figure(quote: Quote) -> Figure:
    """What the funding is asked for altogether."""
    lines = tuple(funded_figure(line) for line in _paid_lines(quote))
    missing = () if quote.complete else (NOT_KNOWN,)
    value = quote.funded if _some_known(lines) else None
    text = words("The amounts below added up")
    return Figure(words("What the funding pays"), value, text, lines, not_included=missing, working=PARTS)


def hours_figure(quote: Quote) -> Figure:
    """All hours of support with what they are made of."""
    parts = (minutes_figure(line) for line in _paid_lines(quote) if line.minutes > Minutes(0))
    return all_time(words("Hours of support"), words("The hours of all visits added up"), parts)


def left_figure(quote: Quote) -> Figure:
    """What is left of all parts of the funding together; money held by a provider for many people is not yours."""
    parts = tuple(component_figure(one) for one in quote.components if not one.component.apart)
    text, value = words("What is left of each part, added up"), quote.left if _all_known(parts) else None
    missing = dict.fromkeys(one for part in parts for one in part.not_included)
    return Figure(words("Left in the funding"), value, text, parts, not_included=tuple(missing), working=PARTS)


def _paid_lines(quote: Quote) -> list[LineQuote]:
    """The lines that totals are made of: no backups, and no support without pay."""
    return [line for line in quote.lines if line.counted and not line.unpaid]


def _all_known(figures: tuple[Figure, ...]) -> bool:
    return all(one.value is not None for one in figures)


def _some_known(figures: tuple[Figure, ...]) -> bool:
    return not figures or any(one.value is not None for one in figures)


def component_figure(part: ComponentTotal) -> Figure:
    """What is left of a component with its whole explanation."""
    periods = (period_figure(part, number) for number in range(len(part.periods)))
    return replace(component_sum(part), parts=(*_granted_figures(part), *periods))


def component_sum(part: ComponentTotal) -> Figure:
    """What is left of a component with its sum alone: quick, where the funding periods are told elsewhere."""
    held, lapsed = part.held, part.lapsed
    untold = _untold(part)
    planned = UNTOLD if part.unpriced else part.planned - held
    said = {"amount": part.amount, "spent": UNTOLD if untold else part.spent, "planned": planned}
    less = [*(() if untold else (part.spent,)), part.planned - held, *(one for one in (held, lapsed) if one)]
    return Figure(
        label=words("{component}: left at the end", component=shown(part.component.name)),
        value=None if part.component.unseen or part.unpriced else part.left,
        sum=_less(held, lapsed, said),
        source=SAID,
        not_included=(*untold, *((NOT_KNOWN,) if part.unpriced else ()), NO_EXTRAS),
        working=exactly(part.amount, *(term for one in less for term in (MINUS, one))),
    )


def _untold(part: ComponentTotal) -> tuple[Words, ...]:
    """What is to be said of a component of which nobody told what was spent."""
    return (NOT_TOLD,) if part.untold else ()


def _less_spent(part: ComponentTotal, period: PeriodTotal) -> tuple[Value | Sign, ...]:
    return () if _untold(part) else (MINUS, period.spent)


def _less(held: Money, lapsed: Money, said: Mapping[str, Value]) -> Words:
    """What was granted, less each thing that is taken off."""
    if held and lapsed:
        return words(
            "{amount} granted, less {spent} spent, less {planned} planned, less {held} held, less {lapsed} that does "
            "not go on",
            held=held,
            lapsed=lapsed,
            **said,
        )
    if held:
        return words(
            "{amount} granted, less {spent} spent, less {planned} planned, less {held} held", held=held, **said
        )
    if lapsed:
        return words(
            "{amount} granted, less {spent} spent, less {planned} planned, less {lapsed} that does not go on",
            lapsed=lapsed,
            **said,
        )
    return words("{amount} granted, less {spent} spent, less {planned} planned", **said)


def _granted_figures(part: ComponentTotal) -> tuple[Figure, ...]:
    """How the amount of a component with several sums came together."""
    if part.component.carried:
        brought = as_told(words("Brought from before"), part.component.carried)
        parts = (*(released_figure(period) for period in part.periods), brought)
        return (Figure(words("Granted"), part.amount, words("The parts below added up"), parts, working=PARTS),)
    return ()


def released_figure(period: PeriodTotal) -> Figure:
    """The money that a funding period brings, and how it was worked out where it was not simply told."""
    return period.how or as_told(words("Released"), period.released)


def counted_days(part: ComponentTotal, number: int) -> tuple[int, int]:
    """The days (ordinals) of a funding period on which planned visits are counted: those after the known spending."""
    period, told = part.periods[number], part.component.spent_until
    first = max(period.period.first, told + timedelta(1)) if told else period.period.first
    return first.toordinal(), period.until.toordinal()


def held_in_period(part: ComponentTotal, number: int) -> Money:
    """What is held in a funding period of a component for something else than the supports."""
    charges = [charge for one in part.drawn if one.held for charge in one.charges]
    return Money(Ledger(charges).taken(*counted_days(part, number))) if charges else ZERO


def period_figure(part: ComponentTotal, number: int) -> Figure:
    """What is left on the last day of one of the funding periods of a component."""
    period = part.periods[number]
    held, days = held_in_period(part, number), counted_days(part, number)
    planned, supports = period.planned - held, [one for one in part.drawn if not one.held]
    untold = _untold(part)
    spent = UNTOLD if untold else period.spent
    said = {"released": period.released, "carried": period.carried_in, "spent": spent, "planned": planned}
    text = words("{released} released, and {carried} from before, less {spent} spent, less {planned} planned", **said)
    less = _less_spent(part, period)
    working = exactly(period.released, PLUS, period.carried_in, *less, MINUS, planned)
    value = period.left if not period.short else -period.short
    parts = [released_figure(period), *_carried_figure(part, number), *_spent_figure(part, number)]
    if planned:
        parts.append(planned_figure(words("Planned"), supports, *days))
    if held:
        text = words(
            "{released} released, and {carried} from before, less {spent} spent, less {planned} planned, less {held} "
            "held",
            held=held,
            **said,
        )
        kept = [one for one in part.drawn if one.held]
        parts.append(planned_figure(words("Money that is held"), kept, *days))
        working = exactly(period.released, PLUS, period.carried_in, *less, MINUS, planned, MINUS, held)
    return Figure(
        label=words("{first} to {last}", first=period.period.first, last=period.period.last),
        value=None if part.component.unseen else value,
        sum=text,
        parts=tuple(parts),
        not_included=untold,
        rule=words("What is not used goes on as far as the rules allow. Later money cannot be used early."),
        source=part.over_time,
        working=working,
    )


def lapsed_figure(part: ComponentTotal, number: int) -> Figure:
    """What of a funding period does not go on to the next: what was left of it, less the most that goes on."""
    period = part.periods[number]
    most = period.left - period.lapsed
    return Figure(
        label=words("{first} to {last}", first=period.period.first, last=period.period.last),
        value=period.lapsed,
        sum=words("{left} was left, and no more than {most} goes on", left=period.left, most=most),
        parts=(period_figure(part, number), *((_most_figure(part, number),) if most else ())),
        working=exactly(period.left, MINUS, most),
    )


def _carried_figure(part: ComponentTotal, number: int) -> tuple[Figure, ...]:
    """What comes from the funding period before: what was left of it, as far as it goes on."""
    carried, label = part.periods[number].carried_in, words("From before")
    if not carried:
        return ()
    if not number:
        return (as_told(label, carried),)
    before = part.periods[number - 1]
    if not before.lapsed:
        text = words("All that was left from {first} to {last}", first=before.period.first, last=before.period.last)
        return (Figure(label, carried, text, working=ELSEWHERE),)
    text = words("{left} was left, and no more than {most} goes on", left=before.left, most=carried)
    return (Figure(label, carried, text, (_most_figure(part, number - 1),), working=lowest(before.left, carried)),)


def _most_figure(part: ComponentTotal, number: int) -> Figure:
    """The most that goes on from a funding period to the next, where not everything did."""
    released = sorted(part.component.periods, key=lambda one: one.period)[number]
    if released.keeps_how:
        return released.keeps_how
    return Figure(words("The most that goes on"), part.periods[number + 1].carried_in, working=PUBLISHED)


def _spent_figure(part: ComponentTotal, number: int) -> tuple[Figure, ...]:
    """What is known to be spent, taken from the earliest funding period first; nothing to explain where nothing is."""
    label, period = words("Spent so far"), part.periods[number]
    told = _told_figure(part, number)
    if not period.since:
        return told
    since = as_told(words("Delivered since"), period.since)
    if not told:
        return (replace(since, label=label),)
    return (Figure(label, period.spent, parts=(*told, since), source=SAID, working=PARTS),)


def _told_figure(part: ComponentTotal, number: int) -> tuple[Figure, ...]:
    """What was told as spent, as far as it lies in a funding period."""
    label, spent = words("Spent so far"), part.periods[number].spent - part.periods[number].since
    until, first = part.component.spent_until, part.periods[0].period.first
    if not number and not spent and until is not None and until < first:
        return (Figure(label, ZERO, words("Nothing can be spent before it begins."), source=SAID, working=TOLD),)
    if not spent:
        return ()
    whole = part.component.spent
    if spent == whole:
        return (as_told(label, spent),)
    earlier = total([one.spent - one.since for one in part.periods[:number]])
    rest = whole - earlier
    text = words("{spent} spent altogether, less {earlier} of it before these days", spent=whole, earlier=earlier)
    remaining = less(words("Spent, and not counted before"), whole, earlier, text, source=SAID)
    if spent == rest:
        return (Figure(label, spent, text, source=SAID, working=remaining.working),)
    available = part.periods[number].released + part.periods[number].carried_in
    text = words("No more than the {available} that was there", available=available)
    return (Figure(label, spent, text, (remaining,), working=lowest(rest, available)),)


def lasts_figure(part: ComponentTotal) -> Figure:
    """The last day that a component pays, with its whole explanation; not known when no line draws on it."""
    label = words("{component}: lasts until", component=shown(part.component.name))
    if part.lasts_until is None:
        return Figure(label, None, words("Nothing draws on it yet"))
    if part.runs_dry is None:
        text, left = words("Everything planned up to the end is covered."), component_figure(part).named
        missing = (*_untold(part), NO_EXTRAS)
        return Figure(label, part.lasts_until, text, (left,), LATER, part.over_time or SAID, missing, TOLD)
    day = nwords("{n} day", "{n} days", 1)
    return Figure(
        label=label,
        value=part.lasts_until,
        sum=words("{day} is the first day that cannot be paid.", day=part.runs_dry),
        parts=_dry_figures(part, part.runs_dry),
        rule=TOGETHER if len(part.pool) > 1 else LATER,
        source=part.over_time,
        not_included=(*_untold(part), NO_EXTRAS),
        working=exactly(part.runs_dry, MINUS, day),
    )


def _dry_figures(part: ComponentTotal, day: date) -> tuple[Figure, ...]:
    """What is there in the funding period of a day, and what is planned in it up to that day, which is more."""
    number = next((n for n, one in enumerate(part.periods) if one.runs_dry == day), None)
    if number is None:  # the money of several parts runs dry together
        return ()
    period = part.periods[number]
    there = Figure(
        label=words("There for planned supports"),
        value=period.released + period.carried_in - period.spent,
        sum=words(
            "{released} released, and {carried} from before, less {spent} spent",
            released=period.released,
            carried=period.carried_in,
            spent=UNTOLD if _untold(part) else period.spent,
        ),
        parts=(released_figure(period), *_carried_figure(part, number), *_spent_figure(part, number)),
        working=exactly(period.released, PLUS, period.carried_in, *_less_spent(part, period)),
    )
    first, _ = counted_days(part, number)
    planned = (
        planned_figure(words("Planned up to and including {day}", day=one), part.drawn, first, one.toordinal())
        for one in (day - timedelta(1), day)
    )
    return (there, *planned)


def paid_figure(part: ComponentTotal) -> Figure:
    """The time of support that a component pays, up to the day it lasts."""
    first, _ = counted_days(part, 0)
    last = part.lasts_until.toordinal() if part.lasts_until else first - 1
    label = words("Paid from {part}", part=shown(part.component.name))
    return time_figure(label, part.drawn, first, last)
