"""What the item numbers of the catalogue say: the rule of their hours, and the items for single kinds of claims."""

from __future__ import annotations

from datetime import date

from budgeting.catalogue import Editions
from budgeting.programs.ndis import parameters

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
    groups = parameters().texts("nurse_groups", day)
    return "nurse" if any(part in groups for part in item.split("_")[2:3]) else "standard"


def transformation(item: str, day: date) -> bool | None:
    """Whether an item at temporary transformation payment prices may be claimed on a day; None: it is no such item.

    What those prices were is in no list here, so that they stay unknown.
    """
    known = parameters().by_key["transformation_ending"]
    if not item.endswith(tuple(str(ending) for _, ending in known.values if ending)):
        return None
    return bool(known.on(day))
