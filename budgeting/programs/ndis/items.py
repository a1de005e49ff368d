"""How a support of the NDIS is made from the item numbers of the catalogue."""

from __future__ import annotations

from budgeting.families import DatedCategory, Family
from budgeting.period import Band
from budgeting.words import Words

BANDS = (Band.DAY, Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.SUNDAY, Band.HOLIDAY, Band.SLEEPOVER)


def family(key: str, items: str, label: Words, search: Words, unit: str = "H", hours: str = "standard") -> Family:
    """A family from its item numbers: one, or up to seven in the order of ``BANDS``.

    A dash means that the catalogue has no item for that time.
    """
    numbers = items.split()
    bands = BANDS if len(numbers) > 1 else (Band.ANY,)
    by_band = {band: number for band, number in zip(bands, numbers, strict=False) if number != "-"}
    return Family(key, label, search, unit, (DatedCategory(numbers[0][:2]),), by_band, hours)
