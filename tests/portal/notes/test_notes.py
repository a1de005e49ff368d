"""A client's own notes: kept from everybody, told to nobody, and shown to one person only by choice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.access.scope import unscoped
from portal.app import Coplan
from portal.journal import JournalEntry
from portal.notes import commands, queries
from portal.notes.model import PrivateNote
from portal.work import NotVisible, Refusal
from tests.builders import a_restriction, acting, reading
from tests.person import Person
from tests.portal.proposals.listening import let_in
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def home(circle: Circle) -> str:
    return f"/people/{circle.client.id}/notes"


def a_note(circle: Circle, text: str = "I want a woman to help me.") -> PrivateNote:
    with acting(circle.coplan, circle.mei) as work:
        return commands.write(work, circle.client, text)


def test_somebody_without_notes_is_told_what_they_are_for(person: Person, circle: Circle) -> None:
    mei = let_in(circle.coplan, person, circle.mei).open(home(circle))
    assert "Nothing written yet" in mei.text
    assert "Only you see these notes" in mei.text


def test_a_note_is_written_changed_and_deleted_for_good(person: Person, circle: Circle) -> None:
    mei = let_in(circle.coplan, person, circle.mei).open(home(circle))
    mei.send("note", text="我想一个人谈谈。")
    assert "我想一个人谈谈。" in mei.text
    (change,) = mei.page.xpath("//form[starts-with(@id, 'change-')]/@id")
    mei.send(change, text="我想和Priya谈谈。")
    assert "我想和Priya谈谈。" in mei.text
    mei.send(change.replace("change-", "delete-"))
    assert "Nothing written yet" in mei.text
    with circle.coplan.open_reading() as work:
        assert work.session.scalar(unscoped(select(func.count(PrivateNote.id)), "a test")) == 0


def test_a_note_is_sealed_in_the_database(circle: Circle) -> None:
    note = a_note(circle)
    assert b"woman" not in note.text_sealed
    assert note.text == "I want a woman to help me."


@pytest.mark.parametrize("who", ["daniel", "karim", "tom", "nominee", "stranger"])
def test_nobody_else_learns_that_there_are_notes(person: Person, circle: Circle, who: str) -> None:
    a_note(circle)
    other = let_in(circle.coplan, person, getattr(circle, who))
    assert other.open(home(circle)).status == 404
    assert "Notes" not in other.open(f"/people/{circle.client.id}").text


def test_a_note_shown_to_one_person_is_read_by_that_person_and_no_other(circle: Circle) -> None:
    shown, kept = a_note(circle), a_note(circle, "Another worry.")
    with acting(circle.coplan, circle.mei) as work:
        note = queries.note(work, circle.client, shown.id)
        commands.show_to(work, note, circle.client, circle.karim.id)
    with reading(circle.coplan, circle.karim) as work:
        assert [one.id for one in queries.notes(work, circle.client)] == [shown.id]
    for other in (circle.daniel, circle.nominee, circle.tom, circle.stranger):
        with reading(circle.coplan, other) as work:
            assert not queries.notes(work, circle.client)
    with acting(circle.coplan, circle.mei) as work:
        commands.show_to(work, queries.note(work, circle.client, shown.id), circle.client, None)
    with reading(circle.coplan, circle.karim) as work:
        assert not queries.notes(work, circle.client)
    assert kept.shared_with is None


def test_whoever_was_shown_a_note_can_neither_change_it_nor_pass_it_on(circle: Circle) -> None:
    note = a_note(circle)
    with acting(circle.coplan, circle.mei) as work:
        commands.show_to(work, queries.note(work, circle.client, note.id), circle.client, circle.daniel.id)
    with acting(circle.coplan, circle.daniel) as work:
        mine = queries.notes(work, circle.client)[0]
        for attempt in (
            lambda: commands.change(work, mine, "other words", mine.version),
            lambda: commands.show_to(work, mine, circle.client, circle.karim.id),
            lambda: commands.delete(work, mine, mine.version),
            lambda: queries.note(work, circle.client, note.id),
        ):
            with pytest.raises(NotVisible):
                attempt()


def test_a_note_can_be_shown_only_to_somebody_in_the_circle(circle: Circle) -> None:
    note = a_note(circle)
    with acting(circle.coplan, circle.mei) as work, pytest.raises(Refusal, match="in your circle"):
        commands.show_to(work, queries.note(work, circle.client, note.id), circle.client, circle.stranger.id)


def test_a_restriction_hides_a_note_that_was_shown_before(circle: Circle) -> None:
    note = a_note(circle)
    with acting(circle.coplan, circle.mei) as work:
        commands.show_to(work, queries.note(work, circle.client, note.id), circle.client, circle.karim.id)
    with circle.coplan.open_work() as work:
        a_restriction(work, circle.client, circle.karim)
    with reading(circle.coplan, circle.karim) as work:
        assert not queries.notes(work, circle.client)


def test_no_entry_of_the_journal_ties_a_note_to_its_client(circle: Circle) -> None:
    with circle.coplan.open_reading() as work:
        before = work.session.scalar(select(func.max(JournalEntry.seq)))
    note = a_note(circle)
    with acting(circle.coplan, circle.mei) as work:
        commands.change(work, queries.note(work, circle.client, note.id), "other words", 1)
    with circle.coplan.open_reading() as work:
        entries = work.session.scalars(select(JournalEntry).where(JournalEntry.seq > before)).all()
        assert [(one.kind, one.client_id, one.data) for one in entries] == [
            ("notes.written", None, "{}"),
            ("notes.changed", None, "{}"),
        ]
