"""What the letter of the Meadow Allowance is asked for, in its own words."""

from __future__ import annotations

from budgeting.letters import Letter
from budgeting.senders import Sender
from budgeting.words import words

SENDER = Sender(
    who=words("The Meadow Office, for whoever lives by the meadow."),
    choose=words("Meadow Allowance"),
    rather=words("The letter is from the Meadow Allowance"),
)
LETTER = Letter(
    starts=words("First day of the allowance"),
    ends=words("Last day of the allowance"),
    ends_hint=None,
    level=words("Size of the allowance"),
)
