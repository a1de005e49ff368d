"""What an alarm says, in sentences: a choice that can still be made, never a percentage."""

from __future__ import annotations

from budgeting.money import Minutes
from budgeting.reach import Reach, called, counted
from budgeting.words import Name, Value, Words, nwords, words
from portal.funding.parts import named
from portal.outlook.model import AlarmKind, Ring

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
    """What an alarm waits for, as a sentence that goes on from "Tell me"; ``about`` is a part or a support."""
    thing: Value = about if about is not None else ALL
    match kind:
        case AlarmKind.EARLY:
            return words("When {thing} would end before the plan does", thing=thing)
        case AlarmKind.WITHIN:
            return nwords(
                "When {thing} would end within {n} week",
                "When {thing} would end within {n} weeks",
                number or 0,
                thing=thing,
            )
        case AlarmKind.HOURS:
            return nwords(
                "When less than {n} hour of support is left: {thing}",
                "When less than {n} hours of support are left: {thing}",
                number or 0,
                thing=thing,
            )
        case AlarmKind.VISITS:
            return nwords(
                "When fewer than {n} visit is left: {thing}",
                "When fewer than {n} visits are left: {thing}",
                number or 0,
                thing=thing,
            )
        case AlarmKind.CLAIM:
            return nwords(
                "{n} day before the last day to claim something",
                "{n} days before the last day to claim something",
                number or 0,
            )
    return KINDS[kind]


def ring_words(ring: Ring, kind: AlarmKind, reach: Reach | None = None) -> Words:
    """What an alarm found, with the day and what is left; ``reach`` tells a support by its days and time."""
    thing, day = about(ring, reach), ring.day
    if day is None:
        return KINDS[kind]
    match kind:
        case AlarmKind.HOURS:
            return words("{thing}: {time} are left, until {day}.", thing=thing, time=Minutes(ring.number or 0), day=day)
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
                "{n} support is still to be claimed; the last day is {day}.",
                "{n} supports are still to be claimed; the first last day is {day}.",
                ring.number or 0,
                day=day,
            )
        case AlarmKind.AWAY:
            return words("{thing}: nobody came on {day}.", thing=thing, day=day)
    return words("As it is planned, {thing} ends on {day}.", thing=thing, day=day)


def about(ring: Ring, reach: Reach | None = None) -> Value:
    """What a thing that an alarm said is about: a support with its days and time, a part of the funding, or all."""
    if ring.line_id is not None and ring.name:
        when = called(reach.line) if reach else None
        if when is None:
            return Name(ring.name)
        return words("{support} ({when})", support=Name(ring.name), when=when)
    if ring.name:
        name = named(ring.name)
        return name if isinstance(name, Words) else Name(name)
    return ALL
