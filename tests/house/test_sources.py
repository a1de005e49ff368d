"""What may not stand in the code: clocks, floats, markup passed as safe, files that nobody reads to the end."""

from __future__ import annotations

import ast
import re

from tests.house.source import called, files, parts, text

CLOCK = "portal/work.py"  # the only reader of the clock
CLOCK_CALLS = {
    *(f"{kind}.{verb}" for kind in ("datetime", "datetime.datetime") for verb in ("now", "utcnow", "today")),
    *("date.today", "datetime.date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    *("func.now", "func.current_timestamp", "func.current_date"),
}
SECONDS = {  # floats here are lengths of a wait in seconds, which other people's functions ask for; never an amount
    "portal/jobs.py",
    "portal/app.py",
    "portal/cli.py",
    "portal/mail.py",
    "portal/serving.py",
    "portal/site/serve.py",
    "portal/site/turns.py",
    "portal/payments/gateway.py",
}
MEASURES = ("portal/bench",)  # a benchmark reports seconds and ratios
MARKUP = {"portal/language.py"}  # where text becomes markup, once
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def test_only_the_unit_of_work_reads_a_clock() -> None:
    found = [
        f"{name}:{node.lineno} {called(node)}"
        for name in files(".py")
        if name != CLOCK and not name.startswith(MEASURES)
        for node in parts(name)
        if isinstance(node, ast.Call) and called(node) in CLOCK_CALLS
    ]
    assert not found, f"take the instant from work.now and the day from work.today: {found}"


def test_an_instant_becomes_a_day_only_by_somebody_s_clock() -> None:
    found = [
        f"{name}:{node.lineno} {called(node)}"
        for name in files(".py", under=("portal", "agreements", "feedback"))
        if not name.startswith(MEASURES)
        for node in parts(name)
        if isinstance(node, ast.Call) and re.search(r"(_at|\bat|\bnow)\.date$", called(node))
    ]
    assert not found, f"in UTC it may be yesterday: show the instant, or take client.by_the_clock(...): {found}"


def test_amounts_are_never_floats() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name in files(".py", under=("portal", "budgeting", "agreements", "feedback"))
        if name not in SECONDS and not name.startswith(MEASURES)
        for node in parts(name)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and called(node) == "float")
    ]
    assert not found, f"money is cents, time is minutes, the rest thousandths: {found}"


def test_the_calculator_never_divides_into_a_float() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name in files(".py", under=("budgeting",))
        for node in parts(name)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_path(node)
    ]
    assert not found, f"use budgeting.money.rounded: {found}"


def _is_path(node: ast.BinOp) -> bool:
    """Whether a division joins a path: its right side is text, or its left side is itself such a join."""
    right = node.right
    if isinstance(right, ast.JoinedStr) or (isinstance(right, ast.Constant) and isinstance(right.value, str)):
        return True
    return bool(re.search(r"\b(Path|files|HERE|FOLDER|ROOT|folder|path)\b", ast.unparse(node.left)))


def test_text_becomes_markup_in_one_place_only() -> None:
    python = [
        f"{name}:{node.lineno}"
        for name in files(".py")
        if name not in MARKUP
        for node in parts(name)
        if isinstance(node, ast.Call)
        and called(node) in {"Markup", "markupsafe.Markup"}
        and not all(isinstance(part, ast.Constant) for part in node.args)  # what we wrote ourselves is safe
    ]
    templates = [name for name in files(".html", ".txt") if re.search(r"\|\s*safe\b|autoescape\s+false", text(name))]
    assert not python + templates, "text becomes markup by escaping, in portal/language.py"


def test_no_file_is_longer_than_someone_reads() -> None:
    suffixes = (".py", ".html", ".js", ".css")
    found = {
        name: length
        for name in files(*suffixes, under=("portal", "budgeting", "agreements", "feedback", "tests"))
        if "/vendor/" not in name and (length := len(text(name).splitlines())) > LONGEST_FILE
    }
    assert not found, f"split by noun: {found}"


def test_no_function_is_longer_than_a_screen() -> None:
    found = [
        f"{name}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for name in files(".py")
        for node in parts(name)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not found, f"let it tell its story in steps: {found}"
