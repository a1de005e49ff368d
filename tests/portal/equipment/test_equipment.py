"""A purchase of equipment through HTTP: from the need to something that works, and who may read of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from budgeting.living.equipment import Step
from budgeting.money import Money
from budgeting.package import Management
from budgeting.spending.totals import Standing
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.equipment import commands, queries
from portal.equipment.commands import Need, QuoteTold
from portal.equipment.model import Getting
from portal.funding import commands as funding, queries as funding_queries
from portal.funding.queries import money_now
from portal.funding.terms import Letter, Terms
from portal.outlook import reckoning as outlook
from portal.proposals import lasting
from portal.spending.book import book
from portal.spending.model import Delivered
from portal.work import Refusal, Work
from tests.builders import a_client, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.outlook.people import stored
from tests.portal.plans.people import Circle, a_circle
from tests.portal.spending.delivered import a_support

NINE_THOUSAND = Money(9_000_00)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_a_chair_from_the_need_to_its_repair_with_the_money_held_for_it(person: Person, circle: Circle) -> None:
    a_letter(circle)
    place, today = f"/people/{circle.client.id}/equipment", circle.first.isoformat()
    mei = signed_in(person, circle.mei).open(place)
    assert "a shower chair" in mei.text  # an example, while there is nothing
    mei.send("need", name="Shower chair", need="To sit safely", component="core")
    mei.send("trial", where="At the supplier", first=today)
    mei.send("went", said="Stable, and a bit wide.")
    mei.send("quote", supplier="Wheels", price="2,000.00", delivery="50", set_up="0", rent_month="100")
    mei.send("quote", supplier="Able", price="1900", delivery="", set_up="")
    assert "Delivery: not told yet." in mei.text
    mei.send("choose", quote=_option(mei, "Wheels"), asked_on=today)
    mei.send("approval", given="yes", by="The agency", letter=today)
    assert "$2,050.00" in mei.text
    mei.send("order", day=today, deposit="1,900")
    assert mei.status == 422  # 10 % are held back until it is there
    assert "$1,845.00" in mei.text
    mei.send("order", day=today, deposit="500")
    assert "$1,550.00" in mei.text  # still held
    mei.send("delivery", day=today)
    mei.send("set-up", day=today, warranty=(circle.first + timedelta(days=365)).isoformat())
    mei.send("paid", day=today)
    mei.send("repair", what="A wheel is loose", day=today)
    assert "under warranty" in mei.text
    (mended,) = mei.page.xpath("//form[starts-with(@id, 'mended-')]/@id")
    mei.send(mended, done=today, cost="")
    assert "It works again" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (row,) = queries.everything(work, circle.client)
        assert row.step is Step.IN_USE
        (held,) = queries.held(work, circle.client)
        assert (held.key, held.held.value) == ("core", Money(0))


def test_nobody_is_asked_how_a_trial_went_before_it_begins(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, circle.client, Need("Ramp"))
        commands.try_out(work, row, "At home", work.today(circle.client) + timedelta(days=1), None)
    overview, thing = f"/people/{circle.client.id}", f"/people/{circle.client.id}/equipment/{row.id}"
    mei = signed_in(person, circle.mei)
    for page in (thing, f"/people/{circle.client.id}/equipment", overview):
        assert "Say how the trial went" not in mei.open(page).text
        assert "equipment waits for your next step" not in mei.text
    assert "The trial begins on" in mei.open(thing).text
    assert not mei.page.xpath("//form[@id='went']")


def test_each_step_can_be_taken_back_and_nothing_can_be_skipped(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, circle.client, Need("Ramp"))
        quote = commands.keep_quote(work, row, QuoteTold("Builders", Money(3_000_00)))
        with pytest.raises(Refusal, match="gone on"):
            commands.deliver(work, row, circle.first)
        with pytest.raises(Refusal, match="no price"):
            commands.ask_approval(work, row, quote, Getting.RENT, 3, circle.first)
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, Money(2_500_00), given=True)
        found = queries.quotes(work, circle.client)[row.id]
        assert queries.paying(row, found).held.value == Money(2_500_00)
        commands.step_back(work, row)
        assert (row.step, row.approved_amount) == (Step.ASKED, None)
        commands.give_back(work, row, circle.first, "Moved to a house without steps")
        assert queries.paying(row, found).held.value == Money(0)
        commands.step_back(work, row)
        assert row.step is Step.ASKED


def test_three_quotes_are_compared_and_not_more(circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        row = commands.name_need(work, circle.client, Need("Ramp"))
        for supplier in ("One", "Two", "Three"):
            commands.keep_quote(work, row, QuoteTold(supplier, Money(100_00)))
        with pytest.raises(Refusal, match="Three quotes"):
            commands.keep_quote(work, row, QuoteTold("Four", Money(90_00)))
        with pytest.raises(Refusal, match="what it costs"):
            commands.keep_quote(work, row, QuoteTold("Five"))


def test_no_provider_other_client_or_brother_without_consent_sees_it(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        other = an_account(work, "Other Person")
        a_client(work, "Other Person", account=other)
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, circle.client, Need("Ramp"))
    for account in (circle.grace, circle.karim, circle.tom, other):
        stranger = signed_in(person.another(), account)
        for page in ("", f"/{row.id}"):
            assert stranger.open(f"/people/{circle.client.id}/equipment{page}").status == 404


def _option(person: Person, text: str) -> str:
    (found,) = person.page.xpath(f"//select[@name='quote']/option[contains(., '{text}')]/@value")
    return str(found)


def a_letter(circle: Circle, amount: Money = NINE_THOUSAND, told: date | None = None) -> None:
    """A letter with one part that pays, of which nothing was spent up to a day: today, unless another is told."""
    first = circle.first
    last = date(first.year + 1, first.month, 1)
    with acting(circle.coplan, circle.mei) as work:
        plan = funding.type_letter(work, circle.client, Letter("ndis", first, last, last, first))
        terms = Terms("Core", Management.SELF, ("03", "05"), amount, False, (), Money(0), told or first, "core")
        funding.add_part(work, plan, terms)


def test_money_held_for_equipment_is_not_free_anywhere(circle: Circle) -> None:
    """Of $9,000, $2,176 are planned: with $8,000 approved and not paid, the visits are no longer all paid."""
    a_letter(circle)
    circle.accepted(circle.line("Help in the shower", circle.sunrise, Money(68_00), component="core"))
    client = circle.client
    with reading(circle.coplan, circle.mei) as work:
        (before,) = book(work, client).standings
        now = outlook.standing(work, client)
        assert now is not None
        assert now.runs_dry is None
        drafted = lasting.outlook(work, client)
        assert drafted is not None
        assert drafted.outlook.runs_dry is None
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", Money(8_000_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
    with reading(circle.coplan, circle.mei) as work:
        (after,) = book(work, client).standings
        assert after.whole.planned.value == before.whole.planned.value
        free = before.whole.free.value
        assert isinstance(free, Money)
        assert after.whole.free.value == free - Money(8_000_00)
        (glance,) = money_now(work, client)
        assert glance.value == Money(1_000_00)
        now = outlook.standing(work, client)
        assert now is not None
        assert now.runs_dry is not None
        drafted = lasting.outlook(work, client)
        assert drafted is not None
        assert drafted.outlook.runs_dry == now.runs_dry
        kept = stored(work, client)
        assert kept is not None
        assert kept.runs_dry is not None
    with acting(circle.coplan, circle.mei) as work:
        commands.give_back(work, queries.one(work, client, row.id), circle.first, "Not needed")
    with reading(circle.coplan, circle.mei) as work:
        assert book(work, client).standings[0].whole.free.value == before.whole.free.value
        kept = stored(work, client)
        assert kept is not None
        assert kept.runs_dry is None


def test_money_is_held_in_the_plan_that_runs_and_not_in_one_that_begins_later(circle: Circle) -> None:
    a_letter(circle)
    client, starts = circle.client, circle.first + timedelta(days=200)
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", Money(8_000_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
        funding.type_letter(work, client, Letter("ndis", starts, starts + timedelta(days=364)))
    with reading(circle.coplan, circle.mei) as work:
        now = funding_queries.values(work, client, "ndis", circle.first)
        then = funding_queries.values(work, client, "ndis", starts)
        assert now is not None
        assert then is not None
        assert (len(now.held), len(then.held)) == (1, 0)


def test_money_held_for_something_counts_once_it_is_said_which_part_pays(person: Person, circle: Circle) -> None:
    a_letter(circle)
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, circle.client, Need("Ramp"))
        quote = commands.keep_quote(work, row, QuoteTold("Builders", Money(3_000_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/equipment/{row.id}")
    assert "No part of the funding is named for it" in mei.text
    mei.send("part", component="nothing")
    assert mei.status == 422
    mei.send("part", component="core")
    assert "No part of the funding is named for it" not in mei.text
    with reading(circle.coplan, circle.mei) as work:
        assert [held.key for held in queries.held(work, circle.client)] == ["core"]
        assert book(work, circle.client).held["core"].value == Money(3_000_00)


def _told(circle: Circle, spent: Money, until: date) -> None:
    with acting(circle.coplan, circle.mei) as work:
        plan = funding_queries.current(work, circle.client)
        assert plan is not None
        (part,) = plan.components
        funding.note_spent(work, part, part.version, spent, until)


def _there(work: Work, circle: Circle) -> Money:
    """What is free of the core money: as the overview says it, which every other page has to agree with."""
    (glance,) = money_now(work, circle.client)
    assert isinstance(glance.value, Money)
    (five,) = book(work, circle.client).standings
    assert five.whole.free.value == glance.value - _planned(five)
    (page,) = queries.held(work, circle.client)
    assert page.free is not None
    assert page.free.value == glance.value
    return glance.value


def _planned(five: Standing) -> Money:
    assert isinstance(five.whole.planned.value, Money)
    return five.whole.planned.value


def test_what_was_paid_for_a_thing_is_gone_once_whatever_is_written_down_first(circle: Circle) -> None:
    """Of $9,000, $3,000 are for a chair: never free before it is paid, after it, with its invoice, or once told."""
    a_letter(circle)
    circle.accepted(circle.line("Help in the shower", circle.sunrise, Money(68_00), component="core"))
    client, left = circle.client, NINE_THOUSAND - Money(3_000_00)
    _told(circle, Money(0), circle.first - timedelta(days=1))
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", Money(3_000_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
        commands.order(work, row, circle.first, None, Money(1_000_00), None)
        work.session.flush()
        assert _there(work, circle) == left
        commands.deliver(work, row, circle.first)
        work.session.flush()
        assert _there(work, circle) == left
    with circle.coplan.open_work() as work:
        paid = work.today(client)
        a_support(work, client, 0, amount=Money(1_000_00), provider_name="WHEELS ")
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left  # the deposit is in the spending now, and no longer held
    with acting(circle.coplan, circle.mei) as work:
        commands.pay_rest(work, queries.one(work, client, row.id), paid)
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left  # paid, and in no figure of the spending yet
    with circle.coplan.open_work() as work:
        a_support(work, client, 0, amount=Money(2_000_00), provider_name="Wheels")
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left
        assert not queries.held(work, client)[0].held.value
    with circle.coplan.open_work() as work:
        for one in work.session.scalars(unscoped(select(Delivered), "a test")):
            one.removed_at = work.now
    _told(circle, Money(3_000_00), paid)
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left


def test_an_invoice_with_the_number_that_was_told_pays_for_the_thing_whoever_wrote_it(
    circle: Circle, person: Person
) -> None:
    """A chair of $3,000.00 came with an invoice of $2,950.00 from a shop that calls itself something else there."""
    a_letter(circle)
    circle.accepted(circle.line("Help in the shower", circle.sunrise, Money(68_00), component="core"))
    client = circle.client
    _told(circle, Money(0), circle.first - timedelta(days=1))
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", Money(3_000_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
        commands.order(work, row, circle.first, None, None, None)
        commands.deliver(work, row, circle.first)
    with circle.coplan.open_work() as work:
        a_support(work, client, 0, amount=Money(2_950_00), provider_name="WH Mobility Pty Ltd", invoice="WH-77 ")
    with reading(circle.coplan, circle.mei) as work:
        assert queries.held(work, client)[0].held.value == Money(3_000_00)
    mei = signed_in(person, circle.mei).open(f"/people/{client.id}/equipment/{row.id}")
    mei.send("paid", day=circle.first.isoformat(), invoice="wh-77")
    with reading(circle.coplan, circle.mei) as work:
        assert queries.held(work, client)[0].held.value == Money(50_00)
        assert _there(work, circle) == NINE_THOUSAND - Money(3_000_00)


def test_what_is_paid_in_the_end_is_asked_and_counts_instead_of_what_was_approved(
    circle: Circle, person: Person
) -> None:
    """Of $9,000, $3,000 were approved for a chair that came to $2,950 in the end."""
    a_letter(circle)
    circle.accepted(circle.line("Help in the shower", circle.sunrise, Money(68_00), component="core"))
    _told(circle, Money(0), circle.first - timedelta(days=1))
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, circle.client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", Money(3_000_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, Money(3_000_00), given=True)
        commands.order(work, row, circle.first, None, Money(1_000_00), None)
        commands.deliver(work, row, circle.first)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/equipment/{row.id}")
    assert mei.page.xpath("//form[@id='paid']//input[@name='amount']/@value") == ["2,000.00"]
    mei.send("paid", day=circle.first.isoformat(), amount="1,950")
    assert "$2,950.00" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == NINE_THOUSAND - Money(2_950_00)


def test_another_invoice_of_the_same_supplier_releases_nothing_that_is_held(circle: Circle) -> None:
    """Of $9,000, $3,000 are for a chair: tyres for $400 from the same shop are spent, and the chair is still to pay."""
    a_letter(circle)
    circle.accepted(circle.line("Help in the shower", circle.sunrise, Money(68_00), component="core"))
    client, left = circle.client, NINE_THOUSAND - Money(3_000_00)
    _told(circle, Money(0), circle.first - timedelta(days=1))
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", Money(2_800_00), Money(200_00)))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
        commands.order(work, row, circle.first, None, None, None)
        commands.deliver(work, row, circle.first)
    with circle.coplan.open_work() as work:
        today = work.today(client)
        a_support(work, client, 0, amount=Money(400_00), provider_name="Wheels")
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left - Money(400_00)
        assert queries.held(work, client)[0].held.value == Money(3_000_00)
    with circle.coplan.open_work() as work:
        a_support(work, client, 0, amount=Money(3_000_00), provider_name="Wheels")
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left - Money(400_00)
        assert queries.held(work, client)[0].held.value == Money(0)
    with acting(circle.coplan, circle.mei) as work:
        commands.pay_rest(work, queries.one(work, client, row.id), today)
    with reading(circle.coplan, circle.mei) as work:
        assert _there(work, circle) == left - Money(400_00)
