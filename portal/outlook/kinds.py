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


#: What alarms of these kinds say comes from playing the plan in force against the money.
FROM_THE_PLAN = frozenset({AlarmKind.EARLY, AlarmKind.WITHIN, AlarmKind.HOURS, AlarmKind.VISITS, AlarmKind.PRICE})
#: Beginnings of the kinds of event after which the outlook is made anew.
MOVING = ("funding.", "plans.version_", "spending.", "living.", "equipment.", "claims.statement_")
#: What is also on its way to move it: the job that makes the next version runs after these.
ABOUT_TO_MOVE = ("proposals.accepted",)
#: What moves it only while nothing is agreed, and the draft itself is what is played.
DRAFTING = ("proposals.line", "proposals.started")
