"""What to look at before a yes: everything the calculator and the check have noticed about one draft."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from budgeting.quotation import Finding
from budgeting.words import Name
from portal.access.table import Action, Resource
from portal.goals import queries as goals
from portal.goals.queries import shortened
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import checking, queries as proposals
from portal.proposals.pages import ONE, READ, address, found
from portal.proposals.queries import Draft
from portal.review import look_queries as looks
from portal.review.look_states import LookState
from portal.site.page import View
from portal.site.routing import get
from portal.work import Work
from portal.workers import queries as workers

PATIENCE = timedelta(days=14)  # so long something may be looked at again before the check says so


@get(ONE + "/check", access=READ)
def check(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Everything worth a look in one draft, each with the support it is about."""
    client, one = found(work, client_id, proposal_id)
    draft = proposals.draft(work, client, one)
    lines = [(str(line.key), line.terms) for line in draft.lines if line.counts]
    noticed = checking.everything(draft.quote, lines, known(work, client, draft), work.today(client))
    hrefs = {str(line.key): f"{address(one)}/lines/{line.id}" for line in draft.lines}
    names = {key: Name(terms.name) for key, terms in lines}
    values = {
        "title": Name(one.title),
        "findings": [_shown(each, hrefs, names) for each in noticed],
        "any": bool(lines),
        "base": address(one),
        "home": f"/people/{client.id}",
        "talks": work.can(Resource.DRAFT, Action.COMMENT, client.id),
    }
    return View("review/check.html", values, client=client)


def _shown(one: Finding, hrefs: dict[str, str], names: dict[str, Name]) -> dict[str, object]:
    kind = {"stop": "bad", "warning": "warn"}.get(one.level.value, "info")
    about = names.get(one.line) if one.line else None
    href = hrefs.get(one.line) if about and one.line else None
    return {"kind": kind, "words": one.words, "about": about, "href": href}


def known(work: Work, client: Client, draft: Draft) -> checking.Known:
    """What the check asks for beside the draft, as far as the reader may see it."""
    told = work.can(Resource.STORY, Action.READ, client.id)
    circle = None
    if work.can(Resource.CIRCLE, Action.READ, client.id):
        circle = {one.tie.organisation_id for one in people.circle(work, client) if one.tie.organisation_id}
    late = work.now - PATIENCE
    return checking.Known(
        goals={key: shortened(text) for key, text in goals.agreed(work, client)} if told else {},
        providers=draft.setting.providers,
        circle=circle,
        backed={row.line_id for row in workers.backups(work, client) if row.counts},
        signed=checking.signed_lines(work, client),
        looks=[
            checking.Open(Name(one.what), one.opened_at.date())
            for one in looks.looks(work, client)
            if one.state is not LookState.ENDED and one.opened_at < late
        ],
    )
