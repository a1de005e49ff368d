"""What operators read is what there is: settings, commands, and jobs that run by the clock."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def _all(pattern: str, *files: Path) -> set[str]:
    return {found for file in files for found in re.findall(pattern, file.read_text(encoding="utf-8"))}


def test_every_setting_is_named_for_operators_and_none_besides() -> None:
    read = _all(r'(?:env\.get\(|_read\(env, )"([A-Z_]+)"', ROOT / "portal" / "settings.py")
    table = OPERATING.partition("## Settings")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([A-Z_]+)`", row)}
    assert named == read


def test_every_job_that_runs_by_the_clock_is_named_for_operators() -> None:
    files = [file for top in ("portal", "agreements", "feedback") for file in (ROOT / top).glob("**/*jobs.py")]
    jobs = _all(r'@job\("([a-z_.]+)",\s*cron=', *files)
    assert jobs
    assert {name for name in jobs if f"`{name}`" not in OPERATING} == set()


def test_every_command_is_named_for_operators() -> None:
    commands = _all(r'add_parser\("([a-z-]+)"', ROOT / "portal" / "cli.py")
    listed = re.search(r"`coplan ([a-z-]+(?: \| [a-z-]+)+)`", OPERATING)
    assert listed
    assert set(listed[1].split(" | ")) == commands
