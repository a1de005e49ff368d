"""Promises in days, counted by hand on a calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from feedback.clock import Step, business_days_after, is_business_day, next_word, state_of, to_acknowledge

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("received", "by", "limit"),
    [
        (date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9)),  # a Monday: Wednesday, and Monday after
        (date(2026, 3, 6), date(2026, 3, 10), date(2026, 3, 13)),  # a Friday: Tuesday, and Friday
        (date(2026, 3, 7), date(2026, 3, 10), date(2026, 3, 13)),  # a Saturday counts like the Friday before
        (date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 13)),  # before Good Friday and Easter Monday
    ],
)
def test_we_acknowledge_within_business_days(received: date, by: date, limit: date) -> None:
    promise = to_acknowledge(received, "NSW")
    assert (promise.step, promise.by, promise.limit) == (Step.ACKNOWLEDGE, by, limit)


def test_a_holiday_counts_only_where_it_is_one() -> None:
    cup_day = date(2026, 11, 3)  # Melbourne Cup, a Tuesday
    assert not is_business_day(cup_day, "VIC")
    assert is_business_day(cup_day, "NSW")


def test_an_evening_holiday_leaves_a_business_day() -> None:
    assert is_business_day(date(2026, 12, 31), "SA")  # New Year's Eve counts from seven in the evening


def test_an_update_comes_before_the_answer_is_due() -> None:
    promise = next_word(started=date(2026, 3, 2), heard=date(2026, 3, 4))
    assert (promise.step, promise.by, promise.limit) == (Step.UPDATE, date(2026, 3, 14), date(2026, 3, 18))


def test_the_answer_is_due_three_weeks_after_the_beginning() -> None:
    promise = next_word(started=date(2026, 3, 2), heard=date(2026, 3, 14))
    assert (promise.step, promise.by, promise.limit) == (Step.ANSWER, date(2026, 3, 23), date(2026, 3, 30))


def test_days_late_are_counted_from_the_day_after() -> None:
    promise = to_acknowledge(date(2026, 3, 2), "NSW")
    assert [promise.days_late(date(2026, 3, day)) for day in (3, 4, 5, 6)] == [0, 0, 1, 2]


def test_every_promise_says_where_its_days_come_from() -> None:
    assert "2018" in to_acknowledge(date(2026, 3, 2), "NSW").source.title


def test_a_time_zone_leads_to_a_state() -> None:
    assert (state_of("Australia/Perth"), state_of("Europe/Rome")) == ("WA", "NSW")


@given(DAYS, st.integers(1, 15))
def test_a_promise_always_falls_on_a_business_day(day: date, count: int) -> None:
    assert is_business_day(business_days_after(day, count, "NSW"), "NSW")


@given(DAYS, st.integers(0, 10))
def test_more_business_days_are_always_later(day: date, count: int) -> None:
    assert business_days_after(day, count + 1, "NSW") > business_days_after(day, count, "NSW")
