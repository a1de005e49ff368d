"""Worked cases of Support at Home, each kind run by the functions that price packages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from budgeting.case_inputs import DEFAULT_DAY, Inputs, Result, Runner, text_of
from budgeting.catalogue import Editions
from budgeting.money import Money, Percent, dollars, total
from budgeting.parameters import percent
from budgeting.period import Period
from budgeting.programs.support_at_home import rules


def quarter_budget(inputs: Inputs, editions: Editions) -> Result:
    """The credit of a whole quarter, next to the published figure."""
    day = date.fromisoformat(inputs["as_of"])
    entered = date.fromisoformat(inputs["entry_date"]) if inputs.get("entry_date") else None
    within = rules.quarter(day)
    days = rules.credited_days(entered, within)
    published = rules.classification(inputs["classification"], within.first).published_quarter
    head: Result = {"quarter_start": within.first.isoformat(), "quarter_end": within.last.isoformat()}
    return head | _credits(inputs["classification"], days) | {"published_quarterly_amount": text_of(published)}


def mid_quarter_entry(inputs: Inputs, editions: Editions) -> Result:
    """The credit of the first quarter, from the entry day on."""
    entered = date.fromisoformat(inputs["entry_date"])
    return _credits(inputs["classification"], rules.credited_days(entered, rules.quarter(entered)))


def _credits(code: str, days: Period | None) -> Result:
    if days is None:
        return {"days": 0, "service_budget": "0.00", "care_management_share": "0.00", "total": "0.00"}
    budget, care = rules.credit(code, days), rules.care_management(code, days)
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
    credited = _credits(inputs["classification"], rules.credited_days(entered, rules.quarter(day)))
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


KINDS: Mapping[str, Runner] = {
    "quarter_budget": quarter_budget,
    "mid_quarter_entry": mid_quarter_entry,
    "contributions_full_pensioner": contributions,
    "contributions_part_pensioner": contributions,
    "contributions_maximum": contributions,
    "debit_basis_alternative": contributions,
    "no_worse_off": contributions,
}
