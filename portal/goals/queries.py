"""What a client says about their life, and their goals, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select

from budgeting.words import Name, nwords
from portal.access.scope import Written, limit, unscoped, visible
from portal.access.table import Action, Resource
from portal.db import among
from portal.goals.model import Answer, Goal, GoalState, Prompt
from portal.people import history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.people.queries import those
from portal.work import NotVisible, Work

LONGEST_NAME = 60
_ANSWERS = Written(lambda seen: seen(Answer).where(Answer.client_id == bindparam("client")))
_TOLD = Written(lambda seen: seen(Answer, Answer.prompt, Answer.text).where(Answer.client_id == bindparam("client")))
_TEXTS = Written(
    lambda seen: seen(Goal, Goal.id, Goal.text).where(Goal.client_id == bindparam("client")).order_by(Goal.said_at)
)


def answers(work: Work, client: Client) -> Mapping[Prompt, Answer]:
    """What the client said to each prompt so far."""
    rows = work.session.scalars(*_ANSWERS(work, client=client.id))
    return {row.prompt: row for row in rows}


def told(work: Work, client: Client) -> Mapping[Prompt, str]:
    """The words alone that the client said to each prompt so far."""
    rows = work.reads.all(*_TOLD(work, client=client.id))
    return {row.prompt: row.text for row in rows}


def answer(work: Work, client: Client, prompt: Prompt) -> Answer | None:
    """What the client said to one prompt; None when nothing yet."""
    wanted = visible(work, Answer).where(Answer.client_id == client.id, Answer.prompt == prompt)
    return work.session.scalars(wanted).one_or_none()


def goals(work: Work, client: Client) -> Sequence[Goal]:
    """Every goal of this client, the first said first; declined ones too."""
    return work.session.scalars(
        visible(work, Goal).where(Goal.client_id == client.id).order_by(Goal.said_at, Goal.id)
    ).all()


def goal(work: Work, client: Client, goal_id: UUID) -> Goal:
    """One goal of this client; NotVisible otherwise."""
    found = work.session.scalars(
        visible(work, Goal).where(Goal.client_id == client.id, Goal.id == goal_id)
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found


def texts(work: Work, client: Client) -> Mapping[UUID, str]:
    """The words of each goal by id, for those who may read them."""
    rows = work.reads.all(*_TEXTS(work, client=client.id))
    return {row.id: row.text for row in rows}


def agreed(work: Work, client: Client) -> Sequence[tuple[UUID, str]]:
    """The goals that count now, to choose from."""
    rows = work.session.execute(
        limit(select(Goal.id, Goal.text), work, Goal)
        .where(Goal.client_id == client.id, Goal.state == GoalState.AGREED)
        .order_by(Goal.said_at)
    )
    return [(row.id, row.text) for row in rows]


def texts_for_freezing(work: Work, client_id: UUID) -> Mapping[UUID, str]:
    """The words of each goal by id, whoever accepts: what is frozen must not depend on the reader."""
    rows = work.session.execute(
        unscoped(select(Goal.id, Goal.text).where(Goal.client_id == client_id), "an accepted version names its goals")
    )
    return {row.id: row.text for row in rows}


@history.naming
def _goal_names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    rows = work.session.execute(limit(select(Goal.id, Goal.text), work, Goal).where(Goal.id.in_(ids)))
    return {row.id: Name(shortened(row.text)) for row in rows}


def shortened(text: str) -> str:
    """The beginning of somebody's words, where there is room for one line only."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    wanted = limit(select(Goal.client_id, func.count()), work, Goal).where(
        among(Goal.client_id, clients), Goal.state == GoalState.PROPOSED
    )
    waiting = work.session.execute(wanted.group_by(Goal.client_id)).all()
    writes = those(work, Resource.STORY, Action.WRITE, clients) if waiting else ()
    for client_id, count in waiting:
        if client_id in writes:
            text = nwords(
                "{n} goal was proposed. Say what you think.",
                "{n} goals were proposed. Say what you think.",
                count,
            )
            yield client_id, NextStep(text, f"/people/{client_id}/about#goals")
