"""The numbers of the invoices of a thing, for its deposit and for the rest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The numbers of the invoices of a thing, for its deposit and for the rest."""
    with op.batch_alter_table("equipment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deposit_invoice", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("rest_invoice", sa.String(length=80), nullable=True))
