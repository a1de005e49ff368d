"""What is looked at again, as far as the reader may see it; what providers are asked; and goals that do not move."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, or_, select

from budgeting.words import Name, Words, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Action, Resource
from portal.changes import causes, drafts
from portal.changes.edits import Edit
from portal.db import among
from portal.goals.model import Goal, GoalState
from portal.goals.queries import shortened
from portal.goals.step_model import GoalRating, SmallStep, StepDown
from portal.people import ahead, due, history, next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.people.queries import those
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.proposals import checking, scenarios
from portal.proposals.frozen import FrozenLine, FrozenProposal, thaw
from portal.review.look_model import About, Look, LookQuestion
from portal.review.look_states import LookState, Outcome
from portal.work import NotVisible, Work

history.about("looks.", Resource.DRAFT)

STALLED = timedelta(days=60)  #: so long nothing happened to a goal before somebody is told


def looks(work: Work, client: Client) -> Sequence[Look]:
    """Everything that was looked at again, the newest first."""
    wanted = visible(work, Look).where(Look.client_id == client.id)
    return work.session.scalars(wanted.order_by(Look.opened_at.desc(), Look.id)).all()


@checking.known
def _open(work: Work, client: Client) -> checking.Known:
    going = [one for one in looks(work, client) if one.state is not LookState.ENDED]
    return checking.Known(
        looks=[checking.Open(Name(one.what), client.by_the_clock(one.opened_at).date()) for one in going]
    )


def look(work: Work, client: Client, look_id: UUID) -> Look:
    """One of them; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Look).where(Look.client_id == client.id, Look.id == look_id))
    if found is None:
        raise NotVisible
    return found


def of_goal(work: Work, goal: Goal) -> Sequence[Look]:
    """Every time a goal was looked at again, the newest first."""
    wanted = visible(work, Look).where(Look.goal_id == goal.id)
    return work.session.scalars(wanted.order_by(Look.opened_at.desc(), Look.id)).all()


def questions(work: Work, one: Look) -> Sequence[LookQuestion]:
    """Who was asked, and what they said."""
    wanted = visible(work, LookQuestion).where(LookQuestion.look_id == one.id)
    return work.session.scalars(wanted.order_by(LookQuestion.asked_at, LookQuestion.id)).all()


def question(work: Work, one: Look, question_id: UUID) -> LookQuestion:
    """One of them; NotVisible otherwise."""
    wanted = visible(work, LookQuestion).where(LookQuestion.look_id == one.id, LookQuestion.id == question_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def waits(work: Work, look_id: UUID, but: UUID | None = None) -> int:
    """How many other questions of a look are not answered yet."""
    counted = (
        select(func.count())
        .select_from(LookQuestion)
        .where(LookQuestion.look_id == look_id, LookQuestion.answered_at.is_(None), LookQuestion.id != but)
    )
    return work.session.scalar(unscoped(counted, "whether everybody has answered")) or 0


# For a provider


def asked_of_us(work: Work) -> Sequence[tuple[LookQuestion, Name]]:
    """The questions to the reader's own organisations that can still be answered, with the person's name."""
    wanted = (
        limit(select(LookQuestion, Client.name), work, LookQuestion)
        .join(Client, Client.id == LookQuestion.client_id)
        .join(Look, Look.id == LookQuestion.look_id)
        .where(LookQuestion.provider_id.in_(organisations(work)), Look.state != LookState.ENDED)
    )
    rows = work.session.execute(wanted.order_by(LookQuestion.asked_at.desc(), LookQuestion.id)).all()
    return [(row[0], Name(row[1])) for row in rows]


def our_question(work: Work, question_id: UUID) -> tuple[LookQuestion, Look]:
    """One question to an organisation of the reader, and what it belongs to; NotVisible otherwise."""
    wanted = visible(work, LookQuestion).where(
        LookQuestion.id == question_id, LookQuestion.provider_id.in_(organisations(work))
    )
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    one = work.session.scalars(unscoped(select(Look).where(Look.id == found.look_id), "what the question is about"))
    return found, one.one()


# What can be looked at


def plan(work: Work, client: Client) -> FrozenProposal | None:
    """The plan in force, where the reader may see it."""
    return scenarios.in_force(work, client)


def about_line(line: FrozenLine) -> About:
    """A support of the plan, and who delivers it."""
    asks = ((line.provider_id, line.provider, line.name),) if line.provider_id or line.provider else ()
    return About(line.name, line_id=line.id, asks=asks)


def about_goal(goal: Goal, agreed: FrozenProposal | None) -> About:
    """A goal, and who delivers the supports that serve it."""
    serving = [line for line in agreed.lines if line.terms.goal_id == goal.id] if agreed else []
    asks = {(line.provider_id, line.provider, line.name): None for line in serving if line.provider_id or line.provider}
    return About(shortened(goal.text), goal_id=goal.id, asks=tuple(asks))


def in_force_for_job(work: Work, client_id: UUID) -> FrozenProposal | None:
    """The plan in force for the system's own work, where nobody reads."""
    wanted = select(PlanVersion.content).where(
        PlanVersion.client_id == client_id, PlanVersion.state == VersionState.IN_FORCE
    )
    content = work.session.scalar(unscoped(wanted, "a job's own plan"))
    return thaw(content) if content else None


# What a change is drafted from


@drafts.source("look")
def suggested(work: Work, about: UUID) -> drafts.Suggested | None:
    """A change with the reason that was given; to stop a support it says so, everything else is for people to write."""
    one = work.session.scalar(unscoped(select(Look).where(Look.id == about), "a job knows the id"))
    if one is None:
        return None
    client = people.client_of(work, one.client_id, "whose plan it is")
    agreed = in_force_for_job(work, one.client_id)
    known = {line.id for line in agreed.lines} if agreed else set()
    stops = one.outcome is Outcome.STOP and one.line_id in known
    edits = (Edit(one.line_id, None),) if stops and one.line_id else ()
    reason = one.ended_why or one.view or one.why or one.what
    return drafts.Suggested(client.id, reason, work.today(client), edits) if agreed else None


@causes.shown("look")
def _cause(work: Work, about: UUID) -> causes.Cause | None:
    one = work.session.scalar(visible(work, Look).where(Look.id == about))
    if one is None:
        return None
    text = words("It was looked at again: {what}", what=Name(one.what))
    return causes.Cause(text, f"/people/{one.client_id}/looks/{one.id}", line_id=one.line_id)


@causes.shown("step_down")
def _less(work: Work, about: UUID) -> causes.Cause | None:
    """Whoever planned to need less writes the change with the day and the words they chose."""
    one = work.session.scalar(visible(work, StepDown).where(StepDown.id == about, StepDown.removed_at.is_(None)))
    if one is None:
        return None
    href = f"/people/{one.client_id}/goals/{one.goal_id}"
    reason = one.said if one.written_by_id == work.account_id else ""
    text = words("It was planned to need less from {day}", day=one.first)
    return causes.Cause(text, href, one.first, reason, one.line_id)


# What waits, and what comes


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    rows = work.session.execute(limit(select(Look.id, Look.what), work, Look).where(Look.id.in_(ids)))
    return {row.id: Name(row.what) for row in rows}


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    heard = limit(select(Look), work, Look, Action.APPROVE).where(
        among(Look.client_id, clients), Look.state == LookState.HEARD
    )
    for one in work.session.scalars(heard):
        text = words("Say what you think of it, and what comes of it: {what}", what=Name(one.what))
        yield one.client_id, NextStep(text, f"/people/{one.client_id}/looks/{one.id}")
    yield from _stalled(work, clients)


@due.of_clients
def _to_look_at(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """What is being looked at again, since when; and the day on which something is to be."""
    going = Look.state != LookState.ENDED
    agreed = and_(Look.next_day.is_not(None), Look.next_told_on.is_(None))
    wanted = visible(work, Look).where(among(Look.client_id, clients), or_(going, agreed))
    for one in work.session.scalars(wanted):
        opened = one.opened_at.astimezone(ZoneInfo(clients[one.client_id].time_zone)).date()
        day = opened if one.state is not LookState.ENDED or one.next_day is None else one.next_day
        href = f"/people/{one.client_id}/looks/{one.id}"
        yield due.Due(one.client_id, due.Kind.REVIEW, day, Name(one.what), href, one.opened_by)


def _stalled(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Goals to which nothing happened for a long time: no step taken, no answer, not looked at."""
    since = work.now - STALLED
    moved = (
        exists().where(SmallStep.goal_id == Goal.id, SmallStep.said_at > since),
        exists().where(SmallStep.goal_id == Goal.id, SmallStep.moved_at > since),
        exists().where(GoalRating.goal_id == Goal.id, GoalRating.rated_at > since),
        exists().where(Look.goal_id == Goal.id, Look.opened_at > since),
    )
    wanted = limit(select(Goal), work, Goal).where(
        among(Goal.client_id, clients), Goal.state == GoalState.AGREED, Goal.said_at < since, *(~one for one in moved)
    )
    rows = work.session.scalars(wanted.order_by(Goal.said_at)).all()
    told = those(work, Resource.STORY, Action.COMMENT, clients) if rows else ()
    writes = those(work, Resource.STORY, Action.WRITE, clients) if rows else ()
    for goal in rows:
        if goal.client_id in told or goal.client_id in writes:
            text = words("Nothing has happened to a goal for a while: {goal}", goal=Name(shortened(goal.text)))
            yield goal.client_id, NextStep(text, f"/people/{goal.client_id}/goals/{goal.id}")


@next_steps.of_reader
def _asked(work: Work) -> Iterable[NextStep]:
    counted = limit(select(func.count()).select_from(LookQuestion), work, LookQuestion).join(
        Look, Look.id == LookQuestion.look_id
    )
    counted = counted.where(
        LookQuestion.provider_id.in_(organisations(work)),
        LookQuestion.answered_at.is_(None),
        Look.state != LookState.ENDED,
    )
    if number := work.session.scalar(counted):
        text = nwords("{n} short question waits for your answer.", "{n} short questions wait for your answer.", number)
        yield NextStep(text, "/asked")


def change_comes(work: Work, row: Look) -> bool:
    """Whether the reader asked just now for a change that a job is still to write down."""
    just_now = row.ended_at is not None and row.ended_at > work.now - next_steps.JUST_NOW
    return just_now and row.change_id is not None and row.ended_by == work.account_id


@ahead.of_clients
def _days(work: Work, clients: Collection[UUID], today: date) -> Iterable[tuple[UUID, date, Words]]:
    wanted = limit(select(Look.client_id, Look.next_day), work, Look).where(
        among(Look.client_id, clients), Look.next_day >= today
    )
    for client_id, day in work.session.execute(wanted):
        if day is not None:
            yield client_id, day, words("Something is looked at again")
