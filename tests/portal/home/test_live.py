"""An open page says that something changed elsewhere: to whoever may see it, and without a word of what it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar.types import ASGIApp
from sqlalchemy import select, update

from agreements import commands as agreements, document, queries as agreed
from agreements.model import Agreement
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.accounts.model import Account
from portal.app import Coplan
from portal.home import live_pages
from portal.people import next_steps
from portal.people.model import Tie
from portal.site import live
from portal.site.page import Listen
from portal.work import Work
from tests.builders import a_client, a_tie, acting, reading
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle
from tests.portal.proposals.listening import Stream, let_in


@pytest.fixture
def circle(coplan: Coplan, monkeypatch: pytest.MonkeyPatch) -> Circle:
    monkeypatch.setattr(live, "LOOKS_EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr(live, "RESTS", 0)
    monkeypatch.setattr(live_pages, "PATIENCE", 0)
    monkeypatch.setattr(live_pages, "PATIENCE_WITH_ONE", 0)
    made = a_circle(coplan)
    made.usual()
    return made


@pytest.fixture
def listening(coplan: Coplan, web: Callable[[Coplan], ASGIApp], person: Person) -> Callable[..., Stream]:
    """Opens a stream as somebody."""
    app = web(coplan)
    return lambda who, address: Stream(app, let_in(coplan, person.another(), who), address)


def _agreement(circle: Circle) -> str:
    with circle.coplan.open_reading() as work:
        wanted = select(Agreement.id).where(Agreement.provider_id == circle.sunrise.id)
        return f"/people/{circle.client.id}/agreements/{work.session.scalars(unscoped(wanted, 'a test')).one()}"


def _offer(circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        for found in agreed.of_client(work, circle.client):
            texts = document.all_texts(found, agreed.client_of(work, found), agreed.provider_of(work, found))
            agreements.offer(work, found, texts, document.BINDING, document.TEXT_VERSION)


def _told(circle: Circle, listening: Any, who: Account, address: str) -> None:
    async def scene() -> None:
        stream = listening(who, address)
        await stream.until("event: changed")
        _offer(circle)
        await stream.until("event: changed", 2)
        assert not [word for word in ("Mei", "Sunrise", "offered") if word in stream.said]
        await stream.leave()

    asyncio.run(scene())


def test_an_open_agreement_is_told_that_it_was_offered(circle: Circle, listening: Any) -> None:
    _told(circle, listening, circle.mei, f"{_agreement(circle)}/live")


def test_the_first_page_of_a_coordinator_is_told_what_happens_with_anybody(circle: Circle, listening: Any) -> None:
    _told(circle, listening, circle.daniel, "/live")


def test_the_overview_of_a_client_is_told_what_waits_now(circle: Circle, listening: Any) -> None:
    _told(circle, listening, circle.mei, f"/people/{circle.client.id}/live")


def test_the_first_page_of_a_provider_is_told_what_is_sent_to_it(circle: Circle, listening: Any) -> None:
    _told(circle, listening, circle.grace, "/live")


def test_who_may_not_see_a_page_may_not_listen_to_it_either(circle: Circle, person: Person) -> None:
    for who in (circle.owen, circle.karim):
        reader = let_in(circle.coplan, person.another(), who)
        for page in (_agreement(circle), f"/people/{circle.client.id}"):
            assert reader.open(f"{page}/live").status == reader.open(page).status
    assert reader.open(f"{_agreement(circle)}/live").status == 404


def test_no_overview_tells_that_somebody_else_looks_at_it(circle: Circle, listening: Any) -> None:
    async def scene() -> None:
        address = f"/people/{circle.client.id}/live"
        first = listening(circle.daniel, address)
        await first.until("event: changed")
        second = listening(circle.mei, address)
        await second.until("event: changed")
        await second.leave()
        _offer(circle)
        await first.until("event: changed", 2)
        assert "event: here" not in first.said
        await first.leave()

    asyncio.run(scene())


def test_a_page_stops_listening_once_its_reader_has_left_the_circle(
    circle: Circle, listening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CHECKED_EVERY", 0.05)

    async def scene() -> None:
        stream = listening(circle.daniel, f"{_agreement(circle)}/live")
        await stream.until("event: changed")
        with circle.coplan.open_work() as work:
            left = update(Tie).where(Tie.account_id == circle.daniel.id).values(revoked_at=work.now)
            work.session.execute(unscoped(left, "a test"))
        await stream.until_it_ends()
        await stream.leave()

    asyncio.run(scene())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_that_nobody_changed_carries_the_mark_it_listens_with(
    circle: Circle, person: Person, language: str
) -> None:
    for who, page in ((circle.mei, f"/people/{circle.client.id}"), (circle.daniel, "/"), (circle.grace, "/")):
        reader = let_in(circle.coplan, person.another(), who).open(f"{page}?lang={language}")
        (changed,) = reader.page.xpath("//*[@id='changed']")
        assert reader.open(changed.get("data-changes")).answer.text == changed.get("data-mark")


def _mark(coplan: Coplan, who: Account) -> str:
    with reading(coplan, who) as work:
        return live_pages.live(work).mark


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[UUID]]:
    """Around whom it was looked for what waits, each time."""
    found: list[frozenset[UUID]] = []

    def looking(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, next_steps.NextStep]]:
        found.append(frozenset(clients))
        return ()

    monkeypatch.setattr(next_steps, "_STEPS", [*next_steps._STEPS, looking])
    return found


@pytest.mark.parametrize("who", ["daniel", "amal"])
def test_what_the_first_page_has_looked_for_is_not_looked_for_again_by_its_stream(
    circle: Circle, person: Person, looked: list[frozenset[UUID]], who: str
) -> None:
    reader = let_in(circle.coplan, person, getattr(circle, who)).open("/")
    (changed,) = reader.page.xpath("//*[@id='changed']")
    once = list(looked)
    assert reader.open(changed.get("data-changes")).answer.text == changed.get("data-mark")
    assert looked == once
    _offer(circle)
    reader.open(changed.get("data-changes"))
    assert len(looked) == len(once) + 1


def test_only_those_are_looked_at_again_around_whom_something_happened(
    circle: Circle, looked: list[frozenset[UUID]]
) -> None:
    with circle.coplan.open_work() as work:
        other = a_client(work, "Noor Haddad")
        a_tie(work, other, Relationship.LEAD, circle.daniel)
    before = _mark(circle.coplan, circle.daniel)
    assert _mark(circle.coplan, circle.daniel) == before
    _offer(circle)
    after = _mark(circle.coplan, circle.daniel)
    assert looked == [{circle.client.id, other.id}, {circle.client.id}]
    assert after != before
    circle.coplan.house.memory.clear()
    assert _mark(circle.coplan, circle.daniel) == after, "as if nothing had been remembered"


def test_who_has_left_a_circle_is_told_no_more_of_it(circle: Circle) -> None:
    _offer(circle)
    before = _mark(circle.coplan, circle.daniel)
    with circle.coplan.open_work() as work:
        left = update(Tie).where(Tie.account_id == circle.daniel.id).values(revoked_at=work.now)
        work.session.execute(unscoped(left, "a test"))
    after = _mark(circle.coplan, circle.daniel)
    circle.coplan.house.memory.clear()
    assert before != after == _mark(circle.coplan, circle.daniel)


def test_the_longer_a_look_at_many_people_takes_the_longer_the_next_one_waits() -> None:
    reader = uuid4()
    request: Any = None  # nobody asks here
    about = Listen(None, reader, reader, "mark", frozenset({uuid4()}), 10)
    for cost, waits in ((0.1, 10), (2.0, 60)):
        one = live.Listener(request, about, "mark", "", checked=1000, stirred=True, met=False, cost=cost)
        assert not one.due(1000 + waits - 1)
        assert one.due(1000 + waits)
