"""Working on a draft: lines and what they cost, undo, stale edits, and what no line may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from budgeting.money import Money, Quantity
from budgeting.package import Spread, Units, Weekly
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.db import Stale
from portal.funding.week import OnHolidays
from portal.proposals import commands, queries
from portal.proposals.model import Line, Proposal, ProposalState
from portal.proposals.terms import Terms, from_json
from portal.work import Refusal
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import CORE, FIRST, LAST, Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_a_line_costs_its_visits_times_its_price(circle: Circle) -> None:
    circle.add()
    with reading(circle.coplan, circle.mei) as work:
        quote = queries.draft(work, circle.client, circle.fresh(work)).quote
    # four weeks, two visits a week, two hours each, 68 dollars an hour
    assert quote.lines[0].visits == 8
    assert quote.amount == Money(8 * 2 * 68_00)
    assert quote.left == CORE - Money(1_088_00)


def test_a_line_without_a_price_is_counted_at_the_published_limit(circle: Circle) -> None:
    circle.add(price=None)
    with reading(circle.coplan, circle.mei) as work:
        quote = queries.draft(work, circle.client, circle.fresh(work)).quote
    row = quote.lines[0].rows[0]
    assert row.limit is not None
    assert quote.amount == Money(8 * 2 * row.limit.minor)


def test_nobody_comes_on_a_public_holiday_when_that_was_agreed(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        labour_day = date(2026, 10, 5)  # the first Monday of October in NSW
        draft = commands.start(work, circle.client, "October", "ndis", labour_day, labour_day)
        terms = circle.terms(starts=labour_day, ends=labour_day, on_holidays=OnHolidays.NO_VISIT)
        commands.add_line(work, draft, replace(terms, schedule=Weekly((0,), time(9), time(11))))
        quote = queries.draft(work, circle.client, draft).quote
    assert quote.lines[0].visits == 0


def test_undo_returns_a_line_to_what_it_said_before(circle: Circle) -> None:
    line = circle.add()
    before = line.terms
    circle.edit(circle.mei, line, price=Money(75_00))
    assert circle.lines()[0].price == Money(75_00)
    with acting(circle.coplan, circle.mei) as work:
        row = circle.line(work, line)
        commands.undo(work, row, circle.fresh(work), row.version)
    assert circle.lines()[0].terms == before


def test_undo_of_something_new_takes_it_out_again(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.mei) as work:
        row = circle.line(work, line)
        commands.undo(work, row, circle.fresh(work), row.version)
    assert circle.lines() == []


def test_an_edit_made_from_an_older_page_changes_nothing(circle: Circle) -> None:
    line = circle.add()
    circle.edit(circle.mei, line, 1, price=Money(70_00))
    with pytest.raises(Stale):
        circle.edit(circle.nominee, line, 1, price=Money(99_00))
    assert circle.lines()[0].price == Money(70_00)


def test_what_was_taken_out_can_be_brought_back(circle: Circle) -> None:
    line = circle.add()
    circle.remove(circle.mei, line)
    assert circle.lines() == []
    with acting(circle.coplan, circle.mei) as work:
        commands.bring_back(work, circle.line(work, line), circle.fresh(work))
    assert [row.name for row in circle.lines()] == ["Help in the shower"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends": FIRST - timedelta(1)}, "ends"),
        ({"starts": FIRST - timedelta(1)}, "starts"),
        ({"ends": LAST + timedelta(1)}, "ends"),
        ({"schedule": Weekly((), time(9), time(11))}, "weekdays"),
        ({"schedule": Units(Quantity(0), "H")}, "units"),
    ],
)
def test_what_no_line_may_say_is_refused_at_its_field(circle: Circle, change: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        circle.add(**change)
    assert refused.value.field == field


def test_a_new_draft_goes_on_with_the_same_lines_under_the_same_keys(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.daniel) as work:
        again = commands.go_on_from(work, circle.fresh(work), "Next")
        copies = queries.lines(work, again)
    assert [copy.key for copy in copies] == [line.key]
    assert copies[0].id != line.id
    assert copies[0].terms == line.terms


def test_a_draft_begun_again_after_its_plan_is_over_is_for_the_days_that_come(person: Person, circle: Circle) -> None:
    line = circle.add()
    with circle.coplan.open_work() as work:
        year = timedelta(days=366)
        over = work.session.scalars(unscoped(select(Proposal).where(Proposal.id == circle.proposal.id), "a test")).one()
        over.starts, over.ends, over.state = over.starts - 2 * year, over.ends - 2 * year, ProposalState.CLOSED
        old = work.session.scalars(unscoped(select(Line).where(Line.id == line.id), "a test")).one()
        old.take(replace(old.terms, starts=over.starts, ends=over.ends))
    signed_in(person, circle.mei).open(circle.address).send("again")
    with reading(circle.coplan, circle.mei) as work:
        (again,) = (one for one in queries.proposals(work, circle.person(work)) if one.id != circle.proposal.id)
        assert again.ends >= work.today(circle.person(work))
        (copy,) = queries.lines(work, again)
    assert (copy.key, copy.starts, copy.ends) == (line.key, again.starts, again.ends)
    assert copy.terms.price == line.terms.price


schedules = st.one_of(
    st.none(),
    st.builds(
        Weekly,
        st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple),
        st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
        st.integers(1, 8),
    ),
    st.builds(Units, st.integers(1, 10**7).map(Quantity), st.sampled_from(("H", "E", "D")), st.sampled_from(Spread)),
)


@given(
    st.builds(
        Terms,
        name=st.text(min_size=1, max_size=30),
        starts=st.dates(),
        ends=st.dates(),
        schedule=schedules,
        price=st.none() | st.integers(0, 10**9).map(Money),
        goal_id=st.none() | st.uuids(),
        need=st.text(max_size=30),
        on_holidays=st.sampled_from(OnHolidays),
    )
)
def test_terms_survive_being_stored_and_read(terms: Terms) -> None:
    line = Line()
    line.take(terms)
    assert line.terms == terms
    assert from_json(terms.as_json()) == terms
