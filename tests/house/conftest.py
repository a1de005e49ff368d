"""The demonstration for tests that look at the whole house, made once; each module works on a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from portal import demonstration
from portal.app import Coplan
from portal.settings import Settings, from_environment
from tests.house.street import Street
from tests.person import ADDRESS


def _settings(folder: Path) -> Settings:
    here = {"COPLAN_DATA": str(folder), "COPLAN_MODE": "demo", "COPLAN_JOBS": "inline", "COPLAN_BASE_URL": ADDRESS}
    return from_environment(here)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole demonstration."""
    folder = tmp_path_factory.mktemp("demonstrated")
    demonstration.make(_settings(folder), reset=False)
    return folder


@pytest.fixture(scope="module")
def street(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """Everybody of the demonstration, signed in, each in front of a browser of their own."""
    folder = tmp_path_factory.mktemp("street") / "data"
    shutil.copytree(demonstrated, folder)
    coplan = Coplan(_settings(folder))
    with TestClient(app=coplan.asgi(), base_url=ADDRESS) as client:
        yield Street(coplan, client)
    coplan.jobs.close()
    coplan.database.engine.dispose()
