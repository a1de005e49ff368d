"""Claims: the sheet of a self-manager, what plan manager and providers claim, and what claims need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from budgeting.explain import Figure
from budgeting.spending.totals import by_provider
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.accounts.model import Organisation
from portal.funding import queries as funding
from portal.funding.terms import NDIS, SUPPORT_AT_HOME
from portal.language import plain, show
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Asked, Stay, View
from portal.site.paging import paged
from portal.site.routing import get, post
from portal.spending import claim_commands, claim_queries, commands, queries, rows as entry_rows
from portal.spending.book import Book, book
from portal.spending.claim_rows import MOST_TICKS, Names, Sheet, as_text, called, claim_sheet, option, sheet, short
from portal.spending.model import Delivered
from portal.spending.standing import Standing
from portal.work import Refusal, Work

SEE = (Resource.BUDGET, Action.READ)
EDIT = (Resource.BUDGET, Action.WRITE)
PAGE = 50
WORTH = 8  # claims that are worth a look, told above the sheet
PAID, REFUSED = "paid", "refused"


@get("/people/{client_id:uuid}/claims", access=SEE)
def claims(work: Work, asked: Asked, client_id: UUID) -> View:
    """What was delivered and is not paid yet, by who claims it, with the last day for each."""
    client = people.client(work, client_id)
    plan = funding.current(work, client)
    own, today = people.is_own(work, client), work.today(client)
    aged = plan is not None and plan.program == SUPPORT_AT_HOME
    values: dict[str, Any] = {"own": own, "aged": aged, "today_typed": today.isoformat()}
    if not aged:
        values |= _sheet(work, asked, client, today, plan.program if plan else NDIS)
    return View("spending/claims.html", values, "spending/_claims.html", client)


def _sheet(work: Work, asked: Asked, client: Client, today: date, program: str) -> dict[str, Any]:
    kept = book(work, client)
    found = _by_claimer(kept)
    worth = [one for one in found.open if entry_rows.worth(kept.findings(one))]
    delivered = [one for group in (found.open, found.on_the_way, found.done) for one in group]
    delivered += [*found.plan_managed, *found.agency_managed, *found.unknown]
    names, base = _names(work, delivered), f"/people/{client.id}"
    page = paged(found.open, asked, PAGE, "claim-sheet")
    table = claim_sheet(page.rows, found.open, names, base, today, program) if found.open else None
    number = claim_queries.number(work, client)
    return {
        "any": bool(delivered) or found.questioned > 0,
        "sheet": found,
        "to_claim": _together(words("To claim"), found.open, names),
        "on_the_way": _together(words("Claimed, and not paid yet"), found.on_the_way, names),
        "table": table,
        "worth": [entry_rows.row(kept, one) for one in worth[:WORTH]],
        "worth_all": len(worth),
        "page": page,
        "text": as_text(table) if table else "",
        "ticks": _ticks(found.open, names),
        "paid_ticks": _ticks(found.on_the_way, names),
        "others": _others(asked, found, names, base, today, program),
        "recorded": claim_queries.recorded(work, client, found.agency_managed),
        "standings": [(one.value, plain(one.words)) for one in Standing],
        "number": number.number if number else "",
        "number_version": number.version if number else 0,
    }


def _together(label: Words, rows: Sequence[Delivered], names: Names) -> Figure:
    return by_provider(label, [(called(one, names)[0], one.amount) for one in rows])


def _by_claimer(kept: Book) -> Sheet:
    """The entries of a client, the oldest support first: it is the most urgent."""
    pairs = zip(kept.rows, (one.management for one in kept.placed), strict=True)
    return sheet(sorted(pairs, key=lambda pair: (pair[0].first, pair[0].entered_at)))


def _ticks(rows: Sequence[Delivered], names: Names) -> list[tuple[str, Any]]:
    return [(key, show(text)) for key, text in (option(one, names) for one in rows[:MOST_TICKS])]


def _others(asked: Asked, found: Sheet, names: Names, base: str, today: date, program: str) -> dict[str, Any]:
    tables = {
        "way": ("on-the-way", words("Claimed, and not paid yet"), found.on_the_way),
        "done": ("claims-done", words("Paid or refused"), tuple(reversed(found.done))),
        "plan": ("plan-managed", words("Claimed by the plan manager"), found.plan_managed),
        "agency": ("agency-managed", words("Claimed by providers"), found.agency_managed),
        "unknown": ("nobody-known", words("Who manages the money is not known"), found.unknown),
    }
    shown: dict[str, Any] = {}
    for name, (key, caption, rows) in tables.items():
        page = paged(rows, asked, PAGE, key)
        table = short(key, caption, page.rows, rows, names, base, today, program) if rows else None
        shown[name] = {"table": table, "page": page} if rows else None
    return shown


def _names(work: Work, delivered: Sequence[Delivered]) -> Names:
    wanted = select(Organisation.id, Organisation.name, Organisation.abn).where(
        Organisation.id.in_({one.provider_id for one in delivered} - {None})
    )
    return {row.id: (Name(row.name), row.abn or "") for row in work.session.execute(wanted)}


@dataclass(frozen=True)
class TickForm:
    entries: tuple[str, ...] = forms.texts(most=MOST_TICKS, longest=60)
    on: date = forms.day()
    reference: str = forms.text(80, required=False)


@post("/people/{client_id:uuid}/claims/claimed", access=EDIT, form=TickForm, view=claims)
def tick_claimed(work: Work, form: TickForm, client_id: UUID) -> Stay:
    """Tick off what was claimed."""
    ticked = _ticked(work, people.client(work, client_id), form.entries)
    for entry, version in ticked:
        commands.claim(work, entry, version, form.on, form.reference)
    return Stay(nwords("{n} claim is ticked off.", "{n} claims are ticked off.", len(ticked)))


@dataclass(frozen=True)
class OutcomeForm(TickForm):
    outcome: str = forms.one_of((PAID, REFUSED))


@post("/people/{client_id:uuid}/claims/paid", access=EDIT, form=OutcomeForm, view=claims)
def tick_paid(work: Work, form: OutcomeForm, client_id: UUID) -> Stay:
    """Tick off what was paid, or refused."""
    ticked = _ticked(work, people.client(work, client_id), form.entries)
    for entry, version in ticked:
        if form.outcome == PAID:
            commands.pay(work, entry, version, form.on, form.reference)
        else:
            commands.refuse(work, entry, version, form.on)
    return Stay(nwords("{n} claim is ticked off.", "{n} claims are ticked off.", len(ticked)))


def _ticked(work: Work, client: Client, keys: Sequence[str]) -> list[tuple[Delivered, int]]:
    """The entries that were ticked, each with the version that the page showed; Refusal when there is none."""
    if not keys:
        raise Refusal(words("Tick at least one of them."), "entries")
    found = []
    for key in keys:
        written, _, version = key.partition(".")
        try:
            found.append((queries.entry(work, client, UUID(written)), int(version)))
        except ValueError:
            raise Refusal(words("Choose from the answers shown."), "entries") from None
    return found


@dataclass(frozen=True)
class NumberForm:
    version: int = forms.version()
    number: str = forms.text(20)


@post("/people/{client_id:uuid}/claims/number", access=EDIT, form=NumberForm, view=claims)
def tell_number(work: Work, form: NumberForm, client_id: UUID) -> Stay:
    """The number under which the agency knows the client."""
    claim_commands.tell_number(work, people.client(work, client_id), form.version, form.number)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class StandingForm:
    version: int = forms.version()
    provider: UUID | None = forms.record_id(required=False)
    name: str = forms.text(200, required=False)
    standing: Standing = forms.choice(Standing)
    since: date | None = forms.day(required=False)


@post("/people/{client_id:uuid}/claims/provider", access=EDIT, form=StandingForm, view=claims)
def tell_standing(work: Work, form: StandingForm, client_id: UUID) -> Stay:
    """Whether the agency has a provider recorded as "my provider"."""
    client = people.client(work, client_id)
    known = claim_queries.recorded(work, client, _by_claimer(book(work, client)).agency_managed)
    keys = {(one.provider_id, "" if one.provider_id else one.name.text) for one in known}
    if (form.provider, form.name) not in keys:
        raise Refusal(words("Choose one of the providers shown."))
    claim_commands.tell_standing(work, client, form.version, form.provider, form.name, form.standing, form.since)
    return Stay(words("Saved."))
