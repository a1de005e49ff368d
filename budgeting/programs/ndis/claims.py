"""When and by whom a support may be claimed: claim-by days, GST, the establishment fee, programs of support."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from budgeting.claim_days import ClaimBy
from budgeting.explain import SAID, Figure
from budgeting.money import MINUTES_PER_HOUR, UNIT, Money, rounded
from budgeting.package import Line, Units, Weekly, visits_of
from budgeting.period import DAY, Period, months_after, months_of
from budgeting.programs.ndis import parameters
from budgeting.words import Words, words
from budgeting.working import OVER, TOLD, to_the_cent

Month = tuple[int, int]  # year and month
GST_PART = 11  # a price that includes 10 % GST holds one eleventh of it
MONTHS = 12


@lru_cache(maxsize=4096)
def claim_by(service: date) -> ClaimBy:
    """The last day on which a support can be claimed that was provided on a day.

    A support over several days counts from its first one, since the claims system does. The years begin on the day of
    service itself, so two years end the day before its anniversary. The announced limit of days also holds for
    earlier supports, but not before its own first day.
    """
    at = parameters()
    years = int(at.text("claim_years", service))
    last = months_after(service, MONTHS * years) - timedelta(days=1)
    announced = at.source("claim_days", date.max)
    begins = announced.since or date.max
    within = service + timedelta(days=int(at.text("claim_days", date.max)) - 1)
    sooner = max(within, begins - timedelta(days=1))
    source = at.source("claim_years", service)
    return ClaimBy(last, source, sooner, announced) if sooner < last else ClaimBy(last, source)


class GstCode(StrEnum):
    """How GST applies to a claim, as the claims system writes it."""

    TAXABLE = "P1"
    FREE = "P2"
    OUT_OF_SCOPE = "P5"

    @property
    def words(self) -> Words:
        """What the code means, in a sentence."""
        return _GST[self]


_GST = {
    GstCode.TAXABLE: words("The price includes GST."),
    GstCode.FREE: words("There is no GST on this support."),
    GstCode.OUT_OF_SCOPE: words("This is outside GST."),
}


def gst_code(day: date) -> GstCode:
    """The code of most supports on a day: free of GST, as long as there is a written agreement between the parties."""
    return GstCode(parameters().text("gst_code", day))


def gst_in(amount: Money, code: GstCode) -> Figure:
    """The GST inside an amount, rounded half up to the cent; price limits include it where it applies."""
    taxed = code is GstCode.TAXABLE
    part = Money(rounded(amount.minor, GST_PART) if taxed else 0, amount.currency)
    working = to_the_cent(amount, OVER, GST_PART) if taxed else TOLD
    return Figure(words("GST"), part, code.words, source=SAID, working=working)  # as the invoice says


def fee_month(minutes: Mapping[Month, int], day: date) -> Month | None:
    """The first month of the first months in a row whose agreed time is enough for an establishment fee.

    ``minutes`` are those agreed for each calendar month. None when there is no such run of months.
    """
    needed = int(parameters().text("establishment_hours", day)) * 60
    months = int(parameters().text("establishment_months", day))
    for year, month in sorted(minutes):
        run = (divmod(MONTHS * year + month - 1 + number, MONTHS) for number in range(months))
        if all(minutes.get((year_of, month_of + 1), 0) >= needed for year_of, month_of in run):
            return year, month
    return None


def agreed_minutes(line: Line) -> dict[Month, int]:
    """Minutes of support in each calendar month of a line, over all its days; units count where they are hours."""
    schedule, found = line.schedule, {}
    for month in months_of(line.period):
        minutes = 0
        if isinstance(schedule, Weekly):
            minutes = schedule.minutes * len(visits_of(line, month))
        elif isinstance(schedule, Units) and schedule.unit == "H":
            whole, days = schedule.quantity.thousandths * MINUTES_PER_HOUR, line.period.days * UNIT
            before, after = ((day - line.period.first).days for day in (month.first, month.last + DAY))
            minutes = rounded(whole * after, days) - rounded(whole * before, days)
        found[month.first.year, month.first.month] = minutes
    return found


def program_ends_by(first: date) -> date:
    """The last day that a program of support may have when it begins on a day."""
    return months_after(first, int(parameters().text("program_of_support_months", first))) - timedelta(days=1)


def needs_review(program: Period) -> bool:
    """Whether a program of support is so long that there must be a chance to review it."""
    weeks = int(parameters().text("program_of_support_review_weeks", program.first))
    return program.days > weeks * 7


def billed_until(program: Period, *, told: date | None = None, stopped: date | None = None) -> date:
    """The last day of a program of support that may be billed when somebody leaves it.

    ``told``: the day they said that they leave. ``stopped``: the last day they came, when they said nothing. Neither
    means that they stay to the end. No cancellation rules apply meanwhile: it is billed as if they were present.
    """
    day, last = program.first, program.last
    if told is not None:
        last = min(last, told + timedelta(weeks=int(parameters().text("program_of_support_notice_weeks", day))))
    if stopped is not None:
        last = min(last, stopped + timedelta(weeks=int(parameters().text("program_of_support_billed_weeks", day))))
    return last


def registered_only(group: str, day: date) -> bool:
    """Whether supports of a registration group need a registered provider whoever manages the money."""
    return group in parameters().texts("registered_only_groups", day)
