"""The funding programs, one line each, and the dated facts that are shipped with them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Protocol, cast

from budgeting.catalogue import Editions, read_edition
from budgeting.explain import Source
from budgeting.families import Family
from budgeting.money import Money, Percent
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.parameters import Parameters, read_parameters
from budgeting.period import Calendar, Holiday

if TYPE_CHECKING:
    from budgeting.quotation import Finding, Quote

PROGRAMS = ("ndis", "support_at_home")


@dataclass(frozen=True, slots=True)
class Program:
    """A funding program: its name, its dated parameters, and its supports by everyday names."""

    key: str
    name: str
    price_source: str  # published_limit or price_book
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


class Rules(Protocol):
    """What ``rules.py`` in the folder of a program answers; each function says there what it means."""

    def components(self, funding: Funding) -> tuple[Component, ...]: ...
    def binds(self, management: Management | None, day: date) -> bool: ...
    def pools(self, parts: tuple[Component, ...]) -> tuple[tuple[Component, ...], ...]: ...
    def carries(self, left: int, released: FundingPeriod) -> int: ...
    def group_limit(self, limit: Money, participants: int, workers: int) -> Money: ...
    def share(self, funding: Funding | None, family: Family | None, category: str | None, day: date) -> Share: ...
    def share_changes(self, funding: Funding | None, family: Family | None) -> tuple[date, ...]: ...
    def findings(self, quote: Quote) -> Iterable[Finding]: ...


@cache
def rules(key: str) -> Rules:
    """The rules of the program with this key; a key that is not in PROGRAMS is a KeyError."""
    return cast(Rules, import_module(f"budgeting.programs.{program(key).key}.rules"))


@cache
def program(key: str) -> Program:
    """The program with this key, read from its folder once; a key that is not in PROGRAMS is a KeyError."""
    if key not in PROGRAMS:
        raise KeyError(key)
    about, parameters = read_parameters(_text(key, "program.toml"))
    families: tuple[Family, ...] = import_module(f"budgeting.programs.{key}.everyday").FAMILIES
    by_key = {number: family for family in reversed(families) for number in family.items.values()}
    by_key.update({family.key: family for family in families})
    categories = about["categories"]
    if not isinstance(categories, list):
        raise TypeError("categories are a list")
    return Program(
        key=key,
        name=str(about["name"]),
        price_source=str(about["price_source"]),
        categories=tuple(str(one) for one in categories),
        parameters=parameters,
        families=families,
        by_key=by_key,
    )


def families(key: str) -> tuple[Family, ...]:
    """The supports of a program by their everyday names."""
    return program(key).families


@cache
def shipped(key: str) -> Editions:
    """The small price editions that come with a program; empty for one whose providers set their own prices."""
    folder = resources.files(f"budgeting.programs.{key}") / "editions"
    if not folder.is_dir():
        return Editions(())
    listed = tomllib.loads((folder / "editions.toml").read_text(encoding="utf-8"))["edition"]
    return Editions(
        read_edition(key, (folder / one["file"]).read_text(encoding="utf-8"), one["valid_from"], one["source"])
        for one in listed
    )


@cache
def calendar() -> Calendar:
    """The public holidays of the states and territories that come with the program, each with its source."""
    sources = tomllib.loads((resources.files(__name__) / "public_holidays.toml").read_text(encoding="utf-8"))
    text = (resources.files(__name__) / "public_holidays.csv").read_text(encoding="utf-8")
    return Calendar(
        Holiday(
            day=date.fromisoformat(row["day"]),
            state=row["state"],
            name=row["name"],
            region=row["region"] or None,
            starts=time.fromisoformat(row["starts"]) if row["starts"] else None,
            source=sources[row["source"]]["title"],
            confidence=row["confidence"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def _text(key: str, name: str) -> str:
    return (resources.files(f"budgeting.programs.{key}") / name).read_text(encoding="utf-8")
