"""Several figures as one: added up, and everything that they rest on, each thing once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgeting.explain import NOT_KNOWN, Confidence, Figure, Source
from budgeting.money import Money, total
from budgeting.words import Words, words
from budgeting.working import PARTS


def added(label: Words, parts: tuple[Figure, ...]) -> Figure:
    """The amounts of some figures added up, as far as they are known; not known while none of them is."""
    amounts = [one.value for one in parts if isinstance(one.value, Money)]
    value = total(amounts) if amounts or not parts else None
    missing = () if len(amounts) == len(parts) else (NOT_KNOWN,)
    return Figure(label, value, words("The amounts below added up"), parts, not_included=missing, working=PARTS)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What some figures rest on, in the order in which they name it."""

    rules: tuple[Words, ...]
    sources: tuple[Source, ...]  # published ones; what was told has no title
    not_included: tuple[Words, ...]
    told: bool  # whether something in them is what the person, a letter or an agreement said
    confidence: Confidence | None  # of the least sure


def grounds(figures: Iterable[Figure]) -> Grounds:
    """Every rule, source and omission in some figures and the parts of them, each once."""
    found = list(figures)
    all_of_them = [one for figure in found for one in _within(figure)]
    sources = [one for figure in all_of_them for one in (figure.source, figure.rule_source) if one]
    sure = [known for figure in found if (known := figure.confidence)]
    return Grounds(
        rules=tuple(dict.fromkeys(one.rule for one in all_of_them if one.rule)),
        sources=tuple(dict.fromkeys(one for one in sources if one.title)),
        not_included=tuple(dict.fromkeys(text for one in all_of_them for text in one.not_included)),
        told=any(one.confidence is Confidence.GIVEN for one in sources),
        confidence=max(sure, key=list(Confidence).index, default=None),
    )


def _within(figure: Figure) -> Iterator[Figure]:
    yield figure
    for part in figure.parts:
        yield from _within(part)
