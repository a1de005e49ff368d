"""The forms of a change: when and why, and what one support would be, as people type it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS
from budgeting.money import HOURLY, Money, Quantity
from budgeting.package import Schedule, Units, Weekly
from budgeting.programs import families, program
from budgeting.words import words
from portal.changes.model import ChangeRequest
from portal.funding.week import OnHolidays, untold
from portal.language import plain, show
from portal.people.model import Client
from portal.proposals import more_form, queries as proposals
from portal.proposals.frozen import FrozenProposal
from portal.proposals.line_form import given_by, slept, visits
from portal.proposals.more_form import MoreForm, told
from portal.proposals.offering import rare
from portal.proposals.particulars import OPEN
from portal.proposals.sheet import decimal
from portal.proposals.terms import Terms
from portal.proposals.unpaid import helpers_of
from portal.site import forms
from portal.work import Refusal, Work


@dataclass(frozen=True)
class WhyForm:
    """Why, and from when."""

    reason: str = forms.text(2000)
    effective: date = forms.day()
    urgent: bool = forms.tick()
    reason_shared: bool = forms.tick()
    because: str = forms.text(80, required=False)


@dataclass(frozen=True)
class DetailsForm(WhyForm):
    version: int = forms.version()


@dataclass(frozen=True)
class OrdinaryForm:
    """What every support of the plan may be from the day on."""

    what: str = forms.one_of(("change", "end"))
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"))
    begins: time | None = forms.clock(required=False)
    finishes: time | None = forms.clock(required=False)
    every: int | None = forms.number(most=52, required=False)
    units: int | None = forms.number(3, required=False)
    ends: date | None = forms.day(required=False)
    price: Money | None = forms.money(required=False)
    holiday_price: Money | None = forms.money(required=False)
    provider: UUID | None = forms.record_id(required=False)
    provider_name: str = forms.text(200, required=False)
    version: int = forms.version()


@dataclass(frozen=True)
class LineForm(MoreForm, OrdinaryForm):
    """What one support of the plan would be from the day on, with what most of them do not say."""


@dataclass(frozen=True)
class NewLineForm:
    """A support that is not in the plan yet."""

    name: str = forms.text(200, required=False)
    support: str = forms.text(80, required=False)
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"), required=True)
    begins: time = forms.clock()
    finishes: time = forms.clock()
    every: int | None = forms.number(most=52, required=False)
    price: Money | None = forms.money(required=False)
    provider: UUID | None = forms.record_id(required=False)
    provider_name: str = forms.text(200, required=False)
    version: int = forms.version()


def changed_terms(form: LineForm, now: Terms, helpers: Mapping[UUID, str] | None) -> Terms | None:
    """What the form makes of a line; None ends it. ``helpers``: who may help; None where nobody else may give it."""
    if form.what == "end":
        return None
    own = form.holiday_price if now.on_holidays is OnHolidays.OWN else now.holiday_price
    terms = replace(
        now,
        schedule=slept(form, _schedule(form, now)),
        ends=form.ends or now.ends,
        price=form.price,
        holiday_price=own,
        more=told(form, now.more, OPEN, now.component or ""),
    )
    if helpers is None:
        kept = {one: getattr(now.more, one) for one in ("payers", "priority", "role")}
        return replace(terms, more=replace(terms.more, **kept))
    name = "" if form.provider else form.provider_name
    return given_by(replace(terms, provider_id=form.provider, provider_name=name), form, helpers)


def _schedule(form: LineForm, now: Terms) -> Schedule | None:
    schedule = now.schedule
    if isinstance(schedule, Units):
        return replace(schedule, quantity=Quantity(form.units)) if form.units is not None else schedule
    if form.begins is None or form.finishes is None:
        if schedule is None and not form.weekdays:
            return None
        raise Refusal(words("When does a visit begin?"), "begins" if form.begins is None else "finishes")
    return visits(schedule, form.weekdays, form.begins, form.finishes, form.every)


def new_terms(form: NewLineForm, plan: FrozenProposal) -> Terms:
    """A new support over the rest of the plan."""
    family = program(plan.program).by_key.get(form.support) if form.support else None
    if form.support and family is None:
        raise Refusal(words("Choose one of the answers."), "support")
    name = form.name or (plain(family.label) if family else "")
    if not name:
        raise Refusal(words("Give the support a name."), "name")
    return Terms(
        name=name,
        starts=plan.period.first,
        ends=plan.period.last,
        support=form.support or None,
        provider_id=form.provider,
        provider_name="" if form.provider else form.provider_name,
        schedule=Weekly(tuple(map(int, form.weekdays)), form.begins, form.finishes, max(form.every or 1, 1)),
        price=form.price,
        on_holidays=OnHolidays.SAME if form.price is None else untold(plan.program, form.support or None),
    )


def typed(terms: Terms) -> Mapping[str, Any]:
    """The fields of the form as a person would type what a line says now."""
    schedule = terms.schedule
    weekly = schedule if isinstance(schedule, Weekly) else None
    units = schedule if isinstance(schedule, Units) else None
    return {
        "weekly": units is None,
        "weekdays": [str(day) for day in weekly.weekdays] if weekly else [],
        "begins": weekly.start.isoformat("minutes") if weekly else "",
        "finishes": weekly.end.isoformat("minutes") if weekly else "",
        "every": str(weekly.every_n_weeks) if weekly else "1",
        "units": decimal(units.quantity.thousandths, 3) if units else "",
        "ends": terms.ends.isoformat(),
        "price": decimal(terms.price.minor, 2) if terms.price is not None else "",
        "own_holiday": terms.on_holidays is OnHolidays.OWN,
        "holiday_price": decimal(terms.holiday_price.minor, 2) if terms.holiday_price is not None else "",
        "provider": terms.provider_id or "",
        "provider_name": terms.provider_name,
        **more_form.typed(terms.more, sleepover=weekly.sleepover if weekly else False),
    }


def may_help(work: Work, client: Client, request: ChangeRequest) -> Mapping[UUID, str] | None:
    """Who of the circle may be chosen to help; None for a provider, which gives nothing of its own away."""
    return helpers_of(work, client) if request.made_for is None else None


def rare_fields(
    work: Work, plan: FrozenProposal, terms: Terms, helpers: Mapping[UUID, str] | None
) -> Mapping[str, Any]:
    """The rare fields of a support; a provider is not asked how much it matters, and nobody here who pays."""
    shown = rare(work, plan.program, plan.place, terms)
    hidden = {"paying", "matters"} if helpers is None else {"paying"}
    return {
        **shown,
        "groups": [one for one in shown["groups"] if one not in hidden],
        "open_groups": shown["open_groups"] - hidden,
        "helper_options": [(str(one), name) for one, name in (helpers or {}).items()],
    }


def options(work: Work, plan: FrozenProposal) -> Mapping[str, Any]:
    """What there is to choose from in the forms."""
    return {
        "weekday_options": [(str(number), show(name)) for number, name in enumerate(WEEKDAYS)],
        "provider_options": [(str(one), name) for one, name in proposals.providers(work).items()],
        "support_options": [
            (family.key, show(family.label)) for family in families(plan.program) if family.unit in HOURLY
        ],
        "last": plan.period.last.isoformat(),
    }
