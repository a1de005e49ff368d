"""The verbs of a change that is taken in parts: go on with some lines, put others aside, take them up again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.changes import causes, events
from portal.changes.edits import pack, unpack
from portal.changes.model import ChangeRequest
from portal.changes.settling import (
    answers_of,
    authorisations,
    carry_over,
    client_of,
    moved,
    must_be_mine,
    must_fit,
    path_of,
    reach,
    settle,
    tell_parties,
)
from portal.changes.states import Act, Given, RequestState
from portal.plans.telling import keepers, tell
from portal.work import Refusal, Work, command


@command(Resource.CHANGE, Action.WRITE)
def go_on_with(work: Work, request: ChangeRequest, lines: Collection[UUID]) -> ChangeRequest:
    """Go on with some lines of a change, and go on asking for the others in a change of their own, which is given back.

    A yes goes over to fewer lines only where it was given to each of them by itself; everybody else is asked again.
    """
    client = client_of(work, request.client_id)
    rest = _split(work, request, lines)
    work.session.flush()
    known = answers_of(work, request)
    settle(work, client, request)
    carry_over(work, request, known)
    rest.state, rest.asked_at = RequestState.OPEN, request.asked_at
    settle(work, client, rest)
    carry_over(work, rest, known)
    _record_split(work, request, rest)
    for one in (request, rest):
        tell_parties(work, one, Given.WAITING)
        reach(work, client, one)
    return rest


@command(Resource.CHANGE, Action.WRITE)
def park(
    work: Work, request: ChangeRequest, until: date, why: str, lines: Collection[UUID] | None = None
) -> ChangeRequest:
    """Put a change aside until a day, or with ``lines`` only these, so that the others are not held up; gives it back.

    Nobody is asked any more, and no yes given so far counts when it is taken up again.
    """
    client = client_of(work, request.client_id)
    today = work.today(client)
    if until <= today:
        raise Refusal(words("Choose a day after today."), "until")
    touched = {move.line_id for move in moved(work, request)}
    aside = touched if lines is None else touched & set(lines)
    if not aside:
        raise Refusal(words("Choose at least one support."), "lines")
    parked = request
    if aside != touched:
        known = answers_of(work, request)
        parked = _split(work, request, touched - aside)
        if request.state is not RequestState.DRAFT:
            settle(work, client, request)
            carry_over(work, request, known)
            tell_parties(work, request, Given.WAITING)
        _record_split(work, request, parked)
    else:
        must_be_mine(work, request, Act.PARK)
        tell_parties(work, request, *Given)
        for row in authorisations(work, request.id):
            work.session.delete(row)
    parked.move(RequestState.PARKED)
    parked.parked_until, parked.parked_why, parked.agreed_at = until, why, None
    work.session.flush()
    work.record(events.ChangeParked(client_id=client.id, subject=parked.id, effective=parked.effective, until=until))
    if parked is not request:
        reach(work, client, request)
    return parked


@command(Resource.CHANGE, Action.WRITE)
def resume(work: Work, request: ChangeRequest) -> None:
    """Take up again what was put aside: it is written as before, and asked when its asker asks it."""
    must_be_mine(work, request, Act.RESUME)
    request.move(RequestState.DRAFT)
    request.parked_until = request.parked_why = None
    first = work.today(client_of(work, request.client_id))
    request.effective = max(request.effective, first)
    work.record(events.ChangeResumed(client_id=request.client_id, subject=request.id, effective=request.effective))


def _split(work: Work, request: ChangeRequest, lines: Collection[UUID]) -> ChangeRequest:
    """Keep these lines and give a new change with the others; Refusal unless both are some of what it touches."""
    must_be_mine(work, request, Act.SPLIT if request.state is not RequestState.DRAFT else Act.EDIT)
    must_fit(work, request)
    edits = unpack(request.edits)
    touched = {move.line_id for move in moved(work, request)}
    if not touched & set(lines) or touched <= set(lines):
        raise Refusal(words("Choose some of the supports, and leave at least one for later."), "lines")
    rest = ChangeRequest(
        client_id=request.client_id,
        base_id=request.base_id,
        edits=pack(edit for edit in edits if edit.line_id not in lines),
        reason=request.reason,
        reason_shared=request.reason_shared,
        effective=request.effective,
        urgent=request.urgent,
        state=RequestState.DRAFT,
        made_by=request.made_by,
        made_for=request.made_for,
        made_at=work.now,
        split_from_id=request.id,
    )
    request.edits = pack(edit for edit in edits if edit.line_id in lines)
    work.session.add(rest)
    work.session.flush()
    causes.go_along(work, request, rest)
    return rest


def _record_split(work: Work, request: ChangeRequest, rest: ChangeRequest) -> None:
    for one, other in ((request, rest), (rest, request)):
        work.record(
            events.ChangeSplit(client_id=one.client_id, subject=one.id, effective=one.effective, other_id=other.id)
        )
    tell(work, keepers(work, request.client_id), f"change-{request.id}-split-{rest.id}", path_of(rest))
