"""What an agreement must hold, checked where a computer can check it; each check keeps its id for ever (AG-01 …)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agreements.clauses import parameters_for
from agreements.model import Agreement
from budgeting import programs
from budgeting.explain import Confidence
from budgeting.package import Management
from budgeting.words import Name, Words, words
from portal.accounts.model import Organisation
from portal.people.model import Client
from portal.proposals.frozen import FrozenLine, FrozenProposal


class Level(StrEnum):
    """How much it matters that something is missing."""

    MUST = "must"  # the agreement cannot be offered like this
    SHOULD = "should"


@dataclass(frozen=True)
class Note:
    """One thing to look at, in a sentence."""

    id: str
    level: Level
    words: Words


def notes(agreement: Agreement, lines: tuple[FrozenLine, ...], client: Client, provider: Organisation) -> list[Note]:
    """Everything the checks noticed about the terms, the musts first."""
    found = [
        *_parties(client, provider),
        *_dates(agreement),
        *_supports(lines),
        *_shares(agreement, lines),
        *_notices(agreement),
    ]
    return sorted(found, key=lambda note: (note.level is not Level.MUST, note.id))


def _parties(client: Client, provider: Organisation) -> Iterator[Note]:
    if not (client.name.strip() and provider.name.strip()):
        yield Note("AG-01", Level.MUST, words("Both sides need a name."))
    if not provider.abn:
        sentence = words("The business number (ABN) of {provider} is missing.", provider=_of(provider))
        yield Note("AG-01", Level.MUST, sentence)
    if not (provider.email or provider.phone):
        yield Note("AG-01", Level.SHOULD, words("There is no phone or e-mail of {provider}.", provider=_of(provider)))


def _of(provider: Organisation) -> Name:
    return Name(provider.name)


def _dates(agreement: Agreement) -> Iterator[Note]:
    if agreement.ends < agreement.starts:
        yield Note("AG-10", Level.MUST, words("The agreement ends before it starts."))
    months = int(parameters_for(agreement.program).text("review_months", agreement.starts))
    if agreement.review > months_after(agreement.starts, months):
        latest = months_after(agreement.starts, months)
        yield Note("AG-10", Level.MUST, words("Look at it again by {day} at the latest.", day=latest))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("every month has a 28th")


def _supports(lines: tuple[FrozenLine, ...]) -> Iterator[Note]:
    if not lines:
        yield Note("AG-11", Level.MUST, words("There is no support in this agreement."))
    for line in lines:
        support = Name(line.name)
        if line.terms.schedule is None:
            yield Note("AG-11", Level.MUST, words("Say when or how much: {support}.", support=support))
        if not line.complete or not line.amounts:
            yield Note("AG-12", Level.MUST, words("A price is missing: {support}.", support=support))
        paid = [row.unit_price for row in line.amounts if row.unit_price is not None]
        bound = line.management in (Management.AGENCY, Management.PLAN)
        if bound and line.terms.price is not None and any(price < line.terms.price for price in paid):
            sentence = words("The agreed price is above the limit, so the limit counts: {support}.", support=support)
            yield Note("AG-13", Level.SHOULD, sentence)


def _shares(agreement: Agreement, lines: tuple[FrozenLine, ...]) -> Iterator[Note]:
    """What the client pays, and the days in which the law lets them change their mind."""
    if programs.program(agreement.program).client_share and not any(line.contribution for line in lines):
        yield Note("AG-15", Level.SHOULD, words("Your own part is not known yet, or is nothing. Check your letter."))
    if "days_to_change_mind" in parameters_for(agreement.program):
        sentence = words("The law gives you days to change your mind. We could not confirm how many: ask the provider.")
        yield Note("AG-19", Level.SHOULD, sentence)


def _notices(agreement: Agreement) -> Iterator[Note]:
    known = parameters_for(agreement.program)
    least = int(known.text("provider_notice_least", agreement.starts))
    most = int(known.text("client_notice_most", agreement.starts))
    longest = int(known.text("cancel_notice_most", agreement.starts))
    if agreement.provider_notice < least:
        yield Note("AG-18", Level.MUST, words("The provider must give at least {days} days of notice.", days=least))
    if agreement.client_notice > most:
        yield Note("AG-18", Level.SHOULD, words("More than {days} days of notice from you is unfair.", days=most))
    if agreement.cancel_notice > longest:
        sentence = words("You may be asked to call off a visit at most {days} days before.", days=longest)
        published = known.source("cancel_notice_most", agreement.starts).confidence is Confidence.A
        yield Note("AG-20", Level.MUST if published else Level.SHOULD, sentence)


def of_budget(whole: FrozenProposal) -> list[Note]:
    """Whether the funding is enough for everything that was accepted, other providers included."""
    short = [component for component in whole.components if component.left.minor < 0]
    if not short:
        return []
    return [Note("AG-29", Level.SHOULD, words("All supports together cost more than a part of the funding holds."))]
