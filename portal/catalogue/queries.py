"""Reading price lists: those in force as values of the calculator, what each changed, and how imports went."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, exists, not_, or_, select
from sqlalchemy.orm import aliased

from budgeting.catalogue import Editions, PriceEdition
from budgeting.programs import PROGRAMS, shipped
from portal.access.table import Action, Resource
from portal.accounts.model import Account
from portal.catalogue.comparison import EditionChanges, compare_editions
from portal.catalogue.model import Edition, EditionItem, ImportState, ListImport, Origin
from portal.catalogue.stored import ROWS, fingerprint, item_of
from portal.invariants import invariant
from portal.work import NotVisible, Work

V = TypeVar("V")
KEPT: OrderedDict[Hashable, Any] = OrderedDict()  # by edition ids; an edition never changes
MOST_KEPT = 40


def editions(work: Work, program: str) -> Editions:
    """The price lists of a program, each from its first day; the shipped ones while none was imported.

    An unknown program is a KeyError.
    """
    return editions_of(work, program, in_force(work, program))


def editions_of(work: Work, program: str, ids: Sequence[UUID]) -> Editions:
    """Some price lists of a program, by their ids; the shipped ones when these are none."""
    key = ("editions", tuple(ids))
    return _kept(key, lambda: Editions(edition(work, one) for one in ids)) if ids else shipped(program)


IN_FORCE = (
    select(Edition.valid_from, Edition.id)
    .where(Edition.program == bindparam("program"))
    .order_by(Edition.valid_from, Edition.place)
)


def in_force(work: Work, program: str) -> Sequence[UUID]:
    """The ids of the lists that count, oldest first: of each first day the one imported last.

    A page that prices much asks once: what a reading transaction sees does not change.
    """
    known: dict[str, Sequence[UUID]] = work.session.info.setdefault("price lists", {}) if work.reading else {}
    if program not in known:
        rows = work.reads.all(IN_FORCE, {"program": program})
        known[program] = tuple({row.valid_from: row.id for row in rows}.values())
    return known[program]


def edition(work: Work, edition_id: UUID) -> PriceEdition:
    """One price list with its rows; NotVisible when there is none of this id."""

    def load() -> PriceEdition:
        about = work.session.get(Edition, edition_id)
        if about is None:
            raise NotVisible
        rows = work.session.execute(ROWS.where(EditionItem.edition_id == edition_id))
        return PriceEdition(about.program, about.valid_from, tuple(map(item_of, rows)), about.source)

    return _kept(("edition", edition_id), load)


def before(work: Work, program: str, valid_from: date) -> Edition | None:
    """What a list of this first day is compared with: the latest published one until then, else the shipped one."""
    found = work.session.scalars(
        select(Edition).where(Edition.id.in_(in_force(work, program)), Edition.valid_from <= valid_from)
    ).all()
    return max(found, key=lambda one: (one.origin is Origin.PUBLISHED, one.valid_from), default=None)


def changes(work: Work, about: Edition) -> EditionChanges:
    """What a price list changed against the one it was compared with when it came in."""
    old = None if about.compared_with is None else edition(work, about.compared_with)
    return _kept(("changes", about.id), lambda: compare_editions(old, edition(work, about.id)))


@dataclass(frozen=True)
class PriceList:
    """A price list as it stands in the list of lists."""

    id: UUID
    program: str
    valid_from: date
    origin: Origin
    source: str
    rows: int
    imported_at: datetime
    imported_by: str | None
    replaced: bool


def price_lists(work: Work) -> Sequence[PriceList]:
    """Every price list there is, the newest first; only for who may import."""
    _demand_import(work)
    counting = {one for program in PROGRAMS for one in in_force(work, program)}
    rows = work.session.execute(
        select(Edition, Account.name)
        .outerjoin(Account, Account.id == Edition.imported_by)
        .order_by(Edition.valid_from.desc(), Edition.place.desc())
    )
    return [
        PriceList(
            one.id, one.program, one.valid_from, one.origin, one.source, one.row_count, one.imported_at, name,
            one.id not in counting,
        )
        for one, name in rows
    ]  # fmt: skip


def about_edition(work: Work, edition_id: UUID) -> Edition:
    """What is known of one price list; NotVisible when there is none, or the reader may not import."""
    _demand_import(work)
    found = work.session.get(Edition, edition_id)
    if found is None:
        raise NotVisible
    return found


def list_import(work: Work, import_id: UUID) -> ListImport:
    """How one import is going; NotVisible when there is none, or the reader may not import."""
    _demand_import(work)
    found = work.session.get(ListImport, import_id)
    if found is None:
        raise NotVisible
    return found


def unfinished_imports(work: Work) -> Sequence[ListImport]:
    """Imports that still run, and those that were refused and not followed by another one, newest first."""
    _demand_import(work)
    after = aliased(ListImport)
    followed = exists().where(after.program == ListImport.program, after.asked_at > ListImport.asked_at)
    still_open = or_(ListImport.state != ImportState.REFUSED, not_(followed))
    wanted = select(ListImport).where(ListImport.edition_id.is_(None), still_open).order_by(ListImport.asked_at.desc())
    return work.session.scalars(wanted.limit(5)).all()


@invariant("price lists")
def damaged(work: Work) -> Iterator[str]:
    """One sentence for each price list whose rows are no longer those that were imported; for ``coplan verify``."""
    for about in work.session.scalars(select(Edition).order_by(Edition.imported_at)):
        rows = work.session.execute(ROWS.where(EditionItem.edition_id == about.id))
        found = PriceEdition(about.program, about.valid_from, tuple(map(item_of, rows)), about.source)
        if fingerprint(found) != about.rows_hash:
            yield f"price list {about.id} of {about.valid_from.isoformat()}: its rows were changed"


def _demand_import(work: Work) -> None:
    if not work.can(Resource.PRICES, Action.WRITE):
        raise NotVisible


def _kept(key: Hashable, make: Callable[[], V]) -> V:
    found: V | None = KEPT.get(key)
    if found is None:
        KEPT[key] = found = make()
        while len(KEPT) > MOST_KEPT:
            KEPT.popitem(last=False)
    return found
