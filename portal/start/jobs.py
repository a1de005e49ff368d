"""Drafts of visitors end by themselves."""

from __future__ import annotations

from portal.jobs import job
from portal.start import commands
from portal.work import Work


@job("start.forget_expired", cron="0 7 * * * *")
def forget_expired(work: Work) -> None:
    """Every hour: delete the drafts whose day is over."""
    commands.forget_expired(work)
