"""What people say about lines, suggestions and decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What people say about lines, suggestions and decisions."""
    op.create_table(
        "decision",
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("client", "together", "ask", "inform", name="level", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("level_reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "decided", "again", "dropped", name="decisionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("line_key", sa.Uuid(), nullable=True),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "method",
            sa.Enum("chose", "talked", "weighed", "tried", "rule", name="method", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("chosen_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_decision_asked_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_decision_client_id_client")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_decision_decided_by_account")),
        sa.ForeignKeyConstraint(["follows_id"], ["decision.id"], name=op.f("fk_decision_follows_id_decision")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_decision_goal_id_goal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_client_id"), ["client_id"], unique=False)

    op.create_table(
        "decision_option",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_decision_option_added_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_decision_option_client_id_client")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_option_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_option")),
    )
    with op.batch_alter_table("decision_option", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_option_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_option_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "decision_view",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column(
            "feeling",
            sa.Enum("like", "unsure", "dislike", name="feeling", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_decision_view_account_id_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_decision_view_client_id_client")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_view_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["option_id"], ["decision_option.id"], name=op.f("fk_decision_view_option_id_decision_option")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_view")),
        sa.UniqueConstraint(
            "option_id", "account_id", "whose", name=op.f("uq_decision_view_option_id_account_id_whose")
        ),
    )
    with op.batch_alter_table("decision_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_view_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_view_decision_id"), ["decision_id"], unique=False)

    op.add_column("proposal_comment", sa.Column("answers_id", sa.Uuid(), nullable=True))
    op.add_column("proposal_comment", sa.Column("suggestion_id", sa.Uuid(), nullable=True))
    op.add_column("proposal_comment", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("proposal_comment", sa.Column("answered_by", sa.Uuid(), nullable=True))
    op.add_column("proposal_comment", sa.Column("third_id", sa.Uuid(), nullable=True))
    op.add_column("proposal_comment", sa.Column("third_asked_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("proposal_line", sa.Column("park_owner_id", sa.Uuid(), nullable=True))
    op.add_column("proposal_line", sa.Column("park_due", sa.Date(), nullable=True))
    op.add_column("proposal_line", sa.Column("park_reminded_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("suggestion", sa.Column("also", sa.Text(), nullable=True))
    op.add_column("suggestion", sa.Column("answers_id", sa.Uuid(), nullable=True))
    op.add_column("suggestion", sa.Column("asked_id", sa.Uuid(), nullable=True))
    op.add_column("suggestion", sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("suggestion", sa.Column("park_owner_id", sa.Uuid(), nullable=True))
    op.add_column("suggestion", sa.Column("park_due", sa.Date(), nullable=True))
    op.add_column("suggestion", sa.Column("park_reminded_at", sa.DateTime(timezone=True), nullable=True))
