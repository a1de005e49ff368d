"""My funding: what the letter says, what is left now, and the forms to type it in and correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting import letters, programs
from budgeting.explain import shown
from budgeting.letters import parts
from budgeting.money import Money
from budgeting.package import Package
from budgeting.programs.support_at_home.rules import ACCOUNT
from budgeting.words import Name, Value, Words, words
from portal.access.table import Action, Resource
from portal.accounts import queries as accounts
from portal.db import Stale
from portal.funding import circumstances, commands, ending, held, left, queries, releases
from portal.funding.by_day import later, on_day
from portal.funding.forms import (
    BRIEFLY,
    MANAGEMENT,
    RELEASE,
    LetterForm,
    PartForm,
    kind_of,
    money_typed,
    percent_typed,
)
from portal.funding.model import FundingComponent, FundingPlan
from portal.funding.terms import levels, published_limits
from portal.language import plain
from portal.people import queries as people
from portal.people.model import Client
from portal.people.place import STATE_WORDS
from portal.proposals import lasting
from portal.site import forms, pictures
from portal.site.incoming import Incoming
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Cell, Column, Content, Table
from portal.work import NotVisible, Work

SEE = (Resource.BUDGET, Action.READ)
EDIT = (Resource.BUDGET, Action.WRITE)


@get("/people/{client_id:uuid}/funding", access=SEE)
def funding(work: Work, client_id: UUID) -> View:
    """What the funder granted, and what is left of it today."""
    client = people.client(work, client_id)
    letters, today = queries.counting(work, client), work.today(client)
    plan, past = on_day(letters, today), queries.past(work, client)
    own = people.is_own(work, client)
    values: dict[str, Any] = {"plan": plan, "past": [_past(one) for one in past], "own": own}
    values["later"] = [_past(one) for one in later(letters, today)]
    values["newest"] = _to_take_back(letters, past)
    values |= _today(work, client, plan) if plan else {}
    lasts = lasting.outlook(work, client) if plan else None
    values["burning"] = pictures.burning(lasts.outlook.quote, work.today(client)) if lasts else []
    values["draft"] = lasts is not None and lasts.draft
    values["ending"] = ending.planned(plan, lasts.outlook.quote, work.today(client)) if plan and lasts else None
    return View("funding/funding.html", values, "funding/_left.html", client)


def _to_take_back(counting: Sequence[FundingPlan], past: Sequence[FundingPlan]) -> FundingPlan | None:
    """The newest letter, where another one counts again without it."""
    newest = next(iter(counting), None)
    return newest if newest and (len(counting) > 1 or any(map(newest.replaced, past))) else None


def _today(work: Work, client: Client, plan: FundingPlan) -> dict[str, Any]:
    today, shares = work.today(client), letters.letter(plan.program).shares
    rows = {one.key: one for one in plan.components}
    funding = queries.funding_values(plan, today)
    parts_left = queries.standing(work, client, plan, today)
    pages = {one.component: one.page for one in held.things(work, client)}
    return {
        "notes": left.notes(Package(plan.program, funding.period, queries.place(client), funding)),
        "place_name": STATE_WORDS[client.state],
        "today": today,
        "today_typed": today.isoformat(),
        "parts": [
            _part(number, one, rows.get(one.component.key), plan) | {"held_page": pages.get(one.component.key)}
            for number, one in enumerate(parts_left, 1)
        ],
        "together": left.all_together(parts_left) if len(parts_left) > 1 else None,
        "shares": shares,
        "rates": shares and [(shares.names.get(one.category, words("Other")), one) for one in plan.determinations],
        "program": Name(programs.program(plan.program).name),
        "in_parts": not levels(plan.program),
        "means": shares.means.get(plan.means_status or "") if shares else None,
        "cohort": shares.cohorts.get(plan.cohort) if shares else None,
        "told_by": programs.rules(plan.program).told_by(today),
        "circumstances": (days := circumstances.days(work, client, plan)),
        "said_by": accounts.called(work, [one.done.noted_by for one in days if one.done]),
    }


def _part(number: int, one: left.Left, row: FundingComponent | None, plan: FundingPlan) -> dict[str, Any]:
    known = parts.known(plan.program, row.name) if row else None
    name = parts.shown(row.name) if row else shown(one.component.name)
    return {
        "left": one,
        "row": row,
        "noted": row is not None or one.component.key == ACCOUNT,
        "form": f"spent-{row.key if row else 'account'}",
        "version": row.version if row else plan.version,
        "name": name,
        "about": known.about if known else None,
        "management": BRIEFLY[row.management] if row else None,
        "over": left.overspent(one),
        "table": _released(one, f"released-{number}", bool(row), name),
    }


WHEN = {"now": ("ok", words("now")), "next": ("", words("to come"))}
PAST = ("", words("past"))


def _released(one: left.Left, key: str, periods: bool, part: Value) -> Table:
    """When the money of a part is released, and how much each time."""
    columns = (
        Column(words("Funding period") if periods else words("Quarter")),
        Column(words("Amount"), numeric=True),
        Column(words("State")),
    )
    rows: list[tuple[Content, ...]] = []
    for each in one.periods:
        kind, state = WHEN.get(each.state, PAST)
        days = words("{first} to {last}", first=each.period.first, last=each.period.last)
        rows.append((days, each.how or each.amount, Cell(state, badge=kind)))
    caption = words("When the money is released: {part}", part=part)
    return Table(key, caption, columns, rows, show_caption=False)


def _past(plan: FundingPlan) -> dict[str, Any]:
    named = [(one.id, parts.shown(one.name), one.amount) for one in plan.components]
    return {"plan": plan, "parts": named, "in_parts": not levels(plan.program)}


# the letter as a whole


def _letter_values(plan: FundingPlan | None, program: str) -> dict[str, Any]:
    letter = plan.letter() if plan else None
    rates = {one.category: one.ppm for one in letter.rates} if letter else {}
    typed = {
        "starts": letter.starts if letter else "",
        "ends": (letter.ends or "") if letter else "",
        "letter_date": (letter.letter_date or "") if letter else "",
        "classification": (letter.classification or "") if letter else "",
        "means_status": (letter.means_status or "") if letter else "",
        "cohort": letter.cohort if letter else "standard",
        **{category: percent_typed(rates.get(category)) for category in letters.rated()},
        "rates_since": (letter.rates_since or "") if letter else "",
        "spent": money_typed(letter.spent) if letter else "",
        "spent_until": (letter.spent_until or "") if letter else "",
    }
    return {"program": program, "typed_letter": typed, **choices()}


def choices() -> dict[str, Any]:
    """The answers offered by the letter form and the part form, in the reader's language."""
    asked = {key: shares for key in programs.PROGRAMS if (shares := letters.letter(key).shares)}
    return {
        "levels": {key: [(code, code) for code in levels(key)] for key in programs.PROGRAMS},
        "published": published_limits(),
        "senders": letters.choices(),
        "asked_of": {key: letters.letter(key) for key in programs.PROGRAMS},
        "means_choices": {key: _answers(shares.means) for key, shares in asked.items()},
        "cohort_choices": {key: _answers(shares.cohorts) for key, shares in asked.items()},
        "kinds": {key: _kinds(key) for key in programs.PROGRAMS},
        "management_choices": [(key.value, plain(text)) for key, text in MANAGEMENT.items()],
        "release_choices": [(key, plain(text)) for key, text in RELEASE.items()],
        "example": releases.EXAMPLE,
    }


def _kinds(program: str) -> list[tuple[str, str]]:
    return _answers({key: one.words for key, one in parts.of(program).items()} | {parts.OTHER: words("Another name")})


def _answers(texts: Mapping[str, Words]) -> list[tuple[str, str]]:
    return [(key, plain(text)) for key, text in texts.items()]


@get("/people/{client_id:uuid}/funding/new", access=EDIT)
def new_letter(work: Work, asked: Asked, incoming: Incoming, client_id: UUID) -> View:
    """Where a new letter is typed in: first the program, then the plan as a whole."""
    client = people.client(work, client_id)
    program = asked.query.get("program") or incoming.posted.one("program")
    values = _letter_values(None, program if program in programs.PROGRAMS else "")
    replaces = queries.current(work, client)
    return View("funding/letter.html", {**values, "plan": None, "replaces": replaces}, client=client)


@post("/people/{client_id:uuid}/funding/new", access=EDIT, form=LetterForm, view=new_letter)
def type_letter(work: Work, form: LetterForm, client_id: UUID) -> Go:
    """A new letter; an earlier plan is kept as past."""
    client = people.client(work, client_id)
    plan = commands.type_letter(work, client, form.letter())
    if not levels(form.program):
        return Go(
            f"/people/{client.id}/funding/parts/new?plan={plan.id}",
            words("Saved. Now add the parts of the money, one by one."),
        )
    return Go(f"/people/{client.id}/funding", words("Saved."))


def to_change(work: Work, client_id: UUID, asked: Asked | None = None) -> tuple[Client, FundingPlan]:
    """The client and the plan that counts today, or one that begins later and is asked for by ``plan`` in the address.

    NotVisible for whoever may not change it; Stale for a form about one that somebody replaced or took back meanwhile.
    """
    client = people.client(work, client_id)
    plans = queries.counting(work, client, Action.WRITE)
    wanted = asked.query.get("plan") if asked else None
    plan = next((one for one in plans if str(one.id) == wanted), None) if wanted else on_day(plans, work.today(client))
    if plan is None:
        raise Stale if wanted and queries.counted_once(work, client, wanted) else NotVisible
    return client, plan


@post("/people/{client_id:uuid}/funding/back", access=EDIT, form=forms.VersionForm, view=funding)
def take_back(work: Work, asked: Asked, form: forms.VersionForm, client_id: UUID) -> Go:
    """Undo the newest letter."""
    client, plan = to_change(work, client_id, asked)
    commands.take_back(work, plan, form.version)
    return Go(f"/people/{client.id}/funding", words("Taken back. The letter before it counts again."))


@get("/people/{client_id:uuid}/funding/letter", access=EDIT)
def letter(work: Work, asked: Asked, client_id: UUID) -> View:
    """The plan as a whole, to correct."""
    client, plan = to_change(work, client_id, asked)
    values = _letter_values(plan, plan.program)
    return View("funding/letter.html", {**values, "plan": plan, "replaces": None}, client=client)


@dataclass(frozen=True)
class CorrectionForm(LetterForm):
    version: int = forms.version()


@post("/people/{client_id:uuid}/funding/letter", access=EDIT, form=CorrectionForm, view=letter)
def correct_letter(work: Work, asked: Asked, form: CorrectionForm, client_id: UUID) -> Go:
    """Correct the dates and other facts."""
    client, plan = to_change(work, client_id, asked)
    commands.correct_letter(work, plan, form.version, form.letter())
    return Go(f"/people/{client.id}/funding", words("Saved."))


# components


def part_values(program: str, terms: FundingComponent | None) -> dict[str, Any]:
    """The part form as it opens: empty, or with what is there."""
    written = releases.as_text(terms.releases()) if terms else ""
    return {
        "typed_part": {
            "kind": kind_of(program, terms.name, terms.unpacked()) if terms else "",
            "name": terms.name if terms else "",
            "amount": money_typed(terms.amount) if terms else "",
            "management": terms.management.value if terms else "",
            "stated": terms.stated if terms else False,
            "release": (releases.WRITTEN if written else releases.ONCE) if terms else "",
            "periods": written,
            "spent": money_typed(terms.spent) if terms else "",
            "spent_until": (terms.spent_until or "") if terms else "",
            "funder": terms.about.funder if terms else "",
            "carried": money_typed(terms.about.carried or None) if terms else "",
            "fallback": terms.about.fallback if terms else False,
        },
        **choices(),
    }


@get("/people/{client_id:uuid}/funding/parts/new", access=EDIT)
def new_part(work: Work, asked: Asked, client_id: UUID) -> View:
    """Where a component is added."""
    client, plan = to_change(work, client_id, asked)
    return View("funding/part.html", {**part_values(plan.program, None), "plan": plan, "part": None}, client=client)


@post("/people/{client_id:uuid}/funding/parts/new", access=EDIT, form=PartForm, view=new_part)
def add_part(work: Work, asked: Asked, form: PartForm, client_id: UUID) -> Go:
    """Add a component."""
    client, plan = to_change(work, client_id, asked)
    commands.add_part(work, plan, form.terms(plan.program, plan.starts, queries.last_day(plan, work.today(client))))
    return Go(f"/people/{client.id}/funding", words("Added. You can add another part, or go on."))


@get("/people/{client_id:uuid}/funding/parts/{part_id:uuid}", access=EDIT)
def part(work: Work, client_id: UUID, part_id: UUID) -> View:
    """One component, to correct."""
    client = people.client(work, client_id)
    plan, row = queries.part(work, client, part_id)
    return View("funding/part.html", {**part_values(plan.program, row), "plan": plan, "part": row}, client=client)


@dataclass(frozen=True)
class PartChangeForm(PartForm):
    version: int = forms.version()


@post("/people/{client_id:uuid}/funding/parts/{part_id:uuid}", access=EDIT, form=PartChangeForm, view=part)
def change_part(work: Work, form: PartChangeForm, client_id: UUID, part_id: UUID) -> Go:
    """Correct a component."""
    client = people.client(work, client_id)
    plan, row = queries.part(work, client, part_id)
    terms = form.terms(plan.program, plan.starts, queries.last_day(plan, work.today(client)))
    commands.change_part(work, row, form.version, terms)
    return Go(f"/people/{client.id}/funding", words("Saved."))


@post("/people/{client_id:uuid}/funding/parts/{part_id:uuid}/remove", access=EDIT, form=forms.VersionForm, view=part)
def remove_part(work: Work, form: forms.VersionForm, client_id: UUID, part_id: UUID) -> Go:
    """Take a component out."""
    client = people.client(work, client_id)
    _, row = queries.part(work, client, part_id)
    commands.remove_part(work, row, form.version)
    return Go(f"/people/{client.id}/funding", words("Removed."))


@dataclass(frozen=True)
class SpentForm:
    version: int = forms.version()
    spent: Money = forms.money()
    until: date = forms.day()


@post("/people/{client_id:uuid}/funding/spent", access=EDIT, form=SpentForm, view=funding)
def note_account(work: Work, form: SpentForm, client_id: UUID) -> Stay:
    """How much the whole account has paid."""
    _, plan = to_change(work, client_id)
    commands.note_account(work, plan, form.version, form.spent, form.until)
    return Stay(NOTED)


@post("/people/{client_id:uuid}/funding/parts/{part_id:uuid}/spent", access=EDIT, form=SpentForm, view=funding)
def note_spent(work: Work, form: SpentForm, client_id: UUID, part_id: UUID) -> Stay:
    """How much of a component was spent."""
    client = people.client(work, client_id)
    _, row = queries.part(work, client, part_id)
    commands.note_spent(work, row, form.version, form.spent, form.until)
    return Stay(NOTED)


NOTED: Words = words("Noted. What is left is worked out again.")
