"""The verbs of the opportunity board, of options kept for later, and of why there are fewer than three."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from budgeting.money import Money
from budgeting.options.coverage import Coverage
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.accounts.coverage import as_text, coverage
from portal.options import events
from portal.options.library_queries import may_keep
from portal.options.model import Came, FewerOptions, KeptOption, Opportunity, OwnOpportunity, Told
from portal.options.queries import as_text as keys_as_text, may_remove
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work, command, open_command

DRAFT = Resource.DRAFT


@dataclass(frozen=True)
class Something:
    """Something to do near home, as it was told; its coverage is dated by whoever writes it down."""

    title: str
    covers: Coverage
    about: str = ""
    place: str = ""
    contact: str = ""
    cost: Money | None = None


def _put(work: Work, row: Told, told: Something) -> None:
    if told.cost is not None and told.cost.minor < 0:
        raise Refusal(words("A price cannot be below zero."), "cost")
    row.title, row.about, row.place, row.contact, row.cost = (
        told.title,
        told.about,
        told.place,
        told.contact,
        told.cost,
    )
    row.covers = as_text(replace(told.covers, confirmed=work.day, by=work.account_id))
    row.told_by, row.told_at = work.account_id, work.now  # type: ignore[assignment]  # only people who are signed in


def _confirmed_today(work: Work, row: Told) -> None:
    known = coverage(row.covers)
    assert known is not None, "something to do is always written down with a day"
    row.covers = as_text(replace(known, confirmed=work.day, by=work.account_id))


@open_command
def tell(work: Work, told: Something) -> Opportunity:
    """Tell everybody about something to do near home; NotVisible for those who do not look after the board."""
    if not may_keep(work):
        raise NotVisible
    row = Opportunity()
    _put(work, row, told)
    work.session.add(row)
    work.session.flush()
    work.record(events.OpportunityTold(client_id=None, subject=row.id))
    return row


@open_command
def confirm(work: Work, row: Opportunity) -> None:
    """Say that it is still there today."""
    if not may_keep(work):
        raise NotVisible
    _confirmed_today(work, row)
    work.record(events.OpportunityTold(client_id=None, subject=row.id))


@open_command
def remove(work: Work, row: Opportunity) -> None:
    """Take it off the board."""
    if not may_keep(work):
        raise NotVisible
    row.removed_at = work.now
    work.record(events.OpportunityRemoved(client_id=None, subject=row.id))


@command(DRAFT, Action.COMMENT)
def tell_circle(work: Work, client: Client, told: Something) -> OwnOpportunity:
    """Tell the circle of one client about something to do near home."""
    row = OwnOpportunity(client_id=client.id)
    _put(work, row, told)
    work.session.add(row)
    work.session.flush()
    work.record(events.OpportunityTold(client_id=client.id, subject=row.id))
    return row


@command(DRAFT, Action.COMMENT)
def confirm_own(work: Work, row: OwnOpportunity) -> None:
    """Say that it is still there today."""
    _confirmed_today(work, row)
    work.record(events.OpportunityTold(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.COMMENT)
def remove_own(work: Work, row: OwnOpportunity) -> None:
    """Take it out; whoever told it may, and those who work on the draft."""
    if not may_remove(work, row, row.told_by):
        raise NotVisible
    row.removed_at = work.now
    work.record(events.OpportunityRemoved(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.COMMENT)
def keep(work: Work, client: Client, option: str, came: Came, searched: str, note: str) -> KeptOption:
    """Put an option aside for later, with how it came to be there."""
    row = KeptOption(
        client_id=client.id,
        option=option,
        came=came,
        searched=searched,
        note=note,
        kept_by=work.account_id,
        kept_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.OptionKept(client_id=client.id, subject=row.id))
    return row


@command(DRAFT, Action.COMMENT)
def drop(work: Work, row: KeptOption) -> None:
    """No longer keep an option."""
    if not may_remove(work, row, row.kept_by):
        raise NotVisible
    row.removed_at = work.now
    work.record(events.OptionRemoved(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.COMMENT)
def explain_fewer(work: Work, client: Client, options: Collection[str], reason: str, *, private: bool) -> FewerOptions:
    """Say why fewer than three options stand side by side; it is kept with who said it, and never written over."""
    row = FewerOptions(
        client_id=client.id,
        options=keys_as_text(options),
        reason=reason,
        private=private,
        said_by=work.account_id,
        said_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.FewerExplained(client_id=client.id, subject=row.id))
    return row
