"""What to look at before a draft is agreed, beside what the calculator noticed: pure, over plain values.

What only a higher slice knows is registered there; it is read again once something happened around the person:

    @checking.known
    def _backed(work: Work, client: Client) -> Known:
        return Known(backed=...)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from budgeting.explain.describe import schedule_words
from budgeting.package import Priority, Role
from budgeting.period import Period
from budgeting.quotation import Finding, Level, Quote
from budgeting.words import Name, words
from portal.people.model import Client
from portal.proposals.terms import Terms
from portal.work import Work

Lines = Sequence[tuple[str, Terms]]  # the lines that count, under the key that stays the same

#: What the calculator notices for good to know, and is worth a look here all the same.
ASKED = frozenset({"no_provider", "no_purpose", "sought", "provider_language"})
PATIENCE = timedelta(days=14)  # so long something may be looked at again before the check says so


@dataclass(frozen=True)
class Signed:
    """A line as a signed agreement says it. Days are inclusive."""

    line: str
    provider_id: UUID
    provider: Name
    terms: Terms
    days: Period
    review: date


@dataclass(frozen=True)
class Open:
    """Something that is looked at again since a day, and has not ended."""

    what: Name
    since: date


@dataclass(frozen=True)
class Known:
    """What one must ask for to check everything; None is what the reader may not see, and nothing is said of it."""

    goals: Mapping[UUID, str] = field(default_factory=dict)  #: those that count
    providers: Mapping[UUID, str] = field(default_factory=dict)  #: names of organisations
    circle: Collection[UUID] | None = None  #: organisations that may be told something
    helpers: Collection[UUID] | None = None  #: accounts that may be asked for their own time
    backed: Collection[UUID] = ()  #: lines for which somebody is named who comes instead
    signed: Sequence[Signed] | None = None
    looks: Sequence[Open] = ()


Find = Callable[[Work, Client], Known]
_KNOWN: list[Find] = []


def known(find: Find) -> Find:
    """Register who knows a part of it, as far as the reader may see that."""
    _KNOWN.append(find)
    return find


def elsewhere(work: Work, client: Client) -> Known:
    """What higher slices know, put together."""
    parts = [find(work, client) for find in _KNOWN]
    return Known(
        backed=frozenset(line for part in parts for line in part.backed),
        signed=next((part.signed for part in parts if part.signed is not None), None),
        looks=[one for part in parts for one in part.looks],
    )


def agreed_until(work: Work, client: Client, lines: Lines) -> Mapping[str, date]:
    """The last day on which a signed agreement holds each line with the provider it names, as the reader may see it."""
    providers = {key: terms.provider_id for key, terms in lines}
    found: dict[str, date] = {}
    for one in elsewhere(work, client).signed or ():
        if providers.get(one.line) == one.provider_id:
            found[one.line] = max(found.get(one.line, one.days.last), one.days.last)
    return found


def noticed(quote: Quote) -> list[Finding]:
    """What the calculator noticed that is worth a look before a yes."""
    return [one for one in quote.findings if one.level is not Level.NOTE or one.kind in ASKED]


def without_backup(lines: Lines, backed: Collection[UUID] = ()) -> list[Finding]:
    """Supports that must happen, for which nobody is named who comes when the usual one cannot.

    A backup of the draft counts for the support of the list, or else for the goal, that it shares with the line.
    """
    spare = {mark for _, terms in lines if terms.more.role is Role.BACKUP for mark in _marks(terms)}
    return [
        Finding(
            "no_backup",
            Level.WARNING,
            words(
                "{support} must happen, and nobody is named who comes when the usual one cannot.", support=_name(terms)
            ),
            line=key,
        )
        for key, terms in lines
        if terms.more.priority is Priority.MUST
        and terms.more.role is not Role.BACKUP
        and UUID(key) not in backed
        and not spare & _marks(terms)
    ]


def _marks(terms: Terms) -> set[object]:
    return {terms.support} if terms.support else {terms.goal_id} if terms.goal_id else set()


def everything(quote: Quote, lines: Lines, known: Known, today: date) -> list[Finding]:
    """Everything that is worth a look, the calculator's own first. It never stands in the way of a yes."""
    return [
        *noticed(quote),
        *without_backup(lines, known.backed),
        *_unmet(lines, known.goals),
        *_not_in_circle(lines, known),
        *_helper_gone(lines, known),
        *_clashes(lines, known),
        *_overdue(known, today),
    ]


def _unmet(lines: Lines, goals: Mapping[UUID, str]) -> Iterable[Finding]:
    served = {terms.goal_id for _, terms in lines}
    for goal_id, text in goals.items():
        if goal_id not in served:
            said = words("No support in this draft serves this goal: {goal}", goal=Name(text))
            yield Finding("goal_unmet", Level.WARNING, said, goal=str(goal_id))


def _not_in_circle(lines: Lines, known: Known) -> Iterable[Finding]:
    if known.circle is None:
        return
    for key, terms in lines:
        if terms.provider_id is not None and terms.provider_id not in known.circle:
            provider = Name(known.providers.get(terms.provider_id, terms.provider_name))
            said = words(
                "{provider} is not in the circle, so nobody has agreed that it may be told about {support}.",
                provider=provider,
                support=_name(terms),
            )
            yield Finding("no_consent", Level.WARNING, said, line=key)


def _helper_gone(lines: Lines, known: Known) -> Iterable[Finding]:
    for key, terms in lines:
        if known.helpers is not None and terms.helper is not None and terms.helper not in known.helpers:
            said = words("{person} is no longer in the circle.", person=Name(terms.provider_name))
            yield Finding("helper_gone", Level.WARNING, said, line=key)


def _clashes(lines: Lines, known: Known) -> Iterable[Finding]:
    by_line = {one.line: one for one in known.signed or ()}
    for key, terms in lines:
        one = by_line.get(key)
        if one is None or terms.ends < one.days.first or terms.starts > one.days.last:
            continue
        if terms.provider_id != one.provider_id:
            said = words(
                "{support} is agreed with {provider} until {day}, and this draft names somebody else.",
                support=_name(terms),
                provider=_called(known, one),
                day=one.days.last,
            )
            yield Finding("agreed_elsewhere", Level.WARNING, said, line=key)
            continue
        if terms.price != one.terms.price and terms.price is not None and one.terms.price is not None:
            said = words(
                "The signed agreement with {provider} says {agreed} for {support}, and this draft says {now}.",
                provider=_called(known, one),
                agreed=one.terms.price,
                support=_name(terms),
                now=terms.price,
            )
            yield Finding("agreed_price", Level.WARNING, said, line=key)
        if terms.schedule != one.terms.schedule:
            said = words(
                "The signed agreement with {provider} says for {support}: {agreed}. This draft says: {now}.",
                provider=_called(known, one),
                support=_name(terms),
                agreed=schedule_words(one.terms.schedule),
                now=schedule_words(terms.schedule),
            )
            yield Finding("agreed_times", Level.WARNING, said, line=key)


def _called(known: Known, one: Signed) -> Name:
    return Name(known.providers.get(one.provider_id, one.provider.text))


def _overdue(known: Known, today: date) -> Iterable[Finding]:
    told: set[UUID] = set()
    for one in known.signed or ():
        if one.review < today and one.provider_id not in told:
            told.add(one.provider_id)
            said = words(
                "The agreement with {provider} was to be looked at again by {day}.",
                provider=_called(known, one),
                day=one.review,
            )
            yield Finding("review_overdue", Level.WARNING, said, day=one.review)
    for each in known.looks:
        if today - each.since <= PATIENCE:
            continue
        said = words(
            "This is being looked at again since {day}, and nothing has come of it yet: {what}",
            day=each.since,
            what=each.what,
        )
        yield Finding("look_open", Level.WARNING, said, day=each.since)


def _name(terms: Terms) -> Name:
    return Name(terms.name)
