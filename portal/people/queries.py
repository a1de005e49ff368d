"""Clients and circles, limited to what the reader may see."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from budgeting.words import Name
from portal.access.scope import Written, allowed, limit, unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account, Membership
from portal.accounts.queries import hashed, names as account_names
from portal.db import among
from portal.people import history
from portal.people.model import (
    Authority,
    AuthorityKind,
    Client,
    Consent,
    Invitation,
    InvitationState,
    Restriction,
    Tie,
)
from portal.work import NotVisible, Work

_CLIENT = Written(lambda seen: seen(Client).where(Client.id == bindparam("client")))


def client(work: Work, client_id: UUID) -> Client:
    """One client the reader may see; NotVisible otherwise."""
    found = work.reads.record(Client, *_CLIENT(work, client=client_id))
    if found is None:
        raise NotVisible
    return found


def client_of(work: Work, client_id: UUID, why: str) -> Client:
    """Whose record it is that was found, or that a job works on; ``why`` is the reason for ``unscoped``."""
    return work.session.scalars(unscoped(select(Client).where(Client.id == client_id), why)).one()


def everyone(work: Work, action: Action = Action.READ) -> Sequence[Client]:
    """Every client the reader is connected with, by name."""
    return work.session.scalars(visible(work, Client, action).order_by(Client.name)).all()


def people(work: Work, search: str = "", page: int = 1, size: int = 20) -> tuple[Sequence[Client], int]:
    """One page of the clients the reader is connected with, by name, and how many there are in all."""
    rows = visible(work, Client)
    count = limit(select(func.count()).select_from(Client), work, Client)
    if search:
        fits = Client.name.icontains(search, autoescape=True)
        rows, count = rows.where(fits), count.where(fits)
    found = work.session.scalars(rows.order_by(Client.name, Client.id).limit(size).offset((page - 1) * size)).all()
    return found, work.session.scalar(count) or 0


def own_record(work: Work) -> UUID | None:
    """The reader's own record, when they are a client here; None otherwise, or when there are several."""
    found = work.session.scalars(
        limit(select(Client.id), work, Client).where(
            Client.id.in_(
                select(Tie.client_id).where(
                    Tie.account_id == work.account_id,
                    Tie.relationship == Relationship.CLIENT,
                    Tie.holds_on(work.day),
                )
            )
        )
    ).all()
    return found[0] if len(found) == 1 else None


def is_own(work: Work, client: Client) -> bool:
    """Whether the reader is this client (and is spoken to as "you" about their own record)."""
    return account_of_client(work, client.id) == work.account_id is not None


def is_alone(work: Work, client: Client) -> bool:
    """Whether nobody but one person is in the circle today, as far as the reader may see it."""
    wanted = limit(select(func.count(Tie.id)), work, Tie).where(Tie.client_id == client.id, Tie.holds_on(work.day))
    return (work.session.scalar(wanted) or 0) < 2


def account_of_client(work: Work, client_id: UUID) -> UUID | None:
    """The account a client signs in with, if they have one."""
    return work.session.scalar(
        unscoped(
            select(Tie.account_id).where(
                Tie.client_id == client_id, Tie.relationship == Relationship.CLIENT, Tie.holds_on(work.day)
            ),
            "who the client is",
        ).limit(1)
    )


@dataclass(frozen=True)
class _About:
    """A part of the record of every client, in place of a table: what may be done with it decides, and no row."""

    resource: Resource

    @property
    def client_id(self) -> Any:
        return Client.id


@dataclass(frozen=True)
class _Confirmed:
    """A reader as if they had just shown that it is them: offering something never waits for that."""

    account_id: UUID | None
    day: date
    now: datetime
    stepped_up: bool = True


def those(work: Work, resource: Resource, action: Action, clients: Mapping[UUID, Client]) -> Collection[UUID]:
    """Those among some clients on whom the reader may do this: ``work.can`` for many, in one statement."""
    if len(clients) == 1 or work.account_id is None:
        return {one for one in clients if work.can(resource, action, one)}
    asked = allowed(_Confirmed(work.account_id, work.day, work.now), _About(resource), action)
    wanted = select(Client.id).where(among(Client.id, clients), asked).execution_options(scoped="visible")
    return set(work.session.scalars(wanted))


# The circle


@dataclass(frozen=True)
class Member:
    """Someone in a circle with what belongs to the tie, as far as the reader may see it."""

    tie: Tie
    name: Name
    consents: tuple[Consent, ...]
    authorities: tuple[Authority, ...]


def circle(work: Work, client: Client) -> Sequence[Member]:
    """Everyone whose tie the reader may see and who is part of the circle now or later; the client first."""
    today = work.today(client)
    ties = work.session.scalars(
        visible(work, Tie)
        .where(Tie.client_id == client.id, Tie.revoked_at.is_(None), or_(Tie.ends.is_(None), Tie.ends >= today))
        .order_by(Tie.starts, Tie.id)
    ).all()
    order = list(Relationship)
    return sorted(_members(work, ties), key=lambda member: order.index(member.tie.relationship))


def member(work: Work, client_id: UUID, tie_id: UUID) -> Member:
    """One living tie of this client; NotVisible otherwise."""
    found = work.session.scalar(
        visible(work, Tie).where(Tie.id == tie_id, Tie.client_id == client_id, Tie.revoked_at.is_(None))
    )
    if found is None:
        raise NotVisible
    return _members(work, [found])[0]


def _members(work: Work, ties: Sequence[Tie]) -> list[Member]:
    ids = [tie.id for tie in ties]
    called = account_names(work.session, {party for tie in ties if (party := tie.account_id or tie.organisation_id)})
    consents = work.session.scalars(
        visible(work, Consent)
        .where(Consent.tie_id.in_(ids), Consent.withdrawn_at.is_(None), _current(work))
        .order_by(Consent.starts, Consent.id)
    ).all()
    authorities = work.session.scalars(
        visible(work, Authority).where(Authority.tie_id.in_(ids)).order_by(Authority.starts)
    ).all()
    return [
        Member(
            tie,
            Name(called[tie.account_id or tie.organisation_id]),  # type: ignore[index]  # one of them is always set
            tuple(c for c in consents if c.tie_id == tie.id),
            tuple(a for a in authorities if a.tie_id == tie.id),
        )
        for tie in ties
    ]


def _current(work: Work):  # type: ignore[no-untyped-def]  # a ColumnElement whose type is too long to be read
    return or_(Consent.ends.is_(None), Consent.ends >= work.day)


def live_consents(work: Work, tie: Tie) -> Sequence[Consent]:
    """The consents of one tie that were not withdrawn, for the commands that change them (already permitted)."""
    return work.session.scalars(
        unscoped(select(Consent).where(Consent.tie_id == tie.id, Consent.withdrawn_at.is_(None)), "a permitted change")
    ).all()


def in_circle(work: Work, client_id: UUID, account_id: UUID, relationship: Relationship) -> bool:
    """Whether someone holds this relationship, or is the client."""
    held = unscoped(
        select(Tie.id).where(
            Tie.client_id == client_id,
            Tie.account_id == account_id,
            Tie.relationship.in_((relationship, Relationship.CLIENT)),
            Tie.revoked_at.is_(None),
            or_(Tie.ends.is_(None), Tie.ends >= work.day),
        ),
        "joining",
    )
    return work.session.scalar(held.limit(1)) is not None


def has_provider(work: Work, client_id: UUID, organisation_id: UUID) -> bool:
    """Whether an organisation is in the circle of a client as a provider, without an end."""
    held = select(Tie.id).where(
        Tie.client_id == client_id,
        Tie.organisation_id == organisation_id,
        Tie.relationship == Relationship.PROVIDER,
        Tie.revoked_at.is_(None),
        Tie.ends.is_(None),
    )
    return work.session.scalar(unscoped(held, "letting a provider in").limit(1)) is not None


def kinds_of_authority(work: Work, client_id: UUID, account_id: UUID) -> set[AuthorityKind]:
    """The kinds of checked authority someone holds over a client today."""
    return set(
        work.session.scalars(
            unscoped(
                select(Authority.kind)
                .join(Tie, Tie.id == Authority.tie_id)
                .where(
                    Authority.client_id == client_id,
                    Tie.account_id == account_id,
                    Tie.holds_on(work.day),
                    Authority.checked_at.is_not(None),
                    Authority.starts <= work.day,
                    or_(Authority.ends.is_(None), Authority.ends >= work.day),
                ),
                "who may be hidden from by whom",
            )
        )
    )


# Invitations


def code_of(work: Work, invitation: Invitation) -> str:
    """An invitation's code: made from its id and a key outside the database; only its hash is stored."""
    mark = hmac.new(work.house.keys.session, f"invitation|{invitation.id}".encode(), hashlib.sha256).digest()
    return base64.b32encode(mark[:10]).decode()


def grouped(code: str) -> str:
    """A code in groups of four, as it is read aloud."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def bare_code(typed: str) -> str:
    """A typed code without spaces and dashes, as capitals; the digits that look like letters become them."""
    return "".join(typed.upper().split()).replace("-", "").replace("0", "O").replace("1", "I").replace("8", "B")


def open_invitation(work: Work, code: str) -> Invitation | None:
    """The invitation a code still opens for this reader; None when it does not fit or is over."""
    found = work.session.scalar(
        unscoped(
            select(Invitation).where(
                Invitation.code_hash == hashed(bare_code(code)),
                Invitation.state == InvitationState.OPEN,
                Invitation.expires_at >= work.now,
            ),
            "whoever holds the code",
        )
    )
    if found is None or (work.account_id and _all_hidden(work, found.client_id, work.account_id)):
        return None
    return found


def _all_hidden(work: Work, client_id: UUID, account_id: UUID) -> bool:
    hidden = unscoped(
        select(Restriction.id).where(
            Restriction.client_id == client_id,
            Restriction.hidden_from == account_id,
            Restriction.hides.is_(None),
            Restriction.lifted_at.is_(None),
        ),
        "joining",
    )
    return work.session.scalar(hidden.limit(1)) is not None


def inviting(work: Work, invitation: Invitation) -> Name:
    """What the client who invites is called, for someone who is signed in and holds the code."""
    name = work.session.scalar(
        unscoped(select(Client.name).where(Client.id == invitation.client_id), "whoever holds the code")
    )
    return Name(name or "")


def invitations(work: Work, client: Client) -> Sequence[Invitation]:
    """Codes of this client that nobody has used yet."""
    return work.session.scalars(
        visible(work, Invitation)
        .where(
            Invitation.client_id == client.id,
            Invitation.state == InvitationState.OPEN,
            Invitation.expires_at >= work.now,
        )
        .order_by(Invitation.expires_at)
    ).all()


def invitation(work: Work, client_id: UUID, invitation_id: UUID) -> Invitation:
    """One invitation of this client; NotVisible otherwise."""
    found = work.session.scalar(
        visible(work, Invitation).where(Invitation.id == invitation_id, Invitation.client_id == client_id)
    )
    if found is None:
        raise NotVisible
    return found


# What is kept from whom: only for those who may change it, and never shown to the person it is kept from


def restrictions(work: Work, client: Client) -> Sequence[Restriction]:
    """What is kept from somebody now; what is kept from the reader is not among it."""
    return work.session.scalars(
        visible(work, Restriction)
        .where(
            Restriction.client_id == client.id,
            Restriction.lifted_at.is_(None),
            Restriction.hidden_from != work.account_id,
        )
        .order_by(Restriction.set_at, Restriction.id)
    ).all()


def restriction(work: Work, client_id: UUID, restriction_id: UUID) -> Restriction:
    """One restriction of this client; NotVisible for the person it hides from, as for everyone who may not read it."""
    found = work.session.scalar(
        visible(work, Restriction).where(
            Restriction.id == restriction_id,
            Restriction.client_id == client_id,
            Restriction.hidden_from != work.account_id,
        )
    )
    if found is None:
        raise NotVisible
    return found


def hideable_from(work: Work, client: Client) -> Sequence[Account]:
    """Everyone something could be kept from: people of the circle, and those who work for its organisations."""
    ties = unscoped(
        select(Tie.account_id, Tie.organisation_id).where(
            Tie.client_id == client.id, Tie.relationship != Relationship.CLIENT, Tie.revoked_at.is_(None)
        ),
        "whom to keep something from",
    )
    rows = work.session.execute(ties).all()
    accounts = [row.account_id for row in rows if row.account_id]
    organisations = [row.organisation_id for row in rows if row.organisation_id]
    members = select(Membership.account_id).where(
        Membership.organisation_id.in_(organisations), or_(Membership.ends.is_(None), Membership.ends >= work.day)
    )
    return work.session.scalars(
        select(Account)
        .where(
            or_(Account.id.in_(accounts), Account.id.in_(members)),
            Account.id != work.account_id,
            Account.closed_at.is_(None),
        )
        .order_by(Account.name, Account.id)
    ).all()


# Names for the history


@history.naming
def parties(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    """Accounts and organisations that acted in a history the reader may read, and clients the reader may see."""
    found = {party: Name(called) for party, called in account_names(work.session, set(ids)).items()}
    rows = work.session.execute(limit(select(Client.id, Client.name), work, Client).where(among(Client.id, ids)))
    return found | {row.id: Name(row.name) for row in rows}
