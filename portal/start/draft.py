"""What someone has typed so far, as one plain value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from budgeting.money import Money
from budgeting.package import Management
from budgeting.period import Place
from budgeting.programs import PROGRAMS
from budgeting.words import words
from portal.funding.model import FundingPlan
from portal.funding.terms import Letter, Terms, levels
from portal.funding.week import WeekLine
from portal.work import Refusal

STATES = ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")
ZONES = ("national", "remote", "very_remote")
MOST_PARTS = 12
MOST_LINES = 30
TOO_MANY_LINES = words("A week has at most {most} lines here.", most=MOST_LINES)


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan letter and an ordinary week.

    A pasted letter also leaves ``heard`` (fields of the letter form to check), ``unfinished`` (components that lack
    something, as fields of the part form) and ``unused`` (lines that were not understood). ``open_lines`` are lines of
    the week of which something is still to be said; they count for nothing until then. ``rows`` are the parts as they
    were typed into the one form. ``ends_unknown``: nobody knows the last day, and that of the letter is only how far we
    look; ``payers_unknown`` are the keys of the parts of which nobody knows who pays the invoices.
    """

    letter: Letter | None = None
    state: str = ""
    zone: str = "national"
    parts: tuple[Terms, ...] = ()
    week: tuple[WeekLine, ...] = ()
    total: Money | None = None
    heard: tuple[tuple[str, str], ...] = ()
    unfinished: tuple[tuple[tuple[str, str], ...], ...] = ()
    unused: tuple[str, ...] = ()
    open_lines: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    ends_unknown: bool = False
    payers_unknown: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where supports happen."""
        return Place(self.state or "NSW", self.zone)

    @property
    def program(self) -> str:
        """The program of the letter; the first one there is as long as no letter was told."""
        return self.letter.program if self.letter else PROGRAMS[0]

    @property
    def ready(self) -> bool:
        """Whether there is enough to answer: the plan, its money, and a week."""
        return self.funded and bool(self.week)

    @property
    def funded(self) -> bool:
        """Whether the plan and its money are there."""
        return self.letter is not None and bool(self.state) and (bool(self.parts) or bool(levels(self.letter.program)))

    def with_part(self, terms: Terms) -> Draft:
        """One more component; its key differs from the others."""
        if len(self.parts) >= MOST_PARTS:
            raise Refusal(words("A plan has at most {most} parts here.", most=MOST_PARTS))
        return replace(self, parts=(*self.parts, terms))

    def without_part(self, number: int) -> Draft:
        """Without the component of this number, counted from one; an unknown one changes nothing."""
        return replace(self, parts=tuple(one for n, one in enumerate(self.parts, 1) if n != number))

    def with_line(self, line: WeekLine, number: int | None = None) -> Draft:
        """One more line of the week, or another in the place of the one with this number."""
        if number is not None and 1 <= number <= len(self.week):
            return replace(self, week=tuple(line if n == number else one for n, one in enumerate(self.week, 1)))
        if len(self.week) >= MOST_LINES:
            raise Refusal(TOO_MANY_LINES)
        return replace(self, week=(*self.week, line))

    def without_line(self, number: int) -> Draft:
        """Without the line of this number, counted from one; an unknown one changes nothing."""
        return replace(self, week=tuple(one for n, one in enumerate(self.week, 1) if n != number))

    def completed(self, ends: date | None, payer: Management | None) -> Draft:
        """With a last day and a payer where nobody had known them; what was known stays."""
        known = self
        if self.letter and self.ends_unknown and ends:
            known = replace(known, letter=replace(self.letter, ends=ends, reassessment=ends), ends_unknown=False)
        if payer and self.payers_unknown:
            paid = [replace(one, management=payer) if one.key in self.payers_unknown else one for one in self.parts]
            known = replace(known, parts=tuple(paid), payers_unknown=())
        return known

    def plan(self, at: datetime, client_id: UUID | None = None, by: UUID | None = None) -> FundingPlan:
        """The funding plan this letter is: the rows to keep, or a passing one to calculate with."""
        if self.letter is None:
            raise Refusal(words("Type in the first and the last day of the plan first."))
        plan = FundingPlan(client_id=client_id or uuid4(), typed_by=by, created_at=at, components=[], determinations=[])
        plan.take(self.letter)
        for terms in self.parts:
            plan.add(terms)
        return plan
