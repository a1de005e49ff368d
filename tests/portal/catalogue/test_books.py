"""Price books: dated prices that providers publish themselves; a later entry puts an earlier one right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from budgeting.money import Money
from budgeting.period import Band
from portal.accounts.model import Account, Organisation, Role
from portal.app import Coplan
from portal.catalogue import books
from portal.options import organisation_commands as organisations, organisation_queries
from portal.work import NotVisible, Refusal, Work
from tests.builders import a_membership, acting, an_account, an_organisation
from tests.portal.catalogue.people import an_administrator

HOME = "support_at_home"
JULY = date(2026, 7, 1)


@pytest.fixture
def green(coplan: Coplan) -> tuple[Account, Organisation]:
    """A provider that sets its own prices, and somebody who works there."""
    with coplan.open_work() as work:
        lucia, door = an_account(work, "Lucia Rossi"), an_organisation(work, "Green Door")
        a_membership(work, lucia, door, Role.PROVIDER_STAFF)
    return lucia, door


def enter(work: Work, door: Organisation, cents: int | None, day: date = JULY, band: Band = Band.DAY) -> None:
    price = None if cents is None else Money(cents)
    books.enter(work, door, HOME, "personal_care", band, day, price)


def prices(work: Work, day: date) -> list[tuple[Band, int, date]]:
    found = books.asked(work, HOME, day, "personal_care")
    return [(one.band, one.price.minor, one.valid_from) for one in found]


def test_its_own_people_and_the_administrator_enter_prices_and_nobody_else(
    coplan: Coplan, green: tuple[Account, Organisation]
) -> None:
    lucia, door = green
    with coplan.open_work() as work:
        sam, other, stranger = an_administrator(work), an_account(work, "Grace Tan"), an_account(work, "Karim")
        a_membership(work, other, an_organisation(work, "Sunrise"), Role.PROVIDER_STAFF)
    for who in (lucia, sam):
        with acting(coplan, who) as work:
            enter(work, door, 99_00)
    for who in (other, stranger):
        with acting(coplan, who) as work, pytest.raises(NotVisible):
            enter(work, door, 1)


def test_the_price_of_a_day_is_the_latest_that_has_begun(coplan: Coplan, green: tuple[Account, Organisation]) -> None:
    lucia, door = green
    with acting(coplan, lucia) as work:
        for day, cents in ((date(2026, 1, 1), 90_00), (JULY, 99_00), (date(2027, 1, 1), 105_00)):
            enter(work, door, cents, day)
        enter(work, door, 140_00, JULY, Band.SATURDAY)
        assert prices(work, date(2026, 8, 1)) == [(Band.DAY, 99_00, JULY), (Band.SATURDAY, 140_00, JULY)]
        assert prices(work, date(2026, 6, 30)) == [(Band.DAY, 90_00, date(2026, 1, 1))]
        assert prices(work, date(2025, 12, 31)) == []


def test_what_is_entered_last_for_a_day_counts(coplan: Coplan, green: tuple[Account, Organisation]) -> None:
    lucia, door = green
    for cents in (9_90, 99_00):
        with acting(coplan, lucia) as work:
            enter(work, door, cents)
    with acting(coplan, lucia) as work:
        assert prices(work, JULY) == [(Band.DAY, 99_00, JULY)]
        with pytest.raises(Refusal):
            enter(work, door, -1)


def test_a_support_that_is_no_longer_offered_has_no_price_today_or_later(
    coplan: Coplan, green: tuple[Account, Organisation]
) -> None:
    lucia, door = green
    with acting(coplan, lucia) as work:
        today, later = work.day, work.day + timedelta(30)
        for day, cents in ((today - timedelta(9), 95_00), (later, 99_00)):
            organisations.offer(work, door, HOME, "personal_care", {Band.DAY: Money(cents)}, day)
        organisations.offer(work, door, HOME, "cleaning", {Band.DAY: Money(80_00)})
        assert [one.price.minor for one in books.whole(work, door.id)] == [80_00, 95_00, 99_00]
    with acting(coplan, lucia) as work:
        rows = organisation_queries.offerings(work, HOME, door.id)
        (row,) = [one for one in rows if one.support == "personal_care"]
        organisations.withdraw_offer(work, door, row)
        assert prices(work, today - timedelta(1)) == [(Band.DAY, 95_00, today - timedelta(9))]
        assert prices(work, today) == prices(work, later) == []
        assert [one.support for one in books.whole(work, door.id)] == ["cleaning"]


def test_what_is_not_counted_in_hours_has_one_price(coplan: Coplan, green: tuple[Account, Organisation]) -> None:
    lucia, door = green
    with acting(coplan, lucia) as work:
        organisations.offer(work, door, HOME, "meal_delivery", {Band.DAY: Money(14_00)}, JULY)
        (price,) = books.asked(work, HOME, JULY, "meal_delivery")
        assert (price.band, price.price) == (Band.ANY, Money(14_00))
        with pytest.raises(Refusal) as refused:
            organisations.offer(work, door, HOME, "meal_delivery", {Band.SUNDAY: Money(20_00)}, JULY)
        assert refused.value.field == "price_sunday"
