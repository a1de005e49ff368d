"""The figures of the whole: each part of the funding, its funding periods, and all supports together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgeting.explain.figure import NO_EXTRAS, NOT_KNOWN, Confidence, Figure, Source, shown
from budgeting.explain.lines import line_figure
from budgeting.words import Sign, Value, words
from budgeting.working import MINUS, PARTS, PLUS, TOLD, exactly

if TYPE_CHECKING:
    from budgeting.quotation import ComponentTotal, PeriodTotal, Quote

SAID = Source("", confidence=Confidence.GIVEN)


def component_figure(total: ComponentTotal) -> Figure:
    """What is left of a component with its whole explanation."""
    text = words(
        "{amount} granted, less {spent} spent, less {planned} planned",
        amount=total.amount,
        spent=total.spent,
        planned=total.planned,
    )
    terms: tuple[Value | Sign, ...] = (total.amount, MINUS, total.spent, MINUS, total.planned)
    if total.lapsed:
        text = words(
            "{amount} granted, less {spent} spent, less {planned} planned, less {lapsed} that does not go on",
            amount=total.amount,
            spent=total.spent,
            planned=total.planned,
            lapsed=total.lapsed,
        )
        terms = (*terms, MINUS, total.lapsed)
    return Figure(
        label=words("{component}: left at the end", component=shown(total.component.name)),
        value=total.left,
        sum=text,
        parts=tuple(period_figure(period) for period in total.periods),
        source=SAID,
        not_included=(NO_EXTRAS,),
        working=exactly(*terms),
    )


def period_figure(period: PeriodTotal) -> Figure:
    """What is left on the last day of a funding period."""
    text = words(
        "{released} released, and {carried} from before, less {spent} spent, less {planned} planned",
        released=period.released,
        carried=period.carried_in,
        spent=period.spent,
        planned=period.planned,
    )
    value = period.left if not period.short else -period.short
    label = words("{first} to {last}", first=period.period.first, last=period.period.last)
    rule = words("What is not used goes on as far as the rules allow. Later money cannot be used early.")
    released = period.how or Figure(words("Released"), period.released, source=SAID, working=TOLD)
    working = exactly(period.released, PLUS, period.carried_in, MINUS, period.spent, MINUS, period.planned)
    return Figure(label, value, text, (released,), rule, working=working)


def quote_figure(quote: Quote) -> Figure:
    """The amount of the whole package with its whole explanation."""
    missing = () if quote.complete else (NOT_KNOWN,)
    lines = tuple(line_figure(line) for line in quote.lines)
    return Figure(
        label=words("All supports together"),
        value=quote.amount if not lines or any(line.value is not None for line in lines) else None,
        sum=words("The amounts of all supports added up"),
        parts=lines,
        not_included=(*missing, NO_EXTRAS),
        working=PARTS,
    )
