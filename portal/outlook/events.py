"""What can happen to the outlook of somebody's money: it moves, and alarms are set and go off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve
from portal.outlook.kinds import AlarmKind


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    """The day up to which the money lasts is another one than before."""

    kind: ClassVar[str] = "outlook.moved"
    before: date | None
    after: date | None

    def words(self, name: Resolve) -> Words:
        if self.after is None:
            return words("Nothing draws on the money any more.")
        if self.before is None:
            return words("Worked out that the money lasts until {after}.", after=self.after)
        return words("The money now lasts until {after}; before, until {day}.", after=self.after, day=self.before)


@dataclass(frozen=True, kw_only=True)
class AlarmSet(Event):
    kind: ClassVar[str] = "outlook.alarm_set"
    about: AlarmKind
    others: int = 0  #: how many other people are told

    def words(self, name: Resolve) -> Words:
        return words("Asked to be told about the money.")


@dataclass(frozen=True, kw_only=True)
class AlarmChanged(Event):
    kind: ClassVar[str] = "outlook.alarm_changed"
    about: AlarmKind
    others: int = 0

    def words(self, name: Resolve) -> Words:
        return words("Changed when to be told about the money.")


@dataclass(frozen=True, kw_only=True)
class AlarmEnded(Event):
    kind: ClassVar[str] = "outlook.alarm_ended"
    about: AlarmKind

    def words(self, name: Resolve) -> Words:
        return words("Switched an alarm about the money off.")


@dataclass(frozen=True, kw_only=True)
class AlarmRang(Event):
    kind: ClassVar[str] = "outlook.alarm_rang"
    about: AlarmKind
    told: int  #: how many people were told

    def words(self, name: Resolve) -> Words:
        return words("Told whoever asked for it about the money.")


@dataclass(frozen=True, kw_only=True)
class AlarmSettled(Event):
    kind: ClassVar[str] = "outlook.alarm_settled"

    def words(self, name: Resolve) -> Words:
        return words("Has seen what an alarm said.")


@dataclass(frozen=True, kw_only=True)
class AlarmSnoozed(Event):
    kind: ClassVar[str] = "outlook.alarm_snoozed"
    again_on: date

    def words(self, name: Resolve) -> Words:
        return words("Asked to be told again on {day}.", day=self.again_on)


@dataclass(frozen=True, kw_only=True)
class EndingsTold(Event):
    """Somebody was told that something ends soon; what it is stands nowhere."""

    kind: ClassVar[str] = "outlook.endings_told"
    private: ClassVar[bool] = True
    number: int

    def words(self, name: Resolve) -> Words:
        return words("Was told that something ends soon.")


@dataclass(frozen=True, kw_only=True)
class EndingsForgotten(Event):
    """What people were told of long ago was forgotten."""

    kind: ClassVar[str] = "outlook.endings_forgotten"
    private: ClassVar[bool] = True
    number: int

    def words(self, name: Resolve) -> Words:
        return words("Forgot of which ends people were told long ago.")
