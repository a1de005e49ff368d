"""A plan as ready values for its pages: the week, each support, who answered what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from budgeting import programs
from budgeting.explain import PER_UNIT, Figure, so_much
from budgeting.explain.particulars import part_words
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Weekly
from budgeting.words import Name, Value, Words, nwords, words
from portal.language import plain
from portal.plans.model import Brief, PlanPart
from portal.plans.narrowed import the_line
from portal.plans.queries import called
from portal.plans.spoken import UNPAID, WEEKDAYS, payer, when
from portal.plans.states import Answered, BriefState, PartState
from portal.proposals.frozen import FrozenLine, FrozenProposal, thaw
from portal.proposals.named import named
from portal.proposals.reasons import left_figure, line_figure

NOBODY = words("No provider yet")


@dataclass(frozen=True)
class Visit:
    """One visit of an ordinary week."""

    begins: object
    ends: object
    support: Name
    provider: Name | Words
    every: Words | None
    waits: Words | None = None  #: what it waits for, where it does not go on yet


@dataclass(frozen=True)
class PriceRow:
    """One kind of day at one price."""

    when: Words
    first: date
    last: date
    count: Value
    unit_price: Money | None
    per: Words  #: what that price is for: an hour, a day, one item
    amount: Money | None
    item: str | None


@dataclass(frozen=True)
class Support:
    """One support of the plan in words."""

    name: Name
    kind: Words | None  #: the support by the name everybody knows it by, where the plan calls it something else
    provider: Name | Words
    when: Words
    first: date
    last: date
    counted: tuple[date, date] | None  #: the days the amount is for, where they are not those of the part
    before: Words | None  #: who holds the days that are counted before the part begins, where there are any
    pays: Words
    unpaid: bool  #: family or friends give it: it has no price, and nobody pays
    prices: tuple[PriceRow, ...]
    figure: Figure  #: what it costs in all, with its explanation
    amount: Money
    complete: bool
    visits: int
    minutes: Minutes
    state: Words | None


def week(
    parts: Sequence[PlanPart],
    names: Mapping[UUID, Name],
    agreed: Sequence[PlanPart] = (),
    unable: Collection[Name] = (),
) -> list[tuple[Words, list[Visit]]]:
    """Monday to Sunday of an ordinary week: who comes when. Empty when there are no visits at all.

    Of what is ``agreed`` and waits, the visits that do not go on already stand there too, with what they wait for.
    """
    days: list[dict[tuple[UUID, object, object], Visit]] = [{} for _ in WEEKDAYS]
    for part in [*parts, *(one for one in agreed if one.state is PartState.WAITING and one not in parts)]:
        line = the_line(part.content)
        schedule = line.terms.schedule
        if isinstance(schedule, Weekly):
            every = schedule.every_n_weeks
            seldom = nwords("every {n} week", "every {n} weeks", every) if every > 1 else None
            provider = _provider(part, names)
            waits = _state(part, provider, unable) if agreed else None
            visit = Visit(schedule.start, schedule.end, Name(line.name), provider, seldom, waits)
            for day in schedule.weekdays:
                days[day].setdefault((part.line_id, schedule.start, schedule.end), visit)
    if not any(days):
        return []
    return [
        (WEEKDAYS[number], sorted(found.values(), key=lambda v: str(v.begins))) for number, found in enumerate(days)
    ]


def _provider(part: PlanPart, names: Mapping[UUID, Name]) -> Name | Words:
    name = called(part, names)
    return name if name.text else NOBODY


def support(
    part: PlanPart,
    names: Mapping[UUID, Name],
    unable: Collection[Name] = (),
    helping: Collection[UUID] | None = None,
) -> Support:
    """One part as its reader sees it; ``unable``: the providers that said they cannot deliver theirs.

    ``helping``: accounts of those in the circle who may help; None where the reader does not see the circle.
    """
    content = thaw(part.content)
    (line,) = content.lines
    family = programs.program(content.program).family(line.terms.support)
    days = (line.terms.starts, line.terms.ends)
    return Support(
        name=Name(line.name),
        kind=family.label if family and plain(family.label) != line.name else None,
        provider=_provider(part, names),
        when=when(line.terms.schedule),
        first=part.starts,
        last=part.ends,
        counted=days if days != (part.starts, part.ends) else None,
        before=_before(line, part.starts),
        pays=UNPAID if line.terms.more.given else payer(content.program, line.management),
        unpaid=line.terms.more.given is not None,
        prices=prices(line),
        figure=line_figure(line),
        amount=line.amount,
        complete=line.complete,
        visits=line.visits,
        minutes=line.minutes,
        state=_left_circle(line, helping) or _state(part, _provider(part, names), unable),
    )


def called_support(part: PlanPart) -> Name | Words:
    """What a part is called, for where nothing else of it is shown: ``named`` in letters that are not the reader's."""
    content = thaw(part.content)
    (line,) = content.lines
    return named(line.name, content.program, line.terms.support)


def said_once(supports: Sequence[Support]) -> tuple[Words | None, list[Support]]:
    """What is the same of several supports about days before their plan, and the supports without it."""
    said = [one.before for one in supports if not one.unpaid]
    if len(said) < 2 or said[0] is None or any(one != said[0] for one in said):
        return None, list(supports)
    return said[0], [replace(one, before=None) for one in supports]


def given_by(parts: Iterable[PlanPart]) -> set[tuple[UUID | None, str]]:
    """Who gives something of these parts without pay, and nothing else: a brother is asked, and is no company."""
    paid = {(one.provider_id, one.provider_name): False for one in parts}
    for one in parts:
        paid[one.provider_id, one.provider_name] |= the_line(one.content).terms.more.given is None
    return {provider for provider, some in paid.items() if not some}


def _before(line: FrozenLine, starts: date) -> Words | None:
    """What is said of days that the amount of a line counts, and that went by before the part began."""
    if line.terms.starts >= starts:
        return None
    return words(
        "The cost counts {first} to {last} too, before this plan began. On those days only what was agreed earlier "
        "holds.",
        first=line.terms.starts,
        last=starts - timedelta(days=1),
    )


def prices(line: FrozenLine) -> tuple[PriceRow, ...]:
    """What one unit costs on each kind of day, with the days for which the price holds."""
    return tuple(
        PriceRow(
            when=part_words(row.kind, row.band),
            first=row.first,
            last=row.last,
            count=_count(row.visits, row.quantity, row.unit),
            unit_price=row.unit_price,
            per=PER_UNIT.get(row.unit, PER_UNIT["E"]),
            amount=row.amount,
            item=row.item,
        )
        for row in line.amounts
    )


def _count(visits: int, quantity: Quantity, unit: str) -> Value:
    amount = so_much(quantity, unit)
    if visits:
        return words("{count}, {time}", count=nwords("{n} visit", "{n} visits", visits), time=amount)
    return amount


def _left_circle(line: FrozenLine, helping: Collection[UUID] | None) -> Words | None:
    helper = line.terms.helper
    if helping is None or helper is None or helper in helping:
        return None
    return words("{person} is no longer in the circle.", person=Name(line.terms.provider_name))


def _state(part: PlanPart, provider: Name | Words, unable: Collection[Name]) -> Words | None:
    if part.state is PartState.WAITING and provider in unable:
        return words("{provider} cannot deliver its part. Decide what to do.", provider=provider)
    if part.state is PartState.WAITING and isinstance(provider, Name):
        return words("This begins when {provider} has read it.", provider=provider)
    if part.state is PartState.WAITING:
        return words("This begins on {day}.", day=part.starts)
    return None


def counted(plan: FrozenProposal) -> tuple[date, date]:
    """The first and the last day for which a plan says what it costs, both included."""
    days = [line.period for line in plan.lines] or [plan.period]
    return min(one.first for one in days), max(one.last for one in days)


def left(plan: FrozenProposal, names: Mapping[str, Value]) -> list[Figure]:
    """What was left of each part of the funding; parts are never added up, since money cannot move between them."""
    return [left_figure(one, names.get(one.key, Name(one.key)), plan.lines) for one in plan.components]


ANSWERS = {
    BriefState.SENT: words("Not read yet"),
    BriefState.READ: words("Read, not answered yet"),
    BriefState.CAN: words("Can deliver"),
    BriefState.CANNOT: words("Cannot deliver"),
}
BADGES = {BriefState.SENT: "wait", BriefState.READ: "info", BriefState.CAN: "ok", BriefState.CANNOT: "bad"}


HELPERS = {
    BriefState.SENT: words("Not answered yet"),
    BriefState.READ: words("Not answered yet"),
    BriefState.CAN: words("Said yes"),
    BriefState.CANNOT: words("Said no"),
}


@dataclass(frozen=True)
class Answer:
    """How things stand with one provider; ``helper``: with somebody who gives something without pay."""

    id: UUID
    provider: Name
    badge: str
    state: Words
    how: Words | None
    said: str
    open: bool
    helper: bool
    here: bool  #: whether somebody of it has an account
    version: int
    link_ends: datetime | None


def answer_row(
    brief: Brief,
    names: Mapping[UUID, Name],
    accounts: Mapping[UUID, str],
    helpers: Collection[tuple[UUID | None, str]],
    here: Collection[UUID] = (),
) -> Answer:
    """How one provider or helper stands, and how the answer came; ``here`` are those with an account."""
    helper = (brief.provider_id, brief.provider_name) in helpers
    return Answer(
        id=brief.id,
        provider=called(brief, names),
        badge=BADGES[brief.state],
        state=(HELPERS if helper else ANSWERS)[brief.state],
        how=_how(brief, accounts),
        said=brief.said,
        open=brief.state is not BriefState.CAN,
        helper=helper,
        here=brief.provider_id in here,
        version=brief.version,
        link_ends=brief.token_ends_at,
    )


def _how(brief: Brief, accounts: Mapping[UUID, str]) -> Words | None:
    at, who = brief.answered_at, Name(brief.spoke_with)
    if at is None and brief.read_at is not None and brief.read_by is not None:
        return words("{by} read it on {at}.", by=Name(accounts.get(brief.read_by, "")), at=brief.read_at)
    if at is None:
        return None
    by = Name(accounts.get(brief.answered_by, "")) if brief.answered_by else Name("")
    match brief.answered_how:
        case Answered.TELEPHONE:
            return words("{who} said this on the telephone on {at}; {by} wrote it down.", who=who, at=at, by=by)
        case Answered.LINK:
            return words("{who} answered with a one-time link on {at}.", who=who, at=at)
        case Answered.UNCHANGED:
            return words("This part is as before, so the earlier answer still holds.")
        case Answered.CHANGE:
            return words("It agreed to this part when it was asked about the change.")
    return words("{by} answered on {at}.", by=by, at=at)
