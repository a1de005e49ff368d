"""What is noticed about who gives a support: family who are asked for more than they can give, and nobody found yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgeting.money import HOURLY, Minutes, rounded
from budgeting.package import Line, Role, Spread, Unpaid, Weekly, as_minutes
from budgeting.quotation import Finding, Level, LineQuote, Quote
from budgeting.words import Name, words

WEEK = 7


def findings(quote: Quote) -> Iterator[Finding]:
    """Who is asked for more than they can give, and for which supports somebody is still looked for."""
    given: dict[str, list[Line]] = {}
    for one in quote.lines:
        if isinstance(one.line.price, Unpaid) and one.line.role is not Role.BACKUP:
            given.setdefault(one.line.provider or f"\0{one.line.id}", []).append(one.line)
        if one.line.sought:
            yield _sought(one)
    for lines in given.values():
        yield from _asked(lines)


def _sought(one: LineQuote) -> Finding:
    name, first = Name(one.line.name), one.line.period.first
    text = words("{support}: somebody to give it is still looked for.", support=name)
    if one.amount and one.counted:
        text = words(
            "{support}: somebody to give it is still looked for. {amount} is held back for it, from {day} on.",
            support=name,
            amount=one.amount,
            day=first,
        )
    return Finding("sought", Level.NOTE, text, line=one.line.id, day=first)


def _asked(lines: Sequence[Line]) -> Iterator[Finding]:
    """One carer's busiest week against the most they said they can give; nothing when they did not say."""
    told = [line.price.weekly for line in lines if isinstance(line.price, Unpaid) and line.price.weekly is not None]
    if not told:
        return
    limit, weeks = min(told), [(busiest(line, lines), line) for line in lines]
    most, line = max(weeks, key=lambda week: week[0])
    if most <= limit:
        return
    text = words(
        "{carer} gives {time} in the busiest week, and can give {limit}. Somebody could share it, or ask for less.",
        carer=Name(line.provider or line.name),
        time=most,
        limit=limit,
    )
    yield Finding("carer_over_limit", Level.WARNING, text, line=line.id, day=line.period.first)


def busiest(line: Line, lines: Sequence[Line]) -> Minutes:
    """The time of the busiest week in the days of one line, with all lines that go on meanwhile, this one too."""
    meanwhile = [one for one in lines if one.period.overlap(line.period)]
    return Minutes(sum(in_a_week(one) for one in meanwhile))


def in_a_week(line: Line) -> int:
    """Minutes of a line in a week in which it happens; time that is only told altogether is spread over its days."""
    schedule = line.schedule
    if isinstance(schedule, Weekly):
        return schedule.minutes_a_week
    if schedule is None or schedule.unit not in HOURLY:
        return 0
    whole = as_minutes(schedule.quantity).count
    days = line.period.days
    return whole if schedule.spread is Spread.ONCE or days <= WEEK else rounded(whole * WEEK, days)
