"""A letter that was taken back is there again as it was typed, to be corrected and taken over once more."""

from __future__ import annotations

from uuid import UUID

from portal.jobs import job
from portal.people import queries as people
from portal.renewal import commands
from portal.work import Work


@job("renewal.reopen", follows=("funding.taken_back",))
def reopen(work: Work, client_id: str) -> None:
    """The funding letter of a client was taken back."""
    commands.reopen(work, people.client_of(work, UUID(client_id), "a job's own client"))
