"""Days that come up for a client, each with what it is: every slice says its part, for many clients at once.

A slice registers once, in its ``queries.py``:

    @ahead.of_clients
    def reviews(work: Work, clients: Collection[UUID], today: date) -> Iterable[tuple[UUID, date, Words]]:
        for agreement in ...visible(work, Agreement).where(Agreement.client_id.in_(clients))...:
            yield agreement.client_id, agreement.review, words("An agreement is looked at again")

The functions read through ``visible(work, ...)`` like every query, with one statement however many clients there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from budgeting.words import Words
from portal.work import Work

Day = tuple[date, Words]
Tell = Callable[[Work, Collection[UUID], date], Iterable[tuple[UUID, date, Words]]]

_TELL: list[Tell] = []


def of_clients(tell: Tell) -> Tell:
    """Register the days that a slice knows of; those before ``today`` are left out by whoever asks."""
    _TELL.append(tell)
    return tell


def next_days(work: Work, clients: Collection[UUID], today: date) -> Mapping[UUID, Day]:
    """The first day from today on of each client, and what it is; clients without one are missing."""
    found: dict[UUID, Day] = {}
    for tell in _TELL if clients else ():
        for client_id, day, what in tell(work, clients, today):
            if day >= today and (client_id not in found or day < found[client_id][0]):
                found[client_id] = (day, what)
    return found
