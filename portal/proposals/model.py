"""A proposal being worked out together: its lines, suggestions and what people say about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money, Quantity
from budgeting.package import Schedule, Spread, Units, Weekly
from budgeting.period import Period
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.funding.week import OnHolidays
from portal.proposals.particulars import PLAIN, particulars_of
from portal.proposals.terms import Terms, canonical, from_json
from portal.work import Refusal


class ProposalState(StrEnum):
    """How a draft stands."""

    DRAFT = "draft"
    ACCEPTED = "accepted"  # frozen; never changes again
    CLOSED = "closed"  # put away without being accepted


class Proposal(Protected, Versioned):
    """A package being worked out; once accepted it is frozen with its hash."""

    __tablename__ = "proposal"
    resource = Resource.DRAFT

    title: Mapped[str]
    program: Mapped[str] = mapped_column(String(40))
    starts: Mapped[date]
    ends: Mapped[date]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.DRAFT)
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    frozen: Mapped[str | None]  #: canonical JSON, see frozen.py
    frozen_hash: Mapped[str | None] = mapped_column(String(64))  #: SHA-256 of ``frozen`` in hexadecimal
    kept_by: Mapped[UUID | None]  #: the account that keeps the draft to itself; None: everybody who may see drafts

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Drafts that are shared, and those that this account keeps to itself."""
        return or_(cls.kept_by.is_(None), cls.kept_by == account)

    @property
    def period(self) -> Period:
        return Period(self.starts, self.ends)

    def must_be_draft(self) -> None:
        """Refuse when the proposal can no longer be worked on."""
        if self.state is ProposalState.ACCEPTED:
            raise Refusal(words("This version was accepted and stays as it is. You can start a new one from it."))
        if self.state is ProposalState.CLOSED:
            raise Refusal(words("This draft was put away. You can start a new one from it."))


def schedule_of(line: Any) -> Schedule | None:
    """When and how much, from a line or a row with its columns."""
    if line.weekdays and line.begins_at is not None and line.ends_at is not None:
        days = tuple(map(int, line.weekdays.split(",")))
        return Weekly(days, line.begins_at, line.ends_at, line.every_n_weeks, line.anchor, sleepover=line.sleepover)
    if line.units is not None and line.unit:
        return Units(Quantity(line.units), line.unit, line.spread)
    return None


def terms_of(line: Any) -> Terms:
    """What a line says, from itself or from a row with its columns."""
    said = Terms(
        name=line.name,
        starts=line.starts,
        ends=line.ends,
        support=line.support,
        component=line.component,
        provider_id=line.provider_id,
        provider_name=line.provider_name,
        schedule=schedule_of(line),
        price=line.price,
        on_holidays=line.on_holidays,
        holiday_price=line.holiday_price,
        goal_id=line.goal_id,
        need=line.need,
        more=particulars_of(json.loads(line.more)) if line.more else PLAIN,
    )
    return _known(said)


@lru_cache(maxsize=20_000)
def _known(said: Terms) -> Terms:
    """The same object for what says the same: what is remembered of it is then found without comparing."""
    return said


class Line(Protected, Versioned):
    """One support in a proposal. ``key`` stays the same when the line goes on in the next proposal."""

    __tablename__ = "proposal_line"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    key: Mapped[UUID] = mapped_column(default=uuid4)
    position: Mapped[int]
    name: Mapped[str]
    support: Mapped[str | None] = mapped_column(String(80))  #: a family key or an item code
    component: Mapped[str | None] = mapped_column(String(80))  #: key of a component; None: the first that may pay
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")
    weekdays: Mapped[str | None] = mapped_column(String(20))  #: "0,2" is Monday and Wednesday; None: no visits
    begins_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    every_n_weeks: Mapped[int] = mapped_column(default=1)
    anchor: Mapped[date | None]  #: a day of a week in which visits every few weeks happen; None: the first day
    sleepover: Mapped[bool] = mapped_column(default=False)
    units: Mapped[int | None]  #: thousandths
    unit: Mapped[str | None] = mapped_column(String(20))
    spread: Mapped[Spread] = mapped_column(default=Spread.EVENLY)
    starts: Mapped[date]
    ends: Mapped[date]
    price: Mapped[Money | None]  #: agreed for one unit; None: the limit in force
    on_holidays: Mapped[OnHolidays] = mapped_column(default=OnHolidays.SAME)
    holiday_price: Mapped[Money | None]
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    need: Mapped[str] = mapped_column(default="")
    more: Mapped[str | None]  #: JSON of particulars.py: what most lines do not say; None when there is none
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    before: Mapped[str | None]  #: the terms before the last edit, for "Undo"; "" when the line was new then
    parked_at: Mapped[datetime | None]  #: left out for now: not counted, not in the version
    park_owner_id: Mapped[UUID | None]  #: the account that sees to it that a parked line is settled
    park_due: Mapped[date | None]  #: the day on which they are reminded
    park_reminded_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    @property
    def counts(self) -> bool:
        """Whether the line is part of what is being worked out."""
        return self.removed_at is None and self.parked_at is None

    @property
    def schedule(self) -> Schedule | None:
        """When and how much, as the calculator has it."""
        return schedule_of(self)

    @property
    def terms(self) -> Terms:
        """What the line says now."""
        return terms_of(self)

    def take(self, terms: Terms) -> None:
        """Make the line say this."""
        schedule = terms.schedule
        weekly = schedule if isinstance(schedule, Weekly) else None
        units = schedule if isinstance(schedule, Units) else None
        self.name, self.support, self.component = terms.name, terms.support, terms.component
        self.provider_id, self.provider_name = terms.provider_id, terms.provider_name
        self.weekdays = ",".join(map(str, weekly.weekdays)) if weekly else None
        self.begins_at, self.ends_at = (weekly.start, weekly.end) if weekly else (None, None)
        self.every_n_weeks, self.sleepover = (weekly.every_n_weeks, weekly.sleepover) if weekly else (1, False)
        self.anchor = weekly.anchor if weekly else None
        self.units, self.unit = (units.quantity.thousandths, units.unit) if units else (None, None)
        self.spread = units.spread if units else Spread.EVENLY
        self.starts, self.ends, self.price = terms.starts, terms.ends, terms.price
        self.on_holidays, self.holiday_price = terms.on_holidays, terms.holiday_price
        self.goal_id, self.need = terms.goal_id, terms.need
        self.more = canonical(terms.more.as_plain()) if terms.more.told else None

    def edit(self, terms: Terms, by: UUID | None) -> None:
        """Make the line say this, and remember what it said before."""
        self.before, self.edited_by = self.terms.as_json(), by
        self.take(terms)

    def undo(self, now: datetime) -> None:
        """Go back to what was before the last edit, once; a line that was new then goes out of the draft again."""
        if self.before is None:
            raise Refusal(words("There is nothing to undo here."))
        if self.before:
            self.take(from_json(self.before))
        else:
            self.removed_at = now
        self.before = None

    def park(self, now: datetime, owner: UUID | None = None, due: date | None = None) -> None:
        """Leave the line out for now; ``owner`` is reminded on the day ``due`` that it is still open."""
        self.parked_at = self.parked_at or now
        self.park_owner_id, self.park_due, self.park_reminded_at = owner, due, None


class SuggestionKind(StrEnum):
    """What a suggestion would do to the lines."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    REPLACE = "replace"  # one support goes, another comes in its place
    MOVE = "move"  # money and hours go from one support to another


class SuggestionState(StrEnum):
    """How a suggestion stands."""

    OPEN = "open"
    PARKED = "parked"  # put off, with somebody who sees to it and a day
    COUNTERED = "countered"  # answered with another suggestion
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What can be done about a suggestion."""

    ACCEPT = "accept"
    DECLINE = "decline"
    COUNTER = "counter"
    PARK = "park"
    WITHDRAW = "withdraw"


UNSETTLED = (SuggestionState.OPEN, SuggestionState.PARKED)
ANSWERS: Mapping[SuggestionState, Mapping[Answer, SuggestionState]] = {
    SuggestionState.OPEN: {
        Answer.ACCEPT: SuggestionState.ACCEPTED,
        Answer.DECLINE: SuggestionState.DECLINED,
        Answer.COUNTER: SuggestionState.COUNTERED,
        Answer.PARK: SuggestionState.PARKED,
        Answer.WITHDRAW: SuggestionState.WITHDRAWN,
    },
    SuggestionState.PARKED: {
        Answer.ACCEPT: SuggestionState.ACCEPTED,
        Answer.DECLINE: SuggestionState.DECLINED,
        Answer.COUNTER: SuggestionState.COUNTERED,
        Answer.PARK: SuggestionState.PARKED,  # with another day, or somebody else
        Answer.WITHDRAW: SuggestionState.WITHDRAWN,
    },
    SuggestionState.COUNTERED: {},
    SuggestionState.ACCEPTED: {},
    SuggestionState.DECLINED: {},
    SuggestionState.WITHDRAWN: {},
}
"""What each state permits, and the state it leads to: an answer is given once, and stays."""


@dataclass(frozen=True)
class Act:
    """What a suggestion would do with one line: without ``line_id`` a new one comes in, without ``terms`` it goes."""

    line_id: UUID | None
    terms: Terms | None
    was: Terms | None = None  #: what the line said when this was suggested


class Suggestion(Protected, Versioned):
    """An edit by someone else, waiting for an answer: of one line, or of several that belong together.

    ``answers_id`` is the suggestion that this one answers with other terms: together they are the rounds of one talk.
    """

    __tablename__ = "suggestion"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal_line.id"))  #: None for something new
    suggests: Mapped[SuggestionKind]
    terms: Mapped[str | None]  #: Terms as JSON: what the line would say; None for "remove"
    was: Mapped[str | None]  #: Terms as JSON: what the line said when this was suggested
    also: Mapped[str | None]  #: JSON: the further acts that belong to it; None when it is about one line
    reason: Mapped[str] = mapped_column(default="")
    suggested_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    suggested_at: Mapped[datetime]
    answers_id: Mapped[UUID | None]  #: the suggestion it is a counter to
    asked_id: Mapped[UUID | None]  #: the account that a counter goes back to; None: whoever decides about the draft
    state: Mapped[SuggestionState] = mapped_column(default=SuggestionState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]

    parked_at: Mapped[datetime | None]
    park_owner_id: Mapped[UUID | None]  #: the account that sees to it that it is settled
    park_due: Mapped[date | None]
    park_reminded_at: Mapped[datetime | None]

    @property
    def acts(self) -> tuple[Act, ...]:
        """What it would do, line by line; the first is the one it is shown with."""
        return acts_of(self)

    def suggest(self, acts: Iterable[Act]) -> None:
        """Make these what it would do."""
        first, *rest = (
            (one.line_id, one.terms.as_json() if one.terms else None, one.was.as_json() if one.was else None)
            for one in acts
        )
        self.line_id, self.terms, self.was = first
        self.also = canonical([(str(line or ""), then, was) for line, then, was in rest]) if rest else None

    def must(self, answer: Answer) -> SuggestionState:
        """The state an answer leads to; refuse when it was answered or taken back already."""
        then = ANSWERS[self.state].get(answer)
        if then is None:
            raise Refusal(words("This suggestion was answered already. The page shows it as it is now."))
        return then

    def close(self, answer: Answer, text: str, by: UUID | None, now: datetime) -> None:
        """Keep how the suggestion was answered, by whom and when."""
        self.state = self.must(answer)
        self.answer, self.answered_by, self.answered_at = text, by, now

    def park(self, now: datetime, owner: UUID | None, due: date | None) -> None:
        """Put the answer off: the line stays as it is meanwhile, and ``owner`` is reminded on the day ``due``."""
        self.state, self.parked_at = self.must(Answer.PARK), now
        self.park_owner_id, self.park_due, self.park_reminded_at = owner, due, None


def acts_of(row: Any) -> tuple[Act, ...]:
    """What a suggestion would do, from a row that has all of its columns."""
    return _acts(row.line_id, row.terms, row.was, row.also)


@lru_cache(maxsize=4_000)
def _acts(line_id: UUID | None, terms: str | None, was: str | None, also: str | None) -> tuple[Act, ...]:
    """The columns of a suggestion as what it would do; what says the same is read once."""
    rest = json.loads(also) if also else []
    return tuple(
        Act(UUID(line) if line else None, from_json(then) if then else None, from_json(was) if was else None)
        for line, then, was in ((str(line_id or ""), terms, was), *rest)
    )


class Comment(Protected, Versioned):
    """Something said about a line, a suggestion or the whole; "I don't agree" stays open until it is resolved.

    ``answers_id`` is what it replies to. A disagreement is answered when the coordinator has replied to it, or, where
    they are the one who does not agree, when somebody who decides has.
    """

    __tablename__ = "proposal_comment"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal_line.id"))
    text: Mapped[str]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]
    disagrees: Mapped[bool] = mapped_column(default=False)
    answers_id: Mapped[UUID | None]  #: the first comment of the talk it belongs to
    suggestion_id: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    third_id: Mapped[UUID | None]  #: the account asked to help both sides
    third_asked_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    @classmethod
    def written_by(cls, account):  # type: ignore[no-untyped-def]  # signature of Protected.written_by
        return cls.said_by == account


class Feeling(StrEnum):
    """What somebody feels about a suggestion, in one press."""

    LIKE = "like"
    UNSURE = "unsure"
    DISLIKE = "dislike"


class Reaction(Protected, Versioned):
    """How one person feels about one line, in three points."""

    __tablename__ = "reaction"
    __table_args__ = (UniqueConstraint("line_id", "account_id"),)
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_line.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    feeling: Mapped[Feeling]
