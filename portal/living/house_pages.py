"""A shared house: a person's own page with their part, and the roster that everybody there shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS
from budgeting.living import roster
from budgeting.living.roster import Cell, Shift
from budgeting.quotation import Quote
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.language import show
from portal.living import house_commands as commands, house_weeks, houses, queries
from portal.living.choices import choices
from portal.living.house_commands import HouseTerms, ShiftTerms
from portal.living.houses import Housemate
from portal.living.model import House, HouseShift, Residency
from portal.living.states import ResidencyState
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.spoken import when
from portal.proposals import lasting
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Column, Table
from portal.work import NotVisible, Refusal, Work

READ = (Resource.PLAN, Action.READ)
WRITE = (Resource.PLAN, Action.WRITE)
STATES = {
    ResidencyState.ASKED: ("wait", words("Waiting for a yes")),
    ResidencyState.AGREED: ("ok", words("Agreed")),
    ResidencyState.DECLINED: ("info", words("Said no")),
}


@get("/people/{client_id:uuid}/house", access=READ)
def house(work: Work, asked: Asked, client_id: UUID) -> View:
    """The houses of one person: what they agreed to, who is there when, and what their own part costs."""
    client = people.client(work, client_id)
    chosen = house_weeks.chosen(asked)
    lived_in = houses.residencies(work, client)
    cards = [_card(work, client, asked, chosen, row, found) for row, found in lived_in]
    lasts = lasting.outlook(work, client) if any(card["costs"] for card in cards) else None
    values: dict[str, Any] = {
        "cards": cards,
        "answers": work.can(Resource.CIRCLE, Action.WRITE, client.id),
        "writes": work.can(Resource.PLAN, Action.WRITE, client.id),
        "provider_options": choices(queries.providers(work)),
        "today": work.today(client).isoformat(),
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "lasts": lasts.outlook.figures[0] if lasts and lasts.outlook.until else None,
        "planned": {row.id for row, _ in lived_in if lasts and _in_the_week(row, lasts.outlook.quote)},
        "base": f"/people/{client.id}/house",
    }
    return View("living/house.html", values, fragment="living/_house.html", client=client)


def _card(
    work: Work, client: Client, asked: Asked, chosen: date | None, row: Residency, found: House
) -> dict[str, Any]:
    """One house on the page of a person: nothing of it is shown before they have agreed."""
    today = work.today(client)
    agreed = row.state is ResidencyState.AGREED and (row.moves_out is None or row.moves_out >= today)
    contact = work.can(Resource.CONTACT, Action.READ, client.id)
    values: dict[str, Any] = {
        "row": row,
        "house": found,
        "badge": STATES[row.state],
        "agreed": agreed,
        "asked": row.state is ResidencyState.ASKED,
        "provider": _provider(work, found),
        "address": found.address if agreed and contact else None,
        "edits": work.can(Resource.PLAN, Action.WRITE, client.id, row),
        "week": None,
        "costs": None,
    }
    known = houses.roster_of(work, found) if agreed else None
    if known is None or not known.rows:
        return values
    day = chosen or max(today, row.moves_in)
    there = min(max(day, row.moves_in), row.moves_out or date.max)  # before and after it costs this person nothing
    rows = known.shifts(there)
    money = work.can(Resource.BUDGET, Action.READ, client.id)
    return values | {
        "week": house_weeks.shown(known, day, f"week-{found.id}", asked.page or asked.path),
        "minutes": roster.time_with_somebody(rows, str(row.id)),
        "nights": roster.nights(rows, str(row.id)),
        "costs": houses.costs(work, client, row, known, there) if money else None,
    }


def _in_the_week(row: Residency, planned: Quote) -> bool:
    """Whether support in the home is among the supports from which is said how long the money lasts."""
    return row.support is not None and any(one.line.support == row.support for one in planned.lines)


def _provider(work: Work, found: House) -> Name:
    names = plans.provider_names(work, [found.provider_id])
    return names[found.provider_id] if found.provider_id else Name("")


@dataclass(frozen=True)
class HouseForm:
    name: str = forms.text(120)
    address: str = forms.text(300, required=False)
    provider: UUID | None = forms.record_id(required=False)
    places: int = forms.number(most=30)
    others: int | None = forms.number(most=30, required=False)

    @property
    def terms(self) -> HouseTerms:
        return HouseTerms(self.name, self.places, self.others or 0, self.provider, self.address)


@dataclass(frozen=True)
class NewHouseForm(HouseForm):
    moves_in: date = forms.day()


@post("/people/{client_id:uuid}/house", access=WRITE, form=NewHouseForm, view=house)
def begin(work: Work, form: NewHouseForm, client_id: UUID) -> Stay:
    """Write down a house and ask the person."""
    client = people.client(work, client_id)
    support = houses.support_for(queries.program_of(work, client), form.moves_in)
    commands.begin_house(work, client, form.terms, form.moves_in, support)
    return Stay(words("Written down. Nobody else sees it before the person has said yes."))


@dataclass(frozen=True)
class AnswerForm:
    answer: str = forms.one_of(("name", "number", "no"))
    version: int = forms.version()


@post(
    "/people/{client_id:uuid}/house/{residency_id:uuid}/answer",
    access=(Resource.CIRCLE, Action.WRITE),
    form=AnswerForm,
    view=house,
)
def answer(work: Work, form: AnswerForm, client_id: UUID, residency_id: UUID) -> Stay:
    """Whether one is shown in the house, and how."""
    row, _ = houses.residency(work, people.client(work, client_id), residency_id)
    row.expect(form.version)
    commands.answer(work, row, agreed=form.answer != "no", shows_name=form.answer == "name")
    return Stay(words("Saved. You can change this at any time."))


@dataclass(frozen=True)
class LeaveForm:
    last: date = forms.day()
    version: int = forms.version()


@post("/people/{client_id:uuid}/house/{residency_id:uuid}/leave", access=WRITE, form=LeaveForm, view=house)
def leave(work: Work, form: LeaveForm, client_id: UUID, residency_id: UUID) -> Stay:
    """The person moves out."""
    row, _ = houses.residency(work, people.client(work, client_id), residency_id)
    row.expect(form.version)
    commands.move_out(work, row, form.last)
    return Stay(words("Saved. Nobody's plan has changed by it."))


# The roster, for whoever belongs to the house


@get("/houses", access=READ)
def houses_for_us(work: Work) -> View:
    """For a provider: the houses it works in, where somebody who lives there has agreed."""
    found = [{"href": f"/houses/{one.id}", "name": Name(one.name)} for one in houses.for_us(work)]
    return View("living/houses.html", {"houses": found})


@dataclass(frozen=True)
class RosterRow:
    """One row of the roster as the page shows it."""

    id: UUID
    version: int
    when: Words
    there: Words
    ratio: Words
    names: list[Name | Words]
    f: dict[str, Any]


@get("/houses/{house_id:uuid}", access=READ)
def house_roster(work: Work, asked: Asked, house_id: UUID) -> View:
    """Who is there when, with how many workers; no money, and names only of those who agreed."""
    found, through = houses.through(work, house_id)
    known = houses.roster_of(work, found)
    day = house_weeks.chosen(asked) or house_weeks.first_shown(known, work.day)
    rows = known.on(day)
    writes = work.can(Resource.PLAN, Action.WRITE, through.client_id, through)
    values: dict[str, Any] = {
        "house": found,
        "house_name": Name(found.name),
        "mates": known.mates,
        "day": day,
        "taken": known.taken(day),
        "free": known.free(day),
        "rows": [_row(row, plain, known.mates) for row, plain in rows],
        "week": house_weeks.shown(known, day, "roster-week", asked.page or asked.path) if rows else None,
        "table": _table(rows) if rows else None,
        "day_options": [(number, show(name)) for number, name in enumerate(WEEKDAYS)],
        "mate_options": [(one.id, show(one.name)) for one in known.mates],
        "blank": {"weekdays": [], "begins": "", "finishes": "", "workers": "1", "sleepover": False, "who": "everyone",
                  "present": [], "others": ""},
        "writes": writes,
        "provider_options": choices(queries.providers(work)) if writes else [],
        "askable": choices(_askable(work)) if writes else [],
        "today": work.day.isoformat(),
        "base": f"/houses/{found.id}",
    }  # fmt: skip
    return View("living/roster.html", values, fragment="living/_roster.html")


def _askable(work: Work) -> list[tuple[UUID, str]]:
    """People for whom the reader may write a plan, so that they can be asked whether they live there."""
    return [(one.id, one.name) for one in people.everyone(work) if work.can(Resource.PLAN, Action.WRITE, one.id)]


def _row(row: HouseShift, plain: Shift, mates: Sequence[Housemate]) -> RosterRow:
    there = [one.name for one in mates if str(one.id) in plain.people]
    if row.everyone:
        who: Words = words("Everybody who lives there")
    else:
        who = nwords("{n} person is there", "{n} people are there", plain.count)
    fields = {
        "weekdays": row.weekdays.split(","),
        "begins": f"{row.begins_at:%H:%M}",
        "finishes": f"{row.ends_at:%H:%M}",
        "workers": str(row.workers),
        "sleepover": row.sleepover,
        "who": "everyone" if row.everyone else "some",
        "present": [one for one in row.present.split(",") if one],
        "others": str(row.others or ""),
    }
    asleep, awake = (plain.workers, 0) if plain.sleepover else (0, plain.workers)
    ratio = house_weeks.ratio(Cell(awake, asleep, plain.count))
    return RosterRow(row.id, row.version, when(plain.schedule), who, ratio, [] if row.everyone else there, fields)


def _table(rows: Sequence[tuple[HouseShift, Shift]]) -> Table:
    return Table(
        key="roster",
        caption=words("The roster, row by row"),
        columns=(
            Column(words("When")),
            Column(words("Workers"), numeric=True),
            Column(words("People"), numeric=True),
        ),
        rows=[(when(plain.schedule), plain.workers, plain.count) for _, plain in rows],
        show_caption=True,
    )


@dataclass(frozen=True)
class ShiftForm:
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"), required=True)
    begins: time = forms.clock()
    finishes: time = forms.clock()
    workers: int = forms.number(most=20)
    sleepover: bool = forms.tick()
    who: str = forms.one_of(("everyone", "some"))
    present: tuple[UUID, ...] = forms.record_ids()
    others: int | None = forms.number(most=30, required=False)

    @property
    def terms(self) -> ShiftTerms:
        days = tuple(map(int, self.weekdays))
        everyone = self.who == "everyone"
        there = () if everyone else self.present
        return ShiftTerms(
            days, self.begins, self.finishes, self.workers, self.sleepover, everyone, there, self.others or 0
        )


@post("/houses/{house_id:uuid}/rows", access=WRITE, form=ShiftForm, view=house_roster)
def add_row(work: Work, form: ShiftForm, house_id: UUID) -> Stay:
    """Add a row to the roster."""
    found, through = houses.through(work, house_id, Action.WRITE)
    commands.save_shift(work, through, found, None, form.terms)
    return Stay(words("Added. Nobody's plan has changed by it."))


@dataclass(frozen=True)
class EditShiftForm(ShiftForm):
    version: int = forms.version()


@post("/houses/{house_id:uuid}/rows/{shift_id:uuid}", access=WRITE, form=EditShiftForm, view=house_roster)
def edit_row(work: Work, form: EditShiftForm, house_id: UUID, shift_id: UUID) -> Stay:
    """Write a row anew."""
    found, through = houses.through(work, house_id, Action.WRITE)
    shift = houses.shift(work, found, shift_id)
    shift.expect(form.version)
    commands.save_shift(work, through, found, shift, form.terms)
    return Stay(words("Saved. Nobody's plan has changed by it."))


@post("/houses/{house_id:uuid}/rows/{shift_id:uuid}/remove", access=WRITE, form=forms.VersionForm, view=house_roster)
def remove_row(work: Work, form: forms.VersionForm, house_id: UUID, shift_id: UUID) -> Stay:
    """Take a row out."""
    found, through = houses.through(work, house_id, Action.WRITE)
    shift = houses.shift(work, found, shift_id)
    shift.expect(form.version)
    commands.remove_shift(work, through, found, shift)
    return Stay(words("Taken out."))


@dataclass(frozen=True)
class CopyForm:
    source: str = forms.one_of(tuple("0123456"))
    targets: tuple[str, ...] = forms.some_of(tuple("0123456"), required=True)


@post("/houses/{house_id:uuid}/copy", access=WRITE, form=CopyForm, view=house_roster)
def copy_day(work: Work, form: CopyForm, house_id: UUID) -> Stay:
    """Make other days like one day."""
    found, through = houses.through(work, house_id, Action.WRITE)
    commands.copy_day(work, through, found, int(form.source), tuple(map(int, form.targets)))
    return Stay(words("Copied. These days are alike now."))


@dataclass(frozen=True)
class EditHouseForm(HouseForm):
    version: int = forms.version()


@post("/houses/{house_id:uuid}", access=WRITE, form=EditHouseForm, view=house_roster)
def change_house(work: Work, form: EditHouseForm, house_id: UUID) -> Stay:
    """Write anew what is known about the house."""
    found, through = houses.through(work, house_id, Action.WRITE)
    found.expect(form.version)
    commands.change_house(work, through, found, form.terms)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class AskForm:
    client: UUID = forms.record_id()
    moves_in: date = forms.day()


@post("/houses/{house_id:uuid}/people", access=WRITE, form=AskForm, view=house_roster)
def ask(work: Work, form: AskForm, house_id: UUID) -> Go:
    """Ask another person whether they may be shown in this house."""
    found, _ = houses.through(work, house_id, Action.WRITE)
    try:
        client = people.client(work, form.client)
    except NotVisible:
        raise Refusal(words("Choose one of the answers."), "client") from None
    support = houses.support_for(queries.program_of(work, client), form.moves_in)
    commands.ask_to_live(work, client, found, form.moves_in, support)
    return Go(f"/people/{client.id}/house", words("Asked. Nobody else sees it before they have said yes."))
