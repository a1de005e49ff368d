"""How a figure follows from others, so that anybody with a pocket calculator gets the same.

A ``Figure`` (budgeting.explain) says three things about itself: ``sum`` in words, ``working`` as arithmetic, ``parts``
as further figures. Whoever makes a new figure fills in ``working`` with one of the values made here:

    visits = Figure(words("Visits"), 97, working=COUNTED)
    amount = Figure(
        label=words("Monday mornings"),
        value=Money(13_624_62),
        sum=nwords("{n} visit at {each}", "{n} visits at {each}", 97, each=Money(140_46)),
        working=exactly(97, TIMES, Money(140_46)),       # 97 × $140.46 = $13,624.62
    )
    each = Figure(..., working=to_the_cent(Minutes(150), TIMES, Money(110_37), OVER, 60))
                                                         # 150 min × $110.37 ÷ 60 = $275.93, rounded to the cent
    price = Figure(..., working=lowest(agreed, limit))   # The lower of $70.00 and $68.50: $68.50
    whole = Figure(..., parts=(amount, other), working=PARTS)
                                                         # $13,624.62 + $275.93 = $13,900.55, or "the 40 below added up"
    limit = Figure(..., working=PUBLISHED, source=...)   # $110.37, as published
    rate = Figure(..., working=TOLD, source=...)         # 5%, as a letter or an agreement says, or as you told us

The rules of the contract:

- Put in the very numbers that were used, in the order in which a calculator without brackets gets the figure; use
  ``OPEN`` and ``CLOSE`` only where there is no such order. Multiply first and divide last, so that no digit is lost
  on the way; + and − never mix with × and ÷ outside of brackets. The result is ``Figure.value``, not repeated here.
- One rounding for each figure. A sum that rounds twice (each visit, then all visits) is a figure with a part.
- A term that is itself worked out is also one of the ``parts``, with its own working; one that was told or published
  is a part with ``TOLD`` or ``PUBLISHED``, or is named in ``sum``.
- ``value`` is None when it is not known; then it has no working, ``sum`` says what is missing, and a total leaves it
  out of ``PARTS`` and says so in ``not_included``. A part that is not known is never counted as zero.
- The figure's own rule, source and confidence stay where they were; a total is no surer than its weakest part, which
  ``Figure.confidence`` finds by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from budgeting.words import Arithmetic, Sign, Value, Words, nwords, words

PLUS, MINUS, TIMES, OVER = Sign.PLUS, Sign.MINUS, Sign.TIMES, Sign.OVER
OPEN, CLOSE = Sign.OPEN, Sign.CLOSE

WRITTEN_OUT = 6  # more parts than these are added up below instead of in one line


class Way(StrEnum):
    """How the result follows from the terms."""

    EXACT = "exact"
    CENT = "cent"  # rounded half up to the cent
    DOWN = "down"  # rounded down to the cent
    THOUSANDTH = "thousandth"  # rounded half up to a thousandth of a unit
    DOLLAR = "dollar"  # rounded half up to the dollar
    HUNDREDTH = "hundredth"  # rounded half up to a hundredth of a percent
    WHOLE = "whole"  # rounded down to a whole number
    MINUTE = "minute"  # rounded half up to the minute
    LOWEST = "lowest"
    HIGHEST = "highest"
    EARLIEST = "earliest"
    PARTS = "parts"  # the values of the parts added up
    TOLD = "told"  # by the person, a letter or an agreement
    PUBLISHED = "published"  # by the source of the figure
    COUNTED = "counted"  # in the calendar: visits, days, holidays
    ELSEWHERE = "elsewhere"  # on the same page, under the name that ``sum`` says


@dataclass(frozen=True, slots=True)
class Working:
    """One step from terms to a result; made by the functions below."""

    way: Way
    terms: tuple[Value | Sign, ...] = ()


PARTS = Working(Way.PARTS)
TOLD = Working(Way.TOLD)
PUBLISHED = Working(Way.PUBLISHED)
COUNTED = Working(Way.COUNTED)
ELSEWHERE = Working(Way.ELSEWHERE)


def worked(way: Way, *terms: Value | Sign) -> Working:
    """Values and signs, and how the result follows from them; each way has its own name below."""
    return Working(way, terms)


exactly = partial(worked, Way.EXACT)
to_the_cent = partial(worked, Way.CENT)
down_to_the_cent = partial(worked, Way.DOWN)
to_a_thousandth = partial(worked, Way.THOUSANDTH)
to_the_dollar = partial(worked, Way.DOLLAR)
to_two_decimals = partial(worked, Way.HUNDREDTH)
whole_ones = partial(worked, Way.WHOLE)
to_the_minute = partial(worked, Way.MINUTE)
lowest = partial(worked, Way.LOWEST)
highest = partial(worked, Way.HIGHEST)
earliest = partial(worked, Way.EARLIEST)


def spelled(working: Working, result: Value, parts: Iterable[Value | None] = ()) -> Value:
    """A working with its result, as a value to show; ``parts`` are the values of the figure's parts, in order."""
    way = working.way
    if way is Way.PARTS:
        return _added([part for part in parts if part is not None], result)
    if way in _CHOSEN:
        return _chosen(way, [term for term in working.terms if not isinstance(term, Sign)], result)
    if way in _SAID:
        return Words(_SAID[way].text, {"value": result})
    arithmetic = Arithmetic(working.terms, result)
    return arithmetic if way is Way.EXACT else Words(_ROUNDED[way].text, {"working": arithmetic})


_SAID = {
    Way.TOLD: words("{value}, as told to us, or as a letter or an agreement says"),
    Way.PUBLISHED: words("{value}, as published"),
    Way.COUNTED: words("{value}, counted in the calendar"),
    Way.ELSEWHERE: words("{value}, explained at its own place"),
}
_ROUNDED = {
    Way.CENT: words("{working}, rounded to the cent"),
    Way.DOWN: words("{working}, rounded down to the cent"),
    Way.THOUSANDTH: words("{working}, rounded to a thousandth"),
    Way.DOLLAR: words("{working}, rounded to the dollar"),
    Way.HUNDREDTH: words("{working}, rounded to two decimals"),
    Way.WHOLE: words("{working}, rounded down to a whole number"),
    Way.MINUTE: words("{working}, rounded to the minute"),
}
_CHOSEN = {
    Way.LOWEST: words("The lowest of {first} and {second}: {value}"),
    Way.HIGHEST: words("The highest of {first} and {second}: {value}"),
    Way.EARLIEST: words("The earliest of {first} and {second}: {value}"),
}


def _added(values: list[Value], result: Value) -> Value:
    if not values:
        return words("{value}: there is nothing to add up", value=result)
    if len(values) == 1:
        return words("{value}, which is the figure below", value=result)
    if len(values) > WRITTEN_OUT:
        return nwords(
            "{n} figure below, added up: {value}", "{n} figures below, added up: {value}", len(values), value=result
        )
    terms: list[Value | Sign] = []
    for value in values:
        terms += [PLUS, value] if terms else [value]
    return Arithmetic(tuple(terms), result)


def _chosen(way: Way, values: list[Value], result: Value) -> Words:
    if len(values) > 1 and all(value == values[0] for value in values):
        return words("{value}, the same for each of them", value=result)
    listed = values[0]
    for value in values[1:-1]:
        listed = words("{first}, {next}", first=listed, next=value)
    if len(values) == 1:
        return words("{value}: nothing else to choose from", value=result)
    return Words(_CHOSEN[way].text, {"first": listed, "second": values[-1], "value": result})
