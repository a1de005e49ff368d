"""The states of a change and of each yes it needs, what may be done in each, and what a change can touch."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RequestState(StrEnum):
    """How a change stands, from its draft to its end."""

    DRAFT = "draft"  #: being written; only who writes it sees it
    OPEN = "open"  #: asked; somebody has not said yes
    AGREED = "agreed"  #: everybody has said yes; waits for its day
    DONE = "done"  #: it holds: a version of the plan was made from it
    RUNNING = "running"  #: urgent: it holds for now, until a day by which everybody must have said yes
    LAPSED = "lapsed"  #: urgent, and that day went by: what somebody relies on goes on until a person decides
    ENDED = "ended"  #: urgent, and a person decided that the plan goes back to how it was
    PARKED = "parked"  #: not yet: put aside by whoever asked for it, until a day
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"  #: its supports changed since, or its day went by; it must be looked at again


#: The change is settled without the answers that are still open: nobody needs them any more.
SETTLED = frozenset({RequestState.DONE, RequestState.WITHDRAWN})


class Act(StrEnum):
    """What a person may do with a change."""

    EDIT = "edit"
    ASK = "ask"
    ANSWER = "answer"
    SPLIT = "split"  #: go on with some of its lines, and go on asking for the others
    PARK = "park"
    RESUME = "resume"
    LOOK_AGAIN = "look_again"
    WITHDRAW = "withdraw"
    DECIDE = "decide"  #: about an urgent change that holds for now: go on, or back to how it was
    TELL = "tell"  #: whether it helped


#: What may be done in each state; everything else is refused.
ACTS: Mapping[RequestState, frozenset[Act]] = {
    RequestState.DRAFT: frozenset({Act.EDIT, Act.ASK, Act.PARK, Act.LOOK_AGAIN, Act.WITHDRAW}),
    RequestState.OPEN: frozenset({Act.EDIT, Act.ANSWER, Act.SPLIT, Act.PARK, Act.LOOK_AGAIN, Act.WITHDRAW}),
    RequestState.AGREED: frozenset({Act.EDIT, Act.ANSWER, Act.SPLIT, Act.PARK, Act.LOOK_AGAIN, Act.WITHDRAW}),
    RequestState.RUNNING: frozenset({Act.ANSWER, Act.DECIDE}),
    RequestState.LAPSED: frozenset({Act.DECIDE}),
    RequestState.PARKED: frozenset({Act.RESUME, Act.WITHDRAW}),
    RequestState.SUPERSEDED: frozenset({Act.LOOK_AGAIN, Act.WITHDRAW}),
    RequestState.DONE: frozenset({Act.TELL}),
    RequestState.ENDED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}

#: Where each state can lead; a change never goes another way.
MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.OPEN, RequestState.PARKED, RequestState.WITHDRAWN}),
    RequestState.OPEN: frozenset(
        {
            *(RequestState.AGREED, RequestState.RUNNING, RequestState.PARKED),
            *(RequestState.SUPERSEDED, RequestState.WITHDRAWN),
        }
    ),
    RequestState.AGREED: frozenset(
        {
            *(RequestState.OPEN, RequestState.DONE, RequestState.PARKED),
            *(RequestState.SUPERSEDED, RequestState.WITHDRAWN),
        }
    ),
    RequestState.RUNNING: frozenset({RequestState.DONE, RequestState.LAPSED, RequestState.ENDED}),
    RequestState.LAPSED: frozenset({RequestState.RUNNING, RequestState.ENDED}),
    RequestState.PARKED: frozenset({RequestState.DRAFT, RequestState.WITHDRAWN}),
    RequestState.SUPERSEDED: frozenset({RequestState.OPEN, RequestState.WITHDRAWN}),
    RequestState.DONE: frozenset(),
    RequestState.ENDED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}

WAITS = frozenset({RequestState.OPEN, RequestState.AGREED})
ANSWERED_IN = frozenset(state for state, acts in ACTS.items() if Act.ANSWER in acts)
IN_FORCE = frozenset({RequestState.DONE, RequestState.RUNNING, RequestState.LAPSED})
UNASKED = frozenset({RequestState.DRAFT, RequestState.PARKED})  #: nobody else has been asked, or is asked any more


class Given(StrEnum):
    """Where one party stands; only a positive act makes it AGREED."""

    WAITING = "waiting"
    AGREED = "agreed"
    PARTLY = "partly"  #: yes to some of the lines, not yet to the others
    DECLINED = "declined"
    OTHER = "other"  #: asks for something else
    TOLD = "told"  #: is told, and need not agree


ANSWERS = (Given.AGREED, Given.PARTLY, Given.DECLINED, Given.OTHER)
REFUSED = frozenset({Given.PARTLY, Given.DECLINED, Given.OTHER})

#: What an answer may become: any other answer, and waiting again when its part moves. Who is told never answers.
GIVEN_MOVES: Mapping[Given, frozenset[Given]] = {
    Given.WAITING: frozenset({*ANSWERS, Given.TOLD}),
    **{one: frozenset({*ANSWERS, Given.WAITING, Given.TOLD}) for one in ANSWERS},
    Given.TOLD: frozenset({Given.WAITING}),
}


class How(StrEnum):
    """How a yes or no came."""

    ASKED = "asked"  #: asking for it is agreeing to it
    ACCOUNT = "account"
    TELEPHONE = "telephone"


class AtOnce(StrEnum):
    """Whether an urgent change waits for somebody's yes before it begins."""

    NOW = "now"
    ONE = "one"  #: one yes among all who have this say
    LATER = "later"  #: may be given while it holds for now


class Helped(StrEnum):
    """Whether a change helped, said by the person some weeks later."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Matter(StrEnum):
    """What a change can touch."""

    PRICE = "price"
    MONEY = "money"
    TIME = "time"
    DUTY = "duty"
    PRIVACY = "privacy"
    BODY = "body"
    HOME = "home"
