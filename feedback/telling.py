"""Who is told by letter that there is something new."""

from __future__ import annotations

from uuid import uuid4

from feedback.model import Complaint
from portal.work import Work


def tell_handler(work: Work, complaint: Complaint) -> None:
    """Tell whoever handles it; not where no name was given: a letter at once would say when somebody spoke up."""
    if complaint.handler_id and not complaint.unnamed:
        work.later("accounts.tell", account_id=complaint.handler_id, key=str(uuid4()), path="/handling")
