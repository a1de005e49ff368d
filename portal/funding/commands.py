"""Typing in a funding letter, correcting it, and noting what was spent."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from budgeting.money import Money
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.funding import events, resting
from portal.funding.by_day import on_day
from portal.funding.granted import Granted, kept
from portal.funding.kept import to_json
from portal.funding.model import FundingComponent, FundingPlan, FundingState
from portal.funding.terms import Letter, Terms
from portal.people.model import Client
from portal.work import Refusal, Work, command

MOST_PARTS = 30
MOST_TOLD = 20_000  # characters of what was told beside the parts


@command(Resource.BUDGET, Action.WRITE)
def type_letter(work: Work, client: Client, letter: Letter) -> FundingPlan:
    """Type in a new letter: it counts from its first day on, and what it replaces then is kept as past.

    Until it begins, the plan that counts today goes on; every other one is replaced at once.
    """
    ours = select(FundingPlan).where(FundingPlan.client_id == client.id, FundingPlan.state == FundingState.CURRENT)
    newest_first = ours.order_by(FundingPlan.created_at.desc())
    before = work.session.scalars(unscoped(newest_first, "the command has permitted it")).all()
    today = work.today(client)
    goes_on = on_day(before, today) if letter.starts > today else None
    for one in before:
        if one is not goes_on or one.starts >= letter.starts:
            one.state, one.replaced_at = FundingState.PAST, work.now
    plan = FundingPlan(
        client_id=client.id, typed_by=work.account_id, created_at=work.now, components=[], determinations=[]
    )
    plan.take(letter)
    work.session.add(plan)
    work.session.flush()
    work.record(events.FundingTyped(client_id=client.id, subject=plan.id, starts=plan.starts))
    return plan


@command(Resource.BUDGET, Action.WRITE)
def take_back(work: Work, plan: FundingPlan, version: int) -> None:
    """Undo typing in the newest letter, while nothing rests on it: what it replaced counts again."""
    plan.expect(version)
    _must_be_current(plan)
    ours = select(FundingPlan).where(FundingPlan.client_id == plan.client_id, FundingPlan.id != plan.id)
    others = work.session.scalars(unscoped(ours, "the command has permitted it")).all()
    again = [one for one in others if plan.replaced(one)]
    counting = [one for one in others if one.state is FundingState.CURRENT]
    if not again and not counting:
        raise Refusal(words("There is no earlier letter that could count instead. Correct this one."))
    if any(one.created_at > plan.created_at for one in counting) or resting.anything(work, plan):
        raise Refusal(words("Something was written down since that rests on this letter. Correct it instead."))
    for one in again:
        one.state, one.replaced_at = FundingState.CURRENT, None
    plan.state, plan.replaced_at = FundingState.TAKEN_BACK, work.now
    work.record(events.FundingTakenBack(client_id=plan.client_id, subject=plan.id, starts=plan.starts))


@command(Resource.BUDGET, Action.WRITE)
def correct_letter(work: Work, plan: FundingPlan, version: int, letter: Letter) -> None:
    """Correct the dates and other facts of the plan as a whole; its components stay."""
    plan.expect(version)
    _must_be_current(plan)
    plan.take(letter)
    work.record(events.FundingChanged(client_id=plan.client_id, subject=plan.id))


@command(Resource.BUDGET, Action.WRITE)
def add_part(work: Work, plan: FundingPlan, terms: Terms) -> FundingComponent:
    """Add a component to the current plan."""
    _must_be_current(plan)
    if len(plan.components) >= MOST_PARTS:
        raise Refusal(words("A plan has at most {most} parts here.", most=MOST_PARTS))
    row = plan.add(terms)
    work.session.flush()
    work.record(events.PartAdded(client_id=plan.client_id, subject=plan.id, component_id=row.id, amount=row.amount))
    return row


@command(Resource.BUDGET, Action.WRITE)
def change_part(work: Work, part: FundingComponent, version: int, terms: Terms) -> None:
    """Correct a component; its key stays, so lines that name it still fit."""
    part.expect(version)
    _must_be_current(_plan_of(work, part))
    before = part.amount
    part.take(terms)
    work.record(
        events.PartChanged(
            client_id=part.client_id, subject=part.plan_id, component_id=part.id, before=before, after=part.amount
        )
    )


@command(Resource.BUDGET, Action.WRITE)
def remove_part(work: Work, part: FundingComponent, version: int) -> None:
    """Take a component out of the current plan, with its funding periods."""
    part.expect(version)
    _must_be_current(_plan_of(work, part))
    work.record(events.PartRemoved(client_id=part.client_id, subject=part.plan_id, amount=part.amount))
    work.session.delete(part)


@command(Resource.BUDGET, Action.WRITE)
def tell_granted(work: Work, plan: FundingPlan, version: int, granted: Granted) -> None:
    """Write down what was granted or told beside the parts of the current plan."""
    plan.expect(version)
    _must_be_current(plan)
    if len(granted.others) > MOST_PARTS or len(to_json(granted)) > MOST_TOLD:
        raise Refusal(words("A plan has at most {most} parts here.", most=MOST_PARTS))
    plan.more = kept(granted)
    work.record(events.FundingChanged(client_id=plan.client_id, subject=plan.id))


@command(Resource.BUDGET, Action.WRITE)
def note_spent(work: Work, part: FundingComponent, version: int, spent: Money, until: date) -> None:
    """Write down how much of a component was spent up to and including a day."""
    part.expect(version)
    _must_not_be_later(work, until)
    part.spent, part.spent_until = spent, until
    work.record(
        events.SpendingNoted(
            client_id=part.client_id, subject=part.plan_id, component_id=part.id, spent=spent, until=until
        )
    )


@command(Resource.BUDGET, Action.WRITE)
def note_account(work: Work, plan: FundingPlan, version: int, spent: Money, until: date) -> None:
    """Write down how much the whole account paid in the quarter of a day, up to that day."""
    plan.expect(version)
    _must_be_current(plan)
    _must_not_be_later(work, until)
    plan.spent, plan.spent_until = spent, until
    work.record(events.SpendingNoted(client_id=plan.client_id, subject=plan.id, spent=spent, until=until))


def _must_not_be_later(work: Work, until: date) -> None:
    if until > work.day:
        raise Refusal(words("This day has not come yet. Enter today or a day before."), "until")


def _must_be_current(plan: FundingPlan) -> None:
    if plan.state is not FundingState.CURRENT:
        raise Refusal(words("This plan is past and stays as it was. Change the current one."))


def _plan_of(work: Work, part: FundingComponent) -> FundingPlan:
    wanted = select(FundingPlan).where(FundingPlan.id == part.plan_id)
    return work.session.scalars(unscoped(wanted, "the plan of a component that is permitted")).one()
