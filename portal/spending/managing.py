"""Whose parts the reader's own plan managers manage, and the first month in which something waits to be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import Name, Words, nwords, words
from portal.language import month_name
from portal.spending import claim_queries
from portal.spending.model import Delivered
from portal.work import Work


@dataclass(frozen=True)
class Managing:
    """Somebody whose parts are managed; ``month`` is the first in which invoices wait, ``waiting`` how many of it."""

    client_id: UUID
    name: Name
    month: date | None = None
    waiting: int = 0

    @property
    def href(self) -> str:
        """Where the parts of this person are."""
        at = f"?month={self.month:%Y-%m}#month" if self.month else ""
        return f"/people/{self.client_id}/managed{at}"

    @property
    def waits(self) -> Words | None:
        """How much of the first month waits; None while nothing does."""
        if self.month is None:
            return None
        month = Name(month_name(self.month).striptags())
        many = nwords("{n} entry", "{n} entries", self.waiting)
        return words("{label}: {value}", label=month, value=many)


def managing(work: Work) -> Sequence[Managing]:
    """Everybody whose parts the reader's own organisations manage, who has something waiting first, then by name."""
    found = {}
    for party in claim_queries.own_parties(work):
        if party.plan_manager:
            waiting = _waiting(work, party)
            for client_id, name in claim_queries.managed(work, party).items():
                found[client_id] = _of(client_id, name, waiting.get(client_id, ()))
    return sorted(found.values(), key=lambda one: (one.month or date.max, one.name.text.casefold(), str(one.client_id)))


def _of(client_id: UUID, name: Name, days: Sequence[date]) -> Managing:
    if not days:
        return Managing(client_id, name)
    month = min(days).replace(day=1)
    return Managing(client_id, name, month, sum(1 for one in days if one.replace(day=1) == month))


def _waiting(work: Work, party: claim_queries.Party) -> Mapping[UUID, list[date]]:
    """The first day of each invoice that waits, by client."""
    wanted = claim_queries.to_pay(work, party).where(Delivered.state.in_(claim_queries.WITH_PLAN_MANAGER))
    found: dict[UUID, list[date]] = {}
    for client_id, first in work.session.execute(wanted.with_only_columns(Delivered.client_id, Delivered.first)):
        found.setdefault(client_id, []).append(first)
    return found
