"""What people can ask to be told about."""

from __future__ import annotations

from enum import StrEnum


class AlarmKind(StrEnum):
    """What somebody wants to be told about."""

    EARLY = "early"  # the money would end before the plan does
    WITHIN = "within"  # it would end within some weeks
    HOURS = "hours"  # fewer than some hours of support are left
    VISITS = "visits"  # fewer than some visits of one support are left
    PRICE = "price"  # a change of prices makes it end earlier
    CLAIM = "claim"  # the last day to claim something is near
    AWAY = "away"  # somebody did not come
