"""Briefings of staff: a coordinator prepares one meeting about several people, each worker reads only their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Relationship, Resource
from portal.language import current, show
from portal.people import queries as people
from portal.people.communicate_queries import for_reader
from portal.plans import queries as plans, sharing_queries
from portal.plans.narrowed import the_line
from portal.plans.sharing_parts import Sensitive
from portal.plans.written_in import unlike
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work
from portal.workers import briefing_commands as commands, briefings as queries
from portal.workers.briefings import Briefing
from portal.workers.model import BriefingPart

READ = (Resource.REQUEST, Action.READ)
WRITE = (Resource.REQUEST, Action.WRITE)


@get("/staff-briefings", access=READ)
def briefings(work: Work) -> View:
    """Meetings with staff: a coordinator's own, or those about the people somebody goes to."""
    found = queries.briefings(work)
    names = plans.provider_names(work, [one.row.provider_id for one in found])
    offered = queries.may_brief(work)
    providers = plans.provider_names(work, list(offered))
    values: dict[str, Any] = {
        "rows": [
            {
                "href": f"/staff-briefings/{one.row.id}",
                "provider": names[one.row.provider_id],
                "day": one.row.day,
                "time": one.row.begins_at,
                "people": len(one.parts),
            }
            for one in found
        ],
        "choices": [
            (f"{provider_id}|{client_id}", show(words("{provider}: {person}", provider=provider, person=Name(name))))
            for provider_id, provider in sorted(providers.items(), key=lambda pair: pair[1].text)
            for client_id, name in offered[provider_id]
        ],
        "today": work.day.isoformat(),
    }
    return View("workers/briefings.html", values)


@dataclass(frozen=True)
class BeginForm:
    about: tuple[str, ...] = forms.texts(20, 80)
    day: date = forms.day()
    begins: time = forms.clock()
    place: str = forms.text(200, required=False)


@post("/staff-briefings", access=WRITE, form=BeginForm, view=briefings)
def begin(work: Work, form: BeginForm) -> Go:
    """Prepare a meeting about one or several people of one provider."""
    offered = queries.may_brief(work)
    known = {f"{provider_id}|{client_id}" for provider_id, some in offered.items() for client_id, _ in some}
    chosen = [one for one in form.about if one in known]
    providers = {one.partition("|")[0] for one in chosen}
    if not chosen:
        raise Refusal(words("Choose at least one person."), "about")
    if len(providers) > 1:
        raise Refusal(words("One meeting is with one provider. Prepare another for the other."), "about")
    clients = [people.client(work, UUID(one.partition("|")[2])) for one in chosen]
    row = commands.begin(work, clients[0], UUID(providers.pop()), form.day, form.begins, form.place)
    for client in clients[1:]:
        commands.add_part(work, client, row)
    return Go(f"/staff-briefings/{row.id}", words("Prepared. Write down what is to be spoken about for each person."))


@get("/staff-briefings/{briefing_id:uuid}", access=READ)
def briefing(work: Work, briefing_id: UUID) -> View:
    """One meeting, person by person; a reader sees the parts of those they go to, and no sign of the others."""
    found = queries.briefing(work, briefing_id)
    clients = queries.clients_named(work, [part.client_id for part in found.parts])
    values = {
        "row": found.row,
        "provider": plans.provider_names(work, [found.row.provider_id])[found.row.provider_id],
        "here": f"/staff-briefings/{found.row.id}",
        "parts": [_part(work, found, part, clients[part.client_id]) for part in found.parts],
    }
    return View("workers/briefing.html", values)


def _part(work: Work, found: Briefing, part: BriefingPart, client: Any) -> dict[str, Any]:
    decision = work.decide(Resource.REQUEST, Action.WRITE, part.client_id, part)
    leads = decision.relationship is Relationship.LEAD
    goes = decision.relationship is Relationship.PROVIDER
    reads = found.reads.get(part.id, ())
    shown = sharing_queries.may_be_read(work, client, (found.row.provider_id, ""))
    told = Sensitive.COMMUNICATE in shown
    translated = for_reader(work, client, current.get().tag) if told else None
    return {
        "id": part.id,
        "version": part.version,
        "name": Name(client.name),
        "communicate": client.how_to_communicate if told else "",
        "translated": translated,
        "unlike": None if translated else unlike(client.how_to_communicate, current.get()),
        "agenda": part.agenda,
        "supports": [Name(the_line(one.content).name) for one in queries.lines_of(work, part, found.row.provider_id)],
        "changes": queries.changed_since(work, part, found.row),
        "leads": leads,
        "goes": goes and not any(one.account_id == work.account_id for one in reads),
        "reads": [{"name": Name(one.name), "at": one.read_at, "by_lead": one.account_id is None} for one in reads],
        "missing": _missing(work, found, part, {one.name for one in reads}) if leads else [],
    }


def _missing(work: Work, found: Briefing, part: BriefingPart, names: set[str]) -> list[Name]:
    """Who goes there and has not read it yet."""
    going = queries.going_there(work, part, found.row.provider_id)
    return [Name(one.name) for one in going if one.name not in names]


@dataclass(frozen=True)
class AgendaForm:
    agenda: str = forms.text(2000, required=False)
    version: int = forms.version()


@post("/staff-briefings/{briefing_id:uuid}/{part_id:uuid}/agenda", access=WRITE, form=AgendaForm, view=briefing)
def agenda(work: Work, form: AgendaForm, briefing_id: UUID, part_id: UUID) -> Stay:
    """What is to be spoken about for one person."""
    part, found = queries.part_of(work, briefing_id, part_id), queries.briefing(work, briefing_id)
    part.expect(form.version)
    commands.write_agenda(work, part, found.row, form.agenda)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class ReadForm:
    name: str = forms.text(120, required=False)


@post("/staff-briefings/{briefing_id:uuid}/{part_id:uuid}/read", access=WRITE, form=ReadForm, view=briefing)
def note_read(work: Work, form: ReadForm, briefing_id: UUID, part_id: UUID) -> Stay:
    """I have read it; or, by the coordinator, somebody heard it."""
    part, found = queries.part_of(work, briefing_id, part_id), queries.briefing(work, briefing_id)
    commands.note_read(work, part, found.row, form.name)
    return Stay(words("Noted."))
