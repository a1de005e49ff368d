"""Who pays a line on which day, where several may pay it.

Within each funding period, from the first day on which the money of a payer does not reach, every line that has a
further payer moves on, and returns when that payer's next funding period begins. A payer whose money has not begun or
has ended is passed over. Lines without a further payer stay, and are short. All lines move on the same day, so their
order does not matter. Where the money of the program moves on to other money of it, what is left on that day is used
up first: the next part pays the rest of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budgeting.charges import FIRST_DAY, LAST_DAY, Charge, EvenCharge, Ledger, shares_of, without_share
from budgeting.money import Minutes, Money
from budgeting.package import Component, OpenMoney, Package
from budgeting.period import Period, stretches
from budgeting.quotation import Drawn, LineQuote, Payment
from budgeting.totals import Account, Together

Stretch = tuple[str, int, int]  # a payer, and the first and last day (ordinals) on which it pays
Place = tuple[str, int]  # an account, and the first day of a period of it
Dry = dict[Place, int]  # first day that does not reach
Rests = dict[int, list[tuple[str, int, int]]]  # by line: who pays what is left on which day, in minor units


@dataclass(frozen=True, slots=True, eq=False)
class _Payer:
    """What is known of a payer while it is settled who pays; ``account`` is None for money without a limit."""

    key: str
    money: Component | OpenMoney
    account: Account | None
    ours: bool  # part of the program of the package, so that the client pays a share beside it

    def covers(self, day: int) -> bool:
        """Whether there is any money of this payer on a day."""
        return self.account is None or self.account.first <= day <= self.account.last

    def reaches(self, day: int, dry: Dry) -> bool:
        """Whether its money reaches on a day."""
        if self.account is None:
            return True
        return day < dry.get((self.key_of_account, self.account.period_of(day)), LAST_DAY + 1)

    @property
    def key_of_account(self) -> str:
        return self.account.keys[0] if self.account else self.key

    def cuts(self, dry: Dry) -> Iterable[int]:
        """Days on which something changes for this payer."""
        if self.account is not None:
            yield from (*self.account.starts, self.account.last + 1)
            yield from (day for (key, _), day in dry.items() if key == self.key_of_account)


def settle(
    quoted: tuple[LineQuote, ...], package: Package, components: tuple[Component, ...], accounts: tuple[Account, ...]
) -> tuple[LineQuote, ...]:
    """The lines with their payments, where several may pay or the money of others pays; all others as they are."""
    if not package.others and not any(line.line.payers for line in quoted) and not any(c.fallback for c in components):
        return quoted
    by_key = {key: account for account in accounts for key in account.keys}
    payers = {one.key: _Payer(one.key, one, by_key.get(one.key), ours=True) for one in components}
    payers.update({one.key: _Payer(one.key, one, by_key.get(one.key), ours=False) for one in package.others})
    moving = {
        number: names
        for number, line in enumerate(quoted)
        if line.component is not None and (names := _asked(line, payers)) and (len(names) > 1 or not names[0].ours)
    }
    if not moving:
        return quoted
    fixed: dict[str, list[Charge]] = {}
    for number, line in enumerate(quoted):
        if number not in moving and line.component is not None and line.counted:
            fixed.setdefault(line.component, []).extend(line.to_come(line.charges))
    dry: Dry = {}
    rests: Rests = {}
    asked = {_keys(names): names for names in moving.values()}  # most lines ask the same payers
    everybody = {one.key: one for names in asked.values() for one in names}
    while True:
        paying = {keys: _stretches(names, dry) for keys, names in asked.items()}
        charges = {key: list(known) for key, known in fixed.items()}
        for number, names in moving.items():
            if quoted[number].counted:
                for payer, parts, _ in _parts(quoted[number], names, paying[_keys(names)], rests.get(number, [])):
                    charges.setdefault(payer.key, []).extend(quoted[number].to_come(tuple(parts)))
        found = _next_dry(charges, everybody.values(), dry)
        if not found:
            break
        dry.update(found)
        for place, day in found.items():
            left = _left(everybody.values(), place, day, charges, fixed)
            _use_up(place[0], day, left, {number: (quoted[number], moving[number]) for number in moving}, dry, rests)
    return tuple(
        _paid(line, moving[number], paying[_keys(moving[number])], rests.get(number, [])) if number in moving else line
        for number, line in enumerate(quoted)
    )


def _left(
    payers: Iterable[_Payer],
    place: Place,
    day: int,
    charges: Mapping[str, list[Charge]],
    fixed: Mapping[str, list[Charge]],
) -> int:
    """What an account has left on the day on which it does not reach, less what lines that stay take from then on."""
    account = next(one.account for one in payers if one.account and one.key_of_account == place[0])
    taken = tuple(charge for key in account.keys for charge in charges.get(key, ()))
    (period,) = (
        one for one in account.total(Together([Drawn("", taken)])).periods if one.period.first.toordinal() == place[1]
    )
    start = max(place[1], account.merged.spent_until.toordinal() + 1 if account.merged.spent_until else 0)
    there = (period.planned - period.short).minor - Ledger(taken).taken(start, day - 1)
    stays = Ledger(charge for key in account.keys for charge in fixed.get(key, ()))
    return there - stays.taken(day, period.period.last.toordinal())


def _use_up(
    account: str,
    day: int,
    left: int,
    lines: Mapping[int, tuple[LineQuote, tuple[_Payer, ...]]],
    dry: Dry,
    rests: Rests,
) -> None:
    """Note who takes what an account has left on its last day: lines that go on to other money of the program."""
    before = {place: first for place, first in dry.items() if first != day or place[0] != account}
    for number, (line, names) in sorted(lines.items(), key=lambda one: one[1][0].line.id):
        of = {one.key: one for one in names}
        was, now = of[_chosen(names, day, before)], of[_chosen(names, day, dry)]
        if was is now or was.key_of_account != account or not (was.ours and now.ours and line.counted):
            continue
        asked = Ledger(line.to_come(line.charges)).taken(day, day) - sum(
            much for _, on, much in rests.get(number, ()) if on == day
        )
        if (much := min(left, asked)) > 0:
            rests.setdefault(number, []).append((was.key, day, much))
            left -= much


def _asked(line: LineQuote, payers: Mapping[str, _Payer]) -> tuple[_Payer, ...]:
    """The payers of a line that exist, in their order."""
    named = dict.fromkeys(line.line.payers or (line.component or "", *_after(line, payers)))
    return tuple(payers[key] for key in named if key in payers)


def _after(line: LineQuote, payers: Mapping[str, _Payer]) -> Iterator[str]:
    """The parts after the first payer of a line that pay by themselves what it does not reach."""
    keys = list(payers)
    for key in keys[keys.index(line.component) + 1 :] if line.component and line.component in payers else ():
        money = payers[key].money
        if isinstance(money, Component) and money.fallback and line.category in money.categories:
            yield key


def _next_dry(charges: Mapping[str, list[Charge]], payers: Iterable[_Payer], dry: Dry) -> Dry:
    """The next day on which the money of some payer does not reach, for every payer for which it is that day."""
    found: dict[tuple[str, int], int] = {}
    for account in {one.key_of_account: one.account for one in payers if one.account}.values():
        taken = tuple(charge for key in account.keys for charge in charges.get(key, ()))
        for period in account.total(Together([Drawn("", taken)])).periods:
            place = (account.keys[0], period.period.first.toordinal())
            if period.runs_dry and place not in dry:
                found[place] = period.runs_dry.toordinal()
    first = min(found.values(), default=0)
    return {place: day for place, day in found.items() if day == first}


def _keys(payers: tuple[_Payer, ...]) -> tuple[str, ...]:
    return tuple(one.key for one in payers)


def _parts(
    line: LineQuote, payers: tuple[_Payer, ...], paying: list[Stretch], rests: Sequence[tuple[str, int, int]]
) -> list[tuple[_Payer, list[Charge], int]]:
    """What each payer pays of a line in each stretch, and the share of the client that would stand beside it."""
    of = {one.key: one for one in payers}
    whole = line.funded + line.contribution == line.amount  # the share of the client is taken off what funding pays
    found: list[tuple[_Payer, list[Charge], int]] = []
    on = [day for _, day, _ in rests]
    cut = [(key, *days) for key, first, last in paying for days in stretches(first, last, on)]
    for key, first, last in cut:
        parts = _between(line.charges, first, last)
        rest = [(payer, much) for payer, day, much in rests if day == first]
        if rest:
            today = _rest(line.charges, first, sum(much for _, much in rest))
            parts = [*([today] if today.amount else []), *_between(line.charges, first + 1, last)]
            for payer, much in rest:
                ends = not today.amount and payer == rest[-1][0]  # nothing is left to pay: the time is with the last
                paid = EvenCharge(first, first, much, *((today.minutes, today.share) if ends else (0,)))
                if found and found[-1][0].key == payer:
                    found[-1] = found[-1][0], [*found[-1][1], paid], found[-1][2] + paid.share
                else:
                    found.append((of[payer], [paid], paid.share))
        if parts:
            share = shares_of(parts) if line.contribution else 0
            added = whole and share and not of[key].ours
            found.append((of[key], [without_share(part) for part in parts] if added else parts, share))
    return found


def _between(charges: Iterable[Charge], first: int, last: int) -> list[Charge]:
    return [part for charge in charges if (part := charge.between(first, last))]


def _rest(charges: Iterable[Charge], day: int, paid: int) -> EvenCharge:
    """What is left to be paid of one day when somebody paid a part of it."""
    parts = _between(charges, day, day)
    taken = Ledger(parts)
    return EvenCharge(day, day, taken.taken(day, day) - paid, taken.minutes(day, day), shares_of(parts))


def _paid(
    line: LineQuote, payers: tuple[_Payer, ...], paying: list[Stretch], rests: Sequence[tuple[str, int, int]]
) -> LineQuote:
    """A line with its payments, where it is known which money reaches."""
    payments: list[Payment] = []
    waived = 0
    for payer, parts, share in _parts(line, payers, paying, rests):
        waived += 0 if payer.ours else share
        payments.append(_payment(payer, line, parts, share if payer.ours else 0))
    return replace(
        line,
        component=payers[0].key,
        payments=tuple(payments),
        contribution=line.contribution - Money(waived),
        funded=Money(sum(one.amount.minor for one in payments)),
        charges=tuple(charge for one in payments for charge in one.charges),
    )


def _payment(payer: _Payer, line: LineQuote, parts: list[Charge], share: int) -> Payment:
    taken = Ledger(parts)
    spans = [span for part in parts if (span := _span(part))]
    return Payment(
        payer=payer.key,
        period=Period(
            date.fromordinal(min(first for first, _ in spans)), date.fromordinal(max(last for _, last in spans))
        ),
        amount=Money(taken.taken(FIRST_DAY, LAST_DAY)),
        contribution=Money(share),
        minutes=Minutes(taken.minutes(FIRST_DAY, LAST_DAY)),
        line=line.line.name,
        name=payer.money.name,
        ours=payer.ours,
        charges=tuple(parts),
        quoted=line,
    )


def _span(charge: Charge) -> tuple[int, int] | None:
    """The first and last day of a charge."""
    if isinstance(charge, EvenCharge):
        return charge.first, charge.last
    inside = charge.days.within(FIRST_DAY, LAST_DAY)
    return (inside.first, inside.last) if inside else None


def _stretches(payers: tuple[_Payer, ...], dry: Dry) -> list[Stretch]:
    """All days, cut into stretches of one payer each."""
    found: list[Stretch] = []
    for first, last in stretches(FIRST_DAY, LAST_DAY, (day for one in payers for day in one.cuts(dry))):
        key = _chosen(payers, first, dry)
        if found and found[-1][0] == key:
            found[-1] = (key, found[-1][1], last)
        else:
            found.append((key, first, last))
    return found


def _chosen(payers: tuple[_Payer, ...], day: int, dry: Dry) -> str:
    """The first payer whose money is there and reaches; else the last whose money is there, which is then short."""
    there = [one for one in payers if one.covers(day)]
    reaching = next((one for one in there if one.reaches(day, dry)), None)
    return (reaching or (there[-1] if there else payers[0])).key
