"""A monthly statement of Support at Home: what was there, what came, what each service took, and what is left.

It is worked out from the services that are written down, so a statement says what it does not include. What nobody told
stays unknown: an opening balance that is not known makes the closing balance unknown, and never zero.
Source of the parts it holds: Department of Health, Disability and Ageing, monthly statements (confidence A).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from budgeting.explain import SAID, Figure, shown
from budgeting.explain.sums import less
from budgeting.money import ZERO, Money, total
from budgeting.package import Component, Funding, FundingPeriod
from budgeting.period import DAY, Period, month_of
from budgeting.programs.support_at_home.account import close, quarter
from budgeting.programs.support_at_home.everyday import CARE_MANAGEMENT
from budgeting.programs.support_at_home.facts import fact, started
from budgeting.programs.support_at_home.granted import ACCOUNT, CARE, components
from budgeting.programs.support_at_home.idle import note
from budgeting.programs.support_at_home.relieving import relieved
from budgeting.programs.support_at_home.statement_rows import (
    PAID,
    TAKEN,
    WRITTEN_DOWN,
    Group,
    Service,
    added,
    care_minutes,
    group,
    groups,
)
from budgeting.words import Value, Words, nwords, words
from budgeting.working import COUNTED, MINUS, PARTS, PLUS, TOLD, exactly, lowest

TAKEN_BY = words("Taken by services")


@dataclass(frozen=True, slots=True)
class Balance:
    """One part of the funding over a month; ``ends`` is the last day on which its money can be spent, if it has one."""

    key: str
    name: Value
    opening: Figure
    added: Figure
    taken: Figure
    closing: Figure
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """What becomes of the closing balance of a quarter: what goes on, and what ends with it."""

    goes_on: Figure
    ends: Figure
    settled: date  #: the last day for claims; what goes on is expected until then


@dataclass(frozen=True, slots=True)
class Statement:
    """A month: balances by the part of the funding, services by kind, care management apart, earlier months apart."""

    month: Period
    balances: tuple[Balance, ...]
    groups: tuple[Group, ...]
    care: Group
    care_minutes: Figure
    adjustments: tuple[Service, ...]
    questioned: tuple[Service, ...]
    contributions: Figure
    onward: Onward | None
    notes: tuple[Words, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a month: the services that count, what statements told, and the months of which one heard."""

    funding: Funding
    month: Period
    services: Sequence[Service]
    told: Mapping[date, Money]
    heard: Collection[date] | None

    @property
    def is_heard(self) -> bool:
        return self.heard is None or month_of(self.month.first).first in self.heard


def due(month: Period) -> date:
    """The day by which a provider sends the statement of a month: the last day of the month after.

    Source: Department of Health, Disability and Ageing, monthly statements (confidence B).
    """
    return month_of(month.last + DAY).last


def statement(
    funding: Funding,
    month: Period,
    services: Sequence[Service],
    told: Mapping[date, Money] | None = None,
    heard: Collection[date] | None = None,
) -> Statement:
    """The statement of a month from all services that are known, also those of the months before in its quarter.

    Hardship and the lifetime cap are taken off, service after service.

    ``told``: opening balances of the account by the first day of their month, as a provider's statement says them.
    ``heard``: the first days of the months of which anything is written down, also that nothing came; what services
    took in any other is not known. None: they are all there.
    """
    settled = relieved(services, funding)
    counted = [one for one in settled if not one.questioned]
    inside = [one for one in counted if one.posted in month]
    care = [one for one in inside if one.fund == CARE]
    others = [one for one in inside if one.fund != CARE and not one.adjusts]
    adjusted = [one for one in inside if one.fund != CARE and one.adjusts]
    known = _Known(funding, month, counted, told or {}, heard)
    held = _balances(known)
    paid = words("You pay for this month")
    return Statement(
        month=month,
        balances=held,
        groups=groups(others),
        care=group(CARE_MANAGEMENT, words("Care management"), care),
        care_minutes=care_minutes(care),
        adjustments=tuple(adjusted),
        questioned=tuple(one for one in settled if one.questioned and one.posted in month),
        contributions=added(paid, inside, PAID, _unseen(funding)) if known.is_heard else _untold(paid),
        onward=_onward(funding, month, held),
        notes=_notes(funding, month, counted, care),
    )


def balances(
    funding: Funding,
    month: Period,
    services: Sequence[Service],
    told: Mapping[date, Money] | None = None,
    heard: Collection[date] | None = None,
) -> tuple[Balance, ...]:
    """The balances of a statement alone, for who asks what is left and not for what."""
    counted = [one for one in relieved(services, funding) if not one.questioned]
    return _balances(_Known(funding, month, counted, told or {}, heard))


def _untold(label: Words) -> Figure:
    return Figure(label, None, not_included=(words("Nothing was told or entered for these days yet."),))


def _unseen(funding: Funding) -> tuple[Words, ...]:
    """What services that nobody wrote down may change: how much is left under the lifetime cap."""
    return (WRITTEN_DOWN,) if funding.given.contributed is not None else ()


def _notes(funding: Funding, month: Period, counted: Sequence[Service], care: Sequence[Service]) -> tuple[Words, ...]:
    found = []
    served = [min(one.last, month.last) for one in counted if one.price >= ZERO and one.first <= month.last]
    unused = note(max(started(), funding.entered), served, month.last) if funding.entered else None
    if unused is not None:
        found.append(unused)
    least = fact("care_management_activities", "any", month.last)
    if len(care) < least.number:
        found.append(
            nwords(
                "No care management is written down for this month. At least {n} contact a month is due to you.",
                "Too little care management is written down for this month. At least {n} contacts a month are due to "
                "you.",
                least.number,
            )
        )
    return tuple(found)


# balances, fund by fund


def _balances(known: _Known) -> tuple[Balance, ...]:
    looked = replace(known.funding, period=quarter(known.month.first), spent=ZERO, spent_until=None)
    last = known.month.last
    return tuple(
        _balance(one, replace(known, services=[each for each in known.services if each.fund == one.key]))
        for one in components(looked)
        if not one.apart and one.key != CARE and not (one.periods and one.periods[0].period.first > last)
    )


def _balance(component: Component, known: _Known) -> Balance:
    month, services = known.month, known.services
    ongoing = component.key == ACCOUNT
    opening = _opening(component, known) if ongoing else _before(component, month, services)
    added = _added(component, month)
    taken = _taken(month, services) if known.is_heard else _untold(TAKEN_BY)
    label = words("Closing balance on {day}", day=month.last)
    if isinstance(opening.value, Money) and isinstance(added.value, Money) and isinstance(taken.value, Money):
        value = opening.value + added.value - taken.value
        text = words(
            "{opening} at the start, {added} added, less {taken}",
            opening=opening.value,
            added=added.value,
            taken=taken.value,
        )
        working = exactly(opening.value, PLUS, added.value, MINUS, taken.value)
        closing = Figure(label, value, text, (opening, added, taken), working=working)
    else:
        text = words("It is not known, since something above is not known yet.")
        closing = Figure(label, None, text, (opening, added, taken))
    ends = component.periods[-1].period.last if component.periods and not ongoing else None
    return Balance(component.key, shown(component.name), opening, added, taken, closing, ends)


def _opening(component: Component, known: _Known) -> Figure:
    """What the account held when the month began, from the month before, or as told where a quarter begins."""
    funding, month, told = known.funding, known.month, known.told
    label = words("Opening balance on {day}", day=month.first)
    if month.first in told:
        return Figure(label, told[month.first], words("As a statement says"), source=SAID, working=TOLD)
    within = quarter(month.first)
    first_day = max(started(), funding.entered or date.min)
    if first_day >= month.first:
        return Figure(label, ZERO, words("Support at Home began on {day}.", day=first_day), working=COUNTED)
    if month.first > within.first:
        before = _balance(component, replace(known, month=month_of(month.first - DAY))).closing
        text = words("The closing balance of the month before")
        return Figure(label, before.value, text, (before,), working=PARTS if before.value is not None else None)
    brought = funding.given.brought
    if brought is not None and funding.period.first in within:
        text = words("What went on from the quarter before, as you told us")
        return Figure(label, brought.amount, text, source=SAID, working=TOLD)
    text = words("What went on from the quarter before is not known yet. It stands on the statement of your provider.")
    return Figure(label, None, text)


def _before(component: Component, month: Period, services: Sequence[Service]) -> Figure:
    """What money that was granted once still held: what was released, less what was taken before the month."""
    label = words("Opening balance on {day}", day=month.first)
    if component.periods:
        released = total([one.amount for one in component.periods if one.period.first < month.first])
    else:
        released = component.amount
    earlier = added(
        words("Taken before"), [one for one in services if one.posted < month.first], TAKEN, (WRITTEN_DOWN,)
    )
    if not isinstance(earlier.value, Money):
        return Figure(label, None, words("It is not known, since something below is not known yet."), (earlier,))
    text = words("{released} granted, less {taken} before", released=released, taken=earlier.value)
    return less(label, released, earlier.value, text, (earlier,), SAID)


def _added(component: Component, month: Period) -> Figure:
    label = words("Added in this month")
    credited = [one for one in component.periods if one.period.first in month]
    parts = tuple(one.how or _released(one) for one in credited)
    if not parts:
        return Figure(label, ZERO, words("Nothing was added in this month."), working=COUNTED)
    return Figure(label, total([one.amount for one in credited]), parts=parts, working=PARTS)


def _released(one: FundingPeriod) -> Figure:
    label = words("{first} to {last}", first=one.period.first, last=one.period.last)
    return Figure(label, one.amount, source=SAID, working=TOLD)


def _taken(month: Period, services: Sequence[Service]) -> Figure:
    taken = [one for one in services if one.posted in month]
    return added(TAKEN_BY, taken, TAKEN, (WRITTEN_DOWN,))


def _onward(funding: Funding, month: Period, balances: Sequence[Balance]) -> Onward | None:
    """What goes on when the month ends a quarter; None inside of one, and while the balance is not known."""
    within = quarter(month.first)
    account = next((one for one in balances if one.key == ACCOUNT), None)
    if month.last != within.last or account is None or not isinstance(account.closing.value, Money):
        return None
    looked = replace(funding, period=within, spent=ZERO, spent_until=None)
    held = next(one for one in components(looked) if one.key == ACCOUNT)
    limit, most = held.periods[-1].keeps, held.periods[-1].keeps_how
    if limit is None:
        return None
    left = max(ZERO, account.closing.value)
    closing = close(left, ZERO, limit, within.last)
    settles = closing.settles
    goes_on = Figure(
        label=words("Goes on to the next quarter"),
        value=closing.carried,
        sum=words("{left} is left, and at most {most} goes on", left=left, most=limit),
        parts=(most,) if most else (),
        rule=words("It is expected until all claims of the quarter are in, by {day} at the latest.", day=settles),
        rule_source=fact("claim_days", "any", within.last).source,
        working=lowest(left, limit),
    )
    ends = less(words("Ends with the quarter"), left, closing.carried, words("What is left, less what goes on"))
    return Onward(goes_on, ends, settles)


# beside the provider's own statement


@dataclass(frozen=True, slots=True)
class Beside:
    """One amount of the provider's statement beside ours; ``reasons`` say why they differ, where anything here does."""

    label: Words
    ours: Figure
    theirs: Money | None
    by: Money | None  #: theirs less ours; None while one of the two is not known
    reasons: tuple[Words, ...]


def beside(
    made: Statement, opening: Money | None, closing: Money | None, contributions: Money | None
) -> tuple[Beside, ...]:
    """What a provider's statement of the account says, beside ours; what was not told is None."""
    account = next((one for one in made.balances if one.key == ACCOUNT), None)
    found = []
    if account is not None:
        first = _beside(account.opening, opening)
        found.append(first)
        last = _beside(account.closing, closing)
        found.append(replace(last, reasons=tuple(_why(made, last.by, first.by))))
    paid = _beside(made.contributions, contributions)
    found.append(replace(paid, reasons=_same(paid.by, _rows(made), lambda one: one.contribution.value)))
    return tuple(found)


def _beside(ours: Figure, theirs: Money | None) -> Beside:
    value = ours.value
    by = theirs - value if theirs is not None and isinstance(value, Money) else None
    return Beside(ours.label, ours, theirs, by, ())


def _why(made: Statement, by: Money | None, before: Money | None) -> Iterator[Words]:
    """Why the closing balances differ: what differed before, then a service that would explain the rest."""
    if not by:
        return
    if before:
        yield words("{amount} of it was there already when the month began.", amount=before)
    rest = by - (before or ZERO)
    if not rest:
        return
    found = _same(rest, _rows(made), lambda one: one.taken)
    yield from found or (words("{amount} of it has no reason here. Compare the services one by one.", amount=rest),)


def _rows(made: Statement) -> list[Service]:
    return [*(one for each in made.groups for one in each.services), *made.adjustments]


def _same(by: Money | None, rows: Sequence[Service], amount: Callable[[Service], Value | None]) -> tuple[Words, ...]:
    """The services whose amount is exactly a difference: perhaps one of the two statements leaves it out."""
    if not by:
        return ()
    fitting = [one for one in rows if amount(one) in (by, -by)]
    return tuple(
        words(
            "It is exactly what {service} on {day} comes to. Perhaps one of the two leaves it out, or has it twice.",
            service=one.name,
            day=one.first,
        )
        for one in fitting[:2]
    )
