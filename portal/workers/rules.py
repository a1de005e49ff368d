"""The numbers of this slice that vary by date, read from rules.toml with their sources."""

from __future__ import annotations

from functools import cache
from importlib import resources

from budgeting.parameters import Parameters, read_parameters


@cache
def rules() -> Parameters:
    """Every number, to be asked for a day."""
    text = (resources.files("portal.workers") / "rules.toml").read_text(encoding="utf-8")
    return read_parameters(text)[1]
