"""Contributions and what became of them, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select

from budgeting.explain import Confidence, Figure, Source
from budgeting.explain.together import added
from budgeting.money import Money, total
from budgeting.words import Name, Words, words
from budgeting.working import TOLD
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account
from portal.accounts.queries import called
from portal.db import among
from portal.language import LANGUAGES, plain
from portal.payments import ledger
from portal.payments.gateway import Order
from portal.payments.model import Attempt, Contribution, News
from portal.payments.states import OPEN, PAYABLE, AttemptState, LedgerAccount, NewsState, PaymentState
from portal.people import history, next_steps, queries as people
from portal.people.model import Client, Consent, Tie
from portal.people.next_steps import Glance, NextStep
from portal.work import NotVisible, Work

#: They see how much is asked and how it stands, and not what it is for.
AMOUNT_ONLY = frozenset({Relationship.FAMILY, Relationship.PLAN_MANAGER})


@dataclass(frozen=True)
class Reading:
    """Whose payments someone reads, and how much of them."""

    client: Client | None  #: None for those who see amounts only, and not the rest of the record
    client_id: UUID
    name: Name
    whole: bool  #: what it is for, too


def reading(work: Work, client_id: UUID) -> Reading:
    """How this reader sees the payments of a client; NotVisible when there is nothing for them."""
    found = limit(select(func.count()).select_from(Contribution), work, Contribution)
    relationships = _relationships(work, client_id)
    if relationships and relationships <= AMOUNT_ONLY:
        if not work.session.scalar(found.where(Contribution.client_id == client_id)):
            raise NotVisible
        wanted = unscoped(select(Client.name).where(Client.id == client_id), "a payer knows for whom")
        return Reading(None, client_id, Name(work.session.scalars(wanted).one()), whole=False)
    client = people.client(work, client_id)
    return Reading(client, client_id, Name(client.name), whole=True)


def _relationships(work: Work, client_id: UUID) -> set[Relationship]:
    """The relationships by which this reader may see payments of this client at all."""
    facts = work.facts_of(client_id)
    held = {tie.relationship for tie in facts.ties if tie.valid(work.day)}
    known = {
        *(Relationship.CLIENT, Relationship.AUTHORITY, Relationship.FAMILY, Relationship.LEAD),
        *(Relationship.PLAN_MANAGER, Relationship.ADVOCATE),
    }
    return held & known


def contributions(work: Work, client_id: UUID) -> Sequence[Contribution]:
    """What was asked for one client, the newest first."""
    wanted = visible(work, Contribution).where(Contribution.client_id == client_id)
    return work.session.scalars(wanted.order_by(Contribution.asked_at.desc(), Contribution.id)).all()


def contribution(work: Work, client_id: UUID, contribution_id: UUID, action: Action = Action.READ) -> Contribution:
    """One contribution of this client on which the reader may do this; NotVisible otherwise."""
    wanted = visible(work, Contribution, action)
    found = work.session.scalar(wanted.where(Contribution.id == contribution_id, Contribution.client_id == client_id))
    if found is None:
        raise NotVisible
    return found


def payable(work: Work, contribution_id: UUID) -> Contribution:
    """A contribution the reader may pay; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Contribution, Action.APPROVE).where(Contribution.id == contribution_id))
    if found is None:
        raise NotVisible
    return found


def seen(work: Work, contribution_id: UUID) -> Contribution | None:
    """A contribution by its id alone, when the reader may see it."""
    return work.session.scalar(visible(work, Contribution).where(Contribution.id == contribution_id))


def latest_attempt(work: Work, contribution: Contribution) -> Attempt | None:
    """The last try to pay (of a contribution the reader may see already); None before the first."""
    wanted = select(Attempt).where(Attempt.contribution_id == contribution.id).order_by(Attempt.number.desc())
    return work.session.scalar(unscoped(wanted.limit(1), "belongs to a contribution that is visible"))


def open_attempts(work: Work, contribution_id: UUID | None = None) -> Sequence[Attempt]:
    """Tries that are not over, for jobs; of one contribution or of all."""
    wanted = select(Attempt).where(Attempt.state.in_((AttemptState.OPEN, AttemptState.PROCESSING)))
    if contribution_id:
        wanted = wanted.where(Attempt.contribution_id == contribution_id)
    return work.session.scalars(unscoped(wanted.order_by(Attempt.started_at), "a job looks after them")).all()


def order(work: Work, contribution: Contribution, number: int) -> Order:
    """What the payment page is asked for. It depends on our record alone, never on who opens the page."""
    language = _language(work, contribution)
    address = f"{work.house.settings.base_url}/people/{contribution.client_id}/payments/{contribution.id}"
    return Order(
        attempt=Attempt.id_for(contribution.id, number),
        contribution=contribution.id,
        amount=contribution.amount,
        label=plain(words("Contribution"), LANGUAGES[language]),
        language=language,
        back=f"{address}/returned",
        left=address,
    )


def _language(work: Work, contribution: Contribution) -> str:
    if contribution.payer_id:
        found = work.session.scalar(select(Account.language).where(Account.id == contribution.payer_id))
    else:
        of_client = select(Client.language).where(Client.id == contribution.client_id)
        found = work.session.scalar(unscoped(of_client, "the language of the one who is asked"))
    return found if found and found in LANGUAGES else "en"


def may_pay(work: Work, client: Client) -> Mapping[UUID, Name]:
    """Whom, besides the client, may be asked to pay: family with the client's consent to pay."""
    ties = (
        select(Tie.account_id, Account.name)
        .join(Account, Account.id == Tie.account_id)
        .join(Consent, Consent.tie_id == Tie.id)
        .where(
            Tie.client_id == client.id,
            Tie.relationship == Relationship.FAMILY,
            Tie.holds_on(work.day),
            Consent.covers == Resource.PAYMENT,
            Consent.comments.is_(True),
            Consent.withdrawn_at.is_(None),
            Consent.starts <= work.day,
            or_(Consent.ends.is_(None), Consent.ends >= work.day),
        )
    )
    rows = work.session.execute(unscoped(ties, "whom the client lets pay, for whoever may ask"))
    return {row.account_id: Name(row.name) for row in rows}


def asked_of_me(work: Work) -> Sequence[tuple[Contribution, Name]]:
    """What the reader is asked to pay for others, with whose it is; the newest first."""
    wanted = visible(work, Contribution).where(Contribution.payer_id == work.account_id)
    rows = work.session.scalars(wanted.order_by(Contribution.asked_at.desc())).all()
    whose = unscoped(select(Client.id, Client.name), "a payer knows for whom").where(
        Client.id.in_([row.client_id for row in rows])
    )
    called = {row.id: Name(row.name) for row in work.session.execute(whose)} if rows else {}
    return [(row, called[row.client_id]) for row in rows]


def parked_of(work: Work, client_id: UUID) -> Sequence[News]:
    """Messages about this client's contributions that wait for a person, for those who may ask for contributions."""
    mine = limit(select(Contribution.id), work, Contribution, Action.WRITE).where(Contribution.client_id == client_id)
    ids = work.session.scalars(mine).all()
    wanted = select(News).where(News.state == NewsState.PARKED, News.contribution_id.in_(ids))
    return work.session.scalars(wanted.order_by(News.heard_at)).all() if ids else []


@dataclass(frozen=True)
class Reconciliation:
    """How the ledger and the payment service's messages stand together, without names and purposes."""

    by_state: Mapping[PaymentState, tuple[int, Money]]
    owed: Money
    clearing: Money
    waiting: int
    parked: Sequence[News]


def reconciliation(work: Work) -> Reconciliation:
    """Numbers for the administrator and the auditor (the page's own rule decides who reads them)."""
    rows = work.session.execute(limit(select(Contribution.state, Contribution.amount), work, Contribution)).all()
    by_state = {
        state: (len(amounts), total(amounts))
        for state in PaymentState
        if (amounts := [row.amount for row in rows if row.state is state])
    }
    held = ledger.balances(ledger.all_transfers(work))
    summed = {kind: total([m for (account, _), m in held.items() if account is kind]) for kind in LedgerAccount}
    waiting = work.session.scalar(select(func.count()).select_from(News).where(News.state == NewsState.WAITING)) or 0
    parked = work.session.scalars(
        select(News).where(News.state == NewsState.PARKED).order_by(News.heard_at.desc())
    ).all()
    return Reconciliation(by_state, summed[LedgerAccount.OWED], summed[LedgerAccount.CLEARING], waiting, parked)


@history.naming
def _contribution_names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    rows = limit(select(Contribution.id, Contribution.purpose), work, Contribution).where(Contribution.id.in_(ids))
    return {row.id: Name(row.purpose) for row in work.session.execute(rows)}


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    wanted = visible(work, Contribution).where(among(Contribution.client_id, clients), Contribution.state.in_(PAYABLE))
    found = work.session.scalars(wanted.order_by(Contribution.due)).all()
    reads = people.those(work, Resource.PAYMENT, Action.READ, clients) if found else ()
    pays = people.those(work, Resource.PAYMENT, Action.APPROVE, clients) if found else ()
    payer_names = called(work, [one.payer_id for one in found])
    for one in (each for each in found if each.client_id in reads):
        href, client = f"/people/{one.client_id}/payments/{one.id}", clients[one.client_id]
        late = one.due < work.today(client)
        sentence = words("A contribution of {amount} is due on {day}.", amount=one.amount, day=one.due)
        if one.payer_id is not None and one.payer_id != work.account_id:
            whose = words("Waiting for {name}", name=payer_names.get(one.payer_id, Name("")))
            yield client.id, NextStep(sentence, href, late, waiting_for=whose)
        elif client.id in pays:
            text = words("Pay the contribution of {amount}, due on {day}.", amount=one.amount, day=one.due)
            yield client.id, NextStep(text, href, late)
        else:
            whose = words("Waiting for {name}", name=Name(client.name))
            yield client.id, NextStep(sentence, href, late, waiting_for=whose)


@next_steps.of_reader
def _for_others(work: Work) -> Iterable[NextStep]:
    """What the reader is asked to pay for somebody else."""
    for one, whose in asked_of_me(work):
        if one.state in PAYABLE:
            text = words("Pay {amount} for {name}, due on {day}.", amount=one.amount, name=whose, day=one.due)
            yield NextStep(text, "/paying", one.due < work.day)


@next_steps.at_a_glance(order=60)
def _glance(work: Work, client: Client) -> Iterable[Glance]:
    wanted = limit(select(Contribution), work, Contribution)
    if people.is_own(work, client):  # what somebody else pays is not theirs to pay
        wanted = wanted.where(or_(Contribution.payer_id.is_(None), Contribution.payer_id == work.account_id))
    mine = wanted.where(Contribution.client_id == client.id, Contribution.state.in_(OPEN))
    found = work.session.scalars(mine.order_by(Contribution.due, Contribution.id)).all()
    if found:
        asked = together(words("Contributions to pay"), found)
        yield Glance(asked.label, total([one.amount for one in found]), f"/people/{client.id}/payments", figure=asked)


def together(label: Words, found: Iterable[Contribution]) -> Figure:
    """Some contributions added up, each by the day it is due."""
    said = Source("", confidence=Confidence.GIVEN)
    parts = [
        Figure(words("Contribution of {day}", day=one.due), one.amount, source=said, working=TOLD) for one in found
    ]
    return added(label, tuple(parts))
