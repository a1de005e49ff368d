"""How long the money lasts, how many hours it still pays for, and what public holidays cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budgeting.catalogue import Editions
from budgeting.explain import BANDS, NO_EXTRAS, NOT_KNOWN, WEAKER, Figure, Source, all_time, shown
from budgeting.explain.lines import line_figure
from budgeting.explain.sums import less
from budgeting.explain.totals import component_figure, lasts_figure, paid_figure
from budgeting.money import Minutes, Money, total
from budgeting.package import Package
from budgeting.period import Band, Calendar
from budgeting.pricing import quote
from budgeting.programs import program
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Words, words
from budgeting.working import ELSEWHERE, MINUS, PARTS, earliest, exactly


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answer to "how long does my money last": three sentences, and the figures behind them."""

    quote: Quote
    until: date | None  # last day that is paid; None when nothing draws on the funding
    runs_dry: date | None  # first day that is not; None when the money lasts to the end of the funding
    minutes: Minutes  # planned support that the money still pays for
    left: Money  # what is left at the end; zero when the money runs dry
    holidays: Money  # what public holidays cost more, over the days of the package
    ordinary: Quote  # the same without public holidays

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Until, hours, holidays, in the order of the sentences, each with its whole explanation."""
        used = [component for component in self.quote.components if component.lasts_until]
        return (
            until_figure(self.quote),
            all_time(
                words("Hours of support that are paid"),
                words("The time of all planned visits up to the day the money lasts"),
                map(paid_figure, used),
            ),
            holiday_more(self.quote, self.ordinary, brief=True),
        )

    @property
    def sentences(self) -> tuple[Words, ...]:
        """What to say first, each a whole sentence."""
        if self.until is None:
            return (words("Nothing draws on your money yet."),)
        if self.runs_dry:
            said = [words("Your money lasts until {day}.", day=self.until)]
        else:
            said = [words("Your money lasts to the end, {day}, and {left} is left.", day=self.until, left=self.left)]
        said.append(words("It pays for {time} of support.", time=self.minutes))
        if self.holidays:
            first, last = self.quote.package.period.first, self.quote.package.period.last
            more = self.holidays
            text = words("From {first} to {last} public holidays cost {more} more.", first=first, last=last, more=more)
            said.append(text)
        return tuple(said)


def lasts_until(package: Package, editions: Editions, calendar: Calendar) -> Outlook:
    """Price a package and say how long its funding lasts.

    What was spent so far, and up to which day, is told by each component; visits up to that day are not counted again.
    """
    quoted = quote(package, editions, calendar)
    used = [component for component in quoted.components if component.lasts_until]
    dry = [component for component in used if component.runs_dry]
    first = min(dry, key=lambda one: one.runs_dry or date.max, default=None)
    until = min((one.lasts_until for one in used if one.lasts_until), default=None)
    minutes = Minutes(sum(one.minutes_paid.count for one in used))
    left = total([one.left for one in used if one.left.minor > 0])
    plain = quote(package, editions, Calendar(()))
    more = quoted.amount - plain.amount
    return Outlook(
        quote=quoted,
        until=until,
        runs_dry=first.runs_dry if first else None,
        minutes=minutes,
        left=Money(0) if first else left,
        holidays=more,
        ordinary=plain,
    )


def until_figure(quoted: Quote) -> Figure:
    """The last day that is paid, with its explanation; not known when nothing draws on the funding.

    Nor while a price is missing and the known ones are covered to the end: what is dearer may end it earlier.
    """
    used = [component for component in quoted.components if component.lasts_until]
    first = min((one.runs_dry for one in used if one.runs_dry), default=None)
    missing = () if quoted.complete else (NOT_KNOWN,)
    text = words("Everything planned up to the end is covered.")
    for one in used:
        if one.runs_dry and one.runs_dry == first:
            text = words(
                "On {day} the visits so far cost more than {component} has released by then.",
                day=one.runs_dry,
                component=shown(one.component.name),
            )
            break
    days = [one.lasts_until for one in used if one.lasts_until]
    if missing and first is None:
        return Figure(words("Your money lasts until"), None, words("The price is not known yet"), not_included=missing)
    return Figure(
        label=words("Your money lasts until"),
        value=min(days, default=None),
        sum=text,
        parts=tuple(figure for one in used for figure in (lasts_figure(one), component_figure(one))),
        rule=words("Money is there from the first day of its funding period. Later money cannot be used early."),
        source=program(quoted.package.program).parameters.source("money_over_time", quoted.package.period.first),
        not_included=(*missing, NO_EXTRAS),
        working=earliest(*days) if len(days) > 1 else ELSEWHERE,
    )


def holiday_more(quoted: Quote, plain: Quote, *, brief: bool = False) -> Figure:
    """What holidays cost more on some days, priced with and without them; negative when visits cost less.

    ``brief``: what a support costs with them is explained elsewhere.
    """
    pairs = ((one, plain.line(one.line.id)) for one in quoted.lines if one.counted and not one.unpaid)
    parts = tuple(_more_for(one, without, brief) for one, without in pairs if one.amount != without.amount)
    return Figure(
        label=words("What public holidays cost more"),
        value=quoted.amount - plain.amount,
        sum=EACH_MORE if parts else _difference(quoted.amount, plain.amount),
        parts=parts,
        rule=words("A visit on a public holiday has its own price: {when}.", when=BANDS[Band.HOLIDAY]),
        source=_least_sure(quoted),
        not_included=() if quoted.complete else (NOT_KNOWN,),
        working=PARTS if parts else exactly(quoted.amount, MINUS, plain.amount),
    )


def _more_for(one: LineQuote, without: LineQuote, brief: bool) -> Figure:
    whole = replace(line_figure(one), label=HOLIDAYS)
    if brief:
        whole = Figure(HOLIDAYS, one.amount, WITH_SUPPORT, working=ELSEWHERE)
    label, text = words("More for {support}", support=Name(one.line.name)), _difference(one.amount, without.amount)
    return less(label, one.amount, without.amount, text, (whole, replace(line_figure(without), label=ORDINARY)))


def _least_sure(quoted: Quote) -> Source | None:
    """Where it was read that the days are public holidays: of several, where it is known least surely."""
    rows = (row for one in quoted.lines if one.counted for row in one.rows if row.band is Band.HOLIDAY)
    return max((row.hours for row in rows if row.hours), key=lambda one: WEAKER.index(one.confidence), default=None)


HOLIDAYS = words("With public holidays")
ORDINARY = words("If all were ordinary days")
EACH_MORE = words("What each support costs more on public holidays, added up")
WITH_SUPPORT = words("The amount of the support")


def _difference(holidays: Money, ordinary: Money) -> Words:
    return words(
        "{holidays} with public holidays, less {ordinary} if all were ordinary days",
        holidays=holidays,
        ordinary=ordinary,
    )
