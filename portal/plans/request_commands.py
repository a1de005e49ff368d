"""Asking a provider before anything is approved, its answers round by round, and taking an offer into the draft."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from budgeting.words import Name, Words, words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.accounts.queries import hashed
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import request_events as events, request_queries
from portal.plans.model import LINK_LASTS
from portal.plans.narrowed import asked_of
from portal.plans.request_model import ProviderRequest, RequestLine, Round
from portal.plans.request_states import GIVEN, Act, AskState
from portal.plans.states import Answered
from portal.plans.telling import SELF, holders, keepers, members, tell
from portal.proposals.model import Line, Proposal
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal, Work, command, open_command, refuse

SHORTEST = 3  # letters of a name that are looked for in a message


@dataclass(frozen=True)
class Question:
    """What is asked of one provider, as it was typed."""

    provider_id: UUID | None
    provider_name: str
    place: str
    message: str
    names_client: bool
    answer_by: date


@command(Resource.REQUEST, Action.SHARE)
def prepare(
    work: Work, client: Client, proposal: Proposal, lines: Sequence[Line], question: Question
) -> ProviderRequest:
    """Put down what one provider is asked about some lines of a draft, to be looked at before it is sent.

    The name goes with it only where the client (or who decides for them) shares it here. Refusal without a line or a
    provider, for a day gone by, or when the words hold the client's name.
    """
    proposal.must_be_draft()
    unknown = question.provider_id is None and not question.provider_name
    refuse(
        lines=None if lines else words("Choose at least one support."),
        provider=words("Choose a provider, or enter a name.") if unknown else None,
        answer_by=_to_come(question.answer_by, work.today(client)),
        message=None if question.names_client else _names(client, question.message),
        place=None if question.names_client else _names(client, question.place),
    )
    if question.names_client:
        work.demand(Resource.CONSENTS, Action.APPROVE, client.id)
    if work.account_id is None:
        raise NotVisible
    made = ProviderRequest(
        client_id=client.id,
        proposal_id=proposal.id,
        provider_id=question.provider_id,
        provider_name="" if question.provider_id else question.provider_name,
        place=question.place,
        message=question.message,
        names_client=question.names_client,
        answer_by=question.answer_by,
        asked_by=work.account_id,
        asked_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    for position, line in enumerate(lines):
        asked = asked_of(line, question.provider_id).as_json()
        row = RequestLine(client_id=client.id, request_id=made.id, line_id=line.id, position=position, asked=asked)
        work.session.add(row)
    work.session.flush()
    work.record(events.RequestPrepared(client_id=client.id, subject=made.id, provider_id=made.provider_id))
    return made


@command(Resource.REQUEST, Action.SHARE)
def send(work: Work, request: ProviderRequest) -> None:
    """Send it: the provider finds the question now, and nothing is agreed by that."""
    request.must(Act.SEND)
    request.state, request.asked_at = AskState.SENT, work.now
    _round(work, request, None, None, "", request.message, None, {})
    client_id, provider_id = request.client_id, request.provider_id
    work.record(
        events.Asked(client_id=client_id, subject=request.id, provider_id=provider_id, named=request.names_client)
    )
    if provider_id:
        work.later("people.let_in_provider", client_id=client_id, organisation_id=provider_id)
        tell(work, members(work, provider_id, client_id), f"request-{request.id}", f"/requests/{request.id}")


def _names(client: Client, text: str) -> Words | None:
    """What is wrong with words that hold a part of the client's name."""
    for part in client.name.split():
        if len(part) >= min(SHORTEST, len(client.name)) and part.casefold() in text.casefold():
            return words("Your words hold the name {name}. Leave it out, or share the name.", name=Name(part))
    return None


def _to_come(day: date | None, today: date) -> Words | None:
    """What is wrong with a day gone by."""
    return words("Choose a day that is still to come.") if day is not None and day < today else None


def _round(
    work: Work,
    request: ProviderRequest,
    answer: AskState | None,
    how: Answered | None,
    spoke_with: str,
    said: str,
    stands_until: date | None,
    offers: Mapping[str, object],
) -> Round:
    last = select(func.max(Round.number)).where(Round.request_id == request.id)
    made = Round(
        client_id=request.client_id,
        request_id=request.id,
        number=(work.session.scalar(unscoped(last, "the next round")) or 0) + 1,
        answer=answer,
        how=how,
        by=work.account_id,
        spoke_with=spoke_with,
        said=said,
        stands_until=stands_until,
        offers=json.dumps(offers, sort_keys=True, ensure_ascii=False),
        at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def _as_provider(work: Work) -> None:
    if work.decision is None or work.decision.relationship is not Relationship.PROVIDER:
        raise NotVisible


def _not_as_provider(work: Work) -> None:
    if work.decision is not None and work.decision.relationship is Relationship.PROVIDER:
        raise NotVisible


@command(Resource.REQUEST, Action.WRITE)
def mark_read(work: Work, request: ProviderRequest) -> None:
    """Somebody of the provider has read the question, and will answer later."""
    _as_provider(work)
    if not request.may(Act.READ):
        return
    request.state, request.read_at, request.read_by = AskState.READ, work.now, work.account_id
    work.record(events.RequestRead(client_id=request.client_id, subject=request.id, provider_id=request.provider_id))


@command(Resource.REQUEST, Action.WRITE)
def prepare_offer(work: Work, request: ProviderRequest, line: RequestLine, offer: Terms | None) -> None:
    """Put down what the provider offers for one of its own lines; None: as asked. Nothing is sent by that."""
    _prepare(work, request, line, offer)


def _prepare(work: Work, request: ProviderRequest, line: RequestLine, offer: Terms | None) -> None:
    request.must(Act.ANSWER)
    if line.request_id != request.id:
        raise NotVisible
    asked = line.asked_terms
    if offer is not None and (offer.starts < asked.starts or offer.starts > asked.ends):
        raise Refusal(words("Choose a day from {first} to {last}.", first=asked.starts, last=asked.ends), "starts")
    line.offered = None if offer is None or offer == asked else offer.as_json()
    work.record(
        events.OfferChanged(
            client_id=request.client_id, subject=request.id, provider_id=request.provider_id, line_id=line.line_id
        )
    )


@dataclass(frozen=True)
class Reply:
    """What a provider says: yes, something else, or no; in which words; and until when it stands."""

    answer: AskState
    said: str
    stands_until: date | None
    spoke_with: str = ""


@command(Resource.REQUEST, Action.WRITE)
def answer(work: Work, request: ProviderRequest, reply: Reply) -> None:
    """The provider answers with its own account."""
    _as_provider(work)
    _take_in(work, request, reply, Answered.ACCOUNT)


@command(Resource.REQUEST, Action.WRITE)
def record_telephone_answer(work: Work, request: ProviderRequest, reply: Reply) -> None:
    """Keep what a provider said on the telephone: who said it, when, in which words, and who took the call."""
    _not_as_provider(work)
    _take_in(work, request, reply, Answered.TELEPHONE)


@open_command
def answer_by_link(work: Work, token: str, reply: Reply) -> None:
    """Answer with a one-time link; it ends with that. NotVisible when it has ended or never was."""
    request = _behind(work, token)
    _take_in(work.by_link(), request, reply, Answered.LINK)


@open_command
def prepare_offer_by_link(work: Work, token: str, line_id: UUID, offer: Terms | None) -> None:
    """Put down what is offered for one line by whoever holds the link; the link goes on."""
    request = _behind(work, token)
    line = next((one for one in _lines(work, request) if one.id == line_id), None)
    if line is None:
        raise NotVisible
    _prepare(work.by_link(), request, line, offer)


def _behind(work: Work, token: str) -> ProviderRequest:
    found = request_queries.by_link(work, token)
    if found is None:
        raise NotVisible
    return found


def _lines(work: Work, request: ProviderRequest) -> Sequence[RequestLine]:
    wanted = select(RequestLine).where(RequestLine.request_id == request.id).order_by(RequestLine.position)
    return work.session.scalars(unscoped(wanted, "the lines of a question")).all()


def _must_be_whole(reply: Reply, today: date, *, offers: bool) -> None:
    """Refuse an answer as long as something of it is missing."""
    answer = None if reply.answer in GIVEN else words("Choose one of the answers.")
    if reply.answer is AskState.COUNTER and not offers:
        answer = words("Say first what you offer instead, at the support it is about.")
    stands = _to_come(reply.stands_until, today)
    if reply.answer in GIVEN and reply.answer is not AskState.NO and reply.stands_until is None:
        stands = words("Until when does this stand? Choose a day.")
    wordless = reply.answer is AskState.NO and not reply.said
    refuse(answer=answer, said=words("Say why not, in a few words.") if wordless else None, stands_until=stands)


def _take_in(work: Work, request: ProviderRequest, reply: Reply, how: Answered) -> None:
    request.must(Act.ANSWER)
    lines = _lines(work, request)
    offered = {str(line.line_id): json.loads(line.offered) for line in lines if line.offered}
    _must_be_whole(reply, work.day, offers=bool(offered))
    if reply.answer is not AskState.COUNTER:
        offered = {}
        for line in lines:
            line.offered = None
    if request.read_at is None:
        request.read_at = work.now
        request.read_by = work.account_id if how is Answered.ACCOUNT else None
    request.state = reply.answer
    request.end_link()
    stands = None if reply.answer is AskState.NO else reply.stands_until
    made = _round(work, request, reply.answer, how, reply.spoke_with, reply.said, stands, offered)
    work.record(
        events.RequestAnswered(
            client_id=request.client_id,
            subject=request.id,
            provider_id=request.provider_id,
            answer=reply.answer,
            how=how,
            round=made.number,
            stands_until=stands,
        )
    )
    to_tell = keepers(work, request.client_id) | holders(work, request.client_id, SELF)
    tell(work, to_tell, f"request-answer-{request.id}-{made.number}", _place(request))


def _place(request: ProviderRequest) -> str:
    return f"/people/{request.client_id}/proposals/{request.proposal_id}/requests/{request.id}"


@command(Resource.REQUEST, Action.SHARE)
def ask_again(work: Work, request: ProviderRequest, said: str) -> None:
    """Another round: say what would still have to be different; what was offered before is kept in its round."""
    request.must(Act.ASK_AGAIN)
    client = people.client_of(work, request.client_id, "whose draft it is")
    if not request.names_client:
        refuse(message=_names(client, said))
    request.state = AskState.SENT
    made = _round(work, request, None, None, "", said, None, {})
    work.record(events.AskedAgain(client_id=request.client_id, subject=request.id, provider_id=request.provider_id))
    if request.provider_id:
        key = f"request-{request.id}-{made.number}"
        tell(work, members(work, request.provider_id, client.id), key, f"/requests/{request.id}")


@command(Resource.REQUEST, Action.SHARE)
def take(work: Work, request: ProviderRequest) -> None:
    """Let what was offered become suggestions in the draft; Refusal when the offer does not stand any more."""
    request.must(Act.TAKE)
    latest = select(Round).where(Round.request_id == request.id, Round.answer.is_not(None))
    found = work.session.scalars(unscoped(latest.order_by(Round.number.desc()), "the offer that is taken")).first()
    if found is None or found.stands_until is None or found.stands_until < work.day:
        raise Refusal(words("This offer does not stand any more. You can ask again."))
    request.state = AskState.TAKEN
    work.record(
        events.OfferTaken(
            client_id=request.client_id,
            subject=request.id,
            provider_id=request.provider_id,
            proposal_id=request.proposal_id,
        )
    )
    work.later("proposals.suggest_offered", source="plans.request", about=request.id, account_id=work.account_id)


@command(Resource.CONSENTS, Action.APPROVE)
def share_name(work: Work, request: ProviderRequest) -> None:
    """The client lets this provider know the name, for this question."""
    request.names_client = True
    work.record(events.RequestNamed(client_id=request.client_id, subject=request.id, provider_id=request.provider_id))


@command(Resource.REQUEST, Action.SHARE)
def close(work: Work, request: ProviderRequest) -> None:
    """No answer is needed any more: the provider finds nothing of it from now on."""
    request.must(Act.CLOSE)
    request.state = AskState.CLOSED
    request.end_link()
    work.record(events.RequestClosed(client_id=request.client_id, subject=request.id, provider_id=request.provider_id))


@command(Resource.REQUEST, Action.SHARE)
def make_link(work: Work, request: ProviderRequest) -> str:
    """A one-time link's token for a provider without an account; an earlier link ends. Only its hash is kept."""
    request.must(Act.ANSWER)
    token = secrets.token_urlsafe(32)
    request.token_hash, request.token_ends_at = hashed(token), work.now + LINK_LASTS
    ends = work.day + LINK_LASTS
    work.record(
        events.RequestLinkMade(
            client_id=request.client_id, subject=request.id, provider_id=request.provider_id, ends=ends
        )
    )
    return token
