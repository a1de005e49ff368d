"""No edit is ever lost: where two people change the same thing, the slower one sees both texts and chooses."""

from __future__ import annotations

import pytest

from budgeting.money import Money
from portal.app import Coplan
from portal.goals import commands as goals, queries as told
from portal.goals.model import Prompt
from tests.builders import acting
from tests.person import Person
from tests.portal.proposals.listening import let_in
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def pairs(person: Person) -> dict[str, str]:
    """What the page puts side by side, the last place where two texts differ."""
    return {
        " ".join(row.xpath("string(dt)").split()): " ".join(row.xpath("string(dd)").split())
        for row in person.page.xpath("//dl[contains(@class, 'both')]/div")
    }


def quick(circle: Circle) -> str:
    return f"line-{circle.lines()[0].id}"


def test_a_slower_edit_in_the_sheet_shows_what_is_there_now_and_what_was_typed(person: Person, circle: Circle) -> None:
    line = circle.add()
    amal = let_in(circle.coplan, person, circle.nominee).open(circle.address)
    (form_id,) = [form.get("id") for form in amal.page.xpath("//form[contains(@action, '/quick')]")]
    circle.edit(circle.mei, line, price=Money(71_00))
    amal.send(form_id, price="65")
    assert amal.status == 409
    assert pairs(amal) == {"It says now": "71", "You wrote": "65"}
    assert "Mei Chen changed it" in amal.text
    assert [row.price for row in circle.lines()] == [Money(71_00)], "nothing was overwritten"
    amal.send(form_id)
    assert [row.price for row in circle.lines()] == [Money(65_00)], "“Keep mine” sends the same again"


def test_keep_theirs_leads_back_to_the_page_as_it_is_now(person: Person, circle: Circle) -> None:
    line = circle.add()
    amal = let_in(circle.coplan, person, circle.nominee).open(f"{circle.address}/lines/{line.id}")
    circle.edit(circle.mei, line, name="Help in the bath")
    amal.send("line", name="Help with washing", press="_was.name=Help in the shower")
    assert pairs(amal) == {
        "It said before": "Help in the shower",
        "It says now": "Help in the bath",
        "You wrote": "Help with washing",
    }
    amal.follow("Keep theirs")
    assert amal.status == 200
    assert amal.form("line").xpath(".//input[@name='name']/@value") == ["Help in the bath"]


def test_both_texts_are_shown_for_what_somebody_wrote_about_themselves(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        goals.say(work, circle.client, next(iter(Prompt)), "I paint.", "en", None)
    amal = let_in(circle.coplan, person, circle.nominee).open(f"/people/{circle.client.id}/about")
    forms = [f for f in amal.page.forms if f.xpath(".//textarea[contains(., 'I paint.')]")]
    if not forms:
        amal.follow("Change")
        forms = [f for f in amal.page.forms if f.xpath(".//textarea[contains(., 'I paint.')]")]
    form_id, field = forms[0].get("id"), forms[0].xpath(".//textarea/@name")[0]
    with acting(circle.coplan, circle.mei) as work:
        before = told.answers(work, circle.client)[next(iter(Prompt))]
        goals.say(work, circle.client, before.prompt, "I paint and sing.", "en", before)
    amal.send(form_id, **dict[str, object]({field: "She paints on Sundays."}))
    assert amal.status == 409
    assert pairs(amal) == {"It says now": "I paint and sing.", "You wrote": "She paints on Sundays."}


def test_an_answer_to_a_suggestion_is_kept_with_the_button_that_was_pressed(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.suggest_removal(circle.daniel, line)
    amal = let_in(circle.coplan, person, circle.nominee).open(circle.address)
    (form_id,) = [form.get("id") for form in amal.page.xpath("//form[starts-with(@id, 'answer-')]")]
    version = amal.form(form_id).xpath(".//input[@name='version']")[0]
    amal.send(form_id, version=int(version.get("value")) + 5, answer="We need it", press="say=no")
    assert amal.status == 409
    assert "We need it" in amal.text
