"""Short notice: NDIS Pricing Arrangements 2025-26 v1.1, "Short notice cancellations"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.period import Calendar, Place
from budgeting.programs.ndis import cancellation
from budgeting.programs.ndis.cancellation import Window, deadline, short_notice
from tests.budgeting.examples import day, holidays, money

TWO, SEVEN = Window.TWO_BUSINESS_DAYS, Window.SEVEN_DAYS
moments = st.datetimes(datetime(2025, 7, 1), datetime(2027, 6, 30))
some_days = st.frozensets(st.dates(date(2025, 7, 1), date(2027, 6, 30)), max_size=30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("appointment", "free_days", "latest"),
    [
        ("2025-10-07T10:00", ["2025-10-06"], "2025-10-02T10:00"),  # Tuesday after a long weekend
        ("2025-10-09T10:00", [], "2025-10-07T10:00"),  # in the middle of a week
        ("2026-02-15T10:00", [], "2026-02-12T00:00"),  # a Sunday: whole days back
        ("2026-02-14T23:00", [], "2026-02-12T00:00"),  # a Saturday
        ("2025-10-06T10:00", ["2025-10-06"], "2025-10-02T00:00"),  # on the holiday itself
        ("2026-02-16T00:00", [], "2026-02-12T00:00"),  # Monday at midnight
    ],
)
def test_two_clear_business_days_skip_weekends_and_holidays(
    appointment: str, free_days: list[str], latest: str
) -> None:
    assert deadline(at(appointment), TWO, {day(one) for one in free_days}) == at(latest)


def test_notice_at_the_last_moment_is_early_enough_and_a_minute_later_is_not() -> None:
    assert not short_notice(at("2025-10-09T10:00"), at("2025-10-07T10:00"), TWO, ())
    assert short_notice(at("2025-10-09T10:00"), at("2025-10-07T10:01"), TWO, ())


def test_seven_days_count_weekends_and_holidays() -> None:
    assert deadline(at("2025-10-07T10:00"), SEVEN, {day("2025-10-06")}) == at("2025-09-30T10:00")


def test_exactly_seven_days_is_decided_for_the_participant_and_warned_about() -> None:
    appointment, notice = at("2025-10-07T10:00"), at("2025-09-30T10:00")
    assert not short_notice(appointment, notice, SEVEN, ())
    assert short_notice(appointment, notice, SEVEN, (), exactly_seven_days_is_short=True)
    assert [found.kind for found in cancellation.findings(appointment, notice, SEVEN)] == ["exactly_seven_days"]
    assert cancellation.findings(appointment, notice, TWO) == ()
    assert cancellation.findings(appointment, notice - timedelta(minutes=1), SEVEN) == ()


def test_a_visit_to_which_nobody_came_is_short_notice() -> None:
    assert short_notice(at("2025-10-07T10:00"), None, SEVEN, ())
    assert short_notice(at("2025-10-07T10:00"), at("2025-10-07T10:30"), TWO, ())


@given(moments, st.integers(0, 60 * 24 * 30), st.integers(0, 60 * 24 * 30), some_days, st.sampled_from(Window))
def test_earlier_notice_is_never_worse(
    appointment: datetime, minutes: int, more: int, free: frozenset[date], window: Window
) -> None:
    later = appointment - timedelta(minutes=minutes)
    earlier = later - timedelta(minutes=more)
    if short_notice(appointment, earlier, window, free):
        assert short_notice(appointment, later, window, free)


@given(moments, some_days)
def test_holidays_only_ever_ask_for_earlier_notice(appointment: datetime, free: frozenset[date]) -> None:
    assert deadline(appointment, TWO, free) <= deadline(appointment, TWO, ()) <= appointment - timedelta(days=2)


@given(moments, some_days)
def test_two_clear_business_days_hold_exactly_48_hours_of_business_days(
    appointment: datetime, free: frozenset[date]
) -> None:
    """Counted again minute by minute of each day, from the last moment to the appointment."""
    moment, business = deadline(appointment, TWO, free), timedelta()
    while moment < appointment:
        following = min(appointment, datetime.combine(moment.date() + timedelta(days=1), datetime.min.time()))
        if moment.weekday() < 5 and moment.date() not in free:
            business += following - moment
        moment = following
    assert business == timedelta(days=2)


@pytest.mark.parametrize("missing", ["short", "allowed", "agreed", "other_work", "worker_paid"])
def test_a_fee_needs_every_condition(missing: str) -> None:
    conditions = {"allowed": True, "agreed": True, "other_work": False, "worker_paid": True}
    whole = cancellation.charge(True, money("70.23"), day("2026-02-15"), **conditions)
    assert (whole.claimable, whole.most) == (True, money("70.23"))
    if missing != "short":
        conditions[missing] = not conditions[missing]
    answer = cancellation.charge(missing != "short", money("70.23"), day("2026-02-15"), **conditions)
    assert (answer.claimable, answer.most) == (False, money("0"))
    assert answer.why != whole.why


def test_every_item_that_may_be_charged_when_called_off_has_a_window() -> None:
    for edition in programs.shipped("ndis").editions:
        for row in edition.rows:
            if row.flags["cancellation"] == "Y" and edition.valid_from.year == 2025:
                assert cancellation.window_of(row.number), row.number
    assert cancellation.window_of("01_011_0107_1_1") is SEVEN
    assert cancellation.window_of("15_617_0128_1_3") is TWO
    assert cancellation.window_of("15_617_0128_1_3_CA") is TWO
    assert cancellation.window_of("02_051_0108_1_1") is None


def test_a_holiday_in_the_evening_leaves_a_business_day() -> None:
    found = cancellation.whole_holidays(holidays("2026-12-24 18:00", "2026-12-25", state="QLD"), Place("QLD"))
    assert found == {day("2026-12-25")}
    assert cancellation.whole_holidays(Calendar(()), Place("QLD")) == frozenset()
