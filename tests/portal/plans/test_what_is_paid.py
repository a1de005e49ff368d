"""What is paid already is not planned once more: a plan and its agreements cost what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from agreements import commands as agreements, queries as agreed
from agreements.model import Agreement
from budgeting.money import Money
from budgeting.package import Management, Weekly
from budgeting.words import Name
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.funding import commands as funding, queries as letters
from portal.funding.terms import NDIS, Letter, Terms as Part
from portal.plans import queries, rows
from portal.proposals import commands, queries as proposals
from portal.proposals.frozen import FrozenProposal, thaw
from portal.proposals.model import Proposal
from portal.work import Refusal
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OURS, Circle, a_circle

BEGAN, PAID = timedelta(days=60), timedelta(days=4)  # days before today: the plan's first, and the last that is paid
GRANTED, SPENT = Money(9_000_00), Money(2_000_00)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    made = a_circle(coplan)
    with acting(coplan, made.mei) as work:
        began, last = made.first - BEGAN, made.first + timedelta(days=55)
        plan = funding.type_letter(work, made.client, Letter(NDIS, began, last, last, began))
        core = Part("Core", Management.SELF, ("01", "04"), GRANTED, False, (), SPENT, made.first - PAID, "core")
        funding.add_part(work, plan, core)
    return made


def _draft(circle: Circle) -> Proposal:
    """A draft over the whole plan: the shower from its first day, by Sunrise."""
    with acting(circle.coplan, circle.mei) as work:
        began, last = circle.first - BEGAN, circle.first + timedelta(days=55)
        draft = commands.start(work, circle.client, "My plan", "ndis", began, last)
        shower = circle.line("Help in the shower", circle.sunrise, OURS, starts=began, support="self_care")
        commands.add_line(work, draft, shower)
    return draft


def _plan(circle: Circle) -> FrozenProposal:
    with reading(circle.coplan, circle.mei) as work:
        return thaw(queries.versions(work, circle.client)[0].content)


def _agreement(circle: Circle) -> Agreement:
    with circle.coplan.open_reading() as work:
        return work.session.scalars(unscoped(select(Agreement), "a test")).one()


def _visits(first: date, last: date) -> int:
    """How many Tuesdays and Fridays there are."""
    return sum((first + timedelta(n)).weekday() in (1, 4) for n in range((last - first).days + 1))


def test_a_plan_costs_what_is_still_to_come_and_its_parts_add_up(circle: Circle) -> None:
    circle.accept(_draft(circle))
    plan = _plan(circle)
    (shower,), (core,) = plan.lines, plan.components
    to_pay = circle.first - PAID + timedelta(1)
    assert (shower.terms.starts, shower.visits) == (to_pay, _visits(to_pay, plan.period.last))
    assert plan.amount == shower.amount == core.planned == Money(OURS.minor * 2 * shower.visits)
    assert core.left == GRANTED - SPENT - plan.amount


def test_visits_every_fifth_week_keep_their_rhythm_in_a_plan_without_what_is_paid_and_in_the_next(
    circle: Circle,
) -> None:
    draft = _draft(circle)
    with acting(circle.coplan, circle.mei) as work:
        fresh = proposals.proposal(work, circle.client, draft.id)
        (line,) = proposals.lines(work, fresh)
        began = line.terms.starts
        assert isinstance(line.terms.schedule, Weekly)
        schedule = replace(line.terms.schedule, every_n_weeks=5)
        commands.edit_line(work, line, fresh, replace(line.terms, schedule=schedule), line.version)
    accepted = circle.accept(draft)
    (shower,) = _plan(circle).lines
    monday = began - timedelta(began.weekday())
    to_pay, last = circle.first - PAID + timedelta(1), shower.terms.ends
    days = [to_pay + timedelta(n) for n in range((last - to_pay).days + 1)]
    of_rhythm = sum(d.weekday() in (1, 4) and (d - monday).days // 7 % 5 == 0 for d in days)
    assert shower.visits == of_rhythm
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    (again,) = _plan(circle).lines
    assert (again.visits, again.terms.price) == (of_rhythm, Money(70_00))


def test_an_agreement_costs_what_its_own_days_cost(circle: Circle) -> None:
    circle.accept(_draft(circle))
    found = _agreement(circle)
    (shower,) = thaw(found.content).lines
    assert found.starts == shower.terms.starts == circle.first
    assert shower.amount == Money(OURS.minor * 2 * _visits(found.starts, found.ends))


def test_other_days_of_an_agreement_are_counted_anew_and_must_hold_something(circle: Circle) -> None:
    circle.accept(_draft(circle))
    later = circle.first + timedelta(days=21)
    with acting(circle.coplan, circle.daniel) as work:
        found = agreed.one(work, circle.client.id, _agreement(circle).id)
        chosen = agreements.Chosen(later, found.ends, found.ends, 7, 28, 1, False, "", "")
        agreements.change_terms(work, found, chosen)
    (shower,) = thaw(_agreement(circle).content).lines
    assert shower.amount == Money(OURS.minor * 2 * _visits(later, shower.terms.ends))
    with acting(circle.coplan, circle.daniel) as work:
        found = agreed.one(work, circle.client.id, _agreement(circle).id)
        far = found.ends + timedelta(days=30)
        with pytest.raises(Refusal):
            agreements.change_terms(work, found, replace(chosen, starts=far, ends=far, review=far))


def test_nobody_says_yes_to_what_is_over_and_paid(circle: Circle) -> None:
    draft = _draft(circle)
    with acting(circle.coplan, circle.mei) as work:
        fresh = proposals.proposal(work, circle.client, draft.id)
        (line,) = proposals.lines(work, fresh)
        over = replace(line.terms, ends=circle.first - timedelta(days=10))
        commands.edit_line(work, line, fresh, over, line.version)
    with pytest.raises(Refusal, match="paid already"):
        circle.accept(draft)


def test_the_page_of_a_yes_says_from_which_day_it_counts(person: Person, circle: Circle) -> None:
    draft = _draft(circle)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals/{draft.id}/accept")
    assert "What was paid before is no part of it" in mei.text


def test_the_plan_shows_what_is_left_of_each_part_and_never_of_all_of_them_in_one_sum(
    person: Person, circle: Circle
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        plan = letters.current(work, circle.client)
        assert plan is not None
        rest = Money(777_00)
        building = Part("Improved daily living", Management.SELF, ("15",), rest, True, (), None, None, "skills")
        funding.add_part(work, plan, building)
    circle.accept(_draft(circle))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan")
    core, skills = _plan(circle).components
    assert "$777.00" in mei.text
    assert skills.left == Money(777_00)
    assert f"{core.left.minor // 100:,}" in mei.text
    assert f"{(core.left.minor + skills.left.minor) // 100:,}" not in mei.text


def test_days_that_are_counted_before_the_plan_began_are_said(person: Person, circle: Circle) -> None:
    circle.accept(_draft(circle))
    with reading(circle.coplan, circle.mei) as work:
        (part,) = queries.parts(work, circle.client)
        (shower,) = [rows.support(part, {circle.sunrise.id: Name("Sunrise Support")})]
    to_pay = circle.first - PAID + timedelta(1)
    assert (shower.first, shower.counted and shower.counted[0]) == (circle.first, to_pay)
    assert shower.before is not None
    assert shower.before.values == {"first": to_pay, "last": circle.first - timedelta(1)}
    assert "before this plan began" in signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan").text


def test_what_is_said_of_days_before_the_plan_stands_once_where_it_is_the_same_of_every_support(
    person: Person, circle: Circle
) -> None:
    draft = _draft(circle)
    with acting(circle.coplan, circle.mei) as work:
        began = circle.first - BEGAN
        commands.add_line(
            work, draft, circle.line("Reading aloud", circle.sunrise, OURS, starts=began, support="self_care")
        )
    circle.accept(draft)
    for reader, address in ((circle.mei, f"/people/{circle.client.id}/plan"), (circle.grace, None)):
        signed_in(person, reader).open(address or f"/briefs/{circle.brief(circle.sunrise).id}")
        assert person.text.count("Reading aloud") > 0
        assert person.text.count("before this plan began") == 1
