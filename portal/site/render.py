"""Turns answers into responses: the page or its fragment, with everything the templates may use."""

from __future__ import annotations

import base64
import gzip
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from jinja2 import Environment
from jinja2.utils import Namespace
from markupsafe import Markup

from budgeting.words import Words
from portal.access.table import Action, Relationship, Resource
from portal.language import LANGUAGES, OFFERED, Language, choose, current, known, plain
from portal.people.model import Client
from portal.settings import Keys, Mode, Settings
from portal.site import guard
from portal.site.errors import Rejected
from portal.site.examples import EXAMPLES
from portal.site.page import Asked, Cookie, File, Go, Listen, View
from portal.site.switching import Typing
from portal.templating import page
from portal.work import Actor, Work

STATIC = Path(__file__).parent / "static"
PACKED = 4  #: how hard an answer is compressed: a third of a millisecond for 10,000 bytes


@dataclass(frozen=True)
class Reply:
    """A finished response."""

    status: int
    body: bytes
    media_type: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[Cookie, ...] = ()
    listen: Listen | None = None
    once: bool = False  #: a file about other people, by an address that serves once


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation, already in the reader's language."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Me:
    """What the header shows of the person who is signed in."""

    name: str

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split()[:2]).upper()


Entry = tuple[Words, str, Resource | None]  # label, address (may hold {client_id}), what one must be able to read


@lru_cache(maxsize=200)
def asset(path: str) -> str:
    """The address of a static file, with its hash so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]
    return f"/static/{path}?v={digest}"


@lru_cache(maxsize=500)
def _label(text: str, language: Language) -> str:
    return plain(Words(text), language)


def _here(asked: Asked) -> str:
    """The address of this page without its language, to come back to."""
    query = urlencode({name: value for name, value in asked.query.items() if name != "lang"})
    return f"{asked.path}?{query}" if query else asked.path


def _table(asked: Asked, key: str, kind: str) -> str:
    """The address of a table of this page as a file, in the language of the page."""
    return f"{asked.page or asked.path}?{urlencode({**asked.query, 'table': key, 'as': kind})}"


def _with_language(url: str, tag: str) -> str:
    found = urlsplit(url)
    query = [pair for pair in parse_qsl(found.query, keep_blank_values=True) if pair[0] != "lang"]
    return urlunsplit(found._replace(query=urlencode([*query, ("lang", tag)])))


class Renderer:
    """Holds the one template environment and what is common to all pages."""

    def __init__(
        self,
        settings: Settings,
        keys: Keys,
        env: Environment,
        of_client: Sequence[Entry],
        of_portal: Callable[[Work], Sequence[Entry]],
    ) -> None:
        self.settings = settings
        self.keys = keys
        self.env = env
        self._of_client = of_client
        self._of_portal = of_portal
        self.offered = OFFERED if settings.mode is Mode.PRODUCTION else (*OFFERED, "en-XA")
        env.globals.update(asset=asset, new_key=lambda: secrets.token_urlsafe(16), demo=settings.demo)
        env.globals |= {"example_of": EXAMPLES, "action_in": _with_language}

    def choose_language(self, asked: str | None, *others: str | None) -> Language:
        """The address wins, then the person, the cookie, the browser."""
        return choose(self._tag(asked), *others)

    def _tag(self, wish: str | None) -> str | None:
        """The language that an address asks for, as freely written as browsers may: zh, zh-CN, AR."""
        tag = known(wish or "")
        return tag if tag in self.offered else None

    def view(
        self,
        work: Work,
        view: View,
        asked: Asked,
        bound_to: str,
        rejected: Rejected | None = None,
        say: Words | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> Reply:
        """A page, or only its fragment for htmx; a refused form keeps its status."""
        said, sent = self._said(asked, cookies or {}, say)
        fragment = asked.htmx and view.fragment is not None
        shown = self._context(work, work.actor, view.client, asked, bound_to, rejected, said, fragment)
        template = self.env.get_template(view.fragment if fragment and view.fragment else view.template)
        with page({**shown, **view.values}) as values:
            body = values["typing"].put_together(template.generate(values))
        if fragment and said:
            body += Markup('<div id="live" data-hx-swap-oob="innerHTML">{}</div>').format(said).encode()
        packed = fragment and view.own and asked.gzip
        return Reply(
            rejected.status if rejected else view.status,
            gzip.compress(body, PACKED, mtime=0) if packed else body,
            headers={"Content-Encoding": "gzip"} if packed else {},
            cookies=(*sent, *self._remember_language(asked)),
        )

    def alone(self, view: View, asked: Asked, actor: Actor, bound_to: str, writer: str = "") -> Reply:
        """A page that needs no database: for errors. ``writer``: whose form it holds, when that is not the reader."""
        values = {**self._context(None, actor, None, asked, bound_to, None, None, False), **view.values}
        if writer:
            values["csrf"] = f"{guard.token(self.keys.session, bound_to)}.{writer}"
        headers = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"} if asked.htmx else {}
        with page(values) as written:
            body = written["typing"].put_together(self.env.get_template(view.template).generate(written))
        return Reply(view.status, body, headers=headers)

    def go(self, answer: Go, asked: Asked) -> Reply:
        """303 to another page; htmx is told to load it whole. What is to be said travels signed, for a minute."""
        cookies = answer.cookies
        if answer.say is not None:
            text = base64.urlsafe_b64encode(plain(answer.say).encode()).decode()
            cookies = (*cookies, Cookie("said", guard.signed(self.keys.session, "said", text), 60))
        headers = {"HX-Redirect" if asked.htmx else "Location": self._in_language(answer.url, asked)}
        if answer.clear_site_data:
            headers["Clear-Site-Data"] = '"cache", "storage"'
        return Reply(200 if asked.htmx else 303, b"", headers=headers, cookies=cookies)

    def _in_language(self, url: str, asked: Asked) -> str:
        """Our own address, in the language that was asked for with ``?lang=``; foreign addresses as they are."""
        tag = self._tag(asked.query.get("lang"))
        if tag is None or not url.startswith("/") or "lang=" in url:
            return url
        return _with_language(url, tag)

    def file(self, answer: File) -> Reply:
        """A download, never shown inside the portal."""
        name = "".join(letter for letter in answer.name if letter.isprintable() and letter not in '"\\/')
        ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
        disposition = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
        headers = {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
        return Reply(200, answer.content, answer.media_type, headers)

    def to_sign_in(self, asked: Asked, unsafe: bool) -> Reply:
        """Lead someone who is signed out to the door, and back afterwards."""
        return self.go(Go("/sign-in" if unsafe else f"/sign-in?{urlencode({'next': _here(asked)})}"), asked)

    def _remember_language(self, asked: Asked) -> tuple[Cookie, ...]:
        tag = self._tag(asked.query.get("lang"))
        return (Cookie("lang", tag, 31_536_000),) if tag else ()

    def _said(
        self, asked: Asked, cookies: Mapping[str, str], say: Words | None
    ) -> tuple[str | None, tuple[Cookie, ...]]:
        if say is not None:
            return plain(say), ()
        text = guard.verified(self.keys.session, "said", cookies.get("said", ""))
        if asked.htmx or text is None:
            return None, ()
        return base64.urlsafe_b64decode(text).decode(), (Cookie("said", "", 0),)

    def _context(
        self,
        work: Work | None,
        actor: Actor,
        client: Client | None,
        asked: Asked,
        bound_to: str,
        rejected: Rejected | None,
        said: str | None,
        fragment: bool,
    ) -> dict[str, Any]:
        language = current.get()

        def can(resource: str, action: str, record: Any = None) -> bool:
            return work is not None and work.can(
                Resource(resource), Action(action), client.id if client else None, record
            )

        return {
            "lang": language,
            "languages": [
                (tag, LANGUAGES[tag].own_name, LANGUAGES[tag].html_lang, LANGUAGES[tag].dir) for tag in OFFERED
            ],
            "url_with_lang": lambda tag: f"{asked.path}?{urlencode({**asked.query, 'lang': tag})}",
            "me": Me(actor.name) if actor.account_id else None,
            "csrf": f"{guard.token(self.keys.session, bound_to)}.{guard.writer(self.keys.session, actor.account_id)}",
            "path": asked.path,
            "asked_lang": self._tag(asked.query.get("lang")),
            "here": _here(asked),
            "has": asked.has if fragment else frozenset(),
            "table_address": lambda key, kind: _table(asked, key, kind),
            "nav": [] if fragment or work is None else self._nav(work, client, asked),
            "rejected": rejected,
            "form_state": Namespace(labels={}, differ=0),
            "typing": Typing(fragment),
            "said": said,
            "can": can,
            "client": client,
            "said_of_them": bool(work and client and not _is_own(work, client)),
            "stepped_up": work is not None and work.stepped_up,
            "idle_seconds": int(actor.idle.total_seconds()),
        }

    def _nav(self, work: Work, client: Client | None, asked: Asked) -> list[NavItem]:
        entries = list(self._of_portal(work)) if client is None else list(self._of_client)
        items = []
        for label, address, resource in entries:
            href = address.format(client_id=client.id) if client else address
            if resource is None or work.can(resource, Action.READ, client.id if client else None):
                here = asked.path == href or (href.count("/") > 2 and asked.path.startswith(href + "/"))
                items.append(NavItem(_label(label.text, current.get()), href, here))
        return items


def _is_own(work: Work, client: Client) -> bool:
    """Whether the reader is this client, who is spoken to as "you"; told by what was asked about them already."""
    return any(tie.relationship is Relationship.CLIENT for tie in work.facts_of(client.id).ties)
