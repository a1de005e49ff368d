"""Visits as an iCalendar file: the same visit keeps its UID, counts its changes, and is cancelled, never just gone.

What is due stands on its day as long as it is open; a calendar that fetches the file anew drops what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from budgeting.package import Role, visits_of
from budgeting.period import Period
from budgeting.words import Name, Words, words
from portal.language import Language, plain
from portal.people.due import Due
from portal.plans.feed_model import FeedTitle
from portal.plans.states import PartState
from portal.plans.visits import Going

BEHIND = timedelta(days=14)  # our own choice: what was, for those who look something up
AHEAD = timedelta(weeks=8)  # our own choice: long enough to plan, short enough to stay true
REFRESH = timedelta(hours=1)
PRODUCT = "-//Coplan//Visits//EN"
NAMESPACE = UUID("5c0c1c1e-6a51-4f58-9a43-0d6f6c2f7b10")  # never changes: calendars know visits by it


Times = dict[date, tuple[time, int]]  # the visits of one line: when each begins, and its minutes


@dataclass(frozen=True)
class Slot:
    """One visit of one line on one day: what it is now, and how often that has changed since it was first agreed."""

    line_id: UUID
    day: date
    begins: time
    minutes: int
    cancelled: bool
    changes: int
    going: Going

    @property
    def uid(self) -> str:
        """The same from one fetch to the next, and from one version of the plan to the next."""
        return f"{uuid5(NAMESPACE, f'{self.line_id}|{self.day.isoformat()}')}@coplan"


def slots(history: Sequence[tuple[int, Going]], today: date) -> list[Slot]:
    """The visits of one line round today, from its parts with the numbers of their versions, oldest first.

    Parts that only wait are not delivered yet and must not be among them. A visit that an earlier part had and the one
    that goes on has not is cancelled.
    """
    window = Period(today - BEHIND, today + AHEAD)
    ordered = [one for _, one in sorted(history, key=lambda pair: pair[0])]
    if not ordered or ordered[-1].line.role is Role.BACKUP:
        return []
    by_part: list[Times] = []
    for one in ordered:
        before = by_part[-1] if by_part else {}
        by_part.append({day: at for day, at in before.items() if day < one.line.period.first} | _times(one, window))
    if ordered[-1].part.state is PartState.ENDED:
        by_part.append(_until(by_part[-1], ordered[-1].part.until))
    found = []
    for day in sorted({day for times in by_part for day in times}):
        states = [times.get(day) for times in by_part]
        first = next(number for number, state in enumerate(states) if state is not None)
        known = states[first:]
        changes = sum(1 for before, after in pairwise(known) if before != after)
        shown = next(state for state in reversed(known) if state is not None)
        found.append(Slot(ordered[-1].part.line_id, day, *shown, known[-1] is None, changes, ordered[-1]))
    return found


def _times(one: Going, window: Period) -> Times:
    weekly = one.weekly
    if weekly is None:
        return {}
    return dict.fromkeys(visits_of(one.line, window), (weekly.start, weekly.minutes))


def _until(times: Times, until: date | None) -> Times:
    """What was left of a part once it had ended."""
    return {day: at for day, at in times.items() if until is not None and day <= until}


def of_parts(parts: Iterable[tuple[int, Going]], today: date) -> list[Slot]:
    """The visits of many lines, in the order of their days."""
    by_line: dict[UUID, list[tuple[int, Going]]] = {}
    for number, one in parts:
        by_line.setdefault(one.part.line_id, []).append((number, one))
    found = [slot for history in by_line.values() for slot in slots(history, today)]
    return sorted(found, key=lambda slot: (slot.day, slot.begins, str(slot.line_id)))


@dataclass(frozen=True)
class Entry:
    """A visit with the clock it is meant by, and who is named beside it in a title that says more."""

    slot: Slot
    time_zone: str
    beside: str


def calendar(
    entries: Iterable[Entry], title: FeedTitle, language: Language, now: datetime, open_by: Iterable[Due] = ()
) -> bytes:
    """The whole file, in the words of one language: lines folded at 75 octets, with the time zones it uses."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _text(words("Visits"), language))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for entry in entries:
        made.add_component(_event(entry, title, language, now))
    alike: Counter[str] = Counter()  # several days of one agreement, several questions about one draft
    for one in sorted(open_by, key=lambda due: due.day):
        about = f"{one.kind}|{one.href}|{one.what.text if isinstance(one.what, Words) else ''}"
        made.add_component(_day(one, f"{about}|{alike[about]}" if alike[about] else about, title, language, now))
        alike[about] += 1
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(entry: Entry, title: FeedTitle, language: Language, now: datetime) -> Event:
    slot = entry.slot
    starts = datetime.combine(slot.day, slot.begins, ZoneInfo(entry.time_zone))
    event = Event()
    event.add("uid", slot.uid)
    event.add("dtstamp", now)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=slot.minutes))
    event.add("sequence", slot.changes)
    event.add("status", "CANCELLED" if slot.cancelled else "CONFIRMED")
    event.add("summary", _title(entry, title, language))
    event.add("class", "PRIVATE")
    return event


def _day(one: Due, called: str, title: FeedTitle, language: Language, now: datetime) -> Event:
    """A day on which something is due: it takes no time, and what it is stands there only if titles say more."""
    what = words("What is due")
    if title is not FeedTitle.DISCREET:
        what = one.what if isinstance(one.what, Words) else words("{support}", support=one.what)
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE, called)}@coplan")
    event.add("dtstamp", now)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _text(what, language))
    event.add("class", "PRIVATE")
    return event


def _title(entry: Entry, title: FeedTitle, language: Language) -> str:
    if title is FeedTitle.DISCREET:
        return _text(words("Visit"), language)
    support = Name(entry.slot.going.frozen.name)
    if not entry.beside:
        return _text(words("{support}", support=support), language)
    return _text(words("{support}, {name}", support=support, name=Name(entry.beside)), language)


def _text(text: Words, language: Language) -> str:
    """A sentence without the marks of direction that only pages need."""
    return plain(text, language).translate(dict.fromkeys(range(0x2066, 0x206A)))
