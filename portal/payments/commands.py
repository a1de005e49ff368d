"""The verbs of payments. Only what the payment service itself says makes a contribution paid."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from budgeting.money import Money
from budgeting.words import Name, words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.payments import events, ledger
from portal.payments.gateway import Message, Page
from portal.payments.model import Attempt, Contribution, News
from portal.payments.queries import may_pay
from portal.payments.states import LEADS_TO, AttemptState, Cause, Mismatch, NewsState, PaymentState
from portal.people.model import Client
from portal.plans.telling import holders, tell
from portal.work import Work, command, open_command, refuse

SMALLEST, LARGEST = Money(100), Money(10_000_000)


@command(Resource.PAYMENT, Action.WRITE)
def ask(work: Work, client: Client, amount: Money, purpose: str, due: date, payer_id: UUID | None) -> Contribution:
    """Ask the client, or somebody whom the client lets pay, for a contribution."""
    between = words("Use an amount from {least} to {most}.", least=SMALLEST, most=LARGEST)
    stranger = payer_id is not None and payer_id not in may_pay(work, client)
    refuse(
        amount=None if SMALLEST <= amount <= LARGEST else between,
        due=words("Choose today or a later day.") if due < work.today(client) else None,
        payer=words("{name} has not agreed that this person pays.", name=Name(client.name)) if stranger else None,
    )
    contribution = Contribution(
        client_id=client.id,
        amount=amount,
        purpose=purpose,
        due=due,
        asked_by=work.account_id,
        asked_at=work.now,
        payer_id=payer_id,
        state=PaymentState.ASKED,
        moved_at=work.now,
    )
    work.session.add(contribution)
    work.session.flush()
    transfer = ledger.post(work, contribution, Cause.ASKED, f"{contribution.id}|asked")
    work.record(
        events.ContributionAsked(
            client_id=client.id, subject=contribution.id, amount=amount, due=due, transfer_id=transfer.id
        )
    )
    tell(work, _payers(work, contribution), f"asked-{contribution.id}", _address(contribution))
    return contribution


@command(Resource.PAYMENT, Action.WRITE)
def cancel(work: Work, contribution: Contribution) -> None:
    """Stop asking; payment pages that are open are closed. Not possible while money is on its way."""
    contribution.move(PaymentState.CANCELLED, work.now)
    transfer = ledger.take_back(work, contribution)
    work.record(
        events.ContributionCancelled(
            client_id=contribution.client_id,
            subject=contribution.id,
            amount=contribution.amount,
            transfer_id=transfer.id,
        )
    )
    work.later("payments.close_pages", contribution_id=contribution.id)
    tell(work, _payers(work, contribution), f"cancelled-{contribution.id}", _address(contribution))


@command(Resource.PAYMENT, Action.APPROVE)
def begin(work: Work, contribution: Contribution, number: int, page: Page) -> None:
    """Note the payment page somebody goes to; nothing is paid by that."""
    contribution.must_be_payable()
    if _attempt(work, page) is None:
        _new_attempt(work, contribution, number, page)
    work.record(
        events.PaymentBegun(client_id=contribution.client_id, subject=contribution.id, amount=contribution.amount)
    )


@open_command
def hear(work: Work, message: Message) -> None:
    """Keep a genuine message once, and have it worked through after this transaction; a repeat changes nothing."""
    news = News(event_id=message.event_id, kind=message.kind, session_id=message.session_id, heard_at=work.now)
    try:
        with work.session.begin_nested():
            work.session.add(news)
    except IntegrityError:
        return
    work.record(events.NewsHeard(client_id=None, subject=news.id))
    work.later("payments.apply_event", news_id=news.id)


@open_command
def work_through(work: Work, news: News, page: Page | None) -> None:
    """Bring our record to what the payment service says now (None: it knows no such page); park what does not fit."""
    if news.state is NewsState.APPLIED:
        return
    found = settle(work, page) if page else Mismatch.UNKNOWN
    if page and page.contribution and _contribution(work, page.contribution):
        news.contribution_id = page.contribution
    if found is None:
        news.state, news.why = NewsState.APPLIED, None
        work.record(events.NewsSettled(client_id=None, subject=news.id))
    elif news.why is not found:
        news.state, news.why = NewsState.PARKED, found
        work.record(events.NewsParked(client_id=None, subject=news.id, why=found))
        _tell_who_asked(work, news)


@open_command
def reconciled(work: Work, page: Page) -> None:
    """Apply a page that was looked up without a message; what does not fit is parked under the page's own name."""
    found = settle(work, page)
    if found is None:
        return
    key = f"looked up {page.session_id}"
    news = work.session.scalar(select(News).where(News.event_id == key))
    if news is None:
        news = News(event_id=key, kind="looked up", session_id=page.session_id, heard_at=work.now)
        news.contribution_id = page.contribution if _contribution(work, page.contribution) else None
        news.state, news.why = NewsState.PARKED, found
        work.session.add(news)
        work.record(events.NewsParked(client_id=None, subject=news.id, why=found))
        _tell_who_asked(work, news)


@open_command
def settle(work: Work, page: Page) -> Mismatch | None:
    """Bring one contribution to what its payment page says now; returns what does not fit and then changes nothing.

    Its only input is what the payment service answered when we asked it, so the order of messages does not matter.
    """
    contribution = _contribution(work, page.contribution)
    if contribution is None:
        return Mismatch.UNKNOWN
    attempt = _attempt(work, page)
    if mismatch := _unlike(contribution, attempt, page):
        return mismatch
    if attempt is None:
        attempt = _new_attempt(work, contribution, _number_of(contribution, page), page)
    if page.state in (attempt.state, AttemptState.OPEN):
        return None
    if mismatch := _cannot_follow(contribution, attempt, page.state):
        return mismatch
    attempt.state = page.state
    if to := LEADS_TO.get(page.state):
        contribution.move(to, work.now)
    work.session.flush()
    _tell_the_story(work, contribution, page)
    return None


def _unlike(contribution: Contribution, attempt: Attempt | None, page: Page) -> Mismatch | None:
    if not page.expected_mode:
        return Mismatch.MODE
    if page.currency != contribution.amount.currency:
        return Mismatch.CURRENCY
    if page.minor != contribution.amount.minor:
        return Mismatch.AMOUNT
    if attempt is None:
        return None if _number_of(contribution, page) else Mismatch.REFERENCE
    fits = attempt.session_id == page.session_id and attempt.contribution_id == contribution.id
    return None if fits else Mismatch.REFERENCE


def _cannot_follow(contribution: Contribution, attempt: Attempt, to: AttemptState) -> Mismatch | None:
    if not attempt.may_become(to):
        return Mismatch.UNEXPECTED
    leads_to = LEADS_TO.get(to)
    if leads_to is None or contribution.may_become(leads_to):
        return None
    return Mismatch.NOT_ASKED if contribution.state is PaymentState.CANCELLED else Mismatch.TWICE


def _tell_the_story(work: Work, contribution: Contribution, page: Page) -> None:
    """The event, and for a payment the transfer, unique for its payment intent."""
    about = {"client_id": contribution.client_id, "subject": contribution.id}
    match page.state:
        case AttemptState.PAID:
            transfer = ledger.post(work, contribution, Cause.PAID, f"{page.intent_id or page.session_id}|paid")
            work.record(events.ContributionPaid(**about, amount=contribution.amount, transfer_id=transfer.id))
        case AttemptState.PROCESSING:
            work.record(events.PaymentOnItsWay(**about, amount=contribution.amount))
        case AttemptState.FAILED:
            work.record(events.PaymentFailed(**about, amount=contribution.amount))
        case _:
            work.record(events.PaymentPageClosed(**about, amount=contribution.amount))
            return
    whom = _payers(work, contribution) | _asker(work, contribution)
    tell(work, whom, f"payment-{contribution.id}-{contribution.version}", _address(contribution))


def _contribution(work: Work, contribution_id: UUID | None) -> Contribution | None:
    """A contribution, locked until this transaction ends."""
    wanted = select(Contribution).where(Contribution.id == contribution_id).with_for_update()
    return work.session.scalar(unscoped(wanted, "named by the payment service"))


def _attempt(work: Work, page: Page) -> Attempt | None:
    return work.session.scalar(unscoped(select(Attempt).where(Attempt.id == page.attempt), "its own page"))


def _number_of(contribution: Contribution, page: Page) -> int:
    """Which try of this contribution a page belongs to, by its id; 0 when it is none of ours."""
    fitting = (n for n in range(1, 100) if Attempt.id_for(contribution.id, n) == page.attempt)
    return next(fitting, 0)


def _new_attempt(work: Work, contribution: Contribution, number: int, page: Page) -> Attempt:
    attempt = Attempt(
        id=Attempt.id_for(contribution.id, number),
        client_id=contribution.client_id,
        contribution_id=contribution.id,
        number=number,
        session_id=page.session_id,
        state=AttemptState.OPEN,
        started_at=work.now,
    )
    work.session.add(attempt)
    work.session.flush()
    return attempt


def _payers(work: Work, contribution: Contribution) -> set[UUID]:
    """Who is asked: the payer, or the client and whoever decides for them."""
    if contribution.payer_id:
        return holders(work, contribution.client_id, [Relationship.FAMILY]) & {contribution.payer_id}
    return holders(work, contribution.client_id, [Relationship.CLIENT, Relationship.AUTHORITY])


def _asker(work: Work, contribution: Contribution) -> set[UUID]:
    """Who asked, while they are still the lead."""
    leads = holders(work, contribution.client_id, [Relationship.LEAD])
    return {one for one in leads if one == contribution.asked_by}


def _tell_who_asked(work: Work, news: News) -> None:
    contribution = _contribution(work, news.contribution_id)
    if contribution:
        tell(work, _asker(work, contribution), f"parked-{news.id}", _address(contribution))


def _address(contribution: Contribution) -> str:
    return f"/people/{contribution.client_id}/payments/{contribution.id}"
