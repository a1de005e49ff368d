"""What an organisation's own people write of it, and the register of interests. Each verb looks who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.programs import PROGRAMS, program as program_of
from budgeting.words import words
from portal.accounts.model import Organisation
from portal.accounts.queries import writes_for
from portal.options import events
from portal.options.organisation_model import Interest, InterestKind, Offering, OrganisationPage
from portal.options.organisation_queries import may_confirm, page
from portal.work import NotVisible, Refusal, Work, open_command


@dataclass(frozen=True)
class Said:
    """What an organisation says of itself, in its own words; empty is not told."""

    offers: str = ""
    limits: str = ""
    places: str = ""
    owned_by: str = ""
    registration: str = ""
    registration_on: date | None = None
    complaints: str = ""


@open_command
def write_page(work: Work, organisation: Organisation, told: Said, version: int) -> OrganisationPage:
    """Write, as of today, what an organisation says of itself; NotVisible for those who do not work for it."""
    if not writes_for(work, organisation.id):
        raise NotVisible
    if told.registration_on is not None and told.registration_on > work.day:
        raise Refusal(words("This day is still to come."), "registration_on")
    row = page(work, organisation.id)
    if row is None:
        row = OrganisationPage(organisation_id=organisation.id)
        work.session.add(row)
    else:
        row.expect(version)
    for name in Said.__dataclass_fields__:
        setattr(row, name, getattr(told, name))
    row.written_by, row.written_on = work.account_id, work.day  # type: ignore[assignment]  # a member is signed in
    work.session.flush()
    work.record(events.PageWritten(client_id=None, subject=organisation.id))
    return row


@open_command
def offer(work: Work, organisation: Organisation, program: str, support: str) -> Offering:
    """Say that an organisation offers a support; what it asks for it stands in its price book."""
    if not writes_for(work, organisation.id):
        raise NotVisible
    if program not in PROGRAMS or program_of(program).family(support) is None:
        raise Refusal(words("Choose one of the answers."), "support")
    known = select(Offering).where(
        Offering.organisation_id == organisation.id,
        Offering.program == program,
        Offering.support == support,
        Offering.withdrawn_at.is_(None),
    )
    row = work.session.scalar(known)
    if row is None:
        row = Offering(organisation_id=organisation.id, program=program, support=support, since=work.day)
        work.session.add(row)
    work.session.flush()
    work.record(events.OfferingTold(client_id=None, subject=organisation.id))
    return row


@open_command
def withdraw_offer(work: Work, row: Offering) -> None:
    """Say that an organisation no longer offers a support."""
    if not writes_for(work, row.organisation_id):
        raise NotVisible
    row.withdrawn_at = work.now
    work.record(events.OfferingWithdrawn(client_id=None, subject=row.organisation_id))


@dataclass(frozen=True)
class Declared:
    """What is declared: who may gain, from whom, why, where it can be read, and on which days (inclusive)."""

    kind: InterestKind
    starts: date
    ends: date | None = None
    other_id: UUID | None = None
    note: str = ""
    source: str = ""


@open_command
def declare(work: Work, organisation: Organisation, told: Declared) -> Interest:
    """Declare that an organisation may gain from something; its own people and coordinators may."""
    if not (writes_for(work, organisation.id) or may_confirm(work)):
        raise NotVisible
    if told.ends is not None and told.ends < told.starts:
        raise Refusal(words("The last day comes before the first one."), "ends")
    if told.other_id == organisation.id:
        raise Refusal(words("Choose another organisation, or none."), "other_id")
    if told.kind in (InterestKind.REFERRAL_FEE, InterestKind.RELATED) and told.other_id is None and not told.note:
        raise Refusal(words("From whom, or with whom? Choose, or write it below."), "other_id")
    row = Interest(organisation_id=organisation.id, declared_by=work.account_id, declared_on=work.day)
    for name in Declared.__dataclass_fields__:
        setattr(row, name, getattr(told, name))
    work.session.add(row)
    work.session.flush()
    work.record(events.InterestDeclared(client_id=None, subject=organisation.id))
    return row


@open_command
def close(work: Work, row: Interest, version: int, last: date) -> None:
    """Say on which day a declared interest ended; it stays in the register."""
    if not (writes_for(work, row.organisation_id) or may_confirm(work)):
        raise NotVisible
    row.expect(version)
    if last < row.starts:
        raise Refusal(words("The last day comes before the first one."), "last")
    row.ends = last
    work.record(events.InterestClosed(client_id=None, subject=row.organisation_id))
