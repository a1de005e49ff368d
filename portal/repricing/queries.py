"""How re-pricing goes and what it did to each plan, as far as the reader may see it; totals without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import aliased

from budgeting.compare.repricing import Outcome, Repricing
from budgeting.money import ZERO, Money
from budgeting.period import DAY
from budgeting.words import Words, words
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Action, Resource
from portal.catalogue.model import Edition
from portal.changes import causes, drafts
from portal.changes.model import ChangeRequest
from portal.db import among
from portal.funding import queries as funding
from portal.language import ENGLISH, LANGUAGES, plain
from portal.people import history, next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.proposals.frozen import thaw
from portal.repricing.effects import lists, mended, repriced
from portal.repricing.letter import reason
from portal.repricing.model import RepricedPlan, RepricingRun
from portal.repricing.proposing import proposed
from portal.work import NotVisible, Work

S = TypeVar("S", bound=Any)

history.about("repricing.", Resource.BUDGET)

FEWEST = 5  # our own choice: totals of fewer plans than this could tell whose they are
REMEMBERED = timedelta(days=60)  # our own choice: how long a person is reminded of what nobody settled


class Kind(StrEnum):
    """Which plans somebody looks at."""

    ALL = "all"
    EARLIER = "earlier"
    DEARER = "dearer"
    CHEAPER = "cheaper"
    ABOVE = "above"
    UNCLEAR = "unclear"
    SAME = "same"


def _of(kind: Kind) -> ColumnElement[bool] | None:
    return {
        Kind.EARLIER: RepricedPlan.earlier.is_(True),
        Kind.DEARER: RepricedPlan.outcome == Outcome.DEARER,
        Kind.CHEAPER: RepricedPlan.outcome == Outcome.CHEAPER,
        Kind.ABOVE: RepricedPlan.above > 0,
        Kind.UNCLEAR: RepricedPlan.outcome == Outcome.UNCLEAR,
        Kind.SAME: RepricedPlan.outcome == Outcome.SAME,
    }.get(kind)


def runs(work: Work) -> Sequence[RepricingRun]:
    """Every re-pricing, the newest first; it says nothing about anybody."""
    return work.session.scalars(select(RepricingRun).order_by(RepricingRun.asked_at.desc()).limit(50)).all()


def run(work: Work, run_id: UUID) -> RepricingRun:
    """One re-pricing; NotVisible when there is none."""
    found = work.session.get(RepricingRun, run_id)
    if found is None:
        raise NotVisible
    return found


def editions_of_runs(work: Work, found: Iterable[RepricingRun]) -> Mapping[UUID, Edition]:
    """The price lists that some re-pricings were about."""
    ids = {one.edition_id for one in found}
    return {one.id: one for one in work.session.scalars(select(Edition).where(Edition.id.in_(ids)))}


def lists_to_try(work: Work) -> Sequence[Edition]:
    """The price lists a re-pricing can be begun for, the newest first."""
    return work.session.scalars(select(Edition).order_by(Edition.valid_from.desc(), Edition.place.desc())).all()


def _seen(statement: S, work: Work, of: RepricingRun) -> S:
    """The plans of one re-pricing whose money and whose person the reader may see: a row names the person."""
    found: S = limit(statement, work, RepricedPlan).where(
        RepricedPlan.run_id == of.id,
        RepricedPlan.client_id.in_(limit(select(Client.id), work, Client)),
        _of_a_plan_to_be_seen(work),
    )
    return found


def _of_a_plan_to_be_seen(work: Work) -> ColumnElement[bool]:
    """Only of plans that the reader may read as well: what prices do to a plan tells its supports one by one."""
    return RepricedPlan.version_id.in_(limit(select(PlanVersion.id), work, PlanVersion))


def counts(work: Work, of: RepricingRun) -> Mapping[Kind, int]:
    """How many of the plans the reader may see are of each kind."""
    row = work.session.execute(_seen(select(*_counted()).select_from(RepricedPlan), work, of)).one()
    return {kind: int(number or 0) for kind, number in zip(Kind, row, strict=True)}


def _counted() -> list[ColumnElement[int]]:
    found: list[ColumnElement[int]] = []
    for kind in Kind:
        condition = _of(kind)
        found.append(func.count() if condition is None else func.sum(case((condition, 1), else_=0)))
    return found


@dataclass(frozen=True)
class Totals:
    """All plans of a re-pricing together; a count below FEWEST is None, and so is any amount of so few."""

    plans: int
    kinds: Mapping[Kind, int | None]
    before: Money | None
    after: Money | None


def totals(work: Work, of: RepricingRun) -> Totals:
    """What a price list does to everybody together, without names: for those who keep the price lists."""
    if not work.can(Resource.PRICES, Action.WRITE):
        raise NotVisible
    amounts = (func.sum(RepricedPlan.cost_before), func.sum(RepricedPlan.cost_after))
    wanted = select(*_counted(), *amounts).where(RepricedPlan.run_id == of.id)
    row = work.session.execute(unscoped(wanted, "totals of many plans, without names")).one()
    kinds = {kind: int(number or 0) for kind, number in zip(Kind, row[: len(Kind)], strict=True)}
    enough = kinds[Kind.ALL] >= FEWEST
    return Totals(
        plans=kinds[Kind.ALL],
        kinds={kind: number if number == 0 or number >= FEWEST else None for kind, number in kinds.items()},
        before=_money(row[-2]) if enough else None,
        after=_money(row[-1]) if enough else None,
    )


def _money(found: Money | int | None) -> Money:
    return found if isinstance(found, Money) else Money(int(found)) if found else ZERO


def plans(
    work: Work, of: RepricingRun, kind: Kind = Kind.ALL, first: int = 0, many: int | None = None
) -> Sequence[tuple[RepricedPlan, Client]]:
    """The plans the reader may see, with whose they are: those that run dry earlier first, then the dearest."""
    found = _seen(select(RepricedPlan, Client).join(Client, Client.id == RepricedPlan.client_id), work, of)
    condition = _of(kind)
    if condition is not None:
        found = found.where(condition)
    in_order = found.order_by(
        RepricedPlan.earlier.desc(),
        case((RepricedPlan.earlier.is_(True), RepricedPlan.dry_after), else_=None),
        (RepricedPlan.cost_after - RepricedPlan.cost_before).desc(),
        Client.name,
        Client.id,
    )
    return [(row[0], row[1]) for row in work.session.execute(in_order.offset(first).limit(many))]


def sums(work: Work, of: RepricingRun) -> tuple[Money, Money]:
    """What all plans the reader may see cost together, before and after."""
    wanted = select(func.sum(RepricedPlan.cost_before), func.sum(RepricedPlan.cost_after))
    row = work.session.execute(_seen(wanted, work, of)).one()
    return _money(row[0]), _money(row[1])


def of_client(work: Work, client: Client, run_id: UUID, action: Action = Action.READ) -> RepricedPlan:
    """What one re-pricing did to this client's plan; NotVisible otherwise."""
    wanted = visible(work, RepricedPlan, action).where(
        RepricedPlan.client_id == client.id, RepricedPlan.run_id == run_id, _of_a_plan_to_be_seen(work)
    )
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def worked_out(work: Work, client: Client, row: RepricedPlan, of: RepricingRun) -> Repricing | None:
    """The same plan counted again now, to be explained; None when it cannot be any more."""
    edition = work.session.get(Edition, of.edition_id)
    of_client = select(PlanVersion).where(PlanVersion.client_id == client.id).order_by(PlanVersion.number)
    versions = work.session.scalars(unscoped(of_client, "the figures of a plan that was found")).all()
    known = [one.id for one in versions]
    if edition is None or row.version_id not in known:
        return None
    letters = funding.counting_for_jobs(work, [client.id]).get(client.id, ())
    return repriced(work, client, versions[: known.index(row.version_id) + 1], letters, lists(work, edition))


# What is suggested because of it


@causes.shown("repricing")
def _cause(work: Work, about: UUID) -> causes.Cause | None:
    """For whoever may see what the prices did to the plan."""
    wanted = visible(work, RepricedPlan).where(RepricedPlan.id == about, _of_a_plan_to_be_seen(work))
    row = work.session.scalar(wanted)
    return causes.Cause(words("The prices from {day}", day=run(work, row.run_id).since), row.path) if row else None


@drafts.source("repricing")
def suggested(work: Work, about: UUID) -> drafts.Suggested | None:
    """A change that puts each price above a limit down to what may be paid, and makes the money last where it can.

    Where neither is possible it holds no edit yet: people look at the plan together.
    """
    row = work.session.scalar(unscoped(select(RepricedPlan).where(RepricedPlan.id == about), "a job knows the id"))
    if row is None:
        return None
    of = run(work, row.run_id)
    client = people.client_of(work, row.client_id, "whose plan it is")
    found, edition = worked_out(work, client, row, of), work.session.get(Edition, of.edition_id)
    version = _version(work, row)
    if found is None or edition is None:
        return None
    day = max(of.since, work.today(client), version.starts)
    fix = mended(found, lists(work, edition), day)
    edits, lower = proposed(found, thaw(version.content), of.since, day, fix)
    said = reason(found, fix.words if fix else None, lower=lower)
    language = LANGUAGES.get(client.language, ENGLISH)
    return drafts.Suggested(client.id, "\n".join(plain(one, language) for one in said), day, edits)


def _version(work: Work, row: RepricedPlan) -> PlanVersion:
    wanted = select(PlanVersion).where(PlanVersion.id == row.version_id)
    return work.session.scalars(unscoped(wanted, "the plan that was counted")).one()


def own_draft(work: Work, row: RepricedPlan) -> UUID:
    """The id of the change that is drafted because of it for this reader: each has their own until somebody asks."""
    return uuid5(row.id, str(work.account_id))


def drafted(work: Work, rows: Iterable[RepricedPlan]) -> Mapping[UUID, UUID]:
    """The changes drafted because of these that the reader may read, by what each is because of."""
    ids = {row.id: (own_draft(work, row), row.request_id) for row in rows if row.request_id is not None}
    wanted = limit(select(ChangeRequest.id), work, ChangeRequest)
    seen = set(work.session.scalars(wanted.where(among(ChangeRequest.id, chain(*ids.values()))))) if ids else ()
    found = {row: next((one for one in some if one in seen), None) for row, some in ids.items()}
    return {row: one for row, one in found.items() if one is not None}


def proposable(work: Work, row: RepricedPlan) -> bool:
    """Whether a change can be drafted: the new prices do something to the plan, and it is not over yet."""
    client = people.client_of(work, row.client_id, "whose plan it is")
    return row.affected and thaw(_version(work, row).content).period.last >= work.today(client)


# What waits


@next_steps.of_clients
def new_prices(work: Work, clients: Mapping[UUID, Client]) -> Iterable[tuple[UUID, NextStep]]:
    """The newest price list that does something to a plan, until somebody says that it needs nothing more."""
    wanted = (
        limit(select(RepricedPlan, RepricingRun.since), work, RepricedPlan)
        .join(RepricingRun, RepricingRun.id == RepricedPlan.run_id)
        .where(
            among(RepricedPlan.client_id, clients),
            RepricedPlan.counted_at > work.now - REMEMBERED,
            _of_a_plan_to_be_seen(work),
            ~_overtaken(),
        )
        .order_by(RepricedPlan.counted_at)
    )
    newest = {row.client_id: (row, since) for row, since in work.session.execute(wanted)}
    for client_id, (row, since) in newest.items():
        if row.settled_at is None and row.matters:
            yield client_id, NextStep(_said(row, since), row.path, urgent=row.earlier)


def _overtaken() -> ColumnElement[bool]:
    """Whether a newer version than the one that was counted is agreed: its price has the new list in it anyway."""
    counted, newer = aliased(PlanVersion), aliased(PlanVersion)
    agreed = newer.state.in_((VersionState.AGREED, VersionState.IN_FORCE))
    of_it = counted.id == RepricedPlan.version_id, newer.client_id == RepricedPlan.client_id
    return exists().where(*of_it, newer.number > counted.number, agreed)


def _said(row: RepricedPlan, day: date) -> Words:
    if row.earlier and row.dry_after is not None:
        until = row.dry_after - DAY
        if row.dry_before is None:
            return words("With the prices from {day} the money lasts until {until} only.", day=day, until=until)
        return words(
            "With the prices from {day} the money lasts until {until} instead of {before}.",
            day=day,
            until=until,
            before=row.dry_before - DAY,
        )
    if row.outcome is Outcome.DEARER:
        return words("With the prices from {day} the plan costs {more} more.", day=day, more=row.more)
    if row.outcome is Outcome.CHEAPER:
        return words("With the prices from {day} the plan costs {less} less.", day=day, less=-row.more)
    return words("New prices hold from {day}. See what they mean for the plan.", day=day)
