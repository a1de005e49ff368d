"""The composition root: the only file (with the command line and the demonstration) that knows every slice."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import logging
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from litestar.types import ASGIApp
from sqlalchemy.exc import DBAPIError

from budgeting.words import words
from portal import checkpoints, db, jobs
from portal.access.facts import facts
from portal.access.table import Resource
from portal.accounts import queries as accounts
from portal.accounts.model import Role
from portal.journal import Journal
from portal.payments import queries as payments
from portal.settings import JobsMode, Settings, keys
from portal.site.opening import Opening
from portal.site.render import Entry, Renderer
from portal.site.routing import Route, leads_home, routes_of
from portal.site.serve import Desk
from portal.site.web import tune_python, web_app
from portal.templating import environment, template_folders
from portal.work import SYSTEM, House, Work, utc_now

log = logging.getLogger("coplan")

#: Every slice, in the order in which they may know each other (docs/architecture.md, section 3).
SLICES = (
    "portal.accounts",
    "portal.people",
    "portal.catalogue",
    "portal.funding",
    "portal.goals",
    "portal.notes",
    "portal.options",
    "portal.proposals",
    "portal.plans",
    "portal.changes",
    "portal.payments",
    "portal.spending",
    "portal.living",
    "portal.equipment",
    "portal.workers",
    "portal.progress",
    "portal.outlook",
    "portal.repricing",
    "portal.renewal",
    "portal.review",
    "portal.meetings",
    "portal.start",
    "portal.home",
    "agreements",
    "feedback",
)

#: The navigation inside one client's record, and what one must be able to read to be offered each page.
OF_CLIENT: Sequence[Entry] = (
    (words("Overview"), "/people/{client_id}", Resource.IDENTITY),
    (words("About me"), "/people/{client_id}/about", Resource.STORY),
    (words("My funding"), "/people/{client_id}/funding", Resource.BUDGET),
    (words("Working on"), "/people/{client_id}/proposals", Resource.DRAFT),
    (words("Agreements"), "/people/{client_id}/agreements", Resource.AGREEMENT),
    (words("My plan"), "/people/{client_id}/plan", Resource.PLAN),
    (words("Spending"), "/people/{client_id}/spending", Resource.BUDGET),
    (words("Changes"), "/people/{client_id}/changes", Resource.CHANGE),
    (words("Daily life"), "/people/{client_id}/living", Resource.PLAN),
    (words("Payments"), "/people/{client_id}/payments", Resource.PAYMENT),
    (words("My circle"), "/people/{client_id}/circle", Resource.CIRCLE),
    (words("History"), "/people/{client_id}/history", Resource.LOOKED),
)


def of_portal(work: Work) -> Sequence[Entry]:
    """The navigation outside any client's record, by what someone does here."""
    if work.account_id is None:
        return ((words("My money, in five minutes"), "/start", None), (words("Sign in"), "/sign-in", None))
    held = accounts.roles(work)
    entries: list[Entry] = [(words("People"), "/", None)]
    if Role.PROVIDER_STAFF in held:
        entries.append((words("Plans for us"), "/briefs", None))
        entries.append((words("Changes for us"), "/changes", None))
        entries.append((words("Shared houses"), "/houses", None))
        entries.append((words("What we can do"), "/coverage", None))
    if Role.PLAN_MANAGER_STAFF in held:
        entries.append((words("The parts you manage"), "/managed", None))
    if held & {Role.PROVIDER_STAFF, Role.PLAN_MANAGER_STAFF}:
        entries.append((words("Claims for us"), "/claiming", None))
    if Role.OFFICER in held:
        entries.append((words("Complaints and feedback"), "/handling", None))
    entries.append((words("Supports and prices"), "/supports", Resource.PRICES))
    if Role.ADMINISTRATOR in held:
        entries.append((words("Price lists"), "/price-lists", Resource.PRICES))
    if held & {Role.ADMINISTRATOR, Role.COORDINATOR}:
        entries.append((words("When prices change"), "/price-changes", Resource.PRICES))
    if payments.asked_of_me(work):
        entries.append((words("What I pay for others"), "/paying", None))
    if Role.ADMINISTRATOR in held:
        entries.append((words("Waiting for someone"), "/handling/waiting", None))
    if held & {Role.ADMINISTRATOR, Role.AUDITOR}:
        entries.append((words("Payments together"), "/payments", Resource.PAYMENT))
        entries.append((words("Audit"), "/audit", Resource.AUDIT))
    return entries


@cache
def _load_all(part: str) -> Sequence[ModuleType]:
    """The modules of every slice that are called ``part`` or end in it: ``pages``, ``year_pages``, ``claim_pages``."""
    found = []
    for slice_name in SLICES:
        folder = importlib.util.find_spec(slice_name)
        names = [one.name for one in pkgutil.iter_modules(folder.submodule_search_locations or ())] if folder else []
        found += [f"{slice_name}.{name}" for name in sorted(names) if name == part or name.endswith(f"_{part}")]
    return [importlib.import_module(name) for name in found]


@cache
def _pages() -> tuple[Sequence[Route], Opening]:
    """Every route, and who may open them: the same for each portal of a process, once all tables are known."""
    routes = routes_of(*_load_all("pages"), *_load_all("what_if"))
    return routes, Opening(routes)


def load_models() -> None:
    """Import every table, so that metadata and migrations know them all."""
    for module in ("portal.once", "portal.proposals.kept", "portal.proposals.away"):
        importlib.import_module(module)
    _load_all("model")
    _load_all("events")


class Coplan:
    """The assembled portal: settings, database, house and desk. Web, command line and worker all start here."""

    def __init__(self, settings: Settings) -> None:
        load_models()
        _load_all("jobs")
        _load_all("proof")
        self.routes, opens = _pages()
        self.settings = settings
        self.keys = keys(settings.data / "keys")
        db.VAULTS.update(sealed=db.Vault(self.keys.sealed), complaints=db.Vault(self.keys.complaints))
        self.database = db.Database(settings)
        self.jobs = jobs.Jobs(settings)
        self.jobs.opens = self
        self.house = House(
            settings,
            self.keys,
            Journal(self.keys.audit),
            self.jobs,
            facts,
            lambda address: leads_home(address, self.routes),
            opens,
            self._demonstration() if settings.demo else None,
        )
        self.renderer = Renderer(settings, self.keys, environment(template_folders()), OF_CLIENT, of_portal)
        self.desk = Desk(self.database, self.house, self.renderer)

    @staticmethod
    def _demonstration() -> Any:
        return importlib.import_module("portal.demonstration").people_to_try

    @contextmanager
    def open_work(self, actor: Any = SYSTEM) -> Iterator[Work]:
        """A unit of work outside the web: for jobs, the command line, the demonstration. Commits at its end."""
        with self.database.writing() as session:
            yield Work(self.house, session, actor, utc_now(), "")

    @contextmanager
    def open_reading(self, actor: Any = SYSTEM) -> Iterator[Work]:
        """The same for reading only."""
        with self.database.reading() as session:
            yield Work(self.house, session, actor, utc_now(), "")

    async def _launch_jobs(self) -> None:
        await asyncio.to_thread(jobs.launch, self.settings, self)

    def _keep_checkpoint(self) -> None:
        """What was written since the last hour is in a checkpoint too when the portal stops."""
        try:
            with self.open_reading() as work:
                checkpoints.keep(work)
        except (DBAPIError, OSError):
            log.exception("no checkpoint of the journal could be kept")

    def asgi(self, more: Sequence[Any] = ()) -> ASGIApp:
        """The web application; jobs run in this process when the settings say so. ``more``: see ``web_app``."""
        checkout = "https://checkout.stripe.com"
        if self.settings.stripe_api_base:
            checkout = f"{checkout} {self.settings.stripe_api_base}"
        start: list[Any] = []
        stop: list[Any] = [self._keep_checkpoint, self.jobs.close]
        if self.settings.jobs is JobsMode.EMBEDDED:
            start.append(self._launch_jobs)
            stop.insert(0, jobs.shut_down)
        start.append(tune_python)
        return web_app(self.desk, self.routes, checkout, start, stop, more)
