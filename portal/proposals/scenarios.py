"""Scenarios as far as the reader may see them, priced like a draft; and packages they are made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select

from budgeting.compare import PART
from budgeting.package import Agreed, Line as PlainLine, Package, Unpaid
from budgeting.quotation import Quote
from budgeting.words import Name, Value, words
from portal.access.scope import limit, visible
from portal.funding import queries as funding
from portal.funding.by_day import on_day
from portal.funding.model import FundingPlan
from portal.funding.week import OnHolidays
from portal.goals import queries as goals
from portal.people import history
from portal.people.model import Client
from portal.proposals import draft_rows, pricing, queries
from portal.proposals.draft_rows import DraftLine
from portal.proposals.frozen import FrozenProposal, thaw
from portal.proposals.kept import KeptLine, Scenario
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.queries import Draft
from portal.proposals.terms import Terms
from portal.work import NotVisible, Work

Content = Callable[[Work, Client], str | None]
F = TypeVar("F", bound=Content)
_IN_FORCE: list[Content] = []


def plan_in_force(find: F) -> F:
    """Name the function that finds the frozen content of the plan in force, where the reader may see it."""
    _IN_FORCE.append(find)
    return find


CameFrom = Callable[[Work, Client, UUID], tuple[Value, str] | None]
_CAME_FROM: list[CameFrom] = []


def came_from(find: CameFrom) -> CameFrom:
    """Name a function that knows what a scenario was made for: what that is called, and its address."""
    _CAME_FROM.append(find)
    return find


def made_for(work: Work, client: Client, scenario_id: UUID) -> tuple[Value, str] | None:
    """What a scenario was made for, where the reader may see that; None when it was made for nothing else."""
    return next(filter(None, (find(work, client, scenario_id) for find in _CAME_FROM)), None)


def in_force(work: Work, client: Client) -> FrozenProposal | None:
    """The plan in force with every change that was agreed since; None without one, or where the reader may not see it.

    Before the first day of any version it is the newest that was agreed.
    """
    content = next(filter(None, (find(work, client) for find in _IN_FORCE)), None)
    return thaw(content) if content else None


@dataclass(frozen=True)
class Around:
    """What packages of one client are priced with, read once: funding, providers by id, goals by id."""

    client: Client
    letters: Sequence[FundingPlan]
    providers: Mapping[UUID, str]
    purposes: Mapping[UUID, str]

    def setting(self, work: Work, proposal: Proposal) -> pricing.Setting:
        """What one package is priced with; its proposal may be a value that is never stored."""
        values = pricing.funding_of(work, self.client, proposal, on_day(self.letters, proposal.starts))
        return pricing.Setting(self.client, proposal, self.providers, self.purposes, values)

    def quote(self, work: Work, proposal: Proposal, lines: Iterable[tuple[str, Terms]]) -> Quote:
        """The calculator's answer for some lines under their keys."""
        return pricing.quote(work, self.setting(work, proposal), lines)


def around(work: Work, client: Client) -> Around:
    """Funding, providers and goals of a client, as the reader may see them."""
    return Around(client, funding.counting(work, client), queries.providers(work), goals.texts(work, client))


def scenarios(work: Work, client: Client) -> Sequence[Scenario]:
    """The reader's own scenarios and those that were shared, in the order in which they were made."""
    wanted = visible(work, Scenario).where(Scenario.client_id == client.id, Scenario.deleted_at.is_(None))
    return work.session.scalars(wanted.order_by(Scenario.made_at, Scenario.id)).all()


def scenario(work: Work, client: Client, scenario_id: UUID) -> Scenario:
    """One of them, also one that its maker has just deleted; NotVisible otherwise."""
    wanted = visible(work, Scenario).where(Scenario.id == scenario_id, Scenario.client_id == client.id)
    found = work.session.scalars(wanted).one_or_none()
    if found is None or (found.deleted_at is not None and found.made_by != work.account_id):
        raise NotVisible
    return found


def as_proposal(one: Scenario) -> Proposal:
    """What a scenario is priced as: a draft that is a value here and never stored."""
    return _value(one.client_id, one.proposal_id, one.title, one.program, one.starts, one.ends)


def _value(client_id: UUID, id: UUID, title: str, program: str, starts: date, ends: date) -> Proposal:
    return Proposal(
        id=id,
        client_id=client_id,
        title=title,
        program=program,
        starts=starts,
        ends=ends,
        state=ProposalState.DRAFT,
    )


def as_draft(work: Work, at: Around, one: Scenario) -> Draft:
    """A scenario with everything a page of a draft shows: its lines under their keys, priced."""
    proposal = as_proposal(one)
    lines = [
        DraftLine(line.key, line.key, one.version, line.terms, None, None, None, one.made_at if line.out else None)
        for line in one.lines
    ]
    setting = at.setting(work, proposal)
    counted = [(line.ref, line.terms) for line in lines if line.counts]
    return Draft(at.client, proposal, lines, setting, pricing.quote(work, setting, counted))


@dataclass(frozen=True)
class Side:
    """One package to be compared: where it is, what it is called, and its lines."""

    key: str  #: "draft-…", "plan" or "scenario-…", for addresses
    kind: Value
    title: Value
    href: str
    proposal: Proposal
    lines: Sequence[KeptLine]
    private: bool = False  #: nobody but the reader sees it


def sides(work: Work, client: Client) -> Sequence[Side]:
    """Everything that can be compared: the plan in force, drafts, scenarios; in the order in which they came."""
    found = [*_plan(work, client)]
    for one in reversed(queries.proposals(work, client, kept=True)):
        if one.state is ProposalState.DRAFT:
            lines = [KeptLine(line.key, line.terms) for line in draft_rows.lines(work, one) if line.counts]
            href = f"/people/{client.id}/proposals/{one.id}"
            found.append(Side(f"draft-{one.id}", words("Draft"), Name(one.title), href, one, lines))
    for kept in scenarios(work, client):
        found.append(of_scenario(kept))
    return found


def of_scenario(one: Scenario) -> Side:
    """A scenario as something to compare."""
    lines = [line for line in one.lines if not line.out]
    private = one.shared_at is None
    kind = words("Only you see this scenario") if private else words("Scenario")
    return Side(f"scenario-{one.id}", kind, Name(one.title), address(one), as_proposal(one), lines, private)


def address(one: Scenario) -> str:
    """Where a scenario is."""
    return f"/people/{one.client_id}/proposals/scenarios/{one.id}"


def _plan(work: Work, client: Client) -> Iterable[Side]:
    plan = in_force(work, client)
    if plan is not None:
        yield of_plan(client, plan)


def of_plan(client: Client, plan: FrozenProposal) -> Side:
    """What was agreed as something to compare, and to be copied."""
    days = (plan.period.first, plan.period.last)
    proposal = _value(client.id, plan.proposal_id, plan.title, plan.program, *days)
    lines = [KeptLine(line.id, line.terms) for line in plan.lines]
    return Side("plan", words("Plan"), words("The plan in force"), f"/people/{client.id}/plan", proposal, lines)


# from a package that was tried back to lines that can be kept


def lines_of(tried: Package, before: Package, terms: Mapping[str, Terms]) -> list[KeptLine]:
    """The lines of a package that was made from another, as they can be kept.

    ``terms`` holds what the lines of ``before`` say, by their id. A line that changes in the middle becomes two; one
    that is gone is left out, and not forgotten.
    """
    parts: dict[str, list[PlainLine]] = {line.id: [] for line in before.lines}
    for line in tried.lines:
        parts[line.id.partition(PART)[0]].append(line)
    found = []
    for line in before.lines:
        says = terms[line.id]
        found += [KeptLine(_key(part.id), _terms(part, line, says)) for part in parts[line.id]]
        if not parts[line.id]:
            found.append(KeptLine(_key(line.id), says, out=True))
    return found


def _key(line_id: str) -> UUID:
    """The key of a line; a part of one that changes in the middle gets its own, always the same one."""
    return uuid5(NAMESPACE_OID, line_id) if PART in line_id else UUID(line_id)


def _terms(line: PlainLine, was: PlainLine, terms: Terms) -> Terms:
    """What a line says when what was tried is changed in it, and nothing else."""
    skips = {*terms.more.skips, *(set(line.skips) - set(was.skips))}
    more = replace(terms.more, participants=line.participants, workers=line.workers, skips=tuple(sorted(skips)))
    first, last = line.period.first, line.period.last
    if line.provider != was.provider:  # somebody else comes, at their own price
        terms, more = replace(terms, provider_id=None, provider_name=line.provider or ""), replace(more, helper=None)
        if line.price != was.price:
            agreed = line.price.amounts[0].amount if isinstance(line.price, Agreed) else None
            terms = replace(terms, price=agreed, on_holidays=OnHolidays.SAME, holiday_price=None)
            given = line.price if isinstance(line.price, Unpaid) else None
            more = replace(more, bands=(), extras=(), third_party=None, fee=None, given=given)
    return replace(
        terms,
        schedule=line.schedule,
        starts=first if first != was.period.first else terms.starts,
        ends=last if last != was.period.last else terms.ends,
        more=more,
    )


def differing(now: Sequence[DraftLine], wanted: Sequence[KeptLine]) -> list[tuple[UUID | None, KeptLine | None]]:
    """What must change in a draft to become a scenario: the id of a line (None: a new one), and what it is to say.

    None as what it is to say takes the line out.
    """
    there = {line.key: line for line in now}
    keys = {one.key for one in wanted if not one.out}
    found: list[tuple[UUID | None, KeptLine | None]] = []
    for one in wanted:
        line = there.get(one.key)
        if one.out or (line is not None and line.counts and line.terms == one.terms):
            continue
        found.append((line.id if line else None, one))
    found += [(line.id, None) for line in now if line.counts and line.key not in keys]
    return found


@history.naming
def _names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    titled = limit(select(Scenario.id, Scenario.title), work, Scenario).where(Scenario.id.in_(ids))
    return {row.id: Name(row.title) for row in work.session.execute(titled)}
