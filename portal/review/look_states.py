"""How looking again goes on: why it began, whose turn it is, and how it may end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Cause(StrEnum):
    """Why something is looked at again."""

    DAY = "day"  # the day that was agreed has come
    FACT = "fact"  # something is new
    NOT_WORKING = "not_working"


class LookState(StrEnum):
    """How far looking again has come."""

    ASKING = "asking"  # those who do the work are asked first
    HEARD = "heard"  # it is the person's turn
    ENDED = "ended"


class LookAct(StrEnum):
    """What can be done while something is looked at again."""

    ANSWER = "answer"
    HEAR = "hear"  # nobody has to be waited for any longer
    SAY = "say"  # the person's own view
    END = "end"


LOOK: Mapping[LookState, frozenset[LookAct]] = {
    LookState.ASKING: frozenset(LookAct),
    LookState.HEARD: frozenset(LookAct),
    LookState.ENDED: frozenset(),
}


class Outcome(StrEnum):
    """What the person wants to become of what was looked at."""

    KEEP = "keep"
    CHANGE = "change"
    STOP = "stop"
