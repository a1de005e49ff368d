"""A backup that was called keeps its money, in its part of the funding, until its visit is recorded or called off."""

from __future__ import annotations

from datetime import time
from uuid import UUID

import pytest

from budgeting.money import Money
from portal.app import Coplan
from portal.funding import held
from portal.outlook.reckoning import standing
from portal.spending import commands as spending
from portal.spending.model import Told
from portal.work import Actor, ActorKind
from portal.workers import call_commands, calls, queries
from portal.workers.call_commands import Instead, Missing
from portal.workers.states import BackupKind
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.outlook.people import Purse, with_money
from tests.portal.plans.people import a_circle

TWO_HOURS = Money(100_00)  # at 50 dollars


@pytest.fixture
def mei(coplan: Coplan) -> Purse:
    return with_money(a_circle(coplan))


def _called(mei: Purse) -> UUID:
    """Nobody came today, and Northside comes instead, for two hours."""
    circle, line = mei.circle, mei.line_id()
    with acting(circle.coplan, circle.mei) as work:
        instead = Instead(
            line, BackupKind.PROVIDER, "Northside", provider_id=circle.northside.id, per_hour=Money(50_00)
        )
        backup = call_commands.add_backup(work, circle.client, instead, agreed=True)
        missing = Missing(line, "Help in the shower", circle.first, time(0), 120, circle.sunrise.id)
        call = call_commands.tell_nobody_came(work, circle.client, missing)
        cost = queries.cost_of_backup(work, circle.client, backup, call.day)
        assert cost is not None
        assert cost.value == TWO_HOURS
        call_commands.call_backup(work, call, backup, TWO_HOURS)
        return call.id


def _held(mei: Purse) -> dict[str, object]:
    """What is held in each part, as Mei and as the job that looks at her alarms see it."""
    with reading(mei.circle.coplan, mei.circle.mei) as work:
        seen: dict[str, object] = {key: figure.value for key, figure in held.by_part(work, mei.circle.client).items()}
    with mei.circle.coplan.open_work(Actor(ActorKind.SYSTEM)) as work:
        found = standing(work, mei.circle.client)
        assert found is not None
        taken = [one.amount for one in found.quote.held]
        assert taken == list(seen.values())
    return seen


def test_the_money_is_held_until_the_visit_is_recorded(mei: Purse, person: Person) -> None:
    assert not _held(mei)
    call_id, circle = _called(mei), mei.circle
    assert _held(mei) == {"core": TWO_HOURS}
    page = f"/people/{circle.client.id}/nobody-came/{call_id}"
    browser = signed_in(person, circle.mei).open(page)
    assert "Money kept for who comes instead" in browser.text
    assert "$100.00" in browser.text
    assert "Money kept for who comes instead" in browser.open(f"/people/{circle.client.id}/funding").text
    for nobody in (circle.karim, circle.tom, circle.grace):
        with reading(circle.coplan, nobody) as work:
            assert not held.things(work, circle.client)
    with acting(circle.coplan, circle.mei) as work:
        said = Told(first=circle.first, last=circle.first, amount=TWO_HOURS, provider_id=circle.northside.id)
        spending.add(work, circle.client, said, again=False)
    assert not _held(mei)
    assert "Nothing is kept for it any more" in browser.open(page).text


def test_the_money_is_free_again_when_the_visit_is_called_off(mei: Purse) -> None:
    call_id, circle = _called(mei), mei.circle
    with acting(circle.coplan, circle.mei) as work:
        call_commands.call_backup(work, calls.call(work, circle.client, call_id), None, None)
    assert not _held(mei)
    with acting(circle.coplan, circle.mei) as work:
        (backup,) = queries.backups(work, circle.client)
        call_commands.call_backup(work, calls.call(work, circle.client, call_id), backup, TWO_HOURS)
    assert _held(mei)
    with acting(circle.coplan, circle.mei) as work:
        call_commands.came_late(work, calls.call(work, circle.client, call_id))
    assert not _held(mei)
