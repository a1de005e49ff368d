"""Putting a version in force, and what providers do with their part: read it, answer, by account, link or telephone."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.accounts.queries import hashed
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import events, queries
from portal.plans.changeover import change_over
from portal.plans.model import LINK_LASTS, REMINDED_AFTER, RUNG_AFTER, Brief, PlanPart, PlanVersion
from portal.plans.narrowed import narrowed, the_line
from portal.plans.states import Answered, BriefState, PartState
from portal.plans.telling import SELF, holders, keepers, readers, tell
from portal.proposals.frozen import FrozenProposal, digest, thaw
from portal.work import NotVisible, Refusal, Work, command, open_command

Provider = tuple[UUID | None, str]


@open_command
def put_in_force(
    work: Work,
    client: Client,
    content: str,
    reason: str,
    *,
    starts: date | None = None,
    proposal_id: UUID | None = None,
    agreed_by: UUID | None = None,
    can: Collection[Provider] = (),
) -> PlanVersion:
    """Make the next version of a client's plan from an approved content (canonical JSON of a frozen proposal).

    For jobs and for the verbs of this slice that have permitted it: who may approve is decided there, never here.
    ``starts`` is the first day it is meant to hold; when absent the plan's own first day, but never a day gone by.
    A proposal makes one version only: a second call gives back the first. What is delivered changes over provider by
    provider (see changeover.py).
    """
    if proposal_id and (made := _made_from(work, proposal_id)):
        return made
    frozen = thaw(content)
    before = _versions(work, client.id)
    version = PlanVersion(
        client_id=client.id,
        number=before[-1].number + 1 if before else 1,
        content=content,
        hash=digest(content),
        starts=starts or max(frozen.period.first, work.today(client)),
        reason=reason,
        proposal_id=proposal_id,
        agreed_by=agreed_by or work.account_id,
        agreed_at=work.now,
    )
    work.session.add(version)
    work.session.flush()
    number, first = version.number, version.starts
    work.record(events.VersionAgreed(client_id=client.id, subject=version.id, number=number, starts=first))
    _add_parts(work, version, frozen)
    _send_briefs(work, client, version, before[-1] if before else None, can)
    change_over(work, client)
    return version


def _made_from(work: Work, proposal_id: UUID) -> PlanVersion | None:
    wanted = select(PlanVersion).where(PlanVersion.proposal_id == proposal_id)
    return work.session.scalar(unscoped(wanted, "one proposal makes one version"))


def _versions(work: Work, client_id: UUID) -> Sequence[PlanVersion]:
    wanted = select(PlanVersion).where(PlanVersion.client_id == client_id).order_by(PlanVersion.number)
    return work.session.scalars(unscoped(wanted, "versions of one client")).all()


def _parts(work: Work, version_id: UUID) -> Sequence[PlanPart]:
    wanted = select(PlanPart).where(PlanPart.version_id == version_id).order_by(PlanPart.position)
    return work.session.scalars(unscoped(wanted, "parts of one version")).all()


def _add_parts(work: Work, version: PlanVersion, frozen: FrozenProposal) -> None:
    for position, line in enumerate(frozen.lines):
        work.session.add(
            PlanPart(
                client_id=version.client_id,
                version_id=version.id,
                line_id=line.id,
                position=position,
                provider_id=line.provider_id,
                provider_name="" if line.provider_id else line.provider,
                content=narrowed(version.content, [line.id]),
                starts=max(line.terms.starts, version.starts),
                ends=line.terms.ends,
            )
        )
    work.session.flush()


def _by_provider(work: Work, version: PlanVersion | None) -> dict[Provider, list[PlanPart]]:
    found: dict[Provider, list[PlanPart]] = {}
    for part in _parts(work, version.id) if version else ():
        if part.provider_id or part.provider_name:
            found.setdefault((part.provider_id, part.provider_name), []).append(part)
    return found


def _send_briefs(
    work: Work, client: Client, version: PlanVersion, before: PlanVersion | None, can: Collection[Provider]
) -> None:
    """One brief for each provider that has a part now or had one before, even when nothing is left of it."""
    now, earlier = _by_provider(work, version), _by_provider(work, before)
    answered = {(b.provider_id, b.provider_name): b for b in _briefs(work, before.id)} if before else {}
    for provider in (*now, *(one for one in earlier if one not in now)):
        brief = Brief(
            client_id=client.id,
            version_id=version.id,
            provider_id=provider[0],
            provider_name=provider[1],
            helper_id=_helper(now.get(provider) or earlier[provider]),
            parts=len(now.get(provider, ())),
            sent_at=work.now,
        )
        work.session.add(brief)
        if provider[0] and provider in now:
            work.later("people.let_in_provider", client_id=client.id, organisation_id=provider[0])
        old = answered.get(provider)
        if old and old.state is BriefState.CAN and _same(now.get(provider, []), earlier.get(provider, [])):
            _carry_on(work, brief, old)
            continue
        if provider in can and (old is None or old.state is BriefState.CAN):
            brief.answer(BriefState.CAN, Answered.CHANGE, work.now, None, "", "")
            work.session.flush()
            work.record(_answered(brief, Answered.CHANGE))
            continue
        work.session.flush()
        work.record(events.BriefSent(client_id=client.id, subject=brief.id, provider_id=brief.provider_id))
        tell(work, readers(work, brief), f"brief-{brief.id}", f"/briefs/{brief.id}")


def _helper(parts: Sequence[PlanPart]) -> UUID | None:
    """The account of the member of the circle who gives every one of these parts without pay.

    None where somebody called the same is paid for one of them: a name alone opens nothing.
    """
    found = {the_line(part.content).terms.helper for part in parts}
    return found.pop() if len(found) == 1 else None


def _briefs(work: Work, version_id: UUID) -> Sequence[Brief]:
    wanted = select(Brief).where(Brief.version_id == version_id)
    return work.session.scalars(unscoped(wanted, "briefs of one version")).all()


def _same(now: Sequence[PlanPart], before: Sequence[PlanPart]) -> bool:
    return {part.line_id: the_line(part.content).terms for part in now} == {
        part.line_id: the_line(part.content).terms for part in before
    }


def _carry_on(work: Work, brief: Brief, old: Brief) -> None:
    brief.answer(BriefState.CAN, Answered.UNCHANGED, work.now, old.answered_by, old.spoke_with, "")
    work.session.flush()
    work.record(_answered(brief, Answered.UNCHANGED))


def _answered(brief: Brief, how: Answered) -> events.BriefAnswered:
    return events.BriefAnswered(
        client_id=brief.client_id, subject=brief.id, provider_id=brief.provider_id, answer=brief.state, how=how
    )


def _is_own(work: Work, brief: Brief) -> bool:
    helps = brief.helper_id is not None and brief.helper_id == work.account_id
    return helps or (work.decision is not None and work.decision.relationship is Relationship.PROVIDER)


def _as_provider(work: Work, brief: Brief) -> None:
    """Only the provider's own people, or the helper, read and answer for it; others record what they were told."""
    if not _is_own(work, brief):
        raise NotVisible
    _must_be_newest(work, brief)


def _must_be_newest(work: Work, brief: Brief) -> None:
    if queries.is_replaced(work, brief):
        raise Refusal(words("There is a newer version of this plan. Please read and answer that one."))


@command(Resource.REQUEST, Action.WRITE)
def mark_read(work: Work, brief: Brief) -> None:
    """The provider has read its part, and will answer later; from now on this version holds for it."""
    _as_provider(work, brief)
    if brief.read(work.now, work.account_id):
        work.record(events.BriefRead(client_id=brief.client_id, subject=brief.id, provider_id=brief.provider_id))
        change_over(work, people.client_of(work, brief.client_id, "whose plan it is"))


@command(Resource.REQUEST, Action.WRITE)
def answer(work: Work, brief: Brief, given: BriefState, said: str) -> None:
    """The provider answers with its own account: it can deliver this, or cannot."""
    _as_provider(work, brief)
    _take(work, brief, given, Answered.ACCOUNT, "", said)


@command(Resource.REQUEST, Action.WRITE)
def record_telephone_answer(work: Work, brief: Brief, given: BriefState, spoke_with: str, said: str) -> None:
    """Keep what a provider said on the telephone: who said it, when, in which words, and who took the call."""
    if _is_own(work, brief):
        raise NotVisible
    _must_be_newest(work, brief)
    _take(work, brief, given, Answered.TELEPHONE, spoke_with, said)


@command(Resource.REQUEST, Action.WRITE)
def make_link(work: Work, brief: Brief) -> str:
    """A one-time link's token for a provider without an account; an earlier link ends. Only its hash is kept."""
    if _is_own(work, brief):
        raise NotVisible
    _must_be_newest(work, brief)
    if not brief.open:
        raise Refusal(words("This provider has answered already."))
    token = secrets.token_urlsafe(32)
    brief.token_hash, brief.token_ends_at = hashed(token), work.now + LINK_LASTS
    ends = work.day + LINK_LASTS
    work.record(events.LinkMade(client_id=brief.client_id, subject=brief.id, provider_id=brief.provider_id, ends=ends))
    return token


@open_command
def answer_by_link(work: Work, token: str, given: BriefState, who: str, said: str) -> None:
    """Answer with a one-time link; it ends with that. NotVisible when it has ended or never was."""
    brief = queries.by_link(work, token)
    if brief is None:
        raise NotVisible
    _take(work.by_link(), brief, given, Answered.LINK, who, said)


def _take(work: Work, brief: Brief, given: BriefState, how: Answered, who: str, said: str) -> None:
    brief.answer(given, how, work.now, work.account_id, who, said)
    brief.end_link()
    work.record(_answered(brief, how))
    to_tell = keepers(work, brief.client_id)
    if given is BriefState.CANNOT:
        to_tell |= holders(work, brief.client_id, SELF)
    key = f"answer-{brief.id}-{work.moment}"
    tell(work, to_tell, key, f"/people/{brief.client_id}/plan")
    change_over(work, people.client_of(work, brief.client_id, "whose plan it is"))


@open_command
def remind(work: Work, client: Client, briefs: Sequence[Brief]) -> None:
    """Remind providers that have not read their parts; after the last time whoever looks after the plan is to ring.

    They are told at once of a provider nobody of which has an account here: one letter for all of them.
    """
    to_ring = False
    for brief in briefs:
        days = brief.to_remind(work.now)
        if days is None:
            continue
        of_it = readers(work, brief)
        rings = days == RUNG_AFTER or (not of_it and brief.reminded_at is None)
        brief.reminded_at, to_ring = work.now, to_ring or rings
        about = events.Reminded if rings else events.ProviderReminded
        work.record(about(client_id=client.id, subject=brief.id, provider_id=brief.provider_id))
        if not rings:
            tell(work, of_it, f"unread-{brief.id}-{days.days}", f"/briefs/{brief.id}")
    if to_ring:
        key = f"unread-{client.id}-{work.day.isoformat()}"
        tell(work, keepers(work, client.id), key, f"/people/{client.id}/plan")


@open_command
def begin_day(work: Work, client: Client) -> None:
    """Let versions whose day has come take their place; for the daily job."""
    change_over(work, client)
    still_waiting = select(Brief).where(
        Brief.client_id == client.id,
        Brief.state == BriefState.SENT,
        Brief.version_id.in_(select(PlanPart.version_id).where(PlanPart.state == PartState.WAITING)),
        Brief.sent_at <= work.now - REMINDED_AFTER[0],
    )
    remind(work, client, work.session.scalars(unscoped(still_waiting, "what no one has read")).all())
