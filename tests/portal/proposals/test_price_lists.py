"""The same visits at the prices that providers publish, beside what is planned now, with nothing typed."""

from __future__ import annotations

from datetime import date

import pytest

from budgeting.money import Money
from budgeting.period import Band
from portal.app import Coplan
from portal.catalogue import book_commands
from tests.builders import acting, an_organisation, signed_in
from tests.person import Person
from tests.portal.catalogue.people import an_administrator
from tests.portal.proposals.people import Circle, a_circle

JULY = date(2026, 7, 1)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def publish(circle: Circle, name: str, support: str, cents: int) -> str:
    with circle.coplan.open_work() as work:
        provider, sam = an_organisation(work, name), an_administrator(work)
    with acting(circle.coplan, sam) as work:
        book_commands.publish(work, provider, "ndis", support, {Band.DAY: Money(cents)}, JULY)
    return str(provider.id)


def test_every_provider_that_publishes_a_price_for_these_supports_stands_beside_the_draft(
    person: Person, circle: Circle
) -> None:
    line = circle.add()
    cheap = publish(circle, "Low Tide", line.terms.support or "", 50_00)
    publish(circle, "Elsewhere", "psychology", 1_00)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/bought")
    (row,) = mei.page.xpath("//table[@id='bought']/tbody/tr[contains(., 'Low Tide')]")
    assert "Its published price list" in row.text_content()
    assert not mei.page.xpath("//table[@id='bought']//tr[contains(., 'Elsewhere')]")
    mei.send(f"keep-list-{cheap}")
    assert "Kept. Nobody but you sees it until you share it." in mei.text
    assert "Low Tide" in mei.text
    assert "$50.00" in mei.text
