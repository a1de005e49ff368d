"""Between the rows of the database and the values of the calculator: the only mapping of price lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from budgeting.catalogue import FLAGS, ZONES, PriceEdition, SupportItem
from budgeting.money import Money
from portal.catalogue.model import EditionItem

COLUMNS = (
    EditionItem.number,
    EditionItem.name,
    EditionItem.category,
    EditionItem.pace_category,
    EditionItem.group,
    EditionItem.unit,
    EditionItem.quote,
    EditionItem.starts,
    EditionItem.ends,
    EditionItem.national,
    EditionItem.remote,
    EditionItem.very_remote,
    EditionItem.by_state,
    EditionItem.flags,
    EditionItem.type,
)
ROWS: Select[*tuple[Any, ...]] = select(*COLUMNS).order_by(EditionItem.position)


def item_of(row: Row[Any]) -> SupportItem:
    """A support item from a row of ``ROWS``."""
    limits: dict[str, Money | None] = {"national": row.national, "remote": row.remote, "very_remote": row.very_remote}
    for part in filter(None, row.by_state.split(",")):
        state, _, cents = part.partition("=")
        limits[state] = Money(int(cents)) if cents else None
    return SupportItem(
        number=row.number,
        name=row.name,
        category=row.category,
        pace_category=row.pace_category,
        group=row.group,
        unit=row.unit,
        quote=row.quote,
        starts=row.starts,
        ends=row.ends,
        limits=limits,
        flags=dict(zip(FLAGS, row.flags.split(","), strict=True)),
        type=row.type,
    )


def row_of(edition_id: UUID, position: int, item: SupportItem) -> Mapping[str, Any]:
    """The columns of a support item in the order of its list."""
    by_state = {zone: limit for zone, limit in item.limits.items() if zone not in ZONES}
    return {
        "edition_id": edition_id,
        "number": item.number,
        "starts": item.starts,
        "ends": item.ends,
        "position": position,
        "name": item.name,
        "category": item.category,
        "pace_category": item.pace_category,
        "group": item.group,
        "unit": item.unit,
        "quote": item.quote,
        "national": item.limits.get("national"),
        "remote": item.limits.get("remote"),
        "very_remote": item.limits.get("very_remote"),
        "by_state": ",".join(f"{state}={_cents(limit)}" for state, limit in by_state.items()),
        "flags": ",".join(item.flags.get(flag, "NA") for flag in FLAGS),
        "type": item.type,
    }


def fingerprint(edition: PriceEdition) -> str:
    """The SHA-256 of what an edition says, row by row in its order; the same when read back from the database."""
    digest = hashlib.sha256(f"{edition.program}|{edition.valid_from.isoformat()}\n".encode())
    for line in _lines(edition.rows):
        digest.update(line)
    return digest.hexdigest()


def _lines(rows: Iterable[SupportItem]) -> Iterable[bytes]:
    for item in rows:
        limits = {zone: _cents(limit) for zone, limit in sorted(item.limits.items())}
        flags = [item.flags.get(flag, "NA") for flag in FLAGS]
        said = [
            item.number, item.name, item.category, item.pace_category, item.group, item.unit, item.quote,
            item.starts.isoformat(), item.ends.isoformat(), limits, flags, item.type,
        ]  # fmt: skip
        yield json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _cents(limit: Money | None) -> str:
    return "" if limit is None else str(limit.minor)
