"""Visits called off at short notice: NDIS Pricing Arrangements 2025-26 v1.1, "Short notice cancellations".

Which of two windows counts is a fact of each item. Two clear business days are two times 24 hours of business days,
counted back from the start; weekends and public holidays do not count. Seven days are calendar days.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from budgeting.bands import SATURDAY
from budgeting.money import ZERO, Money
from budgeting.period import Calendar, Period, Place
from budgeting.programs.listed import rows
from budgeting.programs.ndis import FOLDER, parameters
from budgeting.programs.ndis.claims import billed_until
from budgeting.quotation import Finding, Level
from budgeting.words import Words, words

SEVEN_DAYS = timedelta(days=7)
TWO_DAYS = timedelta(days=2)


class Window(StrEnum):
    """How much notice is too short; the values are those of the published list of items."""

    SEVEN_DAYS = "7_days"
    TWO_BUSINESS_DAYS = "2_clear_business_days"


@dataclass(frozen=True, slots=True)
class CalledOff:
    """What may be charged for a visit that was called off, and why."""

    short: bool
    claimable: bool
    most: Money
    why: Words


def window_of(item: str) -> Window | None:
    """The window of an item, also of its own item for cancellations; None when it allows none or is not listed."""
    told = _told(item)
    return Window(told["window"]) if told else None


def is_hourly(item: str) -> bool:
    """Whether an item that allows it is charged by the hour; one that is not listed is taken for one of them."""
    told = _told(item)
    return told is None or told["unit"] == "H"


def deadline(appointment: datetime, window: Window, holidays: Container[date]) -> datetime:
    """The last moment at which notice is early enough, by the local clock."""
    if window is Window.SEVEN_DAYS:
        return appointment - SEVEN_DAYS
    left, at = TWO_DAYS, appointment
    while left:
        midnight = datetime.combine(at.date(), time(0), at.tzinfo)
        if midnight == at:
            midnight -= timedelta(days=1)
        step = at - midnight
        if midnight.weekday() < SATURDAY and midnight.date() not in holidays:
            step = min(step, left)
            left -= step
        at -= step
    return at


def short_notice(
    appointment: datetime,
    notice: datetime | None,
    window: Window,
    holidays: Container[date],
    *,
    exactly_seven_days_is_short: bool | None = None,
) -> bool:
    """Whether notice was too short; no notice at all is a visit to which nobody came, which counts as short.

    Whether exactly seven days are short is disputed: without an answer the parameter of the program decides.
    """
    if notice is None:
        return True
    last = deadline(appointment, window, holidays)
    if exactly_seven_days_is_short is None:
        exactly_seven_days_is_short = _exact_is_short(appointment.date())
    return notice > last or (window is Window.SEVEN_DAYS and notice == last and exactly_seven_days_is_short)


def charge(
    short: bool, fee: Money, day: date, *, allowed: bool, agreed: bool, other_work: bool, worker_paid: bool
) -> CalledOff:
    """What may be charged at most for a visit that was called off; a provider may always ask for less.

    ``allowed``: the item allows it. ``agreed``: the agreement says so. ``other_work``: the worker had other work that
    was billed. ``worker_paid``: the worker must be paid all the same.
    """
    reasons = (
        (not short, words("You told them early enough, so nothing is charged.")),
        (not allowed, words("This support may not be charged when it is called off.")),
        (not agreed, words("Your agreement does not say that visits called off are charged.")),
        (other_work, words("The worker had other paid work, so nothing is charged.")),
        (not worker_paid, words("The worker did not have to be paid, so nothing is charged.")),
    )
    for holds, why in reasons:
        if holds:
            return CalledOff(short, False, ZERO, why)
    share = parameters().rate("cancellation_share", day)
    most = fee.share(share.ppm)
    return CalledOff(short, True, most, words("At most {share} of the agreed fee may be charged.", share=share))


def findings(appointment: datetime, notice: datetime | None, window: Window) -> tuple[Finding, ...]:
    """A warning where the published text and its example disagree: notice of exactly seven days."""
    if notice is None or window is not Window.SEVEN_DAYS or appointment - notice != SEVEN_DAYS:
        return ()
    text = words(
        "This is exactly seven days before the visit. The published text and its example disagree on whether that is "
        "short. Please talk to your provider before anything is paid."
    )
    return (Finding("exactly_seven_days", Level.WARNING, text, day=appointment.date()),)


def left(program: Period, day: date, told: date | None) -> Words:
    """How long a program of support may be charged when a visit on a day was the first after somebody left it.

    ``told``: the day they said so; None: they came no more and said nothing.
    """
    if told is None:
        last = billed_until(program, stopped=day)
        return words("Whoever stops coming and says nothing may be charged until {day} at most.", day=last)
    last = billed_until(program, told=told)
    return words("Whoever said then that they leave the program may be charged until {day} at most.", day=last)


def whole_holidays(calendar: Calendar, place: Place) -> frozenset[date]:
    """Days of a place that are public holidays from morning to night; a holiday in the evening is a business day."""
    return frozenset(day for day, holiday in calendar.at(place).items() if holiday.starts is None)


def _exact_is_short(day: date) -> bool:
    return parameters().text("exactly_seven_days_is_short", day) == "yes"


def _told(item: str) -> Mapping[str, str] | None:
    """The published line about an item, or about the support that it is the item for cancellations of."""
    return _windows().get(item) or _windows().get(item.rpartition("_")[0])


@cache
def _windows() -> Mapping[str, Mapping[str, str]]:
    return {row["item"]: row for row in rows(FOLDER / parameters().text("cancellation_windows", date.max))}
