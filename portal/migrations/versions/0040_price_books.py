"""What a provider asks stands in its price book alone, where a later entry puts an earlier one right."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

OFFERS = sa.table(
    "offering",
    *(sa.column(name, sa.Uuid()) for name in ("id", "organisation_id")),
    *(sa.column(name, sa.Text()) for name in ("program", "support")),
    sa.column("price", sa.BigInteger()),
    sa.column("since", sa.Date()),
    sa.column("withdrawn_at", sa.DateTime(timezone=True)),
)
BOOK = sa.table(
    "book_price",
    *(sa.column(name, sa.Uuid()) for name in ("id", "organisation_id")),
    *(sa.column(name, sa.Text()) for name in ("program", "support", "band")),
    sa.column("valid_from", sa.Date()),
    sa.column("price", sa.BigInteger()),
    sa.column("entered_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """The price of an offer becomes the price of a weekday in the book, unless one began there on that day or later."""
    with op.batch_alter_table("book_price", schema=None) as batch_op:
        batch_op.drop_constraint("uq_book_price_organisation_id_program_support_band_valid_from", type_="unique")
        batch_op.alter_column("price", existing_type=sa.BigInteger(), nullable=True)
    connection = op.get_bind()
    offers = sa.select(OFFERS).where(OFFERS.c.price.is_not(None), OFFERS.c.withdrawn_at.is_(None))
    for row in connection.execute(offers).all():
        told = sa.select(BOOK.c.id).where(
            BOOK.c.organisation_id == row.organisation_id,
            BOOK.c.program == row.program,
            BOOK.c.support == row.support,
            BOOK.c.band.in_(("day", "any")),
            BOOK.c.valid_from >= row.since,
        )
        if connection.execute(told).first() is None:
            connection.execute(
                sa.insert(BOOK).values(
                    id=uuid.uuid4(),
                    organisation_id=row.organisation_id,
                    program=row.program,
                    support=row.support,
                    band="day",
                    valid_from=row.since,
                    price=row.price,
                    entered_at=datetime.combine(row.since - timedelta(1), time(), UTC),  # before that day anywhere
                )
            )
    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.drop_column("price")
