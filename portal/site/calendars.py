"""Weeks and years as pictures: who comes when, and what happens on which day of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import groupby

from markupsafe import Markup, escape

from budgeting.explain import Figure
from budgeting.period import DAY, Period, minute_of, month_of
from budgeting.words import Value, Words, nwords, words
from portal.language import current, month_name, plain, show_plain, weekday_names
from portal.site.drawing import (
    WIDE,
    Key,
    Picture,
    block,
    element,
    framed,
    hour_label,
    label,
    level,
    swatch,
    weekday_label,
)
from portal.site.tables import Cell, Column, Content, Table

# A week

HOUR, HEAD, SIDE = 22, 48, 1_500  # pixels for an hour and for the days above; the place where the days begin
SHORTEST = 18  # pixels, so that the number in a block can be read
WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit of a week; an end that is not after the start is on the next day."""

    day: date
    start: time
    end: time
    support: Value
    who: Value | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """The part of a visit on one day, in minutes; ``lane`` of ``lanes`` beside others at the same time."""

    day: int
    first: int
    last: int
    number: int
    lane: int = 0
    lanes: int = 1


def week(key: str, monday: date, visits: Sequence[Seen], holidays: Mapping[date, Value] | None = None) -> Picture:
    """The visits of seven days as blocks by day and time; ``holidays`` are the public holidays among them."""
    holidays = holidays or {}
    visits = sorted(visits, key=lambda one: (one.day, one.start, one.end))
    names = list(dict.fromkeys(one.support for one in visits))
    title = words("The week from {day}", day=monday)
    says = (nwords("{n} visit this week.", "{n} visits this week.", len(visits)),)
    blocks = _side_by_side(_blocks(monday, visits, names))
    low = min((one.first for one in blocks), default=8 * 60) // 60
    high = -(-max((one.last for one in blocks), default=18 * 60) // 60)
    tall = (high - low) * HOUR
    inside = [
        *_hours(low, high),
        *(_day(number, monday, tall, holidays) for number in range(7)),
        *(_visit(one, low) for one in blocks),
    ]
    drawing = framed(key, "week", HEAD + tall + 8, title, says, *inside)
    legend = [Key(_numbered(number), words("{name}", name=name)) for number, name in enumerate(names, 1)]
    if holidays:
        legend.append(
            Key(swatch(element("rect", width=28, height=16, class_="holiday-column")), words("Public holiday"))
        )
    return Picture(key, title, says, drawing, tuple(legend), _week_table(key, title, visits, holidays))


def _blocks(monday: date, visits: Sequence[Seen], names: Sequence[Value]) -> list[_Block]:
    found = []
    for one in visits:
        day, number = (one.day - monday).days, names.index(one.support) + 1
        first, last = minute_of(one.start), minute_of(one.end)
        found.append(_Block(day, first, last if last > first else WHOLE_DAY, number))
        if 0 < last <= first and day < 6:
            found.append(_Block(day + 1, 0, last, number))
    return [one for one in found if 0 <= one.day < 7]


def _side_by_side(blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks at the same time beside each other: those that touch in a chain share the width of their day."""
    found: list[_Block] = []
    for _, some in groupby(sorted(blocks, key=lambda one: (one.day, one.first, one.last)), key=lambda one: one.day):
        chain: list[_Block] = []
        for one in some:
            if chain and one.first >= max(other.last for other in chain):
                found += _laned(chain)
                chain = []
            chain.append(one)
        found += _laned(chain)
    return found


def _laned(chain: Sequence[_Block]) -> list[_Block]:
    ends: list[int] = []
    lanes: list[int] = []
    for one in chain:
        lane = next((number for number, end in enumerate(ends) if end <= one.first), len(ends))
        ends[lane:] = [one.last, *ends[lane + 1 :]]
        lanes.append(lane)
    return [
        _Block(one.day, one.first, one.last, one.number, lane, len(ends))
        for one, lane in zip(chain, lanes, strict=True)
    ]


def _column(number: int) -> tuple[int, int]:
    """Where a day of the week begins, and how wide it is."""
    width = (WIDE - SIDE) // 7
    return SIDE + number * width, width


def _hours(low: int, high: int) -> Iterator[Markup]:
    every = 1 if high - low <= 12 else 2
    for hour in range(low, high + 1, every):
        height = HEAD + (hour - low) * HOUR
        yield level(height, "grid")
        yield label(0, height + 4, hour_label(time(hour % 24)), "small")


def _day(number: int, monday: date, tall: int, holidays: Mapping[date, Value]) -> Markup:
    day, (place, width) = monday + timedelta(number), _column(number)
    ground = block(place, width, HEAD, tall, "holiday-column", 0) if day in holidays else Markup()
    middle = place + width // 2
    return (
        ground
        + label(middle, 16, weekday_label(day), "small strong", "middle")
        + label(middle, 34, day.day, "small", "middle")
    )


def _visit(one: _Block, low: int) -> Markup:
    place, width = _column(one.day)
    lane = (width - width // 10) // one.lanes
    place += width // 20 + lane * one.lane
    top, height = HEAD + (one.first - low * 60) * HOUR // 60, max(SHORTEST, (one.last - one.first) * HOUR // 60 - 1)
    number = label(place + lane // 2, top + min(height, 40) // 2 + 5, one.number, "strong in-block", "middle")
    return block(place, lane - width // 40, top, height, f"visit visit-{one.number % 4}") + number


def _numbered(number: int) -> Markup:
    text = element("text", escape(show_plain(number)), x=14, y=13, text_anchor="middle", class_="strong in-block")
    return swatch(element("rect", width=28, height=16, rx=4, class_=f"visit visit-{number % 4}"), text)


def _week_table(key: str, title: Words, visits: Sequence[Seen], holidays: Mapping[date, Value]) -> Table:
    columns = tuple(
        Column(one) for one in (words("Day"), words("From"), words("To"), words("Support"), words("Who comes"))
    )
    rows: list[tuple[Content, ...]] = [
        (
            Cell(
                one.day, note=words("Public holiday: {name}", name=holidays[one.day]) if one.day in holidays else None
            ),
            one.start,
            one.end,
            Cell(one.support, one.href),
            one.who if one.who is not None else "",
        )
        for one in visits
    ]
    return Table(f"{key}-table", title, columns, rows, show_caption=False)


# A year


class Mark(StrEnum):
    """How a day is marked; each has its own shape."""

    HOLIDAY = "holiday"  # a circle
    MONEY = "money"  # a triangle: money is released
    PRICE = "price"  # a diamond: a new price
    EDGE = "edge"  # a square: something begins or ends
    AWAY = "away"  # a bar under the day
    NOBODY = "nobody"  # a broken circle: nobody comes
    BREAK = "break"  # a full square: it does not work


MEANS = {
    Mark.HOLIDAY: words("A public holiday with visits"),
    Mark.MONEY: words("More money is released"),
    Mark.PRICE: words("A new price"),
    Mark.EDGE: words("Something begins or ends"),
    Mark.AWAY: words("Somebody is away"),
    Mark.NOBODY: words("Nobody comes"),
    Mark.BREAK: words("This day does not work"),
}
SHAPES = {
    Mark.HOLIDAY: element("circle", r=10, class_="on-holiday"),
    Mark.MONEY: element("path", d="M0 -12L11 9L-11 9Z", class_="on-money"),
    Mark.PRICE: element("path", d="M0 -12L12 0L0 12L-12 0Z", class_="on-price"),
    Mark.EDGE: element("rect", x=-10, y=-10, width=20, height=20, class_="on-edge"),
    Mark.AWAY: element("rect", x=-11, y=7, width=22, height=4, class_="on-away"),
    Mark.NOBODY: element("circle", r=10, class_="on-nobody"),
    Mark.BREAK: element("rect", x=-11, y=-11, width=22, height=22, rx=3, class_="on-break"),
}
CELL = 24  # pixels of a day; a month is seven of them wide
ROWS_FROM = 46


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens on a day, or from a day to a last one; ``amount`` is the money it is about."""

    mark: Mark
    day: date
    words: Words
    last: date | None = None
    amount: Value | None = None
    how: Callable[[], Figure] | None = None

    @property
    def figure(self) -> Figure | None:
        """How its day or amount came about, where that was worked out."""
        return self.how() if self.how else None

    def __contains__(self, day: date) -> bool:
        return self.day <= day <= (self.last or self.day)


def year(
    key: str,
    title: Words,
    period: Period,
    happenings: Sequence[Happening],
    *,
    today: date | None = None,
    says: tuple[Words, ...] = (),
    month_href: Callable[[date], str] | None = None,
) -> Picture:
    """The months of some days, each day marked by what happens on it; ``month_href`` leads to one month alone."""
    happenings = sorted(happenings, key=lambda one: (one.day, list(Mark).index(one.mark)))
    months = []
    for first in months_of(period):
        drawn = _month(key, first, period, happenings, today)
        if month_href:
            drawn = element("a", drawn, href=month_href(first), class_="month")
        months.append(drawn)
    present = {one.mark for one in happenings}
    legend = [Key(_sign(mark), MEANS[mark]) for mark in Mark if mark in present]
    if today is not None and today in period:
        ring = element("rect", x=3, y=1, width=22, height=14, rx=4, class_="on-today")
        legend.append(Key(swatch(ring), words("Today")))
    drawing = element("div", *months, class_="months") if months else Markup()
    return Picture(key, title, says, drawing, tuple(legend), _year_table(key, title, happenings))


def months_of(period: Period) -> list[date]:
    """The first day of every month that some days touch."""
    found, day = [], period.first.replace(day=1)
    while day <= period.last:
        found.append(day)
        day = month_of(day).last + DAY
    return found


def _sign(mark: Mark) -> Markup:
    return element(
        "svg",
        SHAPES[mark],
        viewBox="-16 -14 32 28",
        class_="swatch sign",
        width=32,
        height=28,
        aria_hidden="true",
        focusable="false",
    )


def _month(key: str, first: date, period: Period, happenings: Sequence[Happening], today: date | None) -> Markup:
    days = [first + number * DAY for number in range(31) if (first + number * DAY).month == first.month]
    told = [one for one in happenings if any(day in one for day in days)]
    name = month_name(first).striptags()
    says = " ".join(plain(words("{label}: {value}", label=one.day, value=one.words)) for one in told)
    month_id = f"{key}-{first.isoformat()[:7]}"
    heads = [_text(_x(number), 38, weekday_letter(number), "small") for number in range(7)]
    cells = [_cell(day, first, period, told, today) for day in days]
    described = {"aria_describedby": f"{month_id}-d"} if says else {}
    return element(
        "svg",
        element("title", escape(name), id=f"{month_id}-t"),
        *([element("desc", escape(says), id=f"{month_id}-d")] if says else []),
        _text(7 * CELL // 2, 18, name, "strong"),
        *heads,
        *cells,
        viewBox=f"0 0 {7 * CELL} {ROWS_FROM + 6 * CELL}",
        class_="drawing a-month",
        role="img",
        aria_labelledby=f"{month_id}-t",
        focusable="false",
        **described,
    )


def weekday_letter(number: int) -> str:
    """The shortest name of a weekday, Monday is 0."""
    return weekday_names(width="narrow")[number]


def _x(column: int) -> int:
    """The middle of a weekday's column, in pixels from the left."""
    column = 6 - column if current.get().rtl else column
    return column * CELL + CELL // 2


def _text(x: int, y: int, text: str, cls: str) -> Markup:
    return element("text", escape(text), x=x, y=y, text_anchor="middle", class_=cls)


def _cell(day: date, first: date, period: Period, told: Sequence[Happening], today: date | None) -> Markup:
    row = (day.day - 1 + first.weekday()) // 7
    x, y = _x(day.weekday()), ROWS_FROM + row * CELL + CELL // 2
    marks = [mark for mark in Mark if any(one.mark is mark and day in one for one in told)]
    shapes = [SHAPES[mark] for mark in marks]
    if day == today:
        shapes.insert(0, element("rect", x=-11, y=-11, width=22, height=22, rx=6, class_="on-today"))
    drawn = element("g", *shapes, transform=f"translate({x} {y})") if shapes else Markup()
    cls = (
        "small out"
        if day not in period
        else "small on-full"
        if Mark.BREAK in marks
        else "small strong"
        if marks
        else "small"
    )
    return drawn + _text(x, y + 5, show_plain(day.day), cls)


def _year_table(key: str, title: Words, happenings: Sequence[Happening]) -> Table:
    money = any(one.amount is not None for one in happenings)
    columns = [Column(words("Day")), Column(words("What happens"))]
    if money:
        columns.append(Column(words("Amount"), numeric=True))
    rows: list[tuple[Content, ...]] = []
    for one in happenings:
        row: tuple[Content, ...] = (one.day, one.words)
        rows.append((*row, one.amount if one.amount is not None else "") if money else row)
    return Table(f"{key}-table", title, tuple(columns), rows, show_caption=False)
