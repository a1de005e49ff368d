"""What can be spent now: a component's released money less what was spent, each figure with its explanation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budgeting import programs
from budgeting.explain import Confidence, Figure, Source, shown
from budgeting.money import ZERO, Money, total
from budgeting.package import Component, Funding, FundingPeriod, Package
from budgeting.period import Period
from budgeting.pricing import quote
from budgeting.words import Words, words
from budgeting.working import MINUS, PARTS, TOLD, exactly

GIVEN = Source("", confidence=Confidence.GIVEN)
EARLY = words("Money is there from the first day of its funding period. Later money cannot be used early.")
NOT_TOLD = words("What was spent so far is not known yet.")


@dataclass(frozen=True, slots=True)
class Released:
    """One funding period as it stands today: past, now or to come."""

    period: Period
    amount: Money
    state: str  # "past", "now" or "next"
    how: Figure | None


@dataclass(frozen=True, slots=True)
class Left:
    """One component as it stands today; ``now`` and ``whole`` are figures whose value is None while it is not known."""

    component: Component
    spent_known: bool
    released: Money
    now: Figure
    whole: Figure
    periods: tuple[Released, ...]
    used: int | None  # percent of the released money, None while it is not known
    differ: Money | None  # what the periods add up to, when that is not the whole amount

    @property
    def released_by_now(self) -> Figure:
        """What is released so far, period by period, under the name of the component."""
        return replace(self.now.parts[0], label=words("{name}", name=shown(self.component.name)))


def of(funding: Funding, program: str, spent_known: dict[str, bool], today: date) -> tuple[Left, ...]:
    """Every component as it stands today; ``spent_known`` says for which keys the spending was told."""
    components = programs.rules(program).components(funding)
    rule = programs.program(program).parameters.source("money_over_time", today)
    return tuple(_one(one, funding, spent_known.get(one.key, False), today, rule) for one in components)


def _one(component: Component, funding: Funding, known: bool, today: date, rule: Source) -> Left:
    periods = component.periods or (FundingPeriod(funding.period, component.amount),)
    begun = [one for one in periods if one.period.first <= today]
    released = total([one.amount for one in begun])
    spent = component.spent if known else None
    whole = total([one.amount for one in periods]) if component.periods else component.amount
    return Left(
        component=component,
        spent_known=known,
        released=released,
        now=_now(component, begun, released, spent, today, rule),
        whole=_whole(component, spent),
        periods=tuple(Released(one.period, one.amount, _state(one.period, today), one.how) for one in periods),
        used=_percent(spent, released) if spent is not None else None,
        differ=whole if whole != component.amount else None,
    )


def _now(
    component: Component, begun: list[FundingPeriod], released: Money, spent: Money | None, today: date, rule: Source
) -> Figure:
    released_by = Figure(
        label=words("Released by {day}", day=today),
        value=released,
        sum=words("What was released on the first day of each funding period so far"),
        parts=tuple(_released(one) for one in begun),
        working=PARTS,
    )
    said: dict[str, Money | date] = {"released": released, "day": today}
    if spent is None:
        sum_ = words("{released} was released by {day}, less what was spent, which is not known yet", **said)
        return Figure(_label_now(component), None, sum_, (released_by,), EARLY, rule, (NOT_TOLD,))
    sum_ = words("{released} was released by {day}, less {spent} spent", spent=spent, **said)
    working = exactly(released, MINUS, spent)
    return Figure(_label_now(component), released - spent, sum_, (released_by,), EARLY, rule, working=working)


def _released(one: FundingPeriod) -> Figure:
    if one.how:
        return one.how
    label = words("{first} to {last}", first=one.period.first, last=one.period.last)
    return Figure(label, one.amount, source=GIVEN, working=TOLD)


def _label_now(component: Component) -> Words:
    return words("{part}: what can be spent now", part=shown(component.name))


def _whole(component: Component, spent: Money | None) -> Figure:
    label = words("{part}: left of the whole plan", part=shown(component.name))
    if spent is None:
        text = words("{amount} granted, less what was spent, which is not known yet", amount=component.amount)
        return Figure(label, None, text, source=GIVEN, not_included=(NOT_TOLD,))
    text = words("{amount} granted, less {spent} spent", amount=component.amount, spent=spent)
    return Figure(label, component.amount - spent, text, source=GIVEN, working=exactly(component.amount, MINUS, spent))


def _state(period: Period, today: date) -> str:
    if period.last < today:
        return "past"
    return "now" if period.first <= today else "next"


def _percent(spent: Money, released: Money) -> int:
    return spent.minor * 100 // released.minor if released else (100 if spent else 0)


def all_together(parts: tuple[Left, ...]) -> Figure:
    """What is left of all components; not known while one of them is not."""
    label = words("All parts together: left of the whole plan")
    figures = tuple(one.whole for one in parts)
    values = [figure.value for figure in figures if isinstance(figure.value, Money)]
    known = len(values) == len(figures)
    sum_ = words("The parts below added up")
    missing = () if known else (NOT_TOLD,)
    value = total(values) if known else None
    return Figure(label, value, sum_, figures, source=GIVEN, not_included=missing, working=PARTS)


def notes(package: Package) -> tuple[Words, ...]:
    """What a program has to say about the funding itself, for instance that its amounts may be out of date."""
    quoted = quote(package, programs.shipped(package.program), programs.calendar())
    return tuple(one.words for one in programs.rules(package.program).findings(quoted))


def overspent(one: Left) -> bool:
    """Whether more was spent than is released, which the funder may not pay."""
    return isinstance(one.now.value, Money) and one.now.value < ZERO
