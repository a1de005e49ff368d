"""Daily life: where to find what concerns home and the week, and visits that did not happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from budgeting import programs
from budgeting.explain import SAID, Figure
from budgeting.living import missed as calculator
from budgeting.living.missed import Circumstances
from budgeting.money import MINUTES_PER_HOUR, Minutes, Money
from budgeting.package import Line, Weekly
from budgeting.words import Name, Words, words
from budgeting.working import TOLD
from portal.access.table import Action, Resource
from portal.living import commands, queries
from portal.living.choices import choices
from portal.living.commands import MissedVisit
from portal.living.model import Missed
from portal.living.states import OPEN, MissedState, Who
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as plans
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Table
from portal.spending.book import plan_of
from portal.work import Refusal, Work

READ = (Resource.BUDGET, Action.READ)
WRITE = (Resource.BUDGET, Action.WRITE)

STATES: Mapping[MissedState, tuple[str, Words]] = {
    MissedState.OWED: ("bad", words("Hours are owed")),
    MissedState.OFFERED: ("wait", words("Another day is offered")),
    MissedState.MADE_UP: ("ok", words("Made up")),
    MissedState.FREED: ("info", words("The money is free again")),
    MissedState.CHARGED: ("warn", words("Charged all the same")),
    MissedState.NOT_CHARGED: ("ok", words("Not charged")),
}
WHOSE = {
    Who.PROVIDER: words("Nobody came, or the provider called it off"),
    Who.PERSON: words("Called off on your side"),
}
SETTLES = (MissedState.OFFERED, MissedState.MADE_UP, MissedState.FREED)


@get("/people/{client_id:uuid}/living", access=(Resource.PLAN, Action.READ))
def living(work: Work, client_id: UUID) -> View:
    """What concerns home and the week, with a sentence on how each stands."""
    client = people.client(work, client_id)
    money = work.can(Resource.BUDGET, Action.READ, client.id)
    rows = queries.missed(work, client) if money else ()
    stays = [one for one in queries.stays(work, client) if one.counts and one.leaves >= work.today(client)]
    owed = calculator.hours_owed(_named(rows, OPEN)) if any(one.state in OPEN for one in rows) else None
    values = {
        "money": money,
        "owed": words("{label}: {value}", label=owed.label, value=owed.value) if owed and owed.value else None,
        "next_stay": min((one.arrives for one in stays), default=None) if money else None,
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}",
    }
    return View("living/living.html", values, client=client)


def _named(rows: Sequence[Missed], states: tuple[MissedState, ...]) -> list[tuple[Name, Minutes]]:
    return [(Name(one.support), Minutes(one.minutes)) for one in rows if one.state in states]


@dataclass(frozen=True)
class Row:
    """One visit that did not happen, as its card shows it."""

    id: UUID
    version: int
    support: Name
    provider: Name
    day: date
    when: Words
    whose: Words
    badge: str
    state: Words
    other_day: date | None
    open: bool
    by_person: bool
    charged: bool
    settled: bool
    fee: Figure
    most: Figure | None
    notes: tuple[Words, ...]
    note: str


@get("/people/{client_id:uuid}/missed", access=READ)
def missed(work: Work, client_id: UUID) -> View:
    """Visits that did not happen: what is owed, and what became of each."""
    client = people.client(work, client_id)
    rows = queries.missed(work, client)
    names = plans.provider_names(work, [one.provider_id for one in rows])
    program, found = queries.program_of(work, client), queries.basis(work, client)
    own = people.is_own(work, client)
    shown = [_row(client, program, one, names, own, found) for one in rows]
    today = work.today(client)
    values: dict[str, Any] = {
        "owed": queries.owed(rows, names),
        "rows": shown,
        "table": _table(shown) if shown else None,
        "lines": choices((one.id, one.name) for one in found.visits) if found else [],
        "provider_options": choices(queries.providers(work)),
        "today": today.isoformat(),
        "ruled": programs.module(program, "cancellation") is not None,
        "writes": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "own": own,
        "person": Name(client.name),
        "base": f"/people/{client.id}/missed",
    }
    return View("living/missed.html", values, fragment="living/_missed.html", client=client)


def _row(
    client: Client, program: str, row: Missed, names: Mapping[UUID, Name], own: bool, found: queries.Basis | None
) -> Row:
    badge, state = STATES[row.state]
    fee = Figure(words("What the visit would have cost"), row.fee, words("At the price of that day"), source=SAID,
                 working=TOLD if row.fee is not None else None)  # fmt: skip
    charge = None
    if row.who is Who.PERSON:
        charge = calculator.charge(program, row.item, fee, circumstances(client, row, found), queries.place_of(client))
    length = Minutes(row.minutes)
    return Row(
        id=row.id,
        version=row.version,
        support=Name(row.support),
        provider=queries.called(row, names),
        day=row.day,
        when=words("{day}, from {start}, for {time}", day=row.day, start=row.begins_at, time=length),
        whose=WHOSE[row.who]
        if own or row.who is Who.PROVIDER
        else words("Called off by {name}", name=Name(client.name)),
        badge=badge,
        state=state,
        other_day=row.other_day,
        open=row.state in OPEN,
        by_person=row.who is Who.PERSON,
        charged=row.state is MissedState.CHARGED,
        settled=row.state in (MissedState.MADE_UP, MissedState.FREED),
        fee=fee,
        most=charge.most if charge else None,
        notes=charge.notes if charge else (),
        note=row.note,
    )


def circumstances(client: Client, row: Missed | MissedVisit, found: queries.Basis | None) -> Circumstances:
    """What the rules for visits called off ask about, by the clock on the client's wall."""
    return Circumstances(
        appointment=datetime.combine(row.day, row.begins_at),
        notice=client.by_the_clock(row.told_at) if row.told_at else None,
        agreed=row.charge_agreed,
        other_work=row.other_work,
        whole=found.program_of_support(row.line_id) if found else None,
    )


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        key="missed",
        caption=words("Every visit that did not happen, the latest first"),
        columns=(
            Column(words("Support")),
            Column(words("Day")),
            Column(words("Who")),
            Column(words("Because of")),
            Column(words("Price"), numeric=True),
            Column(words("How it stands")),
        ),
        rows=[
            (one.support, one.day, one.provider if one.provider.text else "", one.whose, one.fee,
             Cell(one.state, badge=one.badge, note=one.other_day))
            for one in rows
        ],
    )  # fmt: skip


@dataclass(frozen=True)
class MissedForm:
    who: Who = forms.choice(Who)
    line: UUID | None = forms.record_id(required=False)
    support: str = forms.text(200, required=False)
    day: date = forms.day()
    begins: time | None = forms.clock(required=False)
    hours: int | None = forms.number(2, most=24, required=False)
    provider: UUID | None = forms.record_id(required=False)
    provider_name: str = forms.text(200, required=False)
    told_day: date | None = forms.day(required=False)
    told_time: time | None = forms.clock(required=False)
    charge_agreed: bool = forms.tick()
    other_work: bool = forms.tick()
    note: str = forms.text(1000, required=False)


@post("/people/{client_id:uuid}/missed", access=WRITE, form=MissedForm, view=missed)
def note(work: Work, form: MissedForm, client_id: UUID) -> Stay:
    """Write down a visit that did not happen."""
    client = people.client(work, client_id)
    told = _told(work, client, form)
    program = queries.program_of(work, client)
    charged = False
    if told.who is Who.PERSON:
        fee = Figure(words("What the visit would have cost"), told.fee, source=SAID, working=TOLD)
        around = circumstances(client, told, queries.basis(work, client))
        found = calculator.charge(program, told.item, fee, around, queries.place_of(client))
        charged = told.charge_agreed and not told.other_work if found.allowed is None else found.allowed
    commands.note_missed(work, client, told, charged=charged)
    if told.who is Who.PROVIDER:
        if people.is_own(work, client):
            return Stay(words("Written down. These hours are owed to you."))
        return Stay(words("Written down. These hours are owed."))
    return Stay(words("Written down."))


def _told(work: Work, client: Client, form: MissedForm) -> MissedVisit:
    found = queries.basis(work, client)
    line = found.line(form.line) if found else None
    if line is None and not form.support:
        raise Refusal(words("Which support was it?"), "line")
    plain = _as_it_was(work, client, form, found) if found and line else None
    begins, minutes = _when(form, plain)
    one = None
    if found and plain:
        starts = datetime.combine(form.day, begins)
        ends = _later(begins, minutes)
        one = calculator.visit(found.package, plain, starts, ends, found.editions, programs.calendar())
    fee = one.cost.value if one and isinstance(one.cost.value, Money) else None
    by_line = line is not None and form.provider is None and not form.provider_name
    return MissedVisit(
        support=line.name if line else form.support,
        day=form.day,
        begins_at=begins,
        minutes=minutes,
        who=form.who,
        line_id=line.id if line else None,
        provider_id=line.provider_id if line and by_line else form.provider,
        provider_name=line.provider if line and by_line and not line.provider_id else form.provider_name,
        told_at=_moment(client, form),
        charge_agreed=form.charge_agreed,
        other_work=form.other_work,
        item=one.item if one else None,
        fee=fee,
        note=form.note,
    )


def _as_it_was(work: Work, client: Client, form: MissedForm, found: queries.Basis) -> Line:
    """A support of the plan as it was agreed for the day of the visit, which a later change leaves as it was."""
    key = str(form.line)
    then = [each for each in plan_of(work, client).planned if each.line.id == key and form.day in each.days]
    if then:
        return max(then, key=lambda each: each.days.first).line
    return next(each for each in found.package.lines if each.id == key)


def _when(form: MissedForm, line: Line | None) -> tuple[time, int]:
    """When the visit was to begin, and for how many minutes: as typed, else as the support comes by the plan."""
    schedule = line.schedule if line else None
    weekly = schedule if isinstance(schedule, Weekly) else None
    begins = form.begins or (weekly.start if weekly else None)
    if begins is None:
        raise Refusal(words("When was the visit to begin?"), "begins")
    minutes = weekly.minutes if form.hours is None and weekly else (form.hours or 0) * MINUTES_PER_HOUR // 100
    if minutes <= 0:
        raise Refusal(words("How long was the visit to be?"), "hours")
    return begins, minutes


def _later(begins: time, minutes: int) -> time:
    """The time of day so many minutes later, past midnight from the start again."""
    whole = (begins.hour * MINUTES_PER_HOUR + begins.minute + minutes) % (24 * MINUTES_PER_HOUR)
    return time(whole // MINUTES_PER_HOUR, whole % MINUTES_PER_HOUR)


def _moment(client: Client, form: MissedForm) -> datetime | None:
    if form.told_day is None:
        return None
    if form.told_time is None:
        raise Refusal(words("At what time was it called off? A guess is fine."), "told_time")
    return datetime.combine(form.told_day, form.told_time, ZoneInfo(client.time_zone)).astimezone(UTC)


@dataclass(frozen=True)
class SettleForm:
    state: str = forms.one_of([one.value for one in SETTLES])
    other_day: date | None = forms.day(required=False)
    version: int = forms.version()


@post("/people/{client_id:uuid}/missed/{missed_id:uuid}/settle", access=WRITE, form=SettleForm, view=missed)
def settle(work: Work, form: SettleForm, client_id: UUID, missed_id: UUID) -> Stay:
    """Offered again, made up, or not wanted any more."""
    row = queries.missed_one(work, people.client(work, client_id), missed_id)
    row.expect(form.version)
    commands.settle_missed(work, row, MissedState(form.state), form.other_day)
    return Stay(words("Saved."))


@post("/people/{client_id:uuid}/missed/{missed_id:uuid}/again", access=WRITE, form=forms.VersionForm, view=missed)
def again(work: Work, form: forms.VersionForm, client_id: UUID, missed_id: UUID) -> Stay:
    """The hours are owed after all."""
    row = queries.missed_one(work, people.client(work, client_id), missed_id)
    row.expect(form.version)
    commands.open_again(work, row)
    return Stay(words("These hours are owed again."))


@dataclass(frozen=True)
class ChargedForm:
    charged: str = forms.one_of(("yes", "no"))
    version: int = forms.version()


@post("/people/{client_id:uuid}/missed/{missed_id:uuid}/charged", access=WRITE, form=ChargedForm, view=missed)
def say_charged(work: Work, form: ChargedForm, client_id: UUID, missed_id: UUID) -> Stay:
    """Whether a visit called off was charged in the end."""
    row = queries.missed_one(work, people.client(work, client_id), missed_id)
    row.expect(form.version)
    commands.say_charged(work, row, charged=form.charged == "yes")
    return Stay(words("Saved."))


@post("/people/{client_id:uuid}/missed/{missed_id:uuid}/remove", access=WRITE, form=forms.VersionForm, view=missed)
def remove(work: Work, form: forms.VersionForm, client_id: UUID, missed_id: UUID) -> Go:
    """Take out a note that was a mistake."""
    row = queries.missed_one(work, people.client(work, client_id), missed_id)
    row.expect(form.version)
    commands.remove_missed(work, row)
    return Go(f"/people/{client_id}/missed", words("Taken out."))
