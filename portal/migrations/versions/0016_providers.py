"""Requests to providers, what they see, and progress notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Requests to providers, what they see, who read, and progress notes."""
    op.add_column("brief", sa.Column("read_by", sa.Uuid(), nullable=True))
    op.create_table(
        "shared_part",
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("shows", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_shared_part_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_shared_part_decided_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_shared_part_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_part")),
    )
    with op.batch_alter_table("shared_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_part_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_part_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "provider_request",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("names_client", sa.Boolean(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("token_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_provider_request_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_provider_request_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_provider_request_asked_by_account")),
        sa.ForeignKeyConstraint(["read_by"], ["account.id"], name=op.f("fk_provider_request_read_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_provider_request_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_provider_request_token_hash")),
    )
    with op.batch_alter_table("provider_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_request_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_request_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_request_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "request_line",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("offered", sa.Text(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["provider_request.id"], name=op.f("fk_request_line_request_id_provider_request")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["proposal_line.id"], name=op.f("fk_request_line_line_id_proposal_line")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_request_line_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_line")),
        sa.UniqueConstraint("request_id", "line_id", name=op.f("uq_request_line_request_id_line_id")),
    )
    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_line_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_line_request_id"), ["request_id"], unique=False)

    op.create_table(
        "request_round",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("spoke_with", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("stands_until", sa.Date(), nullable=True),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["provider_request.id"], name=op.f("fk_request_round_request_id_provider_request")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_request_round_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_request_round_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_round")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_request_round_request_id_number")),
    )
    with op.batch_alter_table("request_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_round_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_round_request_id"), ["request_id"], unique=False)

    op.create_table(
        "progress_note",
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("went", sa.String(length=40), nullable=False),
        sa.Column("how_it_went", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_progress_note_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_progress_note_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["progress_note.id"], name=op.f("fk_progress_note_corrects_id_progress_note")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_progress_note_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_progress_note_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_note")),
    )
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_note_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_progress_note_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_progress_note_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "progress_reply",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("disagrees", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["progress_note.id"], name=op.f("fk_progress_reply_note_id_progress_note")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_progress_reply_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_progress_reply_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_reply")),
    )
    with op.batch_alter_table("progress_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_reply_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_progress_reply_note_id"), ["note_id"], unique=False)
