"""The verbs of those who are asked: yes, yes to some of it, no, something else; by account or on the telephone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from budgeting.words import words
from portal.access.table import Action, Relationship, Resource
from portal.changes import events
from portal.changes.edits import line_hashes
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.settling import (
    authorisations,
    client_of,
    gone_by,
    must_fit,
    path_of,
    people_of,
    reach,
    request_of,
    tell_asker,
    tell_party,
)
from portal.changes.states import WAITS, Act, Given, How
from portal.db import Stale
from portal.plans.telling import keepers, tell
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.CHANGE, Action.APPROVE)
def answer(
    work: Work, row: Authorisation, given: Given, said: str = "", *, lines: Collection[UUID] | None = None
) -> None:
    """Say yes, yes to some lines, no, or ask for something else: for one's own part, or for one's organisation.

    ``lines`` are those agreed to each by itself: such a yes also holds when only they go ahead.
    """
    if work.account_id not in people_of(work, row):
        raise NotVisible
    request = _waiting(work, row)
    row.answer(given, How.ACCOUNT, work.now, work.account_id, said, apart=_lines(row, given, lines))
    _taken(work, request, row)


@command(Resource.CHANGE, Action.APPROVE)
def record_telephone_answer(
    work: Work, row: Authorisation, given: Given, said: str, spoke_with: str, said_on: date | None = None
) -> None:
    """Keep what somebody said on the telephone: who, on which day, in which words, and who wrote it down.

    For a provider or a person without an account it is their answer. Of somebody who can answer here it is kept only
    about an urgent change: enough for it to begin, and they still confirm it themselves.
    """
    if row.party not in (Relationship.PROVIDER, Relationship.CLIENT, Relationship.AUTHORITY):
        raise Refusal(words("They answer for themselves here. Nobody else can do it for them."))
    request = _waiting(work, row)
    reachable = bool(people_of(work, row))
    if reachable and not request.urgent:
        raise Refusal(words("They answer for themselves here. Nobody else can do it for them."))
    if row.party is not Relationship.PROVIDER and not _coordinates(work):
        raise Refusal(words("Only a coordinator writes down what a person said on the telephone."))
    if not spoke_with or not said:
        raise Refusal(words("Say whom you spoke with, and what they said."), "said" if spoke_with else "spoke_with")
    day = _day_of_call(work, request, said_on)
    row.answer(given, How.TELEPHONE, work.now, work.account_id, said, spoke_with)
    row.spoken, row.said_on = reachable, day
    _taken(work, request, row)
    tell_party(work, request, row, f"spoken-{work.moment}")


def _waiting(work: Work, row: Authorisation) -> ChangeRequest:
    """The change, as long as it waits for answers; it is locked, so that an answer is never one to something else."""
    seen = row.version, row.hash
    request = request_of(work, row.request_id)
    now = {one.id: (one.version, one.hash) for one in authorisations(work, request.id, locked=True)}
    if now.get(row.id) != seen:
        raise Stale
    request.must_allow(Act.ANSWER)
    if request.state in WAITS:
        must_fit(work, request)
    if gone_by(work, request):
        raise Refusal(words("Its day went by before everybody had agreed."))
    return request


def _lines(row: Authorisation, given: Given, lines: Collection[UUID] | None) -> frozenset[UUID] | None:
    """The lines that are agreed to by themselves; Refusal when they are not some of the part."""
    known = frozenset(line_hashes(row.content))
    if given is Given.PARTLY:
        chosen = known & frozenset(lines or ())
        if not chosen or chosen == known:
            raise Refusal(words("Choose what you agree to now, and leave the rest open."), "lines")
        return chosen
    return known if given is Given.AGREED and lines is not None else None


def _coordinates(work: Work) -> bool:
    return work.decision is not None and work.decision.relationship is Relationship.LEAD


def _day_of_call(work: Work, request: ChangeRequest, said_on: date | None) -> date:
    client = client_of(work, request.client_id)
    today = work.today(client)
    asked = (request.asked_at or request.made_at).astimezone(ZoneInfo(client.time_zone)).date()
    first = min(asked, request.effective) if request.urgent else asked
    if said_on is not None and not first <= said_on <= today:
        raise Refusal(words("Choose a day from {first} to {last}.", first=first, last=today), "said_on")
    return said_on or today


def _taken(work: Work, request: ChangeRequest, row: Authorisation) -> None:
    work.session.flush()
    work.record(
        events.ChangeAnswered(
            client_id=request.client_id,
            subject=request.id,
            effective=request.effective,
            party=row.party,
            answer=row.state,
            how=row.how or How.ACCOUNT,
        )
    )
    tell_asker(work, request, "answered")
    if row.refused:
        lead = keepers(work, request.client_id)
        tell(work, lead, f"change-{row.id}-{row.state}-{work.moment}", path_of(request))
    reach(work, client_of(work, request.client_id), request)
