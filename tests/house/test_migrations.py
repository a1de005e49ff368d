"""The database that the migrations make is the one the models describe, on both databases."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, delete, insert, inspect, text, update
from sqlalchemy.exc import DBAPIError

from portal.journal import JournalEntry
from portal.migrations import current, upgrade_engine
from portal.migrations.comparison import DBOS, differences, metadata
from portal.settings import SettingsError

pytestmark = pytest.mark.both_databases


def test_the_migrations_make_exactly_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        found = differences(connection)
    assert not found, f'run: python -m portal.migrations "What changed": {found}'


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        before = current(connection)
    assert before is not None
    assert before in upgrade_engine(engine)
    with engine.connect() as connection:
        assert current(connection) == before


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="newer version"):
        upgrade_engine(engine)


def test_every_constraint_has_a_name_that_we_chose(engine: Engine) -> None:
    look = inspect(engine)
    for table in metadata().tables:
        assert look.get_pk_constraint(table)["name"] == f"pk_{table}"
        for key in look.get_foreign_keys(table):
            assert str(key["name"]).startswith(f"fk_{table}_")


def test_the_database_itself_refuses_to_change_or_drop_a_journal_entry(engine: Engine) -> None:
    entry = {
        "seq": 1,
        "at": datetime(2026, 7, 1, tzinfo=UTC),
        "actor_id": uuid.uuid4(),
        "actor_kind": "account",
        "strength": "session",
        "kind": "test",
        "decision": "allowed",
        "request_id": "r",
        "data": "{}",
        "prev_hash": bytes(32),
        "hash": bytes(32),
    }
    with engine.begin() as connection:
        connection.execute(insert(JournalEntry), entry)
    for change in (update(JournalEntry).values(kind="other"), delete(JournalEntry)):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(change)


def test_foreign_keys_hold_after_a_migration(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        upgrade_engine(engine)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    for table in metadata().tables.values():
        for key in table.foreign_keys:
            assert key.column.table.name in metadata().tables


def test_no_table_of_ours_has_a_name_that_the_job_engine_uses(engine: Engine) -> None:
    assert not DBOS & set(metadata().tables)
