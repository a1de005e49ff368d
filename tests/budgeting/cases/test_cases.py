"""The worked cases, those handed to us and our own, run through the engine."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from budgeting import programs
from budgeting.cases import check, kinds, run_case
from budgeting.catalogue import Editions
from tests.budgeting.examples import a_price_list

SHARED = Path(__file__).parents[4] / "shared" / "data"


def own_cases(program: str) -> str:
    return (resources.files(f"budgeting.programs.{program}") / "cases.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("program", programs.PROGRAMS)
def test_our_own_worked_cases_pass(program: str) -> None:
    report = check(own_cases(program))
    assert report.failed == report.unknown == 0, report.as_text()
    assert report.passed > 5


@pytest.mark.parametrize("program", programs.PROGRAMS)
def test_the_worked_cases_handed_to_us_pass(program: str) -> None:
    path = SHARED / program / "examples.json"
    if not path.exists():
        pytest.skip("the folder with the shared examples is not here")
    report = check(path.read_text(encoding="utf-8"))
    assert report.failed == report.unknown == 0, report.as_text()
    assert report.passed >= 8


def test_an_unknown_kind_is_never_passed() -> None:
    report = check(json.dumps({"cases": [{"id": "X", "kind": "moon_phase", "inputs": {}, "expected": {}}]}))
    assert (report.passed, report.failed, report.unknown) == (0, 0, 1)
    assert report.as_json() == {"X": {"unknown": "moon_phase"}}


def test_a_wrong_figure_is_told_with_its_place() -> None:
    case = {"id": "X", "kind": "part_hours", "inputs": {"unit_price": "60.00", "minutes": [30]}}
    report = check(json.dumps([{**case, "expected": {"amounts": {"30": "31.00"}}}]))
    assert report.as_text().splitlines() == [
        "0 passed, 1 failed",
        "X (part_hours): amounts.30 should be '31.00' and is '30.00'",
    ]


def test_a_case_without_an_expectation_is_computed() -> None:
    case = {"id": "X", "kind": "part_hours", "inputs": {"unit_price": "60.00", "minutes": [30]}}
    report = check(json.dumps([case]))
    assert (report.passed, report.failed) == (0, 0)
    assert report.as_json() == {"X": {"amounts": {"30": "30.00"}}}


def test_other_price_lists_give_other_limits() -> None:
    other = Editions([a_price_list({"01_900_0107_1_1": "12.34"})])
    inputs = {"support_item": "01_900_0107_1_1", "dates": ["2026-01-05"], "minutes_per_session": 30}
    assert run_case("dated_limit", inputs, other)["total"] == "6.17"


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"cases": 5}', "null", "[" * 5000])
def test_a_file_that_is_not_cases_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="This file"):
        check(text)


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("group", {"participants": 2.5}),
        ("group", {"workers": True}),
        ("group", {"minutes": -60}),
        ("part_hours", {"unit_price": "-193.99"}),
        ("part_hours", {"minutes": [10.5]}),
        ("dated_limit", {"minutes_per_session": -60}),
        ("funding_periods", {"claims_in_service_date_order": [{"service_date": "2025-11-10", "amount": "-1.00"}]}),
        ("contributions_maximum", {"rates_pct": {"independence": "150", "everyday_living": "80", "clinical": "0"}}),
        ("athm_purchase", {"item_cost": "-9400.00"}),
        ("interim_funding", {"interim_pct": "600"}),
        ("management_check", {"zone": "remotely"}),
        ("falling_limit", {"zone": "mmm6"}),
        ("flexible_pools", {"budgets": [{"management": "somebody", "category": "01", "amount": "1.00"}]}),
        ("flexible_pools", {"budgets": [{"management": "plan", "category": "core", "amount": "1.00"}]}),
        ("fee_reduction", {"fee_reduction_by_line": {"7": "20.00"}}),
    ],
)
def test_a_number_that_cannot_be_is_refused(kind: str, changed: dict[str, object]) -> None:
    known = [case for program in programs.PROGRAMS for case in json.loads(own_cases(program))["cases"]]
    case = next(case for case in known if case["kind"] == kind)
    wrong = {"id": "wrong", "kind": kind, "inputs": case["inputs"] | changed}
    assert "cannot be run: ValueError" in check(json.dumps([wrong])).results[0].differences[0]


def test_an_item_that_is_on_no_list_is_not_said_to_be_unclaimable() -> None:
    inputs = {"support_item": "01_999_0107_1_1", "dates": ["2026-01-05"], "minutes_per_session": 60}
    other = Editions([a_price_list({"01_900_0107_1_1": "12.34"})])
    answer = check(json.dumps([{"id": "a", "kind": "dated_limit", "inputs": inputs}]), other).results[0]
    assert answer.differences == ("cannot be run: NotListed: 01_999_0107_1_1 is not in the price lists used",)


LACKING = "01_999_0107_1_1"
ABOUT_ONE_ITEM = [
    ("dated_limit", {"support_item": LACKING}),
    ("group", {"support_item": LACKING}),
    ("management_check", {"support_item": LACKING}),
    ("schedule", {"items_by_band": dict.fromkeys(("day", "sat", "ph"), LACKING)}),
    ("cancellation", {"support_item": LACKING}),
]


@pytest.mark.parametrize(("kind", "changed"), ABOUT_ONE_ITEM)
def test_an_item_that_does_not_come_with_the_program_is_unknown_and_neither_failed_nor_claimable(
    kind: str, changed: dict[str, object]
) -> None:
    case = next(case for case in json.loads(own_cases("ndis"))["cases"] if case["kind"] == kind)
    report = check(json.dumps([case | {"inputs": case["inputs"] | changed}]))
    assert (report.passed, report.failed, report.unknown) == (0, 0, 1)
    assert report.as_json() == {case["id"]: {"unknown": LACKING}}
    assert report.as_text().splitlines()[1].endswith(f"{LACKING} is not in the price lists that come with the program")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(programs.PROGRAMS), st.data())
def test_damaged_cases_fail_and_never_crash(program: str, data: st.DataObject) -> None:
    content = json.loads(own_cases(program))
    case = data.draw(st.sampled_from(content["cases"]))
    key = data.draw(st.sampled_from(sorted(case["inputs"])))
    if data.draw(st.booleans()):
        del case["inputs"][key]
    else:
        case["inputs"][key] = data.draw(values)
    report = check(json.dumps({"cases": [case]}))
    assert len(report.results) == 1


def test_every_kind_has_an_own_case() -> None:
    tried = {case["kind"] for program in programs.PROGRAMS for case in json.loads(own_cases(program))["cases"]}
    assert tried == set(kinds())
