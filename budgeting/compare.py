"""The difference between two packages, line by line: what an approved change is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from budgeting.describe import listed, price_words, schedule_words
from budgeting.money import ZERO, Money
from budgeting.package import Boundary, Line
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
    changes = [_change(earlier.get(quoted.line.id), quoted) for quoted in after.lines]
    changes += [_change(quoted, None) for quoted in before.lines if quoted.line.id not in later]
    return Difference(
        lines=tuple(changes),
        amount_before=before.amount,
        amount_after=after.amount,
        contribution_before=before.contribution,
        contribution_after=after.contribution,
        left_before=before.left,
        left_after=after.left,
    )


def _change(before: LineQuote | None, after: LineQuote | None) -> LineChange:
    fields: tuple[FieldChange, ...] = ()
    if before is None:
        kind = ChangeKind.ADDED
    elif after is None:
        kind = ChangeKind.REMOVED
    else:
        fields = tuple(_fields(before.line, after.line))
        same = not fields and before.amount == after.amount
        kind = ChangeKind.SAME if same else ChangeKind.CHANGED
    amounts = (before.amount if before else ZERO, after.amount if after else ZERO)
    return LineChange(kind, before, after, fields, *amounts)


def _fields(before: Line, after: Line) -> list[FieldChange]:
    changes = []
    for field, label, show in FIELDS:
        if getattr(before, field) != getattr(after, field):
            changes.append(FieldChange(field, label, show(before), show(after)))
    return changes


def _named(text: str | None) -> Value:
    return Name(text) if text else words("Not said yet")


def _period(line: Line) -> Value:
    return words("{first} to {last}", first=line.period.first, last=line.period.last)


def _purposes(line: Line) -> Value:
    return len(line.purposes)


def _skips(line: Line) -> Value:
    return listed([words("{day}", day=day) for day in line.skips]) if line.skips else words("None")


def _boundary(line: Line) -> Value:
    if line.boundary is Boundary.HIGHER:
        return words("One worker at the higher price")
    return words("Each part at its own price")


FIELDS: tuple[tuple[str, Words, Callable[[Line], Value]], ...] = (
    ("name", words("Name"), lambda line: Name(line.name)),
    ("support", words("Support"), lambda line: _named(line.support)),
    ("schedule", words("When and how much"), lambda line: schedule_words(line.schedule)),
    ("period", words("From and to"), _period),
    ("price", words("Price"), lambda line: price_words(line.price)),
    ("provider", words("Provider"), lambda line: _named(line.provider)),
    ("component", words("Paid from"), lambda line: _named(line.component)),
    ("category", words("Category"), lambda line: _named(line.category)),
    ("management", words("Who pays the invoices"), lambda line: _named(line.management)),
    ("purposes", words("Goals and everyday needs"), _purposes),
    ("boundary", words("A visit across two time bands"), _boundary),
    ("participants", words("People who share it"), lambda line: line.participants),
    ("workers", words("Workers"), lambda line: line.workers),
    ("skips", words("Days without it"), _skips),
    ("items", words("Items of the price list"), lambda line: len(line.items)),
)
