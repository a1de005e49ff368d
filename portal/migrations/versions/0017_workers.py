"""Workers, backups, missed visits and calendar feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Workers, backups, missed visits and calendar feeds."""
    op.create_table(
        "calendar_feed",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("covers_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id_account")),
        sa.ForeignKeyConstraint(["covers_id"], ["client.id"], name=op.f("fk_calendar_feed_covers_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_account_id"), ["account_id"], unique=False)

    op.create_table(
        "emergency_contact",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_emergency_contact_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_contact")),
    )
    with op.batch_alter_table("emergency_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_emergency_contact_client_id"), ["client_id"], unique=False)

    op.create_table(
        "staff_briefing",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_staff_briefing_made_by_account")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_staff_briefing_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_briefing")),
    )
    with op.batch_alter_table("staff_briefing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_briefing_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_briefing_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "worker",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("can_do", sa.Text(), nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("check_until", sa.Date(), nullable=True),
        sa.Column("weekdays", sa.String(length=20), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_how", sa.String(length=40), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_worker_account_id_account")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_worker_answered_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_worker_client_id_client")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_worker_proposed_by_account")),
        sa.ForeignKeyConstraint(["provider_id"], ["organisation.id"], name=op.f("fk_worker_provider_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    with op.batch_alter_table("worker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worker_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_worker_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_worker_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_worker_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "backup",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("per_hour", sa.BigInteger(), nullable=True),
        sa.Column("consented_by", sa.Uuid(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rung_on", sa.Date(), nullable=True),
        sa.Column("rung_well", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_backup_client_id_client")),
        sa.ForeignKeyConstraint(["consented_by"], ["account.id"], name=op.f("fk_backup_consented_by_account")),
        sa.ForeignKeyConstraint(["provider_id"], ["organisation.id"], name=op.f("fk_backup_provider_id_organisation")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_backup_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    with op.batch_alter_table("backup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_backup_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_backup_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_backup_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "briefing_part",
        sa.Column("briefing_id", sa.Uuid(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["briefing_id"], ["staff_briefing.id"], name=op.f("fk_briefing_part_briefing_id_staff_briefing")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_briefing_part_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_part")),
        sa.UniqueConstraint("briefing_id", "client_id", name=op.f("uq_briefing_part_briefing_id_client_id")),
    )
    with op.batch_alter_table("briefing_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefing_part_briefing_id"), ["briefing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_briefing_part_client_id"), ["client_id"], unique=False)

    op.create_table(
        "not_again",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_not_again_client_id_client")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_not_again_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_again")),
        sa.UniqueConstraint("worker_id", name=op.f("uq_not_again_worker_id")),
    )
    with op.batch_alter_table("not_again", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_again_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_not_again_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "shadow_shift",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("complex_needs", sa.Boolean(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_shadow_shift_answered_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_shadow_shift_client_id_client")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_shadow_shift_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_shadow_shift_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadow_shift")),
    )
    with op.batch_alter_table("shadow_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shadow_shift_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shadow_shift_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shadow_shift_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "briefing_read",
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_briefing_read_account_id_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_briefing_read_client_id_client")),
        sa.ForeignKeyConstraint(["part_id"], ["briefing_part.id"], name=op.f("fk_briefing_read_part_id_briefing_part")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_read")),
        sa.UniqueConstraint("part_id", "name", name=op.f("uq_briefing_read_part_id_name")),
    )
    with op.batch_alter_table("briefing_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefing_read_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_briefing_read_part_id"), ["part_id"], unique=False)

    op.create_table(
        "nobody_came",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("backup_id", sa.Uuid(), nullable=True),
        sa.Column("reserved", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_nobody_came_answered_by_account")),
        sa.ForeignKeyConstraint(["backup_id"], ["backup.id"], name=op.f("fk_nobody_came_backup_id_backup")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_nobody_came_client_id_client")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_nobody_came_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_nobody_came_told_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nobody_came")),
    )
    with op.batch_alter_table("nobody_came", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nobody_came_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nobody_came_provider_id"), ["provider_id"], unique=False)
