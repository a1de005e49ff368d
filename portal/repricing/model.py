"""How the re-pricing for one price list is going, and what it does to each plan."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.compare.repricing import Outcome
from budgeting.money import Minutes, Money
from portal.access.table import Protected, Resource
from portal.db import Record, Versioned


class RunState(StrEnum):
    """How far a look at all plans on a new price list has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class RepricingRun(Record):
    """Every plan in force held against one price list, some at a time; ``reached`` is where it goes on.

    It holds no more about anybody than how many plans were looked at.
    """

    __tablename__ = "repricing_run"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("price_edition.id"), index=True)
    program: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]  #: the first day on which the list holds
    state: Mapped[RunState] = mapped_column(default=RunState.WAITING, index=True)
    total: Mapped[int] = mapped_column(default=0)  #: plans to look at, counted when it began
    looked: Mapped[int] = mapped_column(default=0)  #: plans looked at so far, those of other programs too
    reached: Mapped[UUID | None]  #: the last client looked at, in the order of their ids
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  #: None: it began by itself
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @property
    def done(self) -> bool:
        return self.state is RunState.DONE


class RepricedPlan(Protected, Versioned):
    """What one price list does to one plan, which stays as it is. Minutes are of visits that the money pays for."""

    __tablename__ = "repriced_plan"
    __table_args__ = (UniqueConstraint("run_id", "client_id"),)
    resource = Resource.BUDGET

    run_id: Mapped[UUID] = mapped_column(ForeignKey("repricing_run.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"))
    outcome: Mapped[Outcome]
    earlier: Mapped[bool]  #: whether the money runs dry earlier than before
    cost_before: Mapped[Money]
    cost_after: Mapped[Money]
    dry_before: Mapped[date | None]  #: the first day that cannot be paid; None: the money lasts
    dry_after: Mapped[date | None]
    paid_before: Mapped[int]
    paid_after: Mapped[int]
    lost: Mapped[int]  #: about how many minutes of the dearer supports the added money would have bought
    touched: Mapped[int]  #: lines that the new prices touch
    above: Mapped[int]  #: of them, lines whose agreed price is now above a limit that binds
    ended: Mapped[int]  #: of them, lines whose item is not in the new list
    counted_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")  #: what somebody adds to the letter, in their own words
    given_at: Mapped[datetime | None]  #: when the letter was given to the person
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None]  #: when somebody said that this needs nothing more
    request_id: Mapped[UUID | None]  #: the newest change that was drafted because of it

    @property
    def more(self) -> Money:
        """What the plan costs more; negative when it costs less."""
        return self.cost_after - self.cost_before

    @property
    def worth(self) -> Minutes:
        return Minutes(self.lost)

    @property
    def matters(self) -> bool:
        """Whether there is anything to tell the person."""
        return self.outcome is not Outcome.SAME or self.earlier or self.touched > 0

    @property
    def affected(self) -> bool:
        """Whether the plan costs something else, reaches less far, or holds what no longer stands."""
        return self.outcome is not Outcome.SAME or self.earlier or self.above > 0 or self.ended > 0

    @property
    def path(self) -> str:
        """Where it is read."""
        return f"/people/{self.client_id}/price-changes/{self.run_id}"

    @property
    def letter_path(self) -> str:
        """Where its letter is read."""
        return f"{self.path}/letter"
