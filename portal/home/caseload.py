"""People a coordinator works with, in one list: whose money ends first, who waits, whom we have not heard from.

The whole list, and what is next for everybody on it, is read in a few statements however long it is. It is sorted and
filtered here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, and_, func, or_, select

from budgeting.money import Minutes, Money
from budgeting.words import Words, words
from portal.access.scope import allowed, limit, unscoped
from portal.access.table import Action, Relationship, Resource
from portal.db import among
from portal.home import everybody, waiting
from portal.home.events import Talked
from portal.journal import JournalEntry
from portal.outlook.model import Basis, Outlook
from portal.outlook.queries import old_ones
from portal.people import ahead, history, next_steps
from portal.people.model import Client, Tie
from portal.people.next_steps import NextStep
from portal.proposals.model import Proposal
from portal.work import Work

SOON = timedelta(weeks=8)
SILENT = timedelta(weeks=4)
SIZE = 25
OURS = (Relationship.CLIENT, Relationship.AUTHORITY, Relationship.SUPPORTER, Relationship.FAMILY)
#: What a coordinator may read of what somebody did; a date must not tell of what is none of theirs.
HEARD_IN = (Resource.STORY, Resource.DRAFT, Resource.PLAN, Resource.CHANGE, Resource.REQUEST, Resource.AGREEMENT)


@dataclass(frozen=True)
class Row:
    """One person as the list knows them; None is what is not known, or not for this reader."""

    id: UUID
    name: str
    until: date | None
    runs_dry: date | None
    short: Money | None
    minutes_left: Minutes | None
    week_spent: Money | None
    week_planned: Money | None
    proposal_id: UUID | None
    basis: Basis | None  #: what the outlook is worked out from
    heard: datetime | None
    next_day: ahead.Day | None

    @property
    def ends(self) -> date | None:
        """The last day that is paid, where money ends before it should."""
        return self.until if self.runs_dry else None

    @property
    def faster(self) -> int | None:
        """Cents that a week so far cost more than one that is planned."""
        if self.week_spent is None or self.week_planned is None:
            return None
        return self.week_spent.minor - self.week_planned.minor


@dataclass(frozen=True)
class Person:
    """One person on the page: the row, what is next, and whether the outlook still holds."""

    row: Row
    steps: Sequence[NextStep]
    as_of: date | None  #: the day the money was looked at, where that does not hold any more


@dataclass(frozen=True)
class Page:
    """A page of the list: its people, how many fit the filters, and how many fit each filter."""

    people: Sequence[Person]
    total: int
    everyone: int
    ending: int
    mine: int
    silent: int
    kinds: Mapping[str, int]  #: how many things of each kind wait for the reader, with everybody
    own: Sequence[NextStep]  #: what waits for the reader apart from any one client
    mark: str  #: of all that waits; "" while only some people are looked at


Key = Callable[[Row], tuple[bool, object]]
LAST = date.max

#: The columns by which the list is sorted: what nobody knows comes last, whichever way.
SORTS: Mapping[str, tuple[Words, Key]] = {
    "waits": (words("Most urgent first"), lambda row: (False, 0)),  # by what waits, which no row knows: see below
    "name": (words("Name"), lambda row: (False, row.name.casefold())),
    "ends": (words("Money ends first"), lambda row: (row.ends is None, row.ends or row.until or LAST)),
    "short": (words("Most is missing"), lambda row: (not row.short, -(row.short.minor if row.short else 0))),
    "hours": (words("Fewest hours left"), lambda row: (row.minutes_left is None, row.minutes_left or Minutes(0))),
    "pace": (words("Spending fastest"), lambda row: (row.faster is None, -(row.faster or 0))),
    "heard": (words("Not heard from for longest"), lambda row: (False, row.heard.timestamp() if row.heard else 0)),
    "next": (
        words("Next review or end"),
        lambda row: (row.next_day is None, row.next_day[0] if row.next_day else LAST),
    ),
}
SHOWS: Mapping[str, Words] = {
    "all": words("Everyone"),
    "ends": words("Money ends within {n} weeks", n=SOON.days // 7),
    "mine": words("Waiting for me"),
    "silent": words("Not heard from for {n} weeks", n=SILENT.days // 7),
}


def page(work: Work, search: str, show: str, sort: str, number: int, size: int | None = SIZE, kind: str = "") -> Page:
    """One page of the people the reader works with; ``size`` None is all of them, for a file.

    With a ``kind`` of what waits only those with whom such a thing waits for the reader, and only these things.
    """
    rows, clients, outlooks = _rows(work, search)
    ending = [row for row in rows if row.ends and row.ends <= work.day + SOON]
    silent = [row for row in rows if row.heard is None or row.heard < work.now - SILENT]
    own, mark = next_steps.own(work), ""
    if search:
        steps = next_steps.steps_of(work, clients.values())
    else:
        steps, marks = everybody.steps_of(work, clients.values())
        mark = waiting.together(marks, own)
    waits = [step for some in steps.values() for step in some if step.yours]
    if kind:
        steps = {one: [step for step in some if waiting.fits(step, kind)] for one, some in steps.items()}
    mine = [row for row in rows if any(step.yours for step in steps[row.id])]
    found: Collection[Row] = {"ends": ending, "mine": mine, "silent": silent}.get(show, rows)
    ordered = sorted(sorted(found, key=SORTS["name"][1]), key=SORTS.get(sort, SORTS["name"])[1])
    if sort == "waits":
        ordered.sort(key=lambda row: waiting.rank(steps[row.id]))
    shown = ordered if size is None else ordered[(number - 1) * size : number * size]
    people = _people(work, shown, clients, steps, [outlooks[row.id] for row in shown if row.id in outlooks])
    kinds = {one.kind: len(one.steps) for one in waiting.groups(waits)}
    kinds = {waiting.SOON: sum(step.urgent for step in waits), **kinds}
    return Page(people, len(found), len(rows), len(ending), len(mine), len(silent), kinds, own, mark)


def _people(
    work: Work,
    rows: Sequence[Row],
    clients: next_steps.Clients,
    steps: Mapping[UUID, Sequence[NextStep]],
    outlooks: Sequence[Outlook],
) -> list[Person]:
    old = old_ones(work, outlooks, clients)
    as_of = {one.client_id: one.computed_on for one in outlooks if one.client_id in old}
    return [Person(row, steps[row.id], as_of.get(row.id)) for row in rows]


def _rows(work: Work, search: str) -> tuple[list[Row], dict[UUID, Client], dict[UUID, Outlook]]:
    """Everyone the reader is connected with, each with what they may see of the money."""
    wanted = select(Client, Outlook, Proposal.id.label("proposal_id"))
    wanted = wanted.outerjoin(Outlook, and_(Outlook.client_id == Client.id, allowed(work, Outlook, Action.READ)))
    drafts = and_(Proposal.id == Outlook.proposal_id, allowed(work, Proposal, Action.READ))
    wanted = wanted.outerjoin(Proposal, drafts)
    if search:
        wanted = wanted.where(Client.name.icontains(search, autoescape=True))
    found = work.session.execute(limit(wanted, work, Client)).all()
    clients: dict[UUID, Client] = {one.Client.id: one.Client for one in found}
    heard, days = _heard(work, list(clients)), ahead.next_days(work, list(clients), work.day)
    rows = [_row(one, heard.get(one.Client.id), days.get(one.Client.id)) for one in found]
    return rows, clients, {one.Client.id: one.Outlook for one in found if one.Outlook}


def _row(one: Any, heard: datetime | None, next_day: ahead.Day | None) -> Row:
    """One person; what was worked out from a draft is not for those who may not read that draft."""
    known = one.Outlook
    if known is None or (known.basis is Basis.DRAFT and one.proposal_id is None):
        return Row(one.Client.id, one.Client.name, *(None,) * 8, heard, next_day)
    left = None if known.minutes_left is None else Minutes(known.minutes_left)
    ends = (known.until, known.runs_dry, known.short)
    money = (*ends, left, known.week_spent, known.week_planned, one.proposal_id, known.basis)
    return Row(one.Client.id, one.Client.name, *money, heard, next_day)


def _heard(work: Work, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each person, or who was close to them then, did something last that may be read, or was talked to."""
    that_day = func.date(JournalEntry.at, type_=Date)  # by universal time: near enough for who was close when
    close = select(Tie.id).where(
        Tie.client_id == JournalEntry.client_id,
        Tie.account_id == JournalEntry.actor_id,
        Tie.relationship.in_(OURS),
        Tie.account_id != work.account_id,
        Tie.starts <= that_day,
        or_(Tie.ends.is_(None), Tie.ends >= that_day),
        or_(Tie.revoked_at.is_(None), Tie.revoked_at >= JournalEntry.at),
    )
    theirs = and_(JournalEntry.kind.in_(history.kinds_about(HEARD_IN)), close.exists())
    wanted = (
        select(JournalEntry.client_id, func.max(JournalEntry.at).label("at"))
        .where(among(JournalEntry.client_id, ids), or_(JournalEntry.kind == Talked.kind, theirs))
        .group_by(JournalEntry.client_id)
    )
    rows = work.session.execute(unscoped(wanted, "the day alone, of people the reader may see"))
    return {row.client_id: row.at for row in rows}
