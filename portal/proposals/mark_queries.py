"""What is open and what is fixed in a draft, and the questions about it, as far as the reader may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name, nwords, words
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.db import among
from portal.people import due, next_steps
from portal.people.model import Tie
from portal.people.next_steps import NextStep
from portal.people.queries import those
from portal.proposals.mark_model import Challenge, Mark
from portal.proposals.mark_states import UNSETTLED, Asked, Term
from portal.proposals.model import Proposal, ProposalState
from portal.work import NotVisible, Work


def marks(work: Work, proposal: Proposal) -> Sequence[Mark]:
    """What was marked and not taken back, the oldest first."""
    wanted = visible(work, Mark).where(Mark.proposal_id == proposal.id, Mark.ended_at.is_(None))
    return work.session.scalars(wanted.order_by(Mark.marked_at, Mark.id)).all()


def every_mark(work: Work, proposal: Proposal) -> Sequence[Mark]:
    """The same with those that were lifted or taken back."""
    wanted = visible(work, Mark).where(Mark.proposal_id == proposal.id)
    return work.session.scalars(wanted.order_by(Mark.marked_at, Mark.id)).all()


def mark(work: Work, proposal: Proposal, mark_id: UUID) -> Mark:
    """One mark of this proposal that stands; NotVisible otherwise."""
    found = next((one for one in marks(work, proposal) if one.id == mark_id), None)
    if found is None:
        raise NotVisible
    return found


def standing(work: Work, proposal: Proposal, line_key: UUID | None, term: Term) -> Mark | None:
    """What is marked about one term now; None when nothing is."""
    return next((one for one in marks(work, proposal) if (one.line_key, one.term) == (line_key, term)), None)


def challenges(work: Work, proposal: Proposal) -> Sequence[Challenge]:
    """Every question about what is fixed, the oldest first."""
    wanted = visible(work, Challenge).where(Challenge.proposal_id == proposal.id)
    return work.session.scalars(wanted.order_by(Challenge.asked_at, Challenge.id)).all()


def challenge(work: Work, proposal: Proposal, challenge_id: UUID) -> Challenge:
    """One question; NotVisible otherwise."""
    found = next((one for one in challenges(work, proposal) if one.id == challenge_id), None)
    if found is None:
        raise NotVisible
    return found


def leads(work: Work, client_id: UUID) -> set[UUID]:
    """Whoever leads the work with a client today: they answer what nobody of the circle has marked."""
    held = select(Tie.account_id).where(
        Tie.client_id == client_id,
        Tie.relationship == Relationship.LEAD,
        Tie.account_id.is_not(None),
        Tie.holds_on(work.day),
    )
    return {one for one in work.session.scalars(unscoped(held, "who answers a question")) if one}


def who_leads(work: Work, clients: next_steps.Clients) -> Mapping[UUID, UUID]:
    """Whoever leads the work with each client today, as far as there is somebody."""
    held = select(Tie.client_id, Tie.account_id).where(
        among(Tie.client_id, clients),
        Tie.relationship == Relationship.LEAD,
        Tie.account_id.is_not(None),
        Tie.holds_on(work.day),
    )
    return {row.client_id: row.account_id for row in work.session.execute(unscoped(held, "who answers"))}


def may_answer(work: Work, one: Challenge, marked_by: UUID | None) -> bool:
    """Whether the reader answers a question: who made the mark or leads the work, and never who asked."""
    answers = {marked_by} if marked_by else set()
    return work.account_id != one.asked_by and work.account_id in answers | leads(work, one.client_id)


@due.of_clients
def _asked(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Questions about what is fixed that are not settled: since when, or until when, and whose turn it is."""
    wanted = (
        limit(select(Challenge, Proposal.title, Mark.marked_by), work, Challenge)
        .join(Proposal, Proposal.id == Challenge.proposal_id)
        .outerjoin(Mark, Mark.id == Challenge.mark_id)
        .where(among(Challenge.client_id, clients), Challenge.state.in_(UNSETTLED))
        .where(Proposal.state == ProposalState.DRAFT)
    )
    rows = work.session.execute(wanted).all()
    leading = who_leads(work, clients) if rows else {}
    for one, title, marked_by in rows:
        text = words("Asked whether something in {draft} must be fixed.", draft=Name(title))
        href = f"/people/{one.client_id}/proposals/{one.proposal_id}/terms"
        if one.state is Asked.PARKED and one.park_due is not None:
            yield due.Due(one.client_id, due.Kind.PUT_OFF, one.park_due, text, href, one.park_owner_id)
            continue
        answered = one.answered_at if one.state is Asked.OTHER else None
        day = clients[one.client_id].by_the_clock(answered or one.asked_at).date()
        who = one.asked_by if answered else marked_by if marked_by != one.asked_by else None
        yield due.Due(one.client_id, due.Kind.QUESTION, day, text, href, who or leading.get(one.client_id))


@next_steps.of_clients
def _waiting(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Questions that others asked and nobody answered; before them the reader's own, answered otherwise or put off."""
    wanted = (
        limit(select(Challenge, Proposal.title), work, Challenge)
        .join(Proposal, Proposal.id == Challenge.proposal_id)
        .where(among(Challenge.client_id, clients), Challenge.state.in_(UNSETTLED))
        .where(Proposal.state == ProposalState.DRAFT)
    )
    rows = work.session.execute(wanted).all()
    for one, title in rows:
        href, draft = f"/people/{one.client_id}/proposals/{one.proposal_id}/terms", Name(title)
        if one.state is Asked.OTHER and one.asked_by == work.account_id:
            said = words("Your question in “{draft}” was answered with something else. Is it right?", draft=draft)
            yield one.client_id, NextStep(said, href)
        elif one.state is Asked.PARKED and one.park_owner_id == work.account_id and one.park_due is not None:
            said = words("You see to a question in “{draft}” by {day}.", draft=draft, day=one.park_due)
            yield one.client_id, NextStep(said, href, urgent=one.park_due <= work.day)
    asked = Counter(
        (one.client_id, one.proposal_id, title)
        for one, title in rows
        if one.state is Asked.OPEN and one.asked_by != work.account_id
    )
    writes = those(work, Resource.DRAFT, Action.WRITE, clients) if asked else ()
    for (client_id, proposal_id, title), count in asked.items():
        if client_id in writes:
            text = nwords(
                "{n} question in “{draft}” asks whether something must be fixed.",
                "{n} questions in “{draft}” ask whether something must be fixed.",
                count,
                draft=Name(title),
            )
            yield client_id, NextStep(text, f"/people/{client_id}/proposals/{proposal_id}/terms")
