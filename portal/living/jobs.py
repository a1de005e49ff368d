"""What other parts of the portal have written down about visits that did not happen."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from budgeting.money import Money
from portal.access.scope import unscoped
from portal.jobs import job
from portal.living import commands
from portal.living.commands import MissedVisit
from portal.living.model import Missed
from portal.living.states import MissedState, Who
from portal.people.model import Client
from portal.plans.model import PlanPart
from portal.plans.narrowed import the_line
from portal.work import Refusal, Work


@job("living.nobody_came")
def nobody_came(
    work: Work,
    missed_id: str,
    client_id: str,
    line_id: str,
    day: str,
    begins_at: str,
    minutes: int,
    account_id: str,
    item: str | None,
    fee: int | None,
) -> None:
    """Write down a visit that somebody told in one press; done twice, or told by hand before, it is still one."""
    wanted = select(PlanPart).where(PlanPart.line_id == UUID(line_id), PlanPart.client_id == UUID(client_id))
    part = work.session.scalars(unscoped(wanted.order_by(PlanPart.since.desc()), "the line that was told")).first()
    client = work.session.scalar(unscoped(select(Client).where(Client.id == UUID(client_id)), "whose visit it was"))
    if part is None or client is None or _is_there(work, UUID(missed_id)):
        return
    told = MissedVisit(
        support=the_line(part.content).name,
        day=date.fromisoformat(day),
        begins_at=time.fromisoformat(begins_at),
        minutes=minutes,
        who=Who.PROVIDER,
        line_id=part.line_id,
        provider_id=part.provider_id,
        provider_name=part.provider_name,
        item=item,
        fee=Money(fee) if fee is not None else None,
    )
    try:
        commands.note_missed(work, client, told, charged=False, by=UUID(account_id), missed_id=UUID(missed_id))
    except Refusal:
        return  # somebody wrote it down by hand already


def _is_there(work: Work, missed_id: UUID) -> bool:
    wanted = unscoped(select(Missed.id).where(Missed.id == missed_id), "told twice")
    return work.session.scalar(wanted) is not None


@job("living.came_late")
def came_late(work: Work, missed_id: str) -> None:
    """Take the note out again, unless something was settled about it meanwhile."""
    wanted = select(Missed).where(Missed.id == UUID(missed_id), Missed.state == MissedState.OWED)
    row = work.session.scalar(unscoped(wanted, "the visit that took place after all"))
    if row is not None:
        commands.remove_missed(work, row)
