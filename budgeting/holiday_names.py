"""What public holidays are called: their published names as sentences, so that each reader has them translated."""

from __future__ import annotations

from collections.abc import Mapping

from budgeting.words import Name, Words, words

OBSERVED = " (observed)"
SHOW_DAY = " Show Day"
ANNUAL_SHOW = " Annual Show"

_NAMES: tuple[Words, ...] = (
    words("New Year's Day"),
    words("Australia Day"),
    words("Labour Day"),
    words("Canberra Day"),
    words("Adelaide Cup Day"),
    words("Eight Hours Day"),
    words("Good Friday"),
    words("Easter Saturday"),
    words("Easter Sunday"),
    words("Easter Monday"),
    words("ANZAC Day"),
    words("May Day"),
    words("Reconciliation Day"),
    words("Western Australia Day"),
    words("King's Birthday"),
    words("Picnic Day"),
    words("The Royal Queensland Show"),
    words("Toowoomba Royal Agricultural Show"),
    words("Friday before the AFL Grand Final"),
    words("Melbourne Cup Day"),
    words("Christmas Eve"),
    words("Christmas Day"),
    words("Boxing Day"),
    words("Proclamation Day"),
    words("New Year's Eve"),
)
_BY_NAME: Mapping[str, Words] = {one.text: one for one in _NAMES}


def named(name: str) -> Name | Words:
    """What to call a holiday with this published name; one that is not on the list keeps its name as published."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.endswith(OBSERVED):
        # Translators: a day off on a weekday for a public holiday that falls on a weekend.
        return words("{holiday} (observed)", holiday=named(name.removesuffix(OBSERVED)))
    if name.endswith(SHOW_DAY):
        # Translators: a local holiday for the yearly agricultural fair of a town.
        return words("{place} Show Day", place=Name(name.removesuffix(SHOW_DAY)))
    if name.endswith(ANNUAL_SHOW):
        return words("{place} Annual Show", place=Name(name.removesuffix(ANNUAL_SHOW)))
    return Name(name)
