"""Daily life in the demonstration: nobody came for a shower, a weekend away, a group, and a house to move into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from budgeting.money import Money
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.living import commands, house_commands, houses, queries
from portal.living.commands import MissedVisit, StayTerms
from portal.living.house_commands import HouseTerms, ShiftTerms
from portal.living.states import MissedState, StayState, Who

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def fill(scene: Scene) -> None:
    """What happens in ordinary weeks."""
    _missed(scene)
    _stays(scene)
    _group(scene)
    _house(scene)


def _last(today: date, weekday: int, weeks: int = 0) -> date:
    """The latest such weekday before today, so many weeks earlier still."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1 + 7 * weeks)


def _missed(scene: Scene) -> None:
    """Nobody came to Yusuf twice, once made up; Margaret called off a cleaning in time."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        today, found = work.today(client), queries.basis(work, client)
        morning = next(line for line in found.visits if line.terms.support == "self_care") if found else None
        if morning is None:
            return
        told = MissedVisit(
            support=morning.name,
            day=_last(today, 1),
            begins_at=time(7),
            minutes=120,
            who=Who.PROVIDER,
            line_id=morning.id,
            provider_id=scene.organisation["sunrise"],
            fee=Money(147_16),
        )
        commands.note_missed(work, client, replace(told, note="لم يأتِ أحد ولم يتصل أحد."), charged=False)
        earlier = commands.note_missed(work, client, replace(told, day=_last(today, 3, 1)), charged=False)
        commands.settle_missed(work, earlier, MissedState.MADE_UP, _last(today, 5))
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        day = _last(work.today(client), 2)
        told_at = work.now - timedelta(days=(work.today(client) - day).days + 4)
        commands.note_missed(
            work,
            client,
            MissedVisit(
                support="Cleaning",
                day=day,
                begins_at=time(10),
                minutes=120,
                who=Who.PERSON,
                provider_id=scene.organisation["greendoor"],
                told_at=told_at,
                fee=Money(178_00),
                note="My sister was here that week.",
            ),
            charged=False,
        )


def _stays(scene: Scene) -> None:
    """Yusuf was away once and goes again, so that Amal can rest; Margaret plans a week while Tom is abroad."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        today = work.today(client)
        first = _last(today, 4, 5)
        been = commands.plan_stay(
            work,
            client,
            StayTerms("بيت البحيرة", first, first + timedelta(days=3), scene.organisation["sunrise"], Money(646_00)),
        )
        commands.move_stay(work, been, StayState.BOOKED)
        commands.move_stay(work, been, StayState.HAPPENED)
        soon = _last(today, 4) + timedelta(days=42)
        commands.plan_stay(
            work,
            client,
            StayTerms(
                "بيت البحيرة",
                soon,
                soon + timedelta(days=4),
                scene.organisation["sunrise"],
                minutes_a_day=450,
                per_hour=Money(73_58),
                bed_per_night=Money(110_00),
                note="أمي تحتاج إلى الراحة في هذه الأيام.",
            ),
        )
    with scene.acting("priya") as work:
        client = client_of(work, scene, "margaret")
        monday = _last(work.today(client), 0) + timedelta(days=35)
        commands.plan_stay(
            work,
            client,
            StayTerms(
                "Bay House, a room with a garden", monday, monday + timedelta(days=7), note="While Tom is abroad."
            ),
        )


def _group(scene: Scene) -> None:
    """Somebody leaves the group at the library: what that would do to Yusuf's line."""
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        found = queries.basis(work, client)
        outing = next((line for line in found.visits if line.terms.support == "community"), None) if found else None
        if outing is not None:
            starts = work.today(client) + timedelta(days=28)
            note = "One person stops coming next month. Nothing changes unless you want it."
            commands.prepare_group(work, client, outing.id, 3, 2, 1, starts, note)


def _house(scene: Scene) -> None:
    """A house into which Yusuf may move: two people live there already, and one place stays free."""
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        starts = work.today(client) + timedelta(days=70)
        terms = HouseTerms("Banksia House", 4, 2, scene.organisation["sunrise"], "7 Made-up Lane")
        support = houses.support_for(queries.program_of(work, client), starts)
        house_commands.begin_house(work, client, terms, starts, support)
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        row, _found = houses.residencies(work, client)[0]
        house_commands.answer(work, row, agreed=True, shows_name=False)
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        row, found = houses.residencies(work, client)[0]
        for shift in ROWS:
            house_commands.save_shift(work, row, found, None, shift)


#: Mornings with two workers, afternoons and evenings with one, somebody there on weekend days, a sleepover each night.
ROWS = (
    ShiftTerms(EVERY_DAY, time(6, 30), time(9), 2),
    ShiftTerms((5, 6), time(9), time(15), 1),
    ShiftTerms(EVERY_DAY, time(15), time(22), 1),
    ShiftTerms(EVERY_DAY, time(22), time(6), 1, sleepover=True),
)
