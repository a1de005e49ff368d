"""A brief as ready values: the same for the provider, for whoever holds the link, and for the client's preview."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from budgeting.words import Name, Words, words
from portal.access.table import Action
from portal.language import current
from portal.people.model import Client
from portal.plans import queries, rows, sharing_queries
from portal.plans.access_ends import last_day
from portal.plans.model import Brief
from portal.plans.sharing_parts import BELONGS_TO, Sensitive
from portal.plans.written_in import unlike
from portal.work import Work

#: What is read beside each switch: what happens when the provider does not have the part.
CONSEQUENCES: Mapping[Sensitive, Words] = {
    Sensitive.COMMUNICATE: words("Without it, new workers do not know the best way to talk, and ask again."),
    Sensitive.CULTURE: words("Without it, each worker has to be told again how things are liked."),
    Sensitive.GOAL: words("Without it, they know what to do, and not what it is for."),
    Sensitive.STORY: words("Without it, they start without knowing what matters. That is fine: they can ask."),
    Sensitive.ADDRESS: words("Without it, they cannot find the home until somebody tells them the way."),
    Sensitive.PHONE: words("Without it, they call the coordinator when somebody is late or ill."),
}
TITLES: Mapping[Sensitive, Words] = {
    Sensitive.COMMUNICATE: words("How to communicate"),
    Sensitive.CULTURE: words("Please do, please don’t"),
    Sensitive.GOAL: words("The goal each support is for"),
    Sensitive.STORY: words("What matters"),
    Sensitive.ADDRESS: words("Address"),
    Sensitive.PHONE: words("Phone number"),
}


def shown(work: Work, found: Brief, only: Collection[Sensitive]) -> dict[str, Any]:
    """The same for everybody who opens a brief: own parts, own prices, and of the rest ``only`` what is shown."""
    client = queries.client_of(work, found.client_id)
    own = queries.parts_of(work, found)
    names = queries.provider_names(work, [found.provider_id])
    version = queries.starts_of(work, [found])[found.version_id]
    before, supports = rows.said_once([replace(rows.support(part, names), state=None) for part in own])
    ends = max((part.ends for part in own), default=None)
    return {
        "brief": found,
        "person": Name(client.name),
        "told": sharing_queries.beside(work, found, client, own, only),
        "language": client.language,
        "unlike": partial(unlike, reader=current.get()),
        "provider": queries.called(found, names),
        "starts": version.starts,
        "number": version.number,
        "readable_until": last_day(ends) if ends else None,
        "before": before,
        "supports": supports,
        "week": rows.week(own, names),
        "first": version.number == 1,
        "answer": rows.answer_row(found, names, {}, rows.given_by(own)),
    }


@dataclass(frozen=True)
class Switch:
    """One sensitive part as the client decides about it."""

    part: Sensitive
    title: Words
    says: tuple[str, ...]  #: what the provider would read, in the person's own words; empty when nothing is written
    on: bool
    until: date | None
    consequence: Words


def switches(work: Work, found: Brief, client: Client, provider: sharing_queries.Provider) -> list[Switch]:
    """Each sensitive part of a brief that the reader may read themselves: what it says, whether it is shown now and
    until when, and what hiding means."""
    decided = sharing_queries.decisions(work, client, provider)
    today = work.today(client)
    on = sharing_queries.shown_to(decided, today)
    until = {one.part: one.ends for one in decided if one.holds(today)}
    full = sharing_queries.beside(work, found, client, queries.parts_of(work, found), frozenset(Sensitive))
    says = {
        Sensitive.COMMUNICATE: (full.communicate,),
        Sensitive.CULTURE: (full.culture,),
        Sensitive.GOAL: tuple(goal for _support, goal in full.goals),
        Sensitive.STORY: (full.story,),
        Sensitive.ADDRESS: (full.address,),
        Sensitive.PHONE: (full.phone,),
    }
    return [
        Switch(
            part,
            TITLES[part],
            tuple(text for text in dict.fromkeys(says[part]) if text),
            part in on,
            until.get(part),
            CONSEQUENCES[part],
        )
        for part in Sensitive
        if work.can(BELONGS_TO[part], Action.READ, client.id)
    ]
