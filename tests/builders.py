"""Words the tests are written in: each function makes one thing in the database and gives it back.

    with coplan.open_work() as work:                      # as the system: nothing is asked
        mei = an_account(work, "Mei Chen")
        client = a_client(work, "Mei Chen", account=mei)
        karim = an_account(work, "Karim")
        a_consent(work, a_tie(work, client, Relationship.FAMILY, karim), Resource.PLAN)
    with acting(coplan, karim) as work:                   # as somebody: everything is asked
        ...

Days default to "since a year ago, without an end". Add what your slice needs here: one function for one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from uuid import uuid4

from portal.access.table import Relationship, Resource, Scope
from portal.accounts import commands as accounts
from portal.accounts.model import Account, Membership, Organisation, OrganisationKind, Role
from portal.accounts.passwords import hash_password
from portal.app import Coplan
from portal.people.model import Authority, AuthorityKind, Client, Consent, Restriction, Tie
from portal.work import Actor, ActorKind, Work
from tests.person import Person

T = TypeVar("T")
PASSWORD = "four quiet green chairs"


@lru_cache(maxsize=1)
def _password_hash() -> str:
    return hash_password(PASSWORD)  # slow on purpose, so once for all


@contextmanager
def acting(coplan: Coplan, account: Account, *, confirmed: bool = True) -> Iterator[Work]:
    """A unit of work as this person; commits, then runs its jobs. ``confirmed``: typed a password just now."""
    with coplan.open_work(_as(account)) as work:
        work.actor = replace(work.actor, stepped_up_at=work.now if confirmed else None)
        yield work
    coplan.jobs.run_waiting()


@contextmanager
def reading(coplan: Coplan, account: Account, *, confirmed: bool = False) -> Iterator[Work]:
    """A read-only unit of work as this person."""
    with coplan.open_reading(_as(account)) as work:
        work.actor = replace(work.actor, stepped_up_at=work.now if confirmed else None)
        work.reading = True
        yield work


def _as(account: Account) -> Actor:
    return Actor(ActorKind.ACCOUNT, account.id, account.name, account.language)


def signed_in(person: Person, account: Account) -> Person:
    """Someone in front of the portal as this account, past the door; accounts/test_sessions.py comes in through it."""
    if person.coplan is None:
        return person.sign_in(account.login, PASSWORD)
    with person.coplan.open_work(_as(account)) as work:
        return person.came_in(accounts.sign_in(work, work.session.get_one(Account, account.id), "A browser", None))


def an_account(work: Work, name: str = "Ann Other", *, language: str | None = "en") -> Account:
    """Someone who can sign in with ``PASSWORD``; their login is made from their name and never taken."""
    login = f"{name.split()[0].lower()}.{uuid4().hex[:8]}@example.org"
    return _kept(
        work, Account(login=login, name=name, password_hash=_password_hash(), language=language, created_at=work.now)
    )


def an_organisation(
    work: Work, name: str = "Sunrise Support", kind: OrganisationKind = OrganisationKind.PROVIDER
) -> Organisation:
    """A provider, a coordination service or a plan manager."""
    return _kept(
        work, Organisation(name=name, kind=kind, abn="83 914 571 673", email="office@example.org", phone="02 5550 0100")
    )


def a_membership(
    work: Work,
    account: Account,
    organisation: Organisation,
    role: Role = Role.PROVIDER_STAFF,
    *,
    ends: date | None = None,
) -> Membership:
    """Somebody's place in an organisation."""
    return _kept(
        work,
        Membership(
            account_id=account.id, organisation_id=organisation.id, role=role, starts=a_year_ago(work), ends=ends
        ),
    )


def somebody_at(
    work: Work, organisation: Organisation, name: str = "Grace Tan", role: Role = Role.PROVIDER_STAFF
) -> Account:
    """An account that belongs to an organisation."""
    account = an_account(work, name)
    a_membership(work, account, organisation, role)
    return account


def a_client(
    work: Work, name: str = "Mei Chen", *, account: Account | None = None, language: str = "en", state: str = "NSW"
) -> Client:
    """A client; with ``account`` this person signs in for themselves."""
    client = _kept(
        work,
        Client(name=name, language=language, state=state, how_to_communicate="", created_at=work.now),
    )
    if account is not None:
        a_tie(work, client, Relationship.CLIENT, account)
    return client


def a_tie(
    work: Work,
    client: Client,
    relationship: Relationship,
    to: Account | Organisation,
    *,
    label: str = "",
    starts: date | None = None,
    ends: date | None = None,
    revoked_at: datetime | None = None,
) -> Tie:
    """A dated relationship between a client and an account or an organisation."""
    return _kept(
        work,
        Tie(
            client_id=client.id,
            relationship=relationship,
            account_id=to.id if isinstance(to, Account) else None,
            organisation_id=to.id if isinstance(to, Organisation) else None,
            label=label,
            starts=starts or a_year_ago(work),
            ends=ends,
            revoked_at=revoked_at,
        ),
    )


def a_consent(
    work: Work,
    tie: Tie,
    covers: Resource,
    *,
    comments: bool = False,
    starts: date | None = None,
    ends: date | None = None,
    withdrawn_at: datetime | None = None,
) -> Consent:
    """What the client lets one person see; with ``comments`` also comment and draft."""
    return _kept(
        work,
        Consent(
            client_id=tie.client_id,
            tie_id=tie.id,
            covers=covers,
            comments=comments,
            purpose="to help",
            starts=starts or a_year_ago(work),
            ends=ends,
            given_how="on paper",
            withdrawn_at=withdrawn_at,
        ),
    )


def an_authority(
    work: Work,
    tie: Tie,
    *scopes: Scope,
    kind: AuthorityKind = AuthorityKind.PLAN_NOMINEE,
    starts: date | None = None,
    ends: date | None = None,
    checked: bool = True,
) -> Authority:
    """Legal authority behind a tie; without scopes it reaches planning, money and agreements."""
    reach = frozenset(scopes) or frozenset({Scope.PLANNING, Scope.MONEY, Scope.AGREEMENTS})
    return _kept(
        work,
        Authority(
            client_id=tie.client_id,
            tie_id=tie.id,
            kind=kind,
            scopes=Authority.pack(reach),
            starts=starts or a_year_ago(work),
            ends=ends,
            evidence="Letter of appointment seen",
            checked_by="Priya Nair" if checked else None,
            checked_at=work.now if checked else None,
        ),
    )


def a_nominee(work: Work, client: Client, account: Account, *scopes: Scope, label: str = "mother") -> Authority:
    """Someone with checked legal authority over a client: the tie and the authority together."""
    return an_authority(work, a_tie(work, client, Relationship.AUTHORITY, account, label=label), *scopes)


def a_restriction(
    work: Work,
    client: Client,
    hidden_from: Account,
    hides: Resource | None = None,
    *,
    lifted_at: datetime | None = None,
) -> Restriction:
    """A safety restriction; without ``hides`` it hides everything."""
    return _kept(
        work,
        Restriction(
            client_id=client.id,
            hidden_from=hidden_from.id,
            hides=hides,
            set_by=hidden_from.id,
            set_at=work.now,
            lifted_at=lifted_at,
        ),
    )


def a_year_ago(work: Work) -> date:
    """The day most things in tests began."""
    return work.day - timedelta(days=365)


def _kept(work: Work, record: T) -> T:
    work.session.add(record)
    work.session.flush()
    return record
