"""Questions to providers, limited to what the reader may see; and what was offered, for the draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from budgeting.words import Name, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Resource
from portal.accounts.queries import hashed
from portal.db import among
from portal.people import due, history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans.queries import called, client_of, in_circle, provider_names
from portal.plans.request_model import ProviderRequest, RequestLine, Round
from portal.plans.request_rows import STATES
from portal.plans.request_states import GIVEN, WAITING, AskState
from portal.proposals import offered, so_far
from portal.proposals.model import Line, Proposal
from portal.proposals.offered import Offered
from portal.work import NotVisible, Work

history.about("plans.request_", Resource.REQUEST)


def of_proposal(work: Work, proposal: Proposal) -> Sequence[ProviderRequest]:
    """Every question about one draft, the latest first."""
    wanted = visible(work, ProviderRequest).where(
        ProviderRequest.proposal_id == proposal.id, ProviderRequest.client_id == proposal.client_id
    )
    return work.session.scalars(wanted.order_by(ProviderRequest.asked_at.desc(), ProviderRequest.id)).all()


def of_client(work: Work, proposal: Proposal, request_id: UUID) -> ProviderRequest:
    """One question about this draft; NotVisible otherwise."""
    found = next((one for one in of_proposal(work, proposal) if one.id == request_id), None)
    if found is None:
        raise NotVisible
    return found


def asked_of(work: Work, client: Client, organisation_id: UUID) -> list[tuple[date, bool]]:
    """On which days one provider was asked what it could do, and whether the name went with it; the oldest first."""
    wanted = visible(work, ProviderRequest).where(
        ProviderRequest.client_id == client.id,
        ProviderRequest.provider_id == organisation_id,
        ProviderRequest.state != AskState.DRAFT,
    )
    found = work.session.scalars(wanted.order_by(ProviderRequest.asked_at, ProviderRequest.id))
    return [(client.by_the_clock(one.asked_at).date(), one.names_client) for one in found]


def for_us(work: Work) -> Sequence[ProviderRequest]:
    """What the reader's own organisations are asked, the latest first."""
    wanted = visible(work, ProviderRequest).where(ProviderRequest.provider_id.in_(organisations(work)))
    return work.session.scalars(wanted.order_by(ProviderRequest.asked_at.desc())).all()


def one_for_us(work: Work, request_id: UUID) -> ProviderRequest:
    """One question to an organisation of the reader; NotVisible otherwise."""
    found = next((one for one in for_us(work) if one.id == request_id), None)
    if found is None:
        raise NotVisible
    return found


def by_link(work: Work, token: str) -> ProviderRequest | None:
    """The question a one-time link opens; None when it has ended, with its provider's place too, or never was."""
    wanted = select(ProviderRequest).where(
        ProviderRequest.token_hash == hashed(token), ProviderRequest.token_ends_at > work.now
    )
    found = work.session.scalar(unscoped(wanted, "whoever holds the link"))
    return found if found is not None and in_circle(work, found) else None


def lines_of(work: Work, request: ProviderRequest) -> Sequence[RequestLine]:
    """The supports a question is about, in order; the question was found first."""
    wanted = select(RequestLine).where(RequestLine.request_id == request.id).order_by(RequestLine.position)
    return work.session.scalars(unscoped(wanted, "the lines of a question that was found")).all()


def line_of(work: Work, request: ProviderRequest, line_id: UUID) -> RequestLine:
    """One support of a question that was found; NotVisible otherwise."""
    found = next((one for one in lines_of(work, request) if one.id == line_id), None)
    if found is None:
        raise NotVisible
    return found


def rounds_of(work: Work, request: ProviderRequest) -> Sequence[Round]:
    """Every round of a question that was found, the first first."""
    wanted = select(Round).where(Round.request_id == request.id).order_by(Round.number)
    return work.session.scalars(unscoped(wanted, "the rounds of a question that was found")).all()


def latest_answer(rounds: Sequence[Round]) -> Round | None:
    """The provider's latest answer; None before the first, and after the asker has spoken again."""
    return rounds[-1] if rounds and rounds[-1].answer is not None else None


@dataclass(frozen=True)
class About:
    """What whoever is asked may know besides the supports: the program, and the name only where it is shared."""

    program: str
    person: Name | None


def about(work: Work, request: ProviderRequest) -> About:
    """The program of the draft, and the client's name where it goes with the question."""
    program = unscoped(select(Proposal.program), "named in a question").where(Proposal.id == request.proposal_id)
    person = Name(client_of(work, request.client_id).name) if request.names_client else None
    return About(work.session.scalars(program).one(), person)


def line_names(work: Work, request: ProviderRequest) -> Mapping[UUID, Name]:
    """What the draft calls each support of a question, for those who read the draft."""
    wanted = limit(select(Line.id, Line.name), work, Line).where(Line.proposal_id == request.proposal_id)
    return {row.id: Name(row.name) for row in work.session.execute(wanted)}


@offered.source("plans.request")
def offers_of(work: Work, request_id: UUID) -> Sequence[Offered]:
    """What the latest answer of a question would make of each line, with the provider that offers it."""
    wanted = select(ProviderRequest).where(ProviderRequest.id == request_id)
    request = work.session.scalar(unscoped(wanted, "a job knows the id"))
    if request is None:
        return ()
    answered = [one for one in rounds_of(work, request) if one.answer in GIVEN]
    if not answered or answered[-1].answer is AskState.NO:
        return ()
    found = []
    for line in lines_of(work, request):
        was = line.asked_terms
        offer = answered[-1].offer_for(line.line_id) or was
        then = replace(offer, provider_id=request.provider_id, provider_name=request.provider_name)
        said = answered[-1].said
        found.append(Offered(request.client_id, request.proposal_id, line.line_id, was, then, said))
    return found


def _draft_seen(work: Work) -> ColumnElement[bool]:
    """The page of a question is part of its draft: who may not see the draft is not led there."""
    return ProviderRequest.proposal_id.in_(limit(select(Proposal.id), work, Proposal))


@next_steps.of_clients
def answers_to_look_at(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """What providers answered, and nobody has decided about yet."""
    wanted = limit(select(ProviderRequest), work, ProviderRequest).where(
        among(ProviderRequest.client_id, clients), ProviderRequest.state.in_(GIVEN), _draft_seen(work)
    )
    found = work.session.scalars(wanted).all()
    names = provider_names(work, [one.provider_id for one in found]) if found else {}
    for one in found:
        href = f"/people/{one.client_id}/proposals/{one.proposal_id}/requests/{one.id}"
        yield one.client_id, NextStep(words("{provider} answered your question.", provider=called(one, names)), href)


@due.of_clients
def answers_that_are_waited_for(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Questions that providers have not answered yet, by the day by which they were asked to."""
    wanted = visible(work, ProviderRequest).where(
        among(ProviderRequest.client_id, clients), ProviderRequest.state.in_(WAITING), _draft_seen(work)
    )
    found = work.session.scalars(wanted).all()
    names = provider_names(work, [one.provider_id for one in found]) if found else {}
    for one in found:
        text = words("Waiting for {provider}", provider=called(one, names))
        href = f"/people/{one.client_id}/proposals/{one.proposal_id}/requests/{one.id}"
        yield due.Due(one.client_id, due.Kind.QUESTION, one.answer_by, text, href, called(one, names))


@next_steps.of_reader
def questions_to_answer(work: Work) -> Iterable[NextStep]:
    """How many questions wait for the reader's own organisations."""
    wanted = limit(select(func.count(ProviderRequest.id)), work, ProviderRequest).where(
        ProviderRequest.provider_id.in_(organisations(work)), ProviderRequest.state.in_(WAITING)
    )
    if count := work.session.scalar(wanted) or 0:
        text = nwords("{n} question about supports waits for you.", "{n} questions about supports wait for you.", count)
        yield NextStep(text, "/requests")


@so_far.of_line
def _asked_about(work: Work, client: Client, key: UUID) -> Iterable[so_far.Fact]:
    """Who asked which provider about a line before approval, and each answer, with who spoke or took the call."""
    wanted = (
        limit(select(ProviderRequest, Round), work, ProviderRequest)
        .join(Round, Round.request_id == ProviderRequest.id)
        .join(RequestLine, RequestLine.request_id == ProviderRequest.id)
        .join(Line, Line.id == RequestLine.line_id)
        .where(ProviderRequest.client_id == client.id, Line.key == key)
    )
    rows = work.session.execute(wanted.order_by(Round.at, Round.id)).all()
    named = provider_names(work, {one.provider_id for one, _ in rows})
    for one, spoken in rows:
        if spoken.answer is None:
            text = words("Asked {provider} what it could do, without a name.", provider=called(one, named))
            if one.names_client:
                text = words("Asked {provider} what it could do, with the name.", provider=called(one, named))
        else:
            text = words("{label}: {value}", label=called(one, named), value=STATES[spoken.answer])
        href = f"/people/{client.id}/proposals/{one.proposal_id}/requests/{one.id}"
        yield so_far.Fact(so_far.Stage.ASKED, text, spoken.at, href, who=spoken.by)
