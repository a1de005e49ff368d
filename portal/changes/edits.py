"""What a change edits, as plain values: lines before and after, cut at its day, and the part each party may see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from portal.proposals.cut import anchored, clip
from portal.proposals.frozen import FrozenProposal
from portal.proposals.terms import Terms, canonical, from_mapping

Party = tuple[UUID | None, str]
NOBODY: Party = (None, "")


@dataclass(frozen=True)
class Edit:
    """What one line would say; ``terms`` None ends it. A line the plan does not know is a new one."""

    line_id: UUID
    terms: Terms | None


def pack(edits: Iterable[Edit]) -> str:
    """Edits as JSON."""
    return canonical([{"line": str(edit.line_id), "terms": _plain(edit.terms)} for edit in edits])


def unpack(text: str) -> tuple[Edit, ...]:
    """The edits that ``pack`` wrote."""
    return tuple(
        Edit(UUID(one["line"]), from_mapping(one["terms"]) if one["terms"] else None) for one in json.loads(text)
    )


def _plain(terms: Terms | None) -> Any:
    return json.loads(terms.as_json()) if terms else None


def provider_of(terms: Terms | None) -> Party:
    """Who delivers it: an organisation, or a name; NOBODY when there is none yet."""
    if terms is None:
        return NOBODY
    return (terms.provider_id, "" if terms.provider_id else terms.provider_name)


@dataclass(frozen=True)
class Move:
    """One line that a change touches: as it is in the plan, and as it would be from the day on."""

    line_id: UUID
    before: Terms | None
    after: Terms | None

    @property
    def parties(self) -> frozenset[Party]:
        return frozenset({provider_of(self.before), provider_of(self.after)}) - {NOBODY}

    def seen_by(self, party: Party) -> Move:
        """Only what is theirs: the side of somebody else is not there, and neither are goals and who pays."""
        return Move(
            self.line_id,
            _bare(self.before) if provider_of(self.before) == party else None,
            _bare(self.after) if provider_of(self.after) == party else None,
        )

    @property
    def still(self) -> bool:
        return self.before == self.after


def _bare(terms: Terms | None) -> Terms | None:
    return replace(terms, component=None, goal_id=None, need="", more=terms.more.for_a_provider()) if terms else None


def moves(plan: FrozenProposal, edits: Iterable[Edit], effective: date) -> tuple[Move, ...]:
    """What the edits make of the plan from a day on; edits that change nothing are left out."""
    now = {line.id: line.terms for line in plan.lines}
    found = []
    for edit in edits:
        before = now.get(edit.line_id)
        after = from_day(edit.terms, effective) if edit.terms else None
        if after != (clip(before, effective, before.ends) if before else None):
            found.append(Move(edit.line_id, before, after))
    return tuple(found)


def from_day(terms: Terms, first: date) -> Terms | None:
    """New terms begin on the day of the change; visits every few weeks keep their rhythm. None: over by that day.

    A change may be put off until after the last day that was written for a line: then the line ends the day before.
    """
    if terms.ends < first:
        return None
    if terms.starts >= first:
        return terms
    return replace(anchored(terms), starts=first)


def until(terms: Terms, effective: date) -> Terms | None:
    """The part of a line before the day of a change."""
    return clip(terms, terms.starts, effective - timedelta(days=1))


def after_lines(plan: FrozenProposal, moved: Sequence[Move]) -> list[tuple[UUID, Terms]]:
    """The lines of the plan once the change holds: in their order, new ones last."""
    by_line = {move.line_id: move for move in moved}
    known = {line.id for line in plan.lines}
    found = []
    for line in plan.lines:
        terms = by_line[line.id].after if line.id in by_line else line.terms
        if terms is not None:
            found.append((line.id, terms))
    return found + [(m.line_id, m.after) for m in moved if m.line_id not in known and m.after is not None]


def part(moved: Iterable[Move], effective: date, party: Party | None = None) -> str:
    """The canonical JSON of what one party says yes to: everything, or with ``party`` only what is that provider's."""
    seen = [move.seen_by(party) if party is not None else move for move in moved]
    lines = [
        {"line": str(move.line_id), "before": _plain(move.before), "after": _plain(move.after)}
        for move in seen
        if not move.still
    ]
    return canonical({"from": effective.isoformat(), "lines": lines})


def moves_in(content: str) -> tuple[date, tuple[Move, ...]]:
    """The day and the moves of a part that ``part`` wrote."""
    data = json.loads(content)
    found = tuple(
        Move(
            UUID(one["line"]),
            from_mapping(one["before"]) if one["before"] else None,
            from_mapping(one["after"]) if one["after"] else None,
        )
        for one in data["lines"]
    )
    return date.fromisoformat(data["from"]), found


def line_hashes(content: str) -> Mapping[UUID, str]:
    """What each line of a part says, as a SHA-256 of its day, before and after: the same only for the very same."""
    data = json.loads(content)
    return {
        UUID(one["line"]): hashlib.sha256(canonical({"from": data["from"], **one}).encode()).hexdigest()
        for one in data["lines"]
    }
