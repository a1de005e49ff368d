"""Small questions of the first page."""

from __future__ import annotations

from sqlalchemy import text

from portal.settings import Mode
from portal.work import NotVisible, Work


def answers(work: Work) -> None:
    """Ask the database anything at all; an error becomes a 503."""
    work.session.execute(text("SELECT 1"))


def only_while_building(work: Work) -> None:
    """Refuse in production."""
    if work.house.settings.mode is Mode.PRODUCTION:
        raise NotVisible
