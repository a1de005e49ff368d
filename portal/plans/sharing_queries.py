"""What one provider reads of a person, what the client decided about it, and who opened it when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Relationship, Resource
from portal.accounts.events import Looked
from portal.accounts.model import Account, Membership
from portal.accounts.queries import names as account_names
from portal.goals.model import Answer, Prompt
from portal.journal import JournalEntry, decode
from portal.language import current
from portal.people import history
from portal.people.communicate_queries import Translated, for_reader
from portal.people.model import Client, Tie
from portal.plans.model import Brief, PlanPart, PlanVersion
from portal.plans.narrowed import the_line
from portal.plans.sharing_events import BriefOpened, PartHidden, PartShared
from portal.plans.sharing_model import Shared
from portal.plans.sharing_parts import BELONGS_TO, SHOWN_AT_FIRST, Sensitive
from portal.proposals.frozen import thaw
from portal.work import NotVisible, Work

Provider = tuple[UUID | None, str]

for _kind in (PartShared, PartHidden, BriefOpened):
    history.about(_kind.kind, Resource.CONSENTS)


@dataclass(frozen=True)
class Beside:
    """What stands in a brief beside the supports, ready to be shown; empty where hidden or never said."""

    communicate: str = ""
    translated: Translated | None = None  #: of ``communicate``, into the reader's language
    culture: str = ""
    story: str = ""
    address: str = ""
    phone: str = ""
    goals: tuple[tuple[str, str], ...] = ()  #: the name of a support, and the goal it is for

    @property
    def parts(self) -> frozenset[Sensitive]:
        """The parts that really say something here."""
        told = {
            Sensitive.COMMUNICATE: self.communicate,
            Sensitive.CULTURE: self.culture,
            Sensitive.STORY: self.story,
            Sensitive.ADDRESS: self.address,
            Sensitive.PHONE: self.phone,
            Sensitive.GOAL: self.goals,
        }
        return frozenset(part for part, says in told.items() if says)


def shown_to(decisions: Iterable[Shared], day: date) -> frozenset[Sensitive]:
    """The parts one provider reads on a day: the decision that holds for each, or what is shown at first."""
    held = {one.part: one.shows for one in sorted(decisions, key=lambda one: one.decided_at) if one.holds(day)}
    return frozenset(part for part in Sensitive if held.get(part, part in SHOWN_AT_FIRST))


def decisions(work: Work, client: Client, provider: Provider) -> Sequence[Shared]:
    """Every decision of the client about one provider, the latest first."""
    wanted = visible(work, Shared).where(
        Shared.client_id == client.id,
        Shared.provider_id.is_(None) if provider[0] is None else Shared.provider_id == provider[0],
        Shared.provider_name == provider[1],
    )
    return work.session.scalars(wanted.order_by(Shared.decided_at.desc())).all()


def beside(work: Work, brief: Brief, client: Client, parts: Sequence[PlanPart], only: Collection[Sensitive]) -> Beside:
    """What a brief says beside its supports, for these parts alone; the brief itself was found first."""
    said = _answers(work, client.id) if {Sensitive.CULTURE, Sensitive.STORY} & set(only) else {}
    return Beside(
        communicate=client.how_to_communicate if Sensitive.COMMUNICATE in only else "",
        translated=for_reader(work, client, current.get().tag) if Sensitive.COMMUNICATE in only else None,
        culture=said.get(Prompt.PLEASE, "") if Sensitive.CULTURE in only else "",
        story=said.get(Prompt.MATTERS, "") if Sensitive.STORY in only else "",
        address=(client.address or "") if Sensitive.ADDRESS in only else "",
        phone=(client.phone or "") if Sensitive.PHONE in only else "",
        goals=_goals(work, brief, parts) if Sensitive.GOAL in only else (),
    )


def read_by_provider(work: Work, brief: Brief, client: Client) -> frozenset[Sensitive]:
    """The parts whoever opens this brief now may read: what the client shows, less what is kept from this person."""
    return may_be_read(work, client, (brief.provider_id, brief.provider_name))


def may_be_read(work: Work, client: Client, provider: Provider) -> frozenset[Sensitive]:
    """The same for anything else that is addressed to a provider, and that the reader was allowed to find."""
    wanted = select(Shared).where(
        Shared.client_id == client.id,
        Shared.provider_id.is_(None) if provider[0] is None else Shared.provider_id == provider[0],
        Shared.provider_name == provider[1],
    )
    found = work.session.scalars(unscoped(wanted, "what the client shows with what was found")).all()
    hidden = work.facts_of(client.id).hidden if work.account_id else frozenset()
    return frozenset(part for part in shown_to(found, work.today(client)) if BELONGS_TO[part] not in hidden)


def _answers(work: Work, client_id: UUID) -> Mapping[Prompt, str]:
    wanted = select(Answer.prompt, Answer.text).where(Answer.client_id == client_id)
    rows = work.session.execute(unscoped(wanted, "what the client shows with a brief"))
    return {row.prompt: row.text for row in rows}


def _goals(work: Work, brief: Brief, parts: Sequence[PlanPart]) -> tuple[tuple[str, str], ...]:
    """The goal of each own support in the client's words; an everyday need is never among them."""
    wanted = select(PlanVersion.content).where(PlanVersion.id == brief.version_id)
    plan = thaw(work.session.scalars(unscoped(wanted, "the goals of a brief that was found")).one())
    own = {part.line_id for part in parts}
    return tuple((one.name, one.purpose) for one in plan.lines if one.id in own and one.terms.goal_id and one.purpose)


# Who reads it, and who did


def with_people(work: Work, organisations: Collection[UUID]) -> frozenset[UUID]:
    """Those of some providers for whom somebody with an account works today."""
    wanted = (
        select(Membership.organisation_id)
        .join(Account, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id.in_(organisations), Membership.holds_on(work.day), Account.closed_at.is_(None)
        )
    )
    return frozenset(work.session.scalars(wanted))


def people_of(work: Work, organisation_id: UUID | None) -> list[Name]:
    """The people who work for a provider today, by name."""
    wanted = (
        select(Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.holds_on(work.day),
            Account.closed_at.is_(None),
        )
        .order_by(Account.name)
    )
    return [Name(name) for name in work.session.scalars(wanted)]


@dataclass(frozen=True)
class Opened:
    """One time a provider opened what it was sent."""

    at: datetime
    who: Name | None  #: None: whoever held the one-time link
    version: int
    shown: tuple[Sensitive, ...]


def opened(work: Work, briefs: Sequence[Brief]) -> list[Opened]:
    """When briefs the reader was allowed to find were opened, by whom, and what stood in them then; newest first."""
    wanted = select(JournalEntry).where(
        JournalEntry.kind == BriefOpened.kind, JournalEntry.subject_id.in_([brief.id for brief in briefs])
    )
    entries = work.session.scalars(wanted.order_by(JournalEntry.seq.desc())).all()
    called = account_names(work.session, {entry.actor_id for entry in entries if entry.actor_id})
    found = []
    for entry in entries:
        event = decode(entry)
        assert isinstance(event, BriefOpened), "asked for by kind"
        who = Name(called.get(entry.actor_id, "")) if entry.actor_id else None
        found.append(Opened(entry.at, who, event.version, tuple(Sensitive(part) for part in event.shown)))
    return found


@dataclass(frozen=True)
class Copy:
    """One brief of a provider, from whichever version: what it was sent, and when it read it."""

    brief: Brief
    number: int
    starts: date


def copies(work: Work, client: Client, provider: Provider) -> list[Copy]:
    """Every brief one provider was sent about this client, the newest version first."""
    wanted = (
        limit(select(Brief, PlanVersion.number, PlanVersion.starts), work, Brief)
        .join(PlanVersion, PlanVersion.id == Brief.version_id)
        .where(
            Brief.client_id == client.id,
            Brief.provider_id.is_(None) if provider[0] is None else Brief.provider_id == provider[0],
            Brief.provider_name == provider[1],
        )
    )
    rows = work.session.execute(wanted.order_by(PlanVersion.number.desc())).all()
    return [Copy(row.Brief, row.number, row.starts) for row in rows]


# Its place in the circle


def places(work: Work, client: Client) -> Sequence[Tie]:
    """Every place of a provider in the circle, also those that have ended; the latest first."""
    wanted = visible(work, Tie).where(Tie.client_id == client.id, Tie.relationship == Relationship.PROVIDER)
    return work.session.scalars(wanted.order_by(Tie.starts.desc(), Tie.id)).all()


def goes_on(tie: Tie, day: date) -> bool:
    """Whether a place in the circle holds on a day: begun, not over, and not taken back."""
    return tie.revoked_at is None and tie.starts <= day and (tie.ends is None or day <= tie.ends)


def place_of(work: Work, client: Client, organisation_id: UUID) -> Tie | None:
    """The place of a provider in the circle that holds, or the latest that did; None when it never had one."""
    found = [tie for tie in places(work, client) if tie.organisation_id == organisation_id]
    today = work.today(client)
    return next((tie for tie in found if goes_on(tie, today)), found[0] if found else None)


def provider_tie(work: Work, client: Client, tie_id: UUID) -> Tie:
    """One place of a provider in this circle, begun and perhaps ended; NotVisible otherwise."""
    found = next((tie for tie in places(work, client) if tie.id == tie_id), None)
    if found is None or found.organisation_id is None or found.starts > work.today(client):
        raise NotVisible
    return found


def newest_briefs(work: Work, client: Client) -> list[Brief]:
    """The newest brief of each provider, by when it was sent."""
    wanted = limit(select(Brief), work, Brief).join(PlanVersion, PlanVersion.id == Brief.version_id)
    rows = work.session.scalars(wanted.where(Brief.client_id == client.id).order_by(PlanVersion.number)).all()
    found = {(brief.provider_id, brief.provider_name): brief for brief in rows}
    return sorted(found.values(), key=lambda brief: (brief.sent_at, brief.id))


def supports_of(work: Work, client: Client, organisation_id: UUID) -> list[tuple[Name, date, date]]:
    """The supports one provider could read, each once, with the first and the last day it was sent with."""
    wanted = visible(work, PlanPart).where(PlanPart.client_id == client.id, PlanPart.provider_id == organisation_id)
    found: dict[UUID, tuple[Name, date, date]] = {}
    for part in work.session.scalars(wanted.order_by(PlanPart.starts, PlanPart.position)):
        name = Name(the_line(part.content).name)
        first = found[part.line_id][1] if part.line_id in found else part.starts
        found[part.line_id] = (name, first, part.until or part.ends)
    return list(found.values())


def looked_at(work: Work, client: Client, organisation_id: UUID) -> list[tuple[datetime, Name, Resource]]:
    """Which other parts of the record people of a provider opened, and when; newest first."""
    members = select(Membership.account_id).where(Membership.organisation_id == organisation_id)
    wanted = select(JournalEntry).where(
        JournalEntry.client_id == client.id, JournalEntry.kind == Looked.kind, JournalEntry.actor_id.in_(members)
    )
    entries = work.session.scalars(wanted.order_by(JournalEntry.seq.desc()).limit(200)).all()
    called = account_names(work.session, {entry.actor_id for entry in entries if entry.actor_id})
    found = []
    for entry in entries:
        event = decode(entry)
        if isinstance(event, Looked) and entry.actor_id:
            found.append((entry.at, Name(called.get(entry.actor_id, "")), event.resource))
    return found
