"""The kinds, states and ways of what people tell us."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What it is, as the person calls it."""

    COMPLAINT = "complaint"
    FEEDBACK = "feedback"
    COMPLIMENT = "compliment"


class State(StrEnum):
    """How what somebody told us stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    LOOKING = "looking"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


#: The only ways from one state to the next.
MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ACKNOWLEDGED, State.WITHDRAWN}),
    State.ACKNOWLEDGED: frozenset({State.LOOKING, State.ANSWERED, State.WITHDRAWN}),
    State.LOOKING: frozenset({State.ANSWERED, State.WITHDRAWN}),
    State.ANSWERED: frozenset({State.CLOSED, State.REOPENED, State.WITHDRAWN}),
    State.CLOSED: frozenset({State.REOPENED}),
    State.REOPENED: frozenset({State.ANSWERED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.REOPENED}),
}
#: Feedback and compliments may be answered at once: thanks need no steps before them.
STRAIGHT: Mapping[State, frozenset[State]] = {State.RECEIVED: frozenset({State.ANSWERED})}
OPEN = frozenset({State.RECEIVED, State.ACKNOWLEDGED, State.LOOKING, State.ANSWERED, State.REOPENED})
IN_WORK = frozenset({State.ACKNOWLEDGED, State.LOOKING, State.REOPENED})


class Danger(StrEnum):
    """What the handler found out first: whether anyone is in danger."""

    NONE = "none"
    HELPED = "helped"  # there was, and help is on its way or there
    REPORTED = "reported"  # a possible reportable incident, passed on


class Outcome(StrEnum):
    """How something is closed: never without one of these and words beside it."""

    DONE = "done"
    WILL_BE = "will_be"
    NOT_DONE = "not_done"


class Resolved(StrEnum):
    """What the person says at the end."""

    YES = "yes"
    HALF = "half"
    NO = "no"


class By(StrEnum):
    """Whose message it is."""

    TELLER = "teller"
    HANDLER = "handler"
    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"


class Why(StrEnum):
    """Why a complaint is kept from somebody."""

    SUBJECT = "subject"  # it is about them
    TIED = "tied"  # they said that they are too close to it
