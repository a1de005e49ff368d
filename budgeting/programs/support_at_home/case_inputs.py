"""What the worked cases of Support at Home have in common: days, prices, rates and readings, as they write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgeting.allocation import Allocation
from budgeting.cases.inputs import DEFAULT_DAY, Inputs, Result, money_of, quantity_of, text_of
from budgeting.money import ZERO, Money, Percent
from budgeting.package import Funding
from budgeting.parameters import percent
from budgeting.period import Period
from budgeting.programs.support_at_home import contributions
from budgeting.programs.support_at_home.facts import classification
from budgeting.programs.support_at_home.granted import ACCOUNT, CARE, components
from budgeting.programs.support_at_home.means import CATEGORIES, CLINICAL

PER_CENT = 10_000  # parts per million


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a case with its price, the client's rate and what the client pays."""

    name: str
    price: Money
    rate: Percent
    share: Money

    @property
    def subsidy(self) -> Money:
        return self.price - self.share

    def as_line(self) -> Result:
        return {
            "service": self.name,
            "price": text_of(self.price),
            "rate_pct": plain_rate(self.rate),
            "contribution": text_of(self.share),
            "subsidy": text_of(self.subsidy),
        }


def services(inputs: Inputs, room: Money | None = None) -> list[Service]:
    """The services of a case in the order given, each limited by its fee reduction and by the room left under a cap."""
    rates, reductions = _rates(inputs), _reductions(inputs)
    found = []
    for number, one in enumerate(listed(inputs, "lines")):
        price, rate = price_of(one), rates[one["category"]]
        share = contributions.split(price, rate, reductions.get(number, ZERO), room)
        room = None if room is None else room - share
        found.append(Service(one["service"], price, rate, share))
    if any(number >= len(found) for number in reductions):
        raise ValueError("a fee reduction is for a line that does not exist")
    return found


def _rates(inputs: Inputs) -> dict[str, Percent]:
    """The rates of a case by category: those told, else the published ones; clinical services are always free."""
    told, day = inputs.get("rates_pct"), day_of(inputs)
    if told is not None:
        rates = {category: rate_of(rate) for category, rate in told.items()}
    else:
        cohort, status = inputs.get("cohort") or contributions.STANDARD, inputs["means_status"]
        fixed = {one: contributions.published(cohort, status, one, day) for one in CATEGORIES}
        rates = {category: rate[0] for category, rate in fixed.items() if rate is not None}
    if any(category not in CATEGORIES for category in rates):
        raise ValueError("a rate is for a category that does not exist")
    return {CLINICAL: Percent(0)} | rates


def _reductions(inputs: Inputs) -> dict[int, Money]:
    told = inputs.get("fee_reduction_by_line") or {}
    if isinstance(told, list):
        return {number: money_of(amount) for number, amount in enumerate(told) if amount is not None}
    return {int(number): money_of(amount) for number, amount in told.items()}


def day_of(inputs: Inputs) -> date:
    """The day of a case; one without a date uses the rows in force on the default day."""
    told = inputs.get("as_of") or inputs.get("service_date")
    return date.fromisoformat(told) if told else DEFAULT_DAY


def entered_on(inputs: Inputs) -> date | None:
    return date.fromisoformat(inputs["entry_date"]) if inputs.get("entry_date") else None


def listed(inputs: Inputs, key: str) -> Sequence[Inputs]:
    found = inputs[key]
    if not isinstance(found, list):
        raise TypeError(f"{key} is a list")
    return found


def price_of(one: Inputs) -> Money:
    """Quantity times unit price, rounded half up to the cent."""
    return money_of(one["unit_price"]).for_units(quantity_of(one["quantity"]).thousandths)


def debit_of(one: Service, inputs: Inputs) -> Money:
    """What a service takes from the budget: the subsidy, or the whole price where that reading is chosen."""
    return one.price if debit_basis(inputs) == "price" else one.subsidy


def debit_basis(inputs: Inputs) -> str:
    """The reading of a case: ``subsidy`` unless told; anything but ``subsidy`` and ``price`` is a ValueError."""
    basis = inputs.get("parameters", {}).get("debit_basis") or "subsidy"
    if basis not in ("subsidy", "price"):
        raise ValueError(f"{basis!r} is not a debit basis")
    return str(basis)


def rate_of(value: object) -> Percent:
    """A rate of at most the whole as the case files write it, as text or as a number; anything else is a ValueError."""
    rate = percent(str(value))
    if rate.ppm > 100 * PER_CENT:
        raise ValueError(f"{value!r} is more than all of it")
    return rate


def plain_rate(rate: Percent) -> str:
    """A rate without trailing zeros: 17.5."""
    whole, part = divmod(rate.ppm, PER_CENT)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".")


def decimals(rate: Percent) -> str:
    """A rate with two decimals: 17.50."""
    return text_of(Money(rate.ppm // 100))


def credited(code: str, within: Period, entered: date | None = None, **granted: Any) -> tuple[Money, Money]:
    """What the account and care management are credited in a quarter, with what else was granted."""
    classification(code, within.last)
    parts = components(Funding(within, (), code, entered, allocation=Allocation(**granted)))
    amounts = {one.key: one.amount for one in parts}
    return amounts.get(ACCOUNT, ZERO), amounts.get(CARE, ZERO)
