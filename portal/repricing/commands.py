"""Holding every plan in force against a price list, and what somebody does about one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select

from budgeting.compare.repricing import Mark, Repricing
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.catalogue.model import Edition
from portal.db import among
from portal.funding import queries as funding
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.plans.telling import SELF, holders, tell
from portal.repricing import events, queries
from portal.repricing.effects import lists, repriced
from portal.repricing.model import RepricedPlan, RepricingRun, RunState
from portal.work import Refusal, Work, command, open_command

AT_A_TIME = 25  # plans in one transaction: a fraction of a second, so that nobody waits for it
NOTHING_TO_PROPOSE = words("There is nothing to draft: with the new prices this plan stays as it is.")
UP_TO_DATE = (VersionState.AGREED, VersionState.IN_FORCE)


@command(Resource.PRICES, Action.WRITE)
def start(work: Work, about: None, edition: Edition) -> RepricingRun:
    """Have every plan in force held against a price list; what is under way goes on instead of beginning twice."""
    return _start(work, edition) or _under_way(work, edition)


@open_command
def start_after_import(work: Work, edition: Edition) -> RepricingRun | None:
    """For the system: the same by itself when a list came in; None while there is no plan that it could concern."""
    return _start(work, edition)


def _start(work: Work, edition: Edition) -> RepricingRun | None:
    plans = work.session.scalar(
        unscoped(
            select(func.count(func.distinct(PlanVersion.client_id))).where(PlanVersion.state.in_(UP_TO_DATE)),
            "how many plans there are to look at",
        )
    )
    if not plans:
        return None
    waiting = select(RepricingRun.id).where(RepricingRun.edition_id == edition.id, RepricingRun.state != RunState.DONE)
    if work.session.scalar(waiting.limit(1)):
        return None
    run = RepricingRun(
        edition_id=edition.id,
        program=edition.program,
        since=edition.valid_from,
        state=RunState.WAITING,
        total=plans,
        asked_by=work.account_id,
        asked_at=work.now,
    )
    work.session.add(run)
    work.session.flush()
    work.record(events.RepricingAsked(client_id=None, subject=run.id, since=run.since))
    work.later("repricing.run", run_id=run.id)
    return run


def _under_way(work: Work, edition: Edition) -> RepricingRun:
    wanted = select(RepricingRun).where(RepricingRun.edition_id == edition.id, RepricingRun.state != RunState.DONE)
    found = work.session.scalars(wanted).first()
    if found is None:
        raise Refusal(words("There is no plan in force yet, so no plan costs more or less."))
    return found


@open_command
def go_on(work: Work, run_id: UUID) -> bool:
    """For the job: look at some more plans; whether there are still others. What was looked at is never done again."""
    run = work.session.scalar(select(RepricingRun).where(RepricingRun.id == run_id).with_for_update())
    if run is None or run.done:
        return False
    edition = work.session.get(Edition, run.edition_id)
    assert edition is not None, "a price list is never deleted"
    some = _next_clients(work, run)
    at, letters = lists(work, edition), funding.counting_for_jobs(work, some)
    for client, versions in _with_versions(work, some):
        found = repriced(work, client, versions, letters.get(client.id, ()), at)
        if found is not None:
            _keep(work, run, client, versions[-1], found)
    work.session.flush()
    run.looked += len(some)
    run.reached = some[-1] if some else run.reached
    run.state = RunState.RUNNING
    if len(some) < AT_A_TIME:
        run.state, run.finished_at = RunState.DONE, work.now
    work.record(events.RepricingWentOn(client_id=None, subject=run.id, since=run.since, looked=len(some)))
    return not run.done


def _next_clients(work: Work, run: RepricingRun) -> Sequence[UUID]:
    wanted = select(PlanVersion.client_id).where(PlanVersion.state.in_(UP_TO_DATE)).distinct()
    if run.reached is not None:
        wanted = wanted.where(PlanVersion.client_id > run.reached)
    in_order = wanted.order_by(PlanVersion.client_id).limit(AT_A_TIME)
    return work.session.scalars(unscoped(in_order, "every plan is counted again")).all()


def _with_versions(work: Work, ids: Sequence[UUID]) -> Iterable[tuple[Client, list[PlanVersion]]]:
    """Each client with the versions of the plan in order, up to the newest."""
    of_all = select(PlanVersion).where(among(PlanVersion.client_id, ids))
    in_order = of_all.order_by(PlanVersion.client_id, PlanVersion.number)
    versions = work.session.scalars(unscoped(in_order, "every plan is counted again")).all()
    clients = work.session.scalars(unscoped(select(Client).where(among(Client.id, ids)), "whose plans they are"))
    known = {client.id: client for client in clients}
    for client_id, of_client in groupby(versions, key=lambda one: one.client_id):
        yield known[client_id], list(of_client)


def _keep(work: Work, run: RepricingRun, client: Client, version: PlanVersion, found: Repricing) -> None:
    dry_before, dry_after = found.runs_dry
    paid_before, paid_after = found.paid
    marks = [mark for line in found.lines for mark in line.marks]
    row = RepricedPlan(
        client_id=client.id,
        run_id=run.id,
        version_id=version.id,
        outcome=found.outcome,
        earlier=found.earlier,
        cost_before=found.before.amount,
        cost_after=found.after.amount,
        dry_before=dry_before,
        dry_after=dry_after,
        paid_before=paid_before.count,
        paid_after=paid_after.count,
        lost=found.lost.count,
        touched=len(found.lines),
        above=marks.count(Mark.ABOVE_LIMIT),
        ended=marks.count(Mark.ENDED),
        counted_at=work.now,
    )
    work.session.add(row)
    if row.matters:
        before, after = row.cost_before, row.cost_after
        work.record(
            events.PlanRepriced(client_id=client.id, subject=row.id, since=run.since, before=before, after=after)
        )


# What somebody does about one plan


@command(Resource.BUDGET, Action.WRITE)
def write_note(work: Work, row: RepricedPlan, run: RepricingRun, note: str) -> None:
    """Add own words to the letter, before it is given."""
    if row.given_at is not None:
        raise Refusal(words("This letter was given already, so it stays as it was."))
    row.note = note
    work.record(events.LetterWritten(client_id=row.client_id, subject=row.id, since=run.since))


@command(Resource.BUDGET, Action.WRITE)
def give_letter(work: Work, row: RepricedPlan, run: RepricingRun) -> None:
    """Tell the person and whoever decides for them that the letter is there to read; only once."""
    if row.given_at is not None:
        raise Refusal(words("This letter was given already, so it stays as it was."))
    row.given_at, row.given_by = work.now, work.account_id
    work.record(events.LetterGiven(client_id=row.client_id, subject=row.id, since=run.since))
    tell(work, holders(work, row.client_id, SELF), f"prices-{row.id}", row.letter_path)


@command(Resource.CHANGE, Action.WRITE)
def draft_change(work: Work, row: RepricedPlan, run: RepricingRun) -> UUID:
    """Have a change drafted because of the new prices; whoever asks for it edits it and decides whether to ask.

    Nothing of the plan changes by it. A second call gives back the id of the first draft, of those that they may see.
    """
    own = queries.own_draft(work, row)
    drafted = queries.drafted(work, [row]).get(row.id)
    if drafted or row.request_id == own:
        return drafted or own
    if not queries.proposable(work, row):
        raise Refusal(NOTHING_TO_PROPOSE)
    row.request_id = own
    work.record(events.ChangeDrafted(client_id=row.client_id, subject=row.id, since=run.since))
    work.later(
        "changes.draft_from",
        source="repricing",
        about=row.id,
        request_id=row.request_id,
        account_id=work.account_id,
    )
    return row.request_id


@command(Resource.BUDGET, Action.WRITE)
def settle(work: Work, row: RepricedPlan, run: RepricingRun) -> None:
    """Say that nothing more needs to be done about it; it can still be read."""
    if row.settled_at is None:
        row.settled_at = work.now
        work.record(events.Settled(client_id=row.client_id, subject=row.id, since=run.since))
