"""What the money of a client is played against, and how far it then reaches: for the job, and for pages at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from budgeting import pricing, programs
from budgeting.catalogue import Editions
from budgeting.explain import Figure
from budgeting.forecast.breaks import BreakKind
from budgeting.forecast.reach import Pace, Reach, hours_left, pace, reaches, short_on
from budgeting.forecast.rehearsal import Rehearsal, rehearse
from budgeting.money import Money, total
from budgeting.package import Package
from budgeting.quotation import ComponentTotal, Quote
from budgeting.words import Words
from portal.access.scope import unscoped, visible
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.funding.by_day import on_day
from portal.funding.model import FundingPlan
from portal.outlook.model import Basis
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.proposals import pricing as drafts
from portal.proposals.frozen import thaw
from portal.proposals.model import Line, Proposal, ProposalState
from portal.work import ActorKind, Work


@dataclass(frozen=True)
class Standing:
    """A priced plan (or draft) against the funding as it is now, from today on."""

    plan: FundingPlan
    basis: Basis
    proposal_id: UUID | None  #: the newest draft, to try things out with
    quote: Quote
    editions: Editions
    prices: str
    since: date  #: today where the client is

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """How far the money of each support reaches."""
        return reaches(self.quote, self.since)

    @cached_property
    def used(self) -> list[ComponentTotal]:
        """The parts of the funding that something draws on."""
        return [one for one in self.quote.components if one.lasts_until]

    @property
    def until(self) -> date | None:
        """The last day that is paid; None while nothing draws on the money."""
        return min((one.lasts_until for one in self.used if one.lasts_until), default=None)

    @cached_property
    def dry(self) -> ComponentTotal | None:
        """The part of the funding that runs dry first; None when all of them last."""
        found = [one for one in self.used if one.runs_dry]
        return min(found, key=lambda one: one.runs_dry or date.max, default=None)

    @property
    def runs_dry(self) -> date | None:
        """The first day that is not paid; None when the money lasts."""
        return self.dry.runs_dry if self.dry else None

    @property
    def short(self) -> Money:
        """What is missing on the worst day, of all parts together."""
        return total([short_on(one.periods) for one in self.used])

    @property
    def hours(self) -> Figure:
        """The hours of support that are still paid, with their explanation."""
        return hours_left(self.reaches, self.since, self.quote.complete)

    @property
    def untold(self) -> bool:
        """Whether nobody told, for every part, what was spent on the days that are over."""
        money = self.quote.package.funding
        return money is not None and money.untold(self.since)

    @property
    def pace(self) -> Pace:
        """What an average week costs, so far and as planned."""
        return pace(self.quote, self.since, not self.untold)

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """What money pays for, played through its days, with what would mend the first that breaks."""
        paid = tuple(one.line for one in self.quote.lines if one.component is not None or one.unpaid)
        return rehearse(replace(self.quote.package, lines=paid), self.editions, programs.calendar(), since=self.since)

    @property
    def fixes(self) -> tuple[Words, ...]:
        """What would make the money reach again, the gentlest first; none while it lasts."""
        if self.runs_dry is None:
            return ()
        first = self.rehearsal.first
        wanted = first is not None and first.kind is BreakKind.MONEY
        return tuple(one.words for one in self.rehearsal.fixes) if wanted else ()


def standing(work: Work, client: Client) -> Standing | None:
    """How the money of a client stands now; None without funding, or while nothing is planned with it.

    The plan that was agreed counts, while its days last; else the newest draft. Only for those who may read it.
    """
    today, letters = work.today(client), funding.letters(work, client)
    plan = on_day(letters, today)
    if plan is None:
        return None
    editions = catalogue.editions(work, plan.program)
    draft, version = _draft(work, client, plan), _version(work, client, today)
    if starts := max(today, thaw(version.content).period.first) if version else draft.starts if draft else None:
        plan = on_day(letters, starts) or plan
    package = _agreed(work, client, plan, version) if version else None
    basis = Basis.DRAFT if package is None else Basis.PLAN
    if package is None and draft:
        package = _planned(work, client, plan, draft, editions)
    if package is None or not package.lines:
        return None
    return Standing(
        plan=plan,
        basis=basis,
        proposal_id=draft.id if draft else None,
        quote=pricing.quote(held.counted(work, client, package), editions, programs.calendar()),
        editions=editions,
        prices=mark_of_prices(work, plan.program),
        since=today,
    )


def _seen(work: Work, model: Any) -> Select[Any]:
    if work.actor.kind is ActorKind.SYSTEM:
        return unscoped(select(model), "a job works on the client's own plan")
    return visible(work, model)


def _version(work: Work, client: Client, today: date) -> PlanVersion | None:
    """The version in force, else the newest that was agreed and has not begun; None when its days are over."""
    wanted = _seen(work, PlanVersion).where(
        PlanVersion.client_id == client.id, PlanVersion.state.in_((VersionState.IN_FORCE, VersionState.AGREED))
    )
    found = work.session.scalars(wanted.order_by(PlanVersion.number.desc())).all()
    in_force = [one for one in found if one.state is VersionState.IN_FORCE]
    version: PlanVersion | None = next(iter(in_force or found), None)
    return version if version is not None and thaw(version.content).period.last >= today else None


def _draft(work: Work, client: Client, plan: FundingPlan) -> Proposal | None:
    wanted = _seen(work, Proposal).where(
        Proposal.client_id == client.id,
        Proposal.state == ProposalState.DRAFT,
        Proposal.program == plan.program,
        Proposal.kept_by.is_(None),
    )
    found: Proposal | None = work.session.scalars(wanted.order_by(Proposal.created_at.desc()).limit(1)).first()
    return found


def _agreed(work: Work, client: Client, plan: FundingPlan, version: PlanVersion) -> Package | None:
    agreed = thaw(version.content)
    if agreed.program != plan.program:
        return None
    return agreed.package(funding.funding_values(plan, work.today(client)))


def _planned(work: Work, client: Client, plan: FundingPlan, draft: Proposal, editions: Editions) -> Package:
    rows = work.session.scalars(_seen(work, Line).where(Line.proposal_id == draft.id).order_by(Line.position)).all()
    at = drafts.Setting(client, draft, {}, {}, funding.funding_values(plan, work.today(client)))
    return drafts.package(at, drafts.counted(rows), editions)


def mark_of_prices(work: Work, program: str) -> str:
    """A mark of the price lists that count now: another list, another mark."""
    ids = ",".join(str(one) for one in catalogue.in_force(work, program))
    return hashlib.sha256(ids.encode()).hexdigest()[:32]
