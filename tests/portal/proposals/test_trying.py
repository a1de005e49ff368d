"""What is tried is kept or used in one press: a what-if, a trade, a fix of the year; and a stale press is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from budgeting import programs
from budgeting.money import Money, Quantity
from budgeting.package import Units, Weekly
from portal.access.scope import visible
from portal.app import Coplan
from portal.funding.model import FundingComponent
from portal.proposals import queries, scenarios
from portal.proposals.model import Line
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import LAST, Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def short_of_money(circle: Circle, amount: Money) -> None:
    """The funding as small as this."""
    with acting(circle.coplan, circle.mei) as work:
        (core,) = work.session.scalars(visible(work, FundingComponent)).all()
        core.amount = amount


def key(line: Line) -> str:
    return line.key.hex[:8]


def test_a_what_if_is_answered_in_few_bytes_while_somebody_types(person: Person, circle: Circle) -> None:
    line, *_ = [circle.add(name=f"Support {number}") for number in range(9)]
    mei = signed_in(person, circle.mei).open(f"{circle.address}/what-if")
    mei.send("what-if", htmx=True, **{f"finishes-{key(line)}": "12:00"})
    assert mei.answer.text.lstrip().startswith('<div id="answer"')
    assert mei.page.xpath("//p[@id='in-short' and @aria-live='polite']")
    assert mei.page.xpath("string(//p[@id='in-short'])").startswith("Yes. The money pays for it. All supports together")
    assert "$10,336.00" in mei.answer.text  # eight supports of 8 visits at 2 hours of 68 dollars, and one at 3 hours
    assert len(mei.answer.content) < 9_000
    assert not mei.page.xpath("//*[@class='why-body']")


def test_a_what_if_travels_compressed_to_our_script_and_never_as_a_page(person: Person, circle: Circle) -> None:
    circle.add()
    mei, what_if = signed_in(person, circle.mei), f"{circle.address}/what-if?asked=yes"
    from_script = {"HX-Request": "true", "Accept-Encoding": "gzip"}

    def packed(address: str, **headers: str) -> bool:
        return "content-encoding" in mei.open(address, **headers).answer.headers

    assert packed(what_if, **from_script)
    assert not packed(what_if, **{"Accept-Encoding": "gzip"})
    assert not packed(what_if, **{**from_script, "Accept-Encoding": "identity"})
    assert not packed(circle.address, **from_script)


def test_how_a_figure_of_a_what_if_came_about_is_sent_when_it_is_asked_for(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/what-if")
    typed: dict[str, Any] = {f"finishes-{key(line)}": "12:00"}
    mei.send("what-if", htmx=True, **typed)
    _before, after = mei.page.xpath("//table//button[@form='what-if'][contains(string(), 'All supports together')]")
    pressed = f"{after.get('name')}={after.get('value')}"
    mei.open(f"{circle.address}/what-if").send("what-if", htmx=True, press=pressed, **typed)
    (how,) = mei.page.xpath("//details[@class='why' and @open]")
    assert "$1,632.00" in " ".join(how.itertext())
    assert how.xpath(".//summary[@data-focus]")


def test_a_support_in_letters_that_are_not_the_readers_says_of_what_kind_it_is(person: Person, circle: Circle) -> None:
    circle.add(name="مساعدة في الاستحمام", support="self_care")
    circle.add(name="Cleaning", support="house_cleaning")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/what-if")
    kind = programs.program("ndis").by_key["self_care"].label.text
    assert f"مساعدة في الاستحمام ({kind})" in mei.text.replace("\u2068", "").replace("\u2069", "")
    assert "Cleaning (" not in mei.text.replace("Cleaning (Mon", "")


def test_a_what_if_is_kept_under_a_name(person: Person, circle: Circle) -> None:
    line, swimming = circle.add(), circle.add(name="Swimming")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/what-if")
    changes: dict[str, Any] = {f"finishes-{key(line)}": "12:00", f"out-{key(swimming)}": "yes"}
    mei.send("what-if", **changes)
    mei.send("keep-tried", title="Longer, without swimming")
    assert "Longer, without swimming" in mei.text
    assert "$1,632.00" in mei.text
    assert "Left out" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (made,) = scenarios.scenarios(work, circle.client)
        assert [one.out for one in made.lines] == [False, True]
    assert len(circle.lines()) == 2


def with_a_trade(circle: Circle) -> Line:
    """Money for what is planned and nothing more, and something that could give way."""
    shower = circle.add()
    circle.add(name="Garden", schedule=Units(Quantity(20_000), "H"), price=Money(60_00))
    short_of_money(circle, Money(2_300_00))
    return shower


def test_more_is_asked_for_in_one_press_and_a_choice_becomes_a_scenario(person: Person, circle: Circle) -> None:
    with_a_trade(circle)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more")
    mei.open(mei.page.xpath("//a[contains(@href,'/more?line=')]/@href")[0])
    assert "Choice 1" in mei.text
    mei.send("try-1", press="into=scenario")
    assert "Only you see it" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (made,) = scenarios.scenarios(work, circle.client)
        draft = scenarios.as_draft(work, scenarios.around(work, circle.client), made)
        assert draft.quote.left.minor >= 0
        assert draft.quote.amount.minor <= 2_300_00
        weekly = next(line.terms.schedule for line in made.lines if line.terms.name == "Help in the shower")
        assert isinstance(weekly, Weekly)
    assert circle.lines()[0].schedule == circle.terms().schedule


def test_a_choice_goes_into_the_draft_and_one_press_undoes_it(person: Person, circle: Circle) -> None:
    shower = with_a_trade(circle)
    before = [line.terms for line in circle.lines()]
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more?line={key(shower)}&how=visits&many=1")
    mei.send("try-1", press="into=draft")
    assert "You can undo it in one press" in mei.text
    assert [line.terms for line in circle.lines()] != before
    mei.send("undo-step")
    assert [line.terms for line in circle.lines()] == before


def test_from_those_who_may_only_suggest_a_choice_becomes_suggestions(person: Person, circle: Circle) -> None:
    shower = with_a_trade(circle)
    wish = f"{circle.address}/more?line={key(shower)}&how=visits&many=1"
    daniel = signed_in(person, circle.daniel).open(wish)
    daniel.send("try-1", press="into=draft")
    assert "Nothing changes until" in daniel.text
    with reading(circle.coplan, circle.mei) as work:
        assert len(queries.open_suggestions(work, circle.fresh(work))) == 2
    karim = signed_in(person.another(), circle.karim).open(wish)
    assert not karim.page.xpath("//button[@value='draft']")


def test_a_press_on_a_choice_that_is_no_longer_there_is_told(person: Person, circle: Circle) -> None:
    shower = with_a_trade(circle)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more?line={key(shower)}&how=visits&many=1")
    circle.edit(circle.nominee, shower, price=Money(60_00))
    mei.send("try-1", press="into=draft")
    assert "The draft has changed since you opened this page" in mei.text
    assert circle.lines()[0].schedule == circle.terms().schedule


def test_a_fix_of_the_year_is_tried_and_used_in_one_press(person: Person, circle: Circle) -> None:
    circle.add(schedule=Weekly((0, 1, 2, 3, 4), time(9), time(11)))
    short_of_money(circle, Money(2_000_00))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    mei.send("fix-1", press="into=scenario")
    assert "Only you see it" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (made,) = scenarios.scenarios(work, circle.client)
        draft = scenarios.as_draft(work, scenarios.around(work, circle.client), made)
        assert all(part.runs_dry is None for part in draft.quote.components)
    mei.open(f"{circle.address}/year").send("fix-1", press="into=draft")
    assert "It does not last to the end." not in mei.text


def test_days_left_out_by_a_fix_are_kept(circle: Circle) -> None:
    line = circle.add(ends=LAST)
    with reading(circle.coplan, circle.mei) as work:
        draft = queries.draft(work, circle.client, circle.fresh(work))
    before = draft.quote.package
    tried = replace(before, lines=(replace(before.lines[0], skips=(date(2026, 7, 6),)),))
    (kept,) = scenarios.lines_of(tried, before, {str(line.key): line.terms})
    assert kept.terms.more.skips == (date(2026, 7, 6),)


def test_more_of_a_support_counted_in_hours_is_asked_for_in_hours(person: Person, circle: Circle) -> None:
    circle.add(name="Speech therapy", schedule=Units(Quantity(12_000), "H"))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more")
    assert "5 hours more" in mei.text
