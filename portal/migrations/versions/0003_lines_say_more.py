"""Lines say more than an ordinary week."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lines say more than an ordinary week, funding more than its parts, and a client more about the place."""
    op.add_column("proposal_line", sa.Column("more", sa.Text(), nullable=True))
    op.add_column("funding_plan", sa.Column("more", sa.Text(), nullable=True))
    op.add_column("funding_component", sa.Column("more", sa.Text(), nullable=True))
    op.add_column("client", sa.Column("region", sa.String(length=80), nullable=True))
    op.add_column("client", sa.Column("mmm", sa.BigInteger(), nullable=True))
    op.add_column("organisation", sa.Column("covers", sa.Text(), nullable=True))
