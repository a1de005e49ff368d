"""The database's shape through time: Alembic revisions, applied at start and by ``coplan migrate``.

After a change of a model: ``python -m portal.migrations "Add the colour of a goal"`` writes the next revision,
which is then read and corrected by hand. ``docs/operating.md`` says what an operator sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from portal.db import make_engine
from portal.settings import Settings, SettingsError, keys
from portal.setup.catalogues import compile_stale

HOME = Path(__file__).parent
ONE_AT_A_TIME = 7265762  # the PostgreSQL advisory lock that lets one process migrate


def prepare(settings: Settings) -> None:
    """Everything a start needs: the database at this version, and the catalogues of each language compiled."""
    compile_stale()
    upgrade(settings)


def upgrade(settings: Settings) -> str:
    """Bring the database to this version in one transaction, or change nothing; returns a sentence for the operator.

    SettingsError when the database was made by a newer version of Coplan.
    """
    engine = make_engine(settings)
    try:
        return upgrade_engine(engine, lambda: keys(settings.data / "keys").audit)
    finally:
        engine.dispose()


def upgrade_engine(engine: Engine, audit_key: Callable[[], bytes] | None = None) -> str:
    """The same for an engine that is there already; a journal that is there too needs the key that seals its end."""
    with _alone(engine) as connection:
        before = current(connection)
        wanted = ScriptDirectory.from_config(_config(connection)).get_current_head()
        if before is not None and not _known(before):
            raise SettingsError(
                f"A newer version of Coplan made this database ({before}). Start that version, or restore a backup."
            )
        if before == wanted:
            return f"The database is at this version already ({wanted})."
        config = _config(connection)
        config.attributes["audit_key"] = audit_key
        command.upgrade(config, "head")
        return f"The database is now at this version ({wanted})."


def current(connection: Connection) -> str | None:
    """The revision a database is at, or None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def _known(revision: str) -> bool:
    script = ScriptDirectory(str(HOME))
    return revision in {found.revision for found in script.walk_revisions()}


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HOME))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other migration shares; on SQLite foreign keys are checked at its end instead."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            _foreign_keys(connection, "OFF")  # batch changes rebuild tables; this cannot be switched inside one
        try:
            with connection.begin():
                if not sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise AssertionError("a migration left rows that point nowhere; nothing was changed")
        finally:
            if sqlite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, switch: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={switch}")
