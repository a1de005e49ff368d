"""Statements that are written once give what SQLAlchemy itself gives, on both databases, every time they are run."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Select, bindparam, func, literal_column, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import class_mapper

from portal.access.scope import unscoped
from portal.accounts.model import Account, Membership, Role
from portal.app import Coplan
from portal.db import Record, among
from portal.people.model import Client, Tie
from portal.proposals.model import Proposal
from tests.builders import a_client, a_membership, an_account, an_organisation

pytestmark = pytest.mark.both_databases

TIES = unscoped(
    select(Tie.id, Tie.relationship, Tie.starts, Tie.ends, Tie.revoked_at)
    .where(Tie.account_id == bindparam("account"))
    .order_by(Tie.id),
    "a test looks at all",
)
STAFF = select(func.count().label("many")).where(Membership.role.in_([Role.AUDITOR, Role.OFFICER]))
ONE = unscoped(select(Client).where(Client.id == bindparam("client")), "a test looks at all")
NAMES = select(Account.name).order_by(Account.created_at)
AMONG = select(Account.id).where(among(Account.id, "accounts"))
NAMED = select(Account.name).where(Account.id.in_(bindparam("accounts", expanding=True))).order_by(Account.name)


def test_columns_come_back_as_what_they_are_the_first_time_and_every_other_time(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        a_client(work, "Mei Chen", account=mei)
    for _ in range(3):
        with coplan.open_reading() as work:
            expected = work.session.execute(TIES, {"account": mei.id}).all()
            assert [tuple(row) for row in work.reads.all(TIES, {"account": mei.id})] == [tuple(row) for row in expected]
            assert work.reads.one(TIES, {"account": mei.id}).starts == expected[0].starts
            assert work.reads.one(TIES, {"account": uuid4()}) is None


def test_a_list_of_values_may_be_fixed_or_another_each_time(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        both = [an_account(work, "Ann"), an_account(work, "Bo")]
        a_membership(work, both[0], an_organisation(work, "House"), Role.AUDITOR)
    with coplan.open_reading() as work:
        assert work.reads.one(STAFF, {}).many == 1
        assert [row.name for row in work.reads.all(NAMED, {"accounts": [one.id for one in both]})] == ["Ann", "Bo"]
        assert [row.name for row in work.reads.all(NAMED, {"accounts": [both[1].id]})] == ["Bo"]


def test_a_transaction_reads_what_it_wrote_itself_and_nobody_reads_what_was_thrown_away(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        before = work.reads.all(NAMES, {})
        kept = work.session.begin_nested()
        an_account(work, "Ann")
        assert [row.name for row in work.reads.all(NAMES, {})] == [*(row.name for row in before), "Ann"]
        kept.rollback()
        assert work.reads.all(NAMES, {}) == before


def test_what_the_database_refuses_is_told_as_everywhere_else(coplan: Coplan) -> None:
    broken: Select[Any] = select(literal_column("no_such_column")).select_from(Account)
    with pytest.raises(DBAPIError, match="no_such_column"), coplan.open_reading() as work:
        work.reads.all(broken, {})


def test_thousands_of_ids_travel_as_one_value_and_find_the_same(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        both = [an_account(work, "Ann").id, an_account(work, "Bo").id]
    with coplan.open_reading() as work:
        many = [*both, *(uuid4() for _ in range(3_000))]
        for ids in (many, both[:1], []):
            wanted = select(Account.id).where(among(Account.id, ids))
            assert set(work.session.scalars(wanted)) == set(ids) & set(both)
            assert {row.id for row in work.reads.all(AMONG, {"accounts": ids})} == set(ids) & set(both)


def test_a_record_is_the_one_that_the_session_itself_would_have_loaded(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        client = a_client(work, "Mei Chen")
        client.address = "1 Beach Road"
    for _ in range(2):
        with coplan.open_reading() as work:
            found = work.reads.record(Client, ONE, {"client": client.id})
            assert found is not None
            assert found.address == "1 Beach Road"
            columns = [one.key for one in class_mapper(Client).column_attrs]
            told = {name: getattr(found, name) for name in columns}
            work.session.expunge_all()
            own = work.session.scalars(ONE, {"client": client.id}).one()
            assert {name: getattr(own, name) for name in columns} == told
            assert work.reads.record(Client, ONE, {"client": uuid4()}) is None


def test_a_record_that_the_session_holds_is_found_as_it_was_changed(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        client = a_client(work, "Mei Chen")
    with coplan.open_work() as work:
        first = work.reads.record(Client, ONE, {"client": client.id})
        assert first is not None
        first.name, before = "Mei", first.version
        assert work.reads.record(Client, ONE, {"client": client.id}) is first
    with coplan.open_reading() as work:
        now = work.reads.record(Client, ONE, {"client": client.id})
        assert now is not None
        assert (now.name, now.version) == ("Mei", before + 1)


@pytest.mark.parametrize("model", [Client, Proposal])
def test_the_columns_of_such_a_record_are_called_as_its_attributes_are(model: type[Record]) -> None:
    mapped = class_mapper(model)
    assert {one.key for one in mapped.column_attrs} == {one.key for one in mapped.columns}
