"""What a client need not pay of services that were delivered: hardship by day, and nothing above the lifetime cap.

The same rules as ``settling``, which looks ahead at what is planned; here services are taken by the order of days.
Source: Department of Health, Disability and Ageing, participant contributions (rule A, hardship B).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from budgeting.allocation import Contributed, Relief
from budgeting.explain import SAID, Confidence, Figure, Source
from budgeting.explain.sums import less
from budgeting.money import ZERO, Money
from budgeting.package import Funding
from budgeting.period import Period
from budgeting.programs.support_at_home.contributions import cap
from budgeting.programs.support_at_home.statement_rows import Service
from budgeting.words import words
from budgeting.working import COUNTED, MINUS, TOLD, exactly, lowest

LEFT = words("Left under the lifetime cap")


def relieved(services: Sequence[Service], funding: Funding) -> list[Service]:
    """The services in the order given, each with what the client has to pay of it after hardship and the lifetime cap.

    A contribution that an invoice named stays as it was named, and uses up what it names; credits and services that
    are questioned are left alone. Services up to the day until which the client said what was paid are inside that.
    """
    given = funding.given
    if not given.contributed and not any(one.daily for one in given.reliefs):
        return list(services)
    found = list(services)
    relief = _Hardship(given.reliefs)
    room = _Room(given.contributed, funding.cohort) if given.contributed else None
    for number in sorted(range(len(found)), key=lambda number: _place(found[number])):
        one = found[number]
        if one.questioned or one.price < ZERO:
            continue
        settled = one.contribution if one.told else relief.off(one)
        if room is not None:
            settled = room.within(replace(one, contribution=settled))
        found[number] = replace(one, contribution=settled)
    return found


def _place(one: Service) -> tuple[date, date, bool, int, str, int]:
    """By day; on one day first what an invoice named, then the smaller: never by the order in which they came."""
    paid = one.contribution.value
    return one.first, one.last, not one.told, one.price.minor, one.fund, paid.minor if isinstance(paid, Money) else -1


class _Hardship:
    """What still comes off on each day."""

    def __init__(self, reliefs: Sequence[Relief]) -> None:
        self.reliefs = [one for one in reliefs if one.daily]
        self.used: dict[tuple[int, date], Money] = {}

    def off(self, one: Service) -> Figure:
        """What the client pays of a service less what comes off on its days, never below zero."""
        before = one.contribution.value
        if not isinstance(before, Money) or not before:
            return one.contribution
        taken, since = ZERO, None
        for number, relief in enumerate(self.reliefs):
            if relief.period.overlap(Period(one.first, one.last)):
                since = min(since or relief.period.first, relief.period.first)
            day = max(one.first, relief.period.first)
            while day <= min(one.last, relief.period.last):
                used = self.used.get((number, day), ZERO)
                part = min(before - taken, (relief.daily or ZERO) - used)
                self.used[(number, day)] = used + part
                taken, day = taken + part, day + timedelta(days=1)
        if not taken:
            return one.contribution
        letter = Source("Services Australia", "Hardship", since, Confidence.GIVEN)
        off = Figure(words("Comes off because of hardship"), taken, source=letter, working=TOLD)
        text = words("{due} less {taken} because of hardship", due=before, taken=taken)
        parts = (replace(one.contribution, label=words("Your share")), off)
        return less(one.contribution.label, before, taken, text, parts)


class _Room:
    """What the client may still be asked for under the lifetime cap, service after service."""

    def __init__(self, paid: Contributed, cohort: str) -> None:
        self.until, self.cohort = paid.until, cohort
        self.paid = paid.amount
        self.unknown = ZERO  # the most that services with an unknown contribution may have taken of it
        self.reached = False

    def within(self, one: Service) -> Figure:
        """What the client pays of a service, no more than the room; not known while the room itself is not."""
        due = one.contribution.value
        if one.first <= self.until:
            return one.contribution
        if not isinstance(due, Money):
            self.unknown = self.unknown + one.price
            return one.contribution
        known = cap(self.cohort, one.first)
        left = ZERO if self.reached else max(ZERO, known.money - self.paid)
        if one.told or not due or due + self.unknown <= left:
            self.paid = self.paid + due
            self.reached = self.reached or self.paid >= known.money
            return one.contribution
        label = one.contribution.label
        if self.unknown and left:
            self.unknown = self.unknown + due
            return Figure(label, None, words("What is left under the lifetime cap is not known yet."))
        self.reached = True
        text = words("{cap} less {paid} that you paid before", cap=known.money, paid=self.paid)
        working = exactly(known.money, MINUS, self.paid)
        room = Figure(LEFT, left, text, source=known.source, working=working)
        if known.money < self.paid or not left:
            text = words("The lifetime cap of {cap} is reached.", cap=known.money)
            room = Figure(LEFT, ZERO, text, source=known.source, working=COUNTED)
        self.paid = self.paid + left
        parts = (replace(one.contribution, label=words("Your share")), room)
        text = words("Only what is left under the lifetime cap")
        return Figure(label, left, text, parts, source=SAID, working=lowest(due, left))
