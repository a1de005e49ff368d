"""The calendar of a package as ready values: its year in one picture, one month or one week alone, and who is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from markupsafe import Markup

from budgeting import programs
from budgeting.explain import Figure
from budgeting.forecast.breaks import Break, BreakKind
from budgeting.forecast.year import EventKind, YearEvent
from budgeting.money import Money
from budgeting.package import Package, Role, Weekly, visits_of
from budgeting.period import DAY, Period, month_of
from budgeting.programs import holiday_names
from budgeting.quotation import Quote
from budgeting.words import Name, Value, words
from portal.language import month_name, show
from portal.proposals import trying
from portal.proposals.away import Away, Leave
from portal.site.appendix import appendix
from portal.site.calendars import MEANS, Happening, Mark, Seen, months_of, week, year
from portal.site.page import Asked
from portal.site.pictures import burning
from portal.site.tables import Cell, Column, Content, Table

MARKS = {
    EventKind.BEGINS: Mark.EDGE,
    EventKind.RELEASED: Mark.MONEY,
    EventKind.HOLIDAY: Mark.HOLIDAY,
    EventKind.NOBODY: Mark.NOBODY,
    EventKind.PRICE: Mark.PRICE,
    EventKind.DRY: Mark.BREAK,
    EventKind.LAPSES: Mark.EDGE,
    EventKind.ENDS: Mark.EDGE,
    EventKind.FUNDING_ENDS: Mark.EDGE,
    EventKind.UNKNOWN: Mark.EDGE,
}
TITLE = words("The year at a glance")
ON_HOLIDAY = words("Public holiday")


@dataclass(frozen=True)
class Played:
    """A package played through its days: what happens, what breaks, and who is away."""

    quote: Quote
    events: Sequence[YearEvent]
    breaks: Sequence[Break]
    aways: Sequence[Away | Leave]

    @property
    def package(self) -> Package:
        """What was played."""
        return self.quote.package

    @property
    def happenings(self) -> list[Happening]:
        """Everything to be marked, in order of days; a break takes the place of the event that says the same."""
        broken = {(one.day, one.component) for one in self.breaks if one.kind is BreakKind.MONEY}
        nobody = {one.day for one in self.breaks if one.kind is BreakKind.NOBODY}
        found = [
            Happening(MARKS[one.kind], one.day, one.words, amount=one.amount, how=one.how)
            for one in self.events
            if not (one.kind is EventKind.DRY and (one.day, one.component) in broken)
            and not (one.kind is EventKind.NOBODY and one.day in nobody)
        ]
        found += [Happening(Mark.BREAK, one.day, one.words) for one in self.breaks]
        found += [
            Happening(Mark.AWAY, one.period.first, words("{who} is away", who=Name(one.who)), one.period.last)
            for one in self.aways
        ]
        order = list(Mark)
        return sorted(found, key=lambda one: (one.day, order.index(one.mark)))


def values(played: Played, asked: Asked, today: date, fixes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the templates of a year place: the picture, the chosen month or week, the money going down, the list.

    ``fixes`` are what would mend it: what they cost is among the figures whose grounds stand below, each thing once.
    """
    happenings = played.happenings
    figures = [figure for one in happenings if (figure := one.figure)]
    period = played.package.period
    first = min((one.day for one in played.breaks), default=None)
    label = words("The first day that does not work")
    says = (words("{label}: {value}", label=label, value=first),) if first else (words("Every day works"),)
    month, monday = _month(asked.query.get("month", ""), period), _monday(asked.query.get("week", ""), period)
    return {
        "calendar": year("calendar", TITLE, period, happenings, today=today, says=says, month_href=_to(asked, "month")),
        "week": _week(played, monday) if monday else None,
        "weeks_near": _near(asked, monday, period) if monday else None,
        "month": _of_month(played, month, happenings) if month else None,
        "month_weeks": _weeks_of(asked, month, period) if month else [],
        "this_week": f"{asked.page or asked.path}?week={_within(today, period).isoformat()}#one-week",
        "burning": burning(played.quote, today),
        "months": listed(happenings),
        "appendix": appendix([*figures, *(one["cost"] for one in fixes if one["cost"])]),
    }


def lost(events: Sequence[YearEvent]) -> list[tuple[Markup, Markup, Figure | None]]:
    """The money of the year that is not used in time and does not go on: when, what, and how much of it and why."""
    return [(show(one.day), show(one.words), one.figure) for one in events if one.kind is EventKind.LAPSES]


def told(found: Sequence[Away | Leave], package: Package) -> list[Mapping[str, Any]]:
    """Who is away when, and for which support, as the page lists it."""
    names = {line.id: Name(line.name) for line in package.lines}
    return [
        {
            "told": one if isinstance(one, Away) else None,
            "who": show(Name(one.who)),
            "when": show(words("{first} to {last}", first=one.period.first, last=one.period.last)),
            "support": show(names[str(one.line_key)]) if str(one.line_key) in names else None,
        }
        for one in found
    ]


def listed(happenings: Sequence[Happening]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Everything that happens, by month, ready for the timeline."""
    groups = groupby(happenings, key=lambda one: (one.day.year, one.day.month))
    return [(month_name(few[0].day), [_entry(one) for one in few]) for few in (list(group) for _, group in groups)]


def _entry(one: Happening) -> Mapping[str, Any]:
    dearer = one.amount if one.mark is Mark.PRICE and isinstance(one.amount, Money) and one.amount else None
    more = trying.money_words(dearer) if dearer else None
    when: Value = words("{first} to {last}", first=one.day, last=one.last) if one.last else one.day
    return {
        "when": show(when),
        "words": show(one.words),
        "who": None,
        "detail": show(more) if more else None,
        "figure": one.figure,
        "kind": {Mark.BREAK: "bad", Mark.NOBODY: "bad", Mark.AWAY: "warn"}.get(one.mark, ""),
    }


# One week


def visits(package: Package, within: Period) -> list[Seen]:
    """Every visit in some days, in order; none of backups."""
    found = [
        Seen(day, schedule.start, schedule.end, Name(line.name), Name(line.provider) if line.provider else None)
        for line in package.lines
        if line.role is not Role.BACKUP and isinstance(schedule := line.schedule, Weekly)
        for day in visits_of(line, within)
    ]
    return sorted(found, key=lambda one: (one.day, one.start, one.end))


def holidays(package: Package, within: Period) -> dict[date, Value]:
    """The public holidays where a person lives, by day."""
    here = programs.calendar().at(package.place)
    return {day: holiday_names.named(here[day].name) for day in here if day in within}


def _week(played: Played, monday: date) -> Any:
    days = Period(monday, monday + 6 * DAY)
    return week("one-week", monday, visits(played.package, days), holidays(played.package, days))


def _near(asked: Asked, monday: date, period: Period) -> tuple[str | None, str | None]:
    """The addresses of the week before and the week after, within the days of the package."""
    before, after = monday - 7 * DAY, monday + 7 * DAY
    to = _to(asked, "week")
    return (to(before) if before + 6 * DAY >= period.first else None), (to(after) if after <= period.last else None)


def _monday(text: str, period: Period) -> date | None:
    day = _day(text)
    if day is None or not period.first - 6 * DAY <= day <= period.last:
        return None
    return day - timedelta(day.weekday())


def _within(day: date, period: Period) -> date:
    return min(max(day, period.first), period.last)


# One month


def _month(text: str, period: Period) -> date | None:
    day = _day(f"{text}-01")
    return day if day in months_of(period) else None


def _of_month(played: Played, first: date, happenings: Sequence[Happening]) -> Table:
    """Every visit and everything that happens in one month, day by day."""
    days = month_of(first)
    rows: list[tuple[date, str, tuple[Content, ...]]] = [
        (one.day, one.start.isoformat(), (one.day, one.start, one.end, one.support, one.who or ""))
        for one in visits(played.package, days)
    ]
    off = holidays(played.package, days)
    rows += [(day, "", (day, "", "", Cell(ON_HOLIDAY, badge="info"), name)) for day, name in off.items()]
    rows += [
        (max(one.day, first), "", (max(one.day, first), "", "", Cell(MEANS[one.mark], badge=_kind(one)), one.words))
        for one in happenings
        if one.day <= days.last and (one.last or one.day) >= first and one.mark is not Mark.HOLIDAY
    ]
    rows.sort(key=lambda one: one[:2])
    columns = tuple(
        Column(one) for one in (words("Day"), words("From"), words("To"), words("What"), words("Who, and what happens"))
    )
    caption = words("Day by day: {month}", month=Name(month_name(first).striptags()))
    return Table("one-month", caption, columns, [row for _, _, row in rows])


def _kind(one: Happening) -> str:
    return {Mark.BREAK: "bad", Mark.NOBODY: "bad", Mark.AWAY: "warn"}.get(one.mark, "info")


def _weeks_of(asked: Asked, first: date, period: Period) -> list[tuple[date, str]]:
    """The Mondays of the weeks that a month touches, with their addresses."""
    days, to = month_of(first), _to(asked, "week")
    mondays = _mondays(max(days.first, period.first), min(days.last, period.last))
    return [(monday, to(monday)) for monday in mondays]


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = first - timedelta(first.weekday())
    while monday <= last:
        yield monday
        monday += 7 * DAY


def _to(asked: Asked, what: str) -> Callable[[date], str]:
    page = asked.page or asked.path

    def to(day: date) -> str:
        text = day.isoformat()[: 7 if what == "month" else 10]
        return f"{page}?{what}={text}#one-{what}"

    return to


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
