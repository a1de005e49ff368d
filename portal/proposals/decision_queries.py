"""Decisions with their options and views, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from budgeting.words import Name, words
from portal.access.scope import limit, visible
from portal.access.table import Action, Resource
from portal.db import among
from portal.people import due, history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.proposals.decision_model import Decision, DecisionOption, DecisionState, DecisionView, Level
from portal.proposals.model import Line, Proposal, ProposalState
from portal.work import NotVisible, Work


def decisions(work: Work, client: Client) -> Sequence[Decision]:
    """Every question of a client: those that are open first, the newest first."""
    wanted = visible(work, Decision).where(Decision.client_id == client.id).order_by(Decision.asked_at.desc())
    return sorted(work.session.scalars(wanted), key=lambda one: one.state is not DecisionState.OPEN)


def decision(work: Work, client: Client, decision_id: UUID) -> Decision:
    """One question of this client; NotVisible otherwise."""
    wanted = visible(work, Decision).where(Decision.id == decision_id, Decision.client_id == client.id)
    found = work.session.scalars(wanted).one_or_none()
    if found is None:
        raise NotVisible
    return found


Naming = Callable[[Work, Client, UUID], Name]
_MEETINGS: list[Naming] = []


def meetings(name: Naming) -> Naming:
    """Register what a meeting is called: its slice knows, and raises NotVisible for one that is not there."""
    _MEETINGS.append(name)
    return name


def meeting(work: Work, client: Client, meeting_id: UUID) -> Name:
    """What a meeting of this client is called; NotVisible when the reader may not see it."""
    if not _MEETINGS:
        raise NotVisible
    return _MEETINGS[0](work, client, meeting_id)


def of_meeting(work: Work, client: Client, meeting_id: UUID) -> Sequence[Decision]:
    """What was decided at a meeting, or waits for a yes since then."""
    return [one for one in decisions(work, client) if one.meeting_id == meeting_id]


def chosen(work: Work, rows: Iterable[Decision]) -> Mapping[UUID, str]:
    """The options that were chosen in some decisions, in their own words."""
    wanted = limit(select(DecisionOption.id, DecisionOption.text), work, DecisionOption).where(
        DecisionOption.id.in_({one.chosen_id for one in rows if one.chosen_id})
    )
    return {row.id: row.text for row in work.session.execute(wanted)}


def options(work: Work, one: Decision) -> Sequence[DecisionOption]:
    """The options of a question, in the order in which they were added."""
    wanted = visible(work, DecisionOption).where(DecisionOption.decision_id == one.id)
    return work.session.scalars(wanted.order_by(DecisionOption.position, DecisionOption.id)).all()


def option(work: Work, one: Decision, option_id: UUID) -> DecisionOption:
    """One option of this question; NotVisible otherwise."""
    found = next((each for each in options(work, one) if each.id == option_id), None)
    if found is None:
        raise NotVisible
    return found


def views(work: Work, one: Decision) -> Mapping[UUID, Sequence[DecisionView]]:
    """How people see each option, the earliest first."""
    wanted = visible(work, DecisionView).where(DecisionView.decision_id == one.id).order_by(DecisionView.said_at)
    found: dict[UUID, list[DecisionView]] = {}
    for each in work.session.scalars(wanted):
        found.setdefault(each.option_id, []).append(each)
    return found


def own_view(work: Work, option: DecisionOption, whose: str) -> DecisionView | None:
    """What the reader said about an option for themselves, or for somebody without an account."""
    wanted = visible(work, DecisionView).where(
        DecisionView.option_id == option.id, DecisionView.account_id == work.account_id, DecisionView.whose == whose
    )
    return work.session.scalars(wanted).one_or_none()


def lines_by_key(work: Work, client: Client) -> Mapping[UUID, tuple[str, str]]:
    """The lines that a question can be about, by the key they keep: name, and where the newest one is."""
    wanted = (
        limit(select(Line.key, Line.name, Line.id, Line.proposal_id, Proposal.state), work, Line)
        .join(Proposal, Proposal.id == Line.proposal_id)
        .where(Line.client_id == client.id, Line.removed_at.is_(None))
        .order_by(Proposal.created_at, Line.position)
    )
    found: dict[UUID, tuple[str, str]] = {}
    for key, name, line_id, proposal_id, state in work.session.execute(wanted):
        href = f"/people/{client.id}/proposals/{proposal_id}"
        found[key] = name, f"{href}/lines/{line_id}" if state is ProposalState.DRAFT else href
    return found


@history.naming
def _names(work: Work, ids: Iterable[UUID]) -> Mapping[UUID, Name]:
    rows = work.session.execute(
        limit(select(Decision.id, Decision.question), work, Decision).where(Decision.id.in_(ids))
    )
    return {row.id: Name(row.question) for row in rows}


@next_steps.of_clients
def _to_look_at_again(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    wanted = limit(
        select(Decision.client_id, Decision.id, Decision.question, Decision.review_on), work, Decision
    ).where(among(Decision.client_id, clients), Decision.state == DecisionState.DECIDED, Decision.review_on <= work.day)
    for client_id, decision_id, question, review_on in work.session.execute(wanted):
        if review_on is not None and work.can(Resource.DRAFT, Action.COMMENT, client_id):
            said = words("Look at this again, as agreed for {day}: {question}", day=review_on, question=Name(question))
            yield client_id, NextStep(said, f"/people/{client_id}/decisions/{decision_id}")


@next_steps.of_clients
def _to_confirm(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """What somebody wrote down as decided at a meeting, for whoever decides."""
    wanted = limit(select(Decision.client_id, Decision.id, Decision.question), work, Decision).where(
        among(Decision.client_id, clients), Decision.state == DecisionState.OPEN, Decision.meeting_id.is_not(None)
    )
    for client_id, decision_id, question in work.session.execute(wanted):
        if work.can(Resource.DRAFT, Action.APPROVE, client_id):
            said = words("Say whether this was decided at the meeting: {question}", question=Name(question))
            yield client_id, NextStep(said, f"/people/{client_id}/decisions/{decision_id}")


def _whose_turn(one: Decision, clients: next_steps.Clients) -> Name | UUID | None:
    """The person, where they decide; else whoever asked."""
    return Name(clients[one.client_id].name) if one.level is Level.CLIENT else one.asked_by


@due.of_clients
def _to_decide(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """What is still to be decided, since when it is asked; and what is to be looked at again by a day."""
    again = and_(Decision.state == DecisionState.DECIDED, Decision.review_on.is_not(None))
    wanted = visible(work, Decision).where(
        among(Decision.client_id, clients), or_(Decision.state == DecisionState.OPEN, again)
    )
    for one in work.session.scalars(wanted):
        asked = one.asked_at.astimezone(ZoneInfo(clients[one.client_id].time_zone)).date()
        day = one.review_on if one.state is DecisionState.DECIDED and one.review_on else asked
        href = f"/people/{one.client_id}/decisions/{one.id}"
        yield due.Due(one.client_id, due.Kind.DECISION, day, Name(one.question), href, _whose_turn(one, clients))
