"""How the funding learns what became known of it since the letter was typed in: statements, and what was delivered.

Slices above this one register who knows it; every page that says what is left, or until when it lasts, asks here:

    @since.told(exists().where(Delivered.client_id == CLIENT, ...))
    def by_entries(work: Work, client: Client, on: date) -> Since: ...

    @since.stated
    def by_statements(work: Work, client: Client) -> Mapping[date, Money]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement

from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.package import Delivered, Funding
from budgeting.programs.support_at_home.opened import opened
from portal.people.model import Client
from portal.work import Work


@dataclass(frozen=True)
class Since:
    """What was delivered after what was told as spent: for each part as one figure, and support by support."""

    by_part: Mapping[str, Figure] = field(default_factory=dict)
    delivered: tuple[Delivered, ...] = ()


Tell = Callable[[Work, Client, date], Since]
State = Callable[[Work, Client], Mapping[date, Money]]
_TOLD: list[tuple[Tell, ColumnElement[bool]]] = []
_STATED: list[State] = []


def told(worth_asking: ColumnElement[bool]) -> Callable[[Tell], Tell]:
    """Register who knows what was delivered of the plan of a day, as the reader may see it.

    Not asked where ``worth_asking`` is false.
    """

    def register(tell: Tell) -> Tell:
        _TOLD.append((tell, worth_asking))
        return tell

    return register


def stated(state: State) -> State:
    """Register who knows what statements say the account held on the first morning of a month."""
    _STATED.append(state)
    return state


def worth_asking() -> list[ColumnElement[bool]]:
    """Columns for a statement about a client (``CLIENT``): whether anything may be known, by each who registered."""
    return [found.label(f"since_{number}") for number, (_, found) in enumerate(_TOLD)]


def by_part(work: Work, client: Client, money: Funding) -> Mapping[str, Figure]:
    """What was delivered of each part since its spending was told; parts of which nothing was are left out."""
    on = money.period.first
    return {key: figure for tell, _ in _TOLD for key, figure in tell(work, client, on).by_part.items()}


def newest(work: Work, client: Client, money: Funding, on: date | None = None) -> Funding:
    """The same money from what is known last on a day: what was told as spent, or a statement. Today without ``on``."""
    if money.classification is None:
        return money
    said = {day: left for state in _STATED for day, left in state(work, client).items()}
    return opened(money, said, on or work.today(client))


def beside(work: Work, client: Client, money: Funding) -> Funding:
    """The same money from what is known last, with what was delivered since."""
    known = newest(work, client, money)
    delivered = tuple(one for tell, _ in _TOLD for one in tell(work, client, money.period.first).delivered)
    return replace(known, delivered=delivered) if delivered else known
