"""Scenarios: kept, private, changed, compared, and made into suggestions or a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from hypothesis import given, strategies as st

from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Units, Unpaid, Weekly
from budgeting.period import DAY
from portal.app import Coplan
from portal.proposals import edits, queries, scenario_commands as commands, scenarios
from portal.proposals.commands import accept_suggestion, undo_step
from portal.proposals.kept import KeptLine, Scenario, as_content, kept_lines
from portal.proposals.particulars import Particulars
from portal.proposals.terms import Terms
from portal.work import NotVisible
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle, a_goal


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def home(circle: Circle) -> str:
    return f"/people/{circle.client.id}/proposals/scenarios"


def kept(circle: Circle, title: str = "Three mornings instead of two", who: str = "mei", **changes: object) -> Scenario:
    """A copy of the draft, its first support changed."""
    with acting(circle.coplan, getattr(circle, who)) as work:
        lines = [KeptLine(line.key, line.terms) for line in queries.lines(work, circle.fresh(work)) if line.counts]
        if lines and changes:
            lines[0] = replace(lines[0], terms=replace(lines[0].terms, **changes))  # type: ignore[arg-type]  # by name
        return commands.keep(work, circle.client, circle.fresh(work), lines, title)


def where(scenario: Scenario) -> str:
    return scenarios.address(scenario)


THREE = Weekly((0, 2, 4), time(9), time(11))


def test_a_person_with_nothing_yet_is_told_what_a_scenario_is_for(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(home(circle))
    assert mei.status == 200
    assert "Three mornings instead of two" in mei.text


def test_a_copy_of_the_draft_is_kept_changed_and_leaves_the_draft_alone(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(home(circle))
    mei.send("keep", title="Longer mornings", of=f"draft-{circle.proposal.id}")
    assert "Longer mornings" in mei.text
    assert "Only you see it" in mei.text
    mei.send(f"q-{line.key.hex[:12]}", finishes="12:00")
    assert "$1,632.00" in mei.text  # 8 visits of 3 hours at 68 dollars
    assert "$1,088.00" in mei.text  # the draft beside it
    assert circle.lines()[0].terms == line.terms
    mei.send("undo")
    assert "$1,632.00" not in mei.text


def test_a_support_of_a_scenario_can_be_added_changed_and_left_out(person: Person, circle: Circle) -> None:
    line = circle.add()
    made = kept(circle)
    mei = signed_in(person, circle.mei).open(f"{where(made)}/lines/{line.key}")
    mei.send("line", weekdays=["0", "2", "4"])
    assert "$1,632.00" in mei.text  # 12 visits of 2 hours at 68 dollars
    mei.open(f"{where(made)}/add?support=cleaning").send(
        "line", name="Cleaning", weekdays=["3"], begins="9:00", finishes="10:00", price="50"
    )
    assert "$1,832.00" in mei.text  # and 4 hours at 50 dollars
    mei.send(f"out-{line.key}", press="out=yes")
    assert "$200.00" in mei.text
    mei.send(f"out-{line.key}")
    assert "$1,832.00" in mei.text


def test_a_private_scenario_is_not_there_for_anybody_else(person: Person, circle: Circle) -> None:
    line = circle.add()
    made = kept(circle, title="Without Amal knowing")
    for account in (circle.nominee, circle.daniel, circle.karim, circle.tom, circle.stranger):
        other = signed_in(person.another(), account)
        for address in (where(made), f"{where(made)}/add", f"{where(made)}/lines/{line.key}"):
            assert other.open(address).status == 404
        assert "Without Amal knowing" not in other.open(home(circle)).text
        assert "Without Amal knowing" not in other.open(f"{home(circle)}/compare?scenario-{made.id}=yes").text
        assert "Without Amal knowing" not in other.open(f"/people/{circle.client.id}/history").text
        with pytest.raises(NotVisible), acting(circle.coplan, account) as work:
            commands.share(work, made)
    with reading(circle.coplan, circle.nominee) as work:
        assert scenarios.scenarios(work, circle.client) == []


def test_a_shared_scenario_is_seen_and_copied_but_only_changed_by_its_maker(person: Person, circle: Circle) -> None:
    circle.add()
    made = kept(circle, who="daniel", schedule=THREE)
    signed_in(person, circle.daniel).open(where(made)).send("do", press="do=share")
    mei = signed_in(person.another(), circle.mei).open(where(made))
    assert "Shared by Daniel Okafor" in mei.text
    assert not mei.page.xpath("//form[starts-with(@id,'q-')]")
    mei.send("do", press="do=copy")
    assert "Only you see it" in mei.text
    assert mei.page.xpath("//form[starts-with(@id,'q-')]")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.mei) as work:
        commands.change(work, scenarios.scenario(work, circle.client, made.id), [], 1)


def test_help_without_pay_is_said_to_be_without_pay_in_a_scenario_too(person: Person, circle: Circle) -> None:
    circle.add(more=Particulars(given=Unpaid(None, Minutes(120))), price=None)
    mei = signed_in(person, circle.mei).open(where(kept(circle)))
    assert "Given without pay" in mei.text
    assert not mei.page.xpath("//strong[. = 'Not known yet']")


def test_a_scenario_that_was_put_away_comes_back(person: Person, circle: Circle) -> None:
    circle.add()
    made = kept(circle)
    mei = signed_in(person, circle.mei).open(where(made)).send("do", press="do=delete")
    assert "This scenario is put away" in mei.text
    assert "Nothing to compare yet" in signed_in(person.another(), circle.mei).open(f"{home(circle)}/compare").text
    mei.send("do-back", press="do=back")
    assert "This scenario is put away" not in mei.text


def test_three_packages_stand_side_by_side_and_each_day_another_one_comes_first(person: Person, circle: Circle) -> None:
    goal = a_goal(circle)
    circle.add(provider_id=circle.sunrise.id)
    circle.add(
        name="Painting",
        goal_id=goal,
        price=Money(50_00),
        schedule=Weekly((6,), time(10), time(12)),
        provider_name="Ruth next door",
    )
    more = kept(circle, schedule=THREE)
    with acting(circle.coplan, circle.mei) as work:
        first = list(scenarios.scenario(work, circle.client, more.id).lines)[:1]
        fewer = commands.keep(work, circle.client, circle.fresh(work), first, "Only the mornings")
    mei = signed_in(person, circle.mei).open(home(circle))
    query = f"draft-{circle.proposal.id}=yes&scenario-{more.id}=yes&scenario-{fewer.id}=yes"
    mei.open(f"{home(circle)}/compare?{query}")
    heads = [one.text_content() for one in mei.page.xpath("//table[@id='side-by-side']//thead//th")]
    said = [head.translate(dict.fromkeys(range(0x2066, 0x206A))) for head in heads]
    made = ["My plan", "Three mornings instead of two", "Only the mornings"]
    assert said[0] == "What"
    assert said[1:] in [made[first:] + made[:first] for first in range(3)]
    for amount in ("$1,488.00", "$2,032.00", "$1,632.00"):  # 1,088 + 400; 1,632 + 400; 1,632
        assert amount in mei.text
    assert "It no longer serves: Paint on Sundays" in mei.text
    (who,) = {tuple(one.itertext()) for one in mei.page.xpath("//ul[contains(., 'Sunrise') and contains(., 'Ruth')]")}
    assert "Ruth next door" in "".join(who), "who is known by a name alone comes too"
    assert "4 visits more." in mei.text
    assert "1632.00" in mei.open(f"{home(circle)}/compare?{query}&table=side-by-side&as=csv").answer.text
    assert mei.open(f"{home(circle)}/compare?draft-{circle.proposal.id}=yes").status == 200
    assert "Choose at least two." in mei.text


def test_a_scenario_becomes_suggestions_for_those_who_may_only_suggest(person: Person, circle: Circle) -> None:
    circle.add()
    swimming = circle.add(name="Swimming")
    made = kept(circle, who="daniel", schedule=THREE)
    with acting(circle.coplan, circle.daniel) as work:
        one = scenarios.scenario(work, circle.client, made.id)
        new = KeptLine(uuid4(), circle.terms("Choir"))
        commands.change(work, one, [line for line in one.lines if line.key != swimming.key] + [new], one.version)
    daniel = signed_in(person, circle.daniel).open(where(made)).send("use", press="how=suggest", reason="Try it")
    assert "3 suggestions are made" in daniel.text
    assert [line.schedule for line in circle.lines()] == [circle.terms().schedule] * 2
    mei = signed_in(person.another(), circle.mei).open(circle.address)
    for title in ("Change: Help in the shower", "Take out: Swimming", "Add: Choir"):
        assert title in mei.text


def test_a_support_that_differs_on_some_days_only_is_suggested_as_a_whole(person: Person, circle: Circle) -> None:
    line = circle.add()
    made = kept(circle, who="daniel", ends=FIRST + 6 * DAY)
    fewer = replace(line.terms, schedule=Weekly((0,), time(9), time(11)), starts=FIRST + 7 * DAY)
    with acting(circle.coplan, circle.daniel) as work:
        one = scenarios.scenario(work, circle.client, made.id)
        commands.change(work, one, [*one.lines, KeptLine(uuid4(), fewer)], one.version)
    daniel = signed_in(person, circle.daniel).open(where(made)).send("use", press="how=suggest", reason="Try it")
    assert "1 suggestion is made" in daniel.text
    with acting(circle.coplan, circle.mei) as work:
        (asked,) = queries.open_suggestions(work, circle.fresh(work))
        accept_suggestion(work, asked, circle.fresh(work), "")
    assert {(one.terms.starts, one.terms.ends) for one in circle.lines()} == {
        (FIRST, FIRST + 6 * DAY),
        (FIRST + 7 * DAY, LAST),
    }


def test_a_scenario_replaces_the_draft_and_one_press_undoes_it(person: Person, circle: Circle) -> None:
    circle.add()
    swimming = circle.add(name="Swimming")
    before = [line.terms for line in circle.lines()]
    made = kept(circle, schedule=THREE)
    mei = signed_in(person, circle.mei).open(where(made))
    mei.send(f"out-{swimming.key}", press="out=yes").send("use", press="how=draft")
    assert [line.schedule for line in circle.lines()] == [THREE]
    assert "Undo: 2 supports were changed at once" in mei.text
    mei.send("undo-step")
    assert [line.terms for line in circle.lines()] == before


def test_a_press_from_an_older_page_is_told_and_does_nothing(person: Person, circle: Circle) -> None:
    line = circle.add()
    made = kept(circle, schedule=THREE)
    mei = signed_in(person, circle.mei).open(where(made))
    circle.edit(circle.nominee, line, price=Money(70_00))
    mei.send("use", press="how=draft")
    assert "Something changed since you opened this page" in mei.text
    assert circle.lines()[0].schedule == circle.terms().schedule


def test_a_new_draft_can_begin_with_a_scenario(person: Person, circle: Circle) -> None:
    circle.add()
    made = kept(circle, schedule=THREE)
    mei = signed_in(person, circle.mei).open(where(made)).send("use", press="how=new")
    assert "Three mornings instead of two" in mei.text
    assert "$1,632.00" in mei.text
    assert circle.address not in mei.address


LINES = st.lists(
    st.builds(
        lambda weekly, price, days, name: Terms(
            name, FIRST, LAST, "self_care", price=price and Money(price), need="Wash safely",
            schedule=Weekly(tuple(sorted(days)), time(9), time(11)) if weekly else Units(Quantity(5000), "H"),
        ),
        st.booleans(),
        st.none() | st.integers(1, 20_000),
        st.sets(st.integers(0, 6), min_size=1),
        st.text("abcçé水ع ", min_size=1, max_size=12),
    ),
    max_size=4,
)  # fmt: skip


@given(LINES)
def test_what_is_kept_is_what_was_there(terms: list[Terms]) -> None:
    lines = [KeptLine(uuid4(), one, out=number % 2 == 1) for number, one in enumerate(terms)]
    assert kept_lines(as_content(lines)) == lines


@pytest.mark.parametrize("seed", range(4))
def test_putting_a_scenario_in_and_undoing_it_gives_the_same_draft(circle: Circle, seed: int) -> None:
    lines = [circle.add(name=f"Support {number}") for number in range(3)]
    if seed == 1:
        circle.remove(circle.mei, lines[1])
    wanted = [
        KeptLine(lines[seed % 3].key, circle.terms("Changed", price=Money(99_00))),
        KeptLine(lines[1].key, circle.terms("Back again")),
        KeptLine(uuid4(), circle.terms("New")),
    ][: seed or 3]
    before = [(line.key, line.terms) for line in circle.lines()]
    with acting(circle.coplan, circle.mei) as work:
        commands.put_into(work, circle.fresh(work), wanted)
    assert {line.key: line.terms for line in circle.lines()} == {one.key: one.terms for one in wanted}
    with acting(circle.coplan, circle.mei) as work:
        step = edits.last(work, circle.fresh(work))
        assert step is not None
        undo_step(work, circle.fresh(work), step.id)
    assert [(line.key, line.terms) for line in circle.lines()] == before
