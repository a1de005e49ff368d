"""Options near home and options kept for later, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import visible
from portal.access.table import Action, Resource
from portal.options.model import FewerOptions, KeptOption, Opportunity, OwnOpportunity
from portal.people import history
from portal.people.model import Client
from portal.work import NotVisible, Work

history.about("options.", Resource.DRAFT)


def opportunities(work: Work) -> Sequence[Opportunity]:
    """Everything to do near home that everybody may find, in the order in which it was told."""
    wanted = select(Opportunity).where(Opportunity.removed_at.is_(None)).order_by(Opportunity.told_at, Opportunity.id)
    return work.session.scalars(wanted).all() if work.account_id else ()


def opportunity(work: Work, opportunity_id: UUID) -> Opportunity:
    """One of them; NotVisible when there is none, or it was taken out."""
    found = work.session.get(Opportunity, opportunity_id) if work.account_id else None
    if found is None or found.removed_at is not None:
        raise NotVisible
    return found


def own_opportunities(work: Work, client: Client) -> Sequence[OwnOpportunity]:
    """What the circle of a client told, for itself."""
    wanted = visible(work, OwnOpportunity).where(
        OwnOpportunity.client_id == client.id, OwnOpportunity.removed_at.is_(None)
    )
    return work.session.scalars(wanted.order_by(OwnOpportunity.told_at, OwnOpportunity.id)).all()


def own_opportunity(work: Work, client: Client, opportunity_id: UUID) -> OwnOpportunity:
    """One of them; NotVisible otherwise."""
    found = next((one for one in own_opportunities(work, client) if one.id == opportunity_id), None)
    if found is None:
        raise NotVisible
    return found


def kept(work: Work, client: Client) -> Sequence[KeptOption]:
    """The options that were put aside for a client, the newest first."""
    wanted = visible(work, KeptOption).where(KeptOption.client_id == client.id, KeptOption.removed_at.is_(None))
    return work.session.scalars(wanted.order_by(KeptOption.kept_at.desc(), KeptOption.id)).all()


def kept_option(work: Work, client: Client, kept_id: UUID) -> KeptOption:
    """One of them; NotVisible otherwise."""
    found = next((one for one in kept(work, client) if one.id == kept_id), None)
    if found is None:
        raise NotVisible
    return found


def may_remove(work: Work, row: KeptOption | OwnOpportunity, by: UUID) -> bool:
    """Whether the reader may take out what somebody put there: their own, or anything where they work on the draft."""
    return by == work.account_id or work.can(Resource.DRAFT, Action.WRITE, row.client_id)


def fewer(work: Work, client: Client, options: Collection[str]) -> FewerOptions | None:
    """Why fewer than three options stand side by side, as last said of just these; None when nobody said."""
    wanted = visible(work, FewerOptions).where(
        FewerOptions.client_id == client.id, FewerOptions.options == as_text(options)
    )
    return work.session.scalars(wanted.order_by(FewerOptions.said_at.desc(), FewerOptions.id).limit(1)).first()


def as_text(options: Collection[str]) -> str:
    """The keys of some options as one text, the same in whatever order they stand."""
    return " ".join(sorted(options))
