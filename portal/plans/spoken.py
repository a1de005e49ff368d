"""When a support happens and who pays for it, in words."""

from __future__ import annotations

from budgeting import programs
from budgeting.explain import so_much
from budgeting.explain.describe import in_one_phrase
from budgeting.package import Management, Schedule, Units, Weekly
from budgeting.words import Words, nwords, words

WEEKDAYS = (
    words("Monday"),
    words("Tuesday"),
    words("Wednesday"),
    words("Thursday"),
    words("Friday"),
    words("Saturday"),
    words("Sunday"),
)

NOT_PLANNED = words("The days are still to be agreed")

WHO_PAYS = {
    Management.AGENCY: words("The NDIS agency pays the provider"),
    Management.PLAN: words("The plan manager pays the invoices"),
    Management.SELF: words("The person pays, from money they manage themselves"),
}
YOU_PAY = words("You pay, from money you manage yourself")
UNPAID = words("Given without pay")
FUNDED = words("The program pays its part to the provider")
NO_PART = words("No part of the funding pays for this yet")


def when(schedule: Schedule | None) -> Words:
    """When a support happens, or how much of it there is."""
    if isinstance(schedule, Weekly):
        days = in_one_phrase([WEEKDAYS[day] for day in sorted(schedule.weekdays)])
        start, end = schedule.start, schedule.end
        if schedule.sleepover:
            return words("{days}, sleeping over from {start} to {end}", days=days, start=start, end=end)
        if schedule.every_n_weeks == 1:
            return words("{days}, {start} to {end}", days=days, start=start, end=end)
        return nwords(
            "{days}, {start} to {end}, every {n} week",
            "{days}, {start} to {end}, every {n} weeks",
            schedule.every_n_weeks,
            days=days,
            start=start,
            end=end,
        )
    if isinstance(schedule, Units):
        return words("{amount}, as agreed from time to time", amount=so_much(schedule.quantity, schedule.unit))
    return NOT_PLANNED


def payer(program: str, management: Management | None) -> Words:
    """Who pays for a line; money that a level decides goes to the provider, other money as it is managed.

    Where it is not known how the money is managed, no part of it pays yet.
    """
    if programs.rules(program).levels():
        return FUNDED
    return WHO_PAYS[management] if management is not None else NO_PART
