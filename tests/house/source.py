"""The project's own files, as the tests of the house read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("portal", "budgeting", "agreements", "feedback")
GENERATED = ("portal/migrations/versions/",)


@cache
def tracked() -> tuple[str, ...]:
    """Every file that is, or is about to be, in the repository; read from the folder where there is no git."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        out = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        paths = (path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts)
        return tuple(sorted(path.relative_to(ROOT).as_posix() for path in paths))
    return tuple(sorted(name for name in out.split("\0") if name and (ROOT / name).is_file()))


def files(*suffixes: str, under: tuple[str, ...] = PACKAGES) -> Iterator[str]:
    """Tracked files below some folders, by suffix; generated ones left out."""
    for name in tracked():
        inside = name.startswith(tuple(f"{folder}/" for folder in under))
        if inside and name.endswith(suffixes) and not name.startswith(GENERATED):
            yield name


@cache
def text(name: str) -> str:
    """The text of a file."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text(name), filename=name)


@cache
def parts(name: str) -> tuple[ast.AST, ...]:
    """Everything in a Python file, which many tests look through."""
    return tuple(ast.walk(tree(name)))


def called(node: ast.AST) -> str:
    """The dotted name that a call calls, such as ``datetime.now``; empty when it is not a plain name."""
    if isinstance(node, ast.Call):
        node = node.func
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id])) if isinstance(node, ast.Name) else ""
