"""The verbs of a change: write it down, ask, answer, take it back, look at it again, let it hold."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.changes import events
from portal.changes.drafts import Suggested
from portal.changes.edits import Edit, pack, provider_of, unpack
from portal.changes.effect import next_content
from portal.changes.model import Authorisation, ChangeRequest, all_agreed
from portal.changes.settling import (
    authorisations,
    check_day,
    check_line,
    moved,
    must_fit,
    newest,
    people_of,
    settle,
    tell_asker,
    tell_parties,
    versions_to,
)
from portal.changes.states import WAITS, Given, How, RequestState
from portal.people.model import Client
from portal.plans import commands as plans
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.telling import SELF, holders, keepers, tell
from portal.proposals.frozen import thaw
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal, Work, command, open_command


@command(Resource.CHANGE, Action.WRITE)
def start(
    work: Work, client: Client, reason: str, effective: date, *, urgent: bool = False, reason_shared: bool = False
) -> ChangeRequest:
    """Begin to write down a change of the plan; nobody else sees it before it is asked."""
    return _start(work, client, reason, effective, urgent=urgent, reason_shared=reason_shared, made_for=None)


@command(Resource.CHANGE, Action.WRITE)
def start_as_provider(
    work: Work, part: PlanPart, reason: str, effective: date, *, urgent: bool = False, reason_shared: bool = True
) -> ChangeRequest:
    """The same for a provider, about its own parts only."""
    if work.decision is None or work.decision.relationship is not Relationship.PROVIDER:
        raise NotVisible
    client = _client(work, part.client_id)
    return _start(
        work, client, reason, effective, urgent=urgent, reason_shared=reason_shared, made_for=part.provider_id
    )


def _start(
    work: Work,
    client: Client,
    reason: str,
    effective: date,
    *,
    urgent: bool,
    reason_shared: bool,
    made_for: UUID | None,
) -> ChangeRequest:
    base = newest(work, client.id)
    check_day(work, client, base, effective, urgent=urgent)
    request = ChangeRequest(
        client_id=client.id,
        base_id=base.id,
        edits=pack(()),
        reason=reason,
        reason_shared=reason_shared,
        effective=effective,
        urgent=urgent,
        state=RequestState.DRAFT,
        made_by=work.account_id,
        made_for=made_for,
        made_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    work.record(events.ChangeStarted(client_id=client.id, subject=request.id, effective=effective))
    return request


@open_command
def draft_for(work: Work, suggested: Suggested, request_id: UUID, account_id: UUID) -> None:
    """For the system: write down a change that somebody had drafted, for them to edit; done twice it is still one.

    Whoever had it drafted was permitted then, and asks, edits or takes it back like any change of their own. A day on
    which no change can begin becomes the next one that can; a plan that is over by now gets none.
    """
    if work.session.scalar(unscoped(select(ChangeRequest.id).where(ChangeRequest.id == request_id), "drafted once")):
        return
    client = _client(work, suggested.client_id)
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
    work.session.add(request)
    work.session.flush()
    work.record(events.ChangeStarted(client_id=client.id, subject=request.id, effective=effective))


@command(Resource.CHANGE, Action.WRITE)
def set_details(
    work: Work, request: ChangeRequest, reason: str, effective: date, *, urgent: bool, reason_shared: bool
) -> None:
    """Write the reason or the day anew; another day moves everybody's part."""
    _by_asker(work, request)
    check_day(work, _client(work, request.client_id), _base(work, request), effective, urgent=urgent)
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
    if request.state is not RequestState.DRAFT and not moved(work, request):
        raise Refusal(words("Then nothing is left of this change. You can take it back instead."))
    _edited(work, request)


def _put(work: Work, request: ChangeRequest, line_id: UUID, terms: Terms | None) -> None:
    plan = thaw(_base(work, request).content)
    check_line(request, plan, line_id, terms, request.made_for)
    others = [edit for edit in unpack(request.edits) if edit.line_id != line_id]
    request.edits = pack([*others, Edit(line_id, terms)])


def _edited(work: Work, request: ChangeRequest) -> None:
    """Only the yeses whose part moved are void; the others stay."""
    void = 0
    if request.state is not RequestState.DRAFT:
        request.state, request.agreed_at = RequestState.OPEN, None
        void = settle(work, _client(work, request.client_id), request)
        tell_parties(work, request, Given.WAITING)
    work.record(
        events.ChangeEdited(
            client_id=request.client_id, subject=request.id, effective=request.effective, void=void
        )
    )
    _all_agreed(work, request)


@command(Resource.CHANGE, Action.WRITE)
def ask(work: Work, request: ChangeRequest) -> None:
    """Ask everybody who must agree; whoever asks has agreed by that, where their yes is needed too."""
    _by_asker(work, request)
    if request.state is not RequestState.DRAFT:
        raise Refusal(words("This was asked already."))
    client = _client(work, request.client_id)
    check_day(work, client, _base(work, request), request.effective, urgent=request.urgent)
    if not moved(work, request):
        raise Refusal(words("Nothing is different yet. Choose a support and say what should change."))
    request.state, request.asked_at = RequestState.OPEN, work.now
    settle(work, client, request)
    work.record(
        events.ChangeAsked(
            client_id=client.id, subject=request.id, effective=request.effective, urgent=request.urgent
        )
    )
    tell_parties(work, request, Given.WAITING)
    _all_agreed(work, request)


@command(Resource.CHANGE, Action.APPROVE)
def answer(work: Work, row: Authorisation, given: Given, said: str = "") -> None:
    """Say yes, no, or ask for something else: for one's own part, or for the organisation one belongs to."""
    if work.account_id not in people_of(work, row):
        raise NotVisible
    _take(work, row, given, How.ACCOUNT, said, "")


@command(Resource.CHANGE, Action.APPROVE)
def record_telephone_answer(
    work: Work, row: Authorisation, given: Given, said: str, spoke_with: str
) -> None:
    """Keep what a provider without an account said on the telephone: who, when, in which words, who took the call."""
    if row.party is not Relationship.PROVIDER or people_of(work, row):
        raise Refusal(words("They answer for themselves here. Nobody else can do it for them."))
    if not spoke_with or not said:
        raise Refusal(words("Say whom you spoke with, and what they said."), "said" if spoke_with else "spoke_with")
    _take(work, row, given, How.TELEPHONE, said, spoke_with)


def _take(work: Work, row: Authorisation, given: Given, how: How, said: str, spoke_with: str) -> None:
    request = _request(work, row.request_id)
    if request.state not in WAITS:
        raise Refusal(words("This change does not wait for an answer any more."))
    must_fit(work, request)
    row.answer(given, how, work.now, work.account_id, said, spoke_with)
    work.session.flush()
    work.record(
        events.ChangeAnswered(
            client_id=request.client_id,
            subject=request.id,
            effective=request.effective,
            party=row.party,
            answer=given,
            how=how,
        )
    )
    tell_asker(work, request, "answered")
    if given is not Given.AGREED:
        request.state, request.agreed_at = RequestState.OPEN, None
        lead = keepers(work, request.client_id)
        tell(work, lead, f"change-{row.id}-{given}-{int(work.now.timestamp())}", _path(request))
    _all_agreed(work, request)


def _all_agreed(work: Work, request: ChangeRequest) -> None:
    """Once everybody has said yes the change waits for its day, or holds at once when its day is today."""
    if request.state is not RequestState.OPEN or not all_agreed(authorisations(work, request.id, locked=True)):
        return
    request.state, request.agreed_at = RequestState.AGREED, work.now
    work.session.flush()
    work.record(events.ChangeAgreed(client_id=request.client_id, subject=request.id, effective=request.effective))
    tell_parties(work, request, Given.AGREED, Given.TOLD)
    tell_asker(work, request, "agreed")
    work.later("changes.take_effect", request_id=request.id)


@command(Resource.CHANGE, Action.WRITE)
def withdraw(work: Work, request: ChangeRequest) -> None:
    """Take the change back; the plan stays as it is."""
    _mine(work, request)
    request.state, request.ended_at = RequestState.WITHDRAWN, work.now
    work.session.flush()
    work.record(events.ChangeWithdrawn(client_id=request.client_id, subject=request.id, effective=request.effective))
    tell_parties(work, request, *Given)


@command(Resource.CHANGE, Action.WRITE)
def look_again(work: Work, request: ChangeRequest) -> None:
    """Hold the change against the plan as it is now; yeses whose part is still the same stay.

    A day that is over by now, or lies before the plan as it is now, becomes the first possible one.
    """
    _mine(work, request)
    client, base = _client(work, request.client_id), newest(work, request.client_id)
    plan = thaw(base.content)
    known = {line.id for line in plan.lines}
    before = {line.id for line in thaw(_base_of(work, request).content).lines}
    kept = [edit for edit in unpack(request.edits) if edit.line_id in known or edit.line_id not in before]
    request.base_id, request.edits = base.id, pack(kept)
    if request.made_for is not None:
        request.edits = pack(e for e in kept if provider_of(plan.line(e.line_id).terms)[0] == request.made_for)
    void = 0
    if request.state is not RequestState.DRAFT:
        request.state, request.agreed_at, request.ended_at = RequestState.OPEN, None, None
        request.effective = max(request.effective, base.starts, *(() if request.urgent else (work.today(client),)))
        void = settle(work, client, request)
        tell_parties(work, request, Given.WAITING)
    work.record(
        events.ChangeRenewed(client_id=client.id, subject=request.id, effective=request.effective, void=void)
    )
    _all_agreed(work, request)


@open_command
def take_effect(work: Work, request: ChangeRequest) -> None:
    """For the system: once its day has come, an agreed change becomes the next version; done twice it is still one."""
    client = _client(work, request.client_id)
    if request.state is not RequestState.AGREED or request.effective > work.today(client):
        return
    up_to = versions_to(work, request)
    if newest(work, client.id).id != request.base_id:
        _supersede(work, request)
        return
    rows = authorisations(work, request.id, locked=True)
    deciders = [row for row in rows if row.party in SELF and row.state is Given.AGREED and row.answered_by]
    content = next_content(work, client, up_to, moved(work, request), request.effective)
    version = plans.put_in_force(
        work,
        client,
        content,
        request.reason,
        starts=request.effective,
        agreed_by=deciders[0].answered_by if deciders else request.made_by,
        can={
            (row.organisation_id, row.provider_name)
            for row in rows
            if row.party is Relationship.PROVIDER and row.state is Given.AGREED
        },
    )
    request.state, request.ended_at, request.became_id = RequestState.DONE, work.now, version.id
    work.session.flush()
    work.record(
        events.ChangeTookEffect(
            client_id=client.id, subject=request.id, effective=request.effective, number=version.number
        )
    )
    tell_parties(work, request, Given.AGREED)
    tell(work, holders(work, client.id, SELF), f"change-{request.id}-done", _path(request))
    for other in _waiting(work, client.id):
        _supersede(work, other)


@open_command
def supersede_stale(work: Work, client: Client) -> None:
    """For the system: changes made from an earlier version must be looked at again; they cannot be agreed to before."""
    latest = newest(work, client.id)
    for request in _waiting(work, client.id):
        if request.base_id != latest.id:
            _supersede(work, request)


def _supersede(work: Work, request: ChangeRequest) -> None:
    request.state, request.ended_at = RequestState.SUPERSEDED, work.now
    work.session.flush()
    work.record(events.ChangeSuperseded(client_id=request.client_id, subject=request.id, effective=request.effective))
    tell_asker(work, request, "superseded")
    tell(work, keepers(work, request.client_id), f"change-{request.id}-superseded", _path(request))


def _waiting(work: Work, client_id: UUID) -> list[ChangeRequest]:
    wanted = select(ChangeRequest).where(ChangeRequest.client_id == client_id, ChangeRequest.state.in_(WAITS))
    return list(work.session.scalars(unscoped(wanted, "changes that wait, for the system")))


def _by_asker(work: Work, request: ChangeRequest) -> None:
    _mine(work, request)
    must_fit(work, request)


def _mine(work: Work, request: ChangeRequest) -> None:
    """Only whoever asks edits the change, so that nobody's words are changed under their name."""
    if request.made_by != work.account_id:
        raise Refusal(words("Only the person who asks for this change can edit it or take it back."))
    request.must_be_living()


def _base(work: Work, request: ChangeRequest) -> PlanVersion:
    return newest(work, request.client_id)  # the same as its own: ``must_fit`` has looked


def _base_of(work: Work, request: ChangeRequest) -> PlanVersion:
    return versions_to(work, request)[-1]


def _client(work: Work, client_id: UUID) -> Client:
    return work.session.scalars(unscoped(select(Client), "whose plan it is").where(Client.id == client_id)).one()


def _request(work: Work, request_id: UUID) -> ChangeRequest:
    wanted = select(ChangeRequest).where(ChangeRequest.id == request_id)
    return work.session.scalars(unscoped(wanted, "the change an answer is about")).one()


def _path(request: ChangeRequest) -> str:
    return f"/people/{request.client_id}/changes/{request.id}"
