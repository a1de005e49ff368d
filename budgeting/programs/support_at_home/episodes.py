"""Money for a short time or for once: how often it may be granted, and how soon again.

Source: rule 1.4 (lengths and numbers A) and 1.5 (once in a lifetime, B); that months count from the end of the episode
before, and a year from the beginning of the first, is our conclusion (C).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from budgeting.allocation import Allocation, Pathway
from budgeting.money import Money
from budgeting.period import months_after
from budgeting.programs.support_at_home.account import END_OF_LIFE, pathway_days
from budgeting.programs.support_at_home.facts import fact
from budgeting.programs.support_at_home.granted import PATHWAYS
from budgeting.quotation import Finding, Level
from budgeting.words import words


def findings(given: Allocation) -> Iterator[Finding]:
    """What was told as granted more often or sooner than the rules allow: to be checked, and it counts meanwhile."""
    for code in dict.fromkeys(one.code for one in given.pathways):
        told = sorted((one for one in given.pathways if one.code == code), key=lambda one: one.since)
        again = next((after for before, after in pairwise(told) if _too_soon(before, after)), None)
        again = again or _too_many(told)
        if again:
            text = words(
                "{pathway} from {day} comes sooner or more often than the rules allow. Please check the letter.",
                pathway=PATHWAYS[code],
                day=again.since,
            )
            yield Finding("pathway_too_often", Level.WARNING, text, day=again.since)
    large = sorted(one.since for one in given.tiers if one.scheme == "hm" and one.amount > _medium(one.since))
    if len(large) > fact("tier_high_most", "hm", large[-1] if large else date.max).number:
        text = words(
            "The highest amount for changes to the home is granted once in a lifetime. Please check the letter of "
            "{day}.",
            day=large[-1],
        )
        yield Finding("tier_too_often", Level.WARNING, text, day=large[-1])


def _medium(day: date) -> Money:
    return fact("tier_hm", "medium", day).money


def _too_soon(before: Pathway, after: Pathway) -> bool:
    if after.code == END_OF_LIFE:
        return False
    months = fact("pathway_gap_months", after.code, after.since).number
    return after.since < months_after(pathway_days(before).last + timedelta(days=1), months)


def _too_many(told: list[Pathway]) -> Pathway | None:
    """The first episode that is one too many: in a year, or ever at the end of life."""
    for number, one in enumerate(told):
        most = fact("pathway_episodes", one.code, one.since).number
        if number < most:
            continue
        if one.code == END_OF_LIFE or one.since < months_after(told[number - most].since, 12):
            return one
    return None
