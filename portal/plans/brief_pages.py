"""What each provider sees, decided by the client: the exact brief with its switches, who opened it, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from budgeting.explain.describe import in_one_phrase
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.events import PARTS as RECORD_PARTS
from portal.people import queries as people
from portal.people.model import Client, Tie
from portal.plans import queries, request_queries, rows, sharing_commands, sharing_queries
from portal.plans.access_ends import after
from portal.plans.brief_showing import TITLES, shown, switches
from portal.plans.model import Brief
from portal.plans.sharing_events import PARTS
from portal.plans.sharing_model import Shared
from portal.plans.sharing_parts import SHOWN_AT_FIRST, Sensitive
from portal.plans.sharing_queries import Copy, Opened
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Work

SEE = (Resource.CONSENTS, Action.READ)
DECIDE = (Resource.CIRCLE, Action.WRITE)
LASTS = timedelta(days=365)  # SECURITY section 2.2: a consent ends after 12 months unless it says otherwise


@dataclass(frozen=True)
class ProviderRow:
    """One provider as the client finds it: how things stand, and where to decide what it sees."""

    name: Name
    badge: str
    state: Words
    sees: str | None  #: where its brief is shown as it reads it
    place: str | None  #: where its access can be ended


@get("/people/{client_id:uuid}/providers", access=SEE)
def providers(work: Work, client_id: UUID) -> View:
    """Every provider around the plan: what it sees, whether it answered, and whose access has ended.

    NotVisible for whoever may not read what providers were sent: they would be told that there is nothing.
    """
    client = people.client(work, client_id)
    work.demand(Resource.REQUEST, Action.READ, client.id)
    places = sharing_queries.places(work, client)
    today = work.today(client)
    now = [tie for tie in places if sharing_queries.goes_on(tie, today)]
    past = [tie for tie in places if tie not in now and tie.starts <= today]
    briefs = sharing_queries.newest_briefs(work, client)
    names = queries.provider_names(
        work, [*(one.provider_id for one in briefs), *(tie.organisation_id for tie in places)]
    )
    listed = [_row(client, brief, now, names) for brief in briefs]
    sent = {brief.provider_id for brief in briefs}
    for tie in now:
        if tie.organisation_id and tie.organisation_id not in sent:
            asked = words("In your circle. It has no part of the plan.")
            listed.append(ProviderRow(names[tie.organisation_id], "", asked, None, _place(client, tie)))
    values = {
        "providers": listed,
        "ended": [
            (names[tie.organisation_id], _ended_on(work, client, tie), f"{_place(client, tie)}/receipt")
            for tie in past
            if tie.organisation_id
        ],
        "own": people.is_own(work, client),
        "person": Name(client.name),
    }
    return View("plans/providers.html", values, client=client)


def _row(client: Client, brief: Brief, places: Sequence[Tie], names: Mapping[UUID, Name]) -> ProviderRow:
    place = next((tie for tie in places if tie.organisation_id == brief.provider_id), None)
    gone = brief.provider_id is not None and place is None
    return ProviderRow(
        name=queries.called(brief, names),
        badge="" if gone else rows.BADGES[brief.state],
        state=words("Its access has ended") if gone else rows.ANSWERS[brief.state],
        sees=None if gone else f"/people/{client.id}/providers/{brief.id}",
        place=_place(client, place) if place else None,
    )


def _place(client: Client, tie: Tie) -> str:
    return f"/people/{client.id}/circle/{tie.id}"


def _ended_on(work: Work, client: Client, tie: Tie) -> date:
    ended = work.today(client)
    if tie.ends is not None:
        ended = tie.ends
    return _day(client, tie.revoked_at) if tie.revoked_at else ended


# What one provider sees


@get("/people/{client_id:uuid}/providers/{brief_id:uuid}", access=SEE)
def sees(work: Work, client_id: UUID, brief_id: UUID) -> View:
    """Exactly what a provider reads, a switch for each sensitive part, and who opened it when."""
    client = people.client(work, client_id)
    brief = queries.brief_of_client(work, client, brief_id)
    provider = (brief.provider_id, brief.provider_name)
    found = switches(work, brief, client, provider)
    on = {one.part for one in found if one.on}
    copies = sharing_queries.copies(work, client, provider)
    tie = sharing_queries.place_of(work, client, brief.provider_id) if brief.provider_id else None
    lasting = [one.until for one in found if one.on and one.until]
    values = {
        **shown(work, brief, on),
        "preview": True,
        "switches": found,
        "until": max(lasting, default=work.today(client) + LASTS).isoformat(),
        "may_hide": work.can(Resource.CIRCLE, Action.WRITE, client.id),
        "people": sharing_queries.people_of(work, brief.provider_id) if brief.provider_id else [],
        "opened": [_opened_row(one) for one in sharing_queries.opened(work, [one.brief for one in copies])],
        "links": [one.brief.token_ends_at for one in _linked(work, copies)],
        "copies": [
            (one.number, one.starts, one.brief.read_at, f"/people/{client.id}/providers/{one.brief.id}")
            for one in copies
        ],
        "address": f"/people/{client.id}/providers/{brief.id}",
        "place": _place(client, tie) if tie and sharing_queries.goes_on(tie, work.today(client)) else None,
        "own": people.is_own(work, client),
        "days": after(work.today(client)).days,
    }
    return View("plans/sees.html", values, client=client)


def _linked(work: Work, copies: Sequence[Copy]) -> list[Copy]:
    """The copies that somebody can open with a one-time link now."""
    return [one for one in copies if (ends := one.brief.token_ends_at) is not None and ends > work.now]


@post("/people/{client_id:uuid}/providers/{brief_id:uuid}/end-link", access=DECIDE, view=sees)
def end_link(work: Work, client_id: UUID, brief_id: UUID) -> Stay:
    """End every one-time link of this provider."""
    client = people.client(work, client_id)
    brief = queries.brief_of_client(work, client, brief_id)
    for one in _linked(work, sharing_queries.copies(work, client, (brief.provider_id, brief.provider_name))):
        sharing_commands.end_link(work, one.brief)
    return Stay(words("The link has ended. Nobody can open it any more."))


def _opened_row(one: Opened) -> dict[str, Any]:
    who = one.who if one.who and one.who.text else words("Whoever held the one-time link")
    parts = in_one_phrase([PARTS[part] for part in one.shown]) if one.shown else None
    return {"at": one.at, "who": who, "version": one.version, "parts": parts}


@dataclass(frozen=True)
class SwitchesForm:
    communicate: bool = forms.tick()
    culture: bool = forms.tick()
    goal: bool = forms.tick()
    story: bool = forms.tick()
    address: bool = forms.tick()
    phone: bool = forms.tick()
    ends: date = forms.day()


@post("/people/{client_id:uuid}/providers/{brief_id:uuid}", access=DECIDE, form=SwitchesForm, view=sees)
def decide(work: Work, form: SwitchesForm, client_id: UUID, brief_id: UUID) -> Stay:
    """Show and hide: hiding needs nothing more, showing asks for a fresh confirmation."""
    client = people.client(work, client_id)
    brief = queries.brief_of_client(work, client, brief_id)
    provider = (brief.provider_id, brief.provider_name)
    before = {one.part: one for one in switches(work, brief, client, provider)}
    for part, now in before.items():
        wanted = getattr(form, part.value)
        if now.on and not wanted:
            sharing_commands.hide(work, client, provider, part)
        elif wanted and (not now.on or now.until not in (None, form.ends)):
            sharing_commands.show(work, client, provider, part, form.ends)
    return Stay(words("Saved. It holds from the next page they open."))


# When access has ended


Until = date | datetime | None


def _shared(client: Client, tie: Tie, decided: Sequence[Shared]) -> list[tuple[Words, date, Until]]:
    """What was shown beside the supports, and what everybody is shown at first, no longer than their access lasted.

    Empty where it was that alone.
    """
    ended = tie.revoked_at or tie.ends

    def until(last: Until) -> Until:
        return last if last and (not ended or _day(client, last) <= _day(client, ended)) else ended

    found = [(TITLES[one.part], one.starts, until(one.ended_at or one.ends)) for one in decided if one.shows]
    first_decided = {one.part: one.decided_at for one in decided}  # the latest comes first
    at_first = [
        (TITLES[part], tie.starts, until(first_decided.get(part))) for part in Sensitive if part in SHOWN_AT_FIRST
    ]
    return [*at_first, *found] if found else []


def _day(client: Client, at: date | datetime) -> date:
    return client.by_the_clock(at).date() if isinstance(at, datetime) else at


@get("/people/{client_id:uuid}/circle/{tie_id:uuid}/receipt", access=SEE)
def receipt(work: Work, client_id: UUID, tie_id: UUID) -> View:
    """What a provider could see, until when, and what its people opened: to keep or to print."""
    client = people.client(work, client_id)
    tie = sharing_queries.provider_tie(work, client, tie_id)
    assert tie.organisation_id is not None, "a provider is an organisation"
    provider = (tie.organisation_id, "")
    copies = sharing_queries.copies(work, client, provider)
    decided = sharing_queries.decisions(work, client, provider)
    may_ask_who_looked = work.can(Resource.LOOKED, Action.READ, client.id)
    values = {
        "provider": queries.provider_names(work, [tie.organisation_id])[tie.organisation_id],
        "person": Name(client.name),
        "own": people.is_own(work, client),
        "since": tie.starts,
        "ended": tie.revoked_at or tie.ends,
        "at_once": tie.revoked_at is not None,
        "goes_on": sharing_queries.goes_on(tie, work.today(client)),
        "supports": sharing_queries.supports_of(work, client, tie.organisation_id),
        "asked": (asked := request_queries.asked_of(work, client, tie.organisation_id)),
        "named": any(with_name for _, with_name in asked),
        "copies": [(one.number, one.starts, one.brief.read_at) for one in copies],
        "shared": _shared(client, tie, decided),
        "opened": [_opened_row(one) for one in sharing_queries.opened(work, [one.brief for one in copies])],
        "looked": [
            (at, who, RECORD_PARTS[resource])
            for at, who, resource in sharing_queries.looked_at(work, client, tie.organisation_id)
            if resource in RECORD_PARTS and may_ask_who_looked
        ],
        "back_href": f"/people/{client.id}/providers",
    }
    return View("plans/receipt.html", values, client=client)
