"""A plan manager is no party to a change any more: what it was told of by earlier versions goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A plan manager is no party to a change any more: what it was told of by earlier versions goes."""
    authorisation = sa.table("authorisation", sa.column("party", sa.String()))
    op.execute(authorisation.delete().where(authorisation.c.party == "plan_manager"))
