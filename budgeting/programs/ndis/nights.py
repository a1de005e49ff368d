"""Night-time sleepovers: what is one, and the hours in it for which the worker is awake.

NDIS Pricing Arrangements 2025-26 v1.1, "Night-time sleepover supports".
"""

from __future__ import annotations

from datetime import date

from budgeting.bands import MIDNIGHT, DayKind
from budgeting.period import Band
from budgeting.programs.ndis import parameters


def is_sleepover(start: int, end: int, day: date) -> bool:
    """Whether a night from a minute of one day to a minute of the next is a sleepover: long enough, over midnight."""
    least = int(parameters().text("sleepover_minutes", day))
    return end <= start and MIDNIGHT - start + end >= least and end > 0


def active_minutes_included(day: date) -> int:
    """Minutes of active support that the price of a sleepover includes."""
    return int(parameters().text("sleepover_active_minutes", day))


def active_band(day: DayKind, minute: int = 0) -> Band:
    """The band of active hours in a sleepover: that of their day, on a weekday that of Saturday.

    ``minute`` is the minute of the day at which they may begin, for holidays that are only in the evening.
    """
    return day.band(minute) or Band.SATURDAY
