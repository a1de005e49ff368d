"""How to communicate with a person stands in other languages too, beside their own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """How to communicate with a person stands in other languages too, beside their own words."""
    op.create_table(
        "communicate_translation",
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_of", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_communicate_translation_client_id_client")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_communicate_translation_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communicate_translation")),
        sa.UniqueConstraint("client_id", "language", name=op.f("uq_communicate_translation_client_id_language")),
    )
    with op.batch_alter_table("communicate_translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_communicate_translation_client_id"), ["client_id"], unique=False)
