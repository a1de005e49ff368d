"""The states of a change and of each yes it needs, and what a change can touch."""

from __future__ import annotations

from enum import StrEnum


class RequestState(StrEnum):
    DRAFT = "draft"  #: being written; only who writes it sees it
    OPEN = "open"  #: asked; somebody has not said yes
    AGREED = "agreed"  #: everybody has said yes; waits for its day
    DONE = "done"  #: it holds: a version of the plan was made from it
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"  #: the plan has changed since; it must be looked at again


LIVING = frozenset({RequestState.DRAFT, RequestState.OPEN, RequestState.AGREED, RequestState.SUPERSEDED})
WAITS = frozenset({RequestState.OPEN, RequestState.AGREED})


class Given(StrEnum):
    """Where one party stands; only a positive act makes it AGREED."""

    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    OTHER = "other"  #: asks for something else
    TOLD = "told"  #: is told, and need not agree


ANSWERS = (Given.AGREED, Given.DECLINED, Given.OTHER)


class How(StrEnum):
    """How a yes or no came."""

    ASKED = "asked"  #: asking for it is agreeing to it
    ACCOUNT = "account"
    TELEPHONE = "telephone"


class Matter(StrEnum):
    """What a change can touch."""

    PRICE = "price"
    MONEY = "money"
    TIME = "time"
    DUTY = "duty"
    PRIVACY = "privacy"
    BODY = "body"
    HOME = "home"
