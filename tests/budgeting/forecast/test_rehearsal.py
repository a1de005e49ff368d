"""The year rehearsed: the first day that breaks, why, what really mends it, and everything that happens in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

from budgeting import forecast, programs
from budgeting.catalogue import Editions
from budgeting.forecast.breaks import Break, BreakKind, breaks_of
from budgeting.forecast.rehearsal import Rehearsal, rehearse, shortage_of
from budgeting.forecast.year import EventKind, YearEvent
from budgeting.money import Minutes, Money, Quantity, total
from budgeting.package import Boundary, Funding, Line, OpenMoney, Package, Spread, Units, Unpaid
from budgeting.period import Calendar, Period, Place
from budgeting.words import Words
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    WEEK,
    YEAR,
    agreed,
    component,
    day,
    days,
    funded,
    holidays,
    line,
    money,
    package,
    priced,
    quarters,
    units,
    weekly,
)

EDITIONS = programs.shipped("ndis")
SHOWER = line(weekly("Mon Wed", "09:00", "11:00"), price=agreed("50"))  # 100 dollars each time
OUT = line(weekly("Sat", "10:00", "12:00"), id="out", name="Going out", price=agreed("50", sat="100"))


def play(wanted: Package, calendar: Calendar = NO_HOLIDAYS, **known: object) -> Rehearsal:
    return rehearse(wanted, EDITIONS, calendar, **known)  # type: ignore[arg-type]  # since, agreed_until and keep


def texts(seen: Rehearsal) -> list[str]:
    """What each fix changes, without the days on which it does."""
    changes = [fix.words.values.get("change", fix.words) for fix in seen.fixes]
    return [change.text for change in changes if isinstance(change, Words)]


def short_by(amount: str, *lines: Line) -> Package:
    """A package whose one component holds a little less than its lines cost."""
    cost = priced(package(*lines)).amount - money(amount)
    return package(*lines, funding=funded(replace(component("1", management="self"), amount=cost)))


# The first day that breaks --------------------------------------------------------------------------------------------


def test_the_money_that_does_not_reach_breaks_on_the_first_visit_it_cannot_pay() -> None:
    seen = play(short_by("100", SHOWER))
    assert seen.first == seen.breaks[0]
    assert (seen.breaks[0].kind, seen.breaks[0].day) == (BreakKind.MONEY, day("2026-12-30"))  # the last Wednesday
    assert seen.breaks[0].words.values["until"] == day("2026-12-29")


def test_a_package_that_works_on_every_day_has_no_break_and_no_fix() -> None:
    seen = play(package(SHOWER, funding=funded(component("20000", management="self"))))
    assert (seen.first, seen.breaks, seen.fixes) == (None, (), ())


def test_later_money_does_not_save_a_funding_period_that_runs_dry() -> None:
    early = component("0", management="self", periods=quarters("2000", "4000", "4000", "4000"))
    seen = play(package(SHOWER, funding=funded(early)))
    assert seen.first is not None
    # 20 visits are paid: 8 in January, 8 in February, and 4 up to 11 March
    assert seen.first.day == day("2026-03-16")
    assert shortage_of(seen.quote, "core").until == day("2026-03-31")


def test_a_visit_without_a_price_breaks_on_its_day() -> None:
    unpriced = replace(SHOWER, price=agreed(day="50"))
    seen = play(package(unpriced), holidays("2026-01-26"))
    assert seen.first is not None
    assert (seen.first.kind, seen.first.day) == (BreakKind.PRICE, day("2026-01-26"))


def test_supports_that_go_on_after_the_funding_break_on_the_first_visit_after_it() -> None:
    until_june = funded(component("20000", management="self"), period=days("2026-01-01", "2026-06-30"))
    seen = play(package(SHOWER, funding=until_june))
    assert seen.first is not None
    assert (seen.first.kind, seen.first.day) == (BreakKind.FUNDING_ENDS, day("2026-07-01"))


def test_a_support_that_begins_before_the_money_breaks_on_its_first_visit_and_may_begin_with_it() -> None:
    from_march = funded(component("20000", management="self"), period=days("2026-03-01", "2026-12-31"))
    wanted = package(SHOWER, funding=from_march)
    seen = play(wanted)
    assert seen.first is not None
    assert (seen.first.kind, seen.first.day) == (BreakKind.UNPAID, day("2026-01-05"))
    (fix,) = seen.fixes
    assert [one.period for one in fix.package.lines] == [days("2026-03-01", "2026-12-31")]
    assert (fix.cost, fix.minutes) == (money("-1600"), Minutes(16 * 120))  # eight Mondays and eight Wednesdays
    assert play(wanted, since=day("2026-03-01")).first is None


def test_a_support_for_which_no_money_pays_breaks_on_its_first_visit() -> None:
    for_therapy = funded(component("20000", "15", management="self"))
    seen = play(package(SHOWER, funding=for_therapy), since=day("2026-05-02"))
    assert seen.first is not None
    assert (seen.first.kind, seen.first.day, seen.fixes) == (BreakKind.UNPAID, day("2026-05-04"), ())
    once = replace(SHOWER, schedule=Units(Quantity(1000), "E", Spread.ONCE), period=days("2026-06-03", "2026-06-30"))
    bought = play(package(once, funding=for_therapy)).first
    assert bought is not None
    assert bought.day == day("2026-06-03")
    own = OpenMoney("own", "Own money")
    for other in (
        replace(SHOWER, price=agreed("0")),
        replace(SHOWER, payers=("own",)),
        replace(SHOWER, price=Unpaid()),
    ):
        assert play(replace(package(other, funding=for_therapy), others=(own,))).first is None


def test_an_agreement_that_ends_breaks_on_the_first_visit_after_it() -> None:
    seen = play(package(SHOWER), agreed_until={"shower": day("2026-06-30")})
    assert seen.first is not None
    assert (seen.first.kind, seen.first.day) == (BreakKind.AGREEMENT_ENDS, day("2026-07-01"))


def test_a_day_off_on_which_nobody_comes_breaks_only_where_somebody_comes_every_day() -> None:
    daily = line(weekly(" ".join(WEEK), "08:00", "09:00"), price=agreed("50"), skips=(day("2026-04-03"),))
    seen = play(package(daily))
    assert seen.first is not None
    assert (seen.first.kind, seen.first.day) == (BreakKind.NOBODY, day("2026-04-03"))
    assert play(package(replace(SHOWER, skips=(day("2026-01-26"),)))).first is None


def test_family_that_comes_on_a_day_off_is_somebody() -> None:
    daily = line(weekly(" ".join(WEEK), "08:00", "09:00"), price=agreed("50"), skips=(day("2026-04-03"),))
    sister = line(weekly("Fri", "10:00", "12:00"), id="sister", price=Unpaid())
    assert play(package(daily, sister)).first is None


def test_breaks_come_in_the_order_of_their_days() -> None:
    unpriced = replace(SHOWER, id="later", price=None, period=days("2026-09-01", "2026-12-31"))
    seen = play(package(SHOWER, unpriced, funding=funded(component("5000", management="self"))))
    assert [one.kind for one in seen.breaks] == [BreakKind.MONEY, BreakKind.PRICE]
    assert [one.day for one in seen.breaks] == sorted(one.day for one in seen.breaks)


def test_a_grant_that_runs_out_breaks_as_well() -> None:
    grant = component("10000", "01", key="grant", management="self")
    seen = play(replace(package(replace(SHOWER, component="grant")), others=(grant,)))
    assert seen.first is not None
    assert (seen.first.kind, seen.first.component) == (BreakKind.MONEY, "grant")
    assert seen.fixes


def test_support_at_home_breaks_in_the_quarter_whose_budget_does_not_reach() -> None:
    clean = line(weekly("Mon Tue Wed Thu Fri", "09:00", "11:00"), id="clean", support="cleaning", price=agreed("95"))
    told = Funding(YEAR, classification="SAH-2", means_status="full_pensioner")
    seen = rehearse(Package("support_at_home", YEAR, Place("VIC"), told, (clean,)), Editions(()), NO_HOLIDAYS)
    assert seen.first is not None
    assert seen.first.kind is BreakKind.MONEY
    assert seen.first.day <= day("2026-03-31")
    for fix in seen.fixes:
        dry = fix.quote.component("account").runs_dry
        assert dry is None or dry > day("2026-03-31")


def test_what_a_quarter_of_support_at_home_brings_is_explained_and_what_a_letter_tells_stands_for_itself() -> None:
    told = Funding(YEAR, classification="SAH-2", means_status="full_pensioner")
    home = rehearse(Package("support_at_home", YEAR, Place("VIC"), told, ()), Editions(()), NO_HOLIDAYS)
    quarters_of_home = [one for one in home.events if one.kind is EventKind.RELEASED and one.component == "account"]
    assert len(quarters_of_home) == 4
    assert [one.figure.value for one in quarters_of_home if one.figure] == [one.amount for one in quarters_of_home]
    core = component("8000", periods=quarters("2000", "2000", "2000", "2000"))
    letter = [one for one in play(package(SHOWER, funding=funded(core))).events if one.kind is EventKind.RELEASED]
    assert [one.figure for one in letter] == [None] * 4


# What mends it --------------------------------------------------------------------------------------------------------


def test_there_are_at_most_three_fixes_of_different_kinds() -> None:
    seen = play(short_by("300", SHOWER, OUT))
    assert 0 < len(seen.fixes) <= 3
    assert len(set(texts(seen))) == len(seen.fixes)


def test_one_visit_a_week_fewer_begins_as_late_as_is_enough() -> None:
    seen = play(short_by("500", SHOWER))
    fix = seen.fixes[next(number for number, text in enumerate(texts(seen)) if "fewer" in text)]
    assert fix.cost == money("-500")
    assert fix.minutes == Minutes(5 * 120)
    begins = fix.words.values["day"]
    assert isinstance(begins, date)
    assert begins > day("2026-11-01")


def test_a_change_ends_when_more_money_is_released() -> None:
    early = component("0", management="self", periods=quarters("2300", "4000", "4000", "4000"))
    seen = play(package(SHOWER, funding=funded(early)))
    fix = seen.fixes[next(number for number, text in enumerate(texts(seen)) if "fewer" in text)]
    assert fix.cost == money("-200")  # two of the 25 visits of the first three months
    rest = days("2026-04-01", "2026-12-31")
    assert priced(replace(fix.package, period=rest)).amount == priced(package(SHOWER, period=rest)).amount


def test_a_split_price_is_found_where_one_worker_was_paid_the_higher_one() -> None:
    dinner = line(weekly("Mon", "18:00", "21:00"), id="dinner", boundary=Boundary.HIGHER)
    seen = play(short_by("1", dinner))
    assert seen.fixes[0].minutes == Minutes(0)
    assert "own price" in texts(seen)[0]


def test_visits_move_to_the_next_funding_period_where_its_money_is_enough() -> None:
    early = component("0", management="self", periods=quarters("2300", "4000", "4000", "4000"))
    seen = play(package(SHOWER, funding=funded(early)))
    moved = [fix for fix in seen.fixes if "move" in fix.words.text]
    assert moved
    # 13 Mondays and 12 Wednesdays from January to March are 25 visits: 2,500 dollars, 200 too many
    assert moved[0].words.count == 2
    assert moved[0].minutes == Minutes(0)
    assert moved[0].cost == Money(0)


def test_a_weekday_instead_of_the_weekend_loses_no_time() -> None:
    seen = play(short_by("300", OUT))
    assert "{support}: on {coming} instead of {leaving}" in texts(seen)


def test_no_visits_on_public_holidays_is_offered_where_they_are_dear() -> None:
    dear = replace(SHOWER, price=agreed("50", ph="300"))
    marked = holidays("2026-01-26", "2026-04-06")
    cost = priced(package(dear), calendar=marked).amount - money("600")
    seen = play(package(dear, funding=funded(replace(component("1", management="self"), amount=cost))), marked)
    fix = next(fix for fix in seen.fixes if "public holiday" in fix.words.text)
    assert (fix.words.count, fix.words.values["first"]) == (1, day("2026-04-06"))  # the last one saves 600 dollars
    assert fix.cost == money("-600")


def test_nobody_is_left_alone_on_a_holiday_to_save_money() -> None:
    daily = line(weekly(" ".join(WEEK), "08:00", "09:00"), price=agreed("50", ph="300"))
    cost = priced(package(daily), calendar=holidays("2026-04-06")).amount - money("100")
    asked = package(daily, funding=funded(replace(component("1", management="self"), amount=cost)))
    assert not any("public holiday" in fix.words.text for fix in play(asked, holidays("2026-04-06")).fixes)


def test_a_published_limit_as_an_estimate_mends_a_missing_price() -> None:
    unpriced = replace(SHOWER, price=agreed(day="50"))
    seen = play(package(unpriced), holidays("2026-01-26"))
    assert seen.fixes[0].quote.complete
    assert seen.fixes[1].minutes == Minutes(120)  # or nobody comes on that day


def test_a_day_on_which_nobody_comes_is_mended_by_coming_and_says_what_that_costs() -> None:
    off = line(weekly(" ".join(WEEK), "08:00", "09:00"), price=agreed("50", ph="110"), skips=(day("2026-04-03"),))
    (fix,) = play(package(off), holidays("2026-04-03")).fixes
    assert (fix.cost, fix.minutes) == (money("110"), Minutes(-60))


def test_what_must_stay_is_in_no_fix() -> None:
    seen = play(short_by("300", SHOWER, OUT), keep=("shower",))
    assert seen.fixes
    for fix in seen.fixes:
        assert SHOWER in fix.package.lines


def test_nothing_changes_before_the_day_from_which_it_can() -> None:
    today = day("2026-09-01")
    asked = short_by("300", SHOWER, OUT)
    for fix in play(asked, since=today).fixes:
        past = Period(YEAR.first, today - timedelta(1))
        assert priced(replace(fix.package, period=past)).amount == priced(replace(asked, period=past)).amount


# What happens in the year ---------------------------------------------------------------------------------------------


def of_kind(seen: Rehearsal, kind: EventKind) -> list[YearEvent]:
    return [event for event in seen.events if event.kind is kind]


def test_the_holidays_of_the_year_cost_together_what_the_forecast_says() -> None:
    evening = line(weekly("Thu Fri Sat", "18:00", "02:00"), id="evening")
    asked = package(SHOWER, evening, funding=funded(component("90000")))
    calendar = programs.calendar()
    more = total([event.amount or Money(0) for event in of_kind(play(asked, calendar), EventKind.HOLIDAY)])
    assert more == forecast.lasts_until(asked, EDITIONS, calendar).holidays
    assert more > Money(0)


def test_a_new_price_is_told_on_its_day_with_what_it_costs_more() -> None:
    at_limit = line(weekly("Mon", "09:00", "11:00"))
    (change,) = of_kind(play(package(at_limit)), EventKind.PRICE)
    assert change.day == day("2026-07-01")
    before = priced(replace(package(at_limit), period=days("2026-01-01", "2026-06-30"))).line("shower").rows[0]
    after = priced(replace(package(at_limit), period=days("2026-07-01", "2026-12-31"))).line("shower").rows[0]
    assert before.each is not None
    assert after.each is not None
    assert change.amount == Money((after.each - before.each).minor * 26)  # Mondays from 6 July to 28 December


def test_an_agreed_price_that_changes_is_told_too() -> None:
    first, then = agreed("50").amounts[0], replace(agreed("60").amounts[0], since=day("2026-10-01"))
    rising = replace(SHOWER, price=replace(agreed("50"), amounts=(first, then)))
    (change,) = of_kind(play(package(rising)), EventKind.PRICE)
    assert change.day == day("2026-10-05")  # the first visit at the new price
    assert change.words.values["after"] == money("60")


def test_money_that_is_released_and_that_runs_dry_is_in_the_calendar() -> None:
    early = component("0", management="self", periods=quarters("2000", "4000", "4000", "4000"))
    seen = play(package(SHOWER, funding=funded(early)))
    assert [event.day.month for event in of_kind(seen, EventKind.RELEASED)] == [1, 4, 7, 10]
    assert [event.day for event in of_kind(seen, EventKind.DRY)] == [seen.breaks[0].day]


def test_beginnings_ends_and_days_off_are_in_the_calendar() -> None:
    short = replace(SHOWER, period=days("2026-03-01", "2026-09-30"), skips=(day("2026-04-06"),))
    seen = play(package(short))
    kinds = {event.kind: event.day for event in seen.events}
    assert kinds[EventKind.BEGINS] == day("2026-03-01")
    assert kinds[EventKind.ENDS] == day("2026-09-30")
    assert kinds[EventKind.NOBODY] == day("2026-04-06")


def test_the_events_are_in_the_order_of_their_days() -> None:
    seen = play(package(SHOWER, OUT, funding=funded(component("9000"))), programs.calendar())
    assert [event.day for event in seen.events] == sorted(event.day for event in seen.events)


# What holds for every package -----------------------------------------------------------------------------------------


@st.composite
def packages(draw: st.DrawFn) -> Package:
    lines = []
    for number in range(draw(st.integers(1, 4))):
        weekdays = draw(st.lists(st.sampled_from(WEEK), min_size=1, max_size=4, unique=True))
        start, end = draw(st.sampled_from((("07:00", "08:30"), ("10:00", "13:00"), ("18:30", "21:00"))))
        price = draw(st.sampled_from((agreed("55"), agreed("55", ph="120"), line().price, agreed(day="55"))))
        boundary = draw(st.sampled_from(Boundary))
        skips = tuple(draw(st.sets(st.dates(date(2026, 3, 1), date(2026, 4, 30)), max_size=2)))
        every = draw(st.integers(1, 2))
        lines.append(
            line(
                weekly(" ".join(weekdays), start, end, every), id=str(number), price=price, boundary=boundary,
                support=draw(st.sampled_from(("self_care", "community"))), skips=skips,
            )
        )  # fmt: skip
    if draw(st.booleans()):
        lines.append(line(units("30"), id="units", price=agreed("90")))
    made = package(*lines)
    cost = priced(made, EDITIONS, programs.calendar()).amount.minor
    core = replace(component("1", management="self"), amount=Money(cost * draw(st.integers(60, 120)) // 100))
    if draw(st.booleans()):
        parts = draw(st.lists(st.integers(1, 9), min_size=4, max_size=4))
        each = [Money(core.amount.minor * part // sum(parts)) for part in parts]
        four = tuple(replace(one, amount=sum_) for one, sum_ in zip(quarters(*["1"] * 4), each, strict=True))
        core = replace(core, amount=total(each), periods=four)
    return replace(made, funding=funded(core))


def named(one: Break) -> tuple[BreakKind, date, str | None, str | None]:
    return one.kind, one.day, one.line, one.component


@settings(max_examples=60)
@given(packages(), st.sampled_from((None, date(2026, 3, 15))))
def test_every_fix_removes_the_break_it_is_for_and_costs_what_it_says(asked: Package, since: date | None) -> None:
    calendar = programs.calendar()
    seen = play(asked, calendar, since=since)
    assert (seen.first is None) == (not seen.breaks)
    if seen.first is None:
        assert seen.fixes == ()
        return
    for fix in seen.fixes:
        again = priced(fix.package, EDITIONS, calendar)
        assert again == fix.quote
        assert again.amount - seen.quote.amount <= fix.cost
        assert seen.quote.minutes.count - again.minutes.count == fix.minutes.count
        assert named(seen.first) not in {named(one) for one in breaks_of(again)}
        if seen.first.kind is BreakKind.MONEY:
            until = shortage_of(seen.quote, "core").until
            dry = again.component("core").runs_dry
            assert dry is None or dry > until


@settings(max_examples=25)
@given(packages())
def test_the_first_break_is_the_day_the_forecast_names(asked: Package) -> None:
    calendar = programs.calendar()
    seen = play(asked, calendar)
    dry = [one.day for one in seen.breaks if one.kind is BreakKind.MONEY]
    assert (dry[0] if dry else None) == forecast.lasts_until(asked, EDITIONS, calendar).runs_dry
