"""Sharing with a group: somebody leaves or joins, and both prices stand beside each other before anything changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.explain import Figure
from budgeting.living import sharing
from budgeting.living.sharing import Group, Regrouped, Side
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.accounts import queries as accounts
from portal.living import commands, queries
from portal.living.choices import choices
from portal.living.model import GroupChange
from portal.living.queries import Basis
from portal.people import queries as people
from portal.site import forms
from portal.site.page import Asked, Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

READ = (Resource.BUDGET, Action.READ)
WRITE = (Resource.BUDGET, Action.WRITE)
MOST = 20  # people in a group that a form takes


@dataclass(frozen=True)
class Beside:
    """How it is and how it would be, for one line of one person."""

    support: Name
    starts: date
    group_before: Words
    group_after: Words
    before: Side
    after: Side
    more: Figure
    same_money: Figure
    lasts_before: Words | None
    lasts_after: Words | None


@dataclass(frozen=True)
class Prepared:
    """What somebody worked out, to be looked at."""

    id: UUID
    version: int
    by: Name
    when: datetime
    note: str
    beside: Beside | None


@get("/people/{client_id:uuid}/sharing", access=READ)
def groups(work: Work, asked: Asked, client_id: UUID) -> View:
    """What was worked out about groups, and a form to work out more; nothing changes by it."""
    client = people.client(work, client_id)
    found = queries.basis(work, client)
    rows = queries.group_changes(work, client)
    names = accounts.names(work.session, {one.prepared_by for one in rows})
    chosen = asked.query.get("line", "")
    shared = [one.participants for one in found.package.lines if one.id == chosen] if found else []
    now = next((number for number in shared if number > 1), 3)
    values: dict[str, Any] = {
        "prepared": [
            Prepared(
                one.id,
                one.version,
                Name(names.get(one.prepared_by, "")),
                one.prepared_at,
                one.note,
                _beside(found, one),
            )
            for one in rows
        ],
        "lines": choices((one.id, one.name) for one in found.timed) if found else [],
        "chosen": chosen,
        "now": now,
        "then": max(now - 1, 1),
        "today": work.today(client).isoformat(),
        "writes": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "asks": work.can(Resource.CHANGE, Action.WRITE, client.id),
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}/sharing",
    }
    return View("living/sharing.html", values, fragment="living/_sharing.html", client=client)


def _beside(found: Basis | None, row: GroupChange) -> Beside | None:
    line = found.line(row.line_id) if found else None
    if found is None or line is None:
        return None
    now, then = Group(row.people_now, row.workers), Group(row.people_then, row.workers)
    both = sharing.regrouped(
        found.package, str(row.line_id), now, then, row.starts, found.editions, programs.calendar()
    )
    return _shown(Name(line.name), row.starts, both) if both else None


def _shown(support: Name, starts: date, both: Regrouped) -> Beside:
    return Beside(
        support=support,
        starts=starts,
        group_before=_group(both.before.group),
        group_after=_group(both.after.group),
        before=both.before,
        after=both.after,
        more=sharing.more_figure(both),
        same_money=both.same_money,
        lasts_before=_lasts(both.before),
        lasts_after=_lasts(both.after),
    )


def _group(group: Group) -> Words:
    if group.workers == 1:
        return nwords("One worker for {n} person", "One worker for {n} people", group.people)
    return words("{workers} workers for {people} people", workers=group.workers, people=group.people)


def _lasts(side: Side) -> Words | None:
    """How far the money of the part that pays goes; None where no part of the funding does."""
    if not side.funded:
        return None
    if side.runs_dry is not None:
        return words("The money ends on {day}.", day=side.runs_dry)
    return words("The money lasts to the end.")


@dataclass(frozen=True)
class GroupForm:
    line: UUID = forms.record_id()
    people_now: int = forms.number(most=MOST)
    people_then: int = forms.number(most=MOST)
    workers: int = forms.number(most=MOST)
    starts: date = forms.day()
    note: str = forms.text(1000, required=False)


@post("/people/{client_id:uuid}/sharing", access=WRITE, form=GroupForm, view=groups)
def prepare(work: Work, form: GroupForm, client_id: UUID) -> Stay:
    """Work out both prices and keep them for the person to look at."""
    client = people.client(work, client_id)
    found = queries.basis(work, client)
    line = found.line(form.line) if found else None
    if found is None or line is None:
        raise Refusal(words("Choose one of the answers."), "line")
    for field, number in (
        ("people_now", form.people_now),
        ("people_then", form.people_then),
        ("workers", form.workers),
    ):
        if number < 1:
            raise Refusal(words("There is at least one."), field)
    if form.starts > line.terms.ends:
        raise Refusal(words("This support is over by then: its last day is {day}.", day=line.terms.ends), "starts")
    commands.prepare_group(
        work, client, line.id, form.people_now, form.people_then, form.workers, form.starts, form.note
    )
    return Stay(words("Worked out. Nothing changes by it."))


@post("/people/{client_id:uuid}/sharing/{change_id:uuid}/close", access=WRITE, form=forms.VersionForm, view=groups)
def close(work: Work, form: forms.VersionForm, client_id: UUID, change_id: UUID) -> Stay:
    """Put away what was worked out."""
    row = queries.group_change(work, people.client(work, client_id), change_id)
    row.expect(form.version)
    commands.close_group(work, row)
    return Stay(words("Put away."))
