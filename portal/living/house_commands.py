"""The verbs of a shared house. Who is shown in it says so themselves; the roster changes nobody's plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.living import events
from portal.living.houses import there
from portal.living.model import House, HouseShift, Residency
from portal.living.queries import must_be_a_provider
from portal.living.states import ResidencyState
from portal.people.model import Client
from portal.work import Refusal, Work, command

PLAN = Resource.PLAN


@dataclass(frozen=True)
class HouseTerms:
    """What is written about a house; ``others`` counts people who live there and are not in this portal."""

    name: str
    places: int
    others: int
    provider_id: UUID | None = None
    address: str = ""


@dataclass(frozen=True)
class ShiftTerms:
    """One row of a roster, by half-hours."""

    weekdays: tuple[int, ...]
    begins_at: time
    ends_at: time
    workers: int
    sleepover: bool = False
    everyone: bool = True
    present: tuple[UUID, ...] = ()
    others: int = 0

    def must_make_sense(self, house: House, residents: frozenset[UUID]) -> None:
        """Refuse quarters of an hour, nobody there, and people who do not live in the house."""
        for field, at in (("begins", self.begins_at), ("finishes", self.ends_at)):
            if at.minute % 30:
                raise Refusal(words("A roster goes by half-hours: say 7:00 or 7:30."), field)
        if not self.weekdays:
            raise Refusal(words("On which days?"), "weekdays")
        if self.workers < 1:
            raise Refusal(words("There is at least one."), "workers")
        if not set(self.present) <= residents:
            raise Refusal(words("Choose from the answers shown."), "present")
        if self.others > house.others:
            raise Refusal(words("Fewer people than that live in this house."), "others")
        if not self.everyone and not self.present and not self.others:
            raise Refusal(words("Say who is there, or that everybody is."), "present")


@command(PLAN, Action.WRITE)
def begin_house(work: Work, client: Client, terms: HouseTerms, moves_in: date, support: str | None) -> Residency:
    """Write down a house and ask the person whether it may be shown in their record; until then nobody else sees it."""
    _check(work, terms, 1)
    house = House(made_by=work.account_id, made_at=work.now, **_plain(terms))
    house.address = terms.address or None
    work.session.add(house)
    work.session.flush()
    return _ask(work, client, house, moves_in, support)


@command(PLAN, Action.WRITE)
def ask_to_live(work: Work, client: Client, house: House, moves_in: date, support: str | None) -> Residency:
    """Ask another person whether they may be shown in a house that is there already."""
    return _ask(work, client, house, moves_in, support)


def _ask(work: Work, client: Client, house: House, moves_in: date, support: str | None) -> Residency:
    wanted = select(Residency).where(Residency.client_id == client.id, Residency.house_id == house.id)
    row = work.session.scalar(unscoped(wanted, "who was asked before, of this one client"))
    if row is not None and row.state in (ResidencyState.ASKED, ResidencyState.AGREED):
        raise Refusal(words("They were asked already."))
    if row is None:
        row = Residency(client_id=client.id, house_id=house.id, asked_by=work.account_id)
        work.session.add(row)
    row.state, row.moves_in, row.moves_out, row.support = ResidencyState.ASKED, moves_in, None, support
    row.asked_by, row.answered_by, row.answered_at = work.account_id, None, None  # type: ignore[assignment]  # routes let in only people who are signed in
    work.session.flush()
    work.record(events.AskedToLive(client_id=client.id, subject=row.id, moves_in=moves_in))
    return row


@command(Resource.CIRCLE, Action.WRITE)
def answer(work: Work, row: Residency, *, agreed: bool, shows_name: bool) -> None:
    """Say whether one is shown in the house, and whether with one's name; it can be changed at any time."""
    if row.state is ResidencyState.LEFT:
        raise Refusal(words("This is over. The page shows it as it is now."))
    house = work.session.get(House, row.house_id)
    if agreed and row.state is not ResidencyState.AGREED and house is not None:
        taken = len(_agreed(work, house)) + house.others
        if taken >= house.places:
            raise Refusal(words("Every place in this house is taken. Talk with whoever asked you."))
    row.state = ResidencyState.AGREED if agreed else ResidencyState.DECLINED
    row.shows_name = agreed and shows_name
    row.answered_by, row.answered_at = work.account_id, work.now
    if not agreed:
        _take_out(work, row)
    work.record(
        events.AnsweredToLive(client_id=row.client_id, subject=row.id, agreed=agreed, shows_name=row.shows_name)
    )


@command(PLAN, Action.WRITE)
def move_out(work: Work, row: Residency, last: date) -> None:
    """Write down the last day; from the day after, the roster counts one person less."""
    if last < row.moves_in:
        raise Refusal(words("This is before the first day."), "last")
    row.moves_out = last
    if last < work.day:
        row.state = ResidencyState.LEFT
        _take_out(work, row)
    work.record(events.MovedOut(client_id=row.client_id, subject=row.id, last=last))


@command(PLAN, Action.WRITE)
def change_house(work: Work, row: Residency, house: House, terms: HouseTerms) -> None:
    """Write anew what is known about the house of this person."""
    _check(work, terms, len(_agreed(work, house)))
    for name, value in _plain(terms).items():
        setattr(house, name, value)
    house.address = terms.address or None
    _tell(work, house, events.HouseChanged)


@command(PLAN, Action.WRITE)
def save_shift(work: Work, row: Residency, house: House, shift: HouseShift | None, terms: ShiftTerms) -> HouseShift:
    """Add a row to the roster of this person's house, or write one anew."""
    terms.must_make_sense(house, frozenset(one.id for one in _agreed(work, house)))
    shift = shift or HouseShift(house_id=house.id)
    shift.weekdays = ",".join(map(str, sorted(terms.weekdays)))
    shift.begins_at, shift.ends_at, shift.workers = terms.begins_at, terms.ends_at, terms.workers
    shift.sleepover, shift.everyone = terms.sleepover, terms.everyone
    shift.present = "" if terms.everyone else ",".join(sorted(map(str, terms.present)))
    shift.others = 0 if terms.everyone else terms.others
    work.session.add(shift)
    work.session.flush()
    _tell(work, house, events.RosterChanged)
    return shift


@command(PLAN, Action.WRITE)
def remove_shift(work: Work, row: Residency, house: House, shift: HouseShift) -> None:
    """Take a row out of the roster."""
    work.session.delete(shift)
    _tell(work, house, events.RosterChanged)


@command(PLAN, Action.WRITE)
def copy_day(work: Work, row: Residency, house: House, source: int, targets: tuple[int, ...]) -> int:
    """Make other days like one day: their rows go, and those of that day come; says how many rows cover it now."""
    rows = _shifts(work, house)
    wanted = [one for one in rows if source in _days(one)]
    others = frozenset(targets) - {source}
    if not wanted or not others:
        raise Refusal(words("Choose a day that has rows, and the days that shall be like it."), "targets")
    for one in rows:
        kept = (_days(one) - others) | (others if source in _days(one) else frozenset())
        if kept:
            one.weekdays = ",".join(map(str, sorted(kept)))
        else:
            work.session.delete(one)
    work.session.flush()
    _tell(work, house, events.RosterChanged)
    return len(wanted)


def _days(shift: HouseShift) -> frozenset[int]:
    return frozenset(map(int, shift.weekdays.split(",")))


def _shifts(work: Work, house: House) -> list[HouseShift]:
    return list(work.session.scalars(select(HouseShift).where(HouseShift.house_id == house.id)))


def _agreed(work: Work, house: House) -> list[Residency]:
    wanted = select(Residency).where(Residency.house_id == house.id, there(work.day))
    return list(work.session.scalars(unscoped(wanted, "who lives in a house the writer belongs to")))


def _take_out(work: Work, row: Residency) -> None:
    """Nobody stays in the rows of a roster who is not in the house."""
    house = work.session.get(House, row.house_id)
    for shift in _shifts(work, house) if house else ():
        present = [one for one in shift.present.split(",") if one and one != str(row.id)]
        if ",".join(present) != shift.present:
            shift.present = ",".join(present)
            if not present and not shift.others and not shift.everyone:
                work.session.delete(shift)


def _tell(work: Work, house: House, happened: type[events.RosterChanged | events.HouseChanged]) -> None:
    """Everybody who lives there finds it in their own history."""
    for one in _agreed(work, house):
        work.record(happened(client_id=one.client_id, subject=one.id))


def _plain(terms: HouseTerms) -> dict[str, object]:
    return {"name": terms.name, "places": terms.places, "others": terms.others, "provider_id": terms.provider_id}


def _check(work: Work, terms: HouseTerms, known: int) -> None:
    must_be_a_provider(work, terms.provider_id)
    if not 1 <= terms.places <= 30:
        raise Refusal(words("Between 1 and 30 people."), "places")
    if terms.others + known > terms.places:
        raise Refusal(words("More people live there than there are places."), "others")
