"""What is due, for many clients at once: each slice says its part with its day, one page shows them together.

A slice registers once, in its ``queries.py``:

    @due.of_clients
    def follow_ups(work: Work, clients: Clients) -> Iterable[Due]: ...

The functions read through ``visible(work, ...)`` like every query, with one or two statements however many clients
there are, and say only what is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from budgeting.words import Value
from portal.people.next_steps import Clients
from portal.work import Work


class Kind(StrEnum):
    """What can be due."""

    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    BRIEFING = "briefing"
    NOBODY_CAME = "nobody_came"
    DECISION = "decision"
    DISAGREEMENT = "disagreement"
    CHANGE = "change"
    PUT_OFF = "put_off"
    QUESTION = "question"
    AGREEMENT = "agreement"
    PART = "part"  # of a plan, for its provider
    FUNDING = "funding"
    CLAIM = "claim"


@dataclass(frozen=True)
class Due:
    """One thing that is open: whose plan, by which day, what, where, and whose turn it is where that is known.

    ``who`` is an account or an organisation by its id, or already a name. What is ``urgent`` comes first.
    """

    client_id: UUID
    kind: Kind
    day: date
    what: Value
    href: str
    who: UUID | Value | None = None
    urgent: bool = False
    program: str = ""  #: of what ends on that day; whoever decides and the lead are told before (``endings``)


Tell = Callable[[Work, Clients], Iterable[Due]]
_TELL: list[Tell] = []
_ENDINGS: list[Tell] = []


def of_clients(tell: Tell) -> Tell:
    """Register what a slice knows to be due."""
    _TELL.append(tell)
    return tell


def of_endings(tell: Tell) -> Tell:
    """Register days on which something ends: they are due like everything else, and told before by letter."""
    _ENDINGS.append(tell)
    return of_clients(tell)


def endings(work: Work, clients: Clients) -> list[Due]:
    """What ends, as far as the reader may see it."""
    return [one for tell in _ENDINGS if clients for one in tell(work, clients)]


def all_of(work: Work, clients: Clients) -> list[Due]:
    """Everything that is due, as far as the reader may see it: what is urgent first, then the nearest day.

    What one party has to do by the same day stands once, however many slices know of it.
    """
    told = [one for tell in _TELL if clients for one in tell(work, clients)]
    found = {(one.client_id, one.day, str(one.what), one.who or one.href): one for one in told}.values()
    return sorted(found, key=lambda one: (not one.urgent, one.day, one.kind, one.href, str(one.client_id)))
