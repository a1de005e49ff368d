"""How long a visit takes, as people write it in English, Arabic and Chinese: "2 hours", "ساعتين ونصف", "一个半小时"."""

from __future__ import annotations

import re
from datetime import time

from budgeting.money import MINUTES_PER_HOUR

LONGEST_BY_DAY = 12 * MINUTES_PER_HOUR  # longer than this cannot be all by day: the times are asked for
USUAL_START, EARLY_START = time(10), time(8)  # our own choice for a visit of which only the length is told
_USUAL = 10 * MINUTES_PER_HOUR

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_ARABIC_NUMBERS = {
    "[ثت]لا[ثت]": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "[ثت]ماني?|[ثت]من": 8, "تسع": 9, "عشر": 10,
}  # fmt: skip
_ARABIC_PARTS = {"نصف": 30, "نص": 30, "ثلث": 20, "تلت": 20, "ربع": 15}
_AN = "|".join(rf"(?:{word})[ةه]?" for word in _ARABIC_NUMBERS)
_A_PART = "|".join(_ARABIC_PARTS)
_WORDS = "|".join(word for word in _NUMBERS if word.isascii())
_NUMBER = rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}})?(?:\s?½)?|½|{_WORDS}|[一二两兩三四五六七八九十])"
_MINUTE = r"minutes?|mins?|دقيقة|دقائق|分钟|分鐘"
_HOURS = re.compile(
    rf"(?<![\w.])(?P<halfhour>half (?:an )?hour|半(?:个|個)?(?:小时|小時|钟头))(?!\w)"
    rf"|(?<!\w)(?P<apart>{_A_PART}) ساعة(?!\w)"
    rf"|(?<!\w)(?P<arabic>ساعتين|ساعتان|ساعتي|(?:(?P<an>\d{{1,2}}|{_AN})\s*)?ساع(?:ات|ة)(?:\s+واحدة)?)"
    rf"(?:\s*و\s*(?:(?P<amore>{_A_PART})|(?P<am>\d{{1,2}})\s*(?:دقيقة|دقائق)))?(?!\w)"
    rf"|(?<![\d.:])(?<![a-z]){_NUMBER}\s*(?:-\s*)?(?:(?P<before>and a half)\s*)?(?:(?:个|個)?半?)"
    r"(?:(?:hours?|hrs?|h)(?:(?P<close>[0-5]\d)(?!\d)|(?![a-z]))|小时半?|小時半?|钟头|鐘頭)"
    rf"(?P<after>\s*and a half)?(?:\s*(?:and|و)?\s*(?P<m>\d{{1,2}})\s*(?:{_MINUTE}|m(?![a-z])))?",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"(?<![\d.:])(?P<m>\d{{1,3}})\s*(?:-\s*)?(?:{_MINUTE})(?![a-z])", re.IGNORECASE)


def length(text: str) -> tuple[int | None, str]:
    """The length a text names, in minutes, and the text without it; None where it names none, or none that can be."""
    for pattern, minutes in ((_HOURS, _of_hours), (_MINUTES, _of_minutes)):
        if found := pattern.search(text):
            count = minutes(found)
            if 0 < count <= 24 * MINUTES_PER_HOUR:
                return count, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _of_hours(found: re.Match[str]) -> int:
    if found["halfhour"]:
        return MINUTES_PER_HOUR // 2
    if part := found["apart"]:
        return _ARABIC_PARTS[part]
    if said := found["arabic"]:
        hours = 2 if said.startswith("ساعت") else _arabic(found["an"] or "1")
        return hours * MINUTES_PER_HOUR + _ARABIC_PARTS.get(found["amore"], int(found["am"] or 0))
    half = bool(found["before"] or found["after"] or "半" in found[0])
    more = int(found["close"] or found["m"] or 0)
    return _minutes(found["n"].lower()) + (MINUTES_PER_HOUR // 2 if half else 0) + more


def _arabic(number: str) -> int:
    if number.isdecimal():
        return int(number)
    return next(n for word, n in _ARABIC_NUMBERS.items() if re.fullmatch(rf"(?:{word})[ةه]?", number))


def _minutes(number: str) -> int:
    half = MINUTES_PER_HOUR // 2 if number.endswith("½") else 0
    whole, _, part = number.removesuffix("½").strip().partition(".")
    hours = _NUMBERS[whole] if whole in _NUMBERS else int(whole or 0)
    return hours * MINUTES_PER_HOUR + half + int(part.ljust(2, "0") or 0) * MINUTES_PER_HOUR // 100


def _of_minutes(found: re.Match[str]) -> int:
    return int(found["m"])


def by_day(minutes: int, part: time | None = None) -> tuple[time, time] | None:
    """When a visit of this length is counted while nobody said: by day, or from where the part of the day begins.

    None when it is too long for that.
    """
    if minutes > LONGEST_BY_DAY:
        return None
    start = part or (USUAL_START if minutes <= _USUAL else EARLY_START)
    return start, later(start, minutes)


def later(start: time, minutes: int) -> time:
    """The time of day so many minutes after another, the next day's included."""
    end = start.hour * MINUTES_PER_HOUR + start.minute + minutes
    return time(end // MINUTES_PER_HOUR % 24, end % MINUTES_PER_HOUR)
