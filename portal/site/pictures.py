"""Pictures made on the server from typed values: the money going down, and before beside after.

Each is a ``Picture``: its facts stand in a table too, nothing is told by colour alone, and it is right from right to
left, in the dark, in forced colours and on paper. Weeks and years are in calendars.py. A template shows any of them:
``{% from "macros/pictures.html" import picture with context %}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from budgeting.explain import Figure
from budgeting.explain.describe import listed
from budgeting.forecast.burndown import BurnDown, burn_downs
from budgeting.money import Minutes, Money, Quantity
from budgeting.period import DAY, Period
from budgeting.quotation import Quote
from budgeting.words import Value, Words, words
from portal.language import plain, show
from portal.site.calendars import Happening, Mark, Seen, week, year
from portal.site.drawing import (
    WIDE,
    Key,
    Picture,
    along,
    at,
    block,
    element,
    framed,
    label,
    level,
    month_label,
    path,
    stretched,
    swatch,
    upright,
)
from portal.site.tables import Column, Content, Table

__all__ = ["Happening", "Mark", "Pair", "Picture", "Seen", "bars", "burn_down", "burning", "week", "year"]

TOP, TALL, FOOT = 60, 200, 46  # pixels: for the words above, the drawing, and the months and years below
PARTS = 1_000  # the height of the drawing is counted in so many parts
MOST_LEVELS = 4
MOST_MONTHS = 5
NOTHING: tuple[Content, ...] = ("",)


# The money going down


def burning(quoted: Quote, today: date) -> list[Picture]:
    """How the money of each part of the funding goes down that something is planned or spent from."""
    return [burn_down(f"burn-{number}", one, today) for number, one in enumerate(burn_downs(quoted), 1)]


def burn_down(key: str, burn: BurnDown, today: date) -> Picture:
    """What is left of a part of the funding, day by day, beside an even pace; ``key`` is its id and its table's."""
    title = words("How the money goes down: {part}", part=_named(burn))
    if burn.runs_dry and burn.lasts_until:
        says = (words("The money lasts until {day}.", day=burn.lasts_until),)
    else:
        says = (words("The money lasts to the end, and {amount} is left.", amount=burn.left),)
    dates = _dates(burn, today)
    return Picture(
        key, title, says, _drawn(key, burn, today, title, says), _legend(burn, today), _facts(key, title, dates)
    )


def _named(burn: BurnDown) -> Value:
    names = [one if isinstance(one, Words) else words("{name}", name=one) for one in burn.names]
    return listed(names)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Amounts as heights: from ``low`` to ``high`` minor units in even steps."""

    low: int
    high: int
    step: int

    @classmethod
    def of(cls, least: int, most: int) -> _Scale:
        reach, step = max(most - min(least, 0), 1), 100
        for step in (unit * 10**power for power in range(2, 14) for unit in (1, 2, 5)):
            if step * MOST_LEVELS >= reach:
                break
        return cls(min(least, 0) // step * step, max(1, -(-most // step)) * step, step)

    def part(self, amount: Money) -> int:
        """The height of an amount in parts, from above."""
        return PARTS * (self.high - amount.minor) // (self.high - self.low)

    def pixel(self, amount: Money) -> int:
        """The same in pixels of the whole picture."""
        return TOP + self.part(amount) * TALL // PARTS

    @property
    def levels(self) -> Iterator[Money]:
        """The amounts that have a line across."""
        return (Money(amount) for amount in range(self.low, self.high + 1, self.step))


def _drawn(key: str, burn: BurnDown, today: date, title: Words, says: tuple[Words, ...]) -> Markup:
    period = burn.period
    points = [(along(day, period), left) for span in burn.spans for day, left in burn.points(span)]
    amounts = [left.minor for _, left in points]
    scale = _Scale.of(min(amounts), max(amounts))
    line = [(place, scale.part(left)) for place, left in points]
    nothing = scale.part(Money(0))
    paces = Markup().join(
        path(
            [(along(s.period.first, period), scale.part(s.opening)), (along(s.period.last, period, True), nothing)],
            "pace",
        )
        for s in burn.spans
    )
    area = [(line[0][0], nothing), *line, (line[-1][0], nothing)]
    inside = stretched(TOP, TALL, PARTS, path(area, "area", closed=True), paces, path(line, "left"))
    levels = [level(scale.pixel(amount), "axis" if not amount else "grid") for amount in scale.levels]
    prices = [label(0, scale.pixel(amount) - 4, amount, "small") for amount in scale.levels]
    releases = [_release(along(span.period.first, period), scale.pixel(span.opening)) for span in burn.spans[1:]]
    return framed(
        key,
        "burn",
        TOP + TALL + FOOT,
        title,
        says,
        *levels,
        inside,
        *releases,
        *_months(period),
        *_marks(burn, today, scale.pixel(Money(0))),
        *prices,
    )


def _release(place: int, height: int) -> Markup:
    triangle = element("path", d="M0 -7L7 6L-7 6Z", class_="release")
    return upright(place, TOP, TOP + TALL, "release-day") + at(place, height, triangle)


def _months(period: Period) -> list[Markup]:
    firsts = [day for day in (period.first + number * DAY for number in range(period.days)) if day.day == 1]
    step = -(-len(firsts) // MOST_MONTHS) or 1
    chosen, foot = firsts[::step], TOP + TALL
    drawn: list[Markup] = []
    for number, day in enumerate(chosen):
        place = along(day, period)
        drawn += [upright(place, foot, foot + 6, "tick"), label(place, foot + 22, month_label(day), "small")]
        if number == 0 or day.year != chosen[number - 1].year:
            drawn.append(label(place, foot + 40, str(day.year), "small"))
    return drawn


def _marks(burn: BurnDown, today: date, nothing: int) -> Iterator[Markup]:
    period, foot = burn.period, TOP + TALL
    if today in period:
        place = along(today, period)
        yield upright(place, 40, foot, "today")
        yield label(place, 34, words("Today"))
    if burn.runs_dry and burn.lasts_until:
        place = along(burn.runs_dry, period)
        yield upright(place, 20, foot, "dry")
        yield at(place, nothing, element("path", d="M0 -7L7 0L0 7L-7 0Z", class_="dry-day"))
        yield label(place, 14, words("Lasts until {day}", day=burn.lasts_until), "strong")


def _legend(burn: BurnDown, today: date) -> tuple[Key, ...]:
    def stroke(cls: str) -> Markup:
        return swatch(element("path", d="M1 8H27", class_=cls))

    keys = [
        Key(stroke("left"), words("What is left, with what was spent and what is planned")),
        Key(stroke("pace"), words("An even pace: the same every day until more is released")),
    ]
    if len(burn.spans) > 1:
        triangle = element("path", d="M14 1L21 14L7 14Z", class_="release")
        keys.append(Key(swatch(triangle), words("More money is released")))
    if today in burn.period:
        keys.append(Key(stroke("today"), words("Today")))
    if burn.runs_dry:
        diamond = element("path", d="M14 1L21 8L14 15L7 8Z", class_="dry-day")
        keys.append(Key(swatch(diamond), words("The first day that is not paid")))
    return tuple(keys)


def _dates(burn: BurnDown, today: date) -> list[tuple[date, Content, Figure, Figure]]:
    """What is drawn, morning by morning: each month, each release, today, the day that is not paid, the end."""
    period = burn.period
    told: dict[date, list[Words]] = {
        day: [] for day in (period.first + number * DAY for number in range(period.days)) if day.day == 1
    }
    for span in burn.spans:
        told.setdefault(span.period.first, []).append(words("{amount} is released.", amount=span.released))
    if today in period:
        told.setdefault(today, []).append(words("Today"))
    if burn.runs_dry:
        told.setdefault(burn.runs_dry, []).append(words("The first day that is not paid"))
    rows: list[tuple[date, Content, Figure, Figure]] = [
        (day, text, burn.morning_figure(day), burn.pace(day)) for day in sorted(told) for text in (told[day] or NOTHING)
    ]
    last = burn.spans[-1]
    end = period.last + DAY
    rows.append((period.last, words("At the end of this day"), last.morning_figure(end), last.pace(end)))
    return rows


def _facts(key: str, title: Words, rows: Sequence[Sequence[Content]]) -> Table:
    columns = (
        Column(words("Day")),
        Column(words("What happens")),
        Column(words("Left that morning"), numeric=True),
        Column(words("At an even pace"), numeric=True),
    )
    return Table(f"{key}-table", title, columns, rows, show_caption=False)


# Before beside after


@dataclass(frozen=True, slots=True)
class Pair:
    """Something measured before and after, in the same kind of value."""

    label: Value
    before: Money | Minutes | Quantity | int
    after: Money | Minutes | Quantity | int


def bars(key: str, title: Words, rows: Sequence[Pair], says: tuple[Words, ...] = ()) -> Picture:
    """Pairs of bars; the longer of each pair fills the width. The values stand beside them as text."""
    drawn = Markup().join(_pair(one) for one in rows)
    columns = (Column(words("What")), Column(words("Before"), numeric=True), Column(words("After"), numeric=True))
    table = Table(
        f"{key}-table", title, columns, [(one.label, one.before, one.after) for one in rows], show_caption=False
    )
    return Picture(key, title, says, element("ul", drawn, class_="plain pair-bars"), (), table)


def _pair(one: Pair) -> Markup:
    most = max(abs(_measure(one.before)), abs(_measure(one.after)), 1)
    lines = Markup().join(
        element(
            "p",
            element("span", escape(plain(when)), class_="pair-when"),
            _bar(WIDE * abs(_measure(value)) // most, cls),
            element("span", show(value), class_="pair-value"),
            class_="pair",
        )
        for when, value, cls in ((words("Before"), one.before, "was"), (words("After"), one.after, "becomes"))
    )
    return element("li", element("p", show(one.label), class_="chart-name"), lines)


def _bar(width: int, cls: str) -> Markup:
    return element(
        "svg",
        block(0, width, 1, 18, cls),
        width="100%",
        height=20,
        aria_hidden="true",
        focusable="false",
        class_="bar-of",
    )


def _measure(value: Money | Minutes | Quantity | int) -> int:
    match value:
        case Money():
            return value.minor
        case Minutes():
            return value.count
        case Quantity():
            return value.thousandths
    return value
