"""A new plan arrives: the week is held against its letter, and one press goes on with it; before, nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from budgeting.money import Money, Quantity
from budgeting.package import Management, Spread, Units
from budgeting.period import Period
from portal.app import Coplan
from portal.funding import commands as funding_commands, queries as funding
from portal.funding.terms import NDIS, Letter, Terms as Part
from portal.people import next_steps
from portal.plans import queries as plans
from portal.proposals import commands as drafts, queries as proposals
from portal.proposals.carrying import carried
from portal.proposals.model import ProposalState
from portal.work import Refusal
from tests.builders import acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle
from tests.portal.spending.delivered import a_support


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei with a letter, and two supports in force; one of them is bought once."""
    found = a_circle(coplan)
    with acting(coplan, found.mei) as work:
        first, last = found.first - timedelta(days=100), found.first + timedelta(days=55)
        letter = funding_commands.type_letter(work, found.client, Letter(NDIS, first, last, last))
        core = Part("Core supports", Management.PLAN, ("01", "02", "03", "04"), Money(20_000_00), key="core")
        funding_commands.add_part(work, letter, core)
    shower = found.line("Help in the shower", found.sunrise, Money(60_00), support="self_care", component="core")
    chair = Units(Quantity(1_000), "E", Spread.ONCE)
    chair_terms = found.line("A shower chair", None, Money(300_00), schedule=chair)
    found.accepted(shower, chair_terms)
    return found


def page(circle: Circle) -> str:
    return f"/people/{circle.client.id}/funding/new-plan"


def typed(circle: Circle, person: Person, amount: str = "30,000", release: str = "once") -> Person:
    """Somebody types in a new letter with one part."""
    starts = circle.first + timedelta(days=56)
    person.open(page(circle)).send("letter", starts=starts, ends=starts + timedelta(days=364))
    person.send("part", kind="core", amount=amount, management="plan", release=release)
    return person


def test_until_it_is_taken_over_a_new_letter_changes_nothing_and_stays_where_it_was_left(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    typed(circle, signed_in(person, circle.mei))
    with reading(coplan, circle.mei) as work:
        current = funding.current(work, circle.client)
        assert current is not None
        assert [one.amount for one in current.components] == [Money(20_000_00)]
        assert page(circle) in [step.href for step in next_steps.steps(work, circle.client)]
    again = signed_in(person.another(), circle.mei).open(page(circle))
    assert "$30,000.00" in again.text


def test_the_week_is_held_against_the_new_money(circle: Circle, person: Person) -> None:
    typed(circle, signed_in(person, circle.mei), "3,000").follow("See whether the week still fits")
    assert "What no longer fits" in person.text
    assert "A shower chair was bought once" in person.text
    assert "It runs short on" in person.text


def test_before_a_new_plan_counts_it_is_said_what_of_the_old_one_ends(circle: Circle, person: Person) -> None:
    """20,000.00 less what was spent and what the supports in force take up to the last day."""
    with acting(circle.coplan, circle.mei) as work:
        plan = funding.current(work, circle.client)
        assert plan is not None
        funding_commands.note_spent(work, plan.components[0], plan.components[0].version, Money(4_000_00), circle.first)
    typed(circle, signed_in(person, circle.mei)).follow("See whether the week still fits")
    assert person.page.xpath("//details[@id='when-it-ends']//table[@id='ending']//tbody/tr")
    assert "Ends with the plan" in person.text
    assert "What is not used by the end of the plan does not go on." in person.text


def test_of_a_plan_that_is_replaced_early_everything_ends_that_was_not_spent(circle: Circle, person: Person) -> None:
    with acting(circle.coplan, circle.mei) as work:
        plan = funding.current(work, circle.client)
        assert plan is not None
        funding_commands.note_spent(work, plan.components[0], plan.components[0].version, Money(4_000_00), circle.first)
    starts = circle.first + timedelta(days=20)
    signed_in(person, circle.mei).open(page(circle)).send("letter", starts=starts, ends=starts + timedelta(days=364))
    person.send("part", kind="core", amount="30,000", management="plan", release="once")
    person.follow("See whether the week still fits")
    (row,) = person.page.xpath("//table[@id='ending']//tbody/tr")
    assert [cell.xpath("string(.//*[@class='why-figure'])") for cell in row.xpath("td")] == [
        "$16,000.00",
        "$0.00",
        "$16,000.00",
    ]


def test_days_between_two_releases_that_are_not_paid_are_said_with_the_day_on_which_more_comes(
    circle: Circle, person: Person
) -> None:
    """3,000.00 each quarter, and 13 weeks of two visits of two hours at 60.00 are 3,120.00."""
    typed(circle, signed_in(person, circle.mei), "12,000", release="3").follow("See whether the week still fits")
    assert "more is released on" in person.text
    assert "Counted up to the first day on which it runs short." in person.text


def test_one_press_makes_the_letter_count_from_its_first_day_and_carries_the_week_into_a_draft(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    with reading(coplan, circle.mei) as work:
        before = [one.hash for one in plans.versions(work, circle.client)]
    typed(circle, signed_in(person, circle.mei)).follow("See whether the week still fits").send("take")
    assert "/proposals/" in person.address
    starts = circle.first + timedelta(days=56)
    with reading(coplan, circle.mei) as work:
        current, then = funding.current(work, circle.client), funding.current(work, circle.client, on=starts)
        assert current is not None
        assert then is not None
        assert [one.amount for one in current.components] == [Money(20_000_00)]  # goes on until the new one begins
        assert (then.starts, [one.amount for one in then.components]) == (starts, [Money(30_000_00)])
        assert not funding.past(work, circle.client)
        draft = proposals.proposals(work, circle.client)[0]
        (line,) = proposals.lines(work, draft)
        assert (draft.starts, line.name, line.starts, line.component) == (starts, "Help in the shower", starts, "core")
        assert [one.hash for one in plans.versions(work, circle.client)] == before  # the plan in force is as it was


def test_until_a_new_plan_begins_the_money_of_the_running_one_is_shown_and_the_draft_has_the_new_money(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    typed(circle, signed_in(person, circle.mei)).follow("See whether the week still fits").send("take")
    assert "$30,000.00" in person.text
    assert "$20,000.00" not in person.text
    starts = circle.first + timedelta(days=56)
    with reading(coplan, circle.mei) as work:
        work.now = datetime.combine(starts, time(3), UTC)
        current = funding.current(work, circle.client)
        assert current is not None
        assert current.starts == starts
        (past,) = funding.past(work, circle.client)
        assert [one.amount for one in past.components] == [Money(20_000_00)]
    person.open(f"/people/{circle.client.id}/funding")
    assert "$20,000.00" in person.page.xpath("string(//*[@id='left'])")
    assert "$30,000.00" in person.page.xpath("string(//*[@id='later-1'])")
    (correct,) = person.page.xpath("//*[@id='later-1']//dt/a/@href")
    person.open(correct).send("part", amount="31,000")
    assert "$31,000.00" in person.page.xpath("string(//*[@id='later-1'])")


def test_what_was_typed_can_be_thrown_away(circle: Circle, coplan: Coplan, person: Person) -> None:
    typed(circle, signed_in(person, circle.mei)).send("away")
    assert "Your funding is as it was." in person.text
    assert "$30,000.00" not in person.open(page(circle)).text


def test_a_pasted_letter_is_read_and_checked(circle: Circle, person: Person) -> None:
    signed_in(person, circle.mei).open(page(circle))
    person.send(
        "paste",
        letter="Your NDIS plan starts on 1 March 2027 and ends on 29 February 2028.\n"
        "Core supports $24,500.00 plan-managed\nCapacity building supports $6,000.00 plan-managed",
    )
    assert "Please check it against your letter." in person.text
    person.send("letter")
    assert "$24,500.00" in person.text


def test_two_who_type_at_once_do_not_overwrite_each_other(circle: Circle, person: Person) -> None:
    one, other = signed_in(person, circle.mei), signed_in(person.another(), circle.daniel)
    other.open(page(circle))
    typed(circle, one)
    starts = circle.first + timedelta(days=60)
    other.send("letter", starts=starts, ends=starts + timedelta(days=300))
    assert other.status == 409
    assert "Someone else changed this" in other.text


def test_a_provider_another_client_and_a_brother_without_consent_cannot_open_it(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    with coplan.open_work() as work:
        stranger = an_account(work, "Sam Stranger")
    for account in (circle.grace, stranger, circle.karim):
        other = signed_in(person.another(), account)
        assert other.open(page(circle)).status == 404
        assert other.open(f"{page(circle)}/week").status == 404


HOURS = [Units(Quantity(20_000), "H"), Units(Quantity(2_750), "H")]


def test_units_go_on_at_the_same_pace_and_what_ended_stays_behind(circle: Circle) -> None:
    before, after = Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2027, 1, 1), date(2028, 12, 30))
    line = circle.line("Therapy", None, Money(100_00), schedule=Units(Quantity(20_000), "H"))
    whole = replace(line, starts=before.first, ends=before.last, component="gone")
    over = replace(whole, name="Swimming", ends=date(2026, 6, 30))
    found = carried([(circle.client.id, whole), (circle.client.id, over)], before, after, ["core"])
    ((_, moved),) = found.lines
    assert moved.schedule == Units(Quantity(40_000), "H")  # twice as many days
    assert (moved.starts, moved.ends, moved.component) == (after.first, after.last, None)
    leap = Period(date(2028, 1, 1), date(2028, 12, 31))
    paced = [carried([(circle.client.id, replace(whole, schedule=one))], before, leap, ()).lines for one in HOURS]
    assert [moved.schedule for ((_, moved),) in paced] == HOURS  # nobody asks for 20.055 hours
    assert [one.values["support"].text for one in found.behind] == ["Swimming"]  # type: ignore[union-attr]  # a Name


def test_a_letter_that_was_taken_over_is_taken_back_and_what_was_typed_is_there_again(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    typed(circle, signed_in(person, circle.mei)).follow("See whether the week still fits").send("take")
    person.open(f"/people/{circle.client.id}/funding").send("take-back")
    assert "The letter before it counts again." in person.text
    assert not person.page.xpath("//*[@id='later-1']|//form[@id='take-back']")  # the first letter stays
    with reading(coplan, circle.mei) as work:
        (only,) = funding.counting(work, circle.client)
        assert [one.amount for one in only.components] == [Money(20_000_00)]
    assert "$30,000.00" in person.open(page(circle)).text
    person.follow("See whether the week still fits").send("take")
    with reading(coplan, circle.mei) as work:
        assert len(funding.counting(work, circle.client)) == 2


@pytest.mark.parametrize(("touched", "state"), [(False, ProposalState.CLOSED), (True, ProposalState.DRAFT)])
def test_the_draft_of_a_letter_taken_back_is_put_away_unless_somebody_worked_on_it(
    circle: Circle, coplan: Coplan, person: Person, touched: bool, state: ProposalState
) -> None:
    typed(circle, signed_in(person, circle.mei)).follow("See whether the week still fits").send("take")
    draft = UUID(person.address.rsplit("/", 1)[1])
    if touched:
        with acting(coplan, circle.mei) as work:
            proposal = proposals.proposal(work, circle.client, draft)
            drafts.add_line(
                work, proposal, circle.line("More", None, Money(10_00), starts=proposal.starts, ends=proposal.ends)
            )
    person.open(f"/people/{circle.client.id}/funding").send("take-back")
    with reading(coplan, circle.mei) as work:
        assert proposals.proposal(work, circle.client, draft).state is state


def test_a_letter_that_replaced_another_at_once_gives_its_place_back(circle: Circle, coplan: Coplan) -> None:
    newest = _typed_today(circle, coplan)
    with acting(coplan, circle.mei) as work:
        plan = funding.plan(work, circle.client, newest)
        funding_commands.take_back(work, plan, plan.version)
    with reading(coplan, circle.mei) as work:
        (only,) = funding.counting(work, circle.client)
        assert [one.amount for one in only.components] == [Money(20_000_00)]
        assert not funding.past(work, circle.client)


def test_while_a_delivered_support_rests_on_a_letter_it_stays(circle: Circle, coplan: Coplan, person: Person) -> None:
    newest = _typed_today(circle, coplan)
    with coplan.open_work() as work:
        a_support(work, circle.client, days_ago=0)
    with acting(coplan, circle.mei) as work:
        plan = funding.plan(work, circle.client, newest)
        with pytest.raises(Refusal):
            funding_commands.take_back(work, plan, plan.version)
    signed_in(person, circle.mei).open(f"/people/{circle.client.id}/funding").send("take-back")
    assert "rests on this letter" in person.text


def test_a_letter_taken_back_in_another_window_is_said_to_have_changed(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    newest = _typed_today(circle, coplan)
    signed_in(person, circle.mei).open(f"/people/{circle.client.id}/funding")
    with acting(coplan, circle.mei) as work:
        plan = funding.plan(work, circle.client, newest)
        funding_commands.take_back(work, plan, plan.version)
    assert person.send("take-back").status == 409
    assert person.open(f"/people/{circle.client.id}/funding/parts/new?plan={newest}").status == 409


def test_while_spending_was_noted_on_a_letter_it_stays(circle: Circle, coplan: Coplan) -> None:
    newest = _typed_today(circle, coplan)
    with acting(coplan, circle.mei) as work:
        plan = funding.plan(work, circle.client, newest)
        terms = Part("Core supports", Management.PLAN, ("01",), Money(20_000_00), key="core")
        part = funding_commands.add_part(work, plan, terms)
        funding_commands.note_spent(work, part, part.version, Money(450_00), circle.first)
    with acting(coplan, circle.mei) as work:
        plan = funding.plan(work, circle.client, newest)
        with pytest.raises(Refusal):
            funding_commands.take_back(work, plan, plan.version)


def _typed_today(circle: Circle, coplan: Coplan) -> UUID:
    """Another letter that counts from today on."""
    with acting(coplan, circle.mei) as work:
        again = Letter(NDIS, circle.first, circle.first + timedelta(days=55))
        return funding_commands.type_letter(work, circle.client, again).id
