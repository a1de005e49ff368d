"""Suggest, answer, answer back, put off, disagree, decide: who may, what changes when, and what stays written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from budgeting.money import Money
from budgeting.package import Weekly
from portal.accounts.model import Account
from portal.app import Coplan
from portal.language import show_plain
from portal.people import due
from portal.proposals import (
    commands,
    decision_commands,
    edits,
    queries,
    reminder_jobs,
    talk,
    talk_commands,
)
from portal.proposals.frozen import thaw
from portal.proposals.model import Act, Feeling, Line, Suggestion, SuggestionKind, SuggestionState
from portal.work import NotVisible, Refusal, Work
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle

LATER = date(2099, 1, 1)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def fresh(circle: Circle, work: Work, made: Suggestion) -> Suggestion:
    return queries.suggestion(work, circle.fresh(work), made.id)


def price_of(line: Line, price: int) -> Act:
    return Act(line.id, replace(line.terms, price=Money(price)), line.terms)


def suggests(circle: Circle, line: Line, price: int, who: Account | None = None) -> Suggestion:
    with acting(circle.coplan, who or circle.daniel) as work:
        act = price_of(circle.line(work, line), price)
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.CHANGE, circle.line(work, line), act.terms, ""
        )
    assert made is not None
    return made


def counters(circle: Circle, who: Account, made: Suggestion, line: Line, price: int) -> Suggestion:
    with acting(circle.coplan, who) as work:
        act = price_of(circle.line(work, line), price)
        return talk_commands.counter(
            work, fresh(circle, work, made), circle.fresh(work), SuggestionKind.CHANGE, [act], "Why"
        )


def total(circle: Circle) -> Money:
    with reading(circle.coplan, circle.mei) as work:
        return queries.draft(work, circle.client, circle.fresh(work)).quote.amount


def test_a_yes_to_something_new_does_not_speak_of_a_change(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        proposal = circle.fresh(work)
        made = talk_commands.suggest(work, proposal, SuggestionKind.ADD, None, circle.terms("Singing"), "")
    assert made is not None
    mei = signed_in(person, circle.mei).open(circle.address)
    assert "Yes, I agree" in mei.text
    assert "Yes, change it" not in mei.text
    assert "Yes, I agree" in mei.open(f"{circle.address}/suggestions/{made.id}").text


def test_both_sides_find_a_price_in_rounds_and_every_round_stays(circle: Circle) -> None:
    line = circle.add()
    first = suggests(circle, line, 74_00)
    second = counters(circle, circle.mei, first, line, 70_00)
    third = counters(circle, circle.daniel, second, line, 72_00)
    fourth = counters(circle, circle.mei, third, line, 71_00)
    assert circle.lines()[0].price == Money(68_00)
    with acting(circle.coplan, circle.daniel) as work:
        commands.agree(work, fresh(circle, work, fourth), circle.fresh(work), "Fine")
    assert circle.lines()[0].price == Money(71_00)
    with reading(circle.coplan, circle.karim) as work:
        states = [fresh(circle, work, one).state for one in (first, second, third, fourth)]
    assert states == [SuggestionState.COUNTERED] * 3 + [SuggestionState.ACCEPTED]


def test_a_coordinator_agrees_only_to_what_somebody_who_decides_asked_them(circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        commands.agree(work, fresh(circle, work, made), circle.fresh(work), "")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        talk_commands.decline_suggestion(work, fresh(circle, work, made), "")
    with pytest.raises(NotVisible):
        counters(circle, circle.karim, made, line, 70_00)
    assert circle.lines()[0].price == Money(68_00)


def test_who_was_asked_back_puts_it_off_with_somebody_and_a_day_and_nobody_puts_off_what_they_were_not_asked(
    person: Person, circle: Circle
) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    daniel = signed_in(person, circle.daniel)
    assert not daniel.open(f"{circle.address}/suggestions/{made.id}").page.xpath("//form[@id='later']")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        talk_commands.put_off(work, fresh(circle, work, made), circle.fresh(work), circle.daniel.id, LATER)
    back = counters(circle, circle.mei, made, line, 70_00)
    daniel.open(f"{circle.address}/suggestions/{back.id}").send("later", owner=circle.mei.id, due=LATER.isoformat())
    with reading(circle.coplan, circle.mei) as work:
        put_off = fresh(circle, work, back)
    assert (put_off.state, put_off.park_owner_id) == (SuggestionState.PARKED, circle.mei.id)
    with acting(circle.coplan, circle.daniel) as work:
        commands.agree(work, fresh(circle, work, back), circle.fresh(work), "")
    assert circle.lines()[0].price == Money(70_00), "and still says yes later"


def test_one_support_comes_in_the_place_of_another_and_both_go_back_at_once(circle: Circle) -> None:
    line = circle.add()
    other = circle.terms("Painting group", price=Money(40_00))
    with acting(circle.coplan, circle.daniel) as work:
        row = circle.line(work, line)
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.REPLACE, row, None, "Cheaper", [Act(None, other)]
        )
    assert made is not None
    circle.say_yes_to(circle.mei, made)
    assert [one.name for one in circle.lines()] == ["Painting group"]
    with acting(circle.coplan, circle.mei) as work:
        step = edits.last(work, circle.fresh(work))
        assert step is not None
        commands.undo_step(work, circle.fresh(work), step.id)
    assert [one.name for one in circle.lines()] == ["Help in the shower"]


def test_two_ideas_of_one_person_about_one_support_stand_beside_each_other(circle: Circle) -> None:
    line = circle.add()
    suggests(circle, line, 74_00)
    with acting(circle.coplan, circle.daniel) as work:
        row = circle.line(work, line)
        comes = [Act(None, circle.terms("Painting group"))]
        talk_commands.suggest(work, circle.fresh(work), SuggestionKind.REPLACE, row, None, "", comes)
    with reading(circle.coplan, circle.mei) as work:
        waiting = queries.open_suggestions(work, circle.fresh(work))
    assert {one.suggests for one in waiting} == {SuggestionKind.CHANGE, SuggestionKind.REPLACE}


def test_a_move_is_refused_when_the_support_that_gives_is_gone(circle: Circle) -> None:
    gives, gets = circle.add(), circle.add(name="Painting")
    with acting(circle.coplan, circle.daniel) as work:
        row, other = circle.line(work, gives), circle.line(work, gets)
        less = replace(row.terms, schedule=Weekly((0, 2), time(9), time(10)))
        more = replace(other.terms, schedule=Weekly((0, 2), time(9), time(12)))
        acts = [Act(other.id, more, other.terms)]
        made = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.MOVE, row, less, "", acts)
    circle.remove(circle.mei, gives)
    assert made is not None
    with pytest.raises(Refusal, match="not in the draft"):
        circle.say_yes_to(circle.mei, made)
    assert circle.lines()[0].terms == gets.terms


def test_what_a_move_shows_is_what_the_draft_costs_after_the_yes(person: Person, circle: Circle) -> None:
    gives, gets = circle.add(), circle.add(name="Painting", price=Money(50_00))
    before = total(circle)
    daniel = signed_in(person, circle.daniel)
    daniel.open(f"{circle.address}/move?from={gives.id}&to={gets.id}&how=money&much=272")
    assert "Help in the shower gives $272.00 and 4 hours" in daniel.text
    daniel.send("move-it", reason="More painting")
    assert total(circle) == before
    mei = signed_in(person.another(), circle.mei).open(circle.address)
    assert "Move from Help in the shower to Painting" in mei.text
    mei.send(mei.page.xpath("//form[starts-with(@id,'answer-')]/@id")[0], press="say=yes")
    assert total(circle) == before - Money(72_00)  # 272 dollars are freed, 4 visits of 15 minutes more cost 200
    assert {one.name for one in circle.lines()} == {"Help in the shower", "Painting"}


def test_who_answers_a_move_with_another_one_still_reads_what_was_suggested(person: Person, circle: Circle) -> None:
    gives, gets = circle.add(), circle.add(name="Painting", price=Money(50_00))
    daniel = signed_in(person, circle.daniel)
    daniel.open(f"{circle.address}/move?from={gives.id}&to={gets.id}&how=money&much=272")
    daniel.send("move-it", reason="More painting")
    with reading(circle.coplan, circle.mei) as work:
        (made,) = queries.open_suggestions(work, circle.fresh(work))
    mei = signed_in(person.another(), circle.mei).open(f"{circle.address}/suggestions/{made.id}/counter")
    assert "Daniel Okafor suggests" in mei.text
    assert "Answer with something else" in mei.text
    mei.send("move", much="136")
    assert "Send it back" in mei.text
    mei.send("move-it", reason="Half of it")
    with reading(circle.coplan, circle.mei) as work:
        (answer,) = queries.open_suggestions(work, circle.fresh(work))
    assert (answer.suggests, answer.answers_id, answer.asked_id) == (SuggestionKind.MOVE, made.id, circle.daniel.id)


def test_an_answer_begins_with_what_the_suggestion_is_about_and_keeps_what_was_refused(
    person: Person, circle: Circle
) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/suggestions/{made.id}/counter")
    folded = "//form[@id='line']/details[not(@open)]"
    for first in ("weekdays", "begins", "starts", "price", "reason"):
        assert mei.page.xpath(f"//form[@id='line']//*[@name='{first}']")
        assert not mei.page.xpath(f"{folded}//*[@name='{first}']")
    for rest in ("name", "provider", "need"):
        assert mei.page.xpath(f"{folded}//*[@name='{rest}']")
    mei.send("line", name="", price="71.50")
    assert mei.status == 422
    assert not mei.page.xpath(folded)
    assert mei.page.xpath("//*[@name='price']/@value") == ["71.50"]
    with acting(circle.coplan, circle.daniel) as work:
        now = circle.line(work, line)
        other = replace(now.terms, provider_name="My neighbour", provider_id=None)
        by_whom = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.CHANGE, now, other, "")
    assert by_whom is not None
    mei.open(f"{circle.address}/suggestions/{by_whom.id}/counter")
    assert mei.page.xpath("//form[@id='line']/details[@open]//*[@name='provider_name']/@value") == ["My neighbour"]


def test_what_is_put_off_does_not_hold_up_the_rest_and_its_owner_is_reminded_once(circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    with acting(circle.coplan, circle.mei) as work:
        today = work.today(circle.client)
        talk_commands.put_off(work, fresh(circle, work, made), circle.fresh(work), circle.daniel.id, today)
    for _again in range(2):
        reminder_jobs.new_day(circle.coplan.open_work)
        circle.coplan.jobs.run_waiting()
    with reading(circle.coplan, circle.mei) as work:
        put_off = fresh(circle, work, made)
        assert (put_off.state, put_off.park_reminded_at is not None) == (SuggestionState.PARKED, True)
    letters = [one.read_text() for one in circle.coplan.settings.mail_folder.glob("*")]
    assert len([one for one in letters if f"/suggestions/{made.id}" in one]) == 1
    circle.accept(circle.mei)
    with reading(circle.coplan, circle.mei) as work:
        assert thaw(circle.fresh(work).frozen or "").lines[0].terms.price == Money(68_00)


def test_nobody_sees_to_something_they_do_not_see(circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    for account in (circle.tom, circle.stranger):
        with pytest.raises(Refusal), acting(circle.coplan, circle.mei) as work:
            talk_commands.put_off(work, fresh(circle, work, made), circle.fresh(work), account.id, LATER)
        with pytest.raises(Refusal), acting(circle.coplan, circle.mei) as work:
            commands.park(work, circle.line(work, line), circle.fresh(work), account.id, LATER)


def test_a_line_left_out_goes_on_in_the_next_draft_with_its_owner(circle: Circle) -> None:
    circle.add()
    line = circle.add(name="Painting")
    with acting(circle.coplan, circle.mei) as work:
        commands.park(work, circle.line(work, line), circle.fresh(work), circle.daniel.id, LATER)
    circle.accept(circle.mei)
    with acting(circle.coplan, circle.mei) as work:
        following = commands.go_on_from(work, circle.fresh(work), "Next")
        kept = [one for one in queries.lines(work, following) if one.parked_at is not None]
    assert [(one.key, one.park_owner_id, one.park_due) for one in kept] == [(line.key, circle.daniel.id, LATER)]


def test_after_a_yes_the_version_names_what_was_left_out_and_put_off_to_everybody(
    person: Person, circle: Circle
) -> None:
    line, painting = circle.add(), circle.add(name="Painting")
    made = suggests(circle, line, 74_00)
    with acting(circle.coplan, circle.mei) as work:
        talk_commands.put_off(work, fresh(circle, work, made), circle.fresh(work), circle.daniel.id, LATER)
        commands.park(work, circle.line(work, painting), circle.fresh(work), circle.karim.id, LATER)
    circle.accept(circle.mei)
    (later,) = signed_in(person, circle.daniel).open(circle.address).page.xpath("//section[h2/@id='for-later']//ul")
    left_out, put_off = [" ".join(one.text_content().split()) for one in later]
    assert left_out == "Painting Karim sees to it by 1 January 2099."
    assert put_off == "Change: Help in the shower Daniel Okafor sees to it by 1 January 2099."
    assert later.xpath(".//a/@href") == [f"{circle.address}/suggestions/{made.id}"]


def test_a_suggestion_that_was_put_off_goes_on_in_the_next_draft_and_leads_back(person: Person, circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    with acting(circle.coplan, circle.mei) as work:
        talk_commands.put_off(work, fresh(circle, work, made), circle.fresh(work), circle.daniel.id, LATER)
    circle.accept(circle.mei)
    with acting(circle.coplan, circle.mei) as work:
        following = commands.go_on_from(work, circle.fresh(work), "Next")
        draft = queries.draft(work, circle.client, following)
        (carried,) = draft.put_off
        assert (carried.suggested_by, carried.park_owner_id, carried.park_due) == (
            circle.daniel.id,
            circle.daniel.id,
            LATER,
        )
        assert carried.acts[0].line_id == draft.lines[0].id
        assert carried.acts[0].terms == replace(line.terms, price=Money(74_00))
        page = f"/people/{circle.client.id}/proposals/{following.id}/suggestions/{carried.id}"
    mei = signed_in(person, circle.mei).open(page)
    assert f"{circle.address}/suggestions/{made.id}" in mei.page.xpath("//a/@href")
    assert "asks for something else" not in mei.text


def test_what_was_put_off_never_goes_into_a_draft_that_somebody_keeps_to_themselves(circle: Circle) -> None:
    made = suggests(circle, circle.add(), 74_00)
    with acting(circle.coplan, circle.mei) as work:
        talk_commands.put_off(work, fresh(circle, work, made), circle.fresh(work), circle.daniel.id, LATER)
        before = circle.fresh(work)
        before.kept_by = circle.mei.id
        following = commands.go_on_from(work, before, "Only mine")
        assert not queries.draft(work, circle.client, following).put_off


def test_a_disagreement_waits_for_the_coordinator_and_stays_in_the_log_when_it_is_settled(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.karim) as work:
        said = talk_commands.say(work, circle.fresh(work), circle.line(work, line), "Too early.", disagrees=True)
    assert stands(circle, line) == ["waits"]
    for who in (circle.daniel, circle.mei):
        ((what, owes, at),) = _due(circle, who)
        assert what.startswith("Karim does not agree with Help in the shower")
        assert (owes, at.endswith(f"/comments/{said.id}")) == (circle.daniel.id, True)
    assert _due(circle, circle.tom) == [], "who may not see the draft hears of no disagreement"
    answers(circle, circle.mei, said.id, "I like it early.")
    assert stands(circle, line) == ["waits"]
    answers(circle, circle.daniel, said.id, "I will ask for nine.")
    assert stands(circle, line) == ["answered"]
    assert _due(circle, circle.daniel) == []
    with pytest.raises(Refusal), acting(circle.coplan, circle.karim) as work:
        talk_commands.ask_third(
            work, queries.comment(work, circle.fresh(work), said.id), circle.fresh(work), circle.stranger.id
        )
    with acting(circle.coplan, circle.karim) as work:
        one = queries.comment(work, circle.fresh(work), said.id)
        talk_commands.ask_third(work, one, circle.fresh(work), circle.nominee.id)
    assert stands(circle, line) == ["third"]
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.settle(work, queries.comment(work, circle.fresh(work), said.id))
    with reading(circle.coplan, circle.mei) as work:
        rows = talk.log(work, queries.draft(work, circle.client, circle.fresh(work)))
    assert [(len(row["answers"]), row["open"]) for row in rows] == [(2, False)]


def _due(circle: Circle, who: Account) -> list[tuple[str, object, str]]:
    """What this person finds on their list of what is due that somebody does not agree with."""
    with reading(circle.coplan, who) as work:
        found = due.all_of(work, {circle.client.id: circle.client})
        return [(show_plain(one.what), one.who, one.href) for one in found if one.kind is due.Kind.DISAGREEMENT]


def answers(circle: Circle, who: Account, comment_id: object, text: str) -> None:
    with acting(circle.coplan, who) as work:
        one = queries.comment(work, circle.fresh(work), comment_id)  # type: ignore[arg-type]  # the id of a comment
        talk_commands.reply(work, one, circle.fresh(work), text)


def stands(circle: Circle, line: Line) -> list[str]:
    with reading(circle.coplan, circle.mei) as work:
        return [talk.stands(one) for one in queries.comments(work, circle.fresh(work)) if one.disagrees]


def test_each_person_feels_for_themselves_and_everybody_who_may_see_it_sees_who_feels_how(
    person: Person, circle: Circle
) -> None:
    line = circle.add()
    here = f"{circle.address}/lines/{line.id}"
    for account, feeling in ((circle.karim, "dislike"), (circle.mei, "unsure"), (circle.mei, "like")):
        signed_in(person.another(), account).open(here).send("feel", feeling=feeling)
    daniel = signed_in(person, circle.daniel).open(here)
    felt = {one.text_content().strip(): one.getnext().text_content().strip("\u2068\u2069 ") for one in
            daniel.page.xpath("//section[.//form[@id='feel']]/dl//dt")}  # fmt: skip
    assert felt == {"I like it": "Mei Chen", "I don't like it": "Karim"}
    assert len(daniel.page.xpath("//form[@id='feel']//fieldset[legend]//input[@type='radio']")) == len(Feeling)


def test_who_may_not_see_the_draft_finds_no_trace_of_the_talk(person: Person, circle: Circle) -> None:
    line = circle.add()
    made = suggests(circle, line, 74_00)
    with acting(circle.coplan, circle.karim) as work:
        said = talk_commands.say(work, circle.fresh(work), None, "No.", disagrees=True)
        asked = decision_commands.ask(work, circle.person(work), "Who comes?")
    pages = [f"/suggestions/{made.id}", f"/suggestions/{made.id}/counter", f"/comments/{said.id}", "/disagreements"]
    pages += ["/move", f"/lines/{line.id}/so-far", f"/lines/{line.id}/replace"]
    decisions = f"/people/{circle.client.id}/decisions"
    for account in (circle.tom, circle.stranger):
        visitor = signed_in(person.another(), account)
        for address in (*(circle.address + page for page in pages), decisions, f"{decisions}/{asked.id}"):
            assert visitor.open(address).status == 404, address
