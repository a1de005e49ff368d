"""What a change of a few lines leaves of the parts of the funding they touch, from what is priced already."""

from __future__ import annotations

from collections.abc import Sequence

from budgeting import programs
from budgeting.courses import Span, Sums
from budgeting.quotation import ComponentTotal, Drawn, LineQuote, Quote
from budgeting.totals import Together, account_of

Change = tuple[ComponentTotal, ComponentTotal]


class Afterwards:
    """Answers for one priced package; what all its lines take together is added up once, whatever is asked."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.lines = {one.line.id: one for one in quote.lines}
        allocation = quote.package.funding.allocation if quote.package.funding else None
        limited = allocation is not None and bool(allocation.reliefs or allocation.contributed)
        self._shared = limited or any(line.payments for line in quote.lines)
        self._all = {one.component.key: Together(one.drawn) for one in quote.components}

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
        rules = programs.rules(self.quote.package.program)
        found = []
        for now in self.quote.components:
            gone, new = _drawing_on(now, out), _drawing_on(now, into)
            if [one.charges for one in gone] != [one.charges for one in new]:
                taken = Instead(self._all[now.component.key], gone, new)
                found.append((now, account_of((now.component,), funding.period, rules.carries).total(taken)))
        return tuple(found)


def _drawing_on(total: ComponentTotal, lines: Sequence[LineQuote]) -> list[Drawn]:
    return [one.drawn for one in lines if one.component == total.component.key and one.charges and one.counted]


class Instead(Together):
    """What lines take when some of them give way to others."""

    def __init__(self, every: Together, gone: Sequence[Drawn], new: Sequence[Drawn]) -> None:
        out = [one for one in every.drawn if any(one.quoted is each.quoted for each in gone)]
        kept = [one for one in every.drawn if all(one is not each for each in out)]
        super().__init__((*kept, *new))
        self._every, self._gone, self._new = every, Together(out), Together(new)

    def over(self, span: Span) -> Sums:
        return self._every.over(span).instead(self._gone.courses(span), self._new.courses(span))
