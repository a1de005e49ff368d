"""Noting that somebody was heard from."""

from __future__ import annotations

from portal.access.table import Action, Resource
from portal.home.events import Talked
from portal.people.model import Client
from portal.work import Work, command


@command(Resource.DRAFT, Action.COMMENT)
def note_talk(work: Work, client: Client) -> None:
    """Note that the person was heard from today: only the day, and never what was said."""
    work.record(Talked(client_id=client.id))
