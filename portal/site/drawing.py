"""What pictures are drawn with: SVG as markup from whole numbers, mirrored for readers from right to left.

Places along a picture are counted in ten-thousandths of its width from where reading begins, heights in pixels. So the
words in a picture keep their size at every width, and nothing needs a style attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_date, format_skeleton
from markupsafe import Markup, escape

from budgeting.period import Period
from budgeting.words import Value, Words
from portal.language import current, plain, show_plain
from portal.site.tables import Table

MIDNIGHT = date(2000, 1, 1)  # any day: only the hour is shown
WIDE = 10_000  # the whole width
SHORT = 12  # letters of words that may be centred on their place anywhere between the edges
EDGE = 1_800  # nearer to an edge than this, words are set flush with their place instead of centred on it


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: how something looks, and what it means."""

    looks: Markup
    means: Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, its conclusion in a sentence, what its looks mean, and the same facts as a table."""

    key: str
    title: Words
    says: tuple[Words, ...]
    drawing: Markup
    legend: tuple[Key, ...]
    table: Table


def element(name: str, *inside: Markup | str, **attributes: str | int | None) -> Markup:
    """An element; attributes are named as in Python (``stroke_width``, ``class_``), those that are None left out."""
    written = Markup().join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
        if value is not None
    )
    if not inside:
        return Markup("<{}{}/>").format(name, written)
    return Markup("<{}{}>{}</{}>").format(name, written, Markup().join(inside), name)


def mirrored(place: int) -> int:
    """A place along the picture, counted from the left edge."""
    return WIDE - place if current.get().rtl else place


def percent(place: int) -> str:
    """A place or width as an attribute."""
    sign, place = ("-", -place) if place < 0 else ("", place)
    return f"{sign}{place // 100}.{place % 100:02d}%"


def along(day: date, period: Period, end: bool = False) -> int:
    """The place of the beginning (or the end) of a day among some days."""
    return WIDE * ((day - period.first).days + int(end)) // period.days


def framed(key: str, cls: str, height: int, title: Words, says: Iterable[Words], *inside: Markup) -> Markup:
    """A drawing of its own, named and described for those who do not see it."""
    return element(
        "svg",
        element("title", escape(plain(title)), id=f"{key}-title"),
        element("desc", escape(" ".join(plain(one) for one in says)), id=f"{key}-desc"),
        *inside,
        class_=f"drawing {cls}",
        role="img",
        width="100%",
        height=height,
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        focusable="false",
    )


def stretched(top: int, height: int, tall: int, *inside: Markup) -> Markup:
    """Lines and areas over the whole width, in ten-thousandths of it and in ``tall`` parts of the height."""
    box = f"0 0 {WIDE} {tall}"
    return element(
        "svg", *inside, viewBox=box, y=top, width="100%", height=height, preserveAspectRatio="none", overflow="visible"
    )


def at(place: int, height: int, *inside: Markup) -> Markup:
    """Something drawn in pixels around a place."""
    return element("svg", *inside, x=percent(mirrored(place)), y=height, overflow="visible")


def label(place: int, height: int, text: Value, cls: str = "", anchor: str | None = None) -> Markup:
    """Words at a place; near an edge they stay inside the picture, and long ones wherever they stand."""
    anchor = anchor or ("start" if place < EDGE else "end" if place > WIDE - EDGE else "middle")
    if anchor == "middle" and len(show_plain(text)) > SHORT and place * 8 // WIDE in (1, 2, 5, 6):
        anchor, cls = "start", f"{cls} {'a-quarter' if place * 2 < WIDE else 'three-quarters'}".strip()
    return element(
        "text",
        escape(show_plain(text)),
        x=percent(mirrored(place)),
        y=height,
        text_anchor=anchor,
        class_=cls or None,
    )


def upright(place: int, first: int, last: int, cls: str) -> Markup:
    """A line from top to bottom at a place."""
    x = percent(mirrored(place))
    return element("line", x1=x, x2=x, y1=first, y2=last, class_=cls)


def level(height: int, cls: str) -> Markup:
    """A line across the whole picture."""
    return element("line", x1="0", x2="100%", y1=height, y2=height, class_=cls)


def block(place: int, width: int, top: int, height: int, cls: str, round_: int = 4) -> Markup:
    """A rectangle that begins at a place."""
    left = mirrored(place + width) if current.get().rtl else place
    return element("rect", x=percent(left), width=percent(width), y=top, height=max(height, 1), rx=round_, class_=cls)


def path(points: Sequence[tuple[int, int]], cls: str, closed: bool = False) -> Markup:
    """A line through places and heights, inside ``stretched``."""
    steps = " ".join(f"{mirrored(place)} {height}" for place, height in points)
    return element("path", d=f"M{steps}{'Z' if closed else ''}", class_=cls, vector_effect="non-scaling-stroke")


def swatch(*inside: Markup) -> Markup:
    """A small drawing for the legend, 28 by 16 pixels; the words beside it say what it means."""
    return element(
        "svg", *inside, viewBox="0 0 28 16", class_="swatch", width=28, height=16, aria_hidden="true", focusable="false"
    )


def month_label(day: date) -> str:
    """A short name of a month in the reader's language.

    Not by the pattern for names that stand alone: Babel 2.18 keeps those of whichever language asked first.
    """
    return str(format_date(day, "MMM", locale=current.get().formats))


def weekday_label(day: date) -> str:
    """A short name of a weekday, at most as long as three wide letters."""
    names = [str(format_date(day, pattern, locale=current.get().formats)) for pattern in ("ccc", "cccccc")]
    return names[0] if len(names[0]) <= 4 else names[1]


def hour_label(hour: time) -> str:
    """An hour of the day as short as the reader's language writes it: 8 am, or 8 of 24 in wide letters."""
    at_, formats = datetime.combine(MIDNIGHT, hour), current.get().formats
    told = str(format_skeleton("h", at_, locale=formats))
    return str(format_skeleton("H", at_, locale=formats)) if max(told) >= "\u2e80" else told
