"""Money and hours moved from one support to another: what each of the two is then, and what that comes to.

Visits get shorter or longer in steps of a quarter of an hour, numbers of hours in the same steps, anything else in
whole pieces. The giver gives at least what was asked, and no step more; the taker takes as much as that pays for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from budgeting.catalogue import Editions
from budgeting.money import HOURLY, MINUTES_PER_HOUR, Minutes, Money, Quantity
from budgeting.package import Line, Package, Units, Unpaid, Weekly
from budgeting.period import Calendar, clock, minute_of
from budgeting.pricing import quote
from budgeting.words import Name, Words, words

STEP = 15  # minutes
HOUR_STEP, WHOLE = 250, 1000  # thousandths
DAY = 24 * MINUTES_PER_HOUR
MOST = 1 << 16  # steps


class NotMovable(ValueError):
    """Nothing can be moved in this way; ``sentence`` says why, for the reader."""

    def __init__(self, sentence: Words) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Moved:
    """The two supports afterwards. What the giver frees and the taker does not use is free again."""

    giver: Line
    taker: Line
    freed: Money
    freed_minutes: Minutes
    taken: Money
    taken_minutes: Minutes

    @property
    def over(self) -> Money:
        """What is freed and not taken, because it does not pay for one step more."""
        return self.freed - self.taken


def move(
    package: Package, giver_id: str, taker: Line, wanted: Money | Minutes, editions: Editions, calendar: Calendar
) -> Moved:
    """Move so much money, or so much time, to another line of the package or to a new one (a number of units, zero).

    NotMovable when the giver has not so much, when it would not pay for one step of the taker, or when one of them has
    no price or cannot be made shorter or longer (nights of a sleepover, help without pay, what is not planned yet).
    """
    giver = next(line for line in package.lines if line.id == giver_id)
    cost = _costs(package, editions, calendar)
    before, fewer = cost(_sized(giver, 0)), _fewest(giver)

    def freed(steps: int) -> tuple[Money, Minutes]:
        now = cost(_sized(giver, -steps))
        return before[0] - now[0], Minutes(before[1].count - now[1].count)

    def enough(steps: int) -> bool:
        money, time_ = freed(steps)
        return money >= wanted if isinstance(wanted, Money) else time_ >= wanted

    if fewer < 1 or not enough(fewer):
        raise NotMovable(words("{support} does not have so much to give.", support=Name(giver.name)))
    given = freed(gives := _first(enough, fewer))
    start = cost(_sized(taker, 0))

    def too_much(steps: int) -> bool:
        now = cost(_sized(taker, steps))
        money, time_ = now[0] - start[0], now[1].count - start[1].count
        return money > given[0] or (isinstance(wanted, Minutes) and time_ > given[1].count)

    most = _most(taker)
    takes = (_first(too_much, most) if too_much(most) else most + 1) - 1
    if takes < 1:
        name = Name(taker.name)
        raise NotMovable(words("That is not enough for more of {support}. Move a little more.", support=name))
    becomes = _sized(taker, takes)
    now = cost(becomes)
    return Moved(_sized(giver, -gives), becomes, *given, now[0] - start[0], Minutes(now[1].count - start[1].count))


def _costs(package: Package, editions: Editions, calendar: Calendar) -> Callable[[Line], tuple[Money, Minutes]]:
    """What one line costs, and the time of its visits."""

    def cost(line: Line) -> tuple[Money, Minutes]:
        if isinstance(line.schedule, Units) and not line.schedule.quantity.thousandths:
            return Money(0), Minutes(0)
        answer = quote(replace(package, lines=(line,)), editions, calendar).line(line.id)
        if isinstance(line.price, Unpaid) or not answer.complete:
            raise NotMovable(words("{support} has no price yet.", support=Name(line.name)))
        return answer.amount, answer.minutes

    return cost


def _sized(line: Line, steps: int) -> Line:
    """The line with visits, or a number, so many steps larger or smaller."""
    schedule = line.schedule
    if isinstance(schedule, Weekly) and not schedule.sleepover:
        ends = minute_of(schedule.start) + schedule.minutes + steps * STEP
        return replace(line, schedule=replace(schedule, end=clock(ends)))
    if isinstance(schedule, Units):
        quantity = Quantity(schedule.quantity.thousandths + steps * _unit_step(schedule))
        return replace(line, schedule=replace(schedule, quantity=quantity))
    raise NotMovable(words("{support} cannot be made shorter or longer.", support=Name(line.name)))


def _unit_step(schedule: Units) -> int:
    return HOUR_STEP if schedule.unit in HOURLY else WHOLE


def _fewest(line: Line) -> int:
    """How many steps smaller it can become at most, without going altogether."""
    if isinstance(line.schedule, Weekly):
        return (line.schedule.minutes - 1) // STEP
    return (line.schedule.quantity.thousandths - 1) // _unit_step(line.schedule) if line.schedule else 0


def _most(line: Line) -> int:
    """How many steps larger it can become at most."""
    return (DAY - line.schedule.minutes) // STEP if isinstance(line.schedule, Weekly) else MOST


def _first(fits: Callable[[int], bool], high: int) -> int:
    """The first number from one to high that fits, where all after one that fits do too, and the last does."""
    return 1 + bisect_left(range(1, high), True, key=fits)
