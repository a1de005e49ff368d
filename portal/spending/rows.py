"""Entries and the five words as their pages show them: ready values and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting import programs
from budgeting.explain import Figure, shown, so_much
from budgeting.money import Minutes, Money, Quantity, total
from budgeting.quotation import Finding, Level
from budgeting.spending import ClaimType, EntryState
from budgeting.spending.totals import Five, Standing
from budgeting.words import Name, Value, Words, nwords, words
from portal.site.tables import Cell, Column, Content, Table, in_one_piece
from portal.spending.book import Book
from portal.spending.model import Delivered, Told

STATE_BADGES = {
    EntryState.ENTERED: "wait",
    EntryState.CHECKED: "info",
    EntryState.QUESTIONED: "warn",
    EntryState.CLAIMED: "info",
    EntryState.PAID: "ok",
    EntryState.REFUSED: "bad",
}
LEVEL_KINDS = {Level.NOTE: "info", Level.WARNING: "warn", Level.STOP: "bad"}
NOBODY = words("Provider not said")


@dataclass(frozen=True)
class Row:
    """One entry, ready to be shown."""

    entry: Delivered
    href: str
    support: Value
    provider: Value
    counted: Value
    state: Words
    badge: str
    findings: tuple[Finding, ...]


def worth(findings: Iterable[Finding]) -> bool:
    """Whether anything of what was noticed should be looked at before it is paid."""
    return any(one.level is not Level.NOTE for one in findings)


def row(book: Book, one: Delivered) -> Row:
    """One entry, ready to be shown."""
    provider = book.provider(one)
    found = book.matches.get(one.id)
    line = found.planned.line.name if found and found.planned else ""
    return Row(
        one,
        f"/people/{one.client_id}/spending/{one.id}",
        support_name(book.program, one, line),
        provider if provider.text else NOBODY,
        counted(one),
        one.state.words,
        STATE_BADGES[one.state],
        book.findings(one) if one.removed_at is None else (),
    )


def support_name(program: str, one: Delivered, line: str) -> Value:
    """What a support is called: as in the plan, else as written, else by its family, else by its number."""
    if line:
        name: Value = Name(line)
    elif one.description:
        name = Name(one.description)
    else:
        family = programs.program(program).family(one.item)
        name = family.label if family else Name(one.item) if one.item else words("Support not said")
    if one.claim_type is not ClaimType.STANDARD:
        return words("{support}: {kind}", support=name, kind=one.claim_type.words)
    return name


def counted(one: Delivered | Told) -> Value:
    """How much of it there was."""
    if one.minutes is not None:
        return Minutes(one.minutes)
    if one.thousandths is None:
        return ""
    return so_much(Quantity(one.thousandths), one.unit)


def table(book: Book, found: Sequence[Delivered], everything: Sequence[Delivered]) -> Table:
    """Entries as a table; the foot adds up all that were found, not only those on this page."""
    columns = (
        Column(words("Day")),
        Column(words("Support")),
        Column(words("Provider")),
        Column(words("How much"), numeric=True),
        Column(words("Amount"), numeric=True),
        Column(words("Invoice")),
        Column(words("How it stands")),
        Column(words("Worth a look")),
    )
    foot = (words("Together"), "", "", "", total([one.amount for one in everything]), "", "", "")
    return Table(
        "spending",
        words("What was delivered"),
        columns,
        [_cells(row(book, one)) for one in found],
        foot,
        everything=lambda: [_cells(row(book, one)) for one in everything],
    )


def _cells(one: Row) -> tuple[Content, ...]:
    entry = one.entry
    day: Value = entry.first
    if entry.last != entry.first:
        day = words("{first} to {last}", first=entry.first, last=entry.last)
    looks = [finding.words for finding in one.findings if finding.level is not Level.NOTE]
    more = nwords("and {n} more", "and {n} more", len(looks) - 1) if len(looks) > 1 else None
    return (
        Cell(day, one.href),
        one.support,
        one.provider,
        one.counted,
        entry.amount,
        in_one_piece(entry.invoice),
        Cell(one.state, badge=one.badge),
        Cell(looks[0], note=more) if looks else "",
    )


def five(one: Standing, today: date) -> Table:
    """One part of the funding in five words: the funding period of today and all together; the file has each period."""
    columns = (
        Column(words("Time")),
        *(
            Column(head, numeric=True)
            for head in (
                words("Released"),
                words("Planned"),
                words("Delivered"),
                words("Claimed"),
                words("Paid"),
                words("Free"),
            )
        ),
    )
    now = [each for each in one.periods if each.period is not None and today in each.period]
    several = len(one.periods) > 1
    return Table(
        f"five-{one.total.component.key.replace('_', '-')}",
        words("{part}: the money in five words", part=shown(one.total.component.name)),
        columns,
        [_five(each) for each in (now if several else ())] + [_five(one.whole)],
        show_caption=False,
        everything=[_five(each) for each in one.periods] + [_five(one.whole)],
    )


def _five(one: Five) -> tuple[Content, ...]:
    if one.period is None:
        time: Value = words("The whole plan")
    else:
        time = words("{first} to {last}", first=one.period.first, last=one.period.last)
    return time, one.released, one.planned, one.delivered, one.claimed, one.paid, one.free


@dataclass(frozen=True)
class Part:
    """One part of the funding on the page about spending."""

    name: Value
    table: Table
    odd: Words | None
    apart: Sequence[tuple[Words, Figure]]  #: entries that are not counted in the table, and what they come to


def parts(book: Book) -> list[Part]:
    """Every part of the funding that holds money for the person alone, in five words."""
    used = {each.component for each in book.placed}
    shown_ones = [one for one in book.standings if not one.total.component.apart or one.total.component.key in used]
    return [part(one, book.setting.today) for one in shown_ones]


def part(one: Standing, today: date) -> Part:
    """One part of the funding in five words, with what its figures leave out."""
    until = one.total.component.spent_until
    apart = []
    if one.inside.value and until is not None:
        text = words(
            "Entries up to {day} come to {amount}. They are inside what was told as spent, and not counted again.",
            day=until,
            amount=one.inside.value,
        )
        apart.append((text, one.inside))
    if amount := one.questioned.value:
        text = words("{amount} is questioned and not counted until it is answered.", amount=amount)
        apart.append((text, one.questioned))
    return Part(shown(one.total.component.name), five(one, today), one.odd, apart)


def earlier(book: Book) -> Words | None:
    """What the entries come to that another letter paid, or none; None where there is none."""
    if not book.others:
        return None
    amount = total([one.amount for one in book.others])
    text = words(
        "{amount} was delivered before {day} and is not counted here. This money is for days from then on.",
        amount=amount,
        day=book.days.first,
    )
    return text


def nowhere(book: Book) -> Money | None:
    """What the entries come to that belong to no part of the funding; None where there is none."""
    amounts = [one.amount for one in book.nowhere]
    return total(amounts) if amounts else None


@dataclass(frozen=True)
class Wanted:
    """Which entries somebody wants to see."""

    month: str = ""  #: 2026-08
    provider: str = ""  #: the id of an organisation, or a name as written
    state: str = ""  #: a state, or "look"
    search: str = ""
    sort: str = "day"

    def of(self, book: Book) -> list[Delivered]:
        """The entries that fit, in the order that is wanted."""
        kept = [one for one in book.rows if self._fits(book, one)]
        if self.sort == "amount":
            return sorted(kept, key=lambda one: -one.amount.minor)
        if self.sort == "oldest":
            return sorted(kept, key=lambda one: one.first)
        return kept

    def _fits(self, book: Book, entry: Delivered) -> bool:
        if self.month and entry.first.isoformat()[:7] != self.month:
            return False
        if self.provider and self.provider != provider_key(entry):
            return False
        if self.state == "look" and not worth(book.findings(entry)):
            return False
        if self.state and self.state != "look" and entry.state.value != self.state:
            return False
        if not self.search:
            return True
        wanted = self.search.casefold()
        said = " ".join((entry.description, entry.item, entry.invoice, entry.note, entry.provider_name))
        return wanted in said.casefold() or wanted in _text(row(book, entry)).casefold()


def _text(one: Row) -> str:
    return " ".join(value.text for value in (one.support, one.provider) if isinstance(value, Name | Words))


def provider_key(entry: Delivered) -> str:
    """What a provider is chosen by in the list."""
    return str(entry.provider_id) if entry.provider_id else entry.provider_name


def providers(book: Book) -> Mapping[str, Name]:
    """Everybody who delivered something, by what they are chosen by."""
    found = {provider_key(one): book.provider(one) for one in book.rows}
    return dict(sorted(((key, name) for key, name in found.items() if key), key=lambda pair: pair[1].text.casefold()))


def months(found: Iterable[Delivered]) -> list[date]:
    """The months in which something was delivered, the latest first."""
    return sorted({one.first.replace(day=1) for one in found}, reverse=True)


def lines(book: Book) -> Mapping[UUID, str]:
    """The supports of the plan to choose from, by the id that stays the same; those that hold now come first."""
    known: dict[UUID, str] = {}
    today = book.setting.today
    for one in sorted(book.plan.planned, key=lambda one: today not in one.days):
        provider = one.line.provider
        known.setdefault(UUID(one.line.id), f"{one.line.name} ({provider})" if provider else one.line.name)
    return known
