"""Shared homes, groups and short stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Shared homes, groups and short stays."""
    op.create_table(
        "group_change",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("people_now", sa.BigInteger(), nullable=False),
        sa.Column("people_then", sa.BigInteger(), nullable=False),
        sa.Column("workers", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_group_change_client_id_client")),
        sa.ForeignKeyConstraint(["prepared_by"], ["account.id"], name=op.f("fk_group_change_prepared_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_change")),
    )
    with op.batch_alter_table("group_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_change_client_id"), ["client_id"], unique=False)

    op.create_table(
        "house",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("others", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_house_made_by_account")),
        sa.ForeignKeyConstraint(["provider_id"], ["organisation.id"], name=op.f("fk_house_provider_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_house_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "missed_visit",
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("charge_agreed", sa.Boolean(), nullable=False),
        sa.Column("other_work", sa.Boolean(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("fee", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("other_day", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_missed_visit_client_id_client")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_missed_visit_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["account.id"], name=op.f("fk_missed_visit_written_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_visit")),
    )
    with op.batch_alter_table("missed_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_missed_visit_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_missed_visit_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "stay",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("arrives", sa.Date(), nullable=False),
        sa.Column("leaves", sa.Date(), nullable=False),
        sa.Column("per_night", sa.BigInteger(), nullable=True),
        sa.Column("minutes_a_day", sa.BigInteger(), nullable=True),
        sa.Column("per_hour", sa.BigInteger(), nullable=True),
        sa.Column("bed_per_night", sa.BigInteger(), nullable=True),
        sa.Column("skips_visits", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_stay_client_id_client")),
        sa.ForeignKeyConstraint(["provider_id"], ["organisation.id"], name=op.f("fk_stay_provider_id_organisation")),
        sa.ForeignKeyConstraint(["written_by_id"], ["account.id"], name=op.f("fk_stay_written_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stay_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "house_shift",
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("weekdays", sa.String(length=20), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column("workers", sa.BigInteger(), nullable=False),
        sa.Column("sleepover", sa.Boolean(), nullable=False),
        sa.Column("everyone", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("others", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_house_shift_house_id_house")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_shift")),
    )
    with op.batch_alter_table("house_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_house_shift_house_id"), ["house_id"], unique=False)

    op.create_table(
        "residency",
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("support", sa.String(length=80), nullable=True),
        sa.Column("moves_in", sa.Date(), nullable=False),
        sa.Column("moves_out", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_residency_answered_by_account")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_residency_asked_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_residency_client_id_client")),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_residency_house_id_house")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residency")),
        sa.UniqueConstraint("client_id", "house_id", name=op.f("uq_residency_client_id_house_id")),
    )
    with op.batch_alter_table("residency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_residency_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_residency_house_id"), ["house_id"], unique=False)
