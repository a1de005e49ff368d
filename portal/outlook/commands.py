"""Working out how far somebody's money reaches; setting, changing and switching off alarms; answering one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.journal import JournalEntry
from portal.outlook import events, ringing
from portal.outlook.kinds import AlarmKind
from portal.outlook.model import Alarm, AlarmListener, Outlook, Ring
from portal.outlook.reckoning import Standing, standing
from portal.outlook.told import to_json
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work, command, open_command

MOST_ALARMS = 20
LONGEST_SNOOZE = timedelta(days=180)


@open_command
def work_out(work: Work, client: Client) -> None:
    """Work out how far the money of a client reaches, keep it, and let the alarms go off that people asked for.

    For jobs. A client without funding, or with nothing planned, has no row at all: that is not known, and not zero.
    """
    before = work.session.scalar(unscoped(select(Outlook).where(Outlook.client_id == client.id), "a job's own row"))
    now = standing(work, client)
    was = (before.until, before.prices) if before else None
    if now is None:
        if before is not None:
            work.session.delete(before)
            work.record(events.Moved(client_id=client.id, before=before.until, after=None))
    else:
        _keep(work, client, before, now)
        if was is None or was[0] != now.until:
            earlier = was[0] if was else None
            work.record(events.Moved(client_id=client.id, before=earlier, after=now.until))
    work.session.flush()
    for rung, alarm in ringing.due(work, client, now, was):
        _ring(work, client, rung, alarm)


def _keep(work: Work, client: Client, row: Outlook | None, now: Standing) -> None:
    seen, pace = _seen(work, client), now.pace
    row = row or Outlook(client_id=client.id)
    row.computed_on, row.seen = now.since, seen
    row.prices, row.program = now.prices, now.plan.program
    row.basis, row.proposal_id = now.basis, now.proposal_id
    row.until, row.runs_dry, row.short = now.until, now.runs_dry, now.short
    row.minutes_left = sum(one.minutes.count for one in now.reaches)
    row.week_spent, row.week_planned = pace.spent, pace.planned
    fixes = now.fixes
    row.fix = to_json(fixes[0]) if fixes else None
    work.session.add(row)


def _seen(work: Work, client: Client) -> int:
    newest = select(func.max(JournalEntry.seq)).where(JournalEntry.client_id == client.id)
    return work.session.scalar(newest) or 0


# Alarms


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to be told about, and who else is."""

    kind: AlarmKind
    component: str | None = None
    line_id: UUID | None = None
    number: int | None = None
    by_mail: bool = True
    others: tuple[UUID, ...] = ()


@command(Resource.BUDGET, Action.WRITE)
def set_alarm(work: Work, client: Client, wanted: Wanted) -> Alarm:
    """Set an alarm; it looks at once, and goes off when what it waits for is so already."""
    on = select(func.count()).select_from(Alarm).where(Alarm.client_id == client.id, Alarm.ended_at.is_(None))
    if (work.session.scalar(unscoped(on, "how many there are")) or 0) >= MOST_ALARMS:
        raise Refusal(words("There are {most} alarms already. Switch one off first.", most=MOST_ALARMS))
    assert work.account_id is not None, "only for people who are signed in"
    alarm = Alarm(client_id=client.id, made_by=work.account_id, made_at=work.now)
    work.session.add(alarm)
    _take(work, client, alarm, wanted)
    others = len(wanted.others)
    work.record(events.AlarmSet(client_id=client.id, subject=alarm.id, about=alarm.kind, others=others))
    work.later("outlook.refresh", client_id=client.id)
    return alarm


@command(Resource.BUDGET, Action.WRITE)
def change_alarm(work: Work, alarm: Alarm, client: Client, wanted: Wanted) -> None:
    """Change what an alarm waits for, how it tells and whom; what it said so far is settled by that."""
    alarm.must_be_on()
    _take(work, client, alarm, wanted)
    for ring in ringing.still_said(work, alarm):
        ring.gone_at = work.now
    others = len(wanted.others)
    work.record(events.AlarmChanged(client_id=alarm.client_id, subject=alarm.id, about=alarm.kind, others=others))
    work.later("outlook.refresh", client_id=alarm.client_id)


@command(Resource.BUDGET, Action.WRITE)
def switch_off(work: Work, alarm: Alarm) -> None:
    """Switch an alarm off; what it said goes away with it."""
    alarm.must_be_on()
    alarm.ended_at = work.now
    for ring in ringing.still_said(work, alarm):
        ring.gone_at = work.now
    work.record(events.AlarmEnded(client_id=alarm.client_id, subject=alarm.id, about=alarm.kind))


@command(Resource.BUDGET, Action.READ)
def settle(work: Work, ring: Ring) -> None:
    """Somebody who was told has seen it: it is not shown again for the same reason."""
    ring.must_be_open()
    _must_be_told(work, ring)
    ring.settled_at = work.now
    work.record(events.AlarmSettled(client_id=ring.client_id, subject=ring.alarm_id))


@command(Resource.BUDGET, Action.READ)
def snooze(work: Work, ring: Ring, client: Client, until: date) -> None:
    """Hide what an alarm said until a day, and then tell it once more."""
    ring.must_be_open()
    _must_be_told(work, ring)
    today = work.today(client)
    if not today < until <= today + LONGEST_SNOOZE:
        latest = today + LONGEST_SNOOZE
        raise Refusal(words("Choose a day after today, up to {latest}.", latest=latest), "until")
    ring.again_on = until
    work.record(events.AlarmSnoozed(client_id=ring.client_id, subject=ring.alarm_id, again_on=until))


def _take(work: Work, client: Client, alarm: Alarm, wanted: Wanted) -> None:
    alarm.kind, alarm.component, alarm.line_id = wanted.kind, wanted.component, wanted.line_id
    alarm.number, alarm.by_mail = wanted.number, wanted.by_mail
    work.session.flush()
    own = work.decision is not None and work.decision.relationship in (Relationship.CLIENT, Relationship.AUTHORITY)
    if not own and set(wanted.others) - set(ringing.listeners(work, alarm)):
        raise Refusal(words("Only the person, or who decides for them, chooses who else is told."), "others")
    old = delete(AlarmListener).where(AlarmListener.alarm_id == alarm.id)
    work.session.execute(unscoped(old, "the listeners of an alarm that may be changed"))
    for account_id in dict.fromkeys(wanted.others):
        if not ringing.may_be_told(work, client, account_id):
            raise Refusal(words("Someone you chose may not see the money. Let them see it first."), "others")
        if account_id != alarm.made_by:
            work.session.add(AlarmListener(client_id=client.id, alarm_id=alarm.id, account_id=account_id))
    work.session.flush()


def _must_be_told(work: Work, ring: Ring) -> None:
    """Only those who are told answer an alarm, and the person whose money it is."""
    own = work.decision is not None and work.decision.relationship in (Relationship.CLIENT, Relationship.AUTHORITY)
    alarm = work.session.scalars(unscoped(select(Alarm).where(Alarm.id == ring.alarm_id), "its own alarm")).one()
    if not own and work.account_id not in (alarm.made_by, *ringing.listeners(work, alarm)):
        raise NotVisible


def _ring(work: Work, client: Client, ring: Ring, alarm: Alarm) -> None:
    """Tell whoever asked for it, as far as they may still see the money."""
    wanted = dict.fromkeys([alarm.made_by, *ringing.listeners(work, alarm)])
    told = [account_id for account_id in wanted if ringing.may_be_told(work, client, account_id)]
    work.record(events.AlarmRang(client_id=client.id, subject=alarm.id, about=alarm.kind, told=len(told)))
    if alarm.by_mail:
        for account_id in told:
            key = f"alarm-{ring.id}-{ring.version}-{account_id}"
            work.later("accounts.tell", account_id=account_id, key=key, path=f"/people/{client.id}/alarms")
