"""Letters about circles, sent after the transaction that wanted them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name, words
from portal.access.scope import unscoped
from portal.jobs import LETTERS, Opens, job
from portal.language import choose
from portal.mail import Letter, deliver
from portal.people import commands, queries
from portal.people.commands import CODE_LASTS
from portal.people.model import Client, Invitation, InvitationState
from portal.work import Work


@job("people.mail_code", queue=LETTERS)
def mail_code(opens: Opens, invitation_id: str) -> None:
    """Mail an invitation's code, unless it was used or taken back meanwhile. The letter names nobody."""
    with opens.open_reading() as work:
        letter = _with_code(work, UUID(invitation_id))
    if letter is not None:
        deliver(letter, work.house.settings)


def _with_code(work: Work, invitation_id: UUID) -> Letter | None:
    row = work.session.execute(
        unscoped(
            select(Invitation, Client.language)
            .join(Client, Client.id == Invitation.client_id)
            .where(Invitation.id == invitation_id),
            "a letter to the person invited",
        )
    ).one_or_none()
    if row is None:
        return None
    invitation, language = row
    if invitation.state is not InvitationState.OPEN or invitation.email is None or work.now > invitation.expires_at:
        return None
    body = words(
        "Someone invites you to Coplan. Open the page below and enter this code within {days} days: {code}",
        days=CODE_LASTS.days,
        code=Name(queries.grouped(queries.code_of(work, invitation))),
    )
    key = f"invitation-{invitation.id}"
    return Letter(key, invitation.email, choose(language).tag, work.now, body=body, path="/join")


@job("people.let_in_provider")
def let_in_provider(work: Work, client_id: str, organisation_id: str) -> None:
    """A provider of the approved plan, or one that is asked about a change of it, joins the circle."""
    commands.let_in_provider(work, UUID(client_id), UUID(organisation_id))
