"""A plan has one last day: whatever page tells until when the money lasts, it leaves out the money that is held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest

from budgeting.money import Money
from budgeting.period import Band
from portal.app import Coplan
from portal.changes.effect import effect
from portal.equipment import commands, queries
from portal.equipment.commands import Need, QuoteTold
from portal.equipment.model import Getting
from portal.plans import queries as plans
from portal.proposals import commands as drafts, queries as proposals, scenario_commands, way_commands
from portal.proposals.kept import KeptLine, WayKind
from portal.proposals.model import Proposal
from portal.proposals.ways import Told
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.equipment.test_equipment import a_letter
from tests.portal.outlook.people import stored
from tests.portal.plans.people import Circle, a_circle

GRANTED, HELD = Money(1_500_00), Money(500_00)  # a visit costs $136: $1,000 pay seven, and $1,500 eleven


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    found = a_circle(coplan)
    a_letter(found, GRANTED, told=found.first - timedelta(days=1))  # so that a visit of today is still to come
    return found


def _a_chair(circle: Circle) -> UUID:
    """Approved and not paid, so that its money is held."""
    with acting(circle.coplan, circle.mei) as work:
        row = commands.name_need(work, circle.client, Need("Chair", component="core"))
        quote = commands.keep_quote(work, row, QuoteTold("Wheels", HELD))
        commands.ask_approval(work, row, quote, Getting.BUY, None, circle.first)
        commands.approve(work, row, "The agency", None, None, given=True)
        return row.id


def _a_draft(circle: Circle) -> Proposal:
    with acting(circle.coplan, circle.mei) as work:
        draft = drafts.start(work, circle.client, "My plan", "ndis", circle.first, circle.first + timedelta(days=55))
        drafts.add_line(work, draft, circle.line("Shower", circle.sunrise, Money(68_00), component="core"))
    return draft


def _before_visit(circle: Circle, number: int) -> str:
    """The day before the visit with this number, as pages write it."""
    days = (circle.first + timedelta(days=number) for number in range(56))
    visits = [day for day in days if day.weekday() in (1, 4)]
    return _written(visits[number - 1] - timedelta(days=1))


def _written(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _shown(mei: Person, page: str) -> str:
    mei.open(page)
    assert mei.status == 200, page
    return " ".join(mei.page.text_content().split())


def _say_the_same(mei: Person, pages: Iterable[str], until: str, never: str) -> None:
    for page in pages:
        shown = _shown(mei, page)
        assert until in shown, page
        assert f"until {never}" not in shown, page


def test_a_draft_and_the_plan_made_of_it_promise_the_same_day_on_every_page(person: Person, circle: Circle) -> None:
    _a_chair(circle)
    draft = _a_draft(circle)
    base, until, never = f"/people/{circle.client.id}", _before_visit(circle, 8), _before_visit(circle, 12)
    with acting(circle.coplan, circle.mei) as work:
        (line,) = proposals.lines(work, draft)
        again = scenario_commands.keep(work, circle.client, draft, [KeptLine(line.key, line.terms)], "The same again")
        told = Told({Band.DAY: Money(68_00)}, {}, Money(0), Money(0))
        way_commands.tell(work, circle.client, "ndis", WayKind.PROVIDER, "Somebody else", told)
    mei, place = signed_in(person, circle.mei), f"{base}/proposals/{draft.id}"
    kept, tried = f"{base}/proposals/scenarios/{again.id}", f"out-{str(line.key)[:8]}=yes"
    sides = urlencode({f"draft-{draft.id}": "yes", f"scenario-{again.id}": "yes"})
    money = (base, f"{base}/funding", f"{base}/alarms")
    drafted = (place, f"{place}/why", f"{place}/year", f"{place}/bought", f"{place}/accept")
    _say_the_same(mei, (*money, *drafted, kept, f"{base}/proposals/scenarios/compare?{sides}"), until, never)
    assert "Money that is held: $500.00" in _shown(mei, place)
    assert "-$1,176.00" in _shown(mei, place).replace("−", "-")  # $1,000 that are free, less sixteen visits
    assert "-$1,176.00" in _shown(mei, f"{place}/why/part-core").replace("−", "-")
    assert "$1,500.00 − $0.00 − $0.00 − $500.00 = $1,000.00" in _shown(mei, f"{place}/what-if?asked=yes&{tried}")
    assert "Money held for equipment" in _shown(mei, f"{place}/accept")
    circle.accept(draft)
    with acting(circle.coplan, circle.mei) as work:
        following = drafts.go_on_from(work, proposals.proposal(work, circle.client, draft.id), "My next plan")
    place = f"{base}/proposals/{following.id}"
    drafted = (place, f"{place}/why", f"{place}/year", f"{place}/bought", f"{place}/accept")
    _say_the_same(mei, (*money, *drafted, f"{base}/plan", f"{base}/plan/year"), until, never)
    assert "In the draft “My next plan” it lasts just as long." in _shown(mei, base)
    with reading(circle.coplan, circle.daniel) as work:  # what a coordinator's list of people says
        outlook = stored(work, circle.client)
        assert outlook is not None
        assert outlook.until is not None
        assert _written(outlook.until) == until


def test_a_change_is_told_from_the_money_that_is_not_held(circle: Circle) -> None:
    _a_chair(circle)
    circle.accept(_a_draft(circle))
    with reading(circle.coplan, circle.mei) as work:
        found = effect(work, circle.client, plans.versions(work, circle.client), (), circle.first)
    assert found.before.component("core").left == found.after.component("core").left == Money(-1_176_00)


def test_the_day_is_later_again_once_nothing_is_held(person: Person, circle: Circle) -> None:
    chair, draft = _a_chair(circle), _a_draft(circle)
    place, mei = f"/people/{circle.client.id}/proposals/{draft.id}", signed_in(person, circle.mei)
    assert _before_visit(circle, 8) in _shown(mei, place)
    with acting(circle.coplan, circle.mei) as work:
        commands.give_back(work, queries.one(work, circle.client, chair), circle.first, "Not needed")
    assert _before_visit(circle, 12) in _shown(mei, place)
    assert "Money that is held" not in _shown(mei, place)


def test_a_draft_that_begins_later_has_no_more_money_than_one_that_begins_now(person: Person, circle: Circle) -> None:
    _a_chair(circle)
    first = circle.first + timedelta(days=28)
    with acting(circle.coplan, circle.mei) as work:
        draft = drafts.start(work, circle.client, "Later", "ndis", first, first + timedelta(days=27))
        visits = circle.line("Shower", circle.sunrise, Money(68_00), component="core", starts=first)
        drafts.add_line(work, draft, visits)
    place = f"/people/{circle.client.id}/proposals/{draft.id}"
    days = [first + timedelta(days=number) for number in range(28)]
    eighth = [day for day in days if day.weekday() in (1, 4)][7]
    assert _written(eighth - timedelta(days=1)) in _shown(signed_in(person, circle.mei), place)


def test_what_is_held_costs_a_sheet_one_statement_and_none_where_nothing_is(circle: Circle) -> None:
    draft = _a_draft(circle)
    before = _statements(circle, draft)
    assert not [one for one in before if "FROM equipment_quote" in one or "FROM nobody_came, backup" in one]
    _a_chair(circle)
    assert len(_statements(circle, draft)) <= len(before) + 1


def _statements(circle: Circle, draft: Proposal) -> list[str]:
    """What a draft that was opened before asks the database for."""
    asked: list[str] = []
    for _ in range(2):
        with reading(circle.coplan, circle.mei) as work:
            one = proposals.proposal(work, circle.client, draft.id)
            driver: Any = work.session.connection().connection.dbapi_connection
            asked.clear()
            driver.set_trace_callback(asked.append)
            proposals.draft(work, circle.client, one)
            driver.set_trace_callback(None)
    return asked
