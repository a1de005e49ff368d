"""What a change came from, and what came of something: kept apart from the change, shown by whoever knows the cause.

A slice above this one registers how a cause of its kind is shown, by its own walls; a page that asks for a change
because of something is then ``/people/{client}/changes/new?because=feedback:{id}``, or a draft is asked for by the job
``changes.draft_from`` (drafts.py), whose source is the kind of its cause:

    @causes.shown("feedback")
    def told(work: Work, about: UUID) -> Cause | None: ...   # None: this reader may not know of it

``came_of(work, "feedback", id)`` gives what came of it, for the page of the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from budgeting.words import Words
from portal.access.scope import unscoped, visible
from portal.changes.model import ChangeCause, ChangeRequest, cause_mark
from portal.changes.states import UNASKED, Helped, RequestState
from portal.work import Work


@dataclass(frozen=True)
class Cause:
    """What a change came from, for a reader who may know of it; day and reason are what its form begins with.

    ``line_id``: the support of the plan that it is about, if it is about one.
    """

    label: Words
    href: str
    day: date | None = None
    reason: str = ""
    line_id: UUID | None = None


@dataclass(frozen=True)
class Came:
    """A change that came of something. ``href`` and ``said`` only where the reader may see the change itself."""

    effective: date
    state: RequestState
    helped: Helped | None
    said: str
    href: str | None


Shown = Callable[[Work, UUID], Cause | None]
KINDS: dict[str, Shown] = {}


def shown(kind: str) -> Callable[[Shown], Shown]:
    """Register how causes of a kind are shown; the name is stored and never changes."""

    def register(tell: Shown) -> Shown:
        KINDS[kind] = tell
        return tell

    return register


def named(work: Work, text: str) -> tuple[str, UUID] | None:
    """The kind and id in "feedback:1234…", when the reader may know of that cause; None for anything else."""
    kind, _, rest = text.partition(":")
    try:
        about = UUID(rest)
    except ValueError:
        return None
    return (kind, about) if kind in KINDS and KINDS[kind](work, about) else None


def to_begin_with(work: Work, text: str) -> Cause | None:
    """The cause in "feedback:1234…" itself, when the reader may know of it."""
    found = named(work, text)
    return KINDS[found[0]](work, found[1]) if found else None


def note(work: Work, request: ChangeRequest, kind: str, about: UUID) -> None:
    """Keep what a change came from."""
    cause = ChangeCause(request_id=request.id, kind=kind, about_mark=cause_mark(kind, about))
    cause.about = str(about)
    work.session.add(cause)


def go_along(work: Work, request: ChangeRequest, other: ChangeRequest) -> None:
    """Let a change that was split off have the same causes."""
    for one in _causes(work, request.id):
        note(work, other, one.kind, UUID(str(one.about)))


def of(work: Work, request_id: UUID) -> Sequence[Cause]:
    """What a change came from, as far as the reader may know of it."""
    found = [KINDS[one.kind](work, UUID(str(one.about))) for one in _causes(work, request_id) if one.kind in KINDS]
    return [one for one in found if one is not None]


def came_of(work: Work, kind: str, about: UUID) -> Sequence[Came]:
    """The changes that came of something, the oldest first; the caller has let the reader see the cause.

    What is not asked yet, or put aside, is there for whoever writes it alone.
    """
    told = or_(ChangeRequest.state.not_in(UNASKED), ChangeRequest.made_by == work.account_id)
    wanted = (
        select(ChangeRequest)
        .join(ChangeCause, ChangeCause.request_id == ChangeRequest.id)
        .where(ChangeCause.about_mark == cause_mark(kind, about), told)
        .order_by(ChangeRequest.made_at)
    )
    found = work.session.scalars(unscoped(wanted, "what came of something the reader told or handles")).all()
    seen = set(
        work.session.scalars(
            visible(work, ChangeRequest)
            .where(ChangeRequest.id.in_([one.id for one in found]))
            .with_only_columns(ChangeRequest.id)
        )
    )
    return [_came(one, one.id in seen) for one in found]


def _came(one: ChangeRequest, seen: bool) -> Came:
    href = f"/people/{one.client_id}/changes/{one.id}" if seen else None
    return Came(one.effective, one.state, one.helped, (one.helped_said or "") if seen else "", href)


def _causes(work: Work, request_id: UUID) -> Sequence[ChangeCause]:
    wanted = select(ChangeCause).where(ChangeCause.request_id == request_id)
    return work.session.scalars(unscoped(wanted, "their own slice decides who sees them")).all()
