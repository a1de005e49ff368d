"""The command line: a thin skin over the same verbs the web uses. See docs/operating.md."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from portal.settings import SettingsError, a_port, from_environment


class Stop(Exception):
    """The command cannot go on; the sentence says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    os.umask(0o077)  # records, keys, files and letters are for the user who runs this, and nobody else on the machine
    try:
        return int(options.run(options) or 0)
    except (SettingsError, Stop) as problem:
        print(problem, file=sys.stderr)
        return 2
    except Exception as problem:
        if (sentence := _outside(problem)) is None:
            raise
        print(sentence, file=sys.stderr)
        return 2


def _outside(problem: Exception) -> str | None:
    """One sentence for what is wrong outside of us, with a folder or the database; None: it is a fault of ours."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    if isinstance(problem, OperationalError) or type(problem) is DatabaseError:  # away, or a file that is no database
        told = next(iter(str(problem.orig).strip().splitlines()), "no answer").rstrip(".")
        return f"We cannot use the database: {told}. Look at DATABASE_URL and COPLAN_DATA, then try again."
    if isinstance(problem, OSError) and problem.filename:
        return f"We cannot use {problem.filename}: {problem.strerror}. Look at COPLAN_DATA, then try again."
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coplan", description="Client-directed care planning and budgeting.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_run, _migrate, _worker, _demo, _import, _cases, _verify, _bench):
        add(commands)
    return parser


def _run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("run", help="migrate if needed, then serve the portal")
    parser.add_argument("--host")
    parser.add_argument("--port", type=a_port)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve; prints the address when the portal is ready to answer."""
    from dataclasses import replace

    from portal.serving import serve

    settings = from_environment()
    port = options.port or settings.port
    base = settings.base_url if options.port is None else settings.base_url.replace(f":{settings.port}", f":{port}")
    return serve(replace(settings, host=options.host or settings.host, port=port, base_url=base))


def _migrate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("migrate", help="bring the database to this version").set_defaults(run=migrate)


def migrate(options: argparse.Namespace) -> int:
    """Bring the database to this version."""
    from portal.migrations import upgrade

    print(upgrade(from_environment()))
    return 0


def _worker(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("worker", help="run jobs in a process of their own").set_defaults(run=worker)


def worker(options: argparse.Namespace) -> int:
    """Run jobs until told to stop."""
    from portal.serving import work

    return work(from_environment())


def _demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("demo", help="make the demonstration, or make it again")
    parser.add_argument("--reset", action="store_true", help="throw the old demonstration away first")
    parser.add_argument("--accounts-json", action="store_true", help="print the accounts and change nothing")
    parser.set_defaults(run=demo)


def demo(options: argparse.Namespace) -> int:
    """Make the demonstration, or print its accounts."""
    import json
    from dataclasses import replace

    from portal import demonstration
    from portal.settings import Mode

    if options.accounts_json:
        print(json.dumps(demonstration.accounts(), indent=1, ensure_ascii=False))
        return 0
    settings = from_environment()
    if settings.mode is Mode.PRODUCTION:
        raise Stop("The demonstration has made-up people in it: it is never made in production.")
    print(demonstration.make(replace(settings, mode=Mode.DEMO), reset=options.reset))
    return 0


def _import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("import-catalogue", help="import a published price list")
    parser.add_argument("file")
    parser.add_argument("--program", default="ndis")
    parser.add_argument(
        "--from", dest="valid_from", required=True, metavar="DATE", help="first day it is valid, as 2026-07-01"
    )
    parser.add_argument(
        "--allow-ended", action="store_true", help="accept a file that lacks over 20 %% of the items before it"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=import_catalogue)


def import_catalogue(options: argparse.Namespace) -> int:
    """Import a price list; every bad row is named, and nothing is half-imported."""
    from portal.catalogue.command_line import import_file

    return import_file(from_environment(), options)


def _cases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("check-cases", help="run a file of worked cases through the calculator")
    parser.add_argument("file", nargs="?")
    parser.add_argument(
        "--catalogue",
        action="extend",
        nargs="+",
        default=[],
        metavar="FILE",
        help="price files to use instead of the shipped ones",
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=check_cases)


def check_cases(options: argparse.Namespace) -> int:
    """Run worked cases; no database is needed."""
    from portal.catalogue.command_line import check_cases as check

    if options.file is None and options.catalogue:  # it was named last, behind the price files
        options.file = options.catalogue.pop()
    if options.file is None:
        print("Name the file of worked cases: coplan check-cases FILE", file=sys.stderr)
        return 2
    return check(options)


def _verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("verify", help="check the journal, frozen documents and invariants").set_defaults(run=verify)


def verify(options: argparse.Namespace) -> int:
    """Check what must hold; names the first broken row."""
    from portal.verifying import verify as check

    return check(from_environment())


def _bench(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("bench", help="measure speed and size against their goals")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--soak", action="store_true", help="let the writers write for ten minutes")
    parser.set_defaults(run=bench)


def bench(options: argparse.Namespace) -> int:
    """Measure; prints one line for each figure."""
    from portal.bench import bench as measure

    return measure(json_output=options.json, soak=options.soak)


if __name__ == "__main__":
    sys.exit(main())
