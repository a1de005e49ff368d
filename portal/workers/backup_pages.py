"""Who comes instead, for each support that must never fail; and whom to ring when somebody is not safe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from budgeting.explain.particulars import PRIORITIES
from budgeting.living.family_care import carers
from budgeting.money import Minutes, Money
from budgeting.package import Priority, visits_of
from budgeting.period import Period
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.changes.rules import reading_of
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.plans.visits import Going
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work
from portal.workers import call_commands, queries, showing
from portal.workers.call_commands import Instead
from portal.workers.call_pages import near
from portal.workers.model import Backup
from portal.workers.rules import rules
from portal.workers.states import BackupKind

READ = (Resource.REQUEST, Action.READ)
WRITE = (Resource.REQUEST, Action.WRITE)
CONTACT = (Resource.CONTACT, Action.WRITE)
KINDS = {
    BackupKind.WORKER: words("Another worker of the same provider"),
    BackupKind.PROVIDER: words("Another provider"),
    BackupKind.FAMILY: words("Family or a friend, who gave their word"),
    BackupKind.ON_CALL: words("A number that answers at any time"),
}


@get("/people/{client_id:uuid}/backups", access=READ)
def backups(work: Work, client_id: UUID) -> View:
    """Each support with fixed visits, those that must never fail first, and who could come instead."""
    client = near(work, client_id, READ)
    rows = queries.backups(work, client)
    program, today = queries.program_of(work, client), work.today(client)
    lines = [one for one in queries.lines(work, client) if one.weekly]
    marked = [(one, queries.is_critical(one, program)) for one in lines]
    own_workers = [one for one in queries.workers(work, client) if one.goes_on(work.today(client))]
    decides = queries.decides(work, client)
    values: dict[str, Any] = {
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}",
        "source": reading_of(program),
        "lines": [
            _line(work, client, one, critical, rows, lines, today)
            for one, critical in sorted(marked, key=lambda pair: not pair[1])
        ],
        "kinds": [(kind.value, show(text)) for kind, text in KINDS.items()],
        "line_options": [(one.part.line_id, show(Name(one.frozen.name))) for one in lines],
        "worker_options": [(one.id, show(Name(one.name))) for one in own_workers],
        "provider_options": [(key, show(Name(name))) for key, name in queries.providers(work)],
        "writes": work.can(Resource.REQUEST, Action.WRITE, client.id),
        "decides": decides,
        "whose": showing.waiting_for(Name(client.name), yours=decides),
        "contacts": [
            {"id": one.id, "name": Name(one.name), "phone": one.phone} for one in queries.contacts(work, client)
        ],
        "sees_contacts": work.can(Resource.CONTACT, Action.READ, client.id),
        "writes_contacts": work.can(Resource.CONTACT, Action.WRITE, client.id),
    }
    return View("workers/backups.html", values, client=client)


def _line(
    work: Work, client: Client, one: Going, critical: bool, rows: Any, lines: Sequence[Going], today: date
) -> dict[str, Any]:
    theirs = [row for row in rows if row.line_id == one.part.line_id]
    limits = _limits(lines, one, today)
    day = next(iter(visits_of(one.line, Period(today, today + timedelta(days=27)))), today)
    return {
        "id": one.part.line_id,
        "name": Name(one.frozen.name),
        "critical": critical,
        "said": show(PRIORITIES[Priority.MUST]) if one.line.priority is Priority.MUST else None,
        "bare": critical and not any(row.counts for row in theirs),
        "day": day,
        "rows": [
            _row(work, client, row, number, day)
            | {"limit": limits.get(row.name) if row.who is BackupKind.FAMILY else None}
            for number, row in enumerate(theirs)
        ],
    }


def _limits(lines: Sequence[Going], one: Going, day: date) -> Mapping[str, tuple[Minutes, Minutes | None]]:
    """By name: how much family and friends can give in a week, and by how much a visit of ``one`` is beyond it."""
    visit = one.weekly.minutes if one.weekly else 0
    found = {}
    for carer in carers((each.line for each in lines), day):
        if carer.most is not None and isinstance(carer.week.value, Minutes):
            over = carer.week.value.count + visit - carer.most.count
            found[carer.name.text] = carer.most, Minutes(over) if over > 0 else None
    return found


def _row(work: Work, client: Client, row: Backup, number: int, day: date) -> dict[str, Any]:
    again = timedelta(days=int(rules().text("backup_tried_days", day)))
    return {
        "id": row.id,
        "version": row.version,
        "name": Name(row.name),
        "kind": KINDS[row.who],
        "phone": row.phone,
        "price": queries.price_of_backup(work, client, row, day),
        "counts": row.counts,
        "consented_on": client.by_the_clock(row.consented_at).date() if row.consented_at else None,
        "consented_by": account_names(work.session, {row.consented_by})[row.consented_by] if row.consented_by else None,
        "rung": _rung(row),
        "try_again": row.rung_on is None or not row.rung_well or row.rung_on + again < work.today(client),
        "up": number > 0,
    }


def _rung(row: Backup) -> Words:
    if row.rung_on is None:
        return words("Nobody has tried yet whether they answer.")
    if row.rung_well:
        return words("Rung once on {day}, and they answered.", day=row.rung_on)
    return words("Rung once on {day}, and nobody answered.", day=row.rung_on)


@dataclass(frozen=True)
class AddForm:
    line: UUID = forms.record_id()
    who: BackupKind = forms.choice(BackupKind)
    worker: UUID | None = forms.record_id(required=False)
    provider: UUID | None = forms.record_id(required=False)
    name: str = forms.text(120, required=False)
    phone: str = forms.text(40, required=False)
    per_hour: Money | None = forms.money(required=False)
    agreed: bool = forms.tick()


@post("/people/{client_id:uuid}/backups", access=WRITE, form=AddForm, view=backups)
def add(work: Work, form: AddForm, client_id: UUID) -> Stay:
    """Add somebody who could come instead."""
    client = near(work, client_id, WRITE)
    if form.line not in {one.part.line_id for one in queries.lines(work, client)}:
        raise Refusal(words("Choose one of the answers."), "line")
    chosen = _name(work, client, form)
    if form.who is BackupKind.PROVIDER and form.provider and not chosen:
        raise Refusal(words("Choose one of the answers."), "provider")
    name = form.name or chosen
    if not name:
        raise Refusal(words("Who is it?"), "name")
    told = Instead(
        form.line,
        form.who,
        name,
        form.worker if form.who is BackupKind.WORKER else None,
        form.provider if form.who is BackupKind.PROVIDER else None,
        form.phone,
        form.per_hour,
    )
    call_commands.add_backup(work, client, told, agreed=form.agreed)
    return Stay(words("Saved."))


def _name(work: Work, client: Client, form: AddForm) -> str:
    """The name of the worker or provider that was chosen; empty when none was."""
    if form.who is BackupKind.WORKER and form.worker:
        return queries.worker(work, client, form.worker).name
    if form.who is BackupKind.PROVIDER and form.provider:
        return dict(queries.providers(work)).get(form.provider, "")
    return ""


@dataclass(frozen=True)
class ActForm:
    act: str = forms.one_of(("agree", "take_back", "up", "answered", "silent", "remove"))
    version: int = forms.version()


@post("/people/{client_id:uuid}/backups/{backup_id:uuid}", access=WRITE, form=ActForm, view=backups)
def act(work: Work, form: ActForm, client_id: UUID, backup_id: UUID) -> Stay:
    """A yes, a yes taken back, the order, whether they answered, or off the list."""
    row = queries.backup(work, near(work, client_id, WRITE), backup_id)
    row.expect(form.version)
    match form.act:
        case "agree":
            call_commands.agree_to_backup(work, row)
        case "take_back":
            call_commands.take_back_yes(work, row)
        case "up":
            call_commands.move_up(work, row)
        case "remove":
            call_commands.remove_backup(work, row)
        case _:
            call_commands.note_rung(work, row, well=form.act == "answered")
    return Stay(words("Saved."))


@dataclass(frozen=True)
class ContactForm:
    name: str = forms.text(120)
    phone: str = forms.text(40)


@post("/people/{client_id:uuid}/backups/contacts", access=CONTACT, form=ContactForm, view=backups)
def add_contact(work: Work, form: ContactForm, client_id: UUID) -> Stay:
    """Somebody to ring when the person is not safe."""
    call_commands.add_contact(work, near(work, client_id, CONTACT), form.name, form.phone)
    return Stay(words("Saved."))


@post("/people/{client_id:uuid}/backups/contacts/{contact_id:uuid}/remove", access=CONTACT, view=backups)
def remove_contact(work: Work, client_id: UUID, contact_id: UUID) -> Stay:
    """Off that list."""
    call_commands.remove_contact(work, queries.contact(work, near(work, client_id, CONTACT), contact_id))
    return Stay(words("Taken off the list."))
