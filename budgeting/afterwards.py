"""What a change of a few lines leaves of the parts of the funding they touch, from what is priced already."""

from __future__ import annotations

from collections.abc import Sequence

from budgeting import programs
from budgeting.quotation import ComponentTotal, Drawn, LineQuote, Quote
from budgeting.totals import Together, drawn_on

Change = tuple[ComponentTotal, ComponentTotal]


class Afterwards:
    """Answers for one priced package; what all its lines take together is added up once, whatever is asked."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.lines = {one.line.id: one for one in quote.lines}
        allocation = quote.package.funding.allocation if quote.package.funding else None
        limited = allocation is not None and bool(allocation.reliefs or allocation.contributed)
        self._shared = limited or any(line.payments for line in quote.lines)
        self._all = {one.component.key: AddedUp(one.drawn) for one in quote.components}

    def of(self, out: Sequence[LineQuote], into: Sequence[LineQuote]) -> tuple[Change, ...] | None:
        """The parts of the funding that differ when lines give way to others, each as it is and as it would be.

        ``out`` are lines of the package, ``into`` are priced by themselves. None where the rest of the package would be
        priced otherwise too, since several payers share it or what the client pays is limited over all lines: then only
        the whole package tells.
        """
        funding = self.quote.package.funding
        if funding is None:
            return ()
        if self._shared or any(line.payments for line in into):
            return None
        carries = programs.rules(self.quote.package.program).carries
        found = []
        for now in self.quote.components:
            gone, new = _drawing_on(now, out), _drawing_on(now, into)
            if [one.charges for one in gone] != [one.charges for one in new]:
                taken = Instead(self._all[now.component.key], gone, new)
                found.append((now, drawn_on(now.component, taken, funding.period, carries)))
        return tuple(found)


def _drawing_on(total: ComponentTotal, lines: Sequence[LineQuote]) -> list[Drawn]:
    return [one.drawn for one in lines if one.component == total.component.key and one.charges and one.counted]


class AddedUp(Together):
    """What several lines take, added up the first time it is asked for."""

    def __init__(self, drawn: Sequence[Drawn]) -> None:
        super().__init__(drawn)
        self._taken: dict[tuple[int, int], int] = {}
        self._minutes: dict[tuple[int, int, int], int] = {}

    def taken(self, first: int, last: int) -> int:
        if (first, last) not in self._taken:
            self._taken[first, last] = super().taken(first, last)
        return self._taken[first, last]

    def minutes(self, first: int, until: int, last: int) -> int:
        if (first, until, last) not in self._minutes:
            self._minutes[first, until, last] = super().minutes(first, until, last)
        return self._minutes[first, until, last]


class Instead(Together):
    """What lines take when some of them give way to others."""

    def __init__(self, every: AddedUp, gone: Sequence[Drawn], new: Sequence[Drawn]) -> None:
        super().__init__((*[one for one in every.drawn if not any(one.quoted is each.quoted for each in gone)], *new))
        self._every, self._gone, self._new = every, Together(gone), Together(new)

    def taken(self, first: int, last: int) -> int:
        return self._every.taken(first, last) - self._gone.taken(first, last) + self._new.taken(first, last)

    def minutes(self, first: int, until: int, last: int) -> int:
        days = first, until, last
        return self._every.minutes(*days) - self._gone.minutes(*days) + self._new.minutes(*days)
