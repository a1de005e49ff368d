"""The long proofs of changes, for ``coplan bench --soak``: a million random acts, and thousands of rounds at once.

The acts are tried by the pure rules alone, and in thousands of stories through the real verbs and a real database.

``COPLAN_SEED`` names the first of the stories; each takes the next number, so that other nights tell other stories.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec

from portal.app import Coplan
from portal.bench.agreeing import rounds
from portal.bench.authorising import explore
from portal.bench.calendared import Calendar
from portal.bench.exploring import Stage
from portal.bench.figures import Figure
from portal.migrations import upgrade
from portal.settings import from_environment

ACTS, STORIES, ROUNDS = 1_000_000, 5_000, 2_000


def measure() -> list[Figure]:
    """How many of the promises were broken; the proofs stop at the first and say which."""
    return [_acts(), _stories(), _at_once("SQLite"), _at_once("PostgreSQL")]


def _acts() -> Figure:
    name = f"promises about changes that {ACTS:,} random acts of random people broke"
    try:
        explore(ACTS, 1)
    except AssertionError as broken:
        print(broken)
        return Figure(name, 1, "promises", 0)
    return Figure(name, 0, "promises", 0)


def _stories() -> Figure:
    name = f"promises about changes that {STORIES:,} random stories in a real database broke"
    if find_spec("tests") is None:
        return Figure(name, None, "promises", 0, skipped="the people of the stories are in the tests")
    first = int(os.environ.get("COPLAN_SEED") or 1)
    with tempfile.TemporaryDirectory(prefix="coplan-soak-") as folder:
        settings = from_environment({"COPLAN_DATA": folder, "COPLAN_JOBS": "inline"})
        upgrade(settings)
        coplan = Calendar(settings)
        stage = Stage(coplan, import_module("tests.portal.changes.test_random_acts").everybody(coplan))
        try:
            stage.stories(range(first, first + STORIES))
        except AssertionError as broken:
            print(broken)
            return Figure(name, 1, "promises", 0)
        finally:
            coplan.database.engine.dispose()
    return Figure(name, 0, "promises", 0)


def _at_once(where: str) -> Figure:
    name = f"answers lost or wrong in {ROUNDS:,} rounds of sixteen at once on {where}"
    if find_spec("tests") is None:
        return Figure(name, None, "answers", 0, skipped="the people of the rounds are in the tests")
    with tempfile.TemporaryDirectory(prefix="coplan-soak-") as folder, ExitStack() as until_then:
        environment = {"COPLAN_DATA": folder, "COPLAN_JOBS": "inline"}
        if where == "PostgreSQL":
            postgres = import_module("tests.postgres")
            if postgres.programs() is None:
                return Figure(name, None, "answers", 0, skipped="PostgreSQL is not installed")
            environment["DATABASE_URL"] = until_then.enter_context(postgres.cluster()).create("soak")
        settings = from_environment(environment)
        upgrade(settings)
        coplan = Coplan(settings)
        until_then.callback(coplan.database.engine.dispose)
        try:
            rounds(coplan, import_module("tests.portal.changes.at_once").everybody(coplan), ROUNDS)
        except AssertionError as broken:
            print(broken)
            return Figure(name, 1, "answers", 0)
    return Figure(name, 0, "answers", 0)
