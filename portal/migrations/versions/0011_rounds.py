"""Rounds, open and fixed terms, and whose idea it was."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds, open and fixed terms, and whose idea it was."""
    _past_drafts()
    _marks()
    _whose_idea()


def _table(name: str, *columns: Any, to: dict[str, str], unique: tuple[str, ...] = ()) -> None:
    """A table about a client; ``to`` says which column points to which table."""
    to = {**to, "client_id": "client"}
    op.create_table(
        name,
        *columns,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}_{other}"))
            for column, other in to.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *([sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}"))] if unique else []),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        for column in ("client_id", "proposal_id"):
            if column in to:
                batch_op.create_index(batch_op.f(f"ix_{name}_{column}"), [column], unique=False)


def _past_drafts() -> None:
    _table(
        "past_draft",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        to={"proposal_id": "proposal"},
    )
    _table(
        "draft_sight",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("past_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        to={"proposal_id": "proposal", "account_id": "account", "past_id": "past_draft"},
        unique=("proposal_id", "account_id"),
    )
    _table(
        "proposal_round",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("past_id", sa.Uuid(), nullable=False),
        sa.Column("handed_by", sa.Uuid(), nullable=False),
        sa.Column("handed_to", sa.Uuid(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        to={"proposal_id": "proposal", "past_id": "past_draft", "handed_by": "account", "handed_to": "account"},
        unique=("proposal_id", "number"),
    )


def _marks() -> None:
    _table(
        "term_mark",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line_key", sa.Uuid(), nullable=True),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("stands", sa.String(length=40), nullable=False),
        sa.Column("comes_from", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        to={"proposal_id": "proposal", "marked_by": "account"},
    )
    _table(
        "mark_challenge",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("mark_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("line_key", sa.Uuid(), nullable=True),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        to={"proposal_id": "proposal", "mark_id": "term_mark", "asked_by": "account", "answered_by": "account"},
    )


def _whose_idea() -> None:
    _table(
        "whose_idea",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line_key", sa.Uuid(), nullable=False),
        sa.Column("idea", sa.String(length=40), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        to={"proposal_id": "proposal", "said_by": "account"},
        unique=("proposal_id", "line_key", "said_by"),
    )
    _table(
        "at_their_word",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        to={"account_id": "account", "said_by": "account"},
    )
