"""The way of a complaint: safety first, promises kept or missed, an answer with reasons, and "resolved?"."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from feedback import commands, handling_commands, queries
from feedback.jobs import new_day
from feedback.model import Complaint
from feedback.states import MOVES, Danger, Kind, Outcome, Resolved, State
from portal.access.table import Action
from portal.accounts.model import Account
from portal.app import Coplan
from portal.journal import JournalEntry
from portal.work import NotVisible, Refusal, Work
from tests.builders import acting, reading, signed_in
from tests.feedback.people import a_cast, a_complaint, seen
from tests.person import Person


def handled(work: Work, told: UUID) -> Complaint:
    return queries.handled_one(work, told, Action.WRITE)


def letters_to(coplan: Coplan, account: Account) -> list[str]:
    return [text for p in coplan.settings.mail_folder.glob("*.eml") if account.login in (text := p.read_text())]


def answered(coplan: Coplan, officer: Account, told: UUID, days_ago: int = 0) -> None:
    with acting(coplan, officer) as work:
        work.now -= timedelta(days=days_ago)
        complaint = handled(work, told)
        handling_commands.check_safety(work, complaint, Danger.NONE)
        handling_commands.acknowledge(work, complaint, "We have it.", "en")
        handling_commands.begin(work, complaint)
        handling_commands.answer(work, complaint, "This is what we found, and why.", "en")


def test_nothing_is_acknowledged_before_someone_looked_whether_there_is_danger(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with acting(coplan, cast.ruth) as work, pytest.raises(Refusal):
        handling_commands.acknowledge(work, handled(work, told), "We have it.", "en")
    with acting(coplan, cast.ruth) as work:
        handling_commands.check_safety(work, handled(work, told), Danger.HELPED)
        handling_commands.acknowledge(work, handled(work, told), "We have it.", "en")
    with coplan.open_reading() as work:
        assert seen(work, told).state is State.ACKNOWLEDGED


def test_only_its_handler_may_write_about_it(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    for other in (cast.karim, cast.priya, cast.sam, cast.lena):
        with acting(coplan, other) as work, pytest.raises(NotVisible):
            handling_commands.write(work, seen(work, told), "I was here.", "en")


def test_the_teller_hears_that_there_is_a_message_and_nothing_else(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    answered(coplan, cast.ruth, a_complaint(coplan, cast.karim))
    letters = letters_to(coplan, cast.karim)
    assert letters
    assert not [letter for letter in letters if "complaint" in letter.lower() or "speak-up" in letter]


def test_a_complaint_that_is_only_half_resolved_is_open_again_and_counts_from_today(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, days_ago=30)
    answered(coplan, cast.ruth, told, days_ago=20)
    with acting(coplan, cast.karim) as work:
        commands.rate(work, queries.own_one(work, told), Resolved.HALF, "The money is still missing.", "en")
    with reading(coplan, cast.karim) as work:
        complaint = queries.own_one(work, told)
        promise = queries.promise(work, complaint)
        assert (complaint.state, complaint.resolved) == (State.REOPENED, Resolved.HALF)
        assert promise is not None
        assert promise.by == work.day + timedelta(days=10)


def test_nothing_is_closed_without_words(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, kind=Kind.FEEDBACK)
    with acting(coplan, cast.ruth) as work:
        handling_commands.answer(work, handled(work, told), "Thank you.", "en")
    with acting(coplan, cast.ruth) as work, pytest.raises(Refusal):
        handling_commands.close(work, handled(work, told), Outcome.NOT_DONE, "  ")
    with acting(coplan, cast.ruth) as work:
        handling_commands.close(work, handled(work, told), Outcome.DONE, "We bought a ramp.")
    with reading(coplan, cast.karim) as work:
        assert queries.own_one(work, told).closing == "We bought a ramp."


def test_a_translation_is_added_once_to_words_of_ours_and_kept_in_the_journal(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, language="ar")
    answered(coplan, cast.ruth, told)
    with acting(coplan, cast.karim) as work:
        commands.write(work, queries.own_one(work, told), "شكرا", "ar")
    with acting(coplan, cast.ruth) as work:
        handling_commands.translate(work, handled(work, told), 2, "هذا ما وجدناه.")
    for number in (2, 3, 9, None):  # said already, theirs, nothing, not closed
        with acting(coplan, cast.ruth) as work, pytest.raises((Refusal, NotVisible)):
            handling_commands.translate(work, handled(work, told), number, "غير ذلك")
    with acting(coplan, cast.lena) as work, pytest.raises(NotVisible):
        handling_commands.translate(work, seen(work, told), 1, "عندنا")
    with coplan.open_reading() as work:
        assert [one.translation for one in queries.messages(work, seen(work, told))] == [None, "هذا ما وجدناه.", None]
        kept = select(func.count()).where(JournalEntry.kind == "feedback.translated", JournalEntry.subject_id == told)
        assert work.session.scalar(kept) == 1


def test_feedback_is_answered_by_a_day_as_long_as_no_answer_is_there(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, kind=Kind.FEEDBACK, days_ago=15)
    with acting(coplan, cast.ruth) as work:
        promise = queries.promise(work, seen(work, told))
        assert promise is not None
        assert promise.days_late(work.day) == 1, "a fortnight, and one day more"
        handling_commands.answer(work, handled(work, told), "We moved the bench into the shade.", "en")
        assert queries.promise(work, seen(work, told)) is None


def test_feedback_that_needs_no_answer_and_a_compliment_have_no_clock(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    karim = signed_in(person, cast.karim).open("/speak-up")
    karim.send("speak-up", kind="feedback", text="The bench stands in the sun.", no_answer="yes")
    with reading(coplan, cast.karim) as work:
        (one,) = queries.own(work)
        assert queries.promise(work, one) is None
    assert "No answer is needed" in karim.open(f"/speak-up/mine/{one.id}").text
    assert "You will have an answer" not in karim.text
    thanked = a_complaint(coplan, cast.karim, kind=Kind.COMPLIMENT)
    with reading(coplan, cast.karim) as work:
        assert queries.promise(work, queries.own_one(work, thanked)) is None


def test_what_needs_no_answer_gets_one_once_it_is_called_a_complaint(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, kind=Kind.FEEDBACK, days_ago=40)
    with acting(coplan, cast.karim) as work:
        queries.own_one(work, told).no_answer = True
    with acting(coplan, cast.karim) as work:
        commands.call_complaint(work, queries.own_one(work, told))
        promise = queries.promise(work, seen(work, told))
        assert promise is not None
        assert promise.by > work.day


def test_nobody_else_may_write_or_take_back_what_somebody_told(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    for other in (cast.ruth, cast.grace, cast.priya):
        with acting(coplan, other) as work, pytest.raises(NotVisible):
            commands.withdraw(work, seen(work, told))


def test_what_was_taken_back_can_only_be_opened_again() -> None:
    assert MOVES[State.WITHDRAWN] == {State.REOPENED}


@pytest.mark.parametrize("state", State)
def test_no_state_leads_to_itself_and_every_state_leads_on(state: State) -> None:
    assert MOVES[state]
    assert state not in MOVES[state]


def test_the_handler_is_reminded_before_promises_are_missed_by_one_letter_a_day_for_all_of_them(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told, another = a_complaint(coplan, cast.karim), a_complaint(coplan, cast.karim)
    answered(coplan, cast.ruth, a_complaint(coplan, cast.karim))  # this one owes nothing now
    before = len(letters_to(coplan, cast.ruth))
    for _ in range(2):
        with coplan.open_work() as work:
            new_day(work)
        coplan.jobs.run_waiting()
    assert len(letters_to(coplan, cast.ruth)) == before + 1
    with coplan.open_reading() as work:
        assert {seen(work, one).reminded_on for one in (told, another)} == {work.day}


def test_each_morning_what_lost_its_handler_finds_another(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with coplan.open_work() as work:
        seen(work, told).handler_id = cast.sam.id  # who may not
        new_day(work)
        assert seen(work, told).handler_id == cast.ruth.id
