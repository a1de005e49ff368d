"""Visits that did not happen: hours owed, what may be charged, and who may read of it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from budgeting.money import Minutes
from budgeting.period import Period
from portal.app import Coplan
from portal.changes.states import RequestState
from portal.living import queries
from portal.living.pages import MissedForm, note
from portal.living.states import MissedState, Who
from portal.spending.book import book
from tests.beginnings import Beginning
from tests.builders import a_client, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import LATER, SHOWER, a_new_day, asked, days_later, everybody_agrees, line_of, state_of
from tests.portal.plans.people import OURS, Circle
from tests.portal.spending.delivered import a_support


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def _page(circle: Circle) -> str:
    return f"/people/{circle.client.id}/missed"


def _shower(mei: Person) -> str:
    (line,) = mei.page.xpath("//option[contains(., 'Help in the shower')]/@value")
    return str(line)


def _write_down(person: Person, circle: Circle, **told: Any) -> Person:
    mei = signed_in(person, circle.mei).open(_page(circle))
    told = {"line": _shower(mei), "day": circle.first.isoformat(), "begins": "09:00", "hours": "2", **told}
    return mei.send("note", **told)


def test_before_anything_is_written_down_the_page_shows_an_example(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(_page(circle))
    assert "nobody came for the shower" in mei.text


def test_nobody_came_so_the_hours_are_owed_by_the_provider_until_they_are_made_up(
    person: Person, circle: Circle
) -> None:
    mei = _write_down(person, circle)
    assert "Owed by Sunrise Support" in mei.text
    assert "2 hours" in mei.text or "2 h" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (row,) = queries.missed(work, circle.client)
        assert (row.state, row.minutes, row.provider_id) == (MissedState.OWED, 120, circle.sunrise.id)
        days = Period(circle.first, circle.first)
        assert [Minutes(one.minutes) for one in queries.nobody_came(work, circle.client, days)] == [Minutes(120)]
    to_come = circle.first + timedelta(days=400)
    mei.send(f"settle-{row.id}", state="made_up", other_day=to_come.isoformat())
    assert mei.status == 422
    assert "This day is still to come" in mei.text
    mei.send(f"settle-{row.id}", state="made_up", other_day=circle.first.isoformat())
    assert "Made up" in mei.text
    assert "Owed by Sunrise Support" not in mei.text
    mei.send(f"again-{row.id}")
    assert "Owed by Sunrise Support" in mei.text


def test_the_support_and_the_day_are_enough_the_rest_is_as_the_plan_says(person: Person, circle: Circle) -> None:
    _write_down(person, circle, begins="", hours="")
    with reading(circle.coplan, circle.mei) as work:
        (row,) = queries.missed(work, circle.client)
        assert (row.begins_at, row.minutes) == (time(9), 120)


def test_a_visit_before_a_change_is_as_the_plan_said_on_its_day(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = circle.first
    change = asked(circle, circle.mei, first + timedelta(days=5), (SHOWER, {"schedule": LATER}))
    everybody_agrees(circle, change)
    with days_later(monkeypatch, 5):
        a_new_day(circle.coplan)
        assert state_of(circle, change) is RequestState.DONE
    with days_later(monkeypatch, 8):
        for days in (1, 6):
            with acting(circle.coplan, circle.mei) as work:
                told = MissedForm(
                    who=Who.PROVIDER,
                    line=line_of(circle, SHOWER),
                    support="",
                    day=first + timedelta(days=days),
                    begins=None,
                    hours=None,
                    provider=None,
                    provider_name="",
                    told_day=None,
                    told_time=None,
                    charge_agreed=False,
                    other_work=False,
                    note="",
                )
                note(work, told, circle.client.id)
        with reading(circle.coplan, circle.mei) as work:
            found = {row.day: row.begins_at for row in queries.missed(work, circle.client)}
    assert found == {first + timedelta(days=1): time(9), first + timedelta(days=6): time(14)}


def test_what_is_not_in_the_plan_needs_its_time(person: Person, circle: Circle) -> None:
    mei = _write_down(person, circle, line="", support="A walk", begins="", hours="1")
    assert mei.status == 422
    assert "When was the visit to begin?" in mei.text


def test_hours_nobody_wants_any_more_make_their_money_free(person: Person, circle: Circle) -> None:
    tuesday = circle.first - timedelta(days=(circle.first.weekday() - 1) % 7)
    mei = _write_down(person, circle, day=tuesday.isoformat())
    (form,) = mei.page.xpath("//form[starts-with(@id, 'settle-')]/@id")
    mei.send(form, state="freed")
    assert f"${OURS.minor * 2 // 100}.00" in mei.text
    assert "free again" in mei.text


def test_an_offer_without_its_day_is_asked_for_again_in_place(person: Person, circle: Circle) -> None:
    mei = _write_down(person, circle)
    (form,) = mei.page.xpath("//form[starts-with(@id, 'settle-')]/@id")
    mei.send(form, state="offered")
    assert mei.status == 422
    assert "Say on which day" in mei.text


def test_a_visit_called_off_in_time_is_not_charged_and_says_why(person: Person, circle: Circle) -> None:
    early = (circle.first - timedelta(days=30)).isoformat()
    mei = _write_down(person, circle, who="person", told_day=early, told_time="09:00", charge_agreed="yes")
    assert "Not charged" in mei.text
    assert "Owed by" not in mei.text
    assert "Called off on your side" in mei.text
    daniel = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}/missed")
    assert f"Called off by {circle.client.name}" in daniel.text
    assert "your side" not in daniel.text


def test_a_day_that_is_still_to_come_cannot_have_gone_wrong(person: Person, circle: Circle) -> None:
    later = circle.first + timedelta(days=3)
    mei = _write_down(person, circle, day=later.isoformat())
    assert mei.status == 422
    assert "still to come" in mei.text


def test_the_same_visit_written_down_in_two_tabs_is_owed_once(person: Person, circle: Circle) -> None:
    first = signed_in(person, circle.mei).open(_page(circle))
    second = person.another()
    signed_in(second, circle.mei).open(_page(circle))
    told: dict[str, Any] = {"line": _shower(first), "day": circle.first.isoformat(), "begins": "09:00", "hours": "2"}
    assert first.send("note", **told).status == 200
    assert second.send("note", **told).status == 422
    assert "written down already" in second.text
    assert second.send("note", **told | {"begins": "15:00"}).status == 200  # the visit of the afternoon is another one
    with reading(circle.coplan, circle.mei) as work:
        assert [one.minutes for one in queries.missed(work, circle.client)] == [120, 120]


def test_providers_other_clients_and_family_without_consent_find_nothing(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        other = an_account(work, "Other Person")
        a_client(work, "Other Person", account=other)
    for account in (circle.grace, circle.karim, other):
        assert signed_in(person.another(), account).open(_page(circle)).status == 404


def test_the_page_of_daily_life_leads_to_everything_and_hides_money_from_a_supporter_without_it(
    person: Person, circle: Circle
) -> None:
    place = f"/people/{circle.client.id}/living"
    mei, tom = signed_in(person, circle.mei).open(place), signed_in(person.another(), circle.tom).open(place)
    assert {"missed-card", "respite-card", "house-card", "equipment-card"} <= set(mei.page.xpath("//@id"))
    assert "missed-card" not in tom.page.xpath("//@id")
    assert "house-card" in tom.page.xpath("//@id")


def test_the_table_can_be_taken_away_as_a_file(person: Person, circle: Circle) -> None:
    mei = _write_down(person, circle)
    found = mei.open(f"{_page(circle)}?table=missed&as=csv")
    assert found.status == 200
    assert "Help in the shower" in found.answer.text


def test_what_is_charged_for_a_visit_to_which_nobody_came_is_worth_a_look_until_it_was_made_up(
    person: Person, circle: Circle
) -> None:
    mei = _write_down(person, circle)
    with reading(circle.coplan, circle.mei) as work:
        (missed,) = queries.missed(work, circle.client)
    with circle.coplan.open_work() as work:
        charged = [
            a_support(work, circle.client, line_id=missed.line_id, first=missed.day, last=missed.day, begins=begins)
            for begins in (None, time(9), time(15))
        ]

    def worth_a_look() -> list[bool]:
        with reading(circle.coplan, circle.mei) as work:
            found = book(work, circle.client)
            rows = {row.id: [one.kind for one in found.findings(row)] for row in found.rows}
            return ["nobody_came" in rows[one.id] for one in charged]

    assert worth_a_look() == [True, True, False]  # at 15:00 somebody may have come
    assert "nobody came on" in mei.open(f"/people/{circle.client.id}/spending").text
    mei.open(_page(circle)).send(f"settle-{missed.id}", state="made_up", other_day=circle.first.isoformat())
    assert worth_a_look() == [False, False, False]
