"""Inviting, joining, leaving; consent given and withdrawn; authority checked; something kept from someone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource, Scope
from portal.accounts.model import Account
from portal.accounts.queries import hashed
from portal.people import events, queries
from portal.people.model import (
    GIVEN_HERE,
    Authority,
    AuthorityKind,
    Client,
    Consent,
    Invitation,
    InvitationState,
    Restriction,
    Tie,
)
from portal.people.parts import BY_CONSENT, HIDEABLE, INVITED, pack, takes_comments, unpack
from portal.people.place import TIME_ZONES, regions, zone_of
from portal.reading import is_address
from portal.work import ActorKind, NotVisible, Refusal, Work, command, open_command

CODE_LASTS = timedelta(days=14)
CONSENT_LASTS = timedelta(days=365)
NOT_FROM_HERE = frozenset({AuthorityKind.GUARDIAN, AuthorityKind.PARENT})  # only the coordinator hides from these


@command(Resource.CIRCLE, Action.SHARE)
def invite(
    work: Work,
    client: Client,
    relationship: Relationship,
    label: str,
    covers: Sequence[Resource],
    comments: bool,
    email: str,
) -> Invitation:
    """Make a code that lets one person join the circle, valid 14 days; with ``email`` it is mailed to them as well.

    The code itself is ``queries.code_of``: only its hash is kept.
    """
    if relationship not in INVITED:
        raise Refusal(words("Choose one of the answers."), "relationship")
    if email and not is_address(email):
        raise Refusal(words("Enter an e-mail address, like {example}.", example="name@example.org"), "email")
    assert work.account_id is not None, "only for people who are signed in"
    invitation = Invitation(
        client_id=client.id,
        relationship=relationship,
        label=label,
        consents=pack(covers, comments) if relationship in BY_CONSENT else "",
        email=email or None,
        state=InvitationState.OPEN,
        made_by=work.account_id,
        expires_at=work.now + CODE_LASTS,
    )
    invitation.code_hash = hashed(queries.code_of(work, invitation))
    work.session.add(invitation)
    work.session.flush()
    work.record(
        events.InvitationMade(client_id=client.id, subject=invitation.id, relationship=relationship, mailed=bool(email))
    )
    if email:
        work.later("people.mail_code", invitation_id=invitation.id)
    _tell_client(work, client.id, f"invited-{invitation.id}")
    return invitation


@command(Resource.CIRCLE, Action.WRITE)
def withdraw_invitation(work: Work, invitation: Invitation) -> None:
    """Take a code back at once; Refusal when it was used already."""
    _move(work, invitation, InvitationState.WITHDRAWN)
    work.record(events.InvitationWithdrawn(client_id=invitation.client_id, subject=invitation.id))


@open_command
def accept(work: Work, code: str) -> UUID:
    """Join the circle that a code opens, with the consents it carries; returns the client's id.

    Refusal when the code does not fit, is used, or the person is in this circle already.
    """
    assert work.account_id is not None, "only for people who are signed in"
    invitation = queries.open_invitation(work, code)
    if invitation is None:
        raise Refusal(words("This code does not fit, or it is too old. Ask for a new one."), "code")
    if queries.in_circle(work, invitation.client_id, work.account_id, invitation.relationship):
        raise Refusal(words("You are in this circle already. Nothing more is needed."), "code")
    _move(work, invitation, InvitationState.ACCEPTED, accepted_by=work.account_id)
    tie = Tie(
        client_id=invitation.client_id,
        relationship=invitation.relationship,
        account_id=work.account_id,
        label=invitation.label,
        starts=work.day,
    )
    work.session.add(tie)
    work.session.flush()
    work.record(
        events.Joined(client_id=tie.client_id, subject=tie.id, person=work.account_id, relationship=tie.relationship)
    )
    if tie.relationship in BY_CONSENT:
        ends = work.day + CONSENT_LASTS
        for part, comments in [(Resource.IDENTITY, False), *unpack(invitation.consents)]:
            _consent(work, tie, part, comments, ends, "invitation")
    _tell_client(work, tie.client_id, f"joined-{tie.id}")
    return tie.client_id


@open_command
def let_in_provider(work: Work, client_id: UUID, organisation_id: UUID) -> None:
    """The circle of a client holds each provider of the plan they approved; for the job after that. Twice is once.

    What the provider then sees is its own part and nothing else (access/table.py).
    """
    if queries.has_provider(work, client_id, organisation_id):
        return
    tie = Tie(client_id=client_id, relationship=Relationship.PROVIDER, organisation_id=organisation_id, starts=work.day)
    work.session.add(tie)
    work.session.flush()
    work.record(
        events.Joined(client_id=client_id, subject=tie.id, person=organisation_id, relationship=tie.relationship)
    )


@open_command
def let_out_provider(work: Work, tie: Tie) -> None:
    """For the system: today is the last day of a provider to whom nothing is left to do. Twice is once."""
    if tie.relationship is not Relationship.PROVIDER or tie.ends is not None or tie.revoked_at is not None:
        return
    assert tie.organisation_id is not None, "a provider is an organisation"
    tie.ends = work.day
    for consent in queries.live_consents(work, tie):
        consent.ends = min(consent.ends or work.day, work.day)
    work.record(events.Left(client_id=tie.client_id, subject=tie.id, person=tie.organisation_id))


@command(Resource.CONSENTS, Action.APPROVE)
def give_consent(work: Work, tie: Tie, covers: Resource, comments: bool, ends: date) -> None:
    """Let one person see a part of the record until a day (inclusive); an earlier consent for it is replaced."""
    if tie.relationship not in BY_CONSENT or tie.revoked_at is not None:
        raise NotVisible
    if ends < work.day:
        raise Refusal(words("Choose a day that is still to come."), "ends")
    for before in queries.live_consents(work, tie):
        if before.covers is covers:
            before.withdrawn_at = work.now
    _consent(work, tie, covers, comments, ends, GIVEN_HERE)


@command(Resource.CIRCLE, Action.WRITE)
def withdraw_consent(work: Work, tie: Tie, covers: Resource) -> None:
    """Take back a consent; it acts on the very next thing they open."""
    for before in queries.live_consents(work, tie):
        if before.covers is covers:
            before.withdrawn_at = work.now
    work.record(events.ConsentWithdrawn(client_id=tie.client_id, subject=tie.id, person=_party(tie), covers=covers))
    _tell_client(work, tie.client_id, f"circle-{tie.id}-{work.request_id}")


@command(Resource.CIRCLE, Action.WRITE)
def remove(work: Work, tie: Tie) -> None:
    """End someone's place in the circle now; whatever was shared with them ends with it."""
    if tie.relationship not in (*INVITED, Relationship.PROVIDER):
        raise Refusal(
            words("This cannot be ended here. Your coordinator, or whoever appointed this person, can change it.")
        )
    if tie.revoked_at is not None:
        raise NotVisible
    tie.revoked_at = work.now
    for consent in queries.live_consents(work, tie):
        consent.withdrawn_at = work.now
    work.record(events.Left(client_id=tie.client_id, subject=tie.id, person=_party(tie)))
    _tell_client(work, tie.client_id, f"left-{tie.id}")


@command(Resource.CONSENTS, Action.WRITE)
def check_authority(
    work: Work,
    tie: Tie,
    kind: AuthorityKind,
    scopes: Sequence[Scope],
    starts: date,
    ends: date | None,
    evidence: str,
    *,
    several: bool = False,
) -> Authority:
    """A coordinator saw the papers: someone of the circle may decide within these scopes on these days (inclusive)."""
    _only_the_lead(work, tie)
    if ends is not None and ends < starts:
        raise Refusal(words("The last day is before the first. Check both."), "ends")
    if kind is AuthorityKind.CORRESPONDENCE_NOMINEE and set(scopes) != {Scope.INFORMATION}:
        raise Refusal(
            words("A correspondence nominee gets letters and does not decide: choose only reading."), "scopes"
        )
    legal = Tie(
        client_id=tie.client_id,
        relationship=Relationship.AUTHORITY,
        account_id=tie.account_id,
        label=tie.label,
        starts=starts,
        ends=ends,
    )
    work.session.add(legal)
    work.session.flush()
    authority = Authority(
        client_id=tie.client_id,
        tie_id=legal.id,
        kind=kind,
        scopes=Authority.pack(frozenset(scopes)),
        starts=starts,
        ends=ends,
        evidence=evidence,
        checked_by=work.actor.name,
        checked_at=work.now,
        several=several,
    )
    work.session.add(authority)
    work.session.flush()
    work.record(events.AuthorityChecked(client_id=tie.client_id, subject=authority.id, person=_party(tie), ends=ends))
    _tell_client(work, tie.client_id, f"authority-{authority.id}")
    return authority


@command(Resource.CONSENTS, Action.WRITE)
def end_authority(work: Work, tie: Tie) -> None:
    """A coordinator learned that an authority has ended: it decides nothing any more, from now."""
    _only_the_lead(work, tie)
    if tie.relationship is not Relationship.AUTHORITY or tie.revoked_at is not None:
        raise NotVisible
    tie.revoked_at = work.now
    work.record(events.AuthorityEnded(client_id=tie.client_id, subject=tie.id, person=_party(tie)))
    _tell_client(work, tie.client_id, f"authority-ended-{tie.id}")


@command(Resource.SAFETY, Action.WRITE)
def hide(work: Work, client: Client, hidden_from: UUID, parts: Sequence[Resource | None]) -> None:
    """Keep parts of the record, or with None all of it, from one person. They are not told and see no gap.

    Refusal against a guardian or parent unless a coordinator does it (SECURITY, section 2.4).
    """
    lead = work.decision is not None and work.decision.relationship is Relationship.LEAD
    if hidden_from == work.account_id or hidden_from not in {found.id for found in queries.hideable_from(work, client)}:
        raise Refusal(words("Choose one of the answers."), "hidden_from")
    if not lead and queries.kinds_of_authority(work, client.id, hidden_from) & NOT_FROM_HERE:
        raise Refusal(
            words(
                "This person decides for you by law. Your coordinator can keep something from them: "
                "please talk to your coordinator."
            ),
            "hidden_from",
        )
    hidden_already = {found.hides for found in queries.restrictions(work, client) if found.hidden_from == hidden_from}
    assert work.account_id is not None, "only for people who are signed in"
    for part in parts:
        if part is not None and part not in HIDEABLE:
            raise Refusal(words("Choose one of the answers."), "parts")
        if part in hidden_already:
            continue
        made = Restriction(
            client_id=client.id, hidden_from=hidden_from, hides=part, set_by=work.account_id, set_at=work.now
        )
        work.session.add(made)
        work.record(events.Hidden(client_id=client.id, subject=made.id, person=hidden_from, hides=part))


@command(Resource.SAFETY, Action.WRITE)
def show_again(work: Work, restriction: Restriction) -> None:
    """Lift a restriction: from now the person sees again what they may otherwise see."""
    if restriction.lifted_at is not None:
        raise NotVisible
    restriction.lifted_at = work.now
    work.record(
        events.ShownAgain(
            client_id=restriction.client_id,
            subject=restriction.id,
            person=restriction.hidden_from,
            hides=restriction.hides,
        )
    )


def _move(work: Work, invitation: Invitation, to: InvitationState, accepted_by: UUID | None = None) -> None:
    """Use or take back a code; only the first of two who try at once succeeds."""
    moved = work.session.execute(
        unscoped(
            update(Invitation)
            .where(Invitation.id == invitation.id, Invitation.state == InvitationState.OPEN)
            .values(state=to, accepted_by=accepted_by, version=Invitation.version + 1)
            .returning(Invitation.id),
            "the invitation itself was decided on above",
        )
    ).all()
    if not moved:
        raise Refusal(words("This code was used or taken back already."), "code")


def _consent(work: Work, tie: Tie, part: Resource, comments: bool, ends: date, how: str) -> None:
    reaches = comments and takes_comments(part)
    work.session.add(
        Consent(
            client_id=tie.client_id,
            tie_id=tie.id,
            covers=part,
            comments=reaches,
            starts=work.day,
            ends=ends,
            given_how=how,
        )
    )
    work.record(
        events.ConsentGiven(
            client_id=tie.client_id, subject=tie.id, person=_party(tie), covers=part, comments=reaches, ends=ends
        )
    )


def _only_the_lead(work: Work, tie: Tie) -> None:
    """Checking papers is a coordinator's work, and never one's own."""
    lead = work.decision is not None and work.decision.relationship is Relationship.LEAD
    if not lead or tie.account_id is None or tie.account_id == work.account_id:
        raise NotVisible


def _party(tie: Tie) -> UUID:
    party = tie.account_id or tie.organisation_id
    assert party is not None, "a tie has an account or an organisation"
    return party


def _tell_client(work: Work, client_id: UUID, key: str) -> None:
    """What others change in someone's circle, the person is told of."""
    if work.actor.kind is ActorKind.SYSTEM:
        return
    for account_id in work.session.scalars(
        unscoped(
            select(Account.id)
            .join(Tie, Tie.account_id == Account.id)
            .where(
                Tie.client_id == client_id,
                Tie.relationship == Relationship.CLIENT,
                Tie.holds_on(work.day),
                Account.id != work.account_id,
            ),
            "whom to tell",
        )
    ):
        work.later("accounts.tell", account_id=account_id, key=key, path=f"/people/{client_id}/history")


@command(Resource.IDENTITY, Action.WRITE)
def move(work: Work, client: Client, version: int, state: str, region: str, mmm: int | None) -> None:
    """Write down where supports happen; a region of another state is left out, and the zone follows the class.

    While the class is not known, a zone that was told stays as it is.
    """
    client.expect(version)
    client.region = region if region in regions(state) else None
    client.zone = zone_of(mmm) if mmm is not None or client.mmm is not None else client.zone
    client.state, client.mmm, client.time_zone = state, mmm, TIME_ZONES[state]
    work.record(events.Moved(client_id=client.id, subject=client.id))
