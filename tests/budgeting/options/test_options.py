"""Options: what fits is decided by what was told alone, and nothing but the day of the last word decides the order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st

from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.options import TIMES, Wanted, in_order, misfits, stale, to_ask, turned
from budgeting.options.affording import Payer, affording, payers
from budgeting.options.coverage import Coverage
from budgeting.package import Component, Management
from budgeting.period import Place
from budgeting.programs import shipped
from budgeting.words import Name, words

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 1, 1), TODAY)
WEEKDAYS = st.lists(st.integers(0, 6), unique=True).map(tuple)
SOME = st.lists(st.sampled_from(sorted(TIMES)), unique=True).map(tuple)
STATES = st.lists(st.sampled_from(["NSW", "VIC", "QLD"]), unique=True).map(tuple)
TOLD = st.builds(Coverage, DAYS, STATES, WEEKDAYS, times=SOME)
WANTED = st.builds(Wanted, st.sampled_from(["", "NSW", "WA"]), WEEKDAYS, SOME)
FRENCH = words("{language}", language=Name("français"))


@given(WANTED)
def test_what_nobody_told_is_never_held_against_anybody(wanted: Wanted) -> None:
    assert misfits(wanted, None) == ()
    assert misfits(wanted, Coverage(TODAY)) == ()


@given(WANTED, TOLD)
def test_who_asks_for_nothing_is_refused_nothing_and_has_nothing_to_ask(wanted: Wanted, told: Coverage) -> None:
    assert misfits(Wanted(), told) == to_ask(Wanted(), told) == ()
    asked = {"state": wanted.state, "weekdays": wanted.weekdays, "times": wanted.times}
    assert len(misfits(wanted, told)) + len(to_ask(wanted, told)) <= sum(1 for one in asked.values() if one)


@given(WANTED, TOLD)
def test_who_told_more_days_and_places_never_fits_worse(wanted: Wanted, told: Coverage) -> None:
    everywhere = Coverage(told.confirmed, ("NSW", "VIC", "QLD", "WA"), tuple(range(7)), times=tuple(TIMES))
    assert misfits(wanted, everywhere) == ()


def test_each_reason_says_what_does_not_fit() -> None:
    told = Coverage(TODAY, ("VIC",), (0, 1), ("en",), ("morning",), ("home",), TODAY + timedelta(10))
    wanted = Wanted("NSW", (1, 5), ("evening",), FRENCH, "fr", needs={"woman": words("a woman can come")}, by=TODAY)
    assert [one.text for one in misfits(wanted, told)] == [
        "It is not in this state.",
        "Not on {weekdays}.",
        "Not in {times}.",
        "Nobody there speaks {language}. You may need an interpreter.",
        "Not told among what it can do: {needs}.",
        "It can begin on {day} at the earliest.",
    ]


def test_a_language_that_is_only_wished_leaves_nobody_out_and_an_interpreter_is_asked_for() -> None:
    wanted, told = Wanted(language=FRENCH, language_tag="fr", wished=True), Coverage(TODAY, languages=("en",))
    assert misfits(wanted, told) == ()
    assert [one.text for one in to_ask(wanted, told)] == ["an interpreter: nobody there speaks {language}"]


def test_a_town_leaves_out_only_who_names_other_places_and_is_asked_about_where_none_is_named() -> None:
    wanted = Wanted(town="Dubbo")
    assert misfits(wanted, None, there=True) == to_ask(wanted, None, there=True) == ()
    assert [one.text for one in misfits(wanted, None, there=False)] == ["It does not name {town} among its places."]
    assert to_ask(wanted, None, there=False) == ()
    assert misfits(wanted, Coverage(TODAY)) == ()
    assert [one.text for one in to_ask(wanted, Coverage(TODAY))] == ["whether it works in {town}"]


OPTIONS = st.lists(st.tuples(st.none() | TOLD, st.text("abc", min_size=1, max_size=3), st.integers(0, 900)), max_size=8)


@given(OPTIONS, st.randoms())
def test_the_order_is_the_same_whatever_it_was_before_and_whatever_anything_costs(found, shuffler) -> None:  # type: ignore[no-untyped-def]  # values of strategies
    def order(rows: list[tuple[Coverage | None, str, int]]) -> list[tuple[date | None, str]]:
        placed = in_order(rows, lambda one: one[0], lambda one: one[1])
        return [(one[0].confirmed if one[0] else None, one[1]) for one in placed]

    shuffled = [(told, name, 900 - price) for told, name, price in found]
    shuffler.shuffle(shuffled)
    assert order(found) == order(shuffled)
    days = [day for day, _ in order(found)]
    told = [day for day in days if day is not None]
    assert told == sorted(told, reverse=True)
    assert days == told + [None] * (len(days) - len(told))


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=4), DAYS)
def test_each_option_is_first_on_as_many_days_as_every_other(found: list[int], day: date) -> None:
    firsts = [turned(found, day + timedelta(more))[0] for more in range(len(found))]
    assert sorted(firsts) == sorted(found)
    assert sorted(turned(found, day)) == sorted(found)


@given(TOLD, st.integers(1, 200))
def test_what_was_confirmed_is_fresh_for_so_many_days_and_no_longer(told: Coverage, days: int) -> None:
    assert not stale(told, told.confirmed + timedelta(days), days)
    assert stale(told, told.confirmed + timedelta(days + 1), days)
    assert stale(None, TODAY, days)


def _payer(left: Money | None, *, limited: bool = True) -> Payer:
    return Payer(Name("Core"), Figure(words("Core: what you can spend now"), left), limited)


@given(st.integers(1, 300_00), st.integers(-100_00, 50_000_00))
def test_what_could_be_paid_is_within_what_is_left_and_one_more_would_not_be(price: int, left: int) -> None:
    found = affording(Money(price), None, [_payer(Money(left))])
    assert found.figure is not None
    count = found.figure.value
    assert isinstance(count, int)
    assert count * price <= max(left, 0) < (count + 1) * price
    assert found.reaches is (count > 0)


@given(st.none() | st.integers(0, 300_00), st.none() | st.integers(1, 300_00))
def test_what_is_not_known_of_money_never_says_that_something_cannot_be_paid(
    price: int | None, limit: int | None
) -> None:
    asked, most = (None if one is None else Money(one) for one in (price, limit))
    assert affording(asked, most, None).reaches is not False
    assert affording(asked, None, [_payer(None)]).reaches is not False


def test_a_price_above_the_limit_is_out_of_reach_only_of_money_that_the_limit_binds() -> None:
    price, limit, much = Money(80_00), Money(73_58), Money(1_000_00)
    assert affording(price, limit, [_payer(much)]).reaches is False
    assert affording(price, limit, [_payer(much, limited=False)]).reaches is True
    assert affording(price, limit, []).said.text == "No part of your funding pays for this kind of support."


def test_the_part_that_holds_the_category_of_a_support_is_the_one_that_may_pay() -> None:
    money = Figure(words("Now"), Money(1))
    core = Component("core", "Core", Money(1), Management.SELF, ("01", "04"))
    skills = Component("skills", "Skills", Money(1), Management.AGENCY, ("15",))
    for support, expected in (("self_care", [("Core", False)]), ("occupational_therapy", [("Skills", True)])):
        found = payers("ndis", support, Place(), shipped("ndis"), TODAY, [(core, money), (skills, money)])
        assert [(getattr(one.name, "text", one.name), one.limited) for one in found] == expected
