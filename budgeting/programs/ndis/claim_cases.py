"""Worked cases of the NDIS about one visit: its time bands, the trip to it, what is called off, and fees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from budgeting import programs
from budgeting.bands import HIGHER_FIRST, MIDNIGHT, DayKind, cut
from budgeting.cases.inputs import (
    Inputs,
    Result,
    Runner,
    answer_of,
    clock_of,
    count_of,
    minutes_of,
    money_of,
    number_of,
    quantity_of,
    text_of,
)
from budgeting.cases.selection import NotListed
from budgeting.catalogue import Editions, Priced
from budgeting.extras import Leg, Vehicle
from budgeting.money import MINUTES_PER_HOUR, UNIT, ZERO, Money, rounded, total
from budgeting.package import Boundary
from budgeting.period import Band
from budgeting.programs.ndis import cancellation, claims, items, nights, parameters, travel
from budgeting.programs.ndis.price_cases import limit_on, listed
from budgeting.setting import hours_on

BAND_ITEMS = {
    Band.DAY: "daytime_item",
    Band.EVENING: "evening_item",
    Band.NIGHT: "night_item",
    Band.SATURDAY: "saturday_item",
    Band.SUNDAY: "sunday_item",
    Band.HOLIDAY: "public_holiday_item",
}
OTHER_COSTS = ("parking", "tolls", "fares", "public_transport")


def time_band_boundary(inputs: Inputs, editions: Editions) -> Result:
    """One visit, at the higher limit when one worker gives all of it, or split where the time band changes."""
    day = date.fromisoformat(inputs["date"])
    start, end = clock_of(inputs["start"]), clock_of(inputs["end"])
    minutes = end - start if end > start else end - start + MIDNIGHT
    holidays = _holidays(inputs)
    kinds = [_kind_of(day + timedelta(number), holidays) for number in range(2)]
    hours = hours_on(parameters(), day)
    pieces = cut(
        start, minutes, kinds[0], kinds[1], hours, Boundary.SPLIT, items.hours_rule(inputs["daytime_item"], day)
    )
    priced = []
    for piece in pieces:
        item = inputs[BAND_ITEMS[piece.band]]
        limit = limit_on(inputs, editions, item, day + timedelta(piece.offset))
        priced.append((item, piece.minutes, limit, -HIGHER_FIRST.index(piece.band)))
    highest, _, limit, _ = max(priced, key=lambda one: (one[2].minor, one[3]))
    amounts = [limit.for_minutes(minutes) for _, minutes, limit, _ in priced]
    return {
        "same_worker": {
            "support_item": highest,
            "minutes": minutes,
            "unit_price": text_of(limit),
            "amount": text_of(limit.for_minutes(minutes)),
        },
        "different_worker_after_20_00": {
            "lines": [
                {"support_item": item, "minutes": some, "amount": text_of(amount)}
                for (item, some, _, _), amount in zip(priced, amounts, strict=True)
            ],
            "amount": text_of(total(amounts)),
        },
    }


def _holidays(inputs: Inputs) -> frozenset[date]:
    days = inputs.get("public_holidays") or inputs.get("public_holidays_in_range") or ()
    return frozenset(date.fromisoformat(day) for day in days)


def _kind_of(day: date, holidays: frozenset[date]) -> DayKind:
    return DayKind(day.weekday(), 0) if day in holidays else DayKind(day.weekday())


def sleepover(inputs: Inputs, editions: Editions) -> Result:
    """A night-time sleepover with active hours: some are inside its price, the others cost as on their day."""
    day, by_band = date.fromisoformat(inputs["start_date"]), inputs["items_by_band"]
    start, end = clock_of(inputs["start"]), clock_of(inputs["end"])
    if not nights.is_sleepover(start, end, day):
        raise ValueError("a sleepover spans midnight and lasts at least eight hours")
    active = quantity_of(inputs["active_hours"])
    before = answer_of(inputs, "active_support_before_midnight_only", False)
    extra_day = day if before else day + timedelta(1)
    band = nights.active_band(_kind_of(extra_day, _holidays(inputs)))
    included = nights.active_minutes_included(day) * UNIT // MINUTES_PER_HOUR
    extra = max(0, active.thousandths - included)
    item = by_band[band.value] if extra else by_band.get(band.value)
    price = limit_on(inputs, editions, item, extra_day) if item else ZERO
    night = limit_on(inputs, editions, by_band[Band.SLEEPOVER.value], day)
    amount = price.for_units(extra)
    return {
        "sleepover": {"support_item": by_band[Band.SLEEPOVER.value], "units": 1, "amount": text_of(night)},
        "extra_active": {
            "support_item": item or "",
            "hours": number_of(extra),
            "unit_price": text_of(price),
            "amount": text_of(amount),
        },
        "total": text_of(night + amount),
    }


def provider_travel(inputs: Inputs, editions: Editions) -> Result:
    """One visit with its travel time, leg by leg, and the costs of the vehicle as units of one dollar."""
    day, item = date.fromisoformat(inputs["service_date"]), inputs["support_item"]
    hourly = money_of(inputs["agreed_hourly_rate"])
    rate = min(hourly, money_of(inputs["agreed_travel_rate"])) if inputs.get("agreed_travel_rate") else hourly
    legs = [_leg(one["leg"], minutes_of(one["minutes"])) for one in inputs["legs"]]
    paid = answer_of(inputs, "worker_paid_for_return", True)
    claimed = travel.claimable(legs, _leg_limit(inputs, day), back_paid=paid) * count_of(inputs.get("workers") or 1)
    row, own = _travelled(item, day, editions)
    if travel.has_none(item, day) if row is None else own is None and row.item.flags.get("travel") != "Y":
        claimed = 0
    support_minutes = minutes_of(inputs["support_minutes"])
    support, time = hourly.for_minutes(support_minutes), rate.for_minutes(claimed)
    costs = _driving(inputs, inputs.get("km", 0)).cost(day) if claimed else ZERO
    return {
        "support": {
            "support_item": item,
            "minutes": support_minutes,
            "unit_price": text_of(hourly),
            "amount": text_of(support),
        },
        "travel_time": {
            "support_item": own or item,
            "claim_type": "" if own or not claimed else "TRAN",
            "claimable_minutes": claimed,
            "unit_price": text_of(rate),
            "amount": text_of(time),
        },
        "non_labour": {
            "support_item": inputs["non_labour_item"],
            "units": text_of(costs),
            "unit_price": "1.00",
            "amount": text_of(costs),
        },
        "total": text_of(support + time + costs),
    }


def _travelled(item: str, day: date, editions: Editions) -> tuple[Priced | None, str | None]:
    """The row of a support, and its own item for travel; neither for one that is on no list, which is as agreed.

    A case names its rate, so all that a selection without the item has to know is whether it allows travel
    (travel.has_none), and whether its travel is on another item: that may be so for therapy once a list has such items,
    and then the item is a NotListed.
    """
    try:
        return editions.row(item, day), items.claim_item(item, "travel", day, editions)
    except NotListed:
        if travel.is_therapy_group(item, day) and _has_travel_items(day, editions):
            raise
        return None, None


def _has_travel_items(day: date, editions: Editions) -> bool:
    listed_items = (row.number for edition in editions.editions for row in edition.rows)
    return any(one.endswith(items.CLAIM_ITEMS["travel"]) and editions.row(one, day) for one in listed_items)


def _leg(name: str, minutes: int) -> Leg:
    return Leg(minutes, back=str(name).lower().startswith(("return", "back", "home")))


def _leg_limit(inputs: Inputs, day: date) -> int | None:
    """The lower of the limit that a case names and the one of its place; None where there is neither."""
    named = inputs.get("leg_cap_minutes")
    found = [] if named is None else [minutes_of(named)]
    if inputs.get("mmm") is not None:
        classes = [int(digit) for digit in re.findall(r"\d", str(inputs["mmm"]))]
        of_place = {travel.leg_limit(mmm, day) for mmm in classes}
        if len(of_place) != 1:
            raise ValueError(f"{inputs['mmm']!r} is not a class of the Modified Monash Model")
        found += [limit for limit in of_place if limit is not None]
    elif named is None and "leg_cap_minutes" not in inputs:
        raise KeyError("mmm")
    return min(found, default=None)


def _driving(inputs: Inputs, kilometres: Any) -> travel.Driving:
    rate = inputs.get("agreed_rate_per_km")
    return travel.Driving(
        kilometres=quantity_of(kilometres),
        rate=None if rate is None else money_of(rate),
        vehicle=_vehicle(inputs),
        other=total([money_of(inputs[key]) for key in OTHER_COSTS if inputs.get(key)]),
    )


def _vehicle(inputs: Inputs) -> Vehicle:
    told = str(inputs.get("vehicle") or inputs.get("vehicle_type") or "").lower()
    modified = any(word in told for word in ("modified", "bus", "accessible"))
    return Vehicle.MODIFIED if modified or answer_of(inputs, "modified_vehicle", False) else Vehicle.CAR


def shared_trip(inputs: Inputs, editions: Editions) -> Result:
    """A trip to several people: all legs and kilometres are shared as agreed, then each way is held to the limit."""
    people = {name: minutes_of(minutes) for name, minutes in inputs["support_minutes"].items()}
    day = date.fromisoformat(inputs["service_date"]) if inputs.get("service_date") else date(2025, 7, 1)
    legs = [_leg(name, minutes_of(minutes)) for name, minutes in inputs["legs_minutes"].items()]
    hourly = money_of(inputs["agreed_hourly_rate"])
    rate = min(hourly, money_of(inputs["agreed_travel_rate"])) if inputs.get("agreed_travel_rate") else hourly
    limit, paid = _leg_limit(inputs, day), answer_of(inputs, "worker_paid_for_return", True)
    driving = _driving(inputs, inputs["km_total"])
    result: Result = {}
    for name, share in zip(people, _shares(inputs, people), strict=True):
        minutes = travel.claimable_share(legs, share, limit, back_paid=paid)
        result[name] = {
            "support": text_of(hourly.for_minutes(people[name])),
            "travel_minutes": _minutes_text(minutes),
            "travel": text_of(travel.for_time(rate, minutes)),
            "non_labour": text_of(driving.cost(day, share)),
        }
    return result


def _shares(inputs: Inputs, people: Mapping[str, int]) -> tuple[Fraction, ...]:
    """What each person bears: equally, by minutes of support, by kilometres, or as given."""
    how = inputs.get("apportionment") or "equal"
    if isinstance(how, dict):
        return travel.shares(_fraction(how[name]) for name in people)
    if "equal" in how:
        return travel.shares(Fraction(1) for _ in people)
    if "minute" in how or "time" in how:
        return travel.shares(Fraction(minutes) for minutes in people.values())
    if "km" in how or "kilomet" in how or "distance" in how:
        each = inputs.get("km") or inputs["km_by_participant"]
        return travel.shares(_fraction(each[name]) for name in people)
    given = inputs["shares"]
    return travel.shares(_fraction(given[name]) for name in people)


def _fraction(value: Any) -> Fraction:
    text = str(value).removesuffix("%").strip()
    if "/" in text:
        above, _, below = text.partition("/")
        return Fraction(quantity_of(above.strip()).thousandths, quantity_of(below.strip()).thousandths)
    return Fraction(quantity_of(text).thousandths, UNIT)


def _minutes_text(minutes: Fraction) -> str:
    """Minutes without trailing zeros, to two decimals: 65, 32.5, 43.33."""
    whole, part = divmod(rounded(minutes.numerator * 100, minutes.denominator), 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def activity_transport(inputs: Inputs, editions: Editions) -> Result:
    """Driving during a support: the worker's time at the support's price, and the costs as units of one dollar."""
    day = date.fromisoformat(inputs["service_date"]) if inputs.get("service_date") else date(2025, 7, 1)
    people = count_of(inputs.get("participants") or 1)
    price = programs.rules("ndis").group_limit(money_of(inputs["agreed_hourly_rate"]), people, 1)
    support = price.for_minutes(minutes_of(inputs["worker_minutes_including_driving"]))
    driving = _driving(inputs, inputs.get("km", 0))
    unnamed = not any(inputs.get(key) for key in ("vehicle", "vehicle_type", "modified_vehicle"))
    if unnamed and driving.rate is not None and driving.rate > driving.highest_rate(day):
        driving = replace(driving, vehicle=Vehicle.MODIFIED)  # a rate that only modified vehicles and buses may have
    costs = driving.cost(day, Fraction(1, people))
    return {
        "support": text_of(support),
        "transport_units": text_of(costs),
        "transport": text_of(costs),
        "total": text_of(support + costs),
    }


def cancelled(inputs: Inputs, editions: Editions) -> Result:
    """A visit that was called off: whether notice was short, and what may be charged at most."""
    item, appointment = inputs["support_item"], datetime.fromisoformat(inputs["appointment"])
    notice = datetime.fromisoformat(inputs["notice_given"]) if inputs.get("notice_given") else None
    day, row = appointment.date(), _called_off(item, appointment.date(), editions)
    named = inputs.get("window")
    window = cancellation.Window(named) if named else cancellation.window_of(item)
    allowed = window is not None
    if row is not None and row.item.flags.get("cancellation") != "Y":
        allowed = items.claim_item(item, "cancellation", day, editions) is not None
    exact = answer_of(inputs, "exactly_seven_days_is_short", False)
    counted = window or cancellation.Window.SEVEN_DAYS
    short = cancellation.short_notice(
        appointment, notice, counted, _holidays(inputs), exactly_seven_days_is_short=exact
    )
    price = money_of(inputs["agreed_unit_price"])
    hourly = row.item.unit == "H" if row else cancellation.is_hourly(item)
    answer = cancellation.charge(
        short,
        price.for_minutes(minutes_of(inputs["minutes"])) if hourly else price,
        day,
        allowed=allowed,
        agreed=answer_of(inputs, "agreement_allows", False),
        other_work=answer_of(inputs, "worker_backfilled", False),
        worker_paid=answer_of(inputs, "worker_must_be_paid", True) or answer_of(inputs, "sole_trader", False),
    )
    return {
        "short_notice": answer.short,
        "claimable": answer.claimable,
        "claim_type": "CANC" if answer.claimable else "",
        "max_amount": text_of(answer.most),
    }


def _called_off(item: str, day: date, editions: Editions) -> Priced | None:
    """The row of a support; none where a selection lacks it, as long as the published windows name it."""
    try:
        return editions.row(item, day)
    except NotListed:
        if cancellation.window_of(item) is None:
            raise
        return None


def establishment_fee(inputs: Inputs, editions: Editions) -> Result:
    """Whether an establishment fee may be charged, by the agreed hours of each month, and how much it is."""
    minutes = {}
    for text, hours in inputs["agreed_hours_by_month"].items():
        first = date.fromisoformat(f"{text}-01")
        minutes[first.year, first.month] = quantity_of(hours).thousandths * MINUTES_PER_HOUR // UNIT
    before = answer_of(inputs, "claimed_before_by_this_provider_for_this_participant", False)
    month = None if before or not minutes else claims.fee_month(minutes, date(*min(minutes), 1))
    fee: Money | None = ZERO
    if month is not None:
        fee = listed(inputs, editions, inputs["support_item"], date(*month, 1))
    return {"eligible": month is not None, "amount": text_of(fee or ZERO)}


KINDS: Mapping[str, Runner] = {
    "time_band_boundary": time_band_boundary,
    "sleepover": sleepover,
    "travel": provider_travel,
    "shared_trip": shared_trip,
    "activity_transport": activity_transport,
    "cancellation": cancelled,
    "establishment_fee": establishment_fee,
}
