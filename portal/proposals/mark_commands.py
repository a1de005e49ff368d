"""The verbs of open and fixed terms: mark one, take a mark back, ask whether it must be so, answer, put off, settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.proposals import mark_events as events, mark_queries, others, queries
from portal.proposals.mark_model import Challenge, Mark
from portal.proposals.mark_rules import rules
from portal.proposals.mark_states import OF_A_LINE, OF_THE_WHOLE, UNSETTLED, Asked, SaidBy, Stands, Term
from portal.proposals.model import Proposal
from portal.work import NotVisible, Refusal, Work, command


@dataclass(frozen=True)
class Marking:
    """What somebody says about one term: of a line by its key, or of the whole."""

    line_key: UUID | None
    term: Term
    stands: Stands
    comes_from: SaidBy
    reason: str
    source: str = ""


@command(Resource.DRAFT, Action.WRITE)
def mark(work: Work, proposal: Proposal, said: Marking) -> Mark:
    """Mark a term as open or fixed, with its reason. What was marked about it before is no longer so."""
    proposal.must_be_draft()
    if work.account_id is None:
        raise NotVisible
    _must_fit(work, proposal, said)
    before = mark_queries.standing(work, proposal, said.line_key, said.term)
    if before is not None:
        _must_be_unasked(work, proposal, before)
        before.ended_at = work.now
    made = Mark(
        client_id=proposal.client_id,
        proposal_id=proposal.id,
        line_key=said.line_key,
        term=said.term,
        stands=said.stands,
        comes_from=said.comes_from,
        reason=said.reason,
        source=said.source,
        marked_by=work.account_id,
        marked_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    work.record(
        events.TermMarked(
            client_id=proposal.client_id,
            subject=made.id,
            proposal_id=proposal.id,
            term=said.term,
            stands=said.stands,
        )
    )
    return made


def _must_fit(work: Work, proposal: Proposal, said: Marking) -> None:
    if said.term not in (OF_A_LINE if said.line_key else OF_THE_WHOLE):
        raise Refusal(words("That belongs to one support. Choose which."), "about")
    if said.line_key and all(one.key != said.line_key for one in queries.lines(work, proposal)):
        raise NotVisible
    if said.comes_from in (SaidBy.LAW, SaidBy.FUNDER) and not said.source:
        raise Refusal(words("Say where that can be read, so that everybody can look."), "source")


def _must_be_unasked(work: Work, proposal: Proposal, one: Mark) -> None:
    asked = [row for row in mark_queries.challenges(work, proposal) if row.mark_id == one.id]
    if any(row.state in UNSETTLED for row in asked):
        raise Refusal(words("Somebody asked whether this must be so. Answer that first."))


@command(Resource.DRAFT, Action.WRITE)
def take_back(work: Work, one: Mark, proposal: Proposal, version: int) -> None:
    """Take a mark back: nobody says any more that the term is open or fixed."""
    proposal.must_be_draft()
    one.expect(version)
    _must_be_unasked(work, proposal, one)
    one.ended_at = work.now
    work.record(events.MarkTakenBack(client_id=one.client_id, subject=one.id, proposal_id=proposal.id, term=one.term))


@command(Resource.DRAFT, Action.COMMENT)
def ask(work: Work, proposal: Proposal, about: Mark | str, line_key: UUID | None, why: str) -> Challenge:
    """Ask whether something must be fixed: a mark of somebody, or a rule of the program by its key.

    Whoever made the mark, or leads the work, is told that there is a question; they must answer it.
    """
    proposal.must_be_draft()
    if work.account_id is None:
        raise NotVisible
    made = Challenge(client_id=proposal.client_id, proposal_id=proposal.id, why=why)
    made.asked_by, made.asked_at, made.state = work.account_id, work.now, Asked.OPEN
    if isinstance(about, Mark):
        fixed, made.mark_id, made.rule, made.line_key, made.term = (
            about.stands,
            about.id,
            "",
            about.line_key,
            about.term,
        )
        told = {about.marked_by}
    else:
        rule = next((one for one in rules() if one.key == about and one.program == proposal.program), None)
        if rule is None or rule.of_a_line != (line_key is not None):
            raise NotVisible
        fixed, made.rule, made.line_key, made.term = rule.stands, rule.key, line_key, rule.term
        told = mark_queries.leads(work, proposal.client_id)
    if fixed is Stands.OPEN:
        raise Refusal(words("This is open already: you can just suggest something else."))
    _must_be_new(work, proposal, made)
    work.session.add(made)
    work.session.flush()
    work.record(
        events.MarkQuestioned(client_id=proposal.client_id, subject=made.id, proposal_id=proposal.id, term=made.term)
    )
    for account_id in sorted(told - {work.account_id}, key=str):
        _tell(work, proposal, account_id, f"term-{made.id}-{account_id}")
    return made


def _tell(work: Work, proposal: Proposal, account_id: UUID, key: str) -> None:
    """Write that there is something to read to somebody who still sees the draft."""
    if others.may(work, account_id, Action.READ, proposal):
        path = f"/people/{proposal.client_id}/proposals/{proposal.id}/terms"
        work.later("accounts.tell", account_id=account_id, key=key, path=path)


def _must_be_new(work: Work, proposal: Proposal, made: Challenge) -> None:
    for one in mark_queries.challenges(work, proposal):
        same = (one.mark_id, one.rule, one.line_key) == (made.mark_id, made.rule, made.line_key)
        if same and one.state in UNSETTLED:
            raise Refusal(words("Somebody asked that already. The answer will be here."))


@command(Resource.DRAFT, Action.WRITE)
def answer(work: Work, one: Challenge, proposal: Proposal, became: Asked, text: str, version: int) -> None:
    """Answer a question: it stays fixed, it is lifted, or something else is offered while it is still a draft.

    Whoever asked says whether that is right. Question and answer both stay to be read.
    """
    if became is Asked.OTHER:
        proposal.must_be_draft()
    about = _to_answer(work, one, proposal, version)
    if became not in (Asked.KEPT, Asked.LIFTED, Asked.OTHER):
        raise NotVisible
    one.close(became, text, work.account_id, work.now)
    if became is Asked.LIFTED and about is not None:
        about.ended_at = about.ended_at or work.now
    _answered(work, one, proposal)
    _tell(work, proposal, one.asked_by, f"term-{one.id}-answer")


def _to_answer(work: Work, one: Challenge, proposal: Proposal, version: int) -> Mark | None:
    """The mark a question is about, None for a rule of the program; NotVisible for whoever may not answer."""
    one.expect(version)
    about = next((row for row in mark_queries.every_mark(work, proposal) if row.id == one.mark_id), None)
    if not mark_queries.may_answer(work, one, about.marked_by if about else None):
        raise NotVisible
    return about


@command(Resource.DRAFT, Action.WRITE)
def put_off(work: Work, one: Challenge, proposal: Proposal, owner: UUID, due: date, version: int) -> None:
    """Answer later: somebody sees to it and is reminded on a day; meanwhile it stays fixed. Whoever asked is told."""
    proposal.must_be_draft()
    _to_answer(work, one, proposal, version)
    others.must_see(work, owner, proposal)
    one.park(owner, due, work.account_id, work.now)
    _answered(work, one, proposal)
    for account_id in sorted({one.asked_by, owner} - {work.account_id}, key=str):
        _tell(work, proposal, account_id, f"term-{one.id}-later-{due.isoformat()}-{account_id}")


@command(Resource.DRAFT, Action.COMMENT)
def agree(work: Work, one: Challenge, proposal: Proposal, version: int) -> None:
    """Whoever asked says yes to what was offered instead: the mark says that from now on."""
    _settle(work, one, proposal, Asked.MET, version)
    about = next((row for row in mark_queries.marks(work, proposal) if row.id == one.mark_id), None)
    if about is not None and one.answered_by is not None:
        about.ended_at = work.now
        said = {name: getattr(about, name) for name in ("line_key", "term", "stands", "comes_from", "source")}
        whose = {"client_id": about.client_id, "proposal_id": about.proposal_id, "marked_by": one.answered_by}
        work.session.add(Mark(**said, **whose, reason=one.answer, marked_at=work.now))
    _answered(work, one, proposal)


@command(Resource.DRAFT, Action.COMMENT)
def ask_again(work: Work, one: Challenge, proposal: Proposal, why: str, version: int) -> Challenge:
    """Whoever asked says what is not right about what was offered instead; it waits for an answer again."""
    if not why:
        raise Refusal(words("Say in your own words what you would like instead."), "why")
    _settle(work, one, proposal, Asked.ASKED_AGAIN, version)
    about = next((row for row in mark_queries.marks(work, proposal) if row.id == one.mark_id), None)
    return ask(work, proposal, about or one.rule, one.line_key, why)


def _settle(work: Work, one: Challenge, proposal: Proposal, became: Asked, version: int) -> None:
    proposal.must_be_draft()
    if one.asked_by != work.account_id:
        raise NotVisible
    one.expect(version)
    one.settle(became, work.now)
    if one.answered_by is not None and became is Asked.MET:
        _tell(work, proposal, one.answered_by, f"term-{one.id}-settled")


@command(Resource.DRAFT, Action.COMMENT)
def withdraw(work: Work, one: Challenge, proposal: Proposal, version: int) -> None:
    """Take one's own question back."""
    if one.asked_by != work.account_id:
        raise NotVisible
    one.expect(version)
    if one.state is Asked.OTHER:
        one.settle(Asked.TAKEN_BACK, work.now)
    else:
        one.close(Asked.TAKEN_BACK, "", work.account_id, work.now)
    _answered(work, one, proposal)


def _answered(work: Work, one: Challenge, proposal: Proposal) -> None:
    work.record(
        events.QuestionAnswered(client_id=one.client_id, subject=one.id, proposal_id=proposal.id, became=one.state)
    )
