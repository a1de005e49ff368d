"""Let accounts share an address, so that making one never tells whether another is there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The address of an account that came second, beside a login that is its own."""
    op.add_column("account", sa.Column("shared_login", sa.String(length=254), nullable=True))
    op.create_index(op.f("ix_account_shared_login"), "account", ["shared_login"])
