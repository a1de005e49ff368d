"""What is done with a change besides answering: take it in parts, put it aside, decide about it, say if it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.changes import effect_commands, helped_commands, part_commands, queries, settling
from portal.changes.model import ChangeRequest
from portal.changes.pages import AGREE, WRITE, change
from portal.changes.states import Helped
from portal.site import forms
from portal.site.page import Go, Stay
from portal.site.routing import post
from portal.work import Refusal, Work


@dataclass(frozen=True)
class PartsForm:
    """Which supports go ahead, and what becomes of the others: asked on, or put aside until a day."""

    lines: tuple[UUID, ...] = forms.record_ids()
    others: str = forms.one_of(("ask", "aside"))
    until: date | None = forms.day(required=False)
    why: str = forms.text(500, required=False)
    version: int = forms.version()


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/parts", access=WRITE, form=PartsForm, view=change)
def take_in_parts(work: Work, form: PartsForm, client_id: UUID, request_id: UUID) -> Stay:
    """Go on with some supports; the others are asked on in a change of their own, or put aside until a day."""
    found = _found(work, client_id, request_id, form.version)
    if form.others == "ask":
        part_commands.go_on_with(work, found, form.lines)
        return Stay(words("Done. The rest is a change of its own now, and is still asked for."))
    if form.until is None:
        raise Refusal(words("Until which day?"), "until")
    aside = {move.line_id for move in settling.moved(work, found)} - set(form.lines)
    part_commands.park(work, found, form.until, form.why, aside)
    return Stay(words("Done. What is put aside holds nothing up. We remind you on {day}.", day=form.until))


@dataclass(frozen=True)
class AsideForm:
    until: date = forms.day()
    why: str = forms.text(500, required=False)
    version: int = forms.version()


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/aside", access=WRITE, form=AsideForm, view=change)
def put_aside(work: Work, form: AsideForm, client_id: UUID, request_id: UUID) -> Stay:
    """Not yet: put the whole change aside until a day."""
    part_commands.park(work, _found(work, client_id, request_id, form.version), form.until, form.why)
    return Stay(words("Put aside. Nobody is asked about it. We remind you on {day}.", day=form.until))


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/resume", access=WRITE, form=forms.VersionForm, view=change)
def resume(work: Work, form: forms.VersionForm, client_id: UUID, request_id: UUID) -> Stay:
    """Take up again what was put aside."""
    part_commands.resume(work, _found(work, client_id, request_id, form.version))
    return Stay(words("Here it is again. Nobody is asked before you ask."))


@dataclass(frozen=True)
class DecideForm:
    goes_on: str = forms.one_of(("on", "back"))
    said: str = forms.text(1000, required=False)
    version: int = forms.version()


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/decide", access=AGREE, form=DecideForm, view=change)
def decide(work: Work, form: DecideForm, client_id: UUID, request_id: UUID) -> Stay:
    """Decide about an urgent change that holds for now."""
    found = _found(work, client_id, request_id, form.version)
    effect_commands.decide(work, found, goes_on=form.goes_on == "on", said=form.said)
    return Stay(words("Saved. Everybody concerned is told."))


@dataclass(frozen=True)
class HelpedForm:
    helped: Helped = forms.choice(Helped)
    said: str = forms.text(2000, required=False)
    version: int = forms.version()


@post("/people/{client_id:uuid}/changes/{request_id:uuid}/helped", access=AGREE, form=HelpedForm, view=change)
def tell(work: Work, form: HelpedForm, client_id: UUID, request_id: UUID) -> Go:
    """Say whether the change helped."""
    found = _found(work, client_id, request_id, form.version)
    helped_commands.tell_whether_it_helped(work, found, form.helped, form.said)
    return Go(settling.path_of(found), words("Thank you. You can say it anew at any time."))


def _found(work: Work, client_id: UUID, request_id: UUID, version: int) -> ChangeRequest:
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    found.expect(version)
    return found
