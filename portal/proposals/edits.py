"""Every edit of a draft, in order: what a line was before and after it, so that edits are undone and done again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import BindParameter, bindparam, func, select

from budgeting.words import Name, Words, nwords, words
from portal.access.scope import Written, limit, visible
from portal.access.table import Action, Resource
from portal.db import Stale
from portal.proposals.kept import Edit, EditKind
from portal.proposals.model import Line, Proposal, ProposalState
from portal.proposals.queries import Draft, people_named
from portal.proposals.terms import canonical, from_mapping
from portal.work import Work

NEW = ""  #: how a line was that was not there yet

_PROPOSAL: BindParameter[UUID] = bindparam("proposal")
_LAST = Written(
    lambda seen: (
        seen(Edit, Edit.step, Edit.number)
        .where(Edit.proposal_id == _PROPOSAL, Edit.undone_at.is_(None))
        .order_by(Edit.number.desc(), Edit.id)
        .limit(1)
    )
)


def portrait(line: Line) -> str:
    """How a line is: what it says and whether it counts, as canonical JSON."""
    return canonical({"terms": json.loads(line.terms.as_json()), "where": _where(line)})


def _where(line: Line) -> str:
    return "removed" if line.removed_at else "parked" if line.parked_at else "counted"


def restore(line: Line, kept: str, work: Work) -> None:
    """Make a line as it was kept; one that was not there yet goes out of the draft again."""
    if kept == NEW:
        line.removed_at, line.before = work.now, None
        return
    data = json.loads(kept)
    line.take(from_mapping(data["terms"]))
    line.removed_at = (line.removed_at or work.now) if data["where"] == "removed" else None
    line.parked_at = (line.parked_at or work.now) if data["where"] == "parked" else None
    line.before = None  # the button of the row undoes the last edit of this line, and that is another one now


@contextmanager
def kept(work: Work, line: Line, kind: EditKind, step: UUID | None = None) -> Iterator[None]:
    """Keep what happens to a line within, as one edit; nothing is kept when nothing is different."""
    before = portrait(line)
    yield
    _keep(work, line, kind, before, step)


def keep_new(work: Work, line: Line, step: UUID | None = None) -> None:
    """Keep that a line has come in."""
    _keep(work, line, EditKind.ADDED, NEW, step)


def _keep(work: Work, line: Line, kind: EditKind, before: str, step: UUID | None) -> None:
    after = portrait(line)
    if after == before:
        return
    last = work.session.scalar(
        limit(select(func.max(Edit.number)), work, Edit).where(Edit.proposal_id == line.proposal_id)
    )
    work.session.add(
        Edit(
            client_id=line.client_id,
            proposal_id=line.proposal_id,
            line_id=line.id,
            step=step or uuid4(),
            number=(last or 0) + 1,
            kind=kind,
            before=before,
            after=after,
            made_by=work.account_id,
            made_at=work.now,
        )
    )
    work.session.flush()


@dataclass(frozen=True)
class Step:
    """What one press changed: its edits, the newest first, and the names of the lines they are about."""

    id: UUID
    edits: Sequence[Edit]
    names: Sequence[str]

    @property
    def made_by(self) -> UUID | None:
        return self.edits[0].made_by

    @property
    def words(self) -> Words:
        """What was done, in a sentence without its doer."""
        if len(self.edits) > 1:
            return nwords("{n} support was changed", "{n} supports were changed at once", len(self.edits))
        name = Name(self.names[0])
        return {
            EditKind.ADDED: words("{support} was added", support=name),
            EditKind.CHANGED: words("{support} was changed", support=name),
            EditKind.REMOVED: words("{support} was taken out", support=name),
            EditKind.PARKED: words("{support} was left out for now", support=name),
            EditKind.BROUGHT_BACK: words("{support} was brought back", support=name),
        }[self.edits[0].kind]


def last(work: Work, proposal: Proposal) -> Step | None:
    """The newest edits that stand; None when there is nothing to undo."""
    found = work.session.execute(*_LAST(work, proposal=proposal.id)).first()
    return _step(work, proposal, found.step) if found else None


def next_again(work: Work, proposal: Proposal) -> Step | None:
    """The edits that were undone last and can be done again; None when there are none, or something else came since."""
    found = work.session.execute(*_LAST(work, proposal=proposal.id)).first()
    wanted = (
        limit(select(Edit.step), work, Edit)
        .where(Edit.proposal_id == proposal.id, Edit.undone_at.is_not(None))
        .where(Edit.number > (found.number if found else 0))
        .order_by(Edit.number)
        .limit(1)
    )
    step = work.session.scalar(wanted)
    return _step(work, proposal, step) if step else None


def _step(work: Work, proposal: Proposal, step: UUID) -> Step:
    wanted = visible(work, Edit).where(Edit.proposal_id == proposal.id, Edit.step == step)
    found = work.session.scalars(wanted.order_by(Edit.number.desc())).all()
    ids = [one.line_id for one in found]
    names = {
        row.id: row.name
        for row in work.session.execute(limit(select(Line.id, Line.name), work, Line).where(Line.id.in_(ids)))
    }
    return Step(step, found, [names.get(one, "") for one in ids])


def take_back(work: Work, edit: Edit, line: Line) -> None:
    """Undo one edit. Stale when its line is not as the edit left it."""
    _must_be(line, edit.after)
    restore(line, edit.before, work)
    edit.undone_at = work.now


def do_again(work: Work, edit: Edit, line: Line) -> None:
    """Do one edit again that was undone. Stale when its line is not as it was before it."""
    if edit.before != NEW:
        _must_be(line, edit.before)
    restore(line, edit.after, work)
    edit.undone_at = None


def _must_be(line: Line, wanted: str) -> None:
    data = json.loads(wanted)
    if (_where(line), line.terms) != (data["where"], from_mapping(data["terms"])):
        raise Stale


def of_row(work: Work, line: Line) -> Edit | None:
    """The newest edit of a line that stands; None when there is none."""
    wanted = visible(work, Edit).where(Edit.line_id == line.id, Edit.undone_at.is_(None))
    return work.session.scalars(wanted.order_by(Edit.number.desc()).limit(1)).one_or_none()


def offered(work: Work, draft: Draft) -> Mapping[str, object]:
    """What the sheet offers to undo and to do again, for those who decide about a draft that is open."""
    proposal = draft.proposal
    if proposal.state is not ProposalState.DRAFT or not work.can(Resource.DRAFT, Action.APPROVE, proposal.client_id):
        return {"undo_step": None, "redo_step": None, "undo_by": None}
    newest = last(work, proposal)
    by = newest.made_by if newest and newest.made_by != work.account_id else None
    name = people_named(work, [by]).get(by, "") if by else ""
    return {
        "undo_step": newest,
        "redo_step": next_again(work, proposal),
        "undo_by": Name(name) if name else None,
    }
