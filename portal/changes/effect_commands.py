"""The verbs by which a change holds, and of an urgent one: reminding, its end, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.changes import events
from portal.changes.edits import Move, moves, pack, unpack
from portal.changes.effect import next_content
from portal.changes.model import ChangeRequest
from portal.changes.rules import days_without_all, go_on_days, remind_days_before
from portal.changes.settling import (
    authorisations,
    client_of,
    following,
    going_back,
    gone_by,
    moved,
    newest,
    path_of,
    people_of,
    reach,
    settle,
    tell_parties,
    versions,
    versions_to,
)
from portal.changes.states import WAITS, Act, Given, RequestState
from portal.people.model import Client
from portal.plans import commands as plans
from portal.plans.model import PlanVersion
from portal.plans.telling import SELF, holders, keepers, kept_from, tell
from portal.proposals.frozen import thaw
from portal.work import NotVisible, Refusal, Work, command, open_command

DECIDERS = frozenset({Relationship.CLIENT, Relationship.AUTHORITY, Relationship.LEAD})


@open_command
def take_effect(work: Work, request: ChangeRequest) -> None:
    """For the system: once its day has come, a change becomes the next version; done twice it is still one.

    Who must agree is worked out once more: an authority that has ended, or somebody new with a say, counts from now.
    An urgent one begins with the yes of those who cannot wait, and holds for some days before everybody has agreed.
    """
    client = client_of(work, request.client_id)
    if request.state not in WAITS or following(work, client, request) in WAITS:
        return
    if newest(work, client.id).id != request.base_id:
        _bring_up_to_date(work, client, request)
        return
    settle(work, client, request)
    state = following(work, client, request)
    if state in WAITS:
        reach(work, client, request)
        tell_parties(work, request, Given.WAITING)
        tell(work, keepers(work, client.id), f"change-{request.id}-again-{work.day.isoformat()}", path_of(request))
        return
    version = _into_force(work, client, request)
    request.became_id, request.ended_at = version.id, work.now
    if state is RequestState.RUNNING:
        _begin(work, client, request)
    else:
        if request.state is RequestState.OPEN:
            request.move(RequestState.AGREED)
        request.move(RequestState.DONE)
        work.session.flush()
        work.record(
            events.ChangeTookEffect(
                client_id=client.id, subject=request.id, effective=request.effective, number=version.number
            )
        )
        tell_parties(work, request, Given.AGREED)
    tell(work, holders(work, client.id, SELF), f"change-{request.id}-done", path_of(request))
    for other in _waiting(work, client.id):
        _bring_up_to_date(work, client, other)


def _into_force(work: Work, client: Client, request: ChangeRequest) -> PlanVersion:
    rows = authorisations(work, request.id, locked=True)
    deciders = [row for row in rows if row.party in SELF and row.state is Given.AGREED and row.answered_by]
    content = next_content(work, client, versions_to(work, request), moved(work, request), request.effective)
    return plans.put_in_force(
        work,
        client,
        content,
        request.reason,
        starts=request.effective,
        agreed_by=deciders[0].answered_by if deciders else request.made_by,
        can={
            (row.organisation_id, row.provider_name)
            for row in rows
            if row.party in (Relationship.PROVIDER, Relationship.FAMILY) and row.state is Given.AGREED
        },
    )


def _begin(work: Work, client: Client, request: ChangeRequest) -> None:
    """Hold for now; the last day is announced to everybody at once."""
    if request.state is RequestState.AGREED:  # everybody had agreed, and then somebody else came to have a say
        request.move(RequestState.OPEN)
        request.agreed_at = None
    request.move(RequestState.RUNNING)
    request.ratify_by, request.reminded = work.today(client) + timedelta(days=days_without_all()), None
    work.session.flush()
    work.record(
        events.ChangeBegan(
            client_id=client.id, subject=request.id, effective=request.effective, until=request.ratify_by
        )
    )
    _tell_everybody(work, request, f"until-{request.ratify_by.isoformat()}")


@open_command
def remind(work: Work, request: ChangeRequest) -> None:
    """For the system: tell everybody some days before the last day of an urgent change; once for each of these days."""
    if request.state is not RequestState.RUNNING or request.ratify_by is None:
        return
    left = (request.ratify_by - work.today(client_of(work, request.client_id))).days
    due = [days for days in remind_days_before() if left <= days]
    if left < 0 or not due or (request.reminded is not None and request.reminded <= due[-1]):
        return
    request.reminded = due[-1]
    work.record(
        events.ChangeReminded(
            client_id=request.client_id, subject=request.id, effective=request.effective, until=request.ratify_by
        )
    )
    _tell_everybody(work, request, f"reminded-{request.ratify_by.isoformat()}-{due[-1]}")


@open_command
def lapse(work: Work, request: ChangeRequest) -> None:
    """For the system: the last day of an urgent change went by without everybody's yes.

    What nobody relies on with their body goes back to how it was before. What somebody relies on goes on as it is,
    until a person decides; whoever looks after the plan is told to see to that.
    """
    client = client_of(work, request.client_id)
    if request.state is not RequestState.RUNNING or following(work, client, request) is not RequestState.LAPSED:
        return
    back, kept = going_back(work, request, everything=False)
    _go_back(work, client, request, back)
    if kept:
        request.move(RequestState.LAPSED)
        request.edits = pack(edit for edit in unpack(request.edits) if edit.line_id in kept)
    else:
        request.move(RequestState.ENDED)
    work.session.flush()
    work.record(
        events.ChangeLapsed(
            client_id=client.id, subject=request.id, effective=request.effective, back=len(back), kept=len(kept)
        )
    )
    _tell_everybody(work, request, "lapsed")


@command(Resource.CHANGE, Action.APPROVE)
def decide(work: Work, request: ChangeRequest, *, goes_on: bool, said: str) -> None:
    """Decide about an urgent change that holds for now: it goes on for some weeks more, or the plan is as before.

    For the person, who decides for them by law, and whoever coordinates; their name and words stay with it. Going on is
    no yes of anybody: those who have not agreed are still asked.
    """
    if work.decision is None or work.decision.relationship not in DECIDERS:
        raise NotVisible
    request.must_allow(Act.DECIDE)
    if goes_on and request.state is RequestState.RUNNING:
        raise Refusal(words("It goes on already. Decide about it after {day}.", day=request.ratify_by or work.day))
    if not said:
        raise Refusal(words("Say in a sentence why, so that everybody can understand it."), "said")
    client = client_of(work, request.client_id)
    request.decided_at, request.decided_by, request.decided_said = work.now, work.account_id, said
    if goes_on:
        request.move(RequestState.RUNNING)
        request.ratify_by, request.reminded = work.today(client) + timedelta(days=go_on_days()), None
        settle(work, client, request)
    else:
        back, _ = going_back(work, request, everything=True)
        _go_back(work, client, request, back)
        request.move(RequestState.ENDED)
    work.session.flush()
    work.record(
        events.ChangeDecided(client_id=client.id, subject=request.id, effective=request.effective, goes_on=goes_on)
    )
    _tell_everybody(work, request, f"decided-{work.moment}")
    reach(work, client, request)


def _go_back(work: Work, client: Client, request: ChangeRequest, back: Sequence[Move]) -> None:
    """The next version, in which some lines are as they were before the change, from today on."""
    if not back:
        return
    before = versions(work, client.id)
    first = max(work.today(client), before[-1].starts)
    content = next_content(work, client, before, back, first)
    version = plans.put_in_force(work, client, content, "", starts=first, agreed_by=work.account_id)
    request.reverted_id = version.id
    for other in _waiting(work, client.id):
        _bring_up_to_date(work, client, other)


@open_command
def ask_anew(work: Work, client: Client) -> None:
    """For the system: who must agree to every change that is asked or holds for now, as people stand today.

    One made from an older version, or whose day has gone by, must be looked at again first.
    """
    for request in _waiting(work, client.id, *WAITS, RequestState.RUNNING):
        fits = request.state is RequestState.RUNNING or request.base_id == newest(work, client.id).id
        before = {row.whose for row in authorisations(work, request.id)}
        if not fits or gone_by(work, request):
            continue
        settle(work, client, request)
        if before != {row.whose for row in authorisations(work, request.id)}:
            work.record(events.AskedAnew(client_id=client.id, subject=request.id, effective=request.effective))
            tell_parties(work, request, Given.WAITING)
        reach(work, client, request)


@open_command
def bring_up_to_date(work: Work, client: Client) -> None:
    """For the system: every change that waits goes over to the newest version, or must be looked at again."""
    latest = newest(work, client.id)
    for request in _waiting(work, client.id):
        if request.base_id != latest.id or gone_by(work, request):
            _bring_up_to_date(work, client, request)


def _bring_up_to_date(work: Work, client: Client, request: ChangeRequest) -> None:
    """A change whose lines the newest version left alone goes on, with every yes to a part that is still the same.

    Any other was asked about a plan that is no more: nobody can agree to it before it was looked at again.
    """
    latest = newest(work, client.id)
    plan = thaw(latest.content)
    untouched = moves(plan, unpack(request.edits), request.effective) == moved(work, request)
    if gone_by(work, request) or not untouched or not latest.starts <= request.effective <= plan.period.last:
        _supersede(work, request)
        return
    request.base_id = latest.id
    work.session.flush()
    void = settle(work, client, request)
    work.record(events.ChangeRenewed(client_id=client.id, subject=request.id, effective=request.effective, void=void))
    tell_parties(work, request, Given.WAITING)
    reach(work, client, request)


def _supersede(work: Work, request: ChangeRequest) -> None:
    """Every yes to it counts no more: whoever gave one is told, with who asked and who looks after the plan."""
    request.move(RequestState.SUPERSEDED)
    request.ended_at = work.now
    work.session.flush()
    work.record(events.ChangeSuperseded(client_id=request.client_id, subject=request.id, effective=request.effective))
    agreed = [row for row in authorisations(work, request.id) if row.state in (Given.AGREED, Given.PARTLY)]
    told = keepers(work, request.client_id) | {request.made_by}
    told = told.union(*(people_of(work, row) for row in agreed)) - kept_from(work, request.client_id)
    tell(work, told, f"change-{request.id}-superseded-{work.moment}", path_of(request))


def _tell_everybody(work: Work, request: ChangeRequest, why: str) -> None:
    """All parties, the person, who decides for them, who asked, and who looks after the plan."""
    tell_parties(work, request, *Given)
    told = holders(work, request.client_id, SELF) | keepers(work, request.client_id) | {request.made_by}
    told -= kept_from(work, request.client_id)
    tell(work, told, f"change-{request.id}-{why}", path_of(request))


def _waiting(work: Work, client_id: UUID, *states: RequestState) -> list[ChangeRequest]:
    wanted = select(ChangeRequest).where(ChangeRequest.client_id == client_id, ChangeRequest.state.in_(states or WAITS))
    return list(work.session.scalars(unscoped(wanted, "changes that wait, for the system")))
