"""Shadow shifts: a new worker comes along to learn, and what may be charged for it."""

from __future__ import annotations

from datetime import date

from budgeting.bands import SATURDAY
from budgeting.explain import SAID, Figure
from budgeting.money import Minutes, Money
from budgeting.parameters import Parameters
from budgeting.period import Calendar, Place
from budgeting.words import Words, words
from budgeting.working import TOLD, exactly

KEY = "shadow_minutes"  # of a program: how long such shifts may be in a year altogether, in minutes


def price(
    parameters: Parameters, visit: Figure, day: date, minutes: int, used: int, *, complex_needs: bool, working_day: bool
) -> Figure:
    """What a shadow shift costs the person: the price of such a visit where the rules allow it, else nothing.

    ``visit`` is what an ordinary visit of that day and length costs; ``minutes`` its length; ``used`` the minutes of
    shadow shifts charged in the year before it. A shift is charged as a whole or not at all. Rule: NDIS Pricing
    Arrangements, shadow shifts; a program that says nothing about them charges nothing.
    """
    label = words("What it costs when somebody comes along to learn")
    if KEY not in parameters:
        why = words("This program has no rule for it, so nothing is charged to you.")
        return Figure(label, Money(0), why, source=SAID, working=TOLD)
    source = parameters.source(KEY, day)
    no = _why_not(int(parameters.text(KEY, day)), minutes, used, complex_needs, working_day)
    if no is not None:
        return Figure(label, Money(0), no, source=source, working=TOLD)
    if not isinstance(visit.value, Money):
        return Figure(label, None, words("The price of such a visit is not known yet."), (visit.brief,), source=source)
    why = words("The same as for an ordinary visit")
    return Figure(label, visit.value, why, (visit.brief,), source=source, working=exactly(visit.value))


def _why_not(most: int, minutes: int, used: int, complex_needs: bool, working_day: bool) -> Words | None:
    if not complex_needs:
        return words("It may only be charged for complex needs. The provider pays for it.")
    if not working_day:
        return words("It may only be charged from Monday to Friday. The provider pays for it.")
    if used + minutes > most:
        return words("More than {time} in a year may not be charged. The provider pays for it.", time=Minutes(most))
    return None


def working_day(calendar: Calendar, place: Place, day: date) -> bool:
    """Whether a day is from Monday to Friday and no public holiday."""
    return day.weekday() < SATURDAY and day not in calendar.at(place)
