"""Everything the pack for a plan meeting says, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from budgeting.explain import Figure
from budgeting.explain.others import given_figure, replacement_figure
from budgeting.money import Minutes
from budgeting.period import Period
from budgeting.quotation import LineQuote
from budgeting.spending.review import time_figure, unused_figure, worth_figure
from budgeting.spending.totals import Standing
from budgeting.words import Name, Words, words
from portal.access.scope import visible
from portal.access.table import Action, Resource
from portal.funding import queries as funding, resting
from portal.funding.model import FundingPlan
from portal.goals import queries as goals
from portal.goals.model import Goal, GoalState
from portal.living import queries as living
from portal.living.model import Missed
from portal.living.states import MissedState, Who
from portal.people import history
from portal.people.model import Client
from portal.proposals import queries as proposals
from portal.proposals.frozen import FrozenLine
from portal.proposals.model import Proposal, ProposalState
from portal.review.model import GoalWord, ReviewPack
from portal.spending.book import Book, book
from portal.work import Work

history.about("review.", Resource.STORY)

NOTHING_ENTERED = Figure(
    words("Time that invoices say so far"), None, words("No invoice was entered for these supports yet.")
)
LOOKED_BACK = (GoalState.AGREED, GoalState.DONE)


@dataclass(frozen=True)
class Why:
    """One reason why money was not used: how often, how long, and what it would have cost."""

    reason: Words
    number: int
    time: Figure
    worth: Figure


@dataclass(frozen=True)
class Sought:
    """A support that nobody gives yet, and the money it holds."""

    name: Name
    holds: Figure


@dataclass(frozen=True)
class LookedBack:
    """One goal with the supports that serve it, their time so far as invoices say it, and what people say about it."""

    goal: Goal
    supports: tuple[Name, ...]
    planned: Figure
    delivered: Figure
    worked: str
    did_not: str


@dataclass(frozen=True)
class Review:
    """The pack as it stands today."""

    plan: FundingPlan
    period: Period
    standings: tuple[Standing, ...]
    unused: tuple[Figure, ...]
    whys: tuple[Why, ...]
    sought: tuple[Sought, ...]
    given: Figure | None
    replacements: tuple[Figure, ...]
    goals: tuple[LookedBack, ...]
    draft: Proposal | None


def pack(work: Work, client: Client, plan: FundingPlan) -> ReviewPack | None:
    """What was written in the pack; None when nothing was, or the reader may not see it."""
    wanted = visible(work, ReviewPack).where(ReviewPack.client_id == client.id, ReviewPack.plan_id == plan.id)
    return work.session.scalar(wanted)


def decides(work: Work, client: Client) -> bool:
    """Whether the reader decides what is shown: the person themselves, or who may decide for them."""
    return work.can(Resource.STORY, Action.WRITE, client.id)


def review(work: Work, client: Client) -> Review | None:
    """The pack about the current funding plan; None while there is none that the reader may see."""
    plan = funding.current(work, client)
    if plan is None:
        return None
    today = work.today(client)
    days = Period(plan.starts, max(plan.starts, today))
    found = book(work, client)
    words_of = _goal_words(work, client, plan)
    quoted = found.quote
    lines = found.plan.current.lines if found.plan.current else ()
    given = given_figure(quoted) if quoted and quoted.unpaid.count else None
    unpaid = [figure for one in quoted.lines if (figure := replacement_figure(one))] if quoted else []
    return Review(
        plan=plan,
        period=days,
        standings=found.standings,
        unused=tuple(unused_figure(one) for one in found.standings),
        whys=tuple(_whys(work, client, days)),
        sought=tuple(_sought(lines, {one.line.id: one for one in quoted.lines} if quoted else {})),
        given=given,
        replacements=tuple(unpaid),
        goals=tuple(
            _looked_back(one, lines, found, words_of.get(one.id))
            for one in goals.goals(work, client)
            if one.state in LOOKED_BACK
        )
        if work.can(Resource.STORY, Action.READ, client.id)
        else (),
        draft=_draft(work, client),
    )


def _draft(work: Work, client: Client) -> Proposal | None:
    """The newest draft the reader may see: what is asked for next time may stand in it."""
    return next((one for one in proposals.proposals(work, client) if one.state is ProposalState.DRAFT), None)


def _goal_words(work: Work, client: Client, plan: FundingPlan) -> Mapping[UUID, GoalWord]:
    kept = pack(work, client, plan)
    if kept is None:
        return {}
    wanted = visible(work, GoalWord).where(GoalWord.client_id == client.id, GoalWord.pack_id == kept.id)
    return {one.goal_id: one for one in work.session.scalars(wanted)}


def _whys(work: Work, client: Client, days: Period) -> list[Why]:
    """Visits that did not happen, by whose doing it was; those that were made up are left out."""
    nobody = living.nobody_came(work, client, days)
    called_off = [
        one
        for one in living.missed(work, client)
        if one.who is Who.PERSON and one.day in days and one.state is not MissedState.MADE_UP
    ]
    charged = [one for one in called_off if one.state is MissedState.CHARGED]
    free = [one for one in called_off if one.state is not MissedState.CHARGED]
    kinds = (
        (words("A provider called the visit off, or nobody came"), nobody),
        (words("The person called the visit off, and it was not charged"), free),
        (words("The person called the visit off, and it was charged"), charged),
    )
    return [_why(reason, rows) for reason, rows in kinds if rows]


def _why(reason: Words, rows: Sequence[Missed]) -> Why:
    named = [(words("{support} on {day}", support=Name(one.support), day=one.day), one) for one in reversed(rows)]
    return Why(
        reason,
        len(rows),
        time_figure(words("Time of these visits"), [(name, Minutes(one.minutes)) for name, one in named]),
        worth_figure(words("What they would have cost"), [(name, one.fee) for name, one in named]),
    )


def _sought(lines: Sequence[FrozenLine], quoted: Mapping[str, LineQuote]) -> list[Sought]:
    """Supports of the plan for which nobody was found."""
    return [
        Sought(Name(line.name), quoted[str(line.id)].figure)
        for line in lines
        if (line.terms.more.sought or not (line.provider_id or line.provider))
        and line.terms.more.given is None
        and str(line.id) in quoted
    ]


def _looked_back(goal: Goal, lines: Sequence[FrozenLine], found: Book, said: GoalWord | None) -> LookedBack:
    serving = [line for line in lines if line.terms.goal_id == goal.id]
    keys = {str(line.id) for line in serving}
    came = [
        (words("{support} on {day}", support=_called(one.line, serving), day=one.first), length)
        for one in found.placed
        if one.line in keys and (length := one.length) is not None
    ]
    return LookedBack(
        goal,
        tuple(Name(line.name) for line in serving),
        time_figure(words("Time planned for it"), [(Name(line.name), line.minutes) for line in serving]),
        time_figure(words("Time that invoices say so far"), came) if came else NOTHING_ENTERED,
        said.worked if said else "",
        said.did_not if said else "",
    )


def _called(line_id: str | None, lines: Sequence[FrozenLine]) -> Name:
    return next((Name(line.name) for line in lines if str(line.id) == line_id), Name(""))


@resting.told
def packs_about(plan: FundingPlan) -> Select[UUID]:
    """The pack that was written about a letter."""
    return select(ReviewPack.id).where(ReviewPack.client_id == plan.client_id, ReviewPack.plan_id == plan.id)
