"""Talking about plans in the demonstration: meetings with their papers, prepared words, a problem, follow-ups."""

from __future__ import annotations

from datetime import time, timedelta

from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of, goals_of
from portal.goals import step_commands
from portal.goals.step_states import StepAct
from portal.meetings import commands, follow_up_commands, problem_commands, speaking_commands
from portal.meetings.commands import MeetingTold
from portal.meetings.follow_up_commands import ToDo
from portal.meetings.model import Content
from portal.meetings.queries import meetings
from portal.meetings.speaking_commands import Spoken
from portal.meetings.speaking_model import LetterKind
from portal.proposals import decision_commands, queries as proposals
from portal.proposals.decision_commands import Decided
from portal.proposals.decision_model import Level, Method
from portal.review import look_commands, look_queries
from portal.review.look_states import Cause, Outcome

PAPERS = frozenset(Content) - {Content.OPTIONS}


def fill(scene: Scene) -> None:
    """Mei asked first, Yusuf's mother reads before she talks, Margaret holds her own list."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)
    _ways_to_goals(scene)


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
        letter = "Dear Jean,\n\nwould you sit beside me when we talk about my plan? I decide, you help.\n\nMargaret"
        speaking_commands.write_letter(work, client, LetterKind.ADVOCATE, letter)
        before = work.today(client) - timedelta(12)
        draft = proposals.proposals(work, client)[0]
        told = MeetingTold("Keys, and who comes in", before, time(11), "At my kitchen table", "", "", PAPERS, draft.id)
        row = commands.ask(work, client, told)
        commands.hold(work, row, "Tom made tea. We spoke about the key and nothing else.")
        decided = Decided("The nurse and Tom have one. Nobody else, and no key safe.", Method.TALKED)
        question = "Who has a key to my house?"
        decision_commands.write_down(work, client, row.id, question, decided, Level.CLIENT, "")


def _ways_to_goals(scene: Scene) -> None:
    """Small steps, how far it is, doing more oneself; and a support that is looked at again."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        today = work.today(client)
        tram = goals_of(work, client)["أن يركب يوسف الترام وحده إلى المكتبة"]
        first = step_commands.add_step(work, tram, "أن ننظر معاً إلى خريطة الترام", None, remind=False)
        step_commands.move_step(work, first, StepAct.FINISH)
        step_commands.add_step(work, tram, "أن يركب محطة واحدة وأنا أنتظره", today + timedelta(12), remind=True)
        step_commands.rate(work, tram, 2, 5, "صار يعرف الرقم والمحطة. العودة ما زالت صعبة.")
        agreed = look_queries.plan(work, client)
        if agreed is not None:
            ride = next(line for line in agreed.lines if line.name == "الخروج إلى المكتبة بالترام")
            step_commands.plan_step_down(work, tram, ride.id, today + timedelta(120), 60, "أن يعود وحده.")
            morning = next(line for line in agreed.lines if line.name == "العناية الشخصية صباحاً")
            why = "يأتون متأخرين ويتعجّلون، ويوسف يقلق."
            about = look_queries.about_line(morning)
            look_commands.open_look(work, client, about, Cause.NOT_WORKING, why, ask=True)
    with scene.acting("priya") as work:
        goal = goals_of(work, client_of(work, scene, "yusuf"))[tram.text]
        step_commands.suggest_step(work, goal, "Ride back with his brother watching", None)
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        choir = goals_of(work, client)["Go on singing in the choir"]
        step_commands.add_step(work, choir, "Ask Jean for a lift on Thursdays", None, remind=False)
        step_commands.rate(work, choir, 4, 5, "I only miss it when my hip is bad.")
        about, new = look_queries.about_goal(choir, None), "The choir now meets in the church hall."
        look = look_commands.open_look(work, client, about, Cause.FACT, new, ask=False)
        look_commands.say(work, look, "There are four steps at the hall. I need an arm.")
        day = work.day + timedelta(60)
        look_commands.end(work, look, Outcome.KEEP, "Tom walks me in.", day, draft=False)
