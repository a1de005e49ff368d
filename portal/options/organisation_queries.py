"""Organisations as everybody who is signed in may read of them: their pages, offers and declared interests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from portal.accounts import queries as accounts
from portal.accounts.model import Organisation, OrganisationKind, Role
from portal.options.organisation_model import Interest, Offering, OrganisationPage
from portal.work import NotVisible, Work


def organisation(work: Work, organisation_id: UUID) -> Organisation:
    """One organisation; NotVisible when there is none, or nobody is signed in."""
    found = work.session.get(Organisation, organisation_id) if work.account_id else None
    if found is None:
        raise NotVisible
    return found


def all_organisations(work: Work, kind: OrganisationKind | None = None) -> Sequence[Organisation]:
    """Every organisation, of one kind if asked, by name."""
    wanted = select(Organisation).order_by(Organisation.name, Organisation.id)
    if kind is not None:
        wanted = wanted.where(Organisation.kind == kind)
    return work.session.scalars(wanted).all() if work.account_id else ()


def page(work: Work, organisation_id: UUID) -> OrganisationPage | None:
    """What an organisation wrote about itself; None while it wrote nothing."""
    return work.session.scalar(select(OrganisationPage).where(OrganisationPage.organisation_id == organisation_id))


def places(work: Work) -> Mapping[UUID, str]:
    """Where organisations say that they work, in their own words; those that do not say it are left out."""
    wanted = select(OrganisationPage.organisation_id, OrganisationPage.places).where(OrganisationPage.places != "")
    return {row.organisation_id: row.places for row in work.session.execute(wanted)} if work.account_id else {}


def may_confirm(work: Work) -> bool:
    """Whether the reader is a coordinator, who may ask a provider on the telephone."""
    return Role.COORDINATOR in accounts.roles(work)


def offerings(work: Work, program: str | None = None, organisation_id: UUID | None = None) -> Sequence[Offering]:
    """What organisations offer now, by the keys of the supports."""
    wanted = (
        select(Offering)
        .where(Offering.withdrawn_at.is_(None))
        .order_by(Offering.program, Offering.support, Offering.id)
    )
    if program is not None:
        wanted = wanted.where(Offering.program == program)
    if organisation_id is not None:
        wanted = wanted.where(Offering.organisation_id == organisation_id)
    return work.session.scalars(wanted).all() if work.account_id else ()


def offering(work: Work, organisation_id: UUID, offering_id: UUID) -> Offering:
    """One support that this organisation offers now; NotVisible otherwise."""
    found = work.session.get(Offering, offering_id)
    if found is None or found.organisation_id != organisation_id or found.withdrawn_at is not None:
        raise NotVisible
    return found


def interests(work: Work, about: UUID | None = None) -> Sequence[Interest]:
    """The register: every interest ever declared, the newest first; ``about`` one organisation on either side."""
    wanted = select(Interest).order_by(Interest.starts.desc(), Interest.id)
    if about is not None:
        wanted = wanted.where(or_(Interest.organisation_id == about, Interest.other_id == about))
    return work.session.scalars(wanted).all() if work.account_id else ()


def interest(work: Work, interest_id: UUID) -> Interest:
    """One declared interest; NotVisible otherwise."""
    found = work.session.get(Interest, interest_id) if work.account_id else None
    if found is None:
        raise NotVisible
    return found


def interests_today(work: Work, organisations: Collection[UUID]) -> Mapping[UUID, list[Interest]]:
    """The interests that hold today and touch some organisations, by organisation; those without any are left out."""
    found: dict[UUID, list[Interest]] = {}
    if not organisations:
        return found
    touched = or_(Interest.organisation_id.in_(organisations), Interest.other_id.in_(organisations))
    wanted = select(Interest).where(touched).order_by(Interest.starts, Interest.id)
    for one in work.session.scalars(wanted):
        for side in {one.organisation_id, one.other_id} & set(organisations):
            if side is not None and one.holds_on(work.day):
                found.setdefault(side, []).append(one)
    return found
