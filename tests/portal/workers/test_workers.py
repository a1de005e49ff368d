"""A new worker needs the person's yes, and what the person says in private stays there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.access.table import Resource
from portal.app import Coplan
from portal.people.model import Consent
from portal.work import NotVisible, Refusal
from portal.workers import commands, queries
from portal.workers.model import Worker
from portal.workers.states import WORKER_ACTS, Told, WorkerAct, WorkerState
from tests.builders import a_client, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    found = a_circle(coplan)
    found.usual()
    with acting(coplan, found.daniel) as work:
        assert [one.frozen.name for one in queries.lines(work, found.client)] == ["Help in the shower", OTHER_SUPPORT]
    return found


def _page(circle: Circle) -> str:
    return f"/people/{circle.client.id}/workers"


def _propose(person: Person, circle: Circle, **told: Any) -> Person:
    grace = signed_in(person, circle.grace).open("/workers")
    told = {"name": "Xiulan", "languages": "Mandarin", "check_name": "Worker Screening", **told}
    return grace.send("propose", **told)


def _lin(circle: Circle) -> Worker:
    with reading(circle.coplan, circle.mei) as work:
        return next(one for one in queries.workers(work, circle.client) if one.name == "Xiulan")


def test_a_new_worker_comes_only_after_the_persons_yes_and_the_first_visit_is_marked(
    person: Person, circle: Circle
) -> None:
    _propose(person, circle)
    lin = _lin(circle)
    mei = signed_in(person.another(), circle.mei).open(_page(circle))
    assert "Mandarin" in mei.text
    assert "as the provider says" in mei.text
    assert "First visit" not in mei.text
    mei.send(f"answer-{lin.id}", press="answer=accept")
    assert "First visit" in mei.text
    assert mei.text.count("First visit") == 1


def test_the_person_may_meet_somebody_first_or_say_no_and_think_again(person: Person, circle: Circle) -> None:
    _propose(person, circle)
    lin = _lin(circle)
    mei = signed_in(person.another(), circle.mei).open(_page(circle))
    assert "Meeting first" in mei.send(f"answer-{lin.id}", press="answer=meet").text
    assert "Said no" in mei.send(f"answer-{lin.id}", press="answer=decline").text
    mei.send(f"rethink-{lin.id}", press="answer=accept")
    assert _lin(circle).state is WorkerState.AGREED


def test_a_provider_never_says_yes_to_its_own_worker_and_a_coordinator_only_writes_down_a_yes(
    person: Person, circle: Circle
) -> None:
    _propose(person, circle)
    lin = _lin(circle)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.grace) as work:
        commands.answer(work, queries.our_worker(work, lin.id), WorkerAct.ACCEPT)
    daniel = signed_in(person.another(), circle.daniel).open(_page(circle))
    daniel.send(f"answer-{lin.id}", press="answer=accept")
    assert daniel.status == 422
    assert "Only the person says yes or no" in daniel.text
    daniel.send(f"answer-{lin.id}", press="answer=accept", told="yes")
    assert _lin(circle).answered_how is Told.SAID
    assert "wrote it down" in daniel.text


def test_a_nominee_decides_too(circle: Circle, person: Person) -> None:
    _propose(person, circle)
    with acting(circle.coplan, circle.amal) as work:
        commands.answer(work, queries.worker(work, circle.client, _lin(circle).id), WorkerAct.ACCEPT)
    assert _lin(circle).answered_how is Told.SELF


def test_other_providers_other_clients_and_family_without_consent_find_nothing(person: Person, circle: Circle) -> None:
    _propose(person, circle)
    with circle.coplan.open_work() as work:
        other = an_account(work, "Other Person")
        a_client(work, "Other Person", account=other)
    for account in (circle.owen, circle.karim, other):
        found = signed_in(person.another(), account)
        assert found.open(_page(circle)).status == 404
        assert "Xiulan" not in found.open("/workers").text
    owen = signed_in(person.another(), circle.owen).open("/workers")
    assert "Help in the shower" not in owen.text
    assert OTHER_SUPPORT in owen.text


def test_a_supporter_who_reads_the_plan_sees_who_comes_but_not_who_was_turned_down(
    person: Person, circle: Circle
) -> None:
    _propose(person, circle)
    tom = signed_in(person.another(), circle.tom).open(_page(circle))
    assert "Xiulan" not in tom.text
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, queries.worker(work, circle.client, _lin(circle).id), WorkerAct.ACCEPT)
    assert "Xiulan" in tom.open(_page(circle)).text


def test_not_again_is_read_by_the_person_and_the_lead_and_by_nobody_else(person: Person, circle: Circle) -> None:
    secret = "He shouts in the kitchen"
    _propose(person, circle)
    lin = _lin(circle)
    mei = signed_in(person.another(), circle.mei).open(_page(circle))
    mei.send(f"answer-{lin.id}", press="answer=accept").send(f"wish-{lin.id}", why=secret)
    assert secret in mei.text
    assert secret in signed_in(person.another(), circle.daniel).open(_page(circle)).text
    for account in (circle.grace, circle.tom, circle.amal):
        other = signed_in(person.another(), account)
        for page in (_page(circle), "/workers", f"/people/{circle.client.id}/history"):
            assert secret not in other.open(page).text
            assert "private wish" not in other.text
            assert "Asked that they do not come" not in other.text
        with reading(circle.coplan, account) as work:
            assert queries.not_again(work, circle.client) == {}
    with pytest.raises(NotVisible), acting(circle.coplan, circle.amal) as work:
        commands.say_not_again(work, queries.worker(work, circle.client, lin.id), "no")
    mei.send(f"again-{lin.id}")
    assert secret not in mei.text


def test_a_worker_who_is_away_does_not_stand_in_the_week(person: Person, circle: Circle) -> None:
    grace = _propose(person, circle)
    lin = _lin(circle)
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, queries.worker(work, circle.client, lin.id), WorkerAct.ACCEPT)
    first, last = circle.first, circle.first + timedelta(days=13)
    grace.open("/workers").send(f"away-{lin.id}", first=last.isoformat(), last=first.isoformat())
    assert "The last day comes after the first" in grace.text
    grace.send(f"away-{lin.id}", first=first.isoformat(), last=last.isoformat())
    with reading(circle.coplan, circle.mei) as work:
        assert all(not visit.workers for visit in queries.week(work, circle.client))
        later = queries.week(work, circle.client, 21)
        assert any(visit.workers for visit in later)
        assert all(visit.day > last for visit in later if visit.workers)


def test_a_shift_to_learn_is_free_unless_the_rules_let_it_be_charged_and_needs_a_yes(
    person: Person, circle: Circle
) -> None:
    grace = _propose(person, circle)
    lin = _lin(circle)
    tuesday = circle.first + timedelta(days=(1 - circle.first.weekday()) % 7)
    grace.open("/workers").send(f"along-{lin.id}", day=tuesday.isoformat())
    assert "Nothing is charged for it" in grace.text
    mei = signed_in(person.another(), circle.mei).open(_page(circle))
    (form,) = [one for one in mei.page.xpath("//form/@id") if one.startswith("along-")]
    mei.send(form, press="agreed=yes")
    assert "Comes along on" in mei.text
    grace.open("/workers").send(f"along-{lin.id}", day=tuesday.isoformat(), complex_needs="yes")
    assert "$136.00" in grace.text  # two hours at 68 dollars
    with reading(circle.coplan, circle.mei) as work:
        assert [one.price is not None for one in queries.shadows(work, [circle.client.id])] == [True, True]


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


def test_a_withdrawn_consent_takes_the_workers_away_with_it(circle: Circle, person: Person) -> None:
    _propose(person, circle)
    tom = signed_in(person.another(), circle.tom)
    assert tom.open(_page(circle)).status == 200
    with circle.coplan.open_work() as work:
        for consent in work.session.query(Consent).execution_options(scoped="test").filter_by(covers=Resource.PLAN):
            consent.withdrawn_at = work.now
    assert tom.open(_page(circle)).status == 404
