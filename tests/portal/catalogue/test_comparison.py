"""What a new price list changes, on lists made here and on the published ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from budgeting.catalogue import PriceEdition
from portal.catalogue.comparison import compare_editions, same_rows
from portal.catalogue.reading import read_catalogue
from tests.portal.catalogue.lists import BY_STATE, YEAR_2025, YEAR_2026, a_row, as_csv, published


def an_edition(
    *rows: dict[str, Any], valid_from: date = date(2026, 7, 1), columns: list[str] | None = None
) -> PriceEdition:
    reading = read_catalogue("list", as_csv(rows, columns) if columns else as_csv(rows))
    assert reading.errors == ()
    return PriceEdition("ndis", valid_from, reading.rows, "made for this test")


LAST_YEAR = date(2025, 7, 1)


def test_the_first_list_is_all_new() -> None:
    changes = compare_editions(None, an_edition(a_row("01"), a_row("02")))
    assert changes.counts() == {
        "rows": 2, "new": 2, "changed": 0, "unchanged": 0, "ended": 0, "dearer": 0, "cheaper": 0,
    }  # fmt: skip


def test_supports_come_go_rise_fall_and_stay() -> None:
    old = an_edition(
        a_row("01", "$10.00", Start_date="20250701"),
        a_row("02", "$10.00", Start_date="20250701"),
        a_row("03", "$10.00", Start_date="20250701"),
        a_row("04", Start_date="20250701"),
        a_row("05", Start_date="20250701"),
        valid_from=LAST_YEAR,
    )
    new = an_edition(
        a_row("01", "$10.01"),
        a_row("02", "$9.99"),
        a_row("03", "$10.00"),
        a_row("04", Support_Item_Name="Another"),
        a_row("06"),
    )
    changes = compare_editions(old, new)
    assert [item.number for item in changes.new] == ["06"]
    assert [item.number for item in changes.ended] == ["05"]
    assert [change.after.number for change in changes.dearer] == ["01"]
    assert [change.after.number for change in changes.cheaper] == ["02"]
    assert [change.after.number for change in changes.changed] == ["01", "02", "04"]
    assert [item.number for item in changes.unchanged] == ["03"]


def test_a_limit_that_comes_or_goes_is_a_change_but_neither_dearer_nor_cheaper() -> None:
    changes = compare_editions(an_edition(a_row(price=""), valid_from=LAST_YEAR), an_edition(a_row(price="$70.23")))
    assert (len(changes.changed), changes.dearer, changes.cheaper) == (1, (), ())


def test_a_state_that_rises_while_another_falls_counts_as_both() -> None:
    old = an_edition(a_row(), valid_from=LAST_YEAR)
    new = an_edition(a_row(**{" NT ": "$80.00", " WA ": "$60.00"}), columns=BY_STATE)
    changes = compare_editions(old, new)
    assert len(changes.dearer) == len(changes.cheaper) == 1


def test_a_support_counts_as_it_stood_on_the_last_day_of_the_old_list() -> None:
    old = an_edition(
        a_row(price="$156.16", Start_date="20251124"),
        a_row(price="$193.99", Start_date="20250701", End_Date="20251123"),
        valid_from=LAST_YEAR,
    )
    new = an_edition(a_row(price="$156.16"))
    assert compare_editions(old, new).cheaper == ()
    assert len(compare_editions(old, new, before=date(2025, 11, 23)).cheaper) == 1


def test_the_same_list_again_changes_nothing_in_whatever_order() -> None:
    old, new = an_edition(a_row("01"), a_row("02")), an_edition(a_row("02"), a_row("01"), columns=BY_STATE)
    assert same_rows(old, new)
    counts = compare_editions(old, new).counts()
    assert (counts["unchanged"], counts["new"] + counts["changed"] + counts["ended"]) == (2, 0)


def test_another_word_for_the_same_type_is_no_change() -> None:
    old = an_edition(a_row(Type="Price Limited Supports"), valid_from=LAST_YEAR)
    assert len(compare_editions(old, an_edition(a_row(Type="Priced Supports"))).unchanged) == 1


def test_a_corrected_day_counts_when_a_list_replaces_one_of_the_same_day() -> None:
    old, new = an_edition(a_row()), an_edition(a_row(End_Date="20270630"))
    assert len(compare_editions(old, new).changed) == 1
    assert len(compare_editions(an_edition(a_row(), valid_from=LAST_YEAR), new).unchanged) == 1


def test_between_the_published_years_the_known_numbers_come_out() -> None:
    old = PriceEdition("ndis", LAST_YEAR, read_catalogue(YEAR_2025, published(YEAR_2025)).rows, YEAR_2025)
    new = PriceEdition("ndis", date(2026, 7, 1), read_catalogue(YEAR_2026, published(YEAR_2026)).rows, YEAR_2026)
    counts = compare_editions(old, new).counts()
    assert (counts["rows"], counts["new"], counts["ended"], counts["cheaper"]) == (976, 368, 23, 13)
    assert counts["new"] + counts["changed"] + counts["unchanged"] == 976
    assert len(compare_editions(old, new, before=date(2025, 11, 23)).cheaper) == 17, "the art and music therapies too"
    assert compare_editions(None, old).counts()["new"] == 631


@pytest.mark.parametrize("name", [YEAR_2025, YEAR_2026])
def test_a_published_list_does_not_differ_from_itself(name: str) -> None:
    edition = PriceEdition("ndis", date(2026, 7, 1), read_catalogue(name, published(name)).rows, name)
    counts = compare_editions(edition, edition).counts()
    assert counts["changed"] == counts["new"] == counts["ended"] == 0
