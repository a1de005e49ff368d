"""One change, or one version, as the values of its page: whole for the circle, its own part alone for a provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts import queries as accounts
from portal.changes import settling, showing
from portal.changes.edits import moves, part, unpack
from portal.changes.effect import part_difference
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.parties import Seat
from portal.changes.states import Given, RequestState
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.proposals.frozen import thaw
from portal.work import Work


def own_answer(one: Authorisation) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "given": "" if one.state is Given.WAITING else one.state.value,
        "state": showing.GIVEN[one.state],
        "badge": showing.GIVEN_BADGES[one.state],
        "said": one.said,
        "moved": one.moved_at.date() if one.moved_at else None,
    }


def whole(work: Work, client: Client, found: ChangeRequest, rows: Sequence[Authorisation]) -> dict[str, Any]:
    """For whoever may read changes of this person: everything, amounts as far as they may see the money."""
    effect, _, seats = settling.worked_out(work, client, found)
    draft = found.state is RequestState.DRAFT
    names = accounts.names(work.session, showing.accounts_in([*rows, *seats], found.made_by, found.made_for))
    name = Name(client.name)
    if draft:
        parties = [showing.seat_row(seat, names, name, reachable=_reachable(work, seat)) for seat in seats]
    else:
        parties = [showing.party_row(one, names, name, reachable=_reachable(work, one)) for one in rows]
    return {
        "whole": True,
        "lines": showing.changed(effect.difference),
        "same": showing.same(effect.difference),
        "costs": effect if work.can(Resource.BUDGET, Action.READ, client.id) else None,
        "has_left": found.state is not RequestState.DONE and bool(effect.after.components),
        "pays": bool(effect.before.contribution.minor or effect.after.contribution.minor),
        "parties": parties,
        "asked_by": Name(names.get(found.made_for or found.made_by, "")),
        "reason": found.reason,
        "writes_down": work.can(Resource.CHANGE, Action.APPROVE, client.id),
    }


def own_part(work: Work, client: Client, about: ChangeRequest, mine: Sequence[Authorisation]) -> dict[str, Any]:
    """For a provider: its own lines, its own prices, its own answer; nothing of anybody else."""
    versions = settling.versions_to(work, about)
    if mine:
        content = mine[0].content
    else:
        plan = thaw(versions[-1].content)
        found = moves(plan, unpack(about.edits), about.effective)
        content = part(found, about.effective, (about.made_for, ""))
    difference = part_difference(work, client, versions[-1], content)
    own = about.made_by == work.account_id or about.reason_shared
    return {
        "whole": False,
        "lines": showing.changed(difference),
        "same": (),
        "costs": None,
        "has_left": False,
        "pays": False,
        "parties": (),
        "asked_by": None,
        "reason": about.reason if own else "",
        "writes_down": False,
    }


def _reachable(work: Work, one: Authorisation | Seat) -> bool:
    return bool(settling.people_of(work, one))


def version_row(one: PlanVersion, came_from: Mapping[UUID, ChangeRequest]) -> dict[str, Any]:
    change = came_from.get(one.id)
    return {
        "title": titled(one),
        "reason": one.reason,
        "first": one.proposal_id is not None,
        "href": settling.path_of(change) if change else None,
    }


def titled(one: PlanVersion) -> Words:
    """What a version is called."""
    return words("Version {number}, from {day}", number=one.number, day=one.starts)
