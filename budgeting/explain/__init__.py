"""Every figure can say how it came about: its sum, its rule, the source, the date, and what it leaves out.

A new figure fills in ``label``, ``value`` and ``working`` (budgeting.working shows how, with an example), ``sum`` in
words, its ``parts``, the ``rule`` and ``source`` it rests on, and ``not_included``. ``figure`` says what a figure is;
``lines`` and ``totals`` make those of a quote when somebody asks for them.
"""

from __future__ import annotations

from budgeting.explain.figure import (
    BANDS,
    DOLLARS,
    NO_EXTRAS,
    NOT_KNOWN,
    UNITS,
    Confidence,
    Figure,
    Source,
    shown,
)
from budgeting.explain.lines import (
    contribution_figure,
    funded_figure,
    line_figure,
    minutes_figure,
    price_figure,
    row_figure,
    unit_of,
)
from budgeting.explain.totals import (
    component_figure,
    contributions_figure,
    hours_figure,
    lasts_figure,
    left_figure,
    paid_figure,
    quote_figure,
    quote_figures,
)

__all__ = [
    "BANDS",
    "DOLLARS",
    "NOT_KNOWN",
    "NO_EXTRAS",
    "UNITS",
    "Confidence",
    "Figure",
    "Source",
    "component_figure",
    "contribution_figure",
    "contributions_figure",
    "funded_figure",
    "hours_figure",
    "lasts_figure",
    "left_figure",
    "line_figure",
    "minutes_figure",
    "paid_figure",
    "price_figure",
    "quote_figure",
    "quote_figures",
    "row_figure",
    "shown",
    "unit_of",
]
