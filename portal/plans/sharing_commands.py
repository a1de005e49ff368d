"""The client decides what a provider reads besides its supports; and who opened it is written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.journal import JournalEntry, encode
from portal.people.model import Client, Tie
from portal.plans import sharing_events as events
from portal.plans.model import Brief
from portal.plans.request_model import ProviderRequest
from portal.plans.sharing_model import Shared
from portal.plans.sharing_parts import Sensitive
from portal.work import Refusal, Work, command, open_command

Provider = tuple[UUID | None, str]


@command(Resource.CONSENTS, Action.APPROVE)
def show(work: Work, client: Client, provider: Provider, part: Sensitive, ends: date) -> None:
    """Let one provider read a part until a day (inclusive); the decision before it ends and is kept."""
    if ends < work.today(client):
        raise Refusal(words("Choose a day that is still to come."), "ends")
    made = _decide(work, client, provider, part, shows=True, ends=ends)
    work.record(events.PartShared(client_id=client.id, subject=made.id, provider_id=provider[0], part=part, ends=ends))


@command(Resource.CIRCLE, Action.WRITE)
def hide(work: Work, client: Client, provider: Provider, part: Sensitive) -> None:
    """Take a part out of what one provider reads; it acts on the very next page they open."""
    made = _decide(work, client, provider, part, shows=False, ends=None)
    work.record(events.PartHidden(client_id=client.id, subject=made.id, provider_id=provider[0], part=part))


def _decide(
    work: Work, client: Client, provider: Provider, part: Sensitive, *, shows: bool, ends: date | None
) -> Shared:
    for before in _decisions(work, client.id, provider):
        if before.part is part and before.ended_at is None:
            before.ended_at = work.now
    assert work.account_id is not None, "only for people who are signed in"
    made = Shared(
        client_id=client.id,
        provider_id=provider[0],
        provider_name=provider[1],
        part=part,
        shows=shows,
        starts=work.today(client),
        ends=ends,
        decided_by=work.account_id,
        decided_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def _decisions(work: Work, client_id: UUID, provider: Provider) -> Sequence[Shared]:
    wanted = select(Shared).where(
        Shared.client_id == client_id,
        Shared.provider_id.is_(None) if provider[0] is None else Shared.provider_id == provider[0],
        Shared.provider_name == provider[1],
    )
    return work.session.scalars(unscoped(wanted, "a permitted change")).all()


@open_command
def note_opened(work: Work, brief_id: UUID, number: int, shown: Collection[Sensitive]) -> None:
    """Somebody of the provider opened its brief of version ``number``; once a day for each person and what it showed.

    For the page that shows the brief, which has decided that they may.
    """
    work = work.by_link()
    brief = work.session.scalars(unscoped(select(Brief), "it was opened just now").where(Brief.id == brief_id)).one()
    parts = tuple(part for part in Sensitive if part in shown)
    event = events.BriefOpened(
        client_id=brief.client_id, subject=brief.id, provider_id=brief.provider_id, version=number, shown=parts
    )
    noted = select(JournalEntry.seq).where(
        JournalEntry.client_id == brief.client_id,
        JournalEntry.actor_id.is_(None) if work.account_id is None else JournalEntry.actor_id == work.account_id,
        JournalEntry.kind == event.kind,
        JournalEntry.subject_id == brief.id,
        JournalEntry.at >= work.now.replace(hour=0, minute=0, second=0, microsecond=0),
        JournalEntry.data == encode(event),
    )
    if work.session.scalar(noted.limit(1)) is None:
        work.record(event)


@command(Resource.CIRCLE, Action.WRITE)
def end_link(work: Work, brief: Brief) -> None:
    """End the one-time link of one provider at once, also of one that is known by name only."""
    if brief.token_hash is None:
        return
    brief.end_link()
    work.record(events.LinkEnded(client_id=brief.client_id, subject=brief.id, provider_id=brief.provider_id))


@open_command
def end_links(work: Work, client: Client) -> None:
    """For the system: the one-time links of every provider that is no longer in this circle end."""
    inside = select(Tie.organisation_id).where(
        Tie.client_id == client.id,
        Tie.relationship == Relationship.PROVIDER,
        Tie.holds_on(work.day),
    )
    gone = unscoped(inside, "who is still here")
    briefs = select(Brief).where(
        Brief.client_id == client.id, Brief.token_hash.is_not(None), Brief.provider_id.not_in(gone)
    )
    questions = select(ProviderRequest).where(
        ProviderRequest.client_id == client.id,
        ProviderRequest.token_hash.is_not(None),
        ProviderRequest.provider_id.not_in(gone),
    )
    ended: list[Brief | ProviderRequest] = [*work.session.scalars(unscoped(briefs, "whose link ends"))]
    ended += work.session.scalars(unscoped(questions, "whose link ends"))
    for found in ended:
        found.end_link()
        work.record(events.LinkEnded(client_id=client.id, subject=found.id, provider_id=found.provider_id))
