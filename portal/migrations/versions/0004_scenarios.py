"""Scenarios are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Scenarios are kept, edits can be undone one after the other, and other ways to buy a week are told."""
    op.create_table(
        "scenario",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        *_of_a_client("scenario"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_scenario_made_by_account")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_scenario_proposal_id_proposal")),
    )
    op.create_table(
        "proposal_edit",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        *_of_a_client("proposal_edit"),
        sa.ForeignKeyConstraint(["line_id"], ["proposal_line.id"], name=op.f("fk_proposal_edit_line_id_proposal_line")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_proposal_edit_made_by_account")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_edit_proposal_id_proposal")
        ),
    )
    op.create_table(
        "other_way",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        *_of_a_client("other_way"),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_other_way_told_by_account")),
    )
    op.create_table(
        "away",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("line_key", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        *_of_a_client("away"),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_away_told_by_account")),
    )
    for table, columns in {
        "away": ("client_id",),
        "scenario": ("client_id", "proposal_id"),
        "proposal_edit": ("client_id", "line_id", "proposal_id"),
        "other_way": ("client_id",),
    }.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _of_a_client(table: str) -> list[sa.schema.SchemaItem]:
    """What every table about a client has."""
    return [
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{table}_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
