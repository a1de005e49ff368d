"""How what is delivered goes from one version to the next: provider by provider, and never by silence.

A version's parts begin to go on when its day has come *and* their provider has read them (or said it can deliver them).
Until then the provider's parts of the version before go on. A provider that says "cannot" changes nothing by that.
Supports without any provider change over on the day. A support that goes to somebody else goes on with the one before
until the new one has read: nobody is left without it because only the old provider read that its part ends. What was
there only while another support was not goes on in the same way, until the provider of the one that is back has read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.people.model import Client
from portal.plans import events
from portal.plans.model import Brief, PlanPart, PlanVersion
from portal.plans.narrowed import is_asked
from portal.plans.states import BriefState, PartState, VersionState
from portal.work import Work

HEARD = frozenset({BriefState.READ, BriefState.CAN})
Provider = tuple[UUID | None, str]


def change_over(work: Work, client: Client) -> None:
    """Bring every part of a client's plan to where it belongs today; doing it again changes nothing."""
    today = work.today(client)
    in_order = select(PlanVersion).where(PlanVersion.client_id == client.id).order_by(PlanVersion.number)
    versions = work.session.scalars(unscoped(in_order, "the versions of one plan")).all()
    numbers = {version.id: version.number for version in versions}
    of_client = select(PlanPart).where(PlanPart.client_id == client.id)
    parts = work.session.scalars(unscoped(of_client, "the parts of one plan")).all()
    briefs = work.session.scalars(unscoped(select(Brief), "who has read").where(Brief.client_id == client.id)).all()
    heard = {(b.version_id, b.provider_id, b.provider_name) for b in briefs if b.state in HEARD}
    everybody = {(part.version_id, part.provider_id, part.provider_name) for part in parts}
    heard |= everybody - {(part.version_id, part.provider_id, part.provider_name) for part in parts if is_asked(part)}
    known = {(b.version_id, b.provider_id, b.provider_name) for b in briefs}
    for version in versions:
        if version.starts > today:
            continue
        _begin(work, version, versions)
        for provider in _providers(version, parts, known):
            if provider == (None, "") or (version.id, *provider) in heard:
                stays = _until_heard(version, provider, parts, heard) | _until_back(
                    version, provider, parts, heard, numbers
                )
                _hand_over(work, version, provider, parts, numbers, stays, today)


def _begin(work: Work, version: PlanVersion, versions: Sequence[PlanVersion]) -> None:
    if version.state is not VersionState.AGREED:
        return
    version.state, version.in_force_at = VersionState.IN_FORCE, work.now
    for earlier in versions:
        if earlier.number < version.number and earlier.state is not VersionState.REPLACED:
            earlier.state, earlier.replaced_at = VersionState.REPLACED, work.now
    work.record(events.VersionInForce(client_id=version.client_id, subject=version.id, number=version.number))


def _providers(
    version: PlanVersion, parts: Sequence[PlanPart], known: set[tuple[UUID, UUID | None, str]]
) -> list[Provider]:
    """Every provider with a part or a brief in this version, and "nobody" for supports without one."""
    own = {(part.provider_id, part.provider_name) for part in parts if part.version_id == version.id}
    sent = {(provider_id, name) for version_id, provider_id, name in known if version_id == version.id}
    return sorted(own | sent | {(None, "")}, key=str)


def _until_heard(
    version: PlanVersion,
    provider: Provider,
    parts: Sequence[PlanPart],
    heard: set[tuple[UUID, UUID | None, str]],
) -> frozenset[UUID]:
    """Lines of this version that are somebody else's now, who has not read of it yet."""
    return frozenset(
        part.line_id
        for part in parts
        if part.version_id == version.id
        and (other := (part.provider_id, part.provider_name)) not in (provider, (None, ""))
        and (version.id, *other) not in heard
    )


def _until_back(
    version: PlanVersion,
    provider: Provider,
    parts: Sequence[PlanPart],
    heard: set[tuple[UUID, UUID | None, str]],
    numbers: dict[UUID, int],
) -> frozenset[UUID]:
    """Lines that this version ends and that stood in for what comes back with it, while its provider has not read."""
    held: dict[UUID, set[int]] = {}  # the versions each line is in
    for part in parts:
        held.setdefault(part.line_id, set()).add(numbers[part.version_id])
    now = version.number
    back = [
        part.line_id
        for part in parts
        if part.version_id == version.id
        and (other := (part.provider_id, part.provider_name)) not in (provider, (None, ""))
        and (version.id, *other) not in heard
        and now - 1 not in held[part.line_id]
        and any(number < now for number in held[part.line_id])
    ]
    away = {number for line in back for number in range(max(n for n in held[line] if n < now) + 1, now)}
    return frozenset(line for line, within in held.items() if now not in within and within & away and within <= away)


def _hand_over(
    work: Work,
    version: PlanVersion,
    provider: Provider,
    parts: Sequence[PlanPart],
    numbers: dict[UUID, int],
    stays: frozenset[UUID],
    today: date,
) -> None:
    changed = False
    for part in parts:
        if (part.provider_id, part.provider_name) != provider:
            continue
        if part.version_id == version.id and part.state is PartState.WAITING:
            part.state, part.since = PartState.GOING_ON, max(today, part.starts)
            changed = True
        elif numbers[part.version_id] < version.number and part.state is not PartState.ENDED:
            if part.line_id in stays and part.state is PartState.GOING_ON:
                continue
            part.until = today - timedelta(days=1) if part.state is PartState.GOING_ON else None
            part.state = PartState.ENDED
            changed = True
    if changed:
        work.record(
            events.PartsChangedOver(
                client_id=version.client_id, subject=version.id, number=version.number, provider_id=provider[0]
            )
        )
