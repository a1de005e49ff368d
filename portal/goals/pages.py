"""The page "about me": what the person says about their life, and their goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import called
from portal.db import Stale
from portal.goals import commands, queries
from portal.goals.model import Answer, Goal, GoalState, Prompt
from portal.language import spoken_in
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Asked, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

LONGEST = 4000
NOBODY = Name("")

#: Strengths come first. Title, why we ask, and how an answer may begin.
PROMPTS: Mapping[Prompt, tuple[Words, Words]] = {
    Prompt.STRENGTHS: (
        words("What I am good at, and what I already do"),
        words("Why we ask: your plan begins with what you can do, not with what is missing."),
    ),
    Prompt.MATTERS: (
        words("What matters to me"),
        words("Why we ask: so that the plan serves your life, and not the other way round."),
    ),
    Prompt.WENT_WELL: (
        words("What went well before"),
        words("Why we ask: so that what works can stay as it is."),
    ),
    Prompt.WENT_BADLY: (
        words("What went badly before"),
        words("Why we ask: so that it does not happen to you again. You can leave out anything that is hard to tell."),
    ),
    Prompt.PLEASE: (
        words("How I like things done: please do, please don't"),
        words("Why we ask: so that the people who come to you know it before they come."),
    ),
}


@dataclass(frozen=True)
class Said:
    """One prompt as the page shows it."""

    prompt: str
    title: Words
    reason: Words
    text: str
    html_lang: str
    who: Name
    when: datetime | None
    wording: str
    wording_by: Name
    version: int


@dataclass(frozen=True)
class Aim:
    """One goal as the page shows it."""

    id: UUID
    text: str
    html_lang: str
    who: Name
    when: datetime | None
    wording: str
    wording_by: Name
    first_text: str
    answer: str
    state: str
    version: int


def _said(prompt: Prompt, row: Answer | None, names: Mapping[UUID, Name]) -> Said:
    title, reason = PROMPTS[prompt]
    if row is None:
        return Said(prompt.value, title, reason, "", "", NOBODY, None, "", NOBODY, 0)
    by = names.get(row.wording_by, NOBODY) if row.wording_by else NOBODY
    lang, who = spoken_in(row.language), names.get(row.said_by, NOBODY)
    return Said(prompt.value, title, reason, row.text, lang, who, row.said_at, row.wording, by, row.version)


def _aim(row: Goal, names: Mapping[UUID, Name]) -> Aim:
    by = names.get(row.wording_by, NOBODY) if row.wording_by else NOBODY
    lang, who = spoken_in(row.language), names.get(row.said_by, NOBODY)
    beside = (row.wording, by, row.first_text, row.answer)
    return Aim(row.id, row.text, lang, who, row.said_at, *beside, row.state.value, row.version)


@get("/people/{client_id:uuid}/about", access=(Resource.STORY, Action.READ))
def about(work: Work, client_id: UUID) -> View:
    """What the person says about their life, and their goals."""
    client = people.client(work, client_id)
    rows, goals = queries.answers(work, client), queries.goals(work, client)
    said_by = [row.said_by for row in rows.values()] + [row.wording_by for row in rows.values()]
    names = called(work, said_by + [goal.said_by for goal in goals] + [goal.wording_by for goal in goals])
    aims = [_aim(goal, names) for goal in goals]
    values = {
        "prompts": [_said(prompt, rows.get(prompt), names) for prompt in Prompt],
        "waiting": [aim for aim in aims if aim.state == GoalState.PROPOSED],
        "goals": [aim for aim in aims if aim.state == GoalState.AGREED],
        "put_away": [aim for aim in aims if aim.state in (GoalState.DECLINED, GoalState.DONE)],
        "own": work.can(Resource.STORY, Action.WRITE, client.id),
        "mine": people.is_own(work, client),
        "person": Name(client.name),
        "helping": work.can(Resource.STORY, Action.COMMENT, client.id),
        "base": f"/people/{client.id}/about",
    }
    return View("goals/about.html", values, fragment="goals/_about.html", client=client)


@dataclass(frozen=True)
class SayForm:
    text: str = forms.text(LONGEST, required=False)
    prompt: Prompt = forms.choice(Prompt)
    version: int = forms.version()


@post("/people/{client_id:uuid}/about", access=(Resource.STORY, Action.WRITE), form=SayForm, view=about)
def say(work: Work, form: SayForm, asked: Asked, client_id: UUID) -> Stay:
    """Keep what the person says."""
    client = people.client(work, client_id)
    before = queries.answer(work, client, form.prompt)
    if (before.version if before else 0) != form.version:
        raise Stale
    commands.say(work, client, form.prompt, form.text, asked.language.tag, before)
    return Stay(words("Kept, word for word."))


@dataclass(frozen=True)
class WordingForm:
    wording: str = forms.text(LONGEST)
    prompt: Prompt | None = forms.choice(Prompt, required=False)
    version: int = forms.version()


@dataclass(frozen=True)
class TakeAwayForm:
    prompt: Prompt | None = forms.choice(Prompt, required=False)
    goal: UUID | None = forms.record_id(required=False)
    version: int = forms.version()


def _meant(work: Work, client: Client, prompt: Prompt | None, goal_id: UUID | None, seen: int) -> Answer | Goal:
    said = queries.goal(work, client, goal_id) if goal_id else queries.answer(work, client, prompt) if prompt else None
    if said is None:
        raise NotVisible
    said.expect(seen)
    return said


@post("/people/{client_id:uuid}/about/wording", access=(Resource.STORY, Action.COMMENT), form=WordingForm, view=about)
def word_answer(work: Work, form: WordingForm, client_id: UUID) -> Stay:
    """Suggest other words beside an answer."""
    client = people.client(work, client_id)
    commands.suggest_wording(work, _meant(work, client, form.prompt, None, form.version), form.wording)
    return Stay(words("Your words stand beside theirs now. Their own stay as they are."))


@post(
    "/people/{client_id:uuid}/about/goals/{goal_id:uuid}/wording",
    access=(Resource.STORY, Action.COMMENT),
    form=WordingForm,
    view=about,
)
def word_goal(work: Work, form: WordingForm, client_id: UUID, goal_id: UUID) -> Stay:
    """Suggest other words beside a goal."""
    client = people.client(work, client_id)
    commands.suggest_wording(work, _meant(work, client, None, goal_id, form.version), form.wording)
    return Stay(words("Your words stand beside theirs now. Their own stay as they are."))


@post(
    "/people/{client_id:uuid}/about/wording/remove",
    access=(Resource.STORY, Action.WRITE),
    form=TakeAwayForm,
    view=about,
)
def take_wording_away(work: Work, form: TakeAwayForm, client_id: UUID) -> Stay:
    """Take the other words away."""
    client = people.client(work, client_id)
    commands.remove_wording(work, _meant(work, client, form.prompt, form.goal, form.version))
    return Stay(words("The other words are gone."))


@dataclass(frozen=True)
class GoalForm:
    text: str = forms.text(LONGEST)


@post("/people/{client_id:uuid}/about/goals", access=(Resource.STORY, Action.WRITE), form=GoalForm, view=about)
def add_goal(work: Work, form: GoalForm, asked: Asked, client_id: UUID) -> Stay:
    """Name a goal of one's own."""
    commands.name_goal(work, people.client(work, client_id), form.text, asked.language.tag)
    return Stay(words("Your goal is kept in your own words."))


@post("/people/{client_id:uuid}/about/propose", access=(Resource.STORY, Action.COMMENT), form=GoalForm, view=about)
def propose_goal(work: Work, form: GoalForm, asked: Asked, client_id: UUID) -> Stay:
    """Propose a goal for somebody; they decide."""
    client = people.client(work, client_id)
    commands.propose_goal(work, client, form.text, asked.language.tag)
    return Stay(words("Proposed. {name} decides.", name=Name(client.name)))


@dataclass(frozen=True)
class AnswerGoalForm:
    text: str = forms.text(LONGEST, required=False)
    reason: str = forms.text(LONGEST, required=False)
    answer: str = forms.one_of(("yes", "no", "done", "words"))
    version: int = forms.version()


@post(
    "/people/{client_id:uuid}/about/goals/{goal_id:uuid}",
    access=(Resource.STORY, Action.WRITE),
    form=AnswerGoalForm,
    view=about,
)
def answer_goal(work: Work, form: AnswerGoalForm, asked: Asked, client_id: UUID, goal_id: UUID) -> Stay:
    """Accept, change, decline or finish a goal."""
    goal = queries.goal(work, people.client(work, client_id), goal_id)
    goal.expect(form.version)
    match form.answer:
        case "yes":
            commands.accept_goal(work, goal, form.text, asked.language.tag)
            return Stay(words("This is one of your goals now."))
        case "no":
            commands.decline_goal(work, goal, form.reason)
            return Stay(words("Kept as a goal you said no to."))
        case "done":
            commands.finish_goal(work, goal)
            return Stay(words("Put away. You can still read it below."))
    commands.reword_goal(work, goal, form.text, asked.language.tag)
    return Stay(words("Kept, word for word."))
