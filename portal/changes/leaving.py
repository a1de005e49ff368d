"""What is due when a change leaves a provider with nothing more to do, by the rules of the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from budgeting import programs
from budgeting.explain import Figure
from budgeting.words import Name
from portal.changes.edits import NOBODY, Edit, Party, after_lines, moves, provider_of, unpack
from portal.changes.model import ChangeRequest
from portal.changes.settling import versions_to
from portal.changes.states import RequestState
from portal.funding import queries as funding
from portal.people.model import Client
from portal.plans import queries as plans
from portal.proposals.frozen import FrozenProposal, thaw
from portal.work import Work

OVER = (RequestState.WITHDRAWN, RequestState.SUPERSEDED, RequestState.ENDED)


def left_by(plan: FrozenProposal, edits: Iterable[Edit], effective: date) -> frozenset[Party]:
    """The providers that deliver something on the day before a change, and nothing from its day on."""
    before = {provider_of(line.terms) for line in plan.lines if line.terms.ends >= effective}
    after = {provider_of(one) for _, one in after_lines(plan, moves(plan, edits, effective)) if one.ends >= effective}
    return frozenset(before - after - {NOBODY})


def due(
    work: Work, client: Client, found: ChangeRequest, only: Party | None = None
) -> tuple[date, list[tuple[Name, tuple[Figure, ...]]]]:
    """The day before a change, and what is due after it from each provider it leaves, or from ``only`` this one.

    Nothing is due where the program knows no rule.
    """
    last, plan = found.effective - timedelta(days=1), thaw(versions_to(work, found)[-1].content)
    parties = left_by(plan, unpack(found.edits), found.effective) if found.state not in OVER else frozenset()
    parties = parties if only is None else parties & {only}
    money = funding.current(work, client) if parties else None
    values = funding.funding_values(money, work.today(client)) if money and money.program == plan.program else None
    days = tuple(programs.rules(plan.program).after_leaving(values, last).values()) if parties else ()
    names = plans.provider_names(work, [one for one, _ in parties]) if days else {}
    called = [names.get(one, Name(name)) if one else Name(name) for one, name in parties]
    return last, [(name, days) for name in sorted(called, key=lambda one: one.text)] if days else []
