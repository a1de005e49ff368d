"""The verbs of rounds: say that one has seen a draft, and hand it over to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.proposals import queries, round_events as events, round_queries
from portal.proposals.model import Proposal
from portal.proposals.round_model import PastDraft, PastLine, Round, Sight, content_of, past_lines
from portal.work import NotVisible, Refusal, Work, command

NOTED_AGAIN = timedelta(minutes=5)  #: shorter than a break between two visits


@command(Resource.DRAFT, Action.READ)
def mark_seen(work: Work, proposal: Proposal, seen: str, shown: int) -> None:
    """Keep what one saw of a draft, to be told next time what changed since. Nobody else learns of it.

    ``seen`` is the hash of what was shown, ``shown`` when that was, in microseconds since 1970 began in UTC: what came
    after it is told next time. Refusal when the supports are others by now and nobody kept how they were.
    """
    past = round_queries.past_of(work, proposal, seen)
    lines = past_lines(queries.lines(work, proposal))
    if past is None and content_of(lines)[1] != seen:
        raise Refusal(words("Something changed while you were reading. The page shows it now: look once more."))
    at = min(work.now, round_queries.BEGINNING + timedelta(microseconds=shown))
    _see(work, proposal, past or _kept(work, proposal, lines), at)


@command(Resource.DRAFT, Action.READ)
def note_shown(work: Work, proposal: Proposal, seen: str, shown: int) -> None:
    """Note by itself what was shown, for the next visit; the arguments are those of ``mark_seen``.

    Nothing is noted again within one visit while the supports are the same, nor when they are others by now.
    """
    past = round_queries.past_of(work, proposal, seen)
    at = round_queries.BEGINNING + timedelta(microseconds=shown)
    last = next(iter(round_queries.showings(work, proposal)), None)
    if last is not None and past is not None and last.past_id == past.id and at - last.at < NOTED_AGAIN:
        return
    lines = past_lines(queries.lines(work, proposal))
    if past is None and content_of(lines)[1] != seen:
        return
    kept = past or _kept(work, proposal, lines)
    work.record(events.DraftShown(client_id=proposal.client_id, subject=proposal.id, past_id=kept.id, shown=shown))


@command(Resource.DRAFT, Action.COMMENT)
def hand_over(work: Work, client: Client, proposal: Proposal, to: UUID, note: str) -> Round:
    """Hand a draft over: it is somebody else's turn, and they get a letter that says no more than that."""
    proposal.must_be_draft()
    if work.account_id is None:
        raise NotVisible
    if to not in round_queries.whose_turn_it_can_be(work, client, proposal):
        raise Refusal(words("Choose somebody who can see this draft."), "person")
    past = _kept(work, proposal, past_lines(queries.lines(work, proposal)))
    earlier = round_queries.rounds(work, proposal)
    made = Round(
        client_id=proposal.client_id,
        proposal_id=proposal.id,
        number=len(earlier) + 1,
        past_id=past.id,
        handed_by=work.account_id,
        handed_to=to,
        handed_at=work.now,
        note=note,
    )
    work.session.add(made)
    work.session.flush()
    _see(work, proposal, past, work.now)
    work.record(events.HandedOver(client_id=proposal.client_id, subject=proposal.id, handed_to=to, number=made.number))
    if to != work.account_id:
        path = f"/people/{proposal.client_id}/proposals/{proposal.id}/since"
        work.later("accounts.tell", account_id=to, key=f"round-{made.id}", path=path)
    return made


def _kept(work: Work, proposal: Proposal, lines: Iterable[PastLine]) -> PastDraft:
    """How a draft is now; what was kept before is used again."""
    content, digest = content_of(lines)
    found = round_queries.past_of(work, proposal, digest)
    if found is None:
        found = PastDraft(
            client_id=proposal.client_id, proposal_id=proposal.id, content=content, hash=digest, kept_at=work.now
        )
        work.session.add(found)
        work.session.flush()
    return found


def _see(work: Work, proposal: Proposal, past: PastDraft, at: datetime) -> None:
    mine = round_queries.sight(work, proposal)
    if mine is None:
        mine = Sight(client_id=proposal.client_id, proposal_id=proposal.id, account_id=work.account_id)
        work.session.add(mine)
    mine.past_id, mine.seen_at = past.id, at
    work.session.flush()
    work.record(events.DraftSeen(client_id=proposal.client_id, subject=proposal.id))
