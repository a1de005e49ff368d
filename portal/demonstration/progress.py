"""What providers see, what they were asked before anything was agreed, and what was done, in the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from budgeting.money import Money
from budgeting.package import Weekly
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as briefs, request_commands, request_queries, sharing_commands
from portal.plans.request_commands import Question, Reply
from portal.plans.request_model import ProviderRequest
from portal.plans.request_states import AskState
from portal.plans.sharing_parts import Sensitive
from portal.progress import commands, queries
from portal.progress.commands import Told
from portal.progress.model import Went
from portal.proposals import queries as proposals
from portal.proposals.model import Line, Proposal, ProposalState
from portal.work import Work

WEEK = timedelta(days=7)


def fill(scene: Scene) -> None:
    """Margaret shows Green Door her card; Mei asks two providers; notes are written and answered."""
    _shown(scene)
    _asked(scene)
    _noted(scene)


def _shown(scene: Scene) -> None:
    with scene.acting("margaret") as work:
        client, green = client_of(work, scene, "margaret"), (scene.organisation["greendoor"], "")
        ends = work.today(client) + timedelta(days=365)
        for part in (Sensitive.CULTURE, Sensitive.ADDRESS, Sensitive.PHONE):
            sharing_commands.show(work, client, green, part, ends)
    with scene.acting("lucia") as work:
        brief = next(one for one in briefs.briefs_for_us(work) if one.client_id == scene.client["margaret"])
        number = briefs.starts_of(work, [brief])[brief.version_id].number
        shown = (Sensitive.COMMUNICATE, Sensitive.CULTURE, Sensitive.ADDRESS, Sensitive.PHONE)
        sharing_commands.note_opened(work, brief.id, number, shown)


def _draft(work: Work, client: Client) -> tuple[Proposal, dict[str, Line]]:
    draft = next(one for one in proposals.proposals(work, client) if one.state is ProposalState.DRAFT)
    return draft, {line.name: line for line in proposals.lines(work, draft)}


def _asked(scene: Scene) -> None:
    """Mei asks Sunrise and Green Door about her mornings without her name; Sunrise offers something else."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        draft, lines = _draft(work, client)
        morning = lines["早上起床和洗澡"]
        by = work.today(client) + WEEK
        for key in ("sunrise", "greendoor"):
            message = "需要一位会说普通话、不着急的女护理员。"
            question = Question(scene.organisation[key], "", "Parramatta", message, False, by)
            request_commands.send(work, request_commands.prepare(work, client, draft, [morning], question))
    with scene.acting("grace") as work:
        request = _of_mei(work, scene)
        (line,) = request_queries.lines_of(work, request)
        later = replace(line.asked_terms, schedule=Weekly((0, 2, 4), time(8, 30), time(10, 30)), price=Money(69_50))
        request_commands.prepare_offer(work, request, line, later)
        said = "Jing speaks Mandarin and starts at 8:30. She takes her time."
        request_commands.answer(work, request, Reply(AskState.COUNTER, said, work.day + 2 * WEEK))


def _of_mei(work: Work, scene: Scene) -> ProviderRequest:
    return next(one for one in request_queries.for_us(work) if one.client_id == scene.client["mei"])


def _noted(scene: Scene) -> None:
    """Lucia writes about the garden, and Margaret says how it was; Priya writes about a goal of Yusuf."""
    with scene.acting("lucia") as work:
        mine = [part for part in queries.our_parts(work) if part.client_id == scene.client["margaret"]]
        for part in mine[-1:]:
            done = "Pruned the roses and swept the path. Margaret chose what to cut."
            day = max(part.starts, work.day)
            if day == work.day:
                told = Told(day, done, Went.WELL, "She sat outside for the first time this month.")
                commands.write_about_part(work, part, told)
    with scene.acting("margaret") as work:
        for note in queries.of_client(work, people.client(work, scene.client["margaret"])):
            commands.reply(work, note, "The yellow rose was not to be cut. The rest is lovely.", True)
    with scene.acting("priya") as work:
        client = people.client(work, scene.client["yusuf"])
        told = Told(work.day, "Yusuf rode two stops on the tram, with Karim one seat behind.", Went.MIXED, "")
        commands.write_about_goal(work, client, None, told)
