"""Words the tests of changes are written in: a plan in force with two providers, and people who ask and answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Weekly
from portal import work as unit
from portal.access.scope import unscoped
from portal.access.table import Relationship, Scope
from portal.accounts.model import Account
from portal.app import Coplan
from portal.changes import answer_commands, commands, queries
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.settling import authorisations, newest, terms_of
from portal.changes.states import Given, RequestState
from portal.jobs import run_now
from portal.people.model import AuthorityKind
from portal.proposals.frozen import FrozenProposal, thaw
from portal.proposals.terms import Terms
from portal.work import Work
from tests.builders import a_tie, acting, an_account, an_authority
from tests.portal.plans.people import OTHER_SUPPORT, Circle

SHOWER = "Help in the shower"
SWIMMING = OTHER_SUPPORT
LATER = Weekly((1, 4), time(14), time(16))  # the same hours, in the afternoon
LONGER = Weekly((1, 4), time(9), time(12))


def plan_of(circle: Circle) -> FrozenProposal:
    """The newest version of the plan."""
    with circle.coplan.open_reading() as work:
        return thaw(newest(work, circle.client.id).content)


def line_of(circle: Circle, name: str) -> UUID:
    """The id of a line of the plan by its name."""
    return next(line.id for line in plan_of(circle).lines if line.name == name)


def number_of_versions(circle: Circle) -> int:
    with circle.coplan.open_reading() as work:
        return newest(work, circle.client.id).number


def asked(
    circle: Circle,
    by: Account,
    effective: date,
    *edits: tuple[str, Mapping[str, object] | None],
    reason: str = "Because",
) -> UUID:
    """A change with these edits (None ends the support), asked for by somebody of the circle; its id."""
    with acting(circle.coplan, by) as work:
        request = commands.start(work, circle.client, reason, effective)
        for name, changes in edits:
            _edit(work, request, line_of(circle, name), changes)
        commands.ask(work, request)
    return request.id


def edited(circle: Circle, by: Account, request_id: UUID, name: str, **changes: object) -> None:
    """Whoever asked writes one line anew."""
    with acting(circle.coplan, by) as work:
        request = queries.whole(work, circle.client, request_id)
        _edit(work, request, line_of(circle, name), changes)


def _edit(work: Work, request: ChangeRequest, line_id: UUID, changes: Mapping[str, object] | None) -> None:
    now, _ = terms_of(work, request, line_id)
    terms: Terms | None = None if changes is None else replace(now, **changes)  # type: ignore[arg-type]  # by name
    commands.edit_line(work, request, line_id, terms)


def answered(circle: Circle, by: Account, request_id: UUID, given: Given = Given.AGREED, said: str = "") -> None:
    """Somebody answers for their own part."""
    with acting(circle.coplan, by) as work:
        mine = [row for row in queries.rows(work, circle.client, request_id) if queries.is_mine(work, row)]
        answer_commands.answer(work, mine[0], given, said)


def parties(circle: Circle, request_id: UUID) -> dict[str, Given]:
    """Everybody who is asked or told, by name, and how they stand."""
    called = {
        circle.mei.id: "mei",
        circle.amal.id: "amal",
        circle.daniel.id: "daniel",
        circle.tom.id: "tom",
        circle.karim.id: "karim",
        circle.sunrise.id: "sunrise",
        circle.northside.id: "northside",
    }
    with circle.coplan.open_reading() as work:
        return {
            called.get(row.account_id or row.organisation_id or row.id, row.provider_name): row.state
            for row in authorisations(work, request_id)
        }


def row_of(circle: Circle, request_id: UUID, party: Relationship) -> Authorisation:
    """The yes of one party."""
    with circle.coplan.open_reading() as work:
        return next(row for row in authorisations(work, request_id) if row.party is party)


def state_of(circle: Circle, request_id: UUID) -> RequestState:
    with circle.coplan.open_reading() as work:
        wanted = select(ChangeRequest.state).where(ChangeRequest.id == request_id)
        return work.session.scalars(unscoped(wanted, "a test looks")).one()


def a_new_day(coplan: Coplan) -> None:
    """What the schedule does early each morning."""
    run_now("plans.new_day", {}, coplan)
    run_now("changes.new_day", {}, coplan)
    coplan.jobs.run_waiting()


@contextmanager
def days_later(monkeypatch: pytest.MonkeyPatch, days: int) -> Iterator[None]:
    """Time passes; only the clock is another one."""
    before = unit.utc_now

    def later() -> datetime:
        return before() + timedelta(days=days)

    with monkeypatch.context() as patch:
        patch.setattr("portal.app.utc_now", later)
        yield


def everybody_agrees(circle: Circle, request_id: UUID) -> None:
    """Whoever still has to say yes does."""
    people = {"mei": circle.mei, "daniel": circle.daniel, "sunrise": circle.grace, "northside": circle.owen}
    for name, state in parties(circle, request_id).items():
        if state is Given.WAITING and name in people:
            answered(circle, people[name], request_id)


def price(dollars: int) -> dict[str, object]:
    return {"price": Money(dollars * 100)}


def a_planning_nominee(circle: Circle, kind: AuthorityKind = AuthorityKind.PLAN_NOMINEE, *scopes: Scope) -> Account:
    """Zara, with authority that does not reach money unless it is named."""
    with circle.coplan.open_work() as work:
        zara = an_account(work, "Zara Chen")
        tie = a_tie(work, circle.client, Relationship.AUTHORITY, zara)
        an_authority(work, tie, *(scopes or (Scope.PLANNING,)), kind=kind)
    return zara
