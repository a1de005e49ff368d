"""The cards of a draft in which much is said: worked out once, never out of date, and folded where they are many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from budgeting.money import Money
from portal.accounts.model import Account
from portal.app import Coplan
from portal.proposals import queries, talk, talk_commands
from portal.proposals.cards import Would
from portal.proposals.model import Line, Suggestion, SuggestionKind
from portal.proposals.sheet import suggested
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def _suggests(circle: Circle, line: Line, **changes: Any) -> Suggestion:
    with acting(circle.coplan, circle.daniel) as work:
        row = circle.line(work, line)
        terms = replace(row.terms, **changes)
        made = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.CHANGE, row, terms, "They come on time")
    assert made is not None
    return made


def test_a_card_that_was_worked_out_once_follows_what_changes_elsewhere(circle: Circle) -> None:
    bathing, cleaning = circle.add(), circle.add(name="Cleaning", support="cleaning")
    _suggests(circle, bathing, price=Money(72_00), provider_id=circle.sunrise.id)
    first = _card(circle, circle.mei)
    assert _card(circle, circle.mei) is first is _card(circle, circle.daniel), "it is worked out once for everybody"
    circle.edit(circle.mei, cleaning, price=Money(90_00))
    dearer = _card(circle, circle.mei)
    assert dearer.left != first.left, "less is left when something else costs more"
    with acting(circle.coplan, circle.daniel) as work:
        work.session.merge(circle.sunrise).name = "Sunset Care"
    assert "Sunset Care" in str(_card(circle, circle.mei).parts[0].changes)
    circle.edit(circle.mei, bathing, name="Morning help")
    assert "Morning help" in _card(circle, circle.mei).title


def _card(circle: Circle, who: Account) -> Would:
    """What the only suggestion would do, as its card tells it."""
    with reading(circle.coplan, who) as work:
        draft = queries.draft(work, circle.client, circle.fresh(work))
        return suggested(work, draft, draft.suggestions, "en")[0].would


def test_a_long_talk_shows_the_newest_and_what_is_open_and_folds_the_rest(person: Person, circle: Circle) -> None:
    line = circle.add()
    for number in range(talk.NEWEST + 2):
        with acting(circle.coplan, circle.karim) as work:
            row = circle.line(work, line)
            talk_commands.say(work, circle.fresh(work), row, f"Number {number} of mine.", disagrees=number == 0)
    page = signed_in(person, circle.mei).open(f"{circle.address}/lines/{line.id}").page
    folded = page.xpath("//*[@id='talk']//details//blockquote/text()")
    assert folded == ["Number 1 of mine."], "what somebody does not agree with is never folded away"
    assert len(page.xpath("//*[@id='talk']//blockquote")) == talk.NEWEST + 2


def test_an_answer_with_braces_is_shown_again_as_it_was_typed(person: Person, circle: Circle) -> None:
    made = _suggests(circle, circle.add(), price=Money(72_00))
    form = f"answer-{made.id}"
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(form, press="say=no", answer="{title} {foo}", version=99, _form="answer-{id}")
    assert mei.status == 409
    mei.open(circle.address).send(form, press="say=no", answer="{title} {foo}", version=99)
    assert mei.status == 409
    assert mei.form(form).xpath(".//*[@name='answer']")[0].value == "{title} {foo}"
