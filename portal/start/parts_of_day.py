"""The parts of a day as people name them in English, Arabic and Chinese: "Friday evening", "السبت عصرا", "周五傍晚"."""

from __future__ import annotations

import re
from datetime import time

_ARABIC = r"(?<!\w)[وب]?(?:في\s+)?(?:ال)?"
#: Each part, and when a visit in it is counted while nobody said: our own choice. Marks and hamza are gone here.
_PARTS = (
    (time(14), rf"\bafternoons?\b|{_ARABIC}(?:بعد الظهر|عصر)ا?(?!\w)|下午"),
    (time(9), rf"\bmornings?\b|{_ARABIC}(?:صباح|صبح)(?:ا|يه)?(?!\w)|早上|上午|早晨|清晨"),
    (time(12), rf"(?<!بعد ){_ARABIC}ظهرا?(?!\w)|中午"),
    (time(18), rf"\bevenings?\b|{_ARABIC}مسا(?:ء|ءا)?(?!\w)|晚上|傍晚"),
    (time(21), rf"\bnights?\b|\bnightly\b|{_ARABIC}ليل(?:ا|ه)?(?!\w)|夜里|夜间|深夜"),
)
_PATTERNS = tuple((start, re.compile(pattern, re.IGNORECASE)) for start, pattern in _PARTS)
_LEADING = re.compile(
    "(?:\\b(?:in|on|at) (?:the )?)?(?:" + "|".join(pattern for _, pattern in _PARTS) + ")", re.IGNORECASE
)
NOON = 12


def said(text: str) -> list[time]:
    """When a visit is counted in each part of the day that a line names, the earliest first."""
    return sorted(start for start, pattern in _PATTERNS if pattern.search(text))


def half(text: str) -> str | None:
    """Before or after noon, where all that a line names of the day is on one side of it."""
    halves = {"am" if start.hour < NOON else "pm" for start in said(text)}
    return halves.pop() if len(halves) == 1 else None


def without(text: str) -> str:
    """A line without the parts of the day that it names."""
    return _LEADING.sub(" ", text)
