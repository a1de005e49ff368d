"""The form of one line, as it is typed: into terms, and from terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS
from budgeting.money import Money, Quantity
from budgeting.package import Component, Schedule, Spread, Units, Weekly
from budgeting.words import words
from portal.funding.week import OnHolidays, untold
from portal.language import show
from portal.proposals import more_form
from portal.proposals.more_form import MoreForm, told
from portal.proposals.particulars import OPEN, PLAIN
from portal.proposals.queries import Draft
from portal.proposals.sheet import decimal
from portal.proposals.supports import unit_words
from portal.proposals.terms import Terms
from portal.site import forms
from portal.work import Refusal, refuse

UNITS = ("H", "E", "D", "WK", "MON", "YR", "hour", "trip", "meal", "actual_cost")
HOW = ("weekly", "units", "later")


@dataclass(frozen=True)
class OrdinaryForm:
    """What every line may say. ``how`` says which of two ways of counting holds; the fields of the other are left."""

    name: str = forms.text(200)
    support: str = forms.text(80, required=False)
    how: str = forms.one_of(HOW)
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"))
    begins: time | None = forms.clock(required=False)
    finishes: time | None = forms.clock(required=False)
    every: int | None = forms.number(most=52, required=False)
    units: int | None = forms.number(3, required=False)
    unit: str = forms.one_of(UNITS, required=False)
    once: bool = forms.tick()
    starts: date = forms.day()
    ends: date = forms.day()
    price: Money | None = forms.money(required=False)
    on_holidays: OnHolidays | None = forms.choice(OnHolidays, required=False)
    holiday_price: Money | None = forms.money(required=False)
    provider: UUID | None = forms.record_id(required=False)
    provider_name: str = forms.text(200, required=False)
    component: str = forms.text(80, required=False)
    goal: UUID | None = forms.record_id(required=False)
    need: str = forms.text(1000, required=False)
    reason: str = forms.text(2000, required=False)
    version: int = forms.version()


@dataclass(frozen=True)
class LineForm(MoreForm, OrdinaryForm):
    """A whole line, with what most of them do not say."""


def terms_of(form: LineForm, draft: Draft, now: Terms | None = None) -> Terms:
    """What the form says; ids that are not there to choose are refused. What it cannot say stays as it is ``now``."""
    if form.provider and form.provider not in draft.setting.providers:
        raise Refusal(words("Choose one of the answers."), "provider")
    if form.goal and form.goal not in draft.setting.purposes:
        raise Refusal(words("Choose one of the answers."), "goal")
    payers = {one.key for one in (*draft.components, *_others(draft))} | set(OPEN)
    if form.component and form.component not in payers:
        raise Refusal(words("Choose one of the answers."), "component")
    terms = Terms(
        name=form.name,
        starts=form.starts,
        ends=form.ends,
        support=form.support or None,
        component=form.component or None,
        provider_id=form.provider,
        provider_name="" if form.provider else form.provider_name,
        schedule=slept(form, _schedule(form, now.schedule if now else None)),
        price=form.price,
        on_holidays=_on_holidays(form, draft.proposal.program, now),
        holiday_price=form.holiday_price if form.on_holidays is OnHolidays.OWN else None,
        goal_id=form.goal,
        need="" if form.goal else form.need,
        more=told(form, now.more if now else PLAIN, payers, form.component),
    )
    return given_by(terms, form, draft.setting.helpers)


def given_by(terms: Terms, form: MoreForm, known: Mapping[UUID, str]) -> Terms:
    """The terms with the helper that the form chooses, under the name by which the circle knows them.

    ``terms`` name the helper there was, who may stay; anybody else who is not ``known`` is refused.
    """
    if "unpaid" not in form.asked:
        return terms
    if form.helper not in {None, terms.more.helper, *known}:
        raise Refusal(words("Choose one of the answers."), "helper")
    terms = replace(terms, more=replace(terms.more, helper=form.helper if form.given else None))
    name = known.get(terms.more.helper) if terms.more.helper else None
    return replace(terms, provider_id=None, provider_name=name) if name else terms


def _others(draft: Draft) -> tuple[Component, ...]:
    return draft.setting.funding.others if draft.setting.funding else ()


def slept(form: MoreForm, schedule: Schedule | None) -> Schedule | None:
    """The visits, as nights of a sleepover or not, where the form asks for it; a visit by day is never one."""
    if not isinstance(schedule, Weekly) or "active" not in form.asked:
        return schedule
    if form.sleepover and schedule.end > schedule.start:
        raise Refusal(words("A sleepover goes over midnight: it ends in the morning of the next day."), "sleepover")
    return replace(schedule, sleepover=form.sleepover)


def _on_holidays(form: LineForm, program: str, now: Terms | None) -> OnHolidays:
    """The answer of the form; a line that still has no price keeps what it says when the answer is not another."""
    chosen = form.on_holidays or untold(program, form.support or None)
    if now is not None and form.price is None and chosen is meant(now, program):
        return now.on_holidays
    return chosen


def meant(terms: Terms, program: str) -> OnHolidays:
    """What the line says about public holidays; "the same price" is no choice yet while it has no price."""
    if terms.price is None and terms.on_holidays is OnHolidays.SAME:
        return untold(program, terms.support)
    return terms.on_holidays


def _schedule(form: LineForm, now: Schedule | None) -> Schedule | None:
    if form.how == "later":
        return None
    if form.how == "units":
        if form.units is None:
            raise Refusal(words("How many?"), "units")
        unit = form.unit or "H"
        if unit == "H" and isinstance(now, Units) and now.unit == "hour":  # the same to people: offered once
            unit = now.unit
        return Units(Quantity(form.units), unit, Spread.ONCE if form.once else Spread.EVENLY)
    refuse(
        weekdays=None if form.weekdays else words("Choose at least one day of the week."),
        begins=words("When does a visit begin?") if form.begins is None else None,
        finishes=words("When does a visit end?") if form.finishes is None else None,
    )
    assert form.begins is not None, "refused above"
    assert form.finishes is not None, "refused above"
    return visits(now, form.weekdays, form.begins, form.finishes, form.every)


def visits(now: Schedule | None, weekdays: Sequence[str], begins: time, finishes: time, every: int | None) -> Weekly:
    """Visits as they were typed; what no form asks for stays, and a sleepover is one as long as it spans midnight."""
    was = now if isinstance(now, Weekly) else Weekly((), begins, finishes)
    days = tuple(map(int, weekdays))
    changed = replace(was, weekdays=days, start=begins, end=finishes, every_n_weeks=max(every or 1, 1))
    return replace(changed, sleepover=was.sleepover and finishes <= begins)


@dataclass(frozen=True)
class QuickForm:
    """The few fields of a line that can be typed into the sheet itself."""

    begins: time | None = forms.clock(required=False)
    finishes: time | None = forms.clock(required=False)
    units: int | None = forms.number(3, required=False)
    price: Money | None = forms.money(required=False)
    version: int = forms.version()


def quick_terms(form: QuickForm, now: Terms, program: str) -> Terms:
    """What the line says with the few fields changed; a first price leaves public holidays to what is ``meant``."""
    schedule = now.schedule
    if isinstance(schedule, Weekly):
        days, every = list(map(str, schedule.weekdays)), schedule.every_n_weeks
        schedule = visits(schedule, days, form.begins or schedule.start, form.finishes or schedule.end, every)
    elif isinstance(schedule, Units) and form.units is not None:
        schedule = replace(schedule, quantity=Quantity(form.units))
    on_holidays = now.on_holidays if form.price is None else meant(now, program)
    return replace(now, schedule=schedule, price=form.price, on_holidays=on_holidays)


def typed(terms: Terms, program: str) -> Mapping[str, Any]:
    """The fields of the form as a person would type what the line of a program says now."""
    schedule = terms.schedule
    weekly = schedule if isinstance(schedule, Weekly) else None
    units = schedule if isinstance(schedule, Units) else None
    return {
        "name": terms.name,
        "support": terms.support or "",
        "how": "weekly" if weekly else "units" if units else "later",
        "weekdays": [str(day) for day in weekly.weekdays] if weekly else [],
        "begins": weekly.start.isoformat("minutes") if weekly else "",
        "finishes": weekly.end.isoformat("minutes") if weekly else "",
        "every": str(weekly.every_n_weeks) if weekly else "1",
        "units": decimal(units.quantity.thousandths, 3) if units else "",
        "unit": units.unit if units else "H",
        "once": bool(units and units.spread is Spread.ONCE),
        "starts": terms.starts.isoformat(),
        "ends": terms.ends.isoformat(),
        "price": decimal(terms.price.minor, 2) if terms.price is not None else "",
        "on_holidays": meant(terms, program).value,
        "holiday_price": decimal(terms.holiday_price.minor, 2) if terms.holiday_price is not None else "",
        "provider": terms.provider_id or "",
        "provider_name": terms.provider_name,
        "component": terms.component or "",
        "goal": terms.goal_id or "",
        "need": terms.need,
        **more_form.typed(terms.more, sleepover=weekly.sleepover if weekly else False),
    }


def options(draft: Draft, goals: list[tuple[UUID, str]]) -> Mapping[str, Any]:
    """What there is to choose from in the form."""
    return {
        "weekday_options": [(str(number), show(name)) for number, name in enumerate(WEEKDAYS)],
        "unit_options": [(unit, show(unit_words(unit))) for unit in UNITS if unit != "hour"],
        "provider_options": [(str(one), name) for one, name in draft.setting.providers.items()],
        "component_options": [
            (one.key, one.name if isinstance(one.name, str) else show(one.name))
            for one in (*draft.components, *_others(draft))
        ],
        "goal_options": [(str(one), text) for one, text in goals],
        "helper_options": [(str(one), name) for one, name in draft.setting.helpers.items()],
    }
