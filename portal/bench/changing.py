"""The long proofs of changes, for ``coplan bench --soak``: a million random acts, and thousands of rounds at once."""

from __future__ import annotations

import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from portal.app import Coplan
from portal.bench.agreeing import rounds
from portal.bench.authorising import explore
from portal.bench.figures import Figure
from portal.migrations import upgrade
from portal.settings import from_environment

ACTS, ROUNDS = 1_000_000, 2_000


def measure() -> list[Figure]:
    """How many of the promises were broken; the proofs stop at the first and say which."""
    return [_acts(), _at_once()]


def _acts() -> Figure:
    name = f"promises about changes that {ACTS:,} random acts of random people broke"
    try:
        explore(ACTS, 1)
    except AssertionError as broken:
        print(broken)
        return Figure(name, 1, "promises", 0)
    return Figure(name, 0, "promises", 0)


def _at_once() -> Figure:
    name = f"answers lost or wrong in {ROUNDS:,} rounds of sixteen at once on SQLite"
    if find_spec("tests") is None:
        return Figure(name, None, "answers", 0, skipped="the people of the rounds are in the tests")
    with tempfile.TemporaryDirectory(prefix="coplan-soak-") as folder:
        settings = from_environment({"COPLAN_DATA": str(Path(folder)), "COPLAN_JOBS": "inline"})
        upgrade(settings)
        coplan = Coplan(settings)
        around = import_module("tests.portal.changes.test_at_once").everybody(coplan)
        try:
            rounds(coplan, around, ROUNDS)
        except AssertionError as broken:
            print(broken)
            return Figure(name, 1, "answers", 0)
        finally:
            coplan.database.engine.dispose()
    return Figure(name, 0, "answers", 0)
