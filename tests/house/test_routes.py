"""Every page of the portal, for everybody in the demonstration: who sees it, in which language, under which headers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.access.policy import Facts, decide
from portal.access.table import PORTAL_WIDE, grants
from portal.accounts.model import Account
from portal.app import Coplan
from portal.demonstration.cast import CAST
from portal.site.routing import PUBLIC, Route
from portal.work import Actor, ActorKind
from tests.house.street import Street
from tests.house.untranslated import left_in_english, sentences
from tests.person import SENT_BY_A_BROWSER, Person

#: Pages to which no link of the demonstration leads, and why.
UNLINKED = {
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/alone": "stands beside a yes, once nothing is open",
    "/people/{client_id:uuid}/told": "is there until somebody confirms what was told for them before they came",
    "/brief/{token:str}": "its address is in a letter to a provider without an account",
    "/calendar/{secret:str}": "its address is shown once, and a calendar asks there by itself",
    "/request/{token:str}": "its address is in a letter to a provider without an account",
    "/price-lists/imports/{import_id:uuid}": "exists while a list waits to be looked at",
    "/people/{client_id:uuid}/balances/payments": "asks for the columns of a list whose form was just sent",
    "/people/{client_id:uuid}/payments/{payment_id:uuid}/returned": "the payment page leads back to it",
    "/start/code/{invitation_id:uuid}": "is shown once, after a first answer was kept",
    "/people/{client_id:uuid}/payments/{payment_id:uuid}/receipt": "exists once a payment is made and answered for",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/live": "an open draft asks there by itself",
    "/live": "an open first page asks there by itself",
    "/people/{client_id:uuid}/live": "an open overview asks there by itself",
    "/people/{client_id:uuid}/agreements/{agreement_id:uuid}/live": "an open agreement asks there by itself",
    "/people/{client_id:uuid}/changes/{request_id:uuid}/live": "an open change asks there by itself",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/news": "an open draft asks there by itself",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/shown": "a draft that was opened without script fetches it",
    "/people/{client_id:uuid}/agreements/{agreement_id:uuid}/copy/read": "is offered to whoever reads another language",
    "/files": "asks for the password before a file about other people is given, when it was not typed just now",
    "/set-up": "is there until the first account is made",
    "/leave": "ends the session",
}
ALWAYS = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "cross-origin-opener-policy",
    "permissions-policy",
    "cache-control",
)
LANGUAGES = {"en": ("en-AU", "ltr"), "ar": ("ar", "rtl"), "zh-Hans": ("zh-Hans", "ltr")}
#: Who is walked with from right to left too: a client, a family, a coordinator, a provider, an administrator.
BOTH_WAYS = ("margaret", "amal", "priya", "grace", "sam")


def test_no_link_of_the_demonstration_leads_nowhere(street: Street) -> None:
    """And where one leads, the page is in the reader's language, with one main heading."""
    street.walk()
    assert street.wrong == []


def test_every_amount_has_a_way_to_how_it_came_about(street: Street) -> None:
    street.walk()
    assert not street.bare, "\n".join(street.bare)


def test_every_page_is_reached_by_somebody(street: Street) -> None:
    missing = {page.path for page in street.pages} - set(street.one_of_each()) - set(UNLINKED)
    assert missing == set()


def test_everybody_sees_what_the_access_table_says_and_nothing_else(street: Street) -> None:
    wrong = []
    facts = _Facts(street.coplan)
    for path, (address, _finder) in street.one_of_each().items():
        route = next(page for page in street.pages if page.path == path)
        for key, person in street.people.items():
            opened = address in street.found[key].get(path, ())  # on their walk
            status = 200 if opened else street.ask(address, person).status_code
            permitted = _permitted(facts, route, address, key)
            if status not in ((200, 303, 404) if permitted else (404,)):
                wrong.append(f"{key} {address}: {status}, though {'' if permitted else 'not '}permitted")
    assert wrong == []


class _Facts:
    """What is true between each person of the demonstration and each client, asked once for each."""

    def __init__(self, coplan: Coplan) -> None:
        self._coplan = coplan
        self._known: dict[tuple[str, str], tuple[Facts, date]] = {}

    def between(self, key: str, client_id: str) -> tuple[Facts, date]:
        """The facts about one person and one client ("" is no client), and today."""
        if (key, client_id) not in self._known:
            member = next(one for one in CAST if one.key == key)
            with self._coplan.open_reading() as work:
                account = work.session.scalars(select(Account).where(Account.login == member.login)).one()
                work.actor = Actor(ActorKind.ACCOUNT, account.id, account.name)
                found = work.house.facts(work.session, work, UUID(client_id) if client_id else None)
                self._known[key, client_id] = found, work.day
        return self._known[key, client_id]


def _permitted(facts: _Facts, route: Route, address: str, key: str) -> bool:
    """Whether the table could permit this page, whatever the record: the policy itself, asked without the web."""
    if route.access is None:
        return True
    resource, action = route.access
    found = re.match(r"/people/([0-9a-f-]{36})", address)
    if found is None and not any(grants(resource, who, action) for who in PORTAL_WIDE):
        return True
    known, day = facts.between(key, found[1] if found else "")
    return decide(resource, action, replace(known, addressed=True, own=True), day).allowed


def test_signed_out_nobody_sees_more_than_the_public_pages(street: Street) -> None:
    for path, (address, _finder) in street.one_of_each().items():
        answer = street.ask(address)
        if f"GET {path}" not in PUBLIC:
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in"), address


def test_no_form_is_taken_without_the_token_of_its_session(street: Street) -> None:
    for route in street.coplan.routes:
        if route.method != "POST" or route.raw:
            continue
        address = re.sub(r"\{[a-z_]+:uuid\}", str(UUID(int=1)), route.path)
        address = re.sub(r"\{[a-z_]+:(int|str)\}", "1", address)
        if route.harmless:
            headers = {**SENT_BY_A_BROWSER, "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
        else:
            headers = SENT_BY_A_BROWSER
        street.client.cookies = street.people["mei"].cookies
        answer = street.client.post(address, headers=headers, data={}, follow_redirects=False)
        assert answer.status_code == 403, route.name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_page_is_there_in_every_language(street: Street, tag: str) -> None:
    for address, finder in street.one_of_each().values():
        page = _in_language(street.people[finder], address, tag)
        if page is not None:
            assert (page.get("lang"), page.get("dir")) == LANGUAGES[tag], address


def _in_language(person: Person, address: str, tag: str) -> Any:
    person.open(f"{address}{'&' if '?' in address else '?'}lang={tag}")
    assert person.status == 200, f"{address} in {tag}: {person.status}"
    if "lang=" not in person.address:  # it led on to another page
        return None
    return person.page if person.answer.text.lstrip().lower().startswith("<!doctype html") else None


@pytest.mark.parametrize("key", BOTH_WAYS)
def test_every_kind_of_page_is_there_from_right_to_left(street: Street, key: str) -> None:
    looked_at = {address for address, _ in street.one_of_each().values()}  # in the test above
    for address in street.kinds[key].values():
        if address not in looked_at:
            page = _in_language(street.people[key], address, "ar")
            if page is not None:
                assert (page.get("lang"), page.get("dir")) == LANGUAGES["ar"], address
                assert len(page.xpath("//h1")) == 1, address


@pytest.fixture(scope="module")
def pseudo(street: Street) -> dict[str, Any]:
    """One page of every kind in the language that marks every sentence of ours, by its address."""
    pages = {
        address: _in_language(street.people[finder], address, "en-XA")
        for address, finder in street.one_of_each_kind().values()
    }
    return {address: page for address, page in pages.items() if page is not None}


def test_every_kind_of_page_is_there_in_the_pseudo_language(pseudo: dict[str, Any]) -> None:
    assert {(page.get("lang"), page.get("dir")) for page in pseudo.values()} == {("en-XA", "ltr")}


def test_no_page_holds_a_sentence_that_cannot_be_translated(pseudo: dict[str, Any]) -> None:
    plain = {address: found for address, page in pseudo.items() if (found := sentences(page))}
    assert plain == {}


def test_nothing_is_left_untranslated(pseudo: dict[str, Any]) -> None:
    found: dict[str, str] = {}
    for address, page in pseudo.items():
        for text in left_in_english(page):
            found.setdefault(text, address)
    assert not found, "\n".join(f"{where}: {text}" for text, where in found.items())


@pytest.mark.parametrize(
    "address", ["/", "/no/such/page", "/static/app.css", "/static/none.css", "/people/1", "/audit"]
)
def test_no_answer_leaves_without_its_security_headers(street: Street, address: str) -> None:
    answer = street.client.get(address, headers=SENT_BY_A_BROWSER, follow_redirects=False)
    assert [name for name in ALWAYS if name not in answer.headers] == []


def test_an_address_we_do_not_have_asks_nobody_to_sign_in_who_may_be_signed_in(street: Street) -> None:
    nowhere = street.client.get("/no/such/page", headers=SENT_BY_A_BROWSER).text
    assert "/sign-in" not in nowhere


def test_pages_that_hold_a_form_are_never_compressed_and_static_files_are(street: Street) -> None:
    asked = {**SENT_BY_A_BROWSER, "Accept-Encoding": "gzip"}
    assert "content-encoding" not in street.client.get("/sign-in", headers=asked).headers
    assert street.client.get("/static/app.css", headers=asked).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("name", ["%00", "app.css%00", "app.css/x", "a" * 3000])
def test_a_name_that_no_file_can_have_is_a_page_we_do_not_have(street: Street, name: str) -> None:
    assert street.client.get(f"/static/{name}", headers=SENT_BY_A_BROWSER).status_code == 404
