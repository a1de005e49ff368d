"""Support that family gives has its own limit, and what nobody gives yet holds its money back."""

from __future__ import annotations

from dataclasses import replace

from budgeting.money import Minutes
from budgeting.package import Line, Package, Priority, Unpaid
from budgeting.period import Place
from budgeting.quotation import Quote
from tests.budgeting.examples import YEAR, agreed, days, kinds, line, priced, units, weekly

TEN_HOURS = Unpaid(weekly=Minutes(600))


def given(schedule: object, price: Unpaid = TEN_HOURS, provider: str = "Leila", **told: object) -> Line:
    made = line(schedule, price=price, **told)  # type: ignore[arg-type]  # fields of a line by name
    return replace(made, provider=provider)


def whole(*lines: Line) -> Quote:
    return priced(Package("ndis", YEAR, Place("NSW"), None, lines))


def test_family_who_can_give_what_is_asked_are_left_in_peace() -> None:
    assert "carer_over_limit" not in kinds(whole(given(weekly("Mon Tue Wed Thu Fri", "07:00", "09:00"))))


def test_one_minute_more_than_a_carer_can_give_is_said() -> None:
    quoted = whole(given(weekly("Mon Tue Wed Thu Fri", "07:00", "09:01")))
    (found,) = [one for one in quoted.findings if one.kind == "carer_over_limit"]
    assert found.words.values["time"] == Minutes(605)
    assert found.words.values["limit"] == Minutes(600)


def test_all_that_one_person_gives_in_the_same_week_counts_together() -> None:
    mornings, nights = weekly("Mon Tue Wed", "07:00", "09:00"), weekly("Sat", "18:00", "23:00")
    assert "carer_over_limit" in kinds(whole(given(mornings, id="a"), given(nights, id="b")))
    apart = whole(given(mornings, id="a"), given(nights, id="b", provider="Omar"))
    assert "carer_over_limit" not in kinds(apart)


def test_what_one_person_gives_in_different_months_does_not_count_together() -> None:
    first = given(weekly("Mon Tue Wed", "07:00", "09:00"), id="a", period=days("2026-01-01", "2026-03-31"))
    later = given(weekly("Sat", "18:00", "23:00"), id="b", period=days("2026-04-01", "2026-12-31"))
    assert "carer_over_limit" not in kinds(whole(first, later))


def test_hours_told_altogether_are_spread_over_their_weeks() -> None:
    # 365 days: 521 hours are 9.99 hours in seven days, 522 hours 10.01
    assert "carer_over_limit" not in kinds(whole(given(units("521", "H"))))
    assert "carer_over_limit" in kinds(whole(given(units("522", "H"))))


def test_a_carer_who_named_no_limit_is_not_measured() -> None:
    assert "carer_over_limit" not in kinds(whole(given(weekly("Mon Tue Wed Thu Fri", "07:00", "19:00"), Unpaid())))


def test_a_support_that_nobody_gives_yet_says_what_it_holds_back() -> None:
    sought = replace(line(weekly("Mon", "09:00", "11:00"), price=agreed("50")), sought=True, provider=None)
    quoted = whole(sought)
    (found,) = [one for one in quoted.findings if one.kind == "sought"]
    assert found.words.values["amount"] == quoted.amount
    assert quoted.amount.minor == 52 * 100_00
    assert "no_provider" not in kinds(quoted)  # it is said once


def test_how_much_a_support_matters_changes_no_amount() -> None:
    plain = line(weekly("Mon", "09:00", "11:00"), price=agreed("50"))
    assert whole(replace(plain, priority=Priority.MUST)).amount == whole(plain).amount
