"""What public holidays are called: their published names as sentences, so that each reader has them translated."""

from __future__ import annotations

from budgeting import programs
from budgeting.programs import listed
from budgeting.words import Name, Words, words

OBSERVED = " (observed)"
SHOW_DAY = " Show Day"
ANNUAL_SHOW = " Annual Show"

_NAMES: frozenset[str] = frozenset(listed.table(programs.FOLDER / "holiday_names.toml")["names"])


def named(name: str) -> Name | Words:
    """What to call a holiday with this published name; one that is not on the list keeps its name as published."""
    if name in _NAMES:
        return Words(name)
    if name.endswith(OBSERVED):
        # Translators: a day off on a weekday for a public holiday that falls on a weekend.
        return words("{holiday} (observed)", holiday=named(name.removesuffix(OBSERVED)))
    if name.endswith(SHOW_DAY):
        # Translators: a local holiday for the yearly agricultural fair of a town.
        return words("{place} Show Day", place=Name(name.removesuffix(SHOW_DAY)))
    if name.endswith(ANNUAL_SHOW):
        return words("{place} Annual Show", place=Name(name.removesuffix(ANNUAL_SHOW)))
    return Name(name)
