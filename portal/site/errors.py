"""One place where everything that goes wrong becomes words: a refused form in its place, or a plain page."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from budgeting.words import Words, words
from portal.db import Stale
from portal.language import plain
from portal.site.forms import FieldErrors, Posted, plain_fields, unread, written
from portal.site.guard import Forged, key_of
from portal.site.page import View
from portal.work import NeedsStepUp, NotVisible, Refusal


class Garbled(Exception):
    """What was sent is no form that we can read: not text, cut off, or too large."""

    def __init__(self, too_large: bool = False) -> None:
        super().__init__()
        self.too_large = too_large


@dataclass(frozen=True)
class Rejected:
    """A form that was not saved: what was typed, and what to look at; the form macros show it again in place."""

    form_id: str
    posted: Posted
    found: Mapping[str, Words]
    sentence: Words | None
    conflict: bool
    status: int
    confirm: bool = False  #: only a fresh confirmation by password is missing

    @classmethod
    def of(cls, problem: Exception, posted: Posted) -> Rejected:
        """Read what went wrong with a form."""
        form_id = posted.one("_form")
        match problem:
            case FieldErrors():
                return cls(form_id, posted, problem.errors, None, False, 422)
            case Refusal(field=None):
                return cls(form_id, posted, {}, problem.sentence, False, 422)
            case Refusal():
                return cls(form_id, posted, problem.found, None, False, 422, "_password" in problem.found)
            case NeedsStepUp():
                asked = {"_password": words("Type your password to confirm that it is you, then send this again.")}
                return cls(form_id, posted, asked, None, False, 422, True)
        return cls(form_id, posted, {}, None, True, 409)

    def values(self, name: str) -> Sequence[str]:
        return self.posted.fields.get(name, ())

    def error(self, name: str) -> str | None:
        return plain(self.found[name]) if name in self.found else None

    @property
    def errors(self) -> list[tuple[str, str]]:
        return [(name, plain(sentence)) for name, sentence in self.found.items()]

    @property
    def message(self) -> str | None:
        return plain(self.sentence) if self.sentence else None


_ONCE_MORE = words("Nothing is lost. Look at what you wrote, then send it once more.")
_SIGN_IN_FIRST = words("You were signed out meanwhile. Nothing is lost: sign in again, then send this once more.")


def rejected_by(problem: Exception, form: type[Any], posted: Posted) -> Rejected | None:
    """The refused form, when that is what this problem is; anything else is not about the form.

    A password is looked at before the form is read: where it is missing, the rest of the form is looked at here too.
    """
    if not isinstance(problem, FieldErrors | Refusal | NeedsStepUp | Stale | StaleDataError):
        return None
    rejected = Rejected.of(problem, posted)
    return replace(rejected, found={**unread(form, posted), **rejected.found}) if rejected.confirm else rejected


def left_out(rejected: Rejected, written: Sequence[str], path: str) -> View:
    """The page for a refused form that is not on its page any more: why, and what was written, to be kept."""
    sentence = rejected.sentence or next(iter(rejected.found.values()), None)
    page = error_page(Refusal(sentence) if sentence else Stale(), "", path)
    return View(page.template, {**page.values, "written": written, "again": path}, status=rejected.status)


def kept(page: View, problem: Exception, form: type[Any], posted: Posted, *, signed_out: bool) -> View:
    """The page for a form that was not taken: with what was written in it, and a way to send the same once more.

    The same form under the same key holds once, however often it is sent. Only what we could not do ourselves, or what
    a page of ours sent that was too old, is offered again: never a form that somebody else's page may have sent.
    """
    if isinstance(problem, Forged) and not problem.ours:
        return page
    values = {**page.values, "written": written(form, posted)}
    if (isinstance(problem, Forged) or page.status >= 500) and not any(one.content for one in posted.files.values()):
        key = key_of(posted) or secrets.token_urlsafe(16)
        values |= {"sent": plain_fields(form, posted), "form_id": posted.one("_form") or "again", "key": key}
        if isinstance(problem, Forged):
            values |= {"text": plain(_SIGN_IN_FIRST if signed_out else _ONCE_MORE), "signed_out": signed_out}
    return View(page.template, values, status=page.status)


def error_page(problem: Exception, request_id: str, path: str) -> View:
    """The page for a problem that no form can show."""
    status, title, text = _said(problem)
    values: dict[str, Any] = {
        "title": plain(title),
        "text": plain(text),
        "reference": request_id if status >= 500 else None,
        "again": path if status in (503,) else None,
        "written": (),
        "sent": None,
        "signed_out": False,
    }
    return View("error.html", values, status=status)


def _said(problem: Exception) -> tuple[int, Words, Words]:
    match problem:
        case NotVisible():
            return (
                404,
                words("There is nothing here"),
                words("The address may be wrong, or what was here is not shared with you."),
            )
        case Forged(of_another=True):
            return (
                403,
                words("Somebody else wrote this"),
                words("It was not sent in your name. Whoever wrote it can sign in again and send it."),
            )
        case Forged():
            return (
                403,
                words("This page was too old"),
                words("Nothing was saved. Go back, load the page again, and send it once more."),
            )
        case NeedsStepUp():
            return 403, words("Please confirm that it is you"), words("Sign in again, then come back to this page.")
        case Refusal():
            return 422, words("That did not work"), problem.sentence
        case FieldErrors():
            return 422, words("Something is missing"), words("Go back and look at the form again.")
        case Stale() | StaleDataError():
            return (
                409,
                words("Someone else changed this"),
                words("Nothing was saved. Open the page again to see what is there now."),
            )
        case Garbled(too_large=True):
            return 413, words("This is too large to send"), words("Nothing was saved. Go back and send less at once.")
        case Garbled():
            return (
                400,
                words("We could not read what was sent"),
                words("Nothing was saved. Go back, load the page again, and type it once more."),
            )
        case OperationalError() | OSError():
            return 503, words("We cannot reach our records just now"), words("Nothing was lost. Try again in a minute.")
    return 500, words("Something went wrong on our side"), words("We are sorry. Nothing was saved. You can try again.")
