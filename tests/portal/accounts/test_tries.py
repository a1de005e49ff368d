"""How often something may be tried, and from where: the counts, the networks, and their end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp
from sqlalchemy import func, select

from portal.access.table import Action, Resource
from portal.accounts import commands
from portal.accounts.commands import forget_tries
from portal.accounts.events import AccessRefused
from portal.accounts.model import Account, RateCount
from portal.accounts.pages import within_sign_in
from portal.accounts.queries import tries
from portal.app import Coplan
from portal.journal import JournalEntry, decode
from portal.settings import Settings, SettingsError, from_environment
from portal.site.guard import network
from tests.builders import PASSWORD, an_account, signed_in
from tests.clock import stands_still
from tests.person import ADDRESS, Person


@pytest.fixture
def mei(coplan: Coplan) -> Account:
    with coplan.open_work() as work:
        return an_account(work, "Mei Chen")


@pytest.mark.usefixtures("one_moment")
def test_after_ten_wrong_tries_even_the_right_password_waits_on_that_network(person: Person, mei: Account) -> None:
    for _ in range(10):
        person.open("/sign-in").send("sign-in", login=mei.login, password="something quite different")
    person.open("/sign-in").send("sign-in", login=mei.login, password=PASSWORD)
    assert "Wait a few minutes" in person.text
    assert "sid" not in person.cookies


@pytest.mark.usefixtures("one_moment")
def test_wrong_tries_from_one_network_do_not_lock_somebody_out_elsewhere(coplan: Coplan, mei: Account) -> None:
    with coplan.open_work() as work:
        tries = [within_sign_in(work, mei.login.upper(), "203.0.113.7") for _ in range(20)]
        assert tries == [True] * 10 + [False] * 10
        assert within_sign_in(work, mei.login, "198.51.100.4")


def test_nobody_tries_twice_as_often_at_the_edge_of_a_window_nor_is_shut_out_by_trying_on(
    coplan: Coplan, mei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten in fifteen minutes, whenever these begin; whoever goes on once a minute is let in again, and again."""
    began = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
    let_in = []
    for minute in [0] * 20 + [*range(1, 61)]:
        now = stands_still(monkeypatch, began + timedelta(minutes=minute))
        with coplan.open_work() as work:
            if within_sign_in(work, mei.login, "203.0.113.7"):
                let_in.append(now)
    in_a_window = [sum(first <= at < first + timedelta(minutes=15) for at in let_in) for first in let_in]
    assert max(in_a_window) == 10
    assert sum(at > began + timedelta(minutes=15) for at in let_in) >= 20


def test_counts_of_tries_are_forgotten_as_soon_as_no_limit_looks_at_them(
    coplan: Coplan, mei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)

    def kept(after: timedelta) -> int:
        stands_still(monkeypatch, began + after)
        with coplan.open_work() as work:
            forget_tries(work)
            return work.session.scalar(select(func.count()).select_from(RateCount)) or 0

    stands_still(monkeypatch, began)
    with coplan.open_work() as work:
        work.session.add(RateCount(bucket="a-limit-of-an-earlier-release:0f", window=1, tries=1))
        while within_sign_in(work, mei.login, "203.0.113.7"):
            pass
    assert kept(timedelta(minutes=14)) > 0
    with coplan.open_work() as work:
        assert not within_sign_in(work, mei.login, "203.0.113.7")  # what still counts was not forgotten
    assert kept(timedelta(minutes=40)) == 0


def test_tries_from_many_networks_together_are_limited_too(coplan: Coplan, mei: Account) -> None:
    with coplan.open_work() as work:
        tries = [within_sign_in(work, mei.login, f"203.0.113.{number}") for number in range(201)]
    assert tries == [True] * 200 + [False]


def test_one_network_that_tries_many_logins_is_limited(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        tries = [within_sign_in(work, f"nobody{number}@example.org", "203.0.113.7") for number in range(61)]
    assert tries == [True] * 60 + [False]


@pytest.mark.usefixtures("one_moment")
def test_a_right_password_is_no_try_of_the_network_so_an_office_behind_one_address_comes_in(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    here = network(coplan.settings, "testclient", "")
    person.sign_in(mei.login, PASSWORD)
    with coplan.open_work() as work:
        tries = [within_sign_in(work, f"nobody{number}@example.org", here) for number in range(61)]
    assert tries == [True] * 60 + [False]


@pytest.mark.parametrize(
    ("sender", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.7", "", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.4", "", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.4", "127.0.0.1", "198.51.100.4"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.4", "127.0.0.1", "198.51.100.4"),
        ("10.0.0.2", "198.51.100.4, 10.0.0.3", "10.0.0.0/24", "198.51.100.4"),
        ("127.0.0.1", "nonsense", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "10.9.9.9, nonsense", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.4:51234", "127.0.0.1", "198.51.100.4"),
        ("127.0.0.1", "10.9.9.9, [2001:db8:1:2::7]:51234", "127.0.0.1", "2001:db8:1:2::/64"),
        ("127.0.0.1", "[2001:db8:1:2::7]", "127.0.0.1", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2::7", "127.0.0.1", "2001:db8:1:2::/64"),
        ("127.0.0.1", "", "127.0.0.1", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", "", "203.0.113.7"),
        ("", "198.51.100.4", "127.0.0.1", ""),
    ],
)
def test_where_a_request_comes_from_is_told_by_a_trusted_proxy_only(
    sender: str, forwarded: str, trusted: str, expected: str
) -> None:
    settings = from_environment({"COPLAN_TRUSTED_PROXIES": trusted})
    assert network(settings, sender, forwarded) == expected


def test_a_line_that_the_sender_wrote_before_that_of_the_proxy_does_not_count(
    database: Settings, web: Callable[[Coplan], ASGIApp]
) -> None:
    """Some proxies add a line of their own to the header instead of going on in that of the sender."""
    trusted = from_environment({"COPLAN_TRUSTED_PROXIES": "127.0.0.1"}).proxies
    coplan = Coplan(replace(database, proxies=trusted))
    portal = web(coplan)
    lines = [(b"x-forwarded-for", b"10.9.9.9"), (b"x-forwarded-for", b"198.51.100.4")]

    async def behind_a_proxy(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": ("127.0.0.1", 1), "headers": [*scope["headers"], *lines]}
        await portal(scope, receive, send)

    with TestClient(app=behind_a_proxy, base_url=ADDRESS) as client:
        Person(client, coplan).open("/sign-in").send("sign-in", login="nobody@example.org", password="not this one")
    with coplan.open_reading() as work:
        told = {who: tries(work, "sign-in-network", 900, who) for who in ("10.9.9.9", "198.51.100.4")}
    coplan.jobs.close()
    coplan.database.engine.dispose()
    assert told == {"10.9.9.9": 0, "198.51.100.4": 1}


def test_a_proxy_that_is_no_address_is_not_trusted_but_said() -> None:
    with pytest.raises(SettingsError):
        from_environment({"COPLAN_TRUSTED_PROXIES": "everybody"})


@pytest.mark.usefixtures("one_moment")
def test_what_is_refused_again_and_again_is_told_a_few_times_and_hides_no_other_refusal(
    coplan: Coplan, person: Person, mei: Account
) -> None:
    leads_nowhere, another = uuid4(), uuid4()
    signed_in(person, mei)
    for _ in range(45):
        assert person.open(f"/people/{leads_nowhere}").status == 404
    person.open(f"/people/{another}")
    assert _refused(coplan) == [(leads_nowhere, n) for n in (*range(1, 11), 20, 40)] + [(another, 1)]


@pytest.mark.usefixtures("one_moment")
def test_many_refusals_of_one_person_are_counted_together_once_each_would_be_too_many(
    coplan: Coplan, mei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "REFUSED", replace(commands.REFUSED, tries=3))
    asked = [uuid4() for _ in range(13)]
    with coplan.open_work() as work:
        work.actor = replace(work.actor, account_id=mei.id)
        for one in asked:
            commands.note_refusal(work, one, Resource.PLAN, Action.READ)
    assert _refused(coplan) == [*((one, 1) for one in asked[:3]), (None, 6), (None, 12)]


def _refused(coplan: Coplan) -> list[tuple[UUID | None, int]]:
    with coplan.open_reading() as work:
        kept = select(JournalEntry).where(JournalEntry.kind == AccessRefused.kind).order_by(JournalEntry.seq)
        told = [decode(one) for one in work.session.scalars(kept)]
    return [(one.subject, one.times) for one in told if isinstance(one, AccessRefused)]
