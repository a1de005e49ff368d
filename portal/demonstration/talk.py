"""Talk in the demonstration: support for support, money that moves, answers, disagreements, and decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from budgeting.money import Money, Quantity
from budgeting.package import Priority, Units, Weekly
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.proposals import commands, decision_commands, decision_queries, queries, talk_commands
from portal.proposals.decision_model import Method
from portal.proposals.model import Act, Feeling, Line, Proposal, Suggestion, SuggestionKind
from portal.proposals.terms import Terms
from portal.work import Work


def fill(scene: Scene) -> None:
    """Mei and her coordinator go back and forth; Yusuf's circle disagrees and decides; Margaret decides alone."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)


def _latest(work: Work, scene: Scene, key: str) -> tuple[Proposal, dict[str, Line]]:
    proposal = queries.proposals(work, client_of(work, scene, key))[0]
    return proposal, {line.name: line for line in queries.lines(work, proposal)}


def _open(work: Work, draft: Proposal, kind: SuggestionKind) -> Suggestion:
    return next(one for one in queries.open_suggestions(work, draft) if one.suggests is kind)


def _mei(scene: Scene) -> None:
    with scene.acting("daniel") as work:
        draft, lines = _latest(work, scene, "mei")
        cleaning, painting = lines["打扫房间"], lines["周末去公园画画"]
        less = replace(cleaning.terms, schedule=Weekly((3,), time(10), time(11), 2))
        more = replace(painting.terms, schedule=Weekly((5,), time(13), time(17, 15)))
        reason = "One hour less of cleaning would pay for a quarter of an hour more in the park. Only if you want it."
        also = [Act(painting.id, more, painting.terms)]
        talk_commands.suggest(work, draft, SuggestionKind.MOVE, cleaning, less, reason, also)
        therapy = lines["职业治疗"]
        group = Terms(
            "Painting group with a therapist",
            therapy.terms.starts,
            therapy.terms.ends,
            provider_name="Riverside Arts",
            schedule=Units(Quantity(20_000), "H"),
            price=Money(58_00),
        )
        reason = "A group costs less for an hour, and you would meet others. Northside can still help twice a year."
        talk_commands.suggest(work, draft, SuggestionKind.REPLACE, therapy, None, reason, [Act(None, group)])
        said = next(one for one in queries.comments(work, draft) if one.disagrees)
        talk_commands.reply(work, said, draft, "I hear you. Shall we ask what a visit every week would cost?")
        talk_commands.react(work, painting, Feeling.LIKE)
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        draft, lines = _latest(work, scene, "mei")
        change = _open(work, draft, SuggestionKind.CHANGE)
        morning = lines["早上起床和洗澡"]
        every = replace(morning.terms, schedule=Weekly((0, 2, 4, 6), time(9), time(10, 30)))
        acts = [Act(morning.id, every, morning.terms)]
        talk_commands.counter(work, change, draft, SuggestionKind.CHANGE, acts, "星期天可以，但我想睡到九点。")
        swap, due = _open(work, draft, SuggestionKind.REPLACE), work.today(client) + timedelta(days=10)
        talk_commands.put_off(work, swap, draft, scene.account["daniel"], due)
        painting = lines["周末去公园画画"]
        terms = replace(painting.terms, more=replace(painting.terms.more, priority=Priority.MUST))
        commands.edit_line(work, painting, draft, terms, painting.version)


def _yusuf(scene: Scene) -> None:
    with scene.acting("karim") as work:
        client = client_of(work, scene, "yusuf")
        draft, lines = _latest(work, scene, "yusuf")
        outing = lines["الخروج إلى المكتبة بالترام"]
        text = "Saturdays in a group are too loud for him. I would rather have two short trips."
        said = talk_commands.say(work, draft, outing, text, disagrees=True)
        talk_commands.react(work, outing, Feeling.UNSURE)
        options = ("A worker comes on Saturday", "Karim goes every second Saturday", "Stay with Wednesday only")
        question = "Who goes to the library with Yusuf on Saturday?"
        asked = decision_commands.ask(work, client, question, options, outing.key)
        second = decision_queries.options(work, asked)[1]
        decision_commands.view(work, asked, second, Feeling.LIKE, "I have time, and he likes going with me.")
    with scene.acting("priya") as work:
        draft, _lines = _latest(work, scene, "yusuf")
        found = queries.comment(work, draft, said.id)
        text = "Thank you. I will ask for a quieter hour, and what two short trips would cost. Answer by Friday."
        talk_commands.reply(work, found, draft, text)
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        asked = decision_queries.decisions(work, client)[0]
        first = decision_queries.options(work, asked)[0]
        decision_commands.view(work, asked, first, Feeling.DISLIKE, "الغرباء كثيرون يوم السبت.")
        decision_commands.view(work, asked, first, Feeling.LIKE, "أحب أن أذهب مع غريس.", "يوسف")


def _margaret(scene: Scene) -> None:
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        options = ("Keep the garden as it is", "Let the back go wild")
        asked = decision_commands.ask(work, client, "What happens with the garden this winter?", options)
        chosen = decision_queries.options(work, asked)[0]
        decision_commands.decide(
            work,
            asked,
            chosen,
            "I want to sit in it in spring, so it stays tidy.",
            Method.TALKED,
            "Tom would rather spend the money on cleaning.",
            work.today(client) + timedelta(days=120),
        )
