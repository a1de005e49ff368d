"""What a provider does about its own workers, and what it answers when nobody came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.language import show, weekday_names
from portal.people import queries as people
from portal.plans.model import PlanPart
from portal.plans.narrowed import the_line
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work
from portal.workers import call_commands, calls, commands, queries, showing
from portal.workers.along import along_on, as_agreed, standing_on
from portal.workers.commands import Proposed
from portal.workers.model import Worker

READ = (Resource.PLAN, Action.READ)
WRITE = (Resource.PLAN, Action.WRITE)
WEEKDAYS = tuple("0123456")


@get("/workers", access=READ)
def ours(work: Work) -> View:
    """Every worker of the reader's own organisations, person by person, and what waits for an answer."""
    parts = queries.our_parts(work)
    found = queries.our_workers(work)
    missed = calls.our_calls(work)
    about = [one.client_id for one in parts] + [one.client_id for one in found] + [one.client_id for one in missed]
    clients = queries.clients_of(work, set(about))
    supports = {part.line_id: Name(the_line(part.content).name) for part in parts}
    shadows = queries.shadows(work, {one.client_id for one in found})
    rows: dict[UUID, list[showing.Row]] = {}
    for one in found:
        client = clients[one.client_id]
        whose = showing.waiting_for(Name(client.name), yours=False)
        row = showing.row(one, supports, Name(""), shadows, work.today(client), whose)
        rows.setdefault(one.client_id, []).append(row)
    values: dict[str, Any] = {
        "people": [
            {"id": client_id, "name": Name(clients[client_id].name), "workers": some}
            for client_id, some in sorted(rows.items(), key=lambda pair: clients[pair[0]].name)
        ],
        "calls": [_call(one, clients[one.client_id].name) for one in missed],
        "part_options": [
            (part.id, show(words("{person}: {support}", person=Name(clients[part.client_id].name), support=name)))
            for part in {one.line_id: one for one in parts}.values()  # a new version's part waits beside the one before
            for name in (supports[part.line_id],)
        ],
        "day_options": list(zip(WEEKDAYS, weekday_names(), strict=True)),
        "today": work.day.isoformat(),
    }
    return View("workers/ours.html", values)


def _call(one: Any, person: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "person": Name(person),
        "support": Name(one.support),
        "day": one.day,
        "time": one.begins_at,
        "answer_by": one.answer_by,
    }


@dataclass(frozen=True)
class ProposeForm:
    part: UUID = forms.record_id()
    name: str = forms.text(120)
    starts: date = forms.day()
    weekdays: tuple[str, ...] = forms.some_of(WEEKDAYS)
    languages: str = forms.text(200, required=False)
    can_do: str = forms.text(1000, required=False)
    check_name: str = forms.text(120, required=False)
    check_until: date | None = forms.day(required=False)
    login: str = forms.text(254, required=False)


@post("/workers/propose", access=WRITE, form=ProposeForm, view=ours)
def propose(work: Work, form: ProposeForm) -> Stay:
    """Propose somebody for one support of one person."""
    check = (form.check_name, form.check_until)
    told = Proposed(form.name, form.starts, form.languages, form.can_do, *check, form.weekdays, form.login)
    commands.propose(work, _part(work, form.part), told)
    return Stay(words("Proposed. Nobody comes before the person has said yes."))


def _part(work: Work, part_id: UUID) -> PlanPart:
    found = next((one for one in queries.our_parts(work) if one.id == part_id), None)
    if found is None:
        raise Refusal(words("Choose one of the answers."), "part")
    return found


@dataclass(frozen=True)
class VersionForm:
    version: int = forms.version()


@post("/workers/{worker_id:uuid}/withdraw", access=WRITE, form=VersionForm, view=ours)
def withdraw(work: Work, form: VersionForm, worker_id: UUID) -> Stay:
    """Take a proposal back."""
    row = _row(work, worker_id, form.version)
    commands.withdraw(work, row)
    return Stay(words("Taken back."))


def _row(work: Work, worker_id: UUID, version: int) -> Worker:
    row = queries.our_worker(work, worker_id)
    row.expect(version)
    return row


@dataclass(frozen=True)
class AwayForm:
    first: date = forms.day()
    last: date = forms.day()
    version: int = forms.version()


@post("/workers/{worker_id:uuid}/away", access=WRITE, form=AwayForm, view=ours)
def away(work: Work, form: AwayForm, worker_id: UUID) -> Stay:
    """Say when somebody is away."""
    commands.set_away(work, _row(work, worker_id, form.version), form.first, form.last)
    return Stay(words("Saved. The person is told."))


@dataclass(frozen=True)
class StopForm:
    day: date = forms.day()
    version: int = forms.version()


@post("/workers/{worker_id:uuid}/stop", access=WRITE, form=StopForm, view=ours)
def stop(work: Work, form: StopForm, worker_id: UUID) -> Stay:
    """Somebody does not come any more."""
    commands.stop(work, _row(work, worker_id, form.version), form.day)
    return Stay(words("Saved. The person is told."))


@dataclass(frozen=True)
class AlongForm:
    day: date = forms.day()
    complex_needs: bool = forms.tick()
    version: int = forms.version()


@post("/workers/{worker_id:uuid}/along", access=WRITE, form=AlongForm, view=ours)
def along(work: Work, form: AlongForm, worker_id: UUID) -> Stay:
    """Ask whether somebody may come along to learn."""
    row = _row(work, worker_id, form.version)
    mine = [one for one in queries.our_parts(work) if one.client_id == row.client_id]
    known = as_agreed(work, people.client_of(work, row.client_id, "whose plan it is"), mine)
    part = standing_on(known, row.line_id, form.day, work.day)
    if part is None:
        raise Refusal(words("The plan has no visit of this support on {day}.", day=form.day), "day")
    commands.ask_shadow(work, row, along_on(work, part, form.day, complex_needs=form.complex_needs))
    return Stay(words("Asked. The person sees the day and the price, and says yes or no."))


@dataclass(frozen=True)
class CallForm:
    said: str = forms.text(500)
    version: int = forms.version()


@post("/workers/missed/{call_id:uuid}", access=(Resource.PLAN, Action.COMMENT), form=CallForm, view=ours)
def answer_call(work: Work, form: CallForm, call_id: UUID) -> Stay:
    """Say what happens now about a visit to which nobody came."""
    row = calls.our_call(work, call_id)
    row.expect(form.version)
    call_commands.answer_call(work, row, form.said)
    return Stay(words("Your answer is sent."))
