"""Visits in somebody's own calendar: a secret address that can be ended, and the file it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from budgeting.words import Name, Value, words
from portal.access.table import Action, Resource
from portal.accounts import commands as accounts, queries as account_queries
from portal.accounts.model import Role
from portal.language import choose, show
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import feed_commands, feed_queries, feeds
from portal.plans.feed_model import CalendarFeed, FeedTitle
from portal.site import forms
from portal.site.page import File, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

OWN = (Resource.ACCOUNT, Action.READ)
CHANGE_OWN = (Resource.ACCOUNT, Action.WRITE)
OURS = "ours"
FETCHED = accounts.Limit("calendar", 60, timedelta(hours=1))  # of one address; a calendar asks about once an hour
TITLES = {
    FeedTitle.DISCREET: words("Only “Visit”"),
    FeedTitle.SUPPORT: words("The support, and who it is with"),
}


@get("/calendars", access=OWN)
def calendars(work: Work) -> View:
    """One's own calendar addresses: what each covers, when it was last used, and how to end it."""
    clients = _clients(work)
    found = feed_queries.feeds(work)
    values: dict[str, Any] = {
        "feeds": [_row(one, clients) for one in found],
        "options": _options(work, clients),
        "titles": [(title.value, show(text)) for title, text in TITLES.items()],
    }
    return View("plans/calendars.html", values)


def _clients(work: Work) -> Mapping[UUID, Client]:
    """Whose plan the reader may read now."""
    everyone = {one.id: one for one in people.everyone(work)}
    allowed = people.those(work, Resource.PLAN, Action.READ, everyone) if everyone else ()
    return {key: one for key, one in everyone.items() if key in allowed}


def _options(work: Work, clients: Mapping[UUID, Client]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(str(one.id), show(Name(one.name))) for one in clients.values()]
    if Role.PROVIDER_STAFF in account_queries.roles(work):
        found.append((OURS, show(words("Everything my organisation delivers"))))
    return found


def _row(one: CalendarFeed, clients: Mapping[UUID, Client]) -> dict[str, Any]:
    covers: Value = words("Everything my organisation delivers")
    if one.covers_id is not None:
        known = clients.get(one.covers_id)
        covers = Name(known.name) if known else words("Nothing any more: it is not shared with you now")
    return {
        "id": one.id,
        "covers": covers,
        "title": TITLES[one.title],
        "made": one.made_at,
        "used": one.used_at,
    }


@dataclass(frozen=True)
class FeedForm:
    covers: str = forms.text(40)
    title: FeedTitle = forms.choice(FeedTitle)


@post("/calendars", access=CHANGE_OWN, form=FeedForm, view=calendars)
def make(work: Work, form: FeedForm) -> View:
    """Make an address; it is shown once."""
    if form.covers not in {key for key, _ in _options(work, _clients(work))}:
        raise Refusal(words("Choose one of the answers."), "covers")
    client_id = None if form.covers == OURS else UUID(form.covers)
    return _shown(work, feed_commands.make_feed(work, account_queries.account_of(work), client_id, form.title))


def _shown(work: Work, secret: str) -> View:
    address = f"{work.house.settings.base_url}/calendar/{secret}.ics"
    return View("plans/calendar_made.html", {"address": address}, again="/calendars")


@post("/calendars/{feed_id:uuid}/end", access=CHANGE_OWN, view=calendars)
def end(work: Work, feed_id: UUID) -> Stay:
    """End an address at once."""
    feed_commands.end_feed(work, account_queries.account_of(work), feed_id)
    return Stay(words("Ended. The address shows nothing any more."))


@post("/calendars/{feed_id:uuid}/anew", access=CHANGE_OWN, view=calendars)
def anew(work: Work, feed_id: UUID) -> View:
    """End an address and make another that covers the same, for when somebody else may know it."""
    account = account_queries.account_of(work)
    old = feed_commands.end_feed(work, account, feed_id)
    return _shown(work, feed_commands.make_feed(work, account, old.covers_id, old.title))


@get("/calendar/{secret:str}", cookieless=True)
def calendar(work: Work, secret: str) -> File:
    """The visits, for whoever holds the secret, as far as its holder may see them at this moment."""
    secret = secret.removesuffix(".ics")
    found = feed_queries.by_secret(work, secret)
    if found is None:
        raise NotVisible
    feed, holder = found
    if not _within_limit(work, feed.id):
        raise Refusal(accounts.TOO_MANY)
    seen = feed_queries.as_holder(work, holder)
    entries, open_by = feed_queries.entries(seen, feed), feed_queries.open_by(seen, feed)
    content = feeds.calendar(entries, feed.title, choose(holder.language), work.now, open_by)

    def looked(later: Work) -> None:
        accounts.count_try(later, FETCHED, str(feed.id))
        feed_commands.mark_used(later, feed.id)

    return File("visits.ics", content, "text/calendar", looked)


def _within_limit(work: Work, feed_id: UUID) -> bool:
    """Whether one address was not fetched too often in this hour."""
    window = int(FETCHED.window.total_seconds())
    return account_queries.tries(work, FETCHED.name, window, str(feed_id)) < FETCHED.tries
