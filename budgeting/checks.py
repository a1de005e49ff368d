"""Rules common to all programs: what the calculator notices about a package, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from budgeting.period import Calendar
from budgeting.programs import Rules
from budgeting.quotation import Finding, Quote


def findings(quote: Quote, calendar: Calendar, rules: Rules) -> Iterator[Finding]:
    """Everything worth saying about a priced package."""
    yield from ()
