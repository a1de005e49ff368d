"""With a draft and notes kept to oneself, nobody else's pages, counts, histories or messages are any different."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Weekly
from portal.access.scope import unscoped, visible
from portal.access.table import Protected
from portal.app import Coplan
from portal.db import Base
from portal.journal import JournalEntry
from portal.meetings import commands as meetings
from portal.meetings.commands import MeetingTold
from portal.meetings.follow_up_commands import ToDo, agree_on
from portal.meetings.follow_up_model import FollowUp
from portal.meetings.model import MeetingPoint
from portal.notes import commands as notes
from portal.proposals import commands, privacy_commands, queries, scenario_commands, talk_commands
from portal.proposals.kept import KeptLine
from portal.proposals.model import Proposal
from portal.proposals.terms import Terms
from portal.work import NotVisible, Refusal
from tests.builders import acting, reading
from tests.person import Person
from tests.portal.proposals.listening import let_in
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle

CANARY = "zebrafinch"
OTHERS = ("daniel", "karim", "tom", "nominee", "stranger")
CHANGING = re.compile(
    r'name="(_key|_csrf|shown|shown_at)" value="[^"]*"|(?:id|for|href|aria-\w+)="[^"]*"'
    r"|\d+ (?:second|minute)s?|\d\d?:\d\d"
)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def ndiff(then: str, now: str) -> list[str]:
    """The lines that are not the same."""
    return [line for line in difflib.ndiff(then.splitlines(), now.splitlines()) if line[0] in "+-"]


def keep_something(circle: Circle) -> Proposal:
    """A draft with everything in it that a draft can have, a scenario of it, and notes: all Mei's own."""
    weekly = Weekly((1,), time(9), time(11))
    with acting(circle.coplan, circle.mei) as work:
        client = circle.client
        own = commands.start(work, client, f"{CANARY} plan", "ndis", FIRST, LAST, kept=True)
        terms = Terms(f"{CANARY} help", FIRST, LAST, support="self_care", schedule=weekly, price=Money(68_00))
        line = commands.add_line(work, own, terms)
        commands.add_line(work, own, Terms(f"{CANARY} more", FIRST, LAST, support="cleaning", schedule=weekly))
        talk_commands.say(work, own, line, f"{CANARY} said", disagrees=True)
        scenario_commands.keep(work, client, own, [KeptLine(line.key, line.terms)], f"{CANARY} scenario")
        notes.write(work, client, f"{CANARY} note")
        meeting = meetings.ask(work, client, MeetingTold(f"{CANARY} talk", proposal_id=own.id))
        meetings.add_point(work, meeting, f"{CANARY} point")
        later = work.today(client) + timedelta(days=1)
        for about, about_id in (("meeting", meeting.id), ("proposal", own.id)):
            agree_on(work, client, ToDo(f"{CANARY} to do", later, circle.mei.id, about=about, about_id=about_id))
    return own


def pages_of(circle: Circle, person: Person) -> Iterator[tuple[str, str]]:
    """Every page about Mei that somebody finds by following links, without what is new at each look."""
    ahead, seen = ["/", f"/people/{circle.client.id}", f"/people/{circle.client.id}/proposals"], set[str]()
    while ahead:
        address = ahead.pop(0)
        if address in seen or len(seen) > 24:
            continue
        seen.add(address)
        answer = person.open(address).answer
        yield address, CHANGING.sub("", _text(answer))
        if "html" in answer.headers.get("content-type", ""):
            hrefs = [href.split("#")[0] for href in person.page.xpath("//main//a/@href | //nav//a/@href")]
            ahead += [href for href in hrefs if href == "/" or (str(circle.client.id) in href and "lang=" not in href)]


def _text(answer: httpx.Response) -> str:
    """What an answer says; of a workbook, what its parts say."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("who", ["karim", "nominee"])
def test_no_page_of_anybody_else_is_any_different(person: Person, circle: Circle, who: str) -> None:
    circle.add()
    other = let_in(circle.coplan, person, getattr(circle, who))
    before = dict(pages_of(circle, other))
    before = dict(pages_of(circle, other))  # the first look is itself noted, so the second is compared
    own = keep_something(circle)
    after = dict(pages_of(circle, other))
    assert after.keys() == before.keys()
    different = [
        (address, ndiff(before[address], after[address])) for address in after if after[address] != before[address]
    ]
    assert different == []
    assert CANARY not in "".join(after.values()).lower()
    for page in ("", "/accept", "/why", "/news", "/live", "/alone", "/add", "/scenarios"):
        assert other.open(f"/people/{circle.client.id}/proposals/{own.id}{page}").status == 404


def test_no_history_of_anybody_tells_of_it_and_no_message_is_sent(person: Person, circle: Circle) -> None:
    with circle.coplan.open_reading() as work:
        before = set(work.session.scalars(select(JournalEntry.seq).where(JournalEntry.client_id.is_not(None))))
    sent = list(circle.coplan.settings.mail_folder.glob("*")) if circle.coplan.settings.mail_folder.exists() else []
    keep_something(circle)
    with circle.coplan.open_reading() as work:
        after = set(work.session.scalars(select(JournalEntry.seq).where(JournalEntry.client_id.is_not(None))))
        kept = work.session.scalars(select(JournalEntry).where(JournalEntry.client_id.is_(None))).all()
        assert not [one for one in kept if CANARY in one.data]
    assert after == before
    now = list(circle.coplan.settings.mail_folder.glob("*")) if circle.coplan.settings.mail_folder.exists() else []
    assert now == sent


def test_its_owner_sees_it_and_what_belongs_to_it(person: Person, circle: Circle) -> None:
    own = keep_something(circle)
    mei = let_in(circle.coplan, person, circle.mei).open(f"/people/{circle.client.id}/proposals")
    assert f"{CANARY} plan" in mei.text
    assert "Only you see this" in mei.text
    mei.open(f"/people/{circle.client.id}/proposals/{own.id}")
    assert "Only you see this draft" in mei.text
    assert "Say yes to this plan" not in mei.text


def test_every_table_about_a_draft_stands_behind_the_same_wall(circle: Circle) -> None:
    own = keep_something(circle)
    with circle.coplan.open_reading() as work:
        there: set[Any] = {
            mapper.class_
            for mapper in Base.registry.mappers
            if issubclass(mapper.class_, Protected) and hasattr(mapper.class_, "proposal_id")
        }
        filled = [
            model
            for model in there
            if work.session.scalar(unscoped(select(model.id).where(model.proposal_id == own.id), "a test"))
        ]
    assert len(filled) >= 4, "lines, comments, edits and scenarios at least"
    for who in OTHERS:
        with reading(circle.coplan, getattr(circle, who)) as work:
            for model in filled:
                assert not work.session.scalars(visible(work, model).where(model.proposal_id == own.id)).all()
            for each in (FollowUp, MeetingPoint):
                assert not work.session.scalars(visible(work, each)).all(), "what hangs on what hangs on it"
    with reading(circle.coplan, circle.mei) as work:
        assert len(work.session.scalars(visible(work, FollowUp)).all()) == 2
        for model in filled:
            assert work.session.scalars(visible(work, model).where(model.proposal_id == own.id)).all()


def test_nobody_says_yes_to_a_draft_that_only_they_see_and_sharing_it_opens_it(person: Person, circle: Circle) -> None:
    own = keep_something(circle)
    with acting(circle.coplan, circle.mei) as work, pytest.raises(Refusal, match="Share it first"):
        commands.accept(work, queries.proposal(work, circle.client, own.id), circle.client, "")
    here = f"/people/{circle.client.id}/proposals/{own.id}"
    mei = let_in(circle.coplan, person, circle.mei).open(f"{here}/where")
    assert "Share it first, then say yes." in mei.text, "the next step is one that can be done"
    mei.open(f"{here}/accept")
    assert "Share it first, then say yes." in mei.text
    assert not mei.page.xpath("//form[@id='accept']"), "no yes is asked for that would be refused"
    assert "What is in this draft" in mei.text
    assert "say yes to" not in mei.text
    assert f"{here}/voice" not in mei.text, "nobody is asked whose idea it was before anybody can say yes"
    mei.follow("Share this draft").send("share-draft")
    assert "Shared." in mei.text
    with reading(circle.coplan, circle.karim) as work:
        assert queries.proposal(work, circle.client, own.id).title == f"{CANARY} plan"
    with circle.coplan.open_reading() as work:
        told = work.session.scalars(
            select(JournalEntry.kind).where(JournalEntry.subject_id == own.id, JournalEntry.client_id.is_not(None))
        )
        assert list(told) == ["proposals.draft_shared"], "what was done before stays untold"


def test_only_whoever_keeps_a_draft_can_share_it(circle: Circle) -> None:
    own = keep_something(circle)
    with acting(circle.coplan, circle.nominee) as work:
        found = work.session.scalars(unscoped(select(Proposal).where(Proposal.id == own.id), "a test")).one()
        with pytest.raises(NotVisible):
            privacy_commands.share(work, found, found.version)


def test_the_quiet_page_before_a_yes_leaves_no_trace(person: Person, circle: Circle) -> None:
    circle.add()
    mei = let_in(circle.coplan, person, circle.mei)
    mei.open(f"{circle.address}/accept")
    with circle.coplan.open_reading() as work:
        before = work.session.scalars(select(JournalEntry.seq)).all()
    mei.follow("Is anybody with you?")
    assert "Nobody should hurry you" in mei.text
    mei.follow("Not now, I do this later")
    assert mei.address == f"/people/{circle.client.id}"
    with circle.coplan.open_reading() as work:
        assert work.session.scalars(select(JournalEntry.seq)).all() == before
