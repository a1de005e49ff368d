"""Price books: dated prices that providers publish themselves; a later entry puts an earlier one right."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from budgeting.money import Money
from budgeting.period import Band
from portal.accounts.model import Account, Organisation, Role
from portal.app import Coplan
from portal.catalogue import book_commands, book_queries as books
from portal.work import NotVisible, Refusal, Work
from tests.builders import a_membership, acting, an_account, an_organisation, signed_in
from tests.person import Person
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


def publish(work: Work, door: Organisation, cents: int, day: date = JULY, band: Band = Band.DAY) -> None:
    book_commands.publish(work, door, HOME, "personal_care", {band: Money(cents)}, day)


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
            publish(work, door, 99_00)
    for who in (other, stranger):
        with acting(coplan, who) as work, pytest.raises(NotVisible):
            publish(work, door, 1)


def test_the_price_of_a_day_is_the_latest_that_has_begun(coplan: Coplan, green: tuple[Account, Organisation]) -> None:
    lucia, door = green
    with acting(coplan, lucia) as work:
        for day, cents in ((date(2026, 1, 1), 90_00), (JULY, 99_00), (date(2027, 1, 1), 105_00)):
            publish(work, door, cents, day)
        publish(work, door, 140_00, JULY, Band.SATURDAY)
        assert prices(work, date(2026, 8, 1)) == [(Band.DAY, 99_00, JULY), (Band.SATURDAY, 140_00, JULY)]
        assert prices(work, date(2026, 6, 30)) == [(Band.DAY, 90_00, date(2026, 1, 1))]
        assert prices(work, date(2025, 12, 31)) == []


def test_what_is_entered_last_for_a_day_counts(coplan: Coplan, green: tuple[Account, Organisation]) -> None:
    lucia, door = green
    for cents in (9_90, 99_00):
        with acting(coplan, lucia) as work:
            publish(work, door, cents)
    with acting(coplan, lucia) as work:
        assert prices(work, JULY) == [(Band.DAY, 99_00, JULY)]
        with pytest.raises(Refusal):
            publish(work, door, -1)


def test_a_support_that_is_no_longer_offered_has_no_price_today_or_later(
    coplan: Coplan, green: tuple[Account, Organisation], person: Person
) -> None:
    lucia, door = green
    with acting(coplan, lucia) as work:
        today, later = work.day, work.day + timedelta(30)
        publish(work, door, 95_00, today - timedelta(9))
    page = f"/organisations/{door.id}"
    signed_in(person, lucia).open(f"{page}/write")
    person.send("offer", support=f"{HOME}:personal_care", since=later, price_day="99", price_sunday="150")
    person.open(page)
    (table,) = person.page.xpath("//table[@id='prices']")
    assert re.findall(r"\$[\d.]+", table.text_content()) == ["$95.00", "$99.00", "$150.00"]
    person.open(f"{page}/write")
    (form,) = person.page.xpath("//form[starts-with(@id, 'withdraw-')]/@id")
    person.send(form)
    with acting(coplan, lucia) as work:
        assert prices(work, today - timedelta(1)) == [(Band.DAY, 95_00, today - timedelta(9))]
        assert prices(work, today) == prices(work, later) == []
        assert not books.whole(work, door.id)


def test_what_is_not_counted_in_hours_has_one_price(
    coplan: Coplan, green: tuple[Account, Organisation], person: Person
) -> None:
    lucia, door = green
    signed_in(person, lucia).open(f"/organisations/{door.id}/write")
    person.send("offer", support=f"{HOME}:meal_delivery", since=JULY, price_sunday="20", price_day="14")
    assert "This support is not counted in hours" in person.text
    with acting(coplan, lucia) as work:
        assert not books.asked(work, HOME, JULY, "meal_delivery")  # nothing is half-saved
    person.send("offer", price_sunday="")
    with acting(coplan, lucia) as work:
        (price,) = books.asked(work, HOME, JULY, "meal_delivery")
        assert (price.band, price.price) == (Band.ANY, Money(14_00))
