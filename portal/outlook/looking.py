"""Alarms about what is written down elsewhere: supports still to be claimed, and visits to which nobody came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import or_, select

from budgeting.package import Management
from portal.access.scope import unscoped
from portal.funding import queries as funding
from portal.living.model import Missed
from portal.living.states import OPEN, Who
from portal.outlook.kinds import AlarmKind
from portal.outlook.model import Alarm
from portal.outlook.ringing import Met, looks
from portal.people.model import Client
from portal.spending.claim_queries import TO_CLAIM
from portal.spending.last_days import last_day
from portal.spending.model import Delivered
from portal.work import Work


@looks(AlarmKind.CLAIM)
def still_to_claim(work: Work, client: Client, alarm: Alarm) -> Iterator[Met]:
    """What nobody has claimed although its last day is near: by the law, or by an announced change that is sooner.

    What providers claim themselves from the agency is left to them. Each such day is told once.
    """
    wanted = select(Delivered.first).where(
        Delivered.client_id == client.id,
        Delivered.state.in_(TO_CLAIM),
        Delivered.removed_at.is_(None),
        or_(Delivered.management.is_(None), Delivered.management != Management.AGENCY),
    )
    today, plan = work.today(client), funding.current_for_job(work, client)
    days = []
    for first in work.session.scalars(unscoped(wanted, "an alarm the person chose")):
        last = last_day(plan.program, first, today) if plan else None
        if last is not None and today <= last <= today + timedelta(days=alarm.number or 0):
            days.append(last)
    if days:
        yield Met(f"claim:{min(days).isoformat()}", day=min(days), number=len(days))


@looks(AlarmKind.AWAY)
def nobody_came(work: Work, client: Client, alarm: Alarm) -> Iterator[Met]:
    """Visits that did not happen because of the provider, as long as their hours are owed."""
    wanted = select(Missed).where(Missed.client_id == client.id, Missed.who == Who.PROVIDER, Missed.state.in_(OPEN))
    for one in work.session.scalars(unscoped(wanted.order_by(Missed.day), "an alarm the person chose")):
        if alarm.line_id in (None, one.line_id):
            yield Met(f"missed:{one.id}", None, one.line_id, one.support, one.day)
