"""Nobody came: first whether the person is safe, then one press, then who comes instead. Three taps on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from budgeting.forecast.reach import called
from budgeting.money import Money
from budgeting.package import visits_of
from budgeting.period import Period
from budgeting.words import Name, Words, words
from portal.access.table import Action, Relationship, Resource
from portal.accounts import queries as accounts
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.people.outside import contacts as outside
from portal.plans import queries as plans
from portal.plans.telling import holders
from portal.plans.visits import Going
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work
from portal.workers import call_commands, calls, kept, queries, showing
from portal.workers.call_commands import Missing
from portal.workers.coming import Visit, visits
from portal.workers.model import Backup, Call
from portal.workers.states import CallAct, CallState

TELL = (Resource.PLAN, Action.COMMENT)
READ = (Resource.PLAN, Action.READ)
JUST_NOW = timedelta(hours=12)  #: a visit that began longer ago is never chosen beforehand
LOOK_BACK = timedelta(days=7)  #: visits of these days stand there to be pressed; earlier ones are told by their day
STATES = {
    CallState.WAITING: ("wait", words("The provider has still to answer")),
    CallState.ANSWERED: ("ok", words("The provider has answered")),
    CallState.CAME_LATE: ("", words("They came late, so this was taken back")),
}


def near(work: Work, client_id: UUID, access: tuple[Resource, Action] = TELL) -> Client:
    """The client, for who stands on their side of it; NotVisible for a provider, whatever is addressed to it."""
    client = people.client(work, client_id)
    if not work.can(*access, client.id):
        raise NotVisible
    return client


@get("/people/{client_id:uuid}/nobody-came", access=TELL)
def nobody_came(work: Work, client_id: UUID) -> View:
    """Are you safe? Then: nobody came. What helps when somebody is not safe is on this very page, and sends nothing."""
    client = near(work, client_id)
    now, week = client.by_the_clock(work.now), around(work, client)
    found = begun(work, client, week)
    names = plans.provider_names(work, [one.going.part.provider_id for one in found])
    values: dict[str, Any] = {
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}",
        "visits": [(one.key, show(_said(one, names))) for one in found],
        "chosen": next((one.key for one in found if now - one.begins_at < JUST_NOW), ""),
        "supports": [(str(one.part.line_id), show(_support(one))) for one in queries.lines(work, client) if one.weekly],
        "today": work.today(client).isoformat(),
        "next": next((_next(one) for one in week if one.begins_at > now), None),
        "tells": _lead(work, client) and all(one.going.part.provider_id for one in found),
        "adds": work.can(Resource.CONTACT, Action.WRITE, client.id),
        "sees_contacts": work.can(Resource.CONTACT, Action.READ, client.id),
        "emergency": outside()[0],
        "contacts": [{"name": Name(one.name), "phone": one.phone} for one in queries.contacts(work, client)],
        "open_calls": [
            {"href": f"/people/{client.id}/nobody-came/{one.id}", "support": Name(one.support), "day": one.day}
            for one in calls.calls(work, client)
            if one.state is not CallState.CAME_LATE
        ][:3],
    }
    return View("workers/nobody_came.html", values, client=client)


def around(work: Work, client: Client) -> list[Visit]:
    """Visits of the week that was, up to tomorrow, in order."""
    today = work.today(client)
    days = Period(today - LOOK_BACK, today + timedelta(days=1))
    return visits(queries.lines(work, client), queries.workers(work, client), days)


def begun(work: Work, client: Client, found: Sequence[Visit]) -> list[Visit]:
    """Those that have begun and are not told yet, the latest first; what has not begun cannot have been missed."""
    now = client.by_the_clock(work.now)
    told = {(one.line_id, one.day, one.begins_at) for one in calls.calls(work, client) if one.may(CallAct.CAME_LATE)}
    free = (one for one in reversed(found) if (one.going.part.line_id, one.day, one.begins) not in told)
    return [one for one in free if one.begins_at <= now]


def _support(one: Going) -> Words:
    return words("{support} ({when})", support=Name(one.frozen.name), when=called(one.line) or words("visits"))


def _next(one: Visit) -> Words:
    support = Name(one.going.frozen.name)
    return words("The next visit begins on {day} at {time}: {support}.", day=one.day, time=one.begins, support=support)


def _lead(work: Work, client: Client) -> bool:
    """Whether a coordinator is there to be told."""
    return bool(holders(work, client.id, [Relationship.LEAD]))


def _said(one: Visit, names: Any) -> Words:
    who = showing.provider(one, names)
    support, day, start = Name(one.going.frozen.name), one.day, one.begins
    if one.workers:
        name = Name(one.workers[0].name)
        return words("{support}, {day} at {start}, {worker}", support=support, day=day, start=start, worker=name)
    if who.text:
        return words("{support}, {day} at {start}, {provider}", support=support, day=day, start=start, provider=who)
    return words("{support}, {day} at {start}", support=support, day=day, start=start)


@dataclass(frozen=True)
class TellForm:
    visit: str = forms.text(120)


@post("/people/{client_id:uuid}/nobody-came", access=TELL, form=TellForm, view=nobody_came)
def tell(work: Work, form: TellForm, client_id: UUID) -> Go:
    """Write it down, tell the provider and the coordinator, and lead on to who comes instead."""
    client = near(work, client_id)
    one = next((one for one in begun(work, client, around(work, client)) if one.key == form.visit), None)
    if one is None:
        before = _before(work, client, form.visit)
        if before is None:
            raise Refusal(words("Choose which visit it was."), "visit")
        return Go(f"/people/{client.id}/nobody-came/{before.id}")
    return _tell(work, client, one.going, one.day)


@dataclass(frozen=True)
class EarlierForm:
    line: UUID = forms.record_id()
    day: date = forms.day()


@post("/people/{client_id:uuid}/nobody-came/earlier", access=TELL, form=EarlierForm, view=nobody_came)
def tell_earlier(work: Work, form: EarlierForm, client_id: UUID) -> Go:
    """The same for an earlier day: which support and which day; the time is the one that was agreed."""
    client = near(work, client_id)
    found = next((one for one in queries.lines(work, client) if one.part.line_id == form.line), None)
    weekly = found.weekly if found else None
    if found is None or weekly is None:
        raise Refusal(words("Choose which support it was."), "line")
    whenever = replace(found.line, period=Period(min(form.day, found.line.period.first), found.line.period.last))
    if form.day not in visits_of(whenever, Period(form.day, form.day)):
        raise Refusal(words("By the plan nobody was to come on that day. Choose another day."), "day")
    if datetime.combine(form.day, weekly.start) > client.by_the_clock(work.now):
        raise Refusal(words("That visit has not begun yet."), "day")
    key = f"{form.line}|{form.day.isoformat()}|{weekly.start.isoformat('minutes')}"
    before = _before(work, client, key)
    return Go(f"/people/{client.id}/nobody-came/{before.id}") if before else _tell(work, client, found, form.day)


def _tell(work: Work, client: Client, found: Going, day: date) -> Go:
    """Write down that nobody came on a day, at the time that was agreed, and say who is told."""
    part, weekly = found.part, found.weekly
    if weekly is None:
        raise NotVisible
    price = queries.cost_of_visit(work, client, part.line_id, day, None)
    told = Missing(
        line_id=part.line_id,
        support=found.frozen.name,
        day=day,
        begins_at=weekly.start,
        minutes=weekly.minutes,
        provider_id=part.provider_id,
        provider_name=part.provider_name,
        fee=price.value if price is not None and isinstance(price.value, Money) else None,
    )
    row = call_commands.tell_nobody_came(work, client, told)
    if not (part.provider_id and _lead(work, client)):
        say = words("Written down.")
    elif people.is_own(work, client):
        say = words("Written down. The provider is told, and your coordinator.")
    else:
        say = words("The provider and the coordinator are told at once. The hours are owed.")
    return Go(f"/people/{client.id}/nobody-came/{row.id}", say)


def _before(work: Work, client: Client, key: str) -> Call | None:
    """The call about a visit that was told already, for a second press in another tab."""
    keys = {f"{one.line_id}|{one.day.isoformat()}|{one.begins_at.isoformat('minutes')}": one
            for one in calls.calls(work, client) if one.may(CallAct.CAME_LATE)}  # fmt: skip
    return keys.get(key)


@get("/people/{client_id:uuid}/nobody-came/{call_id:uuid}", access=READ)
def call(work: Work, client_id: UUID, call_id: UUID) -> View:
    """One visit to which nobody came: who comes instead, as long as somebody can, and what the provider says."""
    client = near(work, client_id, READ)
    row = calls.call(work, client, call_id)
    names = plans.provider_names(work, [row.provider_id])
    found = [one for one in queries.backups(work, client) if one.line_id == row.line_id and one.counts]
    taken = next((one for one in found if one.id == row.backup_id), None)
    badge, state = STATES[row.state]
    helps = work.can(*TELL, client.id)
    earliest = client.by_the_clock(work.now) - JUST_NOW
    now = row.day >= work.today(client) or datetime.combine(row.day, row.begins_at) > earliest
    values = {
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}",
        "here": f"/people/{client.id}/nobody-came/{row.id}",
        "row": row,
        "support": Name(row.support),
        "provider": names.get(row.provider_id, Name("")) if row.provider_id else Name(row.provider_name),
        "badge_of": badge,
        "state": state,
        "phone": queries.phone_of(work, row.provider_id),
        "here_too": row.provider_id is not None,
        "told_by": _name(work, row.told_by),
        "told_on": client.by_the_clock(row.told_at).date(),
        "waiting": row.state is CallState.WAITING,
        "undone": row.state is CallState.CAME_LATE,
        "overdue": row.state is CallState.WAITING and row.answer_by < work.now,
        "taken": _row(work, client, taken, row, helps) if taken else None,
        "backups": [_row(work, client, one, row, helps) for one in found if now and taken is None],
        "nobody_named": not found,
        "kept": kept.shown(work, client, row, taken) if taken else (None, False),
        "sees_money": work.can(Resource.BUDGET, Action.READ, client.id),
        "who_answered": _name(work, row.answered_by),
        "writes": helps and row.may(CallAct.CAME_LATE),
        "names": work.can(Resource.REQUEST, Action.WRITE, client.id),
        "emergency": outside()[0],
    }
    return View("workers/call.html", values, client=client)


def _name(work: Work, account_id: UUID | None) -> Name:
    return Name(accounts.names(work.session, {account_id})[account_id]) if account_id else Name("")


def _row(work: Work, client: Client, one: Backup, row: Call, helps: bool) -> dict[str, Any]:
    """A backup; the telephone is for who may ring."""
    return {
        "id": one.id,
        "name": Name(one.name),
        "phone": one.phone if helps else "",
        "price": queries.price_of_backup(work, client, one, row.day),
    }


@dataclass(frozen=True)
class BackupForm:
    backup: UUID = forms.record_id()
    version: int = forms.version()


@post("/people/{client_id:uuid}/nobody-came/{call_id:uuid}/backup", access=TELL, form=BackupForm, view=call)
def take_backup(work: Work, form: BackupForm, client_id: UUID, call_id: UUID) -> Stay:
    """This backup comes; its money is kept."""
    client = near(work, client_id)
    row = calls.call(work, client, call_id)
    row.expect(form.version)
    backup = queries.backup(work, client, form.backup)
    price = queries.cost_of_backup(work, client, backup, row.day)
    reserved = price.value if price is not None and isinstance(price.value, Money) else None
    call_commands.call_backup(work, row, backup, reserved)
    return Stay(words("Saved. Your coordinator is told."))


@dataclass(frozen=True)
class VersionForm:
    version: int = forms.version()


@post("/people/{client_id:uuid}/nobody-came/{call_id:uuid}/let-go", access=TELL, form=VersionForm, view=call)
def let_go(work: Work, form: VersionForm, client_id: UUID, call_id: UUID) -> Stay:
    """The backup cannot come, or is not needed."""
    row = calls.call(work, near(work, client_id), call_id)
    row.expect(form.version)
    call_commands.call_backup(work, row, None, None)
    return Stay(words("Saved. You can ask somebody else."))


@post("/people/{client_id:uuid}/nobody-came/{call_id:uuid}/late", access=TELL, form=VersionForm, view=call)
def came_late(work: Work, form: VersionForm, client_id: UUID, call_id: UUID) -> Stay:
    """They came after all."""
    row = calls.call(work, near(work, client_id), call_id)
    row.expect(form.version)
    call_commands.came_late(work, row)
    return Stay(words("Taken back. Everybody who was told knows that they came."))


@dataclass(frozen=True)
class SaidForm:
    said: str = forms.text(500)
    version: int = forms.version()


@post("/people/{client_id:uuid}/nobody-came/{call_id:uuid}/said", access=TELL, form=SaidForm, view=call)
def said(work: Work, form: SaidForm, client_id: UUID, call_id: UUID) -> Stay:
    """Write down what the provider said on the telephone."""
    row = calls.call(work, near(work, client_id), call_id)
    row.expect(form.version)
    call_commands.answer_call(work, row, form.said)
    return Stay(words("Saved."))
