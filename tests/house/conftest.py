"""The demonstration for tests that look at the whole house, made once; each module works on a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from litestar.testing import TestClient

from portal.app import Coplan
from tests.conftest import alone, demo_settings
from tests.house.street import Street
from tests.person import ADDRESS


@pytest.fixture(scope="module")
def street(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """Everybody of the demonstration, signed in, each in front of a browser of their own."""
    folder = tmp_path_factory.mktemp("street") / "data"
    shutil.copytree(demonstrated, folder)
    coplan = Coplan(demo_settings(folder))
    with TestClient(app=coplan.asgi(), base_url=ADDRESS) as client:
        yield Street(coplan, client, partial(alone, tmp_path_factory))
    coplan.jobs.close()
    coplan.database.engine.dispose()
