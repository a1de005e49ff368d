"""Worked cases of the NDIS about prices and funding, each run by the functions that price packages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from budgeting import pricing, programs
from budgeting.cases.inputs import Inputs, Result, Runner, count_of, minutes_of, money_of, text_of
from budgeting.cases.selection import NotListed
from budgeting.catalogue import ZONES, Editions
from budgeting.money import MINUTES_PER_HOUR, ZERO, Money, rounded, total
from budgeting.package import Agreed, AgreedAmount, AtLimit, Component, Line, Management, Package, Weekly
from budgeting.period import Band, Calendar, Holiday, Period, Place, clock, minute_of
from budgeting.programs.ndis import items, rules
from budgeting.quotation import Row

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def schedule(inputs: Inputs, editions: Editions) -> Result:
    """A weekly visit at the limit in force; lines by item and price in order of first service."""
    state, start = inputs.get("state", "NSW"), time.fromisoformat(inputs["start_time"])
    period = Period(_day(inputs["plan_start"]), _day(inputs["plan_end"]))
    end = _end(minute_of(start), minutes_of(inputs["minutes_per_visit"]))
    nurse = any(items.hours_rule(item, period.first) == "nurse" for item in inputs["items_by_band"].values())
    line = Line(
        id="case",
        name="case",
        period=period,
        support="registered_nurse" if nurse else None,
        items={Band(band): item for band, item in inputs["items_by_band"].items()},
        schedule=Weekly(
            tuple(WEEKDAYS.index(weekday) for weekday in inputs["weekdays"]),
            start,
            end,
            every_n_weeks=count_of(inputs.get("every_n_weeks", 1)),
        ),
        price=AtLimit(),
    )
    holidays = Calendar(Holiday(_day(day), state, "") for day in inputs.get("public_holidays_in_range", ()))
    package = Package("ndis", period, Place(state, inputs.get("zone", "national")), lines=(line,))
    quoted = pricing.quote(package, editions, holidays).line("case")
    grouped: dict[tuple[str | None, int], list[Row]] = {}
    for row in quoted.rows:
        if row.unit_price is None:
            raise ValueError(f"no price limit for {row.item} in the time band {row.band} on {row.first}")
        grouped.setdefault((row.item, row.unit_price.minor), []).append(row)
    lines = [
        {
            "support_item": item,
            "unit_price": text_of(Money(price)),
            "visits": sum(row.visits for row in rows),
            "first": min(row.first for row in rows).isoformat(),
            "last": max(row.last for row in rows).isoformat(),
            "amount": text_of(total([row.amount for row in rows if row.amount is not None])),
        }
        for (item, price), rows in grouped.items()
    ]
    lines.sort(key=lambda line: str(line["first"]))
    return {"visits": quoted.visits, "lines": lines, "total": text_of(quoted.amount)}


def limit_on(inputs: Inputs, editions: Editions, item: str, day: date) -> Money:
    """The limit of an item in the zone of a case; an item without a row or without a limit is a ValueError."""
    limit = listed(inputs, editions, item, day)
    if limit is None:
        raise ValueError(f"no price limit for {item} on {day}")
    return limit


def listed(inputs: Inputs, editions: Editions, item: str, day: date) -> Money | None:
    """The limit of an item in the zone of a case, None where it has none; an item without a row is a ValueError."""
    zone = inputs.get("zone") or "national"
    if zone not in ZONES:
        raise ValueError(f"{zone!r} is not a zone")
    row = editions.row(item, day)
    if row is None and not editions.rows(item):
        raise NotListed(item)
    if row is None:
        raise ValueError(f"{item} cannot be claimed on {day}")
    return None if row.item.dollar_units else row.item.limit(zone, inputs.get("state"))


def dated_limit(inputs: Inputs, editions: Editions) -> Result:
    """The limit of an item on several days, and one session on each."""
    days = inputs["dates"]
    limits = [(day, limit_on(inputs, editions, inputs["support_item"], _day(day))) for day in days]
    amounts = [limit.for_minutes(minutes_of(inputs["minutes_per_session"])) for _, limit in limits]
    lines = [
        {"date": day, "unit_price_limit": text_of(limit), "amount": text_of(amount)}
        for (day, limit), amount in zip(limits, amounts, strict=True)
    ]
    return {"lines": lines, "total": text_of(total(amounts))}


def part_hours(inputs: Inputs, editions: Editions) -> Result:
    """Parts of an hour at one price, each rounded by itself."""
    price = money_of(inputs["unit_price"])
    return {"amounts": {str(minutes): text_of(price.for_minutes(minutes_of(minutes))) for minutes in inputs["minutes"]}}


def group(inputs: Inputs, editions: Editions) -> Result:
    """A support shared by a group, with the use of a centre, which is not divided."""
    day = _day(inputs["service_date"])
    people, workers = count_of(inputs["participants"]), count_of(inputs["workers"])
    minutes = minutes_of(inputs["minutes"])
    limit = limit_on(inputs, editions, inputs["support_item"], day)
    highest = programs.rules("ndis").group_limit(limit, people, workers)
    unrounded = rounded(limit.minor * workers * 100, people)  # in hundredths of a cent
    support = highest.for_minutes(minutes)
    result: Result = {
        "limit_per_participant_unrounded": f"{unrounded // 10_000}.{unrounded % 10_000:04d}",
        "highest_unit_price": text_of(highest),
        "support_amount_each": text_of(support),
    }
    each = support
    if inputs.get("centre_capital_item"):
        centre = limit_on(inputs, editions, inputs["centre_capital_item"], day)
        result["centre_capital_unit_price"] = text_of(centre)
        result["centre_capital_amount_each"] = text_of(centre.for_minutes(minutes))
        each = each + centre.for_minutes(minutes)
    return result | {"total_each": text_of(each), "total_group": text_of(Money(each.minor * people))}


def funding_periods(inputs: Inputs, editions: Editions) -> Result:
    """Claims in the order given against funding periods with roll-over and no borrowing; each is paid whole or not.

    Available is what was released by the day less what was accepted before; after the last funding period nothing is.
    Source: NDIA Our Guidelines, Your plan.
    """
    periods = [
        (Period(_day(one["from"]), _day(one["to"])), money_of(one["amount"])) for one in inputs["funding_periods"]
    ]
    ends, accepted, results = max((period for period, _ in periods), default=None), ZERO, []
    for one in inputs["claims_in_service_date_order"]:
        day, amount = _day(one["service_date"]), money_of(one["amount"])
        released = total([each for period, each in periods if period.first <= day])
        available = released - accepted if ends and day <= ends.last else ZERO
        paid = amount <= available
        results.append(
            {
                "service_date": day.isoformat(),
                "amount": text_of(amount),
                "available_before": text_of(available),
                "accepted": paid,
                "short_by": text_of(ZERO if paid else amount - available),
            }
        )
        accepted = accepted + amount if paid else accepted
    lost = total([amount for _, amount in periods]) - accepted
    return {"results": results, "accepted_total": text_of(accepted), "unspent_at_plan_end_lost": text_of(lost)}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def flexible_pools(inputs: Inputs, editions: Editions) -> Result:
    """Which budgets share their money: ``plan:flexible_core``, or ``plan:15`` for one that stands alone."""
    stated = {(one[0], one[1]) for one in inputs.get("stated", ())}
    pools: dict[str, Money] = {}
    for budget in inputs["budgets"]:
        category, management = budget["category"], management_of(budget["management"])
        if category not in programs.program("ndis").categories:
            raise ValueError(f"{category!r} is not a category")
        amount, alone = money_of(budget["amount"]), (management.value, category) in stated
        flexible = rules.is_flexible(Component("", "", amount, management, (category,), stated=alone), category)
        key = f"{management.value}:{'flexible_core' if flexible else category}"
        pools[key] = pools.get(key, ZERO) + amount
    return {"pools": {key: text_of(pools[key]) for key in sorted(pools)}}


def management_of(text: str) -> Management:
    """A way of managing money as cases spell it, such as ``plan managed``; anything else is a ValueError."""
    return Management(str(text).lower().replace("_", " ").replace("-", " ").removesuffix("managed").strip())


def management_check(inputs: Inputs, editions: Editions) -> Result:
    """A quoted price next to the limit under each management type: it binds, or it is only a warning."""
    quoted, result = money_of(inputs["quoted_unit_price"]), {}
    for text in inputs["dates"]:
        day = _day(text)
        limit = listed(inputs, editions, inputs["support_item"], day)
        over = limit is not None and quoted > limit
        found: Result = {"limit": None if limit is None else text_of(limit)}
        for management in Management:
            bound = "over_limit" if programs.rules("ndis").binds(management, day) else "ok_above_limit_warn"
            found[f"{management.value}_managed"] = bound if over else "ok"
        result[text] = found
    return result


def falling_limit(inputs: Inputs, editions: Editions) -> Result:
    """An agreed price on several days: what is payable is the lower of it and the limit, where the limit binds."""
    agreed, minutes = money_of(inputs["agreed_unit_price"]), minutes_of(inputs["minutes"])
    management = management_of(inputs["management"])
    lines, amounts = [], []
    for text in inputs["dates"]:
        day = _day(text)
        limit = listed(inputs, editions, inputs["support_item"], day)
        over = limit is not None and agreed > limit
        payable = limit if limit is not None and over and programs.rules("ndis").binds(management, day) else agreed
        amounts.append(payable.for_minutes(minutes))
        lines.append(
            {
                "date": text,
                "limit": None if limit is None else text_of(limit),
                "payable_unit_price": text_of(payable),
                "over_limit": over,
                "amount": text_of(amounts[-1]),
            }
        )
    return {"lines": lines, "total": text_of(total(amounts))}


def agreed_price_rise(inputs: Inputs, editions: Editions) -> Result:
    """Weekly visits at an agreed price, and at a new one from the day the participant agreed to it."""
    period = Period(_day(inputs["from"]), _day(inputs["to"]))
    old = AgreedAmount(money_of(inputs["agreed_unit_price"]))
    amounts: tuple[AgreedAmount, ...] = (old,)
    since = inputs.get("new_price_agreed_from")
    if since is not None:
        amounts = (old, AgreedAmount(money_of(inputs["new_unit_price"]), since=_day(since)))
    minutes = minutes_of(inputs["minutes"])
    line = Line(
        id="case",
        name="case",
        period=period,
        items={Band.ANY: inputs["support_item"]},
        schedule=Weekly((WEEKDAYS.index(inputs["weekday"]),), time(0), _end(0, minutes)),
        price=Agreed(amounts),
        management=management_of(inputs["management"]) if inputs.get("management") else None,
        skips=tuple(_day(day) for day in inputs.get("skipped_dates") or ()),
    )
    place = Place(inputs.get("state") or "NSW", inputs.get("zone") or "national")
    quoted = pricing.quote(Package("ndis", period, place, lines=(line,)), editions, Calendar(())).line("case")
    new = sum(row.visits for row in quoted.rows if since is not None and row.first >= _day(since))
    return {
        "visits_at_old_price": quoted.visits - new,
        "visits_at_new_price": new,
        "total": text_of(total([row.amount for row in quoted.rows if row.amount is not None])),
    }


def _end(start: int, minutes: int) -> time:
    """The time of day at which a visit of at most 24 hours ends."""
    if not 0 < minutes <= 24 * MINUTES_PER_HOUR:
        raise ValueError("a visit is between one minute and 24 hours long")
    return clock(start + minutes)


KINDS: Mapping[str, Runner] = {
    "schedule": schedule,
    "dated_limit": dated_limit,
    "part_hours": part_hours,
    "group": group,
    "funding_periods": funding_periods,
    "flexible_pools": flexible_pools,
    "management_check": management_check,
    "falling_limit": falling_limit,
    "agreed_price_rise": agreed_price_rise,
}
