"""The same money, more of this: which other supports could give way, and what each trade leaves and takes.

A trade never touches what must stay, money that is stated for a purpose, or another part of the funding. Every trade
is priced like any package, and none leaves a part of the funding shorter than it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from budgeting.catalogue import Editions
from budgeting.choosing.easings import (
    GENTLE,
    Easing,
    EasingKind,
    easings,
    fewer_units,
    from_day,
    later,
    whole_units,
)
from budgeting.choosing.wishes import Wish, granted
from budgeting.compare import PART, Difference, compare, together
from budgeting.explain import Figure
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Line, Package, Priority, Role, Units
from budgeting.period import Calendar
from budgeting.pricing import quote
from budgeting.programs import program
from budgeting.quotation import ComponentTotal, LineQuote, Quote
from budgeting.words import Words, words
from budgeting.working import ELSEWHERE, PARTS

MOST_TRIED = 24  # easings that are priced by themselves, the gentlest first
MOST_CHECKED = 10  # trades that are priced as a whole package


@dataclass(frozen=True, slots=True)
class Give:
    """What one support gives from the day on which things may change: how, and its time and money."""

    giver: LineQuote  # as it is now
    easing: Easing
    parts: tuple[Line, ...]  # what the line becomes
    saves: Money  # of what the funding pays
    lost: int  # minutes; below zero when there is more time

    @property
    def line(self) -> Line:
        """The support that gives."""
        return self.giver.line

    @property
    def minutes(self) -> Minutes:
        """The time that is lost."""
        return Minutes(max(0, self.lost))

    @property
    def order(self) -> tuple[int, int, int, int, str]:
        """What decides which one is the gentlest."""
        return self.line.gives_way, max(0, self.lost), len(self.line.purposes), GENTLE[self.easing.kind], self.line.id


@dataclass(frozen=True, slots=True)
class Trade:
    """A whole package in which the wish comes true, and what gives way for it."""

    gives: tuple[Give, ...]
    quote: Quote
    pool: tuple[str, ...]  # the parts of the funding that pay for the wish

    @property
    def package(self) -> Package:
        """The whole package, ready to be tried."""
        return self.quote.package

    @property
    def left(self) -> Money:
        """What is left in these parts at the end; negative when there was not enough before."""
        return Money(_left(self.quote, self.pool))

    @property
    def left_figure(self) -> Figure:
        """The same with its explanation; what is missing is told as an amount above zero."""
        parts = tuple(self.quote.component(key).figure for key in self.pool)
        if self.left.minor < 0:
            return Figure(words("Still missing at the end"), -self.left, parts=parts, working=ELSEWHERE)
        return Figure(words("Left at the end"), self.left, parts=parts, working=PARTS)

    @property
    def purposes(self) -> tuple[str, ...]:
        """The goals and everyday needs of the supports that give way, each once."""
        return tuple(dict.fromkeys(purpose for give in self.gives for purpose in give.line.purposes))

    @property
    def minutes_lost(self) -> Minutes:
        """The time that all supports together give."""
        return Minutes(sum(give.minutes.count for give in self.gives))


@dataclass(frozen=True, slots=True)
class Trades:
    """The answer to a wish. ``fits``: it needs no trade, the money is there."""

    wish: Wish
    wished: Words  # what there is more of
    before: Quote
    wanted: Quote  # with the wish, and nothing given
    fits: bool
    found: tuple[Trade, ...]

    @property
    def cost(self) -> Money:
        """What the wish costs."""
        return self.wanted.amount - self.before.amount

    @property
    def gained(self) -> Minutes:
        """The time there is more of."""
        return Minutes(self.wanted.minutes.count - self.before.minutes.count)

    @property
    def missing(self) -> Money:
        """What is missing at the end today, before anything is wished for, in the money that pays for the wish."""
        return max(Money(0), Money(-_left(self.before, _pool(self.before, self.before.line(self.wish.line).component))))

    @property
    def purposes(self) -> tuple[str, ...]:
        """The goals and everyday needs that the wish serves."""
        return _root(self.before, self.wish.line).line.purposes

    def difference(self, trade: Trade) -> Difference:
        """What a trade changes, line by line."""
        return compare(together(self.before), together(trade.quote))

    @property
    def sentences(self) -> tuple[Words, ...]:
        """The answer in short, each a whole sentence."""
        said = [self.wished, words("It costs {amount} more.", amount=self.cost)]
        if self.fits:
            said.append(words("The money is there. Nothing has to give way."))
        elif self.found:
            said.append(words("The money stays the same when something else gives way. It is your choice."))
            short = self.missing
            if short.minor:
                said.append(words("{amount} is missing at the end even now. No choice makes that worse.", amount=short))
            elif any(one.runs_dry for one in self.before.parts.values()):
                said.append(words("The money does not reach to the end even now. No choice makes that worse."))
        else:
            said.append(words("No trade was found that pays for it. Ask for less of it, or keep fewer supports as is."))
        return tuple(said)


def trades(
    package: Package,
    wish: Wish,
    editions: Editions,
    calendar: Calendar,
    *,
    keep: Collection[str] = (),
    since: date | None = None,
    most: int = 3,
) -> Trades:
    """The few best trades for a wish, the gentlest first: time lost, then goals touched, then how much changes.

    ``keep`` holds the ids of lines that must stay as they are; ``since`` is the day from which anything may change.
    A line that is not in the package is a KeyError; a wish that does not suit its line is a ValueError.
    """
    before = quote(package, editions, calendar)
    line = before.line(wish.line).line
    begins = max(since or package.period.first, package.period.first)
    more, wished = granted(line, wish, begins)
    asked = package.instead({line.id: more})
    wanted = quote(asked, editions, calendar)
    seeker = _Seeker(before, wanted, asked, wish, editions, calendar, begins, frozenset(keep))
    fits = seeker.within(wanted)
    return Trades(wish, wished, before, wanted, fits, () if fits else tuple(seeker.best(most)))


def _root(quoted: Quote, line_id: str) -> LineQuote:
    return next(one for one in quoted.lines if one.line.id.partition(PART)[0] == line_id)


class _Seeker:
    """Looks for trades for one wish."""

    def __init__(
        self,
        before: Quote,
        wanted: Quote,
        asked: Package,
        wish: Wish,
        editions: Editions,
        calendar: Calendar,
        since: date,
        keep: frozenset[str],
    ) -> None:
        self.before, self.wanted, self.asked, self.since, self.keep = before, wanted, asked, since, keep
        self.editions, self.calendar = editions, calendar
        self.wisher = before.line(wish.line)
        self.program = program(asked.program)
        self.pool = _pool(before, self.wisher.component)
        self.need = self._need()

    def _need(self) -> int:
        """About how many minor units must be found; the package as a whole decides in the end."""
        more = (self.wanted.funded - self.before.funded).minor
        if not self.pool:
            return more
        was, left = _left(self.before, self.pool), _left(self.wanted, self.pool)
        lasting = max(0, -left) - max(0, -was)
        return min(more, max(lasting, _short(self.wanted, self.pool) - _short(self.before, self.pool), 1))

    def within(self, quoted: Quote) -> bool:
        """Whether no part of the funding runs dry earlier, or is shorter at the end, than before."""
        if quoted.unplaced > self.before.unplaced or _open(quoted) > _open(self.before):
            return False
        was = self.before.parts
        return all(_holds(was[key], one, self.before, quoted) for key, one in quoted.parts.items())

    def best(self, most: int) -> list[Trade]:
        """The best trades of single lines, each of another line; then one of several lines together.

        What must happen gives nothing, unless nothing else is enough.
        """
        offers = sorted(self._offers(), key=lambda offer: offer.order)
        spared = [offer for offer in offers if offer.line.priority is not Priority.MUST]
        return list(self._among(spared, most)) or (list(self._among(offers, most)) if len(spared) < len(offers) else [])

    def _among(self, offers: list[Give], most: int) -> Iterator[Trade]:
        found, checked, used = 0, 0, set()
        for offer in offers:
            if found == most or checked == MOST_CHECKED:
                break
            line = offer.line.id
            if offer.saves.minor < self.need or line in used:
                continue
            checked += 1
            trade = self._trade((offer,))
            if trade:
                used.add(line)
                found += 1
                yield trade
        if found < most:
            shared = self._several([offer for offer in offers if offer.line.id not in used])
            if shared:
                yield shared

    def _several(self, offers: list[Give]) -> Trade | None:
        """Several lines that give a little each: as few of the gentlest as are enough, each as little as it can."""
        of_line: dict[str, list[Give]] = {}
        for offer in offers:
            of_line.setdefault(offer.line.id, []).append(offer)
        chosen: dict[str, Give] = {}
        for line, some in of_line.items():
            chosen[line] = max(some, key=lambda offer: (offer.saves.minor, -GENTLE[offer.easing.kind]))
            if len(chosen) > 1 and _together(chosen) >= self.need:
                trade = self._trade(tuple(self._least(chosen, of_line).values())) or self._trade(tuple(chosen.values()))
                if trade:
                    return trade
        return None

    def _least(self, chosen: dict[str, Give], of_line: dict[str, list[Give]]) -> dict[str, Give]:
        """The same lines, the later ones first, each with the gentlest offer with which all together are enough."""
        least = dict(chosen)
        for line in reversed(chosen):
            for offer in of_line[line]:  # the gentlest first
                if _together({**least, line: offer}) >= self.need:
                    least[line] = offer
                    break
        return least

    def _trade(self, offers: tuple[Give, ...]) -> Trade | None:
        """The whole package with these gifts, when the money really holds."""
        package = self.asked.instead({offer.line.id: offer.parts for offer in offers})
        quoted = quote(package, self.editions, self.calendar)
        if not self.within(quoted):
            return None
        return Trade(offers, quoted, tuple(sorted(self.pool)))

    def _offers(self) -> Iterator[Give]:
        """Ways that may save enough, or a part of it, priced by themselves; the most promising first."""
        likely = sorted(self._likely(), key=lambda one: (one[0], GENTLE[one[2].kind]))
        for _order, giver, easing in likely[:MOST_TRIED]:
            parts = from_day(giver.line, easing.line, self.since)
            alone = quote(replace(self.asked, lines=parts), self.editions, self.calendar)
            saves = giver.funded - alone.funded
            if saves.minor > 0:
                yield Give(giver, easing, parts, saves, giver.minutes.count - alone.minutes.count)

    def _likely(self) -> Iterator[tuple[tuple[int, int, int, int], LineQuote, Easing]]:
        """Every easing of every line that may give, with its place in the queue by what it would lose."""
        for giver in self._givers():
            share = self._share_left(giver)
            regular = easings(giver.line, self.program, self.since)
            for easing in (*regular, *self._by_need(giver, share)):
                lost = giver.minutes.count * (1000 - easing.keeps) // 1000 * share // 1000
                saves = _guess(giver, easing) * share // 1000
                enough = saves * 10 >= self.need * 9
                yield (0 if enough else 1, giver.line.gives_way, max(0, lost), len(giver.line.purposes)), giver, easing

    def _givers(self) -> list[LineQuote]:
        """Lines that draw on the same money and may change; those that stay, and money that is stated, never."""
        stated_parts = {one.component.key for one in self.before.parts.values() if one.component.stated}
        found = []
        for one in self.before.lines:
            same = one.component in self.pool if self.pool else one.component == self.wisher.component
            stated = one.component in stated_parts
            stays = one.line.id == self.wisher.line.id or one.line.id in self.keep
            stays = stays or one.line.role is not Role.PLANNED or one.line.period.last < self.since
            if same and not stated and not stays and one.funded.minor > 0:
                found.append(one)
        return found

    def _by_need(self, giver: LineQuote, share: int) -> Iterator[Easing]:
        """Ways whose size is worked out from what is needed: fewer units, a later beginning."""
        line, schedule = giver.line, giver.line.schedule
        available = giver.funded.minor * share // 1000
        if not available:
            return
        if isinstance(schedule, Units):
            cut = whole_units(-(-schedule.quantity.thousandths * self.need // giver.funded.minor))
            if 0 < cut < schedule.quantity.thousandths:
                yield fewer_units(line, Quantity(cut))
        if line.period.first >= self.since and line.period.days > 7:
            weeks = -(-line.period.days * self.need // (7 * giver.funded.minor))
            begins = line.period.first.toordinal() + 7 * max(1, weeks)
            if weeks * 2 <= line.period.days // 7 and begins <= line.period.last.toordinal():
                yield later(line, date.fromordinal(begins))

    def _share_left(self, giver: LineQuote) -> int:
        """The part of a line that lies after the day on which things may change, in parts per thousand."""
        line = giver.line
        if self.since <= line.period.first:
            return 1000
        return 1000 * ((line.period.last - self.since).days + 1) // line.period.days


def _together(offers: dict[str, Give]) -> int:
    return sum(offer.saves.minor for offer in offers.values())


def _guess(giver: LineQuote, easing: Easing) -> int:
    """About how many minor units an easing saves: by its time, or a rough share where it loses none."""
    kept = 1000 - easing.keeps
    if easing.kind is EasingKind.SHARED:
        kept = 500
    elif easing.keeps == 1000:
        kept = 150
    return giver.funded.minor * kept // 1000


def _pool(quoted: Quote, key: str | None) -> frozenset[str]:
    """The parts that share the money a line draws on; empty where no part of known amount pays."""
    found = quoted.parts.get(key or "")
    return frozenset(found.pool or (found.component.key,)) if found else frozenset()


def _open(quoted: Quote) -> int:
    """What money without a known limit pays: it is never asked for more, since nobody knows how much there is."""
    return sum(one.planned.minor for one in quoted.open)


def _left(quoted: Quote, pool: Iterable[str]) -> int:
    return sum(quoted.component(key).left.minor for key in pool)


def _short(quoted: Quote, pool: Iterable[str]) -> int:
    """What is missing in the funding periods together."""
    return sum(period.short.minor for key in pool for period in quoted.component(key).periods)


def _holds(was: ComponentTotal, now: ComponentTotal, before: Quote, after: Quote) -> bool:
    if (now.runs_dry or date.max) < (was.runs_dry or date.max):
        return False
    if was.runs_dry is None:
        return True
    pool = now.pool or (now.component.key,)
    enough = _left(after, pool) >= min(0, _left(before, pool))
    return enough and _short(after, pool) <= _short(before, pool)
