"""The National Disability Insurance Scheme: its prices, and the rules about visits, travel, nights and claims."""

from __future__ import annotations

from pathlib import Path

from budgeting import programs
from budgeting.parameters import Parameters

FOLDER = Path(__file__).parent


def parameters() -> Parameters:
    """The dated parameters of the program."""
    return programs.program("ndis").parameters
