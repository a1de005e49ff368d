"""The page of an organisation, as it wrote it itself, and the register of declared interests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.choosing.employment import KINDS_OF_DAY
from budgeting.explain import BANDS
from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.money import Money
from budgeting.options import TIMES, stale
from budgeting.options.coverage import Coverage
from budgeting.period import Band
from budgeting.programs import PROGRAMS, families, program as program_of
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts import coverage, needs
from portal.accounts.model import Organisation, OrganisationKind
from portal.accounts.queries import names as names_of, writes_for
from portal.catalogue import book_commands, book_queries as books, directory, lists
from portal.catalogue.book_queries import AskedPrice
from portal.language import LANGUAGES, OFFERED, show
from portal.options import organisation_commands as commands, organisation_queries as queries
from portal.options.organisation_commands import Declared, Said
from portal.options.organisation_model import Interest, InterestKind, Offering
from portal.options.saying import INTERESTS, KINDS_OF_INTEREST
from portal.people.place import STATE_WORDS, TIME_ZONES
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Content, Table
from portal.work import Refusal, Work

READ, OWN = (Resource.PRICES, Action.READ), (Resource.ACCOUNT, Action.WRITE)
ONE = "/organisations/{organisation_id:uuid}"
PRICES: Mapping[Band, str] = {band: f"price_{band.name.lower()}" for band in KINDS_OF_DAY}


@get(ONE, access=READ)
def organisation(work: Work, organisation_id: UUID) -> View:
    """What an organisation says of itself, dated, with the interests declared and where to complain."""
    one = queries.organisation(work, organisation_id)
    told, page = coverage.coverage(one.covers), queries.page(work, one.id)
    values = {
        "one": one,
        "page": page,
        "by": show(Name(names_of(work.session, {page.written_by}).get(page.written_by, ""))) if page else None,
        "covers": _covers(work, one, told),
        "prices": _prices(work, one.id),
        "interests": interests_shown(work, queries.interests(work, one.id)),
        "may_write": writes_for(work, one.id),
        "may_ask": queries.may_confirm(work) and one.kind is OrganisationKind.PROVIDER,
        "provides": one.kind is OrganisationKind.PROVIDER,
    }
    return View("options/organisation.html", values)


def _covers(work: Work, one: Organisation, told: Coverage | None) -> Mapping[str, Any] | None:
    """Where, when and how it works, as ready values; None while nothing was told."""
    if told is None:
        return None
    by = names_of(work.session, {told.by}).get(told.by) if told.by else None
    rows = [
        (words("Where it works"), listed([STATE_WORDS[state] for state in told.states]) if told.states else None),
        (words("On which days"), listed([WEEKDAYS[day] for day in told.weekdays]) if told.weekdays else None),
        (words("At what time"), listed([TIMES[key] for key in told.times]) if told.times else None),
        (words("Languages"), listed([_spoken(tag) for tag in told.languages]) if told.languages else None),
        (words("What it can do"), listed([needs.NEEDS[key] for key in told.access]) if told.access else None),
        (words("Can begin on"), told.free_from),
    ]
    return {
        "rows": [(show(label), show(value) if value else show(words("Not told"))) for label, value in rows],
        "confirmed": told.confirmed,
        "who": show(Name(by or one.name)),
        "spoke_with": show(Name(told.spoke_with)) if told.spoke_with else None,
        "stale": stale(told, work.day, needs.fresh_days()),
        "told": told,
    }


def _spoken(tag: str) -> Any:
    return words("{language}", language=Name(LANGUAGES[tag].own_name))


def _prices(work: Work, organisation_id: UUID) -> Table:
    """Every support that an organisation offers, with what it asks for it by kind of day, now and later."""
    asks: dict[tuple[str, str], list[AskedPrice]] = {}
    for price in books.whole(work, organisation_id):
        asks.setdefault((price.program, price.support), []).append(price)
    rows: list[tuple[Content, ...]] = []
    for row in queries.offerings(work, organisation_id=organisation_id):
        support = directory.support(work, row.program, row.support, work.day)
        name = Cell(support.label, note=Name(program_of(row.program).name))
        told = asks.get((row.program, row.support), ())
        rows += [(name, *_price(one, lists.per_unit(support), work.day)) for one in told]
        if not told:
            rows.append((name, "", None, row.since))
    columns = (
        Column(words("Support")),
        Column(words("When")),
        Column(words("Price"), numeric=True),
        Column(words("Holds from")),
    )
    return Table("prices", words("Supports and prices it published"), columns, rows, show_caption=False)


def _price(one: AskedPrice, unit: Words | None, today: date) -> tuple[Content, ...]:
    begins = Cell(one.valid_from, note=words("Not yet")) if one.valid_from > today else one.valid_from
    return BANDS[one.band], Cell(one.price, note=unit), begins


def _offered(work: Work, row: Offering) -> Mapping[str, Any]:
    support = directory.support(work, row.program, row.support, work.day)
    return {"id": row.id, "label": show(support.label), "program": show(Name(program_of(row.program).name))}


def interests_shown(work: Work, rows: Sequence[Interest]) -> list[Mapping[str, Any]]:
    """Declared interests as ready values: who, why, from when to when, and where it can be read."""
    ids = {one.organisation_id for one in rows} | {one.other_id for one in rows if one.other_id}
    names = names_of(work.session, ids | {one.declared_by for one in rows})
    return [
        {
            "id": one.id,
            "version": one.version,
            "organisation": one.organisation_id,
            "name": show(Name(names.get(one.organisation_id, ""))),
            "said": show(
                INTERESTS[one.kind](
                    names.get(one.organisation_id, ""), names.get(one.other_id, "") if one.other_id else ""
                )
            ),
            "note": one.note,
            "source": one.source,
            "starts": one.starts,
            "ends": one.ends,
            "open": one.ends is None,
            "by": show(Name(names.get(one.declared_by, ""))),
            "on": one.declared_on,
        }
        for one in rows
    ]


@get("/interests", access=READ)
def register(work: Work) -> View:
    """The register of declared interests, those that ended too."""
    return View("options/interests.html", {"interests": interests_shown(work, queries.interests(work))})


@get(ONE + "/write", access=OWN)
def writing(work: Work, organisation_id: UUID) -> View | Go:
    """The forms with which an organisation's own people, and coordinators, write about it."""
    one = queries.organisation(work, organisation_id)
    may_write, may_ask = writes_for(work, one.id), queries.may_confirm(work)
    if not (may_write or may_ask):
        return Go(f"/organisations/{one.id}")
    told = coverage.coverage(one.covers)
    values = {
        "one": one,
        "page": queries.page(work, one.id),
        "may_write": may_write,
        "provides": one.kind is OrganisationKind.PROVIDER,
        "may_ask": may_ask and one.kind is OrganisationKind.PROVIDER,
        "offers": [_offered(work, row) for row in queries.offerings(work, organisation_id=one.id)],
        "prices": _prices(work, one.id),
        "bands": [(name, show(BANDS[band])) for band, name in PRICES.items()],
        "told": told,
        "weekdays_told": [str(day) for day in told.weekdays] if told else [],
        "interests": [row for row in interests_shown(work, queries.interests(work, one.id)) if row["open"]],
        **choices(work),
        "support_options": _support_options(),
        "kind_options": [(kind.value, show(text)) for kind, text in KINDS_OF_INTEREST.items()],
        "others": [(str(each.id), each.name) for each in queries.all_organisations(work) if each.id != one.id],
        "today": work.day.isoformat(),
    }
    return View("options/organisation_writing.html", values)


def choices(work: Work) -> Mapping[str, Any]:
    """What a provider can be told to do, to choose from."""
    return {
        "state_options": [(key, show(text)) for key, text in STATE_WORDS.items()],
        "day_options": [(str(number), show(name)) for number, name in enumerate(WEEKDAYS)],
        "time_options": [(key, show(text)) for key, text in TIMES.items()],
        "need_options": [(key, show(text)) for key, text in needs.offered(work.day).items()],
        "spoken": [(tag, LANGUAGES[tag].own_name) for tag in OFFERED],
    }


def _support_options() -> list[tuple[str, Any]]:
    found = []
    for key in PROGRAMS:
        name = Name(program_of(key).name)
        for family in families(key):
            label = words("{program}: {support}", program=name, support=family.label)
            found.append((f"{key}:{family.key}", show(label)))
    return found


@dataclass(frozen=True)
class SaidForm:
    offers: str = forms.text(3000, required=False)
    limits: str = forms.text(3000, required=False)
    places: str = forms.text(1000, required=False)
    owned_by: str = forms.text(500, required=False)
    registration: str = forms.text(500, required=False)
    registration_on: date | None = forms.day(required=False)
    complaints: str = forms.text(2000, required=False)
    version: int = forms.version()


@post(ONE + "/write", access=OWN, form=SaidForm, view=writing)
def write(work: Work, form: SaidForm, organisation_id: UUID) -> Go:
    """Write what an organisation says of itself."""
    one = queries.organisation(work, organisation_id)
    said = Said(**{name: getattr(form, name) for name in Said.__dataclass_fields__})
    commands.write_page(work, one, said, form.version)
    return Go(f"/organisations/{one.id}", words("Saved, with the day of today."))


@dataclass(frozen=True)
class OfferForm:
    support: str = forms.text(140)
    since: date = forms.day()
    price_day: Money | None = forms.money(required=False)
    price_evening: Money | None = forms.money(required=False)
    price_night: Money | None = forms.money(required=False)
    price_saturday: Money | None = forms.money(required=False)
    price_sunday: Money | None = forms.money(required=False)
    price_holiday: Money | None = forms.money(required=False)


@post(ONE + "/offers", access=OWN, form=OfferForm, view=writing)
def offer(work: Work, form: OfferForm, organisation_id: UUID) -> Stay:
    """Say that an organisation offers a support, and what it asks for it from a day on."""
    program, _, support = form.support.partition(":")
    told = {band: getattr(form, name) for band, name in PRICES.items()}
    prices = {band: price for band, price in told.items() if price is not None}
    one = queries.organisation(work, organisation_id)
    commands.offer(work, one, program, support)
    book_commands.publish(work, one, program, support, prices, form.since)
    return Stay(words("People who look for it find it now."))


@post(ONE + "/offers/{offering_id:uuid}/withdraw", access=OWN, view=writing)
def withdraw(work: Work, organisation_id: UUID, offering_id: UUID) -> Stay:
    """Say that an organisation no longer offers a support; from today it asks no price for it either."""
    one = queries.organisation(work, organisation_id)
    row = queries.offering(work, organisation_id, offering_id)
    commands.withdraw_offer(work, row)
    book_commands.end(work, one, row.program, row.support)
    return Stay(words("It is taken out."))


@dataclass(frozen=True)
class TelephoneForm:
    spoke_with: str = forms.text(120)
    states: tuple[str, ...] = forms.some_of(tuple(TIME_ZONES))
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"))
    times: tuple[str, ...] = forms.some_of(tuple(TIMES))
    languages: tuple[str, ...] = forms.some_of(OFFERED)
    access: tuple[str, ...] = forms.some_of(needs.KEYS)
    free_from: date | None = forms.day(required=False)
    version: int = forms.version()


@post(ONE + "/telephone", access=OWN, form=TelephoneForm, view=writing)
def by_telephone(work: Work, form: TelephoneForm, organisation_id: UUID) -> Go:
    """Write down what a provider said on the telephone."""
    one = queries.organisation(work, organisation_id)
    told = Coverage(
        work.day,
        form.states,
        tuple(map(int, form.weekdays)),
        form.languages,
        form.times,
        form.access,
        form.free_from,
        spoke_with=form.spoke_with,
    )
    coverage.confirm_by_telephone(work, one, form.version, told)
    return Go(f"/organisations/{one.id}", words("Confirmed as of today."))


@dataclass(frozen=True)
class DeclareForm:
    kind: InterestKind = forms.choice(InterestKind)
    starts: date = forms.day()
    ends: date | None = forms.day(required=False)
    other_id: UUID | None = forms.record_id(required=False)
    note: str = forms.text(1000, required=False)
    source: str = forms.text(300, required=False)


@post(ONE + "/interests", access=OWN, form=DeclareForm, view=writing)
def declare(work: Work, form: DeclareForm, organisation_id: UUID) -> Stay:
    """Declare an interest."""
    if form.other_id is not None and form.other_id not in {one.id for one in queries.all_organisations(work)}:
        raise Refusal(words("Choose one of the answers."), "other_id")
    told = Declared(form.kind, form.starts, form.ends, form.other_id, form.note, form.source)
    commands.declare(work, queries.organisation(work, organisation_id), told)
    return Stay(words("Declared. It is said wherever this organisation is an option."))


@dataclass(frozen=True)
class CloseForm:
    last: date = forms.day()
    version: int = forms.version()


@post(ONE + "/interests/{interest_id:uuid}/close", access=OWN, form=CloseForm, view=writing)
def close(work: Work, form: CloseForm, organisation_id: UUID, interest_id: UUID) -> Stay:
    """Say until when an interest held."""
    row = queries.interest(work, interest_id)
    if row.organisation_id != organisation_id:
        raise Refusal(words("Only the organisation that declared it can say until when it held."))
    commands.close(work, row, form.version, form.last)
    return Stay(words("It stays in the register, with its last day."))
