"""What was granted beside the parts of the funding: one page that lists it, kind by kind, and a short form for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.letters.grants import Asked, Grant, Told, grants
from budgeting.money import Money
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.funding import commands, queries
from portal.funding.granted import Granted, Other
from portal.funding.model import FundingPlan
from portal.funding.pages import to_change
from portal.language import plain, show
from portal.site import forms
from portal.site.page import Asked as Request, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

EDIT = (Resource.BUDGET, Action.WRITE)
HOME = "/people/{client_id:uuid}/funding/granted"
OTHER, DEBIT = "other", "debit"  # what may be told whatever the program says, or of any that has a share to pay
TICKS = ("remote", "extended", "prescribed", "confirmed", "home_owner")
DEBITS: Mapping[str, Words] = {
    "subsidy": words("The price less what you pay yourself"),
    "price": words("The whole price"),
}
ASKED_OF_OTHERS = (
    Asked("name", words("What is it called?")),
    Asked("amount", words("Amount that was granted")),
    Asked("since", words("First day"), needed=False),
    Asked("until", words("Last day"), needed=False),
)


@dataclass(frozen=True)
class Kind:
    """A kind of thing to tell, as the page shows it."""

    key: str
    label: Words
    about: Words
    asked: tuple[Asked, ...]
    codes: Mapping[str, Words]
    told: tuple[Words, ...]  #: what was told of it, each in a sentence


def kinds(plan: FundingPlan) -> list[Kind]:
    """Everything that may be told about a plan, and what was told."""
    now = plan.granted
    found = [_kind(one, now) for one in grants(plan.program)]
    if found:
        label = words("What a service takes from the account")
        about = words("Sources differ. Choose the other reading if your statement shows it.")
        said = () if now.debit_basis == Granted().debit_basis else (DEBITS[now.debit_basis],)
        found.append(Kind(DEBIT, label, about, (Asked("code", words("Which reading?")),), DEBITS, said))
    label = words("Money from somewhere else")
    about = words("A grant, another program or your savings. Any support can name it as the one who pays.")
    return [*found, Kind(OTHER, label, about, ASKED_OF_OTHERS, {}, tuple(map(_other, now.others)))]


def _kind(one: Grant, now: Granted) -> Kind:
    told = tuple(one.said(each) for each in one.told(now.allocation))
    return Kind(one.key, one.label, one.about, one.asked, one.codes, told)


def _other(one: Other) -> Words:
    if one.starts and one.ends:
        return words(
            "{what}: {amount}, from {first} to {last}",
            what=Name(one.name),
            amount=one.amount,
            first=one.starts,
            last=one.ends,
        )
    return words("{what}: {amount}", what=Name(one.name), amount=one.amount)


@get(HOME, access=EDIT)
def beside(work: Work, asked: Request, client_id: UUID) -> View:
    """What was granted or told beside the parts, and what else can be."""
    client, plan = to_change(work, client_id, asked)
    found = kinds(plan)
    chosen = next((one for one in found if one.key == asked.query.get("kind", "")), None)
    several = queries.counting(work, client, Action.WRITE)
    values = {
        "plan": plan,
        "letters": [_letter(one, plan) for one in sorted(several, key=lambda one: one.starts)],
        "kinds": found,
        "any_told": any(one.told for one in found),
        "chosen": chosen,
        "fields": [_field(one) for one in chosen.asked] if chosen else [],
        "codes": [(code, plain(text)) for code, text in chosen.codes.items()] if chosen else [],
    }
    return View("funding/granted.html", values, client=client)


def _letter(one: FundingPlan, shown: FundingPlan) -> Mapping[str, Any]:
    label = plain(words("From {day}", day=one.starts))
    return {"label": label, "href": f"?plan={one.id}", "current": one is shown}


def _field(one: Asked) -> Mapping[str, Any]:
    label, hint = show(one.label), show(one.hint) if one.hint else None
    return {"name": one.name, "label": label, "needed": one.needed, "hint": hint, "tick": one.tick}


@dataclass(frozen=True)
class GrantForm:
    """Any of the kinds; each asks for a few of these fields and leaves the others empty."""

    kind: str = forms.text(40)
    name: str = forms.text(120, required=False)
    code: str = forms.text(60, required=False)
    amount: Money | None = forms.money(required=False)
    second: Money | None = forms.money(required=False)
    since: date | None = forms.day(required=False)
    until: date | None = forms.day(required=False)
    units: int | None = forms.number(most=100, required=False)
    remote: bool = forms.tick()
    extended: bool = forms.tick()
    prescribed: bool = forms.tick()
    confirmed: bool = forms.tick()
    home_owner: bool = forms.tick()
    version: int = forms.version()


@post(HOME, access=EDIT, form=GrantForm, view=beside)
def tell(work: Work, asked: Request, form: GrantForm, client_id: UUID) -> Go:
    """Write one more of a kind down."""
    client, plan = to_change(work, client_id, asked)
    kind = next((one for one in kinds(plan) if one.key == form.kind), None)
    if kind is None:
        raise NotVisible
    _check(form, kind)
    commands.tell_granted(work, plan, form.version, _with(form, plan))
    return Go(f"/people/{client.id}/funding/granted?plan={plan.id}", words("Saved."))


def _check(form: GrantForm, kind: Kind) -> None:
    for one in kind.asked:
        if one.needed and not one.tick and getattr(form, one.name) in (None, ""):
            raise Refusal(forms.REQUIRED, one.name)
    if kind.codes and form.code not in kind.codes:
        raise Refusal(words("Choose one of the answers."), "code")
    if form.since and form.until and form.until < form.since:
        raise Refusal(words("The last day is before the first."), "until")
    if kind.key == OTHER and bool(form.since) != bool(form.until):
        raise Refusal(words("Enter both days, or none."), "until" if form.since else "since")


def _with(form: GrantForm, plan: FundingPlan) -> Granted:
    now = plan.granted
    if form.kind == OTHER:
        return now.with_other(form.name, form.amount or Money(0), form.since, form.until)
    if form.kind == DEBIT:
        return replace(now, debit_basis=form.code)
    grant = next(one for one in grants(plan.program) if one.key == form.kind)
    ticked = frozenset(name for name in TICKS if getattr(form, name))
    told = Told(form.code, form.amount, form.second, form.since, form.until, form.units, ticked)
    return replace(now, allocation=grant.added(now.allocation, told))


@dataclass(frozen=True)
class DropForm:
    kind: str = forms.text(40)
    number: int = forms.number(most=1000)
    version: int = forms.version()


@post(HOME + "/remove", access=EDIT, form=DropForm, view=beside)
def drop(work: Work, asked: Request, form: DropForm, client_id: UUID) -> Stay:
    """Take back what was told."""
    _client, plan = to_change(work, client_id, asked)
    kind = next((one for one in kinds(plan) if one.key == form.kind), None)
    if kind is None or form.number >= len(kind.told):
        raise NotVisible
    commands.tell_granted(work, plan, form.version, _without(form, plan))
    return Stay(words("Removed."))


def _without(form: DropForm, plan: FundingPlan) -> Granted:
    now = plan.granted
    if form.kind == OTHER:
        return replace(now, others=(*now.others[: form.number], *now.others[form.number + 1 :]))
    if form.kind == DEBIT:
        return replace(now, debit_basis=Granted().debit_basis)
    grant = next(one for one in grants(plan.program) if one.key == form.kind)
    return replace(now, allocation=grant.without(now.allocation, form.number))
