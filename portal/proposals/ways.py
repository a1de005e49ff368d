"""Told prices and wages, as they are kept and as the calculator takes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from budgeting.choosing.bought import ALLOWED, BACKUP, OWN_HOURS, RECRUITING, Way, fixed_of, prices_of
from budgeting.choosing.employment import (
    Wages,
    employed_hours,
    not_told,
    platform_hours,
    published_hours,
    told_hours,
    untold,
    yearly,
)
from budgeting.money import ZERO, Money, Percent
from budgeting.package import Agreed
from budgeting.period import Band
from budgeting.quotation import LineQuote
from budgeting.words import Name, words
from portal.access.scope import visible
from portal.catalogue import book_queries as books
from portal.funding.week import OnHolidays
from portal.language import plain
from portal.people.model import Client
from portal.proposals.kept import KeptLine, OtherWay, WayKind
from portal.proposals.particulars import BandPrice
from portal.proposals.queries import Draft
from portal.proposals.terms import Terms, canonical
from portal.work import NotVisible, Work


@dataclass(frozen=True)
class Told:
    """What somebody told about one way: an hour by kind of day, and the rates and sums that belong to its kind."""

    prices: Mapping[Band, Money]
    rates: Mapping[str, Percent] = field(default_factory=dict)  #: fee, superannuation, casual, leave, …
    insurance: Money = ZERO
    payroll: Money = ZERO
    supports: Mapping[str, Money] = field(default_factory=dict)  #: an hour of each kind of support with its own price

    def rate(self, name: str) -> Percent:
        """A rate that was told; zero when it was not."""
        return self.rates.get(name, Percent(0))

    def as_json(self) -> str:
        """Canonical JSON, amounts in cents and rates in parts per million."""
        return canonical(
            {
                "prices": {band.value: price.minor for band, price in self.prices.items()},
                "rates": {name: rate.ppm for name, rate in self.rates.items()},
                "insurance": self.insurance.minor,
                "payroll": self.payroll.minor,
                **({"supports": {key: price.minor for key, price in self.supports.items()}} if self.supports else {}),
            }
        )


def told(one: OtherWay) -> Told:
    """What is kept of a way."""
    data = json.loads(one.content)
    return Told(
        {Band(band): Money(minor) for band, minor in data["prices"].items()},
        {name: Percent(ppm) for name, ppm in data["rates"].items()},
        Money(data["insurance"]),
        Money(data["payroll"]),
        {key: Money(minor) for key, minor in data.get("supports", {}).items()},
    )


def ways(work: Work, client: Client, program: str) -> Sequence[OtherWay]:
    """The ways that were told for a program, in the order in which they were told."""
    wanted = visible(work, OtherWay).where(
        OtherWay.client_id == client.id, OtherWay.program == program, OtherWay.removed_at.is_(None)
    )
    return work.session.scalars(wanted.order_by(OtherWay.told_on, OtherWay.id)).all()


def way(work: Work, client: Client, way_id: UUID) -> OtherWay:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, OtherWay).where(OtherWay.id == way_id, OtherWay.client_id == client.id)
    found = work.session.scalars(wanted).one_or_none()
    if found is None or found.removed_at is not None:
        raise NotVisible
    return found


def as_way(one: OtherWay, day: date) -> Way:
    """A way as the calculator takes it; superannuation is said as of a day."""
    says, key, name = told(one), str(one.id), Name(one.name)
    if one.kind is WayKind.PROVIDER:
        own = {support: told_hours({Band.DAY: price}) for support, price in says.supports.items()}
        return Way(key, name, told_hours(says.prices), supports=own)
    if one.kind is WayKind.PLATFORM:
        fee = says.rate("fee")
        asked = () if fee.ppm else (not_told(words("Fee of the platform")),)
        return Way(key, name, platform_hours(says.prices, fee), None, (*asked, BACKUP, RECRUITING, ALLOWED))
    wages = Wages(
        hour=says.prices,
        superannuation=says.rate("superannuation"),
        casual=says.rate("casual"),
        leave=says.rate("leave"),
        leave_loading=says.rate("leave_loading"),
        compensation=says.rate("compensation"),
        insurance=says.insurance,
        payroll=says.payroll,
    )
    left_out = (*untold(wages), BACKUP, RECRUITING, OWN_HOURS, ALLOWED)
    return Way(key, name, employed_hours(wages, day), yearly(wages), left_out)


def from_books(work: Work, program: str, supports: Collection[str | None], day: date) -> list[Way]:
    """Every provider that publishes a price of an ordinary weekday for all of these supports on a day, by name."""
    asks: dict[tuple[UUID, str], dict[str, dict[Band, tuple[Money, date]]]] = {}
    for one in books.asked(work, program, day):
        told = asks.setdefault((one.organisation_id, one.organisation), {}).setdefault(one.support, {})
        told[Band.DAY if one.band is Band.ANY else one.band] = one.price, one.valid_from
    found = []
    for (organisation_id, name), by_support in asks.items():
        hours = {key: published_hours(prices) for key, prices in by_support.items() if Band.DAY in prices}
        if hours.keys() >= set(supports):
            of_these = {key: hours[key] for key in supports if key}
            found.append(Way(str(organisation_id), Name(name), next(iter(of_these.values())), supports=of_these))
    return found


def bought_lines(draft: Draft, ids: Collection[str], way: Way, provider_id: UUID | None = None) -> list[KeptLine]:
    """The supports of a draft with those of these ids bought in another way, as a scenario keeps them.

    What is paid whatever is worked is a support of its own. What came along with a support is left out, as on the page.
    """
    quoted = {one.line.id: one for one in draft.quote.lines}
    found = [
        KeptLine(line.key, _bought(line.terms, quoted[line.ref], way, provider_id) if line.ref in ids else line.terms)
        for line in draft.lines
        if line.counts
    ]
    fixed = fixed_of(draft.quote, ids, way)
    if fixed is not None and isinstance(fixed.price, Agreed):
        first, last = max(fixed.period.first, draft.proposal.starts), min(fixed.period.last, draft.proposal.ends)
        name, price = plain(words("Paid whatever is worked")), fixed.price.amounts[0].amount
        terms = Terms(name, first, last, component=fixed.component, schedule=fixed.schedule, price=price)
        found.append(KeptLine(uuid4(), terms))
    return found


def _bought(terms: Terms, quoted: LineQuote, way: Way, provider_id: UUID | None) -> Terms:
    hour, *others = prices_of(way, terms.support).amounts
    bands = tuple(BandPrice(one.band, one.amount) for one in others if one.band is not None)
    more = replace(terms.more, bands=bands, extras=(), third_party=None, fee=None)
    return replace(
        terms,
        support=terms.support if provider_id else None,  # a published price is for this support, any other for an hour
        component=quoted.component or terms.component,
        provider_id=provider_id,
        provider_name="" if provider_id else way.name.text if isinstance(way.name, Name) else "",
        price=hour.amount,
        on_holidays=OnHolidays.SAME,
        holiday_price=None,
        more=more,
    )
