"""What somebody may need to take part, from a dated list; and how long a confirmation counts as fresh."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from budgeting.words import Words, words

NEEDS: Mapping[str, Words] = {
    "wheelchair": words("you can get in with a wheelchair"),
    "home": words("somebody comes to your home"),
    "telehealth": words("by video or telephone"),
    "auslan": words("Auslan"),
    "interpreter": words("with an interpreter"),
    "device": words("knows signs, pictures or a speaking device"),
    "easy": words("explains in easy words"),
    "woman": words("a woman can come"),
    "man": words("a man can come"),
    "quiet": words("a quiet place"),
    "transport": words("picks you up"),
}
KEYS = tuple(NEEDS)


@cache
def _list() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("portal.accounts") / "needs.toml").read_text(encoding="utf-8"))


def offered(day: date) -> Mapping[str, Words]:
    """The needs that can be chosen on a day, in order, each with its words."""
    return {one["key"]: NEEDS[one["key"]] for one in _list()["need"] if one["since"] <= day}


def fresh_days() -> int:
    """For how many days what was confirmed counts as fresh."""
    days: int = _list()["fresh"]["days"]
    return days
