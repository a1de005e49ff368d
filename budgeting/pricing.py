"""The price of a package: each line by day type and day of service, then the funding it is paid from."""

from __future__ import annotations

from dataclasses import replace

from budgeting import checks, lines, programs, totals
from budgeting.bands import Hours
from budgeting.catalogue import Editions
from budgeting.money import Minutes, total
from budgeting.package import Component, Line, Package
from budgeting.parameters import Parameters
from budgeting.period import Calendar
from budgeting.quotation import Quote


def quote(package: Package, editions: Editions, calendar: Calendar) -> Quote:
    """Price a whole package on the price editions and public holidays given, and say what was noticed."""
    rules = programs.rules(package.program)
    program = programs.program(package.program)
    funding = package.funding
    components = rules.components(funding) if funding else ()
    hours = _hours(program.parameters, package)
    at = lines.Setting(package, editions, calendar.marks(package.place), hours, program, rules)
    quoted = tuple(lines.price(line, at, component_of(line, components, at)) for line in package.lines)
    by_component = totals.component_totals(funding, components, quoted, rules) if funding else ()
    priced = Quote(
        package=package,
        lines=quoted,
        components=by_component,
        amount=total([line.amount for line in quoted]),
        contribution=total([line.contribution for line in quoted]),
        funded=total([line.funded for line in quoted]),
        unplaced=total([line.funded for line in quoted if line.component is None]),
        left=total([component.left for component in by_component]),
        minutes=Minutes(sum(line.minutes.count for line in quoted)),
        complete=all(line.complete for line in quoted),
        findings=(),
    )
    return replace(priced, findings=tuple(checks.findings(priced, calendar, rules)))


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


def _hours(parameters: Parameters, package: Package) -> Hours:
    """The times at which the bands of a weekday begin; a program without its own takes those of the NDIS."""
    at, day = parameters, package.period.first
    if "day_starts" not in at:
        at = programs.program("ndis").parameters
    return Hours(
        day=at.minute("day_starts", day),
        evening=at.minute("evening_starts", day),
        nurse_evening=at.minute("nurse_evening_starts", day),
        nurse_night=at.minute("nurse_night_starts", day),
    )
