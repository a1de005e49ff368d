"""Talking about plans in the demonstration: meetings with their papers, prepared words, a problem, follow-ups."""

from __future__ import annotations

from datetime import time, timedelta

from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.meetings import commands, follow_up_commands, problem_commands, speaking_commands
from portal.meetings.commands import MeetingTold
from portal.meetings.follow_up_commands import ToDo
from portal.meetings.model import Content
from portal.meetings.queries import meetings
from portal.meetings.speaking_commands import Spoken
from portal.proposals import queries as proposals

PAPERS = frozenset(Content) - {Content.OPTIONS}


def fill(scene: Scene) -> None:
    """Mei asked first, Yusuf's mother reads before she talks, Margaret holds her own list."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)


def _mei(scene: Scene) -> None:
    """She asked for the meeting and for the papers; her coordinator suggests a point."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        today = work.today(client)
        draft = proposals.proposals(work, client)[0]
        told = MeetingTold(
            "周末和新的一年", today + timedelta(9), time(14), "线上，开着字幕", "普通话", "", PAPERS, draft.id
        )
        row = commands.ask(work, client, told)
        commands.add_point(work, row, "周末去画画，谁可以陪我？")
        commands.add_point(work, row, "如果早上的护理员病了，谁来？")
        commands.change(work, row, told, frozenset({scene.account["daniel"]}))
        commands.want_pack(work, row)
        sheet = Spoken(
            "先说周末。我想画画，也想有一天没有人来。",
            "星期天为什么贵这么多？",
            "我家里人的事。",
            "",
            "写字，不打电话。给我一点时间想。",
        )
        speaking_commands.prepare(work, client, sheet, 0)
        problem = problem_commands.open_problem(work, client, "星期天十一点以前没有人来，我只能等。", "zh-Hans", None)
        problem_commands.add_idea(work, problem, "星期六晚一点，星期天早一点。")
    with scene.acting("daniel") as work:
        client = client_of(work, scene, "mei")
        row = meetings(work, client)[0]
        commands.add_point(work, row, "What the next funding period brings, and what lapses.")
        problem_commands.add_idea(work, problem, "Ask whether the Saturday worker could come on Sundays at nine.")
        todo = ToDo("Ask Northside for a therapist who speaks Mandarin.", today + timedelta(4), scene.account["daniel"])
        follow_up_commands.agree_on(work, client, todo)


def _yusuf(scene: Scene) -> None:
    """His mother asked; the coordinator sent the papers; something is to be done by both."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        today = work.today(client)
        draft = proposals.proposals(work, client)[0]
        day = today + timedelta(5)
        told = MeetingTold("عطلة نهاية الأسبوع", day, time(10), "في البيت", "العربية", "", PAPERS, draft.id)
        row = commands.ask(work, client, told)
        commands.add_point(work, row, "هل يستطيع يوسف أن يذهب بالترام وحده يوم السبت؟")
        commands.change(work, row, told, frozenset({scene.account["priya"], scene.account["karim"]}))
        amal, what = scene.account["amal"], "أن أسأل عمّه إن كان يأتي يوم الجمعة."
        todo = ToDo(what, day + timedelta(1), amal, "", "meeting", row.id)
        follow_up_commands.agree_on(work, client, todo)
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        commands.send(work, meetings(work, client)[0], client)
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        commands.say_explained(work, meetings(work, client)[0], "ar", yes=True)


def _margaret(scene: Scene) -> None:
    """Her own sheet, shared with her son."""
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        sheet = Spoken(
            "I want to keep Thursdays free for the choir.",
            "Who has a key to my house?",
            "My money is my own business.",
            "Tom, about the garden. Nobody else.",
            "Speak to my left side, and let me finish.",
        )
        speaking_commands.share(work, speaking_commands.prepare(work, client, sheet, 0), yes=True)
