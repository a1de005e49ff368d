"""Changes of the plan: ask, see what it does and who must agree, answer, and read how the plan came to be as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.accounts import queries as accounts
from portal.changes import answer_commands, causes, commands, line_form, portrait, queries, settling, showing, tried
from portal.changes.line_form import DetailsForm, LineForm, NewLineForm, WhyForm
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.states import ACTS, ANSWERS, WAITS, Act, Given, RequestState
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import rows
from portal.proposals.frozen import thaw
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

READ = (Resource.CHANGE, Action.READ)
WRITE = (Resource.CHANGE, Action.WRITE)
AGREE = (Resource.CHANGE, Action.APPROVE)
GIVEN = tuple(one.value for one in ANSWERS)


@get("/people/{client_id:uuid}/changes", access=READ)
def changes(work: Work, client_id: UUID) -> View:
    """What is asked for, what has been agreed, and what holds."""
    client = queries.whose(work, client_id)
    own = {one.request_id: one for one, _, of in queries.for_us(work) if of.id == client.id}
    found = queries.requests(work, client)
    names = accounts.names(work.session, {one for c in found for one in (c.made_by, c.made_for) if one})
    cards = list(_cards(work, client, found, names))
    seen = {one.id for one in found}
    cards += [
        showing.part_card(one, queries.about(work, one), Name(client.name))
        for one in own.values()
        if one.request_id not in seen
    ]
    values = {
        "cards": cards,
        "may_ask": bool(settling.versions(work, client.id)) and _may_ask(work, client),
        "whole": work.can(Resource.PLAN, Action.READ, client.id),
    }
    return within(work, client, View("changes/changes.html", values))


def _cards(
    work: Work, client: Client, found: Sequence[ChangeRequest], names: Mapping[UUID, str]
) -> Iterable[showing.Card]:
    """Each with what it is about, and whether it waits for the reader."""
    wanted = {one.base_id for one in found}
    versions = settling.versions(work, client.id) if found else ()
    bases = {one.id: thaw(one.content) for one in versions if one.id in wanted}
    for one in found:
        asked = queries.rows(work, client, one.id) if one.state is RequestState.OPEN else ()
        yours = any(row.state is Given.WAITING and queries.is_mine(work, row) for row in asked)
        refused = any(row.refused for row in asked)
        yield showing.card(one, bases[one.base_id], names, yours=yours, refused=refused)


def _may_ask(work: Work, client: Client) -> bool:
    return work.can(Resource.CHANGE, Action.WRITE, client.id) or queries.own_part(work, client) is not None


def within(work: Work, client: Client, view: View) -> View:
    """Inside the record for whoever belongs to it; a provider stays among the pages of its organisation."""
    inside = work.can(Resource.IDENTITY, Action.READ, client.id)
    return replace(view, values={**view.values, "client": client}, client=client if inside else None)


@get("/changes", access=READ)
def changes_for_us(work: Work) -> View:
    """For a provider: the changes its organisation is asked about, and what it may ask to change."""
    cards = [showing.part_card(one, change, Name(of.name)) for one, change, of in queries.for_us(work)]
    whose = {of.id: Name(of.name) for _, of in queries.our_parts(work)}
    asks = [{"name": name, "href": f"/people/{one}/changes/new"} for one, name in whose.items()]
    return View("changes/for_us.html", {"cards": cards, "asks": asks})


@get("/people/{client_id:uuid}/changes/new", access=WRITE)
def new(work: Work, asked: Asked, client_id: UUID) -> View:
    """Why, and from when. ``because`` in the address names what it comes from, for those who may know of it."""
    client = queries.whose(work, client_id)
    if not _may_ask(work, client):
        raise NotVisible
    version = settling.newest(work, client.id)
    because = asked.query.get("because", "")
    cause = causes.to_begin_with(work, because)
    values = {
        "form_id": "new-change",
        "action": f"/people/{client.id}/changes/new",
        "first": max(work.today(client), version.starts, cause.day if cause and cause.day else date.min).isoformat(),
        "reason": cause.reason if cause else "",
        "urgent": False,
        "shared": False,
        "because": because if cause else "",
        "cause": cause,
        "version": None,
        "back": f"/people/{client.id}/changes",
    }
    return within(work, client, View("changes/why.html", values))


@post("/people/{client_id:uuid}/changes/new", access=WRITE, form=WhyForm, view=new)
def start(work: Work, form: WhyForm, client_id: UUID) -> Go:
    """Begin, and go on to what should change."""
    client = queries.whose(work, client_id)
    given: Any = {"urgent": form.urgent, "reason_shared": form.reason_shared, "because": form.because}
    if work.can(Resource.CHANGE, Action.WRITE, client.id):
        made = commands.start(work, client, form.reason, form.effective, **given)
        plan = thaw(settling.newest(work, client.id).content)
        for edit in (edits := tried.edits(work, client, form.because, plan, form.effective)):
            commands.edit_line(work, made, edit.line_id, edit.terms)
        if edits:  # it says already what should change
            return Go(settling.path_of(made))
    else:
        own = queries.own_part(work, client)
        if own is None:
            raise NotVisible
        made = commands.start_as_provider(work, own, form.reason, form.effective, **given)
    about = cause.line_id if (cause := causes.to_begin_with(work, form.because)) else None
    known = any(part.line_id == about for part in queries.parts_of(work, client, made.base_id))
    return Go(f"{settling.path_of(made)}/supports" + (f"/{about}" if known else ""))


@get("/people/{client_id:uuid}/changes/{request_id:uuid}/details", access=WRITE)
def details(work: Work, client_id: UUID, request_id: UUID) -> View:
    """The reason and the day of a change, to be written anew."""
    client = queries.whose(work, client_id)
    found = queries.whole(work, client, request_id, mine=True)
    values = {
        "form_id": "details",
        "action": f"{settling.path_of(found)}/details",
        "first": found.effective.isoformat(),
        "reason": found.reason,
        "urgent": found.urgent,
        "shared": found.reason_shared,
        "because": "",
        "version": found.version,
        "back": settling.path_of(found),
    }
    return within(work, client, View("changes/why.html", values))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/details", access=WRITE, form=DetailsForm, view=details)
def save_details(work: Work, form: DetailsForm, client_id: UUID, request_id: UUID) -> Go:
    """Write the reason or the day anew."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    found.expect(form.version)
    commands.set_details(work, found, form.reason, form.effective, urgent=form.urgent, reason_shared=form.reason_shared)
    return Go(settling.path_of(found), words("Saved."))


@get("/people/{client_id:uuid}/changes/{request_id:uuid}", access=READ)
def change(work: Work, client_id: UUID, request_id: UUID) -> View:
    """One change: before and after, why, what it costs, who must agree and how each stands."""
    client = queries.whose(work, client_id)
    found, asked = queries.request(work, client, request_id), queries.rows(work, client, request_id)
    mine = [one for one in asked if queries.is_mine(work, one)]
    if found is None and not mine:
        raise NotVisible
    about = found or queries.about(work, mine[0])
    values = shown(work, client, about, found, asked, mine)
    return within(work, client, View("changes/change.html", values))


def shown(
    work: Work,
    client: Client,
    about: ChangeRequest,
    found: ChangeRequest | None,
    asked: Sequence[Authorisation],
    mine: Sequence[Authorisation],
) -> dict[str, Any]:
    """A change as its page and its card show it; ``found`` is None for those who see their own part alone."""
    late = settling.gone_by(work, about)
    fits = settling.fits(work, about)
    asks = found is not None and found.made_by == work.account_id
    sees_whole = found is not None and work.can(Resource.CHANGE, Action.READ, client.id)
    values: dict[str, Any] = {
        "change": about,
        "live": portrait.mark(about, asked, whole=found is not None),
        "from_words": showing.from_words(about.effective),
        "state": showing.STATES[about.state],
        "kind": showing.STATE_BADGES[about.state],
        "person": Name(client.name),
        "own": people.is_own(work, client),
        "place": settling.path_of(about),
        "late": late,
        "fits": (fits and not late) or about.state not in (*WAITS, RequestState.DRAFT, RequestState.SUPERSEDED),
        "asks": asks and Act.WITHDRAW in ACTS[about.state],
        "edits": asks and fits and Act.EDIT in ACTS[about.state],
        "moved_on": not fits,
        "parts": asks and fits and {Act.SPLIT, Act.PARK} & ACTS[about.state],
        "mine": [portrait.own_answer(work, client, about, one, asked) for one in mine if one.state is not Given.TOLD],
        "refused": asks and about.state is RequestState.OPEN and settling.refused(work, about),
        "told": any(one.state is Given.TOLD for one in mine),
        "waits": about.state is RequestState.RUNNING or (about.state in WAITS and fits and not late),
        "urgent": portrait.urgent(work, about, None if sees_whole else mine) if about.ratify_by else None,
        "decides": found is not None and Act.DECIDE in ACTS[about.state] and queries.may_decide(work, client),
        "causes": causes.of(work, about.id),
        "rest": [],
        **portrait.NOT_ASKED,
    }
    if found is None or not sees_whole:
        values |= portrait.own_part(work, client, about, mine)
    else:
        values |= portrait.whole(work, client, found, asked)
        values["rest"] = list(_cards(work, client, queries.rest_of(work, client, found), {}))
        values |= portrait.did_it_help(work, client, found)
    values["line_options"] = [(str(line.id), show(line.name)) for line in values["lines"]]
    return values


@dataclass(frozen=True)
class AnswerForm:
    given: str = forms.one_of(GIVEN)
    said: str = forms.text(2000, required=False)
    apart: bool = forms.tick()
    lines: tuple[UUID, ...] = forms.record_ids()
    version: int = forms.version()


@post(
    "/people/{client_id:uuid}/changes/{request_id:uuid}/answers/{row_id:uuid}",
    access=AGREE,
    form=AnswerForm,
    view=change,
)
def answer(work: Work, form: AnswerForm, client_id: UUID, request_id: UUID, row_id: UUID) -> Stay:
    """Yes, no, or something else."""
    row = queries.row(work, queries.whose(work, client_id), request_id, row_id)
    row.expect(form.version)
    lines = form.lines if form.apart or form.given == Given.PARTLY else None
    answer_commands.answer(work, row, Given(form.given), form.said, lines=lines)
    return Stay(words("Saved. You can change your answer until the change takes effect."))


@dataclass(frozen=True)
class TelephoneForm:
    given: str = forms.one_of(GIVEN)
    spoke_with: str = forms.text(120)
    said_on: date | None = forms.day(required=False)
    said: str = forms.text(2000)
    version: int = forms.version()


@post(
    "/people/{client_id:uuid}/changes/{request_id:uuid}/answers/{row_id:uuid}/telephone",
    access=AGREE,
    form=TelephoneForm,
    view=change,
)
def telephone(work: Work, form: TelephoneForm, client_id: UUID, request_id: UUID, row_id: UUID) -> Stay:
    """Keep what somebody said on the telephone."""
    row = queries.row(work, queries.whose(work, client_id), request_id, row_id)
    row.expect(form.version)
    given = Given(form.given)
    answer_commands.record_telephone_answer(work, row, given, form.said, form.spoke_with, form.said_on)
    return Stay(words("Saved."))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/ask", access=WRITE, form=forms.VersionForm, view=change)
def ask(work: Work, form: forms.VersionForm, client_id: UUID, request_id: UUID) -> Stay:
    """Ask everybody who must agree."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    found.expect(form.version)
    commands.ask(work, found)
    if found.urgent:
        return Stay(words("Asked. It begins as soon as those who cannot wait have said yes."))
    return Stay(words("Asked. Nothing changes before everybody has agreed."))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/withdraw", access=WRITE, form=forms.VersionForm, view=change)
def withdraw(work: Work, form: forms.VersionForm, client_id: UUID, request_id: UUID) -> Go:
    """Take the change back."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    found.expect(form.version)
    commands.withdraw(work, found)
    return Go(f"/people/{client_id}/changes", words("Taken back. The plan stays as it is."))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/again", access=WRITE, form=forms.VersionForm, view=change)
def look_again(work: Work, form: forms.VersionForm, client_id: UUID, request_id: UUID) -> Stay:
    """Hold the change against the plan as it is now."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    found.expect(form.version)
    commands.look_again(work, found)
    return Stay(words("This is your change against the plan as it is now. Look whether it still fits."))


# What should change: the supports of the plan, one at a time


@get("/people/{client_id:uuid}/changes/{request_id:uuid}/supports", access=WRITE)
def supports(work: Work, client_id: UUID, request_id: UUID) -> View:
    """Which support should change."""
    client = queries.whose(work, client_id)
    found = queries.whole(work, client, request_id, mine=True)
    place = settling.path_of(found)
    values = {
        "supports": [
            {"row": rows.support(part, queries.named(work, [part])), "href": f"{place}/supports/{part.line_id}"}
            for part in queries.parts_of(work, client, found.base_id)
        ],
        "add": f"{place}/add" if found.made_for is None else None,
        "back": place,
        "from_words": showing.from_words(found.effective),
    }
    return within(work, client, View("changes/supports.html", values))


@get("/people/{client_id:uuid}/changes/{request_id:uuid}/supports/{line_id:uuid}", access=WRITE)
def support(work: Work, client_id: UUID, request_id: UUID, line_id: UUID) -> View:
    """One support as it would be from the day on."""
    client = queries.whose(work, client_id)
    found = queries.whole(work, client, request_id, mine=True)
    now, edited = settling.terms_of(work, found, line_id)
    _may_see(work, client, found, line_id)
    plan = settling.plan_of(work, found)
    values = {
        **(typed := line_form.typed(now)),
        "f": typed,
        **line_form.options(work, plan),
        **line_form.rare_fields(work, plan, now, line_form.may_help(work, client, found)),
        "change": found,
        "name": Name(now.name),
        "edited": edited,
        "gives_away": found.made_for is None,
        "place": settling.path_of(found),
        "line_id": line_id,
        "from_words": showing.from_words(found.effective),
    }
    return within(work, client, View("changes/support.html", values))


def _may_see(work: Work, client: Client, found: ChangeRequest, line_id: UUID) -> None:
    """A line of the plan is edited only by those who may see it; a new line is whoever asked's own."""
    shown = {part.line_id for part in queries.parts_of(work, client, found.base_id)}
    known = {line.id for line in settling.plan_of(work, found).lines}
    if line_id in known - shown:
        raise NotVisible


@post(
    "/people/{client_id:uuid}/changes/{request_id:uuid}/supports/{line_id:uuid}",
    access=WRITE,
    form=LineForm,
    view=support,
)
def edit(work: Work, form: LineForm, client_id: UUID, request_id: UUID, line_id: UUID) -> Go:
    """Keep what the support would be."""
    client = queries.whose(work, client_id)
    found = queries.whole(work, client, request_id)
    found.expect(form.version)
    _may_see(work, client, found, line_id)
    now, _ = settling.terms_of(work, found, line_id)
    terms = line_form.changed_terms(form, now, line_form.may_help(work, client, found))
    commands.edit_line(work, found, line_id, terms)
    return Go(settling.path_of(found))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/supports/{line_id:uuid}/leave", access=WRITE, view=change)
def leave(work: Work, client_id: UUID, request_id: UUID, line_id: UUID) -> Stay:
    """Leave one support as it is after all."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    commands.leave_line(work, found, line_id)
    return Stay(words("This support stays as it is."))


@get("/people/{client_id:uuid}/changes/{request_id:uuid}/add", access=WRITE)
def add(work: Work, client_id: UUID, request_id: UUID) -> View:
    """A support that is not in the plan yet."""
    client = queries.whose(work, client_id)
    found = queries.whole(work, client, request_id, mine=True)
    values = {
        **line_form.options(work, settling.plan_of(work, found)),
        "change": found,
        "place": settling.path_of(found),
        "from_words": showing.from_words(found.effective),
    }
    return within(work, client, View("changes/add.html", values))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/add", access=WRITE, form=NewLineForm, view=add)
def add_line(work: Work, form: NewLineForm, client_id: UUID, request_id: UUID) -> Go:
    """Ask for a support that is not in the plan yet."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    found.expect(form.version)
    commands.add_line(work, found, line_form.new_terms(form, settling.plan_of(work, found)))
    return Go(settling.path_of(found))
