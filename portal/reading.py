"""Reading what people type: numbers, amounts, days and times, in any digits, never guessed."""

from __future__ import annotations

import re
from datetime import date, time

from budgeting.money import Money
from budgeting.words import Name, Words, words


class Unreadable(ValueError):
    """What was typed is not a number, an amount, a day or a time; ``why`` says what to do."""

    def __init__(self, why: Words) -> None:
        super().__init__(why.text)
        self.why = why


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９٫．，٬", "0123456789" * 4 + ".." + ",,")
_INVISIBLE = re.compile("[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e\ufeff\u00a0\u202f\\s]")


_ADDRESS = re.compile(r"""[^\s@,;:<>()\[\]"'\\]+@[^\s@,;:<>()\[\]"'\\]+""")


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address, and no list of them: a letter to it goes to one place."""
    return text.isprintable() and _ADDRESS.fullmatch(text) is not None


def western(text: str) -> str:
    """Text with every kind of digit as 0 to 9, its words and spaces as they were."""
    return text.translate(_DIGITS)


def bare(text: str) -> str:
    """Typed digits as ASCII, without invisible marks, spaces and currency signs."""
    return re.sub(r"^(A\$|AU\$|AUD|\$)|(AUD|\$)$", "", _INVISIBLE.sub("", text.translate(_DIGITS)))


def read_decimal(text: str, places: int, largest: int) -> int:
    """A typed number as an integer of ``10**-places``; Unreadable says what to type instead.

    Read in the operator's form: a point before the decimals, commas between thousands. Where a single comma or point
    could be either, we ask rather than guess.
    """
    typed = bare(text)
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", typed) and places < 3:
        raise Unreadable(_either(typed, places))
    if re.fullmatch(r"\d+,\d{1,2}", typed):
        raise Unreadable(words("Use a point before the decimals, for example {example}.", example=Name("12.50")))
    found = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?", typed)
    if not found or not (found[2] or found[3]):
        raise Unreadable(words("Enter a number, for example {example}.", example=Name("12.50")))
    if found[1]:
        raise Unreadable(words("Enter a number that is zero or more."))
    decimals = (found[3] or "").rstrip("0")
    if len(decimals) > places:
        raise Unreadable(words("Enter at most {places} digits after the point.", places=places))
    if len(found[2] or "") > 30:  # far above any limit; Python itself refuses to read thousands of digits
        raise Unreadable(words("This number is too large. Check it and try again."))
    value = int((found[2] or "0").replace(",", "")) * 10**places + int(decimals.ljust(places, "0") or 0)
    if value > largest:
        raise Unreadable(words("This number is too large. Check it and try again."))
    return int(value)


def _either(typed: str, places: int) -> Words:
    """Both numbers that 1.250 could be, as they can be typed without doubt."""
    whole, rest = typed.split(".")
    small = f"{whole}.{rest[:places]}".rstrip("0").rstrip(".")
    return words(
        "This could mean two different numbers. Write {large} or {small}.",
        large=Name(f"{whole}{rest}"),
        small=Name(small),
    )


MOST_MONEY = 100_000_000_00  # the largest amount one field takes, in cents


def read_money(text: str) -> Money:
    """An amount people typed; Unreadable says what to type instead."""
    return Money(read_decimal(text, 2, MOST_MONEY))


def read_day(text: str) -> date:
    """A day as a date input sends it (2026-03-14) or as people here write it (14/3/2026); no other order is guessed."""
    typed = bare(text)
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed)
    parts = (found[1], found[2], found[3]) if found else None
    if not parts and (found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", typed)):
        parts = (found[3], found[2], found[1])
    try:
        day = date(*map(int, parts)) if parts else None
    except ValueError:
        raise Unreadable(words("There is no such day. Check the day and the month.")) from None
    if day is None or not 1900 <= day.year <= 2100:
        raise Unreadable(words("Enter a day like {example}: day, month, year.", example=Name("14/3/2027")))
    return day


def read_time(text: str) -> time:
    """A time of day such as 9:00, 09:00, 9am, 14.30, 0730 or 730."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?", bare(text).lower())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Unreadable(words("Enter a time like {example}.", example=Name("9:30")))
