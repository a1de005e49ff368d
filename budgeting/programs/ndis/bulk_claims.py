"""The bulk payment request: claims for agency-managed and plan-managed supports in the layout the agency publishes.

Every claim is looked at first. What is missing or would be turned down is named claim by claim, and only claims without
a trouble go into a file. The layout is data (``bulk_claims.toml``), with its source and what is not verified about it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from budgeting.explain import Confidence, Source
from budgeting.money import MINUTES_PER_HOUR, UNIT, ZERO, Minutes, Money, Quantity, dollars, total
from budgeting.programs.listed import table
from budgeting.programs.ndis import FOLDER
from budgeting.programs.ndis.claims import GstCode, claim_by
from budgeting.programs.ndis.items import transformation
from budgeting.spending import ClaimType
from budgeting.words import Name, Words, nwords, words

EXEMPT = ("REIMB", "EXCLS")  # instead of a business number: a reimbursement, or exempt from quoting one
_DIGITS = re.compile(r"[0-9]+")
_ITEM = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")
_REFERENCE = re.compile(r"[A-Za-z0-9/_][A-Za-z0-9/_-]*")  # never begins with what a spreadsheet takes for a sum
_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)  # Australian Business Register: format of the ABN
_ABN_REST = 89


class Because(StrEnum):
    """Why a visit was called off at short notice, as the claims system writes it."""

    HEALTH = "NSDH"
    FAMILY = "NSDF"
    TRANSPORT = "NSDT"
    OTHER = "NSDO"

    @property
    def words(self) -> Words:
        """The reason in a few words."""
        return _BECAUSE[self]


_BECAUSE = {
    Because.HEALTH: words("Because of health"),
    Because.FAMILY: words("Because of family"),
    Because.TRANSPORT: words("Because there was no transport"),
    Because.OTHER: words("For another reason"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One row to be claimed. Days are inclusive; ``minutes`` for what is paid by the hour, else ``quantity``.

    ``abn`` is of the provider when a plan manager claims, and stays empty when the provider claims itself. ``limit`` is
    the price limit on the day of service; None: there is none, or it is not known. ``billed`` is what the invoice says
    in all; None: nobody told.
    """

    registration: str
    ndis_number: str
    first: date
    last: date
    item: str
    reference: str
    minutes: Minutes | None
    quantity: Quantity | None
    unit_price: Money | None
    gst: GstCode = GstCode.FREE
    claim_type: ClaimType = ClaimType.STANDARD
    because: Because | None = None
    abn: str = ""
    by_plan_manager: bool = False
    limit: Money | None = None
    billed: Money | None = None

    @property
    def amount(self) -> Money | None:
        """What is claimed, rounded half up to the cent once; None while the price or the quantity is not known."""
        if self.unit_price is None:
            return None
        if self.minutes is not None:
            return self.unit_price.for_minutes(self.minutes.count)
        return None if self.quantity is None else self.unit_price.for_units(self.quantity.thousandths)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file of claims is written from a day on."""

    since: date
    source: Source
    columns: tuple[str, ...]
    most_rows: int
    registration_digits: int
    ndis_digits: int
    reference_length: int
    most_hours: int
    most_units_with_part: int
    most_units: int
    most_price: Money
    own_items: tuple[str, ...]
    claim_types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class File:
    """One file to hand in: its text, how many claims it holds, and what they add up to."""

    text: str
    claims: int
    amount: Money


def layout(day: date) -> Layout:
    """The layout that holds on a day; before the first one that was read, that one."""
    known = [one for one in _layouts() if one.since <= day]
    return known[-1] if known else _layouts()[0]


@cache
def _layouts() -> tuple[Layout, ...]:
    return tuple(sorted(map(_layout, table(FOLDER / "bulk_claims.toml")["layout"]), key=lambda one: one.since))


def _layout(raw: Mapping[str, Any]) -> Layout:
    source = Source(raw["source"], raw["clause"], raw["since"], Confidence(raw["confidence"]))
    return Layout(
        since=raw["since"],
        source=source,
        columns=tuple(raw["columns"]),
        most_rows=raw["most_rows"],
        registration_digits=raw["registration_digits"],
        ndis_digits=raw["ndis_digits"],
        reference_length=raw["reference_length"],
        most_hours=raw["most_hours"],
        most_units_with_part=raw["most_units_with_part"],
        most_units=raw["most_units"],
        most_price=dollars(raw["most_price"]),
        own_items=tuple(raw["own_items"]),
        claim_types=dict(raw["claim_types"]),
    )


def troubles(claim: Claim, today: date) -> tuple[Words, ...]:
    """Everything for which a claim would be turned down, in the order of the columns; none: it can be handed in."""
    form = layout(today)
    return (*_parties(claim, form), *_days(claim, today), *_what(claim, form), *_price(claim, form))


def _parties(claim: Claim, form: Layout) -> Iterator[Words]:
    if not claim.registration:
        yield words("The NDIS registration number of whoever claims is missing.")
    elif not digits_fit(claim.registration, form.registration_digits):
        yield words("A registration number has {digits} digits.", digits=form.registration_digits)
    if not claim.ndis_number:
        yield words("The NDIS number of the person is missing.")
    elif not digits_fit(claim.ndis_number, form.ndis_digits):
        yield words("An NDIS number has {digits} digits.", digits=form.ndis_digits)
    if claim.by_plan_manager:
        if not claim.abn:
            yield words("The business number (ABN) of the provider is missing.")
        elif bare(claim.abn) not in EXEMPT and not abn_fits(claim.abn):
            yield words("{abn} is not a business number (ABN). Check it on the invoice.", abn=Name(claim.abn[:20]))


def _days(claim: Claim, today: date) -> Iterator[Words]:
    if claim.last < claim.first:
        yield words("The last day is before the first one.")
    if claim.last > today:
        yield words("This day has not come yet. A support is claimed after it was given.")
    last_day = claim_by(claim.first).day
    if today > last_day:
        yield words("It could be claimed until {day}. Ask the agency whether it still pays.", day=last_day)


def _what(claim: Claim, form: Layout) -> Iterator[Words]:
    if not claim.item:
        yield words("The support item number is missing.")
    elif not _ITEM.fullmatch(claim.item):
        yield words("{item} is not a support item number.", item=Name(claim.item[:40]))
    elif transformation(claim.item, claim.first) is False:
        yield words("{item} had a price of earlier years. On this day no price list has it.", item=Name(claim.item))
    if not _REFERENCE.fullmatch(claim.reference) or len(claim.reference) > form.reference_length:
        yield words("The claim reference may only hold letters, digits and the signs / _ -.")
    if claim.minutes is None and claim.quantity is None:
        yield words("The hours or the number are missing.")
    elif claim.minutes is not None:
        if claim.minutes.count <= 0:
            yield words("The hours must be more than nothing. A credit is settled with the agency, not claimed.")
        elif claim.minutes.count > form.most_hours * MINUTES_PER_HOUR:
            yield words("One row holds at most {hours} hours. Split it by days.", hours=form.most_hours)
    elif claim.quantity is not None:
        yield from _quantity(claim.quantity, form)
    if claim.claim_type is ClaimType.CANCELLATION and claim.because is None:
        yield words("Choose why the visit was called off.")


def _quantity(quantity: Quantity, form: Layout) -> Iterator[Words]:
    whole, part = divmod(quantity.thousandths, UNIT)
    if quantity.thousandths <= 0:
        yield words("The number must be more than nothing. A credit is settled with the agency, not claimed.")
    elif part % 10:
        yield words("The number may have two decimals, not three.")
    elif whole > (form.most_units_with_part if part else form.most_units):
        yield words("The number is too large for one row. Split it by days.")


def _price(claim: Claim, form: Layout) -> Iterator[Words]:
    if claim.unit_price is None:
        yield words("The price is missing.")
    elif claim.unit_price <= ZERO:
        yield words("The price must be more than nothing. A credit is settled with the agency, not claimed.")
    elif claim.unit_price > form.most_price:
        yield words("The price is too large for one row.")
    elif claim.limit is not None and claim.unit_price > claim.limit:
        yield words(
            "The price {price} is above the price limit {limit} of that day. The agency pays the limit at most.",
            price=claim.unit_price,
            limit=claim.limit,
        )
    amount = claim.amount
    if amount is not None and claim.billed is not None and amount != claim.billed:
        yield words(
            "The hours or number at this price come to {amount}, and the invoice says {billed}.",
            amount=amount,
            billed=claim.billed,
        )


def digits_fit(text: str, count: int) -> bool:
    """Whether a number as typed has so many digits; spaces between them do not matter."""
    return bool(_DIGITS.fullmatch(bare(text))) and len(bare(text)) == count


def abn_fits(text: str) -> bool:
    """Whether an Australian business number is right: eleven digits whose weighted sum is a multiple of 89.

    Source: Australian Business Register, format of the ABN.
    """
    digits = bare(text)
    if not digits_fit(digits, len(_ABN_WEIGHTS)):
        return False
    numbers = [int(digits[0]) - 1, *(int(one) for one in digits[1:])]
    return sum(weight * number for weight, number in zip(_ABN_WEIGHTS, numbers, strict=True)) % _ABN_REST == 0


def bare(text: str) -> str:
    """A number as the file holds it: without the spaces people write in it."""
    return "".join(text.split()).upper()


def references(invoices: Iterable[str], day: date) -> tuple[str, ...]:
    """A claim reference for each row: its invoice number with a count, so that no two of one file are the same.

    Signs that the agency does not read become a dash; a row without an invoice number is known by the day.
    """
    longest = layout(day).reference_length - 7  # room for the count
    found, counts = [], dict[str, int]()
    for invoice in invoices:
        clean = re.sub(r"[^A-Za-z0-9/_]+", "-", invoice).strip("-")[:longest].rstrip("-") or f"{day:%Y%m%d}"
        counts[clean] = counts.get(clean, 0) + 1
        found.append(f"{clean}-{counts[clean]}")
    return tuple(found)


def files(claims: Sequence[Claim], today: date) -> tuple[File, ...]:
    """The claims as files, each with at most as many rows as the agency reads; a claim with a trouble is a ValueError.

    Two claims of one reference are a ValueError too: the agency takes the second for the first sent twice.
    """
    form = layout(today)
    if any(troubles(claim, today) for claim in claims):
        raise ValueError("a claim with a trouble is not handed in")
    if len({claim.reference for claim in claims}) < len(claims):
        raise ValueError("every claim needs a reference of its own")
    starts = range(0, len(claims), form.most_rows)
    return tuple(_file(claims[start : start + form.most_rows], form) for start in starts)


def _file(claims: Sequence[Claim], form: Layout) -> File:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(form.columns)
    writer.writerows(_row(claim, form) for claim in claims)
    return File(out.getvalue(), len(claims), total([claim.amount for claim in claims if claim.amount is not None]))


def _row(claim: Claim, form: Layout) -> tuple[str, ...]:
    assert claim.unit_price is not None, "a claim without a price has a trouble"
    own = claim.item.endswith(form.own_items)
    cancelled = claim.claim_type is ClaimType.CANCELLATION
    return (
        bare(claim.registration),
        bare(claim.ndis_number),
        claim.first.isoformat(),
        claim.last.isoformat(),
        claim.item,
        claim.reference,
        _units(claim.quantity) if claim.minutes is None and claim.quantity is not None else "",
        _hours(claim.minutes) if claim.minutes is not None else "",
        _cents(claim.unit_price),
        claim.gst.value,
        "",
        "",
        "",
        "" if own else form.claim_types[claim.claim_type.value],
        claim.because.value if cancelled and not own and claim.because else "",
        bare(claim.abn) if claim.by_plan_manager else "",
    )


def _hours(minutes: Minutes) -> str:
    hours, rest = divmod(minutes.count, MINUTES_PER_HOUR)
    return f"{hours:03d}:{rest:02d}"


def _units(quantity: Quantity) -> str:
    whole, part = divmod(quantity.thousandths, UNIT)
    return f"{whole}.{part // 10:02d}" if part else f"{whole}"


def _cents(amount: Money) -> str:
    whole, cents = divmod(amount.minor, 100)
    return f"{whole}.{cents:02d}"


def ready(count: int, all_of_them: int) -> Words:
    """How many of some claims can be handed in, in a sentence."""
    if count == all_of_them:
        return nwords("{n} claim is ready.", "All {n} claims are ready.", count)
    return nwords("{n} of {all} claims is ready.", "{n} of {all} claims are ready.", count, all=all_of_them)
