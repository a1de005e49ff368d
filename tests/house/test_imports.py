"""Who may import whom."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, files, text

KINDS = ("events", "model", "queries", "commands", "jobs", "pages")  # from the lowest to the highest
IMPORT = re.compile(r"^ *from ((?:portal|agreements|feedback)[\w.]*) import (\([^)]*\)|[^(\n]+)$", re.MULTILINE)
NONE = -1  # a file that uses nothing of any kind


def test_every_import_goes_down_the_rows_of_the_architecture() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-1000:]


def test_every_file_of_a_slice_goes_down_the_same_rows_whatever_it_is_called() -> None:
    upward = [
        f"{one} imports {other}"
        for one in modules()
        for other in imported(one)
        if kind(one) < kind(other)
        or (kind(one) == kind(other) and part(one) != part(other) and rows()[part(one)] <= rows()[part(other)])
    ]
    assert not upward


@cache
def rows() -> dict[str, int]:
    """The slices with the number of their row, from the lowest: in the order in which their pages may import."""
    settings = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]
    layers = [re.findall(r"([\w.]+)\.pages\b", layer) for layer in settings["contracts"][0]["layers"]]
    slices = [layer for layer in reversed(layers) if layer]
    return {name: number for number, layer in enumerate(slices) for name in layer}


@cache
def modules() -> dict[str, str]:
    """Every module of a slice, with its file."""
    named = {name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in files(".py")}
    return {module: name for module, name in named.items() if part(module)}


@cache
def part(module: str) -> str:
    """The slice that a module belongs to; empty when it belongs to none."""
    return next((name for name in rows() if module.startswith(f"{name}.")), "")


@cache
def kind(module: str) -> int:
    """What kind of file it is, by the end of its name, else the highest kind that it uses."""
    last = module.rpartition(".")[2]
    named = next((number for number, one in enumerate(KINDS) if last == one or last.endswith(f"_{one}")), None)
    return max((kind(one) for one in imported(module)), default=NONE) if named is None else named


@cache
def imported(module: str) -> tuple[str, ...]:
    """The modules of slices that a module imports, also inside its functions."""
    return tuple(dict.fromkeys(one for one in _named(text(modules()[module])) if one in modules() and one != module))


def _named(code: str) -> Iterator[str]:
    for source, names in IMPORT.findall(code):
        inside = (f"{source}.{one.split()[0]}" for one in names.strip("()").split(",") if one.strip())
        yield from (one if one in modules() else source for one in inside)
