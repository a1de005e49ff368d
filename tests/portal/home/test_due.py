"""What is due for everybody a coordinator works with: by its day, and nothing of what the reader may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from budgeting.money import Money
from budgeting.words import Name
from portal.app import Coplan
from portal.changes import part_commands, queries as changes
from portal.meetings.follow_up_commands import ToDo, agree_on
from portal.people import due
from portal.proposals import commands as proposals, queries as drafts, talk_commands
from portal.proposals.model import SuggestionKind
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import asked, price
from tests.portal.plans.people import OURS, Circle, a_circle


def _to_do(circle: Circle, what: str, days: int, about_id: UUID | None = None) -> None:
    with acting(circle.coplan, circle.mei) as work:
        due = circle.first + timedelta(days=days)
        about = "proposal" if about_id else ""
        agree_on(work, circle.client, ToDo(what, due, circle.daniel.id, about=about, about_id=about_id))


def test_what_is_due_stands_by_its_day_and_is_found_by_person_kind_and_day(coplan: Coplan, person: Person) -> None:
    circle = a_circle(coplan)
    _to_do(circle, "Call the physio", 9)
    _to_do(circle, "Write to the gym", 2)
    with acting(coplan, circle.mei) as work:
        last = circle.first + timedelta(days=55)
        own = proposals.start(work, circle.client, "Mine", "ndis", circle.first, last, kept=True)
    _to_do(circle, "Canary of mine alone", 1, own.id)
    daniel = signed_in(person, circle.daniel).open("/due")
    assert daniel.text.index("Write to the gym") < daniel.text.index("Call the physio")
    assert "Canary" not in daniel.text
    assert "Call the physio" not in daniel.open(f"/due?until={circle.first + timedelta(days=3)}").text
    assert "Write to the gym" in daniel.text
    for nothing in ("?kind=change", "?q=somebody+else", f"?until={circle.first - timedelta(days=1)}"):
        assert "Nothing is due" in daniel.open(f"/due{nothing}").text
    assert b"Write to the gym" in daniel.open("/due?table=due&as=csv").answer.content
    for other in (circle.karim, circle.tom, circle.grace):
        found = signed_in(person.another(), other).open("/due").text
        assert "the gym" not in found
        assert "Mei Chen" not in found.partition("What is due")[2].partition("Nothing is due")[0]


def test_what_was_put_off_and_left_out_stands_there_with_who_sees_to_it(coplan: Coplan) -> None:
    circle, day = a_circle(coplan), timedelta(days=5)
    with acting(coplan, circle.mei) as work:
        draft = proposals.start(work, circle.client, "Mine", "ndis", circle.first, circle.first + timedelta(days=55))
        for name in ("Painting", "Swimming"):
            proposals.add_line(work, draft, circle.line(name, circle.sunrise, OURS))
        lines = {one.name: one for one in drafts.lines(work, draft)}
        proposals.park(work, lines["Painting"], draft, circle.daniel.id, circle.first + day)
    with acting(coplan, circle.daniel) as work:
        dearer = replace(lines["Swimming"].terms, price=Money(99_00))
        fresh = drafts.proposal(work, circle.client, draft.id)
        line = next(one for one in drafts.lines(work, fresh) if one.name == "Swimming")
        made = talk_commands.suggest(work, fresh, SuggestionKind.CHANGE, line, dearer, "")
    assert made is not None
    with acting(coplan, circle.mei) as work:
        fresh = drafts.proposal(work, circle.client, draft.id)
        late = circle.first + 2 * day
        talk_commands.put_off(work, drafts.suggestion(work, fresh, made.id), fresh, circle.daniel.id, late)
    with reading(coplan, circle.daniel) as work:
        found = due.all_of(work, {circle.client.id: circle.client})
        assert [(one.kind, one.day, one.what, one.who) for one in found] == [
            (due.Kind.PUT_OFF, circle.first + day, Name("Painting"), circle.daniel.id),
            (due.Kind.PUT_OFF, late, Name("Swimming"), circle.daniel.id),
        ]
    for other in (circle.karim, circle.tom, circle.grace):
        with reading(coplan, other) as work:
            assert not due.all_of(work, {circle.client.id: circle.client})


def test_a_change_put_aside_is_due_for_whoever_put_it_aside_alone(coplan: Coplan) -> None:
    circle = a_circle(coplan)
    circle.usual()
    until = circle.first + timedelta(days=9)
    change = asked(circle, circle.mei, circle.first + timedelta(days=20), ("Help in the shower", price(69)))
    with acting(coplan, circle.mei) as work:
        part_commands.park(work, changes.whole(work, circle.client, change), until, "After the move")
    for reader, days in ((circle.mei, [until]), (circle.daniel, [])):
        with reading(coplan, reader) as work:
            found = due.all_of(work, {circle.client.id: circle.client})
            assert [one.day for one in found if one.kind is due.Kind.PUT_OFF] == days


def test_a_change_says_whose_turn_it_is_and_what_is_urgent_comes_first(coplan: Coplan, person: Person) -> None:
    circle = a_circle(coplan)
    circle.usual()
    _to_do(circle, "Write to the gym", 0)
    later = circle.first + timedelta(days=20)
    change = asked(circle, circle.daniel, later, ("Help in the shower", price(69)))
    who = {}
    for reader in (circle.mei, circle.daniel, circle.grace):
        with reading(coplan, reader) as work:
            found = due.all_of(work, {circle.client.id: circle.client})
            who[reader.id] = [one.who for one in found if one.kind is due.Kind.CHANGE]
    assert who[circle.mei.id] == [circle.mei.id], "her own answer is her turn"
    assert who[circle.grace.id] == [circle.grace.id], "and a provider's, its own"
    (still,) = who[circle.daniel.id]
    assert still not in (None, circle.daniel.id)
    with acting(coplan, circle.daniel) as work:
        changes.whole(work, circle.client, change).urgent = True
    with reading(coplan, circle.mei) as work:
        assert due.all_of(work, {circle.client.id: circle.client})[0].kind is due.Kind.CHANGE


def test_a_provider_finds_its_own_parts_there_and_no_way_into_the_record(coplan: Coplan, person: Person) -> None:
    circle = a_circle(coplan)
    circle.usual()
    asked(circle, circle.mei, circle.first + timedelta(days=20), ("Help in the shower", price(69)))
    _to_do(circle, "Write to the gym", 2)
    grace = signed_in(person, circle.grace).open("/due")
    assert "Say whether you agree." in grace.text
    assert "Mei Chen" in grace.text
    assert "the gym" not in grace.text
    assert not grace.page.xpath(f"//main//a[@href='/people/{circle.client.id}']")
    owen = signed_in(person.another(), circle.owen).open("/due").text
    assert "1 plan has a part for you to read." in owen
    assert "Say whether you agree." not in owen
