"""The answer to "how long does my money last": a draft, priced as it is."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.explain import Figure
from budgeting.explain.describe import in_one_phrase
from budgeting.explain.totals import contributions_figure, lapsed_figure
from budgeting.forecast import Outlook, lasts_until
from budgeting.forecast.reach import hours_paid
from budgeting.letters import parts
from budgeting.money import total
from budgeting.package import Line, Package
from budgeting.period import Period
from budgeting.pricing import quote
from budgeting.programs.support_at_home.rules import ACCOUNT
from budgeting.quotation import Finding, Quote
from budgeting.words import Words, words
from budgeting.working import PARTS
from portal.funding.model import FundingPlan
from portal.funding.queries import funding_values
from portal.funding.week import package_line
from portal.start.draft import Draft

ADDED = words("The parts below added up")
NOT_YET = frozenset({"no_provider", "no_purpose", "no_price"})  # a first look needs no names; prices are asked above


@dataclass(frozen=True, slots=True)
class Answer:
    """What a draft comes to. ``since`` is the first day that is counted; ``untold`` that spending was not."""

    outlook: Outlook
    plan: FundingPlan
    since: date
    untold: Words | None
    findings: tuple[Finding, ...]
    contribution: Figure | None
    hours: Figure  # that are left from today on
    first_hours: Figure  # of them, those up to the day the money lasts
    lapsed: Figure | None  # what does not carry over on the way


def of(draft: Draft, now: datetime, today: date, editions: Editions) -> Answer | None:
    """Price the draft; None when the plan has ended, or is spent to its last day.

    Each line is counted from the day after its component was last known to be spent. Where that is not known, the
    ordinary week is counted from the first day of the plan, as if it had always been so.
    """
    plan = draft.plan(now)
    funding = funding_values(plan, today)
    whole = Package(plan.program, funding.period, draft.place, funding, _lines(draft, funding.period, {}, editions))
    paid_by = {one.line.id: one.component for one in quote(whole, editions, programs.calendar()).lines}
    told = _spent_until(plan)
    starts = {line: told[key] + timedelta(1) for line, key in paid_by.items() if key is not None and told.get(key)}
    lines = _lines(draft, funding.period, starts, editions)
    if not lines:
        return None
    since = min(line.period.first for line in lines)
    package = replace(whole, period=Period(since, funding.period.last), lines=lines)
    outlook = lasts_until(package, editions, programs.calendar())
    return Answer(
        outlook=outlook,
        plan=plan,
        since=since,
        untold=_untold(plan, {key for key in paid_by.values() if key}, told),
        findings=tuple(one for one in outlook.quote.findings if one.kind not in NOT_YET),
        contribution=contributions_figure(outlook.quote) if plan.classification else None,
        hours=hours_paid(outlook.quote, max(today, since)),
        first_hours=hours_paid(outlook.quote, max(today, since), outlook.until),
        lapsed=_lapsed(outlook.quote),
    )


def _lapsed(quoted: Quote) -> Figure | None:
    """What does not carry over from one funding period to the next; None where everything does."""
    pieces = tuple(
        lapsed_figure(part, number)
        for part in quoted.components
        for number, one in enumerate(part.periods)
        if one.lapsed
    )
    whole = total([one.lapsed for one in quoted.components])
    return Figure(words("What does not carry over"), whole, ADDED, pieces, working=PARTS) if pieces else None


def _untold(plan: FundingPlan, used: Set[str], told: Mapping[str, date]) -> Words | None:
    """That nobody said what was spent, by part where it was said for another; None where it is known."""
    if not used - told.keys():
        return None
    named = [parts.shown(one.name) for one in plan.components if one.key in used - told.keys()]
    if told and named:
        return words(
            "You did not say what was spent of {parts}, so we count your ordinary week there from that day on, as if "
            "it had always been so.",
            parts=in_one_phrase(named),
        )
    return words(
        "You did not say what was spent, so we count your ordinary week from that day on, as if it had always been so."
    )


def _spent_until(plan: FundingPlan) -> dict[str, date]:
    """Up to which day the spending of each component is known, by its key."""
    known = {one.key: one.spent_until for one in plan.components if one.spent is not None and one.spent_until}
    if plan.spent is not None and plan.spent_until:
        known[ACCOUNT] = plan.spent_until
    return known


def _lines(draft: Draft, period: Period, starts: Mapping[str, date], editions: Editions) -> tuple[Line, ...]:
    """The lines of the week, each to the end of the funding; one whose first day is later is left out."""
    made = []
    for number, line in enumerate(draft.week, 1):
        first = max(period.first, starts.get(str(number), period.first))
        if first <= period.last:
            days = Period(first, period.last)
            made.append(package_line(line, number, days, draft.program, draft.place, editions))
    return tuple(made)
