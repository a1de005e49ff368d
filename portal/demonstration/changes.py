"""Changes of plans in the demonstration: one that holds, one that waits for answers, one that a provider asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from budgeting.package import Weekly
from portal.access.scope import visible
from portal.changes import answer_commands, commands, queries, settling
from portal.changes.model import ChangeRequest
from portal.changes.states import Given
from portal.demonstration.scene import Scene
from portal.people.model import Client
from portal.plans.model import PlanPart
from portal.proposals.terms import Terms
from portal.work import Work

CLEANING, GARDEN = "Cleaning", "Heavy work in the garden"
OUTING = "الخروج إلى المكتبة بالترام"


def fill(scene: Scene) -> None:
    """Margaret's cleaning comes every week now; her gardener asks for another day; Amal asks for Saturdays."""
    _cleaning_every_week(scene)
    _another_garden_day(scene)
    _saturdays(scene)


def _cleaning_every_week(scene: Scene) -> None:
    with scene.acting("margaret") as work:
        client = queries.whose(work, scene.client["margaret"])
        reason = "Flour everywhere after a baking day. Every second week is not enough for me."
        change = commands.start(work, client, reason, work.today(client), reason_shared=True)
        line_id, terms = _line(work, change, CLEANING)
        assert isinstance(terms.schedule, Weekly), "cleaning has days of the week"
        weekly = replace(terms.schedule, every_n_weeks=1)
        commands.edit_line(work, change, line_id, replace(terms, schedule=weekly))
        commands.ask(work, change)
    _agree(scene, "priya", client, change.id, "It fits the budget until the end of the quarter.")
    _agree(scene, "lucia", client, change.id, "The same cleaner can come every week.")


def _another_garden_day(scene: Scene) -> None:
    with scene.acting("lucia") as work:
        client = queries.whose(work, scene.client["margaret"])
        own = queries.own_part(work, client)
        assert own is not None, "Green Door delivers Margaret's plan"
        reason = "Our gardener works on Thursdays from next month on. The hours and the price stay the same."
        change = commands.start_as_provider(work, own, reason, _monday(work, client, 3), reason_shared=True)
        line_id, terms = _line(work, change, GARDEN)
        thursday = Weekly((3,), time(10), time(12), 4, anchor=terms.starts)
        commands.edit_line(work, change, line_id, replace(terms, schedule=thursday))
        commands.ask(work, change)


def _saturdays(scene: Scene) -> None:
    with scene.acting("amal") as work:
        client = queries.whose(work, scene.client["yusuf"])
        reason = "يوسف يحب يوم السبت في المكتبة، ويريد أن يذهب مرتين في الأسبوع."
        change = commands.start(work, client, reason, _monday(work, client, 2))
        line_id, terms = _line(work, change, OUTING)
        commands.edit_line(work, change, line_id, replace(terms, schedule=Weekly((2, 5), time(14), time(17))))
        commands.ask(work, change)
    _agree(scene, "priya", client, change.id, "")


def _line(work: Work, change: ChangeRequest, name: str) -> tuple[UUID, Terms]:
    """A support of the plan by its name, as the one who asks may see it."""
    parts = work.session.scalars(visible(work, PlanPart).where(PlanPart.version_id == change.base_id)).all()
    for part in parts:
        terms, _ = settling.terms_of(work, change, part.line_id)
        if terms.name == name:
            return part.line_id, terms
    raise LookupError(name)


def _agree(scene: Scene, key: str, client: Client, request_id: UUID, said: str) -> None:
    """Somebody says yes for their own part."""
    with scene.acting(key) as work:
        rows = queries.rows(work, client, request_id)
        mine = next(row for row in rows if queries.is_mine(work, row))
        answer_commands.answer(work, mine, Given.AGREED, said)


def _monday(work: Work, client: Client, weeks: int) -> date:
    """A Monday some weeks from now."""
    today = work.today(client)
    return today + timedelta(days=7 * weeks - today.weekday())
