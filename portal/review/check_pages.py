"""What to look at before a yes: everything the calculator and the check have noticed about one draft."""

from __future__ import annotations

from uuid import UUID

from budgeting.quotation import Finding
from budgeting.words import Name
from portal.access.table import Action, Resource
from portal.proposals import queries as proposals
from portal.proposals.check_queries import to_look_at
from portal.proposals.model import ProposalState
from portal.proposals.pages import ONE, READ, WRITE, address, found
from portal.site.page import View
from portal.site.routing import get
from portal.work import Work


@get(ONE + "/check", access=READ)
def check(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Everything worth a look in one draft, each with the support it is about."""
    client, one = found(work, client_id, proposal_id)
    draft = proposals.draft(work, client, one)
    hrefs = {line.ref: f"{address(one)}/lines/{line.id}" for line in draft.lines}
    names = {line.ref: Name(line.name) for line in draft.lines if line.counts}
    adds = one.state is ProposalState.DRAFT and work.can(*WRITE, client.id)
    values = {
        "title": Name(one.title),
        "findings": [_shown(each, hrefs, names, address(one), adds=adds) for each in to_look_at(work, client, draft)],
        "decides": work.can(Resource.DRAFT, Action.APPROVE, client.id),
        "any": bool(names),
        "base": address(one),
        "home": f"/people/{client.id}",
        "talks": work.can(Resource.DRAFT, Action.COMMENT, client.id),
    }
    return View("review/check.html", values, client=client)


def _shown(one: Finding, hrefs: dict[str, str], names: dict[str, Name], draft: str, *, adds: bool) -> dict[str, object]:
    kind = {"stop": "bad", "warning": "warn"}.get(one.level.value, "info")
    about = names.get(one.line) if one.line else None
    href = hrefs.get(one.line) if about and one.line else None
    why = f"{draft}/why/part-{one.component}" if one.component else None
    add = f"{draft}/add?goal={one.goal}" if adds and one.goal else None
    return {"kind": kind, "words": one.words, "about": about, "href": href or why or add, "adds": add}
