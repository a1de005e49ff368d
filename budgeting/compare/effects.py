"""What a change gives or takes, as a phrase to be put into a sentence: time first, then money."""

from __future__ import annotations

from budgeting.compare import Difference, LineChange
from budgeting.explain.describe import listed
from budgeting.money import Minutes, Money, rounded
from budgeting.package import Weekly
from budgeting.quotation import LineQuote
from budgeting.words import Words, words

WEEK = 7  # days
NO_DIFFERENCE = words("the hours and the cost stay the same")


def a_week(change: LineChange) -> Words | None:
    """What the line gives or takes in an ordinary week; None where a week says nothing about it.

    The time is that of its visits, the money an average over all its days, rounded once to the cent: public holidays
    and weekends cost what they cost. A line whose days move, or that has no weekly visits, has no ordinary week.
    """
    before, after = change.before, change.after
    there = [one for one in (before, after) if one is not None]
    if not all(isinstance(one.line.schedule, Weekly) for one in there) or len({one.line.period for one in there}) != 1:
        return None
    time = _minutes_a_week(after) - _minutes_a_week(before)
    money = Money(rounded(change.more.minor * WEEK, there[0].line.period.days))
    said = []
    if time:
        more = words("{time} more a week", time=Minutes(time))
        said.append(more if time > 0 else words("{time} less a week", time=Minutes(-time)))
    if money:
        more = words("about {amount} more a week", amount=money)
        said.append(more if money.minor > 0 else words("about {amount} less a week", amount=-money))
    return listed(said) if said else None


def in_all(change: LineChange) -> Words:
    """What the line gives or takes over all its days: exact sums."""
    return _told(*change.minutes, change.more)


def together(difference: Difference) -> Words:
    """What several lines give and take over all their days, added up; the time of family and friends is time too."""
    before = difference.before.minutes + difference.before.unpaid
    return _told(before, difference.after.minutes + difference.after.unpaid, difference.more)


def _told(before: Minutes, after: Minutes, more: Money) -> Words:
    said = []
    if after > before:
        said.append(words("{time} more", time=Minutes(after.count - before.count)))
    if after < before:
        said.append(words("{time} less", time=Minutes(before.count - after.count)))
    if more.minor > 0:
        said.append(words("{amount} more", amount=more))
    if more.minor < 0:
        said.append(words("{amount} less", amount=-more))
    return listed(said) if said else NO_DIFFERENCE


def _minutes_a_week(quoted: LineQuote | None) -> int:
    """The time of the visits of a line in a week, several workers counted once; none where the line is not there."""
    if quoted is None or not isinstance(quoted.line.schedule, Weekly):
        return 0
    weekly = quoted.line.schedule
    return rounded(weekly.minutes_a_week, weekly.every_n_weeks)
