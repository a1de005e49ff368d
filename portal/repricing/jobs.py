"""Counting every plan again when a price list came in: some at a time, so that a stop in the middle loses nothing."""

from __future__ import annotations

from uuid import UUID

from portal.catalogue.model import Edition
from portal.jobs import job
from portal.repricing import commands
from portal.work import OpenWork, Work


@job("repricing.new_list")
def new_list(work: Work, edition_id: str) -> None:
    """A price list came in: hold every plan in force against it."""
    edition = work.session.get(Edition, UUID(edition_id))
    if edition is not None:
        commands.start_after_import(work, edition)


@job("repricing.run", many=True)
def run(open_work: OpenWork, run_id: str) -> None:
    """Plan after plan, each group in a transaction of its own that also keeps where to go on."""
    more = True
    while more:
        with open_work() as work:
            more = commands.go_on(work, UUID(run_id))
