"""A change as ready values for its pages: before and after, who is asked and why, how things stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from budgeting.compare import ChangeKind, Difference, LineChange
from budgeting.explain import Figure
from budgeting.explain.describe import WEEKDAYS, listed, price_words, schedule_words
from budgeting.explain.particulars import particulars
from budgeting.money import ZERO, Minutes
from budgeting.quotation import LineQuote
from budgeting.words import Name, Value, Words, words
from budgeting.working import PARTS
from portal.access.table import Relationship
from portal.changes.edits import Move, moves, moves_in, unpack
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.parties import Seat
from portal.changes.rules import Asks
from portal.changes.states import Given, How, Matter, RequestState
from portal.proposals.frozen import FrozenProposal

MATTERS = {
    Matter.PRICE: words("the price"),
    Matter.MONEY: words("how much money is used"),
    Matter.TIME: words("days and times"),
    Matter.DUTY: words("what somebody has promised to do"),
    Matter.PRIVACY: words("who gets to know about the person: somebody new comes in"),
    Matter.BODY: words("help that touches the body"),
    Matter.HOME: words("who comes into the home, and when"),
}

STATES = {
    RequestState.DRAFT: words("Being written, not asked yet"),
    RequestState.OPEN: words("Waits for answers"),
    RequestState.AGREED: words("Everybody has agreed"),
    RequestState.DONE: words("Holds now"),
    RequestState.RUNNING: words("Holds for now, not agreed by everybody"),
    RequestState.LAPSED: words("Waits for a decision"),
    RequestState.ENDED: words("The plan is as it was before"),
    RequestState.PARKED: words("Put aside for now"),
    RequestState.WITHDRAWN: words("Taken back"),
    RequestState.SUPERSEDED: words("Must be looked at again"),
}
STATE_BADGES = {
    RequestState.DRAFT: "",
    RequestState.OPEN: "wait",
    RequestState.AGREED: "info",
    RequestState.DONE: "ok",
    RequestState.RUNNING: "warn",
    RequestState.LAPSED: "bad",
    RequestState.ENDED: "",
    RequestState.PARKED: "",
    RequestState.WITHDRAWN: "",
    RequestState.SUPERSEDED: "warn",
}

GIVEN = {
    Given.WAITING: words("Not answered yet"),
    Given.AGREED: words("Agreed"),
    Given.PARTLY: words("Agrees to some of it"),
    Given.DECLINED: words("Said no"),
    Given.OTHER: words("Asks for something else"),
    Given.TOLD: words("Is told"),
}
GIVEN_BADGES = {
    Given.WAITING: "wait",
    Given.AGREED: "ok",
    Given.PARTLY: "warn",
    Given.DECLINED: "bad",
    Given.OTHER: "warn",
    Given.TOLD: "info",
}

KINDS = {
    ChangeKind.ADDED: words("New"),
    ChangeKind.REMOVED: words("Ends"),
    ChangeKind.CHANGED: words("It changes"),
    ChangeKind.SAME: words("Stays as it is"),
}
NOT_THERE = words("Not in the plan")
NOTHING_MORE = words("Nothing any more")
NO_PROVIDER = words("No provider yet")


def from_words(day: date) -> Words:
    """The day a change begins, with its weekday."""
    return words("From {weekday}, {day}", weekday=WEEKDAYS[day.weekday()], day=day)


@dataclass(frozen=True)
class Row:
    """One thing about a line, before and after."""

    label: Words
    before: Value
    after: Value


@dataclass(frozen=True)
class Changed:
    """One line that a change touches."""

    id: UUID
    name: Name
    kind: Words
    rows: tuple[Row, ...]
    before: Figure
    after: Figure
    differs: bool  #: whether its amount does
    hours: tuple[Minutes, Minutes]  #: the time of all visits from that day on


def changed(difference: Difference) -> list[Changed]:
    """The lines that are not the same, in the order of the plan; where one is part of a support, its days are said."""
    parts = Counter(one.line.name for one in difference.lines)
    return [
        Changed(
            UUID(one.line.id),
            Name(one.line.name),
            KINDS[one.kind],
            _rows(one, parts[one.line.name] > 1),
            _cost(one.before),
            _cost(one.after),
            one.more.minor != 0,
            one.minutes,
        )
        for one in difference.changed
    ]


def _cost(line: LineQuote | None) -> Figure:
    """What a line costs with its explanation; nothing where it is not in the plan."""
    if line is None:
        return Figure(words("Cost from that day on"), ZERO, NOT_THERE, working=PARTS)
    return line.figure


def same(difference: Difference) -> list[Name]:
    """The supports about which nothing changes, each once; a support that changes on some days only is none of them."""
    touched = {one.line.name for one in difference.changed}
    return [Name(name) for name in dict.fromkeys(one.line.name for one in difference.same) if name not in touched]


def _rows(one: LineChange, part: bool) -> tuple[Row, ...]:
    if one.before and one.after:
        rows = tuple(Row(field.label, field.before, field.after) for field in one.fields)
        days = words("{first} to {last}", first=one.line.period.first, last=one.line.period.last)
        told = not part or any(field.field == "period" for field in one.fields)
        return rows if told else (Row(words("From and to"), days, days), *rows)
    line, new = one.line, one.before is None
    about = (
        (words("When and how much"), schedule_words(line.schedule)),
        (words("Price"), price_words(line.price, line.period)),
        (words("Provider"), Name(line.provider) if line.provider else NO_PROVIDER),
        *particulars(line),
    )
    return tuple(Row(label, NOT_THERE if new else value, value if new else NOTHING_MORE) for label, value in about)


@dataclass(frozen=True)
class PartyRow:
    """One party: who, as what, why it is asked, and how it stands."""

    id: UUID | None
    name: Value
    role: Words
    why: Words
    matters: tuple[Words, ...]
    badge: str
    state: Words
    how: Words | None
    said: str
    moved: datetime | None
    by_telephone: bool
    only_here: bool  #: has an account, so that nobody writes an answer down for it
    version: int
    agreed_to: tuple[Name, ...] = ()  #: the lines agreed to so far, where it is not all of them
    refused: bool = False  #: said no, asks for something else, or agrees to some of it only
    spoken: bool = False  #: said on the telephone, and not confirmed by themselves
    together: Words | None = None  #: whether one yes is enough, or all must say it, where several are asked
    source: str = ""  #: where the rule that gives them this say comes from
    confidence: str = ""


ROLES = {
    Relationship.CLIENT: words("whose plan it is"),
    Relationship.AUTHORITY: words("decides by law"),
    Relationship.PROVIDER: words("provider"),
    Relationship.FAMILY: words("Family or friend"),
    Relationship.LEAD: words("coordinator"),
}


def party_row(
    one: Authorisation,
    names: Mapping[UUID, str],
    client: Name,
    *,
    reachable: bool,
    seat: Seat | None,
    lines: Mapping[UUID, Name],
    urgent: bool,
    coordinates: bool,
    over: bool,
    settled: bool,
) -> PartyRow:
    """A party of a change that was asked.

    ``reachable``: somebody can answer for it with an account; ``seat``: why it is asked, as the rules see it now;
    ``coordinates``: the reader may write down what a person, too, said on the telephone; ``over``: it takes no answers
    any more; ``settled``: and needs none.
    """
    unanswered = words("Not needed any more") if settled else words("Did not answer")
    agreed = one.agreed_apart or frozenset() if one.state is Given.PARTLY else frozenset()
    speaks = one.party is Relationship.PROVIDER or (
        coordinates and one.party in (Relationship.CLIENT, Relationship.AUTHORITY)
    )
    waits = one.state is Given.WAITING or (not reachable and one.state is not Given.TOLD)
    return PartyRow(
        id=one.id,
        name=_name(one.account_id or one.organisation_id, one.provider_name, names, client),
        role=ROLES[one.party],
        why=_why(one.party, told=one.state is Given.TOLD, instead=one.instead, client=client, reachable=reachable),
        matters=_matters(one.touched),
        badge="" if over and one.state is Given.WAITING else GIVEN_BADGES[one.state],
        state=unanswered if over and one.state is Given.WAITING else GIVEN[one.state],
        how=_how(one, names),
        refused=one.refused,
        said=one.said if one.state is not Given.WAITING else "",
        moved=one.moved_at,
        by_telephone=speaks and (urgent or not reachable) and waits,
        only_here=speaks and reachable and not urgent and one.state is Given.WAITING,
        version=one.version,
        agreed_to=tuple(name for key, name in lines.items() if key in agreed),
        spoken=one.spoken and one.state is not Given.WAITING,
        source=seat.source if seat else "",
        confidence=seat.confidence if seat else "",
    )


def seat_row(seat: Seat, names: Mapping[UUID, str], client: Name, *, reachable: bool) -> PartyRow:
    """A party of a change that is still being written: who will be asked, and why."""
    told = seat.asks is Asks.TOLD
    return PartyRow(
        id=None,
        name=_name(seat.account_id or seat.organisation_id, seat.provider_name, names, client),
        role=ROLES[seat.party],
        why=_why(seat.party, told=told, instead=seat.asks is Asks.INSTEAD, client=client, reachable=reachable),
        matters=_matters(seat.matters),
        badge="info" if told else "wait",
        state=words("Will be told") if told else words("Will be asked"),
        how=None,
        said="",
        moved=None,
        by_telephone=False,
        only_here=False,
        version=1,
        source=seat.source,
        confidence=seat.confidence,
    )


def _name(record: UUID | None, typed: str, names: Mapping[UUID, str], client: Name) -> Name:
    if record is not None:
        return Name(names.get(record, typed))
    return Name(typed) if typed else client


def _why(party: Relationship, *, told: bool, instead: bool, client: Name, reachable: bool) -> Words:
    if party is Relationship.FAMILY:
        return words("Time that family and friends give has no price here. It is not free: it is theirs.")
    if told:
        return words("A support ends here. The provider is told in time; it has no veto.")
    if party is Relationship.CLIENT:
        if not reachable:
            return words("It is the plan of {name}, who has no account here yet.", name=client)
        return words("It is the plan of {name}. Nothing changes in it without that yes.", name=client)
    if party is Relationship.AUTHORITY and instead:
        return words("May say yes in place of {name}, within a checked authority.", name=client)
    if party is Relationship.AUTHORITY:
        return words("A checked authority covers this, so a yes is needed.")
    if party is Relationship.PROVIDER:
        return words("It has something to do differently from that day on. It sees its own part only.")
    return words("Looks after the plan: one of those who agree, never in place of somebody else.")


def _matters(found: Iterable[Matter]) -> tuple[Words, ...]:
    held = set(found)
    return tuple(MATTERS[matter] for matter in Matter if matter in held)


def _how(one: Authorisation, names: Mapping[UUID, str]) -> Words | None:
    at, by = one.answered_at, Name(names.get(one.answered_by, "")) if one.answered_by else Name("")
    if at is None or one.state in (Given.WAITING, Given.TOLD):
        return None
    if one.how is How.ASKED:
        return words("{by} asked for it, and agreed by that, on {at}.", by=by, at=at)
    if one.how is How.TELEPHONE:
        who, day = Name(one.spoke_with), one.said_on or at
        return words("{who} said this on the telephone on {day}; {by} wrote it down on {at}.", **told(who, day, by, at))
    return words("{by} answered on {at}.", by=by, at=at)


def told(who: Name, day: Value, by: Name, at: Value) -> dict[str, Value]:
    """The values of a sentence about a telephone call."""
    return {"who": who, "day": day, "by": by, "at": at}


@dataclass(frozen=True)
class Card:
    """A change in a list."""

    href: str
    title: Words
    name: Name | None
    about: Words | None  #: which supports it touches
    badge: str
    state: Words
    reason: str
    who: Name | None
    yours: bool


def card(
    change: ChangeRequest, base: FrozenProposal, names: Mapping[UUID, str], *, yours: bool, refused: bool = False
) -> Card:
    """A change the reader may see whole; ``base`` is the plan it was made from."""
    return Card(
        f"/people/{change.client_id}/changes/{change.id}",
        from_words(change.effective),
        None,
        _about(moves(base, unpack(change.edits), change.effective)),
        "warn" if refused else STATE_BADGES[change.state],
        words("Not everybody agrees") if refused else STATES[change.state],
        change.reason,
        Name(names.get(change.made_for or change.made_by, "")),
        yours,
    )


def part_card(own: Authorisation, change: ChangeRequest, client: Name) -> Card:
    """A change of which the reader's organisation sees its own part."""
    waits = change.state is RequestState.OPEN and own.state is Given.WAITING
    return Card(
        f"/people/{change.client_id}/changes/{change.id}",
        from_words(change.effective),
        client,
        _about(moves_in(own.content)[1]),
        GIVEN_BADGES[own.state] if change.state is RequestState.OPEN else STATE_BADGES[change.state],
        GIVEN[own.state] if change.state is RequestState.OPEN else STATES[change.state],
        change.reason if change.reason_shared else "",
        None,
        waits,
    )


def _about(moved: Iterable[Move]) -> Words | None:
    called = [words("{name}", name=Name(side.name)) for move in moved if (side := move.after or move.before)]
    return listed(called) if called else None


def accounts_in(rows: Sequence[Authorisation | Seat], *others: UUID | None) -> set[UUID]:
    """Accounts and organisations to be called by name."""
    found: set[Any] = {*others}
    for row in rows:
        found |= {row.account_id, row.organisation_id, getattr(row, "answered_by", None)}
    return found - {None}
