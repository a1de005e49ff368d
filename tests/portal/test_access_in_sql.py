"""The access table as SQL finds exactly what the policy permits, for any state of affairs.

Each example is a city: one reader, and many clients whose ties, consents, authorities and restrictions are drawn at
random, with days that lie round today.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.access import scope
from portal.access.facts import facts
from portal.access.policy import decide
from portal.access.table import PORTAL_WIDE, Action, Relationship as Who, Resource, Scope, grants
from portal.accounts.model import Account, Organisation, OrganisationKind, Role
from portal.app import Coplan
from portal.people.model import Authority, Client, Consent, Invitation, Restriction, Tie
from portal.work import Work
from tests.builders import (
    a_client,
    a_consent,
    a_membership,
    a_nominee,
    a_restriction,
    a_tie,
    an_account,
    an_authority,
    an_organisation,
    reading,
)

DAYS = st.integers(-3, 3)  # round today, so that ends and starts are met exactly
ENDS = st.none() | DAYS


@st.composite
def ties(draw: st.DrawFn) -> dict[str, Any]:
    """What may tie a reader to a client: a relationship with its consents and authorities, all with days."""
    grant = st.tuples(st.sampled_from(Resource), st.booleans(), DAYS, ENDS, st.booleans())
    legal = st.tuples(st.sets(st.sampled_from(Scope), min_size=1), DAYS, ENDS, st.booleans())
    return {
        "who": draw(st.sampled_from([who for who in Who if who not in PORTAL_WIDE])),
        "starts": draw(DAYS),
        "ends": draw(ENDS),
        "revoked": draw(st.sampled_from([False, False, False, True])),
        "consents": draw(st.lists(grant, max_size=4)),
        "authorities": draw(st.lists(legal, max_size=2)),
    }


worlds = st.fixed_dictionaries(
    {
        "ties": st.lists(ties(), max_size=3),
        "hidden": st.lists(st.tuples(st.none() | st.sampled_from(Resource), st.booleans()), max_size=2),
        "records": st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=2),  # addressed, own
    }
)
cities = st.fixed_dictionaries(
    {
        "worlds": st.lists(worlds, min_size=8, max_size=16),
        "roles": st.lists(st.tuples(st.sampled_from(Role), ENDS), max_size=2, unique_by=lambda held: held[0]),
        "of_provider": ENDS,
        "stepped_up": st.booleans(),
    }
)


@dataclass(frozen=True)
class Reader:
    account_id: UUID
    day: date
    now: datetime
    stepped_up: bool


class Lens:
    """Any class of record, seen through invitations: the label says whether it is addressed, the maker whose it is."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.client_id = Invitation.client_id

    def addressed_to(self, organisations: Any, account: Any) -> ColumnElement[bool]:
        return Invitation.label == "addressed"

    def written_by(self, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return Invitation.made_by == account


LENSES = {resource: Lens(resource) for resource in Resource}


class Undone(Exception):
    """Ends a city; nothing of it is kept."""


@contextmanager
def undone(coplan: Coplan) -> Iterator[Work]:
    """A unit of work that is rolled back at its end."""
    with suppress(Undone), coplan.open_work() as work:
        yield work
        raise Undone


@dataclass
class City:
    """Many clients with one reader, in the database."""

    reader: Reader
    clients: list[Client]
    records: list[tuple[Invitation, bool, bool]]


def build(work: Work, drawn: dict[str, Any]) -> City:
    def day(offset: int | None) -> date | None:
        return None if offset is None else work.day + timedelta(days=offset)

    account, other = an_account(work, "Reader"), an_account(work, "Other")
    ours = an_organisation(work, "Ours", OrganisationKind.PROVIDER)
    elsewhere = an_organisation(work, "Elsewhere", OrganisationKind.COORDINATION)
    a_membership(work, account, ours, Role.PROVIDER_STAFF, ends=day(drawn["of_provider"]))
    for role, ends in drawn["roles"]:
        a_membership(work, account, elsewhere, role, ends=day(ends))
    city = City(Reader(account.id, work.day, work.now, drawn["stepped_up"]), [], [])
    for number, world in enumerate(drawn["worlds"]):
        client = a_client(work, f"Client {number}")
        city.clients.append(client)
        for drawn_tie in world["ties"]:
            _tie(work, client, drawn_tie, account, ours, day)
        for hides, lifted in world["hidden"]:
            a_restriction(work, client, account, hides, lifted_at=work.now if lifted else None)
        for addressed, own in world["records"]:
            record = Invitation(
                client_id=client.id,
                code_hash=UUID(int=len(city.records)).bytes + client.id.bytes,
                relationship=Who.FAMILY,
                label="addressed" if addressed else "",
                made_by=account.id if own else other.id,
                expires_at=work.now,
            )
            work.session.add(record)
            city.records.append((record, addressed, own))
    work.session.flush()
    return city


def _tie(work: Work, client: Client, drawn: dict[str, Any], account: Account, ours: Organisation, day: Any) -> None:
    to = ours if drawn["who"] in scope.BY_ORGANISATION else account
    revoked = work.now if drawn["revoked"] else None
    tie = a_tie(
        work, client, drawn["who"], to, starts=day(drawn["starts"]), ends=day(drawn["ends"]), revoked_at=revoked
    )
    for covers, comments, starts, ends, withdrawn in drawn["consents"]:
        gone = work.now if withdrawn else None
        a_consent(work, tie, covers, comments=comments, starts=day(starts), ends=day(ends), withdrawn_at=gone)
    for scopes, starts, ends, checked in drawn["authorities"]:
        an_authority(work, tie, *scopes, starts=day(starts), ends=day(ends), checked=checked)


def found(session: Session, reader: Reader, model: Any, lens: Any, action: Action) -> set[UUID]:
    return set(session.scalars(scope.limit(select(model.id), reader, lens, action)))


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.generate],
)
@given(drawn=cities)
def test_what_may_be_found_is_what_may_be_decided(coplan: Coplan, drawn: dict[str, Any]) -> None:
    with undone(coplan) as work:
        city = build(work, drawn)
        known = {client.id: facts(work.session, city.reader, client.id) for client in city.clients}
        for resource in Resource:
            for action in (action for action in Action if any(grants(resource, who, action) for who in Who)):
                allowed = {
                    record.id
                    for record, addressed, own in city.records
                    if decide(
                        resource, action, replace(known[record.client_id], addressed=addressed, own=own), work.day
                    ).allowed
                }
                assert found(work.session, city.reader, Invitation, LENSES[resource], action) == allowed, (
                    f"{resource} {action}"
                )


@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.generate],
)
@given(drawn=cities)
def test_records_of_the_circle_are_found_exactly_when_they_may_be_read(coplan: Coplan, drawn: dict[str, Any]) -> None:
    with undone(coplan) as work:
        city = build(work, drawn)
        for model in (Client, Tie, Consent, Authority, Restriction, Invitation):
            everything = work.session.scalars(scope.unscoped(select(model), "a test compares with all")).all()
            known = {row.id: facts(work.session, city.reader, _client(row), row) for row in everything}
            for action in (Action.READ, Action.WRITE):
                allowed = {
                    row for row, facts in known.items() if decide(model.resource, action, facts, work.day).allowed
                }
                assert found(work.session, city.reader, model, model, action) == allowed, f"{model.__name__} {action}"
                assert of_each(work, city, model, action) == allowed, f"{model.__name__} {action}, client by client"


def of_each(work: Work, city: City, model: Any, action: Action) -> set[UUID]:
    """The same, asked for one client after the other."""
    written = scope.Written(lambda seen: seen(model, model.id, action=action, client=scope.CLIENT))
    return {row.id for client in city.clients for row in work.reads.all(*written(city.reader, client=client.id))}


def _client(row: Any) -> UUID:
    return UUID(str(row.id if isinstance(row, Client) else row.client_id))


def test_what_one_person_hides_from_a_reader_hides_nothing_of_another(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        amal, karim = an_account(work, "Amal"), an_account(work, "Karim")
        yusuf, other = a_client(work, "Yusuf"), a_client(work, "Noor")
        a_nominee(work, yusuf, amal, Scope.HEALTH)
        wall = a_restriction(work, yusuf, karim, Resource.PLAN)
        a_restriction(work, other, amal)
    with reading(coplan, amal) as work:
        assert [one.id for one in work.session.scalars(scope.visible(work, Restriction))] == [wall.id]
