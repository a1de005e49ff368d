"""Every figure can say how it came about: its sum, its rule, the source, the date, and what it leaves out.

A new figure fills in ``label``, ``value`` and ``working`` (budgeting.working shows how, with an example), ``sum`` in
words, its ``parts``, the ``rule`` and ``source`` it rests on, and ``not_included``. ``lines``, ``others`` and
``totals`` make those of a quote when it is asked: they know a quote by its type alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from budgeting.money import HOURLY, MINUTES_PER_HOUR, UNIT, Minutes, Money, Quantity, total
from budgeting.period import Band
from budgeting.words import Name, Value, Words, words
from budgeting.working import ELSEWHERE, PARTS, TOLD, Way, Working, spelled


class Confidence(StrEnum):
    """How sure a fact is: as told by the person, in law or on a government page, second hand, or unverified."""

    GIVEN = "given"  # what you, a letter or an agreement said
    A = "A"  # read in the law or on a government page
    B = "B"  # government content through a secondary source
    C = "C"  # a single secondary source, or our conclusion
    U = "U"  # not verified

    @property
    def words(self) -> Words:
        """How sure it is, in a sentence."""
        return _SURE[self]


_SURE = {
    Confidence.GIVEN: words("This was told to us, or is said in a letter or an agreement."),
    Confidence.A: words("We read this in the law or on a government page."),
    Confidence.B: words("We know this second hand. Please check it before you rely on it."),
    Confidence.C: words("This rests on one source, or on our own reading of the rules. Please check it."),
    Confidence.U: words("This is not confirmed. Please check it before you rely on it."),
}

BANDS = {
    Band.DAY: words("Weekday, daytime"),
    Band.EVENING: words("Weekday, evening"),
    Band.NIGHT: words("Weekday, night"),
    Band.SATURDAY: words("Saturday"),
    Band.SUNDAY: words("Sunday"),
    Band.HOLIDAY: words("Public holiday"),
    Band.SLEEPOVER: words("Sleepover at night"),
    Band.ANY: words("Any time"),
}

NOT_TOLD = words("What was spent so far is not known yet.")
UNTOLD = words("(not known yet)")  #: in place of an amount that nobody told

UNITS = {
    "H": words("hours"),
    "hour": words("hours"),
    "E": words("items"),
    "D": words("days"),
    "WK": words("weeks"),
    "MON": words("months"),
    "YR": words("years"),
    "trip": words("one-way trips"),
    "meal": words("meals"),
    "actual_cost": words("dollars of actual cost"),
}
ONE = UNITS | {
    "E": words("item"),
    "D": words("day"),
    "WK": words("week"),
    "MON": words("month"),
    "YR": words("year"),
    "trip": words("one-way trip"),
    "meal": words("meal"),
}
PER_UNIT = {
    "H": words("for an hour"),
    "hour": words("for an hour"),
    "E": words("each"),
    "D": words("for a day"),
    "WK": words("for a week"),
    "MON": words("for a month"),
    "YR": words("for a year"),
    "trip": words("for a one-way trip"),
    "meal": words("for a meal"),
    "actual_cost": words("at what it really costs"),
}
DOLLARS = words("dollars")
OUR_READING = words("Our own reading")  # the title of a source where nothing is published


def so_much(quantity: Quantity, unit: str) -> Minutes | Words:
    """So much of a unit, as it is said everywhere: hours as a time ("19 h 15 min"), else a number with its unit."""
    minutes, rest = divmod(quantity.thousandths * MINUTES_PER_HOUR, UNIT)
    if unit in HOURLY and not rest:
        return Minutes(minutes)
    return words("{quantity} {unit}", quantity=quantity, unit=counted_in(quantity, unit))


def counted_in(quantity: Quantity, unit: str) -> Words:
    """What follows a number of a unit, so that one item is not "1 items"."""
    names = ONE if quantity.thousandths == UNIT else UNITS
    return names.get(unit, names["E"])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or value was read, and from which day it holds."""

    title: str
    clause: str = ""
    since: date | None = None
    confidence: Confidence = Confidence.U
    how: Figure | None = field(default=None, compare=False, repr=False)  # how the value was worked out, if it was

    @property
    def ours(self) -> bool:
        """Whether nothing is published about it, so that it is how we read the rules."""
        return self.title == OUR_READING.text

    @property
    def named(self) -> Value:
        """The title as it was published; our own reading is named in the language of the reader."""
        return OUR_READING if self.ours else Name(self.title)

    @property
    def words(self) -> Words:
        """The source in a sentence."""
        known: dict[str, Value] = {"title": self.named, "clause": Name(self.clause)}
        if self.since is None:
            return words("From: {title}. {clause}", **known) if self.clause else words("From: {title}.", **known)
        known["since"] = self.since
        if self.clause:
            return words("From: {title}, {clause}. It holds from {since}.", **known)
        return words("From: {title}. It holds from {since}.", **known)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that explains itself. ``value`` is None when it is not known, which is never shown as zero.

    ``sum`` is the calculation in words, ``working`` the same as arithmetic (budgeting.working says how to fill it in);
    ``parts`` are the figures it is made of.
    """

    label: Words
    value: Value | None
    sum: Words | None = None
    parts: tuple[Figure, ...] = ()
    rule: Words | None = None
    source: Source | None = None
    not_included: tuple[Words, ...] = ()
    working: Working | None = None
    rule_source: Source | None = None  # where the rule was read, if it is not what makes the value more or less sure

    @property
    def known(self) -> Value:
        """The value of a figure that is known; a ValueError for one that is not."""
        if self.value is None:
            raise ValueError("what is not known is no term of a working")
        return self.value

    @property
    def amount(self) -> Money:
        """The value of a figure that is a known amount of money; a ValueError for any other."""
        if not isinstance(self.value, Money):
            raise ValueError("only what is known to be an amount is added up")
        return self.value

    @property
    def summary(self) -> Words:
        """The label and the value in one sentence."""
        if self.value is None:
            return words("{label}: not known yet", label=self.label)
        return words("{label}: {value}", label=self.label, value=self.value)

    @property
    def worked(self) -> Value | None:
        """The working with its result, to be shown and followed with a pocket calculator; None when not known."""
        if self.working is None or self.value is None:
            return None
        return spelled(self.working, self.value, (part.value for part in self.parts))

    @property
    def brief(self) -> Figure:
        """The same with parts that only have their name and value, for where each of them is explained by itself."""
        return replace(self, parts=tuple(part.named for part in self.parts))

    @property
    def named(self) -> Figure:
        """Its name and value, and how sure it is, for where it is explained elsewhere."""
        source, sure = self.source, self.confidence
        if sure is not None and (source is None or source.confidence is not sure):
            source = Source("", confidence=sure)
        return Figure(self.label, self.value, source=source, working=ELSEWHERE)

    @property
    def adds_up(self) -> bool:
        """Whether the value is the sum of the parts, so that they can stand in a column above it."""
        return self.working is not None and self.working.way is Way.PARTS and len(self.parts) > 1

    @property
    def confidence(self) -> Confidence | None:
        """How sure the figure is: no surer than its weakest part; None when nothing is said about it anywhere."""
        found = [self.source.confidence] if self.source else []
        found += [known for part in self.parts if (known := part.confidence)]
        return max(found, key=WEAKER.index, default=None)

    @property
    def told(self) -> bool:
        """Whether something in it is what the person, a letter or an agreement said."""
        here = self.source is not None and self.source.confidence is Confidence.GIVEN
        return here or any(part.told for part in self.parts)

    @property
    def caution(self) -> Words | None:
        """What to be careful about when a part of it is not sure; None when all was told, or read at its source."""
        confidence = self.confidence
        if confidence in (None, Confidence.GIVEN, Confidence.A):
            return None
        if self.source and self.source.confidence is confidence:
            return confidence.words
        return words("It is no surer than its weakest part. {weakest}", weakest=confidence.words)


WEAKER = tuple(Confidence)  # from the surest to the least sure


NOT_KNOWN = words("Some prices are not known yet. This is the least it will cost.")
NO_EXTRAS = words("Visits called off at short notice are not counted here, nor travel that is not part of a line.")


def shown(name: str | Words) -> Value:
    """A name as a value of a sentence: ours are translated, those from a letter stay as they are."""
    return Name(name) if isinstance(name, str) else name


SAID = Source("", confidence=Confidence.GIVEN)  # what the person, a letter or an agreement said


def as_told(label: Words, value: Value | None) -> Figure:
    """A figure that somebody told, or that a letter or an agreement says."""
    return Figure(label, value, source=SAID, working=TOLD)


def summed(
    label: Words,
    sum: Words,
    parts: Iterable[Figure],
    missing: tuple[Words, ...] = (),
    source: Source | None = None,
) -> Figure:
    """The amounts of some figures added up, as far as they are known; ``missing`` says what is left out."""
    found = tuple(parts)
    amount = total([one.value for one in found if isinstance(one.value, Money)])
    return Figure(label, amount, sum, found, None, source, missing, PARTS)


def all_time(
    label: Words, text: Words, parts: Iterable[Figure], missing: tuple[Words, ...] = (), source: Source | None = None
) -> Figure:
    """The times of some figures added up, as far as they are known; ``missing`` says what is left out."""
    found = tuple(parts)
    time = Minutes(sum(one.value.count for one in found if isinstance(one.value, Minutes)))
    return Figure(label, time, text, found, None, source, missing, PARTS)
