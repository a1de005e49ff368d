"""A made-up language for tests: every sentence is visibly changed and longer, so what was forgotten stands out."""

from __future__ import annotations

import re

FOLDER = "en_XA"
KEPT = re.compile(r"(\{[a-z_][a-z0-9_]*\}|<[^>]*>|&#?\w+;)")  # placeholders and markup stay as they are
ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒĝĥîĵķļɱñöþǫřšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŘŠŢÛṼŴẊÝŽ",
)


def pseudo(text: str) -> str:
    """The sentence in accented letters, in brackets, about a third longer, its ``{placeholders}`` untouched."""
    parts = KEPT.split(text)
    changed = "".join(part if place % 2 else part.translate(ACCENTED) for place, part in enumerate(parts))
    longer = -(-3 * sum(len(part) for part in parts[::2]) // 10)  # 30 %, rounded up
    return f"⟦{changed} {'~' * max(1, longer)}⟧"
