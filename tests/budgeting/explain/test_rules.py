"""Every rule that an explanation states says where it was read, from which day it holds, and how sure that is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from budgeting import forecast, programs
from budgeting.explain import Confidence, Figure
from budgeting.explain.lines import contribution_figure, line_figure
from budgeting.explain.totals import quote_figures
from budgeting.package import OpenMoney, Role
from budgeting.pricing import quote
from budgeting.quotation import Quote
from tests.budgeting.arbitrary import packages
from tests.budgeting.examples import agreed, component, every_figure, funded, line, package, priced, weekly

TELLS_A_RULE = 5  # positional arguments of a figure: label, value, sum, parts, rule
BUDGETING = Path(programs.__file__).parents[1]


def figures(quoted: Quote) -> Iterator[Figure]:
    for whole in (
        *quote_figures(quoted),
        *(figure for one in quoted.lines for figure in (line_figure(one), contribution_figure(one))),
        *(figure for part in quoted.components for figure in (one.how for one in part.periods) if figure),
    ):
        yield from every_figure(whole)


def unfounded(found: Iterator[Figure]) -> set[str]:
    """The rules that do not name title, day and confidence of where they were read."""
    told = [(one, one.rule_source or one.source) for one in found if one.rule]
    return {
        one.rule.text
        for one, source in told
        if one.rule and (source is None or not source.title or source.since is None)
    }


def test_every_rule_of_random_packages_names_its_source_and_the_day_from_which_it_holds() -> None:
    editions = {key: programs.shipped(key) for key in programs.PROGRAMS}
    found = 0
    for wanted in packages(20_261_150, 200):
        known = list(figures(quote(wanted, editions[wanted.program], programs.calendar())))
        assert unfounded(iter(known)) == set()
        found += sum(1 for one in known if one.rule)
    assert found > 1000


def test_what_public_holidays_cost_more_is_as_sure_as_the_days_are_known() -> None:
    shower = line(weekly("Mon Wed", "09:00", "11:00"), support="self_care")
    outlook = forecast.lasts_until(
        package(shower, funding=funded(component("20000"))), programs.shipped("ndis"), programs.calendar()
    )
    for figure in outlook.figures:
        assert unfounded(iter(every_figure(figure))) == set()
    dearer = outlook.figures[-1]
    assert dearer.source is not None
    assert (dearer.source.title[:45], dearer.source.confidence) == (
        "Public holidays of the states and territories",
        Confidence.B,
    )


def test_how_a_visit_is_rounded_is_our_conclusion_and_makes_no_amount_less_sure() -> None:
    shower = line(weekly("Mon", "09:00", "11:00"), price=agreed("68"))
    titles = {"ndis": "NDIS Pricing Arrangements and Price Limits 2025-26 v1.1", "support_at_home": "Our own reading"}
    for program, title in titles.items():
        figure = priced(package(shower, program=program)).line(shower.id).figure
        assert figure.rule_source is not None
        assert (figure.rule_source.title, figure.rule_source.confidence) == (title, Confidence.C)
        assert figure.confidence in (Confidence.GIVEN, Confidence.A)


def test_what_is_said_of_money_that_is_apart_is_no_rule_of_a_funder() -> None:
    reserve = line(weekly("Mon", "09:00", "11:00"), price=agreed("68"), role=Role.RESERVE)
    own = replace(reserve, id="own", role=Role.PLANNED, component="own")
    quoted = priced(replace(package(reserve, own), others=(OpenMoney("own", "My own money"),)))
    said = {words.text for figure in figures(quoted) for words in figure.not_included}
    assert "This is counted in what is planned, and only shown apart here." in said
    assert "Nobody said how much of this money there is, so it is not known what is left." in said


def test_no_figure_is_made_with_a_rule_and_without_its_source() -> None:
    without = []
    for path in sorted(BUDGETING.rglob("*.py")):
        for call in (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call)):
            named = {one.arg for one in call.keywords}
            makes = isinstance(call.func, ast.Name) and call.func.id == "Figure"
            tells = "rule" in named or len(call.args) >= TELLS_A_RULE
            rule = call.args[TELLS_A_RULE - 1] if len(call.args) >= TELLS_A_RULE else None
            empty = isinstance(rule, ast.Constant) and rule.value is None
            sourced = named & {"source", "rule_source"} or len(call.args) > TELLS_A_RULE
            if makes and tells and not empty and not sourced:
                without.append(f"{path.relative_to(BUDGETING)}:{call.lineno}")
    assert without == []
