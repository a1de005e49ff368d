"""A change taken in parts: what is agreed goes ahead, the rest is asked on or put aside; and whether it helped."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from portal.access.table import Relationship
from portal.changes import answer_commands, commands, helped_commands, part_commands, queries
from portal.changes.model import ChangeRequest
from portal.changes.rules import asked_after
from portal.changes.states import Given, Helped, RequestState
from portal.jobs import run_now
from portal.work import NotVisible, Refusal
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import (
    LATER,
    SHOWER,
    SWIMMING,
    answered,
    asked,
    days_later,
    everybody_agrees,
    line_of,
    number_of_versions,
    parties,
    plan_of,
    price,
    row_of,
    state_of,
)
from tests.portal.plans.people import Circle

BOTH = ((SHOWER, {"schedule": LATER}), (SWIMMING, price(70)))


def agreed_to(circle: Circle, change: UUID, *names: str) -> None:
    """Mei says yes to each of these by itself."""
    lines = [line_of(circle, name) for name in names]
    given = Given.AGREED if len(names) > 1 else Given.PARTLY
    with acting(circle.coplan, circle.mei) as work:
        row = next(row for row in queries.rows(work, circle.client, change) if row.party is Relationship.CLIENT)
        answer_commands.answer(work, row, given, "The other one: not yet", lines=lines)


def went_on_with(circle: Circle, change: UUID, *names: str) -> UUID:
    with acting(circle.coplan, circle.daniel) as work:
        request = queries.whole(work, circle.client, change)
        return part_commands.go_on_with(work, request, [line_of(circle, name) for name in names]).id


def test_the_agreed_part_takes_effect_and_the_rest_goes_on_being_asked(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, *BOTH)
    answered(circle, circle.grace, change)
    agreed_to(circle, change, SHOWER)
    assert state_of(circle, change) is RequestState.OPEN
    rest = went_on_with(circle, change, SHOWER)
    assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.DONE, 2)
    assert plan_of(circle).line(line_of(circle, SHOWER)).terms.schedule == LATER
    assert state_of(circle, rest) is RequestState.OPEN
    found = parties(circle, rest)
    assert (found["mei"], found["northside"]) == (Given.OTHER, Given.WAITING)
    assert "sunrise" not in found


def test_a_yes_to_all_together_is_no_yes_to_a_part(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, *BOTH)
    answered(circle, circle.grace, change)
    answered(circle, circle.mei, change)
    rest = went_on_with(circle, change, SHOWER)
    found = parties(circle, change)
    assert (found["mei"], found["sunrise"]) == (Given.WAITING, Given.AGREED)
    assert (state_of(circle, rest), parties(circle, rest)["mei"]) == (RequestState.OPEN, Given.WAITING)


def test_a_yes_to_each_by_itself_holds_for_both_parts(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), *BOTH)
    agreed_to(circle, change, SHOWER, SWIMMING)
    rest = went_on_with(circle, change, SHOWER)
    assert {parties(circle, one)["mei"] for one in (change, rest)} == {Given.AGREED}


def test_a_yes_to_some_of_it_names_some_and_not_all(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, *BOTH)
    row = row_of(circle, change, Relationship.CLIENT)
    for lines in ([], [line_of(circle, SHOWER), line_of(circle, SWIMMING)]):
        with pytest.raises(Refusal), acting(circle.coplan, circle.mei) as work:
            answer_commands.answer(work, row, Given.PARTLY, "", lines=lines)


def put_aside(circle: Circle, change: UUID, *names: str) -> ChangeRequest:
    with acting(circle.coplan, circle.daniel) as work:
        request = queries.whole(work, circle.client, change)
        until, lines = circle.first + timedelta(days=10), [line_of(circle, name) for name in names] or None
        return part_commands.park(work, request, until, "After the holidays", lines)


def test_not_yet_does_not_hold_up_the_rest(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, *BOTH)
    answered(circle, circle.grace, change)
    agreed_to(circle, change, SHOWER)
    parked = put_aside(circle, change, SWIMMING)
    assert (state_of(circle, change), state_of(circle, parked.id)) == (RequestState.DONE, RequestState.PARKED)
    assert parties(circle, parked.id) == {}


def test_what_is_put_aside_says_that_the_plan_has_changed_since_until_it_is_taken_up_again(
    circle: Circle, person: Person
) -> None:
    change = asked(circle, circle.daniel, circle.first, *BOTH)
    answered(circle, circle.grace, change)
    agreed_to(circle, change, SHOWER)
    parked = put_aside(circle, change, SWIMMING)
    signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/changes/{parked.id}")
    assert "The plan has changed since." in person.text
    person.send("resume").send("again")
    assert "The plan has changed" not in person.text


def test_what_is_put_aside_is_seen_by_its_asker_alone_and_comes_back_on_its_day(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = asked(circle, circle.daniel, circle.first, BOTH[0])
    answered(circle, circle.grace, change)
    put_aside(circle, change)
    for who in (circle.mei, circle.grace, circle.tom):
        with reading(circle.coplan, who) as work:
            assert queries.request(work, circle.client, change) is None
            assert queries.for_us(work) == []
    with days_later(monkeypatch, 10):
        with reading(circle.coplan, circle.daniel) as work:
            assert len(list(queries.what_comes_back(work, {circle.client.id: circle.client}))) == 1
        with acting(circle.coplan, circle.daniel) as work:
            part_commands.resume(work, queries.whole(work, circle.client, change))
            commands.ask(work, queries.whole(work, circle.client, change))
    found = parties(circle, change)
    assert (found["sunrise"], found["daniel"]) == (Given.WAITING, Given.AGREED), "an old yes does not come back"


def test_an_edit_shows_everybody_what_moved_in_their_part(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), BOTH[0])
    answered(circle, circle.grace, change)
    asker = signed_in(person.another(), circle.daniel)
    here = f"/people/{circle.client.id}/changes/{change}"
    asker.open(f"{here}/supports/{line_of(circle, SHOWER)}").send("line", begins="15:00")
    text = signed_in(person, circle.grace).open(here).text
    assert "that answer does not count any more" in text
    (moved,) = person.page.xpath("//*[contains(@class, 'notice')]//dl")
    was, becomes = moved.xpath(".//dd")
    assert was.text_content() != becomes.text_content()


def test_the_person_is_asked_some_weeks_later_whether_it_helped(
    circle: Circle, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = asked(circle, circle.mei, circle.first, BOTH[1])
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.DONE
    steps = {circle.client.id: circle.client}
    for days, asked_now in ((asked_after() - 1, 0), (asked_after(), 1)):
        with days_later(monkeypatch, days):
            run_now("changes.watch", {}, circle.coplan)
            with reading(circle.coplan, circle.mei) as work:
                assert len(list(queries.what_comes_back(work, steps))) == asked_now
            with reading(circle.coplan, circle.daniel) as work:
                assert list(queries.what_comes_back(work, steps)) == []
    here = f"/people/{circle.client.id}/changes/{change}"
    assert "Did it help?" in signed_in(person, circle.mei).open(here).text
    person.send("helped", press="helped=partly", said="The pool is nearer now")
    assert "It helped a little" in person.text
    assert "The pool is nearer now" in signed_in(person.another(), circle.daniel).open(here).text


def test_a_no_leads_to_another_change_that_says_where_it_came_from_or_to_looking_again(
    circle: Circle, person: Person
) -> None:
    change = asked(circle, circle.mei, circle.first, BOTH[1])
    everybody_agrees(circle, change)
    here = f"/people/{circle.client.id}/changes/{change}"
    mei = signed_in(person, circle.mei).open(here)
    assert "?because=change:" not in mei.answer.text
    mei.send("helped", press="helped=yes")
    assert "?because=change:" not in mei.answer.text
    mei.send("helped", press="helped=no", said="The pool is too cold.")
    (again,) = mei.page.xpath("//a[contains(@href, '?because=change:')]/@href")
    (look,) = mei.page.xpath("//section//a[contains(@href, '/looks?about=')]/@href")
    mei.open(again).send("new-change", reason="A warmer pool, please", effective=circle.first.isoformat())
    another = mei.address.removesuffix("/supports")
    assert "It came from this: The change from" in mei.open(another).text
    line = line_of(circle, BOTH[1][0])
    assert mei.open(look).page.xpath(f"//select[@name='about']/option[@selected][@value='line-{line}']")


def test_nobody_says_for_somebody_else_whether_it_helped(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, BOTH[1])
    everybody_agrees(circle, change)
    with reading(circle.coplan, circle.mei) as work:
        request = queries.whole(work, circle.client, change)
    for who in (circle.daniel, circle.owen):
        with pytest.raises(NotVisible), acting(circle.coplan, who) as work:
            helped_commands.tell_whether_it_helped(work, request, Helped.YES, "")


def test_the_asker_takes_what_nobody_refused_on_its_page(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first, *BOTH)
    agreed_to(circle, change, SHOWER)
    here = f"/people/{circle.client.id}/changes/{change}"
    listed = signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/changes").text
    for words in ("Not everybody agrees", SHOWER, SWIMMING):
        assert words in listed
    (notice,) = person.open(here).page.xpath("//div[contains(@class, 'notice')][contains(., 'Not everybody agrees')]")
    assert "The other one: not yet" in notice.text_content()
    ready = person.form("parts").xpath(".//input[@name='lines'][@checked]/@value")
    assert ready == [str(line_of(circle, SHOWER))]
    person.send("parts", lines=[str(line_of(circle, SHOWER))], others="aside", until="")
    assert (person.status, "Until which day?" in person.text) == (422, True)
    until = (circle.first + timedelta(days=9)).isoformat()
    person.send("parts", lines=[str(line_of(circle, SHOWER))], others="aside", until=until)
    assert "holds nothing up" in person.text
    card = person.open(f"{here}/card")
    assert "If you do not agree" in card.text
    assert SWIMMING in card.text, "it stays as it is"
