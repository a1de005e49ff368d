"""What can be spent now: a component's released money less what was spent, each figure with its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from budgeting import programs
from budgeting.explain import NOT_TOLD, Confidence, Figure, Source, as_told, shown
from budgeting.living.equipment import free_of
from budgeting.money import ZERO, Money, total
from budgeting.package import Component, Funding, FundingPeriod, Package
from budgeting.period import Period
from budgeting.pricing import quote
from budgeting.programs.support_at_home.rules import ACCOUNT
from budgeting.words import Words, words
from budgeting.working import MINUS, PARTS, PLUS, TOLD, exactly

GIVEN = Source("", confidence=Confidence.GIVEN)
EARLY = words("Money is there from the first day of its funding period. Later money cannot be used early.")


@dataclass(frozen=True, slots=True)
class Released:
    """One funding period as it stands today: past, now or to come."""

    period: Period
    amount: Money
    state: str  # "past", "now" or "next"
    how: Figure | None


@dataclass(frozen=True, slots=True)
class Left:
    """One component as it stands today, in figures whose value is None while it is not known.

    ``now`` is what can be spent: what was released and not spent (``unspent``), less what is ``held`` in it.
    """

    component: Component
    spent_known: bool
    released: Money
    unspent: Figure
    held: Figure | None
    whole: Figure
    periods: tuple[Released, ...]
    taken: Money | None  # told as spent, and delivered since; None while it is not known
    until: date | None  # the day up to which that is
    used: int | None  # percent of the released money, None while it is not known
    differ: Money | None  # what the periods add up to, when that is not the whole amount

    @property
    def now(self) -> Figure:
        """What can be spent now."""
        free = free_of(self.unspent, self.held) if self.held else self.unspent
        return replace(free, label=words("{part}: what can be spent now", part=shown(self.component.name)))

    @property
    def released_by_now(self) -> Figure:
        """What is released so far, period by period, under the name of the component."""
        return replace(self.unspent.parts[0], label=words("{name}", name=shown(self.component.name)))


def of(
    funding: Funding,
    program: str,
    spent_known: dict[str, bool],
    today: date,
    since: Mapping[str, Figure] = MappingProxyType({}),
    held: Mapping[str, Figure] = MappingProxyType({}),
) -> tuple[Left, ...]:
    """Every component as it stands today; ``spent_known`` says for which keys the spending was told.

    ``since``: what was delivered after the day up to which that was told, by the key of the component. Of money that is
    granted once beside an account, such as a tier for equipment, nobody tells what was spent: what is written down
    counts. ``held``: what is held in each part, by the same key.
    """
    components = programs.rules(program).components(funding)
    rule = programs.program(program).parameters.source("money_over_time", today)
    return tuple(
        _one(one, funding, spent_known.get(one.key, not one.apart), today, rule, since.get(one.key), held.get(one.key))
        for one in components
    )


def _one(
    component: Component,
    funding: Funding,
    known: bool,
    today: date,
    rule: Source,
    since: Figure | None,
    held: Figure | None,
) -> Left:
    periods = component.periods or (FundingPeriod(funding.period, component.amount),)
    begun = [one for one in periods if one.period.first <= today]
    released = component.carried + total([one.amount for one in begun])
    spent = component.spent if known else None
    since = since if known and since is not None and since.value else None
    taken = spent + since.value if spent is not None and since and isinstance(since.value, Money) else spent
    whole = total([one.amount for one in periods]) if component.periods else component.amount
    opened = funding.opened if component.key == ACCOUNT else None
    return Left(
        component=component,
        spent_known=known,
        released=released,
        unspent=_unspent(component, begun, released, spent, today, rule, since)
        if opened is None or spent is None
        else _opened(component, begun, opened, released - spent, rule, since),
        held=held,
        whole=_whole(component, spent, since),
        periods=tuple(Released(one.period, one.amount, _state(one.period, today), one.how) for one in periods),
        taken=taken,
        until=today if since else component.spent_until or today,
        used=_percent(taken, released) if taken is not None else None,
        differ=whole if whole != component.amount else None,
    )


def _unspent(
    component: Component,
    begun: list[FundingPeriod],
    released: Money,
    spent: Money | None,
    today: date,
    rule: Source,
    since: Figure | None,
) -> Figure:
    released_by = Figure(
        label=words("Released by {day}", day=today),
        value=released,
        sum=words("What was released on the first day of each funding period so far"),
        parts=(*brought(component), *(_released(one) for one in begun)),
        working=PARTS,
    )
    said: dict[str, Money | date] = {"released": released, "day": today}
    if spent is None:
        sum_ = words("{released} was released by {day}, less what was spent, which is not known yet", **said)
        return Figure(_label(component), None, sum_, (released_by,), EARLY, rule, (NOT_TOLD,))
    if since is not None and isinstance(since.value, Money):
        more = since.value
        sum_ = words(
            "{released} was released by {day}, less {spent} spent, less {more} delivered since",
            spent=spent,
            more=more,
            **said,
        )
        working = exactly(released, MINUS, spent, MINUS, more)
        parts = (released_by, *_told(component, spent), since)
        return Figure(_label(component), released - spent - more, sum_, parts, EARLY, rule, working=working)
    sum_ = words("{released} was released by {day}, less {spent} spent", spent=spent, **said)
    working = exactly(released, MINUS, spent)
    return Figure(_label(component), released - spent, sum_, (released_by,), EARLY, rule, working=working)


def brought(component: Component) -> tuple[Figure, ...]:
    """What was brought from the time before, where anything was."""
    return (as_told(words("Brought from before"), component.carried),) if component.carried else ()


def _opened(
    component: Component,
    begun: list[FundingPeriod],
    opened: tuple[date, Money],
    there: Money,
    rule: Source,
    since: Figure | None,
) -> Figure:
    """The same from the morning on which a statement said what there was; ``there``: with what was released since."""
    day, opening = opened
    more, taken = there - opening, since.value if since is not None and isinstance(since.value, Money) else ZERO
    text = words("As a statement says")
    parts = [Figure(words("Opening balance on {day}", day=day), opening, text, source=GIVEN, working=TOLD)]
    parts += [_released(one) for one in begun if one.period.first >= day]
    parts += [since] if since is not None else []
    sum_ = words("{opening} at the start, {added} added, less {taken}", opening=opening, added=more, taken=taken)
    working = exactly(opening, PLUS, more, MINUS, taken)
    return Figure(_label(component), there - taken, sum_, tuple(parts), EARLY, rule, working=working)


def _told(component: Component, spent: Money) -> tuple[Figure, ...]:
    """What was told as spent, with its day; supports delivered later stand beside it."""
    day = component.spent_until
    return (as_told(words("Told as spent, up to {day}", day=day), spent),) if day else ()


def _released(one: FundingPeriod) -> Figure:
    if one.how:
        return one.how
    label = words("{first} to {last}", first=one.period.first, last=one.period.last)
    return Figure(label, one.amount, source=GIVEN, working=TOLD)


def _label(component: Component) -> Words:
    return words("{part}: released and not spent", part=shown(component.name))


def _whole(component: Component, spent: Money | None, since: Figure | None) -> Figure:
    label, granted = words("{part}: left of the whole plan", part=shown(component.name)), _granted(component)
    amount = granted.amount
    if spent is None:
        text = words("{amount} granted, less what was spent, which is not known yet", amount=amount)
        return Figure(label, None, text, source=GIVEN, not_included=(NOT_TOLD,))
    more = since.value if since is not None and isinstance(since.value, Money) else None
    if since is None or more is None:
        text = words("{amount} granted, less {spent} spent", amount=amount, spent=spent)
        how: tuple[Figure, ...] = (granted,) if granted.parts else ()
        return Figure(label, amount - spent, text, how, source=GIVEN, working=exactly(amount, MINUS, spent))
    text = words(
        "{amount} granted, less {spent} spent, less {more} delivered since", amount=amount, spent=spent, more=more
    )
    working = exactly(amount, MINUS, spent, MINUS, more)
    parts = (granted, *_told(component, spent), since)
    return Figure(label, amount - spent - more, text, parts, source=GIVEN, working=working)


def _granted(component: Component) -> Figure:
    """The amount of a component, with what was brought from the time before."""
    if not component.carried:
        return as_told(words("Granted"), component.amount)
    whole = component.amount + component.carried
    parts = (as_told(words("Granted"), component.amount), *brought(component))
    return Figure(words("Granted"), whole, parts=parts, working=PARTS)


def _state(period: Period, today: date) -> str:
    if period.last < today:
        return "past"
    return "now" if period.first <= today else "next"


def _percent(spent: Money, released: Money) -> int:
    return spent.minor * 100 // released.minor if released else (100 if spent else 0)


def all_together(parts: tuple[Left, ...]) -> Figure:
    """What is left of all components; not known while one of them is not."""
    label = words("All parts together: left of the whole plan")
    figures = tuple(one.whole for one in parts if not one.component.apart)
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
    return isinstance(one.unspent.value, Money) and one.unspent.value < ZERO
