"""``coplan verify`` names what was changed behind the portal's back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.app import Coplan
from portal.settings import Settings
from portal.verifying import breaks
from tests.conftest import demo_settings


@pytest.fixture(scope="module")
def settings(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of a whole demonstration."""
    folder = tmp_path_factory.mktemp("verify") / "data"
    shutil.copytree(demonstrated, folder)
    return demo_settings(folder)


def _found(coplan: Coplan) -> list[str]:
    with coplan.open_reading() as work:
        return list(breaks(work))


def test_an_untouched_portal_holds(settings: Settings) -> None:
    assert _found(Coplan(settings)) == []


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE agreement_text SET html = CAST(html || 'x' AS BLOB)", "agreement texts: text"),
        ("UPDATE plan_version SET content = content || ' '", "plan versions: version"),
        ("UPDATE proposal SET frozen = frozen || ' ' WHERE frozen IS NOT NULL", "accepted proposals: proposal"),
        ("UPDATE signature SET round = round + 1", "signatures: signature"),
    ],
)
def test_what_was_frozen_cannot_be_changed_unseen(settings: Settings, statement: str, names: str) -> None:
    coplan = Coplan(settings)
    with coplan.open_work() as work:
        work.session.execute(text(statement))
        found = list(breaks(work))
        work.session.rollback()
    assert any(sentence.startswith(names) for sentence in found)


def test_a_lost_copy_of_an_agreement_is_named(settings: Settings) -> None:
    kept = [path for path in settings.files.rglob("*") if path.is_file()]
    assert kept, "the demonstration keeps the copy of a signed agreement"
    away = Path(str(kept[0]) + ".away")
    kept[0].rename(away)
    try:
        assert any(sentence.startswith("agreement copies:") for sentence in _found(Coplan(settings)))
    finally:
        away.rename(kept[0])
