"""The ledger: sums that are always zero, rows that never change, and a check that names what was tampered with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from budgeting.money import ZERO, Money, dollars
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.app import Coplan
from portal.payments import commands, ledger, queries
from portal.payments.gateway import Page
from portal.payments.model import Attempt, Contribution, Transfer
from portal.payments.states import AttemptState, Cause, LedgerAccount, PaymentState
from portal.verifying import breaks
from portal.work import Refusal
from tests.builders import a_client, a_tie, acting, an_account
from tests.portal.payments.conftest import Story


def heard(asked: Contribution, state: AttemptState, number: int = 1, minor: int | None = None) -> Page:
    return Page(
        session_id=f"cs_{asked.id}_{number}",
        url=None,
        intent_id=f"pi_{asked.id}_{number}",
        state=state,
        minor=asked.amount.minor if minor is None else minor,
        currency="AUD",
        expected_mode=True,
        attempt=Attempt.id_for(asked.id, number),
        contribution=asked.id,
    )


def found_broken(coplan: Coplan) -> list[str]:
    with coplan.open_reading() as work:
        return list(breaks(work))


def held(coplan: Coplan, asked: Contribution) -> dict[LedgerAccount, Money]:
    with coplan.open_reading() as work:
        rows = ledger.balances(ledger.all_transfers(work))
    return {account: money for (account, client), money in rows.items() if client == asked.client_id}


def test_asking_owes_and_paying_moves_the_debt_to_the_payment_service(story: Story) -> None:
    asked = story.asked("86.40")
    assert held(story.coplan, asked) == {
        LedgerAccount.OWED: dollars("86.40"),
        LedgerAccount.CONTRIBUTIONS: dollars("-86.40"),
    }
    with story.coplan.open_work() as work:
        assert commands.settle(work, heard(asked, AttemptState.PAID)) is None
    assert held(story.coplan, asked) == {
        LedgerAccount.OWED: ZERO,
        LedgerAccount.CONTRIBUTIONS: dollars("-86.40"),
        LedgerAccount.CLEARING: dollars("86.40"),
    }
    assert found_broken(story.coplan) == []


def test_stopping_to_ask_is_a_reversal_and_not_a_removal(story: Story) -> None:
    asked = story.asked("86.40")
    with acting(story.coplan, story.lead) as work:
        commands.cancel(work, queries.contribution(work, story.client.id, asked.id))
    with story.coplan.open_reading() as work:
        causes = [transfer.cause for transfer in ledger.all_transfers(work)]
    assert causes == [Cause.ASKED, Cause.TAKEN_BACK]
    assert set(held(story.coplan, asked).values()) == {ZERO}
    assert found_broken(story.coplan) == []


@pytest.mark.both_databases
def test_the_database_itself_refuses_to_change_or_drop_a_transfer(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        lead, client = an_account(work), a_client(work)
        a_tie(work, client, Relationship.LEAD, lead)
    with acting(coplan, lead) as work:
        commands.ask(work, client, dollars("10"), "Garden", work.day + timedelta(days=9), None)
    for change in (update(Transfer).values(amount=Money(1)), delete(Transfer)):
        with pytest.raises(DBAPIError, match="append-only"), coplan.open_work() as work:
            work.session.execute(unscoped(change, "a test tampers"))


def test_a_transfer_is_not_posted_twice_under_one_name(story: Story) -> None:
    asked = story.asked()
    with pytest.raises(IntegrityError), story.coplan.open_work() as work:
        ledger.post(work, asked, Cause.ASKED, f"{asked.id}|asked")


@pytest.mark.parametrize(
    "tampering,said",
    [
        ("UPDATE ledger_transfer SET amount = 1 WHERE id = '{id}'", "was changed"),
        ("UPDATE ledger_transfer SET debit = 'clearing' WHERE id = '{id}'", "is between the wrong accounts"),
        ("DELETE FROM ledger_transfer WHERE id = '{id}'", "is missing"),
        ("UPDATE ledger_transfer SET amount = 1; UPDATE contribution SET amount = 1", "was changed"),
    ],
)
def test_verify_names_a_tampered_transfer(story: Story, tampering: str, said: str) -> None:
    asked = story.asked()
    with story.coplan.open_reading() as work:
        (transfer,) = ledger.all_transfers(work)
    assert transfer.contribution_id == asked.id
    with story.coplan.database.engine.begin() as connection:  # someone with the database file in hand
        connection.execute(text("DROP TRIGGER ledger_transfer_no_update"))
        connection.execute(text("DROP TRIGGER ledger_transfer_no_delete"))
        for statement in tampering.format(id=transfer.id.hex).split(";"):
            connection.execute(text(statement))
    assert f"ledger: transfer {transfer.id} {said}" in found_broken(story.coplan)


def test_verify_names_a_contribution_that_calls_itself_paid(story: Story) -> None:
    asked = story.asked()
    with story.coplan.database.engine.begin() as connection:
        connection.execute(text("UPDATE contribution SET state = 'paid'"))
    assert found_broken(story.coplan) == [f"ledger: contribution {asked.id} is paid, but its transfers say otherwise"]


STEPS = st.lists(
    st.tuples(st.sampled_from([*AttemptState, "cancel", "too much"]), st.integers(1, 3)), min_size=1, max_size=8
)


@given(steps=STEPS, cents=st.integers(100, 10_000_000))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_payment_service_says_in_whatever_order_the_sums_hold(
    story: Story, steps: list[tuple[AttemptState | str, int]], cents: int
) -> None:
    asked = story.asked(f"{cents // 100}.{cents % 100:02}")
    for step, number in steps:
        if step == "cancel":
            try:
                with acting(story.coplan, story.lead) as work:
                    commands.cancel(work, queries.contribution(work, story.client.id, asked.id))
            except Refusal:
                pass
        else:
            page = (
                heard(asked, step, number)
                if isinstance(step, AttemptState)
                else heard(asked, AttemptState.PAID, number, cents + 1)
            )
            with story.coplan.open_work() as work:
                commands.settle(work, page)
    with story.coplan.open_reading() as work:
        transfers = [t for t in ledger.all_transfers(work) if t.contribution_id == asked.id]
    sums = ledger.balances(transfers)
    assert sum(money.minor for money in sums.values()) == 0
    owed = sums.get((LedgerAccount.OWED, asked.client_id), ZERO)
    arrived = sums.get((LedgerAccount.CLEARING, asked.client_id), ZERO)
    assert ZERO <= owed <= asked.amount
    assert arrived in (ZERO, asked.amount)
    state = story.state(asked)
    assert (arrived == asked.amount) is (state is PaymentState.PAID)
    assert found_broken(story.coplan) == []
