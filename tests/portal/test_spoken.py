"""Who is spoken to as "you": the person alone; to everybody else the same is said of them."""

from __future__ import annotations

from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.words import Name, words
from portal.language import to_themselves, voice
from portal.site.spoken import OF_THEM, TO_THEM, said_of
from portal.templating import environment
from tests.portal.pocket import MARKS

YOU = words("What you pay towards {support}", support=Name("you"))
SHARE = Figure(words("Your share"), Money(5_00))
WHOLE = Figure(YOU, Money(5_00), parts=(SHARE,))


def test_a_figure_says_the_same_of_the_person_to_somebody_else() -> None:
    told = said_of(WHOLE)
    assert told.label.text == "What the person pays towards {support}"
    assert told.label.values == YOU.values  # what somebody called a support is never changed
    assert [part.label.text for part in told.parts] == ["The person’s own share of it"]
    assert told.value == WHOLE.value


def test_what_says_nothing_to_the_person_stays_as_it_is() -> None:
    plain = Figure(words("Granted"), Money(5_00), parts=(Figure(words("Released"), Money(5_00)),))
    assert said_of(plain) is plain


def test_each_sentence_of_them_has_the_places_of_the_one_to_them_and_no_you() -> None:
    for text, other in OF_THEM.items():
        assert set(other.values) <= {part.split("}")[0] for part in text.split("{")[1:]} | {"n"}
        assert not {"you", "your", "You", "Your"} & set(MARKS.sub("", other.text).split())


def test_what_was_said_to_the_person_is_never_remembered_for_the_next_reader() -> None:
    page = environment([]).from_string('{{ _("The person decides") }}')
    assert page.render() == "The person decides"
    of_them = voice()
    before = to_themselves.set(TO_THEM)
    assert page.render() == "You decide"
    assert voice() != of_them
    to_themselves.reset(before)
    assert page.render() == "The person decides"
    assert voice() == of_them
