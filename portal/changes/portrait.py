"""One change, or one version, as the values of its page: whole for the circle, its own part alone for a provider."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Relationship, Resource
from portal.accounts import queries as accounts
from portal.changes import causes, leaving, queries, settling, showing, tried
from portal.changes.edits import line_hashes, moves, moves_in, part, unpack
from portal.changes.effect import moved_difference, part_difference
from portal.changes.events import HELPED
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.one_or_all import one_or_all, stood_in_for, yes_of_others
from portal.changes.parties import Seat
from portal.changes.rules import relied_on
from portal.changes.states import ACTS, ANSWERED_IN, IN_FORCE, SETTLED, UNASKED, Act, Given, RequestState
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.proposals.frozen import thaw
from portal.work import Work

Names = Mapping[UUID, str]


def mark(about: ChangeRequest, asked: Sequence[Authorisation], *, whole: bool) -> str:
    """Changes with the change and the answers that the reader may see; who sees a part is not told of the rest."""
    answers = (part for one in asked for part in (one.id, one.version))
    seen = (about.state.value, about.version if whole else 0, *answers)
    return hashlib.sha256(".".join(map(str, seen)).encode()).hexdigest()[:16]


def own_answer(
    work: Work, client: Client, about: ChangeRequest, one: Authorisation, asked: Sequence[Authorisation]
) -> dict[str, Any]:
    """One's own answer: how it stands, to which lines, what moved since it was given, and who else must say yes."""
    names = accounts.names(work.session, showing.accounts_in(asked))
    _, found = moves_in(one.content)
    lines = {move.line_id: Name(side.name) for move in found if (side := move.after or move.before)}
    return {
        "id": one.id,
        "version": one.version,
        "given": "" if one.state is Given.WAITING else one.state.value,
        "state": showing.GIVEN[one.state],
        "badge": showing.GIVEN_BADGES[one.state],
        "said": one.said,
        "moved": one.moved_at,
        "what_moved": _what_moved(work, client, about, one) if one.before else None,
        "lines": list(lines.items()) if len(lines) > 1 else [],
        "agreed": one.agreed_apart or frozenset(),
        "apart": one.apart is not None,
        "spoken": one.spoken,
        "together": one_or_all(one, asked, names, Name(client.name)),
        "others": yes_of_others(one, asked, about.state, Name(client.name)),
    }


def _what_moved(work: Work, client: Client, about: ChangeRequest, one: Authorisation) -> dict[str, Any]:
    before = one.before or one.content
    (was, _), (now, _) = moves_in(before), moves_in(one.content)
    difference = moved_difference(work, client, settling.versions_to(work, about)[-1], before, one.content)
    return {
        "days": (showing.from_words(was), showing.from_words(now)) if was != now else None,
        "lines": showing.changed(difference),
    }


def whole(work: Work, client: Client, found: ChangeRequest, rows: Sequence[Authorisation]) -> dict[str, Any]:
    """For whoever may read changes of this person: everything, amounts as far as they may see the money."""
    effect, _, seats = settling.worked_out(work, client, found)
    draft: bool = found.state in UNASKED
    left_by = leaving.due(work, client, found)
    asked: Sequence[Authorisation | Seat] = seats if draft else rows
    names = accounts.names(work.session, showing.accounts_in([*rows, *seats], found.made_by, found.made_for))
    name = Name(client.name)
    if draft:
        parties = [showing.seat_row(seat, names, name, reachable=_reachable(work, seat)) for seat in seats]
    else:
        coordinates = work.decide(Resource.CHANGE, Action.APPROVE, client.id).relationship is Relationship.LEAD
        by_whose = {seat.whose: seat for seat in seats}
        lines = {changed.id: changed.name for changed in showing.changed(effect.difference)}
        parties = [
            showing.party_row(
                one,
                names,
                name,
                reachable=_reachable(work, one),
                seat=by_whose.get(one.whose),
                lines=lines,
                urgent=found.urgent,
                coordinates=coordinates,
                over=found.state not in ANSWERED_IN,
                settled=found.state in SETTLED,
            )
            for one in rows
        ]
    parties = [
        replace(
            party,
            together=one_or_all(one, asked, names, name),
            why=words("It is the plan of {name}.", name=name) if stood_in_for(one, asked) else party.why,
            **_said_by_others(yes_of_others(one, asked, found.state, name)),
        )
        for party, one in zip(parties, asked, strict=True)
    ]
    return {
        "whole": True,
        "lines": showing.changed(effect.difference),
        "about": _about(work, found) if draft else (),
        "same": showing.same(effect.difference),
        "costs": effect if work.can(Resource.BUDGET, Action.READ, client.id) else None,
        "has_left": bool(effect.after.components),
        "pays": bool(effect.before.contribution.minor or effect.after.contribution.minor),
        **_leaving(work, client, found, left_by),
        "parties": parties,
        "unrefused": _unrefused(rows),
        "asked_by": Name(names.get(found.made_for or found.made_by, "")),
        "reason": found.reason,
        "writes_down": work.can(Resource.CHANGE, Action.APPROVE, client.id),
    }


def _said_by_others(said: Words | None) -> dict[str, Any]:
    return {"state": said, "badge": "info"} if said else {}


def _leaving(work: Work, client: Client, about: ChangeRequest, left: Sequence[leaving.Left]) -> dict[str, Any]:
    """What is due from the providers a change leaves; once it holds, those who decide say what is done."""
    return {
        "leaving": left,
        "last_day": leaving.last_day(about),
        "today": work.today(client),
        "may_tick": about.state in IN_FORCE and queries.may_decide(work, client),
        "said_by": accounts.called(work, [one.done.noted_by for one in leaving.days_of(left) if one.done]),
    }


def _unrefused(rows: Sequence[Authorisation]) -> list[UUID]:
    """The lines that nobody said no to, where there is a no to others: what could go ahead by itself."""
    touched = {line for row in rows for line in line_hashes(row.content)}
    noes = [row for row in rows if row.refused]
    refused = {line for row in noes for line in line_hashes(row.content) if line not in (row.agreed_apart or ())}
    return sorted(touched - refused, key=str) if refused else []


#: Where nobody is asked whether a change helped.
NOT_ASKED: Mapping[str, Any] = {"about": (), "helped": None, "tells": False, "came": (), "goes_on": frozenset()}


def did_it_help(work: Work, client: Client, found: ChangeRequest) -> dict[str, Any]:
    """Whether a change helped, who may say so, and what came of it; which of its supports are in the plan today."""
    now = thaw(settling.newest(work, client.id).content).lines if found.helped else ()
    return {
        "helped": HELPED[found.helped] if found.helped else None,
        "tells": Act.TELL in ACTS[found.state] and queries.decides(work, client),
        "came": causes.came_of(work, tried.AGAIN, found.id) if found.helped else (),
        "goes_on": frozenset(line.id for line in now),
    }


def _about(work: Work, found: ChangeRequest) -> Sequence[tuple[UUID, Name]]:
    """The supports that a draft came from and that it does not touch yet."""
    named = {cause.line_id for cause in causes.of(work, found.id)} - {edit.line_id for edit in unpack(found.edits)}
    return [(line.id, Name(line.name)) for line in settling.plan_of(work, found).lines if line.id in named]


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
    party = (mine[0].organisation_id, mine[0].provider_name) if mine else (about.made_for, "")
    return {
        **_leaving(work, client, about, leaving.due(work, client, about, party)),
        "whole": False,
        "lines": showing.changed(difference),
        "same": (),
        "costs": None,
        "has_left": False,
        "pays": False,
        "parties": (),
        "unrefused": [],
        "asked_by": None,
        "reason": about.reason if own else "",
        "writes_down": False,
    }


def _reachable(work: Work, one: Authorisation | Seat) -> bool:
    return bool(settling.people_of(work, one))


def urgent(work: Work, about: ChangeRequest, mine: Sequence[Authorisation] | None = None) -> dict[str, Any]:
    """An urgent change that holds for now, or did: until when, what goes on after that, and who decided what.

    ``mine`` is the part of somebody who sees nothing else of it: then only its own lines are named.
    """
    names = accounts.names(work.session, {one for one in (about.decided_by,) if one})
    running = about.state in (RequestState.RUNNING, RequestState.LAPSED)
    plan = thaw(settling.versions_to(work, about)[-1].content) if running else None
    moved = settling.moved(work, about) if plan and mine is None else ()
    own = [move for one in mine or () for move in moves_in(one.content)[1]]
    stays = [
        Name(side.name)
        for move in (*moved, *own)
        if plan and relied_on(plan.program, move.before, move.after) and (side := move.after or move.before)
    ]
    return {
        "until": about.ratify_by,
        "stays": stays,
        "decided": about.decided_at,
        "decided_by": Name(names.get(about.decided_by, "")) if about.decided_by else None,
        "decided_said": about.decided_said or "",
    }


def version_row(
    one: PlanVersion, came_from: Mapping[UUID, ChangeRequest], went_back: Mapping[UUID, ChangeRequest], asked: Names
) -> dict[str, Any]:
    """One version in the timeline: why it came about, in whose words, and the change behind it.

    The reason of a version that a change made is the asker's: only who may see that change reads it.
    """
    change = came_from.get(one.id) or went_back.get(one.id)
    return {
        "title": titled(one),
        "reason": one.reason if change or one.proposal_id is not None else "",
        "who": Name(asked.get(change.made_for or change.made_by, "")) if change and one.reason else None,
        "first": one.proposal_id is not None,
        "back": one.id in went_back,
        "href": settling.path_of(change) if change else None,
    }


def titled(one: PlanVersion) -> Words:
    """What a version is called."""
    return words("Version {number}, from {day}", number=one.number, day=one.starts)
