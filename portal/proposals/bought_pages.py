"""The same week, bought differently: a provider, a platform, a worker one employs, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.choosing.bought import Bought, Way, as_planned, could_be_bought, in_a_way
from budgeting.choosing.employment import KINDS_OF_DAY, law
from budgeting.explain import BANDS
from budgeting.explain.describe import listed
from budgeting.money import ZERO, Money, Percent
from budgeting.package import Weekly
from budgeting.period import Band
from budgeting.quotation import LineQuote
from budgeting.words import Name, Words, words
from portal.catalogue import queries as catalogue
from portal.language import plain, show
from portal.people.model import Client
from portal.proposals import scenario_commands, trying, way_commands as commands
from portal.proposals.kept import OtherWay, Scenario, WayKind
from portal.proposals.model import Proposal
from portal.proposals.pages import ONE, READ, WRITE, found
from portal.proposals.queries import Draft, draft as draft_of, people_named
from portal.proposals.scenarios import address as address_of
from portal.proposals.sheet import decimal
from portal.proposals.ways import Told, as_way, bought_lines, from_books, told, way, ways
from portal.proposals.what_if import KEEP, opened
from portal.site import forms
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Content, Table
from portal.work import NotVisible, Refusal, Work

KINDS: Mapping[WayKind, Words] = {
    WayKind.PROVIDER: words("Another provider or price list"),
    WayKind.PLATFORM: words("A platform that finds workers"),
    WayKind.EMPLOYMENT: words("A worker you employ yourself"),
}
RATES = ("fee", "superannuation", "casual", "leave", "leave_loading", "compensation")
BELONGS = {
    WayKind.PROVIDER: (),
    WayKind.PLATFORM: ("fee",),
    WayKind.EMPLOYMENT: RATES[1:],
}
PPM = 100  # parts per million in a hundredth of a percent
#: The fields for the hour of each kind of support that has a price of its own.
HOURS_OF: Mapping[str, str] = {
    f"hour_{family.key}": family.key for key in programs.PROGRAMS for family in programs.families(key)
}
PRICES: Mapping[Band, str] = {band: f"price_{band.name.lower()}" for band in KINDS_OF_DAY}


@get(ONE + "/bought", access=READ)
def bought(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """Some supports or the whole week, as it is planned and in every other way that was told."""
    client, one, draft, values = opened(work, client_id, proposal_id)
    could = [each for each in draft.quote.lines if could_be_bought(each)]
    ids = [each.line.id for each in _chosen(could, asked.query)]
    kept, editions = ways(work, client, one.program), catalogue.editions(work, one.program)
    rows, published = [as_planned(draft.quote, ids)] if ids else [], list[Way]()
    if ids:
        day = min(max(work.today(client), one.starts), one.ends)
        published = from_books(work, one.program, {each.line.support for each in could if each.line.id in ids}, day)
        others = [*published, *(as_way(each, day) for each in kept)]
        rows += [in_a_way(draft.quote, ids, each, editions, programs.calendar()) for each in others]
    changing = next((each for each in kept if str(each.id) == asked.query.get("way", "")), None)
    values = {
        **values,
        "could": [
            (f"of-{trying.short(each.line.id)}", show(Name(each.line.name)), each.line.id in ids) for each in could
        ],
        "compared": _named([each for each in could if each.line.id in ids]),
        "table": _table(rows, _notes(work, kept, published)) if rows else None,
        "rows": [_missing(each) for each in rows if each.not_included],
        "kept": [(each.id, show(Name(each.name)), show(KINDS[each.kind]), each.version) for each in kept],
        "published": [(each.key, show(each.name)) for each in published],
        "may_tell": work.can(*WRITE, client.id),
        "may_keep": work.can(*KEEP, client.id),
        "of": [each.line.id for each in could if each.line.id in ids],
        "kinds": [(kind.value, show(label)) for kind, label in KINDS.items()],
        "bands": [(name, show(BANDS[band]), band is Band.DAY) for band, name in PRICES.items()],
        "own": _own(could, one.program),
        "f": _typed(changing, work.today(client)),
        "changing": changing,
        "casual": law().rate("casual_loading", work.today(client)),
    }
    return View("proposals/bought.html", values, client=client)


def _chosen(could: Sequence[LineQuote], query: Mapping[str, str]) -> Sequence[LineQuote]:
    """The supports that were ticked; at first those that come every week, since one worker could give them."""
    if trying.ASKED in query:
        return [one for one in could if f"of-{trying.short(one.line.id)}" in query]
    return [one for one in could if isinstance(one.line.schedule, Weekly)] or could


def _own(could: Sequence[LineQuote], program: str) -> Sequence[tuple[str, object]]:
    """The field for the hour of each kind of support in the draft, where there are several."""
    there = {one.line.support for one in could}
    labels = {f"hour_{one.key}": show(one.label) for one in programs.families(program) if one.key in there}
    return list(labels.items()) if len(labels) > 1 else []


def _named(chosen: Sequence[LineQuote]) -> object:
    if not chosen:
        return show(words("Choose at least one."))
    names = listed([words("{name}", name=Name(one.line.name)) for one in chosen])
    return show(words("Compared here: {supports}", supports=names))


def _notes(work: Work, kept: Sequence[OtherWay], published: Sequence[Way]) -> Mapping[str, Words]:
    """Who told the prices of each way, and when."""
    lists = {one.key: words("Its published price list") for one in published}
    names = people_named(work, [one.told_by for one in kept])
    return lists | {
        str(one.id): words("Told by {name} on {day}", name=Name(names.get(one.told_by, "")), day=one.told_on)
        for one in kept
    }


def _table(rows: Sequence[Bought], notes: Mapping[str, Words]) -> Table:
    columns = (
        Column(words("How it is bought")),
        Column(words("In an average week"), numeric=True),
        Column(words("In a year"), numeric=True),
        Column(words("On all days of the plan"), numeric=True),
        Column(words("Hours that the same money buys"), numeric=True),
        Column(words("The money lasts until"), numeric=True),
    )
    lines: list[Sequence[Content]] = []
    for one in rows:
        name = Cell(one.way.name, note=notes.get(one.way.key)) if one.way else Cell(words("As it is planned now"))
        hours: Content = one.hours or (one.minutes if one.way is None else None)
        lines.append((name, one.week, one.year, one.amount, hours, one.lasts or ""))
    return Table("bought", words("The same visits, bought differently"), columns, lines)


def _missing(one: Bought) -> Mapping[str, Any]:
    name = one.way.name if one.way else words("As it is planned now")
    return {"name": show(name), "missing": [show(text) for text in one.not_included]}


def _typed(one: OtherWay | None, today: date) -> Mapping[str, str]:
    """What stands in the form at first: what was told before, or the superannuation that the law asks for."""
    if one is None:
        rate = law().rate("superannuation", today)
        return {"kind": "", "name": "", "superannuation": decimal(rate.ppm // PPM, 2)}
    says = told(one)
    return {
        "kind": one.kind.value,
        "name": one.name,
        **{PRICES[band]: decimal(price.minor, 2) for band, price in says.prices.items() if band in PRICES},
        **{name: decimal(rate.ppm // PPM, 2) for name, rate in says.rates.items()},
        "insurance": decimal(says.insurance.minor, 2) if says.insurance else "",
        "payroll": decimal(says.payroll.minor, 2) if says.payroll else "",
        **{f"hour_{support}": decimal(price.minor, 2) for support, price in says.supports.items()},
    }


@dataclass(frozen=True)
class WayForm:
    kind: WayKind = forms.choice(WayKind)
    name: str = forms.text(120)
    price_day: Money = forms.money()
    price_evening: Money | None = forms.money(required=False)
    price_night: Money | None = forms.money(required=False)
    price_saturday: Money | None = forms.money(required=False)
    price_sunday: Money | None = forms.money(required=False)
    price_holiday: Money | None = forms.money(required=False)
    fee: int | None = forms.number(2, most=100, required=False)
    superannuation: int | None = forms.number(2, most=100, required=False)
    casual: int | None = forms.number(2, most=100, required=False)
    leave: int | None = forms.number(2, most=100, required=False)
    leave_loading: int | None = forms.number(2, most=100, required=False)
    compensation: int | None = forms.number(2, most=100, required=False)
    insurance: Money | None = forms.money(required=False)
    payroll: Money | None = forms.money(required=False)
    supports: Mapping[str, Money | None] = forms.amounts(lambda: list(HOURS_OF))
    way: UUID | None = forms.record_id(required=False)
    version: int = forms.version()


@post(ONE + "/bought", access=WRITE, form=WayForm, view=bought)
def tell(work: Work, form: WayForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Tell what the same hours cost in another way."""
    client, one = found(work, client_id, proposal_id)
    before = _again(work, client, form)
    prices = {band: getattr(form, name) for band, name in PRICES.items()}
    rates = {name: getattr(form, name) for name in BELONGS[form.kind]}
    employs, lists = form.kind is WayKind.EMPLOYMENT, form.kind is WayKind.PROVIDER
    says = Told(
        {band: price for band, price in prices.items() if price is not None},
        {name: Percent(rate * PPM) for name, rate in rates.items() if rate},
        (form.insurance or ZERO) if employs else ZERO,
        (form.payroll or ZERO) if employs else ZERO,
        {HOURS_OF[name]: price for name, price in form.supports.items() if price is not None} if lists else {},
    )
    commands.tell(work, client, one.program, form.kind, form.name, says, before)
    return Go(f"/people/{client.id}/proposals/{one.id}/bought", words("Kept, with the date of today."))


def _again(work: Work, client: Client, form: WayForm) -> OtherWay | None:
    if form.way is None:
        return None
    before = way(work, client, form.way)
    before.expect(form.version)
    return before


@post(ONE + "/bought/{way_id:uuid}/away", access=WRITE, view=bought)
def take_away(work: Work, client_id: UUID, proposal_id: UUID, way_id: UUID) -> Go:
    """Take away what was told about one way."""
    client, one = found(work, client_id, proposal_id)
    commands.take_away(work, way(work, client, way_id))
    return Go(f"/people/{client.id}/proposals/{one.id}/bought", words("Taken away."))


@dataclass(frozen=True)
class KeepForm:
    of: tuple[UUID, ...] = forms.record_ids()


@post(ONE + "/bought/{way_id:uuid}/keep", access=KEEP, form=KeepForm, view=bought)
def keep(work: Work, form: KeepForm, client_id: UUID, proposal_id: UUID, way_id: UUID) -> Go:
    """Keep the draft with some of its supports bought in one way, as a scenario that only its maker sees."""
    client, one = found(work, client_id, proposal_id)
    draft, ids, day = _kept(work, client, one, form)
    told_way = way(work, client, way_id)
    lines = bought_lines(draft, ids, as_way(told_way, day))
    return _scenario(scenario_commands.keep(work, client, one, lines, told_way.name))


@post(ONE + "/bought/lists/{organisation_id:uuid}/keep", access=KEEP, form=KeepForm, view=bought)
def keep_list(work: Work, form: KeepForm, client_id: UUID, proposal_id: UUID, organisation_id: UUID) -> Go:
    """Keep the draft with some of its supports at the published prices of a provider, as a scenario of one's own."""
    client, one = found(work, client_id, proposal_id)
    draft, ids, day = _kept(work, client, one, form)
    supports = {each.line.support for each in draft.quote.lines if each.line.id in ids}
    lists = {each.key: each for each in from_books(work, one.program, supports, day)}
    if str(organisation_id) not in lists:
        raise NotVisible
    chosen = lists[str(organisation_id)]
    lines = bought_lines(draft, ids, chosen, organisation_id)
    return _scenario(scenario_commands.keep(work, client, one, lines, plain(words("{way}", way=chosen.name))))


def _kept(work: Work, client: Client, one: Proposal, form: KeepForm) -> tuple[Draft, set[str], date]:
    """The draft, the ids of its supports that are bought differently, and the day whose prices count."""
    draft = draft_of(work, client, one)
    ids = {each.line.id for each in draft.quote.lines if could_be_bought(each)} & {str(each) for each in form.of}
    if not ids:
        raise Refusal(words("Choose at least one."))
    return draft, ids, min(max(work.today(client), one.starts), one.ends)


def _scenario(made: Scenario) -> Go:
    return Go(address_of(made), words("Kept. Nobody but you sees it until you share it."))
