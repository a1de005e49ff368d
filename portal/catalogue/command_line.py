"""``coplan import-catalogue`` and ``coplan check-cases``: the same verbs and rules as on the pages, in English."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from budgeting import cases
from budgeting.catalogue import Editions, PriceEdition, edition
from budgeting.words import Name, Words, words
from portal.catalogue import commands
from portal.catalogue.expected import MOST_BYTES
from portal.catalogue.problem import Problem
from portal.catalogue.reading import Reading, read_catalogue
from portal.language import ENGLISH, plain
from portal.settings import JobsMode, Settings
from portal.work import OpenWork, Refusal


class NotImported(Exception):
    """A price list did not come in; ``problems`` says everything that must be put right first."""

    def __init__(self, problems: Sequence[Problem], ended: bool = False) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
        self.ended = ended  # only because too many supports would end

    def as_json(self) -> dict[str, Any]:
        """The problems as the command prints them."""
        return {
            "errors": [
                {"row": problem.row, "column": problem.column, "message": plain(problem.message, ENGLISH)}
                for problem in self.problems
            ]
        }


def import_catalogue(
    open_work: OpenWork, path: Path, program: str, valid_from: date, allow_ended: bool
) -> dict[str, int]:
    """Bring in a price list from a file; returns how many supports are new, changed, ended, dearer and cheaper.

    NotImported names every bad row and column; then nothing was changed.
    """
    content, reading = _read(path)
    if reading.errors:
        raise NotImported(reading.errors)
    digest = hashlib.sha256(content).hexdigest()
    try:
        with open_work() as work:
            read = PriceEdition(program, valid_from, reading.rows, path.name)
            imported = commands.import_edition(work, None, read, digest, allow_ended)
    except Refusal as refusal:
        raise NotImported([Problem(1, "", refusal.sentence)], refusal.field == "allow_ended") from refusal
    return imported.changes.counts()


def import_file(settings: Settings, options: argparse.Namespace) -> int:
    """The command: prints what came of it, as text or JSON; the exit code is 1 when nothing was imported."""
    from portal.app import Coplan
    from portal.migrations import prepare

    try:
        valid_from = _day(options.valid_from)
        prepare(settings)
        coplan = Coplan(replace(settings, jobs=JobsMode.INLINE))
        try:
            counts = import_catalogue(
                coplan.open_work, Path(options.file), options.program, valid_from, options.allow_ended
            )
            coplan.jobs.run_waiting()
        finally:
            coplan.database.engine.dispose()
    except NotImported as refused:
        _print_problems(refused, as_json=options.json)
        return 1
    if options.json:
        print(json.dumps(counts))
    else:
        print(f"Imported {options.file}, from {valid_from.isoformat()}:")
        print("\n".join(f"{count:>6} {name}" for name, count in counts.items()))
    return 0


def _print_problems(refused: NotImported, as_json: bool) -> None:
    said = refused.as_json()
    if as_json:
        print(json.dumps(said, ensure_ascii=False))
        return
    print("Nothing was imported. Please put this right:", file=sys.stderr)
    for error in said["errors"]:
        place = f"row {error['row']}, {error['column']}" if error["column"] else f"row {error['row']}"
        print(f"  {place}: {error['message']}", file=sys.stderr)
    if refused.ended:
        print("Add --allow-ended to import it all the same.", file=sys.stderr)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = words("{found} is not a day. Write it like {example}.", found=Name(text), example=Name("2026-07-01"))
        raise NotImported([Problem(1, "", message)]) from None


def _read(path: Path) -> tuple[bytes, Reading]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise NotImported([Problem(1, "", _unopened(path))]) from None
    return content, read_catalogue(path.name, content)


def _unopened(path: Path) -> Words:
    return words("We cannot open {file}. Check its name and that you may read it.", file=Name(path.name))


def check_cases(options: argparse.Namespace) -> int:
    """Run a file of worked cases on the named price files, or the shipped ones; the exit code is 1 on a difference."""
    try:
        editions = Editions(map(_edition, map(Path, options.catalogue))) if options.catalogue else None
        report = cases.check(Path(options.file).read_bytes(), editions)
    except NotImported as refused:
        _print_problems(refused, as_json=options.json)
        return 1
    except OSError:
        print(plain(_unopened(Path(options.file)), ENGLISH), file=sys.stderr)
        return 1
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(report.as_json(), ensure_ascii=False) if options.json else report.as_text())
    return 1 if report.failed else 0


def _edition(path: Path) -> PriceEdition:
    """A price file in force from the day most of its rows begin."""
    _, reading = _read(path)
    if reading.errors:
        raise NotImported(reading.errors)
    return edition("ndis", reading.rows, path.name)
