"""What a program lists in TOML beside its rules: supports by their everyday names, and lines that are forgotten.

Each file says in ``sentences`` under which of its keys people read something, so that it is collected for translation.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from budgeting.explain import Confidence, Source
from budgeting.families import DatedCategory, Family, Forgotten
from budgeting.period import Band
from budgeting.words import Name, Words

BANDS = (Band.DAY, Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.SUNDAY, Band.HOLIDAY, Band.SLEEPOVER)
PLAIN = ("unit", "hours", "fund", "also", "usual")  # what a support is as the file says it


def families(folder: Path) -> tuple[Family, ...]:
    """The supports in ``everyday.toml``; units and dated categories may stand in ``services.csv`` beside it."""
    listed = table(folder / "everyday.toml")
    known = services(folder)
    return tuple(_family(key, one, known.get(key, []), listed) for key, one in listed.get("support", {}).items())


def _family(key: str, one: Mapping[str, Any], rows: list[dict[str, str]], listed: Mapping[str, Any]) -> Family:
    """A support from its item numbers: one, or up to seven in the order of ``BANDS``, with a dash where none is."""
    numbers = str(one.get("items", "")).split()
    bands = BANDS if len(numbers) > 1 else (Band.ANY,)
    told = {"unit": rows[0]["unit"] if rows else "H", **{name: one[name] for name in PLAIN if name in one}}
    if "typed" in one:
        told["also"] = table(Path(__file__).parent / "typed.toml")[one["typed"]].strip()
    return Family(
        key=key,
        label=Words(one["label"]),
        search=Words(one["search"]),
        categories=tuple(_dated(row, listed["source"]) for row in rows)
        or (DatedCategory(one.get("category") or numbers[0].split("_")[0]),),
        items={band: number for band, number in zip(bands, numbers, strict=False) if number != "-"},
        **told,
    )


def _dated(row: Mapping[str, str], source: str) -> DatedCategory:
    since = date.fromisoformat(row["since"])
    where = Source(source, row["service"], since, Confidence(row["confidence"]))
    return DatedCategory(row["category"], since, where, announced=row["status"] != "in_force")


def forgotten(folder: Path) -> tuple[Forgotten, ...]:
    """The lines that people often forget, as ``everyday.toml`` names them."""
    return tuple(
        Forgotten(
            key=key,
            label=Words(one["label"]),
            about=Words(one["about"], {name: Name(value) for name, value in one.get("values", {}).items()}),
            support=one.get("support"),
            free=one.get("free", False),
            confidence=Confidence(one["confidence"]) if "confidence" in one else None,
        )
        for key, one in table(folder / "everyday.toml").get("forgotten", {}).items()
    )


def services(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of ``services.csv`` by the key of the support; none where there is no such file."""
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in rows(folder / "services.csv"):
        by_key.setdefault(row["key"], []).append(row)
    return by_key


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with the names of its columns; none where there is no such file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.is_file() else []


def in_words(told: Mapping[str, str]) -> dict[str, Words]:
    """The sentences of a table by their keys."""
    return {key: Words(text) for key, text in told.items()}


@cache
def table(path: Path) -> Mapping[str, Any]:
    """A TOML file, read once; empty where there is none."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
