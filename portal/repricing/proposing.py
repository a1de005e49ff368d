"""The lines of a change that new prices suggest: a price down to its limit, and what makes the money last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from budgeting.compare import PART
from budgeting.compare.repricing import Mark, Repricing
from budgeting.forecast.mending import Fix
from budgeting.money import Money
from budgeting.package import Package
from portal.changes.edits import Edit
from portal.proposals.cut import clip
from portal.proposals.frozen import FrozenProposal
from portal.proposals.kept import KeptLine
from portal.proposals.scenarios import lines_of
from portal.proposals.terms import Terms


def proposed(
    found: Repricing, plan: FrozenProposal, since: date, day: date, fix: Fix | None
) -> tuple[tuple[Edit, ...], bool]:
    """What lines would say from a day on, and whether a price comes down in it."""
    was = {str(line.id): line.terms for line in plan.lines}
    lower = {
        one.line: price
        for one in found.lines
        if one.line in was and Mark.ABOVE_LIMIT in one.marks
        if (price := _payable(found, one.line, was[one.line], since, day)) is not None
    }
    says = {key: replace(terms, price=lower[key]) if key in lower else terms for key, terms in was.items()}
    kept = [KeptLine(line.id, says[str(line.id)]) for line in plan.lines]
    if fix is not None:
        kept = lines_of(_only(fix.package, was), _only(found.after.package, was), says)
    return tuple(edit for parts in _by_line(kept, was) for edit in _edits(parts, was, day)), bool(lower)


def _only(package: Package, was: Collection[str]) -> Package:
    """A package without what earlier versions of the plan left behind, which is over."""
    return replace(package, lines=tuple(one for one in package.lines if one.id.partition(PART)[0] in was))


def _payable(found: Repricing, key: str, terms: Terms, since: date, day: date) -> Money | None:
    """The most that may be paid for any visit of a line; None when that is the agreed price itself, or it is over."""
    rows = [row for row in found.after.line(key).rows if row.last >= since]
    payable = max((row.unit_price for row in rows if row.unit_price is not None), default=None)
    if payable is None or terms.price is None or payable >= terms.price or terms.ends < day:
        return None
    return payable


def _by_line(kept: Sequence[KeptLine], was: Mapping[str, Terms]) -> Iterator[list[KeptLine]]:
    """The parts of each line that the plan has: the first of them keeps its id."""
    parts: list[KeptLine] = []
    for one in kept:
        if parts and str(one.key) in was:
            yield parts
            parts = []
        parts.append(one)
    if parts:
        yield parts


def _edits(parts: Sequence[KeptLine], was: Mapping[str, Terms], day: date) -> Iterator[Edit]:
    """What a line says from a day on, where that is something else: what of it is left first keeps its id."""
    key = parts[0].key
    if [one.terms for one in parts] == [was[str(key)]] and not parts[0].out:
        return
    left = [terms for one in parts if not one.out and (terms := clip(one.terms, day, one.terms.ends)) is not None]
    if not left:
        yield Edit(key, None)
    for number, terms in enumerate(left):
        yield Edit(parts[number].key if number else key, terms)
