"""Prepare to speak: one's own sheet and letters, private until they are shared; to print, and to hand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import called
from portal.language import plain
from portal.meetings import queries, speaking_commands as commands
from portal.meetings.pages import READ, may
from portal.meetings.speaking_commands import Spoken
from portal.meetings.speaking_model import LetterDraft, LetterKind, SpeakingSheet
from portal.people import queries as people
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

HOME = "/people/{client_id:uuid}/speaking"
LETTER = HOME + "/letters/{letter_id:uuid}"

KINDS: Mapping[LetterKind, Words] = {
    LetterKind.CHANGE: words("I ask for a change"),
    LetterKind.PACK: words("I ask for the papers before the meeting"),
    LetterKind.ADVOCATE: words("I ask somebody to stand beside me"),
}
#: How each letter may begin, paragraph by paragraph; everything in it can be changed.
BEGINNINGS: Mapping[LetterKind, Sequence[Words]] = {
    LetterKind.CHANGE: (
        words("Hello,"),
        words("I would like to change something in my plan."),
        words("Now it is like this:"),
        words("I would like it to be like this:"),
        words("This matters to me because:"),
        words("Please tell me by … what you think."),
    ),
    LetterKind.PACK: (
        words("Hello,"),
        words(
            "we have a meeting about my plan. Please send me the draft, the amounts and the options at least a week "
            "before, so that I can read them at home."
        ),
        words("I would like them in this language:"),
    ),
    LetterKind.ADVOCATE: (
        words("Hello,"),
        words("I would like you to stand beside me when we talk about my plan. I decide; you help me to be heard."),
        words("The meeting is on:"),
        words("What I want to say:"),
    ),
}
FIELDS: tuple[tuple[str, Words, Words], ...] = (
    (
        "points",
        words("What I want to say"),
        words("The most important thing first. For instance: Sundays are too long."),
    ),
    ("questions", words("What I want to ask"), words("For instance: who comes when my worker is ill?")),
    ("leave_out", words("What I do not want to talk about"), words("You need no reason.")),
    ("speaks_for", words("Who may speak for me, and about what"), words("For instance: my sister, about money only.")),
    ("helps", words("What helps me to speak"), words("For instance: more time, a break, pictures, my own language.")),
)


@get(HOME, access=READ)
def speaking(work: Work, client_id: UUID) -> View:
    """One's own sheet, letters, and what others prepared and shared."""
    client = people.client(work, client_id)
    sheet, others = queries.my_sheet(work, client), queries.shared_sheets(work, client)
    letters = queries.letters(work, client)
    writers = [one.written_by_id for one in others] + [one.written_by_id for one in letters]
    names = called(work, writers)
    values: dict[str, Any] = {
        **may(work, client),
        "sheet": sheet,
        "fields": [
            (key, plain(label), plain(hint), getattr(sheet, key) if sheet else "") for key, label, hint in FIELDS
        ],
        "written": [(label, text) for label, text in _written(sheet)] if sheet else [],
        "version": sheet.version if sheet else 0,
        "others": [(names.get(one.written_by_id, Name("")), _written(one)) for one in others],
        "letters": [_letter(one, names, work) for one in letters],
        "kinds": [(kind.value, plain(text)) for kind, text in KINDS.items()],
        "invites": work.can(Resource.CIRCLE, Action.SHARE, client.id),
        "base": f"/people/{client.id}",
    }
    return View("meetings/speaking.html", values, fragment="meetings/_speaking.html", client=client)


def _written(sheet: SpeakingSheet) -> list[tuple[Words, str]]:
    return [(label, getattr(sheet, key)) for key, label, _hint in FIELDS if getattr(sheet, key)]


def _letter(one: LetterDraft, names: Mapping[UUID, Name], work: Work) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": KINDS[one.kind_of],
        "mine": one.written_by_id == work.account_id,
        "who": names.get(one.written_by_id, Name("")),
        "shared": one.shared_at is not None,
        "day": one.written_at,
    }


@dataclass(frozen=True)
class SheetForm:
    points: str = forms.text(3000, required=False)
    questions: str = forms.text(3000, required=False)
    leave_out: str = forms.text(2000, required=False)
    speaks_for: str = forms.text(1000, required=False)
    helps: str = forms.text(2000, required=False)
    version: int = forms.version()


@post(HOME, access=READ, form=SheetForm, view=speaking)
def prepare(work: Work, form: SheetForm, client_id: UUID) -> Stay:
    """Keep one's own sheet."""
    said = Spoken(form.points, form.questions, form.leave_out, form.speaks_for, form.helps)
    commands.prepare(work, people.client(work, client_id), said, form.version)
    return Stay(words("Kept."))


@dataclass(frozen=True)
class ShareForm:
    share: str = forms.one_of(("yes", "no"))
    version: int = forms.version()


@post(HOME + "/share", access=READ, form=ShareForm, view=speaking)
def share(work: Work, form: ShareForm, client_id: UUID) -> Stay:
    """Let others read one's sheet, or keep it to oneself again."""
    sheet = queries.my_sheet(work, people.client(work, client_id))
    if sheet is None:
        raise NotVisible
    sheet.expect(form.version)
    commands.share(work, sheet, yes=form.share == "yes")
    return Stay(words("Others can read it now.") if form.share == "yes" else words("Only you see it now."))


@dataclass(frozen=True)
class NewLetterForm:
    kind: LetterKind = forms.choice(LetterKind)


@post(HOME + "/letters", access=READ, form=NewLetterForm, view=speaking)
def new_letter(work: Work, form: NewLetterForm, client_id: UUID) -> Go:
    """Begin a letter from a beginning that can be changed."""
    client = people.client(work, client_id)
    text = "\n\n".join([*map(plain, BEGINNINGS[form.kind]), work.actor.name])
    row = commands.write_letter(work, client, form.kind, text)
    return Go(f"/people/{client.id}/speaking/letters/{row.id}", words("Only you see this letter."))


@get(LETTER, access=READ)
def letter(work: Work, client_id: UUID, letter_id: UUID) -> View:
    """One letter, to write, print or share."""
    client = people.client(work, client_id)
    row = queries.letter(work, client, letter_id)
    values = {
        **may(work, client),
        "row": row,
        "kind": KINDS[row.kind_of],
        "mine": row.written_by_id == work.account_id,
        "invites": row.kind_of is LetterKind.ADVOCATE and work.can(Resource.CIRCLE, Action.SHARE, client.id),
        "base": f"/people/{client.id}/speaking/letters/{row.id}",
        "home": f"/people/{client.id}",
    }
    return View("meetings/letter.html", values, client=client)


@dataclass(frozen=True)
class LetterForm:
    text: str = forms.text(6000)
    what: str = forms.one_of(("keep", "share", "private"))
    version: int = forms.version()


@post(LETTER, access=READ, form=LetterForm, view=letter)
def write(work: Work, form: LetterForm, client_id: UUID, letter_id: UUID) -> Stay:
    """Keep what is written; share it, or keep it to oneself."""
    row = queries.letter(work, people.client(work, client_id), letter_id)
    row.expect(form.version)
    commands.change_letter(work, row, form.text)
    if form.what != "keep":
        commands.share(work, row, yes=form.what == "share")
    return Stay(words("Kept."))


@post(LETTER + "/remove", access=READ, form=forms.VersionForm, view=letter)
def remove(work: Work, form: forms.VersionForm, client_id: UUID, letter_id: UUID) -> Go:
    """Put a letter away."""
    row = queries.letter(work, people.client(work, client_id), letter_id)
    row.expect(form.version)
    commands.remove_letter(work, row)
    return Go(f"/people/{client_id}/speaking", words("The letter is gone."))
