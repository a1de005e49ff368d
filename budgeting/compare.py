"""The difference between two packages, line by line: what an approved change is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from budgeting.describe import MANAGED, listed, price_words, schedule_words
from budgeting.explain import shown
from budgeting.money import ZERO, Money
from budgeting.package import Boundary, Line
from budgeting.programs import program
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Value, Words, words


class ChangeKind(StrEnum):
    """What happened to a line from one package to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing about a line, before and after. ``field`` is its name in ``Line``; amounts are told apart from it."""

    field: str
    label: Words
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line in two packages. ``amount_before`` and ``amount_after`` are zero where the line is not there."""

    kind: ChangeKind
    before: LineQuote | None
    after: LineQuote | None
    fields: tuple[FieldChange, ...]
    amount_before: Money
    amount_after: Money

    @property
    def line(self) -> Line:
        """The line as it is after the change, or as it was when it is gone."""
        quoted = self.after or self.before
        assert quoted is not None  # a change has at least one side, by construction below
        return quoted.line

    @property
    def more(self) -> Money:
        """What the line costs more than before; negative when it costs less."""
        return self.amount_after - self.amount_before


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two packages, in the order of the later one, lines that are gone last."""

    lines: tuple[LineChange, ...]
    amount_before: Money
    amount_after: Money
    contribution_before: Money
    contribution_after: Money
    left_before: Money
    left_after: Money

    @property
    def more(self) -> Money:
        """What the package costs more than before; negative when it costs less."""
        return self.amount_after - self.amount_before

    @property
    def changed(self) -> tuple[LineChange, ...]:
        """Only the lines that are not the same."""
        return tuple(change for change in self.lines if change.kind is not ChangeKind.SAME)

    @property
    def same(self) -> tuple[LineChange, ...]:
        """Only the lines about which nothing changed, prices included."""
        return tuple(change for change in self.lines if change.kind is ChangeKind.SAME)


def compare(before: Quote, after: Quote) -> Difference:
    """Compare two priced packages; lines belong together by their id."""
    earlier = {quoted.line.id: quoted for quoted in before.lines}
    later = {quoted.line.id for quoted in after.lines}
    quotes = (before, after)
    changes = [_change(earlier.get(quoted.line.id), quoted, quotes) for quoted in after.lines]
    changes += [_change(quoted, None, quotes) for quoted in before.lines if quoted.line.id not in later]
    return Difference(
        lines=tuple(changes),
        amount_before=before.amount,
        amount_after=after.amount,
        contribution_before=before.contribution,
        contribution_after=after.contribution,
        left_before=before.left,
        left_after=after.left,
    )


def _change(before: LineQuote | None, after: LineQuote | None, quotes: tuple[Quote, Quote]) -> LineChange:
    fields: tuple[FieldChange, ...] = ()
    if before is None:
        kind = ChangeKind.ADDED
    elif after is None:
        kind = ChangeKind.REMOVED
    else:
        fields = tuple(_fields(before, after, quotes))
        same = not fields and before.amount == after.amount
        kind = ChangeKind.SAME if same else ChangeKind.CHANGED
    amounts = (before.amount if before else ZERO, after.amount if after else ZERO)
    return LineChange(kind, before, after, fields, *amounts)


def _fields(before: LineQuote, after: LineQuote, quotes: tuple[Quote, Quote]) -> list[FieldChange]:
    changes = []
    for field, label, show in FIELDS:
        if getattr(before.line, field) != getattr(after.line, field):
            changes.append(FieldChange(field, label, show(before, quotes[0]), show(after, quotes[1])))
    return changes


def _named(text: str | None) -> Value:
    return Name(text) if text else NOT_SAID


def _support(quoted: LineQuote, quote: Quote) -> Value:
    family = program(quote.package.program).family(quoted.line.support)
    return family.label if family else _named(quoted.line.support)


def _component(quoted: LineQuote, quote: Quote) -> Value:
    names = [shown(total.component.name) for total in quote.components if total.component.key == quoted.component]
    return names[0] if names else NOT_SAID


def _period(quoted: LineQuote, quote: Quote) -> Value:
    return words("{first} to {last}", first=quoted.line.period.first, last=quoted.line.period.last)


def _management(quoted: LineQuote, quote: Quote) -> Value:
    return MANAGED[quoted.management] if quoted.management else NOT_SAID


def _skips(quoted: LineQuote, quote: Quote) -> Value:
    return listed([words("{day}", day=day) for day in quoted.line.skips]) if quoted.line.skips else words("None")


def _boundary(quoted: LineQuote, quote: Quote) -> Value:
    if quoted.line.boundary is Boundary.HIGHER:
        return words("One worker at the higher price")
    return words("Each part at its own price")


Show = Callable[[LineQuote, Quote], Value]
NOT_SAID = words("Not said yet")
FIELDS: tuple[tuple[str, Words, Show], ...] = (
    ("name", words("Name"), lambda quoted, quote: Name(quoted.line.name)),
    ("support", words("Support"), _support),
    ("schedule", words("When and how much"), lambda quoted, quote: schedule_words(quoted.line.schedule)),
    ("period", words("From and to"), _period),
    ("price", words("Price"), lambda quoted, quote: price_words(quoted.line.price)),
    ("provider", words("Provider"), lambda quoted, quote: _named(quoted.line.provider)),
    ("component", words("Paid from"), _component),
    ("category", words("Category"), lambda quoted, quote: _named(quoted.line.category)),
    ("management", words("Who pays the invoices"), _management),
    ("purposes", words("Number of goals and everyday needs"), lambda quoted, quote: len(quoted.line.purposes)),
    ("boundary", words("A visit across two time bands"), _boundary),
    ("participants", words("People who share it"), lambda quoted, quote: quoted.line.participants),
    ("workers", words("Workers"), lambda quoted, quote: quoted.line.workers),
    ("skips", words("Days without it"), _skips),
    ("items", words("Number of items of the price list"), lambda quoted, quote: len(quoted.line.items)),
)
