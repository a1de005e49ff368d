"""How small steps towards a goal stand, and what may become of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class StepState(StrEnum):
    """How a small step stands."""

    SUGGESTED = "suggested"  # by somebody else, waiting for the person
    OPEN = "open"
    DONE = "done"
    OFF = "off"  # not wanted any more


class StepAct(StrEnum):
    """What can be done with a small step."""

    TAKE = "take"  # say yes to what was suggested
    FINISH = "finish"
    DROP = "drop"
    OPEN_AGAIN = "open_again"


STEP: Mapping[StepState, Mapping[StepAct, StepState]] = {
    StepState.SUGGESTED: {StepAct.TAKE: StepState.OPEN, StepAct.DROP: StepState.OFF},
    StepState.OPEN: {StepAct.FINISH: StepState.DONE, StepAct.DROP: StepState.OFF},
    StepState.DONE: {StepAct.OPEN_AGAIN: StepState.OPEN},
    StepState.OFF: {StepAct.OPEN_AGAIN: StepState.OPEN},
}
