"""Equipment and changes to the home: everything at a glance, and one thing with its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from markupsafe import Markup

from budgeting.living import equipment as calculator
from budgeting.living.equipment import Level, Step
from budgeting.money import Money
from budgeting.programs.support_at_home.tiers import Standing
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.equipment import commands, queries
from portal.equipment.commands import Need
from portal.equipment.model import Equipment, EquipmentQuote
from portal.equipment.steps import MENDING, WAY, is_to_come, said
from portal.equipment.tier_pages import standing
from portal.funding import queries as funding
from portal.funding.forms import money_typed
from portal.funding.terms import SUPPORT_AT_HOME
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Table
from portal.spending.balance_pages import reckoning
from portal.work import Work

READ = (Resource.BUDGET, Action.READ)
WRITE = (Resource.BUDGET, Action.WRITE)

LEVELS = {
    Level.LOW: words("This is low cost. Ask whether anything is needed before you buy it."),
    Level.MIDDLE: words("This is below the cost that needs an approval of its own. Ask whether advice is needed."),
    Level.HIGH: words("This needs an approval with evidence before it is bought."),
}


@get("/people/{client_id:uuid}/equipment", access=READ)
def everything(work: Work, client_id: UUID) -> View:
    """Everything at a glance: where each stands, what is next, whose turn it is, and the money held."""
    client = people.client(work, client_id)
    rows, found, today = queries.everything(work, client), queries.quotes(work, client), work.today(client)
    tiers = {one.key: one for one in standing(work, client, reckoning(work, client))}
    values: dict[str, Any] = {
        "cards": [_card(one, today) for one in rows],
        "held": [_by_tier(one, tiers.get(one.key or "")) for one in queries.held(work, client)],
        "table": _table(rows, found, today) if rows else None,
        "part_options": part_options(work, client),
        "writes": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "base": f"/people/{client.id}/equipment",
        "tiers": (plan := funding.current(work, client)) is not None and plan.program == SUPPORT_AT_HOME,
    }
    return View("equipment/everything.html", values, client=client)


def _by_tier(one: queries.Held, tier: Standing | None) -> queries.Held:
    """What is left of a part and free, where it is a tier as its own page says it."""
    return replace(one, left=tier.left, free=tier.free) if tier else one


def _card(row: Equipment, today: date) -> dict[str, Any]:
    stands = said(row.step, row.trial_from, today)
    return {"id": row.id, "name": Name(row.name), "said": stands, "need": row.need, "over": row.step is Step.RETURNED}


def part_options(work: Work, client: Client) -> list[tuple[str, Markup]]:
    """The parts of the funding to choose from."""
    plan = funding.current(work, client)
    return [(key, show(name)) for key, name in queries.parts(work, client, plan)]


def _table(rows: Sequence[Equipment], found: Mapping[UUID, list[EquipmentQuote]], today: date) -> Table:
    return Table(
        key="equipment",
        caption=words("Equipment and changes to the home"),
        columns=(
            Column(words("What")),
            Column(words("How it stands")),
            Column(words("What it costs"), numeric=True),
            Column(words("Money held for it"), numeric=True),
            Column(words("Next")),
        ),
        rows=[
            (
                Name(one.name),
                Cell((stands := said(one.step, one.trial_from, today)).name, badge=stands.badge),
                (money := queries.paying(one, found.get(one.id, []))).cost,
                money.held,
                stands.next,
            )
            for one in rows
        ],
    )


@dataclass(frozen=True)
class NeedForm:
    name: str = forms.text(200)
    need: str = forms.text(1000, required=False)
    kind: str = forms.one_of(("at", "hm"))
    component: str = forms.text(80, required=False)

    @property
    def told(self) -> Need:
        return Need(self.name, self.need, self.kind, self.component or None)


@post("/people/{client_id:uuid}/equipment", access=WRITE, form=NeedForm, view=everything)
def name_need(work: Work, form: NeedForm, client_id: UUID) -> Go:
    """Write down that something is needed."""
    row = commands.name_need(work, people.client(work, client_id), form.told)
    return Go(f"/people/{client_id}/equipment/{row.id}", words("Written down. Here is what comes next."))


@get("/people/{client_id:uuid}/equipment/{equipment_id:uuid}", access=READ)
def thing(work: Work, client_id: UUID, equipment_id: UUID) -> View:
    """One thing: where it is on its way, the one thing that comes next, its quotes, money and repairs."""
    client = people.client(work, client_id)
    row = queries.one(work, client, equipment_id)
    found, today = queries.quotes(work, client).get(row.id, []), work.today(client)
    parameters = queries.parameters_of(work, client)
    money = queries.paying(row, found)
    price = money.cost.value if isinstance(money.cost.value, Money) else None
    needs = calculator.needs(parameters, price or _dearest(found), today)
    repairs = queries.repairs(work, row)
    waits = any(one.done_on is None for one in repairs)
    values: dict[str, Any] = {
        "row": row,
        "thing": Name(row.name),
        "stands": MENDING if row.step is Step.IN_USE and waits else said(row.step, row.trial_from, today),
        "to_come": is_to_come(row.step, row.trial_from, today),
        "way": way(row.step),
        "quotes": found,
        "compared": compared(found, today) if found else None,
        "quote_names": [(one.id, Name(one.supplier)) for one in found],
        "quote_options": [(one.id, show(Name(one.supplier))) for one in found],
        "money": money,
        "nowhere": row.component is None and row.step in calculator.HOLDS,
        "rest": money_typed(money.held.value if isinstance(money.held.value, Money) else None),
        "most_deposit": calculator.most_deposit(parameters, price, today),
        "level": LEVELS[needs.level] if needs.level else None,
        "level_why": needs.why,
        "repairs": repairs,
        "told_rows": [(show(label), show(value)) for label, value in told(row)],
        "part_options": part_options(work, client),
        "today": today.isoformat(),
        "writes": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "own": people.is_own(work, client),
        "base": f"/people/{client.id}/equipment/{row.id}",
    }
    return View("equipment/thing.html", values, fragment="equipment/_thing.html", client=client)


def _dearest(found: Sequence[EquipmentQuote]) -> Money | None:
    """The highest price asked, before one is chosen."""
    return max((one.price for one in found if one.price is not None), default=None)


def way(step: Step) -> list[dict[str, Any]]:
    """Where it is, for the row of steps."""
    at = next((number for number, (_, steps) in enumerate(WAY) if step in steps), len(WAY))
    states = ["done" if number < at else "now" if number == at else "next" for number in range(len(WAY))]
    return [{"label": show(label), "state": state, "href": None} for (label, _), state in zip(WAY, states, strict=True)]


def told(row: Equipment) -> list[tuple[Words, Any]]:
    """What was written down on the way, as far as it was."""
    known = (
        (words("Tried with"), Name(row.trial_with) if row.trial_with else None),
        (words("Trial from"), row.trial_from),
        (words("Trial until"), row.trial_until),
        (words("Approval asked for"), row.asked_on),
        (words("Answered by"), Name(row.approved_by) if row.approved_by else None),
        (words("Date of the letter"), row.letter_on),
        (words("Approved up to"), row.approved_amount),
        (words("Months of rent"), row.months),
        (words("Ordered"), row.ordered_on),
        (words("Promised for"), row.due_on),
        (words("Deposit"), row.deposit),
        (words("Delivered on"), row.delivered_on),
        (words("Paid in full"), row.rest_on),
        (words("The rest of the money"), row.rest),
        (words("Set up"), row.set_up_on),
        (words("Warranty until"), row.warranty_until),
        (words("Given back, or not wanted"), row.ended_on),
    )
    return [(label, value) for label, value in known if value is not None]


def compared(found: Sequence[EquipmentQuote], today: date) -> Table:
    """The quotes side by side, one row for each fact, so that three fit on a phone as cards."""
    each = [queries.asked(one) for one in found]
    rows: list[tuple[Words, list[Any]]] = [
        (words("To buy, ready to use"), [calculator.buying(one) for one in each]),
        (words("Rent for one month"), [one.rent for one in each]),
        (words("Months of rent that the price would pay"), [calculator.even_after(one) for one in each]),
        (words("Deposit"), [one.deposit for one in found]),
        (words("Weeks until it is there"), [one.weeks for one in found]),
        (words("Holds until"), [_holds(one, today) for one in found]),
    ]
    return Table(
        key="quotes",
        caption=words("The quotes beside each other, in the order of their names"),
        columns=(Column(words("Quote")), *(Column(words("{name}", name=Name(one.supplier))) for one in found)),
        rows=[(label, *cells) for label, cells in rows],
    )


def _holds(one: EquipmentQuote, today: date) -> Cell | date | None:
    if one.valid_until is not None and one.valid_until < today:
        return Cell(one.valid_until, note=words("This has passed. Ask whether it still holds."))
    return one.valid_until


@dataclass(frozen=True)
class EditForm(NeedForm):
    version: int = forms.version()


@post("/people/{client_id:uuid}/equipment/{equipment_id:uuid}", access=WRITE, form=EditForm, view=thing)
def change(work: Work, form: EditForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Write anew what is needed."""
    row = queries.one(work, people.client(work, client_id), equipment_id)
    row.expect(form.version)
    commands.change_need(work, row, form.told)
    return Stay(words("Saved."))
