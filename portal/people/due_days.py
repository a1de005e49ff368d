"""Days by which something is due, said to be done or not after all: one concept for all that know such days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from budgeting.explain import Figure
from budgeting.words import Words, words
from portal.access.scope import unscoped
from portal.db import Stale, among
from portal.people.day_model import DueDay
from portal.people.model import Client
from portal.work import Refusal, Work

LONGEST = timedelta(days=460)  # no rule: how far back it is looked; a test holds that every known rule falls within it
LATE = timedelta(days=28)  # as long after its day what nobody said was done stays among what is due


@dataclass(frozen=True)
class Day:
    """Something that is due by a day: about what, what it is, and when it was done, if it was."""

    about: UUID
    what: str
    label: Words
    due: date
    figure: Figure | None = None
    done: DueDay | None = None
    told: UUID | None = None  #: by which it is taken back, where somebody told of it

    @property
    def said(self) -> Words:
        """What is due, in one sentence."""
        return self.figure.summary if self.figure else self.label

    @property
    def key(self) -> str:
        """What tells it from the other days of one page."""
        return f"{self.what}-{self.told or self.about}"


def provider_left(client: Client, provider_id: UUID | None, provider_name: str) -> UUID:
    """What a day is about that comes after the last day with a provider, with a place in the portal or without."""
    return provider_id or uuid5(client.id, provider_name)


def with_done(work: Work, client: Client, days: Iterable[Day]) -> list[Day]:
    """The same days, each with what was said to be done; they stand with something the reader was allowed to find."""
    days = list(days)
    wanted = select(DueDay).where(DueDay.client_id == client.id, among(DueDay.about, {one.about for one in days}))
    rows = work.session.scalars(wanted.where(DueDay.done_on.is_not(None))) if days else ()
    found = {(row.about, row.what, row.due): row for row in rows}
    return [replace(one, done=found.get((one.about, one.what, one.due))) for one in days]


def done(work: Work, clients: Collection[UUID]) -> frozenset[tuple[UUID, UUID, str, date]]:
    """What is done for some clients: whose it is, about what, what it was, and its day."""
    columns = (DueDay.client_id, DueDay.about, DueDay.what, DueDay.due)
    rows = work.session.execute(select(*columns).where(among(DueDay.client_id, clients), DueDay.done_on.is_not(None)))
    return frozenset((row.client_id, row.about, row.what, row.due) for row in rows)


def note(work: Work, client: Client, days: Sequence[Day], key: str, due: date, on: date, first: date) -> Day:
    """Say on which day, from ``first`` on, one of these days' things was done. Stale when somebody said so already."""
    _one_at_a_time(work, client)
    found = next((one for one in with_done(work, client, days) if (one.key, one.due) == (key, due)), None)
    if found is None or found.done is not None:
        raise Stale
    today = work.today(client)
    if not first <= on <= today:
        raise Refusal(words("Choose a day from {first} to {last}.", first=first, last=today), "done_on")
    row = next((one for one in told(work, [client.id], found.what) if (one.about, one.due) == (found.about, due)), None)
    _note(work, row or DueDay(client_id=client.id, about=found.about, what=found.what, due=due), on)
    return found


def tell(work: Work, client: Client, about: UUID, what: str, since: date, due: date) -> None:
    """Say that something is due by a day, counted from another. Stale when that was said already."""
    _one_at_a_time(work, client)
    if any((one.about, one.due) == (about, due) for one in told(work, [client.id], what)):
        raise Stale
    _note(work, DueDay(client_id=client.id, about=about, what=what, due=due, since=since), None)


def untell(work: Work, client: Client, what: str, told_id: UUID) -> DueDay:
    """Say that nothing is due of which somebody told; Stale when that was said, or the thing done, a moment ago."""
    _one_at_a_time(work, client)
    found = next((one for one in told(work, [client.id], what) if one.id == told_id), None)
    if found is None or found.done_on is not None:
        raise Stale
    work.session.delete(found)
    return found


def told(work: Work, clients: Collection[UUID], what: str) -> Sequence[DueDay]:
    """What somebody told of that is due, done or not, the earliest day first."""
    wanted = select(DueDay).where(among(DueDay.client_id, clients), DueDay.what == what, DueDay.since.is_not(None))
    return work.session.scalars(wanted.order_by(DueDay.due)).all()


def _one_at_a_time(work: Work, client: Client) -> None:
    lock = select(Client.id).where(Client.id == client.id).with_for_update()
    work.session.execute(unscoped(lock, "one at a time"))


def _note(work: Work, row: DueDay, on: date | None) -> None:
    assert work.account_id is not None, "only people who are signed in"
    row.done_on, row.noted_by, row.noted_at = on, work.account_id, work.now
    work.session.add(row)


def take_back(work: Work, client: Client, days: Sequence[Day], done_id: UUID) -> Day:
    """Say that it is to be done after all; Stale when somebody took it back a moment ago."""
    found = next((one for one in with_done(work, client, days) if one.done and one.done.id == done_id), None)
    if found is None or found.done is None:
        raise Stale
    was = found.done
    work.session.delete(was)
    if was.since is not None:  # told by somebody: it stands again, under another address than pages opened before know
        work.session.flush()
        again = DueDay(client_id=was.client_id, about=was.about, what=was.what, due=was.due, since=was.since)
        _note(work, again, None)
    return found
