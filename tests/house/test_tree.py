"""What stands at the top of the house, and what never enters it."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.house.source import ROOT, files, text, tracked

TOP = {
    *("portal", "budgeting", "agreements", "feedback", "locales", "tests", "docs", ".ci"),
    *("README.md", "Makefile", "pyproject.toml", "requirements.lock", ".gitignore", "LICENSE", ".gitattributes"),
}
UNNAMED = {"utils", "util", "helpers", "common", "services", "managers", "dto", "repositories", "misc"}
BINARY = (".png", ".jpg", ".webp", ".ico", ".woff2", ".xlsx", ".pdf", ".mo")
# Written so that these patterns do not find themselves.
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|root)/[A-Za-z.]", re.MULTILINE)
REGISTRY = re.compile(r"(pypi|pythonhosted|npmjs|debian)[.](org|com|net)\b|/opt/(pypi|wheels)", re.IGNORECASE)


def test_the_top_holds_only_what_the_architecture_names() -> None:
    strangers = {name.split("/")[0] for name in tracked()} - TOP
    assert not strangers


def test_every_file_has_a_name_that_says_what_it_is() -> None:
    unnamed = [name for name in files(".py") if UNNAMED & set(re.split(r"[/._]", name))]
    assert not unnamed


def test_the_locales_folder_holds_catalogues_and_nothing_else() -> None:
    wanted = re.compile(r"locales/(messages\.pot|\w+/LC_MESSAGES/messages\.po)")
    others = [name for name in tracked() if name.startswith("locales/") and not wanted.fullmatch(name)]
    assert not others


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = [
        f"{name}: {match.group().strip()}"
        for name in tracked()
        if not name.endswith(BINARY) and "/vendor/" not in name and name != "tests/house/test_tree.py"
        if (match := MACHINE_PATH.search(text(name)) or REGISTRY.search(text(name)))
    ]
    assert not found


def test_no_mark_of_unfinished_work_is_left() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")
    found = [f"{name}: {m.group()}" for name in files(".py", ".html", ".js", ".css") if (m := mark.search(text(name)))]
    found = [line for line in found if "/vendor/" not in line]
    assert not found


def test_an_exemption_from_a_check_says_why() -> None:
    # The mark itself, an optional rule in brackets or codes, and then words.
    bare = re.compile(r"#\s*(type: ignore(\[[^\]]*\])?|noqa(: ?[A-Z0-9, ]+)?)\s*$")
    found = [
        f"{name}:{number}"
        for name in files(".py", under=("portal", "budgeting", "agreements", "feedback", "tests"))
        for number, line in enumerate(text(name).splitlines(), 1)
        if bare.search(line)
    ]
    assert not found


def test_the_commands_in_the_readme_exist() -> None:
    if not (ROOT / "README.md").exists():
        pytest.skip("there is no README yet")
    readme = text("README.md")
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(_code(readme)))) <= targets
    verbs = set(re.findall(r"\bcoplan ([a-z]+(?:-[a-z]+)*)", "\n".join(_code(readme))))
    if verbs:
        usage = subprocess.run(
            [ROOT / ".venv" / "bin" / "coplan", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout
        assert not [verb for verb in verbs if verb not in usage]


def _code(readme: str) -> list[str]:
    return re.findall(r"```.*?```|`[^`]+`", readme, re.DOTALL)
