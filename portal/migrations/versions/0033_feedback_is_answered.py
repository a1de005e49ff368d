"""Feedback is answered by a day unless they said that no answer is needed; who added a line is told by its edits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Feedback is answered by a day unless they said that no answer is needed; who added a line is told by its edits.

    What was told before is promised nothing: nobody was asked whether they want an answer.
    """
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("no_answer", sa.Boolean(), nullable=True))
    with op.batch_alter_table("proposal_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_proposal_line_added_by_account"), type_="foreignkey")
        batch_op.drop_column("added_by")
