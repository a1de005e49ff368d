"""Words the calculator's tests are written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time

from budgeting import programs
from budgeting.catalogue import OPEN_END, Editions, PriceEdition, SupportItem
from budgeting.explain import Figure
from budgeting.families import Family
from budgeting.money import Minutes, Money, Quantity, dollars, total
from budgeting.package import (
    Agreed,
    AgreedAmount,
    AtLimit,
    Component,
    Funding,
    FundingPeriod,
    Line,
    Management,
    Package,
    Price,
    Schedule,
    Units,
    Weekly,
)
from budgeting.period import Band, Calendar, Holiday, Period, Place
from budgeting.pricing import quote
from budgeting.programs.search import rank
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Words

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NO_HOLIDAYS = Calendar(())
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str) -> Period:
    return Period(day(first), day(last))


def weekly(weekdays: str, start: str, end: str, every: int = 1) -> Weekly:
    """``weekly("Mon Thu", "09:00", "11:00")``."""
    return Weekly(
        tuple(WEEK.index(one) for one in weekdays.split()), time.fromisoformat(start), time.fromisoformat(end), every
    )


def units(quantity: str, unit: str = "H") -> Units:
    whole, _, part = quantity.partition(".")
    return Units(Quantity(int(whole) * 1000 + int(part.ljust(3, "0"))), unit)


def agreed(flat: str | None = None, **bands: str) -> Agreed:
    """``agreed("68")``, or by band: ``agreed(day="68", ph="130")``."""
    amounts = [AgreedAmount(dollars(flat))] if flat else []
    return Agreed((*amounts, *(AgreedAmount(dollars(amount), Band(band)) for band, amount in bands.items())))


def line(
    schedule: Schedule | None = None,
    *,
    id: str = "shower",
    support: str | None = "self_care",
    period: Period = YEAR,
    price: Price | None = AtLimit(),  # noqa: B008 - a frozen value without any state
    **others: object,
) -> Line:
    made = Line(id=id, name="Help in the shower", period=period, support=support, schedule=schedule, price=price)
    return replace(made, **others)  # type: ignore[arg-type]  # the names of the fields are checked by replace itself


def component(
    amount: str, *categories: str, key: str = "core", management: str = "plan", **others: object
) -> Component:
    made = Component(key, "Core", dollars(amount), Management(management), categories or ("01", "02", "03", "04"))
    return replace(made, **others)  # type: ignore[arg-type]  # replace itself checks the names


def quarters(*amounts: str, year: int = 2026) -> tuple[FundingPeriod, ...]:
    """Funding periods of three months from January on."""
    ends = ((1, 3, 31), (4, 6, 30), (7, 9, 30), (10, 12, 31))
    return tuple(
        FundingPeriod(Period(date(year, first, 1), date(year, last, number)), dollars(amount))
        for (first, last, number), amount in zip(ends, amounts, strict=False)
    )


def package(
    *lines: Line,
    funding: Funding | None = None,
    period: Period = YEAR,
    place: Place | None = None,
    program: str = "ndis",
) -> Package:
    return Package(program, period, place or Place("NSW"), funding, lines)


def funded(*components: Component, period: Period = YEAR) -> Funding:
    return Funding(period, components)


def holidays(*texts: str, state: str = "NSW") -> Calendar:
    """Whole days as ``2026-01-26``, evenings as ``2026-12-24 18:00``."""
    made = []
    for text in texts:
        on, _, at = text.partition(" ")
        made.append(Holiday(day(on), state, "A holiday", starts=time.fromisoformat(at) if at else None))
    return Calendar(made)


def a_price_list(prices: Mapping[str, str | None], valid_from: str = "2025-07-01", unit: str = "H") -> PriceEdition:
    """An edition with one national limit for each item number; None means no limit."""
    rows = tuple(
        SupportItem(
            number=number,
            name=number,
            category=number[:2],
            pace_category=number[:2],
            group="0107",
            unit=unit,
            quote=False,
            starts=day(valid_from),
            ends=OPEN_END,
            limits={"national": dollars(price) if price is not None else None},
        )
        for number, price in prices.items()
    )
    return PriceEdition("ndis", day(valid_from), rows, "A made-up price list")


def priced(wanted: Package, editions: Editions | None = None, calendar: Calendar = NO_HOLIDAYS) -> Quote:
    return quote(wanted, editions if editions is not None else programs.shipped(wanted.program), calendar)


def find(program: str, wanted: str) -> tuple[Family, ...]:
    """The supports of a program that fit some English words, the closest first."""
    families = programs.families(program)
    return rank([(one, f"{one.label.text}, {one.search.text}") for one in families], wanted)


def money(text: str) -> Money:
    return dollars(text)


def kinds(quoted: Quote) -> list[str]:
    return [finding.kind for finding in quoted.findings]


def every_figure(figure: Figure) -> Iterable[Figure]:
    yield figure
    for part in figure.parts:
        yield from every_figure(part)


def every_words(figure: Figure) -> Iterable[Words]:
    for one in every_figure(figure):
        yield one.label
        yield one.summary
        if one.sum:
            yield one.sum
        if one.rule:
            yield one.rule
        if one.source and one.source.title:
            yield one.source.words
            yield one.source.confidence.words
        yield from one.not_included


def adds_up(figure: Figure) -> bool:
    """Whether a figure that is the sum of its parts is just that."""
    parts = [part.value for part in figure.parts if part.value is not None]
    if isinstance(figure.value, Money):
        return figure.value == total([part for part in parts if isinstance(part, Money)])
    time = Minutes(sum(part.count for part in parts if isinstance(part, Minutes)))
    return figure.value is None or figure.value == time


def paid(quoted: LineQuote) -> list[tuple[str, str, str, Money]]:
    """Each payer of a line, with its first and last day, and what it pays."""
    return [(one.payer, str(one.period.first), str(one.period.last), one.amount) for one in quoted.payments]
