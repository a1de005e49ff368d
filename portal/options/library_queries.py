"""The library as everybody who is signed in may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.accounts import queries as accounts
from portal.accounts.model import Role
from portal.catalogue.cells import folded
from portal.options.library_model import LibraryEntry, LibraryKind
from portal.work import NotVisible, Work

KEEPERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
SOON = timedelta(days=30)  # before the day by which it is looked at again, its keepers are told on the page


def may_keep(work: Work) -> bool:
    """Whether the reader looks after the library: coordinators and administrators do."""
    return bool(accounts.roles(work) & KEEPERS)


def entries(
    work: Work, search: str = "", kind: LibraryKind | None = None, language: str | None = None
) -> Sequence[LibraryEntry]:
    """Everything in the library that holds all the words asked for, by title; material out of date is among it."""
    if work.account_id is None:
        return ()
    wanted = select(LibraryEntry).where(LibraryEntry.removed_at.is_(None))
    if kind is not None:
        wanted = wanted.where(LibraryEntry.kind == kind)
    if language is not None:
        wanted = wanted.where(LibraryEntry.language == language)
    asked = folded(search).split()
    rows = work.session.scalars(wanted.order_by(LibraryEntry.title, LibraryEntry.id)).all()
    return [one for one in rows if all(word in _said(one) for word in asked)]


def _said(one: LibraryEntry) -> str:
    return folded(f"{one.title} {one.about} {one.owner} {one.text}")


def up_to_date(work: Work, language: str | None = None) -> Sequence[LibraryEntry]:
    """Material that may go into a pack today: nothing out of date, and nothing that only promotes somebody."""
    found = entries(work, language=language)
    return [one for one in found if not one.out_of_date(work.day) and one.kind is not LibraryKind.PROMOTIONAL]


def entry(work: Work, entry_id: UUID) -> LibraryEntry:
    """One piece of material; NotVisible when there is none, or it was taken out."""
    found = work.session.get(LibraryEntry, entry_id) if work.account_id else None
    if found is None or found.removed_at is not None:
        raise NotVisible
    return found


def out_of_date(work: Work) -> Sequence[LibraryEntry]:
    """Material whose day has passed, for the job that tells whoever keeps it."""
    lapsed = (LibraryEntry.removed_at.is_(None), LibraryEntry.review_by < work.day)
    return work.session.scalars(select(LibraryEntry).where(*lapsed).order_by(LibraryEntry.id)).all()
