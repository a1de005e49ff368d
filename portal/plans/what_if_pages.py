"""What if, with the plan in force: other days, times and numbers, of which nothing is stored until it is kept."""

from __future__ import annotations

from urllib.parse import parse_qsl
from uuid import UUID

from budgeting.words import Name, words
from portal.language import show
from portal.people import queries as people
from portal.plans import queries
from portal.plans.year_pages import KEEP, SEE, keep_copy, priced_now
from portal.proposals import trying
from portal.proposals.try_pages import TriedForm
from portal.proposals.what_if import answered
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

PAGE = "/people/{client_id:uuid}/plan/what-if"


@get(PAGE, access=SEE)
def plan_what_if(work: Work, asked: Asked, client_id: UUID) -> View:
    """The plan in force beside what somebody would like to try; for those who may see the money."""
    client = people.client(work, client_id)
    own, person, today = people.is_own(work, client), Name(client.name), work.today(client)
    version = queries.current(work, client)
    if version is None:
        return View("plans/none.html", {"own": own, "person": person, "example": "packages"}, client=client)
    now = priced_now(work, client, version)
    values = {
        "base": f"/people/{client.id}/plan",
        "of": show(words("My plan") if own else words("The plan of {name}", name=person)),
        "agreed": True,
        "any": bool(now.lines),
    }
    return answered(work, asked, client, now, values, today if today in now.package.period else None)


@post(PAGE, access=KEEP, form=TriedForm, view=plan_what_if)
def keep_tried(work: Work, form: TriedForm, client_id: UUID) -> Go:
    """Keep what was tried as a copy of the plan in force that only the reader sees."""
    client = people.client(work, client_id)
    version = queries.current(work, client) if work.can(*SEE, client.id) else None
    if version is None:
        raise NotVisible
    now = priced_now(work, client, version)
    after, _fields = trying.tried(now.package, dict(parse_qsl(form.asked, keep_blank_values=True)))
    return keep_copy(work, client, version, now.package, after, form.title)
