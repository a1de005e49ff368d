"""Who is signed in, and what organisations and devices an account has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from budgeting.words import Name
from portal.accounts.model import Account, Membership, Organisation, RateCount, Role, SetUp, SignIn
from portal.accounts.passwords import password_fits
from portal.reads import reads_of
from portal.work import Actor, ActorKind, Work

IDLE = timedelta(minutes=30)
IDLE_STAFF = timedelta(minutes=15)
TOUCH = timedelta(minutes=5)
SHARING = 6  #: how many accounts that share one address are tried, newest first
STAFF = frozenset(
    {Role.COORDINATOR, Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.PROVIDER_STAFF, Role.PLAN_MANAGER_STAFF}
)


_SIGNED_IN = (
    select(
        *SignIn.__table__.columns,
        Account.name,
        Account.language,
        Account.closed_at,
        exists().where(Membership.account_id == SignIn.account_id, Membership.role.in_(STAFF)).label("staff"),
    )
    .join(Account, Account.id == SignIn.account_id)
    .where(SignIn.token_hash == bindparam("token"))
)

WRITERS = frozenset({Role.COORDINATOR, Role.PROVIDER_STAFF, Role.PLAN_MANAGER_STAFF})


def hashed(secret: str) -> bytes:
    """How tokens and codes are kept: never in clear."""
    return hashlib.sha256(secret.encode()).digest()


def signed_in(session: Session, token: str, now: datetime) -> tuple[Actor, bool] | None:
    """The actor behind a cookie, and whether to mark the sign-in as seen; None when it has ended."""
    row = reads_of(session).one(_SIGNED_IN, {"token": hashed(token)})
    if row is None:
        return None
    idle = IDLE_STAFF if row.staff else IDLE
    if row.closed_at is not None or now >= row.expires_at or now - row.seen_at > idle:
        return None
    actor = Actor(
        ActorKind.ACCOUNT, row.account_id, row.name, row.language, reference(row.token_hash), row.stepped_up_at, idle
    )
    return actor, now - row.seen_at > TOUCH


def account_with(work: Work, login: str) -> Account | None:
    """The open account with this login, if there is one."""
    return work.session.scalar(
        select(Account).where(Account.login == login.strip().lower(), Account.closed_at.is_(None))
    )


def who_fits(work: Work, login: str, typed: str) -> UUID | None:
    """Whose address and password these are; slow on purpose, and as slow when there is no such account."""
    first = account_with(work, login)
    if password_fits(first.password_hash if first else None, typed):
        return first.id if first else None
    sharing: list[tuple[UUID | None, str | None]] = [
        (row.id, row.password_hash)
        for row in work.session.execute(
            select(Account.id, Account.password_hash)
            .where(Account.shared_login == login.strip().lower(), Account.closed_at.is_(None))
            .order_by(Account.created_at.desc())
            .limit(SHARING)
        )
    ]
    for account_id, stored in sharing or [(None, None)]:
        if password_fits(stored, typed):
            return account_id
    return None


def reference(token_hash: bytes) -> str:
    """What the journal calls a session, from the hash of its token; the token cannot be found from it."""
    return hashlib.sha256(token_hash).hexdigest()[:16]


def account_of(work: Work) -> Account:
    """The reader's own account."""
    assert work.account_id is not None, "only for people who are signed in"
    return work.session.get_one(Account, work.account_id)


def devices(work: Work) -> Sequence[SignIn]:
    """Where the reader is signed in, newest first."""
    return work.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == work.account_id, SignIn.expires_at > work.now)
        .order_by(SignIn.seen_at.desc())
    ).all()


def memberships(work: Work, account_id: UUID | None = None) -> Sequence[tuple[Membership, Organisation]]:
    """The organisations someone belongs to today, and as what."""
    rows = work.session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.account_id == (account_id or work.account_id),
            Membership.holds_on(work.day),
        )
    )
    return [(membership, organisation) for membership, organisation in rows]


def writes_for(work: Work, organisation_id: UUID) -> bool:
    """Whether the reader works for this organisation today, so that what it says of itself is theirs to write."""
    return any(one.id == organisation_id and member.role in WRITERS for member, one in memberships(work))


def roles(work: Work) -> frozenset[Role]:
    """What the reader does for organisations here today."""
    return frozenset(membership.role for membership, _ in memberships(work)) if work.account_id else frozenset()


PIECES = 8  # our own choice: a window slides on by so many steps


def bucket(name: str, window: int, who: str, now: datetime, pieces: int = PIECES) -> tuple[str, int]:
    """Where tries of one kind by one party are counted, and in which piece of a window of so many seconds."""
    return f"{name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}", int(now.timestamp()) // (window // pieces)


def tries(work: Work, name: str, window: int, who: str, pieces: int = PIECES) -> int:
    """How often something was tried in the window that ends now, and in the piece of time in which that one began.

    So nobody tries twice as often by coming just before and just after the edge of a window: there is none. In one
    piece, where no finer time may be kept, it is the window of now alone.
    """
    key, number = bucket(name, window, who, work.now, pieces)
    first = number - pieces if pieces > 1 else number
    wanted = select(func.sum(RateCount.tries)).where(RateCount.bucket == key, RateCount.window.between(first, number))
    return work.session.scalar(wanted) or 0


def set_up_fits(work: Work, code: str) -> bool:
    """Whether this is the one-time code of the first start, in its time."""
    found = work.session.get(SetUp, hashed(code.strip()))
    return found is not None and work.now <= found.expires_at


def set_up_pending(session: Session) -> bool:
    """Whether the portal still waits for its first administrator."""
    return session.scalar(select(SetUp.code_hash).where(~exists(select(Account.id))).limit(1)) is not None


def called(work: Work, ids: Iterable[UUID | None]) -> dict[UUID, Name]:
    """What the people behind some accounts are called; None stands for nobody."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    rows = work.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: Name(row.name) for row in rows}


def names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """The names of some accounts and organisations, for history sentences."""
    found: dict[UUID, str] = {}
    for model in (Account, Organisation):
        found.update(
            {row.id: row.name for row in session.execute(select(model.id, model.name).where(model.id.in_(ids)))}
        )
    return found
