"""What Alembic runs: the connection is handed in, the transaction is the caller's."""

from __future__ import annotations

from alembic import context

from portal.migrations.comparison import OPTIONS, metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata(), **OPTIONS)
context.run_migrations()
