"""The verbs of whoever asks for a change: write it down, ask, write it anew, take it back, look at it again."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.changes import causes, events
from portal.changes.drafts import Suggested
from portal.changes.edits import Edit, pack, provider_of, unpack
from portal.changes.model import ChangeRequest
from portal.changes.settling import (
    check_day,
    check_line,
    client_of,
    moved,
    must_be_mine,
    must_fit,
    newest,
    reach,
    settle,
    tell_parties,
    versions_to,
)
from portal.changes.states import Act, Given, RequestState
from portal.people.model import Client
from portal.plans.model import PlanPart, PlanVersion
from portal.proposals.frozen import thaw
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal, Work, command, open_command


@command(Resource.CHANGE, Action.WRITE)
def start(
    work: Work,
    client: Client,
    reason: str,
    effective: date,
    *,
    urgent: bool = False,
    reason_shared: bool = False,
    because: str = "",
) -> ChangeRequest:
    """Begin to write down a change of the plan; nobody else sees it before it is asked.

    ``because`` names what it comes from, as in causes.py; what the one who asks may not know of is left out.
    """
    request = _started(work, client, reason, effective, urgent, reason_shared)
    return _begun(work, request, because)


@command(Resource.CHANGE, Action.WRITE)
def start_as_provider(
    work: Work,
    part: PlanPart,
    reason: str,
    effective: date,
    *,
    urgent: bool = False,
    reason_shared: bool = True,
    because: str = "",
) -> ChangeRequest:
    """The same for a provider, about its own parts only."""
    if work.decision is None or work.decision.relationship is not Relationship.PROVIDER:
        raise NotVisible
    client = client_of(work, part.client_id)
    request = _started(work, client, reason, effective, urgent, reason_shared)
    request.made_for = part.provider_id
    return _begun(work, request, because)


def _started(
    work: Work, client: Client, reason: str, effective: date, urgent: bool, reason_shared: bool
) -> ChangeRequest:
    base = newest(work, client.id)
    check_day(work, client, base, effective, urgent=urgent)
    assert work.account_id is not None, "somebody asks, not the system"
    return ChangeRequest(
        client_id=client.id,
        base_id=base.id,
        edits=pack(()),
        reason=reason,
        reason_shared=reason_shared,
        effective=effective,
        urgent=urgent,
        state=RequestState.DRAFT,
        made_by=work.account_id,
        made_at=work.now,
    )


def _begun(work: Work, request: ChangeRequest, because: str = "") -> ChangeRequest:
    work.session.add(request)
    work.session.flush()
    if cause := causes.named(work, because):
        causes.note(work, request, *cause)
    work.record(events.ChangeStarted(client_id=request.client_id, subject=request.id, effective=request.effective))
    return request


@open_command
def draft_for(work: Work, suggested: Suggested, request_id: UUID, account_id: UUID) -> None:
    """For the system: write down a change that somebody had drafted, for them to edit; done twice it is still one.

    Whoever had it drafted was permitted then, and asks, edits or takes it back like any change of their own. A day on
    which no change can begin becomes the next one that can; a plan that is over by now gets none.
    """
    if work.session.scalar(unscoped(select(ChangeRequest.id).where(ChangeRequest.id == request_id), "drafted once")):
        return
    client = client_of(work, suggested.client_id)
    base = newest(work, client.id)
    first, last = max(work.today(client), base.starts), thaw(base.content).period.last
    effective = max(suggested.effective, first)
    if effective > last:
        return
    request = ChangeRequest(
        id=request_id,
        client_id=client.id,
        base_id=base.id,
        edits=pack(suggested.edits),
        reason=suggested.reason,
        effective=effective,
        state=RequestState.DRAFT,
        made_by=account_id,
        made_at=work.now,
    )
    _begun(work, request)
    if suggested.because:
        causes.note(work, request, *suggested.because)


@command(Resource.CHANGE, Action.WRITE)
def set_details(
    work: Work, request: ChangeRequest, reason: str, effective: date, *, urgent: bool, reason_shared: bool
) -> None:
    """Write the reason or the day anew; another day moves everybody's part."""
    _by_asker(work, request)
    check_day(work, client_of(work, request.client_id), _base(work, request), effective, urgent=urgent)
    request.reason, request.effective = reason, effective
    request.urgent, request.reason_shared = urgent, reason_shared
    _edited(work, request)


@command(Resource.CHANGE, Action.WRITE)
def edit_line(work: Work, request: ChangeRequest, line_id: UUID, terms: Terms | None) -> None:
    """Say what one line of the plan would be; ``terms`` None ends it."""
    _by_asker(work, request)
    _put(work, request, line_id, terms)
    _edited(work, request)


@command(Resource.CHANGE, Action.WRITE)
def add_line(work: Work, request: ChangeRequest, terms: Terms) -> UUID:
    """Ask for a support that is not in the plan yet; gives its new id back."""
    _by_asker(work, request)
    line_id = uuid4()
    _put(work, request, line_id, terms)
    _edited(work, request)
    return line_id


@command(Resource.CHANGE, Action.WRITE)
def leave_line(work: Work, request: ChangeRequest, line_id: UUID) -> None:
    """Leave one line as it is in the plan after all."""
    _by_asker(work, request)
    request.edits = pack(edit for edit in unpack(request.edits) if edit.line_id != line_id)
    _edited(work, request)


def _put(work: Work, request: ChangeRequest, line_id: UUID, terms: Terms | None) -> None:
    plan = thaw(_base(work, request).content)
    check_line(request, plan, line_id, terms, request.made_for)
    others = [edit for edit in unpack(request.edits) if edit.line_id != line_id]
    request.edits = pack([*others, Edit(line_id, terms)])


def _edited(work: Work, request: ChangeRequest) -> None:
    """Only the yeses whose part moved are void; the others stay."""
    void = 0
    client = client_of(work, request.client_id)
    if request.state is not RequestState.DRAFT:
        _must_move_something(work, request)
        void = settle(work, client, request)
        tell_parties(work, request, Given.WAITING)
    work.record(
        events.ChangeEdited(client_id=request.client_id, subject=request.id, effective=request.effective, void=void)
    )
    reach(work, client, request)


@command(Resource.CHANGE, Action.WRITE)
def ask(work: Work, request: ChangeRequest) -> None:
    """Ask everybody who must agree; whoever asks has agreed by that, where their yes is needed too."""
    must_be_mine(work, request, Act.ASK)
    must_fit(work, request)
    client = client_of(work, request.client_id)
    check_day(work, client, _base(work, request), request.effective, urgent=request.urgent)
    if not moved(work, request):
        raise Refusal(words("Nothing is different yet. Choose a support and say what should change."))
    request.move(RequestState.OPEN)
    request.asked_at = work.now
    settle(work, client, request)
    work.record(
        events.ChangeAsked(client_id=client.id, subject=request.id, effective=request.effective, urgent=request.urgent)
    )
    tell_parties(work, request, Given.WAITING)
    reach(work, client, request)


@command(Resource.CHANGE, Action.WRITE)
def withdraw(work: Work, request: ChangeRequest) -> None:
    """Take the change back; the plan stays as it is."""
    must_be_mine(work, request, Act.WITHDRAW)
    request.move(RequestState.WITHDRAWN)
    request.ended_at = work.now
    work.session.flush()
    work.record(events.ChangeWithdrawn(client_id=request.client_id, subject=request.id, effective=request.effective))
    tell_parties(work, request, *Given)


@command(Resource.CHANGE, Action.WRITE)
def look_again(work: Work, request: ChangeRequest) -> None:
    """Hold the change against the plan as it is now; yeses whose part is still the same stay.

    A day that is over by now, or lies before the plan as it is now, becomes the first possible one. Refusal when the
    plan has become so that nothing of the change is left.
    """
    must_be_mine(work, request, Act.LOOK_AGAIN)
    client, base = client_of(work, request.client_id), newest(work, request.client_id)
    plan = thaw(base.content)
    known = {line.id for line in plan.lines}
    before = {line.id for line in thaw(_base_of(work, request).content).lines}
    kept = [edit for edit in unpack(request.edits) if edit.line_id in known or edit.line_id not in before]
    request.base_id, request.edits = base.id, pack(kept)
    if request.made_for is not None:
        request.edits = pack(e for e in kept if provider_of(plan.line(e.line_id).terms)[0] == request.made_for)
    void = 0
    if request.state is not RequestState.DRAFT:
        if request.state is not RequestState.OPEN:
            request.move(RequestState.OPEN)
        request.agreed_at = request.ended_at = None
        request.effective = max(request.effective, base.starts, *(() if request.urgent else (work.today(client),)))
        _must_move_something(work, request)
        void = settle(work, client, request)
        tell_parties(work, request, Given.WAITING)
    work.record(events.ChangeRenewed(client_id=client.id, subject=request.id, effective=request.effective, void=void))
    reach(work, client, request)


def _must_move_something(work: Work, request: ChangeRequest) -> None:
    """What is asked differs from the plan in something: of nothing nobody is asked, so it would wait for ever."""
    if not moved(work, request):
        raise Refusal(words("Then nothing is left of this change. You can take it back instead."))


def _by_asker(work: Work, request: ChangeRequest) -> None:
    must_be_mine(work, request, Act.EDIT)
    must_fit(work, request)


def _base(work: Work, request: ChangeRequest) -> PlanVersion:
    return newest(work, request.client_id)  # the same as its own: ``must_fit`` has looked


def _base_of(work: Work, request: ChangeRequest) -> PlanVersion:
    return versions_to(work, request)[-1]
