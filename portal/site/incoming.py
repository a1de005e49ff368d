"""A request as plain values, and what its forms are bound to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from portal.site import guard
from portal.site.forms import Posted
from portal.site.page import Asked
from portal.site.routing import Route, came_from


@dataclass(frozen=True)
class Incoming:
    """One request, as plain values."""

    route: Route
    params: Mapping[str, Any]
    asked: Asked
    posted: Posted
    body: bytes
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    host: str
    token: str | None
    visitor: str

    @property
    def unsafe(self) -> bool:
        return self.route.method != "GET"

    @property
    def by_itself(self) -> bool:
        """Whether an open page asks, and not its reader."""
        return self.route.by_itself or (not self.unsafe and "coplan-by-itself" in self.headers)


def as_its_page(incoming: Incoming) -> Incoming:
    """A form, or a piece of a page, is answered in the language that its page was asked for with ``?lang=``."""
    asked = incoming.asked
    if "lang" in asked.query or not (incoming.unsafe or asked.htmx):
        return incoming
    wish = parse_qs(came_from(incoming.headers.get("referer", "")).query).get("lang")
    return replace(incoming, asked=replace(asked, query={**asked.query, "lang": wish[0]})) if wish else incoming


def bound_to(incoming: Incoming) -> str:
    """What the forms of a session (or of a visitor) are bound to; it tells nothing of the session's token."""
    if incoming.route.cookieless:
        return "nobody"
    return hashlib.sha256((incoming.token or f"visitor|{incoming.visitor}").encode()).hexdigest()


def kept_for(incoming: Incoming) -> str:
    """What a form is bound to that outlived its session: the same browser sends it once more, under its own key."""
    of = f"{guard.writer_of(incoming.posted)}|{guard.key_of(incoming.posted)}"
    kept = f"kept|{incoming.visitor}|{incoming.asked.path}|{of}"
    return hashlib.sha256(kept.encode(errors="surrogatepass")).hexdigest()
