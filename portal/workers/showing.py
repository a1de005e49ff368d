"""Workers, visits and calls as rows with ready values, for the person and for the provider."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup

from budgeting.words import Name, Words, words
from portal.language import show, weekday_names
from portal.plans.rows import called_support
from portal.workers.coming import Visit
from portal.workers.model import ShadowShift, Worker
from portal.workers.states import ShadowState, Told, WorkerAct, WorkerState

STATES: Mapping[WorkerState, tuple[str, Words]] = {
    WorkerState.PROPOSED: ("wait", words("Waits for a yes")),  # whose yes: see ``waiting_for``
    WorkerState.MEETING: ("info", words("Meeting first")),
    WorkerState.AGREED: ("ok", words("Agreed")),
    WorkerState.DECLINED: ("", words("Said no")),
    WorkerState.WITHDRAWN: ("", words("Taken back")),
    WorkerState.STOPPED: ("", words("Does not come any more")),
}
OVER = (WorkerState.DECLINED, WorkerState.WITHDRAWN, WorkerState.STOPPED)
SHADOWS: Mapping[ShadowState, tuple[str, Words]] = {
    ShadowState.ASKED: ("wait", words("Waits for a yes")),
    ShadowState.AGREED: ("ok", words("Agreed")),
    ShadowState.DECLINED: ("", words("Said no")),
    ShadowState.GONE: ("", words("Ended")),
}


def waiting_for(person: Name, *, yours: bool) -> Words:
    """Whose yes is waited for: the person's, told to who decides as "you" and to everybody else by name."""
    return words("Waits for your yes") if yours else words("Waiting for {name}", name=person)


def days_of(weekdays: str) -> Name:
    """Days of the week by their names, in the reader's language; an empty name for all days of the line."""
    names = weekday_names()
    return Name(" · ".join(names[int(one)] for one in weekdays.split(",") if one))


@dataclass(frozen=True)
class Row:
    """One worker as a card shows them."""

    id: UUID
    version: int
    name: Name
    support: Name | Words
    provider: Name
    languages: str
    can_do: str
    check: Words | None
    check_over: bool  #: it has ended since they were proposed
    days: Name
    starts: date
    badge: str
    state: Words
    whose: Words | None  #: whose yes is still to come after a meeting
    answered: Words | None
    away: Words | None
    may_answer: bool
    may_meet: bool
    waits: bool
    agreed: bool  #: comes, today or from a day on
    stops: bool  #: nobody has said yet that they stop
    over: bool
    shadows: tuple[Mapping[str, Any], ...]
    wish: Any = None  #: the private wish, for the person and the lead only


def row(
    worker: Worker,
    supports: Mapping[UUID, Name | Words],
    provider: Name,
    shadows: Iterable[ShadowShift],
    today: date,
    whose: Words,
    **more: Any,
) -> Row:
    """One worker, with what was said about them and what waits; ``whose`` says whose yes (``waiting_for``)."""
    badge, state = STATES[worker.state]
    theirs = [one for one in shadows if one.worker_id == worker.id and one.day >= today - timedelta(days=28)]
    return Row(
        id=worker.id,
        version=worker.version,
        name=Name(worker.name),
        support=supports.get(worker.line_id, Name("")),
        provider=provider,
        languages=worker.languages,
        can_do=worker.can_do,
        check=_check(worker, today),
        check_over=worker.check_until is not None and worker.check_until < today,
        days=days_of(worker.weekdays),
        starts=worker.starts,
        badge=badge,
        state=whose if worker.state is WorkerState.PROPOSED else state,
        whose=whose if worker.state is WorkerState.MEETING else None,
        answered=_answered(worker),
        away=_stops(worker) if worker.state is WorkerState.STOPPED else _away(worker, today),
        may_answer=worker.may(WorkerAct.ACCEPT),
        may_meet=worker.may(WorkerAct.MEET),
        waits=worker.may(WorkerAct.WITHDRAW),
        agreed=worker.goes_on(today),
        stops=worker.may(WorkerAct.STOP),
        over=worker.state in OVER and not worker.goes_on(today),
        shadows=tuple(_shadow(one, whose) for one in theirs),
        **more,
    )


def _check(worker: Worker, today: date) -> Words | None:
    if not worker.check_name:
        return None
    check = Name(worker.check_name)
    if worker.check_until is not None and worker.check_until < today:
        return words("{check}: it ended on {day}, as the provider says", check=check, day=worker.check_until)
    if worker.check_until is None:
        return words("{check}, as the provider says", check=check)
    return words("{check}, until {day}, as the provider says", check=check, day=worker.check_until)


def _answered(worker: Worker) -> Words | None:
    if worker.answered_at is None:
        return None
    if worker.answered_how is Told.SAID:
        return words("Said to the coordinator, who wrote it down on {at}.", at=worker.answered_at)
    return words("Answered on {at}.", at=worker.answered_at)


def _away(worker: Worker, today: date) -> Words | None:
    first, last = worker.away_from, worker.away_until
    if worker.state is not WorkerState.AGREED or first is None or last is None or last < today:
        return None
    return words("Away from {first} to {last}", first=first, last=last)


def _stops(worker: Worker) -> Words | None:
    if worker.stopped_on is None:
        return None
    return words("Does not come from {day} on", day=worker.stopped_on)


def _shadow(one: ShadowShift, whose: Words) -> Mapping[str, Any]:
    badge, state = SHADOWS[one.state]
    return {
        "id": one.id,
        "version": one.version,
        "day": one.day,
        "begins": one.begins_at,
        "price": one.price,
        "known": one.price is not None,
        "free": one.price is not None and not one.price,
        "badge": badge,
        "state": whose if one.state is ShadowState.ASKED else state,
        "waits": one.state is ShadowState.ASKED,
        "gone": one.state is ShadowState.GONE,
    }


@dataclass(frozen=True)
class Coming:
    """One visit of the week in words."""

    key: str
    when: Words
    support: Name | Words
    who: tuple[Mapping[str, Any], ...]
    provider: Name


def coming(
    found: Iterable[Visit], names: Mapping[UUID, Name], unwanted: Collection[UUID] = ()
) -> list[tuple[Markup, list[Coming]]]:
    """The visits of some days, day by day."""
    days: dict[date, list[Coming]] = {}
    for one in found:
        who = tuple(
            {"name": Name(each.name), "first": each.id in one.first_of, "unwanted": each.id in unwanted}
            for each in one.workers
        )
        days.setdefault(one.day, []).append(
            Coming(one.key, when(one), called_support(one.going.part), who, provider(one, names))
        )
    return [
        (show(words("{weekday}, {day}", weekday=Name(weekday_names()[day.weekday()]), day=day)), some)
        for day, some in days.items()
    ]


def when(one: Visit) -> Words:
    """From when to when, and how long."""
    return words("{start} to {end}, {time}", start=one.begins, end=one.ends, time=one.minutes)


def provider(one: Visit, names: Mapping[UUID, Name]) -> Name:
    """Who was to come: the organisation, or somebody without a place in this portal."""
    part = one.going.part
    return names.get(part.provider_id, Name("")) if part.provider_id else Name(part.provider_name)


def sorted_rows(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Those that wait, those that come, and those of the past."""
    return (
        [one for one in rows if not one.agreed and not one.over],
        [one for one in rows if one.agreed],
        [one for one in rows if one.over],
    )
