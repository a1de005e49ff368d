"""What proposals do by themselves: the first one of a family, what was offered, a draft that lost its reason."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.jobs import job
from portal.proposals import commands, queries, talk_commands, untouched
from portal.proposals.model import Line, SuggestionKind
from portal.proposals.offered import SOURCES, Offered
from portal.proposals.terms import applied
from portal.work import NotVisible, Refusal, Work


@job("proposals.from_start")
def from_start(work: Work, client_id: str) -> None:
    """Make the first draft of a client from the ordinary week they told; nothing is made twice."""
    commands.start_from_week(work, UUID(client_id))


@job("proposals.suggest_offered")
def suggest_offered(work: Work, source: str, about: str, account_id: str) -> None:
    """Suggest in the draft what a provider offered, as the one who took it; what no longer fits is left out."""
    taker = work.as_seen_by(UUID(account_id))
    for one in SOURCES[source](work, UUID(about)):
        _suggest(taker, one)


def _suggest(work: Work, one: Offered) -> None:
    proposal = queries.for_job(work, one.proposal_id)
    wanted = select(Line).where(Line.id == one.line_id, Line.removed_at.is_(None))
    line = work.session.scalar(unscoped(wanted, "a job knows the id"))
    if proposal is None or line is None:
        return
    try:
        terms = applied(one.was, one.terms, line.terms)
        talk_commands.suggest(work, proposal, SuggestionKind.CHANGE, line, terms, one.reason)
    except (Refusal, NotVisible):  # the draft was accepted or put away meanwhile, or says something else by now
        return


@job("proposals.put_away_untouched")
def put_away_untouched(work: Work, proposal_id: str) -> None:
    """Put a draft away whose reason is gone, if nobody has touched it."""
    untouched.put_away(work, UUID(proposal_id))
