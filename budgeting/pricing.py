"""The price of a package: each line by day type and day of service, then the funding it is paid from."""

from __future__ import annotations

from dataclasses import replace

from budgeting import checks, lines, programs, totals
from budgeting.catalogue import Editions
from budgeting.money import Minutes, total
from budgeting.package import Component, Line, Package
from budgeting.period import Calendar
from budgeting.quotation import LineQuote, Quote


def quote(package: Package, editions: Editions, calendar: Calendar) -> Quote:
    """Price a whole package on the price editions and public holidays given, and say what was noticed."""
    rules, funding = programs.rules(package.program), package.funding
    components = rules.components(funding) if funding else ()
    marks = calendar.marks(package.place)
    shares = lines.shares_of(funding)
    at = lines.setting(package.program, package.period, package.place, shares, editions, marks)
    quoted = tuple(_line(line, components, at) for line in package.lines)
    by_component = totals.component_totals(funding, components, quoted, rules) if funding else ()
    priced = Quote(
        package=package,
        lines=quoted,
        components=by_component,
        amount=total([line.amount for line in quoted]),
        contribution=total([line.contribution for line in quoted]),
        funded=total([line.funded for line in quoted]),
        unplaced=total([line.funded for line in quoted if line.component is None]),
        left=total([one.left for one in by_component if not one.component.apart]),
        minutes=Minutes(sum(line.minutes.count for line in quoted)),
        complete=all(line.complete for line in quoted),
        findings=(),
    )
    return replace(priced, findings=tuple(checks.findings(priced, calendar, rules)))


def _line(line: Line, components: tuple[Component, ...], at: lines.Setting) -> LineQuote:
    component = component_of(line, components, at)
    if component is None:
        return lines.price(line, at, None, line.management)
    return lines.price(line, at, component.key, component.management)


def component_of(line: Line, components: tuple[Component, ...], at: lines.Setting) -> Component | None:
    """The component a line is paid from: the one it names, else the first that holds its category."""
    if line.component is not None:
        return next((component for component in components if component.key == line.component), None)
    wanted = lines.category_of(line, at)
    for component in components:
        managed = line.management is None or line.management is component.management
        if managed and any(category in component.categories for category in wanted):
            return component
    return None
