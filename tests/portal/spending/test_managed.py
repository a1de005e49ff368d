"""What a plan manager sees of the parts it manages, and how many files one person may send."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from budgeting.money import dollars
from budgeting.package import Management
from budgeting.spending import EntryState
from portal.access.scope import unscoped
from portal.accounts import commands as accounts
from portal.accounts.model import OrganisationKind, Role
from portal.app import Coplan
from portal.equipment import commands as equipment
from portal.equipment.commands import Need, QuoteTold
from portal.equipment.model import Getting
from portal.people.model import Consent
from portal.spending import commands, queries
from portal.spending.model import Delivered
from portal.work import NotVisible
from tests.builders import acting, an_organisation, signed_in, somebody_at
from tests.person import Person
from tests.portal.spending.delivered import SKILLS, Family, a_support


@pytest.fixture
def family(coplan: Coplan) -> Family:
    return Family(coplan)


def test_a_plan_manager_sees_what_is_left_of_the_parts_it_manages_and_no_word_of_the_others(
    family: Family, person: Person
) -> None:
    family.has_a_letter()
    with family.coplan.open_work() as work:
        managed = {"management": Management.PLAN, "component": "daily_skills", "item": SKILLS}
        a_support(work, family.client, 5, **managed, description="Talking lesson", state=EntryState.PAID)
        a_support(work, family.client, 6, **managed, description="Second lesson", amount=dollars("80.00"))
        a_support(work, family.client, 7, description="Of his own")
    with acting(family.coplan, family.yusuf) as work:
        row = equipment.name_need(work, family.client, Need("Own tablet", component="daily_skills"))
        quoted = equipment.keep_quote(work, row, QuoteTold("Wheels", dollars("1620.00")))
        equipment.ask_approval(work, row, quoted, Getting.BUY, None, work.day)
        equipment.approve(work, row, "The agency", None, None, given=True)
    page = signed_in(person, family.ben).open("/claiming").follow("Yusuf Haddad")
    assert page.status == 200
    held = page.page.xpath("//dl/div[dt='Money that is held']/dd")
    assert [("1,620.00" in each.text_content(), "tablet" in each.text_content()) for each in held] == [(True, False)]
    shown = " ".join(page.page.text_content().split())
    for said in ("Daily skills", "5,000.00", "200.00", "120.00", "Talking lesson", "Second lesson"):
        assert said in shown, said
    for kept in ("Core", "10,000.00", "Of his own", "INV 8", "15,000"):
        assert kept not in shown, kept
    taken = page.open(f"{page.address}?table=five-daily-skills&as=csv").answer.text
    assert ("5000.00" in taken, "10000.00" in taken) == (True, False)
    for other in (family.yusuf, family.amal, family.karim, family.priya, family.grace, family.mei):
        assert signed_in(person.another(), other).open(f"{family.base}/managed").status == 404
    with family.coplan.open_work() as work:
        for consent in work.session.scalars(unscoped(select(Consent), "a test withdraws it")):
            consent.withdrawn_at = work.now if consent.tie_id == family.managing.id else None
    assert signed_in(person, family.ben).open(f"{family.base}/managed").status == 404
    assert "Haddad" not in person.open("/claiming").text


def test_nobody_sends_more_files_in_a_day_than_anybody_reads(
    family: Family, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "FILES_IN", replace(accounts.FILES_IN, tries=1))
    signed_in(person, family.yusuf)
    for status, said in ((200, "Nothing was taken in"), (422, "You sent many files today")):
        person.open(f"{family.base}/spending/files/new").upload(
            "send", "file", "bad.csv", b"Date,Total\n3/8/2026,7\n31/6/2026,much"
        )
        assert (person.status, said in person.text) == (status, True)


def test_a_plan_manager_begins_with_the_people_whose_parts_it_manages_and_the_month_that_waits(
    family: Family, person: Person
) -> None:
    family.has_a_letter()
    ben = signed_in(person, family.ben).open("/")
    assert "Nothing waits at the moment." in ben.text
    with family.coplan.open_work() as work:
        managed = {"management": Management.PLAN, "component": "daily_skills", "item": SKILLS}
        a_support(work, family.client, 5, **managed, state=EntryState.PAID)
        a_support(work, family.client, 6, **managed)
        a_support(work, family.client, 7, **managed, state=EntryState.CLAIMED)
    shown = " ".join(ben.open("/").page.text_content().split())
    assert "Nobody yet" not in shown
    assert "2 entries Waiting for me" in shown
    ben.follow("The parts you manage")  # in the menu
    ben.follow("Yusuf Haddad")
    assert ben.address.endswith("#month")
    assert ben.status == 200
    for other in (family.yusuf, family.priya, family.grace):
        assert signed_in(person.another(), other).open("/managed").status == 404


def test_a_month_that_is_not_there_is_said_to_be_none(family: Family, person: Person) -> None:
    family.has_a_letter()
    with family.coplan.open_work() as work:
        a_support(work, family.client, 5, management=Management.PLAN, component="daily_skills", item=SKILLS)
    ben = signed_in(person, family.ben)
    for typed in ("junk", "1999-01", "2026-13", "x" * 5000):
        shown = " ".join(ben.open(f"{family.base}/managed?month={typed}").page.text_content().split())
        assert f"There is no month “{typed[:20]}” here. This is the newest one." in shown
    assert "There is no month" not in ben.open(f"{family.base}/managed").text


def test_a_plan_manager_says_what_became_of_invoices_it_was_to_pay_and_of_nothing_else(
    family: Family, person: Person
) -> None:
    with family.coplan.open_work() as work:
        two = [a_support(work, family.client, days, management=Management.PLAN) for days in (5, 6)]
        mine = a_support(work, family.client, 7, management=Management.SELF, description="Of his own")
        ids, today = [one.id for one in (*two, mine)], work.day.isoformat()
    page = signed_in(person, family.ben).open("/claiming")
    assert "Of his own" not in page.text
    first, second = page.page.xpath("//form[@id='paid-1']//input[@name='entries']/@value")
    assert str(mine.id) not in (first, second)
    page.send("paid-1", entries=first, outcome="paid", on=today, reference="RUN 12")
    assert page.status == 200
    page.send("paid-1", entries=second, outcome="refused", on=today)
    page.open("/claiming")
    assert not page.page.xpath("//form[@id='paid-1']")  # nothing is left to be paid or claimed
    with family.coplan.open_reading() as work:
        wanted = unscoped(select(Delivered.state, Delivered.reference).where(Delivered.id.in_(ids)), "a test looks")
        found = {tuple(row) for row in work.session.execute(wanted)}
    assert found == {("paid", "RUN 12"), ("refused", ""), ("entered", "")}


def test_a_plan_manager_takes_back_a_wrong_tick_until_somebody_goes_on(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        one = a_support(work, family.client, 5, management=Management.PLAN)
        today = work.day.isoformat()
    page = signed_in(person, family.ben).open("/claiming")
    (box,) = page.page.xpath("//form[@id='paid-1']//input[@name='entries']/@value")
    page.send("paid-1", entries=box, outcome="paid", on=today)
    page.open("/claiming").send(f"back-{one.id}")
    assert page.status == 200
    (again,) = page.open("/claiming").page.xpath("//form[@id='paid-1']//input[@name='entries']/@value")
    assert again != box  # it can be ticked again, and the page from before would be out of date
    assert not page.page.xpath("//form[starts-with(@id, 'back-')]")
    page.send("paid-1", entries=again, outcome="refused", on=today)
    with acting(family.coplan, family.amal) as work:
        entry = queries.entry(work, family.client, one.id)
        commands.step_back(work, entry, entry.version)
    assert not page.open("/claiming").page.xpath("//form[starts-with(@id, 'back-')]")


def test_only_the_plan_manager_of_this_person_answers_for_plan_managed_invoices(family: Family) -> None:
    with family.coplan.open_work() as work:
        plan = a_support(work, family.client, 5, management=Management.PLAN)
        own = a_support(work, family.client, 6, management=Management.SELF)
        others = an_organisation(work, "Other Books", OrganisationKind.PLAN_MANAGER)
        stranger = somebody_at(work, others, "Nobody B", Role.PLAN_MANAGER_STAFF)
    for who, entry in ((family.grace, plan), (stranger, plan), (family.karim, plan), (family.ben, own)):
        with pytest.raises(NotVisible), acting(family.coplan, who) as work:
            commands.answer(work, entry, entry.version, EntryState.PAID, work.day)
