"""The verbs of a proposal: the client and their decision makers edit; others suggest, comment and disagree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import update

from budgeting.money import Minutes
from budgeting.package import Weekly
from budgeting.period import Period
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.db import Stale
from portal.funding.model import FundingPlan
from portal.funding.queries import first_unspent, last_day
from portal.language import ENGLISH, LANGUAGES, plain
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import dissent, divided, edits, events, first_queries, left_open, others, queries, talk_events
from portal.proposals.acceptance import frozen_now, must_be_settled
from portal.proposals.carrying import on_days, stays
from portal.proposals.frozen import thaw
from portal.proposals.kept import EditKind
from portal.proposals.lines import check, from_week, new_line, next_position
from portal.proposals.model import Act, Answer, Line, Proposal, ProposalState, Suggestion
from portal.proposals.terms import Terms, applied
from portal.work import NotVisible, Refusal, Work, command, open_command

AFTER_ACCEPTANCE = ("plans.make_version", "agreements.draft_for")


@command(Resource.DRAFT, Action.WRITE)
def start(
    work: Work,
    client: Client,
    title: str,
    program: str,
    starts: date,
    ends: date,
    lines: Sequence[tuple[UUID, Terms]] = (),
    *,
    kept: bool = False,
) -> Proposal:
    """Begin to work on a plan, empty or with lines of before, each under the key it had, so that changes can be told.

    ``kept``: nobody else sees it until it is shared.
    """
    if ends < starts:
        raise Refusal(words("The last day is before the first."), "ends")
    proposal = Proposal(
        client_id=client.id,
        title=title,
        program=program,
        starts=starts,
        ends=ends,
        state=ProposalState.DRAFT,
        started_by=work.account_id,
        kept_by=work.account_id if kept else None,
        created_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    for position, (key, terms) in enumerate(lines, 1):
        new_line(work, proposal, terms, position, key)
    work.record(events.ProposalStarted(client_id=client.id, subject=proposal.id, starts=starts, ends=ends))
    return proposal


@command(Resource.DRAFT, Action.WRITE)
def go_on_from(work: Work, before: Proposal, title: str, days: Period | None = None) -> Proposal:
    """Begin a new draft with the lines of an earlier proposal; each keeps its key, so that changes can be told.

    With ``days`` they are carried over to other days: what was bought once, or ended before the plan did, stays behind.
    """
    whole = Period(before.starts, before.ends)
    proposal = Proposal(
        client_id=before.client_id,
        title=title,
        program=before.program,
        starts=(days or whole).first,
        ends=(days or whole).last,
        state=ProposalState.DRAFT,
        started_by=work.account_id,
        kept_by=before.kept_by,
        created_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    agreed = {line.id: line.terms for line in thaw(before.frozen).lines} if before.frozen else {}
    came: dict[UUID, UUID] = {}
    for line in queries.lines(work, before):
        terms = agreed.get(line.key, line.terms)
        if days and stays(terms, whole):
            continue
        if line.counts and (not agreed or line.key in agreed):
            came[line.id] = new_line(work, proposal, on_days(terms, days), line.position, line.key).id
        elif line.parked_at is not None and line.removed_at is None:  # it was put off, not given up
            new = new_line(work, proposal, on_days(line.terms, days), line.position, line.key)
            new.park(work.now, line.park_owner_id, line.park_due)
            came[line.id] = new.id
    left_open.carry(work, before, proposal, came)
    work.record(
        events.ProposalStarted(
            client_id=proposal.client_id, subject=proposal.id, starts=proposal.starts, ends=proposal.ends
        )
    )
    return proposal


@open_command
def start_from_week(work: Work, client_id: UUID) -> None:
    """The first draft of a client, with a line for each support of the ordinary week they told; called by a job."""
    found = first_queries.told_at_the_start(work, client_id)
    if found is None:
        return
    client, plan, week = found
    proposal = Proposal(
        client_id=client.id,
        title=plain(words("My first plan"), LANGUAGES.get(client.language, ENGLISH)),
        program=plan.program,
        starts=plan.starts,
        ends=last_day(plan, work.today(client)),
        state=ProposalState.DRAFT,
        started_by=plan.typed_by,
        created_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    since = _not_spent_yet(plan, proposal)
    for position, told in enumerate(week, 1):
        new_line(work, proposal, from_week(told, proposal, since), position)
    work.record(
        events.ProposalStarted(client_id=client.id, subject=proposal.id, starts=proposal.starts, ends=proposal.ends)
    )


def _not_spent_yet(plan: FundingPlan, proposal: Proposal) -> date:
    """The first day whose money is still to be planned, within the proposal."""
    return max(proposal.starts, min(first_unspent(plan), proposal.ends))


@command(Resource.DRAFT, Action.APPROVE)
def close(work: Work, proposal: Proposal) -> None:
    """Put a draft away; it can still be read."""
    proposal.must_be_draft()
    proposal.state = ProposalState.CLOSED
    work.record(events.ProposalClosed(client_id=proposal.client_id, subject=proposal.id))


# lines, by those who decide


@command(Resource.DRAFT, Action.APPROVE)
def add_line(work: Work, proposal: Proposal, terms: Terms) -> Line:
    """Add a support to the draft."""
    check(proposal, terms)
    line = new_line(work, proposal, terms, next_position(work, proposal), before="")
    edits.keep_new(work, line)
    work.record(events.LineAdded(client_id=proposal.client_id, subject=line.id, proposal_id=proposal.id))
    return line


@command(Resource.DRAFT, Action.APPROVE)
def edit_line(work: Work, line: Line, proposal: Proposal, terms: Terms, version: int) -> None:
    """Change what a line says; what it said before is kept for one undo. Stale when somebody was faster."""
    if line.terms == terms:
        return
    line.expect(version)
    check(proposal, terms)
    _edit(work, line, terms)


def _edit(work: Work, line: Line, terms: Terms, step: UUID | None = None) -> None:
    before = line.terms
    with edits.kept(work, line, EditKind.CHANGED, step):
        line.edit(terms, work.account_id)
    times = _visit_times(before, terms)
    work.record(
        events.LineChanged(
            client_id=line.client_id,
            subject=line.id,
            proposal_id=line.proposal_id,
            price_before=before.price if before.price != terms.price else None,
            price_after=terms.price if before.price != terms.price else None,
            time_before=times[0],
            time_after=times[1],
        )
    )


def _visit_times(before: Terms, after: Terms) -> tuple[Minutes | None, Minutes | None]:
    """The length of a visit before and after, when it changed."""
    was, becomes = before.schedule, after.schedule
    if not isinstance(was, Weekly) or not isinstance(becomes, Weekly) or was.minutes == becomes.minutes:
        return None, None
    return Minutes(was.minutes), Minutes(becomes.minutes)


@command(Resource.DRAFT, Action.APPROVE)
def remove_line(work: Work, line: Line, proposal: Proposal, version: int) -> None:
    """Take a support out of the draft; it can be brought back."""
    proposal.must_be_draft()
    line.expect(version)
    _remove(work, line)


def _remove(work: Work, line: Line, step: UUID | None = None) -> None:
    with edits.kept(work, line, EditKind.REMOVED, step):
        line.removed_at, line.edited_by = work.now, work.account_id
    work.record(events.LineRemoved(client_id=line.client_id, subject=line.id, proposal_id=line.proposal_id))


@command(Resource.DRAFT, Action.APPROVE)
def bring_back(work: Work, line: Line, proposal: Proposal) -> None:
    """Bring a support back that was taken out or left out for now."""
    proposal.must_be_draft()
    if line.counts:
        return
    with edits.kept(work, line, EditKind.BROUGHT_BACK):
        line.removed_at = line.parked_at = line.park_owner_id = line.park_due = None
    work.record(events.LineBroughtBack(client_id=line.client_id, subject=line.id, proposal_id=line.proposal_id))


@command(Resource.DRAFT, Action.APPROVE)
def undo(work: Work, line: Line, proposal: Proposal, version: int) -> None:
    """Return a line to what it said before the last edit."""
    proposal.must_be_draft()
    line.expect(version)
    newest = edits.of_row(work, line)
    if newest is not None and line.before is not None and newest.kind in (EditKind.ADDED, EditKind.CHANGED):
        edits.take_back(work, newest, line)
    else:
        with edits.kept(work, line, EditKind.CHANGED):
            line.undo(work.now)
    work.record(events.LineUndone(client_id=line.client_id, subject=line.id, proposal_id=line.proposal_id))


@command(Resource.DRAFT, Action.APPROVE)
def undo_step(work: Work, proposal: Proposal, step: UUID) -> None:
    """Undo the newest edits of a draft that stand. Stale when others are the newest by now."""
    proposal.must_be_draft()
    found = edits.last(work, proposal)
    if found is None or found.id != step:
        raise Stale
    for edit in edits.of_step(work, proposal, step):
        line = queries.line(work, proposal, edit.line_id)
        edits.take_back(work, edit, line)
        work.record(events.LineUndone(client_id=line.client_id, subject=line.id, proposal_id=proposal.id))


@command(Resource.DRAFT, Action.APPROVE)
def do_step_again(work: Work, proposal: Proposal, step: UUID) -> None:
    """Do the edits again that were undone last. Stale when something else was done since."""
    proposal.must_be_draft()
    found = edits.next_again(work, proposal)
    if found is None or found.id != step:
        raise Stale
    for edit in reversed(edits.of_step(work, proposal, step)):
        line = queries.line(work, proposal, edit.line_id)
        edits.do_again(work, edit, line)
        work.record(events.LineDoneAgain(client_id=line.client_id, subject=line.id, proposal_id=proposal.id))


@command(Resource.DRAFT, Action.APPROVE)
def park(work: Work, line: Line, proposal: Proposal, owner: UUID | None = None, due: date | None = None) -> None:
    """Leave a line out for now: it is not counted and does not enter the version, and the talk about it goes on.

    ``owner`` sees to it that it is settled, and is reminded on the day ``due``.
    """
    proposal.must_be_draft()
    others.must_see(work, owner, proposal)
    with edits.kept(work, line, EditKind.PARKED):
        line.park(work.now, owner, due)
    work.record(events.LineParked(client_id=line.client_id, subject=line.id, proposal_id=line.proposal_id))


# suggestions of others, answered with yes (the rest is in talk_commands.py)


@command(Resource.DRAFT, Action.APPROVE)
def accept_suggestion(work: Work, suggestion: Suggestion, proposal: Proposal, answer: str) -> None:
    """Say yes to a suggestion: the draft changes accordingly, and all it did can be undone at once."""
    _accept(work, suggestion, proposal, answer)


@command(Resource.DRAFT, Action.WRITE)
def agree(work: Work, suggestion: Suggestion, proposal: Proposal, answer: str) -> None:
    """Agree to what somebody who decides asked for instead: both sides have then said yes, and the draft changes."""
    if suggestion.asked_id is None or suggestion.asked_id != work.account_id:
        raise NotVisible
    if not others.may(work, suggestion.suggested_by, Action.APPROVE, proposal):
        raise Refusal(words("Whoever asked for this does not decide any more. Ask who decides now."))
    _accept(work, suggestion, proposal, answer)


def _accept(work: Work, suggestion: Suggestion, proposal: Proposal, answer: str) -> None:
    proposal.must_be_draft()
    suggestion.must(Answer.ACCEPT)
    client = people.client_of(work, proposal.client_id, "whose draft it is")
    if divided.over(suggestion.acts, {one.id: one for one in queries.lines(work, proposal)}, work.today(client)):
        raise Refusal(divided.OVER)
    step, together = uuid4(), len(suggestion.acts) > 1
    suggestion.suggest([_carry_out(work, proposal, act, step, together=together) for act in suggestion.acts])
    suggestion.close(Answer.ACCEPT, answer, work.account_id, work.now)
    work.record(
        events.SuggestionAccepted(
            client_id=proposal.client_id, subject=suggestion.id, proposal_id=proposal.id, line_id=suggestion.line_id
        )
    )


@command(Resource.DRAFT, Action.APPROVE)
def do_at_once(work: Work, proposal: Proposal, acts: Sequence[Act]) -> Sequence[Act]:
    """Replace a support or move money between lines oneself; one press, undone at once. Says on which lines."""
    proposal.must_be_draft()
    step = uuid4()
    done = [_carry_out(work, proposal, act, step, together=True) for act in acts]
    work.record(talk_events.DoneTogether(client_id=proposal.client_id, subject=proposal.id, lines=len(acts)))
    return done


def _carry_out(work: Work, proposal: Proposal, act: Act, step: UUID, *, together: bool) -> Act:
    """One act, on the line as it is now; says on which line it was done."""
    line = queries.line(work, proposal, act.line_id) if act.line_id else None
    if together and line is not None and not line.counts:
        raise Refusal(words("One of these supports is not in the draft any more. Bring it back first, or say no."))
    if line is None and act.terms is not None:
        check(proposal, act.terms)
        line = new_line(work, proposal, act.terms, next_position(work, proposal), before="")
        edits.keep_new(work, line, step)
    elif line is not None and act.terms is not None:
        becomes = applied(act.was, act.terms, line.terms)
        check(proposal, becomes)
        _edit(work, line, becomes, step)
    elif line is not None:
        _remove(work, line, step)
    return replace(act, line_id=line.id if line else None)


# acceptance


@command(Resource.DRAFT, Action.APPROVE)
def accept(work: Work, proposal: Proposal, client: Client, seen: str, standing: Collection[UUID] = ()) -> None:
    """Say yes to the whole: it is frozen with its hash, and plan and agreements follow.

    ``seen`` is the hash of what was shown; Stale when something changed since. ``standing`` are disagreements that were
    read and stay written: their writers and whoever leads the work are told where.
    """
    proposal.must_be_draft()
    rows = queries.lines(work, proposal)
    against = must_be_settled(work, proposal, rows, standing)
    lines = [line for line in rows if line.counts]
    text, digest, quote = frozen_now(work, client, proposal, lines)
    if digest != seen:
        raise Stale
    changed = work.session.execute(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.state == ProposalState.DRAFT, Proposal.version == proposal.version)
        .values(
            state=ProposalState.ACCEPTED,
            accepted_at=work.now,
            accepted_by=work.account_id,
            frozen=text,
            frozen_hash=digest,
            version=proposal.version + 1,
        )
        .execution_options(synchronize_session=False, scoped="the proposal that was permitted above")
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an update answers with a CursorResult
        raise Stale
    work.session.expire(proposal)
    work.record(
        events.ProposalAccepted(client_id=client.id, subject=proposal.id, amount=quote.amount, lines=len(lines))
    )
    dissent.stays_written(work, proposal, [one.comment_id for one in against if one.comment_id])
    for name in AFTER_ACCEPTANCE:
        work.later(name, proposal_id=proposal.id)
