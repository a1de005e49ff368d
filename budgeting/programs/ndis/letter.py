"""Who writes the letters of the NDIS."""

from __future__ import annotations

from budgeting.senders import Sender
from budgeting.words import words

SENDER = Sender(
    who=words("The National Disability Insurance Agency, for a person with disability."),
    choose=words("It is the NDIS"),
    rather=words("The letter is from the NDIS"),
)
