"""The verbs about how to communicate: the words themselves, and translations that stand beside them."""

from __future__ import annotations

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people import events
from portal.people.communicate_model import CommunicateTranslation
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.IDENTITY, Action.WRITE)
def say_how(work: Work, client: Client, version: int, text: str) -> None:
    """Keep what helps in talking together, word for word; a translation of other words counts no more."""
    client.expect(version)
    if text == client.how_to_communicate:
        return
    client.how_to_communicate = text
    work.record(events.CommunicateSaid(client_id=client.id, subject=client.id))


@command(Resource.IDENTITY, Action.WRITE)
def translate(
    work: Work, client: Client, language: str, text: str, before: CommunicateTranslation | None = None
) -> None:
    """Put a translation beside the words, in place of the one before, already checked; no text takes it away."""
    if work.account_id is None:
        raise NotVisible
    if not client.how_to_communicate:
        raise Refusal(words("Write the words first: a translation stands beside them."))
    if not text:
        if before is not None:
            work.session.delete(before)
            work.record(events.CommunicateTranslated(client_id=client.id, subject=client.id))
        return
    kept = before or CommunicateTranslation(client_id=client.id, language=language)
    kept.text, kept.made_of = text, client.how_to_communicate
    kept.made_by, kept.made_at = work.account_id, work.now
    work.session.add(kept)
    work.session.flush()
    work.record(events.CommunicateTranslated(client_id=client.id, subject=client.id))
