"""How long the money lasts, what a figure says about itself, and what changed between two packages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from budgeting import forecast, programs
from budgeting.compare import ChangeKind, compare
from budgeting.explain.describe import price_words, schedule_words
from budgeting.explain.lines import contribution_figure
from budgeting.money import Minutes, Money, total
from budgeting.package import AtLimit, Funding, Package
from budgeting.period import Place
from budgeting.quotation import Quote
from budgeting.words import Words
from tests.budgeting.examples import (
    YEAR,
    agreed,
    component,
    day,
    every_figure,
    every_words,
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

SHOWER = line(weekly("Mon Wed", "09:00", "11:00"), price=agreed("68", ph="120"), provider="Sunrise", purposes=("g",))
SELF = component("5000", management="self", spent=money("500"), spent_until=day("2026-01-31"))


def outlook(wanted: Package) -> forecast.Outlook:
    return forecast.lasts_until(wanted, programs.shipped("ndis"), holidays("2026-01-26", "2026-04-06"))


def test_the_money_lasts_until_the_day_before_the_first_visit_that_cannot_be_paid() -> None:
    seen = outlook(package(SHOWER, funding=funded(SELF)))
    # 4,500 are left on 1 February. A visit is 136.00, on Easter Monday 240.00.
    # Of the 32 visits up to 22 May, 31 cost 136.00 and one 240.00: 4,456.00 by Wednesday 20 May.
    assert seen.runs_dry == day("2026-05-25")
    assert seen.until == day("2026-05-24")
    assert seen.minutes == Minutes(32 * 120)
    assert seen.sentences[0].values["day"] == day("2026-05-24")


def test_public_holidays_are_told_as_what_they_cost_more() -> None:
    seen = outlook(package(SHOWER, funding=funded(SELF)))
    assert seen.holidays == money("208")  # two visits of two hours, 52.00 an hour more
    assert seen.figures[2].parts[0].value == money("208")


def test_what_holidays_cost_more_is_said_as_it_is_worked() -> None:
    """Two supports: what each costs more is added up, so the sentence is not about one amount less another."""
    walk = replace(SHOWER, id="walk", name="Walk")
    _until, _hours, more = outlook(package(SHOWER, walk, funding=funded(SELF))).figures
    assert more.sum is not None
    assert "added up" in more.sum.text
    assert [part.value for part in more.parts] == [money("208"), money("208")]
    assert all(part.sum and "less" in part.sum.text for part in more.parts)


def test_money_that_lasts_to_the_end_says_what_is_left() -> None:
    enough = component("20000", management="self")
    seen = outlook(package(SHOWER, funding=funded(enough)))
    assert seen.runs_dry is None
    assert seen.until == day("2026-12-31")
    assert seen.left == money("20000") - money("14144") - money("208")  # 104 visits of 136.00, two of them dearer


def test_without_any_line_nothing_is_foretold() -> None:
    assert outlook(package(funding=funded(SELF))).until is None


def test_the_shortest_part_of_the_funding_decides() -> None:
    therapy = line(units("40"), id="ot", support="occupational_therapy", price=agreed("193.99"))
    both = (component("20000"), component("3000", "15", key="skills"))
    seen = outlook(package(SHOWER, therapy, funding=funded(*both)))
    assert seen.runs_dry == seen.quote.component("skills").runs_dry


# Explanations ---------------------------------------------------------------------------------------------------------


def a_full_quote() -> Quote:
    lines = (
        SHOWER,
        line(weekly("Fri", "18:00", "21:00"), id="friday"),
        line(units("30"), id="ot", support="occupational_therapy", price=agreed("200")),
        line(weekly("Sat", "10:00", "14:00"), id="group", support="group_activities", participants=3),
        line(weekly("Mon", "09:00", "10:00"), id="none", price=None),
    )
    core = component("30000", periods=quarters("5000", "5000", "9000", "11000"))
    both = (core, component("3000", "15", key="skills"))
    return priced(package(*lines, funding=funded(*both)), calendar=programs.calendar())


def a_home_quote() -> Quote:
    lines = (
        line(weekly("Mon", "09:00", "10:30"), id="clean", support="cleaning", price=agreed("95")),
        line(units("60", "meal"), id="meals", support="meal_delivery", price=agreed("15")),
    )
    funding = Funding(YEAR, classification="SAH-1", means_status="full_pensioner")
    return priced(Package("support_at_home", YEAR, Place("VIC"), funding, lines), calendar=programs.calendar())


def test_the_parts_of_every_line_add_up_to_the_line() -> None:
    for quoted in (a_full_quote(), a_home_quote()):
        for of_line in quoted.lines:
            amounts = [row.amount for row in of_line.rows if row.amount is not None]
            assert total(amounts) == of_line.amount
            for row in of_line.rows:
                if row.each is not None and row.amount is not None:
                    assert Money(row.each.minor * row.visits) == row.amount
        assert total([of_line.amount for of_line in quoted.lines]) == quoted.amount


def all_words(quoted: Quote) -> Iterable[Words]:
    yield from every_words(quoted.figure)
    for total_ in quoted.components:
        yield from every_words(total_.figure)
    for of_line in quoted.lines:
        yield from every_words(contribution_figure(of_line))
        yield schedule_words(of_line.line.schedule)
        yield price_words(of_line.line.price)
    yield from (finding.words for finding in quoted.findings)


def with_nested(words: Words) -> Iterable[Words]:
    yield words
    for value in words.values.values():
        if isinstance(value, Words):
            yield from with_nested(value)


def test_every_sentence_has_its_values_and_no_number_of_its_own() -> None:
    seen = [*all_words(a_full_quote()), *all_words(a_home_quote())]
    seen += outlook(package(SHOWER, funding=funded(SELF))).sentences
    assert len(seen) > 100
    for outer in seen:
        for words in with_nested(outer):
            for text in filter(None, (words.text, words.plural)):
                assert set(re.findall(r"{(\w+)}", text)) <= set(words.values), text
                assert not re.search(r"\d", re.sub(r"{\w+}", "", text)), text


def test_a_price_names_the_list_and_the_day_it_comes_from() -> None:
    quoted = a_full_quote().line("friday")
    prices = [figure for figure in every_figure(quoted.figure) if figure.label.text == "Price of one hour"]
    assert prices
    for figure in prices:
        assert figure.source is not None
        assert figure.source.since in (day("2025-07-01"), day("2026-07-01"))


# Comparing ------------------------------------------------------------------------------------------------------------


def test_a_comparison_tells_added_removed_changed_and_same_lines() -> None:
    friday = line(weekly("Fri", "18:00", "19:00"), id="friday", price=agreed("70"))
    therapy = line(units("10"), id="ot", support="occupational_therapy", price=agreed("190"))
    garden = line(units("12"), id="garden", support="garden", price=agreed("55"))
    before = priced(package(SHOWER, friday, therapy))
    after = priced(package(replace(SHOWER, schedule=weekly("Mon", "09:00", "11:00")), therapy, garden))
    kinds = {change.line.id: change.kind for change in compare(before, after).lines}
    assert kinds == {
        "shower": ChangeKind.CHANGED,
        "ot": ChangeKind.SAME,
        "garden": ChangeKind.ADDED,
        "friday": ChangeKind.REMOVED,
    }


def test_a_comparison_shows_each_thing_before_and_after_and_the_money() -> None:
    before, after = priced(package(SHOWER)), priced(package(replace(SHOWER, provider="Harbour", price=agreed("70"))))
    (change,) = compare(before, after).changed
    assert {field.field for field in change.fields} == {"provider", "price"}
    assert change.more == money("416")  # 104 visits of two hours, two dollars an hour
    assert compare(before, after).more == money("416")


def test_the_same_line_at_a_new_limit_is_a_change_of_money() -> None:
    at_limit = replace(SHOWER, price=AtLimit())
    before = priced(package(at_limit))
    after = priced(package(at_limit), calendar=holidays("2026-03-02"))
    (change,) = compare(before, after).lines
    assert (change.kind, change.fields) == (ChangeKind.CHANGED, ())


def test_nothing_changes_between_a_package_and_itself() -> None:
    quoted = a_full_quote()
    assert compare(quoted, quoted).changed == ()


def test_a_package_is_priced_the_same_every_time() -> None:
    assert a_full_quote() == a_full_quote()
