"""Every edit of a draft, in order: what a line was before and after it, so that edits are undone and done again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BindParameter, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from budgeting.words import Name, Words, nwords, words
from portal.access.scope import CLIENT, Written, visible
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
_HIGHEST = Written(lambda seen: seen(Edit, func.max(Edit.number)).where(Edit.proposal_id == _PROPOSAL))
_NEWEST = aliased(Edit)
_STANDS = (_NEWEST.proposal_id == _PROPOSAL, _NEWEST.undone_at.is_(None))
_LAST_STEP = select(_NEWEST.step).where(*_STANDS).order_by(_NEWEST.number.desc(), _NEWEST.id).limit(1).scalar_subquery()
_UNDONE = aliased(Edit)
_OFFERED = Written(  # the edits of the newest press that stands, and whether anything was undone after it
    lambda seen: (
        seen(
            Edit,
            Edit.step,
            Edit.number,
            Edit.kind,
            Edit.made_by,
            Line.name,
            exists().where(_UNDONE.proposal_id == _PROPOSAL, _UNDONE.undone_at.is_not(None)).label("undone"),
            client=CLIENT,
        )
        .join(Line, Line.id == Edit.line_id)
        .where(
            Edit.proposal_id == _PROPOSAL,
            Edit.step == _LAST_STEP,
        )
        .order_by(Edit.number.desc())
    )
)
_SINCE = aliased(Edit)  # what was undone before another edit was made is not done again
_AGAIN = Written(
    lambda seen: (
        seen(Edit, Edit.step)
        .where(Edit.proposal_id == _PROPOSAL, Edit.undone_at.is_not(None), Edit.number > bindparam("after"))
        .where(~exists().where(_SINCE.proposal_id == _PROPOSAL, _SINCE.made_at > Edit.undone_at))
        .order_by(Edit.number)
        .limit(1)
    )
)
_STEP = Written(
    lambda seen: (
        seen(Edit, Edit.step, Edit.kind, Edit.made_by, Line.name)
        .join(Line, Line.id == Edit.line_id)
        .where(Edit.proposal_id == _PROPOSAL, Edit.step == bindparam("step"))
        .order_by(Edit.number.desc())
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
    before, number = portrait(line), _next_number(work, line)
    yield
    _keep(work, line, kind, before, step, number)


def keep_new(work: Work, line: Line, step: UUID | None = None) -> None:
    """Keep that a line has come in."""
    _keep(work, line, EditKind.ADDED, NEW, step, _next_number(work, line))


def _next_number(work: Work, line: Line) -> int:
    [last] = work.reads.one(*_HIGHEST(work, proposal=line.proposal_id))
    return (last or 0) + 1


def _keep(work: Work, line: Line, kind: EditKind, before: str, step: UUID | None, number: int) -> None:
    after = portrait(line)
    if after == before:
        return
    work.session.add(
        Edit(
            client_id=line.client_id,
            proposal_id=line.proposal_id,
            line_id=line.id,
            step=step or uuid4(),
            number=number,
            kind=kind,
            before=before,
            after=after,
            made_by=work.account_id,
            made_at=work.now,
        )
    )


@dataclass(frozen=True)
class Step:
    """What one press changed, by whom, and the names of the lines it is about, the newest edit first."""

    id: UUID
    kind: EditKind
    made_by: UUID | None
    names: Sequence[str]

    @property
    def words(self) -> Words:
        """What was done, in a sentence without its doer."""
        if len(self.names) > 1:
            return nwords("{n} support was changed", "{n} supports were changed at once", len(self.names))
        name = Name(self.names[0])
        return {
            EditKind.ADDED: words("{support} was added", support=name),
            EditKind.CHANGED: words("{support} was changed", support=name),
            EditKind.REMOVED: words("{support} was taken out", support=name),
            EditKind.PARKED: words("{support} was left out for now", support=name),
            EditKind.BROUGHT_BACK: words("{support} was brought back", support=name),
        }[self.kind]


def last(work: Work, proposal: Proposal) -> Step | None:
    """The newest edits that stand; None when there is nothing to undo."""
    found = _newest(work, proposal)
    return _step(work, proposal, found.step) if found else None


def next_again(work: Work, proposal: Proposal) -> Step | None:
    """The edits that were undone last and can be done again; None when there are none, or something else came since."""
    found = _newest(work, proposal)
    return _undone(work, proposal, found.number if found else 0)


def _newest(work: Work, proposal: Proposal) -> Any:
    return work.reads.one(*_LAST(work, proposal=proposal.id))


def _undone(work: Work, proposal: Proposal, after: int) -> Step | None:
    again = work.reads.one(*_AGAIN(work, proposal=proposal.id, after=after))
    return _step(work, proposal, again.step) if again else None


def _step(work: Work, proposal: Proposal, step: UUID) -> Step:
    return _as_step(work.reads.all(*_STEP(work, proposal=proposal.id, step=step)))


def _as_step(edits: Sequence[Any]) -> Step:
    """The edits of one press, the newest first, as what it changed."""
    return Step(edits[0].step, edits[0].kind, edits[0].made_by, [one.name for one in edits])


def of_step(work: Work, proposal: Proposal, step: UUID) -> Sequence[Edit]:
    """The edits of one press, the newest first."""
    wanted = visible(work, Edit).where(Edit.proposal_id == proposal.id, Edit.step == step)
    return work.session.scalars(wanted.order_by(Edit.number.desc())).all()


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
    found = work.reads.all(*_OFFERED(work, proposal=proposal.id, client=proposal.client_id))
    newest = _as_step(found) if found else None
    redo = _undone(work, proposal, found[0].number if found else 0) if not found or found[0].undone else None
    by = newest.made_by if newest and newest.made_by != work.account_id else None
    name = people_named(work, [by]).get(by, "") if by else ""
    return {
        "undo_step": newest,
        "redo_step": redo,
        "undo_by": Name(name) if name else None,
    }
