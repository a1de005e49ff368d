"""What a new price list does to the plans in force."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a new price list does to the plans in force; a new plan that arrives; the pack for its meeting."""
    op.create_table(
        "renewal",
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by"], ["account.id"], name=op.f("fk_renewal_begun_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_renewal_client_id_client")),
        sa.ForeignKeyConstraint(["plan_id"], ["funding_plan.id"], name=op.f("fk_renewal_plan_id_funding_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
    )
    with op.batch_alter_table("renewal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_renewal_client_id"), ["client_id"], unique=False)

    op.create_table(
        "repricing_run",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("looked", sa.BigInteger(), nullable=False),
        sa.Column("reached", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_repricing_run_asked_by_account")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["price_edition.id"], name=op.f("fk_repricing_run_edition_id_price_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repricing_run")),
    )
    with op.batch_alter_table("repricing_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repricing_run_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_repricing_run_state"), ["state"], unique=False)

    op.create_table(
        "review_pack",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("left_out", sa.String(length=120), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("unused", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_by", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_review_pack_client_id_client")),
        sa.ForeignKeyConstraint(["plan_id"], ["funding_plan.id"], name=op.f("fk_review_pack_plan_id_funding_plan")),
        sa.ForeignKeyConstraint(["shown_by"], ["account.id"], name=op.f("fk_review_pack_shown_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_pack")),
        sa.UniqueConstraint("client_id", "plan_id", name=op.f("uq_review_pack_client_id_plan_id")),
    )
    with op.batch_alter_table("review_pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_pack_client_id"), ["client_id"], unique=False)

    op.create_table(
        "repriced_plan",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("earlier", sa.Boolean(), nullable=False),
        sa.Column("cost_before", sa.BigInteger(), nullable=False),
        sa.Column("cost_after", sa.BigInteger(), nullable=False),
        sa.Column("dry_before", sa.Date(), nullable=True),
        sa.Column("dry_after", sa.Date(), nullable=True),
        sa.Column("paid_before", sa.BigInteger(), nullable=False),
        sa.Column("paid_after", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sa.Column("above", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_repriced_plan_client_id_client")),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_repriced_plan_given_by_account")),
        sa.ForeignKeyConstraint(["run_id"], ["repricing_run.id"], name=op.f("fk_repriced_plan_run_id_repricing_run")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_repriced_plan_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repriced_plan")),
        sa.UniqueConstraint("run_id", "client_id", name=op.f("uq_repriced_plan_run_id_client_id")),
    )
    with op.batch_alter_table("repriced_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repriced_plan_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_repriced_plan_run_id"), ["run_id"], unique=False)

    op.create_table(
        "review_goal_word",
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("did_not", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_review_goal_word_client_id_client")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_review_goal_word_goal_id_goal")),
        sa.ForeignKeyConstraint(["pack_id"], ["review_pack.id"], name=op.f("fk_review_goal_word_pack_id_review_pack")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_goal_word")),
        sa.UniqueConstraint("pack_id", "goal_id", name=op.f("uq_review_goal_word_pack_id_goal_id")),
    )
    with op.batch_alter_table("review_goal_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_goal_word_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_goal_word_pack_id"), ["pack_id"], unique=False)
