"""Days and amounts found in plain text, as letters and people write them; nothing is guessed that is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from budgeting.money import Money, dollars
from portal.reading import western


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in ("en", "en_AU", "ar_001", "ar_SY"):  # en_AU writes July in full, letters Jul as well; ar_SY has تموز
        formats = Locale.parse(locale).months["format"]
        for width in ("wide", "abbreviated"):
            names.update({str(name).casefold().rstrip("."): number for number, name in formats[width].items()})
    return names | {"sept": 9}


@cache
def _days() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    ways = (
        r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})",
        r"(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>\d{4})",
        rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{month})\.?,?\s+(?P<y3>\d{{4}})",
        rf"(?P<m4>{month})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})",
        r"(?P<y5>\d{4})\s*年\s*(?P<m5>\d{1,2})\s*月\s*(?P<d5>\d{1,2})\s*日",
    )
    return re.compile(r"(?<![\d/.-])(?:" + "|".join(ways) + r")(?![\d/])", re.IGNORECASE)


#: "$ 18 720.00": a space that parts the thousands of an amount with a sign, as tables are pasted.
_PARTED = re.compile(r"((?:A?\$|AUD)[ \t]?\d{1,3})((?:[ \u2009\u202f]\d{3})+)(?![\d,])")
_AMOUNT = re.compile(
    r"(?:A?\$|AUD)\s?(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)(?![\d,.]*\d)"
    r"|(?<![\d.,])(?P<b>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s?(?:dollars?|AUD|元|澳元|دولارا|دولارات|دولار)",
    re.IGNORECASE,
)
_PAUSE = re.compile("(?<![0-9])，|，(?![0-9])")  # a Chinese comma of the sentence, not one inside a number


@dataclass(frozen=True, slots=True)
class Found:
    """What one piece of text holds: days and amounts in their order, and the words left over."""

    days: tuple[date, ...]
    amounts: tuple[Money, ...]
    rest: str
    wrong_day: bool = False  # something looked like a day that does not exist


def find(text: str) -> Found:
    """The days and amounts in a piece of text."""
    plain = western(_PAUSE.sub(" ", text)).replace("\u00a0", " ")
    days, wrong = [], False
    for match in _days().finditer(plain):
        day = _day(match)
        wrong = wrong or day is None
        days += [day] if day else []
    without = _PARTED.sub(lambda m: m[1] + re.sub(r"\s", "", m[2]), _days().sub(" ", plain))
    amounts = [dollars((match["a"] or match["b"]).replace(",", "")) for match in _AMOUNT.finditer(without)]
    return Found(tuple(days), tuple(amounts), " ".join(_AMOUNT.sub(" ", without).split()), wrong)


def _day(match: re.Match[str]) -> date | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    month = int(parts["m"]) if parts["m"].isdigit() else _months()[parts["m"].casefold()]
    try:
        found = date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None
