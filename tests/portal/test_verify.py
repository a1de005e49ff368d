"""``coplan verify`` names what was changed behind the portal's back."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from portal import checkpoints
from portal.access.table import Resource
from portal.accounts.events import Looked
from portal.app import Coplan
from portal.cli import main
from portal.settings import Settings, SettingsError
from portal.verifying import breaks, verify
from tests.conftest import demo_settings

LOOSE = ("DROP TRIGGER journal_entry_no_delete",)  #: what somebody with the file of the database can do


@pytest.fixture(scope="module")
def settings(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of a whole demonstration."""
    folder = tmp_path_factory.mktemp("verify") / "data"
    shutil.copytree(demonstrated, folder)
    return demo_settings(folder)


def _found(coplan: Coplan) -> list[str]:
    with coplan.open_reading() as work:
        return list(breaks(work))


def test_an_untouched_portal_holds(settings: Settings) -> None:
    assert _found(Coplan(settings)) == []


def test_in_a_folder_without_a_portal_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COPLAN_DATA", str(tmp_path / "elsewhere"))
    assert main(["verify"]) == 2
    assert "Nothing was looked at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_one_of_its_keys_nothing_is_looked_at_and_no_key_is_made(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(settings.data, folder)
    key = folder / "keys" / "audit-v1.key"
    key.unlink()
    with pytest.raises(SettingsError, match=r"audit-v1\.key"):
        verify(demo_settings(folder))
    assert not key.exists()


def test_an_empty_database_is_left_empty(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(settings.data, folder)
    database = folder / "coplan.db"
    database.write_bytes(b"")
    with pytest.raises(SettingsError, match=r"coplan\.db"):
        verify(demo_settings(folder))
    assert database.read_bytes() == b""


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE agreement_text SET html = CAST(html || 'x' AS BLOB)", "agreement texts: text"),
        ("UPDATE agreement_text SET html = html || 'x'", "agreement texts: text"),
        ("UPDATE plan_version SET content = content || ' '", "plan versions: version"),
        ("UPDATE proposal SET frozen = frozen || ' ' WHERE frozen IS NOT NULL", "accepted proposals: proposal"),
        ("UPDATE signature SET round = round + 1", "signatures: signature"),
        ("UPDATE plan_version SET content = CAST(x'ff' AS TEXT)", "plan versions: a row cannot be read"),
    ],
)
def test_what_was_frozen_cannot_be_changed_unseen(settings: Settings, statement: str, names: str) -> None:
    coplan = Coplan(settings)
    with coplan.open_work() as work:
        work.session.execute(text(statement))
        found = list(breaks(work))
        work.session.rollback()
    assert any(sentence.startswith(names) for sentence in found)


def test_a_plan_that_is_in_force_twice_is_named(settings: Settings) -> None:
    coplan = Coplan(settings)
    columns = "client_id, number, content, hash, starts, state, reason, agreed_at, in_force_at, version"
    with coplan.open_work() as work:
        again = columns.replace("number", "number + 100")
        work.session.execute(
            text(
                f"INSERT INTO plan_version (id, {columns}) SELECT lower(hex(randomblob(16))), {again} "
                "FROM plan_version WHERE state = 'in_force'"
            )
        )
        found = list(breaks(work))
        work.session.rollback()
    assert any(sentence.startswith("plans in force: client") for sentence in found)


def test_a_lost_copy_of_an_agreement_is_named(settings: Settings) -> None:
    kept = [path for path in settings.files.rglob("*") if path.is_file()]
    assert kept, "the demonstration keeps the copy of a signed agreement"
    away = Path(str(kept[0]) + ".away")
    kept[0].rename(away)
    try:
        assert any(sentence.startswith("agreement copies:") for sentence in _found(Coplan(settings)))
    finally:
        away.rename(kept[0])


def test_an_end_that_was_cut_off_the_journal_is_named_without_a_checkpoint(settings: Settings) -> None:
    coplan = Coplan(settings)
    with coplan.open_work() as work:
        last = work.house.journal.length(work.session)
        for statement in (*LOOSE, f"DELETE FROM journal_entry WHERE seq > {last - 3}"):
            work.session.execute(text(statement))
        found = list(breaks(work))
        work.session.rollback()
    assert any(one.startswith(f"journal: entry {last - 2} and what came after it are missing") for one in found)


def test_a_journal_that_was_put_back_as_it_was_earlier_is_noticed_by_its_checkpoint(settings: Settings) -> None:
    coplan = Coplan(settings)
    with coplan.open_work() as work:
        earlier = work.house.journal.length(work.session)
        end = dict(work.session.execute(text("SELECT seq, hash, seal FROM journal_end")).mappings().one())
        work.record(Looked(client_id=uuid4(), resource=Resource.PLAN))
        assert checkpoints.keep(work)
        assert not checkpoints.keep(work), "nothing happened since"
        assert list(breaks(work)) == []
        for statement in (*LOOSE, f"DELETE FROM journal_entry WHERE seq > {earlier}"):
            work.session.execute(text(statement))
        work.session.execute(text("UPDATE journal_end SET seq = :seq, hash = :hash, seal = :seal"), end)
        assert work.house.journal.first_break(work.session) is None, "the journal alone does not notice"
        found = list(breaks(work))
        work.session.rollback()
    settings.checkpoints.unlink()  # what it holds was taken back
    assert any(f"entry {earlier + 1} was there" in one for one in found)


def test_a_checkpoint_that_was_changed_is_named(settings: Settings) -> None:
    coplan = Coplan(settings)
    with coplan.open_reading() as work:
        checkpoints.keep(work)
    was = settings.checkpoints.read_text()
    settings.checkpoints.write_text(was.replace('"seq": ', '"seq": 1') + "nonsense\n")
    try:
        found = _found(coplan)
    finally:
        settings.checkpoints.write_text(was)
    assert "checkpoints: line 1 was changed" in found
    assert any(one.startswith("checkpoints: line 2 ") for one in found)
    assert _found(coplan) == []
