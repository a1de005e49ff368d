"""Every figure can say how it came about: its sum, its rule, the source, the date, and what it leaves out.

A new figure fills in ``label``, ``value`` and ``working`` (budgeting.working shows how, with an example), ``sum`` in
words, its ``parts``, the ``rule`` and ``source`` it rests on, and ``not_included``. ``figure`` says what a figure is;
``lines``, ``others`` and ``totals`` make those of a quote when it is asked: they know a quote by its type alone.
"""

from __future__ import annotations

from budgeting.explain.figure import (
    BANDS,
    DOLLARS,
    NO_EXTRAS,
    NOT_KNOWN,
    NOT_TOLD,
    PER_UNIT,
    SAID,
    UNITS,
    UNTOLD,
    Confidence,
    Figure,
    Source,
    as_told,
    counted_in,
    shown,
    so_much,
    summed,
)

__all__ = [
    "BANDS",
    "DOLLARS",
    "NOT_KNOWN",
    "NOT_TOLD",
    "NO_EXTRAS",
    "PER_UNIT",
    "SAID",
    "UNITS",
    "UNTOLD",
    "Confidence",
    "Figure",
    "Source",
    "as_told",
    "counted_in",
    "shown",
    "so_much",
    "summed",
]
