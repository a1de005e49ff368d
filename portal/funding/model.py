"""What a funder granted, as its letter says: components, funding periods, classification, rates, spending."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from budgeting import letters
from budgeting.letters import parts
from budgeting.money import Money, Percent
from budgeting.package import Management
from portal.access.table import Protected, Resource
from portal.db import Record, Sealed, Versioned
from portal.funding.granted import AboutPart, Granted, about_part, granted, kept
from portal.funding.releases import Release
from portal.funding.terms import Letter, Rate, Terms, new_key


def _first(release: Release) -> date:
    return release.starts


class FundingState(StrEnum):
    """Whether a funding plan counts on its days; on each day one of a client's does (``by_day``)."""

    CURRENT = "current"
    PAST = "past"
    TAKEN_BACK = "taken_back"  #: as if it had not been typed in; it counts on no day


class FundingPlan(Protected, Versioned):
    """What the funder granted, as its letter says. Days are inclusive; ``spent`` is None while it is not known."""

    __tablename__ = "funding_plan"
    resource = Resource.BUDGET

    program: Mapped[str] = mapped_column(String(40))  #: a key of budgeting.programs.PROGRAMS
    state: Mapped[FundingState] = mapped_column(default=FundingState.CURRENT)
    starts: Mapped[date]
    ends: Mapped[date | None]  #: None: it goes on until the funder says otherwise (Support at Home)
    reassessment: Mapped[date | None]  #: the day by which the funder looks at it again
    letter_date: Mapped[date | None]  #: the letter these words and amounts were taken from
    typed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    # Support at Home
    classification: Mapped[str | None] = mapped_column(String(12))
    entered: Mapped[date | None]  #: first day in the program, when that is inside the first quarter
    means_status: Mapped[str | None] = mapped_column(String(40))
    cohort: Mapped[str] = mapped_column(String(40), default="standard")
    spent: Mapped[Money | None]  #: taken from the account in the quarter of ``spent_until``
    spent_until: Mapped[date | None]
    more: Mapped[str | None]  #: JSON of granted.py: what was granted or told beside it; None when nothing was

    components: Mapped[list[FundingComponent]] = relationship(
        lazy="raise", order_by="FundingComponent.position", cascade="all, delete-orphan"
    )
    determinations: Mapped[list[Determination]] = relationship(
        lazy="raise", order_by="Determination.since", cascade="all, delete-orphan"
    )

    def take(self, letter: Letter) -> None:
        """Write down what a letter says about the plan as a whole; Refusal where it cannot be."""
        letter.check()
        self.program, self.starts, self.ends = letter.program, letter.starts, letter.ends
        self.reassessment, self.letter_date = letter.reassessment, letter.letter_date
        self.classification, self.entered = letter.classification, letter.entered
        self.means_status, self.cohort = letter.means_status, letter.cohort
        self.spent, self.spent_until = letter.spent, letter.spent_until
        since = letter.rates_since or letter.starts
        told = {(one.category, one.since): one for one in self.determinations}
        for rate in letter.rates:
            row = told.get((rate.category, since))
            if row is None:
                self.determinations.append(
                    Determination(
                        client_id=self.client_id,
                        category=rate.category,
                        rate_ppm=rate.ppm,
                        since=since,
                        letter_date=letter.letter_date,
                    )
                )
            else:
                row.rate_ppm, row.letter_date = rate.ppm, letter.letter_date
        flag_modified(self, "program")  # another version, even where only a rate is different

    def letter(self) -> Letter:
        """The plan as a whole, as it is written down; the rates are the latest."""
        latest = {one.category: one for one in sorted(self.determinations, key=lambda one: one.since)}
        return Letter(
            program=self.program,
            starts=self.starts,
            ends=self.ends,
            reassessment=self.reassessment,
            letter_date=self.letter_date,
            classification=self.classification,
            entered=self.entered,
            means_status=self.means_status,
            cohort=self.cohort,
            rates=tuple(Rate(one, latest[one].rate_ppm) for one in letters.rated() if one in latest),
            rates_since=max((one.since for one in latest.values()), default=None),
            spent=self.spent,
            spent_until=self.spent_until,
        )

    def replaced(self, other: FundingPlan) -> bool:
        """Whether this letter put another one among the past ones when it was typed in."""
        return other.state is FundingState.PAST and other.replaced_at == self.created_at

    @property
    def granted(self) -> Granted:
        """What was granted or told beside the parts."""
        return granted(self.more)

    def add(self, terms: Terms) -> FundingComponent:
        """Write down one more component; Refusal where it cannot be."""
        taken = {one.key for one in self.components}
        part = parts.known(self.program, terms.name)
        row = FundingComponent(
            client_id=self.client_id,
            position=max((one.position for one in self.components), default=0) + 1,
            key=new_key(terms.key or (part.key if part else ""), taken),
            periods=[],
        )
        row.take(terms)
        self.components.append(row)
        return row

    def component(self, key: str) -> FundingComponent | None:
        """The component with this key, if the plan has it."""
        return next((one for one in self.components if one.key == key), None)


class FundingComponent(Protected, Versioned):
    """One part of the funding. ``key`` never changes: lines name it. ``spent`` is None while it is not known."""

    __tablename__ = "funding_component"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)
    resource = Resource.BUDGET

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("funding_plan.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]  #: as the letter calls it
    management: Mapped[Management]
    categories: Mapped[str]  #: support categories, each between commas: ",01,04,"
    amount: Mapped[Money]
    stated: Mapped[bool] = mapped_column(default=False)  #: spent only as the plan says; otherwise flexible
    spent: Mapped[Money | None]
    spent_until: Mapped[date | None]
    more: Mapped[str | None]  #: JSON of granted.py: who gives it, what it began with, what rolls on; None: nothing told

    periods: Mapped[list[FundingPeriod]] = relationship(
        lazy="raise", order_by="FundingPeriod.starts", cascade="all, delete-orphan"
    )

    def take(self, terms: Terms) -> None:
        """Write down what a letter says about this component; Refusal where it cannot be."""
        terms.check()
        self.name, self.management, self.amount = terms.name.strip(), terms.management, terms.amount
        self.categories, self.stated = self.pack(terms.categories), terms.stated
        self.spent, self.spent_until, self.more = terms.spent, terms.spent_until, kept(terms.about)
        if self.releases() != terms.releases:
            self.periods[:] = [
                FundingPeriod(client_id=self.client_id, starts=one.starts, ends=one.ends, amount=one.amount)
                for one in terms.releases
            ]
            flag_modified(self, "amount")  # another version, even where only the periods are different

    @property
    def about(self) -> AboutPart:
        """What few parts have."""
        return about_part(self.more)

    def releases(self) -> tuple[Release, ...]:
        """Its funding periods as values, in order."""
        return tuple(sorted((Release(one.starts, one.ends, one.amount) for one in self.periods), key=_first))

    @staticmethod
    def pack(categories: tuple[str, ...]) -> str:
        """Categories as they are stored."""
        return "," + ",".join(categories) + "," if categories else ""

    def unpacked(self) -> tuple[str, ...]:
        """Categories as a tuple."""
        return tuple(filter(None, self.categories.split(",")))


class FundingPeriod(Protected, Record):
    """Money of a component that is there from the first of these inclusive days on."""

    __tablename__ = "funding_period"
    resource = Resource.BUDGET

    component_id: Mapped[UUID] = mapped_column(ForeignKey("funding_component.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]
    amount: Mapped[Money]


class Determination(Protected, Record):
    """The share a client pays for one category of services, from a day on, as an agency's letter says."""

    __tablename__ = "determination"
    resource = Resource.BUDGET

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("funding_plan.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    rate_ppm: Mapped[int]
    since: Mapped[date]
    letter_date: Mapped[date | None]

    @property
    def rate(self) -> Percent:
        """The rate as a value."""
        return Percent(self.rate_ppm)


class OrdinaryWeek(Protected, Record):
    """The week someone described before there was a proposal, kept for the first one: WeekLine values."""

    __tablename__ = "ordinary_week"
    resource = Resource.DRAFT

    lines_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    told_at: Mapped[datetime]

    lines = Sealed()
