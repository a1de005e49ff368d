"""How many different people come for some supports: everybody who is known, each counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from budgeting.compare import PART
from budgeting.explain import SAID, Figure
from budgeting.package import Line, Unpaid
from budgeting.words import Name, Words, words
from budgeting.working import PARTS, TOLD

Known = Mapping[str, Mapping[str, str]]  #: the names of those who come for a line, each by what tells them apart


def who_comes(lines: Iterable[Line], known: Known) -> Figure:
    """Everybody who comes for these lines, as far as it was said; not known while nobody is.

    Somebody who gives a support without pay comes themselves. Supports of which nobody said who comes are named.
    """
    names: dict[str, str] = {}
    supports: dict[str, list[str]] = {}
    missing: list[str] = []
    for line in lines:
        told = {line.provider: line.provider} if isinstance(line.price, Unpaid) and line.provider else {}
        theirs = {**known.get(line.id.partition(PART)[0], {}), **told}
        names |= theirs
        for key in theirs:
            supports.setdefault(key, []).append(line.name)
        if not theirs:
            missing.append(line.name)
    label = words("Different people who come, as far as known")
    left_out = tuple(words("{support}: nobody has said yet who comes.", support=Name(one)) for one in missing)
    if not names:
        return Figure(label, None, words("Nobody has said yet who comes."), not_included=left_out)
    parts = tuple(
        Figure(words("{name}", name=Name(name)), 1, _listed(supports[key]), source=SAID, working=TOLD)
        for key, name in names.items()
    )
    return Figure(label, len(parts), words("Everybody counted once"), parts, not_included=left_out, working=PARTS)


def _listed(supports: Iterable[str]) -> Words:
    return words("{supports}", supports=Name(" · ".join(dict.fromkeys(supports))))
