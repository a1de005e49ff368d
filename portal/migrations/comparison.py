"""How models and a database are compared, and how a new revision is written from the difference."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Enum, MetaData, types
from sqlalchemy.sql.schema import SchemaItem

from portal.db import Base
from portal.journal import protections
from portal.settings import from_environment

DBOS = frozenset(  # its tables stand beside ours in SQLite, and are its own business
    {
        *("application_versions", "dbos_migrations", "notifications", "operation_outputs", "queues", "streams"),
        *("workflow_events", "workflow_events_history", "workflow_input", "workflow_output"),
        *("workflow_schedules", "workflow_status"),
    }
)


def ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: SchemaItem | None) -> bool:
    """Whether a table or a part of one is ours to change."""
    return not (kind == "table" and name in DBOS)


def _rendered(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Column types as plain SQLAlchemy ones: a revision must mean the same when the models have moved on."""
    if kind != "type":
        return False
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, types.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "include_object": ours,
    "render_item": _rendered,
    "compare_server_default": True,
    "transactional_ddl": True,
}


def metadata() -> MetaData:
    """Every table of every slice."""
    from portal.app import load_models  # here, because the application imports this package to migrate

    load_models()
    return Base.metadata


def differences(connection: Connection) -> list[Any]:
    """What would have to change in this database to be as the models say; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(connection, opts=OPTIONS), metadata()))


HEAD = '''\
"""{title}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}
branch_labels = None
depends_on = None

'''


def write_revision(title: str, folder: Path) -> Path | None:
    """Write the revision that leads from the last one to the models; None when there is nothing to change.

    The comparison is made against a fresh SQLite database, so the same models always give the same text.
    """
    from portal.db import make_engine
    from portal.migrations import current, upgrade_engine

    with tempfile.TemporaryDirectory() as place:
        engine = make_engine(from_environment({"COPLAN_DATA": place}))
        first = not list(folder.glob("[0-9]*.py"))
        if not first:
            upgrade_engine(engine)
        with engine.begin() as connection:
            before = current(connection)
            context = MigrationContext.configure(connection, opts=OPTIONS)
            script = produce_migrations(context, metadata())
        engine.dispose()
    if script.upgrade_ops is None or script.upgrade_ops.is_empty():
        return None
    body = render_python_code(script.upgrade_ops, render_as_batch=True, render_item=_rendered)
    revision = f"{len(list(folder.glob('[0-9]*.py'))) + 1:04d}"
    text = HEAD.format(title=title.rstrip("."), revision=revision, before=before)
    text += f'\ndef upgrade() -> None:\n    """{title.rstrip(".")}."""\n{_clean(body)}'
    if first:
        text += _journal_protection()
    path = folder / f"{revision}_{'_'.join(title.lower().split())[:40]}.py"
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    return path


def _clean(body: str) -> str:
    lines = [line.rstrip() for line in body.splitlines() if "commands auto generated" not in line]
    lines = [line for line in lines if "end Alembic commands" not in line]
    return "\n".join(lines) + "\n"


def _journal_protection() -> str:
    """The triggers that make the journal append-only, as they are today."""
    kept = {dialect: protections(dialect) for dialect in ("sqlite", "postgresql")}
    lines = "".join(
        f'    "{dialect}": (\n' + "".join(f'        """{statement}""",\n' for statement in statements) + "    ),\n"
        for dialect, statements in kept.items()
    )
    return (
        "    for statement in APPEND_ONLY[op.get_bind().dialect.name]:\n        op.execute(statement)\n\n\n"
        f"APPEND_ONLY: dict[str, tuple[str, ...]] = {{\n{lines}}}\n"
    )
