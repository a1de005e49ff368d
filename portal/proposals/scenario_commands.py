"""The verbs of scenarios: keep one, change it, share it, put it away; and make it a draft, or suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.options.model import Came
from portal.people.model import Client
from portal.proposals import draft_rows, edits, events, queries, talk_commands
from portal.proposals.kept import EditKind, KeptLine, Scenario, as_content, kept_lines
from portal.proposals.lines import MOST_LINES, check, new_line, next_position
from portal.proposals.model import Act, Line, Proposal, ProposalState, SuggestionKind
from portal.proposals.scenarios import Side, as_proposal, differing
from portal.proposals.terms import other_days_of
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.DRAFT, Action.COMMENT)
def keep(
    work: Work,
    client: Client,
    proposal: Proposal,
    lines: Sequence[KeptLine],
    title: str,
    side: Side | None = None,
    came: Came | None = None,
) -> Scenario:
    """Keep a package as a scenario that only its maker sees. ``proposal`` is the draft it could go into.

    ``side`` is what it is a copy of, where that has days of its own; ``came`` says why it is there.
    """
    if work.account_id is None:
        raise NotVisible
    days = side.proposal if side else proposal
    made = Scenario(
        client_id=client.id,
        proposal_id=proposal.id,
        title=title[:120],
        program=days.program,
        starts=days.starts,
        ends=days.ends,
        content=as_content(lines),
        came=came,
        made_by=work.account_id,
        made_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    work.record(events.ScenarioKept(client_id=client.id, subject=made.id, lines=len(lines)))
    return made


@command(Resource.DRAFT, Action.COMMENT)
def change(work: Work, scenario: Scenario, lines: Sequence[KeptLine], version: int) -> None:
    """Make these the supports of one's own scenario; those before are kept for one undo."""
    _must_be_mine(work, scenario)
    scenario.expect(version)
    for line in lines:
        check(as_proposal(scenario), line.terms)
    if len(lines) > MOST_LINES:
        raise Refusal(words("There is room for {most} supports in one plan.", most=MOST_LINES))
    if scenario.put(lines):
        work.record(events.ScenarioChanged(client_id=scenario.client_id, subject=scenario.id))


@command(Resource.DRAFT, Action.COMMENT)
def undo(work: Work, scenario: Scenario, version: int) -> None:
    """Undo the last edit of one's own scenario; a second time does it again."""
    _must_be_mine(work, scenario)
    scenario.expect(version)
    if scenario.before is None:
        raise Refusal(words("There is nothing to undo here."))
    scenario.put(kept_lines(scenario.before))
    work.record(events.ScenarioChanged(client_id=scenario.client_id, subject=scenario.id))


@command(Resource.DRAFT, Action.COMMENT)
def rename(work: Work, scenario: Scenario, title: str, note: str, version: int, came: Came | None = None) -> None:
    """Give one's own scenario another name, and say what it is about and why it is there."""
    _must_be_mine(work, scenario)
    scenario.expect(version)
    scenario.title, scenario.note, scenario.came = title, note, came
    work.record(events.ScenarioChanged(client_id=scenario.client_id, subject=scenario.id))


@command(Resource.DRAFT, Action.COMMENT)
def share(work: Work, scenario: Scenario) -> None:
    """Let everybody who may see the draft see one's own scenario."""
    _must_be_mine(work, scenario)
    if scenario.shared_at is None:
        scenario.shared_at = work.now
        work.record(events.ScenarioShared(client_id=scenario.client_id, subject=scenario.id))


@command(Resource.DRAFT, Action.COMMENT)
def keep_to_oneself(work: Work, scenario: Scenario) -> None:
    """Let nobody else see one's own scenario any more."""
    _must_be_mine(work, scenario)
    if scenario.shared_at is not None:
        scenario.shared_at = None
        work.record(events.ScenarioChanged(client_id=scenario.client_id, subject=scenario.id))


@command(Resource.DRAFT, Action.COMMENT)
def delete(work: Work, scenario: Scenario) -> None:
    """Put one's own scenario away; it can be brought back."""
    _must_be_mine(work, scenario)
    if scenario.deleted_at is None:
        scenario.deleted_at = work.now
        work.record(events.ScenarioDeleted(client_id=scenario.client_id, subject=scenario.id))


@command(Resource.DRAFT, Action.COMMENT)
def bring_back(work: Work, scenario: Scenario) -> None:
    """Bring one's own scenario back that was put away."""
    _must_be_mine(work, scenario)
    if scenario.deleted_at is not None:
        scenario.deleted_at = None
        work.record(events.ScenarioKept(client_id=scenario.client_id, subject=scenario.id, lines=len(scenario.lines)))


def _must_be_mine(work: Work, scenario: Scenario) -> None:
    if scenario.made_by != work.account_id:
        raise NotVisible


# out of a scenario


@command(Resource.DRAFT, Action.APPROVE)
def put_into(work: Work, proposal: Proposal, lines: Sequence[KeptLine]) -> int:
    """Make a draft say what a scenario says, as one step that can be undone; says how many supports that changed."""
    proposal.must_be_draft()
    step, changes = uuid4(), differing(draft_rows.lines(work, proposal), lines)
    for line_id, wanted in changes:
        _put(work, proposal, queries.line(work, proposal, line_id) if line_id else None, wanted, step)
    if changes:
        work.record(events.ScenarioPutIntoDraft(client_id=proposal.client_id, subject=proposal.id, lines=len(changes)))
    return len(changes)


def _put(work: Work, proposal: Proposal, line: Line | None, wanted: KeptLine | None, step: UUID) -> None:
    """One line as a scenario has it."""
    if wanted is not None:
        check(proposal, wanted.terms)
    if line is None and wanted is not None:
        edits.keep_new(work, new_line(work, proposal, wanted.terms, next_position(work, proposal), wanted.key), step)
    elif line is not None and wanted is not None:
        with edits.kept(work, line, EditKind.CHANGED, step):
            line.removed_at = line.parked_at = line.before = None
            line.edited_by = work.account_id
            line.take(wanted.terms)
            work.session.flush()
    elif line is not None:
        with edits.kept(work, line, EditKind.REMOVED, step):
            line.removed_at, line.edited_by, line.before = work.now, work.account_id, None


@command(Resource.DRAFT, Action.WRITE)
def suggest(work: Work, proposal: Proposal, lines: Sequence[KeptLine], reason: str) -> int:
    """Suggest every support in which a scenario differs from a draft; says how many suggestions that made.

    Of a support that changes on some days only the parts are one suggestion: one of them alone would leave days out.
    """
    made, differs = 0, differing(draft_rows.lines(work, proposal), lines)
    new = {one.key: one.terms for line_id, one in differs if line_id is None and one is not None}
    for line_id, wanted in differs:
        line = queries.line(work, proposal, line_id) if line_id else None
        also: list[Act] = []
        kind = SuggestionKind.REMOVE if wanted is None else SuggestionKind.CHANGE
        if line is not None and line.counts and wanted is not None:
            parts = [key for key, terms in new.items() if other_days_of(terms, line.terms)]
            also = [Act(None, new.pop(key)) for key in parts]
        elif wanted is not None:
            kind = SuggestionKind.ADD
            if line is None and wanted.key not in new:
                continue
        about = None if kind is SuggestionKind.ADD else line
        if talk_commands.suggest(work, proposal, kind, about, wanted.terms if wanted else None, reason, also):
            made += 1
    work.record(events.ScenarioSuggested(client_id=proposal.client_id, subject=proposal.id, suggestions=made))
    return made


@command(Resource.DRAFT, Action.WRITE)
def start_from(work: Work, client: Client, scenario: Scenario) -> Proposal:
    """Begin a new draft with the supports of a scenario; each keeps its key, so that changes can be told."""
    proposal = Proposal(
        client_id=client.id,
        title=scenario.title,
        program=scenario.program,
        starts=scenario.starts,
        ends=scenario.ends,
        state=ProposalState.DRAFT,
        started_by=work.account_id,
        created_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    counted = [line for line in scenario.lines if not line.out]
    for position, line in enumerate(counted, 1):
        new_line(work, proposal, line.terms, position, line.key)
    work.record(
        events.ProposalStarted(client_id=client.id, subject=proposal.id, starts=proposal.starts, ends=proposal.ends)
    )
    return proposal
