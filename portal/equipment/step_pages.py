"""The steps of equipment, one small form each: trial, quotes, approval, order, delivery, setting up, repair, return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.living import equipment as calculator
from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.equipment import commands, queries
from portal.equipment.commands import QuoteTold
from portal.equipment.model import Equipment, Getting
from portal.equipment.pages import thing
from portal.funding import queries as funding
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import Refusal, Work

WRITE = (Resource.BUDGET, Action.WRITE)
PLACE = "/people/{client_id:uuid}/equipment/{equipment_id:uuid}"
SAVED = words("Saved. Below is what comes next.")


def _at(work: Work, client_id: UUID, equipment_id: UUID, version: int) -> tuple[Client, Equipment]:
    client = people.client(work, client_id)
    row = queries.one(work, client, equipment_id)
    row.expect(version)
    return client, row


@dataclass(frozen=True)
class TrialForm(forms.VersionForm):
    where: str = forms.text(200)
    first: date = forms.day()
    last: date | None = forms.day(required=False)


@post(f"{PLACE}/trial", access=WRITE, form=TrialForm, view=thing)
def try_out(work: Work, form: TrialForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Begin a trial."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.try_out(work, row, form.where, form.first, form.last)
    return Stay(SAVED)


@dataclass(frozen=True)
class WentForm(forms.VersionForm):
    said: str = forms.text(1000)


@post(f"{PLACE}/went", access=WRITE, form=WentForm, view=thing)
def went(work: Work, form: WentForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Say how the trial went."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.say_how_it_went(work, row, form.said)
    return Stay(SAVED)


@dataclass(frozen=True)
class QuoteForm(forms.VersionForm):
    supplier: str = forms.text(120)
    price: Money | None = forms.money(required=False)
    delivery: Money | None = forms.money(required=False)
    set_up: Money | None = forms.money(required=False)
    rent_month: Money | None = forms.money(required=False)
    deposit: Money | None = forms.money(required=False)
    valid_until: date | None = forms.day(required=False)
    weeks: int | None = forms.number(most=200, required=False)
    note: str = forms.text(500, required=False)


@post(f"{PLACE}/quotes", access=WRITE, form=QuoteForm, view=thing)
def keep_quote(work: Work, form: QuoteForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Write down a quote."""
    _, row = _at(work, client_id, equipment_id, form.version)
    told = QuoteTold(**{name: getattr(form, name) for name in QuoteTold.__dataclass_fields__})
    commands.keep_quote(work, row, told)
    return Stay(words("Written down. You can compare up to three."))


@post(f"{PLACE}/quotes/{{quote_id:uuid}}/remove", access=WRITE, form=forms.VersionForm, view=thing)
def remove_quote(work: Work, form: forms.VersionForm, client_id: UUID, equipment_id: UUID, quote_id: UUID) -> Stay:
    """Take a quote out."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.remove_quote(work, row, queries.quote(work, row, quote_id))
    return Stay(words("Taken out."))


@dataclass(frozen=True)
class ChooseForm(forms.VersionForm):
    quote: UUID = forms.record_id()
    getting: Getting = forms.choice(Getting)
    months: int | None = forms.number(most=240, required=False)
    asked_on: date = forms.day()


@post(f"{PLACE}/choose", access=WRITE, form=ChooseForm, view=thing)
def choose(work: Work, form: ChooseForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Choose a quote, and write down when approval was asked for."""
    _, row = _at(work, client_id, equipment_id, form.version)
    quote = queries.quote(work, row, form.quote)
    commands.ask_approval(work, row, quote, form.getting, form.months, form.asked_on)
    return Stay(SAVED)


@dataclass(frozen=True)
class ApprovalForm(forms.VersionForm):
    given: str = forms.one_of(("yes", "no"))
    by: str = forms.text(120)
    letter: date | None = forms.day(required=False)
    amount: Money | None = forms.money(required=False)


@post(f"{PLACE}/approval", access=WRITE, form=ApprovalForm, view=thing)
def approve(work: Work, form: ApprovalForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Write down the answer."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.approve(work, row, form.by, form.letter, form.amount, given=form.given == "yes")
    return Stay(SAVED)


@dataclass(frozen=True)
class OrderForm(forms.VersionForm):
    day: date = forms.day()
    due: date | None = forms.day(required=False)
    deposit: Money | None = forms.money(required=False)
    invoice: str = forms.text(80, required=False)


@post(f"{PLACE}/order", access=WRITE, form=OrderForm, view=thing)
def order(work: Work, form: OrderForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Write down the order and the deposit."""
    client, row = _at(work, client_id, equipment_id, form.version)
    whole = queries.cost(row, queries.quotes(work, client).get(row.id, [])).value
    price = whole if isinstance(whole, Money) else None
    most = calculator.most_deposit(queries.parameters_of(work, client), price, form.day)
    limit = most.value if most is not None and isinstance(most.value, Money) else None
    commands.order(work, row, form.day, form.due, form.deposit, limit, form.invoice)
    return Stay(SAVED)


@dataclass(frozen=True)
class DayForm(forms.VersionForm):
    day: date = forms.day()


@post(f"{PLACE}/delivery", access=WRITE, form=DayForm, view=thing)
def deliver(work: Work, form: DayForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Write down the delivery."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.deliver(work, row, form.day)
    return Stay(SAVED)


@dataclass(frozen=True)
class SetUpForm(DayForm):
    warranty: date | None = forms.day(required=False)


@post(f"{PLACE}/set-up", access=WRITE, form=SetUpForm, view=thing)
def set_up(work: Work, form: SetUpForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """It is set up and in use."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.set_up(work, row, form.day, form.warranty)
    return Stay(SAVED)


@dataclass(frozen=True)
class PaidForm(DayForm):
    amount: Money | None = forms.money(required=False)
    invoice: str = forms.text(80, required=False)


@post(f"{PLACE}/paid", access=WRITE, form=PaidForm, view=thing)
def pay_rest(work: Work, form: PaidForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """The rest was paid."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.pay_rest(work, row, form.day, form.invoice, form.amount)
    return Stay(words("Saved. No more money is held for it."))


@dataclass(frozen=True)
class PartForm(forms.VersionForm):
    component: str = forms.text(80)


@post(f"{PLACE}/part", access=WRITE, form=PartForm, view=thing)
def name_part(work: Work, form: PartForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Say which part of the funding pays for it."""
    client, row = _at(work, client_id, equipment_id, form.version)
    if form.component not in dict(queries.parts(work, client, funding.current(work, client))):
        raise Refusal(words("Choose one of the parts of the funding."), "component")
    commands.name_part(work, row, form.component)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class ReturnForm(DayForm):
    why: str = forms.text(500, required=False)


@post(f"{PLACE}/return", access=WRITE, form=ReturnForm, view=thing)
def give_back(work: Work, form: ReturnForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """It was given back, or is not wanted any more."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.give_back(work, row, form.day, form.why)
    return Stay(words("Saved. No more money is held for it."))


@post(f"{PLACE}/back", access=WRITE, form=forms.VersionForm, view=thing)
def step_back(work: Work, form: forms.VersionForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Take the last step back."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.step_back(work, row)
    return Stay(words("Undone."))


@dataclass(frozen=True)
class RepairForm(forms.VersionForm):
    what: str = forms.text(500)
    day: date = forms.day()


@post(f"{PLACE}/repairs", access=WRITE, form=RepairForm, view=thing)
def tell_repair(work: Work, form: RepairForm, client_id: UUID, equipment_id: UUID) -> Stay:
    """Something is wrong with it."""
    _, row = _at(work, client_id, equipment_id, form.version)
    commands.tell_repair(work, row, form.what, form.day)
    return Stay(words("Written down. Tell the supplier too."))


@dataclass(frozen=True)
class MendedForm(forms.VersionForm):
    done: date = forms.day()
    cost: Money | None = forms.money(required=False)


@post(f"{PLACE}/repairs/{{repair_id:uuid}}", access=WRITE, form=MendedForm, view=thing)
def finish_repair(work: Work, form: MendedForm, client_id: UUID, equipment_id: UUID, repair_id: UUID) -> Stay:
    """It works again."""
    row = queries.one(work, people.client(work, client_id), equipment_id)
    repair = queries.repair(work, row, repair_id)
    repair.expect(form.version)
    commands.finish_repair(work, repair, form.done, form.cost)
    return Stay(words("Saved."))
