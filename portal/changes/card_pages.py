"""A change on one calm page to print, and how the plan came to be as it is, version by version."""

from __future__ import annotations

from uuid import UUID

from portal.access.table import Action, Resource
from portal.accounts import queries as accounts
from portal.changes import portrait, queries, showing
from portal.changes.effect import versions_difference
from portal.changes.pages import READ, shown, within
from portal.language import show
from portal.proposals.frozen import thaw
from portal.proposals.reasons import proposal_figure
from portal.site.page import Asked, View
from portal.site.routing import get
from portal.work import NotVisible, Work


@get("/people/{client_id:uuid}/changes/{request_id:uuid}/card", access=READ)
def card(work: Work, client_id: UUID, request_id: UUID) -> View:
    """From which day what is different, why, who agreed, what it costs, what stays, and what to do about it."""
    client = queries.whose(work, client_id)
    found, asked = queries.request(work, client, request_id), queries.rows(work, client, request_id)
    mine = [one for one in asked if queries.is_mine(work, one)]
    if found is None and not mine:
        raise NotVisible
    values = shown(work, client, found or queries.about(work, mine[0]), found, asked, mine)
    return within(work, client, View("changes/card.html", values))


@get("/people/{client_id:uuid}/changes/versions", access=(Resource.PLAN, Action.READ))
def versions(work: Work, asked: Asked, client_id: UUID) -> View:
    """How the plan came to be as it is: its versions with their reasons, and any two of them compared."""
    client = queries.whose(work, client_id)
    if not work.can(Resource.PLAN, Action.READ, client.id):
        raise NotVisible  # whoever has only a part of a plan sees no versions of the whole
    found = queries.versions(work, client)
    by_number = {str(one.number): one for one in found}
    after = by_number.get(asked.query.get("after", ""), found[0] if found else None)
    earlier = [one for one in found if after and one.number < after.number]
    before = by_number.get(asked.query.get("before", ""), earlier[0] if earlier else None)
    if before and after and before.number > after.number:
        before, after = after, before
    came_from, back = queries.made_from(work, client), queries.went_back(work, client)
    behind = [*came_from.values(), *back.values()]
    names = accounts.names(work.session, {who for c in behind for who in (c.made_by, c.made_for) if who})
    difference = versions_difference(work, client, before, after) if before and after and before is not after else None
    values = {
        "timeline": [portrait.version_row(one, came_from, back, names) for one in found],
        "options": [(one.number, show(portrait.titled(one))) for one in found],
        "before": before.number if before else "",
        "after": after.number if after else "",
        "difference": difference,
        "since": showing.from_words(after.starts) if after else None,
        "hours": [thaw(one.content).minutes for one in (before, after) if one],
        "amounts": [proposal_figure(thaw(one.content)).brief for one in (before, after) if one],
        "lines": showing.changed(difference) if difference else [],
        "same": showing.same(difference) if difference else [],
        "costs": work.can(Resource.BUDGET, Action.READ, client.id),
    }
    return within(work, client, View("changes/versions.html", values))
