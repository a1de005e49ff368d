"""Another language in the midst of writing, where no script runs: every form of the portal keeps what was typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urljoin

import httpx
import lxml.html
import pytest
from sqlalchemy import func, select

from portal.journal import JournalEntry
from tests.house.street import Street
from tests.journeys.ways import kind_of
from tests.person import ADDRESS, SENT_BY_A_BROWSER, Person

#: What can be typed into.
TYPED = """.//textarea | .//input[not(@type='hidden' or @type='password' or @type='radio' or @type='checkbox'
 or @type='file')]"""
WORDS = "Halfway through a sentence 12"


def test_every_form_keeps_what_was_typed_when_another_language_is_chosen_in_it(street: Street) -> None:
    street.walk()
    wrong, tried = [], set[str]()
    before = _entries(street)
    pages = {
        (page, key) for _action, page, key in street.forms.values() if page != "/style"
    }  # it only shows its fields
    for page, key in sorted(pages):
        person = street.people[key]
        for form in person.open(page).page.xpath("//form[@action]"):
            kind = f"{form.get('method')} {kind_of(form.get('action'))}"
            if kind in tried or not form.xpath(TYPED):
                continue
            tag = "zh-Hans" if person.page.get("lang") == "ar" else "ar"
            tried.add(kind)
            wrong += [f"{key}: {page}: {form.get('id')}: {why}" for why in _switched(street, person, page, form, tag)]
    assert wrong == []
    assert len(tried) > 60
    assert len([kind for kind in tried if kind.startswith("get ")]) > 8
    assert any(kind.endswith("/quick") for kind in tried)
    assert _entries(street) - before <= 3 * len(tried)  # the language somebody chose, and who looked: nothing of a form


@pytest.mark.parametrize(("page", "leads"), [("/speak-up", True), ("/start", True), ("/", False)])
def test_the_head_of_a_page_leads_to_the_languages_below_where_somebody_can_type(
    person: Person, page: str, leads: bool
) -> None:
    links = person.open(page).page.xpath("//header//noscript//a[@href='#languages-below']")
    assert len(links) == leads
    assert len(person.page.xpath("//*[@id='languages-below']")) == 1


@pytest.mark.parametrize(("asked", "tag"), [("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("AR", "ar"), ("zh-TW", "en-AU")])
def test_an_address_may_name_a_language_as_freely_as_a_browser_and_it_is_remembered(
    person: Person, asked: str, tag: str
) -> None:
    assert person.open(f"/supports?lang={asked}").page.get("lang") == tag
    assert person.open("/supports").page.get("lang") == tag


def _switched(street: Street, person: Person, page: str, form: Any, tag: str) -> list[str]:
    typed = {each.get("name"): _typed(form, each) for each in form.xpath(TYPED)}
    sent = dict(form.form_values()) | typed
    if form.xpath(".//noscript/button[@name='_language']"):  # in a row of the sheet one press leads to the languages
        answer = _pressed(street, person, page, form, sent, "noscript/button")
        (form,) = lxml.html.fromstring(answer.text).xpath("//form[@id=$id]", id=form.get("id"))
    if len(form.xpath(f".//noscript//button[@value='{tag}']")) != 1:
        return ["no way to choose a language"]
    answer = _pressed(street, person, page, form, sent, f"noscript//button[@value='{tag}']")
    if answer.status_code != 200:
        return [f"answered {answer.status_code}"]
    found = lxml.html.fromstring(answer.text)
    again = found.xpath("//form[@id=$id]", id=form.get("id"))
    if found.get("lang") != tag:
        return [f"is in {found.get('lang')}"]
    if len(again) != 1:
        return ["is not there any more"]
    kept = [each for each in again[0].xpath(TYPED) if each.get("name") in typed]
    return [f"{each.get('name')} lost what was typed" for each in kept if _says(each) != typed[each.get("name")]]


def _says(each: Any) -> str | None:
    return (each.text or "").removeprefix("\n") if each.tag == "textarea" else each.get("value")


def _typed(form: Any, each: Any) -> str:
    """Something nobody expects there; where a form only looks for something, a picker of days holds a day."""
    return "2026-12-24" if form.get("method") == "get" and each.get("type") == "date" else WORDS


def _pressed(street: Street, person: Person, page: str, form: Any, sent: dict[str, Any], which: str) -> httpx.Response:
    """What a browser without script is answered when one of the languages of a form is pressed."""
    button = form.xpath(f".//{which}")[0]
    street.client.cookies = person.cookies
    address = urljoin(page, button.get("formaction")).partition("#")[0]
    headers = {**SENT_BY_A_BROWSER, "Referer": urljoin(ADDRESS, page)}
    fields = sent | {button.get("name"): button.get("value")}
    if form.get("method") == "get":
        address = f"{address.partition('?')[0]}?{urlencode(fields)}"
        answer = street.client.get(address, headers=headers, follow_redirects=False)
    else:
        answer = street.client.post(address, data=fields, headers=headers, follow_redirects=False)
    street.client.cookies = httpx.Cookies()
    return answer


def _entries(street: Street) -> int:
    with street.coplan.open_reading() as work:
        return work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0
