"""Letters before something ends: at most one a day for each person, and each end once at each of its days before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from budgeting import programs
from portal.accounts.model import Account
from portal.outlook import events
from portal.outlook.ending_model import EndingTold
from portal.people import due
from portal.people.model import Client
from portal.work import Work, open_command

KEPT = timedelta(days=400)  # a mark outlives every day that it is about


@open_command
def tell(work: Work, account: Account, clients: Mapping[UUID, Client]) -> None:
    """For the system: tell somebody that something ends of those they decide for or lead, as far as they see it."""
    ends = due.endings(work.as_seen_by(account.id), clients)
    marks = set(_marks(work, clients, ends))
    known = select(EndingTold.mark).where(EndingTold.account_id == account.id)
    new = marks - set(work.session.scalars(known)) if marks else marks
    if not new:
        return
    work.session.add_all(EndingTold(account_id=account.id, mark=mark, told_on=work.day) for mark in sorted(new))
    work.record(events.EndingsTold(client_id=None, subject=account.id, number=len(new)))
    key = f"ends-{work.day.isoformat()}-{account.id}"
    work.later("accounts.tell", account_id=account.id, key=key, path="/due")


@open_command
def forget(work: Work) -> None:
    """For the system: forget what people were told of long ago."""
    gone = delete(EndingTold).where(EndingTold.told_on < work.day - KEPT).returning(EndingTold.id)
    if many := len(work.session.scalars(gone).all()):
        work.record(events.EndingsForgotten(client_id=None, number=many))


def _marks(work: Work, clients: Mapping[UUID, Client], ends: Iterable[due.Due]) -> Iterator[str]:
    for one in ends:
        today = work.today(clients[one.client_id])
        left = (one.day - today).days
        near = [days for days in _days_before(one.program, today) if 0 <= left <= days]
        if near:
            about = f"{one.kind}|{one.href}|{one.day.isoformat()}|{min(near)}"
            yield hashlib.sha256(about.encode()).hexdigest()


def _days_before(program: str, on: date) -> tuple[int, ...]:
    """How many days before an end people are told of it, by the data of a program."""
    return programs.program(program).parameters.numbers("told_before_an_end", on)
