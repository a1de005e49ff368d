"""When, how much and at what price, in words: for pages, letters and the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from budgeting.explain import BANDS, UNITS
from budgeting.money import HOURLY, MINUTES_PER_HOUR, Minutes
from budgeting.package import Agreed, AgreedAmount, Management, Price, Schedule, Spread, Units, Unpaid, Weekly
from budgeting.period import Period
from budgeting.words import Value, Words, nwords, words

T = TypeVar("T", bound=Value)

WEEKDAYS = (
    words("Monday"),
    words("Tuesday"),
    words("Wednesday"),
    words("Thursday"),
    words("Friday"),
    words("Saturday"),
    words("Sunday"),
)

MANAGED = {
    Management.AGENCY: words("The agency pays"),
    Management.PLAN: words("A plan manager pays"),
    Management.SELF: words("You pay and claim it back"),
}


def listed(items: list[Words]) -> Words:
    """Some words as a list; an empty list is a ValueError."""
    if not items:
        raise ValueError("there is nothing to list")
    result = items[0]
    for item in items[1:]:
        result = words("{first}, {next}", first=result, next=item)
    return result


def in_one_phrase(things: Sequence[T]) -> T | Words:
    """Some things as one phrase: "Monday, Wednesday and Friday"; no things are an IndexError."""
    if len(things) < 3:
        return words("{first} and {second}", first=things[0], second=things[1]) if things[1:] else things[0]
    return words("{first}, {rest}", first=things[0], rest=in_one_phrase(things[1:]))


def schedule_words(schedule: Schedule | None) -> Words:
    """When a support happens, or how much of it there is."""
    if schedule is None:
        return words("Not said yet")
    if isinstance(schedule, Units):
        amount = _quantity_words(schedule)
        if schedule.spread is Spread.ONCE:
            return words("{amount}, once", amount=amount)
        return words("{amount}, spread over the time", amount=amount)
    return _weekly_words(schedule)


def _quantity_words(schedule: Units) -> Words:
    minutes, rest = divmod(schedule.quantity.thousandths * MINUTES_PER_HOUR, 1000)
    if schedule.unit in HOURLY and not rest:
        return words("{time} altogether", time=Minutes(minutes))
    unit = UNITS.get(schedule.unit, UNITS["E"])
    return words("{quantity}, counted in {unit}", quantity=schedule.quantity, unit=unit)


def _weekly_words(schedule: Weekly) -> Words:
    if not schedule.weekdays:
        return words("No days chosen yet")
    days = listed([WEEKDAYS[day] for day in sorted(set(schedule.weekdays))])
    when = words("{days}, {start} to {end}", days=days, start=schedule.start, end=schedule.end)
    if schedule.start == schedule.end:
        when = words("{days}, {time} from {start} on", days=days, time=Minutes(schedule.minutes), start=schedule.start)
    if schedule.sleepover:
        when = words("{days}, sleepover, {start} to {end}", days=days, start=schedule.start, end=schedule.end)
    if schedule.every_n_weeks == 1:
        return when
    return nwords("{when}, every week", "{when}, every {n} weeks", schedule.every_n_weeks, when=when)


def price_words(price: Price | None, days: Period | None = None) -> Words:
    """What was agreed about the price; of amounts that follow one another, those that hold on ``days`` where given."""
    if price is None:
        return words("No price yet")
    if isinstance(price, Unpaid):
        return words("Given without pay")
    if not isinstance(price, Agreed):
        return words("The price limit in force")
    if not price.amounts:
        return words("No price yet")
    amounts = [one for one in price.amounts if days is None or _holds(one, price.amounts, days)]
    return listed([_amount_words(amount) for amount in amounts or price.amounts])


def _holds(amount: AgreedAmount, among: Iterable[AgreedAmount], days: Period) -> bool:
    """Whether an amount holds on any of these days, and is not followed before them by another of its kind."""
    begun = amount.since or date.min
    later = (one.since for one in among if one.band == amount.band and one.since and begun < one.since)
    return begun <= days.last and not any(since <= days.first for since in later)


def _amount_words(amount: AgreedAmount) -> Words:
    if amount.band is None and amount.since is None:
        return words("{price} agreed", price=amount.amount)
    if amount.band is None:
        return words("{price} agreed from {day}", price=amount.amount, day=amount.since or date.min)
    band = BANDS[amount.band]
    if amount.since is None:
        return words("{when}: {price} agreed", when=band, price=amount.amount)
    return words("{when}: {price} agreed from {day}", when=band, price=amount.amount, day=amount.since)
