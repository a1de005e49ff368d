"""Days by which something is due are kept in one place, whatever they are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

#: What was due after the end of an agreement is about the provider that was left, so that it is done once.
TAKEN_OVER = """
INSERT INTO due_day (id, client_id, about, what, due, done_on, noted_by, noted_at)
SELECT id, client_id, about, what, due, done_on, noted_by, noted_at FROM (
  SELECT told.*, ROW_NUMBER() OVER (PARTITION BY client_id, about, what, due ORDER BY noted_at) AS place FROM (
    SELECT d.id, d.client_id, CASE WHEN d.what = 'review' THEN d.agreement_id ELSE a.provider_id END AS about,
      d.what, d.due, d.done_on, d.noted_by, d.noted_at
    FROM agreement_day_done d JOIN agreement a ON a.id = d.agreement_id
  ) AS told
) AS numbered WHERE place = 1
"""


def upgrade() -> None:
    """Days by which something is due are kept in one place, whatever they are about."""
    op.create_table(
        "due_day",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_due_day_client_id_client")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_due_day_noted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_day")),
        sa.UniqueConstraint("client_id", "about", "what", "due", name=op.f("uq_due_day_client_id_about_what_due")),
    )
    with op.batch_alter_table("due_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_day_client_id"), ["client_id"], unique=False)
    op.execute(TAKEN_OVER)
    op.drop_table("agreement_day_done")
