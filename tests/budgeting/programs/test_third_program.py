"""A made-up program that nobody but its own folder knows: docs/adding-a-program.md describes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from budgeting import programs
from budgeting.bulk import quick
from budgeting.bulk.compiled import Book
from budgeting.cases import check
from budgeting.compare import compare
from budgeting.explain.totals import quote_figures
from budgeting.forecast import lasts_until
from budgeting.forecast.rehearsal import rehearse
from budgeting.lines import price
from budgeting.money import Money
from budgeting.package import Funding, Line, OpenMoney, Package
from budgeting.period import Place
from budgeting.quotation import Quote
from budgeting.setting import setting
from tests.budgeting.chance import WINDOW, packages
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    YEAR,
    agreed,
    component,
    day,
    days,
    every_figure,
    find,
    kinds,
    line,
    money,
    paid,
    priced,
    units,
    weekly,
)

HERE = Path(__file__).parent / "meadow"
BUDGETING = Path(programs.__file__).parent.parent
MONDAYS = line(weekly("Mon", "09:00", "11:00"), id="monday", support="visit")


@pytest.fixture
def meadow() -> Iterator[str]:
    key = programs.add(HERE)
    yield key
    programs.remove(key)


def allowed(*lines: Line, level: str = "small", program: str = "meadow") -> Quote:
    return priced(Package(program, YEAR, Place("NSW"), Funding(YEAR, classification=level), lines))


def test_a_program_that_is_added_is_there_at_once_and_gone_after(meadow: str) -> None:
    assert programs.PROGRAMS[-1] == "meadow"
    assert programs.program("meadow").name == "Meadow Allowance"
    assert find("meadow", "company")[0].key == "visit"
    programs.remove("meadow")
    assert "meadow" not in programs.PROGRAMS
    with pytest.raises(KeyError):
        programs.program("meadow")
    programs.add(HERE)


def test_its_own_price_list_decides_its_prices(meadow: str) -> None:
    sundays = line(weekly("Sun", "09:00", "11:00"), id="sunday", support="visit")
    outings = line(units("12", "E"), id="outing", support="outing")
    quoted = allowed(MONDAYS, sundays, outings, level="large")
    # 52 Mondays of two hours at 40.00, 52 Sundays of two hours at 60.00, 12 outings at 25.00
    assert [one.amount for one in quoted.lines] == [money("4160"), money("6240"), money("300")]


def test_its_money_comes_every_month_and_none_goes_on(meadow: str) -> None:
    allowance = allowed(MONDAYS).component("meadow")
    assert [period.released for period in allowance.periods] == [money("400")] * 12
    assert [period.carried_in for period in allowance.periods] == [money("0")] * 12
    # March has five Mondays, and each costs 80.00.
    assert allowance.periods[2].left == money("0")
    assert allowance.periods[3].lapsed == money("80")


def test_its_levels_change_by_date(meadow: str) -> None:
    allowance = allowed(MONDAYS, level="large").component("meadow")
    assert [period.released for period in allowance.periods] == [money("1200")] * 6 + [money("1300")] * 6


def test_a_month_that_does_not_reach_is_said(meadow: str) -> None:
    longer = line(weekly("Mon", "09:00", "11:15"), support="visit")
    # 90.00 a visit: four months of 2026 have five Mondays, and 50.00 is missing in each; 40.00 is left in December.
    (finding,) = [one for one in allowed(longer).findings if one.kind == "over_component"]
    assert finding.day == day("2026-03-30")
    assert finding.words.values["short"] == money("160")


def test_others_pay_the_visits_that_its_month_does_not_reach(meadow: str) -> None:
    longer = line(weekly("Mon", "09:00", "11:15"), support="visit", payers=("meadow", "grant", "own"))
    others = (component("100", key="grant", funder="The city"), OpenMoney("own", "Own money"))
    wanted = Package("meadow", YEAR, Place("NSW"), Funding(YEAR, classification="small"), (longer,), others)
    quoted = priced(wanted)
    # Four visits of 90.00 a month; of the fifth ones, the grant of 100.00 pays the first alone.
    assert paid(quoted.lines[0]) == [
        ("meadow", "2026-01-05", "2026-03-23", money("1080")),
        ("grant", "2026-03-30", "2026-03-30", money("90")),
        ("meadow", "2026-04-06", "2026-06-22", money("1080")),
        ("own", "2026-06-29", "2026-06-29", money("90")),
        ("meadow", "2026-07-06", "2026-08-24", money("720")),
        ("own", "2026-08-31", "2026-08-31", money("90")),
        ("meadow", "2026-09-07", "2026-11-23", money("1080")),
        ("own", "2026-11-30", "2026-11-30", money("90")),
        ("meadow", "2026-12-07", "2026-12-28", money("360")),
    ]
    assert "over_component" not in kinds(quoted)


def test_its_lines_are_compared_rehearsed_and_priced_at_once_like_all_others(meadow: str) -> None:
    longer = replace(MONDAYS, schedule=weekly("Mon", "09:00", "11:15"))
    before, after = allowed(MONDAYS), allowed(longer)
    assert compare(before, after).more == money("520")  # 52 visits, ten dollars each
    editions = programs.shipped("meadow")
    breaks = rehearse(after.package, editions, NO_HOLIDAYS).breaks
    assert breaks[0].day == day("2026-03-30")
    made = [one for package in packages(7, 60, "meadow") for one in package.lines]
    at = setting("meadow", YEAR, Place("NSW"), None, editions, NO_HOLIDAYS.marks(Place("NSW")))
    asked = [(one, at, one.management) for one in made if one.period.overlap(YEAR)]
    at_once = quick(asked, Book(WINDOW), {"meadow": editions}, NO_HOLIDAYS)
    one_by_one = [price(one, at, None, management).amount.minor for one, at, management in asked]
    assert at_once.amounts.tolist() == one_by_one
    assert sum(one_by_one)


def test_its_fixed_share_is_paid_whatever_is_used(meadow: str) -> None:
    quoted = allowed(MONDAYS)
    # 26 Mondays at 12.50 up to June, 26 at 13.00 after
    assert quoted.contribution == money("663")
    assert quoted.fixed_share is not None
    assert quoted.fixed_share.value == money("663")
    assert allowed().contribution == money("663")
    assert "weekly_share" in kinds(quoted)


def test_its_limit_binds_whoever_pays(meadow: str) -> None:
    dear = line(weekly("Mon", "09:00", "11:00"), support="visit", price=agreed("70"))
    assert allowed(dear).amount == money("4160")


def test_every_figure_of_it_explains_itself(meadow: str) -> None:
    for figure in quote_figures(allowed(MONDAYS)):
        for one in every_figure(figure):
            assert one.label.text
    share = allowed(MONDAYS).fixed_share
    assert share is not None
    assert share.parts[0].source is not None
    assert share.parts[0].source.title == "Meadow Allowance Act (made up)"


def test_it_says_how_long_the_money_lasts(meadow: str) -> None:
    wanted = Package("meadow", YEAR, Place("NSW"), Funding(YEAR, classification="small"), (MONDAYS,))
    outlook = lasts_until(wanted, programs.shipped("meadow"), NO_HOLIDAYS)
    assert outlook.until == day("2026-12-31")
    assert outlook.figures[0].source is not None
    assert outlook.figures[0].source.clause == "s 8"


def test_its_worked_cases_are_run_like_all_others(meadow: str) -> None:
    report = check((HERE / "cases.json").read_text(encoding="utf-8"))
    assert (report.passed, report.failed, report.unknown) == (2, 0, 0), report.as_text()


def test_a_program_needs_no_rules_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "plain_meadow"
    copytree(HERE, folder)
    for name in ("rules.py", "cases.py", "__init__.py", "levels.csv"):
        (folder / name).unlink()
    key = programs.add(folder)
    try:
        funding = Funding(YEAR, (component("5000", "home"),))
        quoted = priced(Package(key, YEAR, Place("NSW"), funding, (MONDAYS,)))
        assert quoted.amount == quoted.component("core").planned == money("4160")
        assert quoted.contribution == Money(0)
        assert quoted.fixed_share is None
    finally:
        programs.remove(key)


def test_even_its_everyday_names_and_prices_may_be_missing(tmp_path: Path) -> None:
    folder = tmp_path / "bare_meadow"
    folder.mkdir()
    (folder / "program.toml").write_text(
        '[program]\nname = "Bare"\nprice_source = "price_book"\ncategories = ["all"]\n', encoding="utf-8"
    )
    key = programs.add(folder)
    try:
        night = line(
            weekly("Mon", "21:00", "23:00"),
            support=None,
            category="all",
            price=agreed(day="50", eve="70"),
            period=days("2026-01-05", "2026-01-11"),
        )
        quoted = priced(Package(key, YEAR, Place("NSW"), Funding(YEAR, (component("5000", "all"),)), (night,)))
        # It is evening from 20:00 on, as defaults.toml says.
        assert quoted.amount == quoted.component("core").planned == money("140")
    finally:
        programs.remove(key)


def test_what_is_no_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no program\.toml"):
        programs.add(tmp_path)
    for name in ("rules", "ndis", "not-a-name"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "program.toml").write_text('[program]\nname = "X"\n', encoding="utf-8")
        with pytest.raises(ValueError, match="cannot be the key"):
            programs.add(folder)
    with pytest.raises(ValueError, match="part of the calculator"):
        programs.remove("ndis")


def test_nothing_in_the_calculator_names_a_program_but_its_own_folder() -> None:
    for path in BUDGETING.rglob("*.py"):
        own = path.relative_to(BUDGETING / "programs").parts[0] if path.is_relative_to(BUDGETING / "programs") else ""
        others = set(programs.PROGRAMS) - {own}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in others, f"{path.name}:{node.lineno} names {node.value}"
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not set(node.module.split(".")) & others, f"{path.name}:{node.lineno} imports {node.module}"
