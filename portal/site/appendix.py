"""How the numbers of a page were worked out: the rules, where they come from, how sure they are, what is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgeting.explain import Confidence, Figure
from budgeting.explain.together import grounds
from budgeting.words import Name, Words, words
from portal.site.tables import Column, Content, Table

SURE = {
    Confidence.GIVEN: words("Told to us, or said in a letter or an agreement"),
    Confidence.A: words("Read in the law or on a government page"),
    Confidence.B: words("Government text, read second-hand"),
    Confidence.C: words("One second-hand source, or our own conclusion"),
    Confidence.U: words("Not checked yet"),
}


@dataclass(frozen=True)
class Appendix:
    """What the figures of a page rest on, each thing once."""

    rules: tuple[Words, ...]
    table: Table
    not_included: tuple[Words, ...]
    told: bool
    confidence: Confidence | None


def appendix(figures: Iterable[Figure]) -> Appendix:
    """The grounds of some figures, their sources as a table."""
    found = grounds(figures)
    columns = (
        Column(words("Where it comes from")),
        Column(words("Part of it")),
        Column(words("Holds from")),
        Column(words("How sure we are")),
    )
    rows: list[tuple[Content, ...]] = [
        (one.named, Name(one.clause), one.since if one.since else "", SURE[one.confidence]) for one in found.sources
    ]
    table = Table("sources", words("Where the rules and prices come from"), columns, rows)
    return Appendix(found.rules, table, found.not_included, found.told, found.confidence)
