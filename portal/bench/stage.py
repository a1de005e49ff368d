"""The throw-away portal that is measured: one person, their funding, and a draft with forty supports."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

from budgeting.money import Money
from budgeting.package import Management, Weekly
from portal.access.table import Relationship
from portal.accounts.model import Account
from portal.accounts.passwords import hash_password
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.releases import Release
from portal.funding.terms import Letter, Terms as Part
from portal.jobs import prepare as prepare_jobs
from portal.migrations import prepare
from portal.people.model import Client, Tie
from portal.proposals import commands, queries
from portal.proposals.terms import Terms
from portal.settings import from_environment
from portal.work import Actor, ActorKind

LINES = 40
FIRST = date(2026, 7, 6)
LAST = FIRST + timedelta(days=363)
QUARTERS = tuple(
    Release(FIRST + timedelta(days=91 * number), FIRST + timedelta(days=91 * number + 90), Money(11_250_00))
    for number in range(4)
)


@dataclass(frozen=True)
class Stage:
    """Where the portal lives, how to sign in, and what to look at."""

    data: Path
    login: str
    password: str
    sheet: str
    lines: tuple[UUID, ...]


def make(data: Path) -> Stage:
    """Make the database and everything in it, through the verbs that everybody uses."""
    settings = from_environment({"COPLAN_DATA": str(data), "COPLAN_JOBS": "inline"})
    prepare(settings)
    prepare_jobs(settings)
    coplan = Coplan(settings)
    password = secrets.token_urlsafe(16)
    with coplan.open_work() as work:
        account = Account(
            login="bench@example.org",
            name="Ann Other",
            password_hash=hash_password(password),
            language="en",
            created_at=work.now,
        )
        client = Client(name="Ann Other", language="en", state="NSW", how_to_communicate="", created_at=work.now)
        work.session.add_all([account, client])
        work.session.flush()
        work.session.add(
            Tie(
                client_id=client.id,
                relationship=Relationship.CLIENT,
                account_id=account.id,
                label="",
                starts=work.day - timedelta(days=1),
            )
        )
    with coplan.open_work(Actor(ActorKind.ACCOUNT, account.id, account.name)) as work:
        plan = funding.type_letter(work, client, Letter("ndis", FIRST, LAST))
        funding.add_part(work, plan, Part("Core", Management.PLAN, ("01", "04"), Money(45_000_00), releases=QUARTERS))
        funding.add_part(work, plan, Part("Skills", Management.SELF, ("15",), Money(8_000_00)))
        proposal = commands.start(work, client, "My plan", "ndis", FIRST, LAST)
        for number in range(LINES):
            weekly = Weekly((number % 7,), time(8 + number % 8), time(10 + number % 8))
            support = "cleaning" if number % 4 == 3 else "self_care"
            price = Money(55_00 + number)
            terms = Terms(f"Support {number + 1}", FIRST, LAST, support=support, schedule=weekly, price=price)
            commands.add_line(work, proposal, terms)
        work.session.flush()
        lines = tuple(line.id for line in queries.lines(work, proposal))
    coplan.jobs.run_waiting()
    coplan.database.engine.dispose()
    return Stage(data, account.login, password, f"/people/{client.id}/proposals/{proposal.id}", lines)
