"""Several people in one draft: a mark that changes with it, who changed it last, and who is looking too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, func, select

from budgeting.words import Name
from portal.access.scope import CLIENT, READER, Seen, Written
from portal.journal import KINDS, JournalEntry
from portal.people.model import Client, Tie
from portal.proposals import queries
from portal.proposals.model import Comment, Line, Proposal, Suggestion, SuggestionState
from portal.proposals.queries import Draft
from portal.work import Work

LATELY = timedelta(minutes=10)
_ONE: BindParameter[UUID] = bindparam("proposal")


def _places(seen: Seen) -> Select[Any]:
    """Whose place in the circle of a client a reader may see today."""
    return seen(Tie, Tie.account_id, client=CLIENT).where(Tie.holds_on(READER.day))


_CIRCLE = Written(_places)
_PLACE = Written(lambda seen: _places(seen).where(Tie.account_id == bindparam("of")))


def _counted(model: Any, *where: Any) -> Sequence[Any]:
    """How many rows a draft has in a table, and the sum of their versions: any edit changes one of them."""
    of = model.proposal_id == _ONE
    return (
        select(func.count()).select_from(model).where(of, *where).scalar_subquery(),
        select(func.coalesce(func.sum(model.version), 0)).where(of, *where).scalar_subquery(),
    )


_MARK = Written(
    lambda seen: seen(
        Proposal,
        Proposal.version,
        *_counted(Line),
        *_counted(Suggestion, Suggestion.state == SuggestionState.OPEN),
        *_counted(Comment),
    ).where(Proposal.id == _ONE)
)


def mark(work: Work, proposal: Proposal) -> str:
    """Changes whenever somebody edits a draft, suggests, answers or says something; it tells nothing else."""
    row = work.reads.one(*_MARK(work, proposal=proposal.id))
    return _marked(row)


def mark_of(draft: Draft) -> str:
    """The same mark from a draft that was read already."""
    asked = [one for one in draft.suggestions if one.state is SuggestionState.OPEN]
    counted = [
        part for rows in (draft.lines, asked, draft.comments) for part in (len(rows), sum(one.version for one in rows))
    ]
    return _marked((draft.proposal.version, *counted))


def _marked(numbers: Iterable[int]) -> str:
    return hashlib.sha256(".".join(str(number) for number in numbers).encode()).hexdigest()[:16]


def changed_by(work: Work, proposal: Proposal) -> Name | None:
    """Who else changed something in this draft a moment ago; None when nobody did, or only the reader.

    What somebody does for themselves alone (read it, say whose idea something was) is no change, and told to nobody.
    """
    told = [name for name, kind in KINDS.items() if name.startswith("proposals.") and not kind.private]
    wanted = (
        select(JournalEntry.actor_id, JournalEntry.subject_id, JournalEntry.data)
        .where(
            JournalEntry.client_id == proposal.client_id,
            JournalEntry.at >= work.now - LATELY,
            JournalEntry.kind.in_(told),
        )
        .order_by(JournalEntry.seq.desc())
        .limit(20)
    )
    for actor, subject, data in work.session.execute(wanted):
        if subject == proposal.id or str(proposal.id) in data:
            if actor is None or actor == work.account_id:
                return None
            return Name(queries.people_named(work, [actor]).get(actor, ""))
    return None


@dataclass(frozen=True)
class _Other:
    """Somebody else who looks, as a reader: without a fresh confirmation."""

    account_id: UUID
    day: date
    now: datetime
    stepped_up: bool = False


def here_too(work: Work, client: Client, proposal: Proposal) -> Sequence[Name]:
    """Who has this draft open too, among those in the circle who may each see that the other is in it."""
    return [Name(name) for name in sorted(queries.people_named(work, _mutual(work, client, proposal)).values())]


def others(work: Work, client: Client, proposal: Proposal) -> str:
    """Changes when one of those comes or goes, and tells nothing."""
    return " ".join(sorted(map(str, _mutual(work, client, proposal))))


def _mutual(work: Work, client: Client, proposal: Proposal) -> Sequence[UUID]:
    others = work.house.here.at(proposal.id) - {work.account_id}
    if not others or work.account_id is None:
        return ()
    seen = {row.account_id for row in work.reads.all(*_CIRCLE(work, client=client.id))}
    return [one for one in others if one in seen and _sees(work, one, client)]


def _sees(work: Work, account_id: UUID, client: Client) -> bool:
    """Whether somebody else may see the reader's own place in the circle."""
    other = _Other(account_id, work.day, work.now)
    return bool(work.reads.all(*_PLACE(other, client=client.id, of=work.account_id)))
