"""Everybody of the demonstration at once, and the addresses they come across by following links."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
from litestar.testing import TestClient
from sqlalchemy import select

from portal.accounts.model import Account
from portal.app import Coplan
from portal.demonstration.cast import CAST
from portal.language import LANGUAGES
from portal.site.routing import PUBLIC, Route
from tests.builders import signed_in
from tests.house.amounts import SPARED, unexplained
from tests.journeys.ways import kind_of
from tests.person import SENT_BY_A_BROWSER, Person


class Queue(Protocol):
    """The folder that all processes share, for one of them at a time (tests/conftest.py)."""

    def __call__(self, over: str, *, wait: bool) -> AbstractContextManager[Path]: ...


@dataclass
class Street:
    """The people by their key; ``found[person]`` are the addresses each came across, by route."""

    coplan: Coplan
    client: TestClient[Any]
    alone: Queue
    people: dict[str, Person] = field(default_factory=dict)
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)  #: by person: an address of each kind of page
    wrong: list[str] = field(default_factory=list)  #: links that lead nowhere, and pages that are not whole
    bare: list[str] = field(default_factory=list)  #: amounts that are explained nowhere, with their page
    forms: dict[str, tuple[str, str, str]] = field(
        default_factory=dict
    )  #: by verb, or where it looks: address, page, who saw it

    def __post_init__(self) -> None:
        with self.coplan.open_reading() as work:
            accounts = {one.login: one for one in work.session.scalars(select(Account))}
        for member in CAST:
            self.people[member.key] = signed_in(Person(self.client, self.coplan), accounts[member.login])

    def ask(self, address: str, person: Person | None = None) -> httpx.Response:
        """What one request is answered with, as this person or signed out; nothing is followed."""
        self.client.cookies = person.cookies if person else httpx.Cookies()
        answer: httpx.Response = self.client.get(address, headers=SENT_BY_A_BROWSER, follow_redirects=False)
        self.client.cookies = httpx.Cookies()
        return answer

    @property
    def pages(self) -> list[Route]:
        """Every page of the portal."""
        return [route for route in self.coplan.routes if route.method == "GET"]

    def route(self, address: str) -> Route | None:
        """The page an address leads to; the one without parameters when several fit."""
        fits = [page for page in self.pages if page.pattern.match(urlsplit(address).path)]
        return min(fits, key=lambda page: page.path.count("{"), default=None)

    def walk(self) -> dict[str, dict[str, list[str]]]:
        """Let everybody follow every kind of link they see, once; returns what each of them found.

        One walk serves every copy of the same demonstration: addresses are the same in all of them.
        """
        if not self.found:
            walked = dict(self._walked())
            for key in self.people:
                self.found[key], self.kinds[key], wrong, bare, forms = walked[key]
                self.wrong += wrong
                self.bare += bare
                self.forms = {verb: (*where, key) for verb, where in forms.items()} | self.forms
        return self.found

    def _walked(self) -> Iterator[tuple[str, Any]]:
        """Everybody's walk. Processes that come at the same time share the people: nobody waits while one is left."""
        left = list(self.people)
        for patient in (False, True):
            for key in tuple(left):
                try:
                    with self.alone(f"walk of {key}", wait=patient) as shared:
                        known = shared / f"walked by {key}.json"
                        if not known.exists():
                            known.write_text(json.dumps(self._walk(key, self.people[key])))
                    left.remove(key)
                    yield key, json.loads(known.read_text())
                except BlockingIOError:  # another process walks with them now
                    continue

    def _walk(self, key: str, person: Person) -> tuple[Any, ...]:
        found: dict[str, list[str]] = {}
        kinds: dict[str, str] = {}
        wrong: list[str] = []
        bare: list[str] = []
        forms: dict[str, tuple[str, str]] = {}
        sent: set[str] = set()  # kinds of addresses that forms are sent to
        (language,) = (LANGUAGES[member.language] for member in CAST if member.key == key)
        ahead, unlinked = deque(["/"]), deque(page.path for page in self.pages if "{" not in page.path)
        while ahead or unlinked:
            linked = bool(ahead)
            address = ahead.popleft() if linked else unlinked.popleft()
            if (kind := kind_of(address)) in kinds:
                continue
            route = self.route(address)
            if route is None or route.path == "/leave":
                continue
            person.open(address)
            if person.status >= 400:
                wrong += [f"{key}: {address} answered {person.status}"] * (linked or person.status >= 500)
                continue
            kinds[kind] = address
            found.setdefault(route.path, []).append(address)
            if "html" not in person.answer.headers.get("content-type", ""):
                continue
            page = person.page
            theirs = linked and f"GET {route.path}" not in PUBLIC  # what is for everybody is in the visitor's language
            if theirs and (page.get("lang"), page.get("dir")) != (language.html_lang, language.dir):
                wrong.append(f"{key}: {address} is in {page.get('lang')}, {page.get('dir')}")
            if linked and len(page.xpath("//h1")) != 1:
                wrong.append(f"{key}: {address} has {len(page.xpath('//h1'))} main headings")
            if route.path not in SPARED:
                bare += [f"{key}: {address}: {text}" for text in unexplained(page)]
            for action in page.xpath("//form[@method='post']/@action"):
                if (kind := kind_of(action)) not in sent:
                    sent.add(kind)
                    if verb := self._verb(action):
                        forms.setdefault(verb, (action, person.address))
            for action in page.xpath("//form[@method='get']/@action"):
                forms.setdefault(f"look {kind_of(action)}", (action, person.address))
            hrefs = [link.split("#")[0] for link in page.xpath("//a/@href")]
            ahead.extend(href for href in hrefs if _leads_on(href))
        return found, kinds, wrong, bare, forms

    def _verb(self, action: str) -> str | None:
        verbs = [route for route in self.coplan.routes if route.method == "POST"]
        fits = [route for route in verbs if route.pattern.match(urlsplit(action).path)]
        return min(fits, key=lambda route: route.path.count("{")).name if fits else None

    def one_of_each(self) -> dict[str, tuple[str, str]]:
        """For each page that somebody reached: an address, and who found it."""
        reached: dict[str, tuple[str, str]] = {}
        for key, seen in self.walk().items():
            for path, addresses in seen.items():
                if addresses:
                    reached.setdefault(path, (addresses[0], key))
        return reached

    def one_of_each_kind(self) -> dict[str, tuple[str, str]]:
        """The same for each kind of page: one page shown in several ways is of several kinds."""
        self.walk()
        reached: dict[str, tuple[str, str]] = {}
        for key, kinds in self.kinds.items():
            for kind, address in kinds.items():
                reached.setdefault(kind, (address, key))
        return reached


def _leads_on(href: str) -> bool:
    """Whether a link leads to another page here, not to this one in another language or as a table."""
    return href.startswith("/") and not href.startswith("//") and not re.search("[?&](lang|table)=", href)
