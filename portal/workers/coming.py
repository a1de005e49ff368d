"""Who comes when: the visits of the parts that go on, with the workers to whom the person said yes. No database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from budgeting.money import Minutes
from budgeting.package import visits_of
from budgeting.period import Period
from portal.plans.visits import Going
from portal.workers.model import Worker


@dataclass(frozen=True)
class Visit:
    """One visit of a day by the clock on the client's wall; the end may be on the next day."""

    going: Going
    day: date
    begins: time
    ends: time
    workers: tuple[Worker, ...]
    first_of: tuple[UUID, ...]  #: workers whose first visit this is

    @property
    def minutes(self) -> Minutes:
        weekly = self.going.weekly
        return Minutes(weekly.minutes if weekly else 0)

    @property
    def begins_at(self) -> datetime:
        """The day and time at which it begins."""
        return datetime.combine(self.day, self.begins)

    @property
    def key(self) -> str:
        """Names the visit in a form: its line, its day and its time."""
        return f"{self.going.part.line_id}|{self.day.isoformat()}|{self.begins.isoformat('minutes')}"


def visits(lines: Iterable[Going], workers: Sequence[Worker], within: Period) -> list[Visit]:
    """Every visit between two days, both included, in order; a line that is only a backup has none."""
    found = []
    for one in lines:
        weekly = one.weekly
        if weekly is None or one.line.role == "backup":
            continue
        theirs = [worker for worker in workers if worker.line_id == one.part.line_id]
        firsts = {worker.id: first_visit(one, worker) for worker in theirs}
        for day in visits_of(one.line, within):
            coming = tuple(worker for worker in theirs if worker.comes_on(day))
            first_of = tuple(worker.id for worker in coming if firsts[worker.id] == day)
            found.append(Visit(one, day, weekly.start, weekly.end, coming, first_of))
    return sorted(found, key=lambda one: (one.day, one.begins, one.going.part.position))


def first_visit(one: Going, worker: Worker) -> date | None:
    """The day on which a worker comes for the first time; None when there is none within two months."""
    begins = max(one.line.period.first, worker.starts)
    days = visits_of(one.line, Period(begins, begins + timedelta(days=61)))
    return next((day for day in days if worker.comes_on(day)), None)
