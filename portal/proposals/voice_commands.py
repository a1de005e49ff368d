"""The verbs of whose idea it was. They are the client’s alone: no authority answers in their place."""

from __future__ import annotations

from uuid import UUID

from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.people.queries import account_of_client
from portal.proposals import queries, voice_events as events, voice_queries as voices
from portal.proposals.model import Proposal
from portal.proposals.voice_model import AtTheirWord, Idea, WhoseIdea
from portal.work import NotVisible, Work, command


def _must_be_the_client(work: Work, client_id: UUID) -> UUID:
    mine = account_of_client(work, client_id)
    if mine is None or mine != work.account_id:
        raise NotVisible
    return mine


@command(Resource.DRAFT, Action.APPROVE)
def answer(work: Work, proposal: Proposal, line_key: UUID, idea: Idea | None) -> None:
    """Say whose idea a support was, or (None) take the answer back. Only the client sees it until they share it."""
    me = _must_be_the_client(work, proposal.client_id)
    if all(line.key != line_key for line in queries.lines(work, proposal)):
        raise NotVisible
    mine = voices.own(work, proposal, line_key)
    if idea is None:
        if mine is not None:
            work.session.delete(mine)
    else:
        if mine is None:
            mine = WhoseIdea(client_id=proposal.client_id, proposal_id=proposal.id, line_key=line_key, said_by=me)
            work.session.add(mine)
        mine.idea, mine.said_at, mine.shared_at = idea, work.now, None  # what was shared was another answer
    work.session.flush()
    work.record(events.IdeaAnswered(client_id=proposal.client_id, subject=proposal.id))


@command(Resource.DRAFT, Action.APPROVE)
def share(work: Work, proposal: Proposal) -> None:
    """Let everybody who may see the draft see one's answers of now; what is answered later is private again."""
    me = _must_be_the_client(work, proposal.client_id)
    for one in voices.ideas(work, proposal):
        if one.said_by == me:
            one.shared_at = one.shared_at or work.now
    work.record(events.IdeasShared(client_id=proposal.client_id, subject=proposal.id))


@command(Resource.DRAFT, Action.APPROVE)
def keep_to_oneself(work: Work, proposal: Proposal) -> None:
    """Let nobody else see one's answers any more."""
    me = _must_be_the_client(work, proposal.client_id)
    for one in voices.ideas(work, proposal):
        if one.said_by == me:
            one.shared_at = None
    work.record(events.IdeasKept(client_id=proposal.client_id, subject=proposal.id))


@command(Resource.DRAFT, Action.APPROVE)
def at_my_word(work: Work, client: Client, account_id: UUID, yes: bool) -> None:
    """Say that what somebody of the circle does from now on, they do at one's word; or no longer."""
    me = _must_be_the_client(work, client.id)
    if account_id == me or account_id not in voices.parties(work, client):
        raise NotVisible
    now = [one for one in voices.at_my_word(work, client) if one.account_id == account_id and one.until is None]
    if yes and not now:
        said = AtTheirWord(client_id=client.id, account_id=account_id, said_by=me, since=work.now)
        work.session.add(said)
    for one in now if not yes else ():
        one.until = work.now
    work.session.flush()
    work.record(events.WordGiven(client_id=client.id))
