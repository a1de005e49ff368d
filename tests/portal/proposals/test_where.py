"""Where are we: five states, each with one next step, and whose turn it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgeting.money import Money
from budgeting.words import Name, words
from portal.app import Coplan
from portal.proposals import commands, queries, round_commands, talk_commands, where
from portal.proposals.acceptance import frozen_now
from portal.proposals.model import Act, SuggestionKind
from portal.proposals.where import Stage, Where
from portal.work import Actor, ActorKind
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def seen(circle: Circle, who: str = "mei") -> Where:
    with reading(circle.coplan, getattr(circle, who)) as work:
        return where.of_proposal(work, circle.client, circle.fresh(work))


def test_a_proposal_goes_from_an_option_to_what_is_agreed_and_never_back_from_its_end(circle: Circle) -> None:
    gone = [seen(circle).stage]
    line = circle.add()
    gone.append(seen(circle).stage)
    circle.remove(circle.mei, line)
    gone.append(seen(circle).stage)
    circle.add()
    gone.append(seen(circle).stage)
    circle.accept(circle.mei)
    circle.coplan.jobs.run_waiting()
    assert gone == [Stage.OPTION, Stage.PROPOSAL, Stage.OPTION, Stage.PROPOSAL]
    agreed = seen(circle)
    assert Stage.AGREED in (agreed.stage, *agreed.passed)  # its days may have come, and gone, already


def test_a_draft_that_is_put_away_has_ended_without_having_been_agreed(circle: Circle) -> None:
    circle.add()
    with acting(circle.coplan, circle.mei) as work:
        commands.close(work, circle.fresh(work))
    assert seen(circle).stage is Stage.ENDED
    assert Stage.AGREED not in seen(circle).passed


def test_the_one_next_step_says_whose_turn_it_is(person: Person, circle: Circle) -> None:
    line = circle.add()
    assert seen(circle).whose.text == "It is your turn."
    circle.suggest_removal(circle.daniel, line)
    assert seen(circle).step.text == "Answer {n} suggestion."
    assert seen(circle, "daniel").whose.text == "It is the turn of {person}."
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.say(work, circle.fresh(work), None, "Not yet", disagrees=True)
    daniel = signed_in(person, circle.daniel).open(f"{circle.address}/where")
    assert "Answer 1 suggestion." in daniel.text
    (now,) = daniel.page.xpath("//*[@aria-current='step']")
    assert "Proposal" in now.text_content()


def test_a_suggestion_answered_with_something_else_is_the_turn_of_who_suggested_first(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.daniel) as work:
        terms = replace(circle.line(work, line).terms, price=Money(74_00))
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.CHANGE, circle.line(work, line), terms, ""
        )
        assert made is not None
    with acting(circle.coplan, circle.mei) as work:
        act = Act(line.id, replace(line.terms, price=Money(70_00)), line.terms)
        first = queries.suggestion(work, circle.fresh(work), made.id)
        back = talk_commands.counter(work, first, circle.fresh(work), SuggestionKind.CHANGE, [act], "Less")
    asked = seen(circle, "daniel")
    assert (asked.whose.text, asked.href) == ("It is your turn.", f"{circle.address}/suggestions/{back.id}")
    assert seen(circle).whose == words("It is the turn of {person}.", person=Name("Daniel Okafor"))


def test_whoever_decides_and_was_handed_the_draft_has_the_turn_for_everybody(circle: Circle) -> None:
    line = circle.add()
    circle.suggest_removal(circle.daniel, line)
    with acting(circle.coplan, circle.daniel) as work:
        round_commands.hand_over(work, circle.client, circle.fresh(work), circle.nominee.id, "")
    amal = words("It is the turn of {person}.", person=Name("Amal"))
    assert [seen(circle, who).whose for who in ("daniel", "mei")] == [amal, amal]
    assert seen(circle, "nominee").whose.text == "It is your turn."


def test_an_accepted_version_says_how_far_it_is_until_the_plan_is_made_and_after(
    person: Person, circle: Circle
) -> None:
    circle.add()
    with reading(circle.coplan, circle.mei) as work:
        proposal = circle.fresh(work)
        _text, digest, _quote = frozen_now(work, circle.client, proposal, queries.lines(work, proposal))
    with circle.coplan.open_work(Actor(ActorKind.ACCOUNT, circle.mei.id, "Mei Chen", "en")) as work:  # no job has run
        commands.accept(work, circle.fresh(work), circle.client, digest)
    mei = signed_in(person, circle.mei).open(circle.address)
    assert _now(mei) == "Agreed"
    assert mei.page.xpath("//*[@id='what-next' and @data-hx-get]")  # it looks again by itself
    circle.coplan.jobs.run_waiting()
    assert _now(mei.open(circle.address)) == seen(circle).stage.value.replace("_", " ").capitalize()
    assert not mei.page.xpath("//*[@id='what-next' and @data-hx-get]")


def _now(person: Person) -> str:
    (now,) = person.page.xpath("//*[@aria-current='step']")
    return str(now.text_content()).strip()
