"""Worked cases of what a client pays: rates, caps, fee reductions, and the day from which a rate counts."""

from __future__ import annotations

from datetime import date

from budgeting.allocation import Means
from budgeting.cases.inputs import Inputs, Result, money_of, text_of
from budgeting.catalogue import Editions
from budgeting.money import ZERO, Money, Percent, rounded, total
from budgeting.programs.support_at_home import account, contributions
from budgeting.programs.support_at_home.case_inputs import (
    credited,
    day_of,
    debit_of,
    decimals,
    entered_on,
    listed,
    plain_rate,
    price_of,
    rate_of,
    services,
)
from budgeting.programs.support_at_home.everyday import service_category
from budgeting.programs.support_at_home.means import CATEGORIES, CLINICAL, EVERYDAY, INDEPENDENCE, estimate


def means_test_rate(inputs: Inputs, editions: Editions) -> Result:
    """The rates of a person: published ones where they are fixed, else the sliding formula as an estimate.

    Where the rates are fixed and no means were told, the steps of the formula are not known.
    """
    day, status = day_of(inputs), inputs["means_status"]
    means = _means(inputs)
    estimated = estimate(means, day) if means else None
    steps: Result = dict.fromkeys(("income_reduction", "asset_reduction", "maximum_reduction", "input_rate_pct"))
    if estimated:
        steps = {
            "income_reduction": str(estimated.income_reduction),
            "asset_reduction": str(estimated.asset_reduction),
            "maximum_reduction": str(estimated.maximum),
            "input_rate_pct": decimals(estimated.input_rate),
        }
    rates: dict[str, Percent] = {}
    cohort = inputs.get("cohort") or contributions.STANDARD
    for category in CATEGORIES:
        fixed = contributions.published(cohort, status, category, day)
        if fixed is None and cohort == contributions.STANDARD and status in contributions.SLIDING and estimated:
            rates[category] = estimated.rates[category]
        elif fixed is None:
            raise ValueError(f"the rate of {status} for {category} is not published: it is in the person's letter")
        else:
            rates[category] = fixed[0]
    return steps | {
        "independence_pct": decimals(rates[INDEPENDENCE]),
        "everyday_living_pct": decimals(rates[EVERYDAY]),
        "clinical_pct": plain_rate(rates[CLINICAL]),
    }


def _means(inputs: Inputs) -> Means | None:
    """What a case tells about means; joint amounts of a couple are halved."""
    if inputs.get("assessable_income") is None and inputs.get("assessable_assets") is None:
        return None
    household, owner = str(inputs["household"]), inputs["home_owner"]
    if not isinstance(owner, bool):
        raise ValueError("home_owner is true or false")
    income, assets = money_of(inputs["assessable_income"]), money_of(inputs["assessable_assets"])
    if household == "couple":
        income, assets, household = Money(rounded(income.minor, 2)), Money(rounded(assets.minor, 2)), "couple_each"
    return Means(HOUSEHOLDS.get(household, household), income, assets, owner)


HOUSEHOLDS = {
    "couple_separated_by_illness": "couple_separated_by_illness_each",
    "couple_illness_separated": "couple_separated_by_illness_each",
    "couple_illness_separated_each": "couple_separated_by_illness_each",
    "illness_separated": "couple_separated_by_illness_each",
}


def contributed(inputs: Inputs, editions: Editions) -> Result:
    """Services of a quarter: price, the client's contribution by category, and what is left in the account."""
    found = services(inputs)
    debit = total([debit_of(one, inputs) for one in found])
    budget, care = credited(inputs["classification"], account.quarter(day_of(inputs)), entered_on(inputs))
    return {
        "lines": [one.as_line() for one in found],
        "total_price": text_of(total([one.price for one in found])),
        "total_contribution": text_of(total([one.share for one in found])),
        "total_subsidy": text_of(total([one.subsidy for one in found])),
        "total_debit": text_of(debit),
        "service_budget": text_of(budget),
        "remaining_service_budget": text_of(budget - debit),
        "care_management_share": text_of(care),
    }


def lifetime_cap_reached(inputs: Inputs, editions: Editions) -> Result:
    """Services in the order given, each limited by the room that is left under the lifetime cap of the day."""
    cohort = inputs.get("cohort") or contributions.STANDARD
    most = contributions.cap(cohort, day_of(inputs)).money
    room = max(ZERO, most - money_of(inputs["contributions_to_date"]))
    found = services(inputs, room)
    paid = total([one.share for one in found])
    return {
        "cap": text_of(most),
        "remaining_before": text_of(room),
        "lines": [one.as_line() for one in found],
        "total_contribution": text_of(paid),
        "total_subsidy": text_of(total([one.subsidy for one in found])),
        "remaining_after": text_of(room - paid),
        "cap_reached": room == paid,
    }


def fee_reduction(inputs: Inputs, editions: Editions) -> Result:
    """Hardship: an amount comes off the contribution of a line, never below zero."""
    found = services(inputs)
    return {
        "lines": [one.as_line() for one in found],
        "total_contribution": text_of(total([one.share for one in found])),
    }


def rate_increase(inputs: Inputs, editions: Editions) -> Result:
    """A new rate by determination: an increase from the next quarter, a decrease from the letter's date."""
    before, after = rate_of(inputs["old_rate_pct"]), rate_of(inputs["new_rate_pct"])
    if inputs.get("category") not in CATEGORIES:
        raise ValueError(f"{inputs.get('category')!r} is not a category")
    since = contributions.starts(before, after, date.fromisoformat(inputs["determined_on"]))
    visits = []
    for one in listed(inputs, "visits"):
        new = date.fromisoformat(one["date"]) >= since
        rate, given = (after, inputs["new_rate_pct"]) if new else (before, inputs["old_rate_pct"])
        price = price_of(one)
        share = contributions.split(price, rate)
        visits.append({"date": one["date"], "rate_pct": given, "price": text_of(price), "contribution": text_of(share)})
    return {"new_rate_effective_from": since.isoformat(), "visits": visits}


def category_by_service_date(inputs: Inputs, editions: Editions) -> Result:
    """The category of a service on the day of each visit decides the rate."""
    chosen = inputs.get("parameters", {}).get("apply_announced_personal_care_change")
    visits = []
    for one in listed(inputs, "visits"):
        day = date.fromisoformat(one["date"])
        announced = contributions.counts_announced(None, day) if chosen is None else bool(chosen)
        category = service_category(inputs["service"], day, announced=announced)
        told = "0" if category == CLINICAL else str(inputs[f"{category}_rate_pct"])
        price = price_of(one)
        share = contributions.split(price, rate_of(told))
        visits.append(
            {
                "date": one["date"],
                "category": category,
                "contribution": text_of(share),
                "subsidy": text_of(price - share),
            }
        )
    return {"visits": visits}
