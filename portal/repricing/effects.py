"""What a price list does to one plan, worked out: the only place where the calculator is asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.compare.repricing import Repricing, reprice
from budgeting.forecast.mending import Fix, Mender
from budgeting.forecast.rehearsal import shortage_of
from portal.catalogue import queries as catalogue
from portal.catalogue.model import Edition
from portal.changes.effect import over
from portal.funding.by_day import on_day
from portal.funding.model import FundingPlan
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.proposals import pricing
from portal.proposals.frozen import thaw
from portal.proposals.model import Proposal
from portal.work import Work


@dataclass(frozen=True)
class Lists:
    """The price lists with a new one and without it, and the first day on which the new one holds."""

    program: str
    before: Editions
    after: Editions
    since: date


def lists(work: Work, edition: Edition) -> Lists:
    """The lists to hold a plan against. A list that a later one of the same day replaced is put in its place again."""
    others = [one for one in _in_force(work, edition.program) if one.valid_from != edition.valid_from]
    replaced = work.session.get(Edition, edition.compared_with) if edition.compared_with else None
    before = [*others, replaced] if replaced is not None and replaced.valid_from == edition.valid_from else others
    return Lists(
        edition.program,
        _editions(work, edition.program, before),
        _editions(work, edition.program, [*others, edition]),
        edition.valid_from,
    )


def _in_force(work: Work, program: str) -> list[Edition]:
    found = [work.session.get(Edition, one) for one in catalogue.in_force(work, program)]
    return [one for one in found if one is not None]


def _editions(work: Work, program: str, wanted: Sequence[Edition]) -> Editions:
    in_order = sorted(wanted, key=lambda one: one.valid_from)
    return catalogue.editions_of(work, program, [one.id for one in in_order])


def repriced(
    work: Work, client: Client, versions: Sequence[PlanVersion], letters: Sequence[FundingPlan], at: Lists
) -> Repricing | None:
    """The last of these versions with the old and the new prices; None when it is of another program.

    The earlier versions tell what is over already; ``letters`` are all that count on some days, whoever reads.
    """
    plan = thaw(versions[-1].content)
    if plan.program != at.program:
        return None
    proposal = Proposal(client_id=client.id, program=plan.program, starts=plan.period.first, ends=plan.period.last)
    letter = on_day(letters, max(work.today(client), plan.period.first))
    money = pricing.funding_of(work, client, proposal, letter)
    setting = pricing.Setting(client, proposal, {}, {}, money)
    terms = over(versions) + [(str(line.id), line.terms) for line in plan.lines]
    packages = [pricing.package(setting, terms, one) for one in (at.before, at.after)]
    return reprice(packages[0], packages[1], (at.before, at.after), programs.calendar(), at.since)


def mended(found: Repricing, at: Lists, since: date) -> Fix | None:
    """The gentlest change from a day on with which the money reaches again; None where it needs none, or none helps."""
    dry = {one.runs_dry: one.component.key for one in found.after.components if one.runs_dry}
    if not found.earlier or not dry:
        return None
    shortage = shortage_of(found.after, dry[min(dry)])
    return next(Mender(found.after, shortage, at.after, programs.calendar(), since).fixes(), None)
