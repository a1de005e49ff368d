"""Everybody of the demonstration at once, and the addresses they come across by following links."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from litestar.testing import TestClient

from portal.app import Coplan
from portal.demonstration.cast import CAST, PASSWORD
from portal.site.routing import Route
from tests.person import SENT_BY_A_BROWSER, Person

MOST = 1  # addresses of one page that one person visits


@dataclass
class Street:
    """The people by their key; ``found[person]`` are the addresses each came across, by route."""

    coplan: Coplan
    client: TestClient[Any]
    alone: Callable[[], AbstractContextManager[Path]]  #: the folder that all tests of this run share, for one at a time
    people: dict[str, Person] = field(default_factory=dict)
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    forms: dict[str, tuple[str, str, str]] = field(default_factory=dict)  #: by verb: address, page with it, who saw it

    def __post_init__(self) -> None:
        for member in CAST:
            self.people[member.key] = Person(self.client).sign_in(member.login, PASSWORD)

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
            with self.alone() as shared:
                known = shared / "walked.json"
                if not known.exists():
                    for key, person in self.people.items():
                        self.found[key] = self._walk(key, person)
                    known.write_text(json.dumps([self.found, self.dead, self.forms]))
                self.found, self.dead, self.forms = json.loads(known.read_text())
        return self.found

    def _walk(self, key: str, person: Person) -> dict[str, list[str]]:
        ahead = [page.path for page in self.pages if "{" not in page.path and page.path != "/leave"]
        seen: dict[str, list[str]] = {}
        while ahead:
            address = ahead.pop(0)
            route = self.route(address)
            if route is None or route.path == "/leave":
                continue
            visited = seen.setdefault(route.path, [])
            if address in visited or len(visited) >= MOST:
                continue
            linked = "{" in route.path
            person.open(address)
            if person.status >= 400:
                self.dead += [f"{key}: {address} answered {person.status}"] * (linked or person.status >= 500)
                continue
            visited.append(address)
            if "html" in person.answer.headers.get("content-type", ""):
                for action in person.page.xpath("//form[@method='post']/@action"):
                    self._keep(action, person.address, key)
                hrefs = [link.split("#")[0] for link in person.page.xpath("//a/@href")]
                ahead += [href for href in hrefs if href.startswith("/") and not href.startswith("//")]
        return seen

    def _keep(self, action: str, page: str, key: str) -> None:
        verbs = [route for route in self.coplan.routes if route.method == "POST"]
        fits = [route for route in verbs if route.pattern.match(urlsplit(action).path)]
        if fits:
            verb = min(fits, key=lambda route: route.path.count("{"))
            self.forms.setdefault(verb.name, (action, page, key))

    def one_of_each(self) -> dict[str, tuple[str, str]]:
        """For each page that somebody reached: an address, and who found it."""
        reached: dict[str, tuple[str, str]] = {}
        for key, seen in self.walk().items():
            for path, addresses in seen.items():
                if addresses:
                    reached.setdefault(path, (addresses[0], key))
        return reached
