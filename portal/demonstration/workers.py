"""Who comes in the demonstration: new workers who wait for a yes, backups, a visit to which nobody came, a briefing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from budgeting.money import Money
from budgeting.package import Weekly, visits_of
from budgeting.period import Period
from portal.demonstration.changes import CLEANING
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.people.model import Client
from portal.plans.visits import going
from portal.work import Work
from portal.workers import briefing_commands, briefings, call_commands, calls, commands, queries
from portal.workers.along import along_on
from portal.workers.call_commands import Instead, Missing
from portal.workers.commands import Proposed
from portal.workers.model import Worker
from portal.workers.states import BackupKind, WorkerAct


def fill(scene: Scene) -> None:
    """What happens around the people who come."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)
    _briefing(scene)


@dataclass(frozen=True)
class _New:
    """A worker of the demonstration, in the words of the provider."""

    name: str
    languages: str
    can_do: str
    login: str = ""


def _propose(scene: Scene, by: str, client: str, new: _New) -> UUID | None:
    """Propose somebody for the provider's first support with fixed visits; None where there is none."""
    with scene.acting(by) as work:
        parts = [one for one in queries.our_parts(work) if one.client_id == scene.client[client]]
        found = next((one for one in going(parts) if one.weekly), None)
        if found is None:
            return None
        told = Proposed(
            new.name,
            work.day,
            new.languages,
            new.can_do,
            "Worker Screening Check",
            work.day + timedelta(days=500),
            login=new.login,
        )
        return commands.propose(work, found.part, told).id


def _said(work: Work, client: Client, worker_id: UUID | None, act: WorkerAct) -> Worker | None:
    if worker_id is None:
        return None
    row = queries.worker(work, client, worker_id)
    commands.answer(work, row, act)
    return row


def _mei(scene: Scene) -> None:
    """Mei knows one worker, and meets another first."""
    known = _propose(scene, "grace", "mei", _New("Ivy Lau", "粤语、普通话", "Cooking together, shopping"))
    new = _propose(scene, "grace", "mei", _New("Sam Okoye", "English, a little Mandarin", "Outings, first aid"))
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        _said(work, client, known, WorkerAct.ACCEPT)
        _said(work, client, new, WorkerAct.MEET)
        line = _first(work, client)
        if line is not None:
            told = Instead(line, BackupKind.FAMILY, "我表姐 阿玲", phone="0491 570 110")
            call_commands.add_backup(work, client, told, agreed=True)
        call_commands.add_contact(work, client, "阿玲（表姐）", "0491 570 110")


def _first(work: Work, client: Client) -> UUID | None:
    """The first support with fixed visits."""
    return next((one.part.line_id for one in queries.lines(work, client) if one.weekly), None)


def _yusuf(scene: Scene) -> None:
    """Somebody new wants to come along once; two backups, of whom one answered the telephone."""
    known = _propose(
        scene, "grace", "yusuf", _New("Noor Aziz", "العربية، English", "Showering with a hoist", "grace@demo.example")
    )
    new = _propose(scene, "grace", "yusuf", _New("Peter Novak", "English", "Showering, meals"))
    with scene.acting("amal") as work:
        _said(work, client_of(work, scene, "yusuf"), known, WorkerAct.ACCEPT)
    with scene.acting("grace") as work:
        if new is not None:
            row = queries.our_worker(work, new)
            part = next(one for one in queries.our_parts(work) if one.line_id == row.line_id)
            (one,) = going([part])
            soon = Period(work.day + timedelta(days=4), work.day + timedelta(days=31))
            for day in visits_of(one.line, soon)[:1]:
                commands.ask_shadow(work, row, along_on(work, part, day, complex_needs=False))
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        line = _first(work, client)
        if line is None:
            return
        karim = Instead(line, BackupKind.FAMILY, "كريم، أخي", phone="0491 570 156")
        call_commands.note_rung(work, call_commands.add_backup(work, client, karim, agreed=True), well=True)
        other = Instead(
            line,
            BackupKind.PROVIDER,
            "Northside Therapy",
            provider_id=scene.organisation["northside"],
            phone="02 5550 0100",
            per_hour=Money(71_00),
        )
        call_commands.add_backup(work, client, other, agreed=True)
    with scene.acting("priya") as work:
        call_commands.add_contact(work, client_of(work, scene, "yusuf"), "أمل، أمي", "0491 570 157")


def _margaret(scene: Scene) -> None:
    """Nobody came to Margaret; somebody of another provider did, whose money is kept, and hers has answered."""
    _propose(scene, "lucia", "margaret", _New("Rosa Bianchi", "English, Italian", "Personal care, light cleaning"))
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        call_commands.add_contact(work, client, "Joan next door", "0491 570 158")
        weekly_ones = {one.frozen.name: one for one in queries.lines(work, client) if one.weekly}
        shower, known = next(iter(weekly_ones.values()), None), weekly_ones.get(CLEANING)
        if shower is None or known is None or known.weekly is None:
            return
        told = Instead(shower.part.line_id, BackupKind.FAMILY, "Joan next door", phone="0491 570 158")
        call_commands.add_backup(work, client, told, agreed=True)
        part, weekly = known.part, known.weekly
        paid = Instead(
            part.line_id,
            BackupKind.PROVIDER,
            "Sunrise Support",
            provider_id=scene.organisation["sunrise"],
            phone="02 5550 0123",
            per_hour=Money(92_00),
        )
        backup = call_commands.add_backup(work, client, paid, agreed=True)
        day = _latest(work, client, weekly)
        missing = Missing(part.line_id, known.frozen.name, day, weekly.start, weekly.minutes, part.provider_id)
        call = call_commands.tell_nobody_came(work, client, missing)
        cost = queries.cost_of_backup(work, client, backup, day)
        kept = cost.value if cost is not None and isinstance(cost.value, Money) else None
        call_commands.call_backup(work, call, backup, kept)
        call_id = call.id
    with scene.acting("lucia") as work:
        said = "We are sorry. The car broke down. Rosa can come on Thursday at the same time."
        call_commands.answer_call(work, calls.our_call(work, call_id), said)


def _latest(work: Work, client: Client, weekly: Weekly) -> date:
    """The latest day before today on which such a visit is due, whatever the day of the week is today."""
    today = work.today(client)
    days = (today - timedelta(days=back) for back in range(1, 8))
    return next(day for day in days if day.weekday() in weekly.weekdays)


def _briefing(scene: Scene) -> None:
    """A meeting with the staff of Sunrise about Yusuf."""
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        day = work.day + timedelta(days=5)
        row = briefing_commands.begin(work, client, scene.organisation["sunrise"], day, time(9), "By telephone")
        row_id = row.id
    with scene.acting("priya") as work:
        found = briefings.briefing(work, row_id)
        agenda = "The new hoist: who has used it, and who wants to try it once with Noor. Yusuf chooses the music."
        briefing_commands.write_agenda(work, found.parts[0], found.row, agenda)
