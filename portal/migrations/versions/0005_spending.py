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
    _claims()
    _balances()


def _claims() -> None:
    op.create_table(
        "recorded_provider",
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_recorded_provider_client_id_client")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_recorded_provider_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_recorded_provider_told_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_provider")),
        sa.UniqueConstraint(
            "client_id",
            "provider_id",
            "provider_name",
            name=op.f("uq_recorded_provider_client_id_provider_id_provider_name"),
        ),
    )
    with op.batch_alter_table("recorded_provider", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recorded_provider_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recorded_provider_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "claim_number",
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_claim_number_client_id_client")),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_claim_number_told_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_number")),
        sa.UniqueConstraint("client_id", name=op.f("uq_claim_number_client_id")),
    )
    with op.batch_alter_table("claim_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_number_client_id"), ["client_id"], unique=False)

    op.create_table(
        "claimant",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration", sa.String(length=20), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_claimant_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_claimant_told_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimant")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_claimant_organisation_id")),
    )


def _balances() -> None:
    op.create_table(
        "told_balance",
        sa.Column("keeper", sa.String(length=40), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("left", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_told_balance_client_id_client")),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_told_balance_told_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_balance")),
    )
    with op.batch_alter_table("told_balance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_told_balance_client_id"), ["client_id"], unique=False)

    op.create_table(
        "their_payment",
        sa.Column("balance_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["balance_id"], ["told_balance.id"], name=op.f("fk_their_payment_balance_id_told_balance")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_their_payment_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_their_payment")),
    )
    with op.batch_alter_table("their_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_their_payment_balance_id"), ["balance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_their_payment_client_id"), ["client_id"], unique=False)

    op.create_table(
        "provider_statement",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=True),
        sa.Column("closing", sa.BigInteger(), nullable=True),
        sa.Column("contributions", sa.BigInteger(), nullable=True),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_provider_statement_client_id_client")),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_provider_statement_told_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_statement")),
        sa.UniqueConstraint("client_id", "month", name=op.f("uq_provider_statement_client_id_month")),
    )
    with op.batch_alter_table("provider_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_statement_client_id"), ["client_id"], unique=False)
