"""Rounds in the demonstration: who looked when, whose turn it is, what is fixed and why, and whose idea it was."""

from __future__ import annotations

from datetime import timedelta

from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.people.model import Client
from portal.proposals import mark_commands, mark_queries, queries, round_commands, voice_commands
from portal.proposals.mark_commands import Marking
from portal.proposals.mark_states import Asked, SaidBy, Stands, Term
from portal.proposals.model import Line, Proposal
from portal.proposals.round_model import content_of, past_lines
from portal.proposals.round_queries import BEGINNING
from portal.proposals.voice_model import Idea
from portal.work import Work


def fill(scene: Scene) -> None:
    """Mei has the turn, Yusuf's mother asked a question, and Margaret said whose ideas her supports were."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)


def _draft(work: Work, client: Client) -> tuple[Proposal, dict[str, Line]]:
    proposal = queries.proposals(work, client)[0]
    return proposal, {line.name: line for line in queries.lines(work, proposal)}


def _looked_when_it_began(work: Work, draft: Proposal) -> None:
    """The reader saw the draft when it was begun: what came in with it, or later, is told on its page."""
    digest = content_of(past_lines(queries.lines(work, draft)))[1]
    round_commands.mark_seen(work, draft, digest, (draft.created_at - BEGINNING) // timedelta(microseconds=1) - 1)


def _mei(scene: Scene) -> None:
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        draft, lines = _draft(work, client)
        _looked_when_it_began(work, draft)
        voice_commands.answer(work, draft, lines["周末去公园画画"].key, Idea.MINE)
        voice_commands.answer(work, draft, lines["打扫房间"].key, Idea.GOING_ALONG)
    with scene.acting("daniel") as work:
        client = client_of(work, scene, "mei")
        draft, lines = _draft(work, client)
        shift = "Sunrise sends nobody for less than two hours: the worker has to travel across the city."
        key = lines["早上起床和洗澡"].key
        marking = Marking(key, Term.AMOUNT, Stands.FIXED, SaidBy.POLICY, shift, "Sunrise Support, terms of service")
        mark_commands.mark(work, draft, marking)
        your_wish = "Mei chooses who comes into her bathroom. Nobody new without her yes."
        mark_commands.mark(work, draft, Marking(key, Term.WORKERS, Stands.FIXED, SaidBy.PERSON, your_wish))
        note = "I added some suggestions. Look at them when it suits you, there is no hurry."
        round_commands.hand_over(work, client, draft, scene.account["mei"], note)
    with scene.acting("mei") as work:
        draft, _lines = _draft(work, client_of(work, scene, "mei"))
        (mark,) = [one for one in mark_queries.marks(work, draft) if one.term is Term.AMOUNT]
        mark_commands.ask(work, draft, mark, None, "有时候我一个小时就够了。可以在同一天帮我打扫房间吗？")
    with scene.acting("daniel") as work:
        draft, _lines = _draft(work, client_of(work, scene, "mei"))
        (question,) = mark_queries.challenges(work, draft)
        answer = "I asked them: two hours stay, and the second hour may be cleaning. You choose each morning."
        mark_commands.answer(work, question, draft, Asked.KEPT, answer, question.version)


def _yusuf(scene: Scene) -> None:
    with scene.acting("amal") as work:
        draft, _lines = _draft(work, client_of(work, scene, "yusuf"))
        _looked_when_it_began(work, draft)
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        draft, lines = _draft(work, client)
        key = lines["الخروج إلى المكتبة بالترام"].key
        safe = "One worker stays with him at the stops until he has crossed the tracks alone ten times."
        source = "Occupational therapist’s letter about traffic"
        mark_commands.mark(work, draft, Marking(key, Term.WORKERS, Stands.FIXED, SaidBy.SAFETY, safe, source))
        time = "Any afternoon fits, the library is open until eight."
        mark_commands.mark(work, draft, Marking(key, Term.TIMES, Stands.OPEN, SaidBy.POLICY, time))
        round_commands.hand_over(work, client, draft, scene.account["amal"], "Is Saturday right for all of you?")
    with scene.acting("amal") as work:
        draft, _lines = _draft(work, client_of(work, scene, "yusuf"))
        (mark,) = [one for one in mark_queries.marks(work, draft) if one.term is Term.WORKERS]
        mark_commands.ask(work, draft, mark, None, "هل يكفي أن ينتظره أخوه في المحطة بدل العامل؟")


def _margaret(scene: Scene) -> None:
    with scene.acting("margaret") as work:
        accepted, lines = _draft(work, client_of(work, scene, "margaret"))
        for name, idea in (("Help in the shower", Idea.LIKED), ("Heavy work in the garden", Idea.MINE)):
            voice_commands.answer(work, accepted, lines[name].key, idea)
        voice_commands.share(work, accepted)
        voice_commands.answer(work, accepted, lines["Cleaning"].key, Idea.GOING_ALONG)
