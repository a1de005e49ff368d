"""The verbs of the wall: whom a complaint is kept from, and who handles it. Both change in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from feedback import events, queries
from feedback.model import HANDLERS, Complaint, Wall
from feedback.queries import Party
from feedback.states import Why
from feedback.telling import tell_handler
from portal.access.table import Action, Resource
from portal.work import Refusal, Work, command, open_command


@open_command
def choose_handler(work: Work, complaint: Complaint) -> None:
    """Give it to the officer with the least to do who stands behind no wall; to nobody when there is none."""
    fitting = queries.may_handle(work, complaint)
    complaint.handler_id = fitting[0] if fitting else None
    work.session.flush()
    work = _discreet(work, complaint)
    work.record(events.HandlerChosen(client_id=None, subject=complaint.id, found=bool(fitting)))
    tell_handler(work, complaint)


@open_command
def keep_from(work: Work, complaint: Complaint, parties: Iterable[Party], why: Why) -> None:
    """Build the wall: these people and organisations never find it, and a handler among them stops being one at once.

    It is about a provider too when it is about somebody who works there. Whoever calls this has shown that they may.
    """
    work = _discreet(work, complaint)
    before = {
        wall.account_id or wall.organisation_id
        for wall in work.session.scalars(select(Wall).where(Wall.complaint_id == complaint.id))
    }
    for party in parties:
        account_id = party.id if party.kind == "account" else None
        named = [(account_id, None if account_id else party.id)]
        if account_id and why is Why.SUBJECT:
            named += [(None, employer) for employer in queries.employers(work, account_id)]
        for account, organisation in named:
            if (account or organisation) not in before:
                before.add(account or organisation)
                work.session.add(
                    Wall(complaint_id=complaint.id, account_id=account, organisation_id=organisation, why=why)
                )
                work.record(events.KeptFrom(client_id=None, subject=complaint.id))
    work.session.flush()
    if complaint.handler_id and complaint.handler_id not in queries.may_handle(work, complaint, HANDLERS):
        choose_handler(work, complaint)


@command(Resource.HANDLING, Action.WRITE)
def name_subject(work: Work, complaint: Complaint, party: Party) -> None:
    """Say who it is about, as its handler; when that is the handler, somebody else goes on."""
    keep_from(work, complaint, [party], Why.SUBJECT)


@command(Resource.HANDLING, Action.WRITE)
def declare_tie(work: Work, complaint: Complaint) -> None:
    """Say that one is too close to it; somebody else goes on."""
    assert work.account_id is not None, "only for people who are signed in"
    keep_from(work, complaint, [Party("account", work.account_id, queries.name_of(work, work.account_id))], Why.TIED)


@command(Resource.HANDLING, Action.SHARE)
def ask_to_handle(work: Work, complaint: Complaint, account_id: UUID) -> None:
    """Ask somebody to handle what nobody handles; the sentence says nothing about why somebody may not."""
    if account_id not in queries.may_handle(work, complaint, HANDLERS) or account_id == work.account_id:
        raise Refusal(words("This person cannot take it. Choose someone else."), "handler")
    complaint.handler_id = account_id
    work = _discreet(work, complaint)
    work.record(events.HandlerChosen(client_id=None, subject=complaint.id, found=True))
    tell_handler(work, complaint)


def _discreet(work: Work, complaint: Complaint) -> Work:
    """The same unit of work; what came without a name is only ever noted by the day."""
    return replace(work.unnamed(), actor=work.actor) if complaint.unnamed else work
