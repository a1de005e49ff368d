"""A letter leads only where its reader may go as it leaves, whatever was so when somebody wanted it sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.access.scope import limit
from portal.access.table import Resource
from portal.accounts.model import Account
from portal.app import Coplan
from portal.changes import part_commands, queries
from portal.changes.model import ChangeRequest
from portal.changes.settling import newest
from portal.journal import JournalEntry
from portal.people.model import Restriction
from portal.plans.queries import briefs
from portal.plans.telling import tell
from tests.beginnings import Beginning
from tests.builders import acting, reading
from tests.portal.changes.asking import SHOWER, asked, line_of, price
from tests.portal.plans.people import OTHER_SUPPORT, Circle


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def letters(circle: Circle, key: str) -> int:
    return len(list(circle.coplan.settings.mail_folder.glob(f"{key}-*.eml")))


def held_back(circle: Circle) -> list[JournalEntry]:
    with circle.coplan.open_reading() as work:
        wanted = select(JournalEntry).where(JournalEntry.kind == "accounts.letter_held_back")
        return list(work.session.scalars(wanted))


def wanted(circle: Circle, who: Account, path: str, then: Callable[[], None]) -> None:
    """Somebody is to be told of a page; before the letter leaves, something else happens."""
    with circle.coplan.open_work() as work:
        tell(work, [who.id], "one", path)
    then()
    circle.coplan.jobs.run_waiting()


def hides(circle: Circle, who: Account, what: Resource | None) -> None:
    with circle.coplan.open_work() as work:
        hidden = Restriction(client_id=circle.client.id, hidden_from=who.id, hides=what, set_by=circle.mei.id)
        hidden.set_at = work.now
        work.session.add(hidden)


@pytest.mark.parametrize("what", [None, Resource.PLAN])
def test_a_restriction_set_after_the_act_holds_when_the_letter_leaves(circle: Circle, what: Resource | None) -> None:
    page = f"/people/{circle.client.id}/plan"
    wanted(circle, circle.daniel, page, lambda: hides(circle, circle.daniel, what))
    assert letters(circle, "one") == 0
    (entry,) = held_back(circle)
    assert (entry.client_id, entry.subject_id) == (None, circle.daniel.id)
    assert str(circle.client.id) not in entry.data
    assert "plan" not in entry.data


def test_a_letter_about_something_else_is_sent(circle: Circle) -> None:
    page = f"/people/{circle.client.id}/plan"
    wanted(circle, circle.daniel, page, lambda: hides(circle, circle.daniel, Resource.BUDGET))
    assert (letters(circle, "one"), held_back(circle)) == (1, [])


def test_a_record_of_which_nothing_may_be_seen_any_more_holds_it_back_too(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as work:
        sent = briefs(work, circle.client, newest(work, circle.client.id))
        theirs: dict[UUID | None, UUID] = {one.provider_id: one.id for one in sent}
    for provider in (circle.sunrise.id, circle.northside.id):
        wanted(circle, circle.grace, f"/briefs/{theirs[provider]}", lambda: None)
    assert (letters(circle, "one"), len(held_back(circle))) == (1, 1), "the same letter, and only of their own brief"


def test_nobody_is_told_of_the_part_of_a_change_that_its_asker_puts_aside(circle: Circle) -> None:
    later = circle.first + timedelta(days=7)
    change = asked(circle, circle.mei, later, (SHOWER, price(69)), (OTHER_SUPPORT, price(70)))
    with acting(circle.coplan, circle.mei) as work:
        request = queries.whole(work, circle.client, change)
        parked = part_commands.park(work, request, circle.first + timedelta(days=9), "", [line_of(circle, SHOWER)])
    letters = [one.read_text().replace("=\n", "") for one in circle.coplan.settings.mail_folder.glob("*.eml")]
    assert any(str(change) in one for one in letters)
    assert not any(str(parked.id) in one for one in letters)
    with reading(circle.coplan, circle.daniel) as work:
        assert parked.id not in set(work.session.scalars(limit(select(ChangeRequest.id), work, ChangeRequest)))
