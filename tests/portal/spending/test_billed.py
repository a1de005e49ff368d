"""What an invoice charges explains itself: by its own time and price where these come to it, else as it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budgeting.money import Minutes, Money, Quantity
from budgeting.spending import Entry
from budgeting.spending.totals import billed_figure
from budgeting.words import words
from tests.portal.pocket import follow, reader, rendered

DAY = date(2026, 11, 3)
TOLD = Entry("Sunrise", DAY, DAY, Money(102_00))
TIMED = replace(TOLD, minutes=Minutes(90), unit_price=Money(68_00))
COUNTED = replace(TOLD, amount=Money(37_50), quantity=Quantity(2_500), unit="E", unit_price=Money(15_00))


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
@pytest.mark.parametrize("entry", [TOLD, TIMED, COUNTED])
def test_a_pocket_calculator_gets_what_an_invoice_charges(entry: Entry, tag: str) -> None:
    one = reader(tag)
    follow(rendered(billed_figure(words("To claim"), entry), one.language), one)


def test_an_amount_that_its_own_price_does_not_come_to_is_only_what_the_invoice_says() -> None:
    assert len(billed_figure(words("To claim"), TIMED).parts) == 2
    assert billed_figure(words("To claim"), replace(TIMED, amount=Money(156_00))).parts == ()
