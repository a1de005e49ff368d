"""A frozen plan cut down to what one provider may see: its own lines, without goals, totals or other names."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from portal.plans.model import PlanPart
from portal.proposals.frozen import FrozenLine, thaw
from portal.proposals.model import Line
from portal.proposals.particulars import PLAIN
from portal.proposals.terms import Terms, canonical

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


def is_asked(part: PlanPart) -> bool:
    """Whether a part waits for its provider to read it; so it does for a member of the circle whose own time it is.

    Nothing waits for who gives their time without pay and is known by name alone.
    """
    if part.provider_id is not None:
        return True
    terms = the_line(part.content).terms
    return bool(part.provider_name) and (terms.more.given is None or terms.helper is not None)


def asked_of(line: Line, provider_id: UUID | None) -> Terms:
    """What one provider may know of a line: when and how much, and a price that was not agreed with somebody else."""
    terms = line.terms
    another = terms.provider_id is not None and terms.provider_id != provider_id
    return replace(
        terms,
        name="",
        component=None,
        provider_id=None,
        provider_name="",
        price=None if another else terms.price,
        holiday_price=None if another else terms.holiday_price,
        goal_id=None,
        need="",
        more=PLAIN,
    )
