"""What holds for every Support at Home package: shares, subsidies, caps, the order of lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.allocation import (
    Contributed,
    PackageMoney,
    Pathway,
    Relief,
    Tier,
)
from budgeting.money import ZERO, Money, total
from budgeting.package import (
    Funding,
    Line,
    Package,
    Spread,
    Units,
)
from budgeting.period import Period, Place
from budgeting.programs.support_at_home import contributions
from tests.budgeting.examples import (
    YEAR,
    agreed,
    day,
    line,
    money,
    priced,
    units,
    weekly,
)
from tests.budgeting.programs.support_at_home.test_packages import CARE, CLEANING, NURSE, funding, quoted

SUPPORTS = ("cleaning", "personal_care", "registered_nurse", "respite", "meal_delivery", "equipment", "care_management")


@st.composite
def a_line(draw: st.DrawFn, number: int) -> Line:
    first = date(2026, 1, 1) + timedelta(draw(st.integers(0, 300)))
    last = min(YEAR.last, first + timedelta(draw(st.integers(0, 364))))
    weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=5))))
    if draw(st.booleans()):
        schedule: object = replace(weekly("Mon", "09:00", "11:15"), weekdays=weekdays)
    else:
        schedule = Units(units(str(draw(st.integers(1, 60)))).quantity, "meal", draw(st.sampled_from(Spread)))
    return line(
        schedule,  # type: ignore[arg-type]  # one of the two kinds of schedule
        id=f"line{number}",
        support=draw(st.sampled_from(SUPPORTS)),
        period=Period(first, last),
        price=agreed(f"{draw(st.integers(0, 250))}.{draw(st.integers(0, 99)):02d}"),
    )


@st.composite
def a_funding(draw: st.DrawFn) -> Funding:
    so_far = Money(13_400_000 + draw(st.integers(0, 400_000)))
    relief = Period(date(2026, 2, 1), date(2026, 2, 1) + timedelta(draw(st.integers(0, 60))))
    return funding(
        means_status=draw(st.sampled_from(["full_pensioner", "self_funded_no_cshc"])),
        debit_basis=draw(st.sampled_from(["subsidy", "price"])),
        contributed=draw(st.none() | st.just(Contributed(so_far, date(2025, 12, 31)))),
        reliefs=draw(st.sampled_from([(), (Relief(relief, money("9")),), (Relief(relief),)])),
        package_money=draw(st.sampled_from([(), (PackageMoney("provider", money("700")),)])),
        tiers=draw(st.sampled_from([(), (Tier("at", money("2000"), date(2026, 1, 1)),)])),
        pathways=draw(st.sampled_from([(), (Pathway("EOL", date(2026, 3, 3)),)])),
    )


@settings(max_examples=60, deadline=None)
@given(a_funding(), st.data())
def test_share_and_subsidy_are_the_price_under_the_cap_whatever_the_order_of_lines(
    granted: Funding, data: st.DataObject
) -> None:
    lines = [data.draw(a_line(number)) for number in range(data.draw(st.integers(1, 5)))]
    package = Package("support_at_home", YEAR, Place("VIC"), granted, tuple(lines))
    found = priced(package)
    other = priced(replace(package, lines=tuple(data.draw(st.permutations(lines)))))
    for one in found.lines:
        assert ZERO <= one.contribution <= one.amount
        assert one.funded == (one.amount if granted.debit_basis == "price" else one.amount - one.contribution)
        assert one.contribution == total([row.contribution for row in one.rows if row.contribution is not None])
        assert one.contribution == other.line(one.line.id).contribution
        assert [row.contribution for row in one.rows] == [row.contribution for row in other.line(one.line.id).rows]
    so_far = granted.allocation.contributed if granted.allocation else None
    if so_far is not None:
        room = max(ZERO, contributions.cap("standard", YEAR.last).money - so_far.amount)
        assert found.contribution <= room
    by_part = total([part.planned for part in found.components])
    outside = total([one.funded for one in found.lines]) - found.unplaced - by_part
    assert outside >= ZERO  # only days for which there is no money at all are in no part


def test_the_lifetime_cap_walks_no_days_while_it_is_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> int:
        raise AssertionError("days were looked at")

    monkeypatch.setattr("budgeting.programs.support_at_home.settling.Ledger.first_day_above", never)
    assert quoted(CLEANING, CARE, NURSE, contributed=Contributed(ZERO, day("2025-12-31"))).contribution > ZERO
