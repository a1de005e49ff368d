"""Figures of what comes along with a support: minutes that count, prices, kilometres; each with its own working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from budgeting.catalogue import Priced
from budgeting.explain import Confidence, Figure, Source, as_told
from budgeting.explain.sums import at_an_hour
from budgeting.extras import Leg, Transport, Travel, Vehicle
from budgeting.money import MINUTES_PER_HOUR, UNIT, Minutes, Money, Percent, Quantity, rounded
from budgeting.programs.ndis import parameters, travel
from budgeting.words import Sign, Value, Words, words
from budgeting.working import (
    CLOSE,
    OPEN,
    OVER,
    PARTS,
    PLUS,
    PUBLISHED,
    TIMES,
    exactly,
    lowest,
    to_the_cent,
)

THERE, BACK = words("The way there"), words("The way back")
HOUR = words("Price of one hour")


def listed(label: Words, value: Money | None, priced: Priced | None) -> Figure:
    """A limit as it stands in a price list."""
    if priced is None or value is None:
        return Figure(label, None, words("No limit is published"))
    source = Source(priced.edition.source, priced.item.number, priced.item.starts, Confidence.A)
    return Figure(label, value, source=source, working=PUBLISHED)


def lowest_of(figures: Sequence[Figure], rule: Words | None = None, source: Source | None = None) -> Figure:
    """The price of an hour: the lowest of those that are known among some."""
    known = tuple(one for one in figures if isinstance(one.value, Money))
    if not known:
        return Figure(HOUR, None, words("No price is agreed yet"), tuple(figures))
    if len(known) == 1:
        return replace(known[0], label=HOUR, sum=known[0].sum or known[0].label)
    values = [one.amount for one in known]
    return Figure(HOUR, min(values), words("The lowest of these"), known, rule, source, working=lowest(*values))


def for_time(label: Words, minutes: Figure, price: Figure, of: int = 1) -> Figure:
    """The cost of some minutes, divided among so many, at a price for an hour: rounded to the cent once."""
    time, hour = minutes.value, price.value
    if not isinstance(hour, Money) or not isinstance(time, Minutes):
        return Figure(label, None, words("No price is known yet"), (minutes, price))
    if of == 1:
        return at_an_hour(label, time, hour, (minutes, price))
    share = Fraction(time.count, of)
    text = words(
        "{time} divided by {of} is {minutes} min, at {price} an hour, rounded to the cent",
        time=time,
        of=of,
        minutes=Quantity(rounded(share.numerator * UNIT, share.denominator)),
        price=hour,
    )
    working = to_the_cent(time, TIMES, hour, OVER, OPEN, of, TIMES, MINUTES_PER_HOUR, CLOSE)
    return Figure(label, travel.for_time(hour, share), text, (minutes, price), working=working)


@lru_cache(maxsize=1024)
def travel_minutes(extra: Travel, share: Fraction, workers: int, mmm: int | None, day: date) -> Figure:
    """The minutes of one trip that count: each way up to its limit, for each worker.

    One person's share of them is only divided with their price (``for_time``), so that no part of a minute is lost.
    """
    counted = travel.ways(extra.legs, shared=share != 1, back_paid=extra.back_paid)
    figures = tuple(_way(leg, share.numerator, share.denominator, mmm, day) for leg in counted)
    minutes = Minutes(sum(one.value.count for one in figures if isinstance(one.value, Minutes)))
    label = words("Minutes that count")
    if share != 1:
        label = words("Minutes that count, before they are divided by {of}", of=share.denominator)
    whole = Figure(label, minutes, words("Each way up to its limit"), figures, working=PARTS)
    key = travel.leg_limit_key(mmm) if mmm is not None else None
    if key and any(len(one.parts) > 1 for one in figures):  # the limit stands beside the way it cuts
        source = parameters().source(key, day)
        whole = replace(whole, rule=words("Time above the limit of a way is not paid."), source=source)
    if workers == 1:
        return whole
    text = words("For each of {workers} workers", workers=workers)
    working = exactly(workers, TIMES, minutes)
    return Figure(label, Minutes(minutes.count * workers), text, (whole,), working=working)


def _way(leg: Leg, part: int, of: int, mmm: int | None, day: date) -> Figure:
    label = BACK if leg.back else THERE
    figure, minutes = as_told(label, Minutes(leg.minutes)), leg.minutes * part
    share = words("Your share is {part} of {of}", part=part, of=of)
    if part > 1:
        working = exactly(part, TIMES, Minutes(leg.minutes))
        figure = Figure(label, Minutes(minutes), share, (figure,), working=working)
    key = travel.leg_limit_key(mmm) if mmm is not None else None
    if key is None:
        return figure
    alone = int(parameters().text(key, day))
    most = alone * of
    if minutes <= most:
        return figure
    source = parameters().source(key, day)
    limit = Figure(words("Most minutes of one way"), Minutes(alone), source=source, working=PUBLISHED)
    if of > 1:
        limit = Figure(limit.label, Minutes(most), share, (limit,), working=exactly(of, TIMES, Minutes(alone)))
    text = words("The limit of one way, since it takes longer")
    return Figure(label, Minutes(most), text, (figure, limit), working=lowest(Minutes(minutes), Minutes(most)))


@lru_cache(maxsize=1024)
def driving(extra: Travel | Transport, vehicle: Vehicle, share: Fraction, *, binds: bool, day: date) -> Figure:
    """One person's share of what a trip costs besides time: kilometres at a rate, and the other costs in full."""
    costs = travel.Driving(extra.kilometres, extra.per_kilometre, vehicle, extra.other)
    rate, each = costs.payable_rate(day, binds=binds), costs.cost(day, share, binds=binds)
    terms: list[Value | Sign] = []
    parts: list[Figure] = []
    text = words("Other costs: {other}", other=extra.other)
    if extra.kilometres.thousandths:
        terms = [extra.kilometres, TIMES, rate]
        parts = [as_told(words("Kilometres"), extra.kilometres), _kilometre(costs, rate, binds, day)]
        text = words("{kilometres} kilometres at {rate}", kilometres=extra.kilometres, rate=rate)
    if extra.other:
        parts.append(as_told(words("Tolls, parking and fares"), extra.other))
        if terms:
            terms = [OPEN, *terms, CLOSE, PLUS]
            text = words(
                "{kilometres} kilometres at {rate}, and {other} for tolls, parking and fares",
                kilometres=extra.kilometres,
                rate=rate,
                other=extra.other,
            )
        terms.append(extra.other)
    if share != 1:
        part, of = share.numerator, share.denominator
        terms = [OPEN, *terms, CLOSE, TIMES, part, OVER, of] if len(terms) > 1 else [*terms, TIMES, part, OVER, of]
        text = words("{costs}. Your share is {part} of {of}.", costs=text, part=part, of=of)
    rule = words("These costs are claimed as units of one dollar.")
    source = parameters().source("vehicle_costs_unit", day)
    return Figure(words("Costs of one trip"), each, text, tuple(parts), rule, source, working=to_the_cent(*terms))


def _kilometre(costs: travel.Driving, rate: Money, binds: bool, day: date) -> Figure:
    label, key = words("Price of one kilometre"), travel.KILOMETRE_RATES[costs.vehicle]
    source = parameters().source(key, day)
    highest = costs.highest_rate(day)
    published = Figure(words("Highest reasonable rate"), highest, source=source, working=PUBLISHED)
    if costs.rate is None:
        return replace(published, label=label)
    agreed = as_told(words("Agreed rate"), costs.rate)
    if not binds:
        return replace(agreed, label=label)
    return Figure(label, rate, words("The lowest of these"), (agreed, published), working=lowest(costs.rate, highest))


def part_of(limit: Figure, value: Money, percent: Percent, source: Source) -> Figure:
    """The limit for travel time as a part of the limit of the support itself."""
    label, whole = words("Price limit for travel time"), limit.value
    if not isinstance(whole, Money):
        return limit
    part = Figure(words("Part of it that counts for travel"), percent, source=source, working=PUBLISHED)
    text = words("{percent} of the limit of the support", percent=percent)
    return Figure(label, value, text, (limit, part), working=to_the_cent(whole, TIMES, percent))
