"""Visits that did not happen, groups and stays of a client, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.explain import Figure
from budgeting.extras import ProgramOfSupport
from budgeting.living import missed as calculator
from budgeting.living.respite import Nights
from budgeting.money import Minutes
from budgeting.package import Package, Units, Weekly
from budgeting.period import Period, Place
from budgeting.words import Name, nwords, words
from portal.access.scope import limit, visible
from portal.access.table import Action, Resource
from portal.accounts.model import Organisation, OrganisationKind
from portal.catalogue import queries as catalogue
from portal.changes import causes
from portal.db import among
from portal.funding import held, queries as funding
from portal.living.model import GroupChange, Missed, Stay
from portal.living.states import OPEN, MissedState, StayState, Who
from portal.people import history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans import queries as plans
from portal.proposals.frozen import FrozenLine, FrozenProposal, thaw
from portal.spending import against
from portal.work import NotVisible, Refusal, Work

R = TypeVar("R")

history.about("living.", Resource.BUDGET)
history.about("living.house", Resource.PLAN)


@dataclass(frozen=True)
class Basis:
    """The plan that holds, as values: what is accepted, the same for the calculator, and its price lists."""

    plan: FrozenProposal
    package: Package
    editions: Editions

    def line(self, line_id: UUID | None) -> FrozenLine | None:
        """One line of the plan; None when it is not there."""
        return next((one for one in self.plan.lines if one.id == line_id), None)

    def program_of_support(self, line_id: UUID | None) -> Period | None:
        """The days of a line that is a program of support, charged as if the person were always there; else None."""
        line = next((one for one in self.package.lines if one.id == str(line_id)), None)
        there = line is not None and any(isinstance(extra, ProgramOfSupport) for extra in line.extras)
        return line.period if line and there else None

    @property
    def visits(self) -> list[FrozenLine]:
        """Lines that somebody comes for at a time of the week."""
        return [one for one in self.plan.lines if isinstance(one.terms.schedule, Weekly)]

    @property
    def timed(self) -> list[FrozenLine]:
        """Lines that take time of somebody: visits, and hours as agreed from time to time."""
        return [one for one in self.plan.lines if isinstance(one.terms.schedule, Weekly | Units)]


def basis(work: Work, client: Client) -> Basis | None:
    """What the plan in force says; None when there is none, or the reader may not see it."""
    version = plans.current(work, client)
    if version is None:
        return None
    plan = thaw(version.content)
    letter = funding.current(work, client)
    values = None
    if letter is not None and letter.program == plan.program:
        values = held.beside(work, client, funding.funding_values(letter, work.today(client)))
    return Basis(plan, plan.package(values), catalogue.editions(work, plan.program))


def program_of(work: Work, client: Client) -> str:
    """The program whose rules hold: that of the plan, else of the letter, else the first there is."""
    version = plans.current(work, client)
    if version is not None:
        return thaw(version.content).program
    letter = funding.current(work, client)
    return letter.program if letter else programs.PROGRAMS[0]


def place_of(client: Client) -> Place:
    return funding.place(client)


def providers(work: Work) -> list[tuple[UUID, str]]:
    """Every provider of the directory by name, to choose from."""
    rows = work.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.kind == OrganisationKind.PROVIDER)
        .order_by(Organisation.name)
    )
    return [(row.id, row.name) for row in rows]


# Visits that did not happen


def missed(work: Work, client: Client) -> Sequence[Missed]:
    """Every visit that did not happen, the latest first."""
    wanted = visible(work, Missed).where(Missed.client_id == client.id)
    return work.session.scalars(wanted.order_by(Missed.day.desc(), Missed.begins_at.desc(), Missed.id)).all()


def missed_one(work: Work, client: Client, missed_id: UUID) -> Missed:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, Missed).where(Missed.id == missed_id, Missed.client_id == client.id)
    return _or_nothing(work.session.scalar(wanted))


def nobody_came(work: Work, client: Client, days: Period) -> Sequence[Missed]:
    """Visits between two days, both included, that a provider did not make and that were not made up."""
    return [
        one
        for one in missed(work, client)
        if one.who is Who.PROVIDER and one.day in days and one.state is not MissedState.MADE_UP
    ]


@against.told
def _not_made(work: Work, client: Client) -> Iterable[tuple[UUID, date, time]]:
    """Visits of the plan to which nobody came, for spending."""
    for one in nobody_came(work, client, Period(date.min, date.max)):
        if one.line_id is not None:
            yield one.line_id, one.day, one.begins_at


def called(row: Missed | Stay, names: Mapping[UUID, Name]) -> Name:
    """What the provider of a visit or a stay is called; an empty name when nobody was named."""
    if row.provider_id:
        return names.get(row.provider_id, Name(""))
    return Name(row.provider_name) if isinstance(row, Missed) else Name("")


@dataclass(frozen=True)
class Owed:
    """What one provider owes: hours still to be made up, and money of hours that nobody wants any more."""

    provider: Name
    hours: Figure
    free: Figure | None


def owed(rows: Iterable[Missed], names: Mapping[UUID, Name]) -> list[Owed]:
    """Hours owed and money free again, provider by provider, in the order of their names."""
    by_provider: dict[str, list[Missed]] = {}
    for row in rows:
        if row.state in OPEN or row.state is MissedState.FREED:
            by_provider.setdefault(called(row, names).text, []).append(row)
    found = []
    for name, theirs in sorted(by_provider.items()):
        still = [(Name(one.support), Minutes(one.minutes)) for one in reversed(theirs) if one.state in OPEN]
        free = [(Name(one.support), one.fee) for one in reversed(theirs) if one.state is MissedState.FREED]
        found.append(Owed(Name(name), calculator.hours_owed(still), calculator.money_free(free) if free else None))
    return found


# Groups


def group_changes(work: Work, client: Client) -> Sequence[GroupChange]:
    """What was worked out about groups and is not put away, the latest first."""
    wanted = visible(work, GroupChange).where(GroupChange.client_id == client.id, GroupChange.closed_at.is_(None))
    return work.session.scalars(wanted.order_by(GroupChange.prepared_at.desc(), GroupChange.id)).all()


@causes.shown("group")
def _cause(work: Work, about: UUID) -> causes.Cause | None:
    """Both prices were looked at before the change was asked for."""
    one = work.session.scalar(visible(work, GroupChange).where(GroupChange.id == about))
    if one is None:
        return None
    label = words("Sharing with a group, from {day} on", day=one.starts)
    return causes.Cause(label, f"/people/{one.client_id}/sharing", one.starts, line_id=one.line_id)


def group_change(work: Work, client: Client, change_id: UUID) -> GroupChange:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, GroupChange).where(GroupChange.id == change_id, GroupChange.client_id == client.id)
    return _or_nothing(work.session.scalar(wanted))


# Stays


def stays(work: Work, client: Client) -> Sequence[Stay]:
    """Every stay, the latest first."""
    wanted = visible(work, Stay).where(Stay.client_id == client.id)
    return work.session.scalars(wanted.order_by(Stay.arrives.desc(), Stay.id)).all()


def stay(work: Work, client: Client, stay_id: UUID) -> Stay:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, Stay).where(Stay.id == stay_id, Stay.client_id == client.id)
    return _or_nothing(work.session.scalar(wanted))


def nights_of(rows: Iterable[Stay]) -> list[Nights]:
    """The nights of stays that count."""
    return [Nights(one.arrives, one.leaves) for one in rows if one.counts]


def _or_nothing(found: R | None) -> R:
    if found is None:
        raise NotVisible
    return found


# What others are told


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    rows = work.session.execute(limit(select(Missed.id, Missed.support), work, Missed).where(Missed.id.in_(ids)))
    return {row.id: Name(row.support) for row in rows}


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    owing = limit(select(Missed.client_id, func.count()), work, Missed, Action.WRITE)
    owing = owing.where(among(Missed.client_id, clients), Missed.state == MissedState.OWED).group_by(Missed.client_id)
    for client_id, waiting in work.session.execute(owing):
        text = nwords(
            "{n} visit did not happen. Its hours are owed.",
            "{n} visits did not happen. Their hours are owed.",
            waiting,
        )
        yield client_id, NextStep(text, f"/people/{client_id}/missed")
    soon = limit(select(Stay.client_id, func.min(Stay.arrives)), work, Stay, Action.WRITE)
    soon = soon.where(among(Stay.client_id, clients), Stay.state == StayState.PLANNED, Stay.arrives >= work.day)
    for client_id, first in work.session.execute(soon.group_by(Stay.client_id)):
        text = words("A stay from {day} on is planned and not booked yet.", day=first)
        yield client_id, NextStep(text, f"/people/{client_id}/respite")


def must_be_a_provider(work: Work, provider_id: UUID | None) -> None:
    """Refuse an organisation that is not in the directory of providers; None is nobody, and fine."""
    kind = select(Organisation.kind).where(Organisation.id == provider_id)
    if provider_id is not None and work.session.scalar(kind) is not OrganisationKind.PROVIDER:
        raise Refusal(words("Choose one of the answers."), "provider")
