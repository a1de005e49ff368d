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
    KEPT = "kept"
    LIFTED = "lifted"
    TAKEN_BACK = "taken_back"


ANSWERS: Mapping[Asked, frozenset[Asked]] = MappingProxyType(
    {
        Asked.OPEN: frozenset({Asked.KEPT, Asked.LIFTED, Asked.TAKEN_BACK}),
        Asked.KEPT: frozenset(),
        Asked.LIFTED: frozenset(),
        Asked.TAKEN_BACK: frozenset(),
    }
)  #: what may become of a question; one that was answered stays, and a new one can be asked
