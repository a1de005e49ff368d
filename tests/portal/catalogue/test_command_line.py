"""``coplan import-catalogue`` and ``coplan check-cases``, as a person at a terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portal.cli import main
from tests.portal.catalogue.lists import YEAR_2025, YEAR_2026, YEAR_2026_BY_STATE, a_row, as_csv, published


@pytest.fixture
def folder(database: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder to work in, with a fresh database behind it."""
    monkeypatch.setenv("COPLAN_DATA", str(database.data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    code = main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out)


def test_the_counts_are_printed_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "list.csv"
    file.write_bytes(as_csv([a_row("01"), a_row("02")]))
    arguments = ("import-catalogue", file, "--program", "ndis", "--from", "2026-07-01", "--json")
    counts = {"rows": 2, "new": 2, "changed": 0, "unchanged": 0, "ended": 0, "dearer": 0, "cheaper": 0}
    assert run(capsys, *arguments) == (0, counts)
    assert run(capsys, *arguments) == (0, counts | {"new": 0, "unchanged": 2}), "importing again changes nothing"


def test_every_problem_is_printed_with_its_row_and_column(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "list.csv"
    file.write_bytes(as_csv([a_row("01", price="x"), a_row("02", Unit="?")]))
    code, said = run(capsys, "import-catalogue", file, "--from", "2026-07-01", "--json")
    assert code == 1
    assert [(error["row"], error["column"]) for error in said["errors"]] == [(2, "National"), (3, "Unit")]
    assert said["errors"][0]["message"].startswith("x is not a price.")
    assert main(["import-catalogue", str(file), "--from", "2026-07-01"]) == 1
    assert "row 3, Unit: ? is not a unit we know." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "day"), [("absent.csv", "2026-07-01"), ("list.csv", "2026-02-31"), ("list.csv", "2020-01-01")]
)
def test_what_cannot_be_opened_or_meant_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, day: str
) -> None:
    (folder / "list.csv").write_bytes(as_csv([a_row()]))
    code, said = run(capsys, "import-catalogue", folder / name, "--from", day, "--json")
    assert (code, len(said["errors"])) == (1, 1)


def test_a_great_loss_must_be_meant(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, cut = folder / "whole.csv", folder / "cut.csv"
    whole.write_bytes(as_csv([a_row(f"{number:02d}") for number in range(10)]))
    cut.write_bytes(as_csv([a_row("01")]))
    run(capsys, "import-catalogue", whole, "--from", "2026-07-01", "--json")
    assert run(capsys, "import-catalogue", cut, "--from", "2026-07-01", "--json")[0] == 1
    code, counts = run(capsys, "import-catalogue", cut, "--from", "2026-07-01", "--allow-ended", "--json")
    assert (code, counts["ended"]) == (0, 9)


def test_the_published_files_give_the_known_numbers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for name, day in ((YEAR_2025, "2025-07-01"), (YEAR_2026, "2026-07-01"), (YEAR_2026_BY_STATE, "2026-07-01")):
        (folder / name).write_bytes(published(name))
        said.append(run(capsys, "import-catalogue", folder / name, "--from", day, "--json")[1])
    assert (said[0]["rows"], said[0]["new"]) == (635, 631)
    assert (said[1]["new"], said[1]["ended"], said[1]["cheaper"]) == (368, 23, 13)
    assert (said[2]["unchanged"], said[2]["new"] + said[2]["changed"] + said[2]["ended"]) == (976, 0)


def test_worked_cases_use_the_named_price_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prices, cases = folder / "prices.csv", folder / "cases.json"
    prices.write_bytes(as_csv([a_row("01_011_0107_1_1", "$50.00")]))
    inputs = {"item": "01_011_0107_1_1", "dates": ["2026-08-03"]}
    cases.write_text(json.dumps({"cases": [{"id": "one", "kind": "dated_limit", "inputs": inputs}, {"kind": "new"}]}))
    main(["check-cases", str(cases), "--catalogue", str(prices), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert "one" in said
    cases.write_text("not JSON")
    assert main(["check-cases", str(cases)]) == 1
    assert "This file is not JSON." in capsys.readouterr().err
    cases.write_bytes(b"\x7fELF\xd0")
    assert main(["check-cases", str(cases)]) == 1
    assert capsys.readouterr().err == "This file is not JSON.\n"
    for no_file in (folder, folder / "gone.json"):
        assert main(["check-cases", str(no_file), "--json"]) == 1
        said = f"We cannot open {no_file.name}. Check its name and that you may read it.\n"
        assert capsys.readouterr().err == said
    prices.write_bytes(b"<html>")
    assert main(["check-cases", str(cases), "--catalogue", str(prices)]) == 1


@pytest.mark.parametrize("files_first", [True, False])
def test_several_price_files_are_named_one_after_the_other_before_or_behind_the_cases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files_first: bool
) -> None:
    lists = [tmp_path / "one.csv", tmp_path / "other.csv"]
    lists[0].write_bytes(as_csv([a_row()]))
    lists[1].write_bytes(as_csv([a_row()]))
    worked = tmp_path / "cases.json"
    worked.write_text('{"cases": [{"id": "x", "kind": "of_no_kind", "inputs": {}, "expected": {}}]}')
    named = ["--catalogue", *map(str, lists)]
    order = [*named, str(worked)] if files_first else [str(worked), *named]
    assert main(["check-cases", *order, "--json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["x"] == {"unknown": "of_no_kind"}
