"""How the funding learns what is held back from it for something approved and not paid yet.

A slice above this one registers what it holds, and how a statement about a client (``CLIENT``) finds out whether it is
worth asking; ``held.things`` then gives all of it:

    @held.told(exists().where(Equipment.client_id == CLIENT, ...))
    def for_equipment(work: Work, client: Client) -> Sequence[Thing]: ...

It answers as far as the reader may see it, and a job gets everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from budgeting.explain import Figure
from budgeting.living.equipment import HELD, held_together
from budgeting.money import Money, Quantity
from budgeting.package import Agreed, AgreedAmount, Funding, Line, Package, Spread, Units
from budgeting.period import DAY, Period
from budgeting.words import Name, Words, words
from portal.access.scope import unscoped
from portal.funding import since
from portal.funding.by_day import counts_on
from portal.funding.model import FundingPlan
from portal.people.model import Client
from portal.work import Work


@dataclass(frozen=True)
class Thing:
    """One thing that money is held for, in the part of the funding with this key; ``held`` explains itself.

    ``label`` is what money of its kind is called, ``page`` where to read about it.
    """

    id: UUID
    name: Name
    component: str
    held: Figure
    label: Words = HELD
    page: str = "equipment"


Tell = Callable[[Work, Client], Sequence[Thing]]
_TOLD: list[tuple[Tell, ColumnElement[bool]]] = []


def told(worth_asking: ColumnElement[bool]) -> Callable[[Tell], Tell]:
    """Register who holds money back; it is not asked where ``worth_asking`` is false."""

    def register(tell: Tell) -> Tell:
        _TOLD.append((tell, worth_asking))
        return tell

    return register


def worth_asking() -> list[ColumnElement[bool]]:
    """Columns for a statement about a client (``CLIENT``): whether anything may be held, by each who was registered."""
    return [found.label(f"held_{number}") for number, (_, found) in enumerate(_TOLD)]


def things(work: Work, client: Client, asked: Sequence[bool] | None = None) -> list[Thing]:
    """Everything that money of the client's funding is held for; what is paid or free again is no longer among it.

    ``asked``: the answers of ``worth_asking``, where a statement has them already.
    """
    known = asked or (True,) * len(_TOLD)
    found = [one for (tell, _), ask in zip(_TOLD, known, strict=True) if ask for one in tell(work, client)]
    return [one for one in found if one.held.value is None or one.held.value]


def by_part(work: Work, client: Client) -> Mapping[str, Figure]:
    """The money held in each part of the funding, by its key; parts with nothing held are left out."""
    by_key: dict[str, list[Thing]] = {}
    for one in things(work, client):
        by_key.setdefault(one.component, []).append(one)
    whole = {key: _whole(each) for key, each in by_key.items()}
    return {key: figure for key, figure in whole.items() if figure.value or figure.not_included}


def _whole(each: Sequence[Thing]) -> Figure:
    label = each[0].label if all(one.label == each[0].label for one in each) else words("Money that is held")
    return held_together([(one.name, one.held) for one in each], label)


def registered() -> int:
    """How many columns ``worth_asking`` has."""
    return len(_TOLD)


def beside(work: Work, client: Client, money: Funding) -> Funding:
    """The same money as it stands: from what is known last, with what was delivered since and what is held in it.

    What is held is not there for the supports from tomorrow on; what is told as spent may reach up to today. Every page
    that promises a day until which the money lasts prices with this, so that they all promise the same one.
    """
    return held_in(work, client, since.beside(work, client, money))


def held_in(work: Work, client: Client, money: Funding, asked: Sequence[bool] | None = None) -> Funding:
    """The same money with what is held in it; ``asked``: as for ``things``.

    While another plan runs, that one holds it, and nothing is held in the money of a plan that begins later.
    """
    today = work.today(client)
    if money.period.first > today and _another_runs(work, client, today):
        return money
    day = max(today + DAY, money.period.first)
    held = lines(things(work, client, asked), day) if day in money.period else ()
    return replace(money, held=held) if held else money


def _another_runs(work: Work, client: Client, today: date) -> bool:
    wanted = select(FundingPlan.id).where(
        FundingPlan.client_id == client.id, FundingPlan.starts <= today, counts_on(today)
    )
    return work.session.scalar(unscoped(wanted.limit(1), "whether a plan runs, and nothing else of it")) is not None


def counted(work: Work, client: Client, planned: Package) -> Package:
    """What is planned, from the money as it stands."""
    money = beside(work, client, planned.funding) if planned.funding else None
    return planned if money is planned.funding else replace(planned, funding=money)


def lines(found: Sequence[Thing], day: date) -> tuple[Line, ...]:
    """The same as the calculator has it: each takes its money at once on ``day``."""
    once = Units(Quantity(1000), "E", Spread.ONCE)
    return tuple(
        Line(
            str(one.id),
            one.name.text,
            Period(day, day),
            schedule=once,
            price=Agreed((AgreedAmount(one.held.value),)),
            component=one.component,
        )
        for one in found
        if isinstance(one.held.value, Money) and one.held.value
    )
