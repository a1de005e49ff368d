"""Since you last looked, and the rounds of a draft: every change told once, by whom, in hours and dollars."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from uuid import UUID, uuid5

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.compare import compare
from budgeting.compare.effects import in_all, together
from budgeting.money import Money
from budgeting.package import Agreed, AgreedAmount, Line as PlainLine, Package, Unpaid, Weekly
from budgeting.period import Calendar, Period, Place
from budgeting.pricing import quote
from budgeting.words import Name, Words
from portal import work as unit
from portal.app import Coplan
from portal.journal import KINDS
from portal.language import LANGUAGES, plain
from portal.proposals import commands, round_commands, round_queries, talk_commands
from portal.proposals.model import SuggestionKind
from portal.proposals.round_model import PastLine, content_of, lines_in
from portal.proposals.rounds import Happened, changed
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle

MORNINGS = Weekly((0, 2, 4), time(9), time(11))


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def said(person: Person) -> str:
    """What the open page says, values in the sentences they stand in."""
    return " ".join(person.page.text_content().translate(dict.fromkeys(range(0x2066, 0x206A))).split())


def looked(circle: Circle, person: Person, who: str) -> Person:
    """Somebody opens the page and says that they have seen it."""
    return signed_in(person, getattr(circle, who)).open(f"{circle.address}/since").send("seen")


@contextmanager
def hours_later(monkeypatch: pytest.MonkeyPatch, hours: int) -> Iterator[None]:
    """Time passes, for pages and for work behind them."""
    before = unit.utc_now
    with monkeypatch.context() as patch:
        for module in ("portal.app", "portal.site.serve"):
            patch.setattr(f"{module}.utc_now", lambda: before() + timedelta(hours=hours))
        yield


def hand(circle: Circle, who: str, to: str, note: str = "") -> None:
    with acting(circle.coplan, getattr(circle, who)) as work:
        round_commands.hand_over(work, circle.client, circle.fresh(work), getattr(circle, to).id, note)


# the sentences themselves


def priced(lines: tuple[PastLine, ...]):  # type: ignore[no-untyped-def]  # a Quote
    """Some lines as the calculator prices them, at what was agreed."""
    period = Period(FIRST, LAST)
    plain_lines = tuple(
        PlainLine(
            id=str(one.key),
            name=one.terms.name,
            period=period,
            schedule=one.terms.schedule,
            price=Agreed((AgreedAmount(one.terms.price),)) if one.terms.price else None,
        )
        for one in lines
        if not one.parked
    )
    return quote(Package("ndis", period, Place("NSW"), None, plain_lines), editions(), Calendar(()))


@cache
def editions():  # type: ignore[no-untyped-def]  # the price lists that come with the portal
    return programs.shipped("ndis")


KEYS = [uuid5(UUID(int=0), str(number)) for number in range(4)]
moments = st.lists(
    st.builds(
        lambda key, days, cents, parked: PastLine(
            key,
            Terms(
                f"Support {KEYS.index(key)}",
                FIRST,
                LAST,
                schedule=Weekly(tuple(sorted(days)), time(9), time(11)),
                price=Money(cents),
            ),
            parked,
        ),
        st.sampled_from(KEYS),
        st.sets(st.integers(0, 6), min_size=1, max_size=3),
        st.sampled_from([50_00, 68_00]),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda line: line.key,
).map(tuple)


@given(moments, moments)
def test_every_support_that_changed_is_told_exactly_once_and_no_other(
    before: tuple[PastLine, ...], after: tuple[PastLine, ...]
) -> None:
    found = changed(before, after, compare(priced(before), priced(after)))
    was, now = {one.key: one for one in before}, {one.key: one for one in after}
    assert sorted(one.key for one in found) == sorted(
        key for key in was.keys() | now.keys() if was.get(key) != now.get(key)
    )
    for one in found:
        assert plain(one.sentence(None), LANGUAGES["en"]).count(one.name.text) == 1
        assert plain(one.sentence(Name("Priya")), LANGUAGES["en"]).count(one.name.text) == 1


@given(moments)
def test_when_nothing_was_done_nothing_is_told(lines: tuple[PastLine, ...]) -> None:
    assert changed(lines, lines, compare(priced(lines), priced(lines))) == ()


@given(moments, moments)
def test_what_came_is_what_goes_when_time_runs_the_other_way(
    before: tuple[PastLine, ...], after: tuple[PastLine, ...]
) -> None:
    turned = {
        Happened.ADDED: Happened.TAKEN_OUT,
        Happened.TAKEN_OUT: Happened.ADDED,
        Happened.LEFT_OUT: Happened.BROUGHT_BACK,
        Happened.BROUGHT_BACK: Happened.LEFT_OUT,
        Happened.CHANGED: Happened.CHANGED,
    }
    there = {one.key: one for one in changed(before, after, compare(priced(before), priced(after)))}
    back = {one.key: one for one in changed(after, before, compare(priced(after), priced(before)))}
    assert {key: turned[one.happened] for key, one in there.items()} == {k: v.happened for k, v in back.items()}
    for key, one in there.items():
        if one.change is not None:
            assert one.change.more == -back[key].change.more  # type: ignore[union-attr]  # priced both ways


@given(moments)
def test_how_a_draft_was_is_kept_and_read_again(lines: tuple[PastLine, ...]) -> None:
    content, digest = content_of(lines)
    assert lines_in(content) == lines
    assert content_of(lines_in(content)) == (content, digest)


def test_a_sentence_tells_hours_and_dollars_of_an_ordinary_week() -> None:
    line = PastLine(KEYS[0], Terms("Cleaning", FIRST, LAST, schedule=MORNINGS, price=Money(70_00)))
    less = replace(line, terms=replace(line.terms, schedule=replace(MORNINGS, weekdays=(0, 2))))
    (one,) = changed((line,), (less,), compare(priced((line,)), priced((less,))))
    said = plain(one.sentence(Name("Priya")), LANGUAGES["en"]).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert said == "Priya changed Cleaning: 2 hours less a week, about $140.00 less a week."
    assert isinstance(one.altogether, Words)
    whole = plain(one.altogether, LANGUAGES["en"]).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert whole == "8 hours less, $560.00 less"  # four weeks


def test_the_time_of_family_is_told_as_time_without_a_price() -> None:
    period, none = Period(FIRST, LAST), ()
    visit = PlainLine(id="k", name="Karim", period=period, schedule=MORNINGS, price=Unpaid(Money(70_00)))
    before, after = (
        quote(Package("ndis", period, Place("NSW"), None, lines), editions(), Calendar(()))
        for lines in (none, (visit,))
    )
    found = compare(before, after)
    told = plain(together(found), LANGUAGES["en"]).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert told == "24 hours more"  # four weeks of three mornings
    assert together(found) == in_all(found.lines[0])


# the page


def test_what_others_did_is_told_with_who_and_why_and_ones_own_is_left_out(person: Person, circle: Circle) -> None:
    line = circle.add()
    looked(circle, person, "nominee")
    mei = signed_in(person.another(), circle.mei).open(f"{circle.address}/since")
    assert "Your first look" in mei.text
    assert "Nothing has changed since you last looked" in mei.send("seen").text
    with acting(circle.coplan, circle.daniel) as work:
        longer = replace(circle.line(work, line).terms, schedule=MORNINGS)
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.CHANGE, circle.line(work, line), longer, "Fridays are free now"
        )
    assert made is not None
    mei.open(f"{circle.address}/since")
    assert "Daniel Okafor suggests to change Help in the shower: 2 hours more a week" in said(mei)
    assert "about $136.00 more a week" in said(mei)  # two hours at 68 dollars
    assert "In all: 8 hours more, $544.00 more." in said(mei)
    assert "Fridays are free now" in said(mei)
    circle.say_yes_to(circle.mei, made)
    amal = person.open(f"{circle.address}/since")
    assert "Mei Chen changed Help in the shower: 2 hours more a week" in said(amal)
    assert "Fridays are free now" in said(amal)
    assert "changed Help in the shower" not in said(mei.open(f"{circle.address}/since"))


def test_a_support_that_several_changed_names_all_of_them(person: Person, circle: Circle) -> None:
    line = circle.add()
    daniel = looked(circle, person, "daniel")
    for who, price in ((circle.mei, 70_00), (circle.nominee, 72_00), (circle.mei, 74_00)):
        circle.edit(who, line, price=Money(price))
    assert "Mei Chen and Amal changed Help in the shower" in said(daniel.open(f"{circle.address}/since"))


def test_a_suggested_support_leads_to_the_suggestion_with_its_reason_and_answer(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = looked(circle, person, "mei")
    with acting(circle.coplan, circle.daniel) as work:
        terms = replace(circle.line(work, line).terms, name="A cook on Mondays")
        made = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.ADD, None, terms, "You like soup")
    assert made is not None
    mei.open(f"{circle.address}/since").follow("Daniel Okafor suggests to add A cook on Mondays")
    assert mei.address == f"{circle.address}/suggestions/{made.id}"
    assert "You like soup" in mei.text
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.say(work, circle.fresh(work), None, "Who eats it?", about=made)
    mei.open(f"{circle.address}/since").follow("Karim said something")
    assert mei.address == f"{circle.address}/suggestions/{made.id}#talk"


def test_what_came_between_looking_and_saying_so_is_told_the_next_time(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/since")
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.say(work, circle.fresh(work), None, "Shall we ask grandmother?")
    mei.send("seen")
    assert "Karim said something about the whole draft." in said(mei)
    assert "Shall we ask grandmother?" in said(mei)
    mei.send("seen")
    assert "Nothing has changed" in said(mei)


def test_supports_that_changed_under_the_page_are_not_taken_for_seen(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/since")
    circle.edit(circle.nominee, line, schedule=MORNINGS)
    mei.send("seen")
    assert "changed Help in the shower" in said(mei)


def test_nobody_learns_when_somebody_looked(circle: Circle) -> None:
    hand(circle, "daniel", "mei")
    assert KINDS["proposals.draft_seen"].private
    with reading(circle.coplan, circle.daniel) as work:
        assert round_queries.sight(work, circle.fresh(work)) is not None
    for who in (circle.mei, circle.nominee, circle.karim):
        with reading(circle.coplan, who) as work:
            assert round_queries.sight(work, circle.fresh(work)) is None


def test_whoever_may_not_see_the_draft_sees_nothing_around_it(person: Person, circle: Circle) -> None:
    hand(circle, "daniel", "mei")
    for who in (circle.tom, circle.stranger):
        other = signed_in(person.another(), who)
        for page in ("since", "rounds", "rounds/compare?first=0&last=1", "terms", "where", "voice"):
            assert other.open(f"{circle.address}/{page}").status == 404


# rounds


def test_a_draft_is_handed_over_and_any_two_rounds_are_compared(person: Person, circle: Circle) -> None:
    line = circle.add()
    daniel = signed_in(person, circle.daniel).open(f"{circle.address}/rounds")
    assert "No rounds yet" in said(daniel)
    daniel.send("hand", person=circle.mei.id, note="Is nine too early?")
    assert "It is the turn of Mei Chen." in said(daniel)
    mei = signed_in(person.another(), circle.mei).open(f"{circle.address}/since")
    assert "It is your turn" in said(mei)
    assert "Is nine too early?" in said(mei)
    assert "It is your turn in" in said(mei.open(f"/people/{circle.client.id}"))
    circle.edit(circle.mei, line, schedule=MORNINGS)
    hand(circle, "mei", "daniel")
    compared = said(mei.open(f"{circle.address}/rounds/compare?first=1&last=2"))
    assert "Help in the shower is changed: 2 hours more a week, about $136.00 more a week." in compared
    assert "In all: 8 hours more, $544.00 more." in compared
    assert "Nothing has changed" in said(mei.open(f"{circle.address}/rounds/compare?first=2&last=now"))
    assert "It is your turn in" not in said(mei.open(f"/people/{circle.client.id}"))
    for never_was in ("7", "x", "-1"):
        assert mei.open(f"{circle.address}/rounds/compare?first=0&last={never_was}").status == 404


def test_a_turn_goes_only_to_somebody_who_sees_the_draft(circle: Circle) -> None:
    for who in ("tom", "stranger"):
        with pytest.raises(Refusal):
            hand(circle, "daniel", who)
    with reading(circle.coplan, circle.karim) as work:
        may = round_queries.whose_turn_it_can_be(work, circle.client, circle.fresh(work))
    assert set(may) == {circle.mei.id}  # a brother does not learn who else is there


def test_a_draft_that_is_put_away_is_not_handed_over(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        commands.close(work, circle.fresh(work))
    with pytest.raises(Refusal):
        hand(circle, "daniel", "mei")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.stranger) as work:
        round_commands.hand_over(work, circle.client, circle.proposal, circle.mei.id, "")


def test_going_away_is_enough_to_have_looked(person: Person, circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    page, line = f"{circle.address}/since", circle.add()
    mei = signed_in(person, circle.mei).open(page)
    assert "Your first look" in mei.text
    with hours_later(monkeypatch, 1):
        mei = signed_in(person.another(), circle.mei)
        assert "Nothing has changed since you last looked" in said(mei.open(page))
        circle.edit(circle.nominee, line, schedule=MORNINGS)
        assert "changed Help in the shower" in said(mei.open(page))
        assert "changed Help in the shower" in said(mei.open(page))  # the same visit: it can be read again
        with reading(circle.coplan, circle.daniel) as work:
            assert round_queries.last_look(work, circle.fresh(work)) is None
    with hours_later(monkeypatch, 2):
        mei = signed_in(person.another(), circle.mei)
        assert "Nothing has changed since you last looked" in said(mei.open(page))


def test_without_script_opening_the_draft_is_a_look_too(
    person: Person, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    (dot,) = mei.page.xpath("//noscript//img/@src")
    mei.open(dot)
    assert mei.answer.headers["content-type"] == "image/gif"
    circle.edit(circle.nominee, line, schedule=MORNINGS)
    with hours_later(monkeypatch, 1):
        mei = signed_in(person.another(), circle.mei)
        assert "changed Help in the shower" in said(mei.open(f"{circle.address}/since"))
