"""The verb of a draft that somebody keeps to themselves: share it."""

from __future__ import annotations

from portal.access.table import Action, Resource
from portal.proposals import privacy_events as events
from portal.proposals.model import Proposal
from portal.work import NotVisible, Work, command


@command(Resource.DRAFT, Action.WRITE)
def share(work: Work, proposal: Proposal, version: int) -> None:
    """Open one's own draft to everybody who may see drafts; nobody can hide it again, since others may have read it."""
    if proposal.kept_by is None:
        return
    if proposal.kept_by != work.account_id:
        raise NotVisible
    proposal.expect(version)
    proposal.kept_by = None
    work.session.flush()
    work.record(events.DraftShared(client_id=proposal.client_id, subject=proposal.id))
