"""The pack for the plan meeting: to read, to print, to write in, and to show to others once one is ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.explain import shown
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.funding import ending, queries as funding
from portal.funding.model import FundingPlan
from portal.goals import queries as goals
from portal.language import LANGUAGES, plain
from portal.people import queries as people
from portal.people.model import Client
from portal.review import commands, queries
from portal.review.model import Part
from portal.review.queries import LookedBack, Review
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.site.tables import Column, Content, Table
from portal.work import NotVisible, Work

SEE = (Resource.BUDGET, Action.READ)
WRITE = (Resource.STORY, Action.WRITE)
PLACE = "/people/{client_id:uuid}/review"
PARTS: dict[Part, Words] = {
    Part.MONEY: words("The money"),
    Part.UNUSED: words("What was not used, and why"),
    Part.UNPAID: words("What family and friends give"),
    Part.GOALS: words("Goal by goal"),
    Part.NEXT: words("What is asked for next time"),
}


@get(PLACE, access=SEE)
def pack(work: Work, client_id: UUID) -> View:
    """What was used and what was not, why, what worked, and what is asked for; without the parts that are left out."""
    client = people.client(work, client_id)
    found = queries.review(work, client)
    if found is None:
        return View("review/none.html", {"own": people.is_own(work, client), "name": Name(client.name)}, client=client)
    kept, decides = queries.pack(work, client, found.plan), queries.decides(work, client)
    if not decides and (kept is None or kept.shown_at is None):
        return View("review/not_shown.html", {"name": Name(client.name)}, client=client)
    hidden = kept.hidden if kept else frozenset()
    values: dict[str, Any] = {
        "own": people.is_own(work, client),
        "name": Name(client.name),
        "place": f"/people/{client.id}/review",
        "decides": decides,
        "version": kept.version if kept else 0,
        "shown": kept.shown_at if kept else None,
        "shown_by": account_names(work.session, {kept.shown_by}).get(kept.shown_by) if kept and kept.shown_by else None,
        "part_choices": [(part.value, plain(text)) for part, text in PARTS.items()],
        "left_out": [part.value for part in Part if part in hidden],
        "left_out_names": [PARTS[part] for part in Part if part in hidden],
        "titles": {part.value: PARTS[part] for part in Part},
        "wishes": kept.wishes if kept and Part.NEXT not in hidden else "",
        "unused_words": kept.unused if kept and Part.UNUSED not in hidden else "",
        "typed_wishes": kept.wishes if kept and decides else "",
        "typed_unused": kept.unused if kept and decides else "",
        "starts": found.plan.starts,
        "ends": found.plan.ends,
        "today": work.today(client),
        **_shown(found, hidden, work.today(client)),
    }
    return View("review/pack.html", values, client=client)


def _shown(found: Review, hidden: frozenset[Part], today: date) -> dict[str, Any]:
    """The parts that are not left out; what is left out is not even worked into the page."""
    return {
        "money": _money(found) if Part.MONEY not in hidden else None,
        "ending": ending.delivered(found.plan, found.standings, today) if Part.MONEY not in hidden else None,
        "unused": _unused(found) if Part.UNUSED not in hidden else None,
        "unpaid": {"given": found.given, "replacements": found.replacements} if Part.UNPAID not in hidden else None,
        "goals": [_goal(one) for one in found.goals] if Part.GOALS not in hidden else None,
        "next": {"draft": found.draft} if Part.NEXT not in hidden else None,
    }


def _money(found: Review) -> Table:
    columns = (
        Column(words("Part of the money")),
        Column(words("Granted"), numeric=True),
        Column(words("Delivered so far"), numeric=True),
        Column(words("Still planned"), numeric=True),
        Column(words("Not used so far"), numeric=True),
    )
    rows: list[tuple[Content, ...]] = [
        (shown(one.total.component.name), one.total.amount, one.whole.delivered, one.whole.planned, unused)
        for one, unused in zip(found.standings, found.unused, strict=True)
    ]
    return Table("money", words("The money of this plan, part by part"), columns, rows)


def _unused(found: Review) -> dict[str, Any]:
    columns = (
        Column(words("Why")),
        Column(words("How often"), numeric=True),
        Column(words("Time"), numeric=True),
        Column(words("What it would have cost"), numeric=True),
    )
    rows: list[tuple[Content, ...]] = [(one.reason, one.number, one.time, one.worth) for one in found.whys]
    table = Table("visits", words("Visits that did not happen"), columns, rows) if rows else None
    return {"table": table, "sought": found.sought}


def _goal(one: LookedBack) -> dict[str, Any]:
    goal = one.goal
    return {
        "id": goal.id,
        "text": goal.text,
        "html_lang": LANGUAGES[goal.language].html_lang if goal.language in LANGUAGES else goal.language,
        "done": goal.state.value == "done",
        "supports": one.supports,
        "planned": one.planned,
        "delivered": one.delivered,
        "worked": one.worked,
        "did_not": one.did_not,
        "form": f"goal-{goal.id}",
    }


# Writing in it


def _opened(work: Work, client_id: UUID) -> tuple[Client, FundingPlan]:
    client = people.client(work, client_id)
    plan = funding.current(work, client)
    if plan is None:
        raise NotVisible
    return client, plan


@dataclass(frozen=True)
class PackForm:
    wishes: str = forms.text(4000, required=False)
    unused: str = forms.text(4000, required=False)
    left_out: tuple[str, ...] = forms.some_of([part.value for part in Part])
    version: int = forms.version()


@post(PLACE, access=WRITE, form=PackForm, view=pack)
def write(work: Work, form: PackForm, client_id: UUID) -> Stay:
    """Own words, and what is left out."""
    client, plan = _opened(work, client_id)
    hidden = frozenset(map(Part, form.left_out))
    commands.write(work, client, plan, form.version, form.wishes, form.unused, hidden)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class GoalForm:
    worked: str = forms.text(2000, required=False)
    did_not: str = forms.text(2000, required=False)
    version: int = forms.version()


@post(PLACE + "/goals/{goal_id:uuid}", access=WRITE, form=GoalForm, view=pack)
def look_back(work: Work, form: GoalForm, client_id: UUID, goal_id: UUID) -> Stay:
    """What worked for one goal, and what did not."""
    client, plan = _opened(work, client_id)
    goal = goals.goal(work, client, goal_id)
    commands.look_back(work, goal, client, plan, form.version, form.worked, form.did_not)
    return Stay(words("Saved."))


@post(PLACE + "/show", access=WRITE, form=forms.VersionForm, view=pack)
def let_read(work: Work, form: forms.VersionForm, client_id: UUID) -> Stay:
    """Let others read it."""
    client, plan = _opened(work, client_id)
    commands.let_read(work, client, plan, form.version)
    return Stay(words("Others can read it now, without the parts you left out."))


@post(PLACE + "/take-back", access=WRITE, form=forms.VersionForm, view=pack)
def take_back(work: Work, form: forms.VersionForm, client_id: UUID) -> Stay:
    """Keep it to oneself again."""
    client, plan = _opened(work, client_id)
    kept = queries.pack(work, client, plan)
    if kept is None:
        raise NotVisible
    kept.expect(form.version)
    commands.take_back(work, kept)
    return Stay(words("Nobody else can read it any more."))
