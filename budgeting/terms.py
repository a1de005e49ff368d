"""The price of one unit of a support, between the days on which it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from budgeting.catalogue import LAST_DAY, Limited, Priced
from budgeting.money import Money
from budgeting.package import Agreed, AtLimit, Price
from budgeting.period import Band, stretches
from budgeting.programs import Share
from budgeting.setting import Setting
from budgeting.values import value

NO_LIMIT = Limited(1, LAST_DAY, None, None)


@value(frozen=True, slots=True)
class Term:
    """The price of one unit between two days (ordinals), with what it was chosen from."""

    first: int
    last: int
    priced: Priced | None
    limit: Money | None
    published: Money | None
    agreed: Money | None
    unit_price: Money | None
    share: Share

    def same_as(self, other: Term) -> bool:
        """Whether two terms differ only in their days."""
        return (
            self.priced is other.priced
            and self.unit_price == other.unit_price
            and self.agreed == other.agreed
            and self.share == other.share
        )


@lru_cache(maxsize=4096)
def terms_of(
    at: Setting,
    support: str | None,
    item: str | None,
    band: Band,
    price: Price | None,
    category: str | None,
    binds: bool,
    participants: int,
    workers: int,
) -> tuple[Term, ...]:
    """The prices of one unit over the days of a package and the day after, on which its last visit may end."""
    first_day, end = at.period.first.toordinal(), min(at.period.last.toordinal() + 1, LAST_DAY - 1)
    limits = at.editions.limits(item, at.place.zone, at.place.state) if item else (NO_LIMIT,)
    family = at.program.family(support)
    cuts = {day.toordinal() for day in at.rules.share_changes(at.funding, family)}
    if isinstance(price, Agreed):
        cuts.update(amount.since.toordinal() for amount in price.amounts if amount.since)
    terms: list[Term] = []
    for limited in limits:
        first, last = max(limited.first, first_day), min(limited.last, end)
        if first > last:
            continue
        limit = published = limited.limit
        if limited.priced is not None and limited.priced.item.dollar_units:
            limit = published = limit if isinstance(price, AtLimit) else None  # it only says: counted in dollars
        elif limit is not None and (participants > 1 or workers > 1):
            limit = at.rules.group_limit(limit, participants, workers)
        for start, until in stretches(first, last, cuts):
            day = date.fromordinal(start)
            agreed = price.on(day, band) if isinstance(price, Agreed) else None
            unit_price = limit if isinstance(price, AtLimit) else agreed
            if binds and agreed is not None and limit is not None and limit < agreed:
                unit_price = limit
            share = at.rules.share(at.funding, family, category, day)
            term = Term(start, until, limited.priced, limit, published, agreed, unit_price, share)
            if terms and terms[-1].same_as(term):
                terms[-1] = replace(terms[-1], last=until)
            else:
                terms.append(term)
    return tuple(terms)
