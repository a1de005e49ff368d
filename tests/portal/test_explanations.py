"""A reader with a pocket calculator gets every figure that is shown, from the text alone, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from budgeting import programs
from budgeting.explain import Figure, as_told
from budgeting.explain.together import added, grounds
from budgeting.explain.totals import lapsed_figure, quote_figures
from budgeting.forecast import lasts_until
from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.pricing import quote
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Value, words
from budgeting.working import PARTS, TIMES, TOLD, exactly, lowest
from portal.funding import left
from portal.funding.held import Thing, lines
from portal.language import OFFERED
from portal.proposals.frozen import FrozenAmount, FrozenComponent, FrozenLine, FrozenProposal
from portal.proposals.reasons import (
    left_figure as accepted_left,
    line_figure as accepted_figure,
    shares_figure as accepted_shares,
)
from portal.proposals.terms import Terms
from tests.budgeting.arbitrary import packages
from tests.portal.pocket import follow, reader, rendered, unknown

PACKAGES = 200
DOUBLE, LOWEST = exactly(2, TIMES, Money(5_00)), lowest(Money(5_00), Money(7_00))
TOLD_FIVE = Figure(words("Five"), Money(5_00), working=TOLD)


@pytest.fixture(scope="module")
def priced() -> list[Quote]:
    """The quotes of many random packages."""
    made = packages(seed=20260701, number=PACKAGES)
    return [quote(one, programs.shipped(one.program), programs.calendar()) for one in made]


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_every_figure_of_a_quote_from_the_text_alone(priced: list[Quote], tag: str) -> None:
    assert sum(followed(quote_figures(one), tag) for one in priced) >= PACKAGES


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_how_long_the_money_lasts(priced: list[Quote], tag: str) -> None:
    answers = [
        lasts_until(one.package, programs.shipped(one.package.program), programs.calendar()) for one in priced[:30]
    ]
    assert sum(followed(answer.figures, tag) for answer in answers) > 0


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_can_be_spent_now(priced: list[Quote], tag: str) -> None:
    for number, one in enumerate(priced[:60]):
        funding = one.package.funding
        assert funding is not None
        told = {part.component.key: bool(number % 3) for part in one.components}
        more = {key: as_told(words("Delivered"), Money(1_05 * number)) for key in told if number % 2}
        held = {key: as_told(words("Held"), Money(34_05)) for key in told if number % 5}
        parts = left.of(funding, one.package.program, told, funding.period.first + timedelta(number), more, held)
        followed([figure for part in parts for figure in (part.now, part.unspent, part.whole)], tag)
        followed([left.all_together(parts)], tag)


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_is_left_beside_money_that_is_held(priced: list[Quote], tag: str) -> None:
    counted = 0
    for one in priced[:60]:
        funding = one.package.funding
        assert funding is not None
        day, key = one.package.period.first, one.components[0].component.key
        thing = Thing(UUID(int=1), Name("Ramp"), key, as_told(words("Held"), Money(1_234_05)))
        money = replace(funding, held=lines([thing], day))
        after = quote(replace(one.package, funding=money), programs.shipped(one.package.program), programs.calendar())
        followed([component.figure for component in after.components], tag)
        for plain, beside in zip(one.components, after.components, strict=True):
            if beside.held and not beside.lapsed and not plain.lapsed:
                counted += 1
                assert (beside.held, beside.for_supports) == (Money(1_234_05), plain.planned)
                assert beside.left == plain.left - beside.held
    assert counted > 0


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_does_not_go_on_to_the_next_funding_period(priced: list[Quote], tag: str) -> None:
    ends = [
        (part, number)
        for one in priced
        for part in one.components
        for number, period in enumerate(part.periods)
        if period.lapsed
    ]
    figures = [lapsed_figure(part, number) for part, number in ends]
    following = [part.periods[number + 1].carried_in for part, number in ends]
    left = [part.periods[number].left for part, number in ends]
    assert [one.value for one in figures] == [there - goes_on for there, goes_on in zip(left, following, strict=True)]
    assert followed(figures, tag) == len(figures) > 0


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_was_accepted(priced: list[Quote], tag: str) -> None:
    lines = [accepted_figure(accepted(line)) for one in priced[:60] for line in one.lines]
    assert followed(lines, tag) == len(lines) > 0


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_was_left_when_it_was_accepted(priced: list[Quote], tag: str) -> None:
    parts = [part for one in priced[:60] for part in one.components]
    names = [
        FrozenComponent(
            part.component.key,
            part.amount,
            part.component.spent,
            part.planned,
            part.left,
            part.component.management,
            part.untold,
            unseen=False,
        )
        for part in parts
    ]
    assert any(one.amount - one.spent - one.planned != one.left for one in names)  # some of it does not go on
    figures = [accepted_left(one, Name(one.key)) for one in names]
    assert [figure.value for figure in figures] == [part.left for part in parts]
    assert followed(figures, tag) == len(figures)


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_the_client_pays_of_what_was_accepted(priced: list[Quote], tag: str) -> None:
    shared = [one for one in priced[:60] if one.contribution and all(line.counted for line in one.lines)]
    assert shared
    followed([accepted_shares(frozen(one)) for one in shared], tag)


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_is_added_up_across_a_page(priced: list[Quote], tag: str) -> None:
    told = [Figure(words("What for"), amount, working=TOLD) for amount in (Money(42_50), Money(0), Money(7))]
    lines = [tuple(accepted_figure(accepted(line)) for line in one.lines) for one in priced[:40]]
    sums = [added(words("Together"), tuple(told)), *(added(words("Together"), some) for some in lines)]
    assert followed(sums, tag) == 41
    assert sums[0].value == Money(42_57)
    assert added(words("Together"), (Figure(words("A"), None),)).value is None


def test_what_a_page_rests_on_names_every_rule_source_and_omission_once(priced: list[Quote]) -> None:
    for one in priced[:40]:
        found = grounds(quote_figures(one))
        inside = list(parts_of(quote_figures(one)))
        assert set(found.rules) == {figure.rule for figure in inside if figure.rule}
        assert len(set(found.rules)) == len(found.rules)
        sources = {one for figure in inside for one in (figure.source, figure.rule_source) if one and one.title}
        assert set(found.sources) == sources
        assert set(found.not_included) == {text for figure in inside for text in figure.not_included}
        assert len(set(found.not_included)) == len(found.not_included)


def parts_of(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Some figures with all their parts, and theirs."""
    for figure in figures:
        yield figure
        yield from parts_of(figure.parts)


def frozen(one: Quote) -> FrozenProposal:
    """A quote as an accepted version keeps it."""
    return FrozenProposal(
        client_id=UUID(int=2),
        proposal_id=UUID(int=3),
        title="",
        program=one.package.program,
        period=one.package.period,
        place=one.package.place,
        lines=tuple(accepted(line) for line in one.lines),
        components=(),
        amount=one.amount,
        contribution=one.contribution,
        left=one.left,
        minutes=one.minutes,
    )


def followed(figures: Iterable[Figure], tag: str) -> int:
    """Follow figures from their text, and compare what they show with their very values; says how many there were."""
    one, asked = reader(tag), list(figures)
    for figure in asked:
        shown = rendered(figure, one.language)
        follow(shown, one)
        if figure.value is not None:
            assert one.number(shown.value) == number_of(figure.value)
        else:
            assert unknown(shown, one)
    return len(asked)


def accepted(quoted: LineQuote) -> FrozenLine:
    """A line of a quote as the frozen text of an accepted version keeps it."""
    kept = [field.name for field in fields(FrozenAmount)]
    line = quoted.line
    return FrozenLine(
        id=UUID(int=1),
        terms=Terms(line.name, line.period.first, line.period.last),
        provider="",
        purpose="",
        component=None,
        management=None,
        category=None,
        price=line.price,
        skips=line.skips,
        amounts=tuple(FrozenAmount(**{name: getattr(row, name) for name in kept}) for row in quoted.rows),
        amount=quoted.amount,
        contribution=quoted.contribution,
        visits=quoted.visits,
        minutes=quoted.minutes,
        complete=quoted.complete,
    )


def number_of(value: Value) -> Decimal:
    """The very value that is to be shown, in dollars, units, minutes or days."""
    match value:
        case Money():
            return Decimal(value.minor).scaleb(-2)
        case Minutes():
            return Decimal(value.count)
        case Quantity():
            return Decimal(value.thousandths).scaleb(-3)
        case Percent():
            return Decimal(value.ppm).scaleb(-6)
        case date():
            return Decimal(value.toordinal())
        case int():
            return Decimal(value)
    raise AssertionError(f"{value!r} is no figure")


WRONG = {
    "a cent too much": Figure(words("A"), Money(10_01), words("{n} × {each}", n=2, each=Money(5_00)), working=DOUBLE),
    "a number from nowhere": Figure(words("A"), Money(10_00), working=DOUBLE),
    "no arithmetic": Figure(words("A"), Money(10_00), words("Twice {each}", each=Money(5_00))),
    "a part left out": Figure(words("A"), Money(10_00), parts=(TOLD_FIVE, TOLD_FIVE, TOLD_FIVE), working=PARTS),
    "not the lowest": Figure(words("A"), Money(7_00), words("{a}, {b}", a=Money(5_00), b=Money(7_00)), working=LOWEST),
}


@pytest.mark.parametrize("why", WRONG)
def test_the_pocket_calculator_finds_what_is_wrong(why: str) -> None:
    with pytest.raises(AssertionError):
        followed([WRONG[why]], "en")
