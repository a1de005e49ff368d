"""No float anywhere in the calculator, and no parameter without a source and a date."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import budgeting
from budgeting import programs
from budgeting.explain import Confidence

FOLDER = Path(budgeting.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
INEXACT = {"float", "complex", "mean", "average", "true_divide", "divide", "float64", "float32", "fsum", "sqrt"}


def inexact(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a float is written, made, or could come out of a division; ``/`` between folders and names is a path."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno, f"the number {node.value}"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not is_path(node):
            yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
            yield node.lineno, ast.unparse(node)
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name in INEXACT:
            yield getattr(node, "lineno", 0), f"the name {name}"


def is_path(node: ast.BinOp) -> bool:
    """Whether a division begins at a folder."""
    left = ast.unparse(node.left)
    return "files(" in left or "folder" in left.lower() or "path" in left.lower()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_there_is_no_float(file: Path) -> None:
    assert not list(inexact(ast.parse(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("text", ["1.5", "a / b", "float(a)", "a /= 2", "1e3", "numbers.mean()", "np.float64(a)"])
def test_a_float_would_be_found(text: str) -> None:
    assert list(inexact(ast.parse(text)))


@pytest.mark.parametrize("key", programs.PROGRAMS)
def test_every_parameter_has_a_source_and_a_date(key: str) -> None:
    known = programs.program(key).parameters.by_key
    assert known
    for name, parameter in known.items():
        assert parameter.about, name
        assert parameter.source, name
        assert isinstance(parameter.confidence, Confidence), name
        assert parameter.values, name
        assert all(isinstance(since, date) for since, _ in parameter.values), name
        assert [since for since, _ in parameter.values] == sorted({since for since, _ in parameter.values}), name
