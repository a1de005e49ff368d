"""Worked cases of accounts: overrun, equipment and home changes, old package money, pooled care management."""

from __future__ import annotations

from datetime import date

from budgeting.allocation import Allocation, PackageMoney, Pathway, Tier
from budgeting.cases.inputs import Inputs, Result, answer_of, money_of, text_of
from budgeting.catalogue import Editions
from budgeting.explain import as_told
from budgeting.forecast.ending import at_end
from budgeting.money import ZERO, Money, total
from budgeting.package import Funding
from budgeting.period import Period
from budgeting.programs.support_at_home import account, athm, contributions
from budgeting.programs.support_at_home.case_inputs import day_of, debit_of, listed, rate_of, services
from budgeting.programs.support_at_home.granted import components
from budgeting.programs.support_at_home.leaving import due, paid_back
from budgeting.words import words

ACCOUNT, OLD_MONEY = "account", "old_money"
ORDERS = {
    "ongoing": ("quarterly", "hcp_provider_held", "hcp_services_australia"),
    "pathway": ("pathway", "quarterly", "hcp_provider_held", "hcp_services_australia"),
    "athm": ("hcp_services_australia", "hcp_provider_held", "athm_tier"),
}


def budget_overrun(inputs: Inputs, editions: Editions) -> Result:
    """Services in the order given against what is there: subsidy is paid only as far as the account reaches.

    Old package money pays after the account; the closing balance is what is left of both. What the client contributes
    does not change.
    """
    balances = {ACCOUNT: money_of(inputs["available_balance"]), OLD_MONEY: money_of(inputs.get("hcp_unspent") or "0")}
    found, payable, payments = services(inputs), ZERO, []
    for one in found:
        drawn = account.draw(balances, debit_of(one, inputs), (ACCOUNT, OLD_MONEY))
        balances = {source: left - drawn.get(source, ZERO) for source, left in balances.items()}
        paid = min(one.subsidy, total(list(drawn.values())))
        payable = payable + paid
        payments.append(
            {
                "service": one.name,
                "subsidy": text_of(one.subsidy),
                "payable": text_of(paid),
                "unpaid": text_of(one.subsidy - paid),
            }
        )
    subsidy = total([one.subsidy for one in found])
    return {
        "lines": [one.as_line() for one in found],
        "payments": payments,
        "total_subsidy": text_of(subsidy),
        "subsidy_payable": text_of(payable),
        "unpaid_subsidy": text_of(subsidy - payable),
        "closing_balance": text_of(total(list(balances.values()))),
        "contribution_due": text_of(total([one.share for one in found])),
        "blocked_without_prior_agreement": payable < subsidy,
    }


def athm_purchase(inputs: Inputs, editions: Editions) -> Result:
    """Equipment or a change to the home with the highest fee that is allowed, paid from its tier."""
    scheme, day = str(inputs["scheme"]).casefold(), day_of(inputs)
    cost = money_of(inputs["item_cost"])
    tier = athm.tier_amount(money_of(inputs["tier_amount"]), day, remote=_is_remote(inputs))
    fee = athm.fee_limit(scheme, cost, day)
    with_fee = answer_of(inputs.get("parameters", {}), "fee_subject_to_contribution", True)
    rate = rate_of(inputs["independence_rate_pct"])
    price = cost + fee
    share = contributions.split(price if with_fee else cost, rate)
    subsidy = price - share  # the tier is debited by the subsidy, whatever a service takes from the account
    return {
        "fee": text_of(fee),
        "price": text_of(price),
        "contribution": text_of(share),
        "subsidy": text_of(subsidy),
        "tier_remaining": text_of(tier - subsidy),
    }


def _is_remote(inputs: Inputs) -> bool:
    """Whether a case is about a remote place: said so, or by its class of the Modified Monash Model."""
    told = inputs.get("mmm")
    return answer_of(inputs, "remote", False) if told is None else int(told) in athm.REMOTE_CLASSES


def draw_down_order(inputs: Inputs, editions: Editions) -> Result:
    """Claims one after the other, each paid from several sources in an order that is given or the usual one."""
    balances = {source: money_of(amount) for source, amount in inputs["balances"].items()}
    chosen, claims = inputs.get("parameters", {}), []
    for claim in listed(inputs, "claims"):
        order = chosen.get(f"order_{claim['type']}") or list(ORDERS[claim["type"]])
        if not isinstance(order, list):
            raise TypeError("an order is a list of sources")
        wanted: Money = money_of(claim["subsidy"])
        drawn = account.draw(balances, wanted, order)
        balances = {source: left - drawn.get(source, ZERO) for source, left in balances.items()}
        claims.append(
            {
                "type": claim["type"],
                "drawn": {source: text_of(amount) for source, amount in drawn.items()},
                "unpaid": text_of(wanted - total(list(drawn.values()))),
            }
        )
    return {"claims": claims, "closing": {source: text_of(left) for source, left in balances.items()}}


def care_management_account(inputs: Inputs, editions: Editions) -> Result:
    """The pooled account of a service branch over a financial year; at most the last allocation goes on."""
    allocations = [money_of(amount) for amount in listed(inputs, "allocations_by_quarter")]
    claims = [money_of(amount) for amount in listed(inputs, "claims_by_quarter")]
    balances = account.roll_on(allocations, claims)
    told = inputs.get("april_june_allocation")
    most = allocations[-1] if told is None else money_of(told)
    carried = min(balances[-1], most)
    return {
        "balance_after_each_quarter": [text_of(balance) for balance in balances],
        "carried_into_next_year": text_of(carried),
        "lapsed": text_of(balances[-1] - carried),
    }


def leaving(inputs: Inputs, editions: Editions) -> Result:
    """What is due until when after somebody left, and what of old package money is paid back to them."""
    last = date.fromisoformat(inputs["last_day"])
    held = tuple(PackageMoney(holder, money_of(amount)) for holder, amount in inputs.get("package_money", {}).items())
    back = paid_back(Allocation(package_money=held), last)
    another = answer_of(inputs, "another_provider", False)
    days = {f"{key}_by": str(one.value) for key, one in due(last).items() if another or key != "hand_over"}
    return days | {"paid_back": text_of(ZERO if back is None else back.amount)}


def left_at_plan_end(inputs: Inputs, editions: Editions) -> Result:
    """What of the money left in each part goes on when a plan ends, and what ends."""
    last, entered = date.fromisoformat(inputs["plan_end"]), date.fromisoformat(inputs["entry_date"])
    told = Allocation(
        pathways=tuple(Pathway(one["code"], date.fromisoformat(one["since"])) for one in inputs.get("pathways", ())),
        tiers=tuple(
            Tier(one["scheme"], money_of(one["amount"]), date.fromisoformat(one["since"]))
            for one in inputs.get("tiers", ())
        ),
        package_money=tuple(
            PackageMoney(holder, money_of(amount)) for holder, amount in inputs.get("package_money", {}).items()
        ),
    )
    days = Period(account.quarter(last).first, last)
    funding = Funding(days, (), classification=inputs["classification"], entered=entered, allocation=told)
    parts = {one.key: one for one in components(funding)}
    known = {key: as_told(words("Left at the end"), money_of(amount)) for key, amount in inputs["left"].items()}
    found = at_end(account.KEY, [(one, known[key]) for key, one in parts.items() if key in known], last)
    return {
        "goes_on": {one.key: text_of(one.goes_on.amount) for one in found},
        "ends": {one.key: text_of(one.ends.amount) for one in found},
    }
