"""Telling what claims need, taking out a file of claims, and writing down what others say is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.money import Money
from budgeting.period import month_of
from budgeting.programs.ndis.bulk_claims import bare, digits_fit, layout
from budgeting.spending.balances import Keeper, Payment
from budgeting.words import words
from portal.access.scope import organisations, unscoped
from portal.access.table import Action, Resource
from portal.db import Stale, Versioned
from portal.people.model import Client
from portal.spending import claim_events as events
from portal.spending.claim_model import (
    Claimant,
    ClaimNumber,
    ProviderStatement,
    RecordedProvider,
    TheirPayment,
    ToldBalance,
)
from portal.spending.model import Source
from portal.spending.standing import Standing
from portal.work import NeedsStepUp, NotVisible, Refusal, Work, command, open_command

NOT_YET = words("This day has not come yet. Enter today or a day before.")


@command(Resource.BUDGET, Action.WRITE)
def tell_number(work: Work, client: Client, version: int, number: str) -> None:
    """Write down the number under which the agency knows a client; Refusal when it has not the right length."""
    digits = layout(work.day).ndis_digits
    if not digits_fit(number, digits):
        raise Refusal(words("An NDIS number has {digits} digits.", digits=digits), "number")
    mine = select(ClaimNumber).where(ClaimNumber.client_id == client.id)
    row = work.session.scalar(unscoped(mine, "the command has permitted it"))
    if row is None:
        row = ClaimNumber(client_id=client.id, told_at=work.now)
        work.session.add(row)
    _expect(row, version)
    row.number = bare(number)
    row.told_by, row.told_at = work.account_id, work.now
    work.record(events.NumberTold(client_id=client.id, subject=row.id))


@command(Resource.BUDGET, Action.WRITE)
def tell_standing(
    work: Work,
    client: Client,
    version: int,
    provider_id: UUID | None,
    provider_name: str,
    standing: Standing,
    since: date | None,
) -> RecordedProvider:
    """Write down whether the agency has a provider recorded as "my provider", and since when."""
    if standing is not Standing.NOT_KNOWN and since is None:
        raise Refusal(words("Write the day as well. A day you remember roughly is fine."), "since")
    if since is not None and since > work.today(client):
        raise Refusal(NOT_YET, "since")
    mine = select(RecordedProvider).where(
        RecordedProvider.client_id == client.id,
        RecordedProvider.provider_id == provider_id if provider_id else RecordedProvider.provider_id.is_(None),
        RecordedProvider.provider_name == ("" if provider_id else provider_name),
    )
    row = work.session.scalar(unscoped(mine, "the command has permitted it"))
    if row is None:
        name = "" if provider_id else provider_name
        row = RecordedProvider(client_id=client.id, provider_id=provider_id, provider_name=name)
        work.session.add(row)
    _expect(row, version)
    row.standing, row.since = standing, since if standing is not Standing.NOT_KNOWN else None
    row.told_by, row.told_at = work.account_id, work.now
    work.record(events.StandingTold(client_id=client.id, subject=row.id, standing=standing))
    return row


@open_command
def tell_registration(work: Work, organisation_id: UUID, version: int, registration: str) -> None:
    """Write down the registration number of an organisation; NotVisible for somebody who does not belong to it."""
    if organisation_id not in set(work.session.scalars(organisations(work))):
        raise NotVisible
    digits = layout(work.day).registration_digits
    if not digits_fit(registration, digits):
        raise Refusal(words("A registration number has {digits} digits.", digits=digits), "registration")
    row = work.session.scalar(select(Claimant).where(Claimant.organisation_id == organisation_id))
    if row is None:
        row = Claimant(organisation_id=organisation_id, told_at=work.now)
        work.session.add(row)
    _expect(row, version)
    row.registration = bare(registration)
    row.told_by, row.told_at = work.account_id, work.now
    work.record(events.RegistrationTold(client_id=None, subject=organisation_id))


@open_command
def take_out(work: Work, client_ids: Sequence[UUID], claims: Sequence[int], amounts: Sequence[Money]) -> None:
    """Record, in each client's history, that their claims were taken out in a file.

    Which rows those are was found through what the reader may see (``claim_queries.claimable``); nothing is changed.
    As every export it asks for the password.
    """
    if not work.stepped_up:
        raise NeedsStepUp
    for client_id, count, amount in zip(client_ids, claims, amounts, strict=True):
        work.record(events.ClaimFileMade(client_id=client_id, claims=count, amount=amount))


@command(Resource.BUDGET, Action.WRITE)
def tell_balance(
    work: Work,
    client: Client,
    keeper: Keeper,
    component: str,
    on: date,
    left: Money,
    payments: Sequence[Payment] = (),
    *,
    listed: bool = False,
) -> ToldBalance:
    """Write down what somebody else says is left of a component, with the list of payments that came with it.

    ``listed``: the balance itself stood in a list.
    """
    if on > work.today(client):
        raise Refusal(NOT_YET, "on")
    row = ToldBalance(
        client_id=client.id,
        keeper=keeper,
        component=component,
        on=on,
        left=left,
        source=Source.FILE if payments or listed else Source.HAND,
        told_by=work.account_id,
        told_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        TheirPayment(
            client_id=client.id,
            balance_id=row.id,
            day=one.day,
            amount=one.amount,
            item=one.item[:60],
            provider=one.provider,
            row=number,
        )
        for number, one in enumerate(payments, 1)
    )
    work.record(events.BalanceTold(client_id=client.id, subject=row.id, keeper=keeper, on=on, left=left))
    return row


@command(Resource.BUDGET, Action.WRITE)
def take_back_balance(work: Work, told: ToldBalance, version: int) -> None:
    """Take back a balance that was typed wrongly; it stays, marked, and counts nowhere."""
    told.expect(version)
    if told.taken_back_at is not None:
        raise Refusal(words("This balance was taken back already."))
    told.taken_back_at = work.now
    work.record(events.BalanceTakenBack(client_id=told.client_id, subject=told.id, on=told.on, left=told.left))


@command(Resource.BUDGET, Action.WRITE)
def tell_statement(
    work: Work,
    client: Client,
    version: int,
    month: date,
    opening: Money | None,
    closing: Money | None,
    contributions: Money | None,
) -> ProviderStatement:
    """Write down what the provider's statement of a month says; what is None is not known."""
    if month > work.today(client):
        raise Refusal(words("This month has not begun yet."))
    if opening is None and closing is None and contributions is None:
        raise Refusal(words("Write at least one of the amounts of the statement."), "closing")
    row = _statement(work, client, version, month)
    row.opening, row.closing, row.contributions = opening, closing, contributions
    work.record(events.StatementTold(client_id=client.id, subject=row.id, month=row.month))
    return row


@command(Resource.BUDGET, Action.WRITE)
def tell_nothing_came(work: Work, client: Client, version: int, month: date, nothing: bool) -> None:
    """Say that no service came in a month that is over, so that what is left of it is known; or take that back."""
    if month_of(month).last >= work.today(client):
        raise Refusal(words("This month is under way. Say so when it is over."))
    row = _statement(work, client, version, month)
    row.nothing_on = work.today(client) if nothing else None
    work.record(events.NothingCame(client_id=client.id, subject=row.id, month=row.month, nothing=nothing))


def _statement(work: Work, client: Client, version: int, month: date) -> ProviderStatement:
    """What is told of a month, new where nothing was; Stale unless the form was made from this version of it."""
    first = month_of(month).first
    mine = select(ProviderStatement).where(ProviderStatement.client_id == client.id, ProviderStatement.month == first)
    row = work.session.scalar(unscoped(mine, "the command has permitted it"))
    if row is None:
        row = ProviderStatement(client_id=client.id, month=first, told_at=work.now)
        work.session.add(row)
    _expect(row, version)
    row.told_by, row.told_at = work.account_id, work.now
    return row


def _expect(row: Versioned, version: int) -> None:
    """Refuse (Stale) unless the form was made from this version of a row; 0 for one that was not there yet."""
    if (row.version or 0) != version:
        raise Stale
