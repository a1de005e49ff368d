"""The file of claims that the agency reads: its layout, what is named before it is offered, and what it never holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.money import Minutes, Money, Quantity, dollars
from budgeting.programs.ndis.bulk_claims import (
    Because,
    Claim,
    abn_fits,
    files,
    layout,
    references,
    troubles,
)
from budgeting.spending import ClaimType

TODAY = date(2026, 7, 20)
SAMPLE = Path(__file__).parents[5] / "shared" / "data" / "ndis" / "bulk-payment-request-sample.csv"
VISIT = Claim(
    registration="4050000001",
    ndis_number="430000001",
    first=date(2026, 7, 6),
    last=date(2026, 7, 6),
    item="01_011_0107_1_1",
    reference="INV-0001-1",
    minutes=Minutes(120),
    quantity=None,
    unit_price=dollars("73.58"),
)


def sentences(claim: Claim, today: date = TODAY) -> list[str]:
    return [one.text for one in troubles(claim, today)]


def rows(claims: list[Claim]) -> list[list[str]]:
    (made,) = files(claims, TODAY)
    return list(csv.reader(io.StringIO(made.text)))


def test_the_claims_of_the_published_sample_are_written_as_in_the_sample() -> None:
    if not SAMPLE.exists():
        pytest.skip("the shared data folder is not here, so the sample file is missing")
    day = timedelta(days=1)
    claims = [
        VISIT,
        replace(VISIT, reference="INV-0001-2", minutes=Minutes(40), claim_type=ClaimType.TRAVEL),
        replace(
            VISIT,
            reference="INV-0001-3",
            item="01_799_0107_1_1",
            minutes=None,
            quantity=Quantity(39_600),
            unit_price=dollars("1.00"),
        ),
        replace(
            VISIT,
            reference="INV-0001-4",
            first=VISIT.first + 2 * day,
            last=VISIT.first + 2 * day,
            claim_type=ClaimType.CANCELLATION,
            because=Because.HEALTH,
        ),
        replace(
            VISIT,
            ndis_number="430000002",
            first=VISIT.first + 3 * day,
            last=VISIT.first + 3 * day,
            item="15_617_0128_1_3_PT",
            reference="INV-0002-1",
            minutes=Minutes(30),
            unit_price=dollars("97.00"),
            claim_type=ClaimType.TRAVEL,  # the item says it already
        ),
    ]
    assert rows(claims) == list(csv.reader(SAMPLE.read_text(encoding="utf-8-sig").splitlines()))


def test_a_claim_that_is_whole_has_no_trouble() -> None:
    assert sentences(VISIT) == []
    assert sentences(replace(VISIT, billed=dollars("147.16"))) == []


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (replace(VISIT, registration=""), "The NDIS registration number of whoever claims is missing."),
        (replace(VISIT, registration="40500"), "A registration number has {digits} digits."),
        (replace(VISIT, ndis_number=""), "The NDIS number of the person is missing."),
        (replace(VISIT, ndis_number="43 000 00A"), "An NDIS number has {digits} digits."),
        (replace(VISIT, by_plan_manager=True), "The business number (ABN) of the provider is missing."),
        (
            replace(VISIT, by_plan_manager=True, abn="83 914 571 674"),
            "{abn} is not a business number (ABN). Check it on the invoice.",
        ),
        (replace(VISIT, item=""), "The support item number is missing."),
        (replace(VISIT, item="=1+1"), "{item} is not a support item number."),
        (
            replace(VISIT, item="01_011_0107_1_1_T"),
            "{item} had a price of earlier years. On this day no price list has it.",
        ),
        (replace(VISIT, unit_price=None), "The price is missing."),
        (replace(VISIT, minutes=None), "The hours or the number are missing."),
        (replace(VISIT, claim_type=ClaimType.CANCELLATION), "Choose why the visit was called off."),
        (
            replace(VISIT, first=date(2026, 7, 21), last=date(2026, 7, 21)),
            "This day has not come yet. A support is claimed after it was given.",
        ),
        (
            replace(VISIT, limit=dollars("73.57")),
            "The price {price} is above the price limit {limit} of that day. The agency pays the limit at most.",
        ),
        (
            replace(VISIT, billed=dollars("147.00")),
            "The hours or number at this price come to {amount}, and the invoice says {billed}.",
        ),
    ],
)
def test_what_would_be_turned_down_is_named_before_the_file_is_offered(claim: Claim, said: str) -> None:
    assert sentences(claim) == [said]
    with pytest.raises(ValueError, match="trouble"):
        files([claim], TODAY)


def test_a_price_at_the_limit_is_claimed() -> None:
    assert sentences(replace(VISIT, limit=dollars("73.58"))) == []


def test_a_support_can_be_claimed_on_the_last_day_of_its_two_years_and_not_on_the_next() -> None:
    old = replace(VISIT, first=date(2024, 7, 21), last=date(2024, 7, 21))
    assert sentences(old, date(2026, 7, 20)) == []
    assert sentences(old, date(2026, 7, 21)) == [
        "It could be claimed until {day}. Ask the agency whether it still pays."
    ]


def test_a_plan_manager_says_whose_business_number_it_is_and_a_provider_does_not() -> None:
    claim = replace(VISIT, by_plan_manager=True, abn="83 914 571 673")
    assert rows([claim])[1][-1] == "83914571673"
    assert rows([replace(claim, abn="reimb")])[1][-1] == "REIMB"
    assert rows([replace(claim, by_plan_manager=False)])[1][-1] == ""


def test_a_business_number_has_to_add_up() -> None:
    assert abn_fits("51 824 753 556")  # the example of the Australian Business Register
    assert not abn_fits("51 824 753 557")
    assert not abn_fits("51 824 753")


def test_a_file_has_at_most_five_thousand_claims_and_none_is_lost() -> None:
    many = [replace(VISIT, reference=f"R{number}") for number in range(5001)]
    made = files(many, TODAY)
    assert [one.claims for one in made] == [5000, 1]
    assert sum(one.amount.minor for one in made) == 5001 * 2 * 7358
    assert len(made[0].text.splitlines()) == 5001  # with its header
    assert layout(TODAY).most_rows == 5000


def test_no_claim_is_handed_in_under_the_reference_of_another() -> None:
    with pytest.raises(ValueError, match="reference"):
        files([VISIT, VISIT], TODAY)


def test_two_rows_of_one_invoice_get_references_of_their_own() -> None:
    assert references(["INV 7", "INV 7", "", ""], TODAY) == ("INV-7-1", "INV-7-2", "20260720-1", "20260720-2")


def test_without_claims_there_is_no_file() -> None:
    assert files([], TODAY) == ()


ANYTHING = st.text(max_size=60)


@given(st.lists(ANYTHING, max_size=20))
@settings(max_examples=60, deadline=None)
def test_whatever_an_invoice_is_called_its_reference_is_one_the_agency_reads(invoices: list[str]) -> None:
    made = references(invoices, TODAY)
    assert len(set(made)) == len(invoices)
    for reference in made:
        assert sentences(replace(VISIT, reference=reference)) == []


def arbitrary() -> st.SearchStrategy[Claim]:
    def built(values: tuple[str, str, str, str, int, int]) -> Iterator[Claim]:
        number, item, reference, abn, minutes, price = values
        yield replace(
            VISIT,
            ndis_number=number,
            item=item,
            reference=reference,
            abn=abn,
            minutes=Minutes(minutes),
            unit_price=Money(price),
            by_plan_manager=bool(minutes % 2),
        )

    texts = st.one_of(ANYTHING, st.sampled_from(["=HYPERLINK(1)", "+1", "-1", "@x", "430000001", "01_011_0107_1_1"]))
    whole = st.tuples(texts, texts, texts, texts, st.integers(-10, 70_000), st.integers(-10, 2_000_000_000))
    return whole.map(lambda values: next(built(values)))


@given(arbitrary())
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_no_cell_of_the_file_begins_like_a_sum(claim: Claim) -> None:
    if troubles(claim, TODAY):
        return
    for cell in rows([claim])[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
