"""Noting that somebody was heard from."""

from __future__ import annotations

from portal.access.table import Action, Relationship, Resource
from portal.home.events import Talked
from portal.people.model import Client
from portal.work import NotVisible, Work, command

STAFF = (Relationship.LEAD, Relationship.STAFF)


@command(Resource.DRAFT, Action.COMMENT)
def note_talk(work: Work, client: Client) -> None:
    """Note that the person was heard from today: only the day, and never what was said.

    Only staff who work with the person do: nobody else can make it look as if somebody had talked with them.
    """
    if not any(tie.relationship in STAFF and tie.valid(work.day) for tie in work.facts_of(client.id).ties):
        raise NotVisible
    work.record(Talked(client_id=client.id))
