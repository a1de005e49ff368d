"""What somebody told us, for those on its own side of the wall: who told it, who handles it. Nothing joins to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from budgeting.words import Name, words
from feedback.clock import Promise, state_of
from feedback.model import HANDLERS, Complaint, Message, Wall, mark_of
from feedback.states import OPEN, State
from portal.access.scope import organisations
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account, Membership, Organisation, OrganisationKind, Role
from portal.accounts.queries import called, names as account_names
from portal.changes import causes
from portal.changes.causes import Came, Cause
from portal.people import next_steps, queries as people
from portal.people.next_steps import NextStep
from portal.work import NotVisible, Work

OUTSIDE = frozenset({OrganisationKind.PROVIDER, OrganisationKind.PLAN_MANAGER})


OFFICERS = frozenset({Role.OFFICER})
LATELY = timedelta(days=30)  # our own choice: how long an answer is pointed out


def place(work: Work) -> str:
    """The state whose public holidays count for our promises."""
    return state_of(work.house.settings.time_zone)


def promise(work: Work, complaint: Complaint) -> Promise | None:
    """What is owed next."""
    return complaint.promise(place(work))


# The teller's side


def own(work: Work) -> Sequence[Complaint]:
    """Everything the reader told us with their account, newest first."""
    return work.session.scalars(
        select(Complaint)
        .where(Complaint.written_by(_reader(work)))
        .order_by(Complaint.received_on.desc(), Complaint.number)
    ).all()


@next_steps.of_reader
def answered(work: Work) -> Iterable[NextStep]:
    """Whether we wrote last about something the reader told us lately, and have not heard from them since."""
    waits = any(
        one.heard_on and work.day - one.heard_on <= LATELY and not one.unread and one.resolved is None
        for one in own(work)
        if one.state is not State.WITHDRAWN
    )
    if waits:
        yield NextStep(words("You have an answer to what you told us."), "/speak-up/mine")


def own_one(work: Work, complaint_id: UUID) -> Complaint:
    """One thing the reader told us; NotVisible otherwise."""
    found = work.session.get(Complaint, complaint_id)
    if found is None:
        raise NotVisible
    work.demand(Resource.COMPLAINT, Action.READ, None, found)
    return found


def with_prefix(work: Work, prefix: str) -> Sequence[tuple[UUID, str]]:
    """The few ids and slow hashes of codes that begin like this; the caller compares the whole code."""
    rows = work.session.execute(
        select(Complaint.id, Complaint.code_hash).where(
            Complaint.code_prefix == prefix, Complaint.code_hash.is_not(None)
        )
    )
    return [(row.id, row.code_hash or "") for row in rows]


def by_code(work: Work, complaint_id: UUID) -> Complaint:
    """What was told without an account, for whoever has just shown its code (compared before, since that is slow)."""
    found = work.session.get(Complaint, complaint_id)
    if found is None or not found.unnamed:
        raise NotVisible
    return found


def messages(work: Work, complaint: Complaint) -> Sequence[Message]:
    """What was written since, in order; the caller has shown that the complaint is theirs to see."""
    return work.session.scalars(
        select(Message).where(Message.complaint_id == complaint.id).order_by(Message.number)
    ).all()


@dataclass(frozen=True)
class Party:
    """Somebody it may be about: an account or an organisation."""

    kind: str  # account or organisation
    id: UUID
    name: Name

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


def around(work: Work) -> Sequence[Party]:
    """The people and organisations the reader is connected with through any client they may see."""
    if work.account_id is None:
        return ()
    found: dict[UUID, Party] = {}
    for client in people.everyone(work):
        for member in people.circle(work, client):
            account_id, organisation_id = member.tie.account_id, member.tie.organisation_id
            if account_id and account_id != work.account_id and member.tie.relationship is not Relationship.CLIENT:
                found[account_id] = Party("account", account_id, member.name)
            if organisation_id:
                found[organisation_id] = Party("organisation", organisation_id, member.name)
    return sorted(found.values(), key=lambda party: (party.kind, party.name.text))


# The handler's side


def handled(work: Work) -> Sequence[Complaint]:
    """What is addressed to the reader as its handler, and not behind a wall for them."""
    return work.session.scalars(
        select(Complaint)
        .where(Complaint.addressed_to(organisations(work), _reader(work)))
        .order_by(Complaint.received_on, Complaint.number)
    ).all()


def handled_one(work: Work, complaint_id: UUID, action: Action = Action.READ) -> Complaint:
    """One complaint as its handler; NotVisible for everybody else, also when it exists."""
    found = work.session.get(Complaint, complaint_id)
    if found is None:
        raise NotVisible
    work.demand(Resource.HANDLING, action, None, found)
    return found


def kept_from(work: Work, complaint: Complaint) -> Sequence[tuple[Wall, Name]]:
    """Whom a complaint is kept from, by name, for its handler."""
    walls = work.session.scalars(select(Wall).where(Wall.complaint_id == complaint.id).order_by(Wall.why)).all()
    ids = {wall.id: found for wall in walls if (found := wall.account_id or wall.organisation_id)}
    names = account_names(work.session, set(ids.values()))
    return [(wall, Name(names.get(ids[wall.id], ""))) for wall in walls]


def everybody(work: Work) -> Sequence[Party]:
    """Whom a handler may name as the one it is about: organisations, and everyone who works in one."""
    parties = [
        Party("organisation", row.id, Name(row.name))
        for row in work.session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.name))
    ]
    staff = select(Account.id, Account.name).join(Membership, Membership.account_id == Account.id).distinct()
    return parties + [
        Party("account", row.id, Name(row.name)) for row in work.session.execute(staff.order_by(Account.name))
    ]


def party(work: Work, key: str) -> Party | None:
    """The account or organisation behind a key; None when there is none."""
    kind, _, text = key.partition(":")
    model: type[Account] | type[Organisation] = Organisation if kind == "organisation" else Account
    try:
        record_id = UUID(text)
    except ValueError:
        return None
    name = work.session.scalar(select(model.name).where(model.id == record_id))
    return Party("organisation" if model is Organisation else "account", record_id, Name(name)) if name else None


def employers(work: Work, account_id: UUID) -> Sequence[UUID]:
    """The providers and plan managers somebody works for today: it is about them too when it is about this person."""
    return work.session.scalars(
        select(Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.account_id == account_id, Organisation.kind.in_(OUTSIDE), _today(work))
    ).all()


def may_handle(work: Work, complaint: Complaint, roles: frozenset[Role] = OFFICERS) -> Sequence[UUID]:
    """Who could handle it: officers (or others who may) between whom and it stands no wall; the least busy first."""
    members = select(Membership.account_id).where(
        _today(work), Membership.role.in_(roles), Membership.account_id.not_in(_walled(work, complaint))
    )
    busy = select(func.count()).where(Complaint.handler_id == Account.id, Complaint.state.in_(OPEN)).scalar_subquery()
    rows = work.session.scalars(
        select(Account.id)
        .where(Account.id.in_(members), Account.closed_at.is_(None))
        .order_by(busy, Account.created_at, Account.id)
    )
    return [found for found in rows if mark_of(found) != complaint.told_mark]


def _walled(work: Work, complaint: Complaint) -> ColumnElement[UUID]:
    within = select(Membership.account_id).join(
        Wall, and_(Wall.organisation_id == Membership.organisation_id, Wall.complaint_id == complaint.id)
    )
    named = select(Wall.account_id).where(Wall.complaint_id == complaint.id, Wall.account_id.is_not(None))
    return within.where(_today(work)).union(named).scalar_subquery()


# The administrator's side: number, age, state


@dataclass(frozen=True)
class Waiting:
    """All an administrator may know of what nobody handles."""

    id: UUID
    number: Name
    days: int
    state: State
    version: int


def without_handler(work: Work) -> Sequence[Waiting]:
    """What nobody handles, unless the reader is behind its wall."""
    rows = work.session.execute(
        select(Complaint.id, Complaint.number, Complaint.received_on, Complaint.state, Complaint.version)
        .where(
            Complaint.handler_id.is_(None),
            Complaint.state.in_(OPEN),
            ~Complaint.walled(organisations(work), _reader(work)),
        )
        .order_by(Complaint.received_on, Complaint.number)
    )
    return [Waiting(r.id, Name(r.number), (work.day - r.received_on).days, r.state, r.version) for r in rows]


def assignable(work: Work, complaint_id: UUID) -> Complaint:
    """One that waits for a handler, to be given one; NotVisible when it does not wait, or the reader is walled."""
    if complaint_id not in {row.id for row in without_handler(work)}:
        raise NotVisible
    return work.session.get_one(Complaint, complaint_id)


def staff(work: Work) -> Sequence[Party]:
    """Who could be asked to handle something: officers and the staff of coordination services."""
    members = select(Membership.account_id).where(_today(work), Membership.role.in_(HANDLERS))
    rows = work.session.execute(
        select(Account.id, Account.name).where(Account.id.in_(members), Account.closed_at.is_(None))
    )
    return sorted((Party("account", row.id, Name(row.name)) for row in rows), key=lambda one: one.name.text)


# What came of it


@causes.shown("feedback")
def as_cause(work: Work, about: UUID) -> Cause | None:
    """What a change came from, for who told it and who handles it; nobody else learns that it did."""
    if work.account_id is None:
        return None
    for find, address in ((own_one, "/speak-up/mine"), (handled_one, "/handling")):
        try:
            return Cause(words("what was told to us"), f"{address}/{find(work, about).id}")
        except NotVisible:
            continue
    return None


def came_of(work: Work, complaint: Complaint) -> Sequence[Came]:
    """The changes of a plan that came of something told, for those on its own side of the wall."""
    return causes.came_of(work, "feedback", complaint.id)


def ask_because(work: Work, complaint: Complaint) -> str | None:
    """Where the teller asks for a change of their own plan because of it; None without a plan of their own."""
    own_id = people.own_record(work) if work.account_id else None
    if own_id is None or not work.can(Resource.CHANGE, Action.WRITE, own_id):
        return None
    return f"/people/{own_id}/changes/new?because=feedback:{complaint.id}"


# For everybody


def to_remind(work: Work) -> Sequence[Complaint]:
    """Open complaints with a handler who was not reminded today, whose promise is due by tomorrow; new ones too."""
    rows = work.session.scalars(
        select(Complaint).where(
            Complaint.handler_id.is_not(None),
            Complaint.state.in_(OPEN),
            or_(Complaint.reminded_on.is_(None), Complaint.reminded_on < work.day),
        )
    ).all()
    tomorrow, where = work.day + timedelta(days=1), place(work)

    def due(complaint: Complaint) -> bool:
        owed = complaint.promise(where)
        new = complaint.state is State.RECEIVED and complaint.reminded_on is None
        return new or complaint.unread or (owed is not None and owed.by <= tomorrow)

    return [complaint for complaint in rows if due(complaint)]


def left_alone(work: Work) -> Sequence[Complaint]:
    """Open ones whose handler may not handle them any more, or that never had one."""
    rows = work.session.scalars(select(Complaint).where(Complaint.state.in_(OPEN))).all()
    return [one for one in rows if one.handler_id is None or one.handler_id not in may_handle(work, one, HANDLERS)]


def name_of(work: Work, account_id: UUID | None) -> Name:
    """The name of somebody who handles something."""
    return called(work, [account_id]).get(account_id, Name("")) if account_id else Name("")


def teller_name(work: Work, complaint: Complaint) -> Name | None:
    """The name of who told it with an account, for the one who handles it."""
    return name_of(work, UUID(complaint.teller)) if complaint.teller else None


def _reader(work: Work) -> ColumnElement[UUID]:
    if work.account_id is None:
        raise NotVisible
    return literal(work.account_id)


def _today(work: Work) -> ColumnElement[bool]:
    return Membership.holds_on(work.day)
