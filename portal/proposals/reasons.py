"""Figures of an accepted version, from its frozen text: it explains itself as it was, and nothing is priced again."""

from __future__ import annotations

from collections.abc import Sequence

from budgeting.explain import NO_EXTRAS, NOT_KNOWN, NOT_TOLD, UNITS, UNTOLD, Confidence, Figure, Source
from budgeting.explain.particulars import part_words
from budgeting.money import HOURLY, MINUTES_PER_HOUR, Minutes, Money, rounded, total
from budgeting.words import Name, Value, Words, nwords, words
from budgeting.working import MINUS, OVER, PARTS, TIMES, TOLD, exactly, to_the_cent
from portal.proposals.frozen import FrozenAmount, FrozenComponent, FrozenLine, FrozenProposal

ACCEPTED = Source("", confidence=Confidence.GIVEN)
HELD_OR_ENDED = words("Held, or does not go on")


def proposal_figure(frozen: FrozenProposal) -> Figure:
    """The amount of everything that was accepted, support by support."""
    lines = tuple(line_figure(line) for line in frozen.lines)
    known = not lines or any(line.value is not None for line in lines)
    missing = () if all(line.complete for line in frozen.lines) else (NOT_KNOWN,)
    return Figure(
        label=words("All supports together"),
        value=frozen.amount if known else None,
        sum=words("The amounts of all supports added up"),
        parts=lines,
        not_included=(*missing, NO_EXTRAS),
        working=PARTS,
    )


def shares_figure(frozen: FrozenProposal) -> Figure:
    """What the client pays of everything that was accepted: the share of each support, and what is paid beside them."""
    shares = [share_figure(line) for line in frozen.lines if line.contribution]
    beside = frozen.contribution - total([one.contribution for one in frozen.lines])
    if beside:
        label = words("What you pay whatever is used")
        shares.append(Figure(label, beside, source=ACCEPTED, working=TOLD))
    return Figure(
        label=words("What you pay yourself"),
        value=frozen.contribution,
        sum=words("The parts below added up"),
        parts=tuple(shares),
        working=PARTS,
    )


def share_figure(line: FrozenLine) -> Figure:
    """What the client pays of one support as it was accepted."""
    return Figure(
        words("What you pay towards {support}", support=Name(line.name)),
        line.contribution,
        words("Your share of {amount}, as it was counted on the day it was accepted", amount=line.amount),
        (line_figure(line),),
        words("Your share depends on the kind of service. It is rounded to the cent for each visit."),
        ACCEPTED,
        not_included=() if line.complete else (NOT_KNOWN,),
        working=TOLD,
    )


def left_figure(part: FrozenComponent, name: Value, lines: Sequence[FrozenLine] = ()) -> Figure:
    """What was left of a part of the funding, as it was counted on the day it was accepted.

    Of ``lines``, those that it pays and that had no price then leave open what is left of it.
    """
    open_ones = [one for one in lines if not one.complete and one.component == part.key]
    unpriced = not all(one.amount for one in open_ones)
    told: tuple[tuple[Words, Money], ...] = (
        (words("Granted"), part.amount),
        *(() if part.untold else ((words("Spent"), part.spent),)),
        *(() if unpriced else ((words("Planned"), part.planned),)),
    )
    rest = part.amount - part.spent - part.planned - part.left  # held for equipment, or taken back by the program
    text = words(
        "{amount} granted, less {spent} spent, less {planned} planned",
        amount=part.amount,
        spent=UNTOLD if part.untold else part.spent,
        planned=UNTOLD if unpriced else part.planned,
    )
    if rest:
        told = (*told, (HELD_OR_ENDED, rest))
        text = words("What was granted, less what was spent and planned, and less what is held or does not go on")
    return Figure(
        label=words("{component}: left at the end", component=name),
        value=None if part.unseen or unpriced else part.left,
        sum=text,
        parts=tuple(Figure(label, amount, source=ACCEPTED, working=TOLD) for label, amount in told),
        source=ACCEPTED,
        not_included=(*((NOT_TOLD,) if part.untold else ()), *((NOT_KNOWN,) if open_ones else ())),
        working=exactly(part.amount, *(term for _, less in told[1:] for term in (MINUS, less))),
    )


def line_figure(line: FrozenLine) -> Figure:
    """The amount of one support as it was accepted; not known when no price was."""
    known = line.complete or any(row.amount is not None for row in line.amounts)
    return Figure(
        label=words("{support}, altogether", support=Name(line.name)),
        value=line.amount if known else None,
        sum=words("The amounts below added up"),
        parts=tuple(_row_figure(row) for row in line.amounts),
        rule=words("These are the prices of the day on which it was accepted."),
        source=ACCEPTED,
        not_included=() if line.complete else (NOT_KNOWN,),
        working=PARTS,
    )


def _row_figure(row: FrozenAmount) -> Figure:
    label = words("{when}, {first} to {last}", when=part_words(row.kind, row.band), first=row.first, last=row.last)
    if row.amount is None or row.unit_price is None:
        return Figure(label, row.amount, words("The price was not known yet"), working=TOLD)
    unit_price = words("Price of one hour") if row.unit in HOURLY else words("Price of one unit")
    price = Figure(unit_price, row.unit_price, source=ACCEPTED, working=TOLD)
    if row.visits and not row.amount.minor % row.visits:
        each = _visit_figure(row, Money(row.amount.minor // row.visits), price)
        text = nwords("{n} visit at {each}", "{n} visits at {each}", row.visits, each=each.known)
        return Figure(label, row.amount, text, (each,), working=exactly(row.visits, TIMES, each.known))
    unit = UNITS.get(row.unit, UNITS["E"])
    text = words(
        "{quantity} at {price} each, counted in {unit}", quantity=row.quantity, unit=unit, price=row.unit_price
    )
    follows = row.unit_price.for_units(row.quantity.thousandths) == row.amount
    working = to_the_cent(row.quantity, TIMES, row.unit_price) if follows else TOLD
    return Figure(label, row.amount, text, (price,), working=working)


def _visit_figure(row: FrozenAmount, each: Money, price: Figure) -> Figure:
    """One visit: its length follows from all hours of the row, and its cost from the price of an hour."""
    label, unit_price = words("One visit"), row.unit_price or each
    minutes = rounded(row.quantity.thousandths * MINUTES_PER_HOUR, 1000 * row.visits)
    if row.unit in HOURLY and unit_price.for_minutes(minutes) == each:
        text = words("{time} at {price} an hour, rounded to the cent", time=Minutes(minutes), price=unit_price)
        working = to_the_cent(Minutes(minutes), TIMES, unit_price, OVER, MINUTES_PER_HOUR)
        return Figure(label, each, text, (price,), working=working)
    if unit_price == each:
        return Figure(label, each, words("One unit for each visit"), (price,), working=exactly(1, TIMES, each))
    return Figure(label, each, source=ACCEPTED, working=TOLD)
