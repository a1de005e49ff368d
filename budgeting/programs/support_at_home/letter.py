"""Who writes the letters of Support at Home."""

from __future__ import annotations

from budgeting.senders import Sender
from budgeting.words import words

SENDER = Sender(
    who=words("My Aged Care, for an older person at home."),
    choose=words("It is Support at Home"),
    rather=words("The letter is from Support at Home"),
)
