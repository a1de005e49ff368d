"""A question to a provider as ready values: what was asked, what was offered, and every round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from budgeting import programs
from budgeting.explain import PER_UNIT
from budgeting.money import Money
from budgeting.package import Units, Weekly
from budgeting.words import Name, Value, Words, words
from portal.plans.request_model import ProviderRequest, RequestLine, Round
from portal.plans.request_states import AskState
from portal.plans.spoken import when
from portal.plans.states import Answered
from portal.proposals.sheet import decimal
from portal.proposals.terms import Terms

STATES: Mapping[AskState, Words] = {
    AskState.DRAFT: words("Not sent yet"),
    AskState.SENT: words("Waiting for an answer"),
    AskState.READ: words("Read, not answered yet"),
    AskState.YES: words("Yes, as asked"),
    AskState.COUNTER: words("Offers something else"),
    AskState.NO: words("No"),
    AskState.TAKEN: words("Taken into the draft"),
    AskState.CLOSED: words("Closed"),
}
BADGES: Mapping[AskState, str] = {
    AskState.DRAFT: "",
    AskState.SENT: "wait",
    AskState.READ: "info",
    AskState.YES: "ok",
    AskState.COUNTER: "warn",
    AskState.NO: "bad",
    AskState.TAKEN: "ok",
    AskState.CLOSED: "",
}
LIMIT = words("the price limit of the list")
PRICE, WHEN, STARTS = words("Price"), words("When"), words("From")


@dataclass(frozen=True)
class AskedLine:
    """One support of a question: what it is by its common name, what was asked, and what differs in the offer."""

    id: UUID
    line_id: UUID
    kind: Value
    own_name: Name | None  #: what the draft calls it; only for those who read the draft
    when: Words
    price: Value
    per: Words  #: what that price is for
    starts: date
    ends: date
    differs: tuple[tuple[Words, Value, Value], ...]
    weekly: bool
    fields: Mapping[str, str]  #: as a person would type them
    days: tuple[str, ...]


def lines(
    found: Sequence[RequestLine], program: str, names: Mapping[UUID, Name], offer: Round | None = None
) -> list[AskedLine]:
    """Each support; ``offer`` is the round whose offers are shown, otherwise what is being prepared."""
    return [_line(one, program, names, one.offered_terms if offer is None else _in(offer, one)) for one in found]


def _in(offer: Round, line: RequestLine) -> Terms:
    return offer.offer_for(line.line_id) or line.asked_terms


def _line(one: RequestLine, program: str, names: Mapping[UUID, Name], then: Terms) -> AskedLine:
    asked = one.asked_terms
    family = programs.program(program).family(asked.support)
    return AskedLine(
        id=one.id,
        line_id=one.line_id,
        kind=family.label if family else words("A support"),
        own_name=names.get(one.line_id),
        when=when(asked.schedule),
        price=_price(asked.price),
        per=_per(asked, family.unit if family else "H"),
        starts=asked.starts,
        ends=asked.ends,
        differs=differs(asked, then),
        weekly=isinstance(asked.schedule, Weekly),
        fields=_fields(then),
        days=tuple(map(str, then.schedule.weekdays)) if isinstance(then.schedule, Weekly) else (),
    )


def _per(asked: Terms, unit: str) -> Words:
    counted = asked.schedule.unit if isinstance(asked.schedule, Units) else None
    return PER_UNIT.get(counted or unit, PER_UNIT["E"])


def _price(price: Money | None) -> Value:
    return LIMIT if price is None else price


def differs(asked: Terms, then: Terms) -> tuple[tuple[Words, Value, Value], ...]:
    """What an offer says otherwise than was asked: what, as asked, as offered."""
    rows: list[tuple[Words, Value, Value]] = []
    if asked.schedule != then.schedule:
        rows.append((WHEN, when(asked.schedule), when(then.schedule)))
    if asked.price != then.price:
        rows.append((PRICE, _price(asked.price), _price(then.price)))
    if asked.starts != then.starts:
        rows.append((STARTS, asked.starts, then.starts))
    return tuple(rows)


def _fields(then: Terms) -> Mapping[str, str]:
    schedule = then.schedule
    weekly = schedule if isinstance(schedule, Weekly) else None
    return {
        "begins": f"{weekly.start:%H:%M}" if weekly else "",
        "finishes": f"{weekly.end:%H:%M}" if weekly else "",
        "every": str(weekly.every_n_weeks) if weekly else "",
        "units": decimal(schedule.quantity.thousandths, 3) if isinstance(schedule, Units) else "",
        "price": decimal(then.price.minor, 2) if then.price else "",
        "starts": then.starts.isoformat(),
    }


@dataclass(frozen=True)
class RoundRow:
    """One round: who spoke, how, in which words, and what was offered for which support."""

    number: int
    what: Words
    how: Words | None
    said: str
    stands_until: date | None
    offers: tuple[tuple[Value, tuple[tuple[Words, Value, Value], ...]], ...]
    at: datetime


def rounds(
    found: Sequence[Round],
    about: Sequence[RequestLine],
    program: str,
    names: Mapping[UUID, Name],
    people: Mapping[UUID, str],
    provider: Name,
) -> list[RoundRow]:
    """Every round in order. ``people``: the accounts that spoke or took a call, as far as the reader is told them."""
    return [_round(one, about, program, names, people, provider) for one in found]


def _round(
    one: Round,
    about: Sequence[RequestLine],
    program: str,
    names: Mapping[UUID, Name],
    people: Mapping[UUID, str],
    provider: Name,
) -> RoundRow:
    offers = []
    for line in about:
        then = one.offer_for(line.line_id)
        if then is not None:
            shown = _line(line, program, names, then)
            offers.append((shown.own_name or shown.kind, shown.differs))
    return RoundRow(
        one.number, _what(one, provider), _how(one, people), one.said, one.stands_until, tuple(offers), one.at
    )


def _what(one: Round, provider: Name) -> Words:
    match one.answer:
        case AskState.YES:
            return words("{provider} said yes, as asked.", provider=provider)
        case AskState.COUNTER:
            return words("{provider} offered something else.", provider=provider)
        case AskState.NO:
            return words("{provider} said no.", provider=provider)
    if one.number == 1:
        return words("{provider} was asked.", provider=provider)
    return words("{provider} was asked again.", provider=provider)


def _how(one: Round, people: Mapping[UUID, str]) -> Words | None:
    by = people.get(one.by, "") if one.by else ""
    if one.how is Answered.TELEPHONE:
        return words(
            "{who} said this on the telephone on {at}; {by} wrote it down.",
            who=Name(one.spoke_with),
            at=one.at,
            by=Name(by),
        )
    if one.how is Answered.LINK:
        return words("{who} answered with a one-time link on {at}.", who=Name(one.spoke_with), at=one.at)
    if not by:
        return words("On {at}.", at=one.at)
    return words("{by}, on {at}.", by=Name(by), at=one.at)


@dataclass(frozen=True)
class Listed:
    """One question in a list."""

    href: str
    provider: Name
    badge: str
    state: Words
    lines: tuple[AskedLine, ...]
    said: str
    stands_until: date | None
    answer_by: date


def listed(
    request: ProviderRequest, provider: Name, href: str, about: Sequence[AskedLine], answer: Round | None
) -> Listed:
    """A question with its latest answer, to be set beside others."""
    return Listed(
        href,
        provider,
        BADGES[request.state],
        STATES[request.state],
        tuple(about),
        answer.said if answer else "",
        answer.stands_until if answer else None,
        request.answer_by,
    )


def compared(found: Sequence[Listed]) -> list[tuple[Name | Value, list[tuple[Listed, AskedLine]]]]:
    """Supports that several providers were asked about: each with what every one of them says, in the order asked."""
    by_line: dict[UUID, list[tuple[Listed, AskedLine]]] = {}
    for one in reversed(found):
        for line in one.lines:
            by_line.setdefault(line.line_id, []).append((one, line))
    return [(many[0][1].own_name or many[0][1].kind, many) for many in by_line.values() if len(many) > 1]
