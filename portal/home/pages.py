"""The first page: for visitors what Coplan is, for everyone else the people they are connected with."""

from __future__ import annotations

from portal.home import queries
from portal.people import queries as people
from portal.site.errors import Rejected
from portal.site.forms import REQUIRED, Posted
from portal.site.page import View
from portal.site.routing import get
from portal.work import Work


@get("/")
def first_page(work: Work) -> View:
    """Visitors read what this is; people who are signed in see whom they work with."""
    if work.account_id is None:
        return View("home/welcome.html")
    return View("home/people.html", {"people": people.everyone(work)})


@get("/healthz")
def health(work: Work) -> View:
    """Whether the portal can read its records."""
    queries.answers(work)
    return View("home/health.html")


@get("/style")
def style(work: Work) -> View:
    """Every component in every state, for those who build pages; not in production."""
    queries.only_while_building(work)
    typed = Posted({"name": ["🙂 Maryam"], "price": ["68,5o"], "first": ["31/02/2026"]})
    sample = Rejected("style-bad", typed, dict.fromkeys(("price", "first", "days"), REQUIRED), None, False, 422)
    return View("style.html", {"rejected": sample})
