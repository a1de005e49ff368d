"""Keeping a visitor's draft for a day, forgetting it, and making it a client's own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete

from portal.access.table import Relationship, Resource, Scope
from portal.accounts.queries import hashed as hashed_code
from portal.funding.events import FundingTyped
from portal.funding.kept import to_json
from portal.funding.model import OrdinaryWeek
from portal.people.model import GIVEN_BY_HELPER, Authority, AuthorityKind, Client, Consent, Invitation, Tie
from portal.people.place import TIME_ZONES
from portal.people.queries import code_of
from portal.start import events
from portal.start.draft import Draft
from portal.start.model import StartDraft
from portal.start.queries import hashed, row
from portal.work import Work, open_command

KEPT_FOR = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=14)
CONSENT_LASTS = timedelta(days=365)
SEEN_BY_HELPER = (
    Resource.IDENTITY,
    Resource.CIRCLE,
    Resource.STORY,
    Resource.DRAFT,
    Resource.PLAN,
    Resource.CHANGE,
    Resource.BUDGET,
    Resource.AGREEMENT,
)


class Whose(StrEnum):
    """Whose plan it is that someone keeps."""

    MINE = "mine"
    CHILD = "child"  # not grown up yet, by a parent or guardian
    ADULT = "adult"  # an adult, who decides themselves


@dataclass(frozen=True)
class Kept:
    """A new record; ``invitation`` is for the person it is about, when somebody else made it for an adult."""

    client: Client
    invitation: Invitation | None


@open_command
def save(work: Work, visitor: str, draft: Draft) -> None:
    """Keep a visitor's draft, sealed, for a day from now; nothing is known about the visitor."""
    kept = row(work, visitor)
    if kept is None:
        work.session.execute(delete(StartDraft).where(StartDraft.visitor_hash == hashed(visitor)))
        kept = StartDraft(visitor_hash=hashed(visitor))
        kept.content = to_json(draft)
        kept.expires_at = work.now + KEPT_FOR
        work.session.add(kept)
        return
    kept.content = to_json(draft)
    kept.expires_at = work.now + KEPT_FOR


@open_command
def forget(work: Work, visitor: str) -> None:
    """Delete a visitor's draft at once."""
    work.session.execute(delete(StartDraft).where(StartDraft.visitor_hash == hashed(visitor)))


@open_command
def forget_expired(work: Work) -> None:
    """Delete every draft whose day is over."""
    work.session.execute(delete(StartDraft).where(StartDraft.expires_at <= work.now))


@open_command
def keep(work: Work, visitor: str, draft: Draft, whose: Whose, name: str, language: str) -> Kept:
    """Make a draft a client's record of their own, with nothing retyped; the draft itself is deleted.

    The one who keeps it must be signed in. Made for oneself: they are the client. For one's child under 18: as parent,
    with authority over planning and money as they told us, unchecked by anyone else, for a year, and never to sign.
    For an adult: as supporter, who looks and comments, with consents that the person is asked to confirm by a code.
    """
    assert work.account_id is not None, "only for people who are signed in"
    state = draft.state or "NSW"
    client = Client(
        name=name, language=language, state=state, zone=draft.zone, time_zone=TIME_ZONES[state], created_at=work.now
    )
    work.session.add(client)
    work.session.flush()
    plan = draft.plan(work.now, client.id, work.account_id)
    work.session.add(plan)
    if draft.week:
        week = OrdinaryWeek(client_id=client.id, told_at=work.now)
        week.lines = to_json(draft.week)
        work.session.add(week)
    invitation = _tie(work, client, whose)
    forget(work, visitor)
    begun = events.BegunForSomeone if whose is Whose.ADULT else events.BegunByOneself
    work.record(begun(client_id=client.id, subject=client.id))
    work.record(FundingTyped(client_id=client.id, subject=plan.id, starts=plan.starts))
    work.later("proposals.from_start", client_id=client.id)
    return Kept(client, invitation)


def _tie(work: Work, client: Client, whose: Whose) -> Invitation | None:
    relationships = {
        Whose.MINE: Relationship.CLIENT,
        Whose.CHILD: Relationship.AUTHORITY,
        Whose.ADULT: Relationship.SUPPORTER,
    }
    tie = Tie(client_id=client.id, relationship=relationships[whose], account_id=work.account_id, starts=work.day)
    work.session.add(tie)
    work.session.flush()
    if whose is Whose.CHILD:
        work.session.add(
            Authority(
                client_id=client.id,
                tie_id=tie.id,
                kind=AuthorityKind.PARENT,
                scopes=Authority.pack(frozenset({Scope.PLANNING, Scope.MONEY})),
                starts=work.day,
                ends=work.day + CONSENT_LASTS,
                evidence="Told by the parent or guardian when they began. No document was seen.",
                checked_by=None,
                checked_at=work.now,
            )
        )
    if whose is Whose.ADULT:
        for resource in SEEN_BY_HELPER:
            work.session.add(
                Consent(
                    client_id=client.id,
                    tie_id=tie.id,
                    covers=resource,
                    comments=True,
                    purpose="To help with the plan",
                    starts=work.day,
                    ends=work.day + CONSENT_LASTS,
                    given_how=GIVEN_BY_HELPER,
                )
            )
        return _invitation(work, client)
    return None


def _invitation(work: Work, client: Client) -> Invitation:
    """A code with which the person takes their own record into their hands; only its hash is kept."""
    assert work.account_id is not None, "only for people who are signed in"
    invitation = Invitation(
        client_id=client.id,
        relationship=Relationship.CLIENT,
        made_by=work.account_id,
        expires_at=work.now + INVITATION_LASTS,
    )
    invitation.code_hash = hashed_code(code_of(work, invitation))
    work.session.add(invitation)
    return invitation
