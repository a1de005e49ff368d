"""Funding plans a reader may see, and the one mapping from their rows to the calculator's values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from budgeting import package
from budgeting.explain import Figure
from budgeting.explain.together import added
from budgeting.letters import parts
from budgeting.money import ZERO, Money, total
from budgeting.period import Period, Place
from budgeting.programs.support_at_home.rules import ACCOUNT, quarter
from budgeting.words import Words, words
from budgeting.working import MINUS, exactly
from portal.access.scope import CLIENT, Written, limit, unscoped, visible
from portal.access.table import Action, Resource
from portal.db import among
from portal.funding import events, held, left, resting, since
from portal.funding.by_day import counts_on, followed, on_day
from portal.funding.granted import NOTHING
from portal.funding.kept import from_json
from portal.funding.model import FundingComponent, FundingPlan, FundingState, OrdinaryWeek
from portal.funding.week import WeekLine
from portal.journal import Called, JournalEntry
from portal.people import ahead, due, history, next_steps, queries as people
from portal.people.model import Client
from portal.work import ActorKind, NotVisible, Work

LOOKED_AT, LAST_DAY = words("The funding is looked at again"), words("The last day of the funding")
_PART = aliased(FundingComponent)
QUARTERS_AHEAD = 3  # how far money without an end is looked at: the present quarter and three more


def _whole(statement: Select[FundingPlan]) -> Select[FundingPlan]:
    return statement.options(
        selectinload(FundingPlan.components).selectinload(FundingComponent.periods),
        selectinload(FundingPlan.determinations),
    )


def current(work: Work, client: Client, action: Action = Action.READ, on: date | None = None) -> FundingPlan | None:
    """The funding plan that counts on a day (today without ``on``), with all its parts; None where there is none.

    A plan that was typed in before it begins counts from its first day on; until then the one before it goes on.
    """
    return on_day(counting(work, client, action), on or work.today(client))


def counting(work: Work, client: Client, action: Action = Action.READ) -> Sequence[FundingPlan]:
    """Every funding plan that counts on some days, the newest first: the one of today, and one that begins later."""
    found: Sequence[FundingPlan] = work.session.scalars(*_counting(action)(work, client=client.id)).unique().all()
    return found


def letters(work: Work, client: Client) -> Sequence[FundingPlan]:
    """The same as the reader may see them; all of them for the system's own work, where nobody reads."""
    if work.actor.kind is ActorKind.SYSTEM:
        return counting_for_jobs(work, [client.id]).get(client.id, ())
    return counting(work, client)


@cache
def _counting(action: Action) -> Written:
    return Written(
        lambda seen: (
            seen(FundingPlan, action=action)
            .where(FundingPlan.client_id == bindparam("client"), FundingPlan.state == FundingState.CURRENT)
            .order_by(FundingPlan.created_at.desc())
            .options(  # in one statement: every sheet asks for it
                joinedload(FundingPlan.components).joinedload(FundingComponent.periods),
                joinedload(FundingPlan.determinations),
            )
        )
    )


def values(work: Work, client: Client, program: str, on: date) -> package.Funding | None:
    """The money of the funding plan of a day as the calculator has it; None without one, or of another program.

    What was read of a plan is not read again while it and each of its parts are of the same version; whatever is
    written down about one gives it another. What is held or was delivered is asked for where the statement says so.
    """
    rows = work.reads.all(*_stamp()(work, client=client.id))
    chosen = on_day(rows, on)
    if chosen is None or chosen.program != program:
        return None
    stamp, worth = tuple(row[:STAMPED] for row in rows if row.id == chosen.id), chosen[STAMPED:]
    today, memory = work.today(client), work.memory
    known: package.Funding | None = memory.get((stamp, today))
    if known is None:
        plan = current(work, client, on=on)
        assert plan is not None, "it was there a moment ago, in this transaction"
        known = funding_values(plan, today)
        memory.keep((stamp, today), known)
    some_held, some_since = worth[: held.registered()], worth[held.registered() :]
    known = since.beside(work, client, known) if any(some_since) else since.newest(work, client, known)
    return held.held_in(work, client, known, some_held) if any(some_held) else known


@cache
def _stamp() -> Written:
    """Every part of each plan, each with its version; then whether anything may be held, or was delivered."""
    of_it = (FundingPlan.id, FundingPlan.version, FundingPlan.program, FundingPlan.starts, _PART.id, _PART.version)
    assert len(of_it) == STAMPED
    return Written(
        lambda seen: (
            seen(FundingPlan, *of_it, *held.worth_asking(), *since.worth_asking())
            .outerjoin(_PART, _PART.plan_id == FundingPlan.id)
            .where(FundingPlan.client_id == CLIENT, FundingPlan.state == FundingState.CURRENT)
            .order_by(FundingPlan.created_at.desc(), _PART.position)
        )
    )


STAMPED = 6  # columns about the plan and its parts


def current_for_job(work: Work, client: Client, on: date | None = None) -> FundingPlan | None:
    """The funding plan that counts on a day (today without ``on``), for the system's own work, where nobody reads."""
    found = counting_for_jobs(work, [client.id]).get(client.id, ())
    return on_day(found, on or work.today(client))


def counting_for_jobs(work: Work, client_ids: Collection[UUID]) -> Mapping[UUID, Sequence[FundingPlan]]:
    """Every funding plan that counts on some days, of several clients in a few statements; the newest first."""
    wanted = select(FundingPlan).where(
        among(FundingPlan.client_id, client_ids), FundingPlan.state == FundingState.CURRENT
    )
    in_order = _whole(wanted).order_by(FundingPlan.created_at.desc())
    found: dict[UUID, list[FundingPlan]] = {}
    for one in work.session.scalars(unscoped(in_order, "a job works on each client's own plan")):
        found.setdefault(one.client_id, []).append(one)
    return found


def plan(work: Work, client: Client, plan_id: UUID) -> FundingPlan:
    """One funding plan of this client with all its parts; NotVisible otherwise."""
    wanted = visible(work, FundingPlan).where(FundingPlan.client_id == client.id, FundingPlan.id == plan_id)
    found = work.session.scalars(_whole(wanted)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def counted_once(work: Work, client: Client, plan_id: str) -> bool:
    """Whether this is a letter of the client that the reader might have changed while it counted."""
    wanted = visible(work, FundingPlan, Action.WRITE).where(FundingPlan.client_id == client.id)
    return any(str(one.id) == plan_id for one in work.session.scalars(wanted))


def past(work: Work, client: Client) -> Sequence[FundingPlan]:
    """The client's earlier funding plans, the latest first."""
    today = work.today(client)
    over = and_(FundingPlan.state == FundingState.CURRENT, FundingPlan.starts <= today, ~counts_on(today))
    wanted = visible(work, FundingPlan).where(
        FundingPlan.client_id == client.id, or_(FundingPlan.state == FundingState.PAST, over)
    )
    return work.session.scalars(_whole(wanted).order_by(FundingPlan.starts.desc(), FundingPlan.created_at.desc())).all()


def part(work: Work, client: Client, part_id: UUID) -> tuple[FundingPlan, FundingComponent]:
    """A component of a plan that counts, or will, with the plan; NotVisible otherwise."""
    for plan in counting(work, client):
        for one in plan.components:
            if one.id == part_id:
                return plan, one
    raise NotVisible


def place(client: Client) -> Place:
    """Where the client's supports happen, for prices and public holidays."""
    return _place(client.state, client.zone, client.region, client.mmm)


_place = lru_cache(maxsize=500)(Place)


def last_day(plan: FundingPlan, today: date) -> date:
    """The last day to look at: the plan's own, or the end of the third quarter after this one when it has none."""
    if plan.ends is not None:
        return plan.ends
    last = quarter(max(today, plan.starts)).last
    for _ in range(QUARTERS_AHEAD):
        last = quarter(last + timedelta(1)).last
    return last


def first_unspent(plan: FundingPlan) -> date:
    """The first day whose money is still to be planned: the day after all spending is known, else the plan's first.

    What came before is paid already. Counted once more, a plan would seem to cost more than the funding holds.
    """
    told = [one.spent_until for one in plan.components if one.spent is not None] or [plan.spent_until]
    known = [day for day in told if day is not None]
    if len(known) < max(len(plan.components), 1):
        return plan.starts
    return max(plan.starts, min(known) + timedelta(1))


def funding_values(plan: FundingPlan, today: date) -> package.Funding:
    """A funding plan as the calculator's values; what is not known to be spent is not subtracted.

    Nothing is spent of money that begins after today. Money without an end begins with the quarter of ``spent_until``,
    or with the present quarter when that is not known.
    """
    starts = plan.starts
    unspent = starts - timedelta(1) if starts > today else None
    if plan.ends is None:
        starts = max(starts, quarter(max(plan.spent_until or today, starts)).first)
    return package.Funding(
        period=Period(starts, max(last_day(plan, today), starts)),
        components=tuple(_component(one, unspent) for one in plan.components),
        classification=plan.classification,
        entered=plan.entered,
        means_status=plan.means_status,
        cohort=plan.cohort,
        rates=tuple(
            package.ContributionRate(one.category, one.rate, one.since, one.letter_date) for one in plan.determinations
        ),
        spent=plan.spent or ZERO,
        spent_until=plan.spent_until if plan.spent is not None else unspent,
        debit_basis=plan.granted.debit_basis,
        allocation=plan.granted.allocation if plan.granted.allocation != NOTHING else None,
        others=tuple(one.component for one in plan.granted.others),
    )


def _component(row: FundingComponent, unspent: date | None) -> package.Component:
    return package.Component(
        key=row.key,
        name=parts.named(row.name),
        amount=row.amount,
        management=row.management,
        categories=row.unpacked(),
        periods=tuple(package.FundingPeriod(Period(one.starts, one.ends), one.amount) for one in row.periods),
        spent=row.spent or ZERO,
        spent_until=row.spent_until if row.spent is not None else unspent,
        stated=row.stated,
        funder=row.about.funder or None,
        carried=row.about.carried,
        fallback=row.about.fallback,
    )


def ordinary_week(work: Work, client_id: UUID) -> tuple[WeekLine, ...]:
    """The week told before there was a proposal, for the job that makes the first one; empty when none was told."""
    newest = OrdinaryWeek.told_at.desc()
    wanted = select(OrdinaryWeek).where(OrdinaryWeek.client_id == client_id).order_by(newest).limit(1)
    kept = work.session.scalar(unscoped(wanted, "a job makes the first proposal of the client"))
    return from_json(tuple[WeekLine, ...], kept.lines) if kept else ()


@history.naming
def part_names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Called]:
    """What the components among these ids are called, where the reader may see them; published names are words."""
    wanted = select(FundingComponent.id, FundingComponent.name).where(FundingComponent.id.in_(ids))
    return {row.id: parts.shown(row.name) for row in work.session.execute(limit(wanted, work, FundingComponent))}


@resting.told
def spending_noted(plan: FundingPlan) -> Select[int]:
    """What was written down as spent of a letter since it was typed in."""
    return select(JournalEntry.seq).where(
        JournalEntry.subject_id == plan.id, JournalEntry.kind == events.SpendingNoted.kind
    )


def standing(work: Work, client: Client, plan: FundingPlan, today: date) -> tuple[left.Left, ...]:
    """Every component of a plan as it stands today: what was told as spent and what was delivered since taken off."""
    holds = held.by_part(work, client)
    money = told(work, client, plan)
    return left.of(money, plan.program, known(money), today, since.by_part(work, client, money), holds)


def told(work: Work, client: Client, plan: FundingPlan, on: date | None = None) -> package.Funding:
    """A plan as the calculator's values, from what is known last: what was told as spent, or a newer statement."""
    return since.newest(work, client, funding_values(plan, on or work.today(client)), on)


def known(money: package.Funding) -> dict[str, bool]:
    """For which parts it is known what was spent, by their keys."""
    return {one.key: not one.untold for one in money.components} | {ACCOUNT: money.spent_until is not None}


@next_steps.of_clients
def letter_to_type(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, next_steps.NextStep]]:
    """Whoever may type in the letter is asked to, while there is none."""
    wanted = limit(select(FundingPlan.client_id), work, FundingPlan)
    current_ones = wanted.where(among(FundingPlan.client_id, clients), FundingPlan.state == FundingState.CURRENT)
    typed = set(work.session.scalars(current_ones))
    without = {client_id: client for client_id, client in clients.items() if client_id not in typed}
    for client_id in people.those(work, Resource.BUDGET, Action.WRITE, without) if without else ():
        text = words("Type in what your funding letter says.")
        yield client_id, next_steps.NextStep(text, f"/people/{client_id}/funding")


@ahead.of_clients
def looked_at_again(work: Work, clients: Collection[UUID], today: date) -> Iterable[tuple[UUID, date, Words]]:
    """The day by which the funder looks at a plan again, and its last day."""
    wanted = limit(select(FundingPlan.client_id, FundingPlan.reassessment, FundingPlan.ends), work, FundingPlan)
    now = wanted.where(among(FundingPlan.client_id, clients), counts_on(today))
    for client_id, again, ends in work.session.execute(now):
        if again is not None:
            yield client_id, again, LOOKED_AT
        if ends is not None:
            yield client_id, ends, LAST_DAY


@due.of_endings
def plans_end(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """The last day of the funding, where no letter for the days after it is there yet."""
    wanted = limit(select(FundingPlan.client_id, FundingPlan.ends, FundingPlan.program), work, FundingPlan)
    ending = wanted.where(among(FundingPlan.client_id, clients), counts_on(work.day), ~followed())
    for client_id, ends, program in work.session.execute(ending):
        if ends is not None:
            href = f"/people/{client_id}/funding"
            yield due.Due(client_id, due.Kind.FUNDING, ends, LAST_DAY, href, program=program)


@next_steps.at_a_glance(order=10)
def money_now(work: Work, client: Client) -> Iterable[next_steps.Glance]:
    """What can be spent now, where the spending is known; else what is released.

    Of a program with an account that is the account: money granted once for one thing buys nothing else.
    """
    plan = current(work, client)
    parts_now = standing(work, client, plan, work.today(client)) if plan else ()
    free_parts = [one for one in parts_now if not one.component.apart]
    shares = [one for one in free_parts if one.component.key == ACCOUNT] or free_parts
    if plan is None or not shares:
        return
    page = f"/people/{client.id}/funding"
    released = total([one.released for one in shares])
    values = [one.unspent.value for one in shares if isinstance(one.unspent.value, Money)]
    if len(values) < len(shares):
        note = words("What was spent is not known yet for every part.")
        label = words("Money released so far")
        figure = added(label, tuple(one.released_by_now for one in shares))
        yield next_steps.Glance(label, released, page, note, figure=figure)
        return
    spent = released - total(values)
    note = words("{spent} spent of {released} released", spent=spent, released=released)
    fill = spent.minor * 100 // released.minor if released else 0
    own = people.is_own(work, client)
    label = words("Money you can spend now") if own else words("Money that can be spent now")
    free = [one.now for one in shares]
    left_now = total([one.value for one in free if isinstance(one.value, Money)])
    if kept := total(values) - left_now:
        aside = words("{label}: {value}", label=words("Money that is held"), value=kept)
        note = words("{kind}, {much}", kind=note, much=aside)
    figure = added(label, tuple(free))
    if len(shares) > 1:  # each says what was released of it, and the note says it of all of them
        whole = added(words("Money released so far"), tuple(one.released_by_now for one in shares))
        working = exactly(released, MINUS, spent, *((MINUS, kept) if kept else ()))
        figure = Figure(label, left_now, note, (whole, *free), working=working)
    yield next_steps.Glance(label, left_now, page, note, fill, figure)
