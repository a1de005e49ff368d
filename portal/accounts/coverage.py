"""Where, when and in which languages an organisation works, as its own people confirm it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.coverage import Coverage
from budgeting.words import words
from portal.accounts import events
from portal.accounts.model import Organisation, Role
from portal.accounts.queries import memberships
from portal.work import NotVisible, Refusal, Work, open_command


def as_text(one: Coverage) -> str:
    """Coverage as it is kept."""
    told = {"states": one.states, "weekdays": one.weekdays, "languages": one.languages}
    return json.dumps({"confirmed": one.confirmed.isoformat(), **told}, sort_keys=True)


def coverage(text: str | None) -> Coverage | None:
    """What ``as_text`` wrote; None while nothing was told."""
    if not text:
        return None
    data = json.loads(text)
    states, weekdays, languages = (tuple(data[name]) for name in ("states", "weekdays", "languages"))
    return Coverage(date.fromisoformat(data["confirmed"]), states, weekdays, languages)


def of_organisations(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Coverage]:
    """What some organisations told; those that told nothing are left out."""
    if not ids:
        return {}
    wanted = select(Organisation.id, Organisation.covers).where(
        Organisation.id.in_(ids), Organisation.covers.is_not(None)
    )
    read = ((row.id, coverage(row.covers)) for row in work.session.execute(wanted))
    return {organisation_id: one for organisation_id, one in read if one is not None}


def own(work: Work) -> list[Organisation]:
    """The providers for which the reader works today."""
    return [one for member, one in memberships(work) if member.role is Role.PROVIDER_STAFF]


@open_command
def confirm(
    work: Work,
    organisation_id: UUID,
    version: int,
    states: tuple[str, ...],
    weekdays: tuple[int, ...],
    languages: tuple[str, ...],
) -> None:
    """Write down, as of today, what a provider can do; NotVisible for somebody who does not work for it."""
    row = next((one for one in own(work) if one.id == organisation_id), None)
    if row is None:
        raise NotVisible
    row.expect(version)
    if not (states or weekdays or languages):
        raise Refusal(words("Choose at least one."), "states")
    row.covers = as_text(Coverage(work.day, states, weekdays, languages))
    work.record(events.CoverageConfirmed(client_id=None, subject=organisation_id))
