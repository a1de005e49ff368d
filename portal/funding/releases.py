"""When the money of a component is released: in equal parts, or on the days and in the amounts a letter says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from budgeting.money import Money
from budgeting.words import Name, words
from portal.funding.reading import find
from portal.reading import Unreadable

WRITTEN = "written"  # the dates and amounts are typed, one funding period on a line
ONCE = "once"
EVERY = {"1": 1, "3": 3, "6": 6, "12": 12}  # months
CHOICES = (ONCE, *EVERY, WRITTEN)
EXAMPLE = "1/7/2026 – 30/9/2026 $9,500"
MOST_PERIODS = 60


@dataclass(frozen=True, slots=True)
class Release:
    """Money that is there from the first of these inclusive days on."""

    starts: date
    ends: date
    amount: Money


def equal(amount: Money, starts: date, ends: date, months: int) -> tuple[Release, ...]:
    """Equal parts every so many months; cents that do not divide are in the last part."""
    firsts: list[date] = []
    day = starts
    while day <= ends and len(firsts) < MOST_PERIODS:
        firsts.append(day)
        day = _later(starts, months * len(firsts))
    share = amount.minor // len(firsts) if firsts else 0
    made = []
    for number, first in enumerate(firsts):
        last_one = number == len(firsts) - 1
        last = ends if last_one else firsts[number + 1] - timedelta(1)
        made.append(Release(first, last, Money(amount.minor - share * number if last_one else share)))
    return tuple(made)


def _later(day: date, months: int) -> date:
    """The same day some months later; a day the month does not have becomes its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def written(text: str) -> tuple[Release, ...]:
    """Funding periods as people type them, one on a line; Unreadable quotes the first line that is not clear."""
    made = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = find(line)
        if found.wrong_day:
            raise Unreadable(words("There is no such day in this line: {line}", line=Name(line[:80])))
        if len(found.days) != 2 or len(found.amounts) != 1:
            raise Unreadable(
                words(
                    "Write two days and one amount on each line, like {example}. This line is not clear yet: {line}",
                    example=Name(EXAMPLE),
                    line=Name(line[:80]),
                )
            )
        made.append(Release(found.days[0], found.days[1], found.amounts[0]))
    if len(made) > MOST_PERIODS:
        raise Unreadable(words("Write at most {most} funding periods.", most=MOST_PERIODS))
    check(made)
    return tuple(sorted(made, key=lambda one: one.starts))


def check(releases: Iterable[Release]) -> None:
    """Unreadable when a funding period ends before it starts, or two share a day."""
    before: Release | None = None
    for one in sorted(releases, key=lambda one: one.starts):
        if one.ends < one.starts:
            raise Unreadable(words("A funding period ends on {end}, before it starts on {start}.", **_days(one)))
        if before and one.starts <= before.ends:
            raise Unreadable(words("Two funding periods share {day}. Each day belongs to one of them.", day=one.starts))
        before = one


def _days(one: Release) -> dict[str, date]:
    return {"start": one.starts, "end": one.ends}


def as_text(releases: Iterable[Release]) -> str:
    """Funding periods as they are typed, for a form that is opened again."""
    return "\n".join(f"{_numbers(one.starts)} – {_numbers(one.ends)} ${_plain(one.amount)}" for one in releases)


def _numbers(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _plain(amount: Money) -> str:
    return f"{amount.minor // 100:,}.{amount.minor % 100:02d}"
