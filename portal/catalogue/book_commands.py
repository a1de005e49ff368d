"""Publishing what a provider asks: prices that hold from a day on; nothing is ever taken out of a price book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from budgeting.money import HOURLY, ZERO, Money
from budgeting.period import Band
from budgeting.programs import PROGRAMS, program as program_of
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.accounts.model import Organisation
from portal.accounts.queries import writes_for
from portal.catalogue import book_queries as books, events
from portal.catalogue.model import BookPrice
from portal.work import NotVisible, Refusal, Work, open_command


@open_command
def publish(
    work: Work, organisation: Organisation, program: str, support: str, prices: Mapping[Band, Money], since: date
) -> None:
    """Publish what an organisation asks for an hour of a support, or an item, by kind of day and from a day on.

    Those who work for it may, and who keeps the price lists; NotVisible for others. A kind of day that is left out
    stays as it was, and what is told last for a day counts. What is not counted in hours has one price: that of a
    weekday. A Refusal for a support that the program does not know, and for a price below zero.
    """
    _permit(work, organisation)
    family = program_of(program).family(support) if program in PROGRAMS else None
    if family is None:
        raise Refusal(words("Choose one of the answers."), "support")
    for band, price in prices.items():
        if price < ZERO:
            raise Refusal(words("A price cannot be below zero."), f"price_{band.name.lower()}")
        if family.unit not in HOURLY and band is not Band.DAY:
            sentence = words("This support is not counted in hours, so it has one price. Enter it in the first field.")
            raise Refusal(sentence, f"price_{band.name.lower()}")
        _enter(work, organisation, program, support, band if family.unit in HOURLY else Band.ANY, since, price)


@open_command
def end(work: Work, organisation: Organisation, program: str, support: str) -> None:
    """From today an organisation asks no price for a support any more; what it published for later days goes, too."""
    _permit(work, organisation)
    for one in books.whole(work, organisation.id):
        if (one.program, one.support) == (program, support):
            _enter(work, organisation, program, support, one.band, max(one.valid_from, work.day), None)


def _permit(work: Work, organisation: Organisation) -> None:
    if not (writes_for(work, organisation.id) or work.can(Resource.PRICES, Action.WRITE)):
        raise NotVisible


def _enter(
    work: Work, organisation: Organisation, program: str, support: str, band: Band, day: date, price: Money | None
) -> None:
    row = BookPrice(
        organisation_id=organisation.id,
        program=program,
        support=support,
        band=band.value,
        valid_from=day,
        price=price,
        entered_by=work.account_id,
        entered_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    if price is None:
        work.record(events.PriceEnded(client_id=None, subject=row.id, valid_from=day))
    else:
        work.record(events.PriceEntered(client_id=None, subject=row.id, valid_from=day, price=price))
