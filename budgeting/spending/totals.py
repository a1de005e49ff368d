"""The money in five words: planned, delivered, claimed, paid and free, for each part and funding period.

What was told ("spent so far, up to a day") and the entries are never counted twice: an entry of a support up to that
day is inside what was told, unless we know that it was claimed or paid later. What is not known is never zero: without
anything told and without an entry nobody knows what was delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgeting.charges import Ledger
from budgeting.explain import SAID, UNITS, Figure, as_told, shown, summed
from budgeting.explain.drawn import planned_figure
from budgeting.explain.totals import released_figure
from budgeting.money import HOURLY, MINUTES_PER_HOUR, ZERO, Minutes, Money, total
from budgeting.package import FundingPeriod
from budgeting.period import Period
from budgeting.quotation import ComponentTotal, Drawn, PeriodTotal
from budgeting.spending import UNCOUNTED, Entry, EntryState
from budgeting.words import Name, Words, nwords, words
from budgeting.working import MINUS, OVER, PARTS, PLUS, TIMES, TOLD, exactly, to_the_cent

DONE = frozenset({EntryState.CLAIMED, EntryState.PAID})
NOTHING_KNOWN = words("Nothing was told or entered for these days yet.")
ONLY_ENTERED = words("Only what was entered here; what no invoice was entered for is not in it.")
NO_PLAN = words("There is no agreed plan here to count from.")


@dataclass(frozen=True, slots=True)
class Five:
    """One part of the funding in one funding period, or in all of them (``period`` None). Figures explain themselves.

    ``planned``: still to come, and due by the plan without an invoice yet. Delivered holds claimed, claimed holds paid.
    """

    period: Period | None
    released: Figure
    carried: Money
    planned: Figure
    delivered: Figure
    claimed: Figure
    paid: Figure
    free: Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """A part of the funding: each funding period, all together, and what is not counted.

    ``inside``: entries that lie in what was told. ``questioned``: what nobody owes until somebody answers.
    """

    total: ComponentTotal
    periods: tuple[Five, ...]
    whole: Five
    inside: Figure
    questioned: Figure
    odd: Words | None  # where what was told and the entries cannot both be right


def standing(
    part: ComponentTotal,
    entries: Iterable[Entry],
    today: date,
    *,
    told: bool,
    planned: bool,
    held: Figure | None = None,
    carries: Callable[[int, FundingPeriod], int],
) -> Standing:
    """One part of the funding as it stands today.

    ``entries`` are those of this part. ``told``: whether somebody said what was spent; ``planned``: whether there is a
    plan in ``part``. ``held`` is put aside for what was approved and is not paid yet; it is not free today.
    ``carries`` says how many minor units go on to the next funding period.
    """
    mine = list(entries)
    counted = [one for one in mine if one.state not in UNCOUNTED]
    until = part.component.spent_until if told else None
    inside = [one for one in counted if until is not None and one.inside(until)]
    within = set(map(id, inside))
    adding = [one for one in counted if id(one) not in within]
    at = _At(part, adding, until, today, told, bool(counted), planned, held)
    fives: list[Five] = []
    carried, lapsed = part.component.carried, ZERO
    for number, period in enumerate(part.periods):
        five = at.five(period, carried, number)
        fives.append(five)
        free = five.free.value if isinstance(five.free.value, Money) else ZERO
        following = number + 1 < len(part.periods)
        left = max(0, free.minor)
        released = FundingPeriod(period.period, period.released)
        carried = Money(carries(left, released)) if following else ZERO
        lapsed += Money(left) - carried if following else ZERO
    in_told = _entries(words("Entries"), inside)
    odd = None
    if until is not None and isinstance(in_told.value, Money) and in_told.value > part.component.spent:
        odd = words(
            "The entries up to {day} add up to {sum}, more than the {told} that was told. One of the two needs a look.",
            day=until,
            sum=in_told.value,
            told=part.component.spent,
        )
    questioned = _entries(words("Questioned"), [one for one in mine if one.state is EntryState.QUESTIONED])
    return Standing(part, tuple(fives), at.whole(fives, lapsed), in_told, questioned, odd)


def _entries(label: Words, entries: Sequence[Entry]) -> Figure:
    return summed(label, words("The entries, added up"), [_counted(entries)] if entries else [], source=SAID)


def _counted(entries: Sequence[Entry]) -> Figure:
    text = nwords("{n} entry", "{n} entries", len(entries))
    return as_told(text, total([one.takes for one in entries]))


@dataclass(frozen=True, slots=True)
class _At:
    """What the figures of one part are worked out from."""

    part: ComponentTotal
    adding: list[Entry]  # not inside what was told
    until: date | None
    today: date
    told: bool
    any_entry: bool
    planned: bool
    held: Figure | None

    def _held_in(self, number: int) -> Figure | None:
        """What is held counts in the funding period of today: the last that has begun, else the first."""
        begun = [place for place, one in enumerate(self.part.periods) if one.period.first <= self.today]
        return self.held if number == max(begun, default=0) else None

    def five(self, period: PeriodTotal, carried: Money, number: int) -> Five:
        first, last = period.period.first, period.until
        entries = [one for one in self.adding if (first <= one.first or number == 0) and one.first <= last]
        if number == len(self.part.periods) - 1:
            entries += [one for one in self.adding if one.first > last]
        spent = period.spent if self.told and period.spent else None
        known = self.told or self.any_entry or first > self.today
        name = shown(self.part.component.name)
        days = Period(first, last)
        delivered = self._sum(words("{part}: delivered", part=name), entries, spent, known)
        claimed = [one for one in entries if one.state in DONE]
        paid = [one for one in entries if one.state is EntryState.PAID]
        planned = self._planned(words("{part}: planned", part=name), days)
        held = self._held_in(number)
        return Five(
            period.period,
            released_figure(period),
            carried,
            planned,
            delivered,
            self._sum(words("{part}: claimed", part=name), claimed, spent, known),
            self._sum(words("{part}: paid", part=name), paid, spent, known),
            _free(words("{part}: free", part=name), period.released, carried, self._all(delivered), planned, held=held),
        )

    def whole(self, fives: Sequence[Five], lapsed: Money) -> Five:
        """All funding periods together; money that a program takes back between them is not free."""
        name = shown(self.part.component.name)
        carried = self.part.component.carried
        delivered = _together(words("{part}: delivered", part=name), [(one.period, one.delivered) for one in fives])
        planned = _together(words("{part}: planned", part=name), [(one.period, one.planned) for one in fives])
        return Five(
            None,
            _together(words("Released"), [(one.period, one.released) for one in fives]),
            carried,
            planned,
            delivered,
            _together(words("{part}: claimed", part=name), [(one.period, one.claimed) for one in fives]),
            _together(words("{part}: paid", part=name), [(one.period, one.paid) for one in fives]),
            _free(
                words("{part}: free", part=name),
                self.part.amount - carried,
                carried,
                self._all(delivered),
                planned,
                lapsed,
                self.held,
            ),
        )

    def _all(self, delivered: Figure) -> Figure:
        """What was delivered, if that is all that was spent: while nobody has told it, entries alone do not say."""
        return delivered if self.told or not delivered.value else replace(delivered, value=None)

    def _sum(self, label: Words, entries: list[Entry], told: Money | None, known: bool) -> Figure:
        if not known:
            return Figure(label, None, source=SAID, not_included=(NOTHING_KNOWN,))
        parts = []
        if told is not None and self.until is not None:
            day = words("Told as spent, up to {day}", day=self.until)
            parts.append(as_told(day, told))
        if entries:
            parts.append(_counted(entries))
        sum_ = words("What was told, and the entries after it") if self.told else words("The entries, added up")
        return summed(label, sum_, parts, missing=(ONLY_ENTERED,), source=SAID)

    def _planned(self, label: Words, days: Period) -> Figure:
        """What is to come after today, and what was due by the plan and no invoice was entered for."""
        if not self.planned:
            return Figure(label, None, source=SAID, not_included=(NO_PLAN,))
        begin = max(days.first, self.until + timedelta(days=1)) if self.until else days.first
        parts = tuple(line for one in self.part.drawn if (line := self._line(one, begin, days.last)))
        text = words("What each support of the plan still takes, added up")
        return summed(label, text, parts, source=SAID)

    def _line(self, one: Drawn, first: date, last: date) -> Figure | None:
        to_come = _taken(words("After {day}", day=self.today), one, max(first, self.today + timedelta(days=1)), last)
        due = self._due(one, first, min(last, self.today))
        parts = tuple(part for part in (to_come, due) if part is not None)
        if not parts:
            return None
        text = words("What is to come, and what was planned until today without an invoice")
        return summed(words("{support}", support=Name(one.name)), text, parts, source=SAID)

    def _due(self, one: Drawn, first: date, last: date) -> Figure | None:
        """What was planned until today and has no invoice; from its first to its last entry a line is known, gaps too.

        A forecast counts it in the same way (``budgeting.pricing.recorded``), so both say the same is left.
        """
        label = words("Planned until {day}, without an invoice", day=self.today)
        line = one.quoted.line.id if one.quoted else None
        own = [entry for entry in self.adding if entry.line == line and entry.amount > ZERO]
        spans = [(first, last)]
        if own:
            known = max(max(entry.first, min(entry.last, self.today)) for entry in own)
            begun = min(entry.first for entry in own)
            spans = [(first, min(last, begun - timedelta(days=1))), (max(first, known + timedelta(days=1)), last)]
        parts = [part for each in spans if (part := _taken(label, one, *each)) is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        named = [replace(part, label=_days(*each)) for part, each in zip(parts, spans, strict=True)]
        return summed(label, words("The parts below added up"), named, source=SAID)


def _days(first: date, last: date) -> Words:
    return words("{first} to {last}", first=first, last=last)


def _taken(label: Words, one: Drawn, first: date, last: date) -> Figure | None:
    """What a line takes on some days by the plan; None where that is nothing."""
    if last < first:
        return None
    days = first.toordinal(), last.toordinal()
    return planned_figure(label, (one,), *days) if Ledger(one.charges).taken(*days) else None


def _together(label: Words, parts: Sequence[tuple[Period | None, Figure]]) -> Figure:
    """The funding periods added up; those that have begun and of which nothing is known make the whole unknown."""
    named = tuple(replace(one, label=_days(period.first, period.last)) for period, one in parts if period is not None)
    values = [one.value for one in named if isinstance(one.value, Money)]
    missing = tuple(dict.fromkeys(note for one in named for note in one.not_included))
    if len(values) < len(named):
        text = words("The funding periods added up; one of them is not known yet")
        return Figure(label, None, text, named, source=SAID, not_included=missing)
    text = words("The funding periods added up")
    return Figure(label, total(values), text, named, source=SAID, not_included=missing, working=PARTS)


def _free(
    label: Words,
    released: Money,
    carried: Money,
    delivered: Figure,
    planned: Figure,
    lapsed: Money = ZERO,
    held: Figure | None = None,
) -> Figure:
    """What is neither delivered nor planned nor held for equipment; below zero when more is planned than there is."""
    used, wanted = delivered.value, planned.value
    kept = held.value if held and isinstance(held.value, Money) else ZERO
    more = held.not_included if held else ()
    missing = tuple(dict.fromkeys((*delivered.not_included, *planned.not_included, *more)))
    if not isinstance(used, Money) or not isinstance(wanted, Money):
        text = words("What is released, less what was delivered and what is planned; a part of it is not known yet")
        return Figure(label, None, text, source=SAID, not_included=missing)
    brought = as_told(words("Brought from before"), carried)
    parts = (
        as_told(words("Released"), released),
        *((brought,) if carried else ()),
        delivered,
        planned,
        *((held.brief,) if kept and held else ()),
        *((Figure(words("Taken back between funding periods"), lapsed, working=TOLD),) if lapsed else ()),
    )
    less = (MINUS, used, MINUS, wanted, *((MINUS, kept) if kept else ()), *((MINUS, lapsed) if lapsed else ()))
    money = (released, PLUS, carried) if carried else (released,)
    text = words("What is released, less what was delivered and what is planned")
    if kept:
        text = words("What is released, less what was delivered, what is planned and what is held for equipment")
    value = released + carried - used - wanted - kept - lapsed
    working = exactly(*money, *less)
    return Figure(label, value, text, parts, source=SAID, not_included=missing, working=working)


def billed_figure(label: Words, entry: Entry) -> Figure:
    """The amount of one entry: time or number by the price where the invoice names both, else as the invoice says."""
    price, many = entry.unit_price, entry.minutes if entry.unit in HOURLY and entry.minutes else entry.quantity
    if price is None or many is None:
        return Figure(label, entry.amount, words("As the invoice says it"), source=SAID, working=TOLD)
    parts = (
        as_told(words("How many"), many),
        as_told(words("Price of one"), price),
    )
    if isinstance(many, Minutes):
        text = words("{time} at {price} an hour, rounded to the cent", time=many, price=price)
        comes_to, working = price.for_minutes(many.count), to_the_cent(many, TIMES, price, OVER, MINUTES_PER_HOUR)
    else:
        unit = UNITS.get(entry.unit, UNITS["E"])
        text = words("{quantity} at {price} each, counted in {unit}", quantity=many, price=price, unit=unit)
        comes_to, working = price.for_units(many.thousandths), to_the_cent(many, TIMES, price)
    if comes_to != entry.amount:
        return Figure(label, entry.amount, words("As the invoice says it"), source=SAID, working=TOLD)
    return Figure(label, entry.amount, text, parts, source=SAID, working=working)


def by_provider(label: Words, entries: Iterable[tuple[Name, Money]]) -> Figure:
    """Entries added up, with a part for each name, of a provider or of a person, in the order of the names."""
    found: dict[Name, list[Money]] = {}
    for name, amount in entries:
        found.setdefault(name, []).append(amount)
    parts = tuple(
        Figure(
            words("{name}", name=name) if name.text else words("Provider not said"),
            total(amounts),
            nwords("{n} entry", "{n} entries", len(amounts)),
            source=SAID,
            working=TOLD,
        )
        for name, amounts in sorted(found.items(), key=lambda pair: pair[0].text.casefold())
    )
    every = total([amount for amounts in found.values() for amount in amounts])
    return Figure(label, every, words("The entries, added up"), parts, source=SAID, working=PARTS)
