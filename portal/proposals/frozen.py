"""An accepted proposal as one frozen text: what everyone agreed to, with the figures of that day, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.extras import RowKind
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import (
    Agreed,
    AgreedAmount,
    AtLimit,
    Component,
    Funding,
    Line as PlainLine,
    Management,
    OpenMoney,
    Package,
    Price,
    Unpaid,
)
from budgeting.period import Band, Period, Place
from budgeting.quotation import LineQuote, Quote, Row
from portal.proposals.model import Proposal
from portal.proposals.particulars import OPEN
from portal.proposals.terms import Terms, canonical, from_mapping, money_of, plain

FORM = 1  # the shape of the text; a new shape gets a new number and old ones stay readable


@dataclass(frozen=True)
class FrozenAmount:
    """A part of a line: one kind of day at one price. ``amount`` is None when no price was known."""

    band: Band
    item: str | None
    visits: int
    quantity: Quantity
    unit: str
    unit_price: Money | None
    amount: Money | None
    first: date
    last: date
    kind: RowKind = RowKind.SUPPORT  #: what it is for: the support itself, or what comes along


@dataclass(frozen=True)
class FrozenLine:
    """One support as it was accepted. ``id`` stays the same from one version of the plan to the next."""

    id: UUID
    terms: Terms
    provider: str  #: its name on that day; "" when there was none yet
    purpose: str  #: the goal or everyday need in own words; "" when none was named
    component: str | None  #: key of the component that pays
    management: Management | None
    category: str | None
    price: Price | None  #: as the calculator takes it, public holidays included
    skips: tuple[date, ...]  #: days without the visit
    amounts: tuple[FrozenAmount, ...]
    amount: Money
    contribution: Money
    visits: int
    minutes: Minutes
    complete: bool  #: False when some price was not known: ``amount`` is then the least it costs

    @property
    def name(self) -> str:
        return self.terms.name

    @property
    def provider_id(self) -> UUID | None:
        return self.terms.provider_id

    @property
    def period(self) -> Period:
        return Period(self.terms.starts, self.terms.ends)


@dataclass(frozen=True)
class FrozenComponent:
    """A part of the funding, with its totals as they were at acceptance."""

    key: str
    amount: Money
    spent: Money
    planned: Money
    left: Money
    management: Management
    untold: bool  #: nobody had told what was spent of it
    unseen: bool  #: and some may have been, before the days of the plan


@dataclass(frozen=True)
class FrozenProposal:
    """Everything that was accepted, and the totals as priced at acceptance."""

    client_id: UUID
    proposal_id: UUID
    title: str
    program: str
    period: Period
    place: Place
    lines: tuple[FrozenLine, ...]
    components: tuple[FrozenComponent, ...]
    amount: Money
    contribution: Money
    left: Money
    minutes: Minutes

    def line(self, line_id: UUID) -> FrozenLine:
        """The line with this id; an unknown id is a KeyError."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def of_provider(self, provider_id: UUID) -> tuple[FrozenLine, ...]:
        """The lines that one organisation delivers."""
        return tuple(line for line in self.lines if line.provider_id == provider_id)

    def package(self, funding: Funding | None = None) -> Package:
        """The accepted lines as the calculator has them, to be priced or compared again."""
        lines = tuple(
            plain_line(str(line.id), line.terms, line.provider, line.purpose, line.price, line.skips, line.management)
            for line in self.lines
        )
        return Package(self.program, self.period, self.place, funding, lines, others(funding, lines))


def others(funding: Funding | None, lines: Iterable[PlainLine]) -> tuple[Component | OpenMoney, ...]:
    """Money of other funders that was told, and money without a limit as far as some line names it."""
    asked = {key for line in lines for key in (line.component, *line.payers)}
    told = funding.others if funding else ()
    return (*told, *(money for key, money in OPEN.items() if key in asked))


def plain_line(
    line_id: str,
    terms: Terms,
    provider: str,
    purpose: str,
    price: Price | None,
    skips: tuple[date, ...] = (),
    management: Management | None = None,
) -> PlainLine:
    """The terms of one line as the calculator has them: the only mapping there is."""
    more = terms.more
    begins = max(terms.starts, min(more.likely, terms.ends)) if more.sought and more.likely else terms.starts
    return PlainLine(
        id=line_id,
        name=terms.name,
        period=Period(begins, terms.ends),
        support=terms.support,
        schedule=terms.schedule,
        price=price,
        component=terms.component,
        management=management,
        provider=provider or None,
        purposes=(purpose,) if purpose else (),
        skips=tuple(sorted({*skips, *more.skips})),
        payers=(terms.component, *more.payers) if terms.component and more.payers else (),
        role=more.role,
        boundary=more.boundary,
        participants=more.participants,
        workers=more.workers,
        extras=more.extras,
        third_party=more.third_party,
        fee=more.fee,
        priority=more.priority,
        sought=more.sought,
    )


def freeze(
    proposal: Proposal,
    lines: Iterable[tuple[UUID, Terms]],
    quote: Quote,
    providers: Mapping[UUID, str],
    purposes: Mapping[UUID, str],
) -> tuple[str, str]:
    """The canonical JSON of an accepted proposal and its SHA-256 in hexadecimal.

    ``lines`` are those that count; ``quote`` prices each under its key as text; ``providers`` and ``purposes`` hold
    the names of organisations and the words of goals by id.
    """
    place = quote.package.place
    data = {
        "form": FORM,
        "client_id": str(proposal.client_id),
        "proposal_id": str(proposal.id),
        "title": proposal.title,
        "program": proposal.program,
        "first": plain(proposal.starts),
        "last": plain(proposal.ends),
        "place": [place.state, place.zone, place.region] + ([place.mmm] if place.mmm else []),
        "lines": [_line(key, terms, quote.line(str(key)), providers, purposes) for key, terms in lines],
        "components": [
            {
                "key": total.component.key,
                "amount": plain(total.amount),
                "spent": plain(total.spent),
                "planned": plain(total.planned),
                "left": plain(total.left),
                "management": total.component.management.value,
                "untold": total.untold,
                "unseen": total.component.unseen,
            }
            for total in quote.components
        ],
        "amount": plain(quote.amount),
        "contribution": plain(quote.contribution),
        "left": plain(quote.left),
        "minutes": quote.minutes.count,
    }
    text = canonical(data)
    return text, digest(text)


def digest(text: str) -> str:
    """The SHA-256 of a frozen text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(
    key: UUID, terms: Terms, quoted: LineQuote, providers: Mapping[UUID, str], purposes: Mapping[UUID, str]
) -> dict[str, Any]:
    provider = providers.get(terms.provider_id, "") if terms.provider_id else terms.provider_name
    return {
        "id": str(key),
        "terms": json.loads(terms.as_json()),
        "provider": provider,
        "purpose": purposes.get(terms.goal_id, "") if terms.goal_id else terms.need,
        "component": quoted.component,
        "management": quoted.management.value if quoted.management else None,
        "category": quoted.category,
        "price": _price(quoted.line.price),
        "skips": [plain(day) for day in quoted.line.skips],
        "amounts": [_amount(row) for row in quoted.rows],
        "amount": plain(quoted.amount),
        "contribution": plain(quoted.contribution),
        "visits": quoted.visits,
        "minutes": quoted.minutes.count,
        "complete": quoted.complete,
    }


def _price(price: Price | None) -> Any:
    if price is None:
        return None
    if isinstance(price, AtLimit):
        return "limit"
    if isinstance(price, Unpaid):
        weekly = {} if price.weekly is None else {"weekly": price.weekly.count}
        return {"unpaid": plain(price.replacement), **weekly}
    known = [[plain(one.amount), plain(one.band), plain(one.since)] for one in price.amounts]
    return [[*told, True] if one.estimated else told for one, told in zip(price.amounts, known, strict=True)]


def _thaw_price(data: Any) -> Price | None:
    if data is None:
        return None
    if data == "limit":
        return AtLimit()
    if isinstance(data, dict):
        weekly = data.get("weekly")
        return Unpaid(money_of(data["unpaid"]), Minutes(weekly) if weekly is not None else None)
    return Agreed(
        tuple(
            AgreedAmount(
                _money(amount),
                Band(band) if band else None,
                date.fromisoformat(since) if since else None,
                estimated=bool(estimated),
            )
            for amount, band, since, *estimated in data
        )
    )


def _amount(row: Row) -> dict[str, Any]:
    return {
        "band": row.band.value,
        "item": row.item,
        "visits": row.visits,
        "quantity": row.quantity.thousandths,
        "unit": row.unit,
        "unit_price": plain(row.unit_price),
        "amount": plain(row.amount),
        "first": plain(row.first),
        "last": plain(row.last),
        **({} if row.kind is RowKind.SUPPORT else {"kind": row.kind.value}),
    }


def thaw(text: str) -> FrozenProposal:
    """What a frozen text says."""
    data = json.loads(text)
    state, zone, region, *mmm = data["place"]
    return FrozenProposal(
        client_id=UUID(data["client_id"]),
        proposal_id=UUID(data["proposal_id"]),
        title=data["title"],
        program=data["program"],
        period=Period(date.fromisoformat(data["first"]), date.fromisoformat(data["last"])),
        place=Place(state, zone, region, *mmm),
        lines=tuple(map(_thaw_line, data["lines"])),
        components=tuple(map(_thaw_component, data["components"])),
        amount=_money(data["amount"]),
        contribution=_money(data["contribution"]),
        left=_money(data["left"]),
        minutes=Minutes(data["minutes"]),
    )


def _thaw_line(data: Mapping[str, Any]) -> FrozenLine:
    return FrozenLine(
        id=UUID(data["id"]),
        terms=from_mapping(data["terms"]),
        provider=data["provider"],
        purpose=data["purpose"],
        component=data["component"],
        management=Management(data["management"]) if data["management"] else None,
        category=data["category"],
        price=_thaw_price(data["price"]),
        skips=tuple(map(date.fromisoformat, data["skips"])),
        amounts=tuple(map(_thaw_amount, data["amounts"])),
        amount=_money(data["amount"]),
        contribution=_money(data["contribution"]),
        visits=data["visits"],
        minutes=Minutes(data["minutes"]),
        complete=data["complete"],
    )


def _thaw_amount(data: Mapping[str, Any]) -> FrozenAmount:
    return FrozenAmount(
        band=Band(data["band"]),
        item=data["item"],
        visits=data["visits"],
        quantity=Quantity(data["quantity"]),
        unit=data["unit"],
        unit_price=money_of(data["unit_price"]),
        amount=money_of(data["amount"]),
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        kind=RowKind(data.get("kind", RowKind.SUPPORT)),
    )


def _thaw_component(data: Mapping[str, Any]) -> FrozenComponent:
    return FrozenComponent(
        key=data["key"],
        amount=_money(data["amount"]),
        spent=_money(data["spent"]),
        planned=_money(data["planned"]),
        left=_money(data["left"]),
        management=Management(data["management"]),
        untold=data.get("untold", not data["spent"]["minor"]),  # an older text does not say it, and had nothing
        unseen=data.get("unseen", False),
    )


def _money(data: Mapping[str, Any]) -> Money:
    return Money(data["minor"], data["currency"])
