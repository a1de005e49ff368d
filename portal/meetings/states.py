"""What may be done at which moment: with a meeting, a point for it, a problem, an idea, a follow-up. Tables only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from budgeting.words import words
from portal.work import Refusal


class MeetingState(StrEnum):
    """How a meeting stands."""

    PREPARING = "preparing"
    SENT = "sent"  # the pack was sent; it can be sent again as a new version
    HELD = "held"
    CALLED_OFF = "called_off"


class MeetingAct(StrEnum):
    """What can be done with a meeting."""

    CHANGE = "change"  # day, place, contents, points, guests
    SEND = "send"
    HOLD = "hold"
    CALL_OFF = "call_off"


MEETING: Mapping[MeetingState, frozenset[MeetingAct]] = {
    MeetingState.PREPARING: frozenset(MeetingAct),
    MeetingState.SENT: frozenset(MeetingAct),
    MeetingState.HELD: frozenset(),
    MeetingState.CALLED_OFF: frozenset(),
}


class PointState(StrEnum):
    """Whether a point is on the agenda."""

    ON = "on"  # on the list of what is talked about
    SUGGESTED = "suggested"  # by somebody else, waiting for who decides
    OFF = "off"  # not this time


class IdeaState(StrEnum):
    """How an idea for a problem stands."""

    SUGGESTED = "suggested"
    OPEN = "open"
    PICKED = "picked"
    OFF = "off"


class ProblemState(StrEnum):
    """How a problem stands."""

    OPEN = "open"
    TRYING = "trying"  # an idea was picked
    SOLVED = "solved"
    PUT_AWAY = "put_away"


class ProblemAct(StrEnum):
    """What can be done with a problem."""

    CHANGE = "change"  # its words, its ideas
    PICK = "pick"
    SOLVE = "solve"
    PUT_AWAY = "put_away"
    OPEN_AGAIN = "open_again"


PROBLEM: Mapping[ProblemState, frozenset[ProblemAct]] = {
    ProblemState.OPEN: frozenset({ProblemAct.CHANGE, ProblemAct.PICK, ProblemAct.SOLVE, ProblemAct.PUT_AWAY}),
    ProblemState.TRYING: frozenset(ProblemAct),
    ProblemState.SOLVED: frozenset({ProblemAct.OPEN_AGAIN}),
    ProblemState.PUT_AWAY: frozenset({ProblemAct.OPEN_AGAIN}),
}


class FollowUpState(StrEnum):
    """How something that is to be done stands."""

    SUGGESTED = "suggested"  # waits for who decides
    OPEN = "open"
    LATER_ASKED = "later_asked"  # more time was asked for, and nobody has agreed yet
    DONE = "done"
    DROPPED = "dropped"  # not needed any more


class FollowUpAct(StrEnum):
    """What can be done with something that is to be done."""

    AGREE = "agree"
    FINISH = "finish"
    ASK_LATER = "ask_later"
    ALLOW_LATER = "allow_later"
    KEEP_DAY = "keep_day"
    DROP = "drop"
    OPEN_AGAIN = "open_again"


FOLLOW_UP: Mapping[FollowUpState, frozenset[FollowUpAct]] = {
    FollowUpState.SUGGESTED: frozenset({FollowUpAct.AGREE, FollowUpAct.DROP}),
    FollowUpState.OPEN: frozenset({FollowUpAct.FINISH, FollowUpAct.ASK_LATER, FollowUpAct.DROP}),
    FollowUpState.LATER_ASKED: frozenset(
        {FollowUpAct.ALLOW_LATER, FollowUpAct.KEEP_DAY, FollowUpAct.FINISH, FollowUpAct.DROP}
    ),
    FollowUpState.DONE: frozenset({FollowUpAct.OPEN_AGAIN}),
    FollowUpState.DROPPED: frozenset({FollowUpAct.OPEN_AGAIN}),
}

GONE_ON = words("This has gone on since. The page shows it as it is now.")


def must_permit(permits: frozenset[StrEnum], act: StrEnum) -> None:
    """Refuse an act that is not possible at this moment any more."""
    if act not in permits:
        raise Refusal(GONE_ON)
