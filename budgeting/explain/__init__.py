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
from budgeting.explain.lines import contribution_figure, line_figure, price_figure, row_figure, unit_of
from budgeting.explain.totals import component_figure, period_figure, quote_figure

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
    "line_figure",
    "period_figure",
    "price_figure",
    "quote_figure",
    "row_figure",
    "shown",
    "unit_of",
]
