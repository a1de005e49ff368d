"""Where, when and in which languages an organisation works, as its own people confirm it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.options.coverage import Coverage
from budgeting.words import words
from portal.accounts import events
from portal.accounts.model import Organisation, OrganisationKind, Role
from portal.accounts.queries import memberships, roles
from portal.work import NotVisible, Refusal, Work, open_command

_FIRST = ("states", "weekdays", "languages")  # always written down, the rest only where it was told


def as_text(one: Coverage) -> str:
    """Coverage as it is kept."""
    told: dict[str, object] = {"states": one.states, "weekdays": one.weekdays, "languages": one.languages}
    told |= {"times": one.times, "access": one.access, "spoke_with": one.spoke_with}
    told |= {"free_from": one.free_from.isoformat() if one.free_from else "", "by": str(one.by) if one.by else ""}
    kept = {name: value for name, value in told.items() if value or name in _FIRST}
    return json.dumps({"confirmed": one.confirmed.isoformat(), **kept}, sort_keys=True)


def coverage(text: str | None) -> Coverage | None:
    """What ``as_text`` wrote; None while nothing was told."""
    if not text:
        return None
    data = json.loads(text)
    lists = {name: tuple(data.get(name, ())) for name in (*_FIRST, "times", "access")}
    return Coverage(
        date.fromisoformat(data["confirmed"]),
        **lists,
        free_from=date.fromisoformat(data["free_from"]) if "free_from" in data else None,
        by=UUID(data["by"]) if "by" in data else None,
        spoke_with=data.get("spoke_with", ""),
    )


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
    times: tuple[str, ...] = (),
    access: tuple[str, ...] = (),
    free_from: date | None = None,
) -> None:
    """Write down, as of today, what a provider can do; NotVisible for somebody who does not work for it."""
    row = next((one for one in own(work) if one.id == organisation_id), None)
    if row is None:
        raise NotVisible
    _keep(
        work, row, version, Coverage(work.day, states, weekdays, languages, times, access, free_from, work.account_id)
    )


@open_command
def confirm_by_telephone(work: Work, row: Organisation, version: int, told: Coverage) -> None:
    """Write down, as of today, what somebody of a provider said on the telephone; coordinators may.

    NotVisible for others; a Refusal when nobody is named who said so.
    """
    if Role.COORDINATOR not in roles(work) or row.kind is not OrganisationKind.PROVIDER:
        raise NotVisible
    if not told.spoke_with:
        raise Refusal(words("Who told you? Their first name is enough."), "spoke_with")
    _keep(work, row, version, replace(told, confirmed=work.day, by=work.account_id))


def _keep(work: Work, row: Organisation, version: int, told: Coverage) -> None:
    row.expect(version)
    if not (told.states or told.weekdays or told.languages or told.times or told.access or told.free_from):
        raise Refusal(words("Choose at least one."), "states")
    row.covers = as_text(told)
    work.record(events.CoverageConfirmed(client_id=None, subject=row.id))
