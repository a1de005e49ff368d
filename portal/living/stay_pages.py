"""Short stays and breaks, and what family and friends give in a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.explain import Figure
from budgeting.living import family_care, respite
from budgeting.living.family_care import Carer
from budgeting.living.respite import Meanwhile, Nights, Rates, Replacement
from budgeting.money import MINUTES_PER_HOUR, Minutes, Money
from budgeting.package import Unpaid
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.funding import queries as funding
from portal.living import commands, queries
from portal.living.choices import choices
from portal.living.commands import StayTerms
from portal.living.model import Stay as StayRow
from portal.living.queries import Basis
from portal.living.states import StayState
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.spoken import when
from portal.proposals import queries as proposals
from portal.proposals.model import ProposalState
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Table
from portal.work import Work

READ = (Resource.BUDGET, Action.READ)
WRITE = (Resource.BUDGET, Action.WRITE)

STATES: Mapping[StayState, tuple[str, Words]] = {
    StayState.PLANNED: ("wait", words("Planned")),
    StayState.BOOKED: ("ok", words("Booked")),
    StayState.HAPPENED: ("info", words("It has happened")),
    StayState.CANCELLED: ("bad", words("Called off")),
}
#: What may become of a stay, and how the button says it.
NEXT: Mapping[StayState, tuple[tuple[StayState, Words], ...]] = {
    StayState.PLANNED: (
        (StayState.BOOKED, words("It is booked")),
        (StayState.CANCELLED, words("It is called off")),
    ),
    StayState.BOOKED: (
        (StayState.HAPPENED, words("It has happened")),
        (StayState.CANCELLED, words("It is called off")),
    ),
    StayState.HAPPENED: ((StayState.BOOKED, words("Undo: it has not happened yet")),),
    StayState.CANCELLED: ((StayState.PLANNED, words("Plan it again")),),
}


#: What the form for a new stay begins with.
NEW = {
    **dict.fromkeys(("place", "provider", "arrives", "leaves", "per_night", "hours", "per_hour", "bed", "note"), ""),
    "skips": "yes",
}


@dataclass(frozen=True)
class Card:
    """One stay as its card shows it."""

    id: UUID
    version: int
    place: Name
    provider: Name
    when: Words
    badge: str
    state: Words
    cost: Figure
    adds: Figure | None
    meanwhile: Table | None
    family: Replacement | None
    too_long: Words | None
    note: str
    next: tuple[tuple[str, Words], ...]


@get("/people/{client_id:uuid}/respite", access=READ)
def stays(work: Work, client_id: UUID) -> View:
    """Nights taken and left this year, the stays that are planned, and a form for another one."""
    client = people.client(work, client_id)
    rows, found, today = queries.stays(work, client), queries.basis(work, client), work.today(client)
    letter = funding.current(work, client)
    parameters = programs.program(queries.program_of(work, client)).parameters
    period = funding.funding_values(letter, today).period if letter and letter.ends else None
    year = respite.year_of(parameters, today, period)
    allowed = respite.allowance(parameters, year, queries.nights_of(rows), today)
    names = plans.provider_names(work, [one.provider_id for one in rows])
    values: dict[str, Any] = {
        "allowed": allowed,
        "too_many": isinstance(allowed.left.value, int) and allowed.left.value < 0,
        "cards": [_card(one, found, names, allowed.together) for one in rows],
        "table": _table(rows) if rows else None,
        "provider_options": choices(queries.providers(work)),
        "blank": NEW,
        "writes": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "own": people.is_own(work, client),
        "base": f"/people/{client.id}/respite",
    }
    return View("living/respite.html", values, fragment="living/_respite.html", client=client)


def _card(row: StayRow, found: Basis | None, names: Mapping[UUID, Name], together: int | None) -> Card:
    badge, state = STATES[row.state]
    nights = Nights(row.arrives, row.leaves)
    cost = respite.cost(nights.count, rates_of(row))
    during = _meanwhile(found, nights) if row.skips_visits and row.counts else ()
    unpaid = [one for one in during if one.unpaid]
    text = words(
        "This is longer than the {n} nights in a row that are usually funded. Ask before you book.", n=together or 0
    )
    return Card(
        id=row.id,
        version=row.version,
        place=Name(row.place),
        provider=queries.called(row, names),
        when=nwords(
            "{n} night, from {first} to {last}",
            "{n} nights, from {first} to {last}",
            nights.count,
            first=row.arrives,
            last=row.leaves,
        ),
        badge=badge,
        state=state,
        cost=cost,
        adds=respite.freed(during, cost) if during and row.counts else None,
        meanwhile=_meanwhile_table(row, during) if during else None,
        family=respite.replacement(unpaid, _hourly(found, unpaid)) if unpaid else None,
        too_long=text if together is not None and nights.count > together else None,
        note=row.note,
        next=tuple((then.value, label) for then, label in NEXT[row.state]),
    )


def rates_of(row: StayRow) -> Rates:
    """The prices of a stay, as the calculator takes them."""
    minutes = Minutes(row.minutes_a_day) if row.minutes_a_day is not None else None
    return Rates(row.per_night, minutes, row.per_hour, row.bed_per_night)


def _meanwhile(found: Basis | None, nights: Nights) -> tuple[Meanwhile, ...]:
    if found is None:
        return ()
    return respite.meanwhile(found.package, nights, found.editions, programs.calendar())


def _hourly(found: Basis | None, unpaid: list[Meanwhile]) -> Money | None:
    """What an hour of family care would cost, as the person told it for one of these lines."""
    wanted = {one.line for one in unpaid}
    told = [
        line.price.replacement
        for line in (found.package.lines if found else ())
        if line.id in wanted and isinstance(line.price, Unpaid)
    ]
    return next((one for one in told if one is not None), None)


def _meanwhile_table(row: StayRow, during: tuple[Meanwhile, ...]) -> Table:
    return Table(
        key=f"meanwhile-{row.id}",
        caption=words("The ordinary week on these days"),
        columns=(
            Column(words("Support")),
            Column(words("Who")),
            Column(words("Visits"), numeric=True),
            Column(words("Time"), numeric=True),
            Column(words("Money"), numeric=True),
        ),
        rows=[
            (
                one.name,
                one.provider if one.provider.text else "",
                one.visits,
                one.minutes,
                words("Nobody is paid for it") if one.unpaid else one.cost,
            )
            for one in during
        ],
    )


def _table(rows: Sequence[StayRow]) -> Table:
    return Table(
        key="stays",
        caption=words("Every stay, the latest first"),
        columns=(
            Column(words("Where")),
            Column(words("First night")),
            Column(words("Morning of leaving")),
            Column(words("Nights"), numeric=True),
            Column(words("Price"), numeric=True),
            Column(words("How it stands")),
        ),
        rows=[
            (
                Name(one.place),
                one.arrives,
                one.leaves,
                one.nights,
                respite.cost(one.nights, rates_of(one)),
                Cell(STATES[one.state][1], badge=STATES[one.state][0]),
            )
            for one in rows
        ],
    )


@dataclass(frozen=True)
class StayForm:
    place: str = forms.text(200)
    provider: UUID | None = forms.record_id(required=False)
    arrives: date = forms.day()
    leaves: date = forms.day()
    per_night: Money | None = forms.money(required=False)
    hours: int | None = forms.number(2, most=24, required=False)
    per_hour: Money | None = forms.money(required=False)
    bed: Money | None = forms.money(required=False)
    skips: bool = forms.tick()
    note: str = forms.text(1000, required=False)

    @property
    def terms(self) -> StayTerms:
        minutes = None if self.hours is None else self.hours * MINUTES_PER_HOUR // 100
        return StayTerms(
            place=self.place,
            arrives=self.arrives,
            leaves=self.leaves,
            provider_id=self.provider,
            per_night=self.per_night,
            minutes_a_day=minutes,
            per_hour=self.per_hour,
            bed_per_night=self.bed,
            skips_visits=self.skips,
            note=self.note,
        )


@post("/people/{client_id:uuid}/respite", access=WRITE, form=StayForm, view=stays)
def plan_stay(work: Work, form: StayForm, client_id: UUID) -> Stay:
    """Plan some nights."""
    commands.plan_stay(work, people.client(work, client_id), form.terms)
    return Stay(words("Planned. Nothing is booked by it."))


@get("/people/{client_id:uuid}/respite/{stay_id:uuid}", access=READ)
def stay(work: Work, client_id: UUID, stay_id: UUID) -> View:
    """One stay, to be written anew."""
    client = people.client(work, client_id)
    row = queries.stay(work, client, stay_id)
    values = {
        "row": row,
        "f": _filled(row),
        "writes": work.can(Resource.BUDGET, Action.WRITE, client.id)
        and row.state in (StayState.PLANNED, StayState.BOOKED),
        "card": _card(row, queries.basis(work, client), plans.provider_names(work, [row.provider_id]), None),
        "provider_options": choices(queries.providers(work)),
        "base": f"/people/{client.id}/respite",
    }
    return View("living/stay.html", values, client=client)


def _filled(row: StayRow) -> dict[str, str]:
    """What the form begins with, as a person would type it."""
    amounts = {"per_night": row.per_night, "per_hour": row.per_hour, "bed": row.bed_per_night}
    typed = {name: _typed(amount.minor) if amount is not None else "" for name, amount in amounts.items()}
    hours = "" if row.minutes_a_day is None else _typed(row.minutes_a_day * 100 // MINUTES_PER_HOUR)
    return {
        **typed,
        "hours": hours,
        "place": row.place,
        "arrives": row.arrives.isoformat(),
        "leaves": row.leaves.isoformat(),
        "provider": str(row.provider_id or ""),
        "note": row.note,
        "skips": "yes" if row.skips_visits else "",
    }


def _typed(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


@dataclass(frozen=True)
class EditForm(StayForm):
    version: int = forms.version()


@post("/people/{client_id:uuid}/respite/{stay_id:uuid}", access=WRITE, form=EditForm, view=stay)
def change(work: Work, form: EditForm, client_id: UUID, stay_id: UUID) -> Go:
    """Write a stay anew."""
    row = queries.stay(work, people.client(work, client_id), stay_id)
    row.expect(form.version)
    commands.change_stay(work, row, form.terms)
    return Go(f"/people/{client_id}/respite", words("Saved."))


@dataclass(frozen=True)
class MoveForm:
    state: StayState = forms.choice(StayState)
    version: int = forms.version()


@post("/people/{client_id:uuid}/respite/{stay_id:uuid}/state", access=WRITE, form=MoveForm, view=stays)
def move(work: Work, form: MoveForm, client_id: UUID, stay_id: UUID) -> Stay:
    """Booked, happened, or called off."""
    row = queries.stay(work, people.client(work, client_id), stay_id)
    row.expect(form.version)
    commands.move_stay(work, row, form.state)
    return Stay(words("Saved."))


# What family and friends give


@get("/people/{client_id:uuid}/family-care", access=(Resource.PLAN, Action.READ))
def family(work: Work, client_id: UUID) -> View:
    """Who gives what in a week, how much each can give, and who could come when they are away."""
    client = people.client(work, client_id)
    found, today = queries.basis(work, client), work.today(client)
    lines = found.package.lines if found else ()
    day = max(today, found.plan.period.first) if found else today
    given = family_care.carers(lines, day)
    values = {
        "carers": given,
        "rows": [_given(one) for one in given],
        "table": _family_table(given) if given else None,
        "backups": [
            (Name(one.name), Name(one.provider or ""), when(one.schedule)) for one in family_care.backups(lines, day)
        ],
        "money": work.can(Resource.BUDGET, Action.READ, client.id),
        "planned": found is not None,
        "drafts": work.can(Resource.DRAFT, Action.READ, client.id),
        "drafted": _drafted(work, client, given),
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}",
    }
    return View("living/family.html", values, client=client)


def _drafted(work: Work, client: Client, planned: Sequence[Carer]) -> list[tuple[Words, str, Sequence[Carer], Any]]:
    """What family would give by each draft that is worked on, where that is not what they give by the plan."""
    found: list[tuple[Words, str, Sequence[Carer], Any]] = []
    known = [(one.name, one.week.value, one.most) for one in planned]
    for one in proposals.proposals(work, client):
        if one.state is not ProposalState.DRAFT:
            continue
        lines = proposals.draft(work, client, one).quote.package.lines
        given = family_care.carers(lines, max(work.today(client), one.starts))
        if given and [(each.name, each.week.value, each.most) for each in given] != known:
            title = words("In the draft {draft}", draft=Name(one.title))
            found.append((title, f"/people/{client.id}/proposals/{one.id}", given, [_given(each) for each in given]))
    return found


def _given(one: Carer) -> list[tuple[Name, Words]]:
    return [(Name(line.name), when(line.schedule)) for line in one.lines]


def _family_table(given: Sequence[Carer]) -> Table:
    return Table(
        key="family-care",
        caption=words("What family and friends give in a week"),
        columns=(
            Column(words("Who")),
            Column(words("Hours in a week"), numeric=True),
            Column(words("Can give"), numeric=True),
        ),
        rows=[
            (
                one.name if one.name.text else words("Nobody named"),
                one.week,
                one.most if one.most is not None else words("They did not say"),
            )
            for one in given
        ],
    )
