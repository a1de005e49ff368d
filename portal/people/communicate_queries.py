"""How to communicate with a client: their own words, and the translation for a reader of another language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from budgeting.words import Name
from portal.access.scope import unscoped, visible
from portal.access.table import Resource
from portal.accounts.queries import names
from portal.people import events, history
from portal.people.communicate_model import CommunicateTranslation
from portal.people.model import Client
from portal.work import Work

for _kind in (events.CommunicateSaid, events.CommunicateTranslated):
    history.about(_kind.kind, Resource.IDENTITY)


@dataclass(frozen=True)
class Translated:
    """A translation as a page shows it beside the person's own words."""

    language: str
    text: str
    by: Name
    version: int


def translations(work: Work, client: Client) -> Mapping[str, CommunicateTranslation]:
    """Every translation by its language, those of earlier words too."""
    wanted = visible(work, CommunicateTranslation).where(CommunicateTranslation.client_id == client.id)
    return {one.language: one for one in work.session.scalars(wanted)}


def for_reader(work: Work, client: Client, language: str) -> Translated | None:
    """The translation into a language for whoever may read the words themselves; None without one of these words."""
    if not client.how_to_communicate:
        return None
    wanted = select(CommunicateTranslation).where(
        CommunicateTranslation.client_id == client.id,
        CommunicateTranslation.language == language,
        CommunicateTranslation.made_of == client.how_to_communicate,
    )
    found = work.session.scalars(unscoped(wanted, "it goes with the words that it translates")).one_or_none()
    return translated(work, [found])[0] if found else None


def translated(work: Work, found: Collection[CommunicateTranslation]) -> list[Translated]:
    """Translations with the names of who made them."""
    known = names(work.session, {one.made_by for one in found})
    return [Translated(one.language, one.text, Name(known.get(one.made_by, "")), one.version) for one in found]
