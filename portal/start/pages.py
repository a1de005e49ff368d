"""My money, in five minutes: one form for letter and week, and the answer; no account until someone keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from budgeting.programs import PROGRAMS
from budgeting.words import Words, words
from portal.access.table import Action, Resource
from portal.accounts import commands as accounts, passwords
from portal.accounts.pages import NewPassword, account_for, new_password
from portal.accounts.queries import account_of
from portal.catalogue.queries import editions
from portal.db import Stale
from portal.funding.pages import choices
from portal.funding.terms import published_limits
from portal.funding.week import WeekLine, rechosen
from portal.people.queries import code_of, grouped
from portal.site.forms import Empty
from portal.site.incoming import Incoming
from portal.site.page import Asked, Cookie, Go, No, Stay, View
from portal.site.routing import get, post
from portal.start import answer as answers, asking, commands, letter as letters, queries, saying, showing, telling
from portal.start.commands import Whose
from portal.start.draft import Draft
from portal.start.forms import KeepForm, LineForm, PasteForm, SayForm
from portal.work import Actor, ActorKind, NotVisible, Refusal, Work

TYPED = accounts.Limit("start-visitor", 400, timedelta(hours=1))  # saves of one visitor, which make no new row
BEGUN = accounts.Limit("start-network", 400, timedelta(hours=1))  # new visitors: a library or a school is one network
MADE = accounts.Limit("start-accounts", 60, timedelta(hours=1))
MANY_HERE = words(
    "Many people who share your internet connection have begun here just now. What you typed is still here. "
    "Send it again in a few minutes."
)
NOTHING_FOUND = words(
    "We could not find a date or an amount that we understand. Type them into the fields below instead."
)


def _draft(work: Work, incoming: Incoming) -> Draft:
    return queries.draft(work, incoming.visitor)[0]


def _save(work: Work, incoming: Incoming, draft: Draft, url: str, say: Words | None = None) -> Go | No:
    """Keep the draft for a day and go on; the visitor's cookie lasts as long as the draft."""
    if queries.row(work, incoming.visitor) is None:
        if not accounts.count_try(work, BEGUN, incoming.asked.network):
            return No(MANY_HERE)
    elif not accounts.count_try(work, TYPED, incoming.visitor):
        return No(accounts.TOO_MANY)
    commands.save(work, incoming.visitor, draft)
    kept = Cookie("visitor", incoming.visitor, int(commands.KEPT_FOR.total_seconds()))
    return Go(url, say, cookies=(kept,))


def _page(work: Work, incoming: Incoming) -> tuple[Draft, dict[str, Any]]:
    draft, ends = queries.draft(work, incoming.visitor)
    questions = saying.questions(draft.open_lines, draft.program, incoming.asked.language)
    return draft, {"draft": draft, "kept_until": ends, "questions": questions}


# the letter and the week


@get("/start")
def start(work: Work, asked: Asked, incoming: Incoming) -> View:
    """One form for what the letter says and an ordinary week; above it the answer, as soon as there is one."""
    draft, values = _page(work, incoming)
    heard = dict(draft.heard).get("program", "")
    asked_for = asked.query.get("program") or incoming.posted.one("program")
    program = draft.letter.program if draft.letter else heard
    if asked_for in PROGRAMS:
        program = asked_for
    ready = draft.ready and program == draft.program
    values |= {
        **choices(),
        **showing.place_choices(),
        **(_answered(work, draft) if ready else {"answer": None}),
        "kinds": {program: asking.kinds(program)} if program else {},
        "program": program,
        "ready": ready,
        "today": work.day.isoformat(),
        "changing": asked.query.get("change") == "letter",
        "typed": asking.typed(draft, program, work.day),
        "rows": asking.rows(draft, incoming.posted, work.day),
        "week_text": asking.week_text(draft),
        "heard": any(name != "program" for name, _ in draft.heard),
        "total_differs": showing.stated_total(draft) if draft.parts else None,
        "version": queries.version(work, incoming.visitor),
    }
    return View("start/start.html", values, "start/_five.html")


def _answered(work: Work, draft: Draft) -> dict[str, Any]:
    """The answer as values of a page; ``answer`` is None when the plan has ended."""
    found = answers.of(draft, work.now, work.day, editions(work, draft.program))
    if found is None:
        return {"answer": None, "last": draft.letter and draft.letter.ends}
    return showing.answer_values(found, draft, work.day) | {"lines_told": showing.line_rows(draft)}


def _understood(work: Work, form: PasteForm) -> letters.Understood:
    return letters.understand(form.letter)


@post("/start/paste", form=PasteForm, view=start, prepare=_understood)
def paste(work: Work, incoming: Incoming, prepared: letters.Understood) -> Go | No:
    """Read a pasted letter, and show what was understood so that it can be checked."""
    found = prepared
    if not found.anything:
        raise Refusal(NOTHING_FOUND, "letter")
    draft = replace(
        _draft(work, incoming),
        letter=None,
        parts=(),
        total=found.total,
        heard=tuple(found.letter.items()),
        rows=telling.heard(found.parts),
        unused=tuple(found.unused[:40]),
    )
    checked = words("Please check what we understood against your letter.") if found.figures else NOTHING_FOUND
    return _save(work, incoming, draft, "/start", checked)


def _told(work: Work, form: Empty, incoming: Incoming) -> Draft:
    return telling.told(incoming.posted, _draft(work, incoming), incoming.asked.language)


@post("/start", view=start, prepare=_told)
def tell(work: Work, asked: Asked, incoming: Incoming, prepared: Draft) -> Go | Stay | No:
    """The plan, its parts and the week at once; where script runs the answer comes on the same page.

    What was typed in another window since this one was opened is not overwritten unseen.
    """
    seen = incoming.posted.one("version")
    if seen and seen != str(queries.version(work, incoming.visitor)):
        raise Stale
    going = _save(work, incoming, prepared, "/start#answer" if prepared.week else "/start/week")
    if isinstance(going, Go) and asked.htmx and prepared.week:
        return Stay(cookies=going.cookies)
    return going


# an ordinary week


@get("/start/week")
def week(work: Work, asked: Asked, incoming: Incoming) -> View | Go:
    """An ordinary week: each line as it was understood, and the two ways to add one."""
    draft, values = _page(work, incoming)
    if not draft.funded:
        return Go("/start")
    number = asked.query.get("change") or incoming.posted.one("number")
    changed = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    line = draft.week[changed - 1] if 1 <= changed <= len(draft.week) else None
    values |= {
        **showing.line_choices(draft),
        "lines": showing.line_rows(draft),
        "open_lines": "\n".join(draft.open_lines),
        "typed_line": showing.line_fields(line, draft.program),
        "changing": changed if line else None,
        "published": draft.program in published_limits(),
    }
    return View("start/week.html", values)


def _said(work: Work, form: SayForm, incoming: Incoming) -> tuple[list[WeekLine], list[str]]:
    program = _draft(work, incoming).program
    return saying.lines(form.text, form.support, program, incoming.asked.language)


@post("/start/week", form=SayForm, view=week, prepare=_said)
def say_line(work: Work, incoming: Incoming, prepared: tuple[list[WeekLine], list[str]]) -> Go | No:
    """One line or several in the person's own words; what they do not say is asked for, never made up."""
    draft = _draft(work, incoming)
    clear, unclear = prepared
    for line in clear:
        draft = draft.with_line(line)
    draft = replace(draft, open_lines=tuple(unclear))
    said = words("Added. Look whether we understood it.")
    return _save(work, incoming, draft, "/start/week#lines", said)


@post("/start/week/fields", form=LineForm, view=week)
def tell_line(work: Work, form: LineForm, incoming: Incoming) -> Go | No:
    """The same by fields; also how a line that is there is changed."""
    draft = _draft(work, incoming)
    if form.component and form.component not in {one.key for one in draft.parts}:
        raise Refusal(words("Choose one of the answers."), "component")
    line = form.line()
    if form.number and 1 <= form.number <= len(draft.week):
        before = draft.week[form.number - 1]
        line = rechosen(before, replace(line, typed=before.typed), draft.program)
    return _save(work, incoming, draft.with_line(line, form.number), "/start/week#lines", words("Saved."))


@post("/start/week/{number:int}/remove", view=week)
def remove_line(work: Work, incoming: Incoming, number: int) -> Go | No:
    """Take a line out of the week."""
    return _save(work, incoming, _draft(work, incoming).without_line(number), "/start/week#lines", words("Removed."))


# the answer


@get("/start/answer")
def answer(work: Work, incoming: Incoming) -> View | Go:
    """How long the money lasts, each figure with its explanation."""
    draft, values = _page(work, incoming)
    if not draft.ready:
        return Go("/start/week" if draft.funded else "/start")
    return View("start/answer.html", {**values, **_answered(work, draft)})


@post("/start/forget", view=start)
def forget(work: Work, incoming: Incoming) -> Go:
    """Delete what was typed, now."""
    commands.forget(work, incoming.visitor)
    return Go("/start", words("Forgotten. Nothing of it is kept."))


# keeping it


@get("/start/keep")
def keep_page(work: Work, incoming: Incoming) -> View | Go:
    """Whose plan it is, and an account for someone who has none."""
    draft, values = _page(work, incoming)
    if not draft.funded:
        return Go("/start")
    return View("start/keep.html", {**values, **choices(), "least": passwords.SHORTEST})


def _new_password(work: Work, form: KeepForm) -> NewPassword | None:
    """What the chosen password needs; nothing for someone who is signed in."""
    if work.account_id:
        return None
    missing = next((name for name in ("name", "login", "password") if not getattr(form, name)), None)
    if missing:
        raise Refusal(words("This is needed to go on."), missing)
    return new_password(work, form.login, form.name, form.password)


@post("/start/keep", form=KeepForm, view=keep_page, prepare=_new_password)
def keep(work: Work, form: KeepForm, asked: Asked, incoming: Incoming, prepared: NewPassword | None) -> Go | No:
    """Make it a record of their own, with nothing typed twice."""
    if not accounts.count_try(work, MADE, asked.network):
        return No(accounts.TOO_MANY)
    visitor, draft = incoming.visitor, _draft(work, incoming).completed(form.ends, form.management)
    if not draft.funded:
        return No(words("What you typed has ended by itself. Please begin again."))
    if form.whose is not Whose.MINE and not form.person:
        return No(words("What name does the person go by?"), "person")
    cookies: tuple[Cookie, ...] = ()
    if work.account_id is None:
        if prepared is None:  # signed out meanwhile
            return No(words("This is needed to go on."), "password")
        account = account_for(work, form.login, form.name, prepared, asked)
        if isinstance(account, No):
            return account
        cookies = (Cookie("sid", accounts.sign_in(work, account, asked.device, None)),)
        work = replace(work, actor=Actor(ActorKind.ACCOUNT, account.id, account.name))
    account = account_of(work)
    name = account.name if form.whose is Whose.MINE else form.person
    kept = commands.keep(work, visitor, draft, form.whose, name, account.language or asked.language.tag)
    said = words("Kept. Nothing needs to be typed again.")
    if kept.invitation:
        return Go(f"/start/code/{kept.invitation.id}", said, cookies)
    if draft.week:
        said = words(
            "Kept. Nothing needs to be typed again. Your ordinary week becomes a draft. It is here in a moment."
        )
    return Go(f"/people/{kept.client.id}", said, cookies)


@get("/start/code/{invitation_id:uuid}", access=(Resource.ACCOUNT, Action.READ))
def code(work: Work, invitation_id: UUID) -> View:
    """The code by which a person takes their own record into their hands; only for the one who began it."""
    invitation = queries.own_invitation(work, invitation_id)
    if invitation is None:
        raise NotVisible
    values = {
        "code": grouped(code_of(work, invitation)),
        "expires": invitation.expires_at,
        "join": f"{work.house.settings.base_url}/join",
        "record": f"/people/{invitation.client_id}",
    }
    return View("start/code.html", values)
