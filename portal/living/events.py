"""What can happen at home: visits that did not happen, groups that change, stays, and a house that people share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.money import Minutes
from budgeting.words import Words, nwords, words
from portal.journal import Event, Resolve
from portal.living.states import MissedState, StayState, Who


@dataclass(frozen=True, kw_only=True)
class VisitMissed(Event):
    kind: ClassVar[str] = "living.visit_missed"
    day: date
    minutes: Minutes
    who: Who

    def words(self, name: Resolve) -> Words:
        if self.who is Who.PROVIDER:
            return words("Wrote down that nobody came on {day}, for {time}.", day=self.day, time=self.minutes)
        return words("Wrote down that a visit of {time} on {day} was called off.", day=self.day, time=self.minutes)


def _settled(state: MissedState, day: date) -> Words:
    return {
        MissedState.OFFERED: words("Another day was offered for a visit that did not happen on {day}.", day=day),
        MissedState.MADE_UP: words("The visit that did not happen on {day} was made up.", day=day),
        MissedState.FREED: words("Nobody comes any more for the visit of {day}; its money is free again.", day=day),
        MissedState.OWED: words("The hours of {day} are owed again.", day=day),
        MissedState.CHARGED: words("The visit called off on {day} is charged.", day=day),
        MissedState.NOT_CHARGED: words("The visit called off on {day} is not charged.", day=day),
    }[state]


@dataclass(frozen=True, kw_only=True)
class MissedSettled(Event):
    kind: ClassVar[str] = "living.missed_settled"
    day: date
    state: MissedState

    def words(self, name: Resolve) -> Words:
        return _settled(self.state, self.day)


@dataclass(frozen=True, kw_only=True)
class MissedRemoved(Event):
    kind: ClassVar[str] = "living.missed_removed"
    day: date

    def words(self, name: Resolve) -> Words:
        return words("Took out the note about the visit of {day}.", day=self.day)


@dataclass(frozen=True, kw_only=True)
class GroupPrepared(Event):
    kind: ClassVar[str] = "living.group_prepared"
    people_now: int
    people_then: int
    starts: date

    def words(self, name: Resolve) -> Words:
        return words(
            "Worked out what it would cost when {then} people share instead of {now}, from {day} on. Nothing changed.",
            now=self.people_now,
            then=self.people_then,
            day=self.starts,
        )


@dataclass(frozen=True, kw_only=True)
class GroupClosed(Event):
    kind: ClassVar[str] = "living.group_closed"

    def words(self, name: Resolve) -> Words:
        return words("Put away what was worked out about a group.")


@dataclass(frozen=True, kw_only=True)
class StayPlanned(Event):
    kind: ClassVar[str] = "living.stay_planned"
    arrives: date
    nights: int

    def words(self, name: Resolve) -> Words:
        return nwords(
            "Planned a stay of {n} night from {day} on.",
            "Planned a stay of {n} nights from {day} on.",
            self.nights,
            day=self.arrives,
        )


@dataclass(frozen=True, kw_only=True)
class StayChanged(Event):
    kind: ClassVar[str] = "living.stay_changed"
    arrives: date
    nights: int

    def words(self, name: Resolve) -> Words:
        return nwords(
            "Changed a stay: {n} night from {day} on.",
            "Changed a stay: {n} nights from {day} on.",
            self.nights,
            day=self.arrives,
        )


def _stays(state: StayState, day: date) -> Words:
    return {
        StayState.PLANNED: words("The stay from {day} on is planned.", day=day),
        StayState.BOOKED: words("The stay from {day} on is booked.", day=day),
        StayState.HAPPENED: words("The stay from {day} on has happened.", day=day),
        StayState.CANCELLED: words("The stay from {day} on was called off.", day=day),
    }[state]


@dataclass(frozen=True, kw_only=True)
class StayMoved(Event):
    kind: ClassVar[str] = "living.stay_moved"
    arrives: date
    state: StayState

    def words(self, name: Resolve) -> Words:
        return _stays(self.state, self.arrives)


@dataclass(frozen=True, kw_only=True)
class AskedToLive(Event):
    kind: ClassVar[str] = "living.house_asked"
    moves_in: date

    def words(self, name: Resolve) -> Words:
        return words("Asked whether a shared house may be shown here, from {day} on.", day=self.moves_in)


@dataclass(frozen=True, kw_only=True)
class AnsweredToLive(Event):
    kind: ClassVar[str] = "living.house_answered"
    agreed: bool
    shows_name: bool

    def words(self, name: Resolve) -> Words:
        if not self.agreed:
            return words("Said no to being shown in a shared house.")
        if self.shows_name:
            return words("Agreed to be shown in a shared house, with their name.")
        return words("Agreed to be shown in a shared house, without their name.")


@dataclass(frozen=True, kw_only=True)
class MovedOut(Event):
    kind: ClassVar[str] = "living.house_left"
    last: date

    def words(self, name: Resolve) -> Words:
        return words("Leaves the shared house; the last day is {day}.", day=self.last)


@dataclass(frozen=True, kw_only=True)
class RosterChanged(Event):
    kind: ClassVar[str] = "living.house_roster"

    def words(self, name: Resolve) -> Words:
        return words("Changed the roster of the shared house.")


@dataclass(frozen=True, kw_only=True)
class HouseChanged(Event):
    kind: ClassVar[str] = "living.house_changed"

    def words(self, name: Resolve) -> Words:
        return words("Changed what is written about the shared house.")
