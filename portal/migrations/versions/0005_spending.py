"""Delivered supports, claims and balances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Delivered supports, claims and balances."""
    op.create_table(
        "spending_import",
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("day_order", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rows_done", sa.BigInteger(), nullable=False),
        sa.Column("rows_all", sa.BigInteger(), nullable=False),
        sa.Column("read_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("known", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_spending_import_asked_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_spending_import_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_import")),
    )
    with op.batch_alter_table("spending_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spending_import_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spending_import_state"), ["state"], unique=False)

    op.create_table(
        "delivered",
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("abn", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("thousandths", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("gst", sa.String(length=40), nullable=False),
        sa.Column("claim_type", sa.String(length=40), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=True),
        sa.Column("management", sa.String(length=40), nullable=True),
        sa.Column("contribution", sa.BigInteger(), nullable=True),
        sa.Column("invoice", sa.String(length=80), nullable=False),
        sa.Column("invoice_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("questioned_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("row", sa.BigInteger(), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_why", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_delivered_client_id_client")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_delivered_entered_by_account")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["spending_import.id"], name=op.f("fk_delivered_import_id_spending_import")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_delivered_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivered")),
        sa.UniqueConstraint("client_id", "mark", name=op.f("uq_delivered_client_id_mark")),
    )
    with op.batch_alter_table("delivered", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivered_client_id"), ["client_id"], unique=False)
        batch_op.create_index("ix_delivered_client_id_first", ["client_id", "first"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivered_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivered_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivered_state"), ["state"], unique=False)
