"""What a letter of Support at Home tells by itself: the classification, from the published budget of a quarter."""

from __future__ import annotations

from datetime import date

from budgeting.money import Money
from budgeting.programs.support_at_home.facts import classification, classification_codes

WRITTEN_ROUNDED = 100  # letters write a budget without its cents


def level_of(quarter: Money, day: date) -> str | None:
    """The classification whose published budget for a quarter is what a letter says; None where none or several are."""
    published = {code: classification(code, day).published_quarter.minor for code in classification_codes()}
    found = [code for code, amount in published.items() if abs(amount - quarter.minor) < WRITTEN_ROUNDED]
    return found[0] if len(found) == 1 else None
