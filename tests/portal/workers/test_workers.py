"""A new worker needs the person's yes, and what the person says in private stays there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Weekly
from portal.access.scope import unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.app import Coplan
from portal.changes import commands as changes
from portal.changes.queries import whole
from portal.changes.states import RequestState
from portal.people.model import Consent, Restriction, Tie
from portal.plans.narrowed import the_line
from portal.proposals import commands as drafts, queries as proposals
from portal.work import NotVisible, Refusal
from portal.workers import commands, queries
from portal.workers.commands import Proposed
from portal.workers.model import NotAgain, ShadowShift, Worker
from portal.workers.states import WORKER_ACTS, ShadowState, Told, WorkerAct, WorkerState
from tests.builders import a_client, a_consent, a_membership, a_tie, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, asked, everybody_agrees, state_of
from tests.portal.plans.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    found = a_circle(coplan)
    found.usual()
    return found


def _page(circle: Circle) -> str:
    return f"/people/{circle.client.id}/workers"


def _propose(circle: Circle) -> Worker:
    """Grace proposes somebody for the shower."""
    with acting(circle.coplan, circle.grace) as work:
        told = Proposed("Xiulan", work.day, "Mandarin", "", "Worker Screening", None)
        return commands.propose(work, queries.our_parts(work)[0], told)


def _answer(circle: Circle, act: WorkerAct) -> None:
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, queries.worker(work, circle.client, _lin(circle).id), act)


def _lin(circle: Circle) -> Worker:
    with reading(circle.coplan, circle.mei) as work:
        return next(one for one in queries.workers(work, circle.client) if one.name == "Xiulan")


def test_a_new_worker_comes_only_after_the_persons_yes_and_the_first_visit_is_marked(
    person: Person, circle: Circle
) -> None:
    grace = signed_in(person, circle.grace).open("/workers")
    grace.send("propose", name="Xiulan", languages="Mandarin", check_name="Worker Screening")
    lin = _lin(circle)
    mei = signed_in(person.another(), circle.mei).open(_page(circle))
    assert "Mandarin" in mei.text
    assert "as the provider says" in mei.text
    assert "First visit" not in mei.text
    assert "Waits for your yes" in mei.text  # hers, and by her name for everybody else
    for page in (f"/people/{circle.client.id}", _page(circle)):
        assert "Waiting for Mei Chen" in signed_in(person.another(), circle.daniel).open(page).text
    assert "Waiting for Mei Chen" in grace.open("/workers").text
    assert "Meeting first" in mei.send(f"answer-{lin.id}", press="answer=meet").text
    assert "Said no" in mei.send(f"answer-{lin.id}", press="answer=decline").text
    mei.send(f"rethink-{lin.id}", press="answer=accept")
    assert mei.text.count("First visit") == 1
    assert "Different people who come" in mei.open(f"/people/{circle.client.id}/plan").text
    mei.open(_page(circle))
    secret = "He shouts in the kitchen"
    mei.send(f"wish-{lin.id}", why=secret)
    assert secret in mei.text
    for page in ("/workers", f"/people/{circle.client.id}/history"):
        assert secret not in grace.open(page).text
        assert "private wish" not in grace.text
    first, last = circle.first, circle.first + timedelta(days=13)
    grace.open("/workers").send(f"away-{lin.id}", first=last.isoformat(), last=first.isoformat())
    assert "The last day comes after the first" in grace.text
    grace.send(f"away-{lin.id}", first=first.isoformat(), last=last.isoformat())
    with reading(circle.coplan, circle.mei) as work:
        assert all(not visit.workers for visit in queries.week(work, circle.client))
        later = [visit.day for visit in queries.week(work, circle.client, 21) if visit.workers]
        assert later
        assert all(day > last for day in later)


def test_the_leave_that_a_provider_tells_is_in_the_year_unless_somebody_else_comes(
    person: Person, circle: Circle
) -> None:
    worker = _propose(circle)
    _answer(circle, WorkerAct.ACCEPT)
    year = f"/people/{circle.client.id}/plan/year"
    grace = signed_in(person, circle.grace).open("/workers")
    first, last = circle.first + timedelta(days=7), circle.first + timedelta(days=20)  # two Tuesdays and two Fridays
    grace.send(f"away-{worker.id}", first=first, last=last)
    mei = signed_in(person.another(), circle.mei).open(year)
    assert "Xiulan is away, and 4 visits of Help in the shower need somebody else." in mei.text
    assert mei.page.xpath("//form[@id='fix-1']")
    with acting(circle.coplan, circle.grace) as work:
        part = queries.our_parts(work)[0]
        commands.propose(work, part, Proposed("Hana", work.day, weekdays=("1",)))
    with acting(circle.coplan, circle.mei) as work:
        hana = next(one for one in queries.workers(work, circle.client) if one.name == "Hana")
        commands.answer(work, hana, WorkerAct.ACCEPT)
    assert "Xiulan is away, and 1 visit of Help in the shower needs somebody else." in mei.open(year).text
    assert "4 visits of Help in the shower need somebody else" not in mei.text


def test_a_provider_never_says_yes_to_its_own_worker_and_a_coordinator_only_writes_down_a_yes(circle: Circle) -> None:
    lin = _propose(circle)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.grace) as work:
        commands.answer(work, queries.our_worker(work, lin.id), WorkerAct.ACCEPT)
    with pytest.raises(Refusal, match="Only the person"), acting(circle.coplan, circle.daniel) as work:
        commands.answer(work, queries.worker(work, circle.client, lin.id), WorkerAct.ACCEPT)
    with acting(circle.coplan, circle.daniel) as work:
        commands.answer(work, queries.worker(work, circle.client, lin.id), WorkerAct.DECLINE, told=True)
    assert _lin(circle).answered_how is Told.SAID
    with acting(circle.coplan, circle.amal) as work:  # a nominee decides too
        commands.answer(work, queries.worker(work, circle.client, lin.id), WorkerAct.ACCEPT)
    assert _lin(circle).answered_how is Told.SELF


def test_who_stops_on_a_day_to_come_comes_until_then_and_days_gone_by_are_asked_about(
    person: Person, circle: Circle
) -> None:
    worker = _propose(circle)
    _answer(circle, WorkerAct.ACCEPT)
    grace = signed_in(person, circle.grace).open("/workers")
    before = circle.first - timedelta(days=30)
    grace.send(f"away-{worker.id}", first=before, last=before)
    assert "This day has passed" in grace.text
    assert "Choose a day after" in grace.send(f"stop-{worker.id}", day=before).text
    last = circle.first + timedelta(days=10)
    grace.open("/workers").send(f"stop-{worker.id}", day=last + timedelta(days=1))
    assert "Does not come from" in grace.text
    with reading(circle.coplan, circle.mei) as work:
        days = [visit.day for visit in queries.week(work, circle.client, 21) if visit.workers]
    assert days
    assert max(days) <= last
    assert "Does not come from" in signed_in(person.another(), circle.mei).open(_page(circle)).text


def test_a_support_is_offered_once_while_its_next_version_waits_to_be_read(person: Person, coplan: Coplan) -> None:
    circle = a_circle(coplan)
    agreed = circle.usual()
    with acting(coplan, circle.mei) as work:
        following = drafts.go_on_from(work, proposals.proposal(work, circle.client, agreed.id), "My next plan")
    circle.accept(following)
    with reading(coplan, circle.grace) as work:
        assert len(queries.our_parts(work)) == 2, "the part that goes on, and the one that waits"
    offered = signed_in(person, circle.grace).open("/workers").page.xpath("//select[@name='part']/option[@value!='']")
    assert len(offered) == 1


def test_nobody_is_proposed_whose_check_ends_before_the_first_day(person: Person, circle: Circle) -> None:
    ended = circle.first - timedelta(days=1)
    grace = signed_in(person, circle.grace).open("/workers")
    grace.send("propose", name="Xiulan", check_name="Worker Screening", check_until=ended)
    assert "It must still hold then" in grace.text
    assert not grace.page.xpath("//section[starts-with(@id, 'worker-')]")


def test_a_letter_about_a_worker_is_held_back_once_its_reader_may_not_see_the_worker(circle: Circle) -> None:
    _propose(circle)

    def letters() -> int:
        return len(list(circle.coplan.settings.mail_folder.glob("worker-answer-*.eml")))

    _answer(circle, WorkerAct.MEET)
    assert letters() == 1
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, queries.worker(work, circle.client, _lin(circle).id), WorkerAct.ACCEPT)
        hidden = Restriction(client_id=circle.client.id, hidden_from=circle.grace.id, hides=None, set_by=circle.mei.id)
        hidden.set_at = work.now
        work.session.add(hidden)
    assert letters() == 1


def test_who_may_not_read_the_plan_or_is_another_provider_finds_nothing(person: Person, circle: Circle) -> None:
    _propose(circle)
    with circle.coplan.open_work() as work:
        other = an_account(work, "Other Person")
        a_client(work, "Other Person", account=other)
    for account in (circle.owen, circle.karim, other):
        with reading(circle.coplan, account) as work:
            assert not queries.workers(work, circle.client)
            assert not queries.our_workers(work)
            assert "Help in the shower" not in [the_line(part.content).name for part in queries.our_parts(work)]
    karim = signed_in(person, circle.karim)
    assert karim.open(_page(circle)).status == 404
    assert "Xiulan" not in karim.open("/workers").text


def test_a_supporter_who_reads_the_plan_sees_who_comes_but_not_who_waits_or_was_turned_down(circle: Circle) -> None:
    _propose(circle)
    seen = []
    for act in (None, WorkerAct.DECLINE, WorkerAct.ACCEPT):
        if act:
            _answer(circle, act)
        with reading(circle.coplan, circle.tom) as work:
            seen.append([one.name for one in queries.workers(work, circle.client)])
    assert seen == [[], [], ["Xiulan"]]
    with circle.coplan.open_work() as work:
        for consent in work.session.scalars(unscoped(select(Consent), "the test takes them all back")):
            consent.withdrawn_at = work.now
    with reading(circle.coplan, circle.tom) as work:
        assert not queries.workers(work, circle.client)


def test_not_again_is_read_by_the_person_and_the_lead_and_by_nobody_else(circle: Circle) -> None:
    lin = _propose(circle)
    _answer(circle, WorkerAct.ACCEPT)
    with acting(circle.coplan, circle.mei) as work:
        commands.say_not_again(work, queries.worker(work, circle.client, lin.id), "He shouts in the kitchen")
    readers = {}
    everybody = {"mei": circle.mei, "lead": circle.daniel, "provider": circle.grace, "son": circle.tom}
    for name, account in (everybody | {"nominee": circle.amal, "brother": circle.karim}).items():
        with reading(circle.coplan, account) as work:
            readers[name] = len(queries.not_again(work, circle.client))
            rows = work.session.scalars(visible(work, NotAgain)).all()
            assert len(rows) == readers[name]
    assert readers == {"mei": 1, "lead": 1, "provider": 0, "son": 0, "nominee": 0, "brother": 0}
    with pytest.raises(NotVisible), acting(circle.coplan, circle.amal) as work:
        commands.say_not_again(work, queries.worker(work, circle.client, lin.id), "no")


def test_who_was_the_lead_reads_no_not_again_and_who_worked_there_is_not_found_by_it(circle: Circle) -> None:
    lin = _propose(circle)
    _answer(circle, WorkerAct.ACCEPT)
    with acting(circle.coplan, circle.mei) as work:
        commands.say_not_again(work, queries.worker(work, circle.client, lin.id), "He shouts in the kitchen")
    with circle.coplan.open_work() as work:
        mine = Tie.client_id == circle.client.id, Tie.account_id == circle.daniel.id
        lead = work.session.scalars(unscoped(select(Tie).where(*mine), "a test")).one()
        lead.ends = work.day - timedelta(days=1)
        a_consent(work, a_tie(work, circle.client, Relationship.FAMILY, circle.daniel), Resource.REQUEST)
        left = an_account(work, "Left")
        a_membership(work, left, circle.sunrise, ends=work.day - timedelta(days=1))
    with reading(circle.coplan, circle.daniel) as work:
        assert not work.session.scalars(visible(work, NotAgain)).all()
        found = work.session.scalars(unscoped(select(NotAgain), "a test")).one()
        assert not work.can(Resource.REQUEST, Action.READ, circle.client.id, found)
    told = Proposed("Left", circle.first, "", "", "Worker Screening", None, login=left.login)
    with pytest.raises(Refusal, match="Nobody of your organisation"), acting(circle.coplan, circle.grace) as work:
        commands.propose(work, queries.our_parts(work)[0], told)


def test_a_shift_to_learn_is_free_unless_the_rules_let_it_be_charged_and_needs_a_yes(
    person: Person, circle: Circle
) -> None:
    lin = _propose(circle)
    tuesday = circle.first + timedelta(days=(1 - circle.first.weekday()) % 7)
    grace = signed_in(person, circle.grace).open("/workers")
    grace.send(f"along-{lin.id}", day=tuesday.isoformat())
    assert "Nothing is charged for it" in grace.text
    grace.open("/workers").send(f"along-{lin.id}", day=tuesday.isoformat(), complex_needs="yes")
    assert "$136.00" in grace.text  # two hours at 68 dollars
    with acting(circle.coplan, circle.mei) as work:
        shifts = queries.shadows(work, [circle.client.id])
        assert [one.state for one in shifts] == [ShadowState.ASKED] * 2
        commands.answer_shadow(work, shifts[0], agreed=True)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.grace) as work:
        commands.answer_shadow(work, queries.shadows(work, [circle.client.id])[1], agreed=True)
    assert "may come along on" in _next_of(signed_in(person.another(), circle.mei), circle)
    with acting(circle.coplan, circle.mei) as work:
        for shift in queries.shadows(work, [circle.client.id]):
            shift.day -= timedelta(days=365)
    assert "may come along on" not in _next_of(signed_in(person.another(), circle.mei), circle)  # nothing to answer now


def _next_of(mei: Person, circle: Circle) -> str:
    return str(mei.open(f"/people/{circle.client.id}").page.xpath("string(//section[@aria-labelledby='next'])"))


def test_a_shift_to_learn_goes_with_its_visit_and_what_moved_needs_a_yes_again(person: Person, circle: Circle) -> None:
    lin = _propose(circle)
    tuesday = circle.first + timedelta(days=7 + (1 - circle.first.weekday()) % 7)
    grace = signed_in(person, circle.grace).open("/workers")
    grace.send(f"along-{lin.id}", day=tuesday.isoformat(), complex_needs="yes")
    mei = signed_in(person.another(), circle.mei).open(_page(circle))
    (form,) = mei.page.xpath("//form[starts-with(@id, 'along-')]/@id")
    mei.send(form, press="agreed=yes")

    def now(*line: tuple[str, Mapping[str, object]]) -> ShadowShift:
        change = asked(circle, circle.mei, circle.first, *line)
        everybody_agrees(circle, change)
        with reading(circle.coplan, circle.mei) as work:
            (shift,) = queries.shadows(work, [circle.client.id])
        return shift

    later = now((SHOWER, {"schedule": Weekly((1, 4), time(14), time(17))}))
    assert (later.begins_at, later.minutes, later.state) == (time(14), 180, ShadowState.ASKED)
    assert later.price == Money(3 * 68_00)
    assert "2:00" in mei.open(_page(circle)).text
    assert "needs a yes again to come along" in mei.open(f"/people/{circle.client.id}/history").text
    gone = now((SHOWER, {"schedule": Weekly((4,), time(14), time(17))}))
    assert gone.state is ShadowState.GONE
    assert "the plan has no visit then" in mei.open(_page(circle)).text
    assert not mei.page.xpath("//form[starts-with(@id, 'along-')]")


def test_a_shift_to_learn_goes_with_a_visit_that_was_agreed_for_later_and_back_when_that_is_taken_back(
    person: Person, circle: Circle
) -> None:
    lin = _propose(circle)
    tuesday = circle.first + timedelta(days=7 + (1 - circle.first.weekday()) % 7)
    grace = signed_in(person, circle.grace).open("/workers")
    grace.send(f"along-{lin.id}", day=tuesday.isoformat())

    def shift() -> tuple[ShadowState, time]:
        with reading(circle.coplan, circle.mei) as work:
            (found,) = queries.shadows(work, [circle.client.id])
        return found.state, found.begins_at

    first = shift()
    change = asked(circle, circle.mei, tuesday, (SHOWER, {"schedule": Weekly((1, 4), time(14), time(16))}))
    assert shift() == first
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.AGREED
    assert shift() == (ShadowState.ASKED, time(14))
    with acting(circle.coplan, circle.mei) as work:
        changes.withdraw(work, whole(work, circle.client, change))
    assert shift() == first
    everybody_agrees(circle, asked(circle, circle.mei, tuesday, (SHOWER, None)))
    assert shift()[0] is ShadowState.GONE


def test_what_leads_nowhere_is_refused_in_every_state() -> None:
    for state, acts in WORKER_ACTS.items():
        for act in WorkerAct:
            row = Worker(state=state, name="Xiulan")
            if act in acts:
                row.move(act)
                assert row.state is acts[act]
            else:
                with pytest.raises(Refusal):
                    row.move(act)
    assert not WORKER_ACTS[WorkerState.STOPPED]
