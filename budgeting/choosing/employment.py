"""What an hour costs whoever pays for it in another way: told prices, a platform with its fee, a worker one employs.

Every amount that is not in the law is told by the person. An hour is worked out for each kind of day, and every step
is rounded to the cent once, so that anybody with a pocket calculator gets the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from budgeting.explain import BANDS, Figure, as_told, summed
from budgeting.explain.sums import part_of
from budgeting.money import ZERO, Money, Percent
from budgeting.parameters import Parameters, read_parameters
from budgeting.period import Band
from budgeting.words import Words, words
from budgeting.working import TIMES, TOLD, exactly

KINDS_OF_DAY = (Band.DAY, Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.SUNDAY, Band.HOLIDAY)
MONTHS = 12

Hours = Mapping[Band, Figure]
"""What one hour costs on each kind of day that was told; weekday daytime always is."""


@dataclass(frozen=True, slots=True)
class Wages:
    """What an employer pays, as the person told it. ``hour`` is the wage of one hour by kind of day, before all else.

    ``leave`` is paid leave as a part of the wage of somebody who is not casual, ``leave_loading`` a part of that leave;
    ``compensation`` is the premium for workers' compensation, a part of all that is paid to the worker.
    """

    hour: Mapping[Band, Money]
    superannuation: Percent
    casual: Percent = Percent(0)
    leave: Percent = Percent(0)
    leave_loading: Percent = Percent(0)
    compensation: Percent = Percent(0)
    insurance: Money = ZERO  # each year
    payroll: Money = ZERO  # each month


@cache
def law() -> Parameters:
    """What holds for every employer, with source and date."""
    _about, parameters = read_parameters(files(__package__).joinpath("employment.toml").read_text(encoding="utf-8"))
    return parameters


def told_hours(prices: Mapping[Band, Money]) -> Hours:
    """Prices of an hour exactly as they were told."""
    return {band: as_told(_of(words("Price of one hour"), band), price) for band, price in prices.items()}


def published_hours(prices: Mapping[Band, tuple[Money, date]]) -> Hours:
    """Prices of an hour as a provider published them, each from its day on."""
    return {
        band: _published(_of(words("Price of one hour"), band), price, day) for band, (price, day) in prices.items()
    }


def _published(label: Words, price: Money, day: date) -> Figure:
    return replace(as_told(label, price), sum=words("As the provider published it, from {day} on", day=day))


def platform_hours(prices: Mapping[Band, Money], fee: Percent) -> Hours:
    """Prices of an hour with the fee of a platform on top, which is a part of the price."""
    return {band: _with_fee(band, price, fee) for band, price in prices.items()}


def _with_fee(band: Band, price: Money, fee: Percent) -> Figure:
    asked = as_told(words("Price of one hour"), price)
    rate = as_told(words("Fee of the platform"), fee)
    added = part_of(words("What the platform takes"), price, fee, (asked, rate))
    return _sum(_of(words("One hour with the fee"), band), (asked, added))


def employed_hours(wages: Wages, day: date) -> Hours:
    """All that an hour of a worker costs who is employed, on a day of a kind; superannuation is said as of ``day``."""
    return {band: _employed(wages, band, wage, day) for band, wage in wages.hour.items()}


def _employed(wages: Wages, band: Band, wage: Money, day: date) -> Figure:
    paid = [as_told(words("Wage of one hour"), wage)]
    for label, rate in ((words("Casual loading"), wages.casual), (words("Paid leave"), wages.leave)):
        if rate.ppm:
            paid.append(part_of(label, wage, rate, (paid[0], as_told(words("Rate"), rate))))
    if wages.leave.ppm and wages.leave_loading.ppm:
        on_leave = paid[-1]
        label, rate = words("Loading on paid leave"), wages.leave_loading
        paid.append(part_of(label, wage.share(wages.leave.ppm), rate, (on_leave, as_told(words("Rate"), rate))))
    worker = _sum(words("Paid to the worker"), tuple(paid)) if len(paid) > 1 else paid[0]
    amount = worker.amount
    costs = [worker, _superannuation(amount, wages.superannuation, worker, day)]
    if wages.compensation.ppm:
        label, rate = words("Workers' compensation insurance"), wages.compensation
        costs.append(part_of(label, amount, rate, (worker, as_told(words("Premium"), rate))))
    return _sum(_of(words("All that one hour costs"), band), tuple(costs))


def _superannuation(amount: Money, rate: Percent, worker: Figure, day: date) -> Figure:
    required = law().rate("superannuation", day)
    source = law().source("superannuation", day) if rate == required else None
    share = Figure(words("Superannuation rate"), rate, source=source, working=TOLD)
    rule = words("It is counted on all that is paid to the worker. Overtime may be left out of it.")
    paid = part_of(words("Superannuation"), amount, rate, (worker, share), law().source("superannuation_base", day))
    return replace(paid, rule=rule)


def untold(wages: Wages) -> tuple[Words, ...]:
    """What an employer pays as a rule and nobody told, so that nothing is counted for it."""
    labels = (
        (words("Superannuation"), wages.superannuation.ppm),
        (words("Casual loading, or paid leave"), wages.casual.ppm or wages.leave.ppm),
        (words("Workers' compensation insurance"), wages.compensation.ppm),
        (words("Other insurance for one year"), wages.insurance.minor),
    )
    return tuple(not_told(label) for label, there in labels if not there)


def not_told(label: Words) -> Words:
    """That nobody told a part of what an hour costs."""
    return words("{part}: not told yet.", part=label)


def yearly(wages: Wages) -> Figure | None:
    """What an employer pays each year whatever is worked: insurance, and the service that does the pay."""
    parts = []
    if wages.insurance:
        parts.append(as_told(words("Insurance for one year"), wages.insurance))
    if wages.payroll:
        month = as_told(words("Payroll service for one month"), wages.payroll)
        text = words("{amount} a month, for {months} months", amount=wages.payroll, months=MONTHS)
        amount = Money(wages.payroll.minor * MONTHS, wages.payroll.currency)
        working = exactly(wages.payroll, TIMES, MONTHS)
        parts.append(Figure(words("Payroll service for one year"), amount, text, (month,), working=working))
    if len(parts) == 1:
        return parts[0]
    return _sum(words("Paid each year, whatever is worked"), tuple(parts)) if parts else None


def _sum(label: Words, parts: tuple[Figure, ...]) -> Figure:
    return summed(label, words("The parts below added up"), parts)


def _of(label: Words, band: Band) -> Words:
    return words("{what}, {kind}", what=label, kind=BANDS[band])
