"""What claims need, what may be claimed by whom, and what others say is left, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, not_, select
from sqlalchemy.orm import aliased

from budgeting.package import Management
from budgeting.spending import EntryState
from budgeting.words import Name
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Relationship, Resource
from portal.accounts.model import Membership, Organisation, OrganisationKind
from portal.db import among
from portal.funding.by_day import counts_on
from portal.funding.model import FundingComponent, FundingPlan
from portal.funding.terms import NDIS
from portal.journal import JournalEntry
from portal.people import history
from portal.people.model import Client, Restriction, Tie
from portal.plans import queries as plans
from portal.proposals.frozen import thaw
from portal.spending.claim_model import (
    Claimant,
    ClaimNumber,
    ProviderStatement,
    RecordedProvider,
    TheirPayment,
    ToldBalance,
)
from portal.spending.events import EntryClaimed, EntryPaid, EntryRefused
from portal.spending.model import Delivered
from portal.spending.standing import Standing
from portal.work import ActorKind, NotVisible, Work

history.about("claims.", Resource.BUDGET)

TO_CLAIM = (EntryState.ENTERED, EntryState.CHECKED)
WITH_PLAN_MANAGER = (*TO_CLAIM, EntryState.CLAIMED)  # "claimed" there says that the plan manager was asked to pay

LATELY, MOST_TICKED = timedelta(days=60), 50  # what a plan manager said can be taken back for so long
ANSWERS = (EntryClaimed.kind, EntryPaid.kind, EntryRefused.kind)


def number(work: Work, client: Client) -> ClaimNumber | None:
    """The number under which the agency knows a client; None while nobody told."""
    return work.session.scalar(visible(work, ClaimNumber).where(ClaimNumber.client_id == client.id))


@dataclass(frozen=True)
class Recorded:
    """A provider of agency-managed supports: how the agency knows it, and from when it is needed."""

    provider_id: UUID | None
    name: Name
    standing: Standing
    since: date | None
    version: int  #: 0 while nothing was told
    starts: date | None  #: the first day of its supports; None: only delivered ones are known
    begun: bool

    @property
    def missing(self) -> bool:
        """Whether it is not recorded, so that its claims are turned down."""
        return self.standing is not Standing.RECORDED

    @property
    def asked(self) -> bool:
        """Whether the agency was asked to record it."""
        return self.standing is Standing.ASKED


def recorded(work: Work, client: Client, delivered: Sequence[Delivered]) -> list[Recorded]:
    """Every provider of agency-managed supports, planned or ``delivered``; those that begin first come first."""
    told = work.session.scalars(visible(work, RecordedProvider).where(RecordedProvider.client_id == client.id)).all()
    known = {(one.provider_id, one.provider_name): one for one in told}
    starts: dict[tuple[UUID | None, str], date] = {}
    for key, day in [*_planned(work, client), *_seen(delivered)]:
        starts[key] = min(day, starts.get(key, day))
    names = plans.provider_names(work, [provider for provider, _ in (*starts, *known)])
    today, found = work.today(client), []
    for key in {**starts, **known}:
        row, first = known.get(key), starts.get(key)
        found.append(
            Recorded(
                provider_id=key[0],
                name=names[key[0]] if key[0] else Name(key[1]),
                standing=row.standing if row else Standing.NOT_KNOWN,
                since=row.since if row else None,
                version=row.version if row else 0,
                starts=first,
                begun=first is not None and first <= today,
            )
        )
    return sorted(found, key=lambda one: (one.starts or date.max, one.name.text))


def _planned(work: Work, client: Client) -> list[tuple[tuple[UUID | None, str], date]]:
    version = plans.current(work, client)
    if version is None:
        return []
    lines = [line for line in thaw(version.content).lines if line.management is Management.AGENCY]
    return [
        ((line.provider_id, "" if line.provider_id else line.provider), line.terms.starts)
        for line in lines
        if line.provider_id or line.provider
    ]


def _seen(delivered: Sequence[Delivered]) -> list[tuple[tuple[UUID | None, str], date]]:
    return [
        ((one.provider_id, "" if one.provider_id else one.provider_name), one.first)
        for one in delivered
        if one.provider_id or one.provider_name
    ]


def told_balances(work: Work, client: Client) -> Sequence[ToldBalance]:
    """What others said is left, the latest day first; what was taken back is among it, marked."""
    wanted = visible(work, ToldBalance).where(ToldBalance.client_id == client.id)
    return work.session.scalars(wanted.order_by(ToldBalance.on.desc(), ToldBalance.told_at.desc())).all()


def told_balance(work: Work, client: Client, told_id: UUID) -> ToldBalance:
    """One balance that somebody told; NotVisible otherwise."""
    wanted = visible(work, ToldBalance).where(ToldBalance.client_id == client.id, ToldBalance.id == told_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def payments_of(work: Work, told: Sequence[ToldBalance]) -> Mapping[UUID, list[TheirPayment]]:
    """The lists that came with some balances, by the id of the balance; one without a list is left out."""
    wanted = visible(work, TheirPayment).where(TheirPayment.balance_id.in_([one.id for one in told]))
    found: dict[UUID, list[TheirPayment]] = {}
    for row in work.session.scalars(wanted.order_by(TheirPayment.row)):
        found.setdefault(row.balance_id, []).append(row)
    return found


def statements_told(work: Work, client: Client) -> Mapping[date, ProviderStatement]:
    """What the provider's statements say, by the first day of their month."""
    wanted = visible(work, ProviderStatement)
    if work.actor.kind is ActorKind.SYSTEM:
        wanted = unscoped(select(ProviderStatement), "a job works on the client's own statements")
    wanted = wanted.where(ProviderStatement.client_id == client.id)
    return {one.month: one for one in work.session.scalars(wanted.order_by(ProviderStatement.month))}


# claiming for clients: providers and plan managers


@dataclass(frozen=True)
class Party:
    """An organisation of the reader that claims, and its registration number where it was told."""

    organisation: Organisation
    claimant: Claimant | None

    @property
    def plan_manager(self) -> bool:
        """Whether it pays the invoices of others and claims them."""
        return self.organisation.kind is OrganisationKind.PLAN_MANAGER

    @property
    def registration(self) -> str:
        """Its registration number; empty while nobody told."""
        return self.claimant.registration if self.claimant else ""


def parties(work: Work) -> list[Party]:
    """The reader's own providers and plan managers; NotVisible for somebody who has none."""
    if not (found := own_parties(work)):
        raise NotVisible
    return found


def own_parties(work: Work) -> list[Party]:
    """The reader's own providers and plan managers; empty for somebody who has none."""
    wanted = select(Organisation).where(
        Organisation.id.in_(organisations(work)),
        Organisation.kind.in_((OrganisationKind.PROVIDER, OrganisationKind.PLAN_MANAGER)),
    )
    found = work.session.scalars(wanted.order_by(Organisation.name)).all()
    told = select(Claimant).where(Claimant.organisation_id.in_([one.id for one in found]))
    claimants = {one.organisation_id: one for one in work.session.scalars(told)}
    return [Party(one, claimants.get(one.id)) for one in found]


def party(work: Work, organisation_id: UUID) -> Party:
    """One organisation of the reader that claims; NotVisible otherwise."""
    found = next((one for one in parties(work) if one.organisation.id == organisation_id), None)
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Claimable:
    """A delivered support that a party may claim: whose it is, and under which number."""

    entry: Delivered
    client: Name
    state: str
    zone: str
    number: str
    provider: Name
    abn: str


def _to_name(work: Work) -> Select[Delivered]:
    """Delivered supports that the agency pays, of persons who do not hide their name from the reader."""
    elsewhere = select(FundingPlan.client_id).where(counts_on(work.day), FundingPlan.program != NDIS)
    return visible(work, Delivered).where(
        Delivered.removed_at.is_(None),
        Delivered.client_id.not_in(_nameless(work)),
        Delivered.client_id.not_in(unscoped(elsewhere, "which program pays, and nothing else of the letter")),
    )


def _nameless(work: Work) -> Select[UUID]:
    hidden = select(Restriction.client_id).where(
        Restriction.hidden_from == work.account_id,
        Restriction.lifted_at.is_(None),
        Restriction.hides == Resource.IDENTITY,
    )
    return unscoped(hidden, "a claim names the person, also to those they hide it from")


def _managed(work: Work, party: Party) -> Select[UUID]:
    managed = select(Tie.client_id).where(
        Tie.organisation_id == party.organisation.id,
        Tie.relationship == Relationship.PLAN_MANAGER,
        Tie.holds_on(work.day),
    )
    return unscoped(managed, "whose money the reader's own organisation manages")


def managed(work: Work, party: Party) -> Mapping[UUID, Name]:
    """Whose funding has parts that this plan manager manages, by name; as far as they let it see their budget."""
    wanted = (
        limit(select(FundingPlan.client_id, Client.name), work, FundingPlan)
        .join(Client, Client.id == FundingPlan.client_id)
        .where(
            counts_on(work.day),
            FundingPlan.components.any(FundingComponent.management == Management.PLAN),
            FundingPlan.client_id.in_(_managed(work, party)),
            FundingPlan.client_id.not_in(_nameless(work)),
        )
    )
    return {row.client_id: Name(row.name) for row in work.session.execute(wanted.order_by(Client.name, Client.id))}


def claimable(work: Work, party: Party) -> list[Claimable]:
    """What a party may claim now, by client and day.

    A provider sees its own agency-managed supports, as they are addressed to it; a plan manager the plan-managed ones
    of clients whose money it manages and who consent that it sees their budget. Questioned ones are left out, and so
    is what another program pays: the agency of this one knows nothing of it.
    """
    if party.plan_manager:
        wanted = to_pay(work, party).where(Delivered.state.in_(WITH_PLAN_MANAGER))
    else:
        wanted = _to_name(work).where(
            Delivered.management == Management.AGENCY,
            Delivered.state.in_(TO_CLAIM),
            Delivered.provider_id == party.organisation.id,
        )
    found = _named(work, work.session.scalars(wanted).all())
    return sorted(found, key=lambda one: (one.client.text, one.entry.first, str(one.entry.id)))


def to_pay(work: Work, party: Party) -> Select[Delivered]:
    """Invoices that a plan manager is to pay, or was."""
    return _to_name(work).where(
        Delivered.management == Management.PLAN,
        Delivered.client_id.in_(_managed(work, party)),
    )


def ticked(work: Work, party: Party) -> list[Claimable]:
    """Invoices of which this plan manager lately said what became of them, the last first; until somebody goes on."""
    since = work.now - LATELY
    after = aliased(JournalEntry)
    later = exists().where(after.subject_id == JournalEntry.subject_id, after.seq > JournalEntry.seq)
    ours = select(Membership.account_id).where(Membership.organisation_id == party.organisation.id)
    said = (
        select(JournalEntry.subject_id)
        .where(JournalEntry.kind.in_(ANSWERS), JournalEntry.at >= since, JournalEntry.actor_id.in_(ours), not_(later))
        .order_by(JournalEntry.seq.desc())
        .limit(MOST_TICKED)
    )
    ids = list(work.session.scalars(unscoped(said, "what the reader's own organisation said")))
    found = _named(work, work.session.scalars(to_pay(work, party).where(Delivered.id.in_(ids))).all())
    return sorted(found, key=lambda one: ids.index(one.entry.id))


def _named(work: Work, rows: Sequence[Delivered]) -> list[Claimable]:
    """Delivered supports with what a claim says of their person and provider."""
    clients = {row.client_id for row in rows}
    about = select(Client.id, Client.name, Client.state, Client.zone).where(among(Client.id, clients))
    named = {row.id: row for row in work.session.execute(unscoped(about, "named on the invoices that were found"))}
    numbers = {
        one.client_id: one.number
        for one in work.session.scalars(visible(work, ClaimNumber).where(among(ClaimNumber.client_id, clients)))
    }
    told = select(Organisation.id, Organisation.name, Organisation.abn).where(
        Organisation.id.in_({row.provider_id for row in rows} - {None})
    )
    providers = {row.id: row for row in work.session.execute(told)}
    found = []
    for row in rows:
        whose = providers.get(row.provider_id) if row.provider_id else None
        found.append(
            Claimable(
                entry=row,
                client=Name(named[row.client_id].name),
                state=named[row.client_id].state,
                zone=named[row.client_id].zone,
                number=numbers.get(row.client_id, ""),
                provider=Name(row.provider_name or (whose.name if whose else "")),
                abn=row.abn or (whose.abn or "" if whose else ""),
            )
        )
    return found
