"""What is not free because of a purchase, beside what its supplier has invoiced."""

from __future__ import annotations

from budgeting.living.equipment import Asked, Step, buying, held_together, not_free, paying
from budgeting.money import ZERO, Money, dollars
from budgeting.words import Name

CHAIR = paying(Step.ORDERED, buying(Asked("Wheels", dollars("3000"))), None, None, rest_paid=False)


def _left(invoiced: str, fitting: str) -> Money:
    return not_free(CHAIR, (), None, dollars(invoiced), dollars(fitting)).amount


def test_only_an_invoice_of_an_amount_that_was_asked_releases_what_is_held() -> None:
    assert _left("3000", "3000") == ZERO
    assert _left("400", "0") == dollars("3000")
    assert _left("3400", "3000") == ZERO


def test_an_invoice_that_was_credited_releases_nothing() -> None:
    assert _left("0", "3000") == dollars("3000")


def test_other_invoices_of_the_supplier_are_named_until_it_is_paid() -> None:
    unsaid = not_free(CHAIR, (), None, dollars("400"), ZERO)
    assert len(unsaid.not_included) == 1
    paid = paying(Step.IN_USE, buying(Asked("Wheels", dollars("3000"))), None, None, rest_paid=True)
    assert not_free(paid, (), None, dollars("3100"), ZERO).amount == ZERO


def test_what_is_paid_and_not_yet_in_the_spending_is_not_said_to_be_unpaid() -> None:
    paid = paying(Step.IN_USE, buying(Asked("Wheels", dollars("3000"))), None, None, rest_paid=True)
    together = held_together([(Name("Chair"), not_free(paid, (), None, ZERO, ZERO))])
    assert together.amount == dollars("3000")
    assert together.sum is not None
    assert "not paid" not in together.sum.text
