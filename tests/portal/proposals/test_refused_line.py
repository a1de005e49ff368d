"""A support that was refused: what is wrong or typed is open, and nothing else springs up."""

from __future__ import annotations

import pytest

from portal.app import Coplan
from tests.builders import signed_in
from tests.person import Person
from tests.portal.proposals.people import a_circle


@pytest.fixture
def mei(coplan: Coplan, person: Person) -> Person:
    """Mei, before the form of a new support."""
    circle = a_circle(coplan)
    return signed_in(person, circle.mei).open(f"{circle.address}/add?support=self_care")


def opened(mei: Person) -> list[str]:
    return [one.text_content().strip() for one in mei.page.xpath("//main//details[@open and ancestor::form]/summary")]


def test_a_day_left_out_opens_nothing_but_the_sentence_about_it(mei: Person) -> None:
    closed = opened(mei)
    (form,) = mei.page.xpath("//form[.//input[@name='weekdays']]/@id")
    mei.send(form, how="weekly", begins="", finishes="")
    assert mei.status == 422
    assert opened(mei) == closed
    assert mei.page.xpath("//div[contains(@class, 'counted')]")  # the fields of another way of counting stay away


def test_what_was_typed_in_a_group_is_open_when_something_else_was_refused(mei: Person) -> None:
    (form,) = mei.page.xpath("//form[.//input[@name='weekdays']]/@id")
    mei.send(form, how="weekly", begins="", finishes="", likely="2027-01-01")
    assert any("Nobody is found for it yet" in one for one in opened(mei))
