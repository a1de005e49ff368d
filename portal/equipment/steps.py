"""The steps of equipment in words: how each stands, the one thing that comes next, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from budgeting.living.equipment import Step
from budgeting.words import Words, words


@dataclass(frozen=True)
class Said:
    """One step as it is shown: its badge and name, what comes next, and whose turn that is."""

    badge: str
    name: Words
    next: Words
    turn: Words


YOURS = words("Your turn, or that of who helps you")
SUPPLIER = words("The supplier's turn")
FUNDER = words("The turn of who approves it")
NOBODY = words("Nobody has to do anything")

SAID: Mapping[Step, Said] = {
    Step.NEED: Said("wait", words("Needed"), words("Try something out, or ask for a first quote."), YOURS),
    Step.TRIAL: Said("wait", words("Being tried"), words("Say how the trial went."), YOURS),
    Step.QUOTES: Said("wait", words("Quotes"), words("Compare the quotes and choose one."), YOURS),
    Step.ASKED: Said(
        "wait", words("Waiting for approval"), words("Write down the answer when the letter comes."), FUNDER
    ),
    Step.APPROVED: Said("ok", words("Approved"), words("Order it, and write down the deposit if there is one."), YOURS),
    Step.REFUSED: Said(
        "bad", words("Not approved"), words("Ask why, ask for a review, or choose another quote."), YOURS
    ),
    Step.ORDERED: Said("wait", words("Ordered"), words("Write down when it is delivered."), SUPPLIER),
    Step.DELIVERED: Said("wait", words("It is delivered"), words("Have it set up, and learn to use it."), SUPPLIER),
    Step.IN_USE: Said("ok", words("In use"), words("Tell the supplier when something is wrong with it."), NOBODY),
    Step.RETURNED: Said("info", words("Given back, or not wanted"), words("Nothing more is to do."), NOBODY),
}

#: What is next while something in use waits to be mended.
MENDING = Said("wait", words("In use"), words("Have it mended, and write down when it works again."), SUPPLIER)


def is_to_come(step: Step, trial_from: date | None, today: date) -> bool:
    """Whether it is a trial that has not begun, so that nobody asks how it went."""
    return step is Step.TRIAL and trial_from is not None and trial_from > today


def said(step: Step, trial_from: date | None, today: date) -> Said:
    """How a step stands on a day."""
    if trial_from is not None and is_to_come(step, trial_from, today):
        return Said("wait", words("Trial to come"), words("The trial begins on {day}.", day=trial_from), NOBODY)
    return SAID[step]


#: The way of something that goes well, for "where am I".
WAY = (
    (words("Need and trial"), (Step.NEED, Step.TRIAL)),
    (words("Quotes"), (Step.QUOTES, Step.REFUSED)),
    (words("Approval"), (Step.ASKED,)),
    (words("Order"), (Step.APPROVED,)),
    (words("Delivery"), (Step.ORDERED,)),
    (words("Setting up"), (Step.DELIVERED,)),
    (words("In use"), (Step.IN_USE,)),
)
