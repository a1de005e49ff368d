"""Taking a table along as a file, out of what is about other people: confirmed, by a link that serves once, and marked.

People take their own tables as they like. Of everything else a file is given for an address that carries a sign of its
own, made once the reader has confirmed that it is them: for this session and this address, within 15 minutes, one time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.words import Name, Words, words
from portal.access.scope import limit, organisations
from portal.access.table import Relationship, Resource
from portal.accounts import commands as accounts
from portal.once import First, first, remember
from portal.people.model import Client
from portal.site import guard
from portal.site.page import Asked, Go
from portal.site.routing import Route
from portal.work import NotVisible, Refusal, Work

ASKS = "/files"  # the page that asks for the password: accounts/file_pages.py
LASTS = timedelta(minutes=15)  # SECURITY, section 10
MOST = accounts.Limit("take-along", 60, timedelta(hours=1))  # our own choice: files of other people, for one account
SIGN = "once"
NOBODYS = frozenset({Resource.PRICES, Resource.ACCOUNT})  # published, or one's own
#: Open to everybody who is signed in; each lists those that the reader may see.
OF_MANY = {
    "GET /": Resource.IDENTITY,
    "GET /due": Resource.IDENTITY,
    "GET /price-changes/{run_id:uuid}": Resource.BUDGET,
}


def own(work: Work, client_id: UUID) -> bool:
    """Whether it is the client who acts, in their own record."""
    return any(tie.relationship is Relationship.CLIENT for tie in work.facts_of(client_id).ties)


def out_of(work: Work, route: Route, client_id: UUID | None) -> Resource | None:
    """Out of which part of other people's records a file is taken; None when it is one's own or nobody's."""
    many = OF_MANY.get(route.name)
    resource = many or (route.access[0] if route.access else None)
    if work.account_id is None or resource is None or resource in NOBODYS:
        return None
    alone = own(work, client_id) if client_id is not None else many is not None and _sees_nobody_else(work)
    return None if alone else resource


def _sees_nobody_else(work: Work) -> bool:
    """Whether a list of everybody whom the reader may see holds their own record alone."""
    if work.session.scalars(organisations(work)).first() is not None:
        return False
    return all(own(work, one) for one in work.session.scalars(limit(select(Client.id), work, Client)))


def address(asked: Asked) -> str:
    """The address of a file, without the sign that it may be taken."""
    return f"{asked.path}?{urlencode({name: value for name, value in asked.query.items() if name != SIGN})}"


def signed(work: Work, bound_to: str, at: str) -> str:
    """The address with its sign."""
    until = int((work.now + LASTS).timestamp())
    sign = guard.signed(work.house.keys.session, _purpose(bound_to, at), f"{until}-{secrets.token_hex(8)}")
    return f"{at}&{urlencode({SIGN: sign})}"


def detour(work: Work, asked: Asked, bound_to: str) -> Go | None:
    """Where to go first: None when this address carries a sign that still serves."""
    if _number(work, asked, bound_to) is not None:
        return None
    at = address(asked)
    return Go(signed(work, bound_to, at) if work.stepped_up else f"{ASKS}?{urlencode({'at': at})}")


def burn(work: Work, asked: Asked, bound_to: str) -> None:
    """Let the sign serve no second time, in the transaction that keeps who took the file; NotVisible if it has."""
    number = _number(work, asked, bound_to)
    if number is None:
        raise NotVisible
    if not accounts.count_try(work, MOST, str(work.account_id)):
        raise Refusal(accounts.TOO_MANY)
    remember(work.session, _sender(bound_to), number, First(asked.path, "file"), work.now)


def mark(work: Work) -> Words:
    """What stands below a table that was taken along."""
    return words("Taken along by {name}, {moment}.", name=Name(work.actor.name), moment=work.now)


def _number(work: Work, asked: Asked, bound_to: str) -> str | None:
    key = work.house.keys.session
    text = guard.verified(key, _purpose(bound_to, address(asked)), asked.query.get(SIGN, ""))
    if text is None or int(text.partition("-")[0]) < work.now.timestamp():
        return None
    return None if _used(work.session, bound_to, text) else text


def _used(session: Session, bound_to: str, number: str) -> bool:
    return first(session, _sender(bound_to), number) is not None


def _purpose(bound_to: str, at: str) -> str:
    return f"file|{bound_to}|{at}"


def _sender(bound_to: str) -> str:
    return guard.token(b"file", bound_to)


def client_of(params: Mapping[str, Any]) -> UUID | None:
    """Whose record an address is about."""
    found = params.get("client_id")
    return found if isinstance(found, UUID) else None
