"""Where the journal ends, sealed: a cut-off end is noticed without a checkpoint too."""

from __future__ import annotations

import hashlib
import hmac

import sqlalchemy as sa
from alembic import context, op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Where the journal ends, sealed: a cut-off end is noticed without a checkpoint too."""
    ends = op.create_table(
        "journal_end",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_end")),
    )
    last = op.get_bind().execute(sa.text("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1")).first()
    key = context.config.attributes.get("audit_key")
    if last is None or key is None:
        return
    seal = hmac.new(key(), b"audit-end-v1" + last.seq.to_bytes(8) + bytes(last.hash), hashlib.sha256).digest()
    op.bulk_insert(ends, [{"id": 1, "seq": last.seq, "hash": bytes(last.hash), "seal": seal}])
