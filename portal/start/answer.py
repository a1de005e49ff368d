"""The answer to "how long does my money last": a draft, priced as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.explain import Figure, contribution_figure
from budgeting.forecast import Outlook, lasts_until
from budgeting.money import Money, total
from budgeting.package import Package
from budgeting.period import Period
from budgeting.quotation import Finding
from budgeting.words import words
from portal.funding.model import FundingPlan
from portal.funding.queries import funding_values
from portal.funding.week import package_line
from portal.start.draft import Draft, counted_from

NOT_YET = frozenset({"no_provider", "no_purpose"})  # a first look needs neither


@dataclass(frozen=True, slots=True)
class Answer:
    """What a draft comes to. ``since`` is the first day that is counted; ``spent_known`` whether spending was told."""

    outlook: Outlook
    plan: FundingPlan
    since: date
    spent_known: bool
    findings: tuple[Finding, ...]
    contribution: Figure | None


def of(draft: Draft, now: datetime, today: date, editions: Editions) -> Answer | None:
    """Price the draft; None when the plan has ended, or is spent to its last day."""
    plan = draft.plan(now)
    funding = funding_values(plan, today)
    since = max(counted_from(plan, today), funding.period.first)
    if since > funding.period.last:
        return None
    period = Period(since, funding.period.last)
    lines = tuple(
        package_line(line, number, period, plan.program, draft.place, editions)
        for number, line in enumerate(draft.week, 1)
    )
    package = Package(plan.program, period, draft.place, funding, lines)
    outlook = lasts_until(package, editions, programs.calendar())
    told = [one.spent for one in plan.components] or [plan.spent]
    shares = [contribution_figure(line) for line in outlook.quote.lines] if plan.classification else []
    return Answer(
        outlook=outlook,
        plan=plan,
        since=since,
        spent_known=all(one is not None for one in told),
        findings=tuple(one for one in outlook.quote.findings if one.kind not in NOT_YET),
        contribution=_contribution(shares),
    )


def _contribution(shares: list[Figure]) -> Figure | None:
    """What the person pays altogether, or not known when one share is not; None where the program has no share."""
    if not shares:
        return None
    values = [one.value for one in shares if isinstance(one.value, Money)]
    known = len(values) == len(shares)
    text = words("The parts below added up")
    return Figure(words("What you pay yourself"), total(values) if known else None, text, tuple(shares))
