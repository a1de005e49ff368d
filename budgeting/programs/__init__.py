"""The funding programs, and the dated facts that are shipped with them.

A program is a folder with a ``program.toml``: every such folder beside this file is found, and ``add`` takes one from
elsewhere. docs/adding-a-program.md shows what is in it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from budgeting.catalogue import Editions, read_edition
from budgeting.explain import Source
from budgeting.families import Family, Forgotten
from budgeting.money import Percent
from budgeting.parameters import Parameters, read_parameters
from budgeting.period import Calendar, Holiday
from budgeting.programs import listed

if TYPE_CHECKING:
    from budgeting.programs.ordinary import Rules

FOLDER = Path(__file__).parent
_FOLDERS = {folder.parent.name: folder.parent for folder in sorted(FOLDER.glob("*/program.toml"))}
_KEYS = list(_FOLDERS)
PROGRAMS: Sequence[str] = _KEYS
"""The keys of all programs there are, in order; a program that is added appears in it at once."""


def add(folder: Path) -> str:
    """Take in the program in a folder, whose name is its key, and give the key back.

    A folder without ``program.toml``, or with a name that is taken or no Python name, is a ValueError.
    """
    key, name = folder.name, f"{__name__}.{folder.name}"
    if not (folder / "program.toml").is_file():
        raise ValueError(f"{folder} has no program.toml")
    if not key.isidentifier() or key in _FOLDERS or hasattr(sys.modules[__name__], key):
        raise ValueError(f"{key} cannot be the key of one more program")
    spec = PathFinder.find_spec(name, [str(folder.parent)])
    if spec is None:
        raise ValueError(f"{folder} cannot be read as a package")
    sys.modules[name] = module_from_spec(spec)
    if spec.loader is not None:
        spec.loader.exec_module(sys.modules[name])
    _FOLDERS[key] = folder
    _KEYS.append(key)
    return key


def remove(key: str) -> None:
    """Forget a program that was added, and everything read from its folder; one that is shipped is a ValueError."""
    if _FOLDERS[key].parent == FOLDER:
        raise ValueError(f"{key} is part of the calculator")
    del _FOLDERS[key]
    _KEYS.remove(key)
    for name in [one for one in sys.modules if one == f"{__name__}.{key}" or one.startswith(f"{__name__}.{key}.")]:
        del sys.modules[name]
    for known in (rules, program, shipped, listed.table):
        known.cache_clear()


def folder(key: str) -> Path:
    """The folder of a program; a key that is not in PROGRAMS is a KeyError."""
    return _FOLDERS[key]


def module(key: str, name: str) -> ModuleType | None:
    """One Python file in the folder of a program, such as ``grants``; None when the program has no such file."""
    if not (folder(key) / f"{name}.py").is_file():
        return None
    return import_module(f"{__name__}.{key}.{name}")


@dataclass(frozen=True, slots=True)
class Program:
    """A funding program: its name, its dated parameters, and its supports by everyday names."""

    key: str
    name: str
    price_source: str  # published_limit or price_book
    client_share: bool  # whether the client pays a part of each price
    categories: tuple[str, ...]
    parameters: Parameters
    families: tuple[Family, ...]
    by_key: Mapping[str, Family]  # by family key, and by each item number

    def family(self, support: str | None) -> Family | None:
        """The family with this key, or that has this item number; None when there is none."""
        return self.by_key.get(support) if support else None


@dataclass(frozen=True, slots=True)
class Share:
    """What a client pays towards a service: category, rate (None: not known), and what the funding is charged."""

    category: str | None = None
    rate: Percent | None = None
    source: Source | None = None
    debit: str = "price"  # the whole price, or the subsidy: the price less the client's share


@cache
def rules(key: str) -> Rules:
    """The rules of the program with this key; a key that is not in PROGRAMS is a KeyError."""
    from budgeting.programs.ordinary import Rules  # here, since it is written in terms of this module

    answers = Rules(program(key))
    own = module(key, "rules")
    for name in (name for name in vars(Rules) if hasattr(own, name) and not name.startswith("_")):
        setattr(answers, name, getattr(own, name))
    return answers


@cache
def program(key: str) -> Program:
    """The program with this key, read from its folder once; a key that is not in PROGRAMS is a KeyError."""
    about, own = read_parameters(_text(folder(key), "program.toml"))
    _, parameters = read_parameters(_text(FOLDER, "defaults.toml"))
    parameters = Parameters({**parameters.by_key, **own.by_key})
    families = listed.families(folder(key))
    by_key = {number: family for family in reversed(families) for number in family.items.values()}
    by_key.update({family.key: family for family in families})
    categories = about["categories"]
    if not isinstance(categories, list):
        raise TypeError("categories are a list")
    return Program(
        key=key,
        name=str(about["name"]),
        price_source=str(about["price_source"]),
        client_share=about.get("client_share", False) is True,
        categories=tuple(str(one) for one in categories),
        parameters=parameters,
        families=families,
        by_key=by_key,
    )


def families(key: str) -> tuple[Family, ...]:
    """The supports of a program by their everyday names."""
    return program(key).families


def forgotten(key: str) -> tuple[Forgotten, ...]:
    """The lines that people in a program often forget; empty where its ``everyday.toml`` names none."""
    return listed.forgotten(folder(key))


@cache
def shipped(key: str) -> Editions:
    """The small price editions that come with a program; empty for one whose providers set their own prices."""
    lists = folder(key) / "editions"
    published = listed.table(folder(key) / "editions" / "editions.toml").get("edition", ())
    return Editions(read_edition(key, _text(lists, one["file"]), one["valid_from"], one["source"]) for one in published)


@cache
def calendar() -> Calendar:
    """The public holidays of the states and territories that come with the program, each with its source."""
    sources = listed.table(FOLDER / "public_holidays.toml")
    return Calendar(
        Holiday(
            day=date.fromisoformat(row["day"]),
            state=row["state"],
            name=row["name"],
            region=row["region"] or None,
            starts=time.fromisoformat(row["starts"]) if row["starts"] else None,
            source=sources[row["source"]]["title"],
            confidence=row["confidence"],
            since=date.fromisoformat(sources[row["source"]]["covers"].split()[0]),
        )
        for row in listed.rows(FOLDER / "public_holidays.csv")
    )


def _text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")
