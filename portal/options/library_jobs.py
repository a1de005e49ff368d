"""Each morning: whoever keeps material of the library is told when it is out of date."""

from __future__ import annotations

from portal.jobs import job
from portal.options import library_commands, library_queries
from portal.work import Work


@job("options.library_new_day", cron="0 45 20 * * *")
def new_day(work: Work) -> None:
    """Tell once of each piece of material that its day has passed."""
    for entry in library_queries.out_of_date(work):
        library_commands.tell_out_of_date(work, entry)
