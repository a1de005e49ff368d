"""Every form of the portal, filled with what people, phones and strangers may send: never an error of ours."""

from __future__ import annotations

import html
from dataclasses import fields
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from sqlalchemy import func, select

from portal.journal import JournalEntry
from portal.site.routing import Route
from tests.house.street import Street
from tests.person import SENT_BY_A_BROWSER, Person

#: Whatever is typed, it is typed into every field of the form at once.
TYPED: dict[str, list[str]] = {
    "nothing": [],
    "only spaces": ["   "],
    "very long": ["9" * 20_000],
    "negative": ["-1"],
    "other digits": ["١٢٬٣٤٥٫٦٧"],
    "right to left": ["\u202eשלום مرحبا\u202c"],
    "emoji and a null byte": ["🐨\x00 é <b>&"],
    "a day that does not exist": ["2026-02-30"],
    "a record of somebody else": [str(UUID(int=2**64))],
    "the same field many times": ["1", "2", "x"],
}
KEPT = {"a day that does not exist", "right to left", "very long"}  #: where it is looked whether it is still there
WRITTEN = """.//textarea[@name=$name] | .//input[@name=$name and
 not(@type='hidden' or @type='password' or @type='radio' or @type='checkbox' or @type='file')]"""
OWN_WORDS = "Written while somebody else was quicker"
ENDS_THE_VISIT = {"POST /leave", "POST /sign-in", "POST /try", "POST /account/close", "POST /account/leave-everywhere"}


@pytest.fixture(scope="module")
def verbs(street: Street) -> list[tuple[Route, str, Person, dict[str, str]]]:
    """Each verb whose form somebody saw: its address, who saw it, and the hidden fields every form carries."""
    street.walk()
    found, opened = [], dict[tuple[str, str], Any]()
    for route in street.coplan.routes:
        if route.name not in street.forms or route.name in ENDS_THE_VISIT:
            continue
        action, page, key = street.forms[route.name]
        person = street.people[key]
        if (key, page) not in opened:  # one page often has the forms of many verbs
            opened[key, page] = person.open(page).page
        form = opened[key, page].xpath("//form[@method='post' and @action=$action]", action=action)[0]
        hidden = {name: form.xpath(f"string(.//input[@name='{name}']/@value)") for name in ("_csrf", "_key", "_form")}
        found.append((route, action, person, hidden))
    return found


def test_no_form_that_was_opened_before_somebody_else_changed_the_thing_is_carried_out(street: Street) -> None:
    street.walk()
    wrong, conflicts, opened = [], set[str](), dict[tuple[str, str], Any]()
    for number, route in enumerate(street.coplan.routes):
        if route.name not in street.forms or "version" not in {part.name for part in fields(route.form)}:
            continue
        action, page, key = street.forms[route.name]
        person = street.people[key]
        if (key, page) not in opened:
            opened[key, page] = person.open(page).page
        form = opened[key, page].xpath("//form[@method='post' and @action=$action]", action=action)[0]
        written = {each.get("name"): OWN_WORDS for each in form.xpath(".//textarea")}
        sent = {**dict(form.form_values()), **written, "_key": f"{number:016}-stale"}
        sent["version"] = str(int(sent.get("version") or 0) + 1_000)
        street.client.cookies, before = person.cookies, _entries(street)
        answer = street.client.post(action, data=sent, headers=SENT_BY_A_BROWSER, follow_redirects=False)
        if answer.status_code not in (409, 422) and _entries(street) > before:  # else nothing was done
            wrong.append(f"{route.name}: {answer.status_code}")
        if answer.status_code == 409:
            conflicts.add(route.name)
            kept = html.unescape(answer.text).count(OWN_WORDS)
            wrong += [f"{route.name}: lost what was typed"] if kept < len(written) else []
    assert wrong == []
    assert len(conflicts) > 40


@pytest.mark.parametrize("kind", TYPED)
def test_no_form_is_broken_by_what_is_typed(
    street: Street, verbs: list[tuple[Route, str, Person, dict[str, str]]], kind: str
) -> None:
    wrong = []
    for number, (route, action, person, hidden) in enumerate(verbs):
        names = [part.name for part in fields(route.form) if not part.metadata.get("file")]
        if not names:
            continue
        values: dict[str, Any] = dict.fromkeys(names, TYPED[kind])
        sent = {**hidden, "_key": f"{number:016}-{kind}", **values}
        street.client.cookies = person.cookies
        answer = street.client.post(action, data=sent, headers=SENT_BY_A_BROWSER, follow_redirects=False)
        if answer.status_code >= 500:
            wrong.append(f"{route.name}: {answer.status_code}")
        if answer.status_code == 422 and kind in KEPT:
            wrong += [f"{route.name}: {name} lost what was typed" for name in _lost(answer.text, hidden, values, kind)]
    assert wrong == []


def _lost(page: str, hidden: dict[str, str], values: dict[str, Any], kind: str) -> list[str]:
    """The fields of a refused form in which a person does not find again what they typed."""
    forms = lxml.html.fromstring(page).xpath("//form[.//input[@name='_form' and @value=$id]]", id=hidden["_form"])
    if not forms:  # the page has moved on: then what was written in more than one word stands on a page of its own
        own_words = html.unescape(page)
        return [name for name in values if len(TYPED[kind][0].split()) > 1 and TYPED[kind][0] not in own_words]
    lost = []
    for name in values:
        typed = forms[0].xpath(WRITTEN, name=name)
        now = [(each.text or "").removeprefix("\n") if each.tag == "textarea" else each.get("value") for each in typed]
        if typed and TYPED[kind][0] not in now:
            lost.append(name)
    return lost


def test_most_forms_of_the_portal_were_seen(street: Street) -> None:
    street.walk()
    assert len(street.forms) >= 50


def _entries(street: Street) -> int:
    with street.coplan.open_reading() as work:
        return work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0
