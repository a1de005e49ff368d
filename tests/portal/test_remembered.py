"""What is remembered for speed never tells one person, language, day or database what belongs to another."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Row, bindparam, select, update

from budgeting.money import Money
from budgeting.words import words
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Resource
from portal.accounts.model import Account, Organisation
from portal.app import Coplan
from portal.db import Memory, Unscoped
from portal.funding import queries as funding
from portal.funding.model import FundingPlan
from portal.goals import commands as goals
from portal.people.model import Consent, Restriction
from portal.proposals import draft_rows, queries
from portal.proposals.model import Comment, Line
from portal.work import Refusal
from tests.builders import a_restriction, acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle

BY_HAND = {"scoped": "a test"}


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def sheet(person: Person, circle: Circle, lang: str = "en") -> str:
    return person.open(f"{circle.address}?lang={lang}").text


# one process, several people


def test_a_brother_who_comes_after_the_person_sees_the_plan_and_not_the_money(person: Person, circle: Circle) -> None:
    circle.add()
    hers, his = signed_in(person.another(), circle.mei), signed_in(person.another(), circle.karim)
    assert "20,000" in sheet(hers, circle)
    for _ in range(2):
        seen = sheet(his, circle)
        assert "Help in the shower" in seen
        assert not [told for told in ("20,000", "Core supports") if told in seen]
        assert "20,000" in sheet(hers, circle)


def test_the_goal_of_a_line_is_shown_to_those_alone_who_may_read_goals(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        goal = goals.name_goal(work, circle.client, "Swim without anybody", "en")
    circle.add(goal_id=goal.id)
    hers, his = signed_in(person.another(), circle.mei), signed_in(person.another(), circle.karim)
    assert all("Swim without anybody" in sheet(each, circle) for each in (hers, his))
    with circle.coplan.open_work() as work:
        a_restriction(work, circle.client, circle.karim, Resource.STORY)
    assert "Swim without anybody" in sheet(hers, circle)
    assert "Swim without anybody" not in sheet(his, circle)


def test_what_was_open_a_moment_ago_is_closed_once_the_right_is_withdrawn(person: Person, circle: Circle) -> None:
    circle.add()
    his, hers = signed_in(person.another(), circle.karim), signed_in(person.another(), circle.mei)
    sheet(hers, circle)
    assert "Help in the shower" in sheet(his, circle)
    withdrawn = update(Consent).where(Consent.covers == Resource.DRAFT)
    for moment in ("now", None):
        with circle.coplan.open_work() as work:
            values = withdrawn.values(withdrawn_at=work.now if moment else None)
            work.session.execute(unscoped(values, "a test withdraws, and gives again"))
        seen = sheet(his, circle)
        assert ("Help in the shower" in seen, his.status) == ((False, 404) if moment else (True, 200))


def test_a_wall_stands_from_the_next_opening_on_and_falls_when_it_is_lifted(person: Person, circle: Circle) -> None:
    circle.add()
    theirs = signed_in(person, circle.daniel)
    assert "Help in the shower" in sheet(theirs, circle)
    with circle.coplan.open_work() as work:
        wall = a_restriction(work, circle.client, circle.daniel)
    sheet(theirs, circle)
    assert theirs.status == 404
    with circle.coplan.open_work() as work:
        work.session.get_one(Restriction, wall.id, execution_options=BY_HAND).lifted_at = work.now
    assert "Help in the shower" in sheet(theirs, circle)


def test_a_row_is_in_the_language_of_its_reader_whoever_opened_it_before(person: Person, circle: Circle) -> None:
    circle.add()
    hers = signed_in(person, circle.mei)
    said = {tag: sheet(hers, circle, tag) for tag in ("en", "ar", "zh-Hans")}
    assert "No provider yet" in said["en"]
    assert not [tag for tag in ("ar", "zh-Hans") if "No provider yet" in said[tag]]
    assert {tag: sheet(hers, circle, tag) for tag in said} == said


def test_a_line_never_leads_to_another_that_costs_the_same(person: Person, circle: Circle) -> None:
    """Of one key, version and price: taken out, and in again as a row of its own."""
    line = circle.add()
    hers = signed_in(person, circle.mei)
    sheet(hers, circle)
    with circle.coplan.open_work() as work:
        old = work.session.get_one(Line, line.id, execution_options=BY_HAND)
        columns = {one.key: getattr(old, one.key) for one in Line.__mapper__.column_attrs}
        old.removed_at = work.now
        new = Line(**{**columns, "id": UUID(int=line.id.int ^ 1), "version": line.version})
        work.session.add(new)
    sheet(hers, circle)
    assert hers.page.get_element_by_id(f"line-{new.id}").xpath(".//th/a/@href") == [f"{circle.address}/lines/{new.id}"]


def test_a_provider_that_is_called_otherwise_is_called_so_in_every_row(person: Person, circle: Circle) -> None:
    circle.add(provider_id=circle.sunrise.id)
    hers = signed_in(person, circle.mei)
    assert circle.sunrise.name in sheet(hers, circle)
    with circle.coplan.open_work() as work:
        work.session.get_one(Organisation, circle.sunrise.id).name = "Sundown Care"
    assert "Sundown Care" in sheet(hers, circle)


# days, and changes that never were


def test_money_that_is_given_by_the_quarter_is_counted_anew_from_midnight_on(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        plan = work.session.scalars(unscoped(select(FundingPlan), "a test")).one()
        plan.program, plan.ends, plan.starts = "support_at_home", None, date(2026, 1, 1)

    def counted_from(moment: Any) -> date:
        with reading(circle.coplan, circle.mei) as work:
            work.now = moment
            found = funding.values(work, circle.client, "support_at_home", work.today(circle.client))
            assert found is not None
            return found.period.first

    with circle.coplan.open_work() as work:
        evening = work.now.replace(year=2026, month=9, day=30, hour=13, minute=59)  # before midnight in Sydney
    first = [counted_from(evening), counted_from(evening + timedelta(minutes=2)), counted_from(evening)]
    assert first == [date(2026, 7, 1), date(2026, 10, 1), date(2026, 7, 1)]


def prices(circle: Circle) -> Sequence[Money | None]:
    with reading(circle.coplan, circle.mei) as work:
        return [one.terms.price for one in draft_rows.lines(work, circle.fresh(work))]


def test_an_edit_that_was_taken_back_by_an_error_is_remembered_by_nobody(circle: Circle) -> None:
    line = circle.add()
    assert prices(circle) == [Money(68_00)]
    with contextlib.suppress(Refusal), acting(circle.coplan, circle.mei) as work:
        circle.line(work, line).price = Money(99_00)
        work.session.flush()
        assert [one.terms.price for one in draft_rows.lines(work, circle.fresh(work))] == [Money(99_00)]
        raise Refusal(words("It was refused after all."))
    assert prices(circle) == [Money(68_00)]
    circle.edit(circle.mei, line, price=Money(70_00))  # the same number of the version as the one that never was
    assert prices(circle) == [Money(70_00)]


def test_what_a_transaction_changed_is_read_before_it_was_written_down(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.mei) as work:
        circle.line(work, line).price = Money(99_00)
        assert [one.terms.price for one in draft_rows.lines(work, circle.fresh(work))] == [Money(99_00)]


def test_two_portals_in_one_process_know_nothing_of_each_other(circle: Circle) -> None:
    """Also where a row has the same id and version in both, as after copying a folder."""
    line = circle.add()
    assert prices(circle) == [Money(68_00)]
    other = Coplan(circle.coplan.settings)
    assert other.house.memory is not circle.coplan.house.memory
    assert other.house.here is not circle.coplan.house.here
    with other.open_work() as work:
        elsewhere = update(Line).where(Line.id == line.id).values(price=Money(12_00))
        work.session.execute(unscoped(elsewhere, "a test: the row of another portal, of the same version"))
    with reading(other, circle.mei) as work:
        assert [one.terms.price for one in draft_rows.lines(work, circle.fresh(work))] == [Money(12_00)]
    other.jobs.close()


# how much


def test_memory_is_never_more_than_it_may_be() -> None:
    memory = Memory()
    for number in range(3 * Memory.SIZE):
        memory.keep(number, number)
        assert len(memory) <= Memory.SIZE


def test_a_line_that_goes_back_and_forth_does_not_fill_the_memory(circle: Circle) -> None:
    line = circle.add()
    with reading(circle.coplan, circle.mei) as work:
        answer = queries.draft(work, circle.client, circle.fresh(work)).quote.lines[0]
    for number in range(500):
        assert answer.once(("a version", number), lambda: str(line.id)) == str(line.id)
    assert len(answer.worked_out) <= 64


# statements that are written once


def test_no_statement_is_written_out_that_does_not_say_what_limits_it(circle: Circle) -> None:
    everything = select(Comment.id, Comment.text)
    with pytest.raises(Unscoped), reading(circle.coplan, circle.stranger) as work:
        work.reads.all(everything, {})


def test_no_statement_is_written_out_with_its_first_reader_in_it(circle: Circle) -> None:
    circle.add()
    with reading(circle.coplan, circle.mei) as work:
        theirs = limit(select(Line.id).where(Line.proposal_id == bindparam("proposal")), work, Line)
        with pytest.raises(TypeError, match="found anew"):
            work.reads.all(theirs, {"proposal": circle.proposal.id})


def test_what_is_asked_once_for_all_readers_is_asked_for_the_one_who_reads(circle: Circle) -> None:
    circle.add()

    def found(who: Account) -> Sequence[Row[Any]]:
        with reading(circle.coplan, who) as work:
            own = circle.coplan.house.memory
            seen = draft_rows.versions(work, circle.proposal)
            assert own is work.memory
            by_itself = visible(work, Line).with_only_columns(Line.id)
            ids = [UUID(str(one.id)) for one in seen]  # as this database spells them
            assert ids == list(work.session.scalars(by_itself))
            return seen

    many = [len(found(who)) for who in (circle.mei, circle.stranger, circle.karim, circle.tom, circle.mei)]
    assert many == [1, 0, 1, 0, 1]
