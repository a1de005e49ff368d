"""Three balances of one part of the funding: ours, the funder's, the plan manager's, and why they differ.

A difference is taken apart into what is written down here (claims on their way, claims not made yet, payments after
their day, entries that are missing in their list) and a rest that nothing here explains, which is said as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from budgeting.explain import NOT_TOLD, SAID, Figure, as_told, shown
from budgeting.explain.sums import less
from budgeting.money import ZERO, Money, total
from budgeting.package import Component
from budgeting.period import Period
from budgeting.spending import UNCOUNTED, Entry, EntryState
from budgeting.words import Name, Words, nwords, words
from budgeting.working import COUNTED, MINUS, exactly


class Keeper(StrEnum):
    """Who keeps a balance of somebody's money beside us."""

    FUNDER = "funder"
    PLAN_MANAGER = "plan_manager"
    PROVIDER = "provider"

    @property
    def words(self) -> Words:
        """Who it is, in a few words."""
        return _KEEPERS[self]


_KEEPERS = {
    Keeper.FUNDER: words("The funder"),
    Keeper.PLAN_MANAGER: words("The plan manager"),
    Keeper.PROVIDER: words("The provider"),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment in a list that somebody else keeps: the day of the support, and the amount."""

    day: date
    amount: Money
    item: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A balance as somebody else told it: what is left at the end of a day. ``payments`` None: no list came with it."""

    keeper: Keeper
    on: date
    left: Money
    payments: tuple[Payment, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why their balance is higher (or, below zero, lower) than ours. ``by`` None: it needs a look."""

    words: Words
    by: Money | None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Their balance less ours on the same day, taken apart; ``rest`` is what no reason explains."""

    told: Told
    ours: Figure
    by: Figure
    reasons: tuple[Reason, ...]
    rest: Money | None

    @property
    def explained(self) -> bool:
        """Whether nothing is left to find out."""
        return self.rest == ZERO


def ours(component: Component, entries: Sequence[Entry], on: date) -> Figure:
    """What is left of a component at the end of a day by what is written down here.

    The amount granted, less what was told as spent, less every entry after the told day that somebody owes or has paid.
    An entry that is questioned or refused takes nothing. Nothing is known before the day up to which spending was told,
    and nothing at all while nobody has told it: money that was spent unseen is then in no figure.
    """
    label = words("{part}: left on {day}, as written down here", part=shown(component.name), day=on)
    told, until = component.spent, component.spent_until
    if until is None:
        return Figure(label, None, NOT_TOLD)
    if until > on:
        text = words("What was spent is told up to {day}. Before that day nothing is known.", day=until)
        return Figure(label, None, text)
    since = counted(entries, component, on)
    granted = as_told(words("Granted"), component.amount)
    spent = as_told(words("Spent until {day}, as noted here", day=until), told)
    parts = (granted, spent, since_figure(since))
    taken = total([one.takes for one in since])
    text = words("What was granted, less what was spent and what was delivered since")
    working = exactly(component.amount, MINUS, told, MINUS, taken)
    missing = (words("Supports that are not written down here yet."),)
    return Figure(
        label, component.amount - told - taken, text, parts, source=SAID, not_included=missing, working=working
    )


def counted(entries: Iterable[Entry], component: Component, on: date) -> list[Entry]:
    """The entries that ours takes off: of this component, up to and including a day, and not inside what was told."""
    until = component.spent_until
    return [
        one
        for one in entries
        if one.component == component.key
        and one.first <= on
        and one.state not in UNCOUNTED
        and not (until is not None and one.inside(until))
    ]


def of_days(entries: Iterable[Entry], days: Period) -> list[Entry]:
    """The entries whose support was delivered on some days: the day of the service decides which plan pays."""
    return [one for one in entries if one.first in days]


def since_figure(entries: Sequence[Entry]) -> Figure:
    """What some entries take together, which were delivered after what was told as spent."""
    label = nwords("{n} support since", "{n} supports since", len(entries))
    return Figure(label, total([one.takes for one in entries]), source=SAID, working=COUNTED)


def difference(component: Component, entries: Sequence[Entry], told: Told, mine: Figure | None = None) -> Difference:
    """Why their balance is not ours: each reason with its amount, and the rest.

    ``mine`` is what is left on that day where it is worked out elsewhere; without it ``ours`` is asked.
    """
    mine = mine or ours(component, entries, told.on)
    label = words("{keeper} says {left}", keeper=told.keeper.words, left=told.left)
    if not isinstance(mine.value, Money):
        return Difference(told, mine, Figure(label, None, words("Ours is not known for that day.")), (), None)
    by = told.left - mine.value
    text = words("{theirs} there, {ours} here", theirs=told.left, ours=mine.value)
    figure = less(label, told.left, mine.value, text, (mine,), SAID)
    reasons = tuple(_reasons(counted(entries, component, told.on), entries, component, told))
    rest = by - total([one.by for one in reasons if one.by is not None])
    return Difference(told, mine, figure, reasons, rest)


def _reasons(since: Sequence[Entry], entries: Sequence[Entry], component: Component, told: Told) -> Iterable[Reason]:
    if told.payments is not None:
        yield from _by_list(since, entries, component, told)
        return
    open_ = [one for one in since if _unclaimed(one, told.on)]
    if open_:
        yield Reason(
            nwords("{n} support is not claimed yet.", "{n} supports are not claimed yet.", len(open_)),
            total([one.takes for one in open_]),
            tuple(open_),
        )
    way = [one for one in since if not _unclaimed(one, told.on) and not _paid(one, told.on)]
    if way:
        yield Reason(
            nwords(
                "{n} claim is on its way: made, and not paid on that day.",
                "{n} claims are on their way: made, and not paid on that day.",
                len(way),
            ),
            total([one.takes for one in way]),
            tuple(way),
        )


def _unclaimed(one: Entry, on: date) -> bool:
    if one.state is EntryState.PAID and one.claimed_on is None:
        return not _paid(one, on)
    return one.claimed_on is None or one.claimed_on > on


def _paid(one: Entry, on: date) -> bool:
    return one.state is EntryState.PAID and (one.paid_on is None or one.paid_on <= on)


def _by_list(since: Sequence[Entry], entries: Sequence[Entry], component: Component, told: Told) -> Iterable[Reason]:
    """What is in one list and not in the other; two payments are the same when day and amount are."""
    until = component.spent_until or date.min
    listed = [one for one in told.payments or () if one.day <= told.on]
    theirs = Counter((one.day, one.amount.minor) for one in listed)
    missing = []
    for one in since:
        key = (one.first, one.takes.minor)
        if theirs[key]:
            theirs[key] -= 1
        else:
            missing.append(one)
    if missing:
        yield Reason(_missing_there(missing), total([one.takes for one in missing]), tuple(missing))
    known = {(one.first, one.takes.minor): one for one in entries if one.state in UNCOUNTED}
    for day, minor in sorted(one for one in theirs.elements() if one[0] > until):
        amount, refused = Money(minor), known.get((day, minor))
        if refused is not None:
            text = words("They paid {amount} for {day}, which is questioned or refused here.", amount=amount, day=day)
            yield Reason(text, -amount, (refused,))
        else:
            text = words("They list {amount} for {day}, which is not written down here.", amount=amount, day=day)
            yield Reason(text, -amount)


def _missing_there(missing: Sequence[Entry]) -> Words:
    if len(missing) == 1:
        (one,) = missing
        return words(
            "{provider}, {day}, {amount} is not in their list.",
            provider=Name(one.provider),
            day=one.first,
            amount=one.takes,
        )
    return nwords("{n} support is not in their list.", "{n} supports are not in their list.", len(missing))


def rest_said(rest: Money) -> Words:
    """What to do about a difference that nothing here explains."""
    if rest > ZERO:
        return words(
            "{rest} more is left there, and nothing here says why. Perhaps they do not know of a support yet.",
            rest=rest,
        )
    return words(
        "{rest} less is left there, and nothing here says why. Perhaps a support is not written down here.", rest=-rest
    )
