"""Rules for every package, whoever pays: parts add up, and neither order nor cuts nor more days play tricks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, settings, strategies as st

from budgeting.explain.totals import quote_figures
from budgeting.money import Money, Quantity, total
from budgeting.package import (
    Agreed,
    AgreedAmount,
    Component,
    Funding,
    Line,
    Management,
    OpenMoney,
    Package,
    Role,
    Spread,
    Units,
    Weekly,
)
from budgeting.period import Period, Place
from budgeting.quotation import Quote
from tests.budgeting.examples import YEAR, adds_up, every_figure, money, paid, priced, quarters

OWN = OpenMoney("own", "My own money")
GRANT = Component("grant", "Garden grant", money("300"), categories=(), funder="The council")
KEYS = ("core", "skills", "grant", "own")
SPANS = st.tuples(st.integers(0, 364), st.integers(0, 364)).map(sorted)


@st.composite
def some_lines(draw: st.DrawFn) -> Line:
    first, last = draw(SPANS)
    period = Period(YEAR.first + timedelta(first), YEAR.first + timedelta(last))
    weekdays = draw(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True))
    start, length = draw(st.integers(0, 23)), draw(st.integers(1, 12))
    schedule: Weekly | Units = Weekly(
        tuple(weekdays), time(start), time((start + length) % 24), draw(st.integers(1, 3)), YEAR.first
    )
    if draw(st.integers(0, 4)) == 0:
        schedule = Units(Quantity(draw(st.integers(0, 40_000))), "H", draw(st.sampled_from(Spread)))
    return Line(
        id=str(draw(st.integers(0, 10**9))),
        name="A line",
        period=period,
        schedule=schedule,
        price=Agreed((AgreedAmount(Money(draw(st.integers(0, 20_000)))),)),
        category=draw(st.sampled_from(("01", "15"))),
        payers=draw(st.lists(st.sampled_from(KEYS), max_size=4, unique=True).map(tuple)),
        role=draw(st.sampled_from((Role.PLANNED, Role.PLANNED, Role.RESERVE, Role.BACKUP))),
    )


@st.composite
def some_packages(draw: st.DrawFn) -> Package:
    amounts = [draw(st.integers(0, 300_000)) for _ in range(6)]
    by_quarter = tuple(
        replace(one, amount=Money(cents)) for one, cents in zip(quarters("0", "0", "0", "0"), amounts, strict=False)
    )
    core = Component("core", "Core", Money(sum(amounts[:4])), Management.PLAN, ("01",), by_quarter)
    skills = Component("skills", "Skills", Money(amounts[4]), Management.SELF, ("15",))
    grant = replace(GRANT, amount=Money(amounts[5]))
    lines = draw(st.lists(some_lines(), min_size=1, max_size=6, unique_by=lambda one: one.id))
    return Package("ndis", YEAR, Place("NSW"), Funding(YEAR, (core, skills)), tuple(lines), (grant, OWN))


def totals_of(quoted: Quote) -> dict[str, Money]:
    found = {key: quoted.component(key).planned for key in ("core", "skills", "grant")}
    found |= {"own": quoted.open[0].planned, "left": quoted.left, "reserved": quoted.reserved, "backup": quoted.backup}
    return found | {"amount": quoted.amount, "funded": quoted.funded}


@settings(max_examples=80, deadline=None)
@given(some_packages())
def test_the_parts_add_up_to_the_whole_for_every_payer(wanted: Package) -> None:
    quoted = priced(wanted)
    counted = [one for one in quoted.lines if one.counted]
    for one in quoted.lines:
        assert total([row.amount for row in one.rows if row.amount is not None]) == one.amount
        if one.payments:
            assert total([part.amount for part in one.payments]) == one.funded
            assert sum(part.minutes.count for part in one.payments) == one.minutes.count or one.line.schedule is None
    by_payer = dict.fromkeys(KEYS, Money(0))
    for one in counted:
        for payment in one.payments:
            by_payer[payment.payer] += payment.amount
        if not one.payments and one.component is not None:
            by_payer[one.component] += one.funded
    found = totals_of(quoted)
    assert by_payer == {key: found[key] for key in KEYS}
    assert total(list(by_payer.values())) + quoted.unplaced == quoted.funded
    assert total([one.funded for one in counted]) == quoted.funded
    figures = [one for figure in quote_figures(quoted) for one in every_figure(figure)]
    assert all(adds_up(one) for one in figures if one.adds_up and one.parts)
    for component_total in (*quoted.components, *quoted.others):
        assert total([period.planned for period in component_total.periods]) == component_total.planned


@settings(max_examples=40, deadline=None)
@given(some_packages(), st.randoms())
def test_the_order_of_lines_changes_nothing(wanted: Package, chance: object) -> None:
    mixed = list(wanted.lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis types its random numbers as an object
    before, after = priced(wanted), priced(replace(wanted, lines=tuple(mixed)))
    assert totals_of(before) == totals_of(after)
    for one in before.lines:
        assert paid(one) == paid(after.line(one.line.id))


@settings(max_examples=40, deadline=None)
@given(some_packages(), st.integers(1, 364), st.data())
def test_a_line_split_at_any_day_changes_no_total(wanted: Package, at: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(wanted.lines) - 1))
    whole, cut = wanted.lines[number], YEAR.first + timedelta(at)
    if not isinstance(whole.schedule, Weekly) or not whole.period.first < cut <= whole.period.last:
        return
    first = replace(whole, period=Period(whole.period.first, cut - timedelta(1)))
    second = replace(whole, id="second", period=Period(cut, whole.period.last))
    split = (*wanted.lines[:number], first, *wanted.lines[number + 1 :], second)
    assert totals_of(priced(wanted)) == totals_of(priced(replace(wanted, lines=split)))


@settings(max_examples=40, deadline=None)
@given(some_packages(), st.integers(1, 364))
def test_a_package_split_at_any_day_costs_the_same(wanted: Package, at: int) -> None:
    cut = YEAR.first + timedelta(at)
    parts = [
        priced(replace(wanted, period=period))
        for period in (Period(YEAR.first, cut - timedelta(1)), Period(cut, YEAR.last))
    ]
    whole = priced(wanted)
    visits = [one.line.id for one in whole.lines if isinstance(one.line.schedule, Weekly)]
    for line_id in visits:
        assert total([part.line(line_id).amount for part in parts]) == whole.line(line_id).amount
        assert sum(part.line(line_id).minutes.count for part in parts) == whole.line(line_id).minutes.count


@settings(max_examples=40, deadline=None)
@given(some_packages(), st.integers(1, 60), st.data())
def test_more_days_never_cost_less(wanted: Package, more: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(wanted.lines) - 1))
    short = wanted.lines[number]
    if not isinstance(short.schedule, Weekly):
        return
    last = min(YEAR.last, short.period.last + timedelta(more))
    longer = replace(short, period=Period(short.period.first, last))
    lines = (*wanted.lines[:number], longer, *wanted.lines[number + 1 :])
    before, after = priced(wanted), priced(replace(wanted, lines=lines))
    assert before.amount.minor + before.backup.minor <= after.amount.minor + after.backup.minor


@settings(max_examples=40, deadline=None)
@given(some_packages())
def test_what_is_not_known_is_never_zero(wanted: Package) -> None:
    unknown = replace(wanted, lines=tuple(replace(one, price=None) for one in wanted.lines))
    quoted = priced(unknown)
    assert quoted.complete == all(not one.rows for one in quoted.lines if one.counted)
    for one in quoted.lines:
        assert one.figure.value is None or not one.rows
        assert all(row.amount is None and row.unit_price is None for row in one.rows)


@settings(max_examples=40, deadline=None)
@given(some_packages())
def test_a_payer_is_left_only_when_its_money_does_not_reach(wanted: Package) -> None:
    """Held against walking all days: a line with own money last never leaves anything short."""
    lines = tuple(replace(one, payers=(*(key for key in one.payers if key != "own"), "own")) for one in wanted.lines)
    quoted = priced(replace(wanted, lines=lines))
    assert all(one.runs_dry is None for one in (*quoted.components, *quoted.others))
    assert all(one.left.minor >= 0 for one in (*quoted.components, *quoted.others))
    first_payments = [one.payments[0] for one in quoted.lines if one.counted and len(one.payments) > 1]
    for payment in first_payments:
        assert date.min < payment.period.last <= YEAR.last + timedelta(1)


class Purse:
    """What a payer has, walked day by day: the slow way to the same answer."""

    def __init__(self, money: Component | OpenMoney) -> None:
        self.open = isinstance(money, OpenMoney)
        amounts = [] if isinstance(money, OpenMoney) else [(one.period.first, one.amount) for one in money.periods]
        if isinstance(money, Component) and not amounts:
            amounts = [(YEAR.first, money.amount)]
        self.released = {first: amount.minor for first, amount in amounts}
        self.left, self.dry = 0, False

    def begin(self, on: date) -> None:
        if on in self.released:
            self.left, self.dry = max(0, self.left) + self.released[on], False


def walked(wanted: Package) -> dict[str, int]:
    """What each payer pays, in cents, by going through all days and marking whose money does not reach.

    A line that goes on to another part of the program first uses up what its part has left on that day, in the order
    of the ids; what lines without a choice take until more is released is theirs.
    """
    assert wanted.funding is not None
    purses = {one.key: Purse(one) for one in (*wanted.funding.components, *wanted.others)}
    paid_by = dict.fromkeys(purses, 0)
    counted = sorted((one for one in wanted.lines if one.role is not Role.BACKUP), key=lambda one: one.id)
    for number in range(YEAR.days):
        on = YEAR.first + timedelta(number)
        visits = [(one, cents_on(one, on)) for one in counted]
        for purse in purses.values():
            purse.begin(on)
        rests: dict[tuple[str, str], int] = {}  # what a line still takes of a part on its last day
        while True:
            taken = dict.fromkeys(purses, 0)
            for one, cents in visits:
                mine = {key: much for (line, key), much in rests.items() if line == one.id}
                for key, much in (*mine.items(), (chosen(one, purses), cents - sum(mine.values()))):
                    taken[key] += much
            fresh = [key for key, one in purses.items() if not one.open and not one.dry and taken[key] > one.left]
            if not fresh:
                break
            for key in fresh:
                purses[key].dry = True
            for key in fresh:
                use_up(key, visits, purses, rests, staying(key, counted, purses[key], on))
        for key, cents in taken.items():
            paid_by[key] += cents
            purses[key].left -= cents
    return paid_by


PARTS = {"01": "core", "15": "skills"}  # of the program, by category


def keys_of(one: Line) -> tuple[str, ...]:
    return one.payers or (PARTS[one.category or ""],)


def chosen(one: Line, purses: dict[str, Purse]) -> str:
    return next((key for key in keys_of(one) if not purses[key].dry), keys_of(one)[-1])


def staying(key: str, counted: list[Line], purse: Purse, on: date) -> int:
    """What lines that only this part may pay take from a day on, until more is released."""
    until = min((first for first in purse.released if first > on), default=YEAR.last + timedelta(1))
    days = [on + timedelta(number) for number in range((until - on).days)]
    return sum(cents_on(one, day) for one in counted if keys_of(one) == (key,) for day in days)


def use_up(
    key: str, visits: list[tuple[Line, int]], purses: dict[str, Purse], rests: dict[tuple[str, str], int], stays: int
) -> None:
    left = purses[key].left - stays
    for one, cents in visits:
        purses[key].dry = False
        was = chosen(one, purses)
        purses[key].dry = True
        now = chosen(one, purses)
        asked = cents - sum(much for (line, _), much in rests.items() if line == one.id)
        if was == key != now and {was, now} <= set(PARTS.values()) and min(left, asked) > 0:
            rests[one.id, key] = min(left, asked)
            left -= rests[one.id, key]


def cents_on(one: Line, on: date) -> int:
    """What the visit of a day costs; zero on a day without one."""
    assert isinstance(one.schedule, Weekly)
    assert isinstance(one.price, Agreed)
    weeks = (on - (YEAR.first - timedelta(YEAR.first.weekday()))).days // 7
    there = on in one.period and on.weekday() in one.schedule.weekdays and weeks % one.schedule.every_n_weeks == 0
    return one.price.amounts[0].amount.minor * (one.schedule.minutes // 60) if there else 0


@settings(max_examples=60, deadline=None)
@given(some_packages())
def test_who_pays_agrees_with_walking_all_days(wanted: Package) -> None:
    daily = replace(wanted, lines=tuple(one for one in wanted.lines if by_day(one)))
    found = totals_of(priced(daily))
    assert {key: found[key].minor for key in KEYS} == walked(daily)


def by_day(one: Line) -> bool:
    """Whether there are visits, and each ends on the day it began."""
    return isinstance(one.schedule, Weekly) and one.schedule.start < one.schedule.end
