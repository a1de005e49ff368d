"""Worked cases of budgets: quarters, supplements, higher classifications, what goes on, interim funding, pathways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from budgeting.allocation import Reclassified, Supplement
from budgeting.cases.inputs import Inputs, Result, money_of, quantity_of, text_of
from budgeting.catalogue import Editions
from budgeting.money import ZERO, Money, Percent, total
from budgeting.period import DAY, Period
from budgeting.programs.support_at_home import account
from budgeting.programs.support_at_home.case_inputs import credited, day_of, debit_of, entered_on, rate_of, services
from budgeting.programs.support_at_home.facts import classification, fact


def quarter_budget(inputs: Inputs, editions: Editions) -> Result:
    """The credit of a whole quarter, next to the published figure."""
    day = day_of(inputs)
    within = account.quarter(day)
    published = classification(inputs["classification"], within.first).published_quarter
    head: Result = {"quarter_start": within.first.isoformat(), "quarter_end": within.last.isoformat()}
    credits = _credits(inputs["classification"], within, entered_on(inputs))
    return head | credits | {"published_quarterly_amount": text_of(published)}


def mid_quarter_entry(inputs: Inputs, editions: Editions) -> Result:
    """The credit of the first quarter, from the entry day on."""
    entered = date.fromisoformat(inputs["entry_date"])
    return _credits(inputs["classification"], account.quarter(entered), entered)


def _credits(code: str, within: Period, entered: date | None) -> Result:
    budget, care = credited(code, within, entered)
    days = account.credited_days(entered, within)
    return {
        "days": days.days if days else 0,
        "service_budget": text_of(budget),
        "care_management_share": text_of(care),
        "total": text_of(budget + care),
    }


def primary_supplement(inputs: Inputs, editions: Editions) -> Result:
    """The credit of a quarter with supplements for each day: told amounts, else the published ones of their code."""
    code, entered, within = inputs["classification"], entered_on(inputs), account.quarter(day_of(inputs))
    days = account.credited_days(entered, within)
    daily = classification(code, days.first if days else day_of(inputs)).daily_individual
    base, _ = credited(code, within, entered)
    budget, _ = credited(code, within, entered, supplements=tuple(_told(one, daily) for one in inputs["supplements"]))
    return {
        "days": days.days if days else 0,
        "base_individual": text_of(base),
        "supplement": text_of(budget - base),
        "service_budget": text_of(budget),
    }


def _told(one: Inputs, daily: Money) -> Supplement:
    """A supplement for each day: an amount or a share of the daily amount as told, else the published one."""
    name = str(one.get("code") or one.get("name"))
    code = SUPPLEMENT_CODES.get(name.casefold(), name)
    if one.get("daily") is not None:
        return Supplement(code, daily=money_of(one["daily"]))
    return Supplement(code, daily=daily.share(rate_of(one["percent"]).ppm) if one.get("percent") is not None else None)


SUPPLEMENT_CODES: Mapping[str, str] = {
    "oxygen": "OXY",
    "enteral feeding, bolus": "ENT-B",
    "enteral feeding, non-bolus": "ENT-N",
    "veterans": "VET",
    "dementia and cognition": "DEM",
    "each-d top-up": "EACHD",
}


def classification_increase(inputs: Inputs, editions: Editions) -> Result:
    """A higher classification inside a quarter: the difference is added from its day on."""
    before, after = inputs["classification_before"], inputs["classification_after"]
    effective = date.fromisoformat(inputs["effective_date"])
    within = account.quarter(effective)
    initial, care = credited(before, within, entered_on(inputs))
    budget, more_care = credited(before, within, entered_on(inputs), changes=(Reclassified(after, effective),))
    return {
        "initial_service_budget": text_of(initial),
        "days_at_new_rate": Period(effective, within.last).days,
        "top_up": text_of(budget - initial),
        "service_budget_after": text_of(budget),
        "care_management_top_up": text_of(more_care - care),
    }


def carry_over(inputs: Inputs, editions: Editions) -> Result:
    """The end of a quarter: what goes on to the next one, and what lapses."""
    code, chosen = inputs["classification"], inputs.get("parameters", {})
    within = account.quarter(date.fromisoformat(inputs["quarter_start"]))
    budget, _ = credited(code, within, entered_on(inputs))
    limit = account.carry_limit(
        budget,
        code,
        within.last,
        chosen.get("carry_over_base") or account.SERVICE_BUDGET,
        floor=_money(chosen.get("carry_over_floor")),
        share=rate_of(chosen["carry_over_pct"]) if chosen.get("carry_over_pct") is not None else None,
    )
    brought = _money(inputs.get("carried_in")) or ZERO
    closing = account.close(budget + brought, money_of(inputs["debits"]), limit, within.last)
    told = inputs.get("next_quarter_start")
    following = account.quarter(date.fromisoformat(told) if told else within.last + DAY)
    more, _ = credited(code, following)
    return {
        "service_budget": text_of(budget),
        "unspent": text_of(closing.unspent),
        "carry_over_limit": text_of(closing.limit),
        "carried_over": text_of(closing.carried),
        "lapsed": text_of(closing.lapsed),
        "next_quarter_service_budget": text_of(more),
        "next_quarter_opening_available": text_of(more + closing.carried),
    }


def _money(value: object) -> Money | None:
    return None if value is None else money_of(value)


def interim_funding(inputs: Inputs, editions: Editions) -> Result:
    """A part of the amount while a person waits for a full place: of the published quarter, or of the credit."""
    day, code = day_of(inputs), inputs["classification"]
    basis = inputs.get("basis") or account.PUBLISHED
    if basis == "daily_rate_times_days":
        basis = account.SERVICE_BUDGET
    budget, _ = credited(code, account.quarter(day), entered_on(inputs))
    full = account.carry_base(budget, code, day, basis)
    told = inputs.get("interim_pct")
    rate: Percent = fact("interim_share", "any", day).rate if told is None else rate_of(told)
    paid = full.share(rate.ppm)
    return {
        "full_quarterly": text_of(full),
        "interim_quarterly": text_of(paid),
        "withheld": text_of(full - paid),
    }


def restorative_care(inputs: Inputs, editions: Editions) -> Result:
    """An episode on a short-term pathway: no share for care management is set aside, and nothing goes on after it."""
    units = quantity_of(inputs.get("units") or 1).thousandths
    if units % 1000:
        raise ValueError("units are whole")
    budget = account.pathway_budget(inputs["pathway"], units // 1000, day_of(inputs))
    found = services(inputs)
    debit = total([debit_of(one, inputs) for one in found])
    return {
        "budget": text_of(budget),
        "lines": [one.as_line() for one in found],
        "total_subsidy": text_of(total([one.subsidy for one in found])),
        "total_contribution": text_of(total([one.share for one in found])),
        "remaining": text_of(budget - debit),
        "care_management_share": text_of(ZERO),
        "carries_over": False,
    }
