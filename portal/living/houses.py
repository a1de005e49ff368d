"""A shared house as one reader may see it: the roster is everybody's, names and money are each person's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.living import roster
from budgeting.living.roster import Setting, Share, Shift, Span
from budgeting.period import Period
from budgeting.words import Name, Words, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.db import among
from portal.living.model import House, HouseShift, Residency, Stay
from portal.living.queries import place_of, program_of
from portal.living.states import ResidencyState, StayState
from portal.people import history
from portal.people.model import Client, Restriction
from portal.work import NotVisible, Work

YEAR, WEEK = timedelta(days=364), timedelta(days=6)


def residencies(work: Work, client: Client) -> Sequence[tuple[Residency, House]]:
    """The houses of one client, with what they said about being shown there."""
    wanted = (
        limit(select(Residency, House), work, Residency)
        .join(House, House.id == Residency.house_id)
        .where(Residency.client_id == client.id, Residency.state != ResidencyState.LEFT)
        .order_by(Residency.moves_in, Residency.id)
    )
    return [(row.Residency, row.House) for row in work.session.execute(wanted)]


def residency(work: Work, client: Client, residency_id: UUID) -> tuple[Residency, House]:
    """One of them; NotVisible otherwise."""
    for row, house in residencies(work, client):
        if row.id == residency_id:
            return row, house
    raise NotVisible


def there(day: date) -> ColumnElement[bool]:
    """Who lives in a house on a day: they agreed to be shown there, and have not moved out before."""
    still = or_(Residency.moves_out.is_(None), Residency.moves_out >= day)
    return and_(Residency.state == ResidencyState.AGREED, still)


def for_us(work: Work) -> Sequence[House]:
    """The houses that an organisation of the reader provides, in which somebody has agreed to be shown."""
    wanted = (
        limit(select(House), work, Residency)
        .join(Residency, Residency.house_id == House.id)
        .where(House.provider_id.in_(organisations(work)), there(work.day))
        .order_by(House.name, House.id)
        .distinct()
    )
    return work.session.scalars(wanted).all()


def through(work: Work, house_id: UUID, action: Action = Action.READ) -> tuple[House, Residency]:
    """A house with somebody who lives there and through whom the reader may do this; NotVisible otherwise.

    Whoever was only asked opens a house as long as nobody lives there; after that its people have to be agreed with.
    """
    of_house = visible(work, Residency, action).where(Residency.house_id == house_id)
    in_order = of_house.order_by(Residency.moves_in, Residency.id)
    row = work.session.scalars(in_order.where(there(work.day))).first()
    if row is None and not _lived_in(work, house_id):
        row = work.session.scalars(in_order.where(Residency.state == ResidencyState.ASKED)).first()
    house = work.session.get(House, house_id) if row is not None else None
    if row is None or house is None:
        raise NotVisible
    return house, row


def _lived_in(work: Work, house_id: UUID) -> bool:
    somebody = select(Residency.id).where(Residency.house_id == house_id, there(work.day)).limit(1)
    return work.session.scalar(unscoped(somebody, "whether somebody lives there, and not who")) is not None


def shift(work: Work, house: House, shift_id: UUID) -> HouseShift:
    """One row of the roster of this house; NotVisible otherwise."""
    found = work.session.scalar(select(HouseShift).where(HouseShift.id == shift_id, HouseShift.house_id == house.id))
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Housemate:
    """Somebody who agreed to be shown: under a name only if they said so, and never to somebody it is hidden from."""

    id: UUID
    name: Name | Words
    moves_in: date
    moves_out: date | None
    away: tuple[Period, ...] = ()  #: the days whose nights are booked elsewhere, without the ordinary visits

    def is_home(self, day: date) -> bool:
        """Whether this person lives there and is not away on a day."""
        return self.lives_there(day) and not any(day in one for one in self.away)

    def lives_there(self, day: date) -> bool:
        """Whether this person has moved in by a day, and not moved out before."""
        return self.moves_in <= day and (self.moves_out is None or self.moves_out >= day)


def housemates(work: Work, house: House) -> list[Housemate]:
    """Everybody who agreed to be shown in a house, in the order in which they came; the others by number only."""
    hidden = select(Restriction.client_id).where(
        Restriction.hidden_from == work.account_id,
        Restriction.lifted_at.is_(None),
        or_(Restriction.hides.is_(None), Restriction.hides == Resource.IDENTITY, Restriction.hides == Resource.PLAN),
    )
    wanted = (
        select(
            Residency.id,
            Residency.client_id,
            Residency.moves_in,
            Residency.moves_out,
            Client.name,
            (Residency.shows_name & Residency.client_id.not_in(hidden)).label("named"),
        )
        .join(Client, Client.id == Residency.client_id)
        .where(Residency.house_id == house.id, there(work.day))
        .order_by(Residency.moves_in, Residency.id)
    )
    own = _own(work, house)
    rows = work.session.execute(unscoped(wanted, "who shares a house, only as far as each agreed to be shown")).all()
    away = _away(work, [row.client_id for row in rows])
    return [
        Housemate(
            row.id,
            Name(row.name) if row.named or row.id in own else words("Housemate {n}", n=number),
            row.moves_in,
            row.moves_out,
            tuple(away.get(row.client_id, ())),
        )
        for number, row in enumerate(rows, 1)
    ]


def _away(work: Work, clients: Collection[UUID]) -> Mapping[UUID, list[Period]]:
    """The days on which these clients are away; a stay that is only planned is nobody's business yet."""
    wanted = select(Stay.client_id, Stay.arrives, Stay.leaves).where(
        among(Stay.client_id, clients),
        Stay.state.in_((StayState.BOOKED, StayState.HAPPENED)),
        Stay.skips_visits,
    )
    found: dict[UUID, list[Period]] = {}
    for row in work.session.execute(unscoped(wanted, "on which days a roster counts one less, and nothing else of it")):
        found.setdefault(row.client_id, []).append(Period(row.arrives, row.leaves - timedelta(days=1)))
    return found


def _own(work: Work, house: House) -> Collection[UUID]:
    """Those whose plan the reader may see anyway, under their name."""
    wanted = limit(select(Residency.id), work, Residency).where(Residency.house_id == house.id)
    named = limit(select(Client.id), work, Client)
    seen: ColumnElement[bool] = Residency.client_id.in_(named)
    return set(work.session.scalars(wanted.where(seen)))


@dataclass(frozen=True)
class Roster:
    """The roster of a house on any day: its rows, and who lives there when. Rows are in the order of their times."""

    house: House
    mates: tuple[Housemate, ...]
    rows: tuple[HouseShift, ...]

    def living(self, day: date) -> list[Housemate]:
        """Who of the portal lives there on a day."""
        return [one for one in self.mates if one.lives_there(day)]

    def taken(self, day: date) -> int:
        """How many people live there on a day, also those who are not in this portal."""
        return len(self.living(day)) + self.house.others

    def free(self, day: date) -> int:
        """How many places nobody has on a day."""
        return max(self.house.places - self.taken(day), 0)

    def on(self, day: date) -> list[tuple[HouseShift, Shift]]:
        """The rows as they are kept and as the calculator has them, for those who live there on a day."""
        return self._rows(self.living(day))

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The rows on a day in which somebody is there."""
        return tuple(plain for _, plain in self.on(day) if plain.count)

    def week(self, monday: date) -> tuple[Span, ...]:
        """Seven days by half-hours, each with those who live there then and are at home."""
        return roster.week([self._at_home(monday + timedelta(days=number)) for number in range(7)])

    def away(self, day: date) -> int:
        """How many of those who live there are away on a day; their places are theirs."""
        return sum(1 for one in self.living(day) if not one.is_home(day))

    def _at_home(self, day: date) -> list[Shift]:
        rows = self._rows([one for one in self.living(day) if one.is_home(day)])
        return [plain for _, plain in rows if plain.count]

    def _rows(self, people: Iterable[Housemate]) -> list[tuple[HouseShift, Shift]]:
        everybody = frozenset(str(one.id) for one in people)
        return [(row, _plain(row, everybody, self.house.others)) for row in self.rows]

    def stretches(self, days: Period) -> list[Period]:
        """The days in parts, each without anybody coming or going."""
        moves = {one.moves_in for one in self.mates}
        moves |= {one.moves_out + timedelta(days=1) for one in self.mates if one.moves_out}
        starts = sorted({days.first, *(day for day in moves if day in days)})
        lasts = [*(day - timedelta(days=1) for day in starts[1:]), days.last]
        return [Period(first, last) for first, last in zip(starts, lasts, strict=True)]


def roster_of(work: Work, house: House) -> Roster:
    """The roster of a house, with everybody who agreed to be shown there."""
    rows = work.session.scalars(select(HouseShift).where(HouseShift.house_id == house.id)).all()
    in_order = sorted(rows, key=lambda row: (row.begins_at, row.weekdays, row.id))
    return Roster(house, tuple(housemates(work, house)), tuple(in_order))


def _plain(row: HouseShift, everybody: frozenset[str], others: int) -> Shift:
    people = everybody if row.everyone else frozenset(filter(None, row.present.split(","))) & everybody
    return Shift(
        id=str(row.id),
        name=f"{row.begins_at:%H:%M}–{row.ends_at:%H:%M}",
        weekdays=tuple(map(int, row.weekdays.split(","))),
        start=row.begins_at,
        end=row.ends_at,
        workers=row.workers,
        people=people,
        others=others if row.everyone else row.others,
        everyone=row.everyone,
        sleepover=row.sleepover,
    )


@dataclass(frozen=True)
class Costs:
    """What one person's part costs: as it is, with every place taken, and with one person less."""

    now: Share
    filled: Share | None  # None: no place is free
    fewer: Share | None  # None: nobody else is there


def costs(work: Work, client: Client, row: Residency, found: Roster, day: date) -> Costs:
    """One resident's own part: an ordinary week as it is on a day, and a year from their first day or today on.

    Nobody else's money.
    """
    program = program_of(work, client)
    at = _setting(client, program, row.support, catalogue.editions(work, program))
    first = max(work.today(client), row.moves_in)
    last = min(first + YEAR, row.moves_out or date.max)
    rows, me, free = found.shifts(day), str(row.id), found.free(day)
    monday = day - timedelta(days=day.weekday())
    days, then = Period(first, max(first, last)), Period(monday, monday + WEEK)
    year = [roster.share(found.shifts(part.first), me, part, at).whole for part in found.stretches(days)]
    return Costs(
        now=replace(roster.share(rows, me, then, at), whole=roster.together(year, days)),
        filled=roster.share(roster.with_more(rows, free), me, then, at) if free else None,
        fewer=roster.share(roster.with_one_less(rows, me), me, then, at) if found.taken(day) > 1 else None,
    )


def _setting(client: Client, program: str, support: str | None, editions: Editions) -> Setting:
    return Setting(program, support, place_of(client), editions, programs.calendar())


def support_for(program: str, day: date) -> str | None:
    """The support at whose prices a shared home is priced in a program; None where it has none."""
    parameters = programs.program(program).parameters
    return parameters.text("shared_home_support", day) if "shared_home_support" in parameters else None


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    wanted = limit(select(Residency.id, House.name), work, Residency).join(House, House.id == Residency.house_id)
    return {row.id: Name(row.name) for row in work.session.execute(wanted.where(Residency.id.in_(ids)))}
