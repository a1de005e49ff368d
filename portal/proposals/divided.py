"""A suggestion whose support has other days by now, as when its line was divided: what a yes would still concern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from budgeting.words import Words, words
from portal.proposals.draft_rows import DraftLine
from portal.proposals.model import Act, Line
from portal.proposals.terms import Terms

OVER = words("This suggestion is about days that are over by now. Say no, or answer with something else.")


def said(act: Act, now: Terms | None) -> Words | None:
    """From when to when a part of a suggestion counts now; None where the days are those it was made for."""
    if now is None or not _other_days(act, now):
        return None
    return words(
        "The days of this support have changed since. The suggestion now concerns {first} to {last}.",
        first=now.starts,
        last=now.ends,
    )


def over(acts: Iterable[Act], lines: Mapping[UUID, DraftLine] | Mapping[UUID, Line], today: date) -> bool:
    """Whether a part of a suggestion has come to concern only days that are over; ``lines`` are those of its draft."""
    found = [(act, lines[act.line_id].terms) for act in acts if act.line_id is not None and act.line_id in lines]
    return any(now.ends < today and _other_days(act, now) for act, now in found)


def _other_days(act: Act, now: Terms) -> bool:
    """Whether a line has other days than when it was suggested, and the suggestion says none itself."""
    was, then = act.was, act.terms or act.was
    if was is None or then is None or (then.starts, then.ends) != (was.starts, was.ends):
        return False
    return (now.starts, now.ends) != (was.starts, was.ends)
