"""Alarms that people choose, what they said, and how far the money reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup

from budgeting.explain import Figure, shown
from budgeting.explain.totals import lasts_figure
from budgeting.forecast import until_figure
from budgeting.forecast.reach import Reach, called, counted
from budgeting.words import Name, Value, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names
from portal.language import show
from portal.outlook import commands, looking as looking, queries, ringing
from portal.outlook.commands import Wanted
from portal.outlook.kinds import AlarmKind
from portal.outlook.model import Alarm, Basis, Ring
from portal.outlook.reckoning import Standing, standing
from portal.outlook.saying import COUNTED, KINDS, alarm_words, ring_words
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Content, Table
from portal.work import Refusal, Work

READ = (Resource.BUDGET, Action.READ)
CHANGE = (Resource.BUDGET, Action.WRITE)
PAGE = "/people/{client_id:uuid}/alarms"
MONEY_KINDS = (AlarmKind.EARLY, AlarmKind.WITHIN, AlarmKind.HOURS, AlarmKind.VISITS)
NEXT_WEEK = timedelta(days=7)
LASTS = words("Money lasts until")
PART, LINE = "part:", "line:"


@get(PAGE, access=READ)
def alarms(work: Work, client_id: UUID) -> View:
    """What alarms said, how far the money reaches, which alarms are on, and setting a new one."""
    client = people.client(work, client_id)
    now = standing(work, client)
    reaches = {UUID(one.line.id): one for one in now.reaches} if now else {}
    on = queries.alarms(work, client)
    heard = queries.listeners(work, client)
    others = _others(work, client)
    rings = ringing.as_now(work, client, now, queries.rings(work, client))
    may_choose = work.can(Resource.BUDGET, Action.EXPORT, client.id)
    values: dict[str, Any] = {
        "own": people.is_own(work, client),
        "rings": [_ring(client, ring, alarm, now, reaches) for ring, alarm in rings],
        "answers": {
            ring.id
            for ring, alarm in rings
            if may_choose or work.account_id in (alarm.made_by, *heard.get(alarm.id, ()))
        },
        "alarms": [_alarm(one, now, heard.get(one.id, []), others) for one in on],
        "reach": _reach(now) if now else None,
        "kinds": [(kind.value, show(KINDS[kind])) for kind in ringing.kinds()],
        "things": _things(now),
        "others": [(str(one), show(Name(name))) for one, name in others.items()],
        "examples": _examples({one.kind for one in on}),
        "may_choose": may_choose,
        "again_on": (work.today(client) + NEXT_WEEK).isoformat(),
    }
    return View("outlook/alarms.html", values, fragment="outlook/_alarms.html", client=client)


def _why(ring: Ring, alarm: Alarm, now: Standing, reach: Reach | None) -> Figure | None:
    """How what an alarm said came about: a day on which money ends, or the time that is still paid."""
    if alarm.kind in (AlarmKind.HOURS, AlarmKind.VISITS):
        return reach.figure if reach else now.hours if ring.line_id is None and ring.component is None else None
    if alarm.kind not in MONEY_KINDS:
        return None
    key = reach.component if reach else ring.component
    part = now.quote.parts.get(key or "")
    return lasts_figure(part) if part else replace(until_figure(now.quote), label=LASTS) if key is None else None


def _ring(
    client: Client, ring: Ring, alarm: Alarm, now: Standing | None, reaches: Mapping[UUID, Reach]
) -> dict[str, Any]:
    """What one alarm said, with what could be done about it."""
    reach = reaches.get(ring.line_id) if ring.line_id else None
    ends = alarm.kind in (*MONEY_KINDS, AlarmKind.PRICE)
    dry = now.dry.component.key if now and now.dry else None
    about_dry = ends and (ring.component is None or (now is not None and dry in _pool(now, ring.component)))
    at = f"/people/{client.id}"
    links: list[tuple[Words, str]] = []
    if ends and now:
        where = f"proposals/{now.proposal_id}" if now.proposal_id else "plan"
        links.append((words("Try other days and times"), f"{at}/{where}/what-if"))
    if ends and now and now.basis is Basis.PLAN:
        links.append((words("Ask for a change"), f"{at}/changes"))
    if alarm.kind is AlarmKind.CLAIM:
        links.append((words("See what is to be claimed"), f"{at}/claims"))
    return {
        "id": ring.id,
        "says": show(ring_words(ring, alarm.kind, reach)),
        "why": _why(ring, alarm, now, reach) if now else None,
        "ends": [show(one.words) for one in _touched(now, ring)] if now and ends else [],
        "since": ring.rung_on,
        "could": [show(one) for one in now.fixes] if now and about_dry else [],
        "links": [(show(label), href) for label, href in links],
    }


def _pool(now: Standing, component: str) -> Sequence[str]:
    found = next((one for one in now.used if one.component.key == component), None)
    return (component, *found.pool) if found else ()


def _touched(now: Standing, ring: Ring) -> list[Reach]:
    """The supports that end early and that an alarm is about."""
    ending = [one for one in now.reaches if one.ends_early]
    if ring.line_id is not None:
        return [one for one in ending if one.line.id == str(ring.line_id)]
    pool = None if ring.component is None else _pool(now, ring.component)
    return [one for one in ending if pool is None or one.component in pool]


def _alarm(one: Alarm, now: Standing | None, heard: Sequence[UUID], others: Mapping[UUID, str]) -> dict[str, Any]:
    """One alarm that is on, with its fields as they were chosen."""
    about = f"{LINE}{one.line_id}" if one.line_id else f"{PART}{one.component}" if one.component else ""
    return {
        "id": one.id,
        "version": one.version,
        "says": show(alarm_words(one.kind, one.number, _thing(one, now))),
        "by_mail": one.by_mail,
        "kind": one.kind.value,
        "about": about,
        "number": "" if one.number is None else str(one.number),
        "chosen": [str(account) for account in heard],
        "others": [show(Name(others[account])) for account in heard if account in others],
    }


def _thing(one: Alarm, now: Standing | None) -> Value | None:
    """What an alarm is about, by its name today; None for all the money."""
    if now is None:
        return None
    if one.line_id is not None:
        line = next((each.line for each in now.reaches if each.line.id == str(one.line_id)), None)
        return Name(line.name) if line else None
    found = [each.component for each in now.quote.components if each.component.key == one.component]
    return shown(found[0].name) if found else None


def _things(now: Standing | None) -> list[tuple[str, Markup]]:
    """What an alarm can be about: each part of the funding that something draws on, and each support."""
    if now is None:
        return []
    parts = [(f"{PART}{one.component.key}", show(shown(one.component.name))) for one in now.used]
    lines = [(f"{LINE}{one.line.id}", show(_support(one))) for one in now.reaches]
    return [*parts, *lines]


def _support(reach: Reach) -> Value:
    when, support = called(reach.line), Name(reach.line.name)
    return words("{support} ({when})", support=support, when=when) if when else support


def _others(work: Work, client: Client) -> dict[UUID, str]:
    """Who else could be told: people of the circle who may see the money today, without the reader."""
    allowed = [one for one in queries.people_to_tell(work, client) if ringing.may_be_told(work, client, one)]
    called_by = names(work.session, set(allowed))
    return {one: called_by[one] for one in allowed if one != work.account_id}


def _examples(have: set[AlarmKind]) -> list[dict[str, Any]]:
    """Alarms to begin with, each one press away."""
    known = ((AlarmKind.EARLY, None), (AlarmKind.HOURS, 20), (AlarmKind.CLAIM, 30), (AlarmKind.PRICE, None))
    return [
        {"kind": kind.value, "number": number or "", "says": show(alarm_words(kind, number, None))}
        for kind, number in known
        if kind in ringing.kinds() and kind not in have
    ]


def _reach(now: Standing) -> dict[str, Any]:
    """How far the money reaches: until when, how many hours, and each support in mornings and visits."""
    again = any(one.more_on for one in now.reaches)
    rows = [
        (
            Name(one.line.name),
            called(one.line) or "",
            Cell(one.until, badge="warn") if one.ends_early else one.until,
            *((one.more_on or "",) if again else ()),
            _still(one),
        )
        for one in now.reaches
    ]
    columns = (
        Column(words("Support")),
        Column(words("When")),
        Column(words("Paid until")),
        *((Column(words("Again from")),) if again else ()),
        Column(words("Still paid")),
    )
    return {
        "until": replace(until_figure(now.quote), label=LASTS),
        "lasts": now.runs_dry is None and now.quote.complete,
        "draft": now.basis is Basis.DRAFT,
        "hours": now.hours,
        "weeks": now.pace.figures,
        "untold": now.untold,
        "could": [show(one) for one in now.fixes],
        "table": Table("reach", words("How far the money of each support reaches"), columns, rows),
    }


def _still(one: Reach) -> Content:
    """How much of a support is still paid: its time with its explanation, and how often somebody comes."""
    if one.left is None:
        return ""
    often = counted(one.part, one.visits) if one.visits is not None else None
    return Cell(one.minutes, figure=one.figure, note=often)


@dataclass(frozen=True)
class AlarmForm:
    kind: AlarmKind = forms.choice(AlarmKind)
    about: str = forms.text(90, required=False)
    number: int | None = forms.number(most=1000, required=False)
    by_mail: bool = forms.tick()
    others: tuple[UUID, ...] = forms.record_ids()


@dataclass(frozen=True)
class ChangedForm(AlarmForm):
    version: int = forms.version()


@post(PAGE, access=CHANGE, form=AlarmForm, view=alarms)
def set_alarm(work: Work, form: AlarmForm, client_id: UUID) -> Stay:
    """Set an alarm."""
    client = people.client(work, client_id)
    commands.set_alarm(work, client, _wanted(work, client, form))
    return Stay(words("Saved. We will tell you."))


@post(PAGE + "/{alarm_id:uuid}", access=CHANGE, form=ChangedForm, view=alarms)
def change_alarm(work: Work, form: ChangedForm, client_id: UUID, alarm_id: UUID) -> Stay:
    """Change an alarm."""
    client = people.client(work, client_id)
    alarm = queries.alarm(work, client, alarm_id)
    alarm.expect(form.version)
    commands.change_alarm(work, alarm, client, _wanted(work, client, form))
    return Stay(words("Saved. We will tell you."))


@dataclass(frozen=True)
class OffForm:
    version: int = forms.version()


@post(PAGE + "/{alarm_id:uuid}/off", access=CHANGE, form=OffForm, view=alarms)
def switch_off(work: Work, form: OffForm, client_id: UUID, alarm_id: UUID) -> Stay:
    """Switch an alarm off."""
    alarm = queries.alarm(work, people.client(work, client_id), alarm_id)
    alarm.expect(form.version)
    commands.switch_off(work, alarm)
    return Stay(words("This alarm is off."))


@post(PAGE + "/rings/{ring_id:uuid}/seen", access=READ, view=alarms)
def seen(work: Work, client_id: UUID, ring_id: UUID) -> Stay:
    """Put what an alarm said away."""
    commands.settle(work, queries.ring(work, people.client(work, client_id), ring_id))
    return Stay(words("Put away. You hear of it again only when there is something new."))


@dataclass(frozen=True)
class AgainForm:
    until: date = forms.day()


@post(PAGE + "/rings/{ring_id:uuid}/again", access=READ, form=AgainForm, view=alarms)
def tell_again(work: Work, form: AgainForm, client_id: UUID, ring_id: UUID) -> Stay:
    """Hide what an alarm said for a while."""
    client = people.client(work, client_id)
    commands.snooze(work, queries.ring(work, client, ring_id), client, form.until)
    return Stay(words("We will tell you again on {day}.", day=form.until))


def _wanted(work: Work, client: Client, form: AlarmForm) -> Wanted:
    """What the form asks for; Refusal beside the field that does not fit."""
    number = form.number if form.kind in COUNTED else None
    if form.kind in COUNTED and not number:
        raise Refusal(words("Enter how many, a number above zero."), "number")
    component, line_id = None, None
    if form.about and form.kind in (*MONEY_KINDS, AlarmKind.AWAY):
        now = standing(work, client)
        if now is None or form.about not in dict(_things(now)):
            raise Refusal(words("Choose one of the answers."), "about")
        if form.about.startswith(LINE):
            line_id = UUID(form.about.removeprefix(LINE))
        else:
            component = form.about.removeprefix(PART)
    if form.kind is AlarmKind.VISITS:
        _must_have_visits(work, client, line_id)
    return Wanted(form.kind, component, line_id, number, form.by_mail, form.others)


def _must_have_visits(work: Work, client: Client, line_id: UUID | None) -> None:
    now = standing(work, client)
    visited = {one.line.id for one in now.reaches if one.visits is not None} if now else set()
    if str(line_id) not in visited:
        raise Refusal(words("Choose a support that has visits on certain days."), "about")
