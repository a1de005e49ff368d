"""Before a yes it is said what it would concern: other days than suggested, money that pays nothing, what is rare."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from budgeting.money import Money
from budgeting.package import Weekly
from portal.app import Coplan
from portal.proposals import talk_commands
from portal.proposals.model import Act, Line, Suggestion, SuggestionKind
from portal.proposals.particulars import Particulars
from portal.work import Refusal
from tests.builders import acting, signed_in
from tests.clock import stands_still
from tests.person import Person
from tests.portal.proposals.people import LAST, Circle, a_circle

DIVIDED = date(2026, 7, 20)
SINCE = "The days of this support have changed since."
OVER = "This suggestion is about days that are over by now."


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def _moves(circle: Circle, gives: Line, gets: Line) -> Suggestion:
    with acting(circle.coplan, circle.daniel) as work:
        row, other = circle.line(work, gives), circle.line(work, gets)
        less = replace(row.terms, schedule=Weekly((0, 2), time(9), time(10)))
        more = replace(other.terms, schedule=Weekly((0, 2), time(9), time(12)))
        acts = [Act(other.id, more, other.terms)]
        made = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.MOVE, row, less, "Eight more", acts)
    assert made is not None
    return made


def _divide(circle: Circle, line: Line) -> None:
    """The first part keeps its place in the draft, the second is a line of its own."""
    circle.edit(circle.mei, line, ends=date(2026, 7, 19))
    circle.add(name=line.name, starts=DIVIDED)


def _says(person: Person) -> str:
    return " ".join(person.text.split())


def test_a_suggestion_says_which_days_it_concerns_since_its_support_was_divided(
    circle: Circle, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_still(monkeypatch, datetime(2026, 7, 7, 2, tzinfo=UTC))
    gives, gets = circle.add(name="Cleaning"), circle.add(name="Painting")
    made = _moves(circle, gives, gets)
    mei = signed_in(person, circle.mei).open(circle.address)
    assert SINCE not in mei.text
    _divide(circle, gets)
    now = f"{SINCE} The suggestion now concerns 6 July 2026 to 19 July 2026"
    for page in (circle.address, f"{circle.address}/suggestions/{made.id}"):
        assert _says(mei.open(page)).count(now) == 1, "only the support that was divided has other days"
    mei.send(f"answer-{made.id}", press="say=yes")
    assert "You said yes" in mei.text


def test_nobody_says_yes_to_a_suggestion_that_concerns_only_days_that_are_over_by_now(
    circle: Circle, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = datetime(2026, 7, 19, 14, tzinfo=UTC)  # where Mei is
    stands_still(monkeypatch, midnight - timedelta(minutes=5))
    gives, gets = circle.add(name="Cleaning"), circle.add(name="Painting")
    made = _moves(circle, gives, gets)
    _divide(circle, gets)
    before = [line.terms for line in circle.lines()]
    form = f"answer-{made.id}"
    kept = signed_in(person, circle.mei).open(circle.address)
    stands_still(monkeypatch, midnight)
    kept.send(form, press="say=yes")
    assert OVER in kept.text, "the page was opened while the days were to come"
    with pytest.raises(Refusal, match="are over by now"):
        circle.say_yes_to(circle.mei, made)
    assert [line.terms for line in circle.lines()] == before
    mei = signed_in(person.another(), circle.mei).open(f"{circle.address}/suggestions/{made.id}")
    assert OVER in mei.text
    assert not mei.form(form).xpath(".//button[@value='yes']")
    assert mei.page.xpath("//a[contains(@href, '/counter')]")
    assert not mei.open(circle.address).form(form).xpath(".//button[@value='yes']")
    mei.send(form, press="say=no")
    assert "You said no" in mei.text


def test_a_suggestion_of_other_days_is_about_the_days_it_says(circle: Circle, person: Person) -> None:
    line = circle.add(ends=date(2026, 7, 12))
    with acting(circle.coplan, circle.daniel) as work:
        row = circle.line(work, line)
        longer = replace(row.terms, ends=LAST)
        made = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.CHANGE, row, longer, "")
    assert made is not None
    circle.edit(circle.mei, line, ends=date(2026, 7, 19))
    assert SINCE not in signed_in(person, circle.mei).open(circle.address).text
    circle.say_yes_to(circle.mei, made)
    assert circle.lines()[0].terms.ends == LAST


def test_a_suggestion_says_what_would_be_different_before_anything_is_opened(circle: Circle, person: Person) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.daniel) as work:
        row = circle.line(work, line)
        other = replace(row.terms, schedule=Weekly((1, 3), time(9), time(12)))
        talk_commands.suggest(work, circle.fresh(work), SuggestionKind.CHANGE, row, other, "")
    mei = signed_in(person, circle.mei).open(circle.address)
    (card,) = mei.page.xpath("//*[starts-with(@id, 'suggestion-')]")
    labels = card.xpath(".//*[@class='change-label'][not(ancestor::details)]")
    assert [one.text_content() for one in labels] == ["When and how much", "Amount"]


def test_a_suggestion_that_no_part_of_the_funding_pays_for_says_so_before_the_yes(
    circle: Circle, person: Person
) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        for name, support in (("Help at home", "self_care"), ("Hands again", "occupational_therapy")):
            terms = circle.terms(name, support=support, price=Money(100_00))
            talk_commands.suggest(work, circle.fresh(work), SuggestionKind.ADD, None, terms, "")
    mei = signed_in(person, circle.mei).open(circle.address)
    cards = mei.page.xpath("//*[starts-with(@id, 'suggestion-')]")
    said = [card for card in cards if "no part of the funding pays for this yet" in card.text_content()]
    assert len(cards) == 2
    assert ["Hands again: no part" in " ".join(card.text_content().split()) for card in said] == [True]


def test_a_yes_names_what_is_rare_about_a_support(circle: Circle, person: Person) -> None:
    circle.add(name="Cleaning")
    circle.add(name="Painting", more=Particulars(participants=2))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    first, second = mei.page.xpath("//*[@id='asked']//tbody/tr")
    assert "People who share it" not in first.text_content()
    assert "People who share it: 2" in " ".join(second.text_content().split())
