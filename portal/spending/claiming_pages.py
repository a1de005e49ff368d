"""Claims for us: what a provider or a plan manager may claim, what is missing, and the file for the agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.money import Money, total
from budgeting.programs.ndis.bulk_claims import Because, File as ClaimFile, files, layout, ready
from budgeting.spending import EntryState
from budgeting.spending.totals import by_provider
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding.terms import NDIS
from portal.language import plain, show
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import File, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Content, Table
from portal.spending import claim_commands, claim_queries, commands
from portal.spending.claim_queries import Claimable, Party
from portal.spending.claim_rows import Row, by_when, rows
from portal.work import NotVisible, Refusal, Work

SEE = (Resource.BUDGET, Action.READ)
ANSWER = (Resource.BUDGET, Action.COMMENT)
OUTCOMES = (EntryState.CLAIMED, EntryState.PAID, EntryState.REFUSED)
MOST_TICKS = 100
CSV = "text/csv"


@get("/claiming", access=SEE)
def claiming(work: Work, incoming: Incoming) -> View:
    """What the reader's organisations may claim now."""
    chosen = _chosen(incoming.posted.fields.get("because", ()))
    parties = [_party(work, one, chosen) for one in claim_queries.parties(work)]
    form = layout(work.day)
    values = {"parties": parties, "layout": form, "today_typed": work.day.isoformat()}
    return View("spending/claiming.html", values)


def _party(work: Work, party: Party, chosen: Mapping[UUID, Because]) -> dict[str, Any]:
    found = _rows(work, party, chosen)
    made = _files(found, work)
    return {
        "party": party,
        "managed": list(claim_queries.managed(work, party).items()) if party.plan_manager else [],
        "rows": found,
        "table": _table(party, found, work.day) if found else None,
        "ready": ready(sum(1 for one in found if one.ready), len(found)) if found else None,
        "why": [(one, _reasons(one), _key(one)) for one in found if one.asks_why],
        "files": [(number, one) for number, one in enumerate(made)],
        "open": any(not one.ready for one in found),
        "ticks": [_tick(one) for one in found[:MOST_TICKS]] if party.plan_manager else [],
        "ticked": [_ticked(one) for one in claim_queries.ticked(work, party)] if party.plan_manager else [],
    }


def _tick(one: Row) -> tuple[str, Any]:
    """An invoice as an answer to tick: its id and version, and the words beside it."""
    return f"{one.of.entry.id}.{one.of.entry.version}", show(_claim(one.of))


def _ticked(one: Claimable) -> tuple[Claimable, Words]:
    """An invoice of which the plan manager said what became of it, and the words beside it."""
    return one, _claim(one)


def _claim(of: Claimable) -> Words:
    entry = of.entry
    claim = words("{provider}, {day}: {amount}", provider=of.provider, day=entry.first, amount=entry.amount)
    return words("{client}: {claim}", client=of.client, claim=claim)


def _rows(work: Work, party: Party, chosen: Mapping[UUID, Because]) -> list[Row]:
    found = claim_queries.claimable(work, party)
    return rows(party, found, catalogue.editions(work, NDIS), work.day, chosen) if found else []


def _files(found: Sequence[Row], work: Work) -> tuple[ClaimFile, ...]:
    return files([one.claim for one in found if one.ready], work.day)


def _table(party: Party, found: Sequence[Row], today: date) -> Table:
    columns = (
        Column(words("For")),
        Column(words("First day")),
        Column(words("What it was")),
        Column(words("Hours or number"), numeric=True),
        Column(words("Price"), numeric=True),
        Column(words("Amount"), numeric=True),
        Column(words("Claim reference")),
        Column(words("Claim by")),
        Column(words("Perhaps already by")),
        Column(words("What is missing"), wide=True),
    )
    cells: list[tuple[Content, ...]] = []
    for one in found:
        amount = one.claim.amount
        missing: Content = Cell(words("Ready"), badge="ok") if one.ready else _together(one)
        cells.append(
            (
                Cell(one.of.client, note=one.of.provider if party.plan_manager else None),
                one.claim.first,
                Cell(one.support, note=Name(one.claim.item) if one.claim.item else None),
                one.claim.minutes or one.claim.quantity,
                one.claim.unit_price,
                amount,
                one.claim.reference,
                *by_when(one.claim.first, one.of.entry.state, today, NDIS),
                missing,
            )
        )
    amounts = [(one.of.client, one.claim.amount) for one in found if one.claim.amount is not None]
    whole = by_provider(words("What you may claim now"), amounts)
    foot: tuple[Content, ...] = (words("Together"), "", "", "", "", whole, "", "", "", "")
    return Table(f"claims-{party.organisation.id.hex[:8]}", words("What you may claim now"), columns, cells, foot)


def _together(one: Row) -> Cell:
    first, *more = one.troubles
    note = words("{first} {second}", first=more[0], second=more[1]) if len(more) > 1 else more[0] if more else None
    return Cell(first, note=note)


def _reasons(one: Row) -> list[tuple[str, str]]:
    return [(f"{one.of.entry.id}:{because.value}", plain(because.words)) for because in Because]


def _key(one: Row) -> str:
    """The answer that is chosen already, if any."""
    return f"{one.of.entry.id}:{one.claim.because.value}" if one.claim.because else ""


def _chosen(typed: Sequence[str]) -> dict[UUID, Because]:
    """The reasons that were chosen: "id:NSDH" for each cancellation; what cannot be read was not chosen."""
    found = {}
    for one in typed:
        key, _, code = one.partition(":")
        try:
            found[UUID(key)] = Because(code)
        except ValueError:
            continue
    return found


@dataclass(frozen=True)
class RegistrationForm:
    version: int = forms.version()
    registration: str = forms.text(20)


@post("/claiming/{organisation_id:uuid}/number", access=SEE, form=RegistrationForm, view=claiming)
def tell_registration(work: Work, form: RegistrationForm, organisation_id: UUID) -> Stay:
    """The registration number under which an organisation claims."""
    claim_commands.tell_registration(work, organisation_id, form.version, form.registration)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class OutcomeForm:
    entries: tuple[str, ...] = forms.texts(most=MOST_TICKS, longest=60)
    outcome: EntryState = forms.choice(EntryState)
    on: date = forms.day()
    reference: str = forms.text(80, required=False)


@post("/claiming/{organisation_id:uuid}/paid", access=ANSWER, form=OutcomeForm, view=claiming)
def tick_paid(work: Work, form: OutcomeForm, organisation_id: UUID) -> Stay:
    """What became of invoices that a plan manager was to pay."""
    party = claim_queries.party(work, organisation_id)
    if not party.plan_manager or form.outcome not in OUTCOMES:
        raise NotVisible
    if not form.entries:
        raise Refusal(words("Tick at least one of them."), "entries")
    known = {str(one.entry.id): one.entry for one in claim_queries.claimable(work, party)}
    for key in form.entries:
        written, _, version = key.partition(".")
        if written not in known or not version.isdecimal():
            raise Refusal(words("This has gone on since. The page shows it as it is now."), "entries")
        commands.answer(work, known[written], int(version), form.outcome, form.on, form.reference)
    return Stay(nwords("{n} claim is ticked off.", "{n} claims are ticked off.", len(form.entries)))


@dataclass(frozen=True)
class BackForm:
    entry: UUID = forms.record_id()
    version: int = forms.version()


@post("/claiming/{organisation_id:uuid}/back", access=ANSWER, form=BackForm, view=claiming)
def take_back(work: Work, form: BackForm, organisation_id: UUID) -> Stay:
    """Take back what a plan manager ticked off wrongly."""
    party = claim_queries.party(work, organisation_id)
    known = {one.entry.id: one.entry for one in claim_queries.ticked(work, party)}
    if not party.plan_manager or form.entry not in known:
        raise Refusal(words("This has gone on since. The page shows it as it is now."))
    commands.take_back_answer(work, known[form.entry], form.version)
    return Stay(words("Taken back."))


@dataclass(frozen=True)
class FileForm:
    because: tuple[str, ...] = forms.texts(most=150, longest=60)
    part: int = forms.number(most=999)


@post("/claiming/{organisation_id:uuid}/file", access=SEE, form=FileForm, view=claiming)
def take_out(work: Work, form: FileForm, organisation_id: UUID) -> File:
    """The claims that are ready, as the file the agency reads; each client's history says that it was taken out."""
    party = claim_queries.party(work, organisation_id)
    found = [one for one in _rows(work, party, _chosen(form.because)) if one.ready]
    made = files([one.claim for one in found], work.day)
    if form.part >= len(made):
        raise Refusal(words("No claim is ready. Look at what is missing first."))
    most = layout(work.day).most_rows
    counted: dict[UUID, list[Money]] = {}
    for one in found[form.part * most : (form.part + 1) * most]:
        if one.claim.amount is not None:
            counted.setdefault(one.of.entry.client_id, []).append(one.claim.amount)
    amounts = [total(each) for each in counted.values()]
    claim_commands.take_out(work, list(counted), [len(each) for each in counted.values()], amounts)
    return File(f"claims-{work.day:%Y-%m-%d}-{form.part + 1}.csv", made[form.part].text.encode("ascii"), CSV)
