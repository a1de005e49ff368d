"""Somebody wrote this for you: is it right?"""

from __future__ import annotations

from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people import parts, queries as people
from portal.site.forms import VersionForm
from portal.site.page import Go, View
from portal.site.routing import get, post
from portal.start import told_commands, told_queries
from portal.work import NotVisible, Work


@get("/people/{client_id:uuid}/told", access=(Resource.CIRCLE, Action.READ))
def told(work: Work, client_id: UUID) -> View:
    """What a helper told, where to read and change it, and what they may see."""
    client = people.client(work, client_id)
    found = told_queries.to_confirm(work, client)
    if not found:
        raise NotVisible
    values = {
        "place": f"/people/{client.id}",
        "version": told_queries.version(found),
        "helpers": [
            {
                "name": one.name,
                "tie": one.tie.id,
                "sees": [(parts.PARTS[each.covers], each.ends) for each in one.consents if each.covers in parts.PARTS],
            }
            for one in found
        ],
    }
    return View("start/told.html", values, client=client)


@post("/people/{client_id:uuid}/told", access=(Resource.CIRCLE, Action.WRITE), form=VersionForm, view=told)
def confirm(work: Work, form: VersionForm, client_id: UUID) -> Go:
    """It is right."""
    told_commands.confirm(work, people.client(work, client_id), form.version)
    return Go(f"/people/{client_id}", words("Kept. You can change it on any day."))
