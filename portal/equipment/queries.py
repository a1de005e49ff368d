"""Equipment of a client as far as the reader may see it, and the money that is held for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, exists, false, func, or_, select, type_coerce

from budgeting import programs
from budgeting.explain import Figure, shown
from budgeting.living import equipment as calculator
from budgeting.living.equipment import Asked, Paying, Step
from budgeting.money import ZERO, Money
from budgeting.parameters import Parameters
from budgeting.programs.support_at_home.rules import ACCOUNT
from budgeting.spending import UNCOUNTED
from budgeting.words import Name, Value, nwords, words
from portal.access.scope import CLIENT, limit, unscoped, visible
from portal.access.table import Action, Resource
from portal.accounts.model import Organisation
from portal.db import Cents, among
from portal.equipment.model import Equipment, EquipmentQuote, Getting, Repair
from portal.equipment.steps import is_to_come
from portal.funding import held as funding_held, queries as funding
from portal.funding.by_day import counts_on
from portal.funding.model import FundingComponent, FundingPlan
from portal.people import history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.spending.model import Delivered
from portal.work import ActorKind, NotVisible, Work

history.about("equipment.", Resource.BUDGET)

#: Steps at which somebody on the person's side has something to do.
OURS = (Step.TRIAL, Step.QUOTES, Step.APPROVED, Step.REFUSED)


def _seen(work: Work, model: Any) -> Select[Any]:
    if work.actor.kind is ActorKind.SYSTEM:
        return unscoped(select(model), "a job works on the client's own equipment")
    return visible(work, model)


def everything(work: Work, client: Client) -> Sequence[Equipment]:
    """All equipment, the newest first."""
    wanted = _seen(work, Equipment).where(Equipment.client_id == client.id)
    return work.session.scalars(wanted.order_by(Equipment.written_at.desc(), Equipment.id)).all()


def one(work: Work, client: Client, equipment_id: UUID) -> Equipment:
    """One thing; NotVisible otherwise."""
    wanted = visible(work, Equipment).where(Equipment.id == equipment_id, Equipment.client_id == client.id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def quotes(work: Work, client: Client) -> Mapping[UUID, list[EquipmentQuote]]:
    """The quotes of each thing that are not taken out, in the order of their suppliers."""
    wanted = _seen(work, EquipmentQuote).where(
        EquipmentQuote.client_id == client.id, EquipmentQuote.removed_at.is_(None)
    )
    found: dict[UUID, list[EquipmentQuote]] = {}
    for row in work.session.scalars(wanted.order_by(EquipmentQuote.supplier, EquipmentQuote.id)):
        found.setdefault(row.equipment_id, []).append(row)
    return found


def quote(work: Work, row: Equipment, quote_id: UUID) -> EquipmentQuote:
    """One quote of this thing; NotVisible otherwise."""
    wanted = visible(work, EquipmentQuote).where(
        EquipmentQuote.id == quote_id, EquipmentQuote.equipment_id == row.id, EquipmentQuote.removed_at.is_(None)
    )
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def repairs(work: Work, row: Equipment) -> Sequence[Repair]:
    """What was wrong with it, the latest first."""
    wanted = visible(work, Repair).where(Repair.equipment_id == row.id)
    return work.session.scalars(wanted.order_by(Repair.told_on.desc(), Repair.id)).all()


def repair(work: Work, row: Equipment, repair_id: UUID) -> Repair:
    """One repair of this thing; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Repair).where(Repair.id == repair_id, Repair.equipment_id == row.id))
    if found is None:
        raise NotVisible
    return found


def asked(row: EquipmentQuote) -> Asked:
    """A quote as the calculator takes it."""
    return Asked(row.supplier, row.price, row.delivery, row.set_up, row.rent_month)


def cost(row: Equipment, found: Sequence[EquipmentQuote]) -> Figure:
    """What the chosen quote comes to; not known before one is chosen."""
    chosen = next((one for one in found if one.id == row.quote_id), None)
    if chosen is None:
        return Figure(words("What it costs"), None, words("No quote is chosen yet"))
    if row.getting is Getting.RENT:
        return calculator.renting(asked(chosen), row.months or 1)
    return calculator.buying(asked(chosen))


def paying(row: Equipment, found: Sequence[EquipmentQuote]) -> Paying:
    """How the money of one thing stands."""
    whole = cost(row, found)
    return calculator.paying(
        row.step, whole, row.approved_amount, row.deposit, rest_paid=row.rest_on is not None, rest=row.rest
    )


@dataclass(frozen=True)
class Held:
    """A part of the funding with the money held in it for equipment, and what is free after that."""

    key: str | None
    name: Value
    held: Figure
    left: Figure | None
    free: Figure | None


def held(work: Work, client: Client) -> list[Held]:
    """The money held for equipment in each part of the funding, as the reader may see it; empty when none is."""
    found, things = quotes(work, client), {one.id: one.held for one in _held_things(work, client)}
    by_key: dict[str | None, list[tuple[Name, Figure]]] = {}
    for row in everything(work, client):
        if row.step in calculator.HOLDS:
            by_key.setdefault(row.component, []).append((Name(row.name), _held_of(row, found, things)))
    plan = funding.current(work, client)
    shares = funding.standing(work, client, plan, work.today(client)) if plan else ()
    left = {one.component.key: one.unspent for one in shares}
    names = dict(parts(work, client, plan))
    together = []
    for key, each in by_key.items():
        figure = calculator.held_together(each)
        now = left.get(key) if key else None
        free = calculator.free_of(now, figure) if now is not None else None
        name = names.get(key, words("No part of the funding named yet")) if key else words("No part named yet")
        together.append(Held(key, name, figure, now, free))
    return together


def _held_of(row: Equipment, found: Mapping[UUID, list[EquipmentQuote]], things: Mapping[UUID, Figure]) -> Figure:
    return things[row.id] if row.id in things else paying(row, found.get(row.id, [])).held


_HOLDING = and_(Equipment.component.is_not(None), Equipment.step.in_(calculator.HOLDS))


def _told_until(on: date) -> ColumnElement[date | None]:
    """The day until which the spending of the part that pays for a thing was told."""
    now = and_(FundingPlan.client_id == Equipment.client_id, counts_on(on))
    part = select(func.max(FundingComponent.spent_until)).join(FundingPlan, FundingPlan.id == FundingComponent.plan_id)
    account = select(func.max(FundingPlan.spent_until)).where(now, Equipment.component == ACCOUNT)
    named = part.where(now, FundingComponent.key == Equipment.component)
    return func.coalesce(named.scalar_subquery(), account.scalar_subquery())


def _asked_for() -> list[ColumnElement[int]]:
    """The amounts that an invoice for a thing may have: its payments, and what the quote asks, together or apart."""
    quote = EquipmentQuote
    price, delivery, set_up = (_cents(one) for one in (quote.price, quote.delivery, quote.set_up))
    deposit, approved, rent = (_cents(one) for one in (Equipment.deposit, Equipment.approved_amount, quote.rent_month))
    rest = _cents(Equipment.rest)
    brought, ready = price + func.coalesce(delivery, 0), price + func.coalesce(delivery, 0) + func.coalesce(set_up, 0)
    alone = [price, delivery, set_up, deposit, approved, rent, rest, deposit + rest]
    return [*alone, brought, ready, ready - deposit, approved - deposit]


def _by_number() -> ColumnElement[bool]:
    """Whether an entry has the number that was told for one of the payments of a thing."""
    told = (func.lower(func.trim(one)) for one in (Equipment.deposit_invoice, Equipment.rest_invoice))
    return func.coalesce(func.lower(func.trim(Delivered.invoice)).in_(list(told)), false())


def _cents(column: Any) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)


def _invoiced(*only: ColumnElement[bool]) -> ColumnElement[Money]:
    """What the supplier of a thing has invoiced to the part that pays for it, since it was asked for."""
    named = select(Organisation.name).where(Organisation.id == Delivered.provider_id).scalar_subquery()
    by = func.coalesce(func.nullif(Delivered.provider_name, ""), named)
    wanted = select(func.coalesce(func.sum(Delivered.amount), 0)).where(
        Delivered.client_id == Equipment.client_id,
        Delivered.removed_at.is_(None),
        Delivered.state.not_in(UNCOUNTED),
        Delivered.component == Equipment.component,
        Delivered.first >= func.coalesce(Equipment.asked_on, Delivered.first),
        or_(_by_number(), func.lower(func.trim(by)) == func.lower(func.trim(EquipmentQuote.supplier))),
        *only,
    )
    return cast(wanted.scalar_subquery(), Cents)


@funding_held.told(exists().where(Equipment.client_id == CLIENT, _HOLDING))
def _held_things(work: Work, client: Client) -> Sequence[funding_held.Thing]:
    chosen = and_(EquipmentQuote.id == Equipment.quote_id, EquipmentQuote.removed_at.is_(None))
    wanted = _seen(work, Equipment).add_columns(EquipmentQuote, _told_until(work.today(client)), _invoiced())
    wanted = wanted.add_columns(_invoiced(or_(_by_number(), _cents(Delivered.amount).in_(_asked_for()))))
    wanted = wanted.outerjoin(EquipmentQuote, chosen)
    wanted = wanted.where(Equipment.client_id == client.id, _HOLDING)
    return [
        funding_held.Thing(row.id, Name(row.name), row.component, _not_free(row, quote, told, *billed))
        for row, quote, told, *billed in work.session.execute(
            wanted.order_by(Equipment.written_at.desc(), Equipment.id)
        )
        if row.component
    ]


def _not_free(
    row: Equipment, quote: EquipmentQuote | None, told: date | None, invoiced: Money, fitting: Money
) -> Figure:
    found = paying(row, [quote] if quote else [])
    whole = found.paid.value
    rest = whole - (row.deposit or ZERO) if row.rest_on and isinstance(whole, Money) else None
    return calculator.not_free(found, ((row.deposit_on, row.deposit), (row.rest_on, rest)), told, invoiced, fitting)


def parts(work: Work, client: Client, plan: FundingPlan | None) -> list[tuple[str, Value]]:
    """The parts of the funding that could pay, by key and name."""
    if plan is None:
        return []
    values = funding.funding_values(plan, work.today(client))
    components = programs.rules(plan.program).components(values)
    return [(one.key, shown(one.name)) for one in components if not one.apart]


def parameters_of(work: Work, client: Client) -> Parameters:
    """The rules that hold for this client: those of the program of the letter, else of the first there is."""
    plan = funding.current(work, client)
    return programs.program(plan.program if plan else programs.PROGRAMS[0]).parameters


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    wanted = limit(select(Equipment.id, Equipment.name), work, Equipment).where(Equipment.id.in_(ids))
    rows = work.session.execute(wanted)
    return {row.id: Name(row.name) for row in rows}


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    waiting = limit(select(Equipment.client_id, Equipment.step, Equipment.trial_from), work, Equipment, Action.WRITE)
    waiting = waiting.where(among(Equipment.client_id, clients), Equipment.step.in_(OURS))
    counted = Counter(
        one
        for one, step, begins in work.session.execute(waiting)
        if not is_to_come(step, begins, work.today(clients[one]))
    )
    for client_id, number in counted.items():
        text = nwords(
            "{n} piece of equipment waits for your next step.",
            "{n} pieces of equipment wait for your next step.",
            number,
        )
        yield client_id, NextStep(text, f"/people/{client_id}/equipment")
