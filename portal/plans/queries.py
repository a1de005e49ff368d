"""The plan in force and what each provider was sent, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from budgeting import programs
from budgeting.explain import shown
from budgeting.letters.parts import of as listed_parts
from budgeting.words import Name, Value, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Relationship
from portal.accounts.model import Organisation
from portal.accounts.queries import hashed
from portal.db import among
from portal.funding import queries as funding, resting
from portal.funding.model import FundingPlan
from portal.people import due, history, next_steps, queries as people
from portal.people.model import Client, Tie
from portal.people.next_steps import NextStep
from portal.plans.model import Brief, PlanPart, PlanVersion
from portal.plans.narrowed import is_asked, the_line
from portal.plans.request_model import ProviderRequest
from portal.plans.sharing_model import Shared
from portal.plans.sharing_queries import with_people
from portal.plans.states import BriefState, PartState, VersionState
from portal.plans.telling import readers
from portal.proposals import scenarios, so_far
from portal.proposals.cut import anchored, clip
from portal.proposals.frozen import FrozenProposal
from portal.proposals.terms import Terms
from portal.work import NotVisible, Work

UP_TO_DATE = (VersionState.AGREED, VersionState.IN_FORCE)


def versions(work: Work, client: Client) -> Sequence[PlanVersion]:
    """All versions of a client's plan, newest first."""
    wanted = visible(work, PlanVersion).where(PlanVersion.client_id == client.id).order_by(PlanVersion.number.desc())
    return work.session.scalars(wanted).all()


def current(work: Work, client: Client) -> PlanVersion | None:
    """The version in force; before the first day of the first version, that one; None when there is none yet."""
    found = versions(work, client)
    in_force = [version for version in found if version.state is VersionState.IN_FORCE]
    return in_force[0] if in_force else (found[-1] if found else None)


@scenarios.plan_in_force
def _content_in_force(work: Work, client: Client) -> str | None:
    found = versions(work, client)
    in_force = [version for version in found if version.state is VersionState.IN_FORCE]
    return next((version.content for version in (*in_force, *found)), None)


def parts(work: Work, client: Client) -> Sequence[PlanPart]:
    """Parts that go on or wait, of all versions."""
    wanted = visible(work, PlanPart).where(PlanPart.client_id == client.id, PlanPart.state != PartState.ENDED)
    return work.session.scalars(wanted.order_by(PlanPart.position)).all()


def going_on(work: Work, client: Client) -> Sequence[PlanPart]:
    """What is delivered now, provider by provider, from whichever version holds for each."""
    return [part for part in parts(work, client) if part.state is PartState.GOING_ON]


def briefs(work: Work, client: Client, version: PlanVersion) -> Sequence[Brief]:
    """What each provider was sent of one version."""
    wanted = visible(work, Brief).where(Brief.client_id == client.id, Brief.version_id == version.id)
    return work.session.scalars(wanted.order_by(Brief.sent_at, Brief.id)).all()


def brief_of_client(work: Work, client: Client, brief_id: UUID) -> Brief:
    """One brief of this client; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Brief).where(Brief.id == brief_id, Brief.client_id == client.id))
    if found is None:
        raise NotVisible
    return found


def briefs_for_us(work: Work) -> Sequence[Brief]:
    """What the reader's own organisations were sent, or the reader as a helper, newest first."""
    wanted = visible(work, Brief).where(_to_us(work))
    return work.session.scalars(wanted.order_by(Brief.sent_at.desc())).all()


def brief_for_us(work: Work, brief_id: UUID) -> Brief:
    """One brief sent to an organisation of the reader, or to them as a helper; NotVisible otherwise."""
    wanted = visible(work, Brief).where(Brief.id == brief_id, _to_us(work))
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def _to_us(work: Work) -> ColumnElement[bool]:
    return or_(Brief.provider_id.in_(organisations(work)), Brief.helper_id == work.account_id)


def _of_party(brief: Brief) -> ColumnElement[bool]:
    """Everything one party was sent about one client."""
    who = (Brief.provider_id == brief.provider_id, Brief.provider_name == brief.provider_name)  # None is IS NULL
    return and_(Brief.client_id == brief.client_id, *who)


def newer_for(work: Work, brief: Brief) -> Brief | None:
    """The newest brief to the same party about the same client, when there is a newer one than this."""
    wanted = visible(work, Brief).join(PlanVersion, PlanVersion.id == Brief.version_id).where(_of_party(brief))
    newest = work.session.scalars(wanted.order_by(PlanVersion.number.desc())).first()
    return newest if newest is not None and newest.id != brief.id else None


def changed_for(work: Work, proposal_id: UUID, provider_id: UUID) -> Brief | None:
    """What the reader's organisation was sent since a version, when it delivers something else by it; None otherwise.

    What only others deliver differently is nothing to it.
    """
    wanted = visible(work, Brief).join(PlanVersion, PlanVersion.id == Brief.version_id)
    then = work.session.scalar(wanted.where(PlanVersion.proposal_id == proposal_id, Brief.provider_id == provider_id))
    newest = newer_for(work, then) if then else None
    if then is None or newest is None:
        return None
    before, now = ([the_line(part.content).terms for part in parts_of(work, one)] for one in (then, newest))
    first = max((one.starts for one in now), default=work.day)
    return newest if _from(before, first) != _from(now, first) else None


def _from(lines: Iterable[Terms], first: date) -> list[str]:
    return sorted(one.as_json() for line in lines if (one := clip(anchored(line), first, line.ends)))


def by_link(work: Work, token: str) -> Brief | None:
    """The brief a one-time link opens; None when the link has ended or never was.

    It also opens nothing once its provider has left the circle, on a day or at once, or was sent a newer version.
    """
    wanted = select(Brief).where(Brief.token_hash == hashed(token), Brief.token_ends_at > work.now)
    found = work.session.scalar(unscoped(wanted, "whoever holds the link"))
    if found is None or not in_circle(work, found) or is_replaced(work, found):
        return None
    return found


def in_circle(work: Work, found: Brief | ProviderRequest) -> bool:
    """Whether the provider of a brief or a question has a place in the circle today; one known by name needs none."""
    place = select(Tie.id).where(
        Tie.client_id == found.client_id,
        Tie.organisation_id == found.provider_id,
        Tie.relationship == Relationship.PROVIDER,
        Tie.holds_on(work.day),
    )
    here = found.provider_id is None or work.session.scalar(unscoped(place.limit(1), "whether a link still opens"))
    return bool(here)


def is_replaced(work: Work, brief: Brief) -> bool:
    """Whether the same provider was sent a newer version."""
    number = select(PlanVersion.number).where(PlanVersion.id == brief.version_id).scalar_subquery()
    newer = (
        select(Brief.id)
        .join(PlanVersion, PlanVersion.id == Brief.version_id)
        .where(_of_party(brief), PlanVersion.number > number)
    )
    return work.session.scalar(unscoped(newer.limit(1), "whether there is a newer one")) is not None


def parts_of(work: Work, brief: Brief) -> Sequence[PlanPart]:
    """The parts a brief is about: its provider's own, of its version, and nothing else; the brief was found first."""
    wanted = select(PlanPart).where(
        PlanPart.version_id == brief.version_id,
        PlanPart.provider_id.is_(None) if brief.provider_id is None else PlanPart.provider_id == brief.provider_id,
        PlanPart.provider_name == brief.provider_name,
    )
    return work.session.scalars(unscoped(wanted.order_by(PlanPart.position), "the parts of a brief")).all()


def starts_of(work: Work, found: Iterable[Brief]) -> Mapping[UUID, PlanVersion]:
    """The version each brief belongs to; only its number and first day are for a provider."""
    ids = {brief.version_id for brief in found}
    wanted = select(PlanVersion).where(PlanVersion.id.in_(ids))
    return {row.id: row for row in work.session.scalars(unscoped(wanted, "the versions of briefs that were found"))}


def client_of(work: Work, client_id: UUID) -> Client:
    """Whose plan a brief is about: its name and how to communicate go with every brief (access table, cell R i)."""
    return people.client_of(work, client_id, "named in a brief")


def provider_names(work: Work, ids: Collection[UUID | None]) -> Mapping[UUID, Name]:
    """The names of organisations; they are no secret inside the portal."""
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(ids) - {None}))
    rows = work.session.execute(wanted)
    return {row.id: Name(row.name) for row in rows}


def parts_named(work: Work, client: Client, plan: FrozenProposal) -> Mapping[str, Value]:
    """What the parts of the funding in a plan are called, by their keys, as far as the reader may see the funding."""
    found: dict[str, Value] = {key: part.words for key, part in listed_parts(plan.program).items()}
    letter = funding.current(work, client, on=max(work.today(client), plan.period.first))
    if letter is None or letter.program != plan.program:
        return found
    components = programs.rules(plan.program).components(funding.funding_values(letter, work.today(client)))
    return found | {one.key: shown(one.name) for one in components}


def called(of: Brief | PlanPart | ProviderRequest, names: Mapping[UUID, Name]) -> Name:
    """What a provider is called; an empty name when there is none yet."""
    return names[of.provider_id] if of.provider_id else Name(of.provider_name)


@history.naming
def names_for_history(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    """Organisations that are named in the events of a plan, and what providers without a place here are called."""
    typed = [
        limit(select(model.id, model.provider_name), work, model).where(
            among(model.id, ids), model.provider_id.is_(None), model.provider_name != ""
        )
        for model in (Brief, ProviderRequest, Shared)
    ]
    rows = work.session.execute(unscoped(union_all(*typed), "each limited by itself"))
    return {**provider_names(work, ids), **{row.id: Name(row.provider_name) for row in rows}}


@next_steps.of_clients
def what_waits(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Providers that said "cannot", and those that have not read their part."""
    found = _newest(work, clients, [BriefState.SENT, BriefState.READ, BriefState.CANNOT])
    ids = [brief.provider_id for brief in found if brief.provider_id]
    names = provider_names(work, ids) if found else {}
    here = with_people(work, ids) if ids else frozenset()
    given = _given(work, found)
    for brief in found:
        provider, href = called(brief, names), f"/people/{brief.client_id}/plan"
        linked = brief.token_ends_at is not None and brief.token_ends_at > work.now
        if brief.state is BriefState.CANNOT:
            sentence = words("{provider} cannot deliver its part. Decide what to do.", provider=provider)
            yield brief.client_id, NextStep(sentence, href, urgent=True)
        elif brief.state is BriefState.SENT:
            sentence = words("{provider} has not read the new plan yet.", provider=provider)
            if brief.rings:
                text = words(
                    "{provider} has not read the new plan, also after reminders. Ring them.", provider=provider
                )
                yield brief.client_id, NextStep(text, href, urgent=True)
                continue
            if brief.id in given:
                continue
            if brief.provider_id not in here and not linked and not (brief.helper_id and readers(work, brief)):
                text = words(
                    "Tell {provider} of the new plan, and write down the answer: they have no account here.",
                    provider=provider,
                )
                yield brief.client_id, NextStep(text, href)
                continue
            whose = words("Waiting for {provider}", provider=provider)
            yield brief.client_id, NextStep(sentence, href, waiting_for=whose)


def _given(work: Work, briefs: Sequence[Brief]) -> set[UUID]:
    """Those of some briefs whose parts family and friends give without pay."""
    typed = [one for one in briefs if one.provider_id is None and one.parts]
    wanted = limit(select(PlanPart), work, PlanPart).where(
        PlanPart.version_id.in_({one.version_id for one in typed}), PlanPart.provider_id.is_(None)
    )
    parts = work.session.scalars(wanted).all() if typed else ()
    asked = {(part.version_id, part.provider_name) for part in parts if is_asked(part)}
    there = {(part.version_id, part.provider_name) for part in parts} - asked
    return {one.id for one in typed if (one.version_id, one.provider_name) in there}


def _to_come(work: Work) -> ColumnElement[bool]:
    """Whether something of a version is still to be delivered: of what is over nobody needs to read."""
    of_version = select(PlanPart.id).where(PlanPart.version_id == PlanVersion.id)
    return ~of_version.exists() | of_version.where(PlanPart.ends >= work.day).exists()


def _newest(work: Work, clients: next_steps.Clients, states: Collection[BriefState]) -> Sequence[Brief]:
    """What providers were sent of each client's newest version, as far as it stands like this."""
    newest = limit(select(PlanVersion.client_id, PlanVersion.id), work, PlanVersion).where(
        among(PlanVersion.client_id, clients), PlanVersion.state.in_(UP_TO_DATE), _to_come(work)
    )
    of_client = {row.client_id: row.id for row in work.session.execute(newest.order_by(PlanVersion.number))}
    wanted = limit(select(Brief), work, Brief).where(Brief.version_id.in_(of_client.values()), Brief.state.in_(states))
    wanted = wanted.where(Brief.helper_id.is_distinct_from(work.account_id))  # one's own is asked elsewhere
    return work.session.scalars(wanted).all() if of_client else ()


def unable(work: Work, clients: next_steps.Clients) -> set[tuple[UUID, UUID | None]]:
    """Which provider said of which client's newest plan that it cannot deliver its part."""
    return {(brief.client_id, brief.provider_id) for brief in _newest(work, clients, [BriefState.CANNOT])}


def cannot_for_us(work: Work) -> Mapping[tuple[UUID, UUID | None], UUID]:
    """By person and provider what the reader's organisations were sent of its newest plan and answered "cannot" to."""
    other = aliased(PlanVersion)
    newer = exists().where(
        other.client_id == PlanVersion.client_id, other.number > PlanVersion.number, other.state.in_(UP_TO_DATE)
    )
    newest = unscoped(select(PlanVersion.id), "briefs").where(PlanVersion.state.in_(UP_TO_DATE), ~newer)
    wanted = limit(select(Brief.client_id, Brief.provider_id, Brief.id), work, Brief).where(
        Brief.provider_id.in_(organisations(work)),
        Brief.state == BriefState.CANNOT,
        Brief.version_id.in_(newest),
    )
    return {(row.client_id, row.provider_id): row.id for row in work.session.execute(wanted)}


def to_deliver(work: Work, clients: next_steps.Clients) -> set[tuple[UUID, UUID | None]]:
    """Which provider has something to deliver for which client, now or later."""
    wanted = limit(select(PlanPart.client_id, PlanPart.provider_id, PlanPart.ends), work, PlanPart).where(
        among(PlanPart.client_id, clients), PlanPart.state != PartState.ENDED
    )
    found = work.session.execute(wanted)
    return {(row.client_id, row.provider_id) for row in found if row.ends >= work.today(clients[row.client_id])}


@next_steps.of_reader
def parts_to_read(work: Work) -> Iterable[NextStep]:
    """How many parts of plans the reader's own organisations, or they as a helper, have not read, or not answered."""
    wanted = limit(select(Brief.state, func.count()), work, Brief).where(
        _to_us(work),
        Brief.state.in_([BriefState.SENT, BriefState.READ]),
        Brief.version_id.in_(
            unscoped(select(PlanVersion.id), "briefs").where(PlanVersion.state.in_(UP_TO_DATE), _to_come(work))
        ),
    )
    counts = dict(work.session.execute(wanted.group_by(Brief.state)).all())
    if unread := counts.get(BriefState.SENT, 0):
        text = nwords("{n} plan has a part for you to read.", "{n} plans have a part for you to read.", unread)
        yield NextStep(text, "/briefs", urgent=True)
    if read := counts.get(BriefState.READ, 0):
        yield NextStep(nwords("{n} plan waits for your answer.", "{n} plans wait for your answer.", read), "/briefs")


@due.of_clients
def parts_refused(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """What a provider said it cannot deliver, by the day from which it was meant to, until it is decided what to do."""
    found = _newest(work, clients, [BriefState.CANNOT])
    names = provider_names(work, [brief.provider_id for brief in found if brief.provider_id]) if found else {}
    wanted = limit(select(PlanVersion.id, PlanVersion.starts), work, PlanVersion)
    meant = {brief.version_id for brief in found}
    starts = (
        {row.id: row.starts for row in work.session.execute(wanted.where(PlanVersion.id.in_(meant)))} if found else {}
    )
    for brief in found:
        text = words("{provider} cannot deliver its part. Decide what to do.", provider=called(brief, names))
        day, href = starts[brief.version_id], f"/people/{brief.client_id}/plan"
        whose = Name(clients[brief.client_id].name)
        yield due.Due(brief.client_id, due.Kind.DECISION, day, text, href, whose, urgent=True)


@due.of_clients
def parts_to_answer(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """For a provider or a helper: each of their parts that is not answered, by the day from which it holds."""
    wanted = (
        limit(select(Brief, PlanVersion.starts), work, Brief)
        .join(PlanVersion, PlanVersion.id == Brief.version_id)
        .where(
            among(Brief.client_id, clients),
            _to_us(work),
            Brief.state.in_([BriefState.SENT, BriefState.READ]),
            PlanVersion.state.in_(UP_TO_DATE),
            _to_come(work),
        )
    )
    for brief, starts in work.session.execute(wanted):
        text = nwords("{n} plan waits for your answer.", "{n} plans wait for your answer.", 1)
        if brief.state is BriefState.SENT:
            text = nwords("{n} plan has a part for you to read.", "{n} plans have a part for you to read.", 1)
        yield due.Due(brief.client_id, due.Kind.PART, starts, text, f"/briefs/{brief.id}", work.account_id)


@so_far.of_line
def _in_plans(work: Work, client: Client, key: UUID) -> Iterable[so_far.Fact]:
    """What the plans say of one line: that its provider was asked, since when it goes on, and that it ended."""
    wanted = visible(work, PlanPart).where(PlanPart.client_id == client.id, PlanPart.line_id == key)
    href = f"/people/{client.id}/plan"
    for part in work.session.scalars(wanted.order_by(PlanPart.starts)):
        if part.state is PartState.WAITING:
            yield so_far.Fact(so_far.Stage.ASKED, words("Waits until the provider has read it"), part.starts, href)
        elif part.since is not None:
            going_on = part.state is PartState.GOING_ON
            yield so_far.Fact(so_far.Stage.IN_FORCE, words("In my plan"), part.since, href, holds=going_on)
        if part.state is PartState.ENDED and part.until is not None:
            yield so_far.Fact(so_far.Stage.STOPPED, words("Ended, or went on in a new version"), part.until, href)


@resting.told
def agreed_since(plan: FundingPlan) -> Select[UUID]:
    """Versions of the plan that were agreed since a letter was typed in: its money was looked at for them."""
    return select(PlanVersion.id).where(
        PlanVersion.client_id == plan.client_id, PlanVersion.agreed_at > plan.created_at
    )
