"""Changes of plans in the demonstration: one that holds, one that waits for answers, one that a provider asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select

from budgeting.package import Weekly
from portal.access.scope import unscoped, visible
from portal.changes import answer_commands, commands, helped_commands, part_commands, queries, settling
from portal.changes.model import ChangeRequest
from portal.changes.states import Given, RequestState
from portal.demonstration.scene import Scene
from portal.people.model import Client
from portal.plans.model import PlanPart
from portal.proposals.terms import Terms
from portal.work import Work

CLEANING, GARDEN, SHOWER = "Cleaning", "Heavy work in the garden", "Help in the shower"
OUTING = "الخروج إلى المكتبة بالترام"


def fill(scene: Scene) -> None:
    """Margaret's cleaning comes every week now, and after a fall her shower is in the afternoon, for now; her gardener
    asks for another day; Amal asks for Saturdays; Priya has put something aside."""
    _cleaning_every_week(scene)
    _showers_after_a_fall(scene)
    _another_garden_day(scene)
    _saturdays(scene)
    _not_yet(scene)


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


def _showers_after_a_fall(scene: Scene) -> None:
    """Urgent: it holds since Margaret and those who come agreed, and waits for her coordinator's yes."""
    with scene.acting("margaret") as work:
        client = queries.whose(work, scene.client["margaret"])
        reason = "I fell on Sunday. In the morning I am too dizzy to stand in the shower. After lunch it is safe."
        change = commands.start(work, client, reason, work.today(client), urgent=True, reason_shared=True)
        line_id, terms = _line(work, change, SHOWER)
        assert isinstance(terms.schedule, Weekly), "showers have days of the week"
        afternoon = replace(terms.schedule, start=time(14), end=time(15))
        commands.edit_line(work, change, line_id, replace(terms, schedule=afternoon))
        commands.ask(work, change)
    _agree(scene, "lucia", client, change.id, "We can come at two, from today on.")


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


def _not_yet(scene: Scene) -> None:
    """Put aside by Priya, who is the only one to see it."""
    with scene.acting("priya") as work:
        client = queries.whose(work, scene.client["margaret"])
        reason = "Her granddaughter moves out at the end of the month. Then the cleaning may need three hours."
        change = commands.start(work, client, reason, _monday(work, client, 6))
        line_id, terms = _line(work, change, CLEANING)
        assert isinstance(terms.schedule, Weekly), "cleaning has days of the week"
        longer = replace(terms.schedule, end=time(13))
        commands.edit_line(work, change, line_id, replace(terms, schedule=longer))
        part_commands.park(work, change, _monday(work, client, 4), "Ask her after the move")
    with scene.acting() as work:
        helped_commands.ask_whether_it_helped(work, _first_that_holds(work, client))


def _first_that_holds(work: Work, client: Client) -> ChangeRequest:
    """The weekly cleaning, about which Margaret is asked today whether it helped."""
    wanted = select(ChangeRequest).where(ChangeRequest.client_id == client.id, ChangeRequest.state == RequestState.DONE)
    return work.session.scalars(unscoped(wanted, "made a moment ago")).one()


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
