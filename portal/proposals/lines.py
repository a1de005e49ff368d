"""Lines of a proposal: what every one must keep to, and how a new one comes in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy import func, select

from budgeting.package import Units, Weekly
from budgeting.period import Period
from budgeting.words import Words, words
from portal.access.scope import limit
from portal.funding.week import WeekLine
from portal.proposals.model import Line, Proposal
from portal.proposals.terms import Terms
from portal.work import Refusal, Work, refuse

MOST_LINES = 200


def check(proposal: Proposal, terms: Terms) -> None:
    """Refuse what no line may say, naming the field it stands in."""
    proposal.must_be_draft()
    within = words("Choose a day from {first} to {last}.", first=proposal.starts, last=proposal.ends)
    ends = words("The last day is before the first.") if terms.ends < terms.starts else None
    after = terms.more.likely is not None and terms.more.likely > terms.ends
    refuse(
        name=None if terms.name else words("Give the support a name."),
        starts=None if proposal.starts <= terms.starts <= proposal.ends else within,
        ends=ends or (within if terms.ends > proposal.ends else None),
        **of_schedule(terms),
        likely=words("This day is after the last day of the support.") if after else None,
    )


def of_schedule(terms: Terms) -> Mapping[str, Words | None]:
    """What is wrong with when a support happens, or how much of it."""
    dayless = isinstance(terms.schedule, Weekly) and not terms.schedule.weekdays
    none = isinstance(terms.schedule, Units) and terms.schedule.quantity.thousandths <= 0
    return {
        "weekdays": words("Choose at least one day of the week.") if dayless else None,
        "units": words("Enter a number above zero.") if none else None,
    }


def new_line(
    work: Work, proposal: Proposal, terms: Terms, position: int, key: UUID | None = None, before: str | None = None
) -> Line:
    """Put a line into a proposal; ``before=""`` lets it be undone."""
    if position > MOST_LINES:
        raise Refusal(words("There is room for {most} supports in one plan.", most=MOST_LINES))
    line = Line(
        client_id=proposal.client_id,
        proposal_id=proposal.id,
        key=key or uuid4(),
        position=position,
        edited_by=work.account_id,
        before=before,
    )
    line.take(terms)
    work.session.add(line)
    work.session.flush()
    return line


def from_week(told: WeekLine, proposal: Proposal, since: date) -> Terms:
    """What a line of an ordinary week says, from a day on to the end of a proposal."""
    return Terms(
        name=told.name,
        starts=since,
        ends=proposal.ends,
        support=told.support,
        component=told.component,
        schedule=told.schedule(Period(since, proposal.ends)),
        price=told.price,
        on_holidays=told.on_holidays,
        holiday_price=told.holiday_price,
    )


def next_position(work: Work, proposal: Proposal) -> int:
    """The place after the last line."""
    last = work.session.scalar(
        limit(select(func.max(Line.position)), work, Line).where(Line.proposal_id == proposal.id)
    )
    return (last or 0) + 1


def title_after(title: str, taken: Collection[str]) -> str:
    """What the next draft is called, so that no two carry the same name: with the next number that is free."""
    name, _, number = title.rpartition(" ")
    many = int(number) if name and number.isdecimal() and len(number) < 4 else 1
    name = name if many > 1 else title
    return next(each for n in count(many + 1) if (each := f"{name} {n}") not in taken)
