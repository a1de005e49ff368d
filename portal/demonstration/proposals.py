"""Plans being worked out in the demonstration: drafts, suggestions, comments, and versions that were accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Priority, Units, Unpaid, Weekly
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of, goals_of
from portal.funding import queries as funding
from portal.funding.week import OnHolidays
from portal.people.model import Client
from portal.proposals import commands, queries, talk_commands
from portal.proposals.acceptance import frozen_now
from portal.proposals.model import Feeling, Line, Proposal, SuggestionKind
from portal.proposals.particulars import Particulars
from portal.proposals.terms import Terms
from portal.work import Work

YEAR = timedelta(days=364)


def fill(scene: Scene) -> None:
    """Three people, three ways to work on a plan."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)


def _start(work: Work, client: Client, title: str, program: str) -> Proposal:
    """A draft over the days of the client's funding."""
    plan = funding.current(work, client)
    today = work.today(client)
    starts = plan.starts if plan else today.replace(day=1)
    ends = funding.last_day(plan, today) if plan else starts + YEAR
    return commands.start(work, client, title, program, starts, ends)


def _since(work: Work, client: Client, draft: Proposal) -> date:
    """The first day of the draft that is not paid already."""
    plan = funding.current(work, client)
    return max(draft.starts, min(funding.first_unspent(plan), draft.ends)) if plan else draft.starts


def _latest(work: Work, client: Client) -> tuple[Proposal, dict[str, Line]]:
    """The newest proposal and its lines by name."""
    proposal = queries.proposals(work, client)[0]
    return proposal, {line.name: line for line in queries.lines(work, proposal)}


def _weekly(days: str, begins: int, ends: int, every: int = 1) -> Weekly:
    return Weekly(tuple(map(int, days)), time(begins), time(ends), every)


def _hours(number: int, unit: str = "H") -> Units:
    return Units(Quantity(number * 1000), unit)


def _accept(work: Work, client: Client, proposal: Proposal) -> None:
    """A yes to exactly what is there now."""
    _text, digest, _quote = frozen_now(work, client, proposal, queries.lines(work, proposal))
    commands.accept(work, proposal, client, digest)


def _mei(scene: Scene) -> None:
    """A plan she said yes to, and a new draft in Chinese that her coordinator has suggestions for."""
    _mei_says_yes(scene)
    _mei_goes_on(scene)
    _mei_is_answered(scene)


def _mei_says_yes(scene: Scene) -> None:
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        goals = goals_of(work, client)
        draft = _start(work, client, "我的计划", "ndis")
        base = Terms("", _since(work, client, draft), draft.ends)
        sunrise, northside = scene.organisation["sunrise"], scene.organisation["northside"]
        for terms in (
            replace(base, name="早上起床和洗澡", support="self_care", schedule=_weekly("024", 8, 10),
                    price=Money(68_00), provider_id=sunrise, goal_id=goals["早上不着急，自己决定什么时候起床"].id,
                    on_holidays=OnHolidays.LIMIT),
            replace(base, name="周末去公园画画", support="community", schedule=_weekly("5", 13, 16),
                    provider_id=sunrise, goal_id=goals["每个周末能出去画画一次"].id),
            replace(base, name="打扫房间", support="cleaning", schedule=_weekly("3", 10, 12, 2), price=Money(59_00),
                    provider_name="小王清洁", need="家里干净，我才能安静地画画"),
            replace(base, name="职业治疗", support="occupational_therapy", schedule=_hours(12), provider_id=northside),
        ):  # fmt: skip
            commands.add_line(work, draft, terms)
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        draft, _lines = _latest(work, client)
        _accept(work, client, draft)


def _mei_goes_on(scene: Scene) -> None:
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        accepted, _lines = _latest(work, client)
        draft = commands.go_on_from(work, accepted, "我的新计划")
    with scene.acting("mei") as work:
        draft, lines = _latest(work, client_of(work, scene, "mei"))
        painting = lines["周末去公园画画"]
        longer = replace(painting.terms, schedule=_weekly("5", 13, 17))
        commands.edit_line(work, painting, draft, longer, painting.version)


def _mei_is_answered(scene: Scene) -> None:
    with scene.acting("daniel") as work:
        client = client_of(work, scene, "mei")
        draft, lines = _latest(work, client)
        morning = lines["早上起床和洗澡"]
        longer = replace(morning.terms, schedule=_weekly("0246", 8, 10))
        reason = "You said Sundays are hard. This adds Sunday mornings; look at what Sundays cost first."
        talk_commands.suggest(work, draft, SuggestionKind.CHANGE, morning, longer, reason)
        ride = Terms(
            "Bus or taxi to the painting class", draft.starts, draft.ends, schedule=_hours(24, "E"), price=Money(18_50)
        )
        talk_commands.suggest(work, draft, SuggestionKind.ADD, None, ride, "For the monthly class, there and back.")
        talk_commands.say(work, draft, lines["职业治疗"], "Northside has a Mandarin-speaking therapist on Tuesdays.")
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        draft, lines = _latest(work, client)
        talk_commands.say(work, draft, lines["打扫房间"], "两周一次够吗？我想再想想。", disagrees=True)
        talk_commands.react(work, lines["周末去公园画画"], Feeling.LIKE)
        talk_commands.react(work, lines["打扫房间"], Feeling.UNSURE)


def _yusuf(scene: Scene) -> None:
    """A version his mother accepted as nominee, and a new draft that goes on from it."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        goals = goals_of(work, client)
        draft = _start(work, client, "خطة يوسف", "ndis")
        base = Terms("", _since(work, client, draft), draft.ends)
        sunrise, northside = scene.organisation["sunrise"], scene.organisation["northside"]
        for terms in (
            replace(base, name="العناية الشخصية صباحاً", support="self_care", schedule=_weekly("01234", 7, 9),
                    provider_id=sunrise, need="الاستعداد لليوم بهدوء"),
            replace(base, name="الخروج إلى المكتبة بالترام", support="community", schedule=_weekly("2", 14, 17),
                    provider_id=sunrise, goal_id=goals["أن يركب يوسف الترام وحده إلى المكتبة"].id),
            replace(base, name="علاج النطق", support="speech_therapy", schedule=_hours(20), provider_id=northside,
                    goal_id=goals["أن يطبخ لنا العشاء مرة كل أسبوع"].id),
        ):  # fmt: skip
            commands.add_line(work, draft, terms)
    with scene.acting("karim") as work:
        draft, lines = _latest(work, client_of(work, scene, "yusuf"))
        text = "I can take him on the tram every second Wednesday, then he needs nobody."
        talk_commands.say(work, draft, lines["الخروج إلى المكتبة بالترام"], text)
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        draft, _lines = _latest(work, client)
        _accept(work, client, draft)
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        accepted, _lines = _latest(work, client)
        draft = commands.go_on_from(work, accepted, "خطة يوسف، مع عطلة نهاية الأسبوع")
        lines = {line.name: line for line in queries.lines(work, draft)}
        outing = lines["الخروج إلى المكتبة بالترام"]
        weekend = replace(outing.terms, schedule=_weekly("25", 14, 17))
        reason = "Yusuf asked for Saturdays too. Saturday hours cost more: see the amount before you decide."
        talk_commands.suggest(work, draft, SuggestionKind.CHANGE, outing, weekend, reason)
        brother = Terms(
            "Karim takes him on the tram",
            outing.terms.starts,
            outing.terms.ends,
            provider_name="Karim Haddad",
            schedule=_weekly("2", 14, 17, 2),
            goal_id=outing.terms.goal_id,
            more=Particulars(
                given=Unpaid(Money(73_58), Minutes(2 * 60)), helper=scene.account["karim"], priority=Priority.NICE
            ),
        )
        reason = "Karim offered every second Wednesday. It has no price, but it is his time: two hours a week at most."
        talk_commands.suggest(work, draft, SuggestionKind.ADD, None, brother, reason)


def _margaret(scene: Scene) -> None:
    """A version Margaret accepted herself, after her son said what he thinks."""
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        goals = goals_of(work, client)
        draft = _start(work, client, "Margaret's plan", "support_at_home")
        base = Terms("", _since(work, client, draft), draft.ends, provider_id=scene.organisation["greendoor"])
        for terms in (
            replace(base, name="Help in the shower", support="personal_care", schedule=_weekly("14", 9, 10),
                    price=Money(99_00), need="Wash safely, without hurrying"),
            replace(base, name="Cleaning", support="cleaning", schedule=_weekly("2", 10, 12, 2), price=Money(89_00),
                    need="A kitchen I can bake in"),
            replace(base, name="Heavy work in the garden", support="gardening", schedule=_weekly("0", 13, 15, 4),
                    price=Money(92_00), goal_id=goals["Keep my garden so that I can sit in it"].id),
        ):  # fmt: skip
            commands.add_line(work, draft, terms)
    with scene.acting("tom") as work:
        draft, lines = _latest(work, client_of(work, scene, "margaret"))
        text = "Mum, would Tuesdays and Fridays still leave you time before choir? You decide."
        talk_commands.say(work, draft, lines["Help in the shower"], text)
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        draft, _lines = _latest(work, client)
        talk_commands.say(work, draft, None, "Yes, choir is on Thursday. Leave it as it is.")
        _accept(work, client, draft)
