"""First shape of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """First shape of the database."""
    op.create_table(
        "account",
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "client",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=3), nullable=False),
        sa.Column("zone", sa.String(length=12), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("how_to_communicate", sa.Text(), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_table(
        "done",
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", "key", name=op.f("pk_done")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.String(length=12), nullable=False),
        sa.Column("on_behalf_of", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("session_ref", sa.String(length=16), nullable=True),
        sa.Column("strength", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entry_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entry_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("abn", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "rate_count",
        sa.Column("bucket", sa.String(length=120), nullable=False),
        sa.Column("window", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "window", name=op.f("pk_rate_count")),
    )
    op.create_table(
        "set_up",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_set_up")),
    )
    op.create_table(
        "start_draft",
        sa.Column("visitor_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_draft")),
        sa.UniqueConstraint("visitor_hash", name=op.f("uq_start_draft_visitor_hash")),
    )
    with op.batch_alter_table("start_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_draft_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "book_price",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("support", sa.String(length=60), nullable=False),
        sa.Column("band", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_book_price_entered_by_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_book_price_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_price")),
        sa.UniqueConstraint(
            "organisation_id",
            "program",
            "support",
            "band",
            "valid_from",
            name=op.f("uq_book_price_organisation_id_program_support_band_valid_from"),
        ),
    )
    with op.batch_alter_table("book_price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_book_price_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("in_danger", sa.Boolean(), nullable=False),
        sa.Column("danger", sa.String(length=40), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("resolved", sa.String(length=40), nullable=True),
        sa.Column("told_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("teller_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("called_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reach_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("wish_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closing_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("code_prefix", sa.String(length=4), nullable=True),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["handler_id"], ["account.id"], name=op.f("fk_complaint_handler_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_code_prefix"), ["code_prefix"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_handler_id"), ["handler_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_told_mark"), ["told_mark"], unique=False)

    op.create_table(
        "contribution",
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_contribution_asked_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contribution_client_id_client")),
        sa.ForeignKeyConstraint(["payer_id"], ["account.id"], name=op.f("fk_contribution_payer_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_payer_id"), ["payer_id"], unique=False)

    op.create_table(
        "funding_plan",
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("reassessment", sa.Date(), nullable=True),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("typed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("classification", sa.String(length=12), nullable=True),
        sa.Column("entered", sa.Date(), nullable=True),
        sa.Column("means_status", sa.String(length=40), nullable=True),
        sa.Column("cohort", sa.String(length=40), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("spent_until", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_funding_plan_client_id_client")),
        sa.ForeignKeyConstraint(["typed_by"], ["account.id"], name=op.f("fk_funding_plan_typed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_plan")),
    )
    with op.batch_alter_table("funding_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_plan_client_id"), ["client_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("wording_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_goal_answered_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_goal_client_id_client")),
        sa.ForeignKeyConstraint(["said_by"], ["account.id"], name=op.f("fk_goal_said_by_account")),
        sa.ForeignKeyConstraint(["wording_by"], ["account.id"], name=op.f("fk_goal_wording_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_client_id"), ["client_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("relationship", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("consents", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by"], ["account.id"], name=op.f("fk_invitation_accepted_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_invitation_client_id_client")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_invitation_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_client_id"), ["client_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "account_id", "organisation_id", "role", name=op.f("uq_membership_account_id_organisation_id_role")
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "ordinary_week",
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_ordinary_week_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordinary_week")),
    )
    with op.batch_alter_table("ordinary_week", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ordinary_week_client_id"), ["client_id"], unique=False)

    op.create_table(
        "plan_version",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreed_by"], ["account.id"], name=op.f("fk_plan_version_agreed_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_plan_version_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_plan_version_client_id_number")),
    )
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_version_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_version_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "price_edition",
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("rows_hash", sa.String(length=64), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("compared_with", sa.Uuid(), nullable=True),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compared_with"], ["price_edition.id"], name=op.f("fk_price_edition_compared_with_price_edition")
        ),
        sa.ForeignKeyConstraint(["imported_by"], ["account.id"], name=op.f("fk_price_edition_imported_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_edition")),
        sa.UniqueConstraint("program", "valid_from", "place", name=op.f("uq_price_edition_program_valid_from_place")),
    )
    op.create_table(
        "proposal",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("frozen_hash", sa.String(length=64), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by"], ["account.id"], name=op.f("fk_proposal_accepted_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_proposal_client_id_client")),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name=op.f("fk_proposal_started_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_client_id"), ["client_id"], unique=False)

    op.create_table(
        "restriction",
        sa.Column("hidden_from", sa.Uuid(), nullable=False),
        sa.Column("hides", sa.String(length=40), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_restriction_client_id_client")),
        sa.ForeignKeyConstraint(["hidden_from"], ["account.id"], name=op.f("fk_restriction_hidden_from_account")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_restriction_set_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restriction_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restriction_hidden_from"), ["hidden_from"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stepped_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "story_answer",
        sa.Column("prompt", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("wording_by", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_story_answer_client_id_client")),
        sa.ForeignKeyConstraint(["said_by"], ["account.id"], name=op.f("fk_story_answer_said_by_account")),
        sa.ForeignKeyConstraint(["wording_by"], ["account.id"], name=op.f("fk_story_answer_wording_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_answer")),
        sa.UniqueConstraint("client_id", "prompt", name=op.f("uq_story_answer_client_id_prompt")),
    )
    with op.batch_alter_table("story_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_answer_client_id"), ["client_id"], unique=False)

    op.create_table(
        "tie",
        sa.Column("relationship", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_tie_account_id_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_tie_client_id_client")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_tie_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tie_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tie_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_hash", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("review", sa.Date(), nullable=False),
        sa.Column("client_notice", sa.BigInteger(), nullable=False),
        sa.Column("provider_notice", sa.BigInteger(), nullable=False),
        sa.Column("cancel_notice", sa.BigInteger(), nullable=False),
        sa.Column("travel", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("print_sha256", sa.String(length=64), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_agreement_client_id_client")),
        sa.ForeignKeyConstraint(["offered_by"], ["account.id"], name=op.f("fk_agreement_offered_by_account")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_agreement_proposal_id_proposal")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_agreement_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("proposal_id", "provider_id", name=op.f("uq_agreement_proposal_id_provider_id")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "authority",
        sa.Column("tie_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_authority_client_id_client")),
        sa.ForeignKeyConstraint(["tie_id"], ["tie.id"], name=op.f("fk_authority_tie_id_tie")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
    )
    with op.batch_alter_table("authority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authority_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authority_tie_id"), ["tie_id"], unique=False)

    op.create_table(
        "brief",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("parts", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_how", sa.String(length=40), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("spoke_with", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("token_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_brief_answered_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_brief_client_id_client")),
        sa.ForeignKeyConstraint(["provider_id"], ["organisation.id"], name=op.f("fk_brief_provider_id_organisation")),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_brief_version_id_plan_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_brief_token_hash")),
        sa.UniqueConstraint(
            "version_id", "provider_id", "provider_name", name=op.f("uq_brief_version_id_provider_id_provider_name")
        ),
    )
    with op.batch_alter_table("brief", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brief_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_brief_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_brief_version_id"), ["version_id"], unique=False)

    op.create_table(
        "change_request",
        sa.Column("base_id", sa.Uuid(), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_shared", sa.Boolean(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_for", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("became_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["plan_version.id"], name=op.f("fk_change_request_base_id_plan_version")),
        sa.ForeignKeyConstraint(
            ["became_id"], ["plan_version.id"], name=op.f("fk_change_request_became_id_plan_version")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_change_request_client_id_client")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_change_request_made_by_account")),
        sa.ForeignKeyConstraint(
            ["made_for"], ["organisation.id"], name=op.f("fk_change_request_made_for_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    with op.batch_alter_table("change_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_request_client_id"), ["client_id"], unique=False)

    op.create_table(
        "complaint_message",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_complaint_message_author_id_account")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_message_complaint_id_complaint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_message")),
        sa.UniqueConstraint("complaint_id", "number", name=op.f("uq_complaint_message_complaint_id_number")),
    )
    with op.batch_alter_table("complaint_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_message_complaint_id"), ["complaint_id"], unique=False)

    op.create_table(
        "complaint_wall",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_complaint_wall_account_id_account")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_wall_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_complaint_wall_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_wall")),
        sa.UniqueConstraint("complaint_id", "account_id", name=op.f("uq_complaint_wall_complaint_id_account_id")),
        sa.UniqueConstraint(
            "complaint_id", "organisation_id", name=op.f("uq_complaint_wall_complaint_id_organisation_id")
        ),
    )
    with op.batch_alter_table("complaint_wall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_wall_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_wall_complaint_id"), ["complaint_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_wall_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("tie_id", sa.Uuid(), nullable=False),
        sa.Column("covers", sa.String(length=40), nullable=False),
        sa.Column("comments", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("given_how", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_consent_client_id_client")),
        sa.ForeignKeyConstraint(["tie_id"], ["tie.id"], name=op.f("fk_consent_tie_id_tie")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_tie_id"), ["tie_id"], unique=False)

    op.create_table(
        "determination",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("rate_ppm", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_determination_client_id_client")),
        sa.ForeignKeyConstraint(["plan_id"], ["funding_plan.id"], name=op.f("fk_determination_plan_id_funding_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_determination")),
    )
    with op.batch_alter_table("determination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_determination_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_determination_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "funding_component",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("management", sa.String(length=40), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("spent_until", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_funding_component_client_id_client")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["funding_plan.id"], name=op.f("fk_funding_component_plan_id_funding_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_component")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_funding_component_plan_id_key")),
    )
    with op.batch_alter_table("funding_component", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_component_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_funding_component_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "ledger_transfer",
        sa.Column("debit", sa.String(length=40), nullable=False),
        sa.Column("credit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_ledger_transfer_positive")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_ledger_transfer_two_accounts")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_ledger_transfer_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_ledger_transfer_client_id_client")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_ledger_transfer_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ledger_transfer.id"], name=op.f("fk_ledger_transfer_reverses_id_ledger_transfer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transfer")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_transfer_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_transfer_reverses_id")),
    )
    with op.batch_alter_table("ledger_transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_transfer_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_transfer_contribution_id"), ["contribution_id"], unique=False)

    op.create_table(
        "list_import",
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("allow_ended", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_list_import_asked_by_account")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["price_edition.id"], name=op.f("fk_list_import_edition_id_price_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
    )
    with op.batch_alter_table("list_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_import_state"), ["state"], unique=False)

    op.create_table(
        "payment_attempt",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_payment_attempt_client_id_client")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_payment_attempt_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_attempt")),
        sa.UniqueConstraint("contribution_id", "number", name=op.f("uq_payment_attempt_contribution_id_number")),
        sa.UniqueConstraint("session_id", name=op.f("uq_payment_attempt_session_id")),
    )
    with op.batch_alter_table("payment_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_attempt_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_attempt_contribution_id"), ["contribution_id"], unique=False)

    op.create_table(
        "payment_news",
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_payment_news_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_news")),
        sa.UniqueConstraint("event_id", name=op.f("uq_payment_news_event_id")),
    )
    with op.batch_alter_table("payment_news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_news_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_news_session_id"), ["session_id"], unique=False)

    op.create_table(
        "plan_part",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_plan_part_client_id_client")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_plan_part_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_plan_part_version_id_plan_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_part")),
        sa.UniqueConstraint("version_id", "line_id", name=op.f("uq_plan_part_version_id_line_id")),
    )
    with op.batch_alter_table("plan_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_part_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_part_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_part_version_id"), ["version_id"], unique=False)

    op.create_table(
        "proposal_line",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("support", sa.String(length=80), nullable=True),
        sa.Column("component", sa.String(length=80), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.String(length=20), nullable=True),
        sa.Column("begins_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("every_n_weeks", sa.BigInteger(), nullable=False),
        sa.Column("sleepover", sa.Boolean(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=True),
        sa.Column("spread", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("on_holidays", sa.String(length=40), nullable=False),
        sa.Column("holiday_price", sa.BigInteger(), nullable=True),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_proposal_line_added_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_proposal_line_client_id_client")),
        sa.ForeignKeyConstraint(["edited_by"], ["account.id"], name=op.f("fk_proposal_line_edited_by_account")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_proposal_line_goal_id_goal")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_line_proposal_id_proposal")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_proposal_line_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_line")),
    )
    with op.batch_alter_table("proposal_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_line_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_line_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_line_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "support_item",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=2), nullable=False),
        sa.Column("pace_category", sa.String(length=2), nullable=False),
        sa.Column("registration_group", sa.String(length=4), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("quote", sa.Boolean(), nullable=False),
        sa.Column("national", sa.BigInteger(), nullable=True),
        sa.Column("remote", sa.BigInteger(), nullable=True),
        sa.Column("very_remote", sa.BigInteger(), nullable=True),
        sa.Column("by_state", sa.Text(), nullable=False),
        sa.Column("flags", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["price_edition.id"], name=op.f("fk_support_item_edition_id_price_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "number", "starts", name=op.f("pk_support_item")),
    )
    with op.batch_alter_table("support_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_item_number"), ["number"], unique=False)

    op.create_table(
        "agreement_text",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("html", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_text_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_agreement_text_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_text")),
        sa.UniqueConstraint(
            "agreement_id", "round", "language", name=op.f("uq_agreement_text_agreement_id_round_language")
        ),
    )
    with op.batch_alter_table("agreement_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_text_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_text_client_id"), ["client_id"], unique=False)

    op.create_table(
        "authorisation",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("instead", sa.Boolean(), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("spoke_with", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_authorisation_account_id_account")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_authorisation_answered_by_account")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_authorisation_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_authorisation_client_id_client")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_authorisation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["change_request.id"], name=op.f("fk_authorisation_request_id_change_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
    )
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorisation_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorisation_request_id"), ["request_id"], unique=False)

    op.create_table(
        "funding_period",
        sa.Column("component_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_funding_period_client_id_client")),
        sa.ForeignKeyConstraint(
            ["component_id"], ["funding_component.id"], name=op.f("fk_funding_period_component_id_funding_component")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_period")),
    )
    with op.batch_alter_table("funding_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_period_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_funding_period_component_id"), ["component_id"], unique=False)

    op.create_table(
        "proposal_comment",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disagrees", sa.Boolean(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_proposal_comment_client_id_client")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["proposal_line.id"], name=op.f("fk_proposal_comment_line_id_proposal_line")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_comment_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(["resolved_by"], ["account.id"], name=op.f("fk_proposal_comment_resolved_by_account")),
        sa.ForeignKeyConstraint(["said_by"], ["account.id"], name=op.f("fk_proposal_comment_said_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_comment")),
    )
    with op.batch_alter_table("proposal_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_comment_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_comment_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "reaction",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("feeling", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reaction_account_id_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_reaction_client_id_client")),
        sa.ForeignKeyConstraint(["line_id"], ["proposal_line.id"], name=op.f("fk_reaction_line_id_proposal_line")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_reaction_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reaction")),
        sa.UniqueConstraint("line_id", "account_id", name=op.f("uq_reaction_line_id_account_id")),
    )
    with op.batch_alter_table("reaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reaction_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reaction_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("signed_as", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("authority_kind", sa.String(length=40), nullable=True),
        sa.Column("on_behalf_of", sa.Uuid(), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("helper", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signature_account_id_account")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_signature_authority_id_authority")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_signature_client_id_client")),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["client.id"], name=op.f("fk_signature_on_behalf_of_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("agreement_id", "round", "side", name=op.f("uq_signature_agreement_id_round_side")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_client_id"), ["client_id"], unique=False)

    op.create_table(
        "suggestion",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("suggests", sa.String(length=40), nullable=False),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suggested_by", sa.Uuid(), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_suggestion_answered_by_account")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_suggestion_client_id_client")),
        sa.ForeignKeyConstraint(["line_id"], ["proposal_line.id"], name=op.f("fk_suggestion_line_id_proposal_line")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_suggestion_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["suggested_by"], ["account.id"], name=op.f("fk_suggestion_suggested_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_proposal_id"), ["proposal_id"], unique=False)

    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END""",
        """CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END""",
        """CREATE TRIGGER ledger_transfer_no_update BEFORE UPDATE ON ledger_transfer
BEGIN SELECT RAISE(ABORT, 'ledger_transfer is append-only'); END""",
        """CREATE TRIGGER ledger_transfer_no_delete BEFORE DELETE ON ledger_transfer
BEGIN SELECT RAISE(ABORT, 'ledger_transfer is append-only'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION refuse_journal_entry_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'journal_entry is append-only'; END $$""",
        """CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_entry_change()""",
        """CREATE OR REPLACE FUNCTION refuse_ledger_transfer_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'ledger_transfer is append-only'; END $$""",
        """CREATE TRIGGER ledger_transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_transfer_change()""",
    ),
}
