"""Which terms there are, where it comes from that one is fixed, and what may become of a question about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Term(StrEnum):
    """What can be open or fixed. A line has all of them, the whole plan only those of ``OF_THE_WHOLE``."""

    PRICE = "price"
    TIMES = "times"
    AMOUNT = "amount"
    PROVIDER = "provider"
    SHARED = "shared"  # how many people share it
    WORKERS = "workers"
    PLACE = "place"
    PAYER = "payer"  # which part of the funding
    DAYS = "days"  # first and last day
    ENDING = "ending"  # notice, cancelling
    SHARE = "share"  # what the person pays themselves


OF_THE_WHOLE = (Term.DAYS, Term.PAYER, Term.PROVIDER, Term.PRICE, Term.SHARE, Term.ENDING)
OF_A_LINE = tuple(Term)


class Stands(StrEnum):
    """Whether a term can still be talked about."""

    OPEN = "open"
    FIXED = "fixed"


class SaidBy(StrEnum):
    """Where it comes from that a term is open or fixed."""

    LAW = "law"
    FUNDER = "funder"
    SAFETY = "safety"
    POLICY = "policy"  # of an organisation
    PERSON = "person"  # the person whose plan it is wants it so


class Asked(StrEnum):
    """How a question about a mark stands."""

    OPEN = "open"
    PARKED = "parked"  #: put off, with somebody who sees to it and a day
    OTHER = "other"  #: answered with something else; whoever asked says whether that is right
    KEPT = "kept"
    LIFTED = "lifted"
    MET = "met"  #: whoever asked said yes to what was offered instead
    ASKED_AGAIN = "asked_again"  #: what was offered is not right; a new question says why
    TAKEN_BACK = "taken_back"


_OF_OPEN = frozenset({Asked.KEPT, Asked.LIFTED, Asked.OTHER, Asked.PARKED, Asked.TAKEN_BACK})
ANSWERS: Mapping[Asked, frozenset[Asked]] = MappingProxyType(
    {
        Asked.OPEN: _OF_OPEN,
        Asked.PARKED: _OF_OPEN,
        Asked.OTHER: frozenset({Asked.MET, Asked.ASKED_AGAIN, Asked.TAKEN_BACK}),
        **dict.fromkeys((Asked.KEPT, Asked.LIFTED, Asked.MET, Asked.ASKED_AGAIN, Asked.TAKEN_BACK), frozenset()),
    }
)  #: what may become of a question; one that was answered stays, and a new one can be asked
TO_ANSWER = frozenset({Asked.OPEN, Asked.PARKED})  #: whoever marked it or leads the work can answer
UNSETTLED = TO_ANSWER | {Asked.OTHER}
