"""Options side by side as ready values: support by support, goals, gains and losses, why each is here, who may gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from budgeting.compare import compare, together
from budgeting.compare.gains import gained, lost
from budgeting.compare.side_by_side import purposes, served
from budgeting.explain.describe import schedule_words
from budgeting.quotation import Quote
from budgeting.words import Name, Words, words
from portal.accounts.queries import names as names_of
from portal.language import show
from portal.options import organisation_queries as organisations
from portal.options.organisation_model import Interest
from portal.options.saying import CAME, INTERESTS
from portal.proposals.kept import Scenario
from portal.proposals.scenario_views import difference_bars
from portal.proposals.scenarios import Side
from portal.site.tables import Column, Content, Table
from portal.work import Work

Chosen = Sequence[tuple[Side, Quote]]


def line_by_line(chosen: Chosen) -> Table:
    """When each support comes, and what it costs, in every package."""
    found = [{one.line.id: one for one in together(quoted).lines} for _, quoted in chosen]
    names = {key: one.line.name for lines in found for key, one in lines.items()}
    rows: list[Sequence[Content]] = []
    for key, name in names.items():
        cells: list[Content] = []
        for lines in found:
            one = lines.get(key)
            if one is None:
                cells.append(words("Not there"))
            else:
                cells.append(words("{when}: {amount}", when=schedule_words(one.line.schedule), amount=one.amount))
        rows.append((Name(name), *cells))
    columns = (
        Column(words("Support")),
        *(Column(words("{title}", title=side.title)) for side, _ in chosen),
    )
    return Table("line-by-line", words("Support by support"), columns, rows)


def ways(chosen: Chosen) -> list[Mapping[str, Any]]:
    """What each package gives and takes against what there is: time, visits, people, money, goals.

    What there is: the plan in force when it is among them, else the one that was there first.
    """
    first, before = next((one for one in chosen if one[0].key == "plan"), chosen[0])
    others = [one for one in chosen if one[0] is not first]
    answer: list[Mapping[str, Any]] = []
    for number, (side, after) in enumerate(others, 1):
        found = compare(together(before), together(after))
        kept, was = served(after), served(before)
        answer.append(
            {
                "title": show(side.title),
                "against": show(first.title),
                "gained": [show(text) for text in (*gained(found), *_serves(kept, was))],
                "lost": [show(text) for text in (*lost(found), *_serves_not(was, kept))],
                "same": not found.changed,
                "bars": difference_bars(
                    f"bars-{number}",
                    words("First {first}, then {scenario}", first=first.title, scenario=side.title),
                    found,
                ),
            }
        )
    return answer


def _serves(here: Sequence[str], there: Sequence[str]) -> list[Words]:
    return [words("It serves: {goal}", goal=Name(one)) for one in here if one not in there]


def _serves_not(here: Sequence[str], there: Sequence[str]) -> list[Words]:
    return [words("It no longer serves: {goal}", goal=Name(one)) for one in here if one not in there]


def goals(chosen: Chosen) -> Table | None:
    """Which goals and everyday needs each package serves; None when none of them names any."""
    rows: list[Sequence[Content]] = [
        (Name(purpose), *(words("Yes") if yes else words("No") for yes in each))
        for purpose, each in purposes([quoted for _, quoted in chosen])
    ]
    columns = (
        Column(words("Goal or everyday need")),
        *(Column(words("{title}", title=side.title)) for side, _ in chosen),
    )
    return Table("goals", words("Which goals each one serves"), columns, rows) if rows else None


def reasons(work: Work, chosen: Chosen, kept: Mapping[UUID, Scenario]) -> list[Mapping[str, Any]]:
    """Why each option is here, by whom, and who may gain from it."""
    providers = {side.key: _providers(side) for side, _ in chosen}
    everybody = {one for each in providers.values() for one in each}
    declared = organisations.interests_today(work, everybody)
    involved = {one.made_by for one in kept.values()} | everybody
    for rows in declared.values():
        involved |= {one.organisation_id for one in rows} | {one.other_id for one in rows if one.other_id}
    names = names_of(work.session, involved)
    return [
        {
            "title": show(side.title),
            "href": side.href,
            "why": show(_why(side, kept, names)),
            "note": next((one.note for one in kept.values() if side.key == f"scenario-{one.id}"), ""),
            "interests": _interests(providers[side.key], declared, names),
            "providers": [(one, show(Name(names.get(one, "") if one else name))) for one, name in _coming(side)],
        }
        for side, _ in chosen
    ]


def _providers(side: Side) -> list[UUID]:
    """The providers a package names, each once, in the order of its lines."""
    return list(dict.fromkeys(line.terms.provider_id for line in side.lines if line.terms.provider_id))


def _coming(side: Side) -> list[tuple[UUID | None, str]]:
    """Who comes, each once, in the order of the lines: organisations, and whoever is known by a name alone."""
    named = [(line.terms.provider_id, line.terms.provider_name) for line in side.lines]
    return list(dict.fromkeys((one, "" if one else name) for one, name in named if one or name))


def _interests(
    providers: Sequence[UUID], declared: Mapping[UUID, Sequence[Interest]], names: Mapping[UUID, str]
) -> list[Any]:
    rows = {one.id: one for provider in providers for one in declared.get(provider, ())}
    return [
        show(
            INTERESTS[one.kind](names.get(one.organisation_id, ""), names.get(one.other_id, "") if one.other_id else "")
        )
        for one in rows.values()
    ]


def _why(side: Side, kept: Mapping[UUID, Scenario], names: Mapping[UUID, str]) -> Words:
    if side.key == "plan":
        return words("It is what is agreed and in force now.")
    one = next((one for one in kept.values() if side.key == f"scenario-{one.id}"), None)
    if one is None:
        return words("It is a draft that is worked on.")
    who = Name(names.get(one.made_by, ""))
    if one.came is None:
        return words("{name} made it. Why was not said.", name=who)
    return words("{name} made it: {why}.", name=who, why=CAME[one.came])
