"""What was put off in a draft goes on in the next one: nothing that somebody promised to see to is lost by a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import limit
from portal.proposals.model import Proposal, Suggestion, SuggestionState
from portal.work import Work


def carry(work: Work, before: Proposal, proposal: Proposal, lines: Mapping[UUID, UUID]) -> None:
    """Bring the suggestions that were put off into the next draft, each with who sees to it, its day and its reason.

    ``lines`` are the lines of the next draft by those of the one before; what was about a line that did not come along
    stays behind. Each answers the one it came from, so that its page leads back to what was said. A draft that somebody
    keeps to themselves gets none: the others would not know where their suggestion went.
    """
    if proposal.kept_by is not None:
        return
    wanted = limit(select(Suggestion), work, Suggestion).where(
        Suggestion.proposal_id == before.id, Suggestion.state == SuggestionState.PARKED
    )
    for one in work.session.scalars(wanted.order_by(Suggestion.suggested_at, Suggestion.id)):
        acts = [replace(act, line_id=lines.get(act.line_id) if act.line_id else None) for act in one.acts]
        if any(then.line_id is None and act.line_id is not None for act, then in zip(one.acts, acts, strict=True)):
            continue
        made = Suggestion(
            client_id=proposal.client_id,
            proposal_id=proposal.id,
            suggests=one.suggests,
            reason=one.reason,
            suggested_by=one.suggested_by,
            suggested_at=one.suggested_at,
            answers_id=one.id,
            asked_id=one.asked_id,
            state=SuggestionState.PARKED,
            parked_at=one.parked_at,
            park_owner_id=one.park_owner_id,
            park_due=one.park_due,
            park_reminded_at=one.park_reminded_at,
        )
        made.suggest(acts)
        work.session.add(made)
    work.session.flush()
