"""The form of one delivered support: from what is typed to what is told, and back into its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from budgeting import programs
from budgeting.money import HOURLY, MINUTES_PER_HOUR, UNIT, Minutes, Money, Quantity
from budgeting.package import AtLimit, Units, hours
from budgeting.programs.ndis.claims import gst_code
from budgeting.spending import ClaimType, Entry
from budgeting.spending.checks import agreed_price, limit_on
from budgeting.spending.matching import Planned, by_line, match
from budgeting.words import words
from portal.catalogue.problem import Odd
from portal.funding.forms import money_typed
from portal.reading import bare
from portal.site import forms
from portal.spending import cells
from portal.spending.book import Book, placed
from portal.spending.model import Delivered, Told
from portal.work import Refusal

OTHER = "other"  #: something that is not in the plan


@dataclass(frozen=True)
class EntryForm:
    """One delivered support as it is typed. What is left out is worked out, or stays unknown."""

    day: date = forms.day()
    last: date | None = forms.day(required=False)
    support: str = forms.text(40, required=False)
    quantity: str = forms.text(30, required=False)
    price: Money | None = forms.money(required=False)
    amount: Money | None = forms.money(required=False)
    credit: bool = forms.tick()
    provider: str = forms.text(200, required=False)
    invoice: str = forms.text(80, required=False)
    kind: ClaimType = forms.choice(ClaimType)
    part: str = forms.text(40, required=False)
    description: str = forms.text(500, required=False)
    item: str = forms.text(60, required=False)
    contribution: Money | None = forms.money(required=False)
    note: str = forms.text(500, required=False)


@dataclass(frozen=True)
class NewForm(EntryForm):
    again: bool = forms.tick()


@dataclass(frozen=True)
class ChangeForm(EntryForm):
    version: int = forms.version()


def told(form: EntryForm, book: Book, was: Delivered | None = None) -> Told:
    """What a form says about a delivered support; Refusal where no amount can be worked out.

    Without a price the agreed one of that day counts, else the limit where that is what was agreed.
    """
    planned = line_of(book, form.support, form.day)
    thousandths, minutes, unit = _counted(form.quantity, _unit(form, book, planned))
    entry = _entry(form, book, planned, was)
    entry = replace(
        entry,
        quantity=None if thousandths is None else Quantity(thousandths),
        minutes=None if minutes is None else Minutes(minutes),
        unit=unit,
    )
    price = form.price or price_of(book, entry, planned)
    amount = form.amount or worked_out(price, entry)
    if amount is None:
        raise Refusal(words("Enter the amount, or how much it was and the price of one."), "amount")
    where = placed(replace(entry, amount=amount), match([entry], book.plan.planned, book.program)[0], book.setting)
    return Told(
        first=form.day,
        last=form.last or form.day,
        amount=-amount if form.credit else amount,
        provider_id=entry.provider_id,
        provider_name="" if entry.provider_id else entry.provider,
        abn=was.abn if was else "",
        description=form.description,
        item=entry.item,
        begins=was.begins if was else None,
        thousandths=thousandths,
        unit=unit,
        minutes=minutes,
        unit_price=price,
        gst=was.gst if was else gst_code(form.day),
        claim_type=form.kind,
        line_id=UUID(where.line) if where.line else None,
        component=_part(form, book) or where.component,
        management=where.management,
        contribution=form.contribution,
        invoice=form.invoice,
        invoice_date=was.invoice_date if was else None,
        note=form.note,
    )


def _part(form: EntryForm, book: Book) -> str | None:
    """The part of the funding that somebody chose; None where it is the one of the support. Refusal for another."""
    if form.part and form.part not in {one.key for one in book.setting.components}:
        raise Refusal(words("Choose one of the answers."), "part")
    return form.part or None


def line_of(book: Book, chosen: str, day: date) -> Planned | None:
    """The line of the plan that was chosen, as it stood on a day; None for something else, Refusal for another."""
    if chosen in ("", OTHER):
        return None
    known = by_line(book.plan.planned).get(chosen)
    if not known:
        raise Refusal(words("Choose one of the answers."), "support")
    return next((one for one in known if day in one.days), known[-1])


def _entry(form: EntryForm, book: Book, planned: Planned | None, was: Delivered | None) -> Entry:
    """The entry without what is counted; provider and item come from the line where nobody typed any."""
    provider, provider_id = form.provider, None
    same = was is not None and was.provider_id and provider == book.provider(was).text
    if was is not None and same:
        provider_id = was.provider_id
    if planned is not None and provider in ("", planned.line.provider):
        provider, provider_id = planned.line.provider or "", planned.provider_id
    return Entry(
        provider=provider,
        first=form.day,
        last=form.last or form.day,
        amount=form.amount or Money(0),
        description=form.description,
        item=cells.item(form.item),
        unit_price=form.price,
        claim_type=form.kind,
        provider_id=provider_id,
        line=planned.line.id if planned else None,
    )


def _unit(form: EntryForm, book: Book, planned: Planned | None) -> str:
    """What is counted where nobody types it: as the line or the support item has it, else hours.

    What is paid at its actual cost is counted in dollars, unless its price stands beside it: then it is so many things.
    """
    if planned is not None:
        schedule = planned.line.schedule
        return schedule.unit if isinstance(schedule, Units) else "H"
    item = cells.item(form.item)
    row = book.setting.editions.row(item, form.day)
    family = programs.program(book.program).family(item)
    unit = row.item.unit if row else family.unit if family else "H"
    return "E" if unit == "actual_cost" and form.price is not None else unit


def _counted(typed: str, unit: str) -> tuple[int | None, int | None, str]:
    """How many units, how many minutes, and of what, unless the words say otherwise."""
    try:
        found = cells.quantity(typed)
        if found and bare(typed).startswith("-"):  # in a file it marks a credit
            raise Odd(words("Enter a number that is zero or more."))
    except Odd as odd:
        raise Refusal(odd.message, "quantity") from None
    if found is None:
        return None, None, unit
    quantity, length, said = found
    unit = said or unit
    minutes, rest = divmod(quantity.thousandths * MINUTES_PER_HOUR, UNIT)
    exact = length.count if length else minutes if unit in HOURLY and not rest else None
    return quantity.thousandths, exact, unit


def price_of(book: Book, entry: Entry, planned: Planned | None) -> Money | None:
    """The price of one on a day where nobody typed one: as agreed, or the limit where that was agreed."""
    agreed = agreed_price(entry, planned, book.setting)
    if agreed is not None or planned is None or not isinstance(planned.line.price, AtLimit):
        return agreed
    row = next((one for one in _rows(book, planned, entry) if one is not None), None)
    return limit_on(replace(entry, item=row), planned, book.setting) if row else None


def _rows(book: Book, planned: Planned, entry: Entry) -> list[str | None]:
    """The item of a line on a day: as typed, else what the plan counted for a visit like it."""
    if entry.item:
        return [entry.item]
    frozen = book.plan.current
    lines = [one for one in frozen.lines if str(one.id) == planned.line.id] if frozen else []
    days = [row for line in lines for row in line.amounts if row.first <= entry.first <= row.last]
    return [row.item for row in sorted(days, key=lambda row: -row.visits)]


def worked_out(price: Money | None, entry: Entry) -> Money | None:
    """The price of one times how many; None where either is not known."""
    if price is None or entry.quantity is None:
        return None
    if entry.minutes is not None and entry.unit in HOURLY:
        return price.for_minutes(entry.minutes.count)
    return price.for_units(entry.quantity.thousandths)


def blank(book: Book, chosen: str, day: date) -> Mapping[str, object]:
    """The form as it opens for a new entry: with the length and the price of the line that was chosen."""
    planned = line_of(book, chosen, day)
    empty = Entry("", day, day, Money(0))
    price = price_of(book, empty, planned) if planned else None
    visit = planned.visit if planned else None
    return {
        **dict.fromkeys(("last", "amount", "invoice", "part", "description", "item", "contribution", "note"), ""),
        "credit": False,
        "day": day.isoformat(),
        "support": chosen,
        "quantity": number_typed(hours(visit.count)) if visit else "",
        "price": money_typed(price),
        "kind": ClaimType.STANDARD.value,
        "provider": (planned.line.provider or "") if planned else "",
    }


def filled(book: Book, one: Delivered) -> Mapping[str, object]:
    """The form as it opens to correct an entry."""
    length = Minutes(one.minutes) if one.minutes is not None else None
    typed = f"{length.count // 60}:{length.count % 60:02d}" if length else number_typed(one.quantity)
    return {
        "day": one.first.isoformat(),
        "last": one.last.isoformat() if one.last != one.first else "",
        "support": str(one.line_id) if one.line_id else OTHER,
        "quantity": typed,
        "price": money_typed(one.unit_price),
        "amount": money_typed(abs_of(one.amount)),
        "credit": one.amount.minor < 0,
        "provider": book.provider(one).text,
        "invoice": one.invoice,
        "kind": one.claim_type.value,
        "part": one.component or "",
        "description": one.description,
        "item": one.item,
        "contribution": money_typed(one.contribution),
        "note": one.note,
    }


def abs_of(amount: Money) -> Money:
    """An amount without its sign."""
    return -amount if amount.minor < 0 else amount


def number_typed(quantity: Quantity | None) -> str:
    """A quantity as people type it; empty for none."""
    if quantity is None:
        return ""
    whole, rest = divmod(quantity.thousandths, UNIT)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
