"""What became known of the money since the letter: supports that were delivered, and statements of a provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import exists

from budgeting import programs
from budgeting.money import ZERO, Money, total
from budgeting.package import Component, Delivered as Counted, Funding
from budgeting.spending import Entry
from budgeting.spending.balances import counted, since_figure
from portal.access.scope import CLIENT
from portal.funding import queries as funding, since
from portal.funding.by_day import on_day, service_days
from portal.funding.model import FundingPlan
from portal.funding.since import Since
from portal.people.model import Client
from portal.spending import claim_queries, queries
from portal.spending.book import Kept, entries_for, paid_by
from portal.spending.model import Delivered
from portal.work import Work


@since.stated
def by_statements(work: Work, client: Client) -> Mapping[date, Money]:
    """The opening balances of the account, by the first day of their month."""
    told = claim_queries.statements_told(work, client)
    return {month: one.opening for month, one in told.items() if one.opening is not None}


@since.told(exists().where(Delivered.client_id == CLIENT, Delivered.removed_at.is_(None)))
def by_entries(work: Work, client: Client, on: date) -> Since:
    """What the entries take of the plan of a day that are not inside what was told as spent.

    Only supports of its own days count; nothing is worked out where there is none.
    """
    plans = funding.letters(work, client)
    letter = on_day(plans, on)
    if letter is None:
        return Since()
    today, days = work.today(client), service_days(letter, plans)
    if max(on, days.first) > today:
        return Since()
    money = funding.told(work, client, letter)
    parts = told_parts(letter, money)
    if not parts or not queries.any_outside(work, client, min(one.spent_until or date.min for one in parts)):
        return Since()
    kept = entries_for(work, client, letter)
    entries = paid_by(kept.settled(money), days, money)
    found = {one.key: counted(entries, one, today) for one in parts}
    return Since(
        {key: since_figure(each) for key, each in found.items() if each},
        tuple(one for key, each in found.items() for one in delivered(kept, key, each, today)),
    )


def told_parts(letter: FundingPlan, money: Funding) -> list[Component]:
    """The parts of which it is known what was spent up to some day, or of which what is written down counts."""
    known = funding.known(money)
    parts = programs.rules(letter.program).components(money)
    return [one for one in parts if known.get(one.key, not one.apart)]


def delivered(kept: Kept, key: str, entries: Sequence[Entry], today: date) -> list[Counted]:
    """Some entries of one part for a forecast: those of one support on one day together; a credit fills no day."""
    lines = {str(row.id): kept.matches[row.id] for row in kept.rows}
    grouped: dict[tuple[date, date, str | None, str | None], list[Money]] = {}
    for one in entries:
        found = lines.get(one.id)
        support = found.planned.line.support if found and found.planned else None
        line = one.line if one.amount > ZERO else None
        days = one.first, max(one.first, min(one.last, today))
        grouped.setdefault((*days, line, support if line else None), []).append(one.takes)
    return [
        Counted(key, first, until, total(amounts), line, support)
        for (first, until, line, support), amounts in grouped.items()
    ]
