"""Changes through the pages: asked, answered, and seen by each only as far as it concerns them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.changes.model import Authorisation
from portal.changes.states import Given, RequestState
from portal.people.model import Authority
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.changes.asking import (
    LATER,
    SHOWER,
    SWIMMING,
    answered,
    asked,
    everybody_agrees,
    line_of,
    parties,
    price,
    row_of,
    state_of,
)
from tests.portal.plans.people import Circle

SECRET = "Canary reason for the change"


def the_changes(circle: Circle) -> str:
    return f"/people/{circle.client.id}/changes"


def begin(person: Person, circle: Circle) -> str:
    """Say why and from when, and choose the swimming; the address of the change."""
    person.open(f"{the_changes(circle)}/new")
    person.send("new-change", reason=SECRET, effective=circle.first.isoformat())
    return person.address.removesuffix("/supports")


def test_a_change_may_say_that_a_support_has_to_be_there_and_a_provider_may_not(circle: Circle, person: Person) -> None:
    signed_in(person, circle.mei)
    begin(person, circle)
    person.follow(f"Change or end {SWIMMING}").send("line", priority="must")
    assert "How much it matters" in person.text
    owen = signed_in(person.another(), circle.owen)
    begin(owen, circle)
    owen.follow(f"Change or end {SWIMMING}")
    assert not owen.page.xpath("//select[@name='priority']")
    owen.send("line", press="priority=must", price="70", asked=["matters"])
    assert "$70.00" in owen.text
    assert "How much it matters" not in owen.text


def test_the_page_of_changes_teaches_before_there_is_one(circle: Circle, person: Person) -> None:
    signed_in(person, circle.mei).open(the_changes(circle))
    assert "Nobody has asked for a change yet" in person.text


def test_mei_asks_for_a_change_sees_what_it_does_and_who_must_agree_and_it_holds(
    circle: Circle, person: Person
) -> None:
    signed_in(person, circle.mei)
    here = begin(person, circle)
    person.follow(f"Change or end {SWIMMING}").send("line", price="70")
    assert person.address.endswith(here)
    for words in ("Before", "After", "$71.13", "$70.00", "Who needs to agree", "Northside Therapy", SECRET):
        assert words in person.text
    person.send("ask-everybody")
    assert "Nothing changes before everybody has agreed" in person.text
    for account in (circle.daniel, circle.owen):
        other = signed_in(person.another(), account).open(here)
        form = f"answer-{_own_row(other)}"
        other.send(form, press="given=agreed")
        assert other.status == 200
    assert "Holds now" in person.open(here).text
    assert "Version 2" in person.open(f"{the_changes(circle)}/versions").text
    assert "$70.00" in person.text


def test_who_sees_the_plan_but_not_its_changes_reads_no_reason_among_the_versions(
    circle: Circle, person: Person
) -> None:
    request = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)), reason=SECRET)
    everybody_agrees(circle, request)
    versions = f"{the_changes(circle)}/versions"
    assert SECRET in signed_in(person, circle.mei).open(versions).text
    tom = signed_in(person.another(), circle.tom).open(versions)
    assert "Version 2" in tom.text
    assert SECRET not in tom.text


def _own_row(person: Person) -> str:
    (form,) = person.page.xpath("//form[starts-with(@id, 'answer-')]")
    return str(form.get("id")).removeprefix("answer-")


def test_a_provider_reads_its_own_part_without_names_reasons_or_totals(circle: Circle, person: Person) -> None:
    edits = ((SHOWER, {"schedule": LATER}), (SWIMMING, price(70)))
    change = asked(circle, circle.daniel, circle.first, *edits, reason=SECRET)
    signed_in(person, circle.grace).open(f"{the_changes(circle)}/{change}")
    assert SHOWER in person.text
    for hidden in (SWIMMING, "71.13", SECRET, "Northside", "Daniel", "together"):
        assert hidden not in person.text
    assert SHOWER not in person.another().open(f"{the_changes(circle)}/{change}").text


@pytest.mark.parametrize("name", ["owen", "karim", "tom"])
def test_a_change_that_does_not_concern_somebody_is_not_there_for_them(
    circle: Circle, person: Person, name: str
) -> None:
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    assert signed_in(person, getattr(circle, name)).open(f"{the_changes(circle)}/{change}").status == 404


def test_one_provider_cannot_answer_for_another(circle: Circle, person: Person) -> None:
    edits = ((SHOWER, {"schedule": LATER}), (SWIMMING, price(70)))
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), *edits)
    of_grace = row_of(circle, change, Relationship.PROVIDER)
    other = circle.owen if of_grace.organisation_id == circle.sunrise.id else circle.grace
    signed_in(person, other).open(f"{the_changes(circle)}/{change}")
    form = person.form(f"answer-{_own_row(person)}")
    form.set("action", form.get("action").replace(_own_row(person), str(of_grace.id)))
    answer = person.client.post(
        form.get("action"),
        data=dict(form.form_values()) | {"given": "agreed"},
        headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"},
    )
    assert answer.status_code == 404


def test_a_provider_asks_for_another_time_of_its_own_support_only(circle: Circle, person: Person) -> None:
    signed_in(person, circle.grace).open("/changes").follow("Ask for a change in the plan of Mei Chen")
    person.send("new-change", reason="Our bus comes later", effective=circle.first.isoformat())
    assert SWIMMING not in person.text
    here = person.address.removesuffix("/supports")
    assert person.open(f"{here}/supports/{line_of(circle, SWIMMING)}").status == 404
    person.open(f"{here}/supports").follow(f"Change or end {SHOWER}").send("line", begins="10:00", finishes="12:00")
    person.send("ask-everybody")
    change = UUID(here.rsplit("/", 1)[1])
    assert parties(circle, change)["sunrise"] is Given.AGREED
    assert "northside" not in parties(circle, change)


def test_something_else_needs_words_and_keeps_what_was_typed(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    signed_in(person, circle.mei).open(f"{the_changes(circle)}/{change}")
    person.send(f"answer-{_own_row(person)}", press="given=other", said="")
    assert (person.status, "Say what you would like instead" in person.text) == (422, True)


def test_an_answer_to_a_part_that_moved_meanwhile_is_refused(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    signed_in(person, circle.grace).open(f"{the_changes(circle)}/{change}")
    asker = signed_in(person.another(), circle.daniel)
    asker.open(f"{the_changes(circle)}/{change}/supports/{line_of(circle, SHOWER)}").send("line", begins="15:00")
    person.send(f"answer-{_own_row(person)}", press="given=agreed")
    assert person.status == 409
    assert parties(circle, change)["sunrise"] is Given.WAITING


def test_the_card_says_from_when_what_why_who_agreed_and_what_did_not_change(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)), reason=SECRET)
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.DONE
    signed_in(person, circle.mei).open(f"{the_changes(circle)}/{change}")
    for words in ("From", SECRET, "Mei Chen", "Daniel Okafor", "coordinator", "What does not change", SHOWER):
        assert words in person.text
    assert person.page.xpath("//main//a[@href='/speak-up']")


def test_whoever_was_asked_reads_that_a_change_was_taken_back_and_is_asked_nothing_more(
    circle: Circle, person: Person
) -> None:
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)))
    here = f"{the_changes(circle)}/{change}"
    owen = signed_in(person.another(), circle.owen).open(here)
    assert "You are asked about your own part only" in owen.text
    signed_in(person, circle.mei).open(here).send("withdraw")
    assert "Not needed any more" in person.open(here).text
    assert "Did not answer" not in person.text
    daniel = signed_in(person.another(), circle.daniel).open(here)
    assert "Taken back by Mei Chen" in daniel.text
    assert "Who was asked, and why" in daniel.text
    assert "Taken back. The plan stays as it is." in owen.open(here).text
    assert "You are asked about your own part only" not in owen.text


def test_the_card_promises_a_no_only_while_one_can_be_said(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first, (SWIMMING, price(70)))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}/card")
    assert "You can say no or ask for something else" in mei.text
    everybody_agrees(circle, change)
    mei.open(f"/people/{circle.client.id}/changes/{change}/card")
    assert "You can say no" not in mei.text
    mei.follow("Say whether it helped")
    assert "What is different" in mei.text


def test_nobody_is_told_that_a_change_needs_their_yes_where_somebody_may_stand_in(
    circle: Circle, person: Person
) -> None:
    time_alone = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{time_alone}")
    assert "It is your plan. One yes is enough." in mei.text
    with acting(circle.coplan, circle.mei) as work:
        for one in work.session.scalars(unscoped(select(Authority), "nobody stands in any more")):
            one.ends = circle.first - timedelta(days=1)
    dearer = asked(circle, circle.daniel, circle.first, (SWIMMING, price(70)))
    mei.open(f"/people/{circle.client.id}/changes/{dearer}")
    assert "It is your plan. Nothing changes in it without your yes." in mei.text


def test_an_edit_says_to_those_it_moved_that_they_are_asked_again(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    answered(circle, circle.grace, change)
    asker = signed_in(person.another(), circle.daniel)
    asker.open(f"{the_changes(circle)}/{change}/supports/{line_of(circle, SHOWER)}").send("line", begins="15:00")
    signed_in(person, circle.grace).open(f"{the_changes(circle)}/{change}")
    assert "that answer does not count any more" in person.text


def test_only_whoever_asks_for_a_change_is_offered_to_edit_it(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    here = f"{the_changes(circle)}/{change}"
    pages = [f"{here}/{page}" for page in ("details", "supports", f"supports/{line_of(circle, SHOWER)}", "add")]
    daniel, mei = signed_in(person.another(), circle.daniel), signed_in(person, circle.mei)
    assert [daniel.open(page).status for page in pages] == [200] * 4
    assert [mei.open(page).status for page in pages] == [404] * 4
    assert mei.open(here).status == 200


def test_the_day_an_answer_was_voided_is_that_of_the_persons_own_clock(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    for one in (circle.grace, circle.mei):
        answered(circle, one, change)
    early = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # half past two in the morning of the next day in Sydney
    with circle.coplan.open_work() as work:
        voided = update(Authorisation).where(Authorisation.request_id == change).values(moved_at=early)
        work.session.execute(unscoped(voided, "a test"))
    for one in (circle.grace, circle.mei):
        seen = signed_in(person.another(), one).open(f"{the_changes(circle)}/{change}")
        assert "24 November 2026" in seen.text
        assert "23 November 2026" not in seen.text


def test_who_coordinates_reads_why_no_answer_is_written_down_for_those_who_can_give_it(
    circle: Circle, person: Person
) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    card = "//article[contains(., 'Sunrise Support') and contains(., 'They answer for themselves here.')]"
    seen = signed_in(person, circle.daniel).open(f"{the_changes(circle)}/{change}")
    assert seen.page.xpath(card)
    answered(circle, circle.grace, change)
    assert not seen.open(f"{the_changes(circle)}/{change}").page.xpath(card)


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_every_page_of_a_change_opens_in_every_language(circle: Circle, person: Person, language: str) -> None:
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)))
    signed_in(person, circle.mei)
    here = f"{the_changes(circle)}/{change}"
    for address in (the_changes(circle), f"{the_changes(circle)}/new", f"{the_changes(circle)}/versions", here):
        assert person.open(f"{address}?lang={language}").status == 200
    for address in (f"{here}/supports", f"{here}/add", f"{here}/details"):
        assert person.open(f"{address}?lang={language}").status == 200


def test_whoever_says_the_last_yes_sees_at_once_that_everybody_has_agreed(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (SWIMMING, price(70)))
    answered(circle, circle.daniel, change)
    row = row_of(circle, change, Relationship.PROVIDER)
    owen = signed_in(person, circle.owen).open(f"{the_changes(circle)}/{change}")
    form = owen.form(f"answer-{row.id}")
    assert not form.get("data-hx-target")  # how the change stands is said at the top of the page
    assert "Everybody has agreed" in owen.send(f"answer-{row.id}", press="given=agreed").text


def test_a_change_with_a_support_whose_price_nobody_told_never_says_that_all_costs_the_same(
    circle: Circle, person: Person
) -> None:
    signed_in(person, circle.mei)
    here = begin(person, circle)
    person.open(f"{here}/add")
    person.send("new-line", name="Gardening", weekdays="1", begins="10:00", finishes="11:00", provider_name="Joe")
    assert person.address.endswith(here)
    assert "cost the same as before" not in person.text
    assert "some prices are not known yet" in person.text
