"""A version made after acceptance, and what each new day brings."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.jobs import job
from portal.people import queries as people
from portal.plans import commands, sharing_commands
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.states import PartState, VersionState
from portal.proposals.model import Proposal
from portal.work import OpenWork, Work


@job("plans.make_version")
def make_version(work: Work, proposal_id: str) -> None:
    """The next version of the plan, from an accepted proposal; done twice it is still one version."""
    wanted = select(Proposal).where(Proposal.id == UUID(proposal_id))
    proposal = work.session.scalar(unscoped(wanted, "a job knows the id"))
    if proposal is None or proposal.frozen is None:
        return
    client = people.client_of(work, proposal.client_id, "whose plan it is")
    by = proposal.accepted_by
    commands.put_in_force(work, client, proposal.frozen, "", proposal_id=proposal.id, agreed_by=by)


@job("plans.new_day", cron="0 20 14,20 * * *", many=True)
def new_day(open_work: OpenWork) -> None:
    """Early each morning (and again, for zones further west): versions whose day has come, and unread briefs."""
    with open_work() as work:
        waiting = select(PlanVersion.client_id).where(PlanVersion.state == VersionState.AGREED)
        unread = select(PlanPart.client_id).where(PlanPart.state == PartState.WAITING)
        clients = set(work.session.scalars(unscoped(waiting.union(unread), "plans that wait for something")))
    for client_id in sorted(clients, key=str):
        with open_work() as work:
            commands.begin_day(work, people.client_of(work, client_id, "whose plan it is"))


@job("plans.end_links", follows=("people.left",))
def end_links(work: Work, client_id: str) -> None:
    """When a provider left a circle, its one-time links open nothing any more."""
    sharing_commands.end_links(work, people.client_of(work, UUID(client_id), "whose plan it is"))
