"""What people told us in the demonstration: a compliment, a complaint with a name, and one without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from budgeting.words import Name
from feedback import commands, handling_commands, queries, receipts
from feedback.commands import Telling
from feedback.model import Complaint
from feedback.queries import Party
from feedback.states import Danger, Kind, Outcome
from portal.access.table import Action
from portal.accounts.model import Organisation
from portal.demonstration.scene import Scene
from portal.work import Work

CODE = "2468135797538642"  # shown on the page for codes, in the demonstration only


@contextmanager
def some_days_ago(scene: Scene, days: int, key: str | None = None) -> Iterator[Work]:
    """A unit of work of an earlier day."""
    with scene.acting(key) as work:
        work.now -= timedelta(days=days)
        yield work


def fill(scene: Scene) -> None:
    """Let Margaret praise, Karim complain, and somebody speak up without a name; Ruth looks into all of it."""
    _praise(scene)
    _karim(scene)
    _unnamed(scene)


def _handled(work: Work, complaint_id: UUID) -> Complaint:
    return queries.handled_one(work, complaint_id, Action.WRITE)


def _praise(scene: Scene) -> None:
    with some_days_ago(scene, 9, "margaret") as work:
        told = commands.tell(
            work,
            Telling(
                Kind.COMPLIMENT,
                "Lucia's team came through the storm on Tuesday, and they fed the cat too. Please tell them thank you.",
                "en",
            ),
        )
    with some_days_ago(scene, 8, "ruth") as work:
        words = "Thank you, Margaret. We read your words to the whole team at Green Door, the cat's part twice."
        handling_commands.answer(work, _handled(work, told.id), words, "en")
    with some_days_ago(scene, 8, "ruth") as work:
        done = "We passed it on, and the team now keeps a list of who needs a visit first when there is a storm."
        handling_commands.close(work, _handled(work, told.id), Outcome.DONE, done)


def _karim(scene: Scene) -> None:
    with some_days_ago(scene, 12, "karim") as work:
        name = work.session.get_one(Organisation, scene.organisation["sunrise"]).name
        told = commands.tell(
            work,
            Telling(
                Kind.COMPLAINT,
                "Three times this month nobody came on Thursday morning, and nobody called. My brother waited at the "
                "window until noon. The visits are on the invoice all the same.",
                "en",
                wish="Somebody calls when they are late, and we do not pay for visits that did not happen.",
                reach="Please write, I work nights.",
            ),
            [Party("organisation", scene.organisation["sunrise"], Name(name))],
        )
    with some_days_ago(scene, 11, "ruth") as work:
        found = _handled(work, told.id)
        handling_commands.check_safety(work, found, Danger.NONE)
        words = "Thank you for telling us, Karim. It was right to write. I look into the three Thursdays first."
        handling_commands.acknowledge(work, found, words, "en")
    with some_days_ago(scene, 10, "ruth") as work:
        handling_commands.begin(work, _handled(work, told.id))
    with some_days_ago(scene, 7, "karim") as work:
        commands.write(work, queries.own_one(work, told.id), "It happened again last Thursday.", "en")
    with some_days_ago(scene, 6, "ruth") as work:
        words = "I am sorry. I have the list of visits now and compare it with the invoices this week."
        handling_commands.write(work, _handled(work, told.id), words, "en")


def _unnamed(scene: Scene) -> None:
    with some_days_ago(scene, 4) as work:
        told = commands.tell(
            work.unnamed(),
            Telling(
                Kind.COMPLAINT,
                "أحد العاملين يرفع صوته على ابني حين يتأخر في ارتداء ملابسه. لا أريد أن يعرف أحد أنني أنا من كتب.",
                "ar",
                in_danger=True,
                wish="أن يكلمه أحد بهدوء، أو أن يأتي شخص آخر.",
                about="عامل يوم الأحد",
            ),
            receipt=receipts.kept(CODE),
        )
    with some_days_ago(scene, 3, "ruth") as work:
        found = _handled(work, told.id)
        handling_commands.check_safety(work, found, Danger.NONE)
        words = "شكرًا لأنك كتبت لنا. لن نسأل من أنت. هل يحدث هذا كل يوم أحد، أم مع عامل واحد فقط؟"
        handling_commands.acknowledge(work, found, words, "ar")
    with some_days_ago(scene, 2) as work:
        reply = "مع عامل واحد فقط، في الصباح."
        commands.write(work.unnamed(), queries.by_code(work, told.id), reply, "ar")
