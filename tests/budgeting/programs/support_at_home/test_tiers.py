"""Money for equipment and changes to the home: what a tier holds, what was used, what is held, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budgeting.allocation import Allocation, Tier
from budgeting.explain import Figure
from budgeting.money import ZERO, Percent, dollars
from budgeting.package import ContributionRate, Funding
from budgeting.period import Period, month_of
from budgeting.programs.support_at_home.statement import statement
from budgeting.programs.support_at_home.statement_rows import service
from budgeting.programs.support_at_home.tiers import Standing, published, standings
from budgeting.spending import Entry, EntryState
from budgeting.words import words

SINCE, LATER = date(2026, 7, 1), date(2026, 9, 15)
EQUIPMENT = Tier("at", dollars("2000.00"), SINCE)
HOME = Tier("hm", dollars("15000.00"), date(2026, 8, 31))
CHAIR = Entry("Steady Aids", LATER, LATER, dollars("400.00"), item="equipment")
RAMP = Entry("Builders", LATER, LATER, dollars("3000.00"), item="home_modifications")


def stand(
    *tiers: Tier, entries: tuple[Entry, ...] = (), held: dict[str, Figure] | None = None, today: date = LATER
) -> tuple[Standing, ...]:
    funding = _funding(*tiers)
    return standings(funding, [service(one, funding) for one in entries], held or {}, today)


def _funding(*tiers: Tier) -> Funding:
    return Funding(
        Period(SINCE, date(2026, 9, 30)),
        classification="SAH-5",
        entered=SINCE,
        means_status="part_pensioner",
        rates=(ContributionRate("independence", Percent(50_000), SINCE),),
        allocation=Allocation(tiers=tiers),
    )


def test_a_tier_pays_the_price_less_the_share_and_the_rest_is_left() -> None:
    equipment, home = stand(EQUIPMENT, HOME, entries=(CHAIR, RAMP))
    assert (equipment.used.value, equipment.left.value) == (dollars("380.00"), dollars("1620.00"))
    assert (home.used.value, home.left.value) == (dollars("2850.00"), dollars("12150.00"))


def test_a_change_of_the_home_is_taken_from_its_own_tier_also_where_another_tier_was_told_first() -> None:
    funding = _funding(EQUIPMENT, HOME)
    made = statement(funding, month_of(LATER), [service(RAMP, funding)])
    assert [(one.key, one.taken.value) for one in made.balances if one.taken.value] == [("hm_2", dollars("2850.00"))]


def test_of_two_tiers_for_equipment_the_one_whose_days_hold_the_service_pays() -> None:
    before = Tier("at", dollars("500.00"), date(2025, 8, 1))  # until 31 July 2026
    old, new = stand(before, EQUIPMENT, entries=(CHAIR, replace(CHAIR, first=SINCE, last=SINCE)))
    assert (old.used.value, new.used.value) == (dollars("380.00"), dollars("380.00"))


@pytest.mark.parametrize(
    ("tier", "last"),
    [
        (EQUIPMENT, date(2027, 6, 30)),
        (HOME, date(2027, 8, 30)),
        (replace(HOME, extended=True), date(2028, 8, 30)),
        (Tier("hm", dollars("500.00"), date(2024, 2, 29)), date(2025, 2, 28)),
    ],
)
def test_a_tier_has_to_be_spent_within_twelve_months_or_twice_that(tier: Tier, last: date) -> None:
    (one,) = stand(tier, today=tier.since)
    assert (one.until.value, one.days.last, one.ended) == (last, last, False)


def test_nothing_is_left_once_its_time_is_over_and_nothing_is_held_any_more() -> None:
    chair = Figure(words("Shower chair"), dollars("100.00"))
    (one,) = stand(EQUIPMENT, entries=(CHAIR,), held={"at": chair}, today=date(2027, 7, 1))
    assert (one.ended, one.left.value, one.held, one.free) == (True, ZERO, None, None)


def test_what_is_held_is_free_no_more_and_a_remote_place_gets_half_as_much_again() -> None:
    (one,) = stand(replace(EQUIPMENT, remote=True), held={"at": Figure(words("Shower chair"), dollars("1250.00"))})
    assert one.granted.value == one.left.value == dollars("3000.00")
    assert one.free is not None
    assert one.free.value == dollars("1750.00")


def test_what_is_left_is_not_known_while_a_share_is_not_known_and_questioned_things_do_not_count() -> None:
    funding = replace(_funding(EQUIPMENT), rates=())
    unknown, questioned = service(CHAIR, funding), service(replace(CHAIR, state=EntryState.QUESTIONED), funding)
    (one,) = standings(funding, [unknown], {}, LATER)
    assert one.left.value is None
    (one,) = standings(funding, [questioned], {}, LATER)
    assert one.left.value == dollars("2000.00")


def test_the_published_amounts_and_the_highest_fee_are_those_of_the_scheme() -> None:
    amounts = {scheme: [one.value for _, one in published(scheme, LATER)] for scheme in ("at", "hm")}
    assert amounts["at"] == amounts["hm"] == [dollars("500.00"), dollars("2000.00"), dollars("15000.00")]
    equipment, home = stand(EQUIPMENT, HOME)
    assert (equipment.fee.value, home.fee.value) == (dollars("500.00"), dollars("1500.00"))
