"""The demonstration: made-up people with different needs, languages and funding. Never made in production."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import MetaData, select

from budgeting.words import Name, Words
from portal.accounts.model import Account
from portal.db import make_engine
from portal.demonstration.cast import CAST, PASSWORD, people
from portal.demonstration.scene import Scene
from portal.settings import JobsMode, Settings
from portal.work import Work


def accounts() -> list[dict[str, Any]]:
    """The accounts as plain values: relationship, login, password, clients."""
    return [
        {"relationship": p.relationship, "login": p.login, "password": PASSWORD, "clients": list(p.clients)}
        for p in CAST
    ]


def people_to_try(work: Work) -> Sequence[tuple[str, Name, Words, str]]:
    """Login, name, who they are, and their language, for "try it as"."""
    return [(p.login, Name(p.name), p.about, p.language) for p in CAST]


def make(settings: Settings, reset: bool) -> str:
    """Make the demonstration where there is none; with ``reset`` throw the old one away first."""
    from portal.app import Coplan
    from portal.migrations import upgrade

    if reset:
        _throw_away(settings)
    upgrade(settings)
    coplan = Coplan(replace(settings, jobs=JobsMode.INLINE))
    with coplan.open_reading() as work:
        if work.session.scalar(select(Account.id).limit(1)):
            return "The demonstration is there already. Use --reset to make it again."
    scene = Scene(coplan)
    people(scene)
    fill(scene)
    coplan.jobs.run_waiting()
    coplan.database.engine.dispose()
    return f"The demonstration is ready: {len(CAST)} people, each with the password: {PASSWORD}"


def _throw_away(settings: Settings) -> None:
    """Remove everything the demonstration has made; the keys stay."""
    if settings.sqlite:
        for part in ("coplan.db", "coplan.db-wal", "coplan.db-shm"):
            (settings.data / part).unlink(missing_ok=True)
    else:
        engine = make_engine(settings)
        tables = MetaData()
        with engine.begin() as connection:
            tables.reflect(connection)
            tables.drop_all(connection)
        engine.dispose()
    settings.checkpoints.unlink(missing_ok=True)
    for folder in (settings.files, settings.mail_folder):
        shutil.rmtree(folder, ignore_errors=True)


#: Each part of the demonstration, in the order a real year would have it.
PARTS = (
    *("prices", "stories", "money", "options", "proposals", "talk", "rounds", "agreements", "plans", "changes"),
    *("payments", "spending", "claims", "living", "equipment", "scenarios", "repricing", "outlook"),
    *("workers", "progress", "meetings", "notes", "voices"),
)


def fill(scene: Scene) -> None:
    """Let every slice add its part, in the order a real year would."""
    import importlib

    for part in PARTS:
        try:
            module = importlib.import_module(f"portal.demonstration.{part}")
        except ModuleNotFoundError as missing:
            if missing.name != f"portal.demonstration.{part}":
                raise
            continue
        module.fill(scene)
