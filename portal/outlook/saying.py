"""What an alarm says, in sentences: a choice that can still be made, never a percentage."""

from __future__ import annotations

from budgeting.forecast.reach import Reach, called, counted
from budgeting.letters import parts
from budgeting.money import Minutes
from budgeting.words import Name, Value, Words, nwords, words
from portal.outlook.kinds import AlarmKind
from portal.outlook.model import Ring

ALL = words("the money")
KINDS = {
    AlarmKind.EARLY: words("When money would end before the plan does"),
    AlarmKind.WITHIN: words("When money would end within some weeks"),
    AlarmKind.HOURS: words("When only some hours of support are left"),
    AlarmKind.VISITS: words("When only some visits of a support are left"),
    AlarmKind.PRICE: words("When new prices make the money end earlier"),
    AlarmKind.CLAIM: words("When the last day to claim something is near"),
    AlarmKind.AWAY: words("When somebody did not come"),
}
COUNTED = (AlarmKind.WITHIN, AlarmKind.HOURS, AlarmKind.VISITS, AlarmKind.CLAIM)


def alarm_words(kind: AlarmKind, number: int | None, about: Value | None) -> Words:
    """What an alarm waits for; ``about`` is a part of the funding or a support, None for all the money."""
    if about is not None:
        return _about_one(kind, number or 0, about)
    match kind:
        case AlarmKind.EARLY:
            return words("When the money would end before the plan does")
        case AlarmKind.WITHIN:
            return nwords(
                "When the money would end within {n} week", "When the money would end within {n} weeks", number or 0
            )
        case AlarmKind.HOURS:
            return nwords(
                "When less than {n} hour of support is left",
                "When less than {n} hours of support are left",
                number or 0,
            )
        case AlarmKind.CLAIM:
            return nwords(
                "{n} day before the last day to claim something",
                "{n} days before the last day to claim something",
                number or 0,
            )
    return KINDS[kind]


def _about_one(kind: AlarmKind, number: int, thing: Value) -> Words:
    match kind:
        case AlarmKind.EARLY:
            return words("{thing}: when the money would end before the plan does", thing=thing)
        case AlarmKind.WITHIN:
            return nwords(
                "{thing}: when the money would end within {n} week",
                "{thing}: when the money would end within {n} weeks",
                number,
                thing=thing,
            )
        case AlarmKind.HOURS:
            return nwords(
                "{thing}: when less than {n} hour is left",
                "{thing}: when less than {n} hours are left",
                number,
                thing=thing,
            )
        case AlarmKind.VISITS:
            return nwords(
                "{thing}: when fewer than {n} visit is left",
                "{thing}: when fewer than {n} visits are left",
                number,
                thing=thing,
            )
        case AlarmKind.AWAY:
            return words("{thing}: when somebody did not come", thing=thing)
    return KINDS[kind]


def ring_words(ring: Ring, kind: AlarmKind, reach: Reach | None = None) -> Words:
    """What an alarm found, with the day and what is left; ``reach`` tells a support by its days and time."""
    thing, day = about(ring, kind, reach), ring.day
    if day is None:
        return KINDS[kind]
    match kind:
        case AlarmKind.HOURS if thing == ALL:
            return words("{time} of support left, until {day}.", time=Minutes(ring.number or 0), day=day)
        case AlarmKind.HOURS:
            return words(
                "{thing}: {time} of support left, until {day}.", thing=thing, time=Minutes(ring.number or 0), day=day
            )
        case AlarmKind.VISITS:
            left = (
                counted(reach.part, ring.number or 0) if reach else nwords("{n} visit", "{n} visits", ring.number or 0)
            )
            return words("{thing}: {left} left, until {day}.", thing=thing, left=left, day=day)
        case AlarmKind.PRICE if ring.before is not None:
            return words(
                "With the new prices the money ends on {day} instead of {before}.", day=day, before=ring.before
            )
        case AlarmKind.CLAIM:
            return nwords(
                "{n} support is still to be claimed, to be safe by {day}.",
                "{n} supports are still to be claimed, the first of them to be safe by {day}.",
                ring.number or 0,
                day=day,
            )
        case AlarmKind.AWAY:
            return words("{thing}: nobody came on {day}.", thing=thing, day=day)
    if thing == ALL:
        return words("As it is planned, the money lasts until {day}.", day=day)
    return words("{thing}: as it is planned, the money lasts until {day}.", thing=thing, day=day)


def about(ring: Ring, kind: AlarmKind, reach: Reach | None = None) -> Value:
    """What a thing that an alarm said is about: a support with its days and time, a part of the funding, or all."""
    if kind is AlarmKind.AWAY:
        return Name(ring.name)
    if ring.line_id is not None and ring.name:
        when = called(reach.line) if reach else None
        if when is None:
            return Name(ring.name)
        return words("{support} ({when})", support=Name(ring.name), when=when)
    if ring.name:
        return parts.shown(ring.name)
    part = parts.anywhere(ring.component) if ring.component else None
    return part.words if part else ALL
