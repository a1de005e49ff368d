"""Who comes, who could come instead, and what providers are asked, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select

from budgeting import programs
from budgeting.compare.who_comes import Known
from budgeting.explain import Confidence, Figure, Source
from budgeting.forecast.breaks import Backup as Instead
from budgeting.living import missed as calculator
from budgeting.money import Money
from budgeting.package import Agreed, AgreedAmount, Priority, Unpaid
from budgeting.period import Period
from budgeting.words import Name, Words, nwords, words
from budgeting.working import TOLD
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Organisation, OrganisationKind
from portal.catalogue import queries as catalogue
from portal.changes.rules import touches_body
from portal.db import among
from portal.people import history, next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans import queries as plans
from portal.plans.model import PlanPart
from portal.plans.states import PartState
from portal.plans.telling import holders
from portal.plans.visits import Going, going, standing
from portal.proposals import away, checking, people_known
from portal.proposals.frozen import thaw
from portal.work import NotVisible, Work
from portal.workers.coming import Visit, visits
from portal.workers.model import Backup, EmergencyContact, NotAgain, ShadowShift, Worker
from portal.workers.states import ASKED, BackupKind, ShadowState, WorkerState

R = TypeVar("R")
WEEK = 7
PRIVATE_TO = (Relationship.CLIENT, Relationship.LEAD)

history.about("workers.", Resource.PLAN)
history.about("workers.backup", Resource.REQUEST)
history.about("workers.briefing", Resource.REQUEST)
history.about("workers.contact", Resource.CONTACT)


# Workers


def workers(work: Work, client: Client) -> Sequence[Worker]:
    """Workers of a client, as the reader may know them; who was turned down stays between those who decide.

    Somebody who only reads the plan sees those to whom the person said yes, as long as they come.
    """
    wanted = visible(work, Worker).where(Worker.client_id == client.id)
    if not work.can(Resource.REQUEST, Action.WRITE, client.id):
        own = Worker.provider_id.in_(organisations(work))
        wanted = wanted.where(or_(Worker.state == WorkerState.AGREED, Worker.stopped_on > work.today(client), own))
    return work.session.scalars(wanted.order_by(Worker.proposed_at, Worker.id)).all()


def worker(work: Work, client: Client, worker_id: UUID) -> Worker:
    """One of them; NotVisible otherwise."""
    return or_nothing(next((one for one in workers(work, client) if one.id == worker_id), None))


def our_workers(work: Work) -> Sequence[Worker]:
    """Every worker of the reader's own organisations, at whomever."""
    wanted = visible(work, Worker).where(Worker.provider_id.in_(organisations(work)))
    return work.session.scalars(wanted.order_by(Worker.name, Worker.id)).all()


def our_worker(work: Work, worker_id: UUID) -> Worker:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, Worker).where(Worker.provider_id.in_(organisations(work)), Worker.id == worker_id)
    return or_nothing(work.session.scalar(wanted))


def our_parts(work: Work) -> Sequence[PlanPart]:
    """Every part of a plan that the reader's own organisations deliver, or are about to."""
    wanted = visible(work, PlanPart).where(
        PlanPart.provider_id.in_(organisations(work)), PlanPart.state != PartState.ENDED
    )
    return work.session.scalars(wanted.order_by(PlanPart.client_id, PlanPart.position)).all()


def clients_of(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Client]:
    """The clients of parts that were found: name and how to communicate go with every part (access table, R/i)."""
    wanted = unscoped(select(Client), "named beside their own parts").where(among(Client.id, ids))
    return {one.id: one for one in work.session.scalars(wanted)}


def not_again(work: Work, client: Client) -> Mapping[UUID, NotAgain]:
    """Private wishes by worker; empty for everybody but the client and the lead."""
    if not may_wish(work, client):
        return {}
    found = work.session.scalars(visible(work, NotAgain).where(NotAgain.client_id == client.id))
    return {one.worker_id: one for one in found}


def may_wish(work: Work, client: Client) -> bool:
    """Whether the reader is the client or the lead: the two who keep private wishes between them."""
    return work.account_id in holders(work, client.id, PRIVATE_TO)


def decides(work: Work, client: Client) -> bool:
    """Whether the reader's own yes counts: the person, or whoever decides for them by law."""
    decision = work.decide(Resource.REQUEST, Action.WRITE, client.id)
    return decision.allowed and decision.relationship in (Relationship.CLIENT, Relationship.AUTHORITY)


def shadows(work: Work, client_ids: Collection[UUID]) -> Sequence[ShadowShift]:
    """Shifts on which a worker comes along to learn, as far as the reader may see them, in order."""
    wanted = visible(work, ShadowShift).where(among(ShadowShift.client_id, client_ids))
    return work.session.scalars(wanted.order_by(ShadowShift.day, ShadowShift.id)).all()


def shadow(work: Work, client: Client, shadow_id: UUID) -> ShadowShift:
    """One of them; NotVisible otherwise."""
    return or_nothing(next((one for one in shadows(work, [client.id]) if one.id == shadow_id), None))


# Who comes when


def lines(work: Work, client: Client) -> list[Going]:
    """What the week is made of, as the reader may see it."""
    return going(standing(plans.parts(work, client)))


def week(work: Work, client: Client, days: int = WEEK) -> list[Visit]:
    """The visits of today and the days after it, with who comes."""
    today = work.today(client)
    return visits(lines(work, client), workers(work, client), Period(today, today + timedelta(days=days - 1)))


# Backups


def backups(work: Work, client: Client) -> Sequence[Backup]:
    """Who could come instead, in the order in which they are asked."""
    wanted = visible(work, Backup).where(Backup.client_id == client.id, Backup.removed_at.is_(None))
    return work.session.scalars(wanted.order_by(Backup.position, Backup.id)).all()


def backup(work: Work, client: Client, backup_id: UUID) -> Backup:
    """One of them; NotVisible otherwise."""
    return or_nothing(next((one for one in backups(work, client) if one.id == backup_id), None))


@checking.known
def _backed(work: Work, client: Client) -> checking.Known:
    return checking.Known(backed=[one.line_id for one in backups(work, client) if one.counts])


@away.backups_known
def _instead(work: Work, client: Client) -> Mapping[str, Sequence[Instead]]:
    """Those with the person's yes, by support: family without pay, others at their own price or that of the line."""
    found: dict[str, list[Instead]] = {}
    for one in backups(work, client):
        if not one.counts or one.who is BackupKind.ON_CALL:
            continue
        asks = Agreed((AgreedAmount(one.per_hour),)) if one.per_hour is not None else None
        price = Unpaid() if one.who is BackupKind.FAMILY else asks
        comes = Instead(one.name, None if one.who is BackupKind.WORKER else one.name, price)
        found.setdefault(str(one.line_id), []).append(comes)
    return found


@away.leaves_known
def _leaves(work: Work, client: Client) -> list[away.Leave]:
    """Runs of visits on which nobody comes because a worker is away."""
    found, all_workers = [], workers(work, client)
    for worker in all_workers:
        if worker.away_from is None or worker.away_until is None:
            continue
        theirs = [one for one in lines(work, client) if one.part.line_id == worker.line_id]
        days = visits(theirs, all_workers, Period(worker.away_from, worker.away_until))
        for missing, run in groupby(days, key=lambda one: not one.workers and worker.misses(one.day)):
            if missing:
                first, *rest = [one.day for one in run]
                found.append(away.Leave(worker.name, worker.line_id, Period(first, rest[-1] if rest else first)))
    return found


@people_known.told
def _known(work: Work, client: Client) -> Known:
    """Workers to whom the person said yes."""
    found: dict[str, dict[str, str]] = {}
    for one in workers(work, client):
        if one.goes_on(work.today(client)):
            found.setdefault(str(one.line_id), {})[str(one.id)] = one.name
    return found


def is_critical(one: Going, program: str) -> bool:
    """Whether a support must never fail: the person said it has to be there, or it touches the body."""
    return one.line.priority is Priority.MUST or touches_body(program, one.line.support)


def program_of(work: Work, client: Client) -> str:
    """The program of the plan in force; else the first there is."""
    version = plans.current(work, client)
    return thaw(version.content).program if version else programs.PROGRAMS[0]


def cost_of_visit(work: Work, client: Client, line_id: UUID, day: date, per_hour: Money | None) -> Figure | None:
    """What a visit of a line costs on a day, at the price of the line or at another; None without a plan.

    It is the same for what is written down, whoever presses the button; who may read the money decides what is shown.
    The calculator says it, with public holidays and price limits of that day.
    """
    version = plans.current(work, client)
    if version is None:
        return None
    plan = thaw(version.content)
    package = plan.package()
    line = next((one for one in package.lines if one.id == str(line_id)), None)
    one = next((one for one in lines(work, client) if one.part.line_id == line_id), None)
    if line is None or one is None or one.weekly is None:
        return None
    if per_hour is not None:
        line = replace(line, price=Agreed((AgreedAmount(per_hour),)))
    begins = datetime.combine(day, one.weekly.start)
    found = calculator.visit(
        package, line, begins, one.weekly.end, catalogue.editions(work, plan.program), programs.calendar()
    )
    return found.cost


def price_of_backup(work: Work, client: Client, row: Backup, day: date) -> Figure | None:
    """What it costs when this backup comes on a day, for who may read the money."""
    return cost_of_backup(work, client, row, day) if work.can(Resource.BUDGET, Action.READ, client.id) else None


def cost_of_backup(work: Work, client: Client, row: Backup, day: date) -> Figure | None:
    """The same for what is written down: nothing for family and friends."""
    if row.who is BackupKind.FAMILY:
        said = Source("", confidence=Confidence.GIVEN)
        why = words("Family and friends are not paid for it.")
        return Figure(words("What the visit would have cost"), Money(0), why, source=said, working=TOLD)
    return cost_of_visit(work, client, row.line_id, day, row.per_hour)


def providers(work: Work) -> list[tuple[UUID, str]]:
    """Every provider of the directory by name, to choose from."""
    wanted = select(Organisation.id, Organisation.name).where(Organisation.kind == OrganisationKind.PROVIDER)
    return [(row.id, row.name) for row in work.session.execute(wanted.order_by(Organisation.name))]


def phone_of(work: Work, organisation_id: UUID | None) -> str:
    """The telephone of an organisation, as the directory has it; empty where none is known."""
    wanted = select(Organisation.phone).where(Organisation.id == organisation_id)
    return (work.session.scalar(wanted) or "") if organisation_id else ""


def contacts(work: Work, client: Client) -> Sequence[EmergencyContact]:
    """Whom the person wants to ring when they are not safe."""
    wanted = visible(work, EmergencyContact).where(EmergencyContact.client_id == client.id)
    return work.session.scalars(wanted.order_by(EmergencyContact.written_at, EmergencyContact.id)).all()


def contact(work: Work, client: Client, contact_id: UUID) -> EmergencyContact:
    """One of them; NotVisible otherwise."""
    return or_nothing(next((one for one in contacts(work, client) if one.id == contact_id), None))


def or_nothing(found: R | None) -> R:
    """What was found; NotVisible for nothing."""
    if found is None:
        raise NotVisible
    return found


# What others are told


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    found: dict[UUID, Name] = {}
    for model in (Worker, Backup):
        rows = work.session.execute(limit(select(model.id, model.name), work, model).where(model.id.in_(ids)))
        found |= {row.id: Name(row.name) for row in rows}
    shadow_names = limit(select(ShadowShift.id, Worker.name), work, ShadowShift).join(
        Worker, Worker.id == ShadowShift.worker_id
    )
    return found | {row.id: Name(row.name) for row in work.session.execute(shadow_names.where(ShadowShift.id.in_(ids)))}


@next_steps.of_clients
def _waiting_yes(work: Work, clients: next_steps.Clients) -> Iterator[tuple[UUID, NextStep]]:
    """New workers and shifts to learn that wait for the person's yes, told to who decides as theirs, else by name."""
    near = people.those(work, Resource.REQUEST, Action.SHARE, clients)
    if not near:
        return
    yield from _backups_waiting(work, clients, near)
    asked = limit(select(Worker.client_id, func.count()), work, Worker)
    asked = asked.where(among(Worker.client_id, near), Worker.state.in_(ASKED)).group_by(Worker.client_id)
    along = limit(select(ShadowShift.client_id, ShadowShift.day, Worker.name), work, ShadowShift).join(
        Worker, Worker.id == ShadowShift.worker_id
    )
    still = ShadowShift.state == ShadowState.ASKED, ShadowShift.day >= work.day - timedelta(days=1)  # of every zone
    along = along.where(among(ShadowShift.client_id, near), *still)
    waiting = work.session.execute(asked).all()
    learning = work.session.execute(along.order_by(ShadowShift.day)).all()
    theirs = people.those(work, Resource.DRAFT, Action.APPROVE, clients) if waiting or learning else ()
    for client_id, number in waiting:
        text = nwords("{n} new worker waits for your yes or no.", "{n} new workers wait for your yes or no.", number)
        said = text if client_id in theirs else words("New workers who wait for a yes")
        yield client_id, _for_a_yes(said, clients[client_id], theirs)
    for client_id, day, name in learning:
        text = words("Asked whether {worker} may come along on {day} to learn.", worker=Name(name), day=day)
        yield client_id, _for_a_yes(text, clients[client_id], theirs)


def _backups_waiting(
    work: Work, clients: next_steps.Clients, near: Collection[UUID]
) -> Iterator[tuple[UUID, NextStep]]:
    """Those who could come instead and are not offered yet, because the person has not said yes to them."""
    wanted = limit(select(Backup.client_id, func.count()), work, Backup).where(
        among(Backup.client_id, near), Backup.consented_at.is_(None), Backup.removed_at.is_(None)
    )
    waiting = work.session.execute(wanted.group_by(Backup.client_id)).all()
    theirs = people.those(work, Resource.DRAFT, Action.APPROVE, clients) if waiting else ()
    for client_id, number in waiting:
        text = nwords(
            "{n} person who could come instead waits for your yes.",
            "{n} people who could come instead wait for your yes.",
            number,
        )
        said = text if client_id in theirs else words("Who comes instead")
        yield client_id, replace(_for_a_yes(said, clients[client_id], theirs), href=f"/people/{client_id}/backups")


def _for_a_yes(text: Words, client: Client, theirs: Collection[UUID]) -> NextStep:
    page = f"/people/{client.id}/workers"
    if client.id in theirs:
        return NextStep(text, page, urgent=True)
    return NextStep(text, page, waiting_for=words("Waiting for {name}", name=Name(client.name)))
