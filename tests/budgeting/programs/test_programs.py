"""Facts that are shipped: every parameter, price and holiday has a source, a day and a confidence."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from budgeting import programs
from budgeting.catalogue import edition
from budgeting.explain import Confidence
from budgeting.letters import parts
from budgeting.money import Percent
from budgeting.parameters import percent, read_parameters
from budgeting.period import Band, Place
from budgeting.programs.search import rank
from tests.budgeting.examples import a_price_list, day, find, money


@pytest.mark.parametrize("key", programs.PROGRAMS)
def test_every_parameter_has_a_source_a_day_and_a_confidence(key: str) -> None:
    for name, parameter in programs.program(key).parameters.by_key.items():
        assert parameter.about, name
        assert parameter.source, name
        assert parameter.clause, name
        assert isinstance(parameter.confidence, Confidence)
        assert parameter.values, name


@pytest.mark.parametrize("key", programs.PROGRAMS)
def test_every_support_has_an_everyday_name_and_words_to_find_it_by(key: str) -> None:
    keys = [family.key for family in programs.families(key)]
    assert len(keys) == len(set(keys))
    for family in programs.families(key):
        assert family.label.text
        assert family.search.text


def test_a_part_of_a_letter_has_one_key_and_one_name_in_all_programs() -> None:
    every = [part for program in programs.PROGRAMS for part in parts.of(program).values()]
    assert {"core", "daily_skills"} <= {part.key for part in every}
    assert len(every) == len({part.key for part in every}) == len({part.name.casefold() for part in every})
    for program in programs.PROGRAMS:
        for part in parts.of(program).values():
            assert set(part.categories) <= set(programs.program(program).categories), part.key


def test_every_item_of_a_family_is_in_both_shipped_price_lists() -> None:
    editions = programs.shipped("ndis")
    for family in programs.families("ndis"):
        for item in family.items.values():
            for on in (day("2025-12-01"), day("2026-12-01")):
                row = editions.row(item, on)
                assert row is not None, item
                if item != family.items.get(Band.SLEEPOVER):
                    assert row.item.unit == family.unit, item


def test_the_shipped_price_lists_say_where_they_come_from() -> None:
    editions = programs.shipped("ndis").editions
    assert [one.valid_from for one in editions] == [day("2025-07-01"), day("2026-07-01")]
    assert all(one.source for one in editions)
    assert all(100 <= len(one.rows) <= 300 for one in editions)


def test_support_at_home_has_its_49_services() -> None:
    assert len(programs.families("support_at_home")) == 49


def test_a_category_belongs_to_a_service_and_a_day() -> None:
    personal = programs.program("support_at_home").by_key["personal_care"]
    assert personal.category(day("2026-09-30")).category == "independence"
    assert personal.category(day("2026-10-01")).category == "independence"
    assert personal.category(day("2026-10-01"), announced=True).category == "clinical"


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("help in the shower", "self_care"),
        ("someone to clean the house", "cleaning"),
        ("swimming", "community"),
        ("lawn mowing", "garden"),
        ("physio", "physiotherapy"),
        ("taxi", "transport"),
    ],
)
def test_supports_are_found_by_everyday_words(wanted: str, key: str) -> None:
    assert find("ndis", wanted)[0].key == key


def test_words_that_match_nothing_find_nothing() -> None:
    assert find("ndis", "xylophone") == ()
    assert find("ndis", "") == ()


def test_every_public_holiday_has_a_source_that_is_explained() -> None:
    for holiday in programs.calendar().holidays:
        assert len(holiday.source) > 20
        assert holiday.confidence in set(Confidence)


def test_christmas_day_is_a_holiday_everywhere_in_every_year() -> None:
    for state in ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"):
        known = programs.calendar().at(Place(state))
        for year in range(2025, 2029):
            assert date(year, 12, 25) in known


def test_evening_holidays_begin_at_their_hour() -> None:
    calendar = programs.calendar()
    for state, hour in (("QLD", 18), ("SA", 19), ("NT", 19)):
        eve = calendar.at(Place(state))[day("2026-12-24")]
        assert eve.starts is not None
        assert eve.starts.hour == hour


def test_an_edition_begins_on_the_day_most_of_its_rows_begin() -> None:
    rows = a_price_list({"1": "1", "2": "2"}, "2025-07-01").rows + a_price_list({"3": "3"}, "2025-11-24").rows
    assert edition("ndis", rows, "made up").valid_from == day("2025-07-01")
    with pytest.raises(ValueError, match="first day"):
        edition("ndis", (), "made up")


@pytest.mark.parametrize(("text", "ppm"), [("17.5 %", 175_000), ("16.47", 164_700), ("0", 0), ("5 %", 50_000)])
def test_rates_are_read_exactly(text: str, ppm: int) -> None:
    assert percent(text) == Percent(ppm)


@pytest.mark.parametrize("text", ["", "-1", "1e3", "17,5", "1.23456", "٥"])
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a rate"):
        percent(text)


def test_a_parameter_is_asked_for_a_day() -> None:
    text = """
[program]
name = "Example"
[cap]
about = "A cap"
source = "A rule"
clause = "1"
confidence = "A"
values = { 2025-01-01 = "10.00", 2026-01-01 = "12.00" }
"""
    _, parameters = read_parameters(text)
    assert parameters.money("cap", day("2025-12-31")) == money("10")
    assert parameters.money("cap", day("2026-01-01")) == money("12")
    assert parameters.source("cap", day("2026-05-01")).since == day("2026-01-01")


def test_an_unknown_program_is_refused() -> None:
    with pytest.raises(KeyError):
        programs.program("../../etc")


def test_the_holidays_package_is_not_needed_at_run_time() -> None:
    folder = Path(str(resources.files("budgeting")))
    for path in folder.rglob("*.py"):
        assert "import holidays" not in path.read_text(encoding="utf-8"), path


def test_shipped_tables_are_whole() -> None:
    text = (resources.files("budgeting.programs") / "public_holidays.toml").read_text(encoding="utf-8")
    assert all(entry["title"] for entry in tomllib.loads(text).values())


@pytest.mark.parametrize("typed", ["علاج طبيعي", "العلاج الطبيعى", "بالعلاج الطبيعي", "أريد علاج طبيعي"])
def test_arabic_words_are_found_with_or_without_article_hamza_and_stop_words(typed: str) -> None:
    therapy, other = find("ndis", "physiotherapy")[0], programs.families("ndis")[0]
    assert rank([(other, "مساعد في البيت"), (therapy, "العلاج الطبيعي")], typed) == (therapy,)


@pytest.mark.parametrize("typed", ["打扫", "打扫卫生", "帮忙打扫"])
def test_chinese_words_are_found_inside_longer_ones(typed: str) -> None:
    cleaning, other = find("ndis", "clean")[0], programs.families("ndis")[0]
    texts = [(other, "帮忙做个人护理, 洗澡、穿衣"), (cleaning, "打扫房子和其他家务, 打扫、清洁")]
    assert rank(texts, typed) == (cleaning,)
