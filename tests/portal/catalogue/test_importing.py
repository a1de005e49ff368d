"""Bringing in price lists: whole or not at all, once, and never losing much by mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import func, select, update

from budgeting.catalogue import PriceEdition
from budgeting.money import Money, Percent
from budgeting.programs import shipped
from budgeting.words import Name, words
from portal.app import Coplan
from portal.catalogue import commands, queries
from portal.catalogue.model import Edition, EditionItem, ImportState, ListImport, Origin
from portal.catalogue.problem import Problem, packed, unpacked
from portal.catalogue.reading import read_catalogue
from portal.work import NotVisible, Refusal, Work
from tests.builders import acting, an_account
from tests.portal.catalogue.lists import BY_STATE, NATIONAL, YEAR_2025, YEAR_2026, a_row, as_csv, published
from tests.portal.catalogue.people import an_administrator

JULY_2025, JULY_2026 = date(2025, 7, 1), date(2026, 7, 1)


def a_list(*rows: dict[str, Any], day: date = JULY_2026, source: str = "list.csv") -> PriceEdition:
    reading = read_catalogue(source, as_csv(rows))
    assert reading.errors == ()
    return PriceEdition("ndis", day, reading.rows, source)


def bring_in(
    work: Work, read: PriceEdition, *, allow_ended: bool = False, origin: Origin = Origin.PUBLISHED
) -> commands.Imported:
    return commands.import_edition(work, None, read, "0" * 64, allow_ended, origin)


def stored(work: Work) -> tuple[int, int]:
    return tuple(work.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Edition, EditionItem))  # type: ignore[return-value]  # two tables, two counts


@pytest.mark.both_databases
def test_what_was_brought_in_is_read_back_the_same(coplan: Coplan) -> None:
    rows = read_catalogue(
        "list",
        as_csv([a_row("01", "$1,063.13"), a_row("02", ""), a_row("03", **{" NT ": "$80.00", " WA ": ""})], BY_STATE),
    ).rows
    with coplan.open_work() as work:
        bring_in(work, PriceEdition("ndis", JULY_2026, rows, "list.csv"))
    with coplan.open_reading() as work:
        (edition,) = queries.editions(work, "ndis").editions
        assert edition.rows == rows
        assert list(queries.damaged(work)) == []


def test_the_shipped_lists_hold_until_one_is_brought_in(coplan: Coplan) -> None:
    with coplan.open_reading() as work:
        assert queries.editions(work, "ndis") is shipped("ndis")
    with coplan.open_work() as work:
        bring_in(work, a_list(a_row()))
        assert len(queries.editions(work, "ndis").editions) == 1


def test_the_same_list_again_changes_nothing_in_either_layout(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        first = bring_in(work, a_list(a_row("01"), a_row("02")))
        before = stored(work)
        rows = read_catalogue("other", as_csv([a_row("02"), a_row("01")], BY_STATE)).rows
        again = bring_in(work, PriceEdition("ndis", JULY_2026, rows, "other.csv"))
        assert (again.added, again.edition_id, stored(work)) == (False, first.edition_id, before)
        assert again.changes.counts()["unchanged"] == 2


def test_a_corrected_list_takes_the_place_of_the_one_of_the_same_day(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        bring_in(work, a_list(a_row(price="$70.00")))
        corrected = bring_in(work, a_list(a_row(price="$71.00")))
        assert len(corrected.changes.dearer) == 1
        (edition,) = queries.editions(work, "ndis").editions
        assert edition.rows[0].limits["national"] == Money(7100)
        assert stored(work) == (2, 2), "the first one is kept"


def test_each_list_holds_from_its_first_day(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        bring_in(work, a_list(a_row(price="$73.58")))
        bring_in(work, a_list(a_row(price="$70.23", Start_date="20250701"), day=JULY_2025))
        editions = queries.editions(work, "ndis")
        for day, cents in ((date(2026, 6, 30), 7023), (JULY_2026, 7358)):
            row = editions.row("01_011_0107_1_1", day)
            assert row is not None
            assert row.item.limits["national"] == Money(cents)


def test_a_list_is_compared_with_a_published_one_rather_than_the_shipped_one(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        bring_in(work, a_list(a_row("01", Start_date="20250701"), a_row("02", Start_date="20250701"), day=JULY_2025))
        bring_in(work, a_list(a_row("01")), allow_ended=True, origin=Origin.SHIPPED)
        changes = bring_in(work, a_list(a_row("01"), a_row("02"), a_row("03"))).changes
        assert [item.number for item in changes.new] == ["03"]


def test_a_list_that_lacks_over_a_fifth_is_refused_unless_that_is_meant(coplan: Coplan) -> None:
    ten = [a_row(f"{number:02d}") for number in range(10)]
    with coplan.open_work() as work:
        bring_in(work, a_list(*ten))
        before = stored(work)
        with pytest.raises(Refusal) as refused:
            bring_in(work, a_list(*ten[:7]))
        assert refused.value.sentence.values["lost"] == 3
        assert stored(work) == before
        assert bring_in(work, a_list(*ten[:8])).added, "a fifth is not over a fifth"
        assert len(bring_in(work, a_list(*ten[:4]), allow_ended=True).changes.ended) == 4


def test_a_list_that_holds_only_later_is_refused(coplan: Coplan) -> None:
    with coplan.open_work() as work, pytest.raises(Refusal, match="No price in this list holds"):
        bring_in(work, a_list(a_row(), day=JULY_2025))


def test_a_program_without_published_prices_takes_no_list(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        for program in ("support_at_home", "unknown"):
            with pytest.raises(Refusal):
                bring_in(work, PriceEdition(program, JULY_2026, a_list(a_row()).rows, "list"))


def test_only_an_administrator_brings_in_lists(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        someone, sam = an_account(work), an_administrator(work)
    with acting(coplan, sam) as work:
        assert bring_in(work, a_list(a_row())).added
    with acting(coplan, someone) as work:
        with pytest.raises(NotVisible):
            bring_in(work, a_list(a_row("02")))
        with pytest.raises(NotVisible):
            commands.start_import(work, None, "ndis", JULY_2026, "list.csv", b"", False)
        for look in (queries.price_lists, queries.unfinished_imports):
            with pytest.raises(NotVisible):
                look(work)


def send_in(coplan: Coplan, content: bytes, *, day: date = JULY_2026, allow_ended: bool = False) -> ListImport:
    """An administrator sends a file in, and the job has run."""
    with coplan.open_work() as work:
        sam = an_administrator(work)
    with acting(coplan, sam) as work:
        found = commands.start_import(work, None, "ndis", day, "list.csv", content, allow_ended)
    with coplan.open_reading() as work:
        return queries.list_import(work, found)


def test_a_file_that_was_sent_in_is_brought_in_by_the_job_under_the_name_of_who_sent_it(coplan: Coplan) -> None:
    done = send_in(coplan, as_csv([a_row()]))
    assert (done.state, done.added) == (ImportState.DONE, True)
    with coplan.open_reading() as work:
        (listed,) = queries.price_lists(work)
        assert listed.imported_by == "Sam Taylor"
        content = work.session.scalar(select(ListImport.content).where(ListImport.id == done.id))
        assert content is None, "the file itself is not kept"


def test_nothing_is_half_imported_and_every_problem_is_kept(coplan: Coplan) -> None:
    refused = send_in(coplan, as_csv([a_row("01"), a_row("02", price="x", Unit="y"), a_row("03", Start_date="z")]))
    assert refused.state is ImportState.REFUSED
    kept = [(problem.row, problem.column) for problem in unpacked(refused.problems)]
    assert kept == [(3, "Unit"), (3, "National"), (4, "Start date")]
    with coplan.open_reading() as work:
        assert stored(work) == (0, 0)


def test_a_job_that_runs_twice_changes_nothing_the_second_time(coplan: Coplan) -> None:
    done = send_in(coplan, as_csv([a_row()]))
    with coplan.open_work() as work:
        before = stored(work)
        assert commands.begin_import(work, done.id) is None
        commands.finish_import(work, done.id, read_catalogue("list", as_csv([a_row("02")])))
        assert stored(work) == before


def test_a_file_that_lacks_too_much_can_be_sent_again_with_a_yes(coplan: Coplan) -> None:
    send_in(coplan, as_csv([a_row(f"{number:02d}") for number in range(10)]))
    (problem,) = unpacked(send_in(coplan, as_csv([a_row("01")])).problems)
    assert problem.message.values["most"] == Percent(200_000)
    assert send_in(coplan, as_csv([a_row("01")]), allow_ended=True).state is ImportState.DONE


def test_a_row_that_was_changed_behind_our_back_is_noticed(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        bring_in(work, a_list(a_row()))
        work.session.execute(update(EditionItem).values(national=Money(1)))
        (sentence,) = queries.damaged(work)
        assert "2026-07-01" in sentence


def test_a_stored_row_cannot_be_edited(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        bring_in(work, a_list(a_row()))
        work.session.scalars(select(EditionItem)).one().name = "Another name"
        with pytest.raises(AssertionError, match="never changed"):
            work.session.flush()
        work.session.rollback()


@given(st.text(max_size=30), st.integers(0, 10**6), st.dates(), st.integers(0, 10**6))
@settings(max_examples=30)
def test_problems_are_kept_with_the_types_of_their_values(text: str, number: int, day: date, ppm: int) -> None:
    message = words("{a} {b} {c} {d}", a=Name(text), b=number, c=day, d=Percent(ppm))
    problems = (Problem(number, text, message),)
    assert unpacked(packed(problems)) == problems


def test_the_published_years_come_in_one_after_the_other(coplan: Coplan) -> None:
    first, second = published(YEAR_2025), published(YEAR_2026)
    with coplan.open_work() as work:
        bring_in(work, PriceEdition("ndis", JULY_2025, read_catalogue(YEAR_2025, first).rows, YEAR_2025))
        counts = bring_in(work, PriceEdition("ndis", JULY_2026, read_catalogue(YEAR_2026, second).rows, YEAR_2026))
        found = counts.changes.counts()
        assert (found["rows"], found["new"], found["ended"], found["cheaper"]) == (976, 368, 23, 13)
        assert list(queries.damaged(work)) == []
    assert len(NATIONAL) == 21
