"""One meeting about several people: each worker reads about those they go to, and no sign of the others."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import update

from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.app import Coplan
from portal.people.model import Client
from portal.plans import sharing_commands
from portal.plans.sharing_parts import Sensitive
from portal.plans.telling import members
from portal.work import NotVisible
from portal.workers import briefing_commands, briefings, commands, queries
from portal.workers.commands import Proposed
from portal.workers.states import WorkerAct, WorkerState
from tests.builders import a_client, a_restriction, a_tie, acting, an_account, reading, signed_in, somebody_at
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle

CANARY = "Canary agenda of somebody else"


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    found = a_circle(coplan)
    found.usual()
    return found


def test_a_worker_reads_the_part_of_those_they_go_to_and_nothing_of_the_others(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        noor, peter = somebody_at(work, circle.sunrise, "Noor Aziz"), somebody_at(work, circle.sunrise, "Peter Novak")
        other = a_client(work, "Canary Person", account=an_account(work, "Canary Person"))
        a_tie(work, other, Relationship.LEAD, circle.daniel)
        a_tie(work, other, Relationship.PROVIDER, circle.sunrise)
    with acting(circle.coplan, circle.grace) as work:
        told = Proposed("Noor", work.day, login=noor.login)
        worker = commands.propose(work, queries.our_parts(work)[0], told)
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, queries.worker(work, circle.client, worker.id), WorkerAct.ACCEPT)
    with acting(circle.coplan, circle.daniel) as work:
        day = work.day + timedelta(days=2)
        row = briefing_commands.begin(work, circle.client, circle.sunrise.id, day, time(9), "")
        part = briefing_commands.add_part(work, other, row)
        briefing_commands.write_agenda(work, part, row, CANARY)
    page = signed_in(person, noor).open(f"/staff-briefings/{row.id}")
    assert "Mei Chen" in page.text
    assert "Canary" not in page.text
    (form,) = page.page.xpath("//form[starts-with(@id, 'read-')]/@id")
    assert "Nobody yet" not in page.send(form).text
    for days, read in ((3, 200), (0, 404)):
        with acting(circle.coplan, circle.grace) as work:
            mine = queries.our_worker(work, worker.id)
            mine.state = WorkerState.AGREED
            commands.stop(work, mine, work.day + timedelta(days=days))
        assert person.open(f"/staff-briefings/{row.id}").status == read, "to their last day, and not after it"
    for account in (circle.grace, peter, circle.owen, circle.tom, circle.karim):
        with reading(circle.coplan, account) as work:
            assert not briefings.briefings(work)
            with pytest.raises(NotVisible):
                briefings.part_of(work, row.id, part.id)
    with reading(circle.coplan, circle.daniel) as work:
        found = briefings.briefing(work, row.id)
        assert len(found.parts) == 2
        assert [one.name for some in found.reads.values() for one in some] == ["Noor"]
    with reading(circle.coplan, circle.mei) as work:
        assert [one.client_id for one in briefings.briefing(work, row.id).parts] == [circle.client.id]


def test_a_briefing_says_no_more_of_a_person_than_they_show_the_provider_and_belongs_to_one_meeting(
    person: Person, circle: Circle
) -> None:
    with circle.coplan.open_work() as work:
        noor = somebody_at(work, circle.sunrise, "Noor Aziz")
        told = unscoped(update(Client).where(Client.id == circle.client.id), "a test")
        work.session.execute(told.values(how_to_communicate="Canary: write, do not call"))
    with acting(circle.coplan, circle.grace) as work:
        proposed = Proposed("Noor", work.day, login=noor.login)
        worker = commands.propose(work, queries.our_parts(work)[0], proposed)
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, queries.worker(work, circle.client, worker.id), WorkerAct.ACCEPT)
    with acting(circle.coplan, circle.daniel) as work:
        day = work.day + timedelta(days=2)
        row = briefing_commands.begin(work, circle.client, circle.sunrise.id, day, time(9), "")
        other = briefing_commands.begin(work, circle.client, circle.sunrise.id, day, time(15), "")
    page = signed_in(person, noor).open(f"/staff-briefings/{row.id}")
    assert "Canary" in page.text
    with acting(circle.coplan, circle.mei) as work:
        provider = (circle.sunrise.id, "")
        sharing_commands.hide(work, circle.client, provider, Sensitive.COMMUNICATE)
    assert "Canary" not in page.open(f"/staff-briefings/{row.id}").text
    with reading(circle.coplan, noor) as work:
        (part,) = briefings.briefing(work, row.id).parts
        with pytest.raises(NotVisible):
            briefings.part_of(work, other.id, part.id)


def test_a_worker_from_whom_the_person_is_hidden_gets_no_letter_about_them(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        noor = somebody_at(work, circle.sunrise, "Noor Aziz")
        assert noor.id in members(work, circle.sunrise.id, circle.client.id)
        a_restriction(work, circle.client, noor)
        assert members(work, circle.sunrise.id, circle.client.id) == {circle.grace.id}
