"""Re-priced plans as their pages show them: tables, badges and sentences, ready for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from budgeting.compare.repricing import Mark, Outcome, Repricing, difference, lost_figure, more_figure
from budgeting.explain import Figure
from budgeting.words import Name, Value, Words, nwords, words
from portal.catalogue.model import Edition
from portal.people.model import Client
from portal.repricing.model import RepricedPlan, RepricingRun, RunState
from portal.repricing.queries import FEWEST, Kind, Totals
from portal.site.tables import Cell, Column, Content, Table

KINDS: Mapping[Kind, Words] = {
    Kind.ALL: words("All"),
    Kind.EARLIER: words("Runs short earlier"),
    Kind.DEARER: words("Dearer"),
    Kind.CHEAPER: words("Cheaper"),
    Kind.ABOVE: words("Above the limit"),
    Kind.UNCLEAR: words("Not clear yet"),
    Kind.SAME: words("The same"),
}
OUTCOMES: Mapping[Outcome, tuple[str, Words]] = {
    Outcome.DEARER: ("warn", words("Dearer")),
    Outcome.CHEAPER: ("ok", words("Cheaper")),
    Outcome.SAME: ("", words("The same")),
    Outcome.UNCLEAR: ("wait", words("Not clear yet")),
}
MARKS: Mapping[Mark, tuple[str, Words]] = {
    Mark.ENDED: ("bad", words("Not in the new list")),
    Mark.ABOVE_LIMIT: ("warn", words("Above the limit")),
    Mark.OVER: ("info", words("Above the limit, and allowed")),
    Mark.DEARER: ("warn", words("Dearer")),
    Mark.CHEAPER: ("ok", words("Cheaper")),
    Mark.STAYS: ("", words("Stays as agreed")),
}
STATES: Mapping[RunState, tuple[str, Words]] = {
    RunState.WAITING: ("wait", words("About to begin")),
    RunState.RUNNING: ("info", words("Under way")),
    RunState.DONE: ("ok", words("Done")),
}


def plans_table(
    rows: Sequence[tuple[RepricedPlan, Client]],
    everything: Sequence[tuple[RepricedPlan, Client]],
    drafted: Mapping[UUID, UUID],
) -> Table:
    """Who is affected and how, with the changes that were drafted; the file holds every row of the kind shown."""
    columns = (
        Column(words("Person")),
        Column(words("Cost before"), numeric=True),
        Column(words("Cost with the new prices"), numeric=True),
        Column(words("Difference"), numeric=True),
        Column(words("Money runs short, before")),
        Column(words("Money runs short, now")),
        Column(words("What it does")),
        *((Column(words("Change")),) if drafted else ()),
    )
    return Table(
        "plans",
        words("What the new prices do to each plan"),
        columns,
        [_row(*one, drafted) for one in rows],
        everything=[_row(*one, drafted) for one in everything],
    )


def _row(row: RepricedPlan, client: Client, drafted: Mapping[UUID, UUID]) -> tuple[Content, ...]:
    kind, outcome = OUTCOMES[row.outcome]
    if row.earlier:
        kind, outcome = "bad", KINDS[Kind.EARLIER]
    return (
        Cell(Name(client.name), row.path),
        Cell(row.cost_before, f"{row.path}#cost-before"),
        Cell(row.cost_after, f"{row.path}#cost-after"),
        difference(client.name, row.cost_before, row.cost_after),
        _dry(row.dry_before),
        _dry(row.dry_after),
        Cell(outcome, badge=kind, note=_also(row)),
        *((_change(row, client, drafted),) if drafted else ()),
    )


def _change(row: RepricedPlan, client: Client, drafted: Mapping[UUID, UUID]) -> Content:
    if row.id not in drafted:
        return ""
    return Cell(words("Read the change"), f"/people/{client.id}/changes/{drafted[row.id]}")


def _dry(day: date | None) -> Value:
    return day or words("Lasts to the end")


def _also(row: RepricedPlan) -> Words | None:
    if row.ended:
        return nwords("{n} support is not in the new list", "{n} supports are not in the new list", row.ended)
    if row.above:
        return nwords("{n} agreed price is above the limit", "{n} agreed prices are above the limit", row.above)
    return None


def lines_table(found: Repricing, more: Mapping[str, Figure]) -> Table:
    """The supports of one plan that the new prices touch, each amount with its explanation."""
    columns = (
        Column(words("Support")),
        Column(words("Cost before"), numeric=True),
        Column(words("Cost with the new prices"), numeric=True),
        Column(words("Difference"), numeric=True),
        Column(words("What it does")),
    )
    rows: list[tuple[Content, ...]] = []
    for line in found.lines:
        kind, said = MARKS[line.marks[0]]
        before, after = (quoted.line(line.line) for quoted in (found.before, found.after))
        figure = more.get(line.line) or difference(line.name, before.amount, after.amount)
        rows.append((Name(line.name), before.figure, after.figure, figure, Cell(said, badge=kind)))
    return Table("supports", words("Supports that the new prices touch"), columns, rows)


def runs_table(found: Sequence[tuple[RepricingRun, Edition]]) -> Table:
    """Every re-pricing, the newest first."""
    columns = (Column(words("Prices from")), Column(words("Price list")), Column(words("How it stands")))
    rows = []
    for one, edition in found:
        kind, state = STATES[one.state]
        rows.append((Cell(one.since, f"/price-changes/{one.id}"), Name(edition.source), Cell(state, badge=kind)))
    return Table("price-changes", words("When prices changed, the newest first"), columns, rows)


def totals_table(found: Totals) -> Table:
    """How many plans of each kind there are, without names; few are not counted out."""
    columns = (Column(words("Plans")), Column(words("How many"), numeric=True))
    rows = [(KINDS[kind], _few(number)) for kind, number in found.kinds.items()]
    return Table("totals", words("All plans together"), columns, rows)


def _few(number: int | None) -> Value:
    return number if number is not None else words("Fewer than {number}", number=FEWEST)


def whole(found: Repricing) -> tuple[tuple[str, Figure], ...]:
    """What the whole plan costs before and with the new prices: where each stands on the page, and its explanation."""
    before = replace(found.before.figure, label=words("Cost before"))
    return ("cost-before", before), ("cost-after", replace(found.after.figure, label=words("Cost with the new prices")))


def behind(found: Repricing) -> tuple[Figure, ...]:
    """The figures a letter speaks of, for it to say how each came about; what is not known is left out."""
    told = [figure for _, figure in whole(found)]
    told += [more_figure(found), *([lost_figure(found)] if found.lost.count else [])]
    return tuple(one for one in told if one.value is not None)
