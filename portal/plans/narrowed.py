"""A frozen plan cut down to what one provider may see: its own lines, without goals, totals or other names."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from portal.proposals.frozen import FrozenLine, thaw
from portal.proposals.terms import canonical

NOTHING = {"minor": 0, "currency": "AUD"}


def narrowed(content: str, line_ids: Collection[UUID], *, shares: bool = False) -> str:
    """The canonical JSON of only these lines. Goals, needs, funding and totals are left out, not hidden.

    With ``shares`` the client's own share of each line stays, for an agreement that must state it.
    """
    data: dict[str, Any] = json.loads(content)
    wanted = {str(line_id) for line_id in line_ids}
    lines = [_bare(line, shares) for line in data["lines"] if line["id"] in wanted]
    return canonical(
        {
            **data,
            "title": "",
            "lines": lines,
            "components": [],
            "amount": NOTHING,
            "contribution": NOTHING,
            "left": NOTHING,
            "minutes": 0,
        }
    )


def _bare(line: dict[str, Any], shares: bool) -> dict[str, Any]:
    terms = {**line["terms"], "goal_id": None, "need": "", "component": None}
    contribution = line["contribution"] if shares else NOTHING
    return {**line, "terms": terms, "purpose": "", "component": None, "contribution": contribution}


def the_line(content: str) -> FrozenLine:
    """The one line of a part's content."""
    (line,) = thaw(content).lines
    return line
