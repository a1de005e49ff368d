"""The wall: whoever it is about, their colleagues and everybody else find no trace of it."""

from __future__ import annotations

import logging
import sqlite3
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import literal, select

from feedback import handling_commands, queries, wall_commands
from feedback.model import Complaint
from feedback.states import Danger
from portal.access.scope import organisations
from portal.access.table import Action
from portal.accounts.model import Account, Role
from portal.accounts.queries import memberships
from portal.app import Coplan
from portal.journal import KINDS, JournalEntry
from portal.work import NotVisible, Refusal
from tests.builders import acting, reading, signed_in, somebody_at
from tests.feedback.people import CANARY, Cast, a_cast, a_complaint, an_unnamed_complaint, finds, party, seen
from tests.person import Person


@pytest.mark.both_databases
def test_only_the_teller_and_the_handler_find_it(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, cast.sunrise)
    with reading(coplan, cast.karim) as work:
        assert [one.id for one in queries.own(work)] == [told]
    with reading(coplan, cast.ruth) as work:
        assert finds(work, told)
    for other in (cast.grace, cast.gordon, cast.priya, cast.sam, cast.lena):
        with reading(coplan, other) as work:
            assert not finds(work, told)
            assert not queries.own(work)
            with pytest.raises(NotVisible):
                queries.handled_one(work, told)
            with pytest.raises(NotVisible):
                queries.own_one(work, told)


def test_the_handler_is_not_shown_it_as_their_own(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with reading(coplan, cast.ruth) as work, pytest.raises(NotVisible):
        queries.own_one(work, told)


def test_a_handler_named_as_its_subject_loses_it_in_the_same_transaction(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with acting(coplan, cast.ruth) as work:
        wall_commands.name_subject(work, queries.handled_one(work, told, Action.WRITE), party(cast.ruth))
        assert not finds(work, told)
    with coplan.open_reading() as work:
        assert seen(work, told).handler_id is None


@pytest.mark.both_databases
def test_another_officer_goes_on_when_one_is_too_close(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with coplan.open_work() as work:
        mira = somebody_at(work, cast.harbour, "Mira Lind", Role.OFFICER)
    with acting(coplan, cast.ruth) as work:
        wall_commands.declare_tie(work, queries.handled_one(work, told, Action.WRITE))
    with reading(coplan, mira) as work:
        assert finds(work, told)
    with reading(coplan, cast.ruth) as work:
        assert not finds(work, told)


def test_an_officer_never_handles_what_they_told_themselves(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.ruth)
    with coplan.open_reading() as work:
        assert seen(work, told).handler_id is None


def test_naming_a_worker_names_their_provider_too(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, cast.grace)
    with reading(coplan, cast.gordon) as work:
        walled = work.session.scalar(
            select(Complaint.id).where(
                Complaint.id == told, Complaint.walled(organisations(work), literal(cast.gordon.id))
            )
        )
    assert walled == told


def test_an_administrator_knows_number_age_and_state_of_what_nobody_handles(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, cast.ruth, days_ago=3)
    with reading(coplan, cast.sam) as work:
        (row,) = queries.without_handler(work)
        assert (row.id, row.days) == (told, 3)
    with acting(coplan, cast.sam) as work:
        complaint = queries.assignable(work, told)
        with pytest.raises(Refusal):
            wall_commands.ask_to_handle(work, complaint, cast.ruth.id)
        wall_commands.ask_to_handle(work, complaint, cast.priya.id)
    with reading(coplan, cast.priya) as work:
        assert finds(work, told)


def test_an_administrator_it_is_about_does_not_even_see_its_number(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    a_complaint(coplan, cast.karim, cast.harbour)
    with reading(coplan, cast.sam) as work:
        assert not queries.without_handler(work)


def test_a_handler_who_left_the_organisation_finds_nothing(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with reading(coplan, cast.ruth) as work:
        work.now += timedelta(days=1)
        assert finds(work, told)
    with coplan.open_work() as work:
        memberships(work, cast.ruth.id)[0][0].ends = work.day - timedelta(days=1)
    with reading(coplan, cast.ruth) as work:
        assert not finds(work, told)


def test_its_words_and_its_teller_are_nowhere_in_clear(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim, cast.sunrise)
    _answered(coplan, cast, told)
    coplan.database.engine.dispose()
    with sqlite3.connect(coplan.settings.data / "coplan.db") as database:
        database.execute("PRAGMA wal_checkpoint")
        rows = [row for row in database.iterdump() if '"complaint' in row or "feedback." in row]
    assert rows
    assert not [row for row in rows if CANARY in row or cast.karim.id.hex in row or str(cast.karim.id) in row]


def test_the_journal_keeps_the_day_and_not_who_told_it(coplan: Coplan) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    with coplan.open_reading() as work:
        entries = work.session.query(JournalEntry).filter(JournalEntry.subject_id == told).all()
    assert {entry.kind for entry in entries} == {"feedback.told", "feedback.handler_chosen"}
    assert {(entry.actor_id, entry.session_ref, entry.request_id) for entry in entries} == {(None, None, "")}
    assert {(entry.at.minute, entry.at.second) for entry in entries} == {(0, 0)}


def opened(coplan: Coplan, told: UUID) -> list[JournalEntry]:
    """The entries of the journal that tell who opened it."""
    with coplan.open_reading() as work:
        wanted = work.session.query(JournalEntry).filter(JournalEntry.subject_id == told)
        return wanted.filter(JournalEntry.kind == "feedback.opened").all()


def test_it_is_kept_who_opened_it_and_when_once_a_day(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    told = a_complaint(coplan, cast.karim)
    signed_in(person, cast.ruth).open("/handling")
    assert opened(coplan, told) == []
    for _ in range(2):
        assert person.open(f"/handling/{told}").status == 200
    (entry,) = opened(coplan, told)
    assert entry.actor_id == cast.ruth.id
    assert entry.session_ref
    assert entry.client_id is None
    stranger = signed_in(person.another(), cast.priya)
    assert stranger.open(f"/handling/{told}").status == 404
    assert len(opened(coplan, told)) == 1


def test_of_what_was_told_without_a_name_the_day_alone_is_kept_of_a_look(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    told = an_unnamed_complaint(coplan, ("1234", "hash"))
    signed_in(person, cast.ruth)
    for _ in range(2):
        assert person.open(f"/handling/{told}").status == 200
    (entry,) = opened(coplan, told)
    assert (entry.actor_id, entry.request_id) == (cast.ruth.id, "")
    assert (entry.at.minute, entry.at.second, entry.at.microsecond) == (0, 0, 0)


def test_every_event_about_it_is_private() -> None:
    assert all(event.private for kind, event in KINDS.items() if kind.startswith("feedback."))


def _answered(coplan: Coplan, cast: Cast, told: UUID) -> None:
    with acting(coplan, cast.ruth) as work:
        complaint = queries.handled_one(work, told, Action.WRITE)
        handling_commands.check_safety(work, complaint, Danger.NONE)
        handling_commands.acknowledge(work, complaint, f"{CANARY} acknowledged", "en")


def pages_of(person: Person) -> list[str]:
    """What somebody reads on their first page, on the pages about telling us, and on those these lead to."""
    texts, known = [], {"/", "/audit", "/handling", "/handling/waiting", "/speak-up/mine"}
    waiting = sorted(known)
    for address in waiting:
        person.open(address)
        texts.append(person.answer.text)
        found = {link.get("href").split("?")[0] for link in person.page.xpath("//a[@href]")}
        new = [href for href in sorted(found) if href.startswith("/") and not href.startswith("/static")]
        if len(waiting) < 14:
            waiting += [href for href in new if href not in known]
            known |= set(new)
    return texts


@pytest.mark.parametrize("who", ["grace", "gordon", "priya", "sam", "lena"])
def test_nobody_else_reads_a_word_of_it_on_any_page(
    coplan: Coplan, person: Person, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cast = a_cast(coplan)
    account: Account = getattr(cast, who)
    signed_in(person, account)
    told = a_complaint(coplan, cast.karim, cast.grace)
    _answered(coplan, cast, told)
    with coplan.open_reading() as work:
        number = seen(work, told).number
    after = pages_of(person)
    assert not [text for text in after if CANARY in text or number in text or str(told) in text]
    assert CANARY not in caplog.text
    for address in (f"/handling/{told}", f"/speak-up/mine/{told}"):
        assert person.open(address).status == 404
    letters = [path.read_text() for path in coplan.settings.mail_folder.glob("*.eml")]
    assert not [letter for letter in letters if account.login in letter or CANARY in letter]
