"""How the funding learns what is held back from it for something approved and not paid yet.

A slice above this one registers what it holds; ``held.things`` then gives all of it:

    @held.told
    def for_equipment(work: Work, client: Client) -> Sequence[Thing]: ...

It answers as far as the reader may see it, and a job gets everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from budgeting.equipment import HELD, held_together
from budgeting.explain import Figure
from budgeting.money import Money, Quantity
from budgeting.package import Agreed, AgreedAmount, Line, Package, Role, Spread, Units
from budgeting.period import DAY, Period
from budgeting.words import Name, Words, words
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
_TOLD: list[Tell] = []


def told(tell: Tell) -> Tell:
    """Register who holds money back."""
    _TOLD.append(tell)
    return tell


def things(work: Work, client: Client) -> list[Thing]:
    """Everything that money of the client's funding is held for; what is paid or free again is no longer among it."""
    return [one for tell in _TOLD for one in tell(work, client) if one.held.value is None or one.held.value]


def by_part(work: Work, client: Client) -> Mapping[str, Figure]:
    """The money held in each part of the funding, by its key; parts with nothing held are left out."""
    return together(things(work, client))


def together(found: Sequence[Thing]) -> Mapping[str, Figure]:
    """The same of things that were found."""
    by_key: dict[str, list[Thing]] = {}
    for one in found:
        by_key.setdefault(one.component, []).append(one)
    whole = {key: _whole(each) for key, each in by_key.items()}
    return {key: figure for key, figure in whole.items() if figure.value or figure.not_included}


def _whole(each: Sequence[Thing]) -> Figure:
    label = each[0].label if all(one.label == each[0].label for one in each) else words("Money that is held")
    return held_together([(one.name, one.held) for one in each], label)


def counted(work: Work, client: Client, planned: Package) -> Package:
    """What is planned beside what is held: from tomorrow on, held money is not there for the supports.

    Every page that promises a day until which the money lasts prices this, so that they all promise the same one.
    """
    tomorrow = work.today(client) + DAY  # what is told as spent may reach up to today
    if planned.funding is None or tomorrow not in planned.period:
        return planned
    return replace(planned, lines=(*planned.lines, *lines(work, client, tomorrow)))


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
