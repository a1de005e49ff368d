"""What all lines of a package share while they are priced: where and when, price lists, rules, holidays, hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from budgeting import programs
from budgeting.bands import Hours
from budgeting.catalogue import Editions
from budgeting.money import ZERO
from budgeting.package import Funding
from budgeting.parameters import Parameters
from budgeting.period import Marks, Period, Place
from budgeting.programs import Program
from budgeting.programs.ordinary import Rules


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all lines of a package share while they are priced."""

    period: Period
    place: Place
    funding: Funding | None  # as far as the client's share depends on it
    editions: Editions
    marks: Marks
    hours: Hours
    program: Program
    rules: Rules


@lru_cache(maxsize=64)
def setting(
    program: str, period: Period, place: Place, funding: Funding | None, editions: Editions, marks: Marks
) -> Setting:
    """What all lines of a package share; the same values give the same object, so that known lines are found again."""
    of_program = programs.program(program)
    rules = programs.rules(program)
    hours = hours_on(of_program.parameters, period.first)
    return Setting(period, place, funding, editions, marks, hours, of_program, rules)


def shares_of(funding: Funding | None) -> Funding | None:
    """The part of the funding on which the client's share depends."""
    if funding is None:
        return None
    return replace(funding, components=(), others=(), held=(), delivered=(), opened=None, spent=ZERO, spent_until=None)


def hours_on(at: Parameters, day: date) -> Hours:
    """The times at which the bands of a weekday begin; a program without its own takes those of defaults.toml."""
    return Hours(
        day=at.minute("day_starts", day),
        evening=at.minute("evening_starts", day),
        nurse_evening=at.minute("nurse_evening_starts", day),
        nurse_night=at.minute("nurse_night_starts", day),
        nurse_night_ends=at.minute("nurse_night_ends", day),
    )
