"""How to communicate with a person, in their own words, and in the languages of those who come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.db import Stale
from portal.language import LANGUAGES, OFFERED
from portal.people import communicate_commands as commands, communicate_queries, queries
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Work

HOME = "/people/{client_id:uuid}/communicate"
WRITE = (Resource.IDENTITY, Action.WRITE)
LONGEST = 2000


@get(HOME, access=WRITE)
def communicate(work: Work, client_id: UUID) -> View:
    """The words, each translation, and one form for each."""
    client = queries.client(work, client_id)
    found, said = communicate_queries.translations(work, client), client.how_to_communicate
    values = {
        "own": queries.is_own(work, client),
        "person": Name(client.name),
        "record": client,
        "translations": [
            (shown, LANGUAGES[one.language], one.made_of != said)
            for one, shown in zip(found.values(), communicate_queries.translated(work, found.values()), strict=True)
        ],
        "offered": [(tag, LANGUAGES[tag].own_name) for tag in OFFERED if tag not in found],
        "missing": next((tag for tag in OFFERED if tag != client.language and tag not in found), ""),
        "base": f"/people/{client.id}",
    }
    return View("people/communicate.html", values, client=client)


@dataclass(frozen=True)
class WordsForm:
    text: str = forms.text(LONGEST, required=False)
    version: int = forms.version()


@post(HOME, access=WRITE, form=WordsForm, view=communicate)
def say_how(work: Work, form: WordsForm, client_id: UUID) -> Stay:
    """Keep the words."""
    commands.say_how(work, queries.client(work, client_id), form.version, form.text)
    return Stay(words("Kept, word for word."))


@dataclass(frozen=True)
class TranslationForm:
    language: str = forms.one_of(OFFERED)
    text: str = forms.text(LONGEST, required=False)
    version: int = forms.version()


@post(HOME + "/translation", access=WRITE, form=TranslationForm, view=communicate)
def translate(work: Work, form: TranslationForm, client_id: UUID) -> Stay:
    """Put a translation beside the words, or take it away."""
    client = queries.client(work, client_id)
    before = communicate_queries.translations(work, client).get(form.language)
    if (before.version if before else 0) != form.version:
        raise Stale
    commands.translate(work, client, form.language, form.text, before)
    return Stay(words("Saved."))
