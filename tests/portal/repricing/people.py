"""Words the tests of new prices are written in: two price lists, and a plan in force that they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.catalogue import OPEN_END, PriceEdition, SupportItem
from budgeting.money import Money, Quantity
from budgeting.package import Units
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.catalogue import commands as catalogue
from portal.plans.model import PlanVersion
from portal.proposals.terms import Terms
from portal.repricing.model import RepricedPlan, RepricingRun
from tests.portal.plans.people import Circle

ITEM = "01_011_0107_1_1"
OTHER_ITEM = "15_617_0128_1_3"


def a_list(valid_from: date, **prices: int | None) -> PriceEdition:
    """A price list of whole dollars: ``a_list(day, shower=70, therapy=190)``; None leaves the item out."""
    items = {"shower": (ITEM, "01"), "therapy": (OTHER_ITEM, "15")}
    rows = [
        SupportItem(
            number=items[key][0],
            name=f"A made-up item for {key}",
            category=items[key][1],
            pace_category=items[key][1],
            group="0107",
            unit="H",
            quote=False,
            starts=valid_from,
            ends=OPEN_END,
            limits={"national": Money(price * 100)},
            flags={},
            type="Price Limited Supports",
        )
        for key, price in prices.items()
        if price is not None
    ]
    return PriceEdition("ndis", valid_from, tuple(rows), f"made-up-{valid_from}.csv")


def imported(coplan: Coplan, read: PriceEdition, *, jobs: bool = True) -> UUID:
    """A price list that came in, with everything that follows from it by itself (unless the jobs are lost)."""
    with coplan.open_work() as work:
        edition_id = catalogue.import_edition(work, None, read, "0" * 64, True).edition_id
    if not jobs:
        forget_jobs(coplan)
    coplan.jobs.run_waiting()
    return edition_id


def forget_jobs(coplan: Coplan) -> None:
    """What a process had still to do when it was killed."""
    coplan.jobs._waiting.clear()


def runs(coplan: Coplan) -> Sequence[RepricingRun]:
    with coplan.open_reading() as work:
        return work.session.scalars(select(RepricingRun).order_by(RepricingRun.asked_at)).all()


def rows(coplan: Coplan) -> Sequence[RepricedPlan]:
    """What every re-pricing did to every plan."""
    with coplan.open_reading() as work:
        found = select(RepricedPlan).order_by(RepricedPlan.counted_at)
        return work.session.scalars(unscoped(found, "a test looks")).all()


def contents(coplan: Coplan) -> list[tuple[str, str]]:
    """Every plan version as it stands: its hash and its state."""
    with coplan.open_reading() as work:
        found = unscoped(select(PlanVersion).order_by(PlanVersion.id), "a test looks")
        return [(one.hash, one.state.value) for one in work.session.scalars(found)]


def at_the_limit(circle: Circle) -> Terms:
    """Thirty-two hours of help in the shower without an agreed price; public holidays make no difference to hours."""
    hours = Units(Quantity(32_000), "H")
    return replace(
        circle.line("Help in the shower", circle.sunrise, Money(0), support=ITEM, schedule=hours), price=None
    )


def dearer(circle: Circle, coplan: Coplan, **prices: int | None) -> None:
    """A list from today on, under which an hour in the shower costs 73 dollars instead of 70."""
    imported(coplan, a_list(circle.first, **{"shower": 73, "therapy": 195, **prices}))
