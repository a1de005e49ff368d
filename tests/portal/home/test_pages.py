"""The first page, the overview, the history, help, and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from portal.access.table import Relationship, Resource
from portal.accounts.events import PARTS
from portal.accounts.model import Account, OrganisationKind, Role
from portal.app import Coplan
from portal.journal import KINDS
from portal.people import commands, history, queries
from portal.people.model import Client
from portal.people.outside import FOR, contacts
from tests.builders import (
    a_client,
    a_consent,
    a_nominee,
    a_restriction,
    a_tie,
    acting,
    an_account,
    an_organisation,
    reading,
    signed_in,
    somebody_at,
)
from tests.person import ADDRESS, SENT_BY_A_BROWSER, Person


@dataclass
class Street:
    """Mei and Margaret, their coordinator, and Mei's sister."""

    mei: Account
    client: Client
    margaret: Client
    priya: Account
    lin: Account


@pytest.fixture
def street(coplan: Coplan) -> Street:
    with coplan.open_work() as work:
        mei, lin = an_account(work, "Mei Chen"), an_account(work, "Lin Chen")
        harbour = an_organisation(work, "Harbour", OrganisationKind.COORDINATION)
        priya = somebody_at(work, harbour, "Priya Nair", Role.COORDINATOR)
        client, margaret = a_client(work, "Mei Chen", account=mei), a_client(work, "Margaret Walsh")
        for one in (client, margaret):
            a_tie(work, one, Relationship.LEAD, priya)
        a_consent(work, a_tie(work, client, Relationship.FAMILY, lin), Resource.IDENTITY)
        return Street(mei, client, margaret, priya, lin)


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_a_visitor_is_welcomed_and_has_two_ways_in(person: Person, language: str) -> None:
    person.open(f"/?lang={language}")
    links = {link.get("href") for link in person.page.xpath("//main//a")}
    assert {"/start", "/sign-in", "/speak-up", "/help", "/rights"} <= links
    assert len(person.page.xpath("//h1")) == 1


def test_a_client_comes_straight_to_their_own_overview(person: Person, street: Street) -> None:
    signed_in(person, street.mei)
    assert person.address.removeprefix(ADDRESS) == f"/people/{street.client.id}"
    assert "Hello, Mei Chen" in person.text


def names_in(person: Person) -> list[str]:
    """The people in the list, from top to bottom."""
    return [" ".join(each.text_content().split()) for each in person.page.xpath("//main//tbody/tr/th//bdi")]


def test_a_coordinator_finds_the_people_they_work_with(person: Person, street: Street) -> None:
    signed_in(person, street.priya).open("/")
    assert "People I work with" in person.text
    assert names_in(person) == ["Margaret Walsh", "Mei Chen"]
    assert names_in(person.open("/?q=marg")) == ["Margaret Walsh"]


@pytest.mark.parametrize("searched", ["%", "_", "nobody of this name"])
def test_a_search_finds_only_what_was_typed(person: Person, street: Street, searched: str) -> None:
    signed_in(person, street.priya).open("/?q=" + searched.replace("%", "%25"))
    assert names_in(person) == []


def test_someone_without_any_tie_is_shown_where_to_begin(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        stranger = an_account(work, "Noor")
    signed_in(person, stranger)
    links = {link.get("href") for link in person.page.xpath("//main//a")}
    assert {"/start", "/join"} <= links


def test_a_client_hidden_from_someone_is_missing_from_list_count_and_search(
    person: Person, coplan: Coplan, street: Street
) -> None:
    with coplan.open_work() as work:
        a_restriction(work, street.client, street.priya)
    signed_in(person, street.priya).open("/")
    assert names_in(person) == ["Margaret Walsh"]
    assert "Mei" not in person.open("/?q=Mei").page.xpath("string(//main//table)")
    with reading(coplan, street.priya) as work:
        assert queries.people(work)[1] == 1


# History


def test_a_client_reads_who_looked_in_plain_words(person: Person, street: Street) -> None:
    signed_in(person.another(), street.priya).open(f"/people/{street.client.id}")
    signed_in(person, street.mei).open(f"/people/{street.client.id}/history?show=looked")
    assert "Priya Nair Looked at the name, and how to communicate." in person.text
    assert "Priya" not in person.open(f"/people/{street.client.id}/history?show=changes").text


def test_a_page_that_is_shown_because_its_form_was_refused_is_a_look_too(person: Person, street: Street) -> None:
    staff = signed_in(person.another(), street.priya).open("/")
    (token,) = {one.get("value") for one in staff.page.xpath("//input[@name='_csrf']")}
    staff.client.cookies = staff.cookies
    form = {"_csrf": token, "_key": "a-key-that-nobody-gave"}
    shown = staff.client.post(f"/people/{street.client.id}/equipment", data=form, headers=SENT_BY_A_BROWSER)
    assert shown.status_code == 422
    assert "Mei Chen" in shown.text
    signed_in(person, street.mei).open(f"/people/{street.client.id}/history?show=looked")
    assert "Priya Nair Looked at the funding and the budget." in person.text


def test_what_was_done_for_someone_says_on_whose_behalf(person: Person, coplan: Coplan, street: Street) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal Haddad")
        a_nominee(work, street.client, amal)
    with acting(coplan, amal) as work:
        commands.invite(work, street.client, Relationship.FAMILY, "", (), False, "")
    signed_in(person, street.mei).open(f"/people/{street.client.id}/history")
    assert "Amal Haddad, for Mei Chen" in person.page.xpath("string(//main)")


def test_only_the_client_is_told_who_else_looked(person: Person, coplan: Coplan, street: Street) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal Haddad")
        a_nominee(work, street.client, amal)
    signed_in(person.another(), street.priya).open(f"/people/{street.client.id}")
    signed_in(person, amal).open(f"/people/{street.client.id}/history?show=looked")
    assert "Someone in the circle Looked at" in person.text
    assert "Priya" not in person.text


def test_nobody_reads_a_history_that_is_not_theirs(person: Person, street: Street) -> None:
    for somebody in (street.priya, street.lin):
        assert signed_in(person.another(), somebody).open(f"/people/{street.client.id}/history").status == 404


def test_someone_sees_no_history_of_a_part_that_is_hidden_from_them(
    person: Person, coplan: Coplan, street: Street
) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal Haddad")
        a_nominee(work, street.client, amal)
        a_restriction(work, street.client, amal, Resource.CIRCLE)
    with acting(coplan, street.mei) as work:
        commands.invite(work, street.client, Relationship.FAMILY, "", (), False, "")
    signed_in(person, amal).open(f"/people/{street.client.id}/history")
    assert "invites someone" not in person.text


def test_every_kind_of_event_around_a_client_says_which_part_it_is_about() -> None:
    outside = ("accounts.", "access.", "catalogue.", "feedback.", "home.")
    unknown = [
        name
        for name, kind in KINDS.items()
        if not kind.private and not name.startswith(outside) and history.part_of(name) is None
    ]
    assert unknown == []


def test_private_events_are_in_nobodys_history() -> None:
    readable = history.kinds_about(list(Resource))
    assert not [name for name in readable if KINDS[name].private]


def test_every_part_someone_can_look_at_has_a_name() -> None:
    assert set(PARTS) >= {Resource.IDENTITY, Resource.PLAN, Resource.DRAFT, Resource.BUDGET, Resource.LOOKED}


# Help, rights, audit


def test_every_contact_says_what_it_is_for_and_how_sure_we_are() -> None:
    assert [contact.key for contact in contacts()] == list(FOR)
    for contact in contacts():
        assert contact.source
        assert contact.phone or contact.web
        assert contact.checked >= date(2026, 1, 1)


def test_help_shows_the_numbers_with_their_dates(person: Person) -> None:
    person.open("/help")
    for number in ("1800 035 544", "1800 951 822", "131 450"):
        assert number in person.text
    assert "Last looked at on 22 November 2026" in person.text
    assert "What we cannot protect you from" in person.text


def test_rights_are_readable_without_an_account(person: Person) -> None:
    assert person.open("/rights").status == 200
    assert "Statement of Rights" in person.text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_the_audit_shows_kinds_without_names_and_says_that_the_record_is_whole(
    person: Person, coplan: Coplan, street: Street, role: Role
) -> None:
    with acting(coplan, street.mei) as work:
        commands.hide(work, street.client, street.lin.id, (Resource.PLAN,))
        sam = somebody_at(work, an_organisation(work, "House"), "Sam Taylor", role)
    signed_in(person, sam).open("/audit?check=yes")
    assert "The record is whole" in person.text
    assert "people.hidden" not in person.text
    assert "kept private" in person.text
    assert "Mei" not in person.text


def test_the_audit_is_for_administrators_and_auditors_alone(person: Person, street: Street) -> None:
    for somebody in (street.mei, street.priya):
        assert signed_in(person.another(), somebody).open("/audit").status == 404
