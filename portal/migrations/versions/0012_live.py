"""Private notes and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A draft may be kept by whoever began it, and a client may keep notes that nobody else reads."""
    op.add_column("proposal", sa.Column("kept_by", sa.Uuid(), nullable=True))
    op.create_table(
        "private_note",
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("writer", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_with", sa.Uuid(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_private_note_client_id_client")),
        sa.ForeignKeyConstraint(["shared_with"], ["account.id"], name=op.f("fk_private_note_shared_with_account")),
        sa.ForeignKeyConstraint(["writer"], ["account.id"], name=op.f("fk_private_note_writer_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note")),
    )
    op.create_index(op.f("ix_private_note_client_id"), "private_note", ["client_id"], unique=False)
