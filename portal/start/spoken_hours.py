"""Hours written as Arabic says them: "من التاسعة إلى الحادية عشرة والنصف" as "من 9:00 الى 11:30"."""

from __future__ import annotations

import re

_TEENS = {"الحادي[ةه] عشرة?": 11, "الثاني[ةه] عشرة?": 12}
_HOURS = _TEENS | {
    "الواحد[ةه]": 1, "الثاني[ةه]": 2, "الثالث[ةه]": 3, "الرابع[ةه]": 4, "الخامس[ةه]": 5, "السادس[ةه]": 6,
    "السابع[ةه]": 7, "الثامن[ةه]": 8, "التاسع[ةه]": 9, "العاشر[ةه]": 10,
}  # fmt: skip
_PARTS = {"النصف": "30", "نصف": "30", "الربع": "15", "ربع": "15", "الثلث": "20", "ثلث": "20"}
_SPOKEN = re.compile(
    rf"(?<!\w)(?P<before>(?:الساعة|من|الى|حتى)\s+(?:الساعة\s+)?)(?P<hour>{'|'.join(_HOURS)})(?!\w)"
    rf"(?:\s+و\s*(?P<part>{'|'.join(_PARTS)})(?!\w))?"
)


def in_figures(text: str) -> str:
    """The text with such hours in figures; an ordinal that no word makes an hour stays as it is."""
    return _SPOKEN.sub(_figures, text)


def _figures(match: re.Match[str]) -> str:
    hour = next(n for word, n in _HOURS.items() if re.fullmatch(word, match["hour"]))
    return f"{match['before']}{hour}:{_PARTS.get(match['part'], '00')}"
