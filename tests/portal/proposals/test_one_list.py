"""What is to look at in a draft is one list: the sheet, the yes, the check and the papers count the same things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from budgeting.package import Priority
from portal.app import Coplan
from portal.goals import commands as goals
from portal.meetings import commands as meetings
from portal.meetings.commands import MeetingTold
from portal.meetings.model import Content
from portal.meetings.pack import opened
from portal.proposals import queries
from portal.proposals.check_queries import to_look_at
from portal.proposals.particulars import Particulars
from portal.work import Work
from portal.workers import call_commands as workers
from portal.workers.call_commands import Instead
from portal.workers.states import BackupKind
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """A draft with one support that must happen, by a provider whom nobody let in."""
    made = a_circle(coplan)
    made.add(more=Particulars(priority=Priority.MUST), provider_id=made.sunrise.id)
    return made


def kinds(circle: Circle, who: str = "mei") -> list[str]:
    """What somebody is told to look at."""
    with reading(circle.coplan, getattr(circle, who)) as work:
        draft = queries.draft(work, circle.client, circle.fresh(work))
        return [one.kind for one in to_look_at(work, circle.client, draft)]


def counted(person: Person, address: str) -> int:
    """The number on the link to the check."""
    (link,) = person.open(address).page.xpath("//main//a[contains(@href, '/check')]")
    return int(link.text_content().split()[0])


def test_the_sheet_after_a_save_the_yes_the_check_and_the_papers_have_one_number(
    person: Person, circle: Circle
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        goals.name_goal(work, circle.client, "Paint on Sundays", "en")
    mei, (line,) = signed_in(person, circle.mei), circle.lines()
    number = len(kinds(circle))
    assert {"no_backup", "goal_unmet", "no_consent"} <= set(kinds(circle))
    assert [counted(mei, circle.address + page) for page in ("", "/accept")] == [number] * 2
    assert len(mei.open(circle.address + "/check").page.xpath("//ul[@class='findings']/li")) == number
    mei.open(circle.address).send(f"q-{line.id.hex[:12]}", htmx=True, price="69.00")
    (link,) = mei.page.xpath("//a[contains(@href, '/check')]")
    assert link.text_content() == f"{number} things to look at", "the answer to a save says it too"
    with acting(circle.coplan, circle.mei) as work:
        told = MeetingTold("Talk", contents=frozenset({Content.DRAFT}), proposal_id=circle.proposal.id)
        papers = opened(
            work, circle.client, meetings.send(work, meetings.ask(work, circle.client, told), circle.client)
        )
    assert len(papers.noticed) == number


def test_a_goal_without_a_support_leads_to_adding_one_that_serves_it(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        goal = goals.name_goal(work, circle.client, "Paint on Sundays", "en")
    mei = signed_in(person, circle.mei).open(circle.address + "/check").follow("Add a support")
    mei.follow("Add something that is on no list").send("line", name="Painting class", how="units", units="10")
    assert goal.id in [one.goal_id for one in circle.lines()]
    assert "goal_unmet" not in kinds(circle)
    closed = signed_in(person.another(), circle.karim).open(circle.address + "/check")
    assert not closed.page.xpath("//ul[@class='findings']//a[contains(@href, '/add')]")


def test_each_reader_of_the_papers_is_told_of_what_they_may_see(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        goals.name_goal(work, circle.client, "Paint on Sundays", "en")
        told = MeetingTold("Talk", contents=frozenset({Content.DRAFT}), proposal_id=circle.proposal.id)
        sent = meetings.send(work, meetings.ask(work, circle.client, told), circle.client)
    said = {}
    for who in ("mei", "karim"):  # who may read the draft and the goals, and not the circle
        with reading(circle.coplan, getattr(circle, who)) as work:
            said[who] = {one.text for one in opened(work, circle.client, sent).noticed}
    goal, consent = "No support in this draft serves this goal", "is not in the circle"
    assert [any(goal in one for one in said[who]) for who in said] == [True, True]
    assert [any(consent in one for one in said[who]) for who in said] == [True, False]


def named(work: Work, circle: Circle) -> None:
    goals.name_goal(work, circle.client, "Swim again", "en")


def backed(work: Work, circle: Circle) -> None:
    key = queries.lines(work, circle.fresh(work))[0].key
    workers.add_backup(work, circle.client, Instead(key, BackupKind.FAMILY, name="Lee"), agreed=True)


@pytest.mark.parametrize(("act", "kind", "after"), [(named, "goal_unmet", True), (backed, "no_backup", False)])
def test_what_happens_around_the_person_is_seen_in_a_draft_that_was_looked_at_before(
    circle: Circle, act: Callable[[Work, Circle], None], kind: str, after: bool
) -> None:
    assert (kind in kinds(circle)) is not after
    with acting(circle.coplan, circle.mei) as work:
        act(work, circle)
    assert (kind in kinds(circle)) is after


def test_what_one_reader_may_see_is_not_remembered_for_another(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        goals.name_goal(work, circle.client, "Paint on Sundays", "en")
    assert ["no_consent" in kinds(circle, who) for who in ("mei", "karim", "mei")] == [True, False, True]


def test_a_draft_without_a_support_has_nothing_to_look_at(circle: Circle) -> None:
    circle.remove(circle.mei, circle.lines()[0])
    assert kinds(circle) == []
