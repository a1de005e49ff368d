"""The circle: who is in it, what each may see, inviting and joining, and what is kept from whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from markupsafe import Markup

from budgeting.words import Words, words
from portal.access.policy import Reason
from portal.access.table import Action, Relationship, Resource, Scope
from portal.accounts import commands as accounts
from portal.language import markup, plain
from portal.people import commands, parts, queries
from portal.people.circle import Shown, shareable, shown, until
from portal.people.model import AuthorityKind, Invitation
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

EVERYTHING = "everything"
K = TypeVar("K", bound=StrEnum)


@get("/people/{client_id:uuid}/circle", access=(Resource.CIRCLE, Action.READ))
def circle(work: Work, client_id: UUID) -> View:
    """Who is in the circle, since when, and what each of them may see and do."""
    client = queries.client(work, client_id)
    own = queries.is_own(work, client)
    members = [shown(work, client, member, own) for member in queries.circle(work, client)]
    return View(
        "people/circle.html",
        {
            "own": own,
            "members": members,
            "invitations": [
                (parts.INVITED[i.relationship][0], i.label, i.expires_at, f"{_circle(client_id)}/invitations/{i.id}")
                for i in queries.invitations(work, client)
                if i.relationship in parts.INVITED
            ],
            "may_invite": work.can(Resource.CIRCLE, Action.SHARE, client_id),
            "may_change": work.can(Resource.CIRCLE, Action.WRITE, client_id),
            "may_hide": work.can(Resource.SAFETY, Action.WRITE, client_id),
            "address": _circle(client_id),
        },
        client=client,
    )


def _circle(client_id: UUID) -> str:
    return f"/people/{client_id}/circle"


def _options(called: Mapping[K, Words], chosen: Iterable[K]) -> list[tuple[str, Markup]]:
    """Choices for a form: the stored value and its name in the reader's language."""
    return [(each.value, markup(called[each])) for each in chosen]


# Inviting


@get("/people/{client_id:uuid}/circle/invite", access=(Resource.CIRCLE, Action.WRITE))
def inviting(work: Work, client_id: UUID) -> View:
    """Whom to invite, and what they shall see."""
    client = queries.client(work, client_id)
    return View(
        "people/invite.html",
        {
            "own": queries.is_own(work, client),
            "address": _circle(client_id),
            "kinds": [(kind.value, markup(called), markup(means)) for kind, (called, means) in parts.INVITED.items()],
            "parts": _options(parts.PARTS, parts.SHAREABLE),
            "days": commands.CODE_LASTS.days,
        },
        client=client,
    )


@dataclass(frozen=True)
class InviteForm:
    relationship: str = forms.one_of([kind.value for kind in parts.INVITED])
    label: str = forms.text(60, required=False)
    covers: tuple[str, ...] = forms.some_of([part.value for part in parts.SHAREABLE])
    comments: bool = forms.tick()
    email: str = forms.text(254, required=False)


@post("/people/{client_id:uuid}/circle/invite", access=(Resource.CIRCLE, Action.SHARE), form=InviteForm, view=inviting)
def invite(work: Work, form: InviteForm, client_id: UUID) -> View:
    """Make the code and show it once, ready to print."""
    client = queries.client(work, client_id)
    covers = tuple(Resource(value) for value in form.covers)
    relationship = Relationship(form.relationship)
    _may_write_to(work, form.email)
    invitation = commands.invite(work, client, relationship, form.label, covers, form.comments, form.email)
    return View("people/code.html", _code_values(work, invitation), client=client)


def _may_write_to(work: Work, email: str) -> None:
    """Refuse one letter too many to people who have no account, and may not want any."""
    if not email:
        return
    if not accounts.count_try(work, accounts.LETTERS_OUT, str(work.account_id)):
        raise Refusal(accounts.TOO_MANY, "email")
    if not accounts.count_try(work, accounts.LETTERS_TO, email.casefold()):
        told = words("This address was written to several times today. Leave it out, and hand the code over yourself.")
        raise Refusal(told, "email")


def _code_values(work: Work, invitation: Invitation) -> dict[str, object]:
    import segno

    code = queries.code_of(work, invitation)
    join = f"{work.house.settings.base_url}/join"
    picture = segno.make(f"{join}?code={code}", error="m", micro=False)
    return {
        "code": code,
        "join": join,
        "picture": picture.svg_data_uri(scale=6, border=3, dark="#1d2628", light="#ffffff"),
        "relationship": parts.INVITED[invitation.relationship][0],
        "means": parts.INVITED[invitation.relationship][1],
        "sees": [parts.PARTS[part] for part, _ in parts.unpack(invitation.consents)],
        "expires": invitation.expires_at,
        "email": invitation.email,
        "address": _circle(invitation.client_id),
    }


@post(
    "/people/{client_id:uuid}/circle/invitations/{invitation_id:uuid}/withdraw",
    access=(Resource.CIRCLE, Action.WRITE),
    view=circle,
)
def withdraw_invitation(work: Work, client_id: UUID, invitation_id: UUID) -> Stay:
    """Take a code back."""
    commands.withdraw_invitation(work, queries.invitation(work, client_id, invitation_id))
    return Stay(words("The invitation is taken back. Its code no longer works."))


# One person of the circle


@get("/people/{client_id:uuid}/circle/{tie_id:uuid}", access=(Resource.CIRCLE, Action.READ))
def member(work: Work, client_id: UUID, tie_id: UUID) -> View:
    """One person or organisation: since when, what they may see and do, and changing it."""
    client = queries.client(work, client_id)
    found = queries.member(work, client_id, tie_id)
    own = queries.is_own(work, client)
    person: Shown = shown(work, client, found, own)
    changeable = found.tie.relationship in parts.BY_CONSENT and work.can(Resource.CIRCLE, Action.WRITE, client_id)
    consented = {consent.covers for consent in found.consents}
    lead = _leads(work, client_id) and found.tie.account_id is not None and found.tie.account_id != work.account_id
    return View(
        "people/member.html",
        {
            "own": own,
            "person": person,
            "address": f"{_circle(client_id)}/{tie_id}",
            "back_href": _circle(client_id),
            "may_share": changeable,
            "parts": _options(parts.PARTS, shareable(found.tie.relationship)),
            "chosen": [part.value for part in consented],
            "comments": any(consent.comments for consent in found.consents),
            "ends": until(found.consents, work.today(client) + commands.CONSENT_LASTS).isoformat(),
            "provider": found.tie.relationship is Relationship.PROVIDER,
            "may_remove": found.tie.relationship in (*parts.INVITED, Relationship.PROVIDER)
            and work.can(Resource.CIRCLE, Action.WRITE, client_id),
            "may_check": lead and found.tie.relationship in (Relationship.FAMILY, Relationship.SUPPORTER),
            "may_end_authority": lead and found.tie.relationship is Relationship.AUTHORITY,
            "kinds": [(kind.value, plain(text)) for kind, text in parts.AUTHORITIES.items()],
            "scopes": _options(parts.SCOPES, Scope),
            "today": work.today(client).isoformat(),
        },
        client=client,
    )


def _leads(work: Work, client_id: UUID) -> bool:
    decision = work.decide(Resource.CONSENTS, Action.WRITE, client_id)
    return decision.allowed and decision.relationship is Relationship.LEAD


@dataclass(frozen=True)
class ShareForm:
    covers: tuple[str, ...] = forms.some_of([part.value for part in parts.SHAREABLE])
    comments: bool = forms.tick()
    ends: date = forms.day()


@post(
    "/people/{client_id:uuid}/circle/{tie_id:uuid}/share",
    access=(Resource.CIRCLE, Action.WRITE),
    form=ShareForm,
    view=member,
)
def share(work: Work, form: ShareForm, client_id: UUID, tie_id: UUID) -> Stay:
    """Give and take back: taking back needs nothing more, giving asks for a fresh confirmation."""
    found = queries.member(work, client_id, tie_id)
    if found.tie.relationship not in parts.BY_CONSENT:
        raise NotVisible
    wanted = {Resource(value) for value in form.covers} & set(shareable(found.tie.relationship))
    held = {c.covers: (c.comments and parts.takes_comments(c.covers), c.ends) for c in found.consents}
    for gone in held.keys() - wanted - {Resource.IDENTITY}:
        commands.withdraw_consent(work, found.tie, gone)
    for part in parts.SHAREABLE:
        comments = form.comments and parts.takes_comments(part)
        if part in wanted and held.get(part) != (comments, form.ends):
            commands.give_consent(work, found.tie, part, comments, form.ends)
    if wanted and held.get(Resource.IDENTITY) != (False, form.ends):  # without the name, nothing can be opened
        commands.give_consent(work, found.tie, Resource.IDENTITY, False, form.ends)
    return Stay(words("Saved. It holds from now on."))


@post("/people/{client_id:uuid}/circle/{tie_id:uuid}/remove", access=(Resource.CIRCLE, Action.WRITE), view=member)
def remove(work: Work, client_id: UUID, tie_id: UUID) -> Go:
    """Take someone out of the circle."""
    found = queries.member(work, client_id, tie_id)
    commands.remove(work, found.tie)
    if found.tie.relationship is Relationship.PROVIDER:
        said = words("{provider} sees nothing more, from now. Here is the receipt.", provider=found.name)
        return Go(f"{_circle(client_id)}/{tie_id}/receipt", said)
    return Go(
        _circle(client_id), words("{person} is no longer in the circle and sees nothing more.", person=found.name)
    )


@dataclass(frozen=True)
class AuthorityForm:
    kind: AuthorityKind = forms.choice(AuthorityKind)
    scopes: tuple[str, ...] = forms.some_of([scope.value for scope in Scope], required=True)
    starts: date = forms.day()
    ends: date | None = forms.day(required=False)
    evidence: str = forms.text(300)
    several: bool = forms.tick()


@post(
    "/people/{client_id:uuid}/circle/{tie_id:uuid}/authority",
    access=(Resource.CONSENTS, Action.WRITE),
    form=AuthorityForm,
    view=member,
)
def check_authority(work: Work, form: AuthorityForm, client_id: UUID, tie_id: UUID) -> Go:
    """A coordinator saw the papers."""
    found = queries.member(work, client_id, tie_id)
    scopes = tuple(Scope(value) for value in form.scopes)
    days = (form.starts, form.ends)
    commands.check_authority(work, found.tie, form.kind, scopes, *days, form.evidence, several=form.several)
    return Go(_circle(client_id), words("Kept: you saw the papers of {person}.", person=found.name))


@post(
    "/people/{client_id:uuid}/circle/{tie_id:uuid}/authority/end",
    access=(Resource.CONSENTS, Action.WRITE),
    view=member,
)
def end_authority(work: Work, client_id: UUID, tie_id: UUID) -> Go:
    """An authority has ended."""
    found = queries.member(work, client_id, tie_id)
    commands.end_authority(work, found.tie)
    return Go(_circle(client_id), words("Kept: {person} no longer decides.", person=found.name))


# Keeping something from someone


@get("/people/{client_id:uuid}/circle/private", access=(Resource.CIRCLE, Action.READ))
def private(work: Work, client_id: UUID) -> View:
    """What is kept from whom; opened with the password, since someone may look over the shoulder."""
    client = queries.client(work, client_id)
    if not work.can(Resource.SAFETY, Action.WRITE, client_id):
        raise NotVisible
    locked = work.decide(Resource.SAFETY, Action.READ, client_id).reason is Reason.STEP_UP
    people = [] if locked else queries.hideable_from(work, client)
    kept = [] if locked else queries.restrictions(work, client)
    names = queries.parties(work, {restriction.hidden_from for restriction in kept})
    return View(
        "people/private.html",
        {
            "own": queries.is_own(work, client),
            "locked": locked,
            "address": f"{_circle(client_id)}/private",
            "back_href": _circle(client_id),
            "people": [(account.id, account.name) for account in people],
            "parts": [
                (EVERYTHING, markup(words("Everything, even that this record exists"))),
                *_options(parts.PARTS, parts.HIDEABLE),
            ],
            "kept": [(names[r.hidden_from], parts.PARTS[r.hides] if r.hides else None, r.set_at, r.id) for r in kept],
        },
        client=client,
    )


@post("/people/{client_id:uuid}/circle/private/open", access=(Resource.CIRCLE, Action.READ), view=private)
def open_private(work: Work, client_id: UUID) -> Stay:
    """Show the page to someone who has just typed their password."""
    if not work.stepped_up:
        raise Refusal(words("Type your password to open this page."), "_password")
    return Stay()


@dataclass(frozen=True)
class HideForm:
    hidden_from: UUID = forms.record_id()
    parts: tuple[str, ...] = forms.some_of([EVERYTHING, *(p.value for p in parts.HIDEABLE)], required=True)


@post("/people/{client_id:uuid}/circle/private", access=(Resource.SAFETY, Action.WRITE), form=HideForm, view=private)
def hide(work: Work, form: HideForm, client_id: UUID) -> Stay:
    """Keep something from someone, at once and without telling them."""
    client = queries.client(work, client_id)
    hidden = [None] if EVERYTHING in form.parts else [Resource(value) for value in form.parts]
    commands.hide(work, client, form.hidden_from, hidden)
    return Stay(words("Done. They are not told, and see no gap."))


@post(
    "/people/{client_id:uuid}/circle/private/{restriction_id:uuid}/lift",
    access=(Resource.SAFETY, Action.WRITE),
    view=private,
)
def show_again(work: Work, client_id: UUID, restriction_id: UUID) -> Stay:
    """Stop keeping something from someone."""
    commands.show_again(work, queries.restriction(work, client_id, restriction_id))
    return Stay(words("Done. They can see it again, if it is shared with them."))
