"""Monthly statements of Support at Home: worked out from what is written down, beside the provider's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from budgeting.explain import Figure, shown
from budgeting.money import Money
from budgeting.period import Period, month_of
from budgeting.programs.support_at_home.facts import started
from budgeting.programs.support_at_home.granted import ACCOUNT
from budgeting.programs.support_at_home.statement import Statement, balances, beside, due, statement
from budgeting.programs.support_at_home.statement_rows import Service
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.funding import held
from portal.funding.forms import money_typed
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Asked, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Content, Table
from portal.spending import claim_commands, claim_queries
from portal.spending.balance_pages import reckoning
from portal.spending.balance_rows import Reckoning, still_to_come
from portal.spending.claim_model import ProviderStatement
from portal.spending.statement_rows import compared, tables
from portal.work import NotVisible, Work

SEE = (Resource.BUDGET, Action.READ)
EDIT = (Resource.BUDGET, Action.WRITE)
MOST_MONTHS = 24


@get("/people/{client_id:uuid}/statements", access=SEE)
def statements(work: Work, client_id: UUID) -> View:
    """Every month there is a statement for, the latest first."""
    client = people.client(work, client_id)
    money = reckoning(work, client)
    own = people.is_own(work, client)
    values: dict[str, Any] = {"own": own, "letter": money is not None, "table": None}
    if money is not None and money.aged:
        told = claim_queries.statements_told(work, client)
        values["table"] = _months(money, client, work.today(client), told, own)
    return View("spending/statements.html", values, client=client)


def _months(money: Reckoning, client: Client, today: date, told: Mapping[date, ProviderStatement], own: bool) -> Table:
    columns = (
        Column(words("Month")),
        Column(words("Closing balance"), numeric=True),
        Column(words("Your provider says") if own else words("The provider says"), numeric=True),
        Column(words("How it stands")),
    )
    services, rows = money.book.kept.services(money.funding), list[tuple[Content, ...]]()
    heard = _heard(services, told)
    for month in _begun(money, today):
        kept = balances(money.funding, month, services, money.openings, heard)
        closing = next((one.closing for one in kept if one.key == ACCOUNT), None)
        left = closing.value if closing else None
        theirs = told[month.first].closing if month.first in told else None
        href = f"/people/{client.id}/statements/{month.first:%Y-%m}"
        label = words("{first} to {last}", first=month.first, last=month.last)
        rows.append(
            (
                Cell(label, href=href),
                closing,
                theirs,
                _stands(month, left, theirs, today, own),
            )
        )
    return Table("statements", words("Statements, the latest month first"), columns, rows)


def _heard(services: Sequence[Service], told: Mapping[date, ProviderStatement]) -> frozenset[date]:
    """The months of which a service, or that none came, is written down; of any other, silence says nothing."""
    without = {month for month, one in told.items() if one.nothing_on}
    return frozenset(month_of(one.posted).first for one in services) | without


def _stands(month: Period, ours: object, theirs: Money | None, today: date, own: bool) -> Cell:
    if isinstance(ours, Money) and theirs is not None:
        return Cell(words("The same"), badge="ok") if ours == theirs else Cell(words("Differs"), badge="warn")
    if theirs is None and due(month) < today:
        late = (
            words("The statement of your provider was due on {day}", day=due(month))
            if own
            else words("The statement of the provider was due on {day}", day=due(month))
        )
        return Cell(late, badge="wait")
    return Cell(words("Month under way") if month.last >= today else words("Not compared yet"), badge="")


def _begun(money: Reckoning, today: date) -> list[Period]:
    """The months of the funding that have begun, the latest first."""
    letter = money.book.letter
    first = max(started(), (letter.entered or letter.starts) if letter else started())
    found = [month_of(today)]
    while found[-1].first > first and len(found) < MOST_MONTHS:
        found.append(month_of(found[-1].first - timedelta(days=1)))
    return found


def _month(work: Work, client: Client, month: str) -> tuple[Reckoning, Period]:
    """A month that has begun, as its address says it; NotVisible for any other."""
    money = reckoning(work, client)
    if money is None or not money.aged:
        raise NotVisible
    for one in _begun(money, work.today(client)):
        if f"{one.first:%Y-%m}" == month:
            return money, one
    raise NotVisible


@get("/people/{client_id:uuid}/statements/{month:str}", access=SEE)
def month_statement(work: Work, asked: Asked, client_id: UUID, month: str) -> View:
    """One month: what was there, what each service took, what is left, beside the provider's statement."""
    client = people.client(work, client_id)
    money, days = _month(work, client, month)
    services = money.book.kept.services(money.funding)
    said = claim_queries.statements_told(work, client)
    told = said.get(days.first)
    made = statement(money.funding, days, services, money.openings, _heard(services, said))
    own = people.is_own(work, client)
    amounts = (told.opening, told.closing, told.contributions) if told else ()
    found = beside(made, *amounts) if any(one is not None for one in amounts) else ()
    shown_tables = tables(made, asked)
    made = replace(made, groups=(), adjustments=(), questioned=())  # the tables hold them, a page of each
    values: dict[str, Any] = {
        "own": own,
        "month": days,
        "key": month,
        "made": made,
        "tables": shown_tables,
        "contributions": made.contributions,
        "closing": _closing(made),
        "today": _left_today(money, made, work.today(client)) if days.last >= work.today(client) else None,
        "to_come": still_to_come(money.book),
        "held": _held(work, client, money) if days.last >= work.today(client) else None,
        "compared": compared(found) if found else None,
        "typed": {
            "opening": money_typed(told.opening if told else None),
            "closing": money_typed(told.closing if told else None),
            "contributions": money_typed(told.contributions if told else None),
        },
        "version": told.version if told else 0,
        "nothing_on": told.nothing_on if told else None,
        "due": due(days),
        "under_way": days.last >= work.today(client),
    }
    return View("spending/statement.html", values, "spending/_statement.html", client)


def _held(work: Work, client: Client, money: Reckoning) -> Table | None:
    """What is approved and not paid yet, of which the balances hold no word: it is not free; None where nothing is."""
    names = {one.key: shown(one.name) for one in money.parts()}
    columns = (
        Column(words("What")),
        Column(words("Part of the funding")),
        Column(words("Money held for it"), numeric=True),
    )
    rows: list[tuple[Content, ...]] = [
        (one.name, names.get(one.component, ""), one.held) for one in held.things(work, client)
    ]
    return Table("held", words("Money that is held"), columns, rows) if rows else None


def _left_today(money: Reckoning, made: Statement, today: date) -> Figure | None:
    """What is left of the account by what is known last; None where the statement of this month says the same."""
    account = next((one for one in money.parts() if one.key == ACCOUNT), None)
    found, closing = money.left(account, today) if account else None, _closing(made)
    return found if found is not None and closing is not None and found.value != closing.value else None


def _closing(made: Statement) -> Any:
    """The closing balance of the account as a figure; None where there is no account."""
    return next((one.closing for one in made.balances if one.key == ACCOUNT), None)


@dataclass(frozen=True)
class StatementForm:
    version: int = forms.version()
    opening: Money | None = forms.money(required=False)
    closing: Money | None = forms.money(required=False)
    contributions: Money | None = forms.money(required=False)


@post("/people/{client_id:uuid}/statements/{month:str}", access=EDIT, form=StatementForm, view=month_statement)
def tell_statement(work: Work, form: StatementForm, client_id: UUID, month: str) -> Stay:
    """What the provider's statement of the month says."""
    client = people.client(work, client_id)
    _, days = _month(work, client, month)
    claim_commands.tell_statement(
        work, client, form.version, days.first, form.opening, form.closing, form.contributions
    )
    return Stay(words("Written down. You can see whether it is what we have, and why not."))


@dataclass(frozen=True)
class NothingForm(forms.VersionForm):
    nothing: bool = forms.tick()  #: False takes it back


@post("/people/{client_id:uuid}/statements/{month:str}/nothing", access=EDIT, form=NothingForm, view=month_statement)
def tell_nothing_came(work: Work, form: NothingForm, client_id: UUID, month: str) -> Stay:
    """That no service came in the month, so that what is left is known; or that this was not so."""
    client = people.client(work, client_id)
    _, days = _month(work, client, month)
    claim_commands.tell_nothing_came(work, client, form.version, days.first, form.nothing)
    return Stay(words("Written down.") if form.nothing else words("Taken back."))
