"""What a figure says about itself: its arithmetic, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from budgeting import programs
from budgeting.explain import Confidence, Figure, Source
from budgeting.explain.lines import contribution_figure
from budgeting.explain.totals import (
    contributions_figure,
    fundings_figure,
    lasts_figure,
    left_figure,
    paid_figure,
    period_figure,
    quote_figure,
)
from budgeting.money import Minutes, Money
from budgeting.package import Agreed, AgreedAmount, Management
from budgeting.period import Band
from budgeting.pricing import quote
from budgeting.words import Arithmetic, Sign, Value, Words, words
from budgeting.working import (
    ELSEWHERE,
    MINUS,
    OVER,
    PARTS,
    PLUS,
    TIMES,
    TOLD,
    Working,
    earliest,
    exactly,
    lowest,
    to_the_cent,
)
from portal.language import LANGUAGES, POP, show, show_plain
from tests.budgeting.arbitrary import packages
from tests.budgeting.examples import YEAR, agreed, component, funded, holidays, line, package, priced, weekly

LABEL = words("Amount")
CASES: dict[str, tuple[Value, Working]] = {
    "97 × $140.46 = $13,624.62": (Money(13_624_62), exactly(97, TIMES, Money(140_46))),
    "150 min ÷ 60 × $110.37 = $275.93, rounded to the cent": (
        Money(275_93),
        to_the_cent(Minutes(150), OVER, 60, TIMES, Money(110_37)),
    ),
    "$10.00 − (−$2.50) = $12.50": (Money(12_50), exactly(Money(10_00), MINUS, Money(-2_50))),
    "1 h 30 min + 30 minutes = 2 hours": (Minutes(120), exactly(Minutes(90), PLUS, Minutes(30))),
    "12 × 90 min = 1,080 min = 18 hours": (Minutes(1080), exactly(12, TIMES, Minutes(90))),
    "The lowest of $70.00 and $68.50: $68.50": (Money(68_50), lowest(Money(70_00), Money(68_50))),
    "5 March 2026, as told to us, or as a letter or an agreement says": (date(2026, 3, 5), TOLD),
}


@pytest.mark.parametrize("shown", CASES)
def test_a_figure_shows_what_to_type_into_a_calculator(shown: str) -> None:
    value, working = CASES[shown]
    worked = Figure(LABEL, value, working=working).worked
    assert worked is not None
    assert show_plain(worked, LANGUAGES["en"]) == shown


def test_few_parts_are_written_out_and_many_are_added_up_below() -> None:
    def of(number: int) -> str:
        parts = tuple(Figure(LABEL, Money(100 * (n + 1)), working=TOLD) for n in range(number))
        whole = Figure(LABEL, Money(50 * number * (number + 1)), parts=(*parts, Figure(LABEL, None)), working=PARTS)
        assert whole.worked is not None
        return show_plain(whole.worked, LANGUAGES["en"])

    assert of(3) == "$1.00 + $2.00 + $3.00 = $6.00"
    assert of(7) == "7 figures below, added up: $28.00"
    assert of(1) == "$1.00, which is the figure below"


def test_in_arabic_the_arithmetic_is_kept_from_left_to_right() -> None:
    worked = Figure(LABEL, Money(275_93), working=exactly(Minutes(150), OVER, 60, TIMES, Money(110_37))).worked
    assert worked is not None
    arabic = LANGUAGES["ar"]
    assert show_plain(worked, arabic).startswith("\u2066\u2068")
    assert show_plain(worked, arabic).count(POP) == show_plain(worked, arabic).count("\u2066") + 1
    assert show(worked, arabic).startswith('<bdi dir="ltr" class="working"><bdi>')


def test_in_arabic_days_are_counted_from_right_to_left_as_they_are_read() -> None:
    worked = Arithmetic((date(2027, 1, 25), Sign.MINUS, Minutes(1440)), date(2027, 1, 24))
    arabic = LANGUAGES["ar"]
    assert show(worked, arabic).startswith('<bdi dir="rtl" class="working">')
    assert show_plain(words("{sum}", sum=worked), arabic).startswith("\u2067")
    assert show(worked, LANGUAGES["en"]).startswith('<bdi dir="ltr" class="working">')


@pytest.mark.parametrize("working", [PARTS, TOLD, exactly(2, TIMES, Money(5))])
def test_a_figure_that_is_not_known_has_no_arithmetic(working: Working) -> None:
    assert Figure(LABEL, None, working=working).worked is None


def test_a_total_is_no_surer_than_its_weakest_part() -> None:
    sure = Figure(LABEL, Money(1), source=Source("A law", confidence=Confidence.A))
    told = Figure(LABEL, Money(1), source=Source("", confidence=Confidence.GIVEN))
    unsure = Figure(LABEL, Money(1), source=Source("A leaflet", confidence=Confidence.C))
    assert Figure(LABEL, Money(2), parts=(sure, told)).confidence is Confidence.A
    assert Figure(LABEL, Money(2), parts=(sure, told)).caution is None
    deep = Figure(LABEL, Money(3), parts=(sure, Figure(LABEL, Money(2), parts=(told, unsure))))
    assert deep.confidence is Confidence.C
    assert isinstance(deep.caution, Words)
    assert deep.caution.values["weakest"] == Confidence.C.words
    assert unsure.caution == Confidence.C.words
    assert Figure(LABEL, Money(1)).confidence is None


def test_what_is_left_is_no_surer_than_the_prices_of_the_supports() -> None:
    guessed = Agreed((AgreedAmount(Money(70_00)), AgreedAmount(Money(155_00), Band.HOLIDAY, estimated=True)))
    told = line(weekly("Mon", "09:00", "11:00"), price=agreed("70"))
    sure = priced(package(told, funding=funded(component("20000"))), calendar=holidays("2026-01-26"))
    unsure = priced(
        package(replace(told, price=guessed), funding=funded(component("20000"))), calendar=holidays("2026-01-26")
    )
    kept = sure.component("core").figure  # what was told, and the rule that later money is not there yet
    assert (kept.confidence, kept.told) == (Confidence.A, True)
    assert unsure.line("shower").figure.confidence is Confidence.C
    assert unsure.component("core").figure.confidence is Confidence.C
    assert unsure.component("core").figure.caution is not None


def test_a_total_that_only_names_its_parts_is_as_sure_as_they_are() -> None:
    editions = {key: programs.shipped(key) for key in ("ndis", "support_at_home")}
    for wanted in packages(20_261_123, 60):
        quoted = quote(wanted, editions[wanted.program], programs.calendar())
        for one in (quote_figure(quoted), contributions_figure(quoted), left_figure(quoted), fundings_figure(quoted)):
            assert one.brief.confidence is one.confidence


def test_what_the_funding_pays_and_how_long_it_lasts_are_no_surer_than_a_price_that_is_an_estimate() -> None:
    guessed = Agreed((AgreedAmount(Money(70_00)), AgreedAmount(Money(155_00), Band.HOLIDAY, estimated=True)))
    shower = line(weekly("Mon", "09:00", "11:00"), price=guessed)
    unsure = priced(package(shower, funding=funded(component("20000"))), calendar=holidays("2026-01-26"))
    core = unsure.component("core")
    assert core.runs_dry is None
    for one in (fundings_figure(unsure), lasts_figure(core), paid_figure(core)):
        assert one.confidence is Confidence.C
    two = replace(shower, payers=("core", "grant"))
    grant = component("500", key="grant")
    shared = priced(replace(unsure.package, lines=(two,), others=(grant,)), calendar=holidays("2026-01-26"))
    assert shared.lines[0].payments
    assert fundings_figure(shared).confidence is Confidence.C


def test_a_rule_that_decides_over_an_amount_says_where_it_was_read_and_from_which_day() -> None:
    told = line(weekly("Mon", "09:00", "11:00"), support="self_care", price=agreed("99"))
    for management in (Management.PLAN, Management.SELF):
        quoted = priced(package(told, funding=funded(component("20000", management=management))))
        core, known = quoted.component("core"), programs.program("ndis").parameters
        later = known.source("money_over_time", YEAR.first)
        assert (later.title, later.since) == ("NDIA Our Guidelines, Your plan", date(2024, 10, 3))
        assert lasts_figure(core).source == period_figure(core, 0).source == later
        bound = {one.source for one in _inside(quoted.figure) if one.rule and "plan manager pays" in one.rule.text}
        assert bound == ({known.source("price_limits_bind", YEAR.first)} if management is Management.PLAN else set())


def test_what_was_told_is_named_beside_what_was_read_in_the_law() -> None:
    sure = Figure(LABEL, Money(1), source=Source("A law", confidence=Confidence.A))
    told = Figure(LABEL, Money(1), source=Source("", confidence=Confidence.GIVEN))
    assert not Figure(LABEL, Money(1), parts=(sure,)).told
    assert Figure(LABEL, Money(2), parts=(sure, told)).told
    shower = line(weekly("Mon", "09:00", "11:00"), support="self_care")
    left = priced(package(shower, funding=funded(component("20000")))).component("core").figure
    assert (left.confidence, left.told) == (Confidence.A, True)


def test_the_same_day_twice_is_said_once() -> None:
    worked = Figure(LABEL, date(2027, 7, 31), working=earliest(date(2027, 7, 31), date(2027, 7, 31))).worked
    assert worked is not None
    assert show_plain(worked, LANGUAGES["en"]).count("2027") == 1


def test_the_price_of_one_hour_is_explained_once_in_a_sum_and_named_where_it_comes_again() -> None:
    editions, calendar, again = programs.shipped("ndis"), programs.calendar(), 0
    for wanted in (one for one in packages(20_261_140, 120) if one.program == "ndis"):
        for one in quote(wanted, editions, calendar).lines:
            for whole in (one.figure, contribution_figure(one)):
                prices = [each for each in _inside(whole) if each.label.text == "Price of one hour"]
                explained = [each for each in prices if each.sum is not None and each.value is not None]
                assert len(explained) == len(set(explained))
                named = [each for each in prices if each.working == ELSEWHERE]
                assert all(any(each.value == first.value for first in explained) for each in named)
                again += len(named)
    assert again > 3


def _inside(figure: Figure) -> Iterator[Figure]:
    for part in figure.parts:
        yield part
        yield from _inside(part)
