"""What a reader tries out with a draft and nobody stores: the changes an address asks for, and what they would mean.

Names of fields end with the first letters of the id that a line keeps, so that an address stays short.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from budgeting.choosing.trades import Trade, Trades
from budgeting.choosing.wishes import Wish, could_wish
from budgeting.compare import ComponentChange, Difference
from budgeting.compare.gains import gained, lost
from budgeting.compare.repricing import first_dry
from budgeting.explain import Figure
from budgeting.explain.describe import WEEKDAYS, schedule_words
from budgeting.explain.totals import component_sum, contributions_figure, hours_figure
from budgeting.forecast.mending import Fix
from budgeting.money import MINUTES_PER_HOUR, Minutes, Money, Quantity
from budgeting.package import Line, Package, Units, Weekly
from budgeting.period import DAY
from budgeting.words import Name, Value, Words, nwords, words
from portal.language import show
from portal.proposals.named import named
from portal.proposals.sheet import decimal
from portal.proposals.supports import unit_words
from portal.reading import Unreadable, read_decimal, read_time
from portal.site.tables import Column, Table

Query = Mapping[str, str]
ASKED = "asked"  # in the address when the form was sent: then a box of a line it speaks of, and is not in it, is empty
MOST_UNITS = 100_000_000  # thousandths
HOW = ("visits", "longer", "units")
DAYS, LONGER, MORE = 7, 30, 5  # of a week; minutes; hours or pieces: what can be asked for in one press
ALWAYS = 2  # money and hours are told also where they stay the same
Change = tuple[Markup, Markup, Markup]  # what, before, after


def short(line_id: str) -> str:
    """The few letters that stand for a line in an address."""
    return line_id.replace("-", "")[:8]


@dataclass(frozen=True, slots=True)
class TriedLine:
    """The fields of one line as they are typed, and what is wrong with them."""

    key: str
    line: Line
    program: str
    changed: bool
    weekly: bool
    units: bool
    days: tuple[tuple[int, Markup, bool], ...]  #: number, name of the weekday, whether somebody comes
    begins: str
    finishes: str
    quantity: str
    unit: Markup | None
    out: bool
    wrong: Markup | None = None  #: what to type instead

    @property
    def name(self) -> Markup:
        """What the line is called."""
        return show(named(self.line.name, self.program, self.line.support))

    @property
    def when(self) -> Markup:
        """What the draft says now."""
        return show(schedule_words(self.line.schedule))


def tried(package: Package, query: Query) -> tuple[Package, list[TriedLine]]:
    """The package as the address asks for it, and its fields.

    A line the address says nothing of stays as it is, and so does one with something that cannot be read.
    """
    lines: list[Line] = []
    fields: list[TriedLine] = []
    weekdays = [show(name) for name in WEEKDAYS]
    for line in package.lines:
        changed, shown = _tried(line, package.program, query, weekdays)
        fields.append(shown)
        if not shown.out:
            lines.append(changed)
    return replace(package, lines=tuple(lines)), fields


def _tried(line: Line, program: str, query: Query, weekdays: Sequence[Markup]) -> tuple[Line, TriedLine]:
    key, schedule = short(line.id), line.schedule
    sent = ASKED in query and f"begins-{key}" in query
    wrong: Markup | None = None
    weekly = schedule if isinstance(schedule, Weekly) else None
    units = schedule if isinstance(schedule, Units) else None
    begins = query.get(f"begins-{key}", weekly.start.isoformat("minutes") if weekly else "")
    finishes = query.get(f"finishes-{key}", weekly.end.isoformat("minutes") if weekly else "")
    quantity = query.get(f"units-{key}", decimal(units.quantity.thousandths, 3) if units else "")
    chosen = tuple(day for day in range(7) if f"d{day}-{key}" in query) if sent else weekly.weekdays if weekly else ()
    if weekly:
        try:
            weekly = replace(weekly, weekdays=chosen, start=read_time(begins), end=read_time(finishes))
        except Unreadable as error:
            wrong = show(error.why)
    if units:
        try:
            units = replace(units, quantity=Quantity(read_decimal(quantity, 3, MOST_UNITS)))
        except Unreadable as error:
            wrong = show(error.why)
    changed = replace(line, schedule=weekly or units) if wrong is None else line
    shown = TriedLine(
        key=key,
        line=line,
        program=program,
        changed=changed != line,
        weekly=weekly is not None,
        units=units is not None,
        days=tuple((day, name, day in chosen) for day, name in enumerate(weekdays)),
        begins=begins,
        finishes=finishes,
        quantity=quantity,
        unit=show(unit_words(units.unit)) if units else None,
        out=f"out-{key}" in query,
        wrong=wrong,
    )
    return changed, shown


FIELDS = frozenset({ASKED, "line", "how", "many"})
PREFIXES = ("begins", "finishes", "units", "out", "keep", *(f"d{day}" for day in range(7)))


def again(query: Query, package: Package) -> str:
    """The part of an address that says what is tried, to be sent along when it is kept."""
    known = {short(line.id) for line in package.lines}
    told = [
        (name, value)
        for name, value in query.items()
        if name in FIELDS or (name.partition("-")[0] in PREFIXES and name.partition("-")[2] in known)
    ]
    return urlencode(told)


def affords(found: Difference) -> Words | None:
    """Whether the money pays for all that is tried, as a plain yes or no; None where nobody can know."""
    after = found.after
    if not found.changed or after.unpriced or not after.components:
        return None
    if any(one.counted and one.amount and one.component is None for one in after.lines):
        return None
    dry = first_dry(after)
    return (
        words("No. The money lasts until {day} only.", day=dry - DAY) if dry else words("Yes. The money pays for it.")
    )


def in_short(found: Difference) -> Words:
    """What a change comes to, in one sentence for those who listen."""
    if not found.changed:
        return words("Nothing is different yet.")
    now, more = found.after.amount, found.more
    if found.before.unpriced or found.after.unpriced:  # nobody knows how much more or less
        amount = words("Not known yet") if found.after.unpriced else now
        return words("{label}: {value}", label=words("All supports together"), value=amount)
    if more.minor > 0:
        return words("All supports together now cost {amount}: {more} more.", amount=now, more=more)
    if more.minor < 0:
        return words("All supports together now cost {amount}: {less} less.", amount=now, less=-more)
    return words("All supports together still cost {amount}.", amount=now)


def wish_of(package: Package, query: Query) -> tuple[Wish | None, Words | None]:
    """The wish an address asks for; None with a sentence when it cannot be one, None without while none is asked."""
    line = next((one for one in wishable(package.lines) if short(one.id) == query.get("line", "")), None)
    if line is None:
        return None, None
    how = query.get("how", HOW[0]) if isinstance(line.schedule, Weekly) else "units"
    try:
        many = read_decimal(query.get("many", ""), 3 if how == "units" else 0, 100_000 if how == "units" else 600)
        if how == "units":
            return Wish(line.id, units=Quantity(many)), None
        return (Wish(line.id, visits=many) if how == "visits" else Wish(line.id, longer=Minutes(many))), None
    except Unreadable as error:
        return None, error.why
    except ValueError:
        return None, words("Enter a number above zero.")


def wishable(lines: Iterable[Line]) -> list[Line]:
    """The lines of which more can be asked for."""
    return [line for line in lines if could_wish(line)]


# What is shown


WHOLE = (Column(words("What")), Column(words("Before"), numeric=True), Column(words("After"), numeric=True))


def difference(found: Difference, key: str = "difference", *, quick: bool = False) -> Mapping[str, Any]:
    """Before and after: the whole in hours, visits, people and dollars, what is gained and lost, and each line.

    ``key`` names its table, where a page shows several. ``quick``: what is left of a part of the funding only with its
    sum, while somebody types.
    """
    before, after = found.before, found.after
    totals: list[tuple[Words, Value | Figure, Value | Figure]] = [
        (words("All supports together"), before.figure.brief, after.figure.brief),
        (words("Hours of support"), hours_figure(before).brief, hours_figure(after).brief),
        (words("Visits"), *found.visits),
        (words("Providers who come"), len(found.providers[0]), len(found.providers[1])),
    ]
    if before.unpaid != after.unpaid:
        totals.append((words("Hours from family and friends"), before.unpaid, after.unpaid))
    if before.contribution or after.contribution:
        shares = (contributions_figure(before).brief, contributions_figure(after).brief)
        totals.append((words("What you pay yourself"), *shares))
    for part in found.components:
        label = words("{component}: left at the end", component=part.name)
        if not part.same:
            totals.append((label, *_left(part, quick)))
    shown = [one for number, one in enumerate(totals) if number < ALWAYS or _value(one[1]) != _value(one[2])]
    return {
        "table": Table(f"{key}-whole", words("The whole"), WHOLE, shown, show_caption=False),
        "gained": [show(one) for one in gained(found)],
        "lost": [show(one) for one in lost(found)],
        "lines": [
            (show(Name(one.line.name)), [_change(part.label, part.before, part.after) for part in one.fields])
            for one in found.changed
            if one.fields
        ],
        "complete": found.complete,
        "figure": found.figure if found.more else None,
        "same": not found.changed,
    }


def _left(part: ComponentChange, quick: bool) -> tuple[Value | Figure, Value | Figure]:
    """What is left of a part of the funding before and after; nothing where it was, or is, no part."""
    sides = (part.before, part.after)
    before, after = (Money(0) if one is None else component_sum(one) if quick else one.figure.brief for one in sides)
    return before, after


def _value(told: Value | Figure) -> Value | None:
    return told.value if isinstance(told, Figure) else told


def _change(label: Words, before: Value, after: Value) -> Change:
    return show(label), show(before), show(after)


def money_words(cost: Money) -> Words:
    """What a change costs, in a sentence."""
    if cost.minor > 0:
        return words("It costs {amount} more.", amount=cost)
    return words("It costs {amount} less.", amount=-cost) if cost.minor < 0 else words("It costs the same.")


def time_words(time: Minutes) -> Words:
    """How much support a change takes away, in a sentence."""
    if time.count > 0:
        return words("{time} of support less.", time=time)
    return words("{time} of support more.", time=Minutes(-time.count)) if time.count < 0 else words("No time is lost.")


def trade(answer: Trades, one: Trade, number: int) -> Mapping[str, Any]:
    """One trade: what gives way, what that takes, which goals it touches, what is left, and everything that changes."""
    return {
        "gives": [show(give.easing.words) for give in one.gives],
        "time": show(time_words(one.minutes_lost)),
        "seen": seen(one),
        "touches": [show(Name(purpose)) for purpose in one.purposes],
        "left": one.left_figure,
        "change": difference(answer.difference(one), f"choice-{number}"),
    }


def fix(number: int, one: Fix) -> Mapping[str, Any]:
    """One fix: what it is, what it costs and takes, and the number by which it is tried."""
    return {
        "number": number,
        "words": show(one.words),
        "cost": one.difference.figure if one.cost else None,
        "time": show(time_words(one.minutes)),
        "seen": seen(one),
    }


def seen(one: Trade | Fix) -> str:
    """What stands for a choice as somebody saw it, so that a press from an older page is told."""
    shown = repr((one.package.lines, one.quote.amount, one.quote.left, one.quote.minutes))
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def asks(lines: Iterable[Line]) -> list[tuple[Markup, Mapping[str, str]]]:
    """Wishes that can be asked for in one press, in everyday words, each with the fields of its address."""
    found: list[tuple[Words, Mapping[str, str]]] = []
    for line in wishable(lines):
        name, key = Name(line.name), short(line.id)
        if isinstance(line.schedule, Weekly):
            for many in (1, 2):
                text = nwords("{support}: {n} visit more each week", "{support}: {n} visits more each week", many,
                              support=name)  # fmt: skip
                if len(set(line.schedule.weekdays)) + many <= DAYS:
                    found.append((text, {"line": key, "how": "visits", "many": str(many)}))
            if not line.schedule.sleepover:
                text = words("{support}: each visit {time} longer", support=name, time=Minutes(LONGER))
                found.append((text, {"line": key, "how": "longer", "many": str(LONGER)}))
        else:
            if line.schedule and line.schedule.unit == "H":
                text = words("{support}: {time} more", support=name, time=Minutes(MORE * MINUTES_PER_HOUR))
            else:
                text = words("{support}: {more} more", support=name, more=Quantity(MORE * 1000))
            found.append((text, {"line": key, "how": "units", "many": str(MORE)}))
    return [(show(text), fields) for text, fields in found]
