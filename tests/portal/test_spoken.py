"""Who is spoken to as "you": the person alone; to everybody else the same is said of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.words import Name, nwords, words
from portal.language import markup, plain, retold, voice
from portal.site.spoken import OF_THEM, SHARE, TO_THEM
from portal.templating import environment
from tests.portal.pocket import MARKS

YOU = words("What you pay towards {support}", support=Name("you"))


@pytest.fixture
def of_them() -> Iterator[None]:
    """A page about somebody else is made."""
    before = retold.set(OF_THEM)
    yield
    retold.reset(before)


@pytest.mark.usefixtures("of_them")
def test_a_sentence_says_the_same_of_the_person_to_somebody_else() -> None:
    told = plain(YOU)
    assert told.startswith("What the person pays towards")
    assert MARKS.sub("", told).endswith("you")  # what somebody called a support is never changed
    assert "The person’s own share of it" in markup(Figure(words("Your share"), Money(5_00)).summary)
    one = "No care management is written down for this month. At least {n} contact a month is due to you."
    assert "contacts a month are due." in plain(nwords(one, "any", 2))


@pytest.mark.usefixtures("of_them")
def test_what_says_nothing_to_the_person_stays_as_it_is() -> None:
    assert plain(words("Granted")) == "Granted"


def test_what_was_said_to_the_person_is_never_remembered_for_the_next_reader() -> None:
    page = environment([]).from_string('{{ _("The person decides") }} {{ _("Your share") }}')
    assert page.render() == "The person decides Your share"
    said = {voice()}
    for told, text in ((TO_THEM, "You decide Your share"), (OF_THEM, f"The person decides {SHARE.text}")):
        before = retold.set(told)
        assert page.render() == text
        said.add(voice())
        retold.reset(before)
    assert len(said) == 3
    assert page.render() == "The person decides Your share"
    assert voice() in said


def test_each_sentence_of_them_has_the_places_of_the_one_to_them_and_no_you() -> None:
    for text, other in OF_THEM.items():
        assert set(other.values) <= {part.split("}")[0] for part in text.split("{")[1:]} | {"n"}
        assert not {"you", "your", "You", "Your"} & set(MARKS.sub("", other.text).split())
