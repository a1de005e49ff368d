"""Worked cases: a file of inputs with expected results, run through the same engine that prices every package."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from budgeting import pricing
from budgeting.catalogue import Editions
from budgeting.money import Money, Percent, dollars, rounded, total
from budgeting.package import AtLimit, FundingPeriod, Line, Package, Weekly
from budgeting.parameters import percent
from budgeting.period import Band, Calendar, Holiday, Period, Place
from budgeting.programs import shipped
from budgeting.programs.ndis import rules as ndis
from budgeting.programs.support_at_home import rules as home
from budgeting.quotation import Row
from budgeting.totals import answer_claims

Inputs = Mapping[str, Any]  # as read from JSON; every runner names what it takes
Result = dict[str, Any]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PROGRAMS_BY_CODE = {"AU-NDIS": "ndis", "AU-SAH": "support_at_home"}
DEFAULT_DAY = date(2026, 1, 1)  # a case without a date uses the rows in force on this day


def run_case(kind: str, inputs: Inputs, editions: Editions) -> Result:
    """The result of one case, from its kind and inputs alone; an unknown kind gives ``{"unknown": kind}``.

    Inputs that are missing or malformed are a KeyError, ValueError or TypeError.
    """
    runner = KINDS.get(kind)
    return {"unknown": kind} if runner is None else runner(inputs, editions)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what came out, and in words how it differs from what was expected."""

    id: str
    kind: str
    result: Result
    state: str  # passed, failed, unknown, computed (nothing was expected)
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a file of cases."""

    results: tuple[CaseResult, ...]

    @property
    def passed(self) -> int:
        return sum(1 for result in self.results if result.state == "passed")

    @property
    def failed(self) -> int:
        return sum(1 for result in self.results if result.state == "failed")

    @property
    def unknown(self) -> int:
        return sum(1 for result in self.results if result.state == "unknown")

    def as_json(self) -> dict[str, Result]:
        """Case id to result, in the shape of each kind's ``expected``."""
        return {result.id: result.result for result in self.results}

    def as_text(self) -> str:
        """The count on the first line, then every difference and every kind that is not known, one a line."""
        lines = [f"{self.passed} passed, {self.failed} failed"]
        if self.unknown:
            lines[0] += f", {self.unknown} unknown"
        for result in self.results:
            lines += [f"{result.id} ({result.kind}): {difference}" for difference in result.differences]
            if result.state == "unknown":
                lines.append(f"{result.id} ({result.kind}): this kind of case is not known")
        return "\n".join(lines)


def check(text: str, editions: Editions | None = None) -> Report:
    """Run a file of cases, given as its text; without price editions the shipped ones are used.

    Text that is not JSON, or has no list of cases, is a ValueError with a sentence that says so. A case whose inputs
    cannot be used counts as failed.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("This file is not JSON.") from error
    cases = content.get("cases") if isinstance(content, dict) else content
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise ValueError("This file has no list of cases.")
    used = editions if editions is not None else shipped("ndis")
    return Report(tuple(_run(case, number, used) for number, case in enumerate(cases, start=1)))


def _run(case: Mapping[str, Any], number: int, editions: Editions) -> CaseResult:
    name, kind = str(case.get("id", number)), str(case.get("kind"))
    inputs = case.get("inputs")
    try:
        if not isinstance(inputs, dict):
            raise ValueError("no inputs")
        result = run_case(kind, inputs, editions)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, IndexError) as error:
        problem = f"cannot be run: {type(error).__name__}: {error}"
        return CaseResult(name, kind, {"error": problem}, "failed", (problem,))
    if "unknown" in result:
        return CaseResult(name, kind, result, "unknown")
    if "expected" not in case:
        return CaseResult(name, kind, result, "computed")
    differences = tuple(_differences(case["expected"], result, ""))
    return CaseResult(name, kind, result, "failed" if differences else "passed", differences)


def _differences(expected: Any, result: Any, where: str) -> list[str]:
    if isinstance(expected, dict) and isinstance(result, dict):
        found = []
        for key in dict.fromkeys((*expected, *result)):
            path = f"{where}.{key}" if where else str(key)
            if key not in result:
                found.append(f"{path} is missing")
            elif key not in expected:
                found.append(f"{path} was not expected")
            else:
                found += _differences(expected[key], result[key], path)
        return found
    if isinstance(expected, list) and isinstance(result, list) and len(expected) == len(result):
        pairs = enumerate(zip(expected, result, strict=True), start=1)
        return [difference for number, (a, b) in pairs for difference in _differences(a, b, f"{where}[{number}]")]
    return [] if expected == result else [f"{where} should be {expected!r} and is {result!r}"]


def text_of(amount: Money) -> str:
    """An amount as the case files write it: 1234.50."""
    sign = "-" if amount.minor < 0 else ""
    return f"{sign}{abs(amount.minor) // 100}.{abs(amount.minor) % 100:02d}"


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
    highest = ndis.group_limit(limit, people, workers)
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
        key = ndis.pool_key(budget["management"], budget["category"], stated)
        pools[key] = pools.get(key, Money(0)) + dollars(budget["amount"])
    return {"pools": {key: text_of(pools[key]) for key in sorted(pools)}}


def quarter_budget(inputs: Inputs, editions: Editions) -> Result:
    """The credit of a whole quarter, next to the published figure."""
    day = date.fromisoformat(inputs["as_of"])
    entered = date.fromisoformat(inputs["entry_date"]) if inputs.get("entry_date") else None
    within = home.quarter(day)
    days = home.credited_days(entered, within)
    published = home.classification(inputs["classification"], within.first).published_quarter
    head: Result = {"quarter_start": within.first.isoformat(), "quarter_end": within.last.isoformat()}
    return head | _credits(inputs["classification"], days) | {"published_quarterly_amount": text_of(published)}


def mid_quarter_entry(inputs: Inputs, editions: Editions) -> Result:
    """The credit of the first quarter, from the entry day on."""
    entered = date.fromisoformat(inputs["entry_date"])
    return _credits(inputs["classification"], home.credited_days(entered, home.quarter(entered)))


def _credits(code: str, days: Period | None) -> Result:
    if days is None:
        return {"days": 0, "service_budget": "0.00", "care_management_share": "0.00", "total": "0.00"}
    budget, care = home.credit(code, days), home.care_management(code, days)
    return {
        "days": days.days,
        "service_budget": text_of(budget),
        "care_management_share": text_of(care),
        "total": text_of(budget + care),
    }


def contributions(inputs: Inputs, editions: Editions) -> Result:
    """Services of a quarter: price, the client's contribution by category, and what is left in the account."""
    rates = {category: percent(rate) for category, rate in inputs["rates_pct"].items()}
    basis = inputs.get("parameters", {}).get("debit_basis", "subsidy")
    lines, prices, shares = [], [], []
    for one in inputs["lines"]:
        price = _price(one)
        rate = rates.get(one["category"], Percent(0))
        share = price.share(rate.ppm)
        prices.append(price)
        shares.append(share)
        lines.append(
            {
                "service": one["service"],
                "price": text_of(price),
                "rate_pct": plain_rate(rate),
                "contribution": text_of(share),
                "subsidy": text_of(price - share),
            }
        )
    price, share = total(prices), total(shares)
    debit = price if basis == "price" else price - share
    day = date.fromisoformat(inputs["as_of"]) if inputs.get("as_of") else DEFAULT_DAY
    entered = date.fromisoformat(inputs["entry_date"]) if inputs.get("entry_date") else None
    credited = _credits(inputs["classification"], home.credited_days(entered, home.quarter(day)))
    budget = dollars(credited["service_budget"])
    return {
        "lines": lines,
        "total_price": text_of(price),
        "total_contribution": text_of(share),
        "total_subsidy": text_of(price - share),
        "total_debit": text_of(debit),
        "service_budget": text_of(budget),
        "remaining_service_budget": text_of(budget - debit),
        "care_management_share": credited["care_management_share"],
    }


def _price(one: Inputs) -> Money:
    whole, _, part = str(one["quantity"]).partition(".")
    if not whole.isdigit() or len(part) > 3 or (part and not part.isdigit()):
        raise ValueError(f"{one['quantity']!r} is not a quantity")
    return dollars(one["unit_price"]).for_units(int(whole) * 1000 + int(part.ljust(3, "0")))


def plain_rate(rate: Percent) -> str:
    """A rate without trailing zeros: 17.5."""
    whole, part = divmod(rate.ppm, 10_000)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".")


KINDS: Mapping[str, Callable[[Inputs, Editions], Result]] = {
    "schedule": schedule,
    "dated_limit": dated_limit,
    "part_hours": part_hours,
    "group": group,
    "funding_periods": funding_periods,
    "flexible_pools": flexible_pools,
    "quarter_budget": quarter_budget,
    "mid_quarter_entry": mid_quarter_entry,
    "contributions_full_pensioner": contributions,
    "contributions_part_pensioner": contributions,
    "contributions_maximum": contributions,
    "debit_basis_alternative": contributions,
    "no_worse_off": contributions,
}
