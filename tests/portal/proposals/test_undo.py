"""Undo of a whole draft: several steps, in order, again, and never over somebody else's edit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from budgeting.money import Money
from budgeting.package import Weekly
from portal.app import Coplan
from portal.db import Stale
from portal.proposals import commands, edits, queries
from portal.proposals.edits import Step
from portal.proposals.terms import Terms
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def state(circle: Circle) -> list[tuple[str, Terms, bool]]:
    """Every line of the draft with what it says and whether it counts, those that never came in left out."""
    with reading(circle.coplan, circle.mei) as work:
        found = queries.lines(work, circle.fresh(work))
        return [(str(line.key), line.terms, line.parked_at is not None) for line in found if not line.removed_at]


def newest(circle: Circle) -> Step | None:
    with reading(circle.coplan, circle.mei) as work:
        return edits.last(work, circle.fresh(work))


def undo(circle: Circle) -> None:
    """One press on Undo."""
    step = newest(circle)
    assert step is not None
    with acting(circle.coplan, circle.mei) as work:
        commands.undo_step(work, circle.fresh(work), step.id)


def again(circle: Circle) -> None:
    """One press on Do it again."""
    with acting(circle.coplan, circle.mei) as work:
        step = edits.next_again(work, circle.fresh(work))
        assert step is not None
        commands.do_step_again(work, circle.fresh(work), step.id)


@dataclass
class Play:
    """Edits of a draft as a person makes them, with the state of the draft before each."""

    circle: Circle
    before: list[list[tuple[str, Terms, bool]]] = field(default_factory=list)

    def act(self, what: str, which: int, cents: int) -> None:
        circle = self.circle
        with reading(circle.coplan, circle.mei) as work:
            lines = queries.lines(work, circle.fresh(work))
        counted = [line for line in lines if line.counts]
        resting = [line for line in lines if not line.counts]
        self.before.append(state(circle))
        if what == "back" and resting:
            line = resting[which % len(resting)]
            with acting(circle.coplan, circle.mei) as work:
                commands.bring_back(work, circle.line(work, line), circle.fresh(work))
        elif what == "add" or not counted:
            circle.add(name=f"Support {len(lines)}", price=Money(cents))
        elif what == "edit":
            line = counted[which % len(counted)]
            circle.edit(circle.mei, line, price=Money(cents), schedule=Weekly((which % 7,), time(9), time(10 + which)))
        elif what == "park":
            with acting(circle.coplan, circle.mei) as work:
                commands.park(work, circle.line(work, counted[which % len(counted)]), circle.fresh(work))
        else:
            circle.remove(circle.mei, counted[which % len(counted)])
        if state(circle) == self.before[-1]:
            self.before.pop()  # it said that already


ACTS = st.tuples(
    st.sampled_from(["add", "edit", "edit", "park", "remove", "back"]), st.integers(0, 5), st.integers(1000, 9000)
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ACTS, min_size=1, max_size=6))
def test_undoing_every_edit_gives_the_draft_back_and_doing_them_again_too(
    coplan: Coplan, acts: list[tuple[str, int, int]]
) -> None:
    play = Play(a_circle(coplan))
    for act in acts:
        play.act(*act)
    after = state(play.circle)
    for before in reversed(play.before):
        undo(play.circle)
        assert state(play.circle) == before
    assert newest(play.circle) is None
    for _ in play.before:
        again(play.circle)
    assert state(play.circle) == after


def test_the_sheet_says_what_it_would_undo_and_goes_back_several_steps(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.edit(circle.mei, line, price=Money(75_00))
    circle.remove(circle.mei, line)
    mei = signed_in(person, circle.mei).open(circle.address)
    assert "Undo: Help in the shower was taken out" in mei.text
    mei.send("undo-step")
    assert "Undo: Help in the shower was changed" in mei.text
    mei.send("undo-step", htmx=True)
    assert "was added" in mei.answer.text
    assert circle.lines()[0].price == Money(68_00)
    mei.open(circle.address).send("redo-step")
    assert circle.lines()[0].price == Money(75_00)


def test_whoever_goes_back_several_steps_finds_the_next_under_the_same_finger(person: Person, circle: Circle) -> None:
    circle.edit(circle.mei, circle.add(), price=Money(75_00))
    mei = signed_in(person, circle.mei)
    for form, then in (("undo-step", "undo-step"), ("undo-step", "redo-step"), ("redo-step", "redo-step")):
        mei.open(circle.address).send(form, htmx=True)
        (focus,) = mei.page.xpath("//*[@data-focus]")
        assert focus.xpath("ancestor::form/@id") == [then]
    mei.open(circle.address).send("redo-step", htmx=True)
    assert mei.page.xpath("//*[@data-focus]/ancestor::form/@id") == ["undo-step"]


def test_an_undo_from_an_older_page_changes_nothing(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    circle.edit(circle.nominee, line, price=Money(75_00))
    mei.send("undo-step")
    assert mei.status == 409
    assert circle.lines()[0].price == Money(75_00)
    assert "Last changed by Amal" in mei.text


def test_a_new_edit_ends_what_could_be_done_again(circle: Circle) -> None:
    line = circle.add()
    circle.edit(circle.mei, line, price=Money(75_00))
    undo(circle)
    circle.edit(circle.mei, line, price=Money(60_00))
    with reading(circle.coplan, circle.mei) as work:
        assert edits.next_again(work, circle.fresh(work)) is None


def test_what_was_undone_last_is_done_again_and_not_what_a_later_edit_replaced(circle: Circle) -> None:
    line = circle.add()
    circle.edit(circle.mei, line, price=Money(75_00))
    undo(circle)
    circle.edit(circle.mei, line, price=Money(60_00))
    undo(circle)
    with reading(circle.coplan, circle.mei) as work:
        again = edits.next_again(work, circle.fresh(work))
        assert again is not None
        (edit,) = edits.of_step(work, circle.fresh(work), again.id)
        assert '"minor":6000' in edit.after


def test_the_undo_of_a_row_and_of_the_draft_know_each_other(circle: Circle) -> None:
    first, second = circle.add(), circle.add(name="Swimming")
    circle.edit(circle.mei, first, price=Money(75_00))
    circle.edit(circle.mei, second, price=Money(50_00))
    with acting(circle.coplan, circle.mei) as work:
        row = circle.line(work, first)
        commands.undo(work, row, circle.fresh(work), row.version)
    assert [line.price for line in circle.lines()] == [Money(68_00), Money(50_00)]
    undo(circle)
    assert [line.price for line in circle.lines()] == [Money(68_00), Money(68_00)]
    undo(circle)
    assert [line.name for line in circle.lines()] == ["Help in the shower"]


def test_only_those_who_decide_undo(person: Person, circle: Circle) -> None:
    circle.add()
    step = newest(circle)
    assert step is not None
    for account in (circle.daniel, circle.karim):
        assert not signed_in(person.another(), account).open(circle.address).page.xpath("//form[@id='undo-step']")
    with pytest.raises(Stale), acting(circle.coplan, circle.mei) as work:
        commands.undo_step(work, circle.fresh(work), circle.proposal.id)
