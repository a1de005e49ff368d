"""A change that is open asks here whether somebody has answered it."""

from __future__ import annotations

from uuid import UUID

from portal.changes import portrait, queries
from portal.changes.pages import READ
from portal.site.page import Listen
from portal.site.routing import get
from portal.work import NotVisible, Work


@get("/people/{client_id:uuid}/changes/{request_id:uuid}/live", access=READ, by_itself=True)
def live(work: Work, client_id: UUID, request_id: UUID) -> Listen:
    """A mark that changes with the change and its answers, as far as the reader may see them."""
    client = queries.whose(work, client_id)
    found, asked = queries.request(work, client, request_id), queries.rows(work, client, request_id)
    mine = [one for one in asked if queries.is_mine(work, one)]
    if work.account_id is None or (found is None and not mine):
        raise NotVisible
    about = found or queries.about(work, mine[0])
    return Listen(client.id, about.id, work.account_id, portrait.mark(about, asked, whole=found is not None))
