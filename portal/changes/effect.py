"""What a change costs: the plan before and after, priced by the calculator, and line by line from its day on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from budgeting.compare import Difference, compare
from budgeting.explain import Figure, shown
from budgeting.explain.totals import contributions_figure, left_figure
from budgeting.money import Money, total
from budgeting.period import DAY
from budgeting.quotation import Level, Quote
from budgeting.words import Value, Words
from portal.changes.edits import Move, after_lines, moves_in, until
from portal.funding import held
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.proposals import pricing, recount
from portal.proposals.cut import clip
from portal.proposals.frozen import freeze, thaw
from portal.proposals.pricing import NOT_ENOUGH
from portal.proposals.terms import Terms, other_days_of
from portal.work import Work

Priced = list[tuple[str, Terms]]
Short = tuple[Value, Figure | None]  #: what does not reach, or the name of a part that does, and what is left of it


@dataclass(frozen=True)
class Effect:
    """What a change does. ``before`` and ``after`` are the whole plan, what is over included; ``difference`` is only
    what comes from the day of the change on."""

    before: Quote
    after: Quote
    difference: Difference

    @property
    def dearer(self) -> frozenset[UUID]:
        """Lines whose amount changes, up or down."""
        return frozenset(UUID(one.line.id) for one in self.difference.changed if one.more.minor)

    @property
    def more(self) -> Money:
        """What the plan costs more in all; negative when it costs less."""
        return self.after.amount - self.before.amount

    @property
    def amounts(self) -> tuple[Figure, Figure]:
        """What the plan costs before and after, explained."""
        return self.before.figure.brief, self.after.figure.brief

    @property
    def shares(self) -> tuple[Figure, Figure]:
        """What the client pays before and after, explained."""
        return contributions_figure(self.before).brief, contributions_figure(self.after).brief

    @property
    def lefts(self) -> tuple[Figure, Figure]:
        """What is left before and after, explained part by part."""
        return left_figure(self.before).brief, left_figure(self.after).brief

    @property
    def short(self) -> tuple[list[Short], list[Short]]:
        """What does not reach before and after, and why; where something does not, what is left is not added up.

        A part that reaches on one side only stands there with what is left of it: the same beside the same.
        """
        parts = {one.component for quote in (self.before, self.after) for one in pricing.not_enough(quote)}
        return _short(self.before, parts), _short(self.after, parts)

    @property
    def noticed(self) -> list[Words]:
        """What else is to be looked at, and was not before this change."""
        known = {one.words for one in self.before.findings}
        found = (one for one in self.after.findings if one.level is not Level.NOTE)
        return list(dict.fromkeys(one.words for one in found if one.words not in known and one.kind not in NOT_ENOUGH))

    @property
    def lapses_more(self) -> bool:
        """Whether more money than before is not used in its funding period and does not go on to the next."""
        after, before = (total([one.lapsed for one in quote.components]) for quote in (self.after, self.before))
        return after > before

    @property
    def contribution_more(self) -> Money:
        """What the client pays more themselves; negative when it is less."""
        return self.after.contribution - self.before.contribution


def _short(quote: Quote, parts: Collection[str | None]) -> list[Short]:
    totals = {one.component.key: one for one in quote.components}
    missing = pricing.not_enough(quote)
    there = {one.component for one in missing}
    enough = [one for key, one in totals.items() if key in parts and key not in there]
    said: list[Short] = []
    for one in missing:
        part = totals.get(one.component or "")
        said.append((one.words, part.figure if part else None))
    return said + [(shown(one.component.name), one.figure) for one in enough]


def effect(
    work: Work, client: Client, versions: Sequence[PlanVersion], moved: Sequence[Move], effective: date
) -> Effect:
    """The effect of a change on the last of these versions; the earlier ones tell what is over already."""
    base = thaw(versions[-1].content)
    at = recount.setting(work, client, base)
    at = replace(at, funding=held.beside(work, client, at.funding) if at.funding else None)
    before_it, stopped = _happened(work, at, over(versions)), _happened(work, at, _stopped(moved, effective))
    now: Priced = [(str(line.id), line.terms) for line in base.lines]
    then: Priced = [(str(key), terms) for key, terms in after_lines(base, moved)]
    before = pricing.quote(work, at, before_it + now)
    after = pricing.quote(work, at, before_it + stopped + then)
    return Effect(before, after, _from_day(work, at, now, then, effective, base.period.last))


def part_difference(work: Work, client: Client, version: PlanVersion, content: str) -> Difference:
    """The difference of one party's own lines, without funding: nothing else of the plan is looked at."""
    base = thaw(version.content)
    effective, moved = moves_in(content)
    at = replace(recount.setting(work, client, base), purposes={}, funding=None)
    now: Priced = [(str(move.line_id), move.before) for move in moved if move.before]
    then: Priced = [(str(move.line_id), move.after) for move in moved if move.after]
    return _from_day(work, at, now, then, effective, base.period.last)


def moved_difference(work: Work, client: Client, version: PlanVersion, before: str, after: str) -> Difference:
    """What moved in one party's part since it answered: the lines as they would have been, and as they would be now."""
    base = thaw(version.content)
    (day, was), (later, becomes) = moves_in(before), moves_in(after)
    at = replace(recount.setting(work, client, base), funding=None)
    now: Priced = [(str(move.line_id), move.after) for move in was if move.after]
    then: Priced = [(str(move.line_id), move.after) for move in becomes if move.after]
    return _from_day(work, at, now, then, min(day, later), base.period.last)


def versions_difference(work: Work, client: Client, before: PlanVersion, after: PlanVersion) -> Difference:
    """What is different between two versions, both from the first day of the later one on."""
    first, then = thaw(before.content), thaw(after.content)
    at = replace(recount.setting(work, client, then), funding=None)
    now: Priced = [(str(line.id), line.terms) for line in first.lines]
    new: Priced = [(str(line.id), line.terms) for line in then.lines]
    return _from_day(work, at, now, new, after.starts, max(first.period.last, then.period.last))


def next_content(
    work: Work, client: Client, versions: Sequence[PlanVersion], moved: Sequence[Move], effective: date
) -> str:
    """The content of the version a change makes: its lines, and totals of the whole plan, what is over included."""
    base = thaw(versions[-1].content)
    at = recount.setting(work, client, base)
    lines = after_lines(base, moved)
    priced = over(versions) + _stopped(moved, effective) + [(str(key), terms) for key, terms in lines]
    text, _ = freeze(
        at.proposal,
        lines,
        pricing.quote(work, at, priced),
        at.providers,
        at.purposes,
    )
    return text


def _from_day(work: Work, at: pricing.Setting, now: Priced, then: Priced, first: date, last: date) -> Difference:
    after = _clipped(then, first, last)
    before = _side_by_side(_clipped(now, first, last), after)
    return compare(pricing.quote(work, at, before), pricing.quote(work, at, after))


def _side_by_side(now: Priced, then: Priced) -> Priced:
    """The lines before, cut where one support goes on as several: so the same days of it stand side by side."""
    known, found = {key for key, _ in now}, []
    for key, terms in now:
        new = [(part, after) for part, after in then if part not in known and other_days_of(after, terms)]
        parts = sorted([*new, *(one for one in then if one[0] == key)], key=lambda one: one[1].starts)
        if not new or any(one.ends >= other.starts for (_, one), (_, other) in pairwise(parts)):
            found.append((key, terms))
            continue
        known.update(part for part, _ in new)
        firsts = [terms.starts, *(after.starts for _, after in parts[1:]), terms.ends + DAY]
        days = [(first, until - DAY) for first, until in pairwise(firsts)]
        cut = [(part, clip(terms, *each)) for (part, _), each in zip(parts, days, strict=True)]
        found += [(part, piece) for part, piece in cut if piece is not None]
    return found


def _clipped(lines: Iterable[tuple[str, Terms]], first: date, last: date) -> Priced:
    cut = [(key, clip(terms, first, last)) for key, terms in lines]
    return [(key, terms) for key, terms in cut if terms is not None]


def _stopped(moved: Iterable[Move], effective: date) -> Priced:
    """The lines a change touches, as far as they are over by its day."""
    cut = [(f"{m.line_id} until {effective}", until(m.before, effective)) for m in moved if m.before]
    return [(key, terms) for key, terms in cut if terms is not None]


def _happened(work: Work, at: pricing.Setting, pieces: Priced) -> Priced:
    """Those of some pieces of lines with a visit, time or a price; a piece with none of them would tell of nothing."""
    quote = pricing.quote(work, at, pieces)
    priced = zip(pieces, quote.lines, strict=True)
    return [one for one, line in priced if line.visits or line.minutes.count or line.amount.minor or not line.complete]


def over(versions: Sequence[PlanVersion]) -> Priced:
    """What earlier changes of the same plan left behind: lines as they were until the next version took their place."""
    begun = max((at for at, version in enumerate(versions) if version.proposal_id), default=0)
    chain = versions[begun:]
    found: Priced = []
    for version, following in pairwise(chain):
        later = {line.id: line.terms for line in thaw(following.content).lines}
        for line in thaw(version.content).lines:
            rest = clip(line.terms, line.terms.starts, following.starts - timedelta(days=1))
            if rest is not None and later.get(line.id) != line.terms:
                found.append((f"{line.id} in {version.number}", rest))
    return found
