"""Whether several people must all say yes to a change, or one of them is enough: said where they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from budgeting.explain.describe import listed
from budgeting.words import Name, Words, words
from portal.access.table import Relationship
from portal.changes.model import Authorisation
from portal.changes.parties import Seat
from portal.changes.rules import Asks
from portal.changes.states import Given, RequestState

Asked = Authorisation | Seat


def one_or_all(one: Asked, asked: Sequence[Asked], names: Mapping[UUID, str], client: Name) -> Words | None:
    """How a yes goes together with those of others (engine.all_agreed, in words); None where it simply is needed."""
    persons = [each for each in asked if not _told(each) and each.organisation_id is None]
    person = [each for each in persons if each.party is Relationship.CLIENT]
    joint = [each for each in persons if _instead(each) and not each.several]
    alone = [each for each in persons if _instead(each) and each.several]
    whoever = [*person, *alone, *(joint if len(joint) == 1 else [])]
    needed = [each for each in persons if each.party is one.party and not _instead(each)]
    if len(joint) > 1 and (one in joint or (one in person and len(whoever) == 1)):
        return words(
            "In place of {name} only all of these together can say yes: {people}.",
            name=client,
            people=_listed(joint, names, client),
        )
    several = whoever if one in whoever else [each for each in needed if each.several]
    if one in several and len(several) > 1:
        them = _listed(several, names, client)
        return words("One yes is enough. It may come from any of these: {people}.", people=them)
    both = [*person, *[each for each in persons if each.party is Relationship.AUTHORITY and not _instead(each)]]
    both = both if one in both else needed
    if one in both and len(both) > 1 and not any(each.several for each in both):
        return words("All of these must say yes: {people}.", people=_listed(both, names, client))
    return None


def stood_in_for(one: Asked, asked: Sequence[Asked]) -> bool:
    """Whether somebody else's yes can take the place of this one: then a change may hold without it."""
    return one.party is Relationship.CLIENT and any(_instead(each) and not _told(each) for each in asked)


def yes_of_others(one: Asked, asked: Sequence[Asked], state: RequestState, client: Name) -> Words | None:
    """That others said yes in place of a client who has not answered, where a change is agreed by that."""
    unanswered = isinstance(one, Authorisation) and one.state is Given.WAITING
    if unanswered and state in (RequestState.AGREED, RequestState.DONE) and stood_in_for(one, asked):
        return words("Others said yes in place of {name}.", name=client)
    return None


def _told(one: Asked) -> bool:
    return one.asks is Asks.TOLD if isinstance(one, Seat) else one.state is Given.TOLD


def _instead(one: Asked) -> bool:
    return one.asks is Asks.INSTEAD if isinstance(one, Seat) else one.instead


def _listed(found: Sequence[Asked], names: Mapping[UUID, str], client: Name) -> Words:
    called = [Name(names.get(one.account_id, client.text)) if one.account_id else client for one in found]
    return listed([words("{name}", name=name) for name in called])
