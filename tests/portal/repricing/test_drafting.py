"""The change that new prices suggest: drafted for everybody whom they touch, and nobody is asked by it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from budgeting.money import Money
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.app import Coplan
from portal.changes import queries as changes
from portal.changes.edits import moves, unpack
from portal.changes.effect import effect
from portal.changes.model import ChangeRequest
from portal.changes.states import RequestState
from portal.funding.model import FundingComponent
from portal.jobs import JOBS
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.proposals.frozen import thaw
from portal.repricing import commands, pages, queries
from portal.work import Refusal
from tests.builders import a_tie, acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle
from tests.portal.repricing.people import a_list, at_the_limit, dearer, imported, rows


def test_a_limit_below_the_agreed_price_is_said_and_a_change_puts_it_down_to_the_limit(
    circle: Circle, coplan: Coplan
) -> None:
    dearer(circle, coplan, therapy=150)
    (row,) = rows(coplan)
    assert row.above == 1
    with acting(coplan, circle.daniel) as work:
        found = queries.of_client(work, circle.client, row.run_id)
        commands.draft_change(work, found, queries.run(work, row.run_id))
    with reading(coplan, circle.daniel) as work:
        (request,) = changes.requests(work, circle.client)
        (edit,) = unpack(request.edits)
    assert request.state is RequestState.DRAFT  # nobody was asked
    assert edit.terms is not None
    assert (edit.terms.name, edit.terms.price) == ("Speech therapy", Money(150_00))
    with reading(coplan, circle.mei) as work:
        assert list(changes.requests(work, circle.client)) == []  # it is Daniel's to ask or to leave


def drafted_by_daniel(circle: Circle, coplan: Coplan) -> ChangeRequest:
    (row,) = rows(coplan)
    with acting(coplan, circle.daniel) as work:
        found = queries.of_client(work, circle.client, row.run_id)
        commands.draft_change(work, found, queries.run(work, row.run_id))
    with reading(coplan, circle.daniel) as work:
        (request,) = changes.requests(work, circle.client)
        assert request.state is RequestState.DRAFT
        return request


def test_where_prices_leave_the_plan_as_it_is_nothing_is_drafted_and_the_page_says_why(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    imported(coplan, a_list(circle.first, shower=70, therapy=195))
    (row,) = rows(coplan)
    with acting(coplan, circle.daniel) as work:
        found = queries.of_client(work, circle.client, row.run_id)
        with pytest.raises(Refusal):
            commands.draft_change(work, found, queries.run(work, row.run_id))
    with reading(coplan, circle.daniel) as work:
        assert list(changes.requests(work, circle.client)) == []
    page = signed_in(person, circle.daniel).open(row.path)
    assert "There is nothing to draft" in page.text
    assert not page.page.xpath("//form[@id='draft-change']")
    assert not page.open(f"/price-changes/{row.run_id}").page.xpath("//form[@id='drafts']")


@pytest.mark.parametrize(("shower", "what"), [(73, "$96.00 more"), (65, "$160.00 less")])
def test_whoever_only_pays_more_or_less_gets_a_change_that_asks_to_look_at_the_plan_together(
    circle: Circle, coplan: Coplan, shower: int, what: str
) -> None:
    imported(coplan, a_list(circle.first, shower=shower, therapy=195))
    request = drafted_by_daniel(circle, coplan)
    assert unpack(request.edits) == ()
    assert what in request.reason
    assert "Look at the plan together" in request.reason


def test_where_the_money_runs_short_earlier_the_change_holds_the_first_thing_that_mends_it(
    circle: Circle, coplan: Coplan
) -> None:
    with coplan.open_work() as work:
        part = work.session.scalars(unscoped(select(FundingComponent), "a test")).one()
        part.amount = Money(3_700_00)  # 32 h at 70 and 8 h at 180 are 3,680; with 73 an hour 3,776
    dearer(circle, coplan)
    (row,) = rows(coplan)
    assert (row.earlier, row.above) == (True, 0)
    request = drafted_by_daniel(circle, coplan)
    assert "What would mend it" in request.reason
    assert "Help in the shower" in request.reason
    edits = unpack(request.edits)
    assert len(edits) == 1
    with reading(coplan, circle.daniel) as work:
        (version,) = work.session.scalars(unscoped(select(PlanVersion), "a test")).all()
        moved = moves(thaw(version.content), edits, request.effective)
        found = effect(work, circle.client, [version], moved, request.effective)
    assert [one.runs_dry for one in found.before.components] != [None]
    assert [one.runs_dry for one in found.after.components] == [None]


def test_the_reason_of_the_change_is_in_the_language_of_the_person(circle: Circle, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        theirs = select(Client).where(Client.id == circle.client.id)
        work.session.scalars(unscoped(theirs, "a test")).one().language = "ar"
    dearer(circle, coplan)
    reason = drafted_by_daniel(circle, coplan).reason
    assert "new prices hold" not in reason
    assert "أسعار" in reason


def test_the_page_of_a_run_leads_to_the_changes_that_were_drafted_for_the_reader(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    dearer(circle, coplan, therapy=150)
    (row,) = rows(coplan)
    signed_in(person, circle.daniel).open(f"/price-changes/{row.run_id}").send("drafts")
    coplan.jobs.run_waiting()
    with reading(coplan, circle.daniel) as work:
        (request,) = changes.requests(work, circle.client)
    person.open(f"/price-changes/{row.run_id}").follow("Read the change")
    assert person.address.endswith(f"/people/{circle.client.id}/changes/{request.id}")
    another = signed_in(person.another(), circle.mei).open(f"/price-changes/{row.run_id}")
    assert "Read the change" not in another.text


def test_pressed_again_changes_are_drafted_for_those_whom_one_press_did_not_reach(
    circle: Circle, coplan: Coplan, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = a_circle(coplan)
    another.accepted(at_the_limit(another))
    with coplan.open_work() as work:
        a_tie(work, another.client, Relationship.LEAD, circle.daniel)
    dearer(circle, coplan)
    monkeypatch.setattr(pages, "MOST_DRAFTS", 1)
    signed_in(person, circle.daniel)
    for _ in range(2):
        person.open(f"/price-changes/{rows(coplan)[0].run_id}").send("drafts")
    assert all(row.request_id for row in rows(coplan))


def test_a_draft_that_somebody_keeps_to_themselves_leaves_everybody_else_free_to_draft_their_own(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    dearer(circle, coplan, therapy=150)
    (row,) = rows(coplan)
    drafted_by_daniel(circle, coplan)
    signed_in(person, circle.mei).open(row.path).send("draft-change")
    coplan.jobs.run_waiting()
    page = person.open(f"/price-changes/{row.run_id}").follow("Read the change").text
    assert "Speech therapy" in page
    for who in (circle.mei, circle.daniel):
        with reading(coplan, who) as work:
            (request,) = changes.requests(work, circle.client)
            assert request.made_by == who.id
    daniel = signed_in(person.another(), circle.daniel).open(row.path)
    assert not daniel.page.xpath("//form[@id='draft-change']")  # he has his own already


def test_a_draft_asked_for_twice_is_still_one(circle: Circle, coplan: Coplan) -> None:
    dearer(circle, coplan, therapy=150)
    (row,) = rows(coplan)
    for _ in range(2):
        with acting(coplan, circle.mei) as work:
            found = queries.of_client(work, circle.client, row.run_id)
            commands.draft_change(work, found, queries.run(work, row.run_id))
    with reading(coplan, circle.mei) as work:
        (request,) = changes.requests(work, circle.client)
        draft = JOBS["changes.draft_from"]
        kept = (row.id, request.id)
    with coplan.open_work() as work:
        draft.run(work, "repricing", str(kept[0]), str(kept[1]), str(circle.mei.id))
    with reading(coplan, circle.mei) as work:
        assert len(changes.requests(work, circle.client)) == 1
