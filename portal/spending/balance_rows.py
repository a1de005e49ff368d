"""Balances as ready values: each part of the funding with ours, theirs, and why they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from budgeting import programs
from budgeting.explain import Figure, shown
from budgeting.money import ZERO, Money, total
from budgeting.package import Component, Funding, Management
from budgeting.period import DAY, Period
from budgeting.programs.support_at_home.account import quarter
from budgeting.programs.support_at_home.everyday import EQUIPMENT, HOME_CHANGES
from budgeting.programs.support_at_home.opened import opened
from budgeting.programs.support_at_home.statement import balances as statement_balances
from budgeting.programs.support_at_home.statement_rows import committed
from budgeting.spending import UNCOUNTED, Entry
from budgeting.spending.balances import (
    Difference,
    Keeper,
    Payment,
    Reason,
    Told,
    counted,
    difference,
    of_days,
    ours,
    rest_said,
    since_figure,
)
from budgeting.words import Name, Value, Words, words
from budgeting.working import MINUS, exactly
from portal.funding import left
from portal.funding.left import Left
from portal.funding.queries import known as known_parts
from portal.funding.terms import SUPPORT_AT_HOME
from portal.language import plain
from portal.site.tables import Cell, Column, Content, Table
from portal.spending.book import Book, paid_by
from portal.spending.claim_model import TheirPayment, ToldBalance

NAMED = 5  # so many entries are named one by one under a reason


@dataclass(frozen=True)
class Said:
    """One reason of a difference, and the entries it is about with their addresses."""

    said: Words
    by: Money | None
    links: tuple[tuple[Words, str], ...]


@dataclass(frozen=True)
class Theirs:
    """What one keeper said last, beside ours on that day."""

    keeper: Keeper
    told: ToldBalance | None
    found: Difference | None
    reasons: tuple[Said, ...] = ()

    @property
    def rest(self) -> Words | None:
        """What to do about what nothing explains; None where nothing is left to find out."""
        rest = self.found.rest if self.found else None
        return rest_said(rest) if rest else None


@dataclass(frozen=True)
class Part:
    """One part of the funding: ours today, what each keeper said last, and everything that was ever told."""

    key: str
    name: Value
    ours: Figure
    theirs: tuple[Theirs, ...]
    keepers: tuple[Keeper, ...]
    choices: tuple[tuple[str, str], ...]
    history: Table | None
    told: tuple[ToldBalance, ...]
    by_services: Figure | None = None  #: by statements and services alone, where that is not what we have


@dataclass(frozen=True)
class Reckoning:
    """What works out what is left of a client's parts of the funding on any day."""

    book: Book
    funding: Funding
    openings: Mapping[date, Money]

    @property
    def aged(self) -> bool:
        """Whether the money is an account of Support at Home."""
        return self.book.program == SUPPORT_AT_HOME

    def parts(self) -> list[Component]:
        """The parts of the funding that hold money of the person's own."""
        return [one for one in self.book.setting.components if not one.apart]

    def left(self, component: Component, on: date) -> Figure | None:
        """What is left of a part at the end of a day; None where it did not exist then."""
        if not self.aged:
            return ours(component, self.placed, on)
        found = self._from_the_last(component.key, on)
        known = found is not None and found.unspent.value is not None
        return found.unspent if found and known else self.by_services(component, on)

    def _from_the_last(self, key: str, on: date) -> Left | None:
        """A part as it stood on a day, from what was known last by then; None where it did not exist."""
        assert self.book.letter is not None, "money is reckoned from a letter"
        money = opened(self.funding, self.openings, on)
        if money.spent_until is not None and money.spent_until > on:
            return None
        known = known_parts(money)
        parts = programs.rules(self.book.program).components(money)
        since = {one.key: counted(self.settled, one, on) for one in parts}
        figures = {each: since_figure(entries) for each, entries in since.items() if entries}
        return next(
            (one for one in left.of(money, self.book.program, known, on, figures) if one.component.key == key), None
        )

    def by_services(self, component: Component, on: date) -> Figure | None:
        """The same by the statements and the services alone, as a statement works it out."""
        rows = self.book.kept.services(self.funding)
        held = statement_balances(self.funding, Period(on.replace(day=1), on), rows, self.openings)
        return next((one.closing for one in held if one.key == component.key), None)

    @property
    def settled(self) -> Sequence[Entry]:
        """The entries of the days of the letter, less what the person pays of each as far as it is known."""
        return paid_by(self.book.kept.settled(self.funding), self.book.days, self.funding)

    @property
    def placed(self) -> Sequence[Entry]:
        """The same with their whole amounts."""
        return of_days(self.book.placed, self.book.days)

    def beside(self, component: Component, told: Told) -> Difference | None:
        """A told balance beside ours on the same day."""
        if not self.aged:
            return difference(component, self.placed, told)
        mine = self.left(component, told.on)
        if mine is None:
            return None
        since = replace(component, spent=ZERO, spent_until=quarter(told.on).first - DAY)
        return difference(since, self.settled, told, mine)


def still_to_come(book: Book) -> Figure | None:
    """Equipment and changes to the home that the plan agrees and that have not come yet; None where it has none."""
    program, agreed = programs.program(book.program), list[tuple[Value, Money, Money]]()
    for line in book.plan.current.lines if book.plan.current else ():
        family = program.family(line.terms.support)
        if family is not None and family.fund in (EQUIPMENT, HOME_CHANGES):
            key = str(line.id)
            come = total([one.amount for one in book.placed if one.line == key and one.state not in UNCOUNTED])
            agreed.append((Name(line.name), line.amount, come))
    return committed(agreed) if agreed else None


def part(
    money: Reckoning,
    component: Component,
    told: Sequence[ToldBalance],
    lists: Mapping[UUID, Sequence[TheirPayment]],
    today: date,
) -> Part:
    """One part of the funding as the page shows it; ``told`` are its balances, the latest first."""
    known = keepers(money, component)
    found = []
    for keeper in known:
        last = next((one for one in told if one.keeper is keeper and one.taken_back_at is None), None)
        differs = money.beside(component, _told(last, lists)) if last else None
        base = f"/people/{money.book.client.id}/spending"
        reasons = tuple(_said(one, base) for one in differs.reasons) if differs else ()
        found.append(Theirs(keeper, last, differs, reasons))
    name = shown(component.name)
    label = words("{part}: left on {day}, as written down here", part=name, day=today)
    left = money.left(component, today) or Figure(label, None, words("There is nothing of it on this day."))
    history = _history(component, told) if told else None
    choices = tuple((one.value, plain(one.words)) for one in known)
    other = _other(left, money.by_services(component, today)) if money.aged else None
    return Part(component.key, name, left, tuple(found), known, choices, history, tuple(told), other)


def _other(ours: Figure, by_services: Figure | None) -> Figure | None:
    """Why statements and services alone come to something else than what is known last; None where they do not."""
    mine, theirs = ours.value, by_services.value if by_services is not None else None
    if by_services is None or not isinstance(mine, Money) or not isinstance(theirs, Money) or mine == theirs:
        return None
    text = words("{theirs} by the statements, {ours} by what is known last", theirs=theirs, ours=mine)
    working = exactly(theirs, MINUS, mine)
    return Figure(words("Difference"), theirs - mine, text, (by_services, ours.brief), working=working)


def _said(reason: Reason, base: str) -> Said:
    links = tuple(
        (
            words("{provider}, {day}: {amount}", provider=Name(one.provider), day=one.first, amount=one.takes),
            f"{base}/{one.id}",
        )
        for one in reason.entries[:NAMED]
    )
    return Said(reason.words, reason.by, links)


def keepers(money: Reckoning, component: Component) -> tuple[Keeper, ...]:
    """Who beside us keeps a balance of a part."""
    if money.aged:
        return (Keeper.PROVIDER, Keeper.FUNDER)
    if component.management is Management.PLAN:
        return (Keeper.FUNDER, Keeper.PLAN_MANAGER)
    return (Keeper.FUNDER,)


def _told(row: ToldBalance, lists: Mapping[UUID, Sequence[TheirPayment]]) -> Told:
    payments = lists.get(row.id)
    if payments is None:
        return Told(row.keeper, row.on, row.left)
    paid = tuple(Payment(one.day, one.amount, one.item, one.provider) for one in payments)
    return Told(row.keeper, row.on, row.left, paid)


def _history(component: Component, told: Sequence[ToldBalance]) -> Table:
    columns = (
        Column(words("Day")),
        Column(words("Told by")),
        Column(words("Left"), numeric=True),
        Column(words("How it stands")),
    )
    rows: list[tuple[Content, ...]] = [
        (
            one.on,
            one.keeper.words,
            one.left,
            Cell(words("Taken back"), badge="") if one.taken_back_at else Cell(words("Counts"), badge="ok"),
        )
        for one in told
    ]
    key = "balances-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in component.key.lower())[:40]
    return Table(key, words("Balances that were told, the latest first"), columns, rows)
