"""Signing in and out, confirming that it is you, making accounts, counting tries."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, not_, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.accounts import events
from portal.accounts.model import Account, Membership, Organisation, OrganisationKind, RateCount, Role, SetUp, SignIn
from portal.accounts.queries import PIECES, bucket, hashed, set_up_fits, tries
from portal.language import OFFERED
from portal.once import Done
from portal.reading import is_address
from portal.work import NotVisible, Refusal, Work, command, open_command

ABSOLUTE = timedelta(hours=12)
KEYS_KEPT_FOR = timedelta(days=7)  # far longer than a session or a draft without an account


LIMITS: dict[str, Limit] = {}  #: every limit of the portal, by its name


@dataclass(frozen=True)
class Limit:
    """How often something may be tried in one window."""

    name: str
    tries: int
    window: timedelta
    pieces: int = PIECES  #: the steps in which the window slides; 1: it stands, where no finer time may be kept

    def __post_init__(self) -> None:
        LIMITS[self.name] = self


TOO_MANY = words("That was tried many times. Wait a few minutes, then try again.")
SIGN_IN_PERSON = Limit("sign-in-person", 10, timedelta(minutes=15))  # one login from one network
SIGN_IN_LOGIN = Limit("sign-in-login", 200, timedelta(minutes=15))  # one login from anywhere: nobody locks somebody out
SIGN_IN_NETWORK = Limit("sign-in-network", 60, timedelta(minutes=15))
SIGN_IN_ALL = Limit("sign-in-all", 3000, timedelta(minutes=15))
REGISTER_ADDRESS = Limit("register-address", 3, timedelta(days=1))
CODE_NETWORK = Limit("code-network", 30, timedelta(minutes=15))
LETTERS_OUT = Limit("letters-out", 10, timedelta(minutes=15))  # of one account to people without one
LETTERS_TO = Limit("letters-to", 3, timedelta(days=1))  # to one address of somebody without an account
FILES_IN = Limit("files-in", 100, timedelta(days=1))  # sent by one account
REFUSED = Limit("refused", 500, timedelta(days=1), 1)  # entries about what one account was refused
REFUSED_SAME = Limit("refused-same", 10, timedelta(days=1), 1)  # the same of the same record


@open_command
def count_try(work: Work, limit: Limit, who: str) -> bool:
    """Count one try in the database and say whether it is still within the limit. Only a digest of ``who`` is kept.

    A try that is refused is not counted: whoever goes on trying is slowed down, never shut out for good.
    """
    within = _count(work, limit, who) <= limit.tries
    if not within:
        give_back(work, limit, who)
    return within


def _count(work: Work, limit: Limit, who: str) -> int:
    seconds = int(limit.window.total_seconds())
    key, window = bucket(limit.name, seconds, who, work.now, limit.pieces)
    insert = postgresql_insert if work.session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = (
        insert(RateCount)
        .values(bucket=key, window=window, tries=1)
        .on_conflict_do_update(index_elements=["bucket", "window"], set_={"tries": RateCount.tries + 1})
    )
    work.session.execute(statement)
    return tries(work, limit.name, seconds, who, limit.pieces)


@open_command
def note_refusal(work: Work, subject: UUID | None, resource: Resource, action: Action) -> None:
    """Record that somebody was refused: each of the first times of a day, then only whenever it was twice as often.

    So an address that leads nowhere, asked for ten thousand times, is told of in twenty entries, and hides no other.
    """
    who, limit, about = str(work.account_id), REFUSED, None
    if (times := _count(work, REFUSED, who)) <= REFUSED.tries:
        limit, about = REFUSED_SAME, subject
        times = _count(work, REFUSED_SAME, f"{who}|{subject}|{resource}|{action}")
    doubled, rest = divmod(times, limit.tries)
    if times <= limit.tries or (not rest and doubled.bit_count() == 1):
        work.record(events.AccessRefused(client_id=None, subject=about, resource=resource, action=action, times=times))


@open_command
def give_back(work: Work, limit: Limit, who: str) -> None:
    """Take back the try that was counted just now, in the same transaction: it was none, or it was right."""
    key, window = bucket(limit.name, int(limit.window.total_seconds()), who, work.now, limit.pieces)
    this = update(RateCount).where(RateCount.bucket == key, RateCount.window == window)
    work.session.execute(this.values(tries=RateCount.tries - 1))


@open_command
def forget_tries(work: Work) -> None:
    """Delete every count of tries that no limit looks at any more: digests of addresses too end with their use."""
    looked_at = []
    for limit in LIMITS.values():
        key, number = bucket(limit.name, int(limit.window.total_seconds()), "", work.now, limit.pieces)
        of_limit = RateCount.bucket.startswith(key.partition(":")[0] + ":", autoescape=True)
        looked_at.append(and_(of_limit, RateCount.window >= number - limit.pieces))
    work.session.execute(delete(RateCount).where(not_(or_(*looked_at))))


@open_command
def forget_ended(work: Work) -> None:
    """Delete sessions that are over, and the keys of forms that nothing is left to send again."""
    work.session.execute(delete(SignIn).where(SignIn.expires_at <= work.now))
    work.session.execute(delete(Done).where(Done.at < work.now - KEYS_KEPT_FOR))


@open_command
def sign_in(work: Work, account: Account, device: str, old_token: str | None) -> str:
    """Start a session under a token no one has seen before; the one the browser brought, if any, ends."""
    if old_token:
        work.session.execute(delete(SignIn).where(SignIn.token_hash == hashed(old_token)))
    token = secrets.token_urlsafe(32)
    work.session.add(
        SignIn(
            token_hash=hashed(token),
            account_id=account.id,
            device=device[:120],
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + ABSOLUTE,
            stepped_up_at=work.now,
        )
    )
    work.record(events.SignedIn(client_id=None, subject=account.id))
    return token


@open_command
def note_failed_sign_in(work: Work, account: Account | None) -> None:
    """Keep a failed sign-in in the journal, without what was typed."""
    work.record(events.SignInFailed(client_id=None, subject=account.id if account else None))


@open_command
def sign_out(work: Work, token: str) -> None:
    """End this session at once."""
    work.session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))
    work.record(events.SignedOut(client_id=None, subject=work.account_id))


@command(Resource.ACCOUNT, Action.WRITE)
def end_other_devices(work: Work, account: Account, keep_token: str) -> None:
    """Sign out everywhere else."""
    ended = work.session.scalars(
        delete(SignIn)
        .where(SignIn.account_id == account.id, SignIn.token_hash != hashed(keep_token))
        .returning(SignIn.token_hash)
    ).all()
    work.record(events.SignedOut(client_id=None, subject=account.id, devices=len(ended)))


@open_command
def touch(work: Work, token: str) -> None:
    """Mark a session as seen; at most once in five minutes, and no event, since nothing happened."""
    work.session.execute(update(SignIn).where(SignIn.token_hash == hashed(token)).values(seen_at=work.now))


@open_command
def confirm(work: Work, token: str) -> datetime:
    """Mark the session as freshly confirmed (the password was checked before); returns the instant."""
    work.session.execute(update(SignIn).where(SignIn.token_hash == hashed(token)).values(stepped_up_at=work.now))
    work.record(events.Confirmed(client_id=None, subject=work.account_id))
    return work.now


@open_command
def make_account(work: Work, login: str, name: str, password_hash: str, language: str) -> Account:
    """Make an account with an already hashed password; Refusal when the login is no address.

    Whether another account has this address is never told: the new one then shares it, with a password of its own, and
    a letter to the address says so.
    """
    login = login.strip().lower()
    if not is_address(login):
        raise Refusal(words("Enter an e-mail address, like {example}.", example="name@example.org"), "login")
    first = work.session.scalar(select(Account.id).where(Account.login == login))
    new_id = uuid4()
    account = Account(
        id=new_id,
        login=login if first is None else f"{new_id.hex}@shared.invalid",
        shared_login=None if first is None else login,
        name=name,
        password_hash=password_hash,
        language=language if language in OFFERED else None,
        created_at=work.now,
    )
    work.session.add(account)
    work.session.flush()
    work.record(events.AccountMade(client_id=None, subject=account.id))
    if first is not None:
        work.later("accounts.tell_shared", account_id=first, key=f"shared-{account.id}")
    return account


@command(Resource.ACCOUNT, Action.WRITE)
def change_password(work: Work, account: Account, new_hash: str, token: str) -> None:
    """Change one's own password (the old one was checked before); every other device is signed out."""
    account.password_hash = new_hash
    work.session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.token_hash != hashed(token)))
    work.record(events.PasswordChanged(client_id=None, subject=account.id))


@command(Resource.ACCOUNT, Action.WRITE)
def choose_language(work: Work, account: Account, tag: str) -> None:
    """Keep the language someone reads best."""
    account.language = tag
    work.record(events.LanguageChosen(client_id=None, subject=account.id))


@open_command
def hold_back(work: Work, account: Account) -> None:
    """For the system: a letter is not sent, since its reader may not open what it leads to; which page is not kept."""
    work.record(events.LetterHeldBack(client_id=None, subject=account.id))


@open_command
def offer_set_up(work: Work) -> str | None:
    """At the first start, a one-time code to make the administrator, valid 30 minutes; None later."""
    if work.session.scalar(select(Account.id).limit(1)):
        return None
    work.session.execute(delete(SetUp))
    code = secrets.token_hex(8)
    work.session.add(SetUp(code_hash=hashed(code), expires_at=work.now + timedelta(minutes=30)))
    return code


@open_command
def set_up(work: Work, code: str, organisation: str, login: str, name: str, password_hash: str, language: str) -> UUID:
    """Use the one-time code: the first organisation and its administrator; the code is gone.

    NotVisible without a code that fits: the page asks ``queries.set_up_fits`` before, so that the try stays counted.
    """
    if not set_up_fits(work, code):
        raise NotVisible
    work.session.execute(delete(SetUp))
    account = make_account(work, login, name, password_hash, language)
    home = Organisation(name=organisation, kind=OrganisationKind.COORDINATION)
    work.session.add(home)
    work.session.flush()
    work.session.add(
        Membership(account_id=account.id, organisation_id=home.id, role=Role.ADMINISTRATOR, starts=work.day)
    )
    work.record(events.PortalSetUp(client_id=None, subject=account.id))
    return account.id
