"""Worked cases of the NDIS, each kind run by the functions that price packages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from budgeting import pricing
from budgeting.case_inputs import Inputs, Result, Runner, text_of
from budgeting.catalogue import Editions
from budgeting.money import Money, dollars, rounded, total
from budgeting.package import AtLimit, FundingPeriod, Line, Package, Weekly
from budgeting.period import Band, Calendar, Holiday, Period, Place
from budgeting.programs.ndis import rules
from budgeting.quotation import Row
from budgeting.totals import answer_claims

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def schedule(inputs: Inputs, editions: Editions) -> Result:
    """A weekly visit at the limit in force; lines by item and price in order of first service."""
    state, start = inputs.get("state", "NSW"), time.fromisoformat(inputs["start_time"])
    period = Period(date.fromisoformat(inputs["plan_start"]), date.fromisoformat(inputs["plan_end"]))
    minutes = int(inputs["minutes_per_visit"])
    if not 0 < minutes <= 24 * 60:
        raise ValueError("a visit is between one minute and 24 hours long")
    end = start.hour * 60 + start.minute + minutes
    line = Line(
        id="case",
        name="case",
        period=period,
        items={Band(band): item for band, item in inputs["items_by_band"].items()},
        schedule=Weekly(
            tuple(WEEKDAYS.index(weekday) for weekday in inputs["weekdays"]),
            start,
            time(end // 60 % 24, end % 60),
            every_n_weeks=int(inputs.get("every_n_weeks", 1)),
        ),
        price=AtLimit(),
    )
    holidays = Calendar(
        Holiday(date.fromisoformat(day), state, "") for day in inputs.get("public_holidays_in_range", ())
    )
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


def _limit(inputs: Inputs, editions: Editions, item: str, day: str) -> Money:
    row = editions.row(item, date.fromisoformat(day))
    limit = row.item.limit(inputs.get("zone", "national"), inputs.get("state")) if row else None
    if limit is None:
        raise ValueError(f"no price limit for {item} on {day}")
    return limit


def dated_limit(inputs: Inputs, editions: Editions) -> Result:
    """The limit of an item on several days, and one session on each."""
    limits = [(day, _limit(inputs, editions, inputs["support_item"], day)) for day in inputs["dates"]]
    amounts = [limit.for_minutes(int(inputs["minutes_per_session"])) for _, limit in limits]
    lines = [
        {"date": day, "unit_price_limit": text_of(limit), "amount": text_of(amount)}
        for (day, limit), amount in zip(limits, amounts, strict=True)
    ]
    return {"lines": lines, "total": text_of(total(amounts))}


def part_hours(inputs: Inputs, editions: Editions) -> Result:
    """Parts of an hour at one price, each rounded by itself."""
    price = dollars(inputs["unit_price"])
    return {"amounts": {str(minutes): text_of(price.for_minutes(int(minutes))) for minutes in inputs["minutes"]}}


def group(inputs: Inputs, editions: Editions) -> Result:
    """A support shared by a group, with the use of a centre, which is not divided."""
    people, workers, minutes = int(inputs["participants"]), int(inputs["workers"]), int(inputs["minutes"])
    if people < 1 or workers < 1:
        raise ValueError("a group has at least one person and one worker")
    limit = _limit(inputs, editions, inputs["support_item"], inputs["service_date"])
    highest = rules.group_limit(limit, people, workers)
    unrounded = rounded(limit.minor * workers * 100, people)  # in hundredths of a cent
    support = highest.for_minutes(minutes)
    result: Result = {
        "limit_per_participant_unrounded": f"{unrounded // 10_000}.{unrounded % 10_000:04d}",
        "highest_unit_price": text_of(highest),
        "support_amount_each": text_of(support),
    }
    each = support
    if inputs.get("centre_capital_item"):
        centre = _limit(inputs, editions, inputs["centre_capital_item"], inputs["service_date"])
        result["centre_capital_unit_price"] = text_of(centre)
        result["centre_capital_amount_each"] = text_of(centre.for_minutes(minutes))
        each = each + centre.for_minutes(minutes)
    return result | {"total_each": text_of(each), "total_group": text_of(Money(each.minor * people))}


def funding_periods(inputs: Inputs, editions: Editions) -> Result:
    """Claims against funding periods with roll-over and no borrowing; a claim is paid whole or not at all."""
    periods = tuple(
        FundingPeriod(Period(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])), dollars(one["amount"]))
        for one in inputs["funding_periods"]
    )
    listed = inputs["claims_in_service_date_order"]
    claims = [(date.fromisoformat(one["service_date"]), dollars(one["amount"])) for one in listed]
    answered = answer_claims(periods, claims)
    accepted = total([answer.amount for answer in answered if answer.accepted])
    results = [
        {
            "service_date": answer.day.isoformat(),
            "amount": text_of(answer.amount),
            "available_before": text_of(answer.available),
            "accepted": answer.accepted,
            "short_by": text_of(answer.short),
        }
        for answer in answered
    ]
    lost = total([period.amount for period in periods]) - accepted
    return {"results": results, "accepted_total": text_of(accepted), "unspent_at_plan_end_lost": text_of(lost)}


def flexible_pools(inputs: Inputs, editions: Editions) -> Result:
    """Which budgets share their money."""
    stated = [(one[0], one[1]) for one in inputs.get("stated", ())]
    pools: dict[str, Money] = {}
    for budget in inputs["budgets"]:
        key = rules.pool_key(budget["management"], budget["category"], stated)
        pools[key] = pools.get(key, Money(0)) + dollars(budget["amount"])
    return {"pools": {key: text_of(pools[key]) for key in sorted(pools)}}


KINDS: Mapping[str, Runner] = {
    "schedule": schedule,
    "dated_limit": dated_limit,
    "part_hours": part_hours,
    "group": group,
    "funding_periods": funding_periods,
    "flexible_pools": flexible_pools,
}
