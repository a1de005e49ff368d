"""What each morning brings to those who handle what people tell us."""

from __future__ import annotations

from feedback import handling_commands, queries, wall_commands
from portal.jobs import job
from portal.work import Work


@job("feedback.new_day", cron="0 40 20 * * *")
def new_day(work: Work) -> None:
    """Find someone for what nobody handles, then remind before a promise is missed.

    What came without a name is told of only here, in the morning, so that no letter tells when it came.
    """
    for complaint in queries.left_alone(work):
        if complaint.handler_id or queries.may_handle(work, complaint):
            wall_commands.choose_handler(work, complaint)
    handling_commands.remind(work, queries.to_remind(work))
