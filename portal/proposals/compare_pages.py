"""Options side by side: up to four packages for the same life, in an order that favours none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from budgeting.options import turned
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.language import show
from portal.options import commands as options_commands, queries as options
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import compare_views as views, people_known
from portal.proposals.queries import people_named
from portal.proposals.scenario_pages import HOME, KEEP, READ
from portal.proposals.scenario_views import side_by_side as facts_side_by_side
from portal.proposals.scenarios import Side, around, scenarios, sides
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

MOST_SIDES, ENOUGH = 4, 3


@get(HOME + "/compare", access=READ)
def side_by_side(work: Work, asked: Asked, incoming: Incoming, client_id: UUID) -> View:
    """Up to four packages side by side; each day another one comes first."""
    client = people.client(work, client_id)
    found = sides(work, client)
    keys = asked.query.keys() | set(incoming.posted.one("sides").split())
    wanted = [one for one in found if one.key in keys]
    wrong = _wrong(wanted)
    base = f"/people/{client.id}/proposals/scenarios"
    values = {
        "choices": [(one.key, show(one.title), show(one.kind), one in wanted) for one in found],
        "asked": bool(wanted),
        "wrong": wrong if wanted else None,
        "base": base,
        "table": None,
    }
    if wanted and wrong is None:
        values |= _beside(work, client, wanted)
    return View("proposals/compare.html", values, client=client)


def _wrong(wanted: Sequence[Side]) -> object:
    """Why these cannot stand side by side, in a sentence; None when they can."""
    if len(wanted) < 2:
        return show(words("Choose at least two."))
    if len(wanted) > MOST_SIDES:
        return show(words("Choose at most {most}.", most=MOST_SIDES))
    if len({one.proposal.program for one in wanted}) > 1:
        return show(words("These belong to different funding programs. Choose ones of the same program."))
    return None


def _beside(work: Work, client: Client, wanted: Sequence[Side]) -> dict[str, object]:
    at = around(work, client)
    made = [(one, at.quote(work, one.proposal, [(str(line.key), line.terms) for line in one.lines])) for one in wanted]
    chosen = turned(made, work.today(client))
    kept = {one.id: one for one in scenarios(work, client)}
    keys = [one.key for one in wanted]
    return {
        "table": facts_side_by_side(chosen, people_known.known(work, client)),
        "lines": views.line_by_line(chosen),
        "goals": views.goals(chosen),
        "ways": views.ways(made),
        "reasons": views.reasons(work, chosen, kept),
        "complete": all(quoted.complete for _, quoted in chosen),
        "fewer": _fewer(work, client, keys) if len(wanted) < ENOUGH else None,
        "sides": " ".join(keys),
        "may_say": work.can(Resource.DRAFT, Action.COMMENT, client.id),
    }


def _fewer(work: Work, client: Client, keys: Sequence[str]) -> dict[str, object]:
    """Why fewer than three options are here, who said so and when; empty while nobody did."""
    row = options.fewer(work, client, keys)
    if row is None:
        return {"reason": "", "who": None, "when": None}
    who = people_named(work, [row.said_by]).get(row.said_by, "")
    return {"reason": row.reason, "who": show(Name(who)), "when": show(row.said_at)}


@dataclass(frozen=True)
class FewerForm:
    sides: str = forms.text(400)
    reason: str = forms.text(1000)


@post(HOME + "/compare", access=KEEP, form=FewerForm, view=side_by_side)
def explain_fewer(work: Work, form: FewerForm, client_id: UUID) -> Go:
    """Say why there are fewer than three options."""
    client = people.client(work, client_id)
    wanted = [one for one in sides(work, client) if one.key in form.sides.split()]
    if not 1 < len(wanted) < ENOUGH:
        raise Refusal(words("Choose what to compare first."))
    private = any(one.private for one in wanted)
    options_commands.explain_fewer(work, client, [one.key for one in wanted], form.reason, private=private)
    query = urlencode({one.key: "yes" for one in wanted})
    return Go(f"/people/{client.id}/proposals/scenarios/compare?{query}", words("Kept, with your name and the day."))
