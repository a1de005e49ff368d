"""Visits that did not happen: what one would have cost, what may be charged for it, and hours that are owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from types import ModuleType

from budgeting import pricing, programs
from budgeting.catalogue import Editions
from budgeting.explain import SAID, Figure, all_time, as_told, summed
from budgeting.money import Minutes, Money
from budgeting.package import Line, Package, Weekly
from budgeting.period import Calendar, Period, Place
from budgeting.quotation import Finding
from budgeting.words import Name, Words, nwords, words
from budgeting.working import TOLD, exactly

MOST = words("What may be charged for it")
AS_IF_THERE = ("program_of_support_notice_weeks", "program_of_support_billed_weeks")
DECIDES = ("cancellation_share", "cancellation_windows")  # how much may be charged, and which notice is short


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it would have been on its day: the item of a price list, and what it costs (None: not known)."""

    item: str | None
    cost: Figure


def visit(package: Package, line: Line, begins: datetime, ends: time, editions: Editions, calendar: Calendar) -> Visit:
    """The visit of a line on one day, at the price agreed or the limit of that day; instants by the local clock."""
    day = begins.date()
    alone = replace(line, period=Period(day, day), schedule=Weekly((day.weekday(),), begins.time(), ends), skips=())
    wanted = replace(package, period=Period(day, day), lines=(alone,), funding=None)
    quoted = pricing.quote(wanted, editions, calendar).lines[0]
    item = next((row.item for row in quoted.rows), None)
    return Visit(item, replace(quoted.figure, label=words("What the visit would have cost")))


@dataclass(frozen=True, slots=True)
class Charge:
    """What may be charged for a visit that the person called off; ``most`` is not known where no rule is."""

    most: Figure
    allowed: bool | None  # None: the agreement alone decides
    notes: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules ask about: the day and time of the visit, when it was called off (None: not at all), and more."""

    appointment: datetime
    notice: datetime | None
    agreed: bool  # the agreement lets it be charged
    other_work: bool  # the worker had other paid work instead
    worker_paid: bool = True
    whole: Period | None = None  # the days of the program of support that the visit belongs to


def charge(program: str, item: str | None, cost: Figure, how: Circumstances, place: Place) -> Charge:
    """What may be charged at most, by the rules of the program for visits called off at short notice.

    The rules are those of ``cancellation.py`` in the folder of the program; without one the agreement decides.
    """
    label, rule = MOST, programs.module(program, "cancellation")
    if rule is None:
        why = words("This program has no rule of its own for visits called off. What the agreement says counts.")
        return Charge(Figure(label, None, why), None, ())
    if how.whole is not None:
        return _as_if_there(program, rule, cost, how, how.whole)
    window = rule.window_of(item) if item else None
    holidays = rule.whole_holidays(programs.calendar(), place)
    short = window is not None and rule.short_notice(how.appointment, how.notice, window, holidays)
    fee = cost.value if isinstance(cost.value, Money) else None
    found = rule.charge(
        short or window is None,
        fee or Money(0),
        how.appointment.date(),
        allowed=window is not None,
        agreed=how.agreed,
        other_work=how.other_work,
        worker_paid=how.worker_paid,
    )
    noticed: tuple[Finding, ...] = rule.findings(how.appointment, how.notice, window) if window is not None else ()
    known = fee is not None or not found.claimable
    most = Figure(
        label=label,
        value=found.most if known else None,
        sum=found.why,
        parts=(cost.brief,),
        source=programs.program(program).parameters.least_sure(DECIDES, how.appointment.date()),
        working=(exactly(fee) if found.claimable and fee else TOLD) if known else None,
    )
    return Charge(most, found.claimable, tuple(one.words for one in noticed))


def _as_if_there(program: str, rule: ModuleType, cost: Figure, how: Circumstances, whole: Period) -> Charge:
    """What a visit of a program of support costs: it is charged in full, until somebody leaves the program."""
    day = how.appointment.date()
    most = Figure(
        label=MOST,
        value=cost.value,
        sum=words("A program of support is charged in full, also for a day on which somebody is away."),
        parts=(cost.brief,),
        source=programs.program(program).parameters.least_sure(AS_IF_THERE, day),
        working=exactly(cost.value) if cost.value is not None else None,
    )
    left = rule.left(whole, day, how.notice.date() if how.notice else None)
    return Charge(most, True, (left,))


def hours_owed(times: Iterable[tuple[Name, Minutes]]) -> Figure:
    """Hours that are owed, visit by visit, added up."""
    parts = [as_told(words("{support}", support=name), time) for name, time in times]
    text = nwords("{n} visit that did not happen", "{n} visits that did not happen", len(parts))
    return all_time(words("Hours owed"), text, parts, source=SAID)


def money_free(amounts: Iterable[tuple[Name, Money | None]]) -> Figure:
    """Money of visits that will not be made up, free again; what is not known is left out and said."""
    parts = [as_told(words("{support}", support=name), amount) for name, amount in amounts]
    missing = (words("Visits whose price is not known."),) if any(one.value is None for one in parts) else ()
    text = nwords("{n} visit that nobody is paid for", "{n} visits that nobody is paid for", len(parts))
    return summed(words("Money that is free again"), text, parts, missing, SAID)
