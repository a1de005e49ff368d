"""What mends a package whose money does not reach: changes of single supports, each proved by a new quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgeting.catalogue import Editions
from budgeting.charges import Ledger
from budgeting.choosing.easings import (
    Easing,
    EasingKind,
    between,
    easings,
    fewer_units,
    from_day,
    whole_units,
)
from budgeting.compare import PART, Difference, compare, together
from budgeting.forecast.year import lonely_days
from budgeting.money import UNIT, Minutes, Money, Quantity
from budgeting.package import Line, Package, Priority, Role, Units, Weekly, visits_of, without
from budgeting.period import Calendar, Period
from budgeting.pricing import quote
from budgeting.programs import program
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Words, nwords, words

TRIED = 4  # supports that are tried for each kind of change
LEAST = 10  # a change that saves less than one in so many of what is missing is not tried


@dataclass(frozen=True, slots=True)
class Fix:
    """A changed package in which what broke works again: what changes in it, and what it costs."""

    words: Words
    before: Quote
    quote: Quote

    @property
    def package(self) -> Package:
        """The whole package, ready to be tried."""
        return self.quote.package

    @property
    def cost(self) -> Money:
        """What the package costs more; negative when it costs less."""
        return self.quote.amount - self.before.amount

    @property
    def minutes(self) -> Minutes:
        """The time of support that is lost, that of family and friends too; below zero when there is more."""
        return self.before.minutes + self.before.unpaid - self.quote.minutes - self.quote.unpaid

    @property
    def difference(self) -> Difference:
        """What changes, line by line; the parts of a line that changes in the middle are taken together."""
        return compare(together(self.before), together(self.quote))


@dataclass(frozen=True, slots=True)
class Shortage:
    """Money that does not reach: the parts of the funding that share it, and the last day before more is released."""

    pool: frozenset[str]
    until: date

    def gone(self, quoted: Quote) -> bool:
        """Whether the money reaches in another quote, on all days up to ``until``, in this part of the funding."""
        dry = [quoted.component(key).runs_dry for key in self.pool]
        return all(day is None or day > self.until for day in dry)


class Mender:
    """Looks for changes that end one shortage; ``since`` is the first day that may change, ``keep`` what may not."""

    def __init__(
        self,
        quoted: Quote,
        shortage: Shortage,
        editions: Editions,
        calendar: Calendar,
        since: date,
        keep: frozenset[str] = frozenset(),
    ) -> None:
        self.quoted, self.package, self.shortage = quoted, quoted.package, shortage
        self.editions, self.calendar = editions, calendar
        spent = [quoted.component(key).component.spent_until for key in shortage.pool]
        self.start = max([since, *(day + timedelta(1) for day in spent if day)])
        self.missing = max(1, self._missing())
        self.lonely = set(lonely_days(self.package))
        self.lines = [one for one in quoted.lines if self._may_give(one, keep)]
        self.lines.sort(key=lambda one: (one.line.gives_way, len(one.line.purposes), -one.funded.minor, one.line.id))

    def fixes(self) -> Iterator[Fix]:
        """What would mend it, the gentlest first, one of each kind at most; else several together.

        What must happen is left as it is, unless nothing else is enough.
        """
        if self.start > self.shortage.until:
            return
        everything = self.lines
        self.lines = [one for one in everything if one.line.priority is not Priority.MUST]
        first = next(found := self._fixes(), None)
        if first is None and len(self.lines) < len(everything):
            self.lines = everything
            first = next(found := self._fixes(), None)
        if first:
            yield first
            yield from found

    def _fixes(self) -> Iterator[Fix]:
        found = False
        for attempt in (
            self._eased(EasingKind.SPLIT),
            self._eased(EasingKind.EARLIER),
            self._moved(),
            self._eased(EasingKind.WEEKDAY),
            self._eased(EasingKind.FEWER),
            self._without_holidays(),
            self._eased(EasingKind.SHORTER),
            self._eased(EasingKind.RARER),
            self._fewer_units(),
            self._eased(EasingKind.SHARED),
        ):
            fix = next(attempt, None)
            if fix:
                found = True
                yield fix
        if not found:
            yield from self._several()

    def _may_give(self, one: LineQuote, keep: frozenset[str]) -> bool:
        payers = {one.component, *(payment.payer for payment in one.payments)}
        pays = bool(payers & self.shortage.pool) and one.funded.minor > 0
        return pays and one.line.role is Role.PLANNED and one.line.id not in keep and one.line.period.last >= self.start

    def _missing(self) -> int:
        """About how many minor units are missing up to the last day of the shortage."""
        day = self.shortage.until
        periods = (one for key in self.shortage.pool for one in self.quoted.component(key).periods)
        return sum(one.short.minor for one in periods if one.period.first <= day)

    def _mended(self, lines: Mapping[str, tuple[Line, ...]], text: Words) -> Fix | None:
        """The package with some lines replaced, when the money then reaches and nobody is left alone by it."""
        package = self.package.instead(lines)
        quoted = quote(package, self.editions, self.calendar)
        if not self.shortage.gone(quoted) or _earlier_shortage(self.quoted, quoted, self.shortage.until):
            return None
        return None if set(lonely_days(package)) - self.lonely else Fix(text, self.quoted, quoted)

    def _eased(self, kind: EasingKind) -> Iterator[Fix]:
        """One support that takes less, from the latest day from which that is enough."""
        tried = 0
        for one in self.lines:
            for easing in self._easings(one, kind):
                if self._saves(one, from_day(one.line, easing.line, self.start)) * LEAST < self.missing:
                    continue
                tried += 1
                if tried > TRIED:
                    return
                fix = self._latest(one.line, easing)
                if fix:
                    yield fix

    def _easings(self, one: LineQuote, kind: EasingKind) -> Iterator[Easing]:
        for easing in easings(one.line, program(self.package.program), self.start):
            if easing.kind is kind:
                yield easing

    def _saves(self, one: LineQuote, parts: tuple[Line, ...]) -> int:
        """Minor units that the funding pays less up to the last day of the shortage."""
        first, last = self.start.toordinal(), self.shortage.until.toordinal()
        alone = quote(replace(self.package, lines=parts), self.editions, self.calendar)
        will = sum(Ledger(part.charges).taken(first, last) for part in alone.lines)
        return Ledger(one.charges).taken(first, last) - will

    def _latest(self, line: Line, easing: Easing) -> Fix | None:
        """The change from the latest week that is enough; a change that begins earlier never saves less.

        It ends with the shortage: once more money is released, the support is as it was.
        """
        start, until = max(self.start, line.period.first), self.shortage.until
        last = (min(until, line.period.last) - start).days // 7

        def after(weeks: int) -> Fix | None:
            day, text = start + timedelta(7 * weeks), easing.words
            if until < line.period.last:
                text = words("From {day} to {until}: {change}", day=day, until=until, change=text)
            elif day > line.period.first:
                text = words("From {day}: {change}", day=day, change=text)
            return self._mended({line.id: between(line, easing.line, day, until)}, text)

        return _last_good(after, last) if last >= 0 else None

    def _fewer_units(self) -> Iterator[Fix]:
        """Fewer hours or items of one support, spread over the rest of its time: as few as are enough."""
        for one in [one for one in self.lines if isinstance(one.line.schedule, Units)][:TRIED]:
            schedule = one.line.schedule
            assert isinstance(schedule, Units)  # as chosen above
            most = (schedule.quantity.thousandths - 1) // UNIT

            def cut(less: int, one: LineQuote = one, most: int = most) -> Fix | None:
                easing = fewer_units(one.line, Quantity(whole_units((most - less) * UNIT)))
                return self._mended({one.line.id: from_day(one.line, easing.line, self.start)}, easing.words)

            fix = _last_good(cut, most - 1) if most else None
            if fix:
                yield fix

    def _moved(self) -> Iterator[Fix]:
        """As few visits as are enough, moved from the end of this time to the first weeks of the next release."""
        following = self.shortage.until + timedelta(1)
        tried = [one for one in self.lines if _free_weekday(one.line) is not None][:TRIED]
        for one in tried:
            line, free = one.line, _free_weekday(one.line)
            visits = visits_of(line, Period(self.start, self.shortage.until)) if self.start < following else []
            first = following + timedelta(((free or 0) - following.weekday()) % 7)
            room = ((min(line.period.last, self.package.period.last) - first).days // 7) + 1
            most = min(len(visits), room, 13)
            if most < 1:
                continue

            def move(less: int, line: Line = line, first: date = first, most: int = most, days: list[date] = visits,
                     free: int = free or 0) -> Fix | None:  # fmt: skip
                count = most - less
                parts = _moved(line, days[-count:], free, first)
                text = nwords(
                    "{support}: {n} visit moves from the days before {day} to the first week after it",
                    "{support}: {n} visits move from the days before {day} to the weeks after it",
                    count,
                    support=Name(line.name),
                    day=following,
                )
                fix = self._mended({line.id: parts}, text)
                return fix if fix and self._no_later_shortage(fix.quote) else None

            fix = _last_good(move, most - 1)
            if fix:
                yield fix

    def _no_later_shortage(self, quoted: Quote) -> bool:
        """Whether money that was taken from a later time was there."""
        return all(quoted.component(key).runs_dry is None for key in self.shortage.pool)

    def _without_holidays(self) -> Iterator[Fix]:
        """No visits on public holidays: on as many of the last ones before the end of the shortage as are enough."""
        window = Period(self.start, self.shortage.until)
        here = self.calendar.at(self.package.place)
        visits = {one.line.id: [day for day in visits_of(one.line, window) if day in here] for one in self.lines}
        days = sorted({day for some in visits.values() for day in some})

        def leave_out(kept: int) -> Fix | None:
            out = days[kept:]
            changed = {
                one.line.id: (without(one.line, [day for day in visits[one.line.id] if day in out]),)
                for one in self.lines
            }
            text = nwords(
                "No visits on the public holiday {first}",
                "No visits on the {n} public holidays from {first} to {last}",
                len(out),
                first=out[0],
                last=out[-1],
            )
            return self._mended(changed, text)

        fix = _last_good(leave_out, len(days) - 1) if days else None
        if fix:
            yield fix

    def _several(self) -> Iterator[Fix]:
        """When no single support is enough: one after the other comes less often, until the money reaches."""
        changed: dict[str, tuple[Line, ...]] = {}
        said: list[Words] = []
        for one in self.lines:
            largest = [*self._easings(one, EasingKind.FEWER), *self._easings(one, EasingKind.RARER)]
            if not largest:
                continue
            easing = max(largest, key=lambda easing: (-easing.keeps, easing.words.text))
            start, until = max(self.start, one.line.period.first), self.shortage.until
            changed[one.line.id] = between(one.line, easing.line, start, until)
            said.append(easing.words)
            text = words("From {day} to {until}: {change}", day=self.start, until=until, change=_together(said))
            fix = self._mended(changed, text) if len(said) > 1 else None
            if fix:
                yield fix
                return


def _together(said: list[Words]) -> Words:
    text = said[0]
    for one in said[1:]:
        text = words("{first}. {next}", first=text, next=one)
    return text


def _earlier_shortage(before: Quote, after: Quote, until: date) -> bool:
    """Whether some part of the funding runs dry up to a day although it did not before."""
    dry = [(one.runs_dry, before.component(key).runs_dry) for key, one in after.parts.items() if one.runs_dry]
    return any(day <= until and day < (known or date.max) for day, known in dry)


def _last_good(attempt: Callable[[int], Fix | None], most: int) -> Fix | None:
    """The fix of the largest number up to ``most`` that works, where a smaller number works at least as well."""
    best = attempt(0)
    low, high = 0, most
    while best is not None and low < high:
        middle = (low + high + 1) // 2
        fix = attempt(middle)
        if fix is None:
            high = middle - 1
        else:
            low, best = middle, fix
    return best


def _free_weekday(line: Line) -> int | None:
    """A day from Monday to Friday on which a support does not come yet; None when there is none, or no visits."""
    schedule = line.schedule
    if not isinstance(schedule, Weekly) or not schedule.weekdays or schedule.sleepover:
        return None
    return next((day for day in (4, 3, 2, 1, 0) if day not in schedule.weekdays), None)


def _moved(line: Line, days: list[date], free: int, first: date) -> tuple[Line, ...]:
    """A line without its visits on some days, and as many visits, one a week, from another day on."""
    assert isinstance(line.schedule, Weekly)  # only lines with visits have a free weekday
    beside = replace(
        line,
        id=f"{line.id}{PART}moved",
        period=Period(first, first + timedelta(7 * (len(days) - 1))),
        schedule=replace(line.schedule, weekdays=(free,), every_n_weeks=1, anchor=None),
        skips=(),
    )
    return (without(line, days), beside)
