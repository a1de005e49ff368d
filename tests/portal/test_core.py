"""What everything rests on: the journal's chain, one transaction, jobs after commit, sealed text, sending twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from cryptography.exceptions import InvalidTag
from litestar.testing import TestClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Resource
from portal.accounts.events import Looked
from portal.accounts.model import Account
from portal.app import Coplan
from portal.cli import main
from portal.db import Stale, Vault
from portal.goals.model import Goal
from portal.jobs import JOBS, job
from portal.journal import COVERED, JournalEntry
from portal.migrations import HOME
from portal.people.model import Client
from portal.settings import SettingsError, from_environment, keys
from portal.work import Refusal, Work
from tests.builders import a_client, acting, an_account, signed_in
from tests.person import SENT_BY_A_BROWSER, Person

RAN: list[str] = []

if "test.core" not in JOBS:

    @job("test.core")
    def _note(work: Work, word: str) -> None:
        RAN.append(word)


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    RAN.clear()


def three_looks(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        for resource in (Resource.PLAN, Resource.BUDGET, Resource.STORY):
            work.record(Looked(client_id=uuid4(), resource=resource))


def behind_the_back(coplan: Coplan, statement: str, **values: Any) -> None:
    """Somebody with the database file and no conscience."""
    with coplan.database.engine.connect() as connection, connection.begin():
        if coplan.settings.sqlite:
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS journal_entry_no_{verb}"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS journal_entry_append_only ON journal_entry"))
        connection.execute(text(statement), values)


def first_break(coplan: Coplan) -> int | None:
    with coplan.open_reading() as work:
        return work.house.journal.first_break(work.session)


# the journal

CHANGED: dict[str, Any] = {
    "at": "2020-01-01 00:00:00.000000",
    "actor_id": UUID(int=7).hex,
    "on_behalf_of": UUID(int=7).hex,
    "authority_id": UUID(int=7).hex,
    "client_id": UUID(int=7).hex,
    "subject_id": UUID(int=7).hex,
    "seq": 20,
}


@pytest.mark.parametrize("column", [*COVERED, "hash", "prev_hash"])
def test_a_change_in_any_column_of_the_journal_is_named(coplan: Coplan, column: str) -> None:
    three_looks(coplan)
    assert first_break(coplan) is None
    changed = bytes(32) if "hash" in column else CHANGED.get(column, "x")
    behind_the_back(coplan, f"UPDATE journal_entry SET {column} = :changed WHERE seq = 2", changed=changed)
    assert first_break(coplan) == 2


@pytest.mark.both_databases
def test_a_missing_entry_is_named(coplan: Coplan) -> None:
    three_looks(coplan)
    behind_the_back(coplan, "DELETE FROM journal_entry WHERE seq = 2")
    assert first_break(coplan) == 2


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM journal_entry WHERE seq > 1", 2),
        ("DELETE FROM journal_entry", 1),
        ("DELETE FROM journal_end", 4),
        ("UPDATE journal_end SET seq = 2, hash = (SELECT hash FROM journal_entry WHERE seq = 2)", 4),
    ],
)
def test_an_end_of_the_journal_that_was_cut_off_is_missed_whatever_is_written_after(
    coplan: Coplan, statement: str, named: int
) -> None:
    three_looks(coplan)
    behind_the_back(coplan, statement)
    assert first_break(coplan) == named
    three_looks(coplan)
    with coplan.open_reading() as work:
        broken, entries = work.house.journal.first_break(work.session), work.house.journal.length(work.session)
    assert broken == (named if named < 4 else entries + 1)


@pytest.mark.parametrize(
    "change",
    [
        "at = at || '000'",
        "at = replace(at, ' ', 'T')",
        "client_id = upper(client_id)",
        "data = replace(data, ':', ': ')",
        "data = CAST(data AS BLOB)",
        "kind = CAST(x'ff' AS TEXT)",
    ],
)
def test_an_entry_that_means_the_same_in_other_bytes_is_named(coplan: Coplan, change: str) -> None:
    three_looks(coplan)
    behind_the_back(coplan, f"UPDATE journal_entry SET {change} WHERE seq = 2")
    assert first_break(coplan) == 2


@pytest.mark.both_databases
def test_what_an_older_version_wrote_while_this_one_started_stays_in_the_chain(coplan: Coplan) -> None:
    three_looks(coplan)
    with coplan.open_reading() as work:
        before = tuple(work.session.execute(text("SELECT seq, hash, seal FROM journal_end")).one())
    three_looks(coplan)
    values = dict(zip(("seq", "hash", "seal"), before, strict=True))
    behind_the_back(coplan, "UPDATE journal_end SET seq = :seq, hash = :hash, seal = :seal", **values)
    three_looks(coplan)
    assert first_break(coplan) is None


@pytest.mark.both_databases
def test_the_end_of_a_journal_that_is_there_already_is_sealed_by_the_migration(coplan: Coplan) -> None:
    three_looks(coplan)
    behind_the_back(coplan, "DROP TABLE journal_end")
    config, scripts = Config(), ScriptDirectory(str(HOME))
    config.attributes["audit_key"] = lambda: coplan.keys.audit
    with coplan.database.engine.begin() as connection, EnvironmentContext(config, scripts) as environment:
        environment.configure(connection=connection)
        with Operations.context(environment.get_context()):
            scripts.get_revision("0032").module.upgrade()
    assert first_break(coplan) is None
    behind_the_back(coplan, "DELETE FROM journal_entry WHERE seq = 3")
    assert first_break(coplan) == 3


@pytest.mark.both_databases
@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET kind = 'x'", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_to_change_the_journal(coplan: Coplan, statement: str) -> None:
    three_looks(coplan)
    with pytest.raises(DBAPIError, match="append-only"), coplan.open_work() as work:
        work.session.execute(text(statement))
    assert first_break(coplan) is None


@pytest.mark.both_databases
def test_entries_written_at_once_make_one_chain(coplan: Coplan) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: three_looks(coplan), range(4)))
    assert first_break(coplan) is None
    with coplan.open_reading() as work:
        assert work.house.journal.length(work.session) == 12


# one transaction


@pytest.mark.both_databases
def test_a_refusal_takes_back_what_was_written_noted_and_asked_for(coplan: Coplan) -> None:
    with pytest.raises(Refusal):
        _begin_and_refuse(coplan)
    coplan.jobs.run_waiting()
    with coplan.open_reading() as work:
        counted = unscoped(select(func.count()).select_from(Client), "a test counts all")
        assert work.session.scalar(counted) == 0
        assert work.session.scalar(select(func.count()).select_from(JournalEntry)) == 0
    assert RAN == []


def _begin_and_refuse(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        a_client(work)
        work.record(Looked(client_id=uuid4(), resource=Resource.PLAN))
        work.later("test.core", word="never")
        raise Refusal(words("No."))


def test_a_job_runs_after_the_commit_and_not_before(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        work.later("test.core", word="after")
        coplan.jobs.run_waiting()
        assert RAN == []
    coplan.jobs.run_waiting()
    assert RAN == ["after"]


def test_a_job_nobody_declared_is_not_taken(coplan: Coplan) -> None:
    with pytest.raises(LookupError), coplan.open_work() as work:
        work.later("test.nothing")


def test_an_older_version_is_refused(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        client = a_client(work)
        client.expect(1)
        client.name = "Mei Li Chen"
        work.session.flush()
        with pytest.raises(Stale):
            client.expect(1)


# sealed text


def test_a_sealed_box_opens_only_in_its_own_place() -> None:
    vault = Vault(bytes(32))
    box = vault.seal("in confidence", "complaint|1|text")
    assert vault.open(box, "complaint|1|text") == "in confidence"
    for elsewhere in ("complaint|2|text", "complaint|1|wish", "other|1|text"):
        with pytest.raises(InvalidTag):
            vault.open(box, elsewhere)
    with pytest.raises(InvalidTag):
        Vault(b"x" * 32).open(box, "complaint|1|text")


def test_the_same_text_is_never_sealed_the_same_twice() -> None:
    vault = Vault(bytes(32))
    assert vault.seal("text", "a") != vault.seal("text", "a")


# settings


@pytest.mark.parametrize(
    "environment",
    [
        {"COPLAN_MODE": "holiday"},
        {"COPLAN_JOBS": "never"},
        {"PORT": "eight"},
        {"PORT": "99999"},
        {"COPLAN_TIME_ZONE": "Mars/North"},
        {"DATABASE_URL": "mysql://secret@somewhere/x"},
        {"COPLAN_BASE_URL": "coplan.example"},
        {"SMTP_URL": "mail.example:25"},
        {"COPLAN_BASE_URL": "http://coplan.example", "COPLAN_MODE": "production"},
    ],
)
def test_a_setting_that_cannot_be_is_named_and_not_shown(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(environment))) as refused:
        from_environment(environment)
    assert "secret" not in str(refused.value)


def test_a_command_says_in_one_sentence_that_its_folder_or_database_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "a file").write_text("This is no database.")
    away = ("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x")
    for name, value in (("COPLAN_DATA", str(file)), away, ("DATABASE_URL", f"sqlite:///{file}")):
        with monkeypatch.context() as asked:
            asked.setenv("COPLAN_DATA", str(tmp_path))
            asked.setenv(name, value)
            assert main(["migrate"]) == 2
        said = capsys.readouterr().err.strip()
        assert said.startswith("We cannot use")
        assert "\n" not in said
        assert "secret" not in said


def test_a_damaged_key_is_not_used(tmp_path: Path) -> None:
    keys(tmp_path)
    (tmp_path / "audit-v1.key").write_bytes(b"short")
    with pytest.raises(SettingsError, match="damaged"):
        keys(tmp_path)


def test_keys_are_for_their_owner_only_and_stay_the_same(tmp_path: Path) -> None:
    first = keys(tmp_path)
    assert keys(tmp_path) == first
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


# sending twice


def mei_with_a_page(coplan: Coplan) -> tuple[Account, Client]:
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        return mei, a_client(work, "Mei Chen", account=mei)


def stories(coplan: Coplan) -> int:
    with coplan.open_reading() as work:
        found = work.session.scalar(unscoped(select(func.count()).select_from(Goal), "a test counts all"))
        return found or 0


@pytest.mark.both_databases
def test_a_key_that_no_page_of_ours_made_is_no_fault_of_the_portal(coplan: Coplan, person: Person) -> None:
    person.open("/sign-in").send("sign-in", login="a@example.org", password="no", _key="\x00" * 8 + "\ud7ff{}ü")
    assert person.status == 403
    assert "This page was too old" in person.text


@pytest.mark.both_databases
def test_the_same_form_sent_many_times_at_once_counts_once(
    coplan: Coplan, portal: TestClient[Any], person: Person
) -> None:
    mei, client = mei_with_a_page(coplan)
    signed_in(person, mei).open(f"/people/{client.id}/about")
    forms = [form for form in person.page.forms if (form.get("action") or "").endswith("/goals")]
    assert forms, [form.get("action") for form in person.page.forms]
    values = dict(forms[0].form_values())
    values.update({name: "Swim every week" for name in values if name in ("text", "goal")})

    def send(_: int) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        headers = {**SENT_BY_A_BROWSER, "Cookie": cookies}
        answer = portal.post(forms[0].get("action"), data=values, headers=headers, follow_redirects=False)
        return answer.status_code, answer.headers.get("location", "")

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(6)))
    assert len(answers) == 1, answers
    assert answers.pop()[0] == 303
    assert stories(coplan) == 1


@pytest.mark.both_databases
def test_facts_of_access_are_read_again_after_a_change(coplan: Coplan) -> None:
    mei, client = mei_with_a_page(coplan)
    with acting(coplan, mei) as work:
        before = work.facts_of(client.id)
        assert work.facts_of(client.id) is before
        work.record(Looked(client_id=client.id, resource=Resource.PLAN))
        assert work.facts_of(client.id) is not before
