"""What ``coplan verify`` holds about plans: every frozen version still gives the hash that people agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import func, select

from portal.access.scope import unscoped
from portal.invariants import invariant
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.proposals.model import Proposal
from portal.work import Work


@invariant("plan versions")
def changed_versions(work: Work) -> Iterator[str]:
    """Plan versions whose content no longer gives their hash."""
    every = unscoped(select(PlanVersion.id, PlanVersion.content, PlanVersion.hash), "verify")
    for version_id, content, expected in work.session.execute(every):
        if sha256(content.encode()).hexdigest() != expected:
            yield f"version {version_id} was changed after it was agreed"


@invariant("plans in force")
def twice_in_force(work: Work) -> Iterator[str]:
    """Clients with more than one version of their plan in force: of two, nobody could say which holds."""
    begun = select(PlanVersion.client_id).where(PlanVersion.state == VersionState.IN_FORCE)
    twice = unscoped(begun.group_by(PlanVersion.client_id).having(func.count() > 1), "verify")
    for client_id in work.session.scalars(twice):
        yield f"client {client_id} has more than one version in force"


@invariant("accepted proposals")
def changed_proposals(work: Work) -> Iterator[str]:
    """Accepted proposals whose frozen text no longer gives its hash."""
    every = unscoped(select(Proposal.id, Proposal.frozen, Proposal.frozen_hash), "verify")
    for proposal_id, frozen, expected in work.session.execute(every):
        if frozen is not None and sha256(frozen.encode()).hexdigest() != expected:
            yield f"proposal {proposal_id} was changed after it was accepted"
