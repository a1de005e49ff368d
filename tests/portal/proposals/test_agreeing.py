"""Suggest, discuss, agree: who may do what to a draft, and what a yes freezes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, time

import pytest

from budgeting.money import Money
from budgeting.package import Weekly
from portal.accounts.model import Account
from portal.app import Coplan
from portal.db import Stale
from portal.proposals import commands, queries, talk_commands
from portal.proposals.frozen import thaw
from portal.proposals.model import Comment, Feeling, Line, ProposalState, Suggestion, SuggestionKind, SuggestionState
from portal.work import NotVisible, Refusal
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle, a_goal


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def suggests(circle: Circle, line: Line, price: int) -> Suggestion:
    with acting(circle.coplan, circle.daniel) as work:
        row = circle.line(work, line)
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.CHANGE, row, replace(row.terms, price=Money(price)), "Market price"
        )
    assert made is not None
    return made


def test_a_coordinators_edit_changes_nothing_until_it_is_accepted(circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 72_00)
    assert circle.lines()[0].price == Money(68_00)
    circle.say_yes_to(circle.mei, made)
    assert circle.lines()[0].price == Money(72_00)


def test_a_coordinator_cannot_edit_add_or_take_out_directly(circle: Circle) -> None:
    line = circle.add()
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        commands.add_line(work, circle.fresh(work), circle.terms("Cleaning"))
    with pytest.raises(NotVisible):
        circle.edit(circle.daniel, line, price=Money(1))
    with pytest.raises(NotVisible):
        circle.remove(circle.daniel, line)


def test_a_declined_suggestion_is_kept_with_its_reason(circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 90_00)
    with acting(circle.coplan, circle.mei) as work:
        talk_commands.decline_suggestion(work, queries.suggestion(work, circle.fresh(work), made.id), "Too dear")
    with reading(circle.coplan, circle.daniel) as work:
        kept = queries.suggestions_of(work, circle.line(work, line))
    assert [(one.state, one.answer) for one in kept] == [(SuggestionState.DECLINED, "Too dear")]
    assert circle.lines()[0].price == Money(68_00)


def test_a_suggestion_is_answered_once(circle: Circle) -> None:
    made = suggests(circle, circle.add(), 72_00)
    with acting(circle.coplan, circle.mei) as work:
        talk_commands.decline_suggestion(work, queries.suggestion(work, circle.fresh(work), made.id), "")
    with pytest.raises(Refusal):
        circle.say_yes_to(circle.mei, made)


def test_accepting_a_suggestion_leaves_later_edits_of_other_things_alone(circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 72_00)
    circle.edit(circle.mei, line, name="Morning help")
    circle.say_yes_to(circle.mei, made)
    kept = circle.lines()[0]
    assert (kept.name, kept.price) == ("Morning help", Money(72_00))


def test_a_second_suggestion_about_a_line_takes_the_place_of_the_first(circle: Circle) -> None:
    line = circle.add()
    suggests(circle, line, 70_00)
    suggests(circle, line, 71_00)
    with reading(circle.coplan, circle.mei) as work:
        assert len(queries.open_suggestions(work, circle.fresh(work))) == 1


def test_a_suggested_support_comes_in_when_it_is_accepted(circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.ADD, None, circle.terms("Cleaning", price=Money(50_00)), ""
        )
    assert made is not None
    assert circle.lines() == []
    circle.say_yes_to(circle.mei, made)
    assert [line.name for line in circle.lines()] == ["Cleaning"]


def test_a_brother_with_consent_comments_and_does_nothing_else(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.say(work, circle.fresh(work), circle.line(work, line), "I can come on Mondays.")
        talk_commands.react(work, circle.line(work, line), Feeling.LIKE)
    with pytest.raises(NotVisible):
        circle.suggest_removal(circle.karim, line)
    with pytest.raises(NotVisible):
        circle.accept(circle.karim)


@pytest.mark.parametrize("who", ["tom", "stranger"])
def test_who_has_no_consent_does_not_know_that_there_is_a_draft(circle: Circle, who: str) -> None:
    account: Account = getattr(circle, who)
    with reading(circle.coplan, account) as work:
        assert list(queries.proposals(work, circle.client)) == []
    with pytest.raises(NotVisible):
        circle.accept(account)


def test_a_coordinator_cannot_say_yes_for_the_client(circle: Circle) -> None:
    circle.add()
    with pytest.raises(NotVisible):
        circle.accept(circle.daniel)


def test_a_nominee_with_authority_over_planning_can_say_yes(circle: Circle) -> None:
    circle.add()
    circle.accept(circle.nominee)
    with reading(circle.coplan, circle.mei) as work:
        assert circle.fresh(work).accepted_by == circle.nominee.id


def test_an_open_suggestion_stands_in_the_way_of_a_yes(circle: Circle) -> None:
    suggests(circle, circle.add(), 72_00)
    with pytest.raises(Refusal, match="suggestions"):
        circle.accept(circle.mei)


def disagrees(circle: Circle, who: Account, line: Line) -> Comment:
    with acting(circle.coplan, who) as work:
        return talk_commands.say(work, circle.fresh(work), circle.line(work, line), "Too much.", disagrees=True)


def test_who_decides_may_say_yes_although_somebody_disagrees_and_it_stays_written(
    circle: Circle, person: Person
) -> None:
    said = disagrees(circle, circle.karim, circle.add(name="Cleaning"))
    mei = signed_in(person, circle.mei).open(circle.address)
    assert "Counted from" in mei.text, "the sheet says from which day it counts, as the page of the yes does"
    mei.open(f"{circle.address}/accept")
    assert "Too much." in mei.text
    mei.send("accept")
    assert "You said yes." in mei.text
    assert "Too much." in mei.text, "the accepted version says what stands against it"
    letters = [one.read_text() for one in circle.coplan.settings.mail_folder.glob("*")]
    for told in (circle.karim, circle.daniel):
        assert any(f"To: {told.login}" in one and "/disagreements" in one for one in letters)
    karim = signed_in(person.another(), circle.karim).open(f"{circle.address}/disagreements")
    assert "The yes was said all the same" in karim.text
    with reading(circle.coplan, circle.mei) as work:
        assert queries.comment(work, circle.fresh(work), said.id).resolved_at is None


def test_who_disagreed_themselves_is_not_told_of_themselves_as_of_others(circle: Circle, person: Person) -> None:
    disagrees(circle, circle.mei, circle.add(name="Cleaning"))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    assert "You do not agree with something here" in mei.text
    assert "what I said stays written" in mei.text
    assert "What they say" not in mei.text
    mei.send("accept")
    assert "You said yes." in mei.text
    assert "Too much." in mei.text


def test_a_yes_names_from_when_to_when_each_support_comes(circle: Circle, person: Person) -> None:
    circle.add(ends=date(2026, 7, 19))
    circle.add(starts=date(2026, 7, 20))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    said = " ".join(mei.text.split())
    assert "19 July 2026" in said
    assert "20 July 2026" in said


def test_what_is_worth_a_look_is_one_step_from_the_yes(circle: Circle, person: Person) -> None:
    circle.add(name="Taxi to the painting class", provider_id=None, provider_name="")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    (link,) = mei.page.xpath("//main//a[contains(@href, '/check')]")
    mei.open(link.get("href"))
    assert "has no provider yet" in mei.text


def test_a_disagreement_that_was_not_read_yet_is_never_passed_over(circle: Circle) -> None:
    line = circle.add()
    read = disagrees(circle, circle.karim, line)
    disagrees(circle, circle.karim, line)
    with pytest.raises(Refusal, match="Read what they say"):
        circle.accept(circle.mei, read.id)


def test_nobody_says_yes_over_what_the_person_themself_does_not_agree_with(person: Person, circle: Circle) -> None:
    said = disagrees(circle, circle.mei, circle.add())
    with pytest.raises(Refusal, match="Settle it together"):
        circle.accept(circle.nominee, said.id)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.nominee) as work:
        talk_commands.settle(work, queries.comment(work, circle.fresh(work), said.id))
    nominee = signed_in(person, circle.nominee).open(f"{circle.address}/accept")
    assert "Mei Chen does not agree yet. Nobody can say yes over that" in nominee.text
    assert "Only Mei Chen can settle this." in nominee.open(f"{circle.address}/comments/{said.id}").text
    assert not nominee.page.xpath("//form[starts-with(@id, 'settle-')]")
    circle.accept(circle.mei, said.id)


def test_a_disagreement_stands_in_the_way_until_the_line_is_left_out(circle: Circle) -> None:
    shower, cleaning = circle.add(), circle.add(name="Cleaning")
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.say(work, circle.fresh(work), circle.line(work, cleaning), "She can do it.", disagrees=True)
    with pytest.raises(Refusal, match="agree"):
        circle.accept(circle.mei)
    with acting(circle.coplan, circle.mei) as work:
        commands.park(work, circle.line(work, cleaning), circle.fresh(work))
    circle.accept(circle.mei)
    with reading(circle.coplan, circle.mei) as work:
        frozen = thaw(circle.fresh(work).frozen or "")
    assert [line.id for line in frozen.lines] == [shower.key]


def test_a_disagreement_is_settled_by_who_said_it_or_who_decides(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.karim) as work:
        said = talk_commands.say(work, circle.fresh(work), circle.line(work, line), "No.", disagrees=True)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        talk_commands.settle(work, queries.comment(work, circle.fresh(work), said.id))
    with acting(circle.coplan, circle.mei) as work:
        talk_commands.settle(work, queries.comment(work, circle.fresh(work), said.id))
    circle.accept(circle.mei)


def test_an_empty_draft_cannot_be_accepted(circle: Circle) -> None:
    with pytest.raises(Refusal, match="nothing in this draft"):
        circle.accept(circle.mei)


def test_a_yes_to_something_that_changed_meanwhile_does_not_count(circle: Circle) -> None:
    circle.add()
    with pytest.raises(Stale), acting(circle.coplan, circle.mei) as work:
        commands.accept(work, circle.fresh(work), circle.client, "0" * 64)
    with reading(circle.coplan, circle.mei) as work:
        assert circle.fresh(work).state is ProposalState.DRAFT


def test_an_accepted_version_is_frozen_with_its_figures_and_never_changes(circle: Circle) -> None:
    goal = a_goal(circle)
    line = circle.add(provider_id=circle.sunrise.id, goal_id=goal)
    circle.accept(circle.mei)
    with reading(circle.coplan, circle.mei) as work:
        proposal = circle.fresh(work)
    assert proposal.frozen is not None
    assert proposal.frozen_hash == hashlib.sha256(proposal.frozen.encode()).hexdigest()
    frozen = thaw(proposal.frozen)
    assert frozen.amount == Money(8 * 2 * 68_00)
    assert (frozen.lines[0].provider, frozen.lines[0].purpose) == ("Sunrise Support", "Paint on Sundays")
    assert frozen.package().lines[0].schedule == Weekly((0, 2), time(9), time(11))
    with pytest.raises(Refusal, match="accepted"):
        circle.edit(circle.mei, line, price=Money(1_00))


def test_two_people_cannot_both_accept(circle: Circle) -> None:
    circle.add()
    circle.accept(circle.mei)
    with pytest.raises(Refusal):
        circle.accept(circle.nominee)
