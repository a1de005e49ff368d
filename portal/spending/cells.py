"""What a cell of an invoice may say, in the many ways people write it; a cell that says something else is Odd."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

from budgeting.money import MINUTES_PER_HOUR, UNIT, Minutes, Money, Quantity, rounded
from budgeting.programs.ndis.claims import GstCode
from budgeting.spending import ClaimType
from budgeting.spending.marks import squeezed
from budgeting.words import Name, Words, words
from portal.catalogue.cells import shown, tidy
from portal.catalogue.problem import Odd
from portal.reading import MOST_MONEY, Unreadable, read_time, western

DAY_ZERO = date(1899, 12, 30)
EARLIEST = date(2013, 7, 1)  # the first day of the NDIS; no program here is older
MONTHS = {  # by the beginning of their names
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
A_DAY = Name("3/8/2026")
MOST_UNITS = 100_000
FINEST = 6  # decimals of a quantity that are read before it is rounded to thousandths

_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+", re.IGNORECASE)
_CLOCK = re.compile(r"[T\s]+(\d{1,2}[:.]\d{2})(?:[:.]\d{2})?\s*([ap]\.?m\.?)?$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SOLID = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?,?[\s\-/.]*(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})", re.IGNORECASE)
_RANGES = (
    re.compile(r"\s+(?:-|to|until)\s+", re.IGNORECASE),
    re.compile(r"\s*[\u2013\u2014]\s*|(?<=\d{4})-(?=\d+/)"),
)
_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e]")  # how to show a text
_EITHER = re.compile(r"(?:a|au)?\$?\s*[1-9]\d{0,2}\.\d{3}", re.IGNORECASE)  # decimals, or thousands
_MONEY = re.compile(r"(?:a|au)?\$?\s*(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?", re.IGNORECASE)
_CLOCKED = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_SPOKEN = re.compile(r"(?:(\d+)\s*h(?:ou)?rs?\.?|(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?\.?)?", re.IGNORECASE)

UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "hourly", "perhour"), "H"),
    **dict.fromkeys(("e", "ea", "each", "item", "items", "unit", "units", "session", "sessions", "visits"), "E"),
    **dict.fromkeys(("d", "day", "days", "daily", "night", "nights"), "D"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "weekly"), "WK"),
    **dict.fromkeys(("mon", "month", "months", "monthly"), "MON"),
    **dict.fromkeys(("yr", "year", "years", "annual"), "YR"),
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), "E"),
    **dict.fromkeys(("trip", "trips"), "trip"),
    **dict.fromkeys(("meal", "meals"), "meal"),
}
TYPES = (  # beginnings or parts of what is written, in the order in which they are tried
    (("canc", "noshow", "shortnotice"), ClaimType.CANCELLATION),
    (("tran", "travel"), ClaimType.TRAVEL),
    (("repw", "report"), ClaimType.REPORT),
    (("nf2f", "nonface", "nonf2f"), ClaimType.NON_FACE_TO_FACE),
    (("thlt", "telehealth", "telephone", "video"), ClaimType.TELEHEALTH),
    (("irss", "irregular"), ClaimType.IRREGULAR_SIL),
)


def _typed(text: str) -> str:
    """What a cell says in our digits, on one line, without the marks that turn its direction."""
    return tidy(_MARKS.sub("", western(text)))


@dataclass(frozen=True, slots=True)
class Days:
    """What a cell says about days: numbers whose order is open, or plain days. ``at`` is a time beside the day."""

    first: date | None
    last: date | None
    numbers: tuple[tuple[int, int, int], ...] = ()
    at: time | None = None

    def ordered(self, order: str, text: str) -> tuple[date, date]:
        """The first and last day, reading open numbers in an order ("dmy" or "mdy"); Odd where there is no such day."""
        found = [one for one in (self.first, self.last) if one is not None]
        for one, other, year in self.numbers:
            day, month = (one, other) if order == "dmy" else (other, one)
            found.append(_date(year, month, day, text))
        first, last = found[0], found[-1]
        if last < first:
            raise Odd(words("The last day is before the first day."))
        if first < EARLIEST or last.year > 2100:
            raise Odd(words("{found} is not a likely day. Please check it.", found=shown(text)))
        return first, last


@lru_cache(maxsize=8192)
def days(text: str) -> Days | None:
    """What a cell says about days; None for an empty one. Odd where it is no day at all.

    Read: 2026-08-03, 3/8/2026, 3.8.26, 3 Aug 2026, August 3, 2026, 20260803, Monday 3/8/2026 09:00, and from-to.
    """
    written = _typed(text)
    if not written:
        return None
    pieces = next((found for sign in _RANGES if len(found := sign.split(written)) == 2 and all(found)), [written])
    read = [_one(piece) for piece in pieces]
    if not read or any(one is None for one in read):
        raise Odd(words("{found} is not a day we can read. Write it like {example}.", found=shown(text), example=A_DAY))
    known = [one for one in read if one is not None]
    plain = [one.first for one in known if one.first is not None]
    numbers = tuple(number for one in known for number in one.numbers)
    if plain and numbers:
        raise Odd(words("{found} is written in two ways. Write both days alike.", found=shown(text)))
    return Days(plain[0] if plain else None, plain[-1] if plain else None, numbers, known[0].at)


def _one(text: str) -> Days | None:
    """One day; None where it cannot be read."""
    written, at = _WEEKDAY.sub("", text.strip()), None
    if clock := _CLOCK.search(written):
        written = written[: clock.start()].strip()
        at = clock_of(f"{clock[1]}{clock[2] or ''}")
    if found := _ISO.fullmatch(written) or _SOLID.fullmatch(written):
        return _plain(int(found[1]), int(found[2]), int(found[3]), at)
    if re.fullmatch(r"[345]\d{4}(\.0+)?", written):
        return Days(DAY_ZERO + timedelta(days=int(written[:5])), None, at=at)
    if found := _NUMBERS.fullmatch(written):
        return Days(None, None, ((int(found[1]), int(found[2]), _year(found[3])),), at)
    if found := _DAY_MONTH.fullmatch(written):
        return _plain(_year(found[3]), MONTHS.get(found[2][:3].lower(), 0), int(found[1]), at)
    if found := _MONTH_DAY.fullmatch(written):
        return _plain(_year(found[3]), MONTHS.get(found[1][:3].lower(), 0), int(found[2]), at)
    return None


def _plain(year: int, month: int, day: int, at: time | None) -> Days | None:
    try:
        return Days(date(year, month, day), None, at=at)
    except ValueError:
        return None


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Odd(words("{found} is not a day of the calendar.", found=shown(text))) from None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def clock_of(text: str) -> time | None:
    """A time of day; None where the cell is empty or says no time, which is no reason to refuse a row."""
    written = re.sub(r"^(\d{1,2}:\d{2}):\d{2}", r"\1", _typed(text)).replace(".m", "m")
    try:
        return read_time(written) if written else None
    except Unreadable:
        return None


@lru_cache(maxsize=8192)
def money(text: str) -> Money | None:
    """An amount: $1,234.50, 1234.5, (45.00) or -45.00 or 45.00 CR for a credit; None for an empty cell."""
    written = _typed(text).replace("\u2212", "-").replace(" ", "")
    if written in ("", "-", "$-", "$"):
        return None
    credit = False
    for mark, cut in (("(", written[1:-1]), ("-", written[1:])):
        if written.startswith(mark) and (mark == "-" or written.endswith(")")):
            written, credit = cut, True
    if written.lower().endswith(("cr", "-")):
        written, credit = written.lower().removesuffix("cr").removesuffix("-"), True
    written = re.sub(r"aud", "", written, flags=re.IGNORECASE)
    if written.startswith("$-"):
        written, credit = written[2:], True
    if _EITHER.fullmatch(written):
        raise Odd(words("This could mean two different numbers. Write it as {example}.", example=Name("1250.00")))
    found = _MONEY.fullmatch(written)
    if found is None or not (found[1] or found[2]):
        example = Name("$1,063.13")
        raise Odd(words("{found} is not an amount. Write it like {example}.", found=shown(text), example=example))
    cents = (found[2] or "").rstrip("0")
    if len(cents) > 2:
        raise Odd(words("{found} has more decimals than cents. Write dollars and cents.", found=shown(text)))
    if len(found[1]) > 15:
        raise Odd(_too_large(text))
    value = int((found[1] or "0").replace(",", "")) * 100 + int(cents.ljust(2, "0") or 0)
    if value > MOST_MONEY:
        raise Odd(_too_large(text))
    return Money(-value if credit else value)


def quantity(text: str) -> tuple[Quantity, Minutes | None, str] | None:
    """How many: the quantity, the minutes where a length of time was written, and the unit where it says one.

    Read: 2.5, 2:30, 2h 30m, 2.5 hrs, 150 min, 3 days. None for an empty cell.
    """
    written = _typed(text).lower()
    if not written or written == "-":
        return None
    if found := _CLOCKED.fullmatch(written):
        return _lasting(int(found[1]) * MINUTES_PER_HOUR + int(found[2]))
    spoken = _SPOKEN.fullmatch(written)
    if spoken and any(spoken.groups()):
        return _lasting(int(spoken[1] or spoken[2] or 0) * MINUTES_PER_HOUR + int(spoken[3] or 0))
    found = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?\s*x?\s*([a-z ]*)\.?", written)
    unit = UNITS.get(squeezed(found[4]), "") if found else ""
    if found is None or not (found[2] or found[3]) or (found[4].strip() and not unit) or len(found[3] or "") > 30:
        raise Odd(words("{found} is not a number. Write it like {example}.", found=shown(text), example=Name("2.5")))
    digits = (found[3] or "")[:FINEST].ljust(FINEST, "0")
    whole = int((found[2] or "0")[:15].replace(",", ""))
    thousandths = rounded((whole * 10**FINEST + int(digits)) * UNIT, 10**FINEST)
    if whole > MOST_UNITS:
        raise Odd(_too_large(text))
    return Quantity(thousandths), None, unit


def minutes(text: str) -> Minutes | None:
    """A length in minutes; None for an empty cell."""
    found = quantity(text)
    if found is None:
        return None
    amount, length, _ = found
    if length is not None:
        return length
    if amount.thousandths % UNIT or amount.thousandths // UNIT > MOST_UNITS:
        raise Odd(words("{found} is not a whole number of minutes.", found=shown(text)))
    return Minutes(amount.thousandths // UNIT)


def unit(text: str) -> str:
    """The unit that is counted; empty where the cell says none we know."""
    return UNITS.get(squeezed(text), "")


@lru_cache(maxsize=8192)
def claim_type(*texts: str) -> ClaimType:
    """What was charged for, by the claim type where there is one, else by what is written."""
    for text in texts:
        plain = squeezed(text)
        for beginnings, kind in TYPES:
            if any(part in plain for part in beginnings):
                return kind
    return ClaimType.STANDARD


def gst(text: str) -> GstCode | None:
    """How GST applies: the code, or an amount of GST, or words; None where nothing is said."""
    written = tidy(text).upper()
    if written in set(GstCode):
        return GstCode(written)
    digits = re.sub(r"[^0-9]", "", written)
    plain = squeezed(text)
    if "free" in plain or plain in ("fre", "no", "n", "nil", "na", "none", "exempt"):
        return GstCode.FREE
    if digits.strip("0") or plain in ("gst", "yes", "y", "inc"):
        return GstCode.TAXABLE
    return GstCode.FREE if digits else None


def item(text: str) -> str:
    """A support item number, without what people write around it; empty where there is none."""
    written = tidy(text)
    found = re.search(r"\b\d{2}_\d{3}_\d{4}_\d_\d(?:_[A-Z0-9]+)*\b", written)
    return found[0] if found else written[:60]


def _lasting(length: int) -> tuple[Quantity, Minutes, str]:
    if length > MOST_UNITS:
        raise Odd(_too_large(str(length)))
    return Quantity(rounded(length * UNIT, MINUTES_PER_HOUR)), Minutes(length), "H"


def _too_large(text: str) -> Words:
    return words("{found} is too large a number. Please check it.", found=shown(text))
