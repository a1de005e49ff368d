"""The difference between two packages, line by line: what an approved change is, and what a what-if shows.

It is told in hours, visits, people and dollars, for every line, every part of the funding and the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from budgeting.catalogue import Editions
from budgeting.explain import NOT_KNOWN, Figure, shown, sums
from budgeting.explain.describe import MANAGED, listed, price_words, schedule_words
from budgeting.explain.particulars import BOUNDARIES, PRIORITIES, ROLES, extra_words
from budgeting.money import ZERO, Minutes, Money, total
from budgeting.package import Line, Package
from budgeting.period import Calendar, Period
from budgeting.pricing import quote
from budgeting.programs import program
from budgeting.quotation import ComponentTotal, LineQuote, Quote
from budgeting.words import Name, Value, Words, words
from budgeting.working import PARTS

PART = "~"  # what follows it in the id of a line tells apart the parts of one line that changes in the middle
BESIDE = (f"{PART}more", f"{PART}moved")  # parts that go on beside the line, and never say how it is at its end


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

    @property
    def figure(self) -> Figure:
        """What the line costs more with its explanation, negative when it costs less."""
        return self.more_or_less(less=False)

    def more_or_less(self, *, less: bool) -> Figure:
        """The same; with ``less``, what it costs less as an amount above zero."""
        label = words("{support}", support=Name(self.line.name))
        sides = ((words("Before"), self.before), (words("After"), self.after))
        parts = tuple(replace(one.figure, label=when) for when, one in sides if one and not one.unpaid)
        if any(part.value is None for part in parts):
            return Figure(label, None, words("The price is not known yet"), parts)
        return _more(label, self.amount_before, self.amount_after, parts, less=less)

    @property
    def minutes(self) -> tuple[Minutes, Minutes]:
        """The time of all visits before and after; none where the line is not there."""
        none = Minutes(0)
        return self.before.minutes if self.before else none, self.after.minutes if self.after else none

    @property
    def visits(self) -> tuple[int, int]:
        """How often somebody comes, before and after."""
        return self.before.visits if self.before else 0, self.after.visits if self.after else 0

    @property
    def workers(self) -> tuple[int, int]:
        """How many workers come at a time, before and after."""
        return self.before.line.workers if self.before else 0, self.after.line.workers if self.after else 0


@dataclass(frozen=True, slots=True)
class ComponentChange:
    """One part of the funding in two packages. A side is None where the funding had no such part."""

    before: ComponentTotal | None
    after: ComponentTotal | None

    @property
    def name(self) -> Value:
        """What the part is called."""
        one = self.after or self.before
        assert one is not None  # a change has at least one side, by construction below
        return shown(one.component.name)

    @property
    def planned(self) -> tuple[Money, Money]:
        """What the supports take from it, before and after."""
        return self.before.for_supports if self.before else ZERO, self.after.for_supports if self.after else ZERO

    @property
    def left(self) -> tuple[Money, Money]:
        """What is left at the end, before and after; negative when it is not enough."""
        return self.before.left if self.before else ZERO, self.after.left if self.after else ZERO

    @property
    def runs_dry(self) -> tuple[date | None, date | None]:
        """The first day that cannot be paid, before and after; None when the money lasts."""
        return self.before.runs_dry if self.before else None, self.after.runs_dry if self.after else None

    @property
    def same(self) -> bool:
        """Whether nothing about its money differs."""
        return self.planned == self.planned[::-1] and self.left == self.left[::-1] and len(set(self.runs_dry)) == 1


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two packages, in the order of the later one, lines that are gone last."""

    lines: tuple[LineChange, ...]
    before: Quote = field(compare=False, repr=False)
    after: Quote = field(compare=False, repr=False)
    components: tuple[ComponentChange, ...] = ()

    @property
    def complete(self) -> bool:
        """False when some price is not known, before or after."""
        return self.before.complete and self.after.complete

    @property
    def visits(self) -> tuple[int, int]:
        """How often somebody comes, before and after."""
        before, after = (sum(line.visits for line in one.lines if line.counted) for one in (self.before, self.after))
        return before, after

    @property
    def providers(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Everybody who comes, before and after, each once, in the order of the lines."""
        return _providers(self.before.lines), _providers(self.after.lines)

    @property
    def more(self) -> Money:
        """What the package costs more than before; negative when it costs less."""
        return self.after.amount - self.before.amount

    @property
    def figure(self) -> Figure:
        """What the package costs more, or less, as an amount above zero with its explanation."""
        less = self.more.minor < 0
        label = words("What it costs less") if less else words("What it costs more")
        parts = tuple(one.more_or_less(less=less) for one in self.changed if one.more)
        found = _more(label, self.before.amount, self.after.amount, parts, less=less)
        return found if self.complete else replace(found, not_included=(NOT_KNOWN,))

    @property
    def changed(self) -> tuple[LineChange, ...]:
        """Only the lines that are not the same."""
        return tuple(change for change in self.lines if change.kind is not ChangeKind.SAME)

    @property
    def same(self) -> tuple[LineChange, ...]:
        """Only the lines about which nothing changed, prices included."""
        return tuple(change for change in self.lines if change.kind is ChangeKind.SAME)


def _more(label: Words, before: Money, after: Money, parts: tuple[Figure, ...], *, less: bool) -> Figure:
    """How much more it is afterwards; with ``less``, how much less as an amount above zero."""
    if less:
        text = words("{before} before, less {after} afterwards", before=before, after=after)
        return sums.less(label, before, after, text, parts)
    text = words("{after} afterwards, less {before} before", before=before, after=after)
    return sums.less(label, after, before, text, parts)


def what_if(before: Package, after: Package, editions: Editions, calendar: Calendar) -> Difference:
    """Price two packages and compare them; the parts of a line that changes in the middle are taken together."""
    return compare(together(quote(before, editions, calendar)), together(quote(after, editions, calendar)))


def together(quoted: Quote) -> Quote:
    """The same answer with the parts of each line as one: its sums, over all its days, as the line is at its end."""
    grouped: dict[str, list[LineQuote]] = {}
    for one in quoted.lines:
        grouped.setdefault(one.line.id.partition(PART)[0], []).append(one)
    return replace(quoted, lines=tuple(_joined(root, parts) for root, parts in grouped.items()))


def _joined(root: str, parts: list[LineQuote]) -> LineQuote:
    if len(parts) == 1 and parts[0].line.id == root:
        return parts[0]
    parts = sorted(parts, key=lambda one: one.line.period)
    ongoing = [one for one in parts if not one.line.id.endswith(BESIDE)]
    last = (ongoing or parts)[-1]
    first, end = min(one.line.period.first for one in parts), max(one.line.period.last for one in parts)
    skips = tuple(sorted({day for one in parts for day in one.line.skips}))
    joined = replace(
        last,
        line=replace(last.line, id=root, period=Period(first, end), skips=skips),
        rows=tuple(row for one in parts for row in one.rows),
        visits=sum(one.visits for one in parts),
        minutes=Minutes(sum(one.minutes.count for one in parts)),
        amount=total([one.amount for one in parts]),
        contribution=total([one.contribution for one in parts]),
        funded=total([one.funded for one in parts]),
        complete=all(one.complete for one in parts),
        charges=tuple(charge for one in parts for charge in one.charges),
    )
    joined.once("amount", lambda: _figure_of(joined, parts))  # each part says how it came about on its own days
    return joined


def _figure_of(joined: LineQuote, parts: list[LineQuote]) -> Figure:
    known = [replace(one.figure, label=_days(one)) for one in parts]
    return Figure(
        label=words("{support}, altogether", support=Name(joined.line.name)),
        value=joined.amount if any(one.value is not None for one in known) else None,
        sum=words("The amounts below added up"),
        parts=tuple(known),
        not_included=() if joined.complete else (NOT_KNOWN,),
        working=PARTS,
    )


def _days(quoted: LineQuote) -> Words:
    return words("{first} to {last}", first=quoted.line.period.first, last=quoted.line.period.last)


def compare(before: Quote, after: Quote) -> Difference:
    """Compare two priced packages; lines belong together by their id."""
    earlier = {quoted.line.id: quoted for quoted in before.lines}
    later = {quoted.line.id for quoted in after.lines}
    quotes = (before, after)
    changes = [_change(earlier.get(quoted.line.id), quoted, quotes) for quoted in after.lines]
    changes += [_change(quoted, None, quotes) for quoted in before.lines if quoted.line.id not in later]
    return Difference(tuple(changes), before, after, _components(before, after))


def _components(before: Quote, after: Quote) -> tuple[ComponentChange, ...]:
    earlier, later = before.parts, after.parts
    return tuple(ComponentChange(earlier.get(key), later.get(key)) for key in dict.fromkeys([*earlier, *later]))


def _providers(lines: Iterable[LineQuote]) -> tuple[str, ...]:
    """Everybody who comes, each once, in the order of the lines."""
    return tuple(dict.fromkeys(one.line.provider for one in lines if one.line.provider))


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
    for name, label, show in FIELDS:
        if getattr(before.line, name) != getattr(after.line, name):
            changes.append(FieldChange(name, label, show(before, quotes[0]), show(after, quotes[1])))
    return changes


def _named(text: str | None) -> Value:
    return Name(text) if text else NOT_SAID


def _support(quoted: LineQuote, quote: Quote) -> Value:
    family = program(quote.package.program).family(quoted.line.support)
    return family.label if family else _named(quoted.line.support)


def _component(quoted: LineQuote, quote: Quote) -> Value:
    return quote.payer_names.get(quoted.component or "", NOT_SAID)


def _payers(quoted: LineQuote, quote: Quote) -> Value:
    names = quote.payer_names
    payers = (words("{component}", component=names.get(key, Name(key))) for key in quoted.line.payers)
    return _listed(payers, words("One part alone"))


def _listed(items: Iterable[Words], nothing: Words) -> Words:
    found = list(items)
    return listed(found) if found else nothing


def _told(value: Value | None) -> Value:
    return NOT_SAID if value is None else value


Show = Callable[[LineQuote, Quote], Value]
NOT_SAID, NOTHING = words("Not said yet"), words("Nothing")
SOUGHT = {True: words("Still looked for"), False: words("Not looked for")}
FIELDS: tuple[tuple[str, Words, Show], ...] = (
    ("name", words("Name"), lambda quoted, quote: Name(quoted.line.name)),
    ("support", words("Support"), _support),
    ("schedule", words("When and how much"), lambda quoted, quote: schedule_words(quoted.line.schedule)),
    ("period", words("From and to"), lambda quoted, quote: _days(quoted)),
    ("price", words("Price"), lambda quoted, quote: price_words(quoted.line.price, quoted.line.period)),
    ("provider", words("Provider"), lambda quoted, quote: _named(quoted.line.provider)),
    ("component", words("Paid from"), _component),
    ("category", words("Category"), lambda quoted, quote: _named(quoted.line.category)),
    (
        "management",
        words("Who pays the invoices"),
        lambda quoted, quote: MANAGED[quoted.management] if quoted.management else NOT_SAID,
    ),
    ("purposes", words("Number of goals and everyday needs"), lambda quoted, quote: len(quoted.line.purposes)),
    ("boundary", words("A visit across two time bands"), lambda quoted, quote: BOUNDARIES[quoted.line.boundary]),
    ("participants", words("People who share it"), lambda quoted, quote: quoted.line.participants),
    ("workers", words("Workers"), lambda quoted, quote: quoted.line.workers),
    (
        "skips",
        words("Days without it"),
        lambda quoted, quote: _listed((words("{day}", day=day) for day in quoted.line.skips), words("None")),
    ),
    ("role", words("What it is for"), lambda quoted, quote: ROLES[quoted.line.role]),
    ("payers", words("Who pays, in this order"), _payers),
    ("extras", words("What comes along"), lambda quoted, quote: _listed(map(extra_words, quoted.line.extras), NOTHING)),
    ("third_party", words("What the worker's employer asks"), lambda quoted, quote: _told(quoted.line.third_party)),
    ("fee", words("Part of the price for arranging it"), lambda quoted, quote: _told(quoted.line.fee)),
    ("items", words("Number of items of the price list"), lambda quoted, quote: len(quoted.line.items)),
    (
        "priority",
        words("How much it matters"),
        lambda quoted, quote: PRIORITIES[quoted.line.priority] if quoted.line.priority else NOT_SAID,
    ),
    ("sought", words("Somebody to give it"), lambda quoted, quote: SOUGHT[quoted.line.sought]),
)
