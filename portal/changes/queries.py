"""Changes and the yeses they need, as far as the reader may see them; the plan's versions with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from budgeting.words import Name, Value, Words, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.accounts import queries as accounts
from portal.changes.engine import is_waited_for
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.states import ANSWERED_IN, IN_FORCE, REFUSED, WAITS, Given, RequestState
from portal.db import among
from portal.people import due, history, next_steps
from portal.people.due_days import LONGEST
from portal.people.model import Client
from portal.people.next_steps import Glance, NextStep
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.queries import provider_names
from portal.plans.states import PartState
from portal.plans.telling import SELF
from portal.work import NotVisible, Work

history.about("changes.", Resource.CHANGE)


def whose(work: Work, client_id: UUID) -> Client:
    """The client, for whoever may read the record, or has a part or a change of theirs; NotVisible otherwise.

    A provider reads the name on its own part, as it does on its brief (access table, identity, cell R i).
    """
    found = work.session.scalar(visible(work, Client).where(Client.id == client_id))
    if found is not None:
        return found
    for model in (PlanPart, Authorisation, ChangeRequest):
        own = limit(select(func.count()).select_from(model), work, model).where(model.client_id == client_id)
        if work.session.scalar(own):
            named = unscoped(select(Client), "named on a part of theirs").where(Client.id == client_id)
            return work.session.scalars(named).one()
    raise NotVisible


def requests(work: Work, client: Client) -> Sequence[ChangeRequest]:
    """The changes the reader may see whole, newest first."""
    wanted = visible(work, ChangeRequest).where(ChangeRequest.client_id == client.id)
    return work.session.scalars(wanted.order_by(ChangeRequest.made_at.desc(), ChangeRequest.id)).all()


def request(work: Work, client: Client, request_id: UUID) -> ChangeRequest | None:
    """One change of this client, when the reader may see it whole."""
    wanted = visible(work, ChangeRequest).where(ChangeRequest.client_id == client.id, ChangeRequest.id == request_id)
    return work.session.scalar(wanted)


def whole(work: Work, client: Client, request_id: UUID, *, mine: bool = False) -> ChangeRequest:
    """The same for verbs, with ``mine`` only for whoever asks for it; NotVisible otherwise."""
    found = request(work, client, request_id)
    if found is None or (mine and found.made_by != work.account_id):
        raise NotVisible
    return found


def rows(work: Work, client: Client, request_id: UUID) -> Sequence[Authorisation]:
    """The yeses of one change that the reader may see: all of them, or a provider's own."""
    wanted = visible(work, Authorisation).where(
        Authorisation.client_id == client.id, Authorisation.request_id == request_id
    )
    found = work.session.scalars(wanted).all()
    order = (*SELF, Relationship.PROVIDER, Relationship.FAMILY, Relationship.LEAD)
    return sorted(found, key=lambda row: (order.index(row.party), str(row.account_id or row.organisation_id)))


def row(work: Work, client: Client, request_id: UUID, row_id: UUID) -> Authorisation:
    """One of them; NotVisible otherwise."""
    found = next((one for one in rows(work, client, request_id) if one.id == row_id), None)
    if found is None:
        raise NotVisible
    return found


def about(work: Work, own: Authorisation) -> ChangeRequest:
    """The change a provider's part belongs to: of it, only its day, its state and a shared reason are for them."""
    wanted = unscoped(select(ChangeRequest), "the change of a part that was found")
    return work.session.scalars(wanted.where(ChangeRequest.id == own.request_id)).one()


def is_mine(work: Work, one: Authorisation) -> bool:
    """Whether the reader answers for this party."""
    if one.organisation_id is not None:
        return one.organisation_id in ours(work)
    return one.account_id is not None and one.account_id == work.account_id


def ours(work: Work) -> frozenset[UUID]:
    """The organisations the reader belongs to today."""
    return frozenset(work.session.scalars(organisations(work)))


def for_us(work: Work) -> Sequence[tuple[Authorisation, ChangeRequest, Client]]:
    """The parts of changes that the reader's organisations have, or the reader as a helper, newest first."""
    wanted = visible(work, Authorisation).where(_to_us(work))
    found = [(one, about(work, one)) for one in work.session.scalars(wanted)]
    newest = sorted(found, key=lambda pair: pair[1].made_at, reverse=True)
    return [(one, change, whose(work, change.client_id)) for one, change in newest]


def _to_us(work: Work) -> ColumnElement[bool]:
    helps = and_(Authorisation.party == Relationship.FAMILY, Authorisation.account_id == work.account_id)
    return or_(Authorisation.organisation_id.in_(organisations(work)), helps)


def our_parts(work: Work) -> Sequence[tuple[PlanPart, Client]]:
    """What the reader's organisations deliver now or from a day to come."""
    wanted = visible(work, PlanPart).where(
        PlanPart.provider_id.in_(organisations(work)), PlanPart.state != PartState.ENDED
    )
    found = work.session.scalars(wanted.order_by(PlanPart.client_id, PlanPart.position)).all()
    return [(part, whose(work, part.client_id)) for part in found]


def own_part(work: Work, client: Client) -> PlanPart | None:
    """A part of this client's plan that the reader's organisation delivers, if there is one."""
    wanted = visible(work, PlanPart).where(
        PlanPart.client_id == client.id, PlanPart.provider_id.in_(organisations(work))
    )
    return work.session.scalars(wanted.limit(1)).first()


def parts_of(work: Work, client: Client, version_id: UUID) -> Sequence[PlanPart]:
    """The supports of one version that the reader may see, in order."""
    wanted = visible(work, PlanPart).where(PlanPart.client_id == client.id, PlanPart.version_id == version_id)
    return work.session.scalars(wanted.order_by(PlanPart.position)).all()


def named(work: Work, parts: Sequence[PlanPart]) -> Mapping[UUID, Name]:
    """The names of the organisations that deliver some parts."""
    return provider_names(work, [part.provider_id for part in parts])


def versions(work: Work, client: Client) -> Sequence[PlanVersion]:
    """Every version of the plan the reader may see, newest first."""
    wanted = visible(work, PlanVersion).where(PlanVersion.client_id == client.id)
    return work.session.scalars(wanted.order_by(PlanVersion.number.desc())).all()


def made_from(work: Work, client: Client) -> dict[UUID, ChangeRequest]:
    """The change each version came from, by the version's id, where the reader may see it."""
    return {one.became_id: one for one in requests(work, client) if one.became_id}


def went_back(work: Work, client: Client) -> dict[UUID, ChangeRequest]:
    """The urgent change after which each version went back to how the plan was before, by the version's id."""
    return {one.reverted_id: one for one in requests(work, client) if one.reverted_id}


def rest_of(work: Work, client: Client, one: ChangeRequest) -> Sequence[ChangeRequest]:
    """The changes that share the beginning of this one: what it was a part of, and what was split from it."""
    return [other for other in requests(work, client) if other.id == one.split_from_id or other.split_from_id == one.id]


# What waits


_TELLS = (RequestState.OPEN, RequestState.SUPERSEDED, RequestState.RUNNING, RequestState.LAPSED)


def served(work: Work) -> Sequence[Client]:
    """Whose plan has a part that the reader's organisations deliver, are asked to change, or delivered until a change.

    By name on that part.
    """
    parts = limit(select(PlanPart.client_id), work, PlanPart).where(
        PlanPart.provider_id.in_(organisations(work)), PlanPart.state != PartState.ENDED
    )
    asked = limit(select(Authorisation.client_id), work, Authorisation).where(
        Authorisation.organisation_id.in_(organisations(work)), Authorisation.state == Given.WAITING
    )
    left = (
        limit(select(Authorisation.client_id), work, Authorisation)
        .join(ChangeRequest)
        .where(
            Authorisation.organisation_id.in_(organisations(work)),
            ChangeRequest.state.in_(IN_FORCE),
            ChangeRequest.effective >= work.day - LONGEST,
        )
    )
    wanted = select(Client).where(or_(*(Client.id.in_(some) for some in (parts, asked, left))))
    return work.session.scalars(unscoped(wanted, "named on a part of theirs")).all()


def _waiting(work: Work, clients: next_steps.Clients) -> Mapping[ChangeRequest, Sequence[Authorisation]]:
    """Changes that are not settled, by the day they begin, each with everybody who is asked."""
    wanted = (
        limit(select(ChangeRequest, Authorisation), work, ChangeRequest)
        .outerjoin(Authorisation, Authorisation.request_id == ChangeRequest.id)
        .where(
            among(ChangeRequest.client_id, clients),
            ChangeRequest.state.in_(_TELLS),
        )
        .order_by(ChangeRequest.effective, ChangeRequest.id)
    )
    waiting: dict[ChangeRequest, list[Authorisation]] = {}
    for change, one in work.session.execute(wanted):
        waiting.setdefault(change, []).extend([one] if one else [])
    return waiting


def _still(work: Work, answers: Sequence[Authorisation]) -> list[Authorisation]:
    """Those who have not answered and whose yes is still wanting; to the person themself it always is their turn."""
    votes = [one.vote for one in answers]
    return [one for one in answers if is_waited_for(one.vote, votes) or _own_plan(work, one)]


def _own_plan(work: Work, one: Authorisation) -> bool:
    mine = one.party is Relationship.CLIENT and one.account_id == work.account_id
    return mine and one.state is Given.WAITING


def _waits_for(work: Work, own: frozenset[UUID], still: Iterable[Authorisation]) -> bool:
    """Whether the reader, or an organisation of theirs, has still to answer."""
    return any(one.organisation_id in own or one.account_id == work.account_id for one in still)


def _asks_again(work: Work, change: ChangeRequest, answers: Iterable[Authorisation]) -> bool:
    """Whether it is the reader who asked, and somebody has said no or asked for something else."""
    mine = change.state is RequestState.OPEN and change.made_by == work.account_id
    return mine and any(one.state in REFUSED for one in answers)


@next_steps.of_clients
def what_waits(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Changes that wait for the reader, for somebody else, or for whoever asked to look at them again."""
    waiting = _waiting(work, clients)
    own = ours(work) if waiting else frozenset()
    overtaken = {one.made_for or one.made_by for one in waiting if one.state is RequestState.SUPERSEDED}
    names = accounts.names(work.session, overtaken) if overtaken else {}
    for change, answers in waiting.items():
        still = _still(work, answers)
        href, day = f"/people/{change.client_id}/changes/{change.id}", change.effective
        if change.state is RequestState.SUPERSEDED:
            if change.made_by == work.account_id:
                text = words("Look again at your change from {day}.", day=day)
                yield change.client_id, NextStep(text, href)
            else:
                text = words("A change from {day} must be looked at again.", day=day)
                asker = words("Waiting for {name}", name=Name(names.get(change.made_for or change.made_by, "")))
                yield change.client_id, NextStep(text, href, waiting_for=asker)
        elif change.state is RequestState.LAPSED:
            if may_decide(work, clients[change.client_id]):
                text = words("Not everybody agreed in time to the change from {day}. Decide what happens now.", day=day)
                yield change.client_id, NextStep(text, href, urgent=True)
        elif _waits_for(work, own, still):
            text = words("A change is asked for from {day}. Say whether you agree.", day=day)
            yield change.client_id, NextStep(text, href, urgent=change.urgent)
        elif _asks_again(work, change, answers):
            text = words("Not everybody agrees to your change from {day}. Read the answers, then decide.", day=day)
            yield change.client_id, NextStep(text, href)
        elif still:
            text = words("A change from {day} waits for an answer.", day=day)
            yield change.client_id, NextStep(text, href, waiting_for=_how_many(still))


def _how_many(still: Sequence[Authorisation]) -> Words:
    return nwords("waiting for {n} person", "waiting for {n} people", len(still))


@next_steps.of_reader
def changes_to_answer(work: Work) -> Iterable[NextStep]:
    """How many changes wait for the yes or no of the reader's own organisations, or theirs; urgent ones come first."""
    wanted = (
        limit(select(ChangeRequest.urgent, func.count()).select_from(Authorisation), work, Authorisation)
        .join(ChangeRequest, ChangeRequest.id == Authorisation.request_id)
        .where(_to_us(work), Authorisation.state == Given.WAITING, ChangeRequest.state.in_(ANSWERED_IN))
    )
    counts = work.session.execute(wanted.group_by(ChangeRequest.urgent)).all()
    if waiting := sum(number for _, number in counts):
        text = nwords("{n} change waits for your answer.", "{n} changes wait for your answer.", waiting)
        yield NextStep(text, "/changes", urgent=any(urgent for urgent, _ in counts))


@due.of_clients
def what_is_due(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Changes that wait for somebody, by the day they begin; urgent ones by the last day they hold; and what the reader
    put aside until a day."""
    aside = limit(select(ChangeRequest.client_id, ChangeRequest.id, ChangeRequest.parked_until), work, ChangeRequest)
    aside = aside.where(among(ChangeRequest.client_id, clients), ChangeRequest.state == RequestState.PARKED)
    for client_id, change_id, day in work.session.execute(aside.where(ChangeRequest.made_by == work.account_id)):
        if day is not None:
            href = f"/people/{client_id}/changes/{change_id}"
            text = words("You put a change aside until {day}. Look whether its time has come.", day=day)
            yield due.Due(client_id, due.Kind.PUT_OFF, day, text, href, work.account_id)
    yield from _parts_due(work, clients)
    own, waiting = ours(work), _waiting(work, clients)
    for change, answers in waiting.items():
        text, who = _whose_turn(work, clients[change.client_id], change, answers, own)
        yield _due(change, text, who)


def _whose_turn(
    work: Work, client: Client, change: ChangeRequest, answers: Sequence[Authorisation], own: frozenset[UUID]
) -> tuple[Words, UUID | Value | None]:
    """What has to be done about a change that is not settled, and by whom."""
    day, asker = change.effective, change.made_for or change.made_by
    still = _still(work, answers)
    if change.state is RequestState.SUPERSEDED:
        return words("A change from {day} must be looked at again.", day=day), asker
    if change.state is RequestState.LAPSED:
        text = words("Not everybody agreed in time to the change from {day}. Decide what happens now.", day=day)
        return text, Name(client.name)
    if _waits_for(work, own, still):
        return words("A change is asked for from {day}. Say whether you agree.", day=day), work.account_id
    if _asks_again(work, change, answers):
        text = words("Not everybody agrees to your change from {day}. Read the answers, then decide.", day=day)
        return text, asker
    who = _how_many(still) if len(still) > 1 else still[0].account_id or still[0].organisation_id if still else asker
    return words("A change from {day} waits for an answer.", day=day), who


def _due(change: ChangeRequest, text: Words, who: UUID | Value | None) -> due.Due:
    href, day = f"/people/{change.client_id}/changes/{change.id}", change.ratify_by or change.effective
    urgent = change.urgent or change.state is RequestState.LAPSED
    return due.Due(change.client_id, due.Kind.CHANGE, day, text, href, who, urgent)


def _parts_due(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """For a provider or a helper: the changes in which their own part waits for their answer."""
    wanted = (
        limit(select(ChangeRequest), work, Authorisation)
        .join(Authorisation, Authorisation.request_id == ChangeRequest.id)
        .where(
            among(Authorisation.client_id, clients),
            _to_us(work),
            Authorisation.state == Given.WAITING,
            ChangeRequest.state.in_(ANSWERED_IN),
        )
    )
    seen = limit(select(ChangeRequest.id), work, ChangeRequest).where(among(ChangeRequest.client_id, clients))
    for change in work.session.scalars(wanted.where(ChangeRequest.id.not_in(seen))):
        text = words("A change is asked for from {day}. Say whether you agree.", day=change.effective)
        yield _due(change, text, work.account_id)


@next_steps.of_clients
def what_comes_back(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """What was put aside until today, for whoever put it aside; and whether a change helped, for the person."""
    wanted = limit(select(ChangeRequest), work, ChangeRequest).where(
        among(ChangeRequest.client_id, clients),
        or_(
            and_(ChangeRequest.state == RequestState.PARKED, ChangeRequest.made_by == work.account_id),
            and_(
                ChangeRequest.state == RequestState.DONE,
                ChangeRequest.help_asked_at.is_not(None),
                ChangeRequest.helped.is_(None),
            ),
        ),
    )
    for change in work.session.scalars(wanted.order_by(ChangeRequest.effective, ChangeRequest.id)):
        href = f"/people/{change.client_id}/changes/{change.id}"
        if change.state is RequestState.DONE:
            if decides(work, clients[change.client_id]):
                text = words("Did the change from {day} help? Say it in one press.", day=change.effective)
                yield change.client_id, NextStep(text, href)
        elif change.parked_until and change.parked_until <= work.today(clients[change.client_id]):
            text = words("You put a change aside until {day}. Look whether its time has come.", day=change.parked_until)
            yield change.client_id, NextStep(text, href)


def decides(work: Work, client: Client) -> bool:
    """Whether the reader is the person, or decides for them by law."""
    decision = work.decide(Resource.CHANGE, Action.APPROVE, client.id)
    return decision.allowed and decision.relationship in SELF


def may_decide(work: Work, client: Client) -> bool:
    """Whether the reader decides about an urgent change that holds for now: so does whoever coordinates."""
    decision = work.decide(Resource.CHANGE, Action.APPROVE, client.id)
    return decision.allowed and decision.relationship in (*SELF, Relationship.LEAD)


@next_steps.at_a_glance(order=50)
def next_change(work: Work, client: Client) -> Iterable[Glance]:
    """The next change that everybody has agreed to, or how many are asked for; else the last one, or where to ask."""
    wanted = limit(select(ChangeRequest.state, ChangeRequest.effective), work, ChangeRequest).where(
        ChangeRequest.client_id == client.id, ChangeRequest.state.in_((*WAITS, RequestState.DONE))
    )
    found = work.session.execute(wanted.order_by(ChangeRequest.effective)).all()
    href = f"/people/{client.id}/changes"
    agreed = [one.effective for one in found if one.state is RequestState.AGREED]
    if agreed:
        yield Glance(words("The next change"), agreed[0], href, words("Everybody has agreed to it"))
    elif waiting := [one for one in found if one.state is RequestState.OPEN]:
        yield Glance(words("Changes asked for"), len(waiting), href, words("Nothing changes before everybody agrees"))
    elif found:
        yield Glance(words("The last change"), found[-1].effective, href, words("Holds now"))
    elif work.can(Resource.CHANGE, Action.WRITE, client.id) and versions(work, client):
        yield Glance(words("Changes"), words("Nobody has asked for a change yet"), href)
