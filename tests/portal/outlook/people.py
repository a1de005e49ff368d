"""Mei with a plan for eight weeks, and money for twelve of its sixteen visits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Management
from portal.access.scope import unscoped, visible
from portal.accounts.model import Account
from portal.funding import commands as funding, queries as funded
from portal.funding.terms import NDIS, Letter, Terms
from portal.jobs import run_now
from portal.outlook import commands, queries
from portal.outlook.commands import Wanted
from portal.outlook.model import Alarm, Outlook, Ring
from portal.outlook.reckoning import standing
from portal.people.model import Client
from portal.proposals import commands as drafts, queries as proposals
from portal.proposals.acceptance import frozen_now
from portal.proposals.model import Proposal
from portal.work import Actor, ActorKind, Work
from tests.builders import acting, reading
from tests.portal.plans.people import Circle

PAID = 12  # visits of two hours at 68.00, on Tuesdays and Fridays


def stored(work: Work, client: Client) -> Outlook | None:
    """How far the money of a client reached when it was worked out last; None when that is not known."""
    return work.session.scalar(visible(work, Outlook).where(Outlook.client_id == client.id))


@dataclass(frozen=True)
class Purse:
    """The circle, and what tests do with Mei's money."""

    circle: Circle

    @property
    def page(self) -> str:
        return f"/people/{self.circle.client.id}/alarms"

    @property
    def visits(self) -> list[date]:
        """The days of all visits, by the calendar."""
        days = (self.circle.first + timedelta(days=number) for number in range(56))
        return [day for day in days if day.weekday() in (1, 4)]

    @property
    def until(self) -> date:
        """The last day that is paid: the one before the first visit that is not."""
        return self.visits[PAID] - timedelta(days=1)

    def has(self, amount: Money) -> None:
        """The funding is this much now."""
        with acting(self.circle.coplan, self.circle.mei) as work:
            plan = funded.current(work, self.circle.client)
            assert plan is not None
            part = plan.components[0]
            funding.change_part(work, part, part.version, _core(amount))

    def set(self, wanted: Wanted, who: Account | None = None) -> Alarm:
        with acting(self.circle.coplan, who or self.circle.mei) as work:
            return commands.set_alarm(work, self.circle.client, wanted)

    def agrees_to_a_cheaper_plan(self) -> None:
        """Mei's yes to a plan that the money pays, after which only the job that makes its version has run."""
        coplan, client = self.circle.coplan, self.circle.client
        with acting(coplan, self.circle.mei) as work:
            accepted = work.session.scalars(visible(work, Proposal)).one()
            draft = drafts.go_on_from(work, accepted, "Cheaper")
            (line,) = proposals.lines(work, draft)
            drafts.edit_line(work, line, draft, replace(line.terms, price=Money(1_00)), line.version)
        with coplan.open_work(Actor(ActorKind.ACCOUNT, self.circle.mei.id)) as work:
            fresh = proposals.proposal(work, client, draft.id)
            _text, digest, _quote = frozen_now(work, client, fresh, proposals.lines(work, fresh))
            drafts.accept(work, fresh, client, digest)
        run_now("plans.make_version", {"proposal_id": str(draft.id)}, coplan)

    def night(self, later: int = 0) -> None:
        """The outlook is made anew, as every night, so many days from now."""
        with self.circle.coplan.open_work() as work:
            work.now += timedelta(days=later)
            commands.work_out(work, self.circle.client)
        self.circle.coplan.jobs.run_waiting()

    def rings(self, who: Account | None = None, later: int = 0) -> list[Ring]:
        """What alarms say to be seen on their page."""
        with reading(self.circle.coplan, who or self.circle.mei) as work:
            work.now += timedelta(days=later)
            return [ring for ring, _ in queries.rings(work, self.circle.client)]

    def stored(self) -> Outlook | None:
        with reading(self.circle.coplan, self.circle.mei) as work:
            return stored(work, self.circle.client)

    def line_id(self) -> UUID:
        """The one support of the plan, by the key that stays the same."""
        with reading(self.circle.coplan, self.circle.mei) as work:
            found = standing(work, self.circle.client)
            assert found is not None
            return UUID(found.reaches[0].line.id)

    def was(self, until: date, prices: str) -> None:
        """When it was worked out last, the money lasted until this day, by other price lists."""
        with self.circle.coplan.open_work() as work:
            wanted = select(Outlook).where(Outlook.client_id == self.circle.client.id)
            row = work.session.scalars(unscoped(wanted, "an earlier day")).one()
            row.until, row.prices = until, prices

    def letters(self) -> list[Path]:
        """The letters that alarms sent."""
        return sorted(self.circle.coplan.settings.mail_folder.glob("alarm-*.eml"))


def _core(amount: Money) -> Terms:
    return Terms("Core supports", Management.SELF, ("01", "04"), amount, key="core")


def with_money(circle: Circle) -> Purse:
    """A plan in which the money pays for twelve visits."""
    shower = circle.line("Help in the shower", circle.sunrise, Money(68_00), support="self_care")
    circle.accepted(shower)
    with acting(circle.coplan, circle.mei) as work:
        last = circle.first + timedelta(days=55)
        plan = funding.type_letter(work, circle.client, Letter(NDIS, circle.first, last))
        funding.add_part(work, plan, _core(Money(PAID * 136_00)))
    return Purse(circle)
