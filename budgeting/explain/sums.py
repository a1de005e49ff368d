"""Sums that many figures are worked out by: a part of an amount, time at a price for an hour, what is spread evenly."""

from __future__ import annotations

from typing import TypeVar

from budgeting.explain import Figure, Source
from budgeting.money import MINUTES_PER_HOUR, Minutes, Money, Percent, Quantity, rounded
from budgeting.words import Words, nwords, words
from budgeting.working import MINUS, OVER, TIMES, exactly, to_a_thousandth, to_the_cent, to_the_minute

Parts = tuple[Figure, ...]
Amount = TypeVar("Amount", Money, Minutes)


def less(
    label: Words,
    whole: Amount,
    taken: Amount,
    text: Words | None = None,
    parts: Parts = (),
    source: Source | None = None,
    missing: tuple[Words, ...] = (),
) -> Figure:
    """What is left of an amount or a time when something is taken off it."""
    working = exactly(whole, MINUS, taken)
    return Figure(label, whole - taken, text, parts, source=source, not_included=missing, working=working)


def times(label: Words, count: int, each: Money | Minutes, text: Words, source: Source | None = None) -> Figure:
    """An amount or a time, so many times."""
    return Figure(label, each * count, text, source=source, working=exactly(count, TIMES, each))


def on_average(label: Words, whole: Money, days: int, wanted: int, parts: Parts = ()) -> Figure:
    """What an amount for some days comes to in so many days, rounded to the cent once."""
    text = words("{amount} on {days} days, for {wanted} days", amount=whole, days=days, wanted=wanted)
    value = Money(rounded(whole.minor * wanted, days), whole.currency)
    return Figure(label, value, text, parts, working=to_the_cent(whole, TIMES, wanted, OVER, days))


def part_of(label: Words, whole: Money, rate: Percent, parts: Parts = (), source: Source | None = None) -> Figure:
    """A rate of an amount, rounded to the cent once."""
    text = words("{rate} of {amount}", rate=rate, amount=whole)
    return Figure(label, whole.share(rate.ppm), text, parts, source=source, working=to_the_cent(whole, TIMES, rate))


def at_an_hour(label: Words, time: Minutes, price: Money, parts: Parts = (), source: Source | None = None) -> Figure:
    """What some time costs at a price for an hour, rounded to the cent once."""
    text = words("{time} at {price} an hour, rounded to the cent", time=time, price=price)
    working = to_the_cent(time, TIMES, price, OVER, MINUTES_PER_HOUR)
    return Figure(label, price.for_minutes(time.count), text, parts, source=source, working=working)


def used_of(
    label: Words, whole: Money | Minutes | Quantity, passed: int, days: int, source: Source | None = None
) -> Figure:
    """What is used of something that is spread evenly over some days, when so many of them have passed."""
    text = nwords(
        "{quantity} over {n} day, of which {days} have passed",
        "{quantity} over {n} days, of which {days} have passed",
        days,
        quantity=whole,
        days=passed,
    )
    terms = (whole, TIMES, passed, OVER, days)
    if isinstance(whole, Minutes):
        time = Minutes(rounded(whole.count * passed, days))
        return Figure(label, time, text, source=source, working=to_the_minute(*terms))
    if isinstance(whole, Quantity):
        used = Quantity(rounded(whole.thousandths * passed, days))
        return Figure(label, used, text, source=source, working=to_a_thousandth(*terms))
    amount = Money(rounded(whole.minor * passed, days), whole.currency)
    return Figure(label, amount, text, source=source, working=to_the_cent(*terms))
