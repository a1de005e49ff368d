"""Another language in the midst of writing, where no script runs: every form of the portal keeps what was typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest
from sqlalchemy import func, select

from portal.journal import JournalEntry
from tests.house.street import Street
from tests.journeys.ways import kind_of
from tests.person import ADDRESS, SENT_BY_A_BROWSER, Person

#: What can be typed into; numbers that save themselves in a row of the sheet have one press, and no languages.
TYPED = """.//textarea | .//input[not(@type='hidden' or @type='password' or @type='radio' or @type='checkbox'
 or @type='file')]"""
WORDS = "Halfway through a sentence 12"


def test_every_form_keeps_what_was_typed_when_another_language_is_chosen_in_it(street: Street) -> None:
    street.walk()
    wrong, tried = [], set[str]()
    before = _entries(street)
    for page, key in sorted({(page, key) for _action, page, key in street.forms.values()}):
        person = street.people[key]
        for form in person.open(page).page.xpath("//form[@method='post']"):
            kind = kind_of(form.get("action"))
            if kind in tried or not form.xpath(TYPED) or "quick" in (form.get("class") or "").split():
                continue
            tag = "zh-Hans" if person.page.get("lang") == "ar" else "ar"
            tried.add(kind)
            wrong += [f"{key}: {page}: {form.get('id')}: {why}" for why in _switched(street, person, page, form, tag)]
    assert wrong == []
    assert len(tried) > 50
    assert _entries(street) - before <= 3 * len(tried)  # the language somebody chose, and who looked: nothing of a form


@pytest.mark.parametrize(("page", "leads"), [("/speak-up", True), ("/start", True), ("/", False)])
def test_the_head_of_a_page_leads_to_the_languages_below_where_somebody_can_type(
    person: Person, page: str, leads: bool
) -> None:
    links = person.open(page).page.xpath("//header//noscript//a[@href='#languages-below']")
    assert len(links) == leads
    assert len(person.page.xpath("//*[@id='languages-below']")) == 1


def _switched(street: Street, person: Person, page: str, form: Any, tag: str) -> list[str]:
    buttons = form.xpath(".//noscript//button[@name='_language' and @value=$tag]", tag=tag)
    if len(buttons) != 1:
        return ["no way to choose a language"]
    sent = dict(form.form_values())
    names = [each.get("name") for each in form.xpath(TYPED)]
    sent |= dict.fromkeys(names, WORDS) | {"_language": tag}
    street.client.cookies = person.cookies
    address = urljoin(page, buttons[0].get("formaction"))
    headers = {**SENT_BY_A_BROWSER, "Referer": urljoin(ADDRESS, page)}
    answer = street.client.post(address, data=sent, headers=headers, follow_redirects=False)
    if answer.status_code != 200:
        return [f"answered {answer.status_code}"]
    found = lxml.html.fromstring(answer.text)
    again = found.xpath("//form[@id=$id]", id=form.get("id"))
    if found.get("lang") != tag:
        return [f"is in {found.get('lang')}"]
    if len(again) != 1:
        return ["is not there any more"]
    kept = [each for name in names for each in again[0].xpath(TYPED) if each.get("name") == name]
    return [
        f"{each.get('name')} lost what was typed"
        for each in kept
        if ((each.text or "").removeprefix("\n") if each.tag == "textarea" else each.get("value")) != WORDS
    ]


def _entries(street: Street) -> int:
    with street.coplan.open_reading() as work:
        return work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0
