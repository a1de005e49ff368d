"""What providers usually ask, which is no limit; and funding that ends when nobody uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.money import dollars
from budgeting.package import Package, Price
from budgeting.period import Place, month_of
from budgeting.pricing import quote
from budgeting.programs.support_at_home import idle, indicative
from budgeting.programs.support_at_home.account import quarter
from budgeting.programs.support_at_home.everyday import ROWS
from budgeting.programs.support_at_home.statement import statement
from tests.budgeting.examples import NO_HOLIDAYS, YEAR, agreed, line, weekly
from tests.budgeting.programs.support_at_home.test_statement import FUNDING, entry, rows

TODAY = date(2026, 7, 1)
ENTERED = date(2025, 11, 10)


def noticed(support: str, price: Price) -> list[str]:
    visit = line(weekly("Mon", "09:00", "10:00"), support=support, price=price)
    made = Package("support_at_home", YEAR, Place("NSW"), lines=(visit,))
    return [one.kind for one in quote(made, Editions(()), NO_HOLIDAYS).findings if one.kind == "above_usual_price"]


def test_the_middle_and_the_range_are_told_with_their_source() -> None:
    told = indicative.figure("personal_care", TODAY)
    known = indicative.usual("personal_care", TODAY)
    assert known is not None
    assert (told.value, known.low, known.high) == (dollars("100.00"), dollars("85.00"), dollars("115.00"))
    assert told.source is not None
    assert told.source.confidence == "B"


def test_where_nothing_is_published_the_usual_price_is_unknown_and_not_zero() -> None:
    assert indicative.figure("taxi", TODAY).value is None
    assert indicative.usual("personal_care", date(2025, 9, 30)) is None


@pytest.mark.parametrize(("price", "said"), [("115.00", 0), ("115.01", 1), ("20.00", 0)])
def test_a_price_above_the_usual_range_is_a_reason_to_ask_why_and_changes_nothing(price: str, said: int) -> None:
    assert len(noticed("personal_care", agreed(price))) == said


def test_prices_of_evenings_and_weekends_are_not_held_against_those_of_weekdays() -> None:
    assert noticed("personal_care", agreed(day="110.00", sun="190.00")) == []


def test_every_row_is_about_a_service_of_the_list_in_its_own_unit() -> None:
    for key in {one.key for rows_of in indicative._rows().values() for one in rows_of}:
        known = indicative.usual(key, TODAY)
        assert known is not None
        assert known.low <= known.median <= known.high
        assert ROWS[key][0]["unit"] == known.unit
        assert programs.program("support_at_home").family(key) is not None


@pytest.mark.parametrize(
    ("served", "until"),
    [
        ([], date(2026, 12, 31)),  # whole quarters after the one of November 2025: January to December 2026
        ([date(2026, 2, 14)], date(2027, 3, 31)),
        ([date(2026, 3, 31), date(2025, 11, 20)], date(2027, 3, 31)),
        ([date(2026, 4, 1)], date(2027, 6, 30)),
        ([date(2027, 1, 1)], date(2026, 12, 31)),  # not yet, on the day of asking
    ],
)
def test_funding_stays_for_four_whole_quarters_without_a_service(served: list[date], until: date) -> None:
    assert idle.withdrawn(ENTERED, served, TODAY).value == until


def test_it_is_said_in_the_last_of_the_four_quarters_and_afterwards() -> None:
    assert idle.note(ENTERED, [], date(2026, 9, 30)) is None
    last, after = (idle.note(ENTERED, [], day) for day in (date(2026, 10, 1), date(2027, 1, 1)))
    assert last is not None
    assert after is not None
    assert last.text != after.text
    assert idle.note(ENTERED, [date(2026, 10, 5)], date(2026, 10, 31)) is None


def test_a_statement_warns_before_the_funding_ends() -> None:
    funding = replace(FUNDING, entered=ENTERED)
    december = month_of(date(2026, 12, 1))
    assert len(statement(funding, december, []).notes) == 2  # and no care management
    assert len(statement(funding, december, rows(entry("cleaning", "120.00", date(2026, 8, 3)))).notes) == 1


@given(st.lists(st.dates(ENTERED, TODAY), max_size=5), st.dates(ENTERED, TODAY))
def test_one_more_service_never_ends_the_funding_sooner_and_it_always_ends_with_a_quarter(
    served: list[date], more: date
) -> None:
    before, after = (idle.withdrawn(ENTERED, days, TODAY).value for days in (served, [*served, more]))
    assert isinstance(before, date)
    assert isinstance(after, date)
    assert before <= after
    assert after == quarter(after).last
    assert after > TODAY.replace(year=2026, month=1)


def test_a_hint_is_given_where_no_limit_is_published_and_never_where_one_is() -> None:
    told = programs.rules("support_at_home").usual_price("personal_care", TODAY)
    assert told is not None
    assert told.value == indicative.figure("personal_care", TODAY).value
    assert programs.rules("support_at_home").usual_price("something_else", TODAY) is None
    assert programs.rules("ndis").usual_price("01_011_0107_1_1", TODAY) is None
