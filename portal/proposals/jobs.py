"""What proposals do by themselves: the first one, from the week a family described before it had an account."""

from __future__ import annotations

from uuid import UUID

from portal.jobs import job
from portal.proposals import commands
from portal.work import Work


@job("proposals.from_start")
def from_start(work: Work, client_id: str) -> None:
    """Make the first draft of a client from the ordinary week they told; nothing is made twice."""
    commands.start_from_week(work, UUID(client_id))
