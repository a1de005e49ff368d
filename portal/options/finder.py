"""The options finder: providers and things to do near home as one list, with what fits, what does not, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from budgeting.catalogue import Editions
from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.options import Wanted, in_order, misfits, to_ask
from budgeting.options.affording import Affording, affording, payers
from budgeting.options.coverage import Coverage
from budgeting.package import Component
from budgeting.period import Band, Place
from budgeting.programs import PROGRAMS
from budgeting.words import Name, Words, words
from portal.accounts import coverage
from portal.accounts.model import Organisation, OrganisationKind
from portal.catalogue import book_queries as books, directory, queries as catalogue
from portal.catalogue.book_queries import AskedPrice
from portal.catalogue.cells import folded
from portal.catalogue.directory import Found
from portal.funding import queries as funding
from portal.options import organisation_queries as organisations, queries
from portal.options.model import Opportunity, OwnOpportunity
from portal.options.organisation_model import Offering
from portal.people.model import Client
from portal.work import Work

SUPPORTS = 6  # supports that some words mean, shown above the options
LEAST = 3  # letters of a word that is looked for by itself


class Paying(StrEnum):
    """Which options are asked for by who pays."""

    FREE = "free"
    FUNDED = "funded"


@dataclass(frozen=True)
class Offered:
    """One support of a provider that was asked for, its price and what the funding could do about it."""

    support: Found
    price: Money | None
    since: date
    affording: Affording


@dataclass(frozen=True)
class Option:
    """One thing that could be part of a life. ``key`` stays the same, so that it can be kept for later."""

    key: str
    name: str
    told: Coverage | None
    organisation: Organisation | None = None
    near: Opportunity | OwnOpportunity | None = None
    supports: tuple[Offered, ...] = ()
    silent: bool = False  # a provider that has not said what it offers
    affording: Affording | None = None  # of something to do near home
    misfits: tuple[Words, ...] = ()
    ask: tuple[Words, ...] = ()

    @property
    def free(self) -> bool:
        """Whether it is said to cost nothing."""
        return self.near is not None and self.near.cost is not None and not self.near.cost.minor

    @property
    def payable(self) -> bool:
        """Whether nothing says that it cannot be paid; for a provider by any of the supports asked for."""
        return not self.supports or any(one.affording.reaches is not False for one in self.supports)


@dataclass(frozen=True)
class Answer:
    """Everything the finder found: options that fit, those that do not with their reasons, and supports by words."""

    fitting: Sequence[Option]
    others: Sequence[Option]
    supports: Sequence[Found] = ()


@dataclass(frozen=True)
class _Money:
    """What is known of a client's money, read once; ``parts`` is None where the reader may not see it."""

    program: str
    place: Place
    editions: Editions
    day: date
    parts: Sequence[tuple[Component, Figure]] | None

    def affords(self, found: Found, price: Money | None) -> Affording:
        """What the funding could do about one hour or item of a support."""
        if self.parts is None:
            return affording(price, None, None)
        may = payers(self.program, found.key, self.place, self.editions, self.day, self.parts)
        return affording(price, limit(found, self.place), may)


def limit(found: Found, place: Place) -> Money | None:
    """The published price limit of a support on an ordinary weekday; None where there is none."""
    items = dict(found.items)
    item = items.get(Band.ANY) or items.get(Band.DAY) or next(iter(items.values()), None)
    return item.limit(place.zone, place.state) if item is not None else None


def find(work: Work, client: Client, asked: str, wanted: Wanted, paying: Paying | None = None) -> Answer:
    """Every option for some everyday words; no words at all give every option there is."""
    money = _money(work, client)
    near = _all_near(work, client)
    found = [*_providers(work, money, asked), *(_near(one) for one in near if _means(asked, one))]
    told = organisations.places(work) if wanted.town else {}
    judged = (_judged(one, wanted, paying, _where(one, told)) for one in found)
    ordered = in_order(judged, lambda one: one.told, lambda one: one.name)
    return Answer(
        [one for one in ordered if not one.misfits],
        [one for one in ordered if one.misfits],
        _supports(work, money, asked),
    )


def by_key(work: Work, client: Client, keys: Collection[str]) -> Mapping[str, Option]:
    """The options with these keys, without any judgement; what is no longer there is left out."""
    near = _all_near(work, client)
    providers = [
        Option(f"org-{one.id}", one.name, coverage.coverage(one.covers), one)
        for one in organisations.all_organisations(work, OrganisationKind.PROVIDER)
    ]
    return {one.key: one for one in (*providers, *map(_near, near)) if one.key in keys}


def exists(work: Work, client: Client, key: str) -> bool:
    """Whether there is an option with this key for the reader."""
    return key in by_key(work, client, {key})


def _all_near(work: Work, client: Client) -> list[Opportunity | OwnOpportunity]:
    return [*queries.opportunities(work), *queries.own_opportunities(work, client)]


def _money(work: Work, client: Client) -> _Money:
    plan = funding.current(work, client)
    today = work.today(client)
    program = plan.program if plan else PROGRAMS[0]
    parts = [(one.component, one.now) for one in funding.standing(work, client, plan, today)] if plan else None
    return _Money(program, funding.place(client), catalogue.editions(work, program), today, parts)


def _supports(work: Work, money: _Money, asked: str) -> Sequence[Found]:
    if not asked.strip():
        return ()
    ranked = directory.ranked_families(money.program, asked)[:SUPPORTS]
    return [directory.support(work, money.program, one.key, money.day) for one in ranked]


def _providers(work: Work, money: _Money, asked: str) -> list[Option]:
    offers: dict[UUID, list[Offering]] = {}
    asks: dict[tuple[UUID, str], list[AskedPrice]] = {}
    for price in books.asked(work, money.program, money.day):
        asks.setdefault((price.organisation_id, price.support), []).append(price)
    for row in organisations.offerings(work, money.program):
        offers.setdefault(row.organisation_id, []).append(row)
    meant = {one.key for one in directory.ranked_families(money.program, asked)} if asked.strip() else None
    found = []
    for one in organisations.all_organisations(work, OrganisationKind.PROVIDER):
        rows = [row for row in offers.get(one.id, []) if meant is None or row.support in meant]
        named = bool(asked.strip()) and folded(asked).strip() in folded(one.name)
        silent = one.id not in offers
        if rows or named or silent:
            supports = tuple(_offered(work, money, row, asks.get((one.id, row.support), ())) for row in rows)
            told = coverage.coverage(one.covers)
            found.append(Option(f"org-{one.id}", one.name, told, one, supports=supports, silent=silent))
    return found


def _offered(work: Work, money: _Money, row: Offering, asks: Sequence[AskedPrice]) -> Offered:
    support, price = directory.support(work, money.program, row.support, money.day), books.ordinary(asks)
    if price is None:
        return Offered(support, None, row.since, money.affords(support, None))
    return Offered(support, price.price, price.valid_from, money.affords(support, price.price))


def _near(one: Opportunity | OwnOpportunity) -> Option:
    kind = "own" if isinstance(one, OwnOpportunity) else "near"
    return Option(f"{kind}-{one.id}", one.title, coverage.coverage(one.covers), near=one, affording=_cost(one.cost))


def _cost(cost: Money | None) -> Affording:
    if cost is None:
        return Affording(None, words("What it costs is not told yet."))
    if not cost.minor:
        return Affording(True, words("It is free."))
    return Affording(None, words("It costs {cost} each time. Ask whether your funding may pay some of it.", cost=cost))


def _means(asked: str, one: Opportunity | OwnOpportunity) -> bool:
    """Whether any word that was asked for stands in what was told; in languages without spaces, any part of it."""
    said = folded(f"{one.title} {one.about} {one.place}")
    looked_for = [word for word in folded(asked).split() if len(word) >= LEAST or not word.isascii()]
    return not asked.strip() or any(word in said for word in looked_for) or bool(directory.shared(asked, one.title))


def _where(one: Option, told: Mapping[UUID, str]) -> str:
    """The places that an option names, in its own words."""
    return told.get(one.organisation.id, "") if one.organisation else one.near.place if one.near else ""


def _judged(one: Option, wanted: Wanted, paying: Paying | None, where: str) -> Option:
    there = folded(wanted.town) in folded(where) if wanted.town and where else None
    reasons = [*misfits(wanted, one.told, there)]
    if paying is Paying.FREE and not one.free:
        reasons.append(words("It is not said to be free."))
    if paying is Paying.FUNDED and not one.payable:
        reasons += [each.affording.said for each in one.supports]
    return replace(one, misfits=tuple(reasons), ask=to_ask(wanted, one.told, there))


def who(one: Option, names: Mapping[UUID, str]) -> Name | None:
    """Who last confirmed it, by name; None when nobody did."""
    if one.told is None:
        return None
    if one.told.by is not None and one.told.by in names:
        return Name(names[one.told.by])
    return Name(one.name)
