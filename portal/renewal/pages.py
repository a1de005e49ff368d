"""A new plan arrives: its letter pasted or typed in, the week held against it, and one press to go on with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.db import Stale
from portal.funding import commands as funding, ending, queries as money
from portal.funding.forms import LetterForm, PartForm
from portal.funding.pages import choices
from portal.funding.terms import levels, new_key
from portal.language import ENGLISH, LANGUAGES, plain
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import commands as drafts
from portal.renewal import commands, queries, showing
from portal.renewal.model import Renewal
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.start import letter as letters
from portal.start.draft import Draft
from portal.start.heard import with_heard
from portal.start.showing import letter_fields, part_fields, part_rows, stated_total
from portal.work import Refusal, Work

EDIT = (Resource.BUDGET, Action.WRITE)
NEW = "/people/{client_id:uuid}/funding/new-plan"
NOTHING = 0  # the version of a letter nobody has begun with


def _opened(work: Work, client_id: UUID) -> tuple[Client, Renewal | None, Draft]:
    client = people.client(work, client_id)
    renewal = queries.open_renewal(work, client)
    return client, renewal, queries.draft_of(renewal, client)


def _save(work: Work, client: Client, renewal: Renewal | None, version: int, draft: Draft) -> None:
    """Keep what was typed; Stale when somebody else has typed since."""
    if renewal is None:
        if version != NOTHING:
            raise Stale
        commands.begin(work, client, draft)
    else:
        renewal.expect(version)
        commands.edit(work, renewal, draft)


def _place(client: Client) -> str:
    return f"/people/{client.id}/funding/new-plan"


@get(NEW, access=EDIT)
def new_plan(work: Work, asked: Asked, incoming: Incoming, client_id: UUID) -> View:
    """What the new letter says: pasted, or typed into a few fields; then the parts of the money."""
    client, renewal, draft = _opened(work, client_id)
    current = money.current(work, client)
    heard = dict(draft.heard).get("program", "")
    wished = asked.query.get("program") or incoming.posted.one("program")
    program = draft.letter.program if draft.letter else heard or (current.program if current else "")
    program = wished if wished in programs.PROGRAMS else program
    editing = draft.letter is None or asked.query.get("change") == "letter" or program != draft.letter.program
    values: dict[str, Any] = {
        **choices(),
        "place": _place(client),
        "version": renewal.version if renewal else NOTHING,
        "begun": renewal is not None,
        "begun_by": account_names(work.session, {renewal.begun_by}).get(renewal.begun_by)
        if renewal and renewal.begun_by
        else None,
        "begun_at": renewal.begun_at if renewal else None,
        "current": current,
        "draft": draft,
        "program": program,
        "editing": editing,
        "typed_letter": letter_fields(draft.letter, draft),
        "typed_part": part_fields(draft),
        "parts": part_rows(draft),
        "total_differs": stated_total(draft),
        "steps_now": showing.steps(
            _place(client), 1 if editing else 2, letter=draft.letter is not None, funded=draft.funded
        ),
    }
    return View("renewal/new_plan.html", values, client=client)


@dataclass(frozen=True)
class PasteForm:
    letter: str = forms.text(40_000)
    version: int = forms.version()


@post(NEW + "/paste", access=EDIT, form=PasteForm, view=new_plan)
def paste(work: Work, form: PasteForm, client_id: UUID) -> Go:
    """Read a pasted letter, and show what was understood so that it can be checked."""
    client, renewal, draft = _opened(work, client_id)
    found = letters.understand(form.letter)
    if not found.anything:
        raise Refusal(
            words("We could not find a date or an amount that we understand. Type them into the fields below instead."),
            "letter",
        )
    draft = replace(
        draft,
        letter=None,
        parts=(),
        total=found.total,
        heard=tuple(found.letter.items()),
        unfinished=tuple(tuple(one.items()) for one in found.parts),
        unused=tuple(found.unused[:40]),
    )
    _save(work, client, renewal, form.version, draft)
    return Go(_place(client), words("Please check what we understood against your letter."))


@dataclass(frozen=True)
class NewLetterForm(LetterForm):
    version: int = forms.version()


@post(NEW, access=EDIT, form=NewLetterForm, view=new_plan)
def tell_letter(work: Work, form: NewLetterForm, client_id: UUID) -> Go:
    """The new plan as a whole; what a pasted letter said of its parts is taken now that its dates are known."""
    client, renewal, draft = _opened(work, client_id)
    letter = form.letter()
    draft = replace(draft, letter=letter, heard=())
    if levels(letter.program):
        _save(work, client, renewal, form.version, replace(draft, parts=(), unfinished=()))
        return Go(f"{_place(client)}/week", words("Saved. Nothing has changed yet."))
    _save(work, client, renewal, form.version, with_heard(draft, letter))
    return Go(f"{_place(client)}#parts", words("Saved. Nothing has changed yet."))


@dataclass(frozen=True)
class NewPartForm(PartForm):
    heard: bool = forms.tick()  #: completes the first part that a pasted letter left unfinished
    version: int = forms.version()


@post(NEW + "/parts", access=EDIT, form=NewPartForm, view=new_plan)
def add_part(work: Work, form: NewPartForm, client_id: UUID) -> Go:
    """One part of the money."""
    client, renewal, draft = _opened(work, client_id)
    if draft.letter is None or draft.letter.ends is None:
        raise Refusal(words("Type in the first and the last day of the plan first."))
    terms = form.terms(draft.program, draft.letter.starts, draft.letter.ends)
    draft = draft.with_part(replace(terms, key=new_key(terms.key, {one.key for one in draft.parts})))
    if form.heard:
        draft = replace(draft, unfinished=draft.unfinished[1:])
    _save(work, client, renewal, form.version, draft)
    return Go(f"{_place(client)}#parts", words("Added."))


@post(NEW + "/parts/{number:int}/remove", access=EDIT, form=forms.VersionForm, view=new_plan)
def remove_part(work: Work, form: forms.VersionForm, client_id: UUID, number: int) -> Go:
    """Take a part out again."""
    client, renewal, draft = _opened(work, client_id)
    _save(work, client, renewal, form.version, draft.without_part(number))
    return Go(f"{_place(client)}#parts", words("Removed."))


@post(NEW + "/away", access=EDIT, form=forms.VersionForm, view=new_plan)
def throw_away(work: Work, form: forms.VersionForm, client_id: UUID) -> Go:
    """Forget what was typed of the new letter."""
    client, renewal, _ = _opened(work, client_id)
    if renewal is not None:
        renewal.expect(form.version)
        commands.throw_away(work, renewal)
    return Go(f"/people/{client.id}/funding", words("Thrown away. Your funding is as it was."))


# The week


@get(NEW + "/week", access=EDIT)
def week(work: Work, client_id: UUID) -> View | Go:
    """The week held against the new letter: what fits, what no longer fits, how long the money lasts."""
    client, renewal, draft = _opened(work, client_id)
    held = queries.held_against(work, client, draft)
    if held is None or renewal is None:
        return Go(_place(client))
    current, today = money.current(work, client), work.today(client)
    now = held.now.quote if held.now else None
    values = {
        "place": _place(client),
        "version": renewal.version,
        "own": people.is_own(work, client),
        "ending": ending.replaced(work, client, current, now, held.plan.starts) if current else None,
        "person": Name(client.name),
        "steps_now": showing.steps(_place(client), 3, letter=True, funded=True),
        "starts_later": held.plan.starts > today,
        **showing.held_values(held),
    }
    return View("renewal/week.html", values, client=client)


@post(NEW + "/week", access=EDIT, form=forms.VersionForm, view=week)
def take_over(work: Work, form: forms.VersionForm, client_id: UUID) -> Go:
    """One press: the new letter counts from its first day on, and the week goes on in a draft for it."""
    client, renewal, draft = _opened(work, client_id)
    held = queries.held_against(work, client, draft)
    if renewal is None or held is None or draft.letter is None:
        raise Refusal(words("Type in the first and the last day of the plan first."))
    renewal.expect(form.version)
    plan = funding.type_letter(work, client, draft.letter)
    for terms in draft.parts:
        funding.add_part(work, plan, terms)
    title = plain(words("Plan from {day}", day=plan.starts), LANGUAGES.get(client.language, ENGLISH))
    ends = money.last_day(plan, work.today(client))
    lines = held.carried.lines
    proposal = drafts.start(work, client, title, plan.program, plan.starts, ends, lines)
    commands.finish(work, renewal, plan, proposal, len(lines))
    said = words("The new letter counts now, and your week stands in a draft for it. Nobody is asked yet.")
    if plan.starts > work.today(client):
        said = words(
            "The new letter counts from {day} on, and your week stands in a draft for it. Nobody is asked yet.",
            day=plan.starts,
        )
    return Go(f"/people/{client.id}/proposals/{proposal.id}", said)
