"""Price lists for who keeps them, and the directory of supports for everybody who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.programs import PROGRAMS, program as program_of
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.catalogue import book_queries as books, commands, directory, listed, lists, queries
from portal.catalogue.lists import problems_table
from portal.catalogue.model import ImportState
from portal.catalogue.problem import Problem, unpacked
from portal.catalogue.reading import NATIONAL, REQUIRED, STATES
from portal.site import forms
from portal.site.page import Asked, Go, View
from portal.site.paging import paged
from portal.site.routing import get, post
from portal.work import Work

READ = (Resource.PRICES, Action.READ)
IMPORT = (Resource.PRICES, Action.WRITE)
LISTED = tuple(key for key in PROGRAMS if program_of(key).price_source == "published_limit")


def shown_problems(found: Sequence[Problem], asked: Asked) -> dict[str, Any]:
    """What must be put right in a file: one page of it, and all of it as a table to take along."""
    page = paged(found, asked)
    return {"problems": page, "problems_table": problems_table(page.rows, found)}


@get("/price-lists", access=IMPORT)
def price_lists(work: Work) -> View:
    """Every price list, the imports that need a look, and the form to bring one in."""
    return View(
        "catalogue/price_lists.html",
        {
            "table": lists.all_of_them(queries.price_lists(work)),
            "imports": queries.unfinished_imports(work),
            "programs": [(key, program_of(key).name) for key in LISTED],
            "needed": [*REQUIRED.values()],
            "national": Name(*NATIONAL.values()),
            "states": Name(", ".join(STATES)),
        },
    )


@dataclass(frozen=True)
class ImportForm:
    valid_from: date = forms.day()
    program: str = forms.one_of(LISTED)
    file: forms.Upload = forms.upload()
    allow_ended: bool = forms.tick()


def _start(work: Work, form: ImportForm) -> Go:
    name, content = form.file.name, form.file.content
    import_id = commands.start_import(work, None, form.program, form.valid_from, name, content, form.allow_ended)
    return Go(f"/price-lists/imports/{import_id}")


@post("/price-lists", access=IMPORT, form=ImportForm, view=price_lists, megabytes=21)
def send_in(work: Work, form: ImportForm) -> Go:
    """Take a file and lead to the page that shows how its import goes."""
    return _start(work, form)


@get("/price-lists/imports/{import_id:uuid}", access=IMPORT)
def one_import(work: Work, asked: Asked, import_id: UUID) -> View | Go:
    """How an import is going; this page can be left and found again. When it is done it leads to the result."""
    found = queries.list_import(work, import_id)
    if found.state is ImportState.DONE and found.edition_id is not None:
        said = words("The price list is in.") if found.added else words("This list was here already: nothing changed.")
        return Go(f"/price-lists/{found.edition_id}", said)
    if found.finished and asked.htmx:
        return Go(asked.path)  # the whole page, which offers to send the file again
    problems = unpacked(found.problems)
    whole = problems[0].message if len(problems) == 1 and not problems[0].column else None
    values = {
        "it": found,
        "progress": lists.steps(found),
        **shown_problems(problems, asked),
        "whole": whole,
        "may_end": found.allow_ended or (whole is not None and "lost" in whole.values),
        "programs": [(key, program_of(key).name) for key in LISTED],
    }
    return View("catalogue/import.html", values, fragment="catalogue/_progress.html")


@post("/price-lists/imports/{import_id:uuid}", access=IMPORT, form=ImportForm, view=one_import, megabytes=21)
def send_again(work: Work, form: ImportForm, import_id: UUID) -> Go:
    """Take the mended file of an import that was refused."""
    queries.list_import(work, import_id)
    return _start(work, form)


@get("/price-lists/{edition_id:uuid}", access=IMPORT)
def price_list(work: Work, asked: Asked, edition_id: UUID) -> View:
    """One price list: what it changed, in numbers and row by row."""
    about = queries.about_edition(work, edition_id)
    changes = queries.changes(work, about)
    show = lists.Shown.of(asked.query.get("show"), changes)
    wanted = asked.query.get("q", "").strip()[:100]
    rows = lists.rows(changes, show, wanted)
    values = {
        "it": about,
        "program": program_of(about.program).name,
        "counts": changes.counts(),
        "tabs": lists.tabs(asked.path, changes, show, wanted),
        "shown": show.value,
        "q": wanted,
        "found": (page := paged(rows, asked)),
        "table": listed.changed(page.rows, rows, show),
        "whole": listed.whole(lambda: queries.edition(work, edition_id), about.valid_from),
        "previous": queries.about_edition(work, about.compared_with) if about.compared_with else None,
    }
    return View("catalogue/price_list.html", values, fragment="catalogue/_changes.html")


@get("/supports", access=READ)
def supports(work: Work, asked: Asked) -> View:
    """Find a support by everyday words, and what it may cost."""
    program = asked.query.get("program", PROGRAMS[0])
    wanted = asked.query.get("q", "").strip()[:100]
    found = directory.find(work, program, wanted, work.day)
    values = {
        "program": program,
        "programs": [(key, program_of(key).name) for key in PROGRAMS],
        "tabs": lists.program_tabs(program, wanted),
        "q": wanted,
        "found": paged([lists.support_row(one) for one in found], asked, 20),
        "listed": directory.in_force_on(work, program, work.day),
        "priced": program in LISTED,
    }
    return View("catalogue/supports.html", values, fragment="catalogue/_found.html")


@get("/supports/{program:str}/{key:str}", access=READ)
def support(work: Work, program: str, key: str) -> View:
    """One support: its price limits by time and place, since when, and what providers ask."""
    found = directory.support(work, program, key, work.day)
    editions = queries.editions(work, program)
    asked_prices = books.asked(work, program, work.day, key)
    single = len(found.items) == 1
    values = {
        "it": found,
        "program": program_of(program).name,
        "unit": lists.per_unit(found),
        "limits": listed.limits(lists.limit_rows(found)),
        "history": listed.history(lists.history(editions.rows(found.items[0][1].number), work.day) if single else []),
        "rules": lists.rules(found.items[0][1]) if single else [],
        "listed": directory.in_force_on(work, program, work.day),
        "asked": listed.asked(lists.asked_rows(asked_prices)),
        "priced": program in LISTED,
    }
    return View("catalogue/support.html", values)
