"""The price of a package: each line by day type and day of service, then the funding it is paid from."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

from budgeting import checks, lines, payers, programs, totals
from budgeting.catalogue import Editions
from budgeting.explain import Source
from budgeting.money import Minutes, Money, total
from budgeting.package import Component, Line, OpenMoney, Package, Role, Unpaid
from budgeting.period import Calendar
from budgeting.quotation import ComponentTotal, LineQuote, Quote
from budgeting.setting import Setting, setting, shares_of

Others = tuple[Component | OpenMoney, ...]
Payer = Component | OpenMoney | None
#: Who pays first what asks alike, whether it is the program's own money, and the source of the order if that decided.
Known = dict[Hashable, tuple[Payer, bool, Source | None]]


def quote(package: Package, editions: Editions, calendar: Calendar) -> Quote:
    """Price a whole package on the price editions and public holidays given, and say what was noticed."""
    rules, funding = programs.rules(package.program), package.funding
    components = rules.components(funding) if funding else ()
    marks = calendar.marks(package.place)
    shares = shares_of(funding)
    at = setting(package.program, package.period, package.place, shares, editions, marks)
    payers_known: Known = {}
    in_turn = rules.in_turn(components)
    quoted = tuple(_line(line, in_turn, package.others, at, payers_known) for line in package.lines)
    quoted = rules.settle(funding, quoted) if funding else quoted
    accounts = totals.accounts(package, components, rules)
    quoted = payers.settle(quoted, package, components, accounts)
    by_key = totals.component_totals(accounts, quoted)
    priced = _added_up(package, quoted, tuple(by_key[one.key] for one in components), by_key, rules)
    return replace(priced, findings=tuple(checks.findings(priced, calendar, rules)))


def _added_up(
    package: Package,
    quoted: tuple[LineQuote, ...],
    components: tuple[ComponentTotal, ...],
    by_key: Mapping[str, ComponentTotal],
    rules: programs.Rules,
) -> Quote:
    """The lines and components with their totals; backups are in none of these."""
    counted = [line for line in quoted if line.counted]
    fixed = rules.fixed_share(package.funding, package.period) if package.funding else None
    contribution = total([line.contribution for line in counted])
    if fixed is not None and isinstance(fixed.value, Money):
        contribution = contribution + fixed.value
    return Quote(
        package=package,
        lines=quoted,
        components=components,
        amount=total([line.amount for line in counted]),
        contribution=contribution,
        funded=total([line.funded for line in counted]),
        unplaced=total([line.funded for line in counted if line.component is None]),
        left=total([one.left for one in components if not one.component.apart]),
        minutes=Minutes(sum(line.minutes.count for line in counted if not line.unpaid)),
        complete=all(line.complete for line in counted),
        findings=(),
        others=tuple(by_key[one.key] for one in package.others if one.key in by_key),
        open=totals.open_totals(package, quoted),
        reserved=total([line.amount for line in counted if line.line.role is Role.RESERVE]),
        backup=total([line.amount for line in quoted if not line.counted]),
        unpaid=Minutes(sum(line.minutes.count for line in counted if line.unpaid)),
        fixed_share=fixed,
    )


def _line(
    line: Line,
    components: tuple[Component, ...],
    others: Others,
    at: Setting,
    known: Known,
) -> LineQuote:
    if isinstance(line.price, Unpaid):
        return lines.price(line, at, None, None)
    asks = (line.payers, line.component, line.management, lines.category_of(line, at))
    if asks not in known:  # lines that ask for the same money find the same
        payer, order = payer_of(line, components, others, at)
        known[asks] = payer, payer in components, order
    payer, own, order = known[asks]
    if payer is None:
        return lines.price(line, at, None, line.management)
    if isinstance(payer, OpenMoney) or not own:
        return lines.price(line, at, payer.key, None)  # limits bind no money but that of the program
    return lines.price(line, at, payer.key, payer.management, order)


def payer_of(
    line: Line, components: tuple[Component, ...], others: Others, at: Setting
) -> tuple[Payer, Source | None]:
    """Who pays a line first: who it names, else the first component that holds its category, else money of others.

    With it where the order of components was read, if several of them hold the category and the line names none.
    """
    for key in line.payers or ((line.component,) if line.component is not None else ()):
        named = next((one for one in (*components, *others) if one.key == key), None)
        if named is not None or not line.payers:
            return named, None
    if line.payers:
        return None, None
    wanted = set(lines.category_of(line, at))
    fitting = [one for one in components if line.management in (None, one.management) and wanted & set(one.categories)]
    if fitting:
        order = at.program.parameters.source("order_of_parts", line.period.first) if len(fitting) > 1 else None
        return fitting[0], order
    return next((one for one in others if not one.categories or wanted & set(one.categories)), None), None
