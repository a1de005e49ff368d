"""Spending: what was really delivered, the money in five words, and one entry with what is worth a look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.explain import shown as shown_name
from budgeting.explain.describe import listed
from budgeting.programs.ndis.claims import gst_code, gst_in
from budgeting.quotation import Finding, Level
from budgeting.spending import ClaimType, EntryState
from budgeting.spending.checks import last_claim
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.language import choose, month_name, plain, show
from portal.people import queries as people
from portal.people.model import Client
from portal.reading import Unreadable, read_day
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Asked, Go, Stay, View
from portal.site.paging import paged
from portal.site.routing import get, post
from portal.spending import commands, entering, queries, rows
from portal.spending.book import Book, book
from portal.spending.model import OPEN, Delivered
from portal.work import Work

SEE = (Resource.BUDGET, Action.READ)
EDIT = (Resource.BUDGET, Action.WRITE)
PAGE = 50
WORTH = 8  # entries that are worth a look, told above the list
SORTS = {"day": words("Latest first"), "oldest": words("Oldest first"), "amount": words("Largest first")}


@get("/people/{client_id:uuid}/spending", access=SEE)
def spending(work: Work, asked: Asked, client_id: UUID) -> View:
    """Everything that was delivered, with the money in five words."""
    client = people.client(work, client_id)
    found = book(work, client)
    wanted = _wanted(asked.query)
    fitting = wanted.of(found)
    worth = [one for one in found.rows if rows.worth(found.findings(one))]
    page = paged(fitting, asked, PAGE)
    values = {
        "own": people.is_own(work, client),
        "base": f"/people/{client.id}/spending",
        "parts": rows.parts(found),
        "nowhere": rows.nowhere(found),
        "earlier": rows.earlier(found),
        "no_plan": found.plan.current is None and work.can(Resource.PLAN, Action.READ, client.id),
        "worth": [rows.row(found, one) for one in [one for one in worth if one.open][:WORTH]],
        "worth_all": len(worth),
        "any": bool(found.rows),
        "page": page,
        "table": rows.table(found, page.rows, fitting),
        "wanted": wanted,
        "filtered": wanted != rows.Wanted(sort=wanted.sort),
        "months": [(day.isoformat()[:7], month_name(day)) for day in rows.months(found.rows)],
        "providers": [(key, show(name)) for key, name in rows.providers(found).items()],
        "states": [("look", plain(words("Worth a look"))), *((one.value, plain(one.words)) for one in EntryState)],
        "sorts": [(key, plain(said)) for key, said in SORTS.items()],
        "files": [(one, queries.FILE_STATES[one.state]) for one in queries.files(work, client)],
        "removed": [(one, rows.row(found, one)) for one in queries.removed(work, client)],
    }
    return View("spending/spending.html", values, "spending/_list.html", client)


def _wanted(query: Mapping[str, str]) -> rows.Wanted:
    states = {"look", *(one.value for one in EntryState)}
    state, sort = query.get("state", ""), query.get("sort", "day")
    return rows.Wanted(
        month=query.get("month", "")[:7],
        provider=query.get("provider", "")[:200],
        state=state if state in states else "",
        search=query.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else "day",
    )


@get("/people/{client_id:uuid}/spending/new", access=EDIT)
def new_entry(work: Work, asked: Asked, incoming: Incoming, client_id: UUID) -> View:
    """Where a delivered support is entered by hand: first which one, then when and how much."""
    client = people.client(work, client_id)
    found = book(work, client)
    known = rows.lines(found)
    chosen = incoming.posted.one("support") or asked.query.get("support", "")
    if not known and not chosen:
        chosen = entering.OTHER
    if chosen not in (entering.OTHER, *map(str, known)):
        chosen = ""
    day = _day(asked.query.get("day", "")) or work.today(client)
    values = {
        "base": f"/people/{client.id}/spending",
        "own": people.is_own(work, client),
        "lines": [(str(key), name) for key, name in known.items()],
        "chosen": chosen,
        "typed_entry": entering.blank(found, chosen, day) if chosen else {},
        **choices(found),
    }
    return View("spending/new.html", values, client=client)


def _day(typed: str) -> date | None:
    try:
        return read_day(typed) if typed else None
    except Unreadable:
        return None


def choices(found: Book) -> dict[str, Any]:
    """What the form of an entry offers."""
    supports = [(str(key), name) for key, name in rows.lines(found).items()]
    return {
        "supports": [*supports, (entering.OTHER, plain(words("Something that is not in the plan")))],
        "kinds": [(one.value, plain(one.words)) for one in ClaimType],
        "shares": programs.program(found.program).client_share,
        "parts_to_choose": [(one.key, show(shown_name(one.name))) for one in found.setting.components],
    }


@post("/people/{client_id:uuid}/spending/new", access=EDIT, form=entering.NewForm, view=new_entry)
def add_entry(work: Work, form: entering.NewForm, client_id: UUID) -> Go:
    """Write down a delivered support."""
    client = people.client(work, client_id)
    entry = commands.add(work, client, entering.told(form, book(work, client)), form.again)
    return Go(f"/people/{client.id}/spending/{entry.id}", words("Written down."))


@get("/people/{client_id:uuid}/spending/{entry_id:uuid}", access=SEE)
def entry(work: Work, client_id: UUID, entry_id: UUID) -> View:
    """One entry: what it says, where it belongs, what is worth a look, and what can be done."""
    client = people.client(work, client_id)
    one = queries.entry(work, client, entry_id)
    found = book(work, client)
    shown = rows.row(found, one)
    match = found.matches.get(one.id)
    claim = last_claim(one.entry(), found.program)
    placed = next((each for each in found.placed if each.id == str(one.id)), None)
    parts = {each.key: each.name for each in found.setting.components}
    values = {
        "base": f"/people/{client.id}/spending",
        "it": one,
        "shown": shown,
        "gst": gst_in(one.amount, one.gst) if one.gst is not gst_code(one.first) else None,
        "kind": one.claim_type.words if one.claim_type is not ClaimType.STANDARD else None,
        "findings": [(rows.LEVEL_KINDS[each.level], each.words) for each in shown.findings],
        "reasons": listed(list(why)) if (why := found.why(one)) else None,
        "line": Name(match.planned.line.name) if match and match.planned else None,
        "part": shown_name(parts[placed.component]) if placed and placed.component in parts else None,
        "claim": claim if one.state not in (EntryState.CLAIMED, EntryState.PAID) else None,
        "open": one.state in OPEN and one.removed_at is None,
        "typed_entry": entering.filled(found, one),
        "letter": letter(one, shown.findings),
        "today_typed": work.today(client).isoformat(),
        "own": people.is_own(work, client),
        **choices(found),
    }
    return View("spending/entry.html", values, "spending/_entry.html", client)


def letter(one: Delivered, findings: tuple[Finding, ...]) -> str:
    """A first draft of what the provider is asked, in English as invoices are."""
    english = choose("en")
    about: Words = words("On {day}: {amount}.", day=one.first, amount=one.amount)
    if one.invoice:
        about = words(
            "On {day}: {amount}, your invoice {invoice}.", day=one.first, amount=one.amount, invoice=Name(one.invoice)
        )
    told = [each.words for each in findings if each.level is not Level.NOTE and each.kind in TO_A_PROVIDER]
    ask = words("Please look at it, and send a corrected invoice or tell me what it was.")
    return "\n".join(plain(text, english) for text in (about, *told, ask))


TO_A_PROVIDER = frozenset(
    {"double", "wrong_sum", "above_agreed", "above_limit", "outside_days", "nobody_planned", "longer", "more_in_all"}
    | {"no_cancellation", "after_plan"}
)


def _one(work: Work, client_id: UUID, entry_id: UUID) -> tuple[Client, Delivered]:
    client = people.client(work, client_id)
    return client, queries.entry(work, client, entry_id)


ONE = "/people/{client_id:uuid}/spending/{entry_id:uuid}"


@post(f"{ONE}/change", access=EDIT, form=entering.ChangeForm, view=entry)
def change_entry(work: Work, form: entering.ChangeForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Correct an entry."""
    client, one = _one(work, client_id, entry_id)
    commands.change(work, one, form.version, entering.told(form, book(work, client), one))
    return Stay(words("Saved."))


@post(f"{ONE}/undo", access=EDIT, form=forms.VersionForm, view=entry)
def undo_entry(work: Work, form: forms.VersionForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Take back the last correction."""
    _, one = _one(work, client_id, entry_id)
    commands.undo(work, one, form.version)
    return Stay(words("It is as it was before."))


@post(f"{ONE}/check", access=EDIT, form=forms.VersionForm, view=entry)
def check_entry(work: Work, form: forms.VersionForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Say that it is right."""
    _, one = _one(work, client_id, entry_id)
    commands.check(work, one, form.version)
    return Stay(words("Noted: it is right."))


@post(f"{ONE}/back", access=EDIT, form=forms.VersionForm, view=entry)
def step_back(work: Work, form: forms.VersionForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Take back the last step."""
    _, one = _one(work, client_id, entry_id)
    commands.step_back(work, one, form.version)
    return Stay(words("The last step is taken back."))


@dataclass(frozen=True)
class QuestionForm(forms.VersionForm):
    said: str = forms.text(2000)


@post(f"{ONE}/question", access=EDIT, form=QuestionForm, view=entry)
def question_entry(work: Work, form: QuestionForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Question it: this did not happen, or this is too much."""
    _, one = _one(work, client_id, entry_id)
    commands.question(work, one, form.version, form.said)
    return Stay(words("Questioned. It is not counted until it is answered. Now send your words to the provider."))


@dataclass(frozen=True)
class RemoveForm(forms.VersionForm):
    why: str = forms.text(300)


@post(f"{ONE}/remove", access=EDIT, form=RemoveForm, view=entry)
def remove_entry(work: Work, form: RemoveForm, client_id: UUID, entry_id: UUID) -> Go:
    """Take it out, with a reason."""
    client, one = _one(work, client_id, entry_id)
    commands.remove(work, one, form.version, form.why)
    return Go(f"/people/{client.id}/spending", words("Removed. You can bring it back below the list."))


@post(f"{ONE}/bring-back", access=EDIT, form=forms.VersionForm, view=entry)
def bring_back(work: Work, form: forms.VersionForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Let it count again."""
    _, one = _one(work, client_id, entry_id)
    commands.bring_back(work, one, form.version)
    return Stay(words("It counts again."))


@dataclass(frozen=True)
class DoneForm(forms.VersionForm):
    on: date = forms.day()
    reference: str = forms.text(80, required=False)


@post(f"{ONE}/claim", access=EDIT, form=DoneForm, view=entry)
def claim_entry(work: Work, form: DoneForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Write down that it was claimed."""
    _, one = _one(work, client_id, entry_id)
    commands.claim(work, one, form.version, form.on, form.reference)
    return Stay(words("Noted as claimed."))


@post(f"{ONE}/pay", access=EDIT, form=DoneForm, view=entry)
def pay_entry(work: Work, form: DoneForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Write down that it was paid."""
    _, one = _one(work, client_id, entry_id)
    commands.pay(work, one, form.version, form.on, form.reference)
    return Stay(words("Noted as paid."))


@post(f"{ONE}/refuse", access=EDIT, form=DoneForm, view=entry)
def refuse_entry(work: Work, form: DoneForm, client_id: UUID, entry_id: UUID) -> Stay:
    """Write down that the funder does not pay it."""
    _, one = _one(work, client_id, entry_id)
    commands.refuse(work, one, form.version, form.on)
    return Stay(words("Noted as refused. It can be claimed again."))
