"""Which alarms go off now: once for each reason, and again only when the reason went away and came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from budgeting.forecast.reach import Reach
from budgeting.money import MINUTES_PER_HOUR
from budgeting.quotation import ComponentTotal
from budgeting.words import Words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.outlook.kinds import FROM_THE_PLAN, AlarmKind
from portal.outlook.model import Alarm, AlarmListener, Ring
from portal.outlook.reckoning import Standing
from portal.people.model import Client
from portal.work import Work

Before = tuple[date | None, str]  # until when the money lasted, and the mark of the prices then
AFTER_THE_FACT = frozenset({AlarmKind.PRICE})  # what has happened does not go away by itself


@dataclass(frozen=True)
class Met:
    """What an alarm waits for is so: about what, and the facts to tell."""

    about: str
    component: str | None = None
    line_id: UUID | None = None
    name: str = ""
    day: date | None = None
    before: date | None = None
    number: int | None = None


Looks = Callable[[Work, Client, Alarm], Iterator[Met]]
_ELSEWHERE: dict[AlarmKind, Looks] = {}


def looks(kind: AlarmKind) -> Callable[[Looks], Looks]:
    """Register how an alarm about something outside the calculator finds what it waits for."""

    def register(look: Looks) -> Looks:
        _ELSEWHERE[kind] = look
        return look

    return register


def kinds() -> tuple[AlarmKind, ...]:
    """The kinds of alarm that can be set."""
    known = {AlarmKind.EARLY, AlarmKind.WITHIN, AlarmKind.HOURS, AlarmKind.VISITS, AlarmKind.PRICE, *_ELSEWHERE}
    return tuple(kind for kind in AlarmKind if kind in known)


def due(work: Work, client: Client, now: Standing | None, was: Before | None) -> list[tuple[Ring, Alarm]]:
    """The alarms to be told about now. What no longer holds is marked as gone; facts that moved are brought up to date.

    A reason that was told is not told again, unless somebody asked to be told once more and that day has come.
    """
    found = []
    for alarm in _on(work, client):
        known = {ring.about: ring for ring in still_said(work, alarm)}
        met = list(_met(work, client, alarm, now, was))
        for one in met:
            ring = known.get(one.about)
            if ring is None:
                ring = Ring(client_id=client.id, alarm_id=alarm.id, about=one.about)
                ring.rung_on, ring.rung_at = work.today(client), work.now
                work.session.add(ring)
                found.append((ring, alarm))
            elif ring.open and ring.again_on and ring.again_on <= work.today(client):
                ring.again_on = None
                found.append((ring, alarm))
            _bring_up_to_date(ring, one)
        for about in known.keys() - {one.about for one in met}:
            still = _still(known[about], alarm, now)
            if still is None:
                known[about].gone_at = work.now
            else:
                _bring_up_to_date(known[about], still)
    work.session.flush()
    return found


def as_now(
    work: Work, client: Client, now: Standing | None, said: Sequence[tuple[Ring, Alarm]]
) -> Sequence[tuple[Ring, Alarm]]:
    """What alarms said, of the plan as it stands now: what no longer holds is left out, and nothing is kept."""
    found = []
    for ring, alarm in said:
        if alarm.kind not in FROM_THE_PLAN:
            found.append((ring, alarm))
            continue
        met = (one for one in _met(work, client, alarm, now, None) if one.about == ring.about)
        if one := next(met, None) or _still(ring, alarm, now):
            shown = Ring(id=ring.id, about=ring.about, before=ring.before, rung_on=ring.rung_on)
            _bring_up_to_date(shown, one)
            found.append((shown, alarm))
    return found


def _still(ring: Ring, alarm: Alarm, now: Standing | None) -> Met | None:
    """What has happened does not go away by itself, only when it makes no difference any more."""
    if alarm.kind not in AFTER_THE_FACT or now is None or now.until is None:
        return None
    if ring.before is not None and now.until >= ring.before:
        return None
    return Met(ring.about, day=now.until, before=ring.before)


def _bring_up_to_date(ring: Ring, met: Met) -> None:
    ring.component, ring.line_id, ring.name = met.component, met.line_id, met.name
    ring.day, ring.number = met.day, met.number
    ring.before = ring.before or met.before


def _on(work: Work, client: Client) -> Sequence[Alarm]:
    wanted = select(Alarm).where(Alarm.client_id == client.id, Alarm.ended_at.is_(None)).order_by(Alarm.made_at)
    return work.session.scalars(unscoped(wanted, "the alarms of one client")).all()


def still_said(work: Work, alarm: Alarm) -> Sequence[Ring]:
    """What an alarm said that still holds."""
    wanted = select(Ring).where(Ring.alarm_id == alarm.id, Ring.gone_at.is_(None))
    return work.session.scalars(unscoped(wanted, "what an alarm said")).all()


def listeners(work: Work, alarm: Alarm) -> Sequence[UUID]:
    """Who else is told, as the person chose."""
    wanted = select(AlarmListener.account_id).where(AlarmListener.alarm_id == alarm.id)
    return work.session.scalars(unscoped(wanted, "whom to tell")).all()


def may_be_told(work: Work, client: Client, account_id: UUID) -> bool:
    """Whether somebody may see the money of a client today."""
    return work.as_seen_by(account_id).can(Resource.BUDGET, Action.READ, client.id)


def _met(work: Work, client: Client, alarm: Alarm, now: Standing | None, was: Before | None) -> Iterator[Met]:
    if alarm.kind in _ELSEWHERE:
        yield from _ELSEWHERE[alarm.kind](work, client, alarm)
    elif now is not None:
        match alarm.kind:
            case AlarmKind.EARLY:
                yield from _ends(now, alarm, date.max)
            case AlarmKind.WITHIN:
                yield from _ends(now, alarm, now.since + timedelta(weeks=alarm.number or 0))
            case AlarmKind.HOURS | AlarmKind.VISITS:
                yield from _little(now, alarm)
            case AlarmKind.PRICE:
                yield from _dearer(now, was)


def _ends(now: Standing, alarm: Alarm, until: date) -> Iterator[Met]:
    """What ends before it should, up to a day: one support, one part of the funding, or every part."""
    if alarm.line_id is not None:
        for reach in now.reaches:
            if reach.line.id == str(alarm.line_id) and reach.ends_early and reach.until <= until:
                yield Met("", reach.component, alarm.line_id, reach.line.name, reach.until)
        return
    for one in now.used:
        wanted = alarm.component in (None, one.component.key)
        if wanted and one.runs_dry and one.lasts_until and one.lasts_until <= until:
            yield Met(one.component.key, one.component.key, None, _name(one), one.lasts_until)


def _little(now: Standing, alarm: Alarm) -> Iterator[Met]:
    """Fewer hours or visits left than somebody wanted to know about."""
    chosen = [one for one in now.reaches if _is_about(alarm, one)]
    if not chosen or alarm.number is None:
        return
    name = chosen[0].line.name if alarm.line_id else ""
    until = min(one.until for one in chosen)
    if alarm.kind is AlarmKind.VISITS:
        visits = sum(one.visits or 0 for one in chosen)
        if visits < alarm.number:
            yield Met("", alarm.component, alarm.line_id, name, until, number=visits)
        return
    minutes = sum(one.minutes.count for one in chosen)
    if minutes < alarm.number * MINUTES_PER_HOUR:
        yield Met("", alarm.component, alarm.line_id, name, until, number=minutes)


def _is_about(alarm: Alarm, reach: Reach) -> bool:
    if alarm.line_id is not None:
        return reach.line.id == str(alarm.line_id)
    return alarm.component in (None, reach.component)


def _dearer(now: Standing, was: Before | None) -> Iterator[Met]:
    """Other prices than before, and an earlier end."""
    if was is None or was[1] == now.prices or was[0] is None or now.until is None or now.until >= was[0]:
        return
    yield Met(f"prices:{now.prices}", day=now.until, before=was[0])


def _name(one: ComponentTotal) -> str:
    return "" if isinstance(one.component.name, Words) else one.component.name
