"""The states of a contribution and of one try to pay it, with the one table of which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PaymentState(StrEnum):
    """How a contribution stands."""

    ASKED = "asked"  # nothing has been paid
    ON_ITS_WAY = "on_its_way"  # a bank is working on it; nothing has arrived
    PAID = "paid"
    FAILED = "failed"  # a payment did not go through; it can be tried again
    CANCELLED = "cancelled"  # no longer asked for


FOLLOWS: Mapping[PaymentState, frozenset[PaymentState]] = {
    PaymentState.ASKED: frozenset(
        {PaymentState.ON_ITS_WAY, PaymentState.PAID, PaymentState.FAILED, PaymentState.CANCELLED}
    ),
    PaymentState.ON_ITS_WAY: frozenset({PaymentState.PAID, PaymentState.FAILED}),
    PaymentState.FAILED: frozenset({PaymentState.ON_ITS_WAY, PaymentState.PAID, PaymentState.CANCELLED}),
    PaymentState.PAID: frozenset(),
    PaymentState.CANCELLED: frozenset(),
}
PAYABLE = frozenset({PaymentState.ASKED, PaymentState.FAILED})
OPEN = PAYABLE | {PaymentState.ON_ITS_WAY}


class AttemptState(StrEnum):
    """How far one payment page came, as the payment service says."""

    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


ATTEMPT_FOLLOWS: Mapping[AttemptState, frozenset[AttemptState]] = {
    AttemptState.OPEN: frozenset(
        {AttemptState.PROCESSING, AttemptState.PAID, AttemptState.FAILED, AttemptState.EXPIRED}
    ),
    AttemptState.PROCESSING: frozenset({AttemptState.PAID, AttemptState.FAILED}),
    AttemptState.PAID: frozenset(),
    AttemptState.FAILED: frozenset(),
    AttemptState.EXPIRED: frozenset(),
}
LEADS_TO: Mapping[AttemptState, PaymentState] = {
    AttemptState.PROCESSING: PaymentState.ON_ITS_WAY,
    AttemptState.PAID: PaymentState.PAID,
    AttemptState.FAILED: PaymentState.FAILED,
}


class NewsState(StrEnum):
    """What became of a message from the payment service."""

    WAITING = "waiting"
    APPLIED = "applied"
    PARKED = "parked"  # waits for a person


class Mismatch(StrEnum):
    """Why a message was parked: what the payment service says does not fit our record."""

    UNKNOWN = "unknown"  # no contribution of ours
    AMOUNT = "amount"
    CURRENCY = "currency"
    MODE = "mode"  # test money where real money belongs, or the reverse
    REFERENCE = "reference"  # another payment page than ours
    TWICE = "twice"  # paid, though it was paid already
    NOT_ASKED = "not_asked"  # paid, though it is no longer asked for
    UNEXPECTED = "unexpected"  # a step that cannot follow the one before


class LedgerAccount(StrEnum):
    """The accounts of the ledger. What a client owes is counted client by client."""

    OWED = "owed"  # contributions that were asked for and have not arrived
    CONTRIBUTIONS = "contributions"  # what was asked for, in all
    CLEARING = "clearing"  # what the payment service holds for us


class Cause(StrEnum):
    """What a transfer is for."""

    ASKED = "asked"
    PAID = "paid"
    TAKEN_BACK = "taken_back"  # the reversal of another transfer


POSTED: Mapping[Cause, tuple[LedgerAccount, LedgerAccount]] = {  # debited, credited
    Cause.ASKED: (LedgerAccount.OWED, LedgerAccount.CONTRIBUTIONS),
    Cause.PAID: (LedgerAccount.CLEARING, LedgerAccount.OWED),
}
