"""What others change is told to an open draft: soon, only to those who may see it, and without a word of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from litestar.types import ASGIApp
from sqlalchemy import select, update

from budgeting.money import Money
from portal.access.scope import unscoped
from portal.access.table import Resource
from portal.accounts.model import Account, SignIn
from portal.app import Coplan
from portal.people.model import Consent, Tie
from portal.proposals import queries, talk_commands, together, voice_commands
from portal.proposals.commands import start
from portal.proposals.model import Proposal
from portal.proposals.voice_model import Idea
from portal.site import live
from portal.site.serve import Desk
from tests.builders import a_restriction, acting, reading
from tests.person import Person
from tests.portal.proposals.listening import PATIENCE, Stream, let_in
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle

Scene = Callable[[], Awaitable[None]]


@pytest.fixture
def circle(coplan: Coplan, monkeypatch: pytest.MonkeyPatch) -> Circle:
    monkeypatch.setattr(live, "LOOKS_EVERY", timedelta(milliseconds=20))
    return a_circle(coplan)


@pytest.fixture
def listening(coplan: Coplan, web: Callable[[Coplan], ASGIApp], person: Person) -> Callable[..., Stream]:
    """Opens a stream as somebody of the circle."""
    app = web(coplan)

    def open_stream(circle: Circle, who: Account, address: str | None = None) -> Stream:
        come = person.another()
        return Stream(app, let_in(circle.coplan, come, who), address or f"{circle.address}/live")

    return open_stream


def run(scene: Scene) -> None:
    asyncio.run(scene())  # type: ignore[arg-type]  # an async function without arguments


def test_an_edit_is_told_to_everybody_who_has_the_draft_open_and_to_nobody_what_it_was(
    circle: Circle, listening: Any
) -> None:
    line = circle.add()

    async def scene() -> None:
        daniel, karim = listening(circle, circle.daniel), listening(circle, circle.karim)
        await daniel.until("event: changed")
        await karim.until("event: changed")
        circle.edit(circle.mei, line, price=Money(71_23))
        await daniel.until("event: changed", 2)
        await karim.until("event: changed", 2)
        for each in (daniel, karim):
            assert each.kind.startswith("text/event-stream")
            assert not [word for word in ("Mei", "shower", "71.23", "7123", str(line.id)) if word in each.said]
            await each.leave()

    run(scene)


def test_a_stream_ends_when_its_reader_may_not_see_drafts_any_more(circle: Circle, listening: Any) -> None:
    line = circle.add()

    async def scene() -> None:
        karim = listening(circle, circle.karim)
        await karim.until("event: changed")
        with circle.coplan.open_work() as work:
            withdrawn = update(Consent).where(Consent.covers == Resource.DRAFT).values(withdrawn_at=work.now)
            work.session.execute(unscoped(withdrawn, "a test"))
        circle.edit(circle.mei, line, price=Money(70_00))
        await karim.until_it_ends()
        assert karim.said.count("event: changed") == 1
        await karim.leave()

    run(scene)


def test_the_right_to_listen_is_asked_about_again_when_nothing_happens(
    circle: Circle, listening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CHECKED_EVERY", 0.05)

    async def scene() -> None:
        daniel = listening(circle, circle.daniel)
        await daniel.until("event: changed")
        with circle.coplan.open_work() as work:
            ended = update(Tie).where(Tie.account_id == circle.daniel.id).values(revoked_at=work.now)
            work.session.execute(unscoped(ended, "a test"))
        await daniel.until_it_ends()
        assert (daniel.ended, daniel.said.count("event: changed")) == (True, 1)
        await daniel.leave()

    run(scene)


@pytest.mark.parametrize("who", ["stranger", "tom"])
def test_who_may_not_see_a_draft_may_not_listen_to_it_either(circle: Circle, listening: Any, who: str) -> None:
    async def scene() -> None:
        nobody = listening(circle, getattr(circle, who))
        await nobody.until_it_ends()
        assert nobody.status == 404
        await nobody.leave()

    run(scene)


def test_what_somebody_does_in_a_draft_of_their_own_is_heard_by_nobody_else(circle: Circle, listening: Any) -> None:
    with acting(circle.coplan, circle.mei) as work:
        own = start(work, circle.client, "My own", "ndis", FIRST, LAST, kept=True)
    address = f"/people/{circle.client.id}/proposals/{own.id}/live"

    async def scene() -> None:
        daniel, mei = listening(circle, circle.daniel), listening(circle, circle.mei, address)
        brother = listening(circle, circle.karim, address)
        await brother.until_it_ends()
        assert brother.status == 404
        await daniel.until("event: changed")
        await mei.until("event: changed")
        with acting(circle.coplan, circle.mei) as work:
            talk_commands.say(work, queries.proposal(work, circle.client, own.id), None, "quiet", disagrees=False)
        await mei.until("event: changed", 2)
        await asyncio.sleep(0.1)
        assert daniel.said.count("event:") == 1
        for each in (daniel, mei, brother):
            await each.leave()

    run(scene)


def test_an_open_page_does_not_keep_a_session_from_ending(circle: Circle, person: Person) -> None:
    mei = let_in(circle.coplan, person, circle.mei).open(circle.address)
    with circle.coplan.open_work() as work:
        long_ago = work.now - timedelta(minutes=20)
        work.session.execute(update(SignIn).values(seen_at=long_ago))
    for address in ("/live", "/news?what=here"):
        assert mei.open(circle.address + address).status == 200
    mei.open(circle.address, **{"Coplan-By-Itself": "1"})
    with circle.coplan.open_reading() as work:
        assert set(work.session.scalars(select(SignIn.seen_at))) == {long_ago}
    mei.open(circle.address)
    with circle.coplan.open_reading() as work:
        assert long_ago not in set(work.session.scalars(select(SignIn.seen_at)))


def test_one_account_has_only_so_many_streams_and_then_asks_now_and_then(
    circle: Circle, listening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_EACH", 1)

    async def scene() -> None:
        first = listening(circle, circle.daniel)
        await first.until("event: changed")
        second = listening(circle, circle.daniel)
        await second.until_it_ends()
        assert second.kind.startswith("text/plain")
        assert len(second.said) == 16
        await first.leave()
        await second.leave()

    run(scene)


def test_every_act_in_a_draft_changes_its_mark_and_the_sheet_carries_the_same(circle: Circle) -> None:
    seen = []

    def look() -> None:
        with reading(circle.coplan, circle.daniel) as work:
            proposal = circle.fresh(work)
            mark = together.mark(work, proposal)
            assert mark == together.mark_of(queries.draft(work, circle.client, proposal))
            seen.append(mark)

    look()
    line = circle.add()
    look()
    circle.edit(circle.mei, line, price=Money(70_00))
    look()
    circle.suggest_removal(circle.daniel, line)
    look()
    with acting(circle.coplan, circle.karim) as work:
        talk_commands.say(work, circle.fresh(work), None, "It is a lot", disagrees=True)
    look()
    with reading(circle.coplan, circle.daniel) as work:
        (suggestion,) = queries.open_suggestions(work, circle.fresh(work))
    circle.say_yes_to(circle.mei, suggestion)
    look()
    assert len(set(seen)) == len(seen)


def test_those_who_look_at_a_draft_see_each_other_only_where_both_may_see_the_circle(
    circle: Circle, person: Person
) -> None:
    here = circle.coplan.house.here
    for who in (circle.mei, circle.daniel, circle.karim):
        here.come(circle.proposal.id, who.id)
    address = f"{circle.address}/news?what=here"
    mei, daniel, karim = (
        let_in(circle.coplan, person.another(), one) for one in (circle.mei, circle.daniel, circle.karim)
    )
    assert "Daniel Okafor is looking at this too." in mei.open(address).text
    assert "Karim" not in mei.text, "a brother who may not see the circle is not told of, as he is not told"
    assert "Mei Chen is looking" in daniel.open(address).text
    assert "is looking" not in karim.open(address).text
    with circle.coplan.open_work() as work:
        a_restriction(work, circle.client, circle.daniel, Resource.CIRCLE)
    assert "is looking" not in mei.open(address).text
    assert "is looking" not in daniel.open(address).text


def test_no_stream_tells_that_somebody_looks_whom_its_reader_may_not_see(circle: Circle, listening: Any) -> None:
    async def scene() -> None:
        mei, karim = listening(circle, circle.mei), listening(circle, circle.karim)
        for each in (mei, karim):
            await each.until("event: changed")
        daniel = listening(circle, circle.daniel)
        await mei.until("event: here")
        await daniel.leave()
        await mei.until("event: here", 2)
        amal = listening(circle, circle.nominee)
        await mei.until("event: here", 3)  # and by now everybody has been looked at again
        assert karim.said.count("event:") == 1, "a brother who may not see the circle learns of nobody"
        for each in (mei, karim, amal):
            await each.leave()

    run(scene)


def test_nobody_is_told_that_a_brother_looks_who_may_not_see_them(circle: Circle, listening: Any) -> None:
    async def scene() -> None:
        mei = listening(circle, circle.mei)
        await mei.until("event: changed")
        karim = listening(circle, circle.karim)
        await karim.until("event: changed")
        daniel = listening(circle, circle.daniel)
        await daniel.until("event: changed")
        await mei.until("event: here")
        assert mei.said.count("event: here") == 1  # for the coordinator
        for each in (mei, karim, daniel):
            await each.leave()

    run(scene)


def test_the_news_names_who_changed_something_and_never_oneself(circle: Circle, person: Person) -> None:
    circle.add()
    daniel = let_in(circle.coplan, person.another(), circle.daniel).open(f"{circle.address}/news?what=waiting")
    assert "Mei Chen changed this. Show the new amounts" in daniel.text
    mei = let_in(circle.coplan, person.another(), circle.mei).open(f"{circle.address}/news?what=waiting")
    assert "Mei Chen changed" not in mei.text
    assert let_in(circle.coplan, person.another(), circle.tom).open(f"{circle.address}/news").status == 404


def test_the_news_say_a_yes_too_and_lead_to_the_page_as_it_is_then(circle: Circle, person: Person) -> None:
    circle.add()
    circle.accept(circle.mei)
    daniel = let_in(circle.coplan, person, circle.daniel).open(f"{circle.address}/news?what=waiting")
    assert "Mei Chen changed this." in daniel.text
    assert daniel.page.xpath(f"//*[@id='news']//a[@href='{circle.address}'][not(@data-fresh)]")


def test_the_news_tell_nobody_that_the_client_said_whose_idea_something_was(circle: Circle, person: Person) -> None:
    line = circle.add()
    circle.suggest_removal(circle.daniel, line)
    with acting(circle.coplan, circle.mei) as work:
        voice_commands.answer(work, circle.fresh(work), circle.line(work, line).key, Idea.NOT_MINE)
    daniel = let_in(circle.coplan, person, circle.daniel).open(f"{circle.address}/news?what=shown")
    assert daniel.status == 200
    assert "Mei Chen changed" not in daniel.text


def test_nobody_looks_at_the_journal_where_nobody_listens(circle: Circle, listening: Any, who_serves: Desk) -> None:
    async def scene() -> None:
        daniel = listening(circle, circle.daniel)
        await daniel.until("event: changed")
        await daniel.leave()
        async with asyncio.timeout(PATIENCE):
            while len(asyncio.all_tasks()) > 1:  # this one goes on
                await asyncio.sleep(0.05)
        assert not circle.coplan.house.here.at(circle.proposal.id)

    run(scene)
    assert isinstance(circle.proposal, Proposal)
