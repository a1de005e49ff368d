"""Saying that what a helper told is right: from then on it is one's own word."""

from __future__ import annotations

from portal.access.table import Action, Resource
from portal.db import Stale
from portal.people.model import GIVEN_HERE, Client
from portal.start import events, told_queries
from portal.work import NotVisible, Work, command


@command(Resource.CIRCLE, Action.WRITE)
def confirm(work: Work, client: Client, version: int) -> None:
    """The person says that it is right: what their helpers may see is their own consent now, and lasts no longer.

    Stale when something of it is not as it was when they read it.
    """
    told = told_queries.to_confirm(work, client)
    if not told:
        raise NotVisible
    if told_queries.version(told) != version:
        raise Stale
    for one in told:
        for consent in one.consents:
            consent.given_how = GIVEN_HERE
        work.record(events.ToldConfirmed(client_id=client.id, subject=one.tie.id))
