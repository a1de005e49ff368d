"""What the made-up people say about their lives, in their own languages, and their goals."""

from __future__ import annotations

from portal.access.scope import visible
from portal.demonstration.scene import Scene
from portal.goals import commands
from portal.goals.model import Goal, Prompt
from portal.people import communicate_commands
from portal.people.model import Client
from portal.work import Work

SAID: dict[tuple[str, str, str], dict[Prompt, str]] = {  # whose story, who says it, in which language
    ("mei", "mei", "zh-Hans"): {
        Prompt.STRENGTHS: "我会做饭，会自己管账，网上的事情都自己办。我每天早上自己做拉伸。",
        Prompt.MATTERS: "自己决定每天怎么过。家里安静。周末能和朋友一起去公园画画。",
        Prompt.WENT_WELL: "以前的护理员每次都提前发短信，准时到，不着急。",
        Prompt.WENT_BADLY: "有一段时间每周换人，每次都要重新解释，我很累。",
        Prompt.PLEASE: "请先发短信。请不要突然打电话。请帮我把水放到我够得着的地方。",
    },
    ("yusuf", "amal", "ar"): {
        Prompt.STRENGTHS: "يوسف يعرف كل خطوط الترام في المدينة، ويرتّب غرفته بنفسه، ويحب أن يساعد في المطبخ.",
        Prompt.MATTERS: "أن يختار يوسف بنفسه. الموسيقى. الصلاة يوم الجمعة مع أخيه.",
        Prompt.WENT_WELL: "العاملة التي كانت تريه الصور قبل كل خروج.",
        Prompt.PLEASE: "تكلّموا ببطء وأروه الصور. اسألوه هو أولاً، ثم اسألوني.",
    },
    ("margaret", "margaret", "en"): {
        Prompt.STRENGTHS: "I ran a bakery for thirty years. I do my own breakfast and my own letters, thank you.",
        Prompt.MATTERS: "My garden, my own front door, and my choir on Thursdays.",
        Prompt.WENT_BADLY: "After the hospital five different people came in one week. Nobody knew where anything was.",
        Prompt.PLEASE: "Please ring the bell and wait, I am slow. Please don't move my glasses. Speak to my left side.",
    },
}

GOALS = (  # whose, who says it, language, words
    ("mei", "mei", "zh-Hans", "每个周末能出去画画一次"),
    ("mei", "mei", "zh-Hans", "早上不着急，自己决定什么时候起床"),
    ("yusuf", "amal", "ar", "أن يركب يوسف الترام وحده إلى المكتبة"),
    ("yusuf", "amal", "ar", "أن يطبخ لنا العشاء مرة كل أسبوع"),
    ("margaret", "margaret", "en", "Go on singing in the choir"),
    ("margaret", "margaret", "en", "Keep my garden so that I can sit in it"),
)
PROPOSED = (
    ("mei", "daniel", "en", "Try a painting class with other people, once a month"),
    ("yusuf", "priya", "en", "Learn to pay by card in a shop"),
)


def fill(scene: Scene) -> None:
    """Let them speak for themselves."""
    for (whose, who, language), answers in SAID.items():
        with scene.acting(who) as work:
            client = client_of(work, scene, whose)
            for prompt, text in answers.items():
                commands.say(work, client, prompt, text, language, None)
    for whose, who, language, text in GOALS:
        with scene.acting(who) as work:
            commands.name_goal(work, client_of(work, scene, whose), text, language)
    for whose, who, language, text in PROPOSED:
        with scene.acting(who) as work:
            commands.propose_goal(work, client_of(work, scene, whose), text, language)
    _how_to_communicate(scene)
    with scene.acting("priya") as work:
        choir = work.session.scalars(
            visible(work, Goal).where(Goal.client_id == scene.client["margaret"]).order_by(Goal.said_at).limit(1)
        ).one()
        commands.suggest_wording(work, choir, "Maintain social participation through weekly choir attendance")


TRANSLATED = {  # how to communicate, in the language of those who come
    ("mei", "daniel"): "Please send me short messages in simple Chinese. Please write: I do not like phone calls.",
    ("yusuf", "amal"): "Speak slowly with me and show me pictures. Ask me first, then ask my mother.",
}


def _how_to_communicate(scene: Scene) -> None:
    for (key, who), text in TRANSLATED.items():
        with scene.acting(who) as work:
            communicate_commands.translate(work, client_of(work, scene, key), "en", text)


def client_of(work: Work, scene: Scene, key: str) -> Client:
    """One of the made-up clients, as the one who acts may see them."""
    return work.session.scalars(visible(work, Client).where(Client.id == scene.client[key])).one()


def goals_of(work: Work, client: Client) -> dict[str, Goal]:
    """The goals of a client by their words."""
    return {goal.text: goal for goal in work.session.scalars(visible(work, Goal).where(Goal.client_id == client.id))}
