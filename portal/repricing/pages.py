"""When prices change: how far the counting is, who is affected and how, and each person's own page and letter."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from budgeting.compare.repricing import Repricing, lost_figure, more_figure
from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.words import Name, nwords, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names
from portal.catalogue.queries import about_edition
from portal.changes import causes
from portal.language import ENGLISH, LANGUAGES, Language, current, markup, plain, show
from portal.people import queries as people
from portal.people.model import Client
from portal.repricing import commands, queries, showing
from portal.repricing.letter import letter as letter_of
from portal.repricing.model import RepricedPlan, RepricingRun
from portal.repricing.queries import Kind
from portal.site import forms, pictures
from portal.site.looked import note_looks
from portal.site.page import Asked, Go, Stay, View
from portal.site.paging import paged
from portal.site.pictures import Pair, Picture
from portal.site.routing import get, post
from portal.work import Work

ANYONE = (Resource.PRICES, Action.READ)
KEEPS_PRICES = (Resource.PRICES, Action.WRITE)
SEE = (Resource.BUDGET, Action.READ)
EDIT = (Resource.BUDGET, Action.WRITE)
ASK = (Resource.CHANGE, Action.WRITE)
MOST_DRAFTS = 200  # at one press
MOST_LETTERS = 25  # on one page to print
ONE = "/people/{client_id:uuid}/price-changes/{run_id:uuid}"


@get("/price-changes", access=ANYONE)
def price_changes(work: Work) -> View:
    """Every time that prices changed, and for those who keep the price lists, the way to count again."""
    found = queries.runs(work)
    editions = queries.editions_of_runs(work, found)
    keeps = work.can(Resource.PRICES, Action.WRITE)
    values = {
        "table": showing.runs_table([(one, editions[one.edition_id]) for one in found]),
        "keeps": keeps,
        "lists": [
            (str(one.id), plain(words("{day}: {file}", day=one.valid_from, file=Name(one.source))))
            for one in (queries.lists_to_try(work) if keeps else ())
        ],
    }
    return View("repricing/price_changes.html", values)


@dataclass(frozen=True)
class RunForm:
    edition: UUID = forms.record_id()


@post("/price-changes", access=KEEPS_PRICES, form=RunForm, view=price_changes)
def start(work: Work, form: RunForm) -> Go:
    """Count every plan again with one price list."""
    run = commands.start(work, None, about_edition(work, form.edition))
    return Go(f"/price-changes/{run.id}", words("The counting has begun. You can leave this page and come back to it."))


@get("/price-changes/{run_id:uuid}", access=ANYONE)
def one_run(work: Work, asked: Asked, run_id: UUID) -> View | Go:
    """How far it is; then who is affected and how, of those the reader may see."""
    run = queries.run(work, run_id)
    if run.done and asked.htmx and "show" not in asked.query:
        return Go(asked.path)
    edition = queries.editions_of_runs(work, [run])[run.edition_id]
    counts = queries.counts(work, run)
    kind = next((one for one in Kind if one.value == asked.query.get("show")), Kind.ALL)
    pager = paged(range(counts[kind]), asked)
    shown = queries.plans(work, run, kind, pager.rows[0] if pager.rows else 0, len(pager.rows) or 1)
    every = queries.plans(work, run, kind)
    before, after = queries.sums(work, run)
    drafted = queries.drafted(work, (row for row, _ in every))
    values: dict[str, Any] = {
        "run": run,
        "file": Name(edition.source),
        "percent": run.looked * 100 // max(run.total, 1) if not run.done else 100,
        "counts": counts,
        "tabs": [_tab(asked.path, one, counts[one], one is kind) for one in Kind if counts[one] or one is Kind.ALL],
        "table": showing.plans_table(shown, every, drafted) if counts[kind] else None,
        "pager": pager,
        "all_seen": _picture("seen", before, after),
        "kind": kind.value,
        "works": any(_to_draft(work, row, client, drafted) for row, client in every),
        "totals": None,
        "all_picture": None,
        "fewest": queries.FEWEST,
    }
    if work.can(Resource.PRICES, Action.WRITE):
        found = queries.totals(work, run)
        values |= {"totals": found, "totals_table": showing.totals_table(found)}
        if found.before is not None and found.after is not None:
            values["all_picture"] = _picture("together", found.before, found.after)
    return View("repricing/run.html", values, fragment="repricing/_progress.html")


def _tab(path: str, kind: Kind, many: int, now: bool) -> dict[str, Any]:
    label = plain(words("{kind}: {number}", kind=showing.KINDS[kind], number=many))
    return {"label": label, "href": f"{path}?show={kind.value}", "current": now}


def _picture(key: str, before: Money, after: Money) -> Picture:
    """What all supports cost before and after, as two bars of one scale."""
    row = Pair(words("All supports together"), before, after)
    return pictures.bars(key, words("What it costs before and after"), [row])


def _to_draft(work: Work, row: RepricedPlan, client: Client, drafted: Container[UUID]) -> bool:
    begun = row.id in drafted or row.request_id == queries.own_draft(work, row)
    return row.affected and not begun and work.can(Resource.CHANGE, Action.WRITE, client.id)


@post("/price-changes/{run_id:uuid}/changes", access=ANYONE, view=one_run)
def draft_changes(work: Work, asked: Asked, run_id: UUID) -> Stay:
    """Have a change drafted for each person for whom the reader may ask one; nobody is asked by that."""
    run = queries.run(work, run_id)
    kind = next((one for one in Kind if one.value == asked.query.get("show")), Kind.ALL)
    every = queries.plans(work, run, kind)
    before = queries.drafted(work, (row for row, _ in every))
    some = (row for row, client in every if _to_draft(work, row, client, before))
    drafted = 0
    for row in islice((row for row in some if queries.proposable(work, row)), MOST_DRAFTS):
        commands.draft_change(work, row, run)
        drafted += 1
    if not drafted:
        return Stay(commands.NOTHING_TO_PROPOSE)
    return Stay(
        nwords(
            "{n} change is being drafted for you. Nobody is asked before you say so.",
            "{n} changes are being drafted for you. Nobody is asked before you say so.",
            drafted,
        )
    )


@get("/price-changes/{run_id:uuid}/letters", access=ANYONE)
def letters(work: Work, asked: Asked, run_id: UUID) -> View:
    """The letters to everybody the reader may see, each in its own language, one after the other for printing."""
    run = queries.run(work, run_id)
    kind = next((one for one in Kind if one.value == asked.query.get("show")), Kind.ALL)
    pager = paged(range(queries.counts(work, run)[kind]), asked, MOST_LETTERS)
    found = queries.plans(work, run, kind, pager.rows[0] if pager.rows else 0, MOST_LETTERS)
    written: list[dict[str, Any]] = [
        {"row": row, "written_in": language, "letter": said, "signed": ""}
        for row, client in found
        if row.matters
        for language in [LANGUAGES.get(client.language, ENGLISH)]
        if (said := _letter(work, client, row, run, language)) is not None
    ]
    own = len(found) == 1 and people.is_own(work, found[0][1])
    shown = [each["row"].client_id for each in written]
    values = {"run": run, "letters": written, "pager": pager, "own": own}
    return View("repricing/letters.html", values, looked=lambda work: note_looks(work, shown, SEE[0]))


# One person


def _opened(work: Work, client_id: UUID, run_id: UUID) -> tuple[Client, RepricedPlan, RepricingRun]:
    client = people.client(work, client_id)
    return client, queries.of_client(work, client, run_id), queries.run(work, run_id)


@get(ONE, access=SEE)
def one_plan(work: Work, client_id: UUID, run_id: UUID) -> View:
    """What new prices mean for one plan: in dollars, days and hours, support by support, and what can be done."""
    client, row, run = _opened(work, client_id, run_id)
    found = queries.worked_out(work, client, row, run)
    came = causes.came_of(work, "repricing", row.id)
    values: dict[str, Any] = {
        "row": row,
        "run": run,
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "found": found,
        "may_write": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "may_ask": work.can(Resource.CHANGE, Action.WRITE, client.id),
        "request": any(one.href for one in came) or row.request_id == queries.own_draft(work, row),
        "nothing": None if queries.proposable(work, row) else commands.NOTHING_TO_PROPOSE,
        "came": came,
    }
    if found is not None:
        figure = more_figure(found)
        parts = {
            one.line: part for one, part in zip([x for x in found.lines if x.more.minor], figure.parts, strict=True)
        }
        said = letter_of(found, client.name)
        values |= {
            "costs": said.costs,
            "figure": figure,
            "whole": showing.whole(found),
            "lost": lost_figure(found) if found.lost.count else None,
            "table": showing.lines_table(found, parts) if found.lines else None,
            "sentences": said.lines,
            "can_do": said.can_do,
            "bars": _bars(found),
        }
    return View("repricing/plan.html", values, client=client)


def _bars(found: Repricing) -> Picture:
    """Before and after in dollars, and where the money does not reach, in hours."""
    rows = [Pair(words("All supports together"), found.before.amount, found.after.amount)]
    paid_before, paid_after = found.paid
    if paid_before != paid_after:
        rows.append(Pair(words("Support that the money pays for"), paid_before, paid_after))
    return pictures.bars("before-after", words("Before and with the new prices"), rows)


@post(ONE + "/change", access=ASK, view=one_plan)
def draft_change(work: Work, client_id: UUID, run_id: UUID) -> Stay:
    """Have a change drafted; nobody is asked by that."""
    _, row, run = _opened(work, client_id, run_id)
    commands.draft_change(work, row, run)
    return Stay(words("A change is being drafted for you. Nobody is asked before you say so."))


@post(ONE + "/settled", access=EDIT, form=forms.VersionForm, view=one_plan)
def settle(work: Work, form: forms.VersionForm, client_id: UUID, run_id: UUID) -> Stay:
    """Nothing more needs to be done."""
    _, row, run = _opened(work, client_id, run_id)
    row.expect(form.version)
    commands.settle(work, row, run)
    return Stay(words("Saved. It is not among the next steps any more, and you can still read it here."))


@get(ONE + "/letter", access=SEE)
def letter(work: Work, asked: Asked, client_id: UUID, run_id: UUID) -> View:
    """The letter in the person's language, to read, to print, and until it is given to add own words to."""
    client, row, run = _opened(work, client_id, run_id)
    theirs = LANGUAGES.get(client.language, ENGLISH)
    language = current.get() if asked.query.get("in") == "mine" else theirs
    values: dict[str, Any] = {
        "row": row,
        "run": run,
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "written_in": language,
        "others": theirs.tag != current.get().tag,
        "theirs": language is theirs,
        "language_name": theirs.own_name,
        "signed": names(work.session, {row.given_by}).get(row.given_by, "") if row.given_by else "",
        "may_write": work.can(Resource.BUDGET, Action.WRITE, client.id),
        "letter": _letter(work, client, row, run, language),
    }
    return View("repricing/letter.html", values, client=client)


def _letter(
    work: Work, client: Client, row: RepricedPlan, run: RepricingRun, language: Language
) -> dict[str, Any] | None:
    """The sentences of a letter in one language; None when the plan cannot be counted again."""
    found = queries.worked_out(work, client, row, run)
    if found is None:
        return None
    said = letter_of(found, client.name)
    return {
        "title": markup(said.title, language),
        "greeting": markup(said.greeting, language),
        "costs": [markup(one, language) for one in said.costs],
        "lines": [markup(one, language) for one in said.lines],
        "lines_head": markup(words("Support by support"), language),
        "can_do": [markup(one, language) for one in said.can_do],
        "can_do_head": markup(words("What you can do"), language),
        "ending": markup(said.ending, language),
        "worked_head": markup(words("How these numbers were worked out"), language),
        "worked": [_worked(one, language) for one in showing.behind(found)],
        "day": show(client.by_the_clock(row.given_at).date() if row.given_at else work.today(client), language),
    }


def _worked(figure: Figure, language: Language) -> dict[str, Any]:
    """A figure of a letter with its sum in words, its arithmetic and its parts, in the language of the letter."""
    return {
        "label": markup(figure.label, language),
        "value": show(figure.known, language),
        "sums": [show(one, language) for one in (figure.sum, figure.worked) if one is not None],
        "parts": [markup(one.summary, language) for one in figure.parts],
    }


@dataclass(frozen=True)
class NoteForm:
    note: str = forms.text(2000, required=False)
    version: int = forms.version()


@post(ONE + "/letter", access=EDIT, form=NoteForm, view=letter)
def write_note(work: Work, form: NoteForm, client_id: UUID, run_id: UUID) -> Stay:
    """Add own words to the letter."""
    _, row, run = _opened(work, client_id, run_id)
    row.expect(form.version)
    commands.write_note(work, row, run, form.note)
    return Stay(words("Saved. Your words are in the letter."))


@post(ONE + "/letter/give", access=EDIT, form=forms.VersionForm, view=letter)
def give_letter(work: Work, form: forms.VersionForm, client_id: UUID, run_id: UUID) -> Stay:
    """Tell the person that the letter is there."""
    _, row, run = _opened(work, client_id, run_id)
    row.expect(form.version)
    commands.give_letter(work, row, run)
    return Stay(words("The letter is given. They are told that there is something to read."))
