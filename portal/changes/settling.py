"""What stands behind a change: the plan it is made from, what may be edited, and the yeses it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.changes import events
from portal.changes.edits import Edit, Move, line_hashes, moves, unpack
from portal.changes.effect import Effect, effect
from portal.changes.engine import Days, follows, still_agreed
from portal.changes.model import Answer, Authorisation, ChangeRequest
from portal.changes.parties import Seat, Touch, Whose, seats, touches
from portal.changes.rules import Asks, relied_on, urgent_days_back
from portal.changes.states import ANSWERS, REFUSED, WAITS, Act, Given, How, RequestState
from portal.people import queries as people
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.plans.telling import kept_from, members_of, members_of_each, tell
from portal.proposals.cut import clip
from portal.proposals.frozen import FrozenProposal, thaw
from portal.proposals.lines import of_schedule
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal, Work, refuse


def versions(work: Work, client_id: UUID) -> Sequence[PlanVersion]:
    """All versions of a plan in order, for working out what a change does; what is shown of it is decided elsewhere."""
    wanted = select(PlanVersion).where(PlanVersion.client_id == client_id).order_by(PlanVersion.number)
    return work.session.scalars(unscoped(wanted, "a change is measured against the whole plan")).all()


def versions_to(work: Work, request: ChangeRequest) -> Sequence[PlanVersion]:
    """The versions up to the one a change was made from."""
    found = versions(work, request.client_id)
    (base,) = [version for version in found if version.id == request.base_id]
    return [version for version in found if version.number <= base.number]


def newest(work: Work, client_id: UUID) -> PlanVersion:
    """The version a new change is made from; Refusal when there is no plan yet."""
    found = versions(work, client_id)
    if not found:
        raise Refusal(words("There is no plan in force yet. Go on working on the draft instead."))
    return found[-1]


def plan_of(work: Work, request: ChangeRequest) -> FrozenProposal:
    """The plan a change was made from."""
    return thaw(versions_to(work, request)[-1].content)


def terms_of(work: Work, request: ChangeRequest, line_id: UUID) -> tuple[Terms, bool]:
    """What one line would say as the change stands, and whether it touches the line; NotVisible for no such line.

    Units that are still to come are counted from the day of the change.
    """
    edited = {edit.line_id: edit for edit in unpack(request.edits)}
    if line_id in edited and (terms := edited[line_id].terms) is not None:
        return terms, True
    for line in plan_of(work, request).lines:
        if line.id == line_id:
            left = clip(line.terms, request.effective, line.terms.ends) or line.terms
            return replace(line.terms, schedule=left.schedule), line_id in edited
    raise NotVisible


def fits(work: Work, request: ChangeRequest) -> bool:
    """Whether the plan is still the one the change was made from."""
    return newest(work, request.client_id).id == request.base_id


def must_fit(work: Work, request: ChangeRequest) -> None:
    """Refuse when the plan has changed since."""
    if not fits(work, request):
        raise Refusal(words("The plan has changed since this was asked. It must be looked at again first."))


def gone_by(work: Work, request: ChangeRequest) -> bool:
    """Whether the day of a change went by before everybody had agreed; an urgent one may begin later than its day."""
    waits = request.state in (RequestState.OPEN, RequestState.SUPERSEDED) and not request.urgent
    return waits and request.effective < work.today(client_of(work, request.client_id))


def moved(work: Work, request: ChangeRequest) -> tuple[Move, ...]:
    """What the change makes of the plan it was made from."""
    return moves(thaw(versions_to(work, request)[-1].content), unpack(request.edits), request.effective)


def worked_out(work: Work, client: Client, request: ChangeRequest) -> tuple[Effect, Sequence[Touch], Sequence[Seat]]:
    """What a change costs, what it touches, and who has to say yes to it, as things stand now."""
    up_to = versions_to(work, request)
    base = thaw(up_to[-1].content)
    found = moves(base, unpack(request.edits), request.effective)
    costs = effect(work, client, up_to, found, request.effective)
    touched = touches(base, found, costs.dearer)
    return costs, touched, seats(work, client, base, touched, request.effective) if touched else ()


def check_day(work: Work, client: Client, version: PlanVersion, effective: date, *, urgent: bool) -> None:
    """Refuse a day on which this change cannot begin."""
    today, plan = work.today(client), thaw(version.content)
    earliest = today - timedelta(days=urgent_days_back()) if urgent else today
    if effective < today and not urgent:
        sentence = words("Choose today or a later day. If it is urgent, say so, and it may be earlier.")
        raise Refusal(sentence, "effective")
    first = max(earliest, plan.period.first, version.starts)
    if not first <= effective <= plan.period.last:
        raise Refusal(words("Choose a day from {first} to {last}.", first=first, last=plan.period.last), "effective")


def check_line(
    request: ChangeRequest, plan: FrozenProposal, line_id: UUID, terms: Terms | None, ours: UUID | None
) -> None:
    """Refuse what a line may not say. A provider (``ours``) touches its own lines only and gives none away."""
    before = next((line.terms for line in plan.lines if line.id == line_id), None)
    if ours is not None:
        own = before is not None and before.provider_id == ours
        if not own or (terms is not None and terms.provider_id != ours):
            raise Refusal(words("You can ask for a change of your own supports only."))
    if terms is None:
        if before is None:
            raise Refusal(words("This support is not in the plan."))
        return
    first, last = request.effective, plan.period.last
    within = first <= terms.ends <= last
    refuse(
        name=None if terms.name else words("Give the support a name."),
        ends=None if within else words("Choose a day from {first} to {last}.", first=first, last=last),
        **of_schedule(terms),
    )


def authorisations(work: Work, request_id: UUID, *, locked: bool = False) -> Sequence[Authorisation]:
    """Every yes a change needs, whoever asks; ``locked`` makes two answers at once come one after the other."""
    if locked:
        lock = select(ChangeRequest.id).where(ChangeRequest.id == request_id).with_for_update()
        work.session.execute(unscoped(lock, "two answers at once"))
    wanted = select(Authorisation).where(Authorisation.request_id == request_id).order_by(Authorisation.id)
    fresh = wanted.execution_options(populate_existing=locked)
    return work.session.scalars(unscoped(fresh, "whether everybody has agreed")).all()


def refused(work: Work, request: ChangeRequest) -> bool:
    """Whether somebody said no or asks for something else; whoever asked is told that much."""
    return any(row.state in REFUSED for row in authorisations(work, request.id))


def settle(work: Work, client: Client, request: ChangeRequest) -> int:
    """Bring the needed yeses to what the change says now; how many answers are void because their part moved."""
    known = {row.whose: row for row in authorisations(work, request.id)}
    void, wanted = 0, worked_out(work, client, request)[2]
    for seat in wanted:
        row = known.pop(seat.whose, None)
        if row is None:
            row = _new(request, seat)
            work.session.add(row)
        else:
            void += row.take_part(seat.content, seat.hash, seat.packed, work.now)
        row.instead, row.authority_id = seat.asks is Asks.INSTEAD, seat.authority_id
        row.several, row.at_once = seat.several, seat.at_once
        if (seat.asks is Asks.TOLD) != (row.state is Given.TOLD):
            row.state = Given.TOLD if seat.asks is Asks.TOLD else Given.WAITING
        asked = seat.party is Relationship.PROVIDER and seat.asks is not Asks.TOLD
        if asked and seat.organisation_id:  # whoever is asked can read and answer their part
            work.later("people.let_in_provider", client_id=client.id, organisation_id=seat.organisation_id)
        if row.state is Given.WAITING and _asks_itself(request, seat):
            row.answer(Given.AGREED, How.ASKED, work.now, request.made_by, "")
    for row in known.values():
        work.session.delete(row)
    work.session.flush()
    return void


def _new(request: ChangeRequest, seat: Seat) -> Authorisation:
    return Authorisation(
        client_id=request.client_id,
        request_id=request.id,
        party=seat.party,
        account_id=seat.account_id,
        organisation_id=seat.organisation_id,
        provider_name=seat.provider_name,
        matters=seat.packed,
        content=seat.content,
        hash=seat.hash,
        several=seat.several,
        at_once=seat.at_once,
        state=Given.TOLD if seat.asks is Asks.TOLD else Given.WAITING,
    )


def _asks_itself(request: ChangeRequest, seat: Seat) -> bool:
    """Whoever asks has said yes by asking; a provider's staff for their organisation, others for themselves."""
    if request.made_for is not None:
        return seat.organisation_id == request.made_for
    return seat.account_id == request.made_by


def following(work: Work, client: Client, request: ChangeRequest) -> RequestState:
    """The state a change comes to by itself from where it is, by the rules of engine.py; nothing is written.

    None follows once its day has gone by: nobody agreed to something for days that are over.
    """
    if gone_by(work, request):
        return request.state
    votes = [row.vote for row in authorisations(work, request.id, locked=True)]
    days = Days(work.today(client), request.effective, request.ratify_by)
    return follows(request.state, votes, days, urgent=request.urgent)


def people_of(work: Work, row: Authorisation | Seat) -> Collection[UUID]:
    """The accounts that can answer for one party."""
    if row.organisation_id is not None:
        return members_of(work, row.organisation_id)
    return {row.account_id} if row.account_id else set()


def tell_party(work: Work, request: ChangeRequest, row: Authorisation, why: str) -> None:
    """Write to those who answer for one party, and from whom nothing is hidden, that there is something to read."""
    tell(work, set(people_of(work, row)) - kept_from(work, row.client_id), f"change-{row.id}-{why}", path_of(request))


def tell_parties(work: Work, request: ChangeRequest, *states: Given) -> None:
    """Write to those who stand at one of these states that there is something to read; read for all of them at once."""
    rows = [row for row in authorisations(work, request.id) if row.state in states]
    answering = members_of_each(work, [row.organisation_id for row in rows if row.organisation_id])
    hidden = kept_from(work, request.client_id)
    for row in rows:
        them = answering.get(row.organisation_id, set()) if row.organisation_id else {row.account_id} - {None}
        key = f"change-{row.id}-{row.hash[:12]}-{row.state}"
        tell(work, {one for one in them if one} - hidden, key, path_of(request))


def tell_asker(work: Work, request: ChangeRequest, why: str) -> None:
    """Write to whoever asks for the change."""
    told = {request.made_by} - kept_from(work, request.client_id)
    tell(work, told, f"change-{request.id}-{why}-{work.moment}", path_of(request))


def path_of(request: ChangeRequest) -> str:
    """Where a change is read."""
    return f"/people/{request.client_id}/changes/{request.id}"


def client_of(work: Work, client_id: UUID) -> Client:
    """Whose plan it is, for rules that look at the whole of it."""
    return people.client_of(work, client_id, "whose plan it is")


def request_of(work: Work, request_id: UUID) -> ChangeRequest:
    """The change a part belongs to, locked and as it is now, so that two answers come one after the other."""
    wanted = select(ChangeRequest).where(ChangeRequest.id == request_id).with_for_update()
    fresh = unscoped(wanted, "the change a part belongs to").execution_options(populate_existing=True)
    return work.session.scalars(fresh).one()


def must_be_mine(work: Work, request: ChangeRequest, act: Act) -> None:
    """Only whoever asks edits the change, so that nobody's words are changed under their name; Refusal otherwise."""
    if request.made_by != work.account_id:
        raise Refusal(words("Only the person who asks for this change can edit it or take it back."))
    request.must_allow(act)


def reach(work: Work, client: Client, request: ChangeRequest) -> None:
    """Bring a change to the state that follows from the answers. Whatever changes the plan is left to a job."""
    state = following(work, client, request)
    if request.state is RequestState.OPEN and state in (RequestState.AGREED, RequestState.DONE):
        request.move(RequestState.AGREED)
        request.agreed_at = work.now
        work.session.flush()
        work.record(events.ChangeAgreed(client_id=request.client_id, subject=request.id, effective=request.effective))
        tell_parties(work, request, Given.AGREED, Given.TOLD)
        tell_asker(work, request, "agreed")
        work.later("changes.take_effect", request_id=request.id)
    elif request.state in WAITS and state in (RequestState.RUNNING, RequestState.DONE):
        work.later("changes.take_effect", request_id=request.id)
    elif request.state is RequestState.AGREED and state is RequestState.OPEN:
        request.move(RequestState.OPEN)
        request.agreed_at = None
    elif request.state is RequestState.RUNNING and state is RequestState.DONE:
        settle(work, client, request)  # who must agree may have changed since they were asked
        if following(work, client, request) is not RequestState.DONE:
            tell_parties(work, request, Given.WAITING)
            return
        request.move(RequestState.DONE)
        request.agreed_at = work.now
        work.session.flush()
        work.record(events.ChangeRatified(client_id=client.id, subject=request.id, effective=request.effective))
        tell_parties(work, request, Given.AGREED, Given.TOLD)


def answers_of(work: Work, request: ChangeRequest) -> Mapping[Whose, Answer]:
    """What each party of a change has answered so far."""
    return {row.whose: row.given for row in authorisations(work, request.id) if row.state in ANSWERS}


def carry_over(work: Work, request: ChangeRequest, known: Mapping[Whose, Answer]) -> None:
    """Keep the answers to a larger change that were given to these very lines by themselves (engine.still_agreed)."""
    for row in authorisations(work, request.id):
        old = known.get(row.whose)
        if old is None or row.state is Given.TOLD:
            continue
        was, now = line_hashes(old.content), line_hashes(row.content)
        apart = None if old.apart is None else frozenset(was[line] for line in old.apart if line in was)
        same = frozenset(was.values()) == frozenset(now.values())
        if same:
            row.keep(old, old.state, old.apart)
        elif old.state in (Given.AGREED, Given.PARTLY) and still_agreed(
            frozenset(was.values()), apart, frozenset(now.values())
        ):
            row.keep(old, Given.AGREED, frozenset(now))
        elif old.state is Given.PARTLY:
            left = (old.apart or frozenset()) & frozenset(now)
            row.keep(old, Given.PARTLY if left else Given.OTHER, left or None)


def going_back(work: Work, request: ChangeRequest, *, everything: bool) -> tuple[Sequence[Move], frozenset[UUID]]:
    """What would be as before an urgent change, from today on, and the lines of it that stay as they are.

    Without ``everything`` whatever somebody relies on with their body stays. A line that was changed again since has
    been agreed to in its new shape, and is left alone.
    """
    every = versions(work, request.client_id)
    plan, today = thaw(every[-1].content), work.today(client_of(work, request.client_id))
    now = {line.id: line.terms for line in plan.lines}
    back, kept = [], set()
    for move in moved(work, request):
        if now.get(move.line_id) != move.after:
            continue
        if not everything and relied_on(plan.program, move.before, move.after):
            kept.add(move.line_id)
            continue
        back.append(Edit(move.line_id, clip(move.before, today, move.before.ends) if move.before else None))
    return moves(plan, back, max(today, every[-1].starts)), frozenset(kept)
