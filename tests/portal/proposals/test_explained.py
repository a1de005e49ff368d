"""What a change, a trade or a day of the year costs: a reader gets each figure with a pocket calculator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from budgeting import programs
from budgeting.choosing.easings import from_day
from budgeting.choosing.trades import trades
from budgeting.choosing.wishes import Wish
from budgeting.compare import Difference, what_if
from budgeting.explain import Figure
from budgeting.forecast import until_figure
from budgeting.forecast.burndown import burn_downs
from budgeting.forecast.year import events
from budgeting.money import Money, Quantity, total
from budgeting.package import AtLimit, Line
from budgeting.pricing import quote
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    YEAR,
    agreed,
    component,
    day,
    funded,
    line,
    money,
    package,
    units,
    weekly,
)
from tests.portal.pocket import follow, reader, rendered

SHIPPED = programs.shipped("ndis")
SHOWER = line(weekly("Mon Wed", "09:00", "11:00"), price=AtLimit())
SWIM = line(weekly("Tue", "10:00", "12:00"), id="swim", name="Swimming", price=agreed("60.05"))
SPEECH = line(units("100"), id="speech", name="Speech", support="speech_pathology", price=AtLimit())
MONEY = funded(component("20000", management="self"))
LATER = day("2026-09-14")


def _difference(*after: Line) -> Difference:
    before = package(SHOWER, SWIM, SPEECH, funding=MONEY)
    return what_if(before, replace(before, lines=after), SHIPPED, NO_HOLIDAYS)


def _more() -> list[Figure]:
    longer = replace(SHOWER, schedule=weekly("Mon Wed Fri", "09:00", "11:30"))
    found = _difference(longer, replace(SPEECH, schedule=units("60")))
    return [found.figure, *(one.figure for one in found.changed)]


def _less() -> list[Figure]:
    found = _difference(SWIM)
    assert found.more.minor < 0
    return [found.figure, *(one.figure for one in found.changed)]


def _from_a_day() -> list[Figure]:
    fewer = from_day(SPEECH, replace(SPEECH, schedule=replace(units("100"), quantity=Quantity(40_000))), LATER)
    rarer = from_day(SHOWER, replace(SHOWER, schedule=weekly("Wed", "09:00", "11:00")), LATER)
    found = _difference(*rarer, SWIM, *fewer)
    return [found.figure, *(one.figure for one in found.changed)]


def _trade() -> Iterator[Figure]:
    swim = replace(SWIM, support="community", price=agreed("50"))
    clean = line(
        weekly("Mon Thu", "09:00", "11:00"), id="clean", name="Cleaning", support="cleaning", price=agreed("50")
    )
    cost = what_if(package(), package(swim, clean), SHIPPED, NO_HOLIDAYS).more
    for there in (cost, cost - money("500")):
        wanted = package(swim, clean, funding=funded(component(str(there.minor // 100), management="self")))
        yield from (one.left_figure for one in trades(wanted, Wish("swim", visits=1), SHIPPED, NO_HOLIDAYS).found)


def _missing() -> list[Figure]:
    short = replace(_difference(SHOWER).before.package, funding=funded(component("1000", management="self")))
    quoted = what_if(short, short, SHIPPED, NO_HOLIDAYS).before
    assert quoted.package.period == YEAR
    return [until_figure(quoted)]


def _year() -> Iterator[Figure]:
    """Money that does not reach, a public holiday, and what is left on each morning that a picture draws."""
    calendar = programs.calendar()
    daily = line(weekly("Mon Tue Wed Thu Fri Sat Sun", "09:00", "11:00"), price=AtLimit())
    quoted = quote(package(daily, funding=funded(component("30000", management="self"))), SHIPPED, calendar)
    found = [one.figure for one in events(quoted, SHIPPED, calendar)]
    told = [one for one in found if one]
    assert len(told) > len({one.label for one in told}) > 1
    yield from told[:4]
    (burn,) = burn_downs(quoted)
    for when in (YEAR.first, LATER, YEAR.last):
        yield burn.morning_figure(when)
        yield burn.pace(when)


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
@pytest.mark.parametrize("figures", [_more, _less, _from_a_day, _trade, _missing, _year])
def test_a_pocket_calculator_gets_what_a_change_costs(figures: Callable[[], Iterable[Figure]], tag: str) -> None:
    one = reader(tag)
    made = list(figures())
    assert made
    for figure in made:
        follow(rendered(figure, one.language), one)


def test_a_line_without_a_price_makes_what_it_costs_more_unknown() -> None:
    nameless = line(weekly("Fri", "09:00", "11:00"), id="new", name="New", support=None, price=AtLimit())
    found = _difference(SHOWER, SWIM, SPEECH, nameless)
    (new,) = found.changed
    assert new.figure.value is None
    assert found.figure.not_included


def test_what_all_lines_cost_more_is_what_each_of_them_does() -> None:
    found = _difference(replace(SHOWER, schedule=weekly("Mon Wed Fri", "09:00", "11:30")), SPEECH)
    parts = [one.value for one in found.figure.parts if isinstance(one.value, Money)]
    assert found.figure.value == total(parts)
    assert len(parts) == 2
