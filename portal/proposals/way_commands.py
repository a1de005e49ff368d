"""The verbs of other ways to buy a week: tell the prices or wages of one, and take it away."""

from __future__ import annotations

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.proposals import events
from portal.proposals.kept import OtherWay, WayKind
from portal.proposals.ways import Told
from portal.work import NotVisible, Refusal, Work, command

MOST_NAME = 120


@command(Resource.DRAFT, Action.WRITE)
def tell(
    work: Work, client: Client, program: str, kind: WayKind, name: str, told: Told, before: OtherWay | None = None
) -> OtherWay:
    """Tell what the same hours cost in another way, today; ``before`` is told again."""
    if not name:
        raise Refusal(words("Give it a name."), "name")
    if work.account_id is None:
        raise NotVisible
    made = before or OtherWay(client_id=client.id, program=program)
    made.kind, made.name, made.content = kind, name[:MOST_NAME], told.as_json()
    made.told_on, made.told_by = work.today(client), work.account_id
    work.session.add(made)
    work.session.flush()
    work.record(events.WayTold(client_id=client.id, subject=made.id))
    return made


@command(Resource.DRAFT, Action.WRITE)
def take_away(work: Work, way: OtherWay) -> None:
    """Take away what was told about one way."""
    if way.removed_at is None:
        way.removed_at = work.now
        work.record(events.WayTakenAway(client_id=way.client_id, subject=way.id))
