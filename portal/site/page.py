"""What a handler answers with: a view to show, or where to go after a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from budgeting.words import Words
from portal.language import Language
from portal.people.model import Client
from portal.work import Work


@dataclass(frozen=True)
class Asked:
    """The part of the request a handler may know: address, query, whether only a fragment is wanted, language."""

    path: str
    query: Mapping[str, str]
    htmx: bool
    language: Language
    device: str = ""
    network: str = ""
    page: str = ""  # the address of the page that is shown, also after one of its forms was sent
    gzip: bool = False  # whether the browser reads compressed answers
    has: frozenset[str] = frozenset()  # marks of the rows that the browser shows already; those are not sent again


@dataclass(frozen=True)
class View:
    """A page: its template, the fragment it contains (what htmx gets), and ready values.

    ``client`` is whose record this is, for the navigation. ``again`` is where a second sending of the same form leads,
    when a verb answers with a view that is shown once. ``own`` is said of a fragment that comes only when the reader
    herself asks our script for it: nobody else can make it say their words, so that it may travel compressed.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fragment: str | None = None
    client: Client | None = None
    status: int = 200
    own: bool = False
    again: str | None = None
    looked: Callable[[Work], None] | None = None  #: notes who looked, in a transaction of its own, once it is shown


@dataclass(frozen=True)
class Cookie:
    """A cookie to set; an empty value removes it. ``session`` cookies end with the browser."""

    name: str
    value: str
    seconds: int | None = None


@dataclass(frozen=True)
class Go:
    """After a verb: lead the reader to another page, with one sentence that says what happened."""

    url: str
    say: Words | None = None
    cookies: tuple[Cookie, ...] = ()
    clear_site_data: bool = False
    away: bool = False  #: to a foreign page (the payment page)


@dataclass(frozen=True)
class Stay:
    """After a verb: show the page the form was on again, fresh from the database."""

    say: Words | None = None
    cookies: tuple[Cookie, ...] = ()


@dataclass(frozen=True)
class No:
    """Not done, and shown in the form like a refusal; but what was written (a counted try) is kept."""

    sentence: Words
    field: str | None = None


@dataclass(frozen=True)
class File:
    """A download, served as an attachment."""

    name: str
    content: bytes
    media_type: str
    looked: Callable[[Work], None] | None = None  #: as for a view


@dataclass(frozen=True)
class Listen:
    """For a page that is open: ``mark`` changes whenever what the reader may see of a record does, and tells nothing.

    Asked for as a stream of events it goes on telling (see ``live.py``); asked for plainly it is told once. A page
    about many people names them in ``around``, and its mark is asked for at most once in ``patience`` seconds, or less
    often when that takes long. Only where a page says who else has it open are those ``together``: nobody learns from
    any other that somebody looks now. ``others`` changes with those of them whom the reader may see; it is not asked
    for with ``?what=changed``.
    """

    client_id: UUID | None
    about: UUID
    account_id: UUID
    mark: str
    around: frozenset[UUID] = frozenset()
    patience: int = 0
    together: bool = False
    others: str = ""


Answer = View | Go | Stay | No | File | Listen
