"""Who sees alarms, who sets them, and who is told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource
from portal.accounts.model import Account
from portal.outlook.commands import Wanted
from portal.outlook.kinds import AlarmKind
from portal.people import next_steps
from portal.people.model import Consent
from portal.work import Refusal
from tests.builders import a_consent, a_tie, an_account, reading, signed_in
from tests.person import Person
from tests.portal.outlook.people import Purse


def test_a_provider_a_brother_and_a_supporter_without_consent_find_no_such_page(mei: Purse, person: Person) -> None:
    for who in (mei.circle.grace, mei.circle.karim, mei.circle.tom):
        assert signed_in(person.another(), who).open(mei.page).status == 404


def test_the_coordinator_reads_it_and_does_not_choose_who_else_is_told(mei: Purse, person: Person) -> None:
    signed_in(person, mei.circle.daniel).open(mei.page)
    assert person.status == 200
    with pytest.raises(Refusal, match="chooses who else"):
        mei.set(Wanted(AlarmKind.EARLY, others=(mei.circle.amal.id,)), mei.circle.daniel)


def test_only_who_is_told_is_asked_whether_they_have_seen_it(mei: Purse, person: Person) -> None:
    mei.set(Wanted(AlarmKind.EARLY))
    daniel = signed_in(person, mei.circle.daniel).open(mei.page)
    assert "the money lasts until" in daniel.text  # he reads it, and it stays there for Mei
    assert not daniel.page.xpath("//form[starts-with(@id, 'seen-') or starts-with(@id, 'again-')]")
    own = signed_in(person.another(), mei.circle.mei).open(mei.page)
    assert own.page.xpath("//form[starts-with(@id, 'seen-')]")
    mei.set(Wanted(AlarmKind.WITHIN, number=9), mei.circle.daniel)
    (his,) = daniel.open(mei.page).page.xpath("//form[starts-with(@id, 'seen-')]/@id")
    assert daniel.send(his).status == 200


def test_only_somebody_who_may_see_the_money_can_be_chosen(mei: Purse) -> None:
    with pytest.raises(Refusal, match="may not see the money"):
        mei.set(Wanted(AlarmKind.EARLY, others=(mei.circle.tom.id,)))


def test_whoever_the_person_chose_is_told_until_the_consent_ends(mei: Purse) -> None:
    with mei.circle.coplan.open_work() as work:
        lin = an_account(work, "Lin Chen")
        tie = a_tie(work, mei.circle.client, Relationship.FAMILY, lin)
        a_consent(work, tie, Resource.BUDGET)
        a_consent(work, tie, Resource.IDENTITY)
    mei.set(Wanted(AlarmKind.EARLY, others=(lin.id,)))
    assert len(mei.letters()) == 2
    assert _next(mei, lin) == 1
    with mei.circle.coplan.open_work() as work:
        given = select(Consent).where(Consent.tie_id == tie.id, Consent.covers == Resource.BUDGET)
        work.session.scalars(unscoped(given, "taken back")).one().withdrawn_at = work.now
    mei.set(Wanted(AlarmKind.WITHIN, number=7))
    assert len(mei.letters()) == 3
    assert _next(mei, lin) == 0


def test_an_alarm_of_the_coordinator_is_seen_by_the_person_too(mei: Purse) -> None:
    mei.set(Wanted(AlarmKind.EARLY), mei.circle.daniel)
    assert _next(mei, mei.circle.mei) == 1
    assert _next(mei, mei.circle.daniel) == 1


def _next(mei: Purse, who: Account) -> int:
    """How many things about alarms the reader finds under what is next."""
    with reading(mei.circle.coplan, who) as work:
        steps = next_steps.steps(work, mei.circle.client)
        return sum(step.href == mei.page and step.urgent for step in steps)


def test_an_alarm_is_set_changed_and_switched_off_on_the_page(mei: Purse, person: Person) -> None:
    signed_in(person, mei.circle.mei).open(mei.page)
    person.send("new-alarm", kind="hours", number="")
    assert person.status == 422
    assert "a number above zero" in person.text
    assert person.form("new-alarm").fields["kind"] == "hours"
    person.send("new-alarm", kind="hours", number="20", about="part:core")
    assert "Core supports: when less than 20 hours are left" in person.text
    (form,) = person.page.xpath("//form[starts-with(@id, 'alarm-')]/@id")
    person.send(form, number="30")
    assert "when less than 30 hours are left" in person.text
    person.send(form.replace("alarm-", "off-"))
    assert "No alarm is on" in person.text


def test_an_example_is_one_press_away(mei: Purse, person: Person) -> None:
    signed_in(person, mei.circle.mei).open(mei.page).send("example-early")
    assert "as it is planned, the money lasts until" in person.text


def test_a_support_without_visits_cannot_be_waited_for_in_visits(mei: Purse, person: Person) -> None:
    signed_in(person, mei.circle.mei).open(mei.page).send("new-alarm", kind="visits", number="5", about="")
    assert person.status == 422
    assert "has visits on certain days" in person.text


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_page_says_tuesdays_and_hours_and_gives_the_table_as_a_file(mei: Purse, person: Person, lang: str) -> None:
    signed_in(person, mei.circle.mei).open(f"{mei.page}?lang={lang}")
    assert person.page.xpath("//table[@id='reach']//tbody/tr")
    person.open(f"{mei.page}?table=reach&as=csv&lang={lang}")
    assert b"Help in the shower" in person.answer.content
