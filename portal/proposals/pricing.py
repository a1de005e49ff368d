"""From the rows of a proposal to the values of the calculator, in one direction only, and its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from budgeting import pricing, programs
from budgeting.catalogue import Editions
from budgeting.package import Agreed, AgreedAmount, AtLimit, Funding, Line as PlainLine, Package, Price
from budgeting.period import Band, Period, Place
from budgeting.quotation import Finding, Quote
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.funding.model import FundingPlan
from portal.funding.week import OnHolidays, holiday_limits
from portal.people.model import Client
from portal.proposals.frozen import others, plain_line
from portal.proposals.model import Line, Proposal
from portal.proposals.terms import Terms
from portal.work import Work


@dataclass(frozen=True)
class Setting:
    """What the lines of a proposal are priced with: whose they are, names by id, and the funding if it may be seen."""

    client: Client
    proposal: Proposal
    providers: Mapping[UUID, str]
    purposes: Mapping[UUID, str]
    funding: Funding | None
    helpers: Mapping[UUID, str] = field(default_factory=dict)  #: those of the circle who may give it without pay


def funding_of(work: Work, client: Client, proposal: Proposal, plan: FundingPlan | None) -> Funding | None:
    """The funding a proposal is measured against, beside what is held in it; None without any of its program."""
    if plan is None or plan.program != proposal.program:
        return None
    return held.beside(work, client, funding.funding_values(plan, work.today(client)))


def package(at: Setting, terms: Iterable[tuple[str, Terms]], editions: Editions) -> Package:
    """Some lines, each with an id, as the calculator has them."""
    program, place = at.proposal.program, funding.place(at.client)
    listed = _listed(program, place, editions)
    lines = [
        _line(line_id, each, provider_name(each, at.providers), purpose_words(each, at.purposes), listed)
        for line_id, each in terms
    ]
    return Package(program, at.proposal.period, place, at.funding, tuple(lines), others(at.funding, lines))


@dataclass(frozen=True, eq=False)
class Listed:
    """The price lists of a program as they hold for a place: the same ones are the same object."""

    program: str
    place: Place
    editions: Editions


@lru_cache(maxsize=64)
def _listed(program: str, place: Place, editions: Editions) -> Listed:
    return Listed(program, place, editions)


@lru_cache(maxsize=4096)
def _line(line_id: str, terms: Terms, provider: str, purpose: str, at: Listed) -> PlainLine:
    """One line as the calculator has it; a line that says the same is the same, so that its price is found again."""
    price = price_of(terms, at.program, at.place, at.editions)
    return plain_line(line_id, terms, provider, purpose, price, days_without(terms, at.place))


def price_of(terms: Terms, program: str, place: Place, editions: Editions) -> Price | None:
    """The price the calculator takes: what was agreed, with public holidays as told.

    Without an agreed price: the published limit, in programs that have one; in others it is not known yet. Help that
    family or friends give has none, whatever stands beside it.
    """
    if terms.more.given is not None:
        return terms.more.given
    if terms.price is None and not terms.more.bands:
        return AtLimit() if programs.program(program).price_source == "published_limit" else None
    amounts = [AgreedAmount(terms.price)] if terms.price is not None else []
    amounts += [AgreedAmount(one.price, one.band) for one in terms.more.bands]
    if terms.on_holidays is OnHolidays.OWN and terms.holiday_price is not None:
        amounts.append(AgreedAmount(terms.holiday_price, Band.HOLIDAY))
    if terms.on_holidays is OnHolidays.LIMIT:
        amounts += holiday_limits(terms.support, program, place, editions)
    return Agreed(tuple(amounts))


def days_without(terms: Terms, place: Place) -> tuple[date, ...]:
    """The public holidays on which nobody comes, where that was agreed."""
    if terms.on_holidays is not OnHolidays.NO_VISIT:
        return ()
    return tuple(day for day in programs.calendar().at(place) if terms.starts <= day <= terms.ends)


def quote(work: Work, at: Setting, terms: Iterable[tuple[str, Terms]]) -> Quote:
    """The calculator's answer for some lines, on the price lists in force."""
    editions = catalogue.editions(work, at.proposal.program)
    return pricing.quote(package(at, terms, editions), editions, programs.calendar())


#: What is said of a part of the funding that does not reach.
NOT_ENOUGH = ("over_component", "over_period")


def not_enough(quote: Quote) -> list[Finding]:
    """The parts of the funding that do not reach, each in a sentence.

    Where there is one, what is left is not added up: one part cannot pay for another, so the sum would look like money
    that is there.
    """
    return [one for one in quote.findings if one.kind in NOT_ENOUGH]


def beside_held(work: Work, client: Client, planned: Quote) -> Quote:
    """The same answer from the money that is not held."""
    package = held.counted(work, client, planned.package)
    if package is planned.package:
        return planned
    return pricing.quote(package, catalogue.editions(work, package.program), programs.calendar())


def alone(work: Work, at: Setting, terms: Terms | None) -> Quote:
    """One line by itself, or none: what a suggestion is before and after. The same line is priced once."""
    editions, proposal = catalogue.editions(work, at.proposal.program), at.proposal
    names = (provider_name(terms, at.providers), purpose_words(terms, at.purposes)) if terms else ("", "")
    place = funding.place(at.client)
    return _alone(terms, *names, proposal.program, proposal.starts, proposal.ends, place, at.funding, editions)


@lru_cache(maxsize=1024)
def _alone(
    terms: Terms | None,
    provider: str,
    purpose: str,
    program: str,
    starts: date,
    ends: date,
    place: Place,
    money: Funding | None,
    editions: Editions,
) -> Quote:
    lines = (_line("line", terms, provider, purpose, _listed(program, place, editions)),) if terms else ()
    asked = Package(program, Period(starts, ends), place, money, lines, others(money, lines))
    return pricing.quote(asked, editions, programs.calendar())


def counted(lines: Iterable[Line]) -> list[tuple[str, Terms]]:
    """The lines that count, under the id that stays the same from one version to the next."""
    return [(str(line.key), line.terms) for line in lines if line.counts]


def provider_name(terms: Terms, providers: Mapping[UUID, str]) -> str:
    """The provider of a line by name; empty while there is none."""
    return providers.get(terms.provider_id, terms.provider_name) if terms.provider_id else terms.provider_name


def purpose_words(terms: Terms, purposes: Mapping[UUID, str]) -> str:
    """The goal or everyday need a line serves, in own words; empty while none is named."""
    return purposes.get(terms.goal_id, terms.need) if terms.goal_id else terms.need
