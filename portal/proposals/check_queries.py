"""Everything worth a look in a draft, as its reader may know it: the one list of sheet, yes, check and papers."""

from __future__ import annotations

from dataclasses import replace

from budgeting.quotation import Finding
from portal.access.table import Action, Resource
from portal.goals import queries as goals
from portal.happened import unchanged_since
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import checking
from portal.proposals.queries import Draft
from portal.proposals.unpaid import present
from portal.work import Work


def to_look_at(work: Work, client: Client, draft: Draft) -> list[Finding]:
    """What is noticed about a draft, as far as the reader may know it; nothing while there is no support in it."""
    lines = [(one.ref, one.terms) for one in draft.lines if one.counts]
    if not lines:
        return []
    found = replace(_known(work, client), providers=draft.setting.providers)
    return checking.everything(draft.quote, lines, found, work.today(client))


def _known(work: Work, client: Client) -> checking.Known:
    """What is known beside a draft; read again once something happened around the person, but for work on drafts."""
    since = unchanged_since(work, client.id)
    key = ("check", client.id, since, work.actor.kind, work.account_id, work.facts_of(client.id), work.today(client))
    known: checking.Known | None = work.memory.get(key) if since is not None else None
    if known is None:
        known = _read(work, client)
        if since is not None:
            work.memory.keep(key, known)
    return known


def _read(work: Work, client: Client) -> checking.Known:
    known = checking.elsewhere(work, client)
    if work.can(Resource.STORY, Action.READ, client.id):
        agreed = goals.agreed(work, client)
        known = replace(known, goals={key: goals.shortened(text) for key, text in agreed})
    if work.can(Resource.CIRCLE, Action.READ, client.id):
        organisations = (one.tie.organisation_id for one in people.circle(work, client))
        here = present(work, client.id)
        known = replace(known, circle=frozenset(one for one in organisations if one), helpers=here)
    return known
