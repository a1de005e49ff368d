"""What tests are given: a portal on a fresh database, both databases, a browser, and the portal as a real process.

``portal``        the application on a fresh SQLite database, no demonstration, driven through HTTP (a TestClient)
``coplan``        the same application from inside: ``coplan.open_work()`` for commands, ``open_reading()`` for queries
``one_moment``    the clock of the portal stands still, for tests that count what is tried in a window of time
``person``        someone with a browser's memory: opens pages, fills in and sends their forms (tests/person.py)
``engine``        an engine on a fresh, migrated database; with ``@pytest.mark.both_databases`` once on SQLite and
                  once on PostgreSQL, with ``@pytest.mark.on_postgresql`` only there. The marks work for ``portal``,
                  ``coplan`` and ``person`` too.
``postgres_url``  the address of an empty PostgreSQL database, fresh for each test module
``live_portal``   the address of ``coplan run`` as a real process in demonstration mode, fresh for each test module
``browser``       Chromium; ``with visitor(browser, size=PHONE) as page`` (tests/browser.py) is one person's visit
"""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings as hypothesis_settings
from litestar.testing import TestClient
from litestar.types import ASGIApp
from playwright.sync_api import Browser
from sqlalchemy import Engine

from portal import db, demonstration
from portal.app import Coplan
from portal.db import make_engine
from portal.migrations import upgrade
from portal.settings import Settings, from_environment
from portal.setup.catalogues import compile_stale
from portal.site.serve import Desk
from portal.site.web import web_app
from tests.beginnings import NAMED, Beginning, settings_in
from tests.browser import chromium
from tests.clock import stands_still
from tests.person import ADDRESS, Person
from tests.portal.plans.people import in_force
from tests.postgres import Cluster, cluster, free_port

ON_POSTGRESQL = ("both_databases", "on_postgresql")
PATIENCE = 300  # seconds until a started portal must answer, the making of its demonstration included

hypothesis_settings.register_profile(
    "coplan", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("coplan")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tests read the catalogues as the portal does; made once, before the processes that share the tests begin."""
    if not hasattr(session.config, "workerinput"):
        compile_stale()
    _spare_the_disk()
    _share_what_is_compiled()


def pytest_collection_finish() -> None:
    """No test is there to look through all modules and all tests for garbage; it took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _share_what_is_compiled() -> None:
    """A statement is compiled once for all databases of a run, as it is once for the one database of a portal."""
    as_always = db.make_engine
    first: dict[str, Engine] = {}

    def sharing(settings: Settings) -> Engine:
        engine = as_always(settings)
        before = first.get(engine.dialect.name)
        if before is None:
            with engine.connect():
                first[engine.dialect.name] = engine
        else:  # what SQLAlchemy remembers is kept under the dialect, which each engine has one of
            engine.dialect = engine.pool._dialect = before.dialect
            engine._compiled_cache = before._compiled_cache
        return engine

    db.make_engine = sharing


def _spare_the_disk() -> None:
    """Nothing that a test keeps in SQLite has to survive a power cut (tests/postgres.py says the same)."""
    as_always = db._tune_sqlite

    def tuned(dbapi: Any, _: Any) -> None:
        as_always(dbapi, _)
        dbapi.execute("PRAGMA synchronous=OFF")

    db._tune_sqlite = tuned
    os.fsync = lambda fd: None  # nor what the portal writes beside its database: its keys, its checkpoints


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test runs on SQLite, unless it is marked for PostgreSQL or for each of them."""
    if "database" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        here = ["sqlite"] * (not marked("on_postgresql")) + ["postgresql"] * any(map(marked, ON_POSTGRESQL))
        metafunc.parametrize("database", here, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A throw-away PostgreSQL for this run."""
    with cluster() as running:
        yield running


@pytest.fixture(scope="module")
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """An empty database of this module's own."""
    name = f"m{uuid4().hex[:12]}"
    yield postgres.create(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database made by the migrations once; tests take copies."""
    folder = tmp_path_factory.mktemp("migrated")
    upgrade(from_environment({"COPLAN_DATA": str(folder)}))
    return folder / "coplan.db"


@pytest.fixture(scope="session")
def begins_in_force(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    """A plan in force from today on, for the tests that begin there."""
    return Beginning(in_force, migrated, tmp_path_factory.mktemp("in force"))


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Cluster) -> str:
    """The name of a PostgreSQL database made by the migrations once; tests take copies."""
    upgrade(from_environment({"DATABASE_URL": postgres.create("migrated")}))
    return "migrated"


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The settings of a fresh, migrated database, on SQLite unless the test is marked ``both_databases``."""
    data = tmp_path / "data"
    if request.param == "sqlite":
        begins = next((name for name in request.fixturenames if name.startswith(NAMED)), None)
        if begins:
            request.getfixturevalue(begins).copy_to(data)
        else:
            data.mkdir()
            shutil.copy(request.getfixturevalue("migrated"), data / "coplan.db")
        yield settings_in(data)
        return
    data.mkdir()
    running: Cluster = request.getfixturevalue("postgres")
    name = f"t{uuid4().hex[:12]}"
    url = running.create(name, request.getfixturevalue("migrated_postgres"))
    yield settings_in(data, DATABASE_URL=url)
    running.drop(name)


@pytest.fixture
def engine(database: Settings) -> Iterator[Engine]:
    """An engine on the fresh database."""
    made = make_engine(database)
    yield made
    made.dispose()


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock of the portal stands still: what is counted in windows of time falls into one, be it ever so slow."""
    return stands_still(monkeypatch, datetime.now(UTC))


@pytest.fixture
def coplan(database: Settings) -> Iterator[Coplan]:
    """The assembled portal, for tests that call commands and queries themselves."""
    made = Coplan(database)
    yield made
    made.jobs.close()
    made.database.engine.dispose()


class WhoServes:
    """The desk of the test that runs now: the web application before it is made once for all of them."""

    desk: Desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self.desk, name)


@pytest.fixture(scope="session")
def who_serves() -> WhoServes:
    """Whose desk the web application asks."""
    return WhoServes()


@pytest.fixture(scope="session")
def web(who_serves: WhoServes) -> Callable[[Coplan], ASGIApp]:
    """The web application in front of a portal. It has some hundred addresses, so it is made once."""
    made: list[ASGIApp] = []

    def in_front_of(coplan: Coplan) -> ASGIApp:
        who_serves.desk = coplan.desk
        if not made:
            made.append(web_app(cast(Desk, who_serves), coplan.routes, "https://checkout.stripe.com", [], []))
        return made[0]

    return in_front_of


@pytest.fixture
def portal(coplan: Coplan, web: Callable[[Coplan], ASGIApp]) -> Iterator[TestClient]:  # type: ignore[type-arg]  # Litestar's client of any application
    """The web application, started."""
    with TestClient(app=web(coplan), base_url=ADDRESS) as client:
        yield client


@pytest.fixture
def person(portal: TestClient, coplan: Coplan) -> Person:  # type: ignore[type-arg]  # Litestar's client of any application
    """Someone in front of the portal; ``person.another()`` is somebody else at another device."""
    return Person(portal, coplan)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole demonstration, made once for all processes that share the tests; take a copy of it."""
    with alone(tmp_path_factory) as shared:
        folder = shared / "demonstrated"
        if not folder.exists():
            making = shared / "demonstration in the making"
            shutil.rmtree(making, ignore_errors=True)  # what a process left that could not finish it
            demonstration.make(demo_settings(making), reset=False)
            making.rename(folder)
    return folder


def demo_settings(folder: Path) -> Settings:
    """The settings of a demonstration in this folder."""
    here = {"COPLAN_DATA": str(folder), "COPLAN_MODE": "demo", "COPLAN_JOBS": "inline", "COPLAN_BASE_URL": ADDRESS}
    return from_environment(here)


@contextmanager
def alone(
    tmp_path_factory: pytest.TempPathFactory, over: str = "one at a time", *, wait: bool = True
) -> Iterator[Path]:
    """The folder of this run that all its processes share, for one of them at a time; each thing has its own queue.

    Without ``wait``, BlockingIOError when another process is at it.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / over).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield shared


@pytest.fixture(scope="module")
def live_portal(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``coplan run`` as a process with a demonstration of its own; yields its address."""
    folder = tmp_path_factory.mktemp("live")
    shutil.copytree(demonstrated, folder / "data")
    address = f"http://127.0.0.1:{(port := free_port())}"
    others = ("COPLAN_", "STRIPE_", "SMTP_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    environment.update(COPLAN_DATA=str(folder / "data"), COPLAN_MODE="demo", PORT=str(port), COPLAN_BASE_URL=address)
    log = folder / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "portal", "run"]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        _wait_until_ready(process, address, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the portal did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, one for each test module (a module's own event loop ends with it)."""
    with chromium() as running:
        yield running
