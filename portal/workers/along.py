"""What a shift to learn is: the visit a worker comes along to, as the plan has it on that day, and its price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select

from budgeting import programs
from budgeting.living import missed as calculator, shadow
from budgeting.money import Money
from budgeting.package import Package, visits_of
from budgeting.period import Period
from budgeting.words import words
from portal.access.scope import unscoped
from portal.catalogue import queries as catalogue
from portal.changes.effect import next_content
from portal.changes.model import ChangeRequest
from portal.changes.settling import fits, moved, versions_to
from portal.changes.states import RequestState
from portal.people.model import Client
from portal.plans.model import PlanPart
from portal.plans.narrowed import narrowed
from portal.plans.states import PartState
from portal.plans.visits import going
from portal.proposals.frozen import thaw
from portal.proposals.terms import Terms
from portal.work import Refusal, Work
from portal.workers.model import ShadowShift
from portal.workers.states import ShadowState


@dataclass(frozen=True)
class Along:
    """A shift on which a worker comes along: its day, time and length are those of a visit, in minutes.

    ``price`` is the calculator's; None: not known.
    """

    day: date
    begins: time
    minutes: int
    complex_needs: bool
    price: Money | None


def standing_on(parts: Iterable[PlanPart], line_id: UUID, day: date, today: date) -> PlanPart | None:
    """What stands for a line on a day: what is agreed from a day to come, before what goes on, before what waits."""
    known = [one for one in parts if one.line_id == line_id and one.state is not PartState.ENDED and one.starts <= day]
    first = sorted(known, key=lambda one: (one.starts > today, one.state is PartState.GOING_ON, one.starts))
    return first[-1] if first else None


def as_agreed(work: Work, client: Client, parts: Sequence[PlanPart]) -> Sequence[PlanPart]:
    """Parts of one plan, and what a change that everybody agreed to makes of their lines from its day on."""
    wanted = select(ChangeRequest).where(
        ChangeRequest.client_id == client.id, ChangeRequest.state == RequestState.AGREED
    )
    in_order = unscoped(wanted, "which visits there are to come along to").order_by(ChangeRequest.effective)
    made: dict[UUID, PlanPart] = {}
    for change in [one for one in work.session.scalars(in_order) if fits(work, one)]:
        moves = moved(work, change)
        content = next_content(work, client, versions_to(work, change), moves, change.effective)
        for move in moves:
            before = next((one for one in reversed(parts) if one.line_id == move.line_id), None)
            if before is not None and move.line_id not in made:
                made[move.line_id] = _to_come(before, change.effective, content, move.after)
    return [*parts, *made.values()]


def _to_come(before: PlanPart, day: date, content: str, terms: Terms | None) -> PlanPart:
    """The part a line will have from a day on; without terms it goes on until the day before."""
    return PlanPart(
        client_id=before.client_id,
        line_id=before.line_id,
        provider_id=terms.provider_id if terms else before.provider_id,
        content=narrowed(content, [before.line_id]) if terms else before.content,
        starts=day,
        until=None if terms else day - timedelta(days=1),
        state=PartState.WAITING,
    )


def along_on(
    work: Work, part: PlanPart, day: date, *, complex_needs: bool, besides: ShadowShift | None = None
) -> Along:
    """What coming along on a day is. Refusal without a visit then; ``besides`` is the shift that is asked again."""
    plan = thaw(part.content)
    (one,) = going([part])
    if one.weekly is None:
        raise Refusal(words("This support has no fixed visits to come along to."), "day")
    if not visits_of(one.line, Period(day, day)):
        raise Refusal(words("The plan has no visit of this support on {day}.", day=day), "day")
    package = Package(plan.program, plan.period, plan.place, None, (one.line,))
    calendar, editions = programs.calendar(), catalogue.editions(work, plan.program)
    begins = datetime.combine(day, one.weekly.start)
    visit = calculator.visit(package, one.line, begins, one.weekly.end, editions, calendar).cost
    used = _charged(work, part.client_id, Period(day - timedelta(days=364), day), besides)
    working = shadow.working_day(calendar, plan.place, day)
    parameters, minutes = programs.program(plan.program).parameters, one.weekly.minutes
    price = shadow.price(parameters, visit, day, minutes, used, complex_needs=complex_needs, working_day=working).value
    return Along(day, one.weekly.start, minutes, complex_needs, price if isinstance(price, Money) else None)


def _charged(work: Work, client_id: UUID, year: Period, besides: ShadowShift | None) -> int:
    """Minutes of such shifts that are charged in a year, whoever the provider: the rule counts them together."""
    wanted = select(func.coalesce(func.sum(ShadowShift.minutes), 0)).where(
        ShadowShift.client_id == client_id,
        ShadowShift.state.in_((ShadowState.ASKED, ShadowState.AGREED)),
        ShadowShift.price > Money(0),
        ShadowShift.day.between(year.first, year.last),
    )
    if besides is not None:
        wanted = wanted.where(ShadowShift.id != besides.id)
    return int(work.session.scalar(unscoped(wanted, "a sum for the rule, without whose they are")) or 0)
