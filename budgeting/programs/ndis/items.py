"""What the item numbers of the catalogue say: the supports made of them, and the items for single kinds of claims."""

from __future__ import annotations

from datetime import date

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.families import DatedCategory, Family
from budgeting.period import Band
from budgeting.words import Words

BANDS = (Band.DAY, Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.SUNDAY, Band.HOLIDAY, Band.SLEEPOVER)


def family(
    key: str,
    items: str,
    label: Words,
    search: Words,
    unit: str = "H",
    hours: str = "standard",
    also: str = "",
    usual: bool = False,
) -> Family:
    """A family from its item numbers: one, or up to seven in the order of ``BANDS``.

    A dash means that the catalogue has no item for that time.
    """
    numbers = items.split()
    bands = BANDS if len(numbers) > 1 else (Band.ANY,)
    by_band = {band: number for band, number in zip(bands, numbers, strict=False) if number != "-"}
    return Family(key, label, search, unit, (DatedCategory(numbers[0][:2]),), by_band, hours, also=also, usual=usual)


CLAIM_ITEMS = {
    "travel": ("_PT",),
    "cancellation": ("_CA", "_CA2"),
    "non_face_to_face": ("_NF", "_NF2"),
    "reports": ("_RR",),
    "irregular_sil": (),  # on the support's own item; the lists that were seen have no other
}
AFAR = "_TH"  # the end of an item for support by telephone or video


def claim_item(item: str, claim: str, day: date, editions: Editions) -> str | None:
    """The item of its own that a support has for a kind of claim on a day, or None: then its own item is used."""
    return next((item + end for end in CLAIM_ITEMS[claim] if editions.row(item + end, day)), None)


def hours_rule(item: str, day: date) -> str:
    """The rule of time bands for an item by the registration group in its number: those of nurses, or the standard."""
    groups = programs.program("ndis").parameters.texts("nurse_groups", day)
    return "nurse" if any(part in groups for part in item.split("_")[2:3]) else "standard"
