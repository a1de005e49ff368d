"""Every form of the portal, filled with what people, phones and strangers may send: never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest

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
ENDS_THE_VISIT = {"POST /leave", "POST /sign-in", "POST /try", "POST /account/close", "POST /account/leave-everywhere"}


def _verbs(street: Street) -> Iterator[tuple[Route, str, Person]]:
    """Each verb whose form somebody saw: its address, and who saw it, with that page open."""
    street.walk()
    for route in street.coplan.routes:
        if route.name in street.forms and route.name not in ENDS_THE_VISIT:
            action, page, key = street.forms[route.name]
            yield route, action, street.people[key].open(page)


@pytest.fixture(scope="module")
def verbs(street: Street) -> list[tuple[Route, str, Person, dict[str, str]]]:
    """The same with the hidden fields every form carries."""
    found = []
    for route, action, person in _verbs(street):
        hidden = {name: person.page.xpath(f"string(//input[@name='{name}']/@value)") for name in ("_csrf", "_key")}
        found.append((route, action, person, hidden))
    return found


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
        sent = {**hidden, "_key": f"{number:08}{kind:>16}"[:40], "_form": "typed", **values}
        street.client.cookies = person.cookies
        answer = street.client.post(action, data=sent, headers=SENT_BY_A_BROWSER, follow_redirects=False)
        if answer.status_code >= 500:
            wrong.append(f"{route.name}: {answer.status_code}")
    assert wrong == []


def test_most_forms_of_the_portal_were_seen(street: Street) -> None:
    street.walk()
    assert len(street.forms) >= 50


def test_what_was_typed_is_still_there_when_a_form_comes_back(street: Street) -> None:
    typed = "Tues­day 🐨 <b>&\u202e"
    client = street.people["mei"].open("/").page.xpath("string(//a[starts-with(@href, '/people/')]/@href)")
    person = street.people["mei"].open(f"{client.rstrip('/')}/proposals")
    action = f"{client}/proposals"
    forms = [form for form in person.page.forms if form.get("action") == action]
    values = dict(forms[0].form_values()) | {"title": typed, "starts": "2026-02-30"}
    street.client.cookies = person.cookies
    answer = street.client.post(action, data=values, headers=SENT_BY_A_BROWSER, follow_redirects=False)
    assert answer.status_code == 422
    person.answer = answer
    again = person.page.xpath("//input[@name='title']/@value")
    assert typed in again
    assert "2026-02-30" in person.page.xpath("//input[@name='starts']/@value")
