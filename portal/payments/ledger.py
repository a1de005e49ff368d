"""The ledger: double entry in whole cents, never changed, corrected only by reversals; and what must hold of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from budgeting.money import ZERO, Money
from portal.access.scope import unscoped
from portal.invariants import invariant
from portal.journal import Event, JournalEntry, decode
from portal.payments.events import ContributionAsked, ContributionCancelled, ContributionPaid
from portal.payments.model import Contribution, Transfer
from portal.payments.states import OPEN, POSTED, Cause, LedgerAccount, PaymentState
from portal.work import Work


class Posting(NamedTuple):
    """One side of a transfer: what an account of one client gains (debit) or gives (credit)."""

    account: LedgerAccount
    client_id: UUID
    amount: Money


def post(work: Work, contribution: Contribution, cause: Cause, key: str) -> Transfer:
    """Move the whole amount of a contribution; ``key`` is unique, so doing it twice is refused by the database."""
    debit, credit = POSTED[cause]
    return _kept(work, contribution, debit, credit, cause, key, None)


def take_back(work: Work, contribution: Contribution) -> Transfer:
    """Reverse the transfer by which a contribution was asked for."""
    asked = select(Transfer).where(Transfer.contribution_id == contribution.id, Transfer.cause == Cause.ASKED)
    first = work.session.scalars(unscoped(asked, "the transfer to reverse")).one()
    key = f"{first.id}|taken back"
    return _kept(work, contribution, first.credit, first.debit, Cause.TAKEN_BACK, key, first.id)


def _kept(
    work: Work,
    contribution: Contribution,
    debit: LedgerAccount,
    credit: LedgerAccount,
    cause: Cause,
    key: str,
    reverses: UUID | None,
) -> Transfer:
    transfer = Transfer(
        client_id=contribution.client_id,
        debit=debit,
        credit=credit,
        amount=contribution.amount,
        key=key,
        cause=cause,
        contribution_id=contribution.id,
        reverses_id=reverses,
        at=work.now,
        by=work.account_id,
    )
    work.session.add(transfer)
    work.session.flush()
    return transfer


def postings(transfers: Iterable[Transfer]) -> Iterator[Posting]:
    """Both sides of each transfer: the debit as a plus, the credit as a minus."""
    for transfer in transfers:
        yield Posting(transfer.debit, transfer.client_id, transfer.amount)
        yield Posting(transfer.credit, transfer.client_id, -transfer.amount)


def balances(transfers: Iterable[Transfer]) -> Mapping[tuple[LedgerAccount, UUID], Money]:
    """What each account of each client holds; all of them together are always zero."""
    found: dict[tuple[LedgerAccount, UUID], Money] = defaultdict(lambda: ZERO)
    for account, client_id, amount in postings(transfers):
        found[account, client_id] += amount
    return found


def all_transfers(work: Work) -> Iterator[Transfer]:
    """Every transfer there is, for the checks and for the reconciliation (already decided by the caller)."""
    yield from work.session.scalars(unscoped(select(Transfer).order_by(Transfer.at, Transfer.id), "the whole ledger"))


@invariant("ledger")
def whole(work: Work) -> Iterator[str]:
    """Every transfer is one the journal knows, with the same amount; each contribution stands as its transfers say."""
    transfers = {transfer.id: transfer for transfer in all_transfers(work)}
    yield from _unlike_the_journal(work, transfers)
    yield from _bad_reversals(transfers)
    by_contribution: dict[UUID, list[Transfer]] = defaultdict(list)
    for transfer in transfers.values():
        by_contribution[transfer.contribution_id].append(transfer)
    for contribution in work.session.scalars(unscoped(select(Contribution), "every contribution")):
        yield from _unlike_its_transfers(contribution, by_contribution.pop(contribution.id, []))
    if sum(money.minor for money in balances(transfers.values()).values()):
        yield "the accounts together are not zero"


def _unlike_the_journal(work: Work, transfers: Mapping[UUID, Transfer]) -> Iterator[str]:
    told: set[UUID] = set()
    kinds = {
        ContributionAsked.kind: Cause.ASKED,
        ContributionPaid.kind: Cause.PAID,
        ContributionCancelled.kind: Cause.TAKEN_BACK,
    }
    for entry in work.session.scalars(select(JournalEntry).where(JournalEntry.kind.in_(kinds))):
        event: Event = decode(entry)
        assert isinstance(event, ContributionAsked | ContributionPaid | ContributionCancelled)
        told.add(event.transfer_id)
        found = transfers.get(event.transfer_id)
        if found is None:
            yield f"transfer {event.transfer_id} is missing"
        elif (found.amount, found.cause, found.contribution_id) != (event.amount, kinds[event.kind], event.subject):
            yield f"transfer {found.id} was changed"
    for stranger in transfers.keys() - told:
        yield f"transfer {stranger} is not in the journal"


def _bad_reversals(transfers: Mapping[UUID, Transfer]) -> Iterator[str]:
    for transfer in transfers.values():
        if transfer.cause in POSTED:
            if (transfer.debit, transfer.credit) != POSTED[transfer.cause]:
                yield f"transfer {transfer.id} is between the wrong accounts"
            continue
        first = transfers.get(transfer.reverses_id) if transfer.reverses_id else None
        if first is None or (first.debit, first.credit, first.amount) != (
            transfer.credit,
            transfer.debit,
            transfer.amount,
        ):
            yield f"transfer {transfer.id} does not reverse anything"


def _unlike_its_transfers(contribution: Contribution, transfers: list[Transfer]) -> Iterator[str]:
    held: dict[LedgerAccount, Money] = defaultdict(lambda: ZERO)
    for account, _, amount in postings(transfers):
        held[account] += amount
    owed = contribution.amount if contribution.state in OPEN else ZERO
    paid = contribution.amount if contribution.state is PaymentState.PAID else ZERO
    if held[LedgerAccount.OWED] != owed or held[LedgerAccount.CLEARING] != paid:
        yield f"contribution {contribution.id} is {contribution.state.value}, but its transfers say otherwise"
