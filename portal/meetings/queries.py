"""Meetings, problems and follow-ups of a client, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from budgeting.words import Name, Words, nwords, words
from portal.access.scope import limit, visible
from portal.access.table import Action, Resource
from portal.db import among
from portal.goals.queries import shortened
from portal.meetings.follow_up_model import FollowUp
from portal.meetings.model import Meeting, MeetingPack, MeetingPoint
from portal.meetings.problem_model import Idea, Problem
from portal.meetings.speaking_model import LetterDraft, SpeakingSheet
from portal.meetings.states import FollowUpState, MeetingState, PointState
from portal.people import ahead, due, history, next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.people.queries import those
from portal.plans.telling import SELF, holders, keepers
from portal.proposals import decision_queries, scenarios
from portal.work import NotVisible, Work

T = TypeVar("T")
history.about("meetings.", Resource.DRAFT)

TO_COME = (MeetingState.PREPARING, MeetingState.SENT)
WAITING = (FollowUpState.OPEN, FollowUpState.LATER_ASKED)
SOON = timedelta(days=7)


def meetings(work: Work, client: Client) -> Sequence[Meeting]:
    """Every meeting of this client, the newest first."""
    wanted = visible(work, Meeting).where(Meeting.client_id == client.id)
    return work.session.scalars(wanted.order_by(Meeting.asked_at.desc(), Meeting.id)).all()


def meeting(work: Work, client: Client, meeting_id: UUID) -> Meeting:
    """One meeting of this client; NotVisible otherwise."""
    wanted = visible(work, Meeting).where(Meeting.client_id == client.id, Meeting.id == meeting_id)
    return _or_nothing(work.session.scalar(wanted))


@decision_queries.meetings
def _called(work: Work, client: Client, meeting_id: UUID) -> Name:
    return Name(meeting(work, client, meeting_id).title)


def told_of_a_wish(work: Work, client: Client) -> list[Name]:
    """Who gets a letter when the reader asks for a meeting, among those whom the reader may know of."""
    told = keepers(work, client.id) | holders(work, client.id, SELF)
    return [name for account, name in who_is_there(work, client) if account in told and account != work.account_id]


def point(work: Work, row: Meeting, point_id: UUID) -> MeetingPoint:
    """One point of this meeting; NotVisible otherwise."""
    wanted = visible(work, MeetingPoint).where(MeetingPoint.meeting_id == row.id, MeetingPoint.id == point_id)
    return _or_nothing(work.session.scalar(wanted))


def packs(work: Work, row: Meeting) -> Sequence[MeetingPack]:
    """Every version of the papers of a meeting, the newest first."""
    wanted = visible(work, MeetingPack).where(MeetingPack.meeting_id == row.id)
    return work.session.scalars(wanted.order_by(MeetingPack.number.desc())).all()


def who_is_there(work: Work, client: Client) -> list[tuple[UUID, Name]]:
    """Those of the circle the reader may see who have an account of their own, to choose from."""
    found = {one.tie.account_id: one.name for one in people.circle(work, client) if one.tie.account_id}
    return list(found.items())


# Preparing to speak


def my_sheet(work: Work, client: Client) -> SpeakingSheet | None:
    """The reader's own sheet; None while they have none."""
    wanted = visible(work, SpeakingSheet).where(
        SpeakingSheet.client_id == client.id, SpeakingSheet.written_by_id == work.account_id
    )
    return work.session.scalar(wanted)


def shared_sheets(work: Work, client: Client) -> Sequence[SpeakingSheet]:
    """What others prepared and let the reader see."""
    wanted = visible(work, SpeakingSheet).where(
        SpeakingSheet.client_id == client.id, SpeakingSheet.written_by_id != work.account_id
    )
    return work.session.scalars(wanted.order_by(SpeakingSheet.written_at)).all()


def letters(work: Work, client: Client) -> Sequence[LetterDraft]:
    """The reader's own letters, and those of others that are shared, the newest first."""
    wanted = visible(work, LetterDraft).where(LetterDraft.client_id == client.id, LetterDraft.removed_at.is_(None))
    return work.session.scalars(wanted.order_by(LetterDraft.written_at.desc(), LetterDraft.id)).all()


def letter(work: Work, client: Client, letter_id: UUID) -> LetterDraft:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, LetterDraft).where(
        LetterDraft.client_id == client.id, LetterDraft.id == letter_id, LetterDraft.removed_at.is_(None)
    )
    return _or_nothing(work.session.scalar(wanted))


# Problems


def problems(work: Work, client: Client) -> Sequence[Problem]:
    """Every problem of this client, the newest first."""
    wanted = visible(work, Problem).where(Problem.client_id == client.id)
    return work.session.scalars(wanted.order_by(Problem.opened_at.desc(), Problem.id)).all()


def problem(work: Work, client: Client, problem_id: UUID) -> Problem:
    """One problem of this client; NotVisible otherwise."""
    wanted = visible(work, Problem).where(Problem.client_id == client.id, Problem.id == problem_id)
    return _or_nothing(work.session.scalar(wanted))


def ideas(work: Work, row: Problem) -> Sequence[Idea]:
    """The ideas for a problem, the first said first."""
    wanted = visible(work, Idea).where(Idea.problem_id == row.id)
    return work.session.scalars(wanted.order_by(Idea.said_at, Idea.id)).all()


def idea(work: Work, row: Problem, idea_id: UUID) -> Idea:
    """One idea for this problem; NotVisible otherwise."""
    return _or_nothing(work.session.scalar(visible(work, Idea).where(Idea.problem_id == row.id, Idea.id == idea_id)))


@scenarios.came_from
def _problem_of(work: Work, client: Client, scenario_id: UUID) -> tuple[Name, str] | None:
    """The problem for which an idea is worked out in a scenario."""
    wanted = visible(work, Problem).join(Idea, Idea.problem_id == Problem.id)
    row = work.session.scalar(wanted.where(Problem.client_id == client.id, Idea.scenario_id == scenario_id))
    return (Name(shortened(row.text)), f"/people/{client.id}/problems/{row.id}") if row else None


# Follow-ups


def follow_ups(work: Work, client: Client, about_id: UUID | None = None) -> Sequence[FollowUp]:
    """What is to be done, the nearest day first; with ``about_id`` only what was agreed there."""
    wanted = visible(work, FollowUp).where(FollowUp.client_id == client.id)
    if about_id is not None:
        wanted = wanted.where(FollowUp.about_id == about_id)
    return work.session.scalars(wanted.order_by(FollowUp.due, FollowUp.id)).all()


def follow_up(work: Work, client: Client, follow_up_id: UUID) -> FollowUp:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, FollowUp).where(FollowUp.client_id == client.id, FollowUp.id == follow_up_id)
    return _or_nothing(work.session.scalar(wanted))


def _or_nothing(found: T | None) -> T:
    if found is None:
        raise NotVisible
    return found


# What waits, and what comes


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    found: dict[UUID, Name] = {}
    for model, text in ((Meeting, Meeting.title), (Problem, Problem.text), (FollowUp, FollowUp.what)):
        rows = work.session.execute(limit(select(model.id, text), work, model).where(model.id.in_(ids)))
        found.update({row[0]: Name(shortened(row[1])) for row in rows})
    return found


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    due = limit(select(FollowUp.client_id, FollowUp.owner_id, func.count()), work, FollowUp).where(
        among(FollowUp.client_id, clients), FollowUp.state.in_(WAITING), FollowUp.due <= work.day + SOON
    )
    for client_id, owner_id, number in work.session.execute(due.group_by(FollowUp.client_id, FollowUp.owner_id)):
        if owner_id == work.account_id:
            text = nwords(
                "{n} thing you said you would do is due.", "{n} things you said you would do are due.", number
            )
            yield client_id, NextStep(text, f"/people/{client_id}/follow-ups")
    yield from _to_decide(work, clients)
    yield from _packs_wanted(work, clients)


def _to_decide(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    asked = limit(select(FollowUp.client_id, func.count()), work, FollowUp, Action.APPROVE).where(
        among(FollowUp.client_id, clients), FollowUp.state.in_((FollowUpState.SUGGESTED, FollowUpState.LATER_ASKED))
    )
    for client_id, number in work.session.execute(asked.group_by(FollowUp.client_id)):
        text = nwords("{n} thing to be done waits for your yes.", "{n} things to be done wait for your yes.", number)
        yield client_id, NextStep(text, f"/people/{client_id}/follow-ups")
    points = limit(select(MeetingPoint.client_id, MeetingPoint.meeting_id, func.count()), work, MeetingPoint)
    points = points.join(Meeting, Meeting.id == MeetingPoint.meeting_id).where(
        among(MeetingPoint.client_id, clients),
        MeetingPoint.state == PointState.SUGGESTED,
        Meeting.state.in_(TO_COME),
    )
    rows = work.session.execute(points.group_by(MeetingPoint.client_id, MeetingPoint.meeting_id)).all()
    decides = those(work, Resource.DRAFT, Action.APPROVE, clients) if rows else ()
    for client_id, meeting_id, number in rows:
        if client_id in decides:
            text = nwords(
                "{n} point was suggested for your meeting.", "{n} points were suggested for your meeting.", number
            )
            yield client_id, NextStep(text, f"/people/{client_id}/meetings/{meeting_id}")


def _packs_wanted(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    wanted = limit(select(Meeting), work, Meeting).where(
        among(Meeting.client_id, clients),
        Meeting.state == MeetingState.PREPARING,
        Meeting.pack_wanted_at.is_not(None),
    )
    for row in work.session.scalars(wanted):
        text = words("The papers for a meeting are asked for: {meeting}", meeting=Name(row.title))
        yield row.client_id, NextStep(text, f"/people/{row.client_id}/meetings/{row.id}")


@due.of_clients
def _to_be_done(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """What somebody said they would do and has not done."""
    wanted = visible(work, FollowUp).where(
        among(FollowUp.client_id, clients), FollowUp.state.in_((FollowUpState.SUGGESTED, *WAITING))
    )
    for row in work.session.scalars(wanted):
        href = f"/people/{row.client_id}/follow-ups#card-{row.id}"
        yield due.Due(row.client_id, due.Kind.FOLLOW_UP, row.due, Name(shortened(row.what)), href, row.owner_id)


@ahead.of_clients
def _days(work: Work, clients: Collection[UUID], today: date) -> Iterable[tuple[UUID, date, Words]]:
    wanted = limit(select(Meeting.client_id, Meeting.day), work, Meeting).where(
        among(Meeting.client_id, clients), Meeting.state.in_(TO_COME), Meeting.day >= today
    )
    for client_id, day in work.session.execute(wanted):
        if day is not None:
            yield client_id, day, words("A meeting about the plan")
