"""What is left of a part of the funding is the same on every page that says it."""

from __future__ import annotations

from datetime import timedelta

from budgeting.money import Money, dollars
from budgeting.spending import EntryState
from portal.app import Coplan
from portal.funding import commands as funding, queries
from portal.meetings import commands as meetings, pack
from portal.meetings.commands import MeetingTold
from portal.meetings.model import Content
from portal.people.model import Client
from portal.spending.balance_pages import reckoning
from portal.spending.book import book
from portal.work import Work
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.spending.delivered import Family, a_support

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
