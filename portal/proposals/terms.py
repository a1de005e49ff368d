"""What one line says, as a plain value: what people edit, suggest, undo and freeze."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from budgeting.money import Money, Quantity
from budgeting.package import Schedule, Spread, Units, Weekly
from budgeting.values import hashed_once
from portal.funding.week import OnHolidays
from portal.proposals.particulars import PLAIN, Particulars, applied_to, particulars_of


@hashed_once
@dataclass(frozen=True)
class Terms:
    """One support as it is wanted: who, when, how much, at what price, and what for.

    ``support`` is a family key or an item code, None for something on no list. ``price`` None means the limit in
    force on each day of service. Days are inclusive.
    """

    name: str
    starts: date
    ends: date
    support: str | None = None
    component: str | None = None  #: key of a component; None: the first that may pay
    provider_id: UUID | None = None
    provider_name: str = ""  #: as typed, where the provider is not in the directory
    schedule: Schedule | None = None
    price: Money | None = None
    on_holidays: OnHolidays = OnHolidays.SAME  #: what an agreed price means on public holidays
    holiday_price: Money | None = None  #: with ``OnHolidays.OWN``
    goal_id: UUID | None = None
    need: str = ""  #: an everyday need in own words
    more: Particulars = PLAIN  #: what most lines do not say; only then part of the JSON

    @property
    def helper(self) -> UUID | None:
        """The account of the member of the circle who gives it without pay; None where nobody of it is named."""
        return self.more.helper if self.provider_id is None and self.more.given is not None else None

    def as_json(self) -> str:
        """Canonical JSON: the same terms always give the same text."""
        named = {field.name: plain(getattr(self, field.name)) for field in fields(self) if field.name != "more"}
        return canonical({**named, "more": self.more.as_plain()} if self.more.told else named)


def other_days_of(one: Terms, line: Terms) -> bool:
    """Whether a line is the same support as another on other days or at other times: a part of it, when it changes."""
    more = replace(one.more, skips=line.more.skips)
    return replace(one, schedule=line.schedule, starts=line.starts, ends=line.ends, more=more) == line


def from_json(text: str) -> Terms:
    """The terms that ``as_json`` wrote."""
    return from_mapping(json.loads(text))


def from_mapping(data: Mapping[str, Any]) -> Terms:
    """The terms in a mapping read from JSON; keys it does not know are left alone."""
    return Terms(
        name=data["name"],
        starts=date.fromisoformat(data["starts"]),
        ends=date.fromisoformat(data["ends"]),
        support=data["support"],
        component=data["component"],
        provider_id=_id(data["provider_id"]),
        provider_name=data["provider_name"],
        schedule=schedule_of(data["schedule"]),
        price=money_of(data["price"]),
        on_holidays=OnHolidays(data.get("on_holidays", OnHolidays.SAME)),
        holiday_price=money_of(data.get("holiday_price")),
        goal_id=_id(data["goal_id"]),
        need=data["need"],
        more=particulars_of(data.get("more")),
    )


def applied(was: Terms | None, then: Terms, now: Terms) -> Terms:
    """What a line says when only that which a suggestion changed is changed: later edits of other fields stay."""
    if was is None:
        return then
    changed = [field.name for field in fields(then) if getattr(then, field.name) != getattr(was, field.name)]
    said = {name: getattr(then, name) for name in changed}
    return replace(now, **{**said, "more": applied_to(was.more, then.more, now.more)})


def canonical(data: Any) -> str:
    """JSON with sorted keys and no spaces, so that equal data is equal text."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:
    """A value of ours as JSON has it; anything unknown is a TypeError."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Quantity):
        return value.thousandths
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Weekly):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value) if field.name != "weekdays"}
        return {**named, "weekdays": list(value.weekdays)}
    if isinstance(value, Units):
        return {"quantity": value.quantity.thousandths, "unit": value.unit, "spread": value.spread.value}
    raise TypeError(f"{type(value).__name__} has no place in terms")


def schedule_of(data: Mapping[str, Any] | None) -> Schedule | None:
    """The schedule that ``plain`` wrote."""
    if data is None:
        return None
    if "unit" in data:
        return Units(Quantity(data["quantity"]), data["unit"], Spread(data["spread"]))
    return Weekly(
        weekdays=tuple(data["weekdays"]),
        start=time.fromisoformat(data["start"]),
        end=time.fromisoformat(data["end"]),
        every_n_weeks=data["every_n_weeks"],
        anchor=date.fromisoformat(data["anchor"]) if data["anchor"] else None,
        sleepover=data["sleepover"],
    )


def money_of(data: Mapping[str, Any] | None) -> Money | None:
    """The amount that ``plain`` wrote."""
    return Money(data["minor"], data["currency"]) if data else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
