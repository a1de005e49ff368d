"""Claims as ready values: the sheet of a self-manager, and the rows that a provider or plan manager hands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.claim_days import ClaimBy
from budgeting.explain import UNITS
from budgeting.money import HOURLY, MINUTES_PER_HOUR, UNIT, Minutes, Money, Quantity
from budgeting.package import Management, as_minutes
from budgeting.programs.ndis.bulk_claims import Because, Claim, references, troubles
from budgeting.spending import ClaimType, EntryState
from budgeting.spending.checks import unit_price
from budgeting.spending.totals import billed_figure, by_provider
from budgeting.words import Name, Value, Words, words
from portal.funding.terms import NDIS
from portal.language import show_plain
from portal.site.tables import Cell, Column, Content, Table, in_one_piece
from portal.spending.claim_queries import TO_CLAIM, Claimable, Party
from portal.spending.model import Delivered

Names = Mapping[UUID, tuple[Name, str]]  # of organisations in this portal: name and business number
SOON = timedelta(days=30)
MOST_TICKS = 60  # so many at once, the most urgent first


@dataclass(frozen=True)
class Sheet:
    """A client's claims by who makes them and how far they are; each list has the most urgent first."""

    open: tuple[Delivered, ...]  #: self-managed, not claimed yet
    on_the_way: tuple[Delivered, ...]  #: self-managed, claimed and not paid
    done: tuple[Delivered, ...]  #: self-managed, paid or refused
    plan_managed: tuple[Delivered, ...]
    agency_managed: tuple[Delivered, ...]
    unknown: tuple[Delivered, ...]  #: nobody said who manages the money
    questioned: int


def sheet(delivered: Iterable[tuple[Delivered, Management | None]]) -> Sheet:
    """The entries of a client in their order, each with who manages its money, by who claims and how far they are."""
    rows = list(delivered)
    usable = [(one, who) for one, who in rows if one.state is not EntryState.QUESTIONED]
    own = [one for one, who in usable if who is Management.SELF]
    return Sheet(
        open=tuple(one for one in own if one.state in TO_CLAIM),
        on_the_way=tuple(one for one in own if one.state is EntryState.CLAIMED),
        done=tuple(one for one in own if one.state in (EntryState.PAID, EntryState.REFUSED)),
        plan_managed=tuple(one for one, who in usable if who is Management.PLAN),
        agency_managed=tuple(one for one, who in usable if who is Management.AGENCY),
        unknown=tuple(one for one, who in usable if who is None),
        questioned=len(rows) - len(usable),
    )


def support(one: Delivered, program: str = NDIS) -> Value | None:
    """What was done, as the invoice says it, else by the support's everyday name or number; None where it is silent."""
    if one.description:
        return Name(one.description)
    family = programs.program(program).family(one.item)
    return family.label if family else Name(one.item) if one.item else None


def amount_of_it(one: Delivered) -> Value | None:
    """Hours, or a number of something; None where the invoice has only an amount."""
    return _time(one) or one.quantity


def _time(one: Delivered) -> Minutes | None:
    """The time of what is counted in hours, to the minute; None for what is not, or not in whole minutes."""
    if one.unit not in HOURLY:
        return None
    if one.minutes is not None:
        return Minutes(one.minutes)
    if one.thousandths is None or one.thousandths * MINUTES_PER_HOUR % UNIT:
        return None
    return as_minutes(Quantity(one.thousandths))


def claim_by_cell(by: ClaimBy | None, today: date) -> Content:
    """The last day of a claim, and how near it is; empty where the program has none that is known."""
    if by is None:
        return ""
    if by.late(today):
        return Cell(by.day, note=words("Ask the agency what is still possible."), badge="bad")
    return Cell(by.day, badge="warn" if by.day - today <= SOON else None)


def sooner_cell(by: ClaimBy | None, today: date) -> Content:
    """The earlier last day that an announced change would bring, and how near it is; empty where it brings none."""
    if by is None or by.sooner is None:
        return ""
    return Cell(by.sooner, badge="warn" if by.sooner - today <= SOON else None)


def by_when(service: date, state: EntryState, today: date, program: str) -> tuple[Content, Content]:
    """By when a support is claimed, and perhaps sooner; empty for what was claimed already."""
    by = programs.rules(program).claim_by(service) if state in TO_CLAIM else None
    return claim_by_cell(by, today), sooner_cell(by, today)


#: Self-management, what NDIA wants for a claim (domain rule M5), in that order; ours come last.
SHEET = (
    Column(words("Provider")),
    Column(words("Business number (ABN)")),
    Column(words("First day")),
    Column(words("Last day")),
    Column(words("What it was")),
    Column(words("Hours or number"), numeric=True),
    Column(words("Price"), numeric=True),
    Column(words("To claim"), numeric=True),
    Column(words("Invoice")),
    Column(words("Claim by")),
    Column(words("Perhaps already by")),
)


def claim_sheet(
    rows: Sequence[Delivered], everything: Sequence[Delivered], names: Names, base: str, today: date, program: str
) -> Table:
    """What a self-manager claims from a program, in the order of the funder's form, with the last day for each.

    The page shows ``rows``; the foot adds up ``everything``, and the file holds it.
    """

    def cells(one: Delivered) -> tuple[Content, ...]:
        provider, abn = called(one, names)
        return (
            Cell(provider, href=f"{base}/spending/{one.id}"),
            Name(abn) if abn else None,
            one.first,
            one.last,
            support(one, program),
            amount_of_it(one),
            unit_price(one.entry()),
            billed_figure(words("To claim"), one.entry()),
            in_one_piece(one.invoice),
            *by_when(one.first, one.state, today, program),
        )

    whole = by_provider(words("To claim"), ((called(one, names)[0], one.amount) for one in everything))
    foot: tuple[Content, ...] = (words("Together"), *[""] * 6, whole, "", "", "")
    return Table(
        "claim-sheet",
        words("To claim, the most urgent first"),
        SHEET,
        [cells(one) for one in rows],
        foot,
        everything=lambda: [cells(one) for one in everything],
    )


def called(one: Delivered, names: Names) -> tuple[Name, str]:
    """The name of a provider and its business number, from the entry itself or from this portal."""
    name, abn = names.get(one.provider_id, (Name(""), "")) if one.provider_id else (Name(one.provider_name), "")
    return name, one.abn or abn


def short(
    key: str,
    caption: Words,
    rows: Sequence[Delivered],
    everything: Sequence[Delivered],
    names: Names,
    base: str,
    today: date,
    program: str,
) -> Table:
    """Some entries in a few columns: who, when, how much, how it stands, by when it is claimed if it is not yet.

    The file holds ``everything``.
    """
    claimed = all(one.state not in TO_CLAIM for one in everything)
    columns = (
        Column(words("Provider")),
        Column(words("Day")),
        Column(words("Amount"), numeric=True),
        Column(words("How it stands")),
        Column(words("Since")),
        *(() if claimed else (Column(words("Claim by")), Column(words("Perhaps already by")))),
    )

    def cells(one: Delivered) -> tuple[Content, ...]:
        return (
            Cell(called(one, names)[0], href=f"{base}/spending/{one.id}"),
            one.first,
            billed_figure(words("Amount"), one.entry()),
            Cell(one.state.words, badge=_KIND.get(one.state, "")),
            one.paid_on or one.refused_on or one.claimed_on or "",
            *(() if claimed else by_when(one.first, one.state, today, program)),
        )

    return Table(
        key,
        caption,
        columns,
        [cells(one) for one in rows],
        show_caption=False,
        everything=lambda: [cells(one) for one in everything],
    )


_KIND = {EntryState.PAID: "ok", EntryState.REFUSED: "bad", EntryState.CLAIMED: "info"}


def option(one: Delivered, names: Names) -> tuple[str, Words]:
    """An entry as an answer to tick: its id and version, and the words beside it."""
    provider, _ = called(one, names)
    text = words("{provider}, {day}: {amount}", provider=provider, day=one.first, amount=one.amount)
    return f"{one.id}.{one.version}", text


def as_text(table: Table) -> str:
    """A table as plain lines to copy: cells apart by tabs, in the reader's language."""
    lines = ["\t".join(text for text, _ in table.heads)]
    for row in table.cells:
        lines.append("\t".join(show_plain(cell.value) if cell.value not in (None, "") else "" for cell in row))
    return "\n".join(line.translate(dict.fromkeys(range(0x2066, 0x206A))) for line in lines)


# what a provider or plan manager hands in


@dataclass(frozen=True)
class Row:
    """One claim of a file, and everything for which it would be turned down."""

    of: Claimable
    claim: Claim
    troubles: tuple[Words, ...]
    asks_why: bool  #: whether a reason for the cancellation must be chosen

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return not self.troubles

    @property
    def support(self) -> Value | None:
        """What was done."""
        return support(self.of.entry)

    @property
    def unit(self) -> Words | None:
        """In what it is counted."""
        return None if self.claim.minutes is not None else UNITS.get(self.of.entry.unit)


def rows(
    party: Party, found: Sequence[Claimable], editions: Editions, today: date, because: Mapping[UUID, Because]
) -> list[Row]:
    """The claims of a party with what is missing in each; ``because`` are the reasons chosen so far."""
    named = references([one.entry.invoice for one in found], today)
    made = []
    for one, reference in zip(found, named, strict=True):
        claim = _claim(party, one, editions, reference)
        if claim.claim_type is ClaimType.CANCELLATION:
            claim = replace(claim, because=because.get(one.entry.id))
        made.append(Row(one, claim, troubles(claim, today), claim.claim_type is ClaimType.CANCELLATION))
    return made


def _claim(party: Party, one: Claimable, editions: Editions, reference: str) -> Claim:
    entry = one.entry
    time = _time(entry)
    row = editions.row(entry.item, entry.first) if entry.item else None
    limit: Money | None = None if row is None or row.item.dollar_units else row.item.limit(one.zone, one.state)
    return Claim(
        registration=party.registration,
        ndis_number=one.number,
        first=entry.first,
        last=entry.last,
        item=entry.item,
        reference=reference,
        minutes=time,
        quantity=None if time else entry.quantity,
        unit_price=unit_price(entry.entry()),
        gst=entry.gst,
        claim_type=entry.claim_type,
        abn=one.abn,
        by_plan_manager=party.plan_manager,
        limit=limit,
        billed=entry.amount,
    )
