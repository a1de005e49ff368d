"""What is left of a part of the funding is the same on every page that says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from budgeting.allocation import Allocation, Tier
from budgeting.money import Money, dollars
from budgeting.package import Weekly
from budgeting.programs.support_at_home.granted import ACCOUNT
from budgeting.quotation import Quote
from budgeting.spending import EntryState
from budgeting.words import Words
from portal import language
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.equipment.tier_pages import standing as tiers
from portal.funding import commands as funding, queries
from portal.funding.model import FundingPlan
from portal.funding.terms import SUPPORT_AT_HOME
from portal.meetings import commands as meetings, pack
from portal.meetings.commands import MeetingTold
from portal.meetings.model import Content
from portal.outlook import reckoning as reckonings
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.year_pages import priced_now
from portal.proposals import commands as drafts, lasting, queries as proposals
from portal.proposals.acceptance import frozen_now
from portal.proposals.model import Proposal
from portal.proposals.terms import Terms
from portal.spending import claim_commands
from portal.spending.balance_pages import reckoning
from portal.spending.book import book
from portal.work import Work
from tests.builders import acting, signed_in
from tests.clock import stands_still
from tests.person import Person
from tests.portal.spending.delivered import Family, a_support
from tests.portal.spending.test_statements import Margaret

LEFT = dollars("8830.00")  # of 10,000: 1,000 told, 120 delivered since, 50 of an earlier day claimed since
TOGETHER = "$13,830.00"  # with 5,000 of daily skills, of which nothing is spent


def test_every_page_takes_off_what_was_delivered_since_the_spending_was_told(coplan: Coplan, person: Person) -> None:
    family = Family(coplan)
    _told_and_delivered(family)
    yusuf = signed_in(person, family.yusuf)
    yusuf.open(family.base)
    assert TOGETHER in yusuf.text
    assert "2 supports since" in yusuf.text
    yusuf.open(f"{family.base}/funding")
    assert "$8,830.00" in yusuf.text
    assert "$1,170.00 spent of $10,000.00 released" in yusuf.text
    yusuf.open(f"{family.base}/balances")
    assert "$8,830.00" in yusuf.text
    with acting(coplan, family.yusuf) as work:
        assert _everywhere(work, family.client) == {LEFT}


def test_an_entry_inside_what_was_told_or_questioned_changes_nothing(coplan: Coplan) -> None:
    family = Family(coplan)
    _told_and_delivered(family)
    with coplan.open_work() as work:
        a_support(work, family.client, 40, amount=dollars("75.00"))
        a_support(work, family.client, 3, amount=dollars("33.00"), state=EntryState.QUESTIONED)
    with acting(coplan, family.yusuf) as work:
        assert _everywhere(work, family.client) == {LEFT}


def test_what_was_told_anew_holds_what_was_delivered_before(coplan: Coplan) -> None:
    family = Family(coplan)
    _told_and_delivered(family)
    with acting(coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        core = next(one for one in plan.components if one.key == "core")
        funding.note_spent(work, core, core.version, dollars("1170.00"), work.day)
    with acting(coplan, family.yusuf) as work:
        assert _everywhere(work, family.client) == {LEFT}


def _told_and_delivered(family: Family) -> None:
    with family.coplan.open_work() as work:
        today, until = work.day, work.day - timedelta(days=20)
    family.has_a_letter(dollars("1000.00"), until)
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        skills = next(one for one in plan.components if one.key == "daily_skills")
        funding.note_spent(work, skills, skills.version, Money(0), until)
    with family.coplan.open_work() as work:
        a_support(work, family.client, 5)
        claimed = today - timedelta(days=4)
        a_support(work, family.client, 30, amount=dollars("50.00"), state=EntryState.CLAIMED, claimed_on=claimed)


def _everywhere(work: Work, client: Client) -> set[object]:
    """What is left of core supports as each page works it out."""
    plan, today = queries.current(work, client), work.today(client)
    assert plan is not None
    (core, _) = queries.standing(work, client, plan, today)
    kept, money = book(work, client), reckoning(work, client)
    assert money is not None
    (overview,) = queries.money_now(work, client)
    assert isinstance(overview.value, Money)
    row = meetings.ask(work, client, MeetingTold("Talk", today, contents=frozenset({Content.MONEY})))
    papers = pack.opened(work, client, meetings.send(work, row, client))
    assert papers.money is not None
    delivered = next(one for one in kept.standings if one.total.component.key == "core").whole.delivered.value
    balance = money.left(core.component, today)
    assert isinstance(delivered, Money)
    assert balance is not None
    return {
        overview.value - dollars("5000.00"),
        core.now.value,
        core.whole.value,
        balance.value,
        core.component.amount - delivered,
        papers.money[0].value,
    }


# Support at Home: what was told as spent, and what statements say


@pytest.fixture
def margaret(coplan: Coplan, monkeypatch: pytest.MonkeyPatch) -> Margaret:
    stands_still(monkeypatch, datetime(2026, 11, 23, 2, tzinfo=UTC))  # the 54th day of the quarter
    return Margaret(coplan)


# 92 days at $97.88 are $9,004.96 on 1 October
TOLD, BY_STATEMENT = dollars("5004.96"), dollars("4200.00")


def test_support_at_home_has_one_answer_from_what_was_told_last(margaret: Margaret, person: Person) -> None:
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, date(2026, 11, 10), "120.00")  # inside of both
        margaret.cleaned(work, date(2026, 11, 21), "100.00")  # $82.50 for the account: everyday living is paid to 17.5%
    with acting(margaret.coplan, margaret.account) as work:
        claim_commands.tell_statement(work, margaret.client, 0, date(2026, 11, 1), BY_STATEMENT, None, None)
        _tell_account(work, margaret.client, dollars("4000.00"), date(2026, 11, 20))
    drafted = _a_draft(margaret)
    left = TOLD - dollars("82.50")
    assert _in_every_place(margaret, drafted) == {left}
    hers = signed_in(person, margaret.account).open(f"/people/{margaret.client.id}/balances")
    assert "$4,018.50 − $4,922.46 = −$903.96" in hers.text  # the statement, less both services of November
    hers.open(f"/people/{margaret.client.id}/statements/2026-11")
    assert "$4,922.46" in hers.text


def test_what_a_quarter_of_support_at_home_brings_says_from_how_many_days_it_comes(margaret: Margaret) -> None:
    with acting(margaret.coplan, margaret.account) as work:
        kept = book(work, margaret.client)
    (account,) = [one for one in kept.standings if one.total.component.key == ACCOUNT]
    for five in account.periods:
        assert five.period is not None
        assert isinstance(five.released.sum, Words)
        assert five.released.sum.count == five.period.days
    assert account.whole.released.value == account.total.amount


def test_a_statement_that_is_newer_than_what_was_told_counts_from_its_morning_on(margaret: Margaret) -> None:
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, date(2026, 10, 28), "120.00")  # the statement has it already
        margaret.cleaned(work, date(2026, 11, 1), "100.00")
    with acting(margaret.coplan, margaret.account) as work:
        _tell_account(work, margaret.client, dollars("4000.00"), date(2026, 10, 31))
        claim_commands.tell_statement(work, margaret.client, 0, date(2026, 11, 1), BY_STATEMENT, None, None)
    assert _in_every_place(margaret, _a_draft(margaret)) == {BY_STATEMENT - dollars("82.50")}


def test_a_statement_with_more_than_the_quarter_gave_says_what_went_on_from_before(margaret: Margaret) -> None:
    with acting(margaret.coplan, margaret.account) as work:
        claim_commands.tell_statement(work, margaret.client, 0, date(2026, 11, 1), dollars("9500.00"), None, None)
    assert _in_every_place(margaret, _a_draft(margaret)) == {dollars("9500.00")}
    with acting(margaret.coplan, margaret.account) as work:
        claim_commands.tell_statement(work, margaret.client, 0, date(2026, 10, 1), dollars("700.00"), None, None)
        _tell_account(work, margaret.client, dollars("4000.00"), date(2026, 11, 20))
    assert _in_every_place(margaret, _a_draft(margaret)) == {TOLD + dollars("700.00")}


def test_what_a_tier_for_equipment_still_holds_is_the_same_on_every_page(margaret: Margaret, person: Person) -> None:
    with acting(margaret.coplan, margaret.account) as work:
        plan = queries.current(work, margaret.client)
        assert plan is not None
        tier = Tier("at", dollars("2000.00"), date(2026, 10, 1))
        funding.tell_granted(work, plan, plan.version, replace(plan.granted, allocation=Allocation(tiers=(tier,))))
    chair: dict[str, Any] = {
        "first": date(2026, 11, 19),
        "last": date(2026, 11, 19),
        "item": "equipment",
        "component": "at",
    }
    with margaret.coplan.open_work() as work:
        a_support(work, margaret.client, amount=dollars("385.00"), contribution=dollars("47.74"), **chair)
    drafted = _a_draft(margaret)
    with acting(margaret.coplan, margaret.account) as work:
        money = reckoning(work, margaret.client)
        (tier_now,) = tiers(work, margaret.client, money)
        assert money is not None
        assert _in_one_part(work, margaret.client, drafted, "at") | {tier_now.left.value} == {dollars("1662.74")}
    hers = signed_in(person, margaret.account).open(f"/people/{margaret.client.id}/funding")
    assert "$1,662.74" in hers.text
    assert len(hers.page.xpath("//form[contains(@id, 'spent-account')]")) == 1  # a tier is no place to tell it


def _tell_account(work: Work, client: Client, spent: Money, until: date) -> None:
    plan = queries.current(work, client)
    assert plan is not None
    funding.note_account(work, plan, plan.version, spent, until)


def _a_draft(margaret: Margaret) -> UUID:
    with acting(margaret.coplan, margaret.account) as work:
        first, last = margaret.today + timedelta(days=1), margaret.today + timedelta(days=60)
        draft = drafts.start(work, margaret.client, "My plan", SUPPORT_AT_HOME, first, last)
        weekly = Weekly((1,), time(9), time(11))
        drafts.add_line(work, draft, Terms("Cleaning", first, last, "cleaning", schedule=weekly, price=Money(60_00)))
        return draft.id


def _in_every_place(margaret: Margaret, draft: UUID) -> set[object]:
    """What can be spent of the account today, as each page and each job works it out."""
    client = margaret.client
    with acting(margaret.coplan, margaret.account) as work:
        found = _in_one_part(work, client, draft, ACCOUNT)
        (overview,) = queries.money_now(work, client)
        found.add(overview.value)
    with margaret.coplan.open_work() as work:
        job = reckonings.standing(work, client)
        assert job is not None
        found.add(_there(job.quote, ACCOUNT))
    return found


def _in_one_part(work: Work, client: Client, draft: UUID, key: str) -> set[object]:
    plan, today = queries.current(work, client), work.today(client)
    kept, money = book(work, client), reckoning(work, client)
    assert plan is not None
    assert money is not None
    one = next(each for each in queries.standing(work, client, plan, today) if each.component.key == key)
    balance = money.left(one.component, today)
    five = next(each for each in kept.standings if each.total.component.key == key).periods[0]
    assert balance is not None
    assert isinstance(five.delivered.value, Money)
    assert isinstance(five.released.value, Money)
    row = meetings.ask(work, client, MeetingTold("Talk", today, contents=frozenset({Content.MONEY})))
    papers = pack.opened(work, client, meetings.send(work, row, client))
    lasts, stands = lasting.outlook(work, client), reckonings.standing(work, client)
    drafted = proposals.draft(work, client, proposals.proposal(work, client, draft))
    named = {"account": "Support at Home account", "at": "Equipment and products"}[key]
    assert lasts is not None
    assert stands is not None
    assert papers.money is not None
    return {
        one.now.value,
        balance.value,
        five.released.value + five.carried - five.delivered.value,
        next(each.value for each in papers.money if named in str(language.plain(each.label))),
        *(_there(quote, key) for quote in (lasts.outlook.quote, stands.quote, drafted.quote)),
    }


def _there(quote: Quote, key: str) -> Money:
    """What a forecast starts from: what is released today, less what is spent."""
    first = quote.component(key).periods[0]
    return first.released + first.carried_in - first.spent


def test_while_nobody_told_what_was_spent_no_page_says_what_is_left(coplan: Coplan, person: Person) -> None:
    family = Family(coplan)
    family.has_a_letter()
    with coplan.open_work() as work:
        a_support(work, family.client, 3, amount=dollars("120.00"))
    yusuf = signed_in(person, family.yusuf)
    for page in ("", "/funding", "/balances", "/spending"):
        yusuf.open(f"{family.base}{page}")
        for amount in ("$9,880.00", "$14,880.00"):
            assert amount not in yusuf.text, page
    for page in ("/funding", "/balances"):
        assert "Not known yet" in yusuf.open(f"{family.base}{page}").text


def test_what_was_delivered_in_an_earlier_quarter_does_not_count_against_the_present_one(margaret: Margaret) -> None:
    with margaret.coplan.open_work() as work:
        plan = work.session.scalars(unscoped(select(FundingPlan), "a test")).one()
        plan.starts = plan.entered = date(2026, 7, 1)  # a quarter earlier
        a_support(work, margaret.client, first=date(2026, 9, 20), last=date(2026, 9, 20), item="cleaning",
                  component=None, management=None, unit="hour", state=EntryState.CLAIMED,
                  claimed_on=date(2026, 11, 21))  # fmt: skip
    with acting(margaret.coplan, margaret.account) as work:
        _tell_account(work, margaret.client, dollars("4000.00"), date(2026, 11, 20))
    assert _in_every_place(margaret, _a_draft(margaret)) == {TOLD}


def test_of_money_that_has_not_begun_nothing_is_spent_and_that_is_said(coplan: Coplan, person: Person) -> None:
    family = Family(coplan)
    family.has_a_letter(begun=-10)
    with acting(family.coplan, family.yusuf) as work:
        draft = _with_help(work, family, work.day + timedelta(days=10))
        core = proposals.draft(work, family.client, draft).quote.component("core")
    assert core.figure.value == dollars("8920.00")  # nine Tuesdays of two hours at 60.00
    sheet = signed_in(person, family.yusuf).open(f"{family.base}/proposals/{draft.id}").text
    (spent,) = [one for one in core.figure.parts[0].parts if one.label.text == "Spent so far"]
    assert spent.sum
    assert language.plain(spent.sum) == "Nothing can be spent before it begins."
    assert "not known yet) spent" not in sheet


def test_an_accepted_plan_does_not_say_that_nothing_was_spent_where_nobody_told(coplan: Coplan, person: Person) -> None:
    family = Family(coplan)
    family.has_a_letter()
    with acting(family.coplan, family.yusuf) as work:
        draft = _with_help(work, family, work.day)
        digest = frozen_now(work, family.client, draft, proposals.lines(work, draft))[1]
        drafts.accept(work, draft, family.client, digest)
    plan = signed_in(person, family.yusuf).open(f"{family.base}/plan").text
    assert "less (not known yet) spent" in plan
    assert "granted, less $0.00 spent" not in plan


def test_what_is_free_is_what_the_plan_leaves_also_where_a_visit_between_two_entries_has_none(coplan: Coplan) -> None:
    family = Family(coplan)
    with coplan.open_work() as work:
        today = work.today(family.client)
    told = today - timedelta(days=29)
    family.has_a_letter(dollars("1000.00"), told)
    with acting(coplan, family.yusuf) as work:
        draft = _with_help(work, family, told + timedelta(days=1))
        drafts.accept(
            work, draft, family.client, frozen_now(work, family.client, draft, proposals.lines(work, draft))[1]
        )
    tuesdays = [ago for ago in range(28, 0, -1) if (today - timedelta(days=ago)).weekday() == 1]
    with coplan.open_work() as work:
        for ago in (tuesdays[0], tuesdays[2]):  # the second Tuesday was not billed
            a_support(work, family.client, ago, amount=dollars("150.00"))
    with acting(coplan, family.yusuf) as work:
        version = plans.current(work, family.client)
        assert version is not None
        left = priced_now(work, family.client, version).component("core").left
        kept = book(work, family.client)
        (core,) = [one for one in kept.standings if one.total.component.key == "core"]
        assert {match.line is not None for match in kept.matches.values()} == {True}
        assert core.whole.free.value == left == dollars("7980.00")  # 10,000 less 1,000, 2 × 150 and 6 × 120


def _with_help(work: Work, family: Family, first: date) -> Proposal:
    """A draft of nine weeks with two hours of help each Tuesday."""
    last = first + timedelta(days=62)
    draft = drafts.start(work, family.client, "My plan", "ndis", first, last)
    weekly, price = Weekly((1,), time(9), time(11)), Money(60_00)
    drafts.add_line(work, draft, Terms("Help", first, last, "self_care", "core", schedule=weekly, price=price))
    return draft


def test_a_draft_of_days_after_money_was_spent_unseen_does_not_say_what_is_left(coplan: Coplan, person: Person) -> None:
    family = Family(coplan)
    family.has_a_letter()  # half a year ago
    with acting(coplan, family.yusuf) as work:
        draft = _with_help(work, family, work.day)
        core = proposals.draft(work, family.client, draft).quote.component("core")
    assert core.figure.value is None
    sheet = signed_in(person, family.yusuf).open(f"{family.base}/proposals/{draft.id}").text
    assert "Not known yet" in sheet
    assert "$0.00 spent" not in sheet
