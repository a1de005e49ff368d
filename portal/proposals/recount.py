"""An accepted plan counted again: other days of it, at the prices of now. What was accepted stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from portal.people.model import Client
from portal.proposals import pricing, queries
from portal.proposals.cut import clip
from portal.proposals.frozen import FrozenProposal, freeze
from portal.proposals.model import Proposal
from portal.work import Work


def setting(work: Work, client: Client, base: FrozenProposal) -> pricing.Setting:
    """What the lines are priced with, the same for every reader; the proposal is a value here and never stored."""
    proposal = Proposal(
        id=base.proposal_id,
        client_id=client.id,
        title=base.title,
        program=base.program,
        starts=base.period.first,
        ends=base.period.last,
    )
    return queries.setting_for_freezing(work, client, proposal)


def of_days(work: Work, client: Client, base: FrozenProposal, keys: Collection[UUID], first: date, last: date) -> str:
    """The canonical JSON of some lines of an accepted plan between two days, both included, with what that costs."""
    at = setting(work, client, base)
    cut = [(line.id, clip(line.terms, first, last)) for line in base.lines if line.id in keys]
    lines = [(key, terms) for key, terms in cut if terms is not None]
    quote = pricing.quote(work, at, [(str(key), terms) for key, terms in lines])
    text, _ = freeze(at.proposal, lines, quote, at.providers, at.purposes)
    return text
