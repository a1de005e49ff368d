"""Finds every English sentence in the code and the templates that people can read in their own language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("portal", "budgeting", "agreements", "feedback")
NOT_READ = ("portal/setup/", "portal/migrations/")  # their output is for developers and operators, in English
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".txt": "jinja2.ext:babel_extract"}
OPTIONS: dict[str, dict[str, Any]] = {".html": {"silent": "false"}, ".txt": {"silent": "false"}, ".py": {}}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "plain": None,
    "words": None,
    "nwords": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
NOTES = ("Translators:",)  # comments that travel with the sentence


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every file that may hold sentences, in a stable order; text files only when they are templates."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            inside = path.relative_to(root).as_posix()
            if path.suffix not in METHODS or inside.startswith(NOT_READ) or "/static/" in inside:
                continue
            if path.suffix == ".py" or "/templates/" in inside:
                yield path


def listed(root: Path = ROOT) -> Iterator[str]:
    """Every sentence in TOML files of the calculator: what stands under a key that its file names in ``sentences``."""
    for path in sorted((root / "budgeting").rglob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from _under(table, frozenset(table.pop("sentences", ())))


def _under(value: Any, keys: frozenset[str], *, read: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _under(one, keys, read=read or key in keys)
    elif isinstance(value, list):
        for one in value:
            yield from _under(one, keys, read=read)
    elif read and isinstance(value, str):
        yield value


def sentences(root: Path = ROOT) -> Catalog:
    """All sentences of the source, without places or dates, so that two people's changes meet without conflict."""
    found = Catalog(charset="utf-8")
    for path in sources(root):
        with path.open("rb") as file:
            for _line, message, notes, context in extract(
                METHODS[path.suffix], file, KEYWORDS, NOTES, OPTIONS[path.suffix], strip_comment_tags=True
            ):
                found.add(message, auto_comments=notes, context=context)
    for message in listed(root):
        found.add(message)
    return found
