"""The library: what there is to read, by whom, and until when it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.language import LANGUAGES, OFFERED, show
from portal.options import library_commands as commands, library_queries as queries
from portal.options.library_commands import Material
from portal.options.library_model import LibraryEntry, LibraryKind
from portal.options.saying import KINDS_OF_MATERIAL
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

READ, OWN = (Resource.PRICES, Action.READ), (Resource.ACCOUNT, Action.WRITE)
MARK = {LibraryKind.REFERENCE: "", LibraryKind.PROMOTIONAL: "warn", LibraryKind.EASY_READ: "info"}


@get("/library", access=READ)
def library(work: Work, asked: Asked) -> View:
    """Everything in the library, or what holds some words: the reader's language first, what is out of date marked."""
    searched = asked.query.get("q", "")[:200]
    kind = LibraryKind(asked.query["kind"]) if asked.query.get("kind") in set(LibraryKind) else None
    speaks = asked.query.get("speaks", "")
    found = queries.entries(work, searched, kind, speaks if speaks in OFFERED else None)
    mine_first = sorted(found, key=lambda one: one.language != asked.language.tag)
    values = {
        "found": [shown(work, one) for one in mine_first],
        "searched": searched,
        "kind": kind.value if kind else "",
        "speaks": speaks if speaks in OFFERED else "",
        "may_keep": queries.may_keep(work),
        **_choices(),
    }
    return View("options/library.html", values)


def shown(work: Work, one: LibraryEntry) -> Mapping[str, Any]:
    """One piece of material as ready values."""
    return {
        "id": one.id,
        "title": one.title,
        "kind": show(KINDS_OF_MATERIAL[one.kind]),
        "mark": MARK[one.kind],
        "owner": one.owner,
        "language": LANGUAGES[one.language].own_name if one.language in LANGUAGES else one.language,
        "about": one.about,
        "link": one.link,
        "text": one.text,
        "review_by": one.review_by,
        "looked_on": one.looked_on,
        "out_of_date": one.out_of_date(work.day),
        "soon": not one.out_of_date(work.day) and one.review_by - work.day <= queries.SOON,
        "version": one.version,
        "row": one,
    }


def _choices() -> Mapping[str, Any]:
    return {
        "kind_options": [(kind.value, show(text)) for kind, text in KINDS_OF_MATERIAL.items()],
        "spoken": [(tag, LANGUAGES[tag].own_name) for tag in OFFERED],
    }


@dataclass(frozen=True)
class MaterialForm:
    title: str = forms.text(160)
    kind: LibraryKind = forms.choice(LibraryKind)
    owner: str = forms.text(160)
    language: str = forms.one_of(OFFERED)
    review_by: date = forms.day()
    about: str = forms.text(500, required=False)
    link: str = forms.text(500, required=False)
    text: str = forms.text(20_000, required=False)

    @property
    def told(self) -> Material:
        """The same without what belongs to the form alone."""
        return Material(**{name: getattr(self, name) for name in Material.__dataclass_fields__})


@post("/library", access=OWN, form=MaterialForm, view=library)
def keep(work: Work, form: MaterialForm) -> Go:
    """Take material into the library."""
    row = commands.keep(work, form.told)
    return Go(f"/library/{row.id}", words("It is in the library."))


@get("/library/{entry_id:uuid}", access=READ)
def entry(work: Work, entry_id: UUID) -> View:
    """One piece of material, and for those who look after it, its form."""
    values = {
        "one": shown(work, queries.entry(work, entry_id)),
        "may_keep": queries.may_keep(work),
        **_choices(),
    }
    return View("options/library_entry.html", values)


@dataclass(frozen=True)
class EditForm(MaterialForm):
    version: int = forms.version()


@post("/library/{entry_id:uuid}", access=OWN, form=EditForm, view=entry)
def change(work: Work, form: EditForm, entry_id: UUID) -> Stay:
    """Write material anew."""
    commands.keep(work, form.told, entry_id, form.version)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class LookForm:
    review_by: date = forms.day()
    version: int = forms.version()


@post("/library/{entry_id:uuid}/look", access=OWN, form=LookForm, view=entry)
def look(work: Work, form: LookForm, entry_id: UUID) -> Stay:
    """Say that it was read again and is right."""
    commands.look_again(work, entry_id, form.version, form.review_by)
    return Stay(words("Read again today, and right."))


@post("/library/{entry_id:uuid}/remove", access=OWN, form=forms.VersionForm, view=entry)
def remove(work: Work, form: forms.VersionForm, entry_id: UUID) -> Go:
    """Take it out of the library."""
    if not queries.may_keep(work):
        raise NotVisible
    commands.remove(work, entry_id, form.version)
    return Go("/library", words("It is taken out."))
