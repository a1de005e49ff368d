"""A coordinator with 2,000 people: how long the list of them takes, ``python -m portal.bench.people``.

The people are made up and seeded: money that ends sooner or later, things that wait, and a history of what they did.
They are written straight into a throw-away database. What this process used of its processor is told, and the least
disturbed of some rounds counts.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import Random
from time import process_time_ns
from typing import Any
from uuid import UUID

from sqlalchemy import event, insert

from budgeting.money import Money
from portal.access.table import Relationship
from portal.accounts.model import Account, Membership, Organisation, OrganisationKind, Role
from portal.app import Coplan
from portal.bench.figures import Figure
from portal.funding.model import FundingPlan, FundingState
from portal.home import caseload, caseload_rows
from portal.journal import JournalEntry
from portal.migrations import prepare
from portal.outlook.model import Basis, Outlook
from portal.outlook.reckoning import mark_of_prices
from portal.people.model import Client, Tie
from portal.settings import from_environment
from portal.work import Actor, ActorKind, Work

PEOPLE, HAPPENED, ROUNDS, SEED = 2_000, 20, 5, 1
FIRST, LAST = (
    ("Mei", "Yusuf", "Margaret", "Noor", "Tomas", "Ana", "Kofi", "Lucia"),
    ("Chen", "Haddad", "Walsh", "Okafor"),
)


def fill(work: Work, people: int = PEOPLE, seed: int = SEED) -> UUID:
    """Make so many people with one coordinator, who is given back; the same seed makes the same people."""
    by = Random(seed)
    account = Account(login="lead@example.org", name="Ann Other", language="en", created_at=work.now)
    service = Organisation(name="Harbour", kind=OrganisationKind.COORDINATION)
    work.session.add_all([account, service])
    work.session.flush()
    member = Membership(account_id=account.id, organisation_id=service.id, role=Role.COORDINATOR, starts=work.day)
    member.starts -= timedelta(days=365)
    work.session.add(member)
    prices = mark_of_prices(work, "ndis")
    rows: dict[type[Any], list[dict[str, Any]]] = {}
    for number in range(people):
        for model, made in _person(work, by, number, account.id, prices):
            rows.setdefault(model, []).append(made)
    work.session.flush()
    for model, many in rows.items():
        work.session.execute(insert(model).execution_options(scoped="a throw-away database"), many)
    return account.id


def _person(work: Work, by: Random, number: int, lead: UUID, prices: str) -> list[tuple[type[Any], dict[str, Any]]]:
    """One person as rows: themselves, two ties, funding, an outlook, and what they did."""

    def new() -> UUID:
        return UUID(int=by.getrandbits(128), version=4)

    client, own, funding, today = new(), new(), new(), work.day
    name = f"{by.choice(FIRST)} {by.choice(LAST)} {number}"
    since, ends = today - timedelta(days=200), today + timedelta(days=165)
    short = by.random() < 0.3
    until = today + timedelta(days=by.randint(1, 160)) if short else ends
    heard = work.now - timedelta(days=by.randint(0, 90))
    common = {"client_id": client, "version": 1}
    plain = {"version": 1, "time_zone": "Australia/Sydney", "zone": "national", "how_to_communicate": ""}
    tied = {"label": "", "starts": since, **common}
    made: list[tuple[type[Any], dict[str, Any]]] = [
        (Client, {"id": client, "name": name, "language": "en", "state": "NSW", "created_at": work.now, **plain}),
        (Account, {"id": own, "login": f"{number}@example.org", "name": name, "created_at": work.now, "version": 1}),
        (Tie, {"id": new(), "relationship": Relationship.LEAD, "account_id": lead, **tied}),
        (Tie, {"id": new(), "relationship": Relationship.CLIENT, "account_id": own, **tied}),
        (FundingPlan, {"id": funding, "program": "ndis", "state": FundingState.CURRENT, "starts": since, "ends": ends,
                       "reassessment": ends, "created_at": work.now, "cohort": "standard", **common}),
        (Outlook, {"id": new(), "computed_on": today, "seen": (number + 1) * HAPPENED,
                   "prices": prices, "program": "ndis", "basis": Basis.PLAN, "until": until,
                   "runs_dry": until + timedelta(days=1) if short else None,
                   "short": Money(by.randint(1, 900_000) if short else 0),
                   "minutes_left": by.randint(0, 60_000), "week_spent": Money(by.randint(10_000, 200_000)),
                   "week_planned": Money(by.randint(10_000, 200_000)), **common}),
    ]  # fmt: skip
    for at in range(HAPPENED):
        entry = {"seq": number * HAPPENED + at + 1, "at": heard - timedelta(days=at), "actor_id": own}
        kind = {"actor_kind": "account", "strength": "session", "kind": "goals.proposed", "client_id": client}
        rest = {"decision": "client", "request_id": "", "data": "{}", "prev_hash": bytes(32), "hash": bytes(32)}
        made.append((JournalEntry, {**entry, **kind, **rest}))
    return made


def measure(folder: Path, people: int = PEOPLE) -> list[Figure]:
    """The figures of the list: each way to look at it, and how many statements it takes."""
    settings = from_environment({"COPLAN_DATA": str(folder), "COPLAN_JOBS": "inline"})
    prepare(settings)
    coplan = Coplan(settings)
    with coplan.open_work() as work:
        lead = fill(work, people)
    ways: dict[str, Callable[[Work], caseload.Page]] = {
        "by name": lambda work: caseload.page(work, "", "all", "name", 1),
        "whose money ends first": lambda work: caseload.page(work, "", "ends", "ends", 1),
        "last page, by hours left": lambda work: caseload.page(work, "", "all", "hours", people // caseload.SIZE),
        "one name": lambda work: caseload.page(work, "Mei Chen", "all", "name", 1),
        "waiting for me": lambda work: caseload.page(work, "", "mine", "name", 1),
    }
    found = []
    for name, way in ways.items():
        took, statements = _timed(coplan, lead, way)
        found.append(Figure(f"people I work with, {people:,}, {name}", took // 10**6, "ms", 1000))
        found.append(Figure(f"people I work with, {name}, statements", statements, "statements", 60))
    coplan.database.engine.dispose()
    return found


def _timed(coplan: Coplan, lead: UUID, way: Callable[[Work], caseload.Page]) -> tuple[int, int]:
    """The quickest of some rounds in nanoseconds, with the rows of the table made, and the statements of one."""
    counted: list[int] = []

    def count(*_: Any) -> None:
        counted[-1] += 1

    event.listen(coplan.database.engine, "before_cursor_execute", count)
    times = []
    for _ in range(ROUNDS):
        counted.append(0)
        began = process_time_ns()
        with coplan.open_reading(Actor(ActorKind.ACCOUNT, lead)) as work:
            work.reading = True
            caseload_rows.table(work, way(work).people, {}, "name")
        times.append(process_time_ns() - began)
    event.remove(coplan.database.engine, "before_cursor_execute", count)
    return min(times), counted[-1]


def main() -> None:
    """Measure, and print the figures as JSON."""
    with tempfile.TemporaryDirectory(prefix="coplan-people-") as folder:
        print(json.dumps([asdict(figure) for figure in measure(Path(folder))], indent=1))


if __name__ == "__main__":
    main()
