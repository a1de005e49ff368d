"""Where are we? One page for each proposal: its state, its one next step, and whose turn it is."""

from __future__ import annotations

from uuid import UUID

from portal.language import show
from portal.proposals import where
from portal.proposals.pages import ONE, READ, address, found
from portal.site.page import View
from portal.site.routing import get
from portal.work import Work


@get(ONE + "/where", access=READ)
def where_are_we(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """How far a proposal has come."""
    client, one = found(work, client_id, proposal_id)
    values = {
        "where": where.of_proposal(work, client, one),
        "stages": [(stage.value, show(means)) for stage, means in where.MEANS.items()],
        "back_to": address(one),
        "title": show(one.title),
    }
    return View("proposals/where.html", values, fragment="proposals/_where.html", client=client)
