"""The price of a package: each line by day type and day of service, then the funding it is paid from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import compress, repeat

from budgeting import checks, lines, payers, programs, totals
from budgeting.catalogue import Editions
from budgeting.explain import Source
from budgeting.money import ZERO, Minutes, Money
from budgeting.package import Component, Delivered, Funding, Line, Management, OpenMoney, Package, Unpaid
from budgeting.period import Calendar, Marks, Period, Place
from budgeting.programs.ordinary import Rules
from budgeting.quotation import ComponentTotal, LineQuote, LineSums, Quote
from budgeting.setting import Setting, setting, shares_of

Others = tuple[Component | OpenMoney, ...]
Payer = Component | OpenMoney | None


@dataclass(slots=True, eq=False)
class Ground:
    """What the lines of a package are priced by and paid from, whatever they are; an edit finds it again."""

    at: Setting
    components: tuple[Component, ...]
    in_turn: tuple[Component, ...]  # the components in the order in which they are asked
    others: Others
    accounts: tuple[totals.Account, ...]
    held: tuple[LineQuote, ...] = ()  # money that is not there for the lines
    delivered: tuple[Delivered, ...] = ()  # since the spending was told
    recent: tuple[tuple[Line, LineQuote], ...] = ()  # the lines that were asked for last

    def quoted(self, wanted: tuple[Line, ...]) -> tuple[LineQuote, ...]:
        """Every line priced; one that stood at the same place the last time is at hand."""
        recent = self.recent if len(self.recent) == len(wanted) else ((None, None),) * len(wanted)
        pairs = zip(wanted, recent, strict=True)
        found = tuple(
            [known if known and line is before else line_quote(line, self) for line, (before, known) in pairs]
        )
        self.recent = tuple(zip(wanted, found, strict=True))
        return found


def quote(package: Package, editions: Editions, calendar: Calendar) -> Quote:
    """Price a whole package on the price editions and public holidays given, and say what was noticed."""
    rules, funding = programs.rules(package.program), package.funding
    marks = calendar.marks(package.place)
    ground = ground_of(package.program, package.period, package.place, funding, package.others, editions, marks)
    quoted = ground.quoted(package.lines)
    quoted = rules.settle(funding, quoted) if funding else quoted
    taken = payers.settle((*quoted, *ground.held), package, ground.components, ground.accounts)
    quoted, held = taken[: len(quoted)], taken[len(quoted) :]
    by_key = totals.component_totals(ground.accounts, quoted, held)
    priced = _added_up(package, quoted, tuple([by_key[one.key] for one in ground.components]), by_key, rules)
    priced = replace(priced, held=held) if held else priced
    return replace(priced, findings=checks.findings(priced, calendar, rules))


@lru_cache(maxsize=64)
def ground_of(
    program: str,
    period: Period,
    place: Place,
    funding: Funding | None,
    others: Others,
    editions: Editions,
    marks: Marks,
) -> Ground:
    """What the lines of a package stand on; an edit of one line leaves it as it is, and it is found again."""
    rules = programs.rules(program)
    delivered = funding.delivered if funding else ()
    components = totals.with_delivered(rules.components(funding), delivered) if funding else ()
    components = totals.with_unseen(components, funding.period.first, period.first) if funding else components
    others = totals.with_delivered(others, delivered)
    at = setting(program, period, place, shares_of(funding), editions, marks)
    accounts = totals.accounts(funding, period, others, components, rules, at.program.parameters)
    ground = Ground(at, components, rules.in_turn(components), others, accounts, delivered=delivered)
    if funding is not None and funding.held:
        all_days = setting(program, funding.period, place, at.funding, editions, marks)
        ground.held = held_in(funding, period, replace(ground, at=all_days))
    return ground


def held_in(funding: Funding, period: Period, ground: Ground) -> tuple[LineQuote, ...]:
    """What is held in the funding, on its own day whenever the supports of a package begin.

    A package that is over by then is as it was.
    """
    days = [one.period.first for one in funding.held]
    wanted = [one for one, day in zip(funding.held, days, strict=True) if day in funding.period and day <= period.last]
    return tuple(line_quote(one, ground) for one in wanted)


def _added_up(
    package: Package,
    quoted: tuple[LineQuote, ...],
    components: tuple[ComponentTotal, ...],
    by_key: Mapping[str, ComponentTotal],
    rules: Rules,
) -> Quote:
    """The lines and components with their totals; backups are in none of these."""
    sums = [line.sums for line in quoted]
    counted = [one for one in sums if one.counted]
    columns = zip(*counted, strict=True) if counted else repeat((), len(LineSums._fields))
    _, unpaid, reserve, complete, placed, amounts, contributions, funded, minutes = columns
    fixed = rules.fixed_share(package.funding, package.period) if package.funding else None
    contribution = Money(sum(contributions))
    if fixed is not None and isinstance(fixed.value, Money):
        contribution = contribution + fixed.value
    return Quote(
        package=package,
        lines=quoted,
        components=components,
        amount=Money(sum(amounts)),
        contribution=contribution,
        funded=Money(sum(funded)),
        unplaced=Money(sum([much for much, one in zip(funded, placed, strict=True) if not one])),
        left=Money(sum([one.left.minor for one in components if not one.component.apart])),
        minutes=Minutes(sum([time for time, one in zip(minutes, unpaid, strict=True) if not one])),
        complete=all(complete),
        findings=(),
        others=tuple([by_key[one.key] for one in package.others if one.key in by_key]),
        open=totals.open_totals(package, quoted),
        reserved=Money(sum(compress(amounts, reserve))),
        backup=Money(sum([one.amount for one in sums if not one.counted])) if len(counted) < len(sums) else ZERO,
        unpaid=Minutes(sum(compress(minutes, unpaid))),
        fixed_share=fixed,
    )


@lru_cache(maxsize=4096)
def line_quote(line: Line, ground: Ground) -> LineQuote:
    """A line with who pays it first; the answers to the last questions are kept."""
    quoted = _line_quote(line, ground)
    known = recorded(line, quoted.component, ground.delivered)
    return replace(quoted, recorded=(known.first.toordinal(), known.last.toordinal())) if known else quoted


def recorded(line: Line, component: str | None, delivered: tuple[Delivered, ...]) -> Period | None:
    """From the first to the last day on which a line was delivered since its spending was told; None where it was not.

    A line that nothing names, as in a new draft, takes what was delivered of the same support from the same money.
    """
    found = [one for one in delivered if one.line == line.id]
    if not found and line.support is not None:
        found = [one for one in delivered if one.component == component and one.support == line.support]
    return Period(min(one.day for one in found), max(one.until for one in found)) if found else None


def _line_quote(line: Line, ground: Ground) -> LineQuote:
    if isinstance(line.price, Unpaid):
        return lines.price(line, ground.at, None, None)
    categories = lines.category_of(line, ground.at)
    payer, order = payer_of(line.payers, line.component, line.management, categories, line.period.first, ground)
    if payer is None:
        return lines.price(line, ground.at, None, line.management)
    if isinstance(payer, OpenMoney) or payer not in ground.components:
        return lines.price(line, ground.at, payer.key, None)  # limits bind no money but that of the program
    return lines.price(line, ground.at, payer.key, payer.management, order)


@lru_cache(maxsize=1024)  # most lines of a package ask for the same money
def payer_of(
    named: tuple[str, ...],
    component: str | None,
    management: Management | None,
    categories: tuple[str | None, ...],
    first: date,
    ground: Ground,
) -> tuple[Payer, Source | None]:
    """Who pays a line first: who it names, else the first component that holds its category, else money of others.

    With it where the order of components was read, if several of them hold the category and the line names none.
    """
    for key in named or ((component,) if component is not None else ()):
        payer = next((one for one in (*ground.in_turn, *ground.others) if one.key == key), None)
        if payer is not None or not named:
            return payer, None
    if named:
        return None, None
    wanted = set(categories)
    fitting = [one for one in ground.in_turn if management in (None, one.management) and wanted & set(one.categories)]
    if fitting:
        order = ground.at.program.parameters.source("order_of_parts", first) if len(fitting) > 1 else None
        return fitting[0], order
    return next((one for one in ground.others if not one.categories or wanted & set(one.categories)), None), None
