"""Worked cases: a file of inputs with expected results, run through the same engine that prices every package.

Every program brings the kinds of its cases in ``cases.py`` of its folder, as ``KINDS``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from budgeting import programs
from budgeting.cases.inputs import Inputs, Result, Runner
from budgeting.cases.selection import NotListed, Selection
from budgeting.catalogue import Editions


def kinds() -> Mapping[str, tuple[str, Runner]]:
    """The program and the runner of every kind of case; a kind that two programs bring is a ValueError."""
    found: dict[str, tuple[str, Runner]] = {}
    for program in programs.PROGRAMS:
        own = programs.module(program, "cases")
        for kind, runner in own.KINDS.items() if own else ():
            if kind in found:
                raise ValueError(f"two programs have cases of the kind {kind}")
            found[kind] = (program, runner)
    return found


def run_case(kind: str, inputs: Inputs, editions: Editions | None = None) -> Result:
    """The result of one case, from its kind and inputs alone; an unknown kind gives ``{"unknown": kind}``.

    Without price editions those shipped with the program are used: they hold only some items, and a case about any
    other one gives ``{"unknown": item}``. Inputs that are missing or malformed are a KeyError, ValueError or TypeError.
    """
    known = kinds().get(kind)
    if known is None:
        return {"unknown": kind}
    program, runner = known
    if editions is not None:
        return runner(inputs, editions)
    try:
        return runner(inputs, _selection(program))
    except NotListed as unknown:
        return {"unknown": unknown.item}


@cache
def _selection(program: str) -> Editions:
    """The price lists shipped with a program, which do not hold every item; a program without any stays without."""
    known = programs.shipped(program)
    return Selection(known.editions) if known.editions else known


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what came out, and in words how it differs from what was expected."""

    id: str
    kind: str
    result: Result
    state: str  # passed, failed, unknown, computed (nothing was expected)
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a file of cases."""

    results: tuple[CaseResult, ...]

    @property
    def passed(self) -> int:
        return sum(1 for result in self.results if result.state == "passed")

    @property
    def failed(self) -> int:
        return sum(1 for result in self.results if result.state == "failed")

    @property
    def unknown(self) -> int:
        return sum(1 for result in self.results if result.state == "unknown")

    def as_json(self) -> dict[str, Result]:
        """Case id to result, in the shape of each kind's ``expected``."""
        return {result.id: result.result for result in self.results}

    def as_text(self) -> str:
        """The count on the first line, then every difference and all that is not known, one a line."""
        lines = [f"{self.passed} passed, {self.failed} failed"]
        if self.unknown:
            lines[0] += f", {self.unknown} unknown"
        for result in self.results:
            lines += [f"{result.id} ({result.kind}): {difference}" for difference in result.differences]
            if result.state == "unknown" and not result.differences:
                lines.append(f"{result.id} ({result.kind}): this kind of case is not known")
        return "\n".join(lines)


def check(text: str | bytes, editions: Editions | None = None) -> Report:
    """Run a file of cases, given as its text; without price editions those shipped with the
    program of each kind are used.

    Text that is not JSON, or has no list of cases, is a ValueError with a sentence that says so. A case whose inputs
    cannot be used counts as failed.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("This file is not JSON.") from error
    cases = content.get("cases") if isinstance(content, dict) else content
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise ValueError("This file has no list of cases.")
    return Report(tuple(_run(case, number, editions) for number, case in enumerate(cases, start=1)))


def _run(case: Mapping[str, Any], number: int, editions: Editions | None) -> CaseResult:
    name, kind = str(case.get("id", number)), str(case.get("kind"))
    inputs = case.get("inputs")
    try:
        if not isinstance(inputs, dict):
            raise ValueError("no inputs")
        result = run_case(kind, inputs, editions)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, IndexError) as error:
        problem = f"cannot be run: {type(error).__name__}: {error}"
        return CaseResult(name, kind, {"error": problem}, "failed", (problem,))
    if "unknown" in result:
        item = result["unknown"]
        lacking = () if item == kind else (f"{item} is not in the price lists that come with the program",)
        return CaseResult(name, kind, result, "unknown", lacking)
    if "expected" not in case:
        return CaseResult(name, kind, result, "computed")
    differences = tuple(_differences(case["expected"], result, ""))
    return CaseResult(name, kind, result, "failed" if differences else "passed", differences)


def _differences(expected: Any, result: Any, where: str) -> list[str]:
    if isinstance(expected, dict) and isinstance(result, dict):
        found = []
        for key in dict.fromkeys((*expected, *result)):
            path = f"{where}.{key}" if where else str(key)
            if key not in result:
                found.append(f"{path} is missing")
            elif key not in expected:
                found.append(f"{path} was not expected")
            else:
                found += _differences(expected[key], result[key], path)
        return found
    if isinstance(expected, list) and isinstance(result, list) and len(expected) == len(result):
        pairs = enumerate(zip(expected, result, strict=True), start=1)
        return [difference for number, (a, b) in pairs for difference in _differences(a, b, f"{where}[{number}]")]
    return [] if expected == result else [f"{where} should be {expected!r} and is {result!r}"]
