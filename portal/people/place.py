"""Where supports happen: the state decides public holidays, the class of the place prices and travel time."""

from __future__ import annotations

from collections.abc import Mapping

from budgeting.programs import calendar
from budgeting.words import Words, words

TIME_ZONES: Mapping[str, str] = {
    "ACT": "Australia/Sydney",
    "NSW": "Australia/Sydney",
    "NT": "Australia/Darwin",
    "QLD": "Australia/Brisbane",
    "SA": "Australia/Adelaide",
    "TAS": "Australia/Hobart",
    "VIC": "Australia/Melbourne",
    "WA": "Australia/Perth",
}
STATE_WORDS: Mapping[str, Words] = {
    "ACT": words("Australian Capital Territory"),
    "NSW": words("New South Wales"),
    "NT": words("Northern Territory"),
    "QLD": words("Queensland"),
    "SA": words("South Australia"),
    "TAS": words("Tasmania"),
    "VIC": words("Victoria"),
    "WA": words("Western Australia"),
}
# Modified Monash Model, and the zones of prices by it: NDIS Pricing Arrangements 2025-26, page 30 (confidence A).
CLASSES: Mapping[int, Words] = {
    1: words("A big city and its suburbs"),
    2: words("A regional centre, or close to one"),
    3: words("A large country town, or close to one"),
    4: words("A country town of middle size"),
    5: words("A small country town, or the country around it"),
    6: words("A remote place"),
    7: words("A very remote place"),
}
ZONES = {6: "remote", 7: "very_remote"}
ORDINARY = "national"
PRICES: Mapping[str, Words] = {
    "national": words("The ordinary price limits"),
    "remote": words("The higher price limits of remote places"),
    "very_remote": words("The highest price limits, of very remote places"),
}


def zone_of(mmm: int | None) -> str:
    """The zone of prices by the class of a place; the ordinary one while the class is not known."""
    return ZONES.get(mmm or 0, ORDINARY)


def regions(state: str) -> tuple[str, ...]:
    """The parts of a state that have a public holiday of their own, in order; empty where none is known."""
    return tuple(sorted({one.region for one in calendar().holidays if one.state == state and one.region}))


def every_region() -> tuple[str, ...]:
    """Every part of any state that has a public holiday of its own."""
    return tuple(sorted({one.region for one in calendar().holidays if one.region}))
