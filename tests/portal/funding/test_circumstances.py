"""A change of income, assets or the household stands among what is due until the agency has been told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.accounts.model import Account
from portal.app import Coplan
from portal.funding import commands
from portal.funding.terms import SUPPORT_AT_HOME, Letter
from portal.language import show_plain
from portal.people import due
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.funding.test_funding import LETTER, Family

TELL = "Tell Services Australia by"


@pytest.fixture
def at_home(coplan: Coplan) -> Family:
    family = Family(coplan)
    with acting(coplan, family.yusuf) as work:
        commands.type_letter(work, family.client, Letter(SUPPORT_AT_HOME, date(2026, 7, 1), classification="SAH-5"))
    return family


def _today(family: Family) -> date:
    with family.coplan.open_reading() as work:
        return work.today(family.client)


def _due(family: Family, who: Account) -> dict[str, date]:
    with reading(family.coplan, who) as work:
        return {show_plain(one.what): one.day for one in due.all_of(work, {family.client.id: family.client})}


def _form(seen: Person, beginning: str) -> str:
    (found,) = seen.page.xpath(f"//form[starts-with(@id, '{beginning}-circumstances')]/@id")
    return str(found)


def test_it_is_due_four_weeks_after_the_change_until_it_is_told_and_again_when_it_was_not(
    at_home: Family, person: Person
) -> None:
    changed = _today(at_home) - timedelta(days=3)
    signed_in(person, at_home.yusuf).open(at_home.page).send("changed", on=changed.isoformat())
    for who in (at_home.yusuf, at_home.amal, at_home.priya):
        assert _due(at_home, who)[TELL] == changed + timedelta(days=28)
    assert TELL not in _due(at_home, at_home.karim)
    person.open(at_home.page).send(_form(person, "day"), done_on=changed.isoformat())
    assert TELL not in _due(at_home, at_home.priya)
    priya = signed_in(person.another(), at_home.priya).open(at_home.page)
    priya.send(_form(priya, "again"))
    assert TELL in _due(at_home, at_home.yusuf)


def test_a_day_typed_wrongly_is_removed_beside_the_right_one_and_what_was_told_stays(
    at_home: Family, person: Person
) -> None:
    today = _today(at_home)
    signed_in(person, at_home.yusuf)
    for days in (3, 30):
        person.open(at_home.page).send("changed", on=(today - timedelta(days=days)).isoformat())
    forms = person.page.xpath("//div[@id='circumstances']//form/@id")
    assert len(set(forms)) == len(forms)  # each day has its own
    stale, late = (signed_in(person.another(), who).open(at_home.page) for who in (at_home.amal, at_home.priya))
    wrong, right = person.page.xpath("//form[starts-with(@id, 'remove-circumstances')]/@id")
    assert "Removed." in person.send(wrong).text
    assert _due(at_home, at_home.yusuf)[TELL] == today - timedelta(days=3) + timedelta(days=28)
    assert stale.send(wrong).status == 409
    person.open(at_home.page).send(_form(person, "day"), done_on=today.isoformat())
    assert late.send(right).status == 409  # it was told by then
    assert "remove-circumstances" not in person.open(at_home.page).text


def test_what_somebody_noted_anew_is_not_taken_back_by_a_page_opened_before(at_home: Family, person: Person) -> None:
    today = _today(at_home)
    signed_in(person, at_home.yusuf).open(at_home.page).send("changed", on=today.isoformat())
    early = signed_in(person.another(), at_home.amal).open(at_home.page)
    person.open(at_home.page).send(_form(person, "day"), done_on=today.isoformat())
    late = signed_in(person.another(), at_home.priya).open(at_home.page)
    person.open(at_home.page).send(_form(person, "again"))
    assert early.send(_form(early, "day"), done_on=today.isoformat()).status == 409
    person.open(at_home.page).send(_form(person, "day"), done_on=today.isoformat())
    assert late.send(_form(late, "again")).status == 409
    assert TELL not in _due(at_home, at_home.yusuf)


def test_no_day_is_taken_that_cannot_be_and_the_same_change_only_once(at_home: Family, person: Person) -> None:
    today = _today(at_home)
    signed_in(person, at_home.yusuf)
    for wrong in (date(1900, 1, 1), today + timedelta(days=1)):
        person.open(at_home.page)
        assert person.send("changed", on=wrong.isoformat()).status == 422
        assert "Choose a day from" in person.text
    person.open(at_home.page).send("changed", on=today.isoformat())
    assert person.open(at_home.page).send("changed", on=today.isoformat()).status == 409
    person.open(at_home.page)
    assert person.send(_form(person, "day"), done_on=(today - timedelta(days=1)).isoformat()).status == 422


def test_where_the_program_knows_no_such_day_nobody_is_asked(coplan: Coplan, person: Person) -> None:
    family = Family(coplan)
    family.has_core(letter=LETTER)
    signed_in(person, family.yusuf).open(family.page)
    assert not person.page.xpath("//form[@id='changed']")
