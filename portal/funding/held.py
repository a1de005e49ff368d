"""How the funding learns what is held back from it for something approved and not paid yet.

A slice above this one registers what it holds; ``held.things`` then gives all of it:

    @held.told
    def for_equipment(work: Work, client: Client) -> Sequence[Thing]: ...

It answers as far as the reader may see it, and a job gets everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.equipment import held_together
from budgeting.explain import Figure
from budgeting.money import Money, Quantity
from budgeting.package import Agreed, AgreedAmount, Line, Role, Spread, Units
from budgeting.period import Period
from budgeting.words import Name
from portal.people.model import Client
from portal.work import Work


@dataclass(frozen=True)
class Thing:
    """One thing that money is held for, in the part of the funding with this key; ``held`` explains itself."""

    id: UUID
    name: Name
    component: str
    held: Figure


Tell = Callable[[Work, Client], Sequence[Thing]]
_TOLD: list[Tell] = []


def told(tell: Tell) -> Tell:
    """Register who holds money back."""
    _TOLD.append(tell)
    return tell


def things(work: Work, client: Client) -> list[Thing]:
    """Everything that money of the client's funding is held for."""
    return [one for tell in _TOLD for one in tell(work, client)]


def by_part(work: Work, client: Client) -> Mapping[str, Figure]:
    """The money held in each part of the funding, by its key; parts with nothing held are left out."""
    found: dict[str, list[tuple[Name, Figure]]] = {}
    for one in things(work, client):
        found.setdefault(one.component, []).append((one.name, one.held))
    together = {key: held_together(each) for key, each in found.items()}
    return {key: figure for key, figure in together.items() if figure.value or figure.not_included}


def lines(work: Work, client: Client, day: date) -> tuple[Line, ...]:
    """The same as lines of a package: each takes its money at once on ``day``, and nothing mends by leaving it out."""
    once = Units(Quantity(1000), "E", Spread.ONCE)
    return tuple(
        Line(
            str(one.id),
            one.name.text,
            Period(day, day),
            schedule=once,
            price=Agreed((AgreedAmount(one.held.value),)),
            component=one.component,
            role=Role.RESERVE,
        )
        for one in things(work, client)
        if isinstance(one.held.value, Money) and one.held.value
    )
