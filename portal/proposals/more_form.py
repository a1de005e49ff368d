"""The fields of a line that most people never need, as they are typed: into particulars, and from them.

A form names in ``asked`` the groups of fields it showed; what belongs to any other group stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from budgeting.explain.particulars import BOUNDARIES, PRICED_APART, PRIORITIES
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Extra,
    Irregular,
    Leg,
    ProgramOfSupport,
    Telehealth,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
from budgeting.money import MINUTES_PER_HOUR, ZERO, Minutes, Money, Quantity, rounded
from budgeting.package import Boundary, Priority, Role, Unpaid
from budgeting.period import Band
from budgeting.words import words
from portal.language import show
from portal.proposals.particulars import ELSEWHERE, OPEN, OWN, BandPrice, Particulars
from portal.proposals.sheet import decimal
from portal.reading import Unreadable, read_day
from portal.site import forms
from portal.work import Refusal

ALWAYS = ("matters", "seeking", "unpaid", "sharing", "paying", "days", "times")  # whatever the program
ALONG = (
    *("telehealth", "travel", "driving", "centre", "away", "reports", "beginning", "active", "irregular"),
    "program_of_support",
)
PASSED_ON = ("third_party", "arranging")
GROUPS = (*ALWAYS, *ALONG, *PASSED_ON)
HUNDREDTHS = 100  # hours are typed with two places
MOST_SKIPS = 60
X = TypeVar("X", bound=Extra)


@dataclass(frozen=True)
class MoreForm:
    """What is rare about a line. Minutes are whole; kilometres have up to three places; money is for one unit."""

    asked: tuple[str, ...] = forms.some_of(GROUPS)
    role: Role | None = forms.choice(Role, required=False)
    priority: Priority | None = forms.choice(Priority, required=False)
    sought: bool = forms.tick()
    likely: date | None = forms.day(required=False)
    given: bool = forms.tick()
    helper: UUID | None = forms.record_id(required=False)
    carer_hours: int | None = forms.number(2, most=168, required=False)
    replacement: Money | None = forms.money(required=False)
    participants: int | None = forms.number(least=1, most=50, required=False)
    workers: int | None = forms.number(least=1, most=10, required=False)
    second_payer: str = forms.text(80, required=False)
    third_payer: str = forms.text(80, required=False)
    skips: str = forms.text(2000, required=False)
    boundary: Boundary | None = forms.choice(Boundary, required=False)
    evening: Money | None = forms.money(required=False)
    night: Money | None = forms.money(required=False)
    saturday: Money | None = forms.money(required=False)
    sunday: Money | None = forms.money(required=False)
    travel_there: int | None = forms.number(most=1000, required=False)
    travel_back: int | None = forms.number(most=1000, required=False)
    travel_rate: Money | None = forms.money(required=False)
    travel_km: int | None = forms.number(3, most=5000, required=False)
    travel_per_km: Money | None = forms.money(required=False)
    travel_other: Money | None = forms.money(required=False)
    travel_trips: int | None = forms.number(most=5000, required=False)
    driving_km: int | None = forms.number(3, most=5000, required=False)
    driving_per_km: Money | None = forms.money(required=False)
    driving_other: Money | None = forms.money(required=False)
    driving_modified: bool = forms.tick()
    driving_trips: int | None = forms.number(most=5000, required=False)
    centre: bool = forms.tick()
    away_minutes: int | None = forms.number(most=100_000, required=False)
    away_rate: Money | None = forms.money(required=False)
    report_minutes: int | None = forms.number(most=100_000, required=False)
    report_rate: Money | None = forms.money(required=False)
    beginning: bool = forms.tick()
    begun_before: bool = forms.tick()
    sleepover: bool = forms.tick()
    active_minutes: int | None = forms.number(most=1440, required=False)
    active_early: bool = forms.tick()
    irregular_minutes: int | None = forms.number(most=100_000, required=False)
    irregular_rate: Money | None = forms.money(required=False)
    telehealth: bool = forms.tick()
    remote_agreed: bool = forms.tick()
    program_of_support: bool = forms.tick()
    third_party: Money | None = forms.money(required=False)
    fee: Money | None = forms.money(required=False)


BANDS: Mapping[Band, str] = dict(zip(PRICED_APART, ("evening", "night", "saturday", "sunday"), strict=True))


def told(form: MoreForm, now: Particulars, payers: Collection[str], first: str) -> Particulars:
    """What the form says; a payer that is not there to choose, or comes after nobody, is refused.

    ``payers`` are the keys of all money there is; ``first`` is the one that the line names itself, if it does.
    """
    asked = set(form.asked)
    more = now
    if "matters" in asked:
        more = replace(more, role=form.role or Role.PLANNED, priority=form.priority)
    if "seeking" in asked:
        more = replace(more, sought=form.sought, likely=form.likely if form.sought else None)
    if "unpaid" in asked:
        more = replace(more, given=_given(form))
    if "sharing" in asked:
        more = replace(more, participants=form.participants or 1, workers=form.workers or 1)
    if "paying" in asked:
        more = replace(more, payers=_payers(form, now, payers, first))
    if "days" in asked:
        more = replace(more, skips=_days(form.skips))
    if "times" in asked:
        more = replace(more, boundary=form.boundary or Boundary.SPLIT, bands=_bands(form, now))
    if "third_party" in asked:
        more = replace(more, third_party=form.third_party)
    if "arranging" in asked:
        more = replace(more, fee=form.fee)
    return replace(more, extras=_extras(form, now, asked))


def _given(form: MoreForm) -> Unpaid | None:
    if not form.given:
        return None
    limit = None if form.carer_hours is None else Minutes(rounded(form.carer_hours * MINUTES_PER_HOUR, HUNDREDTHS))
    return Unpaid(form.replacement, limit)


def _payers(form: MoreForm, now: Particulars, payers: Collection[str], first: str) -> tuple[str, ...]:
    chosen = {"second_payer": form.second_payer, "third_payer": form.third_payer}
    for field, key in chosen.items():
        if key and key not in payers and key not in now.payers:
            raise Refusal(words("Choose one of the answers."), field)
        if key and not first:
            raise Refusal(words("Say first who pays at the beginning."), "component")
    named = [key for key in chosen.values() if key]
    return tuple(dict.fromkeys([*named, *now.payers[len(chosen) :]]))


def _days(typed: str) -> tuple[date, ...]:
    try:
        days = {read_day(line.strip()) for line in typed.splitlines() if line.strip()}
    except Unreadable as unclear:
        raise Refusal(unclear.why, "skips") from None
    if len(days) > MOST_SKIPS:
        raise Refusal(words("There is room for {most} days here.", most=MOST_SKIPS), "skips")
    return tuple(sorted(days))


def _bands(form: MoreForm, now: Particulars) -> tuple[BandPrice, ...]:
    typed = [(band, getattr(form, name)) for band, name in BANDS.items()]
    others = [one for one in now.bands if one.band not in BANDS]
    found = (*(BandPrice(band, price) for band, price in typed if price is not None), *others)
    return now.bands if set(found) == set(now.bands) else found


def _extras(form: MoreForm, now: Particulars, asked: set[str]) -> tuple[Extra, ...]:
    """What comes along, in the order of the form; the first of each kind is what the form edits."""
    made: list[tuple[str, type[Extra] | WorkKind, Extra | None]] = [
        ("travel", Travel, _travel(form, _first(now, Travel))),
        ("driving", Transport, _driving(form, _first(now, Transport))),
        ("centre", Centre, Centre() if form.centre else None),
        ("away", WorkKind.NON_FACE_TO_FACE, _work(WorkKind.NON_FACE_TO_FACE, form.away_minutes, form.away_rate)),
        ("reports", WorkKind.REPORT, _work(WorkKind.REPORT, form.report_minutes, form.report_rate)),
        ("beginning", Establishment, Establishment(form.begun_before) if form.beginning else None),
        ("active", ActiveHours, ActiveHours(form.active_minutes, form.active_early) if form.active_minutes else None),
        ("irregular", Irregular, _irregular(form, _first(now, Irregular))),
        ("telehealth", Telehealth, _telehealth(form, _first(now, Telehealth))),
        ("program_of_support", ProgramOfSupport, ProgramOfSupport() if form.program_of_support else None),
    ]
    found: list[Extra] = []
    for group, kind, typed in made:
        before = [one for one in now.extras if _kind(one) == kind]
        if group in asked:
            before[:1] = [typed] if typed is not None else []
        found += before
    return now.extras if set(found) == set(now.extras) else tuple(found)


def _kind(extra: Extra) -> type[Extra] | WorkKind:
    return extra.kind if isinstance(extra, Work) else type(extra)


def _first(now: Particulars, kind: type[X]) -> X | None:
    return next((one for one in now.extras if isinstance(one, kind)), None)


def _travel(form: MoreForm, now: Travel | None) -> Travel | None:
    there = (Leg(form.travel_there),) if form.travel_there else ()
    back = (Leg(form.travel_back, back=True),) if form.travel_back else ()
    if not (there or back or form.travel_km or form.travel_other):
        return None
    was = _ways(now) if now else ()
    return replace(
        now or Travel(),
        legs=now.legs if now and was == (form.travel_there, form.travel_back) else (*there, *back),
        rate=form.travel_rate,
        kilometres=Quantity(form.travel_km or 0),
        per_kilometre=form.travel_per_km,
        other=form.travel_other or ZERO,
        trips=form.travel_trips,
    )


def _ways(travel: Travel) -> tuple[int | None, int | None]:
    """The first way there and the first way back, in minutes."""
    there, back = ([leg.minutes for leg in travel.legs if leg.back is way] for way in (False, True))
    return there[0] if there else None, back[0] if back else None


def _driving(form: MoreForm, now: Transport | None) -> Transport | None:
    if not (form.driving_km or form.driving_other):
        return None
    return replace(
        now or Transport(Quantity(0)),
        kilometres=Quantity(form.driving_km or 0),
        per_kilometre=form.driving_per_km,
        other=form.driving_other or ZERO,
        vehicle=Vehicle.MODIFIED if form.driving_modified else Vehicle.CAR,
        trips=form.driving_trips,
    )


def _work(kind: WorkKind, minutes: int | None, rate: Money | None) -> Work | None:
    return Work(kind, minutes, rate) if minutes else None


def _irregular(form: MoreForm, now: Irregular | None) -> Irregular | None:
    if not form.irregular_minutes:
        return None
    return replace(now or Irregular(0), minutes=form.irregular_minutes, rate=form.irregular_rate)


def _telehealth(form: MoreForm, now: Telehealth | None) -> Telehealth | None:
    return replace(now or Telehealth(), remote_agreed=form.remote_agreed) if form.telehealth else None


def typed(more: Particulars, *, sleepover: bool = False) -> Mapping[str, Any]:
    """The fields as a person would type what the particulars say."""
    return {
        "asked": list(GROUPS),
        **_of_the_line(more),
        **_on_the_way(more),
        **_besides(more),
        **_by_the_clock(more),
        "sleepover": sleepover,
        "third_party": _money(more.third_party),
        "fee": _money(more.fee),
    }


def _of_the_line(more: Particulars) -> Mapping[str, Any]:
    """Why it is there, who gives, shares and pays it, and on which days and at which prices."""
    given, prices = more.given, {one.band: one.price for one in more.bands}
    weekly = given.weekly.count if given and given.weekly is not None else None
    return {
        "role": more.role.value,
        "priority": more.priority.value if more.priority else "",
        "sought": more.sought,
        "likely": more.likely.isoformat() if more.likely else "",
        "given": given is not None,
        "helper": str(more.helper or ""),
        "carer_hours": "" if weekly is None else decimal(rounded(weekly * HUNDREDTHS, MINUTES_PER_HOUR), 2),
        "replacement": _money(given.replacement if given else None),
        "participants": str(more.participants),
        "workers": str(more.workers),
        "second_payer": more.payers[0] if more.payers else "",
        "third_payer": more.payers[1] if len(more.payers) > 1 else "",
        "skips": "\n".join(day.isoformat() for day in more.skips),
        "boundary": more.boundary.value,
        **{name: _money(prices.get(band)) for band, name in BANDS.items()},
    }


def _on_the_way(more: Particulars) -> Mapping[str, Any]:
    """The way of the worker to the person, and driving the person."""
    travel, driving = _first(more, Travel) or Travel(), _first(more, Transport) or Transport(Quantity(0))
    there, back = _ways(travel)
    return {
        "travel_there": _count(there),
        "travel_back": _count(back),
        "travel_rate": _money(travel.rate),
        "travel_km": _places(travel.kilometres),
        "travel_per_km": _money(travel.per_kilometre),
        "travel_other": _money(travel.other or None),
        "travel_trips": _count(travel.trips),
        "driving_km": _places(driving.kilometres),
        "driving_per_km": _money(driving.per_kilometre),
        "driving_other": _money(driving.other or None),
        "driving_modified": driving.vehicle is Vehicle.MODIFIED,
        "driving_trips": _count(driving.trips),
    }


def _besides(more: Particulars) -> Mapping[str, Any]:
    """What comes with the support: a centre, work and reports without the person, a beginning, telehealth."""
    work = {one.kind: one for one in reversed(more.extras) if isinstance(one, Work)}
    away, report = work.get(WorkKind.NON_FACE_TO_FACE), work.get(WorkKind.REPORT)
    begun, afar = _first(more, Establishment), _first(more, Telehealth)
    return {
        "centre": _first(more, Centre) is not None,
        "away_minutes": _count(away.minutes if away else None),
        "away_rate": _money(away.rate if away else None),
        "report_minutes": _count(report.minutes if report else None),
        "report_rate": _money(report.rate if report else None),
        "beginning": begun is not None,
        "begun_before": bool(begun and begun.claimed_before),
        "telehealth": afar is not None,
        "remote_agreed": bool(afar and afar.remote_agreed),
        "program_of_support": _first(more, ProgramOfSupport) is not None,
    }


def _by_the_clock(more: Particulars) -> Mapping[str, Any]:
    """Time that is counted apart: awake in a sleepover, and what nobody could foresee."""
    active, unforeseen = _first(more, ActiveHours), _first(more, Irregular)
    return {
        "active_minutes": _count(active.minutes if active else None),
        "active_early": bool(active and active.before_midnight_only),
        "irregular_minutes": _count(unforeseen.minutes if unforeseen else None),
        "irregular_rate": _money(unforeseen.rate if unforeseen else None),
    }


def _money(amount: Money | None) -> str:
    return "" if amount is None else decimal(amount.minor, 2)


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _places(quantity: Quantity) -> str:
    return decimal(quantity.thousandths, 3) if quantity.thousandths else ""


def shown_groups(offered: Iterable[str], more: Particulars) -> Sequence[str]:
    """The groups of fields to show: what may be told about the support, and what was told about it already."""
    told_already = {_group(extra) for extra in more.extras}
    told_already |= {"third_party"} if more.third_party is not None else set()
    told_already |= {"arranging"} if more.fee is not None else set()
    return [group for group in GROUPS if group in ALWAYS or group in {*offered, *told_already}]


def _group(extra: Extra) -> str:
    kinds: dict[Any, str] = {Travel: "travel", Transport: "driving", Centre: "centre", Establishment: "beginning"}
    kinds |= {WorkKind.NON_FACE_TO_FACE: "away", WorkKind.REPORT: "reports", ActiveHours: "active"}
    kinds |= {Irregular: "irregular", Telehealth: "telehealth"}
    return kinds.get(_kind(extra), "program_of_support")


def filled(more: Particulars, *, sleepover: bool) -> frozenset[str]:
    """The groups in which something was told, to be shown open."""
    usual = Particulars()
    found = {_group(extra) for extra in more.extras} | ({"active"} if sleepover else set())
    told_of = {
        "matters": ("role", "priority"),
        "seeking": ("sought",),
        "unpaid": ("given", "helper"),
        "sharing": ("participants", "workers"),
        "paying": ("payers",),
        "days": ("skips",),
        "times": ("boundary", "bands"),
        "third_party": ("third_party",),
        "arranging": ("fee",),
    }
    for group, names in told_of.items():
        if any(getattr(more, name) != getattr(usual, name) for name in names):
            found.add(group)
    return frozenset(found)


def choices() -> Mapping[str, Any]:
    """What there is to choose from in these fields, in the reader's language."""
    return {
        "role_options": [
            (Role.PLANNED.value, show(words("Part of the plan"))),
            (Role.RESERVE.value, show(words("Money held back for something likely"))),
            (Role.BACKUP.value, show(words("Only so that its price is known, in place of another"))),
        ],
        "priority_options": [(one.value, show(text)) for one, text in PRIORITIES.items()],
        "boundary_options": [(one.value, show(text)) for one, text in BOUNDARIES.items()],
        "open_options": [(key, show(money.name)) for key, money in OPEN.items() if key in (OWN, ELSEWHERE)],
    }
