"""What each client's money reaches, and the alarms they chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What each client's money reaches, and the alarms they chose."""
    op.create_table(
        "alarm",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("component", sa.String(length=80), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_alarm_client_id_client")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_alarm_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    with op.batch_alter_table("alarm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_client_id"), ["client_id"], unique=False)

    op.create_table(
        "outlook",
        sa.Column("computed_on", sa.Date(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("prices", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("funding_id", sa.Uuid(), nullable=False),
        sa.Column("funding_version", sa.BigInteger(), nullable=False),
        sa.Column("funding_ends", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("runs_dry", sa.Date(), nullable=True),
        sa.Column("more_on", sa.Date(), nullable=True),
        sa.Column("short", sa.BigInteger(), nullable=False),
        sa.Column("left", sa.BigInteger(), nullable=True),
        sa.Column("minutes_left", sa.BigInteger(), nullable=False),
        sa.Column("week_spent", sa.BigInteger(), nullable=True),
        sa.Column("week_planned", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_outlook_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook")),
        sa.UniqueConstraint("client_id", name=op.f("uq_outlook_client_id")),
    )
    with op.batch_alter_table("outlook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outlook_client_id"), ["client_id"], unique=False)

    op.create_table(
        "outlook_part",
        sa.Column("component", sa.String(length=80), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("runs_dry", sa.Date(), nullable=True),
        sa.Column("more_on", sa.Date(), nullable=True),
        sa.Column("short", sa.BigInteger(), nullable=False),
        sa.Column("left", sa.BigInteger(), nullable=True),
        sa.Column("minutes_left", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_outlook_part_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook_part")),
        sa.UniqueConstraint("client_id", "component", name=op.f("uq_outlook_part_client_id_component")),
    )
    with op.batch_alter_table("outlook_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outlook_part_client_id"), ["client_id"], unique=False)

    op.create_table(
        "alarm_listener",
        sa.Column("alarm_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_alarm_listener_account_id_account")),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name=op.f("fk_alarm_listener_alarm_id_alarm")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_alarm_listener_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_listener")),
        sa.UniqueConstraint("alarm_id", "account_id", name=op.f("uq_alarm_listener_alarm_id_account_id")),
    )
    with op.batch_alter_table("alarm_listener", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_listener_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_listener_alarm_id"), ["alarm_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_listener_client_id"), ["client_id"], unique=False)

    op.create_table(
        "alarm_ring",
        sa.Column("alarm_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("component", sa.String(length=80), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("before", sa.Date(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("rung_on", sa.Date(), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name=op.f("fk_alarm_ring_alarm_id_alarm")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_alarm_ring_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_ring")),
    )
    with op.batch_alter_table("alarm_ring", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_ring_alarm_id"), ["alarm_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_ring_client_id"), ["client_id"], unique=False)
