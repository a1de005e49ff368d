"""Which line of a plan a delivered support belongs to, what is worth a look, and the money in five words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from budgeting import programs
from budgeting.money import Minutes, Money, Quantity, dollars
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
    Units,
    Weekly,
)
from budgeting.period import Period, Place
from budgeting.pricing import quote
from budgeting.quotation import Level
from budgeting.spending import ClaimType, Entry, EntryState
from budgeting.spending.checks import Setting, look
from budgeting.spending.marks import mark
from budgeting.spending.matching import BY_DAY, BY_ITEM, BY_PERSON, BY_PROVIDER, BY_SUPPORT, Planned, match
from budgeting.spending.totals import Standing, standing
from budgeting.words import Name

SUNRISE, NORTHSIDE = UUID(int=1), UUID(int=2)
YEAR = Period(date(2026, 8, 1), date(2027, 7, 31))
TUESDAY = date(2026, 8, 4)
CARE = "01_011_0107_1_1"  # personal care, weekday daytime
OUTING = "04_104_0125_6_1"
AGREED = Agreed((AgreedAmount(dollars("68.00")),))


def a_line(name: str, **says: Any) -> Line:
    usual: dict[str, Any] = {
        "support": "self_care",
        "schedule": Weekly((1, 4), time(9), time(11)),
        "price": AGREED,
        "provider": "Sunrise Support",
        "component": "core",
    }
    return Line(name, name, YEAR, **(usual | says))


def planned(line: Line, provider: UUID | None = SUNRISE, days: Period = YEAR) -> Planned:
    return Planned(line, days, provider, "core", Management.PLAN)


SHOWER = planned(a_line("Help in the shower"))
SWIM = planned(
    a_line("Swimming", support="community", schedule=Weekly((2,), time(14), time(17)), provider="Northside"), NORTHSIDE
)
PLAN = (SHOWER, SWIM)
EVENING = planned(a_line("Evening", schedule=Weekly((1,), time(18), time(20))))


def an_entry(day: date = TUESDAY, **says: Any) -> Entry:
    usual: dict[str, Any] = {
        "item": CARE,
        "quantity": Quantity(2000),
        "minutes": Minutes(120),
        "unit_price": dollars("68.00"),
        "invoice": "INV-1",
        "id": f"{day} {sorted(says.items(), key=str)}",
    }
    return Entry("Sunrise Support", day, day, says.pop("amount", dollars("136.00")), **(usual | says))


def setting(**says: Any) -> Setting:
    usual: dict[str, Any] = {"today": date(2026, 9, 30), "plan": YEAR}
    place, editions, calendar = Place("NSW"), programs.shipped("ndis"), programs.calendar()
    return Setting("ndis", place, editions, calendar, **(usual | says))


def noticed(*entries: Entry, plan: tuple[Planned, ...] = PLAN, **says: Any) -> dict[str, list[str]]:
    found = look(entries, match(entries, plan, "ndis"), setting(**says))
    return {entry.id: [one.kind for one in found.get(entry.id, ())] for entry in entries}


def kinds(entry: Entry, plan: tuple[Planned, ...] = PLAN, **says: Any) -> list[str]:
    return noticed(entry, plan=plan, **says)[entry.id]


# which line


def test_an_entry_belongs_to_the_line_with_its_support_its_provider_and_its_day() -> None:
    (found,) = match([an_entry()], PLAN, "ndis")
    assert found.line == "Help in the shower"
    assert {BY_SUPPORT, BY_PROVIDER, BY_DAY} <= set(found.reasons)


def test_an_item_of_another_time_band_is_still_the_same_kind_of_support() -> None:
    (found,) = match([an_entry(item="01_013_0107_1_1", day=date(2026, 8, 8))], PLAN, "ndis")  # a Saturday
    assert found.line == "Help in the shower"


def test_without_an_item_the_provider_and_the_words_decide() -> None:
    (found,) = match([an_entry(item="", description="Shower and dressing")], PLAN, "ndis")
    assert found.line == "Help in the shower"


def test_a_support_of_a_stranger_belongs_to_nothing() -> None:
    other = replace(an_entry(item="", description="Lawn", unit_price=None), provider="Garden Co")
    (found,) = match([other], PLAN, "ndis")
    assert found.planned is None


def test_between_two_lines_that_fit_alike_nobody_chooses() -> None:
    twins = (planned(a_line("Morning")), planned(a_line("Morning, second worker")))
    (found,) = match([an_entry()], twins, "ndis")
    assert found.planned is None
    assert len(found.near) == 2


def test_a_visit_by_its_time_is_told_from_another_on_the_same_day() -> None:
    evening = planned(a_line("Evening", schedule=Weekly((1, 4), time(18), time(20))))
    (found,) = match([an_entry(begins=time(18))], (SHOWER, evening), "ndis")
    assert found.line == "Evening"


def test_what_a_person_said_counts_before_everything() -> None:
    (found,) = match([an_entry(line="Swimming")], PLAN, "ndis")
    assert found.line == "Swimming"
    assert found.reasons == (BY_PERSON,)


def test_the_plan_of_the_day_of_service_counts_not_the_plan_of_today() -> None:
    before = planned(a_line("Old"), days=Period(YEAR.first, date(2026, 8, 31)))
    after = planned(a_line("New", support=CARE), days=Period(date(2026, 9, 1), YEAR.last))
    first, second = match([an_entry(), an_entry(date(2026, 9, 1))], (before, after), "ndis")
    assert second.line == "New"
    assert BY_ITEM in second.reasons
    assert first.line in ("Old", None)


def test_every_second_week_is_counted_from_the_first_one() -> None:
    line = planned(a_line("Cleaning", schedule=Weekly((1,), time(9), time(11), 2)))
    days = [TUESDAY + timedelta(weeks=week) for week in range(4)]
    assert [line.comes_on(day) for day in days] == [False, True, False, True]  # the first week is that of 1 August


@given(st.lists(st.sampled_from((*PLAN, EVENING))))
@settings(max_examples=40)
def test_nothing_fits_a_plan_without_lines_and_an_order_of_lines_changes_nothing(lines: list[Planned]) -> None:
    forward, backward = match([an_entry()], lines, "ndis")[0], match([an_entry()], lines[::-1], "ndis")[0]
    assert forward.line == backward.line
    assert lines or forward.planned is None


# what is worth a look


def test_a_visit_as_agreed_is_not_worth_a_look() -> None:
    assert kinds(an_entry()) == []


def test_more_than_the_agreed_price_is_told_with_what_it_is_in_all() -> None:
    entry = an_entry(unit_price=dollars("72.50"), amount=dollars("145.00"))
    found = look([entry], match([entry], PLAN, "ndis"), setting())[entry.id]
    (above,) = [one for one in found if one.kind == "above_agreed"]
    assert above.words.values["more"] == dollars("9.00")


def test_a_limit_binds_managed_money_and_is_only_good_to_know_for_ones_own() -> None:
    dear = an_entry(unit_price=dollars("95.00"), amount=dollars("190.00"))
    at_limit = (planned(a_line("Shower", price=AtLimit())),)
    assert "above_limit" in kinds(dear, at_limit)
    own = replace(dear, management=Management.SELF)
    found = look([own], match([own], at_limit, "ndis"), setting())[own.id]
    assert [(one.kind, one.level) for one in found] == [("over_limit", Level.NOTE)]


def test_without_an_item_the_limit_of_the_planned_visit_counts() -> None:
    dear = an_entry(item="", description="Shower", unit_price=dollars("95.00"), amount=dollars("190.00"))
    assert "above_limit" in kinds(dear, (planned(a_line("Shower", price=AtLimit())),))
    evening = planned(a_line("Shower", price=AtLimit(), schedule=Weekly((1,), time(19), time(21))))
    assert "above_limit" not in kinds(dear, (evening,)), "partly evening: nobody knows which limit"


def test_a_sum_that_is_not_price_times_hours_is_told() -> None:
    assert kinds(an_entry(amount=dollars("156.00"))) == ["wrong_sum"]


def test_ten_minutes_are_charged_by_the_minute() -> None:
    short = an_entry(minutes=Minutes(10), quantity=Quantity(167), unit_price=dollars("193.99"), amount=dollars("32.33"))
    assert "wrong_sum" not in kinds(short)


def test_a_day_on_which_nobody_was_to_come_is_told() -> None:
    assert kinds(an_entry(TUESDAY + timedelta(days=1))) == ["nobody_planned"]


def test_more_time_than_planned_on_one_day_is_told_also_when_it_is_on_two_entries() -> None:
    longer = an_entry(minutes=Minutes(180), quantity=Quantity(3000), amount=dollars("204.00"))
    assert kinds(longer) == ["longer"]
    first, second = an_entry(begins=time(9)), an_entry(begins=time(10))
    assert noticed(first, second) == {first.id: [], second.id: ["longer"]}
    there = replace(first, invoice="SR-1"), replace(second, invoice="SR-2")
    (said,) = look(there, match(there, PLAN, "ndis"), setting())[second.id]
    assert (said.words.values["invoice"], said.words.values["delivered"]) == (Name("SR-1"), Minutes(240))


def test_more_than_the_plan_has_in_all_is_told_on_the_entry_that_goes_over() -> None:
    therapy = planned(a_line("Speech", support="speech_therapy", schedule=Units(Quantity(3000), "H"), price=None))
    one, other = (an_entry(TUESDAY + timedelta(days=day), item="", line="Speech") for day in (0, 1))
    found = noticed(one, other, plan=(therapy,))
    assert found == {one.id: [], other.id: ["more_in_all"]}


def test_the_same_visit_on_two_invoices_is_named_once_and_the_later_one() -> None:
    first, second = an_entry(invoice="INV-1"), an_entry(invoice="INV-9")
    found = noticed(first, second)
    assert found[first.id] == []
    assert found[second.id][0] == "double"


def test_a_questioned_entry_makes_no_other_one_look_double() -> None:
    first, second = an_entry(state=EntryState.QUESTIONED), an_entry(invoice="INV-9")
    assert noticed(first, second)[second.id] == []


def test_before_there_was_a_plan_nothing_is_held_against_it() -> None:
    assert kinds(an_entry(date(2026, 6, 30))) == ["before_plan"]


def test_after_the_plan_has_ended_it_is_said() -> None:
    later = an_entry(YEAR.last + timedelta(days=3))
    assert "after_plan" in kinds(later, today=date(2027, 9, 1))


def test_an_agreement_is_missed_only_where_agreements_are_known() -> None:
    assert kinds(an_entry(), agreed=None) == []
    assert kinds(an_entry(), agreed={}) == ["no_agreement"]
    assert kinds(an_entry(), agreed={SUNRISE: [YEAR]}) == []


def test_a_kind_of_support_that_no_part_of_the_funding_holds_is_told() -> None:
    stranger = an_entry(item="15_056_0128_1_3")
    core = Component("core", "Core", dollars("100"), categories=("01",))
    assert "not_funded" in kinds(stranger, plan=(), components=(core,))


def test_a_support_of_a_day_to_come_cannot_be_claimed_yet() -> None:
    assert "to_come" in kinds(an_entry(date(2026, 10, 2)))


def test_the_last_day_of_a_claim_is_told_when_it_is_near_and_when_it_is_past() -> None:
    day = date(2024, 12, 3)
    assert "claim_soon" in kinds(an_entry(day), plan=(), today=date(2026, 11, 20))
    assert "claim_late" in kinds(an_entry(day), plan=(), today=date(2026, 12, 3))
    assert "claim_late" not in kinds(an_entry(day, state=EntryState.PAID), plan=(), today=date(2026, 12, 3))


def test_an_announced_earlier_last_day_is_only_a_note() -> None:
    entry = an_entry(date(2026, 9, 1))
    found = look([entry], match([entry], PLAN, "ndis"), setting(today=date(2026, 11, 20)))[entry.id]
    assert [(one.kind, one.level) for one in found] == [("claim_sooner", Level.NOTE)]


def test_a_credit_is_held_against_no_price_and_no_day() -> None:
    assert kinds(an_entry(TUESDAY + timedelta(days=1), amount=-dollars("136.00"))) == []


# five words


def stood(*entries: Entry, spent: str = "0", until: date | None = None, today: date = date(2026, 8, 14)) -> Standing:
    halves = (
        FundingPeriod(Period(YEAR.first, date(2027, 1, 31)), dollars("10000")),
        FundingPeriod(Period(date(2027, 2, 1), YEAR.last), dollars("10000")),
    )
    core = Component("core", "Core", dollars("20000"), categories=("01", "04"), periods=halves)
    core = replace(core, spent=dollars(spent), spent_until=until)
    package = Package("ndis", YEAR, Place("NSW"), Funding(YEAR, (core,)), (SHOWER.line,))
    quoted = quote(package, programs.shipped("ndis"), programs.calendar())
    told = until is not None
    carries = programs.rules("ndis").carries
    return standing(quoted.components[0], entries, today, told=told, planned=True, carries=carries)


def placed(day: date = TUESDAY, **says: Any) -> Entry:
    return an_entry(day, line="Help in the shower", component="core", **says)


def test_nothing_told_and_nothing_entered_is_not_known_which_is_not_zero() -> None:
    now = stood().periods[0]
    assert now.delivered.value is None
    assert now.free.value is None
    assert isinstance(now.planned.value, Money)


BEFORE = date(2026, 7, 31)


def test_what_is_free_is_what_is_released_less_delivered_and_planned() -> None:
    now = stood(placed(), spent="0", until=BEFORE).periods[0]
    assert isinstance(now.planned.value, Money)
    assert now.delivered.value == dollars("136.00")
    assert now.free.value == dollars("10000") - dollars("136.00") - now.planned.value


def test_while_nobody_told_what_was_spent_it_is_not_known_what_is_free() -> None:
    found = stood(placed())
    assert (found.periods[0].delivered.value, found.periods[0].free.value) == (dollars("136.00"), None)
    assert found.whole.free.value is None


def test_a_visit_without_an_invoice_holds_its_money_until_one_comes() -> None:
    one, both = (placed(TUESDAY),), (placed(TUESDAY), placed(date(2026, 8, 7)))
    without, with_one = (stood(*some, spent="0", until=BEFORE).periods[0] for some in (one, both))
    assert with_one.free.value == without.free.value  # delivered grows by what planned loses


def test_an_entry_up_to_the_day_that_was_told_is_never_counted_twice() -> None:
    told = stood(spent="1500", until=date(2026, 8, 10))
    again = stood(placed(TUESDAY), spent="1500", until=date(2026, 8, 10))
    assert again.periods[0].delivered.value == told.periods[0].delivered.value == dollars("1500")
    assert again.inside.value == dollars("136.00")
    later = stood(placed(TUESDAY), placed(date(2026, 8, 11)), spent="1500", until=date(2026, 8, 10))
    assert later.periods[0].delivered.value == dollars("1636.00")


def test_an_entry_that_was_claimed_after_that_day_adds_to_it() -> None:
    claimed = placed(TUESDAY, state=EntryState.CLAIMED, claimed_on=date(2026, 8, 12))
    assert stood(claimed, spent="1500", until=date(2026, 8, 10)).periods[0].delivered.value == dollars("1636.00")


def test_more_entries_than_was_told_are_named() -> None:
    assert stood(placed(TUESDAY), spent="100", until=date(2026, 8, 10)).odd is not None


def test_what_is_questioned_or_refused_is_not_delivered_and_stays_apart() -> None:
    found = stood(placed(), placed(date(2026, 8, 7), state=EntryState.QUESTIONED))
    assert found.periods[0].delivered.value == dollars("136.00")
    assert found.questioned.value == dollars("136.00")


def test_claimed_holds_paid_and_delivered_holds_claimed() -> None:
    found = stood(
        placed(TUESDAY, state=EntryState.PAID),
        placed(date(2026, 8, 7), state=EntryState.CLAIMED),
        placed(date(2026, 8, 11)),
    ).periods[0]
    amounts = (found.paid.value, found.claimed.value, found.delivered.value)
    assert amounts == (dollars("136.00"), dollars("272.00"), dollars("408.00"))


def test_a_credit_takes_its_amount_off() -> None:
    found = stood(placed(), placed(TUESDAY, amount=-dollars("36.00"))).periods[0]
    assert found.delivered.value == dollars("100.00")


def test_what_is_free_goes_on_to_the_next_funding_period() -> None:
    first, second = stood(placed(), spent="0", until=BEFORE).periods
    assert second.carried == first.free.value


@given(st.lists(st.tuples(st.integers(0, 180), st.integers(-5_000, 30_000), st.sampled_from(EntryState)), max_size=12))
@settings(max_examples=40)
def test_the_five_words_always_add_up(told: list[tuple[int, int, EntryState]]) -> None:
    entries = [placed(YEAR.first + timedelta(days=day), amount=Money(cents), state=state) for day, cents, state in told]
    found = stood(*entries, placed())
    for five in found.periods:
        if isinstance(five.free.value, Money):
            assert isinstance(five.delivered.value, Money)
            assert isinstance(five.planned.value, Money)
            assert isinstance(five.released.value, Money)
            left = five.released.value + five.carried - five.delivered.value - five.planned.value
            assert five.free.value == left
            assert five.planned.value >= Money(0)


def test_marks_know_an_invoice_however_its_number_is_written() -> None:
    assert mark(an_entry(invoice="INV-007")) == mark(an_entry(invoice="inv 007"))
    assert mark(an_entry()) != mark(an_entry(), 2)
    assert mark(an_entry()) != mark(an_entry(claim_type=ClaimType.TRAVEL))


@pytest.mark.parametrize("many", [1000])
def test_a_thousand_entries_are_matched_without_looking_at_a_line_twice_for_the_same_words(many: int) -> None:
    entries = [an_entry(TUESDAY + timedelta(days=number % 300)) for number in range(many)]
    assert all(one.line == "Help in the shower" for one in match(entries, PLAN, "ndis"))
