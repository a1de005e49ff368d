"""Proposals and everything said about them, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, select

from budgeting.compare.afterwards import Afterwards
from budgeting.options.coverage import findings
from budgeting.package import Component
from budgeting.quotation import Quote
from budgeting.words import Name, nwords, words
from portal.access.scope import CLIENT, Written, limit, unscoped, visible
from portal.access.table import Action, Resource
from portal.accounts import coverage
from portal.accounts.model import Account, Organisation, OrganisationKind
from portal.db import among
from portal.funding import queries as funding
from portal.goals import queries as goals
from portal.people import history, next_steps
from portal.people.model import Client
from portal.people.next_steps import Glance, NextStep
from portal.people.queries import is_own, those
from portal.proposals import draft_rows as rows, pricing
from portal.proposals.draft_rows import DraftComment, DraftLine, DraftSuggestion
from portal.proposals.model import (
    UNSETTLED,
    Comment,
    Line,
    Proposal,
    ProposalState,
    Reaction,
    Suggestion,
    SuggestionState,
)
from portal.proposals.terms import Terms
from portal.proposals.unpaid import helpers_of
from portal.work import NotVisible, Work

C = TypeVar("C", Line, Suggestion, Comment)

# The statements of the budget sheet, which answers every edit: written once.
_ONE: BindParameter[UUID] = bindparam("proposal")
_PROPOSAL = Written(lambda seen: seen(Proposal).where(Proposal.client_id == bindparam("client"), Proposal.id == _ONE))
_LINES = Written(lambda seen: seen(Line).where(Line.proposal_id == _ONE).order_by(Line.position, Line.id))
_WAITING = Written(
    lambda seen: (
        seen(Suggestion, client=CLIENT)
        .where(Suggestion.proposal_id == _ONE, Suggestion.state.in_(UNSETTLED))
        .order_by(Suggestion.suggested_at, Suggestion.id)
    )
)
_SAID = Written(lambda seen: seen(Comment).where(Comment.proposal_id == _ONE).order_by(Comment.said_at, Comment.id))
_FELT = Written(lambda seen: seen(Reaction).where(Reaction.proposal_id == _ONE))
_PROVIDERS = (
    select(Organisation.id, Organisation.name)
    .where(Organisation.kind == OrganisationKind.PROVIDER)
    .order_by(Organisation.name)
)
_NAMED = select(Account.id, Account.name).where(among(Account.id, "accounts"))


def proposals(work: Work, client: Client, kept: bool = False) -> Sequence[Proposal]:
    """Every proposal of this client, the newest first.

    ``kept``: the drafts too that the reader keeps to themselves. Whatever is worked out from drafts leaves them out.
    """
    wanted = visible(work, Proposal).where(Proposal.client_id == client.id)
    if not kept:
        wanted = wanted.where(Proposal.kept_by.is_(None))
    return work.session.scalars(wanted.order_by(Proposal.created_at.desc(), Proposal.id)).all()


def proposal(work: Work, client: Client, proposal_id: UUID) -> Proposal:
    """One proposal of this client; NotVisible otherwise."""
    return _or_nothing(work.reads.record(Proposal, *_PROPOSAL(work, client=client.id, proposal=proposal_id)))


def line(work: Work, proposal: Proposal, line_id: UUID) -> Line:
    """One line of this proposal; NotVisible otherwise."""
    return _child(work, Line, proposal, line_id)


def suggestion(work: Work, proposal: Proposal, suggestion_id: UUID) -> Suggestion:
    """One suggestion about this proposal; NotVisible otherwise."""
    return _child(work, Suggestion, proposal, suggestion_id)


def comment(work: Work, proposal: Proposal, comment_id: UUID) -> Comment:
    """One comment about this proposal; NotVisible otherwise."""
    return _child(work, Comment, proposal, comment_id)


def _child(work: Work, model: type[C], proposal: Proposal, record_id: UUID) -> C:
    found: C | None = work.session.scalars(*_one(model)(work, record=record_id, proposal=proposal.id)).one_or_none()
    return _or_nothing(found)


@cache
def _one(model: type[Line | Suggestion | Comment]) -> Written:
    return Written(lambda seen: seen(model).where(model.id == bindparam("record"), model.proposal_id == _ONE))


R = TypeVar("R")


def _or_nothing(found: R | None) -> R:
    if found is None:
        raise NotVisible
    return found


def lines(work: Work, proposal: Proposal) -> Sequence[Line]:
    """Every line of a proposal in order, those taken out too."""
    return work.session.scalars(*_LINES(work, proposal=proposal.id)).all()


def unsettled(work: Work, proposal: Proposal) -> Sequence[Suggestion]:
    """What waits for an answer and what was put off, the oldest first."""
    return work.session.scalars(*_WAITING(work, proposal=proposal.id, client=proposal.client_id)).all()


def open_suggestions(work: Work, proposal: Proposal) -> Sequence[Suggestion]:
    """What waits for an answer, the oldest first."""
    return [one for one in unsettled(work, proposal) if one.state is SuggestionState.OPEN]


def suggestions_of(work: Work, line: Line) -> Sequence[Suggestion]:
    """Everything suggested about one line, the newest first."""
    wanted = visible(work, Suggestion).where(Suggestion.line_id == line.id)
    return work.session.scalars(wanted.order_by(Suggestion.suggested_at.desc())).all()


def comments(work: Work, proposal: Proposal) -> Sequence[Comment]:
    """Everything said about a proposal, the oldest first."""
    return work.session.scalars(*_SAID(work, proposal=proposal.id)).all()


def reactions(work: Work, proposal: Proposal) -> Sequence[Reaction]:
    """How people feel about the lines of a proposal."""
    return work.session.scalars(*_FELT(work, proposal=proposal.id)).all()


def own_reaction(work: Work, line: Line) -> Reaction | None:
    """How the reader feels about one line; None when they have not said."""
    wanted = visible(work, Reaction).where(Reaction.line_id == line.id, Reaction.account_id == work.account_id)
    return work.session.scalars(wanted).one_or_none()


def providers(work: Work) -> Mapping[UUID, str]:
    """The providers of the directory by id, in order of their names."""
    return {row.id: row.name for row in work.reads.all(_PROVIDERS, {})}


def people_named(work: Work, ids: Collection[UUID | None]) -> Mapping[UUID, str]:
    """The names of the people behind some accounts."""
    wanted = {one for one in ids if one}
    own = {work.actor.account_id: work.actor.name} if work.actor.account_id in wanted and work.actor.name else {}
    wanted -= own.keys()
    if not wanted:
        return own
    found = work.reads.all(_NAMED, {"accounts": wanted})
    return {**own, **{row.id: row.name for row in found}}


class AsNeeded(Mapping[UUID, str]):
    """Names by id that are read when the first of them is asked for; most sheets name few, and some none."""

    def __init__(self, read: Callable[[], Mapping[UUID, str]]) -> None:
        self._read = cache(read)

    def __getitem__(self, key: UUID) -> str:
        return self._read()[key]

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


@dataclass(frozen=True)
class Draft:
    """A proposal with all that belongs to it, read once; ``quote`` prices the lines that count."""

    client: Client
    proposal: Proposal
    lines: Sequence[DraftLine]
    setting: pricing.Setting
    quote: Quote
    suggestions: Sequence[DraftSuggestion] = ()
    comments: Sequence[DraftComment] = ()
    reactions: Sequence[Reaction] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    put_off: Sequence[DraftSuggestion] = ()  #: suggestions with somebody who sees to it, and a day

    @cached_property
    def afterwards(self) -> Afterwards:
        """What changes of some of its lines would leave."""
        return Afterwards(self.quote)

    @cached_property
    def by_id(self) -> Mapping[UUID, DraftLine]:
        """Its lines by their ids."""
        return {one.id: one for one in self.lines}

    @property
    def components(self) -> Sequence[Component]:
        """The parts of the funding, those that a program works out by itself too."""
        return [total.component for total in self.quote.components]

    @property
    def disputed(self) -> frozenset[UUID | None]:
        """Lines somebody does not agree with yet; None stands for the whole."""
        return frozenset(one.line_id for one in self.comments if one.disagrees and one.resolved_at is None)


def draft(work: Work, client: Client, proposal: Proposal) -> Draft:
    """Everything the budget sheet shows, with one statement for each table."""
    versions = rows.versions(work, proposal)
    found, there = rows.lines_of(work, versions), versions[0] if versions else None
    setting = pricing.Setting(
        client,
        proposal,
        AsNeeded(lambda: providers(work)),
        AsNeeded(lambda: goals.texts(work, client)),
        funding.values(work, client, proposal.program, proposal.starts),
        AsNeeded(lambda: helpers_of(work, client)),
    )
    waiting = rows.unsettled(work, proposal) if there is None or there.suggested else ()
    said = rows.comments(work, proposal) if there is None or there.said else ()
    involved = [one.suggested_by for one in waiting] + [one.said_by for one in said] + [one.edited_by for one in found]
    involved += [one.park_owner_id for one in found] + [one.park_owner_id or one.asked_id for one in waiting]
    counted = [(one.ref, one.terms) for one in found if one.counts]
    return Draft(
        client,
        proposal,
        found,
        setting,
        _with_coverage(work, client, pricing.quote(work, setting, counted), counted),
        [one for one in waiting if one.state is SuggestionState.OPEN],
        said,
        reactions(work, proposal) if there is None or there.felt else (),
        people_named(work, involved),
        [one for one in waiting if one.state is SuggestionState.PARKED],
    )


def _with_coverage(work: Work, client: Client, quote: Quote, lines: Sequence[tuple[str, Terms]]) -> Quote:
    """The answer with what does not fit what providers told of themselves; a line stays whatever is said of it."""
    by_line = {line_id: terms.provider_id for line_id, terms in lines if terms.provider_id}
    told = coverage.of_organisations(work, sorted(set(by_line.values())))
    if not told:
        return quote
    of_lines = {line_id: told[provider] for line_id, provider in by_line.items() if provider in told}
    return replace(quote, findings=(*quote.findings, *findings(quote, client.language, of_lines)))


def setting_for_freezing(work: Work, client: Client, proposal: Proposal) -> pricing.Setting:
    """What an accepted version is priced with, whoever accepts it: all goals, all providers, the whole funding.

    What is held in it for something else is no part of what is agreed, and may be free again tomorrow.
    """
    plan = funding.current_for_job(work, client, proposal.starts)
    granted = funding.funding_values(plan, work.today(client)) if plan and plan.program == proposal.program else None
    return pricing.Setting(client, proposal, providers(work), goals.texts_for_freezing(work, client.id), granted)


def for_job(work: Work, proposal_id: UUID) -> Proposal | None:
    """A proposal for the system's own work, where nobody reads."""
    return work.session.scalar(unscoped(select(Proposal).where(Proposal.id == proposal_id), "a job's own proposal"))


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    lines = work.session.execute(limit(select(Line.id, Line.name), work, Line).where(Line.id.in_(ids)))
    titled = limit(select(Proposal.id, Proposal.title), work, Proposal).where(Proposal.id.in_(ids))
    titles = work.session.execute(titled)
    return {row.id: Name(row[1]) for row in (*lines, *titles)}


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    rows = work.session.execute(
        limit(select(Proposal.client_id, Proposal.id, Proposal.title, func.count(Suggestion.id)), work, Proposal)
        .outerjoin(
            Suggestion,
            (Suggestion.proposal_id == Proposal.id)
            & (Suggestion.state == SuggestionState.OPEN)
            & Suggestion.asked_id.is_(None),
        )
        .where(among(Proposal.client_id, clients), Proposal.state == ProposalState.DRAFT)
        .group_by(Proposal.client_id, Proposal.id, Proposal.title, Proposal.created_at)
        .order_by(Proposal.created_at.desc())
    ).all()
    decides = those(work, Resource.DRAFT, Action.APPROVE, clients) if rows else ()
    for client_id, proposal_id, title, waiting in rows:
        href = f"/people/{client_id}/proposals/{proposal_id}"
        if waiting:
            text = nwords(
                "{n} suggestion in “{draft}” waits for an answer.",
                "{n} suggestions in “{draft}” wait for an answer.",
                waiting,
                draft=Name(title),
            )
            person = words("Waiting for {name}", name=Name(clients[client_id].name))
            yield client_id, NextStep(text, href, waiting_for=None if client_id in decides else person)
        elif client_id in decides:
            text = words("Go on with “{draft}”, and say yes when it is right.", draft=Name(title))
            yield client_id, NextStep(text, href)


@next_steps.at_a_glance(order=20)
def _glance(work: Work, client: Client) -> Iterable[Glance]:
    shared = Proposal.client_id == client.id, Proposal.state == ProposalState.DRAFT, Proposal.kept_by.is_(None)
    wanted = visible(work, Proposal).where(*shared)
    found = work.session.scalars(wanted.order_by(Proposal.created_at.desc()).limit(1)).one_or_none()
    if found is None:
        return
    counted = work.session.scalar(
        limit(select(func.count()).select_from(Line), work, Line).where(
            Line.proposal_id == found.id, Line.removed_at.is_(None), Line.parked_at.is_(None)
        )
    )
    note = nwords("{n} support in it", "{n} supports in it", counted or 0)
    label = words("You are working on") if is_own(work, client) else words("Being worked on")
    yield Glance(label, Name(found.title), f"/people/{client.id}/proposals/{found.id}", note)
