"""Asking providers from a draft, before anything is approved: prepare, look, send, compare, take into the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries, request_commands, request_queries, request_rows, sharing_queries
from portal.plans.asked_pages import OfferForm, ReplyForm, offer_of, reply_of
from portal.plans.request_commands import Question
from portal.plans.request_model import ProviderRequest
from portal.plans.request_states import Act
from portal.proposals import queries as proposals
from portal.proposals.model import Proposal, ProposalState
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

SEE = (Resource.REQUEST, Action.READ)
SHARE = (Resource.REQUEST, Action.SHARE)
WRITE = (Resource.REQUEST, Action.WRITE)
TIME_TO_ANSWER = timedelta(days=7)  # our own choice: what is offered in the form, to be changed by whoever asks
DRAFT = "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/requests"
ONE = DRAFT + "/{request_id:uuid}"


def _base(client: Client, proposal: Proposal) -> str:
    return f"/people/{client.id}/proposals/{proposal.id}"


@get(DRAFT, access=SEE)
def requests(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Every provider that was asked about this draft, their answers beside each other."""
    client = people.client(work, client_id)
    proposal = proposals.proposal(work, client, proposal_id)
    found = request_queries.of_proposal(work, proposal)
    names = queries.provider_names(work, [one.provider_id for one in found])
    base = _base(client, proposal)
    listed = []
    for one in found:
        answer = request_queries.latest_answer(request_queries.rounds_of(work, one))
        own = request_queries.line_names(work, one)
        shown = request_rows.lines(request_queries.lines_of(work, one), proposal.program, own, answer)
        provider = queries.called(one, names)
        listed.append(request_rows.listed(one, provider, f"{base}/requests/{one.id}", shown, answer))
    values = {
        "requests": listed,
        "compared": request_rows.compared(listed),
        "base": base,
        "title": Name(proposal.title),
        "may_ask": work.can(*SHARE, client.id) and proposal.state is ProposalState.DRAFT,
        "own": people.is_own(work, client),
    }
    return View("plans/requests.html", values, client=client)


@get(DRAFT + "/new", access=SHARE)
def new(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """Whom to ask, about which supports, and what they may know."""
    client = people.client(work, client_id)
    proposal = proposals.proposal(work, client, proposal_id)
    lines = [line for line in proposals.lines(work, proposal) if line.counts]
    values = {
        "base": _base(client, proposal),
        "lines": [(str(line.id), line.name) for line in lines],
        "chosen": [asked.query["line"]] if "line" in asked.query else [],
        "providers": [(str(one), name) for one, name in sorted(proposals.providers(work).items(), key=lambda p: p[1])],
        "answer_by": (work.today(client) + TIME_TO_ANSWER).isoformat(),
        "may_name": work.can(Resource.CONSENTS, Action.APPROVE, client.id),
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "language": client.language,
    }
    return View("plans/request_new.html", values, client=client)


@dataclass(frozen=True)
class QuestionForm:
    lines: tuple[UUID, ...] = forms.record_ids()
    provider: UUID | None = forms.record_id(required=False)
    provider_name: str = forms.text(200, required=False)
    place: str = forms.text(120)
    message: str = forms.text(1000, required=False)
    names_client: bool = forms.tick()
    answer_by: date = forms.day()


@post(DRAFT + "/new", access=SHARE, form=QuestionForm, view=new)
def prepare(work: Work, form: QuestionForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Put the question down; the next page shows exactly what the provider would read."""
    client = people.client(work, client_id)
    proposal = proposals.proposal(work, client, proposal_id)
    if form.provider and form.provider not in proposals.providers(work):
        raise Refusal(words("Choose one of the answers."), "provider")
    lines = [line for line in proposals.lines(work, proposal) if line.counts and line.id in form.lines]
    question = Question(form.provider, form.provider_name, form.place, form.message, form.names_client, form.answer_by)
    made = request_commands.prepare(work, client, proposal, lines, question)
    return Go(
        f"{_base(client, proposal)}/requests/{made.id}",
        words("Not sent yet. Look at it, then send it."),
    )


@get(ONE, access=SEE)
def request(work: Work, client_id: UUID, proposal_id: UUID, request_id: UUID) -> View:
    """One question: what the provider reads, every round, and what to do next."""
    client = people.client(work, client_id)
    proposal = proposals.proposal(work, client, proposal_id)
    found = request_queries.of_client(work, proposal, request_id)
    lines, rounds = request_queries.lines_of(work, found), request_queries.rounds_of(work, found)
    names = queries.provider_names(work, [found.provider_id])
    provider = queries.called(found, names)
    people_named = account_names(work.session, {by for by in (found.read_by, *(one.by for one in rounds)) if by})
    own_names = request_queries.line_names(work, found)
    answer = request_queries.latest_answer(rounds)
    may_share = work.can(*SHARE, client.id)
    base = f"{_base(client, proposal)}/requests/{found.id}"
    about = request_queries.about(work, found)
    values: dict[str, Any] = {
        "request": found,
        "provider": provider,
        "badge": request_rows.BADGES[found.state],
        "state": request_rows.STATES[found.state],
        "person": about.person,
        "program_lines": request_rows.lines(lines, proposal.program, {}),
        "own_lines": request_rows.lines(lines, proposal.program, own_names, answer),
        "rounds": request_rows.rounds(rounds, lines, proposal.program, own_names, people_named, provider),
        "stands_until": answer.stands_until if answer else None,
        "stands": bool(answer and answer.stands_until and answer.stands_until >= work.day),
        "read_by": Name(people_named[found.read_by]) if found.read_by in people_named else None,
        "acts": {act.value: may_share and found.may(act) for act in Act},
        "may_write": work.can(*WRITE, client.id),
        "may_name": not found.names_client and work.can(Resource.CONSENTS, Action.APPROVE, client.id),
        "base": base,
        "back_href": f"{_base(client, proposal)}/requests",
        "draft_href": _base(client, proposal),
        "own": people.is_own(work, client),
        "here": sharing_queries.with_people(work, [found.provider_id] if found.provider_id else []),
    }
    return View("plans/request.html", values, client=client)


def _found(work: Work, client_id: UUID, proposal_id: UUID, request_id: UUID) -> ProviderRequest:
    client = people.client(work, client_id)
    return request_queries.of_client(work, proposals.proposal(work, client, proposal_id), request_id)


@post(ONE + "/send", access=SHARE, view=request)
def send(work: Work, client_id: UUID, proposal_id: UUID, request_id: UUID) -> Stay:
    """Send the question as it was shown."""
    request_commands.send(work, _found(work, client_id, proposal_id, request_id))
    return Stay(words("Sent. You are told when there is an answer."))


@dataclass(frozen=True)
class AgainForm:
    said: str = forms.text(1000)
    version: int = forms.version()


@post(ONE + "/again", access=SHARE, form=AgainForm, view=request)
def ask_again(work: Work, form: AgainForm, client_id: UUID, proposal_id: UUID, request_id: UUID) -> Stay:
    """Another round."""
    found = _found(work, client_id, proposal_id, request_id)
    found.expect(form.version)
    request_commands.ask_again(work, found, form.said)
    return Stay(words("Asked again. What was offered before stays below."))


@post(ONE + "/take", access=SHARE, form=forms.VersionForm, view=request)
def take(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID, request_id: UUID) -> Go:
    """Let the offer become suggestions in the draft."""
    found = _found(work, client_id, proposal_id, request_id)
    found.expect(form.version)
    request_commands.take(work, found)
    return Go(
        f"/people/{client_id}/proposals/{proposal_id}",
        words("The offer is a suggestion in the draft now. It changes nothing until it is accepted."),
    )


@post(ONE + "/name", access=(Resource.CONSENTS, Action.WRITE), view=request)
def share_name(work: Work, client_id: UUID, proposal_id: UUID, request_id: UUID) -> Stay:
    """The client lets this provider know the name."""
    request_commands.share_name(work, _found(work, client_id, proposal_id, request_id))
    return Stay(words("They may know the name now."))


@post(ONE + "/close", access=SHARE, view=request)
def close(work: Work, client_id: UUID, proposal_id: UUID, request_id: UUID) -> Stay:
    """No answer is needed any more."""
    request_commands.close(work, _found(work, client_id, proposal_id, request_id))
    return Stay(words("Closed. The provider finds nothing of it any more."))


@post(ONE + "/link", access=SHARE, view=request)
def make_link(work: Work, client_id: UUID, proposal_id: UUID, request_id: UUID) -> View:
    """Make a one-time link; its address is shown once."""
    client = people.client(work, client_id)
    found = _found(work, client_id, proposal_id, request_id)
    token = request_commands.make_link(work, found)
    assert found.token_ends_at is not None, "a link was just made"
    values = {
        "address": f"{work.house.settings.base_url}/request/{token}",
        "provider": queries.called(found, queries.provider_names(work, [found.provider_id])),
        "ends": found.token_ends_at,
        "back_href": f"/people/{client_id}/proposals/{proposal_id}/requests/{request_id}",
    }
    return View("plans/link.html", values, client=client)


@dataclass(frozen=True)
class TelephoneForm(ReplyForm):
    spoke_with: str = forms.text(120)


@post(ONE + "/telephone", access=WRITE, form=TelephoneForm, view=request)
def telephone(work: Work, form: TelephoneForm, client_id: UUID, proposal_id: UUID, request_id: UUID) -> Stay:
    """Keep what a provider said on the telephone."""
    found = _found(work, client_id, proposal_id, request_id)
    found.expect(form.version)
    request_commands.record_telephone_answer(work, found, reply_of(form, form.spoke_with))
    return Stay(words("Saved. The answer is below, marked as given on the telephone."))


@post(ONE + "/lines/{line_id:uuid}", access=WRITE, form=OfferForm, view=request)
def offer(work: Work, form: OfferForm, client_id: UUID, proposal_id: UUID, request_id: UUID, line_id: UUID) -> Stay:
    """What a provider offered on the telephone for one support, before its answer is saved."""
    found = _found(work, client_id, proposal_id, request_id)
    line = request_queries.line_of(work, found, line_id)
    request_commands.prepare_offer(work, found, line, offer_of(form, line))
    return Stay(words("Noted. Save the answer to keep it."))
