"""The parts that a letter of the Meadow Allowance may name where it has no level."""

from __future__ import annotations

from budgeting.parts import Part
from budgeting.words import words

PARTS = (
    Part("meadow_home", "Hearth", words("At the hearth"), words("Whoever comes to your home."), ("home",)),
    Part("meadow_out", "Paths", words("Out on the paths"), words("Outings."), ("out",), stated=True),
)
