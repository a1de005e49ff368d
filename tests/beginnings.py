"""What many tests begin from: made once in a process, on each day; every test has a copy of it and shares nothing.

A fixture called ``begins_…`` gives a ``Beginning``: the database of a test that asks for it is a copy of that one.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from portal.app import Coplan
from portal.settings import Settings, from_environment
from tests.person import ADDRESS
from tests.portal.plans.people import Circle

NAMED = "begins_"
ZONE = ZoneInfo("Australia/Sydney")  # where the people of the tests live


def settings_in(data: Path, **more: str) -> Settings:
    """The settings of a portal that keeps everything in this folder."""
    here = {"COPLAN_DATA": str(data), "COPLAN_JOBS": "inline", "COPLAN_BASE_URL": ADDRESS}
    return from_environment({**here, **more})


class Beginning:
    """People and what they have done, on SQLite; on PostgreSQL each test makes them itself."""

    def __init__(self, make: Callable[[Coplan], Circle], migrated: Path, folder: Path) -> None:
        self._make, self._migrated, self._folder = make, migrated, folder
        self._day: date | None = None
        self._people = b""

    def copy_to(self, data: Path) -> None:
        """Put a copy of all that is kept into the folder of a test."""
        today = datetime.now(ZONE).date()
        if self._day != today:  # a plan that begins today begins today, however long the tests run
            self._make_in(self._folder / str(today))
            self._day = today
        shutil.copytree(self._folder / str(today), data)

    def _make_in(self, data: Path) -> None:
        data.mkdir()
        shutil.copy(self._migrated, data / "coplan.db")
        coplan = Coplan(settings_in(data))
        made = self._make(coplan)
        coplan.jobs.close()
        coplan.database.engine.dispose()
        self._people = pickle.dumps([getattr(made, one.name) for one in fields(made) if one.name != "coplan"])

    def everybody(self, coplan: Coplan) -> Circle:
        """The people, for a test of their own portal."""
        return Circle(coplan, *pickle.loads(self._people)) if coplan.settings.sqlite else self._make(coplan)
