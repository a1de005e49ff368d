"""An agreed change holds from its day, not earlier, and never silently over a plan that has changed."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Weekly
from portal.access.scope import unscoped
from portal.access.table import Scope
from portal.app import Coplan
from portal.changes import commands, queries, settling
from portal.changes.states import Given, RequestState
from portal.people import commands as people_commands
from portal.people.model import AuthorityKind, Tie
from portal.work import Refusal, utc_now
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import (
    LATER,
    LONGER,
    SHOWER,
    SWIMMING,
    a_new_day,
    answered,
    asked,
    days_later,
    edited,
    everybody_agrees,
    line_of,
    number_of_versions,
    parties,
    plan_of,
    price,
    state_of,
)
from tests.portal.plans.people import OURS, THEIRS, Circle, a_circle

WEEK = timedelta(days=7)


def test_a_change_for_today_holds_as_soon_as_everybody_has_agreed(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)))
    assert number_of_versions(circle) == 1
    everybody_agrees(circle, change)
    assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.DONE, 2)
    assert circle.going_on() == {SHOWER: (2, OURS), SWIMMING: (2, Money(70_00))}


def test_visits_every_second_week_stay_in_their_weeks_when_a_change_begins_in_between(
    coplan: Coplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = a_circle(coplan)
    every_second = Weekly((1, 4), time(9), time(11), 2)
    circle.accepted(circle.line(SHOWER, circle.sunrise, OURS, schedule=every_second))
    began = circle.first
    everybody_agrees(circle, asked(circle, circle.mei, began + WEEK, (SHOWER, price(70))))
    with days_later(monkeypatch, 7):
        a_new_day(coplan)
        (shower,) = plan_of(circle).lines
    assert shower.terms.price == Money(70_00)
    assert isinstance(shower.terms.schedule, Weekly)
    monday = began - timedelta(days=began.weekday())
    counted_from = shower.terms.schedule.anchor or shower.terms.starts
    assert (counted_from - monday).days // 7 % 2 == 0


def test_a_change_for_later_waits_for_its_day(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    change = asked(circle, circle.mei, circle.first + WEEK, (SWIMMING, price(70)))
    everybody_agrees(circle, change)
    with days_later(monkeypatch, 6):
        a_new_day(circle.coplan)
        assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.AGREED, 1)
        assert circle.going_on()[SWIMMING] == (1, THEIRS)
    with days_later(monkeypatch, 7):
        a_new_day(circle.coplan)
        assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.DONE, 2)
        assert circle.going_on()[SWIMMING] == (2, Money(70_00))


def test_the_new_day_coming_twice_makes_one_version(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    change = asked(circle, circle.mei, circle.first + WEEK, (SWIMMING, price(70)))
    everybody_agrees(circle, change)
    with days_later(monkeypatch, 9):
        a_new_day(circle.coplan)
        a_new_day(circle.coplan)
    assert number_of_versions(circle) == 2


def test_a_support_goes_on_with_the_old_provider_until_it_has_read_that_it_ends(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SHOWER, None))
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.DONE
    assert circle.going_on()[SHOWER] == (1, OURS)


def test_what_does_not_change_keeps_its_terms_and_its_answer(circle: Circle) -> None:
    before = plan_of(circle).line(line_of(circle, SHOWER))
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SWIMMING, price(70))))
    assert plan_of(circle).line(line_of(circle, SHOWER)).terms == before.terms
    with reading(circle.coplan, circle.grace) as work:
        assert queries.for_us(work) == []


def test_a_plan_that_changed_halfway_costs_the_old_price_before_and_the_new_one_after(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four weeks at $71.13 and four at $70, four hours a week, beside eight weeks of the shower at $68."""
    change = asked(circle, circle.mei, circle.first + 4 * WEEK, (SWIMMING, price(70)))
    everybody_agrees(circle, change)
    with days_later(monkeypatch, 28):
        a_new_day(circle.coplan)
    assert plan_of(circle).amount == Money(16 * 71_13 + 16 * 70_00 + 32 * 68_00)


def test_two_changes_after_each_other_still_add_up(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two weeks at $71.13, two at $70, four at $60; the shower throughout."""
    for weeks, dollars in ((2, 70), (4, 60)):
        with days_later(monkeypatch, 7 * weeks):
            change = asked(circle, circle.mei, _day(circle, weeks), (SWIMMING, price(dollars)))
            everybody_agrees(circle, change)
            assert state_of(circle, change) is RequestState.DONE
    assert plan_of(circle).amount == Money(8 * 71_13 + 8 * 70_00 + 16 * 60_00 + 32 * 68_00)


def _day(circle: Circle, weeks: int) -> date:
    return plan_of(circle).period.first + weeks * WEEK


def test_what_was_agreed_for_a_later_day_holds_then_also_when_something_else_changed_meanwhile(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = asked(circle, circle.daniel, circle.first + WEEK, (SHOWER, {"schedule": LATER}))
    everybody_agrees(circle, slow)
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SWIMMING, price(70))))
    assert (state_of(circle, slow), set(parties(circle, slow).values()) - {Given.WAITING}) == (
        RequestState.AGREED,
        {Given.AGREED},
    )
    with days_later(monkeypatch, 7):
        a_new_day(circle.coplan)
    assert (state_of(circle, slow), number_of_versions(circle)) == (RequestState.DONE, 3)
    assert plan_of(circle).line(line_of(circle, SHOWER)).terms.schedule == LATER
    assert plan_of(circle).line(line_of(circle, SWIMMING)).terms.price == Money(70_00)


def test_a_change_of_a_line_that_has_changed_since_must_be_looked_at_again(circle: Circle) -> None:
    slow = asked(circle, circle.daniel, circle.first + WEEK, (SHOWER, {"schedule": LATER}))
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SHOWER, {"schedule": LONGER})))
    assert state_of(circle, slow) is RequestState.SUPERSEDED
    with pytest.raises(Refusal):
        answered(circle, circle.grace, slow)
    assert number_of_versions(circle) == 2


def test_nobody_agrees_for_a_day_gone_by_before_it_was_looked_at_again(
    circle: Circle, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = asked(circle, circle.daniel, circle.first + WEEK, (SWIMMING, price(70)))
    answered(circle, circle.owen, slow)
    monkeypatch.setattr("portal.site.serve.utc_now", lambda: utc_now() + timedelta(days=8))
    with days_later(monkeypatch, 8):
        with pytest.raises(Refusal, match="day went by"):
            answered(circle, circle.mei, slow)
        page = signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/changes/{slow}")
        assert "Its day went by" in page.text
        a_new_day(circle.coplan)
        assert (state_of(circle, slow), number_of_versions(circle)) == (RequestState.SUPERSEDED, 1)
        page.open(page.address).send("again")
        assert (state_of(circle, slow), parties(circle, slow)["northside"]) == (RequestState.OPEN, Given.WAITING)
        everybody_agrees(circle, slow)
        assert (state_of(circle, slow), number_of_versions(circle)) == (RequestState.DONE, 2)


def test_looked_at_again_the_yes_of_an_unmoved_part_stays(circle: Circle) -> None:
    slow = asked(circle, circle.daniel, circle.first + WEEK, (SHOWER, {"schedule": LATER}), (SWIMMING, price(69)))
    answered(circle, circle.grace, slow)
    answered(circle, circle.owen, slow)
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SWIMMING, price(70))))
    assert state_of(circle, slow) is RequestState.SUPERSEDED
    _look_again(circle, slow)
    assert state_of(circle, slow) is RequestState.OPEN
    assert parties(circle, slow)["sunrise"] is Given.AGREED
    assert parties(circle, slow)["northside"] is Given.WAITING


def test_looked_at_again_the_yes_to_a_line_that_moved_is_void(circle: Circle) -> None:
    slow = asked(circle, circle.daniel, circle.first + WEEK, (SHOWER, {"schedule": LATER}))
    answered(circle, circle.grace, slow)
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SHOWER, {"schedule": LONGER})))
    _look_again(circle, slow)
    assert parties(circle, slow)["sunrise"] is Given.WAITING


def test_looked_at_again_a_change_that_says_nothing_new_any_more_is_not_asked_of_anybody(circle: Circle) -> None:
    """Daniel asks that the swimming ends; Mei asks the same, and hers holds first."""
    slow = asked(circle, circle.daniel, circle.first + WEEK, (SWIMMING, None))
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SWIMMING, None)))
    with pytest.raises(Refusal, match="nothing is left"):
        _look_again(circle, slow)
    assert state_of(circle, slow) is RequestState.SUPERSEDED
    with acting(circle.coplan, circle.daniel) as work:
        commands.withdraw(work, queries.whole(work, circle.client, slow))
    assert state_of(circle, slow) is RequestState.WITHDRAWN


def test_what_is_asked_cannot_be_edited_until_nothing_of_it_is_left(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, (SWIMMING, price(70)))
    with pytest.raises(Refusal, match="nothing is left"):
        edited(circle, circle.daniel, change, SWIMMING, price=THEIRS)
    assert state_of(circle, change) is RequestState.OPEN
    assert parties(circle, change)["northside"] is Given.WAITING


def _look_again(circle: Circle, change: UUID) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        commands.look_again(work, queries.whole(work, circle.client, change))


def test_a_change_that_was_taken_back_never_holds(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    change = asked(circle, circle.mei, circle.first + WEEK, (SWIMMING, price(70)))
    everybody_agrees(circle, change)
    with acting(circle.coplan, circle.mei) as work:
        commands.withdraw(work, queries.whole(work, circle.client, change))
    with days_later(monkeypatch, 8):
        a_new_day(circle.coplan)
    assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.WITHDRAWN, 1)


def test_a_no_after_everybodys_yes_stops_the_change_before_its_day(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = asked(circle, circle.daniel, circle.first + WEEK, (SWIMMING, price(70)))
    everybody_agrees(circle, change)
    answered(circle, circle.mei, change, Given.DECLINED)
    with days_later(monkeypatch, 8):
        a_new_day(circle.coplan)
    assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.SUPERSEDED, 1)


def test_a_change_may_not_begin_before_today(circle: Circle) -> None:
    with pytest.raises(Refusal), acting(circle.coplan, circle.mei) as work:
        commands.start(work, circle.client, "Because", circle.first - timedelta(days=1))


def test_an_urgent_change_may_have_begun_a_few_days_ago(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    began = circle.first
    with days_later(monkeypatch, 3), acting(circle.coplan, circle.daniel) as work:
        assert commands.start(work, circle.client, "Hospital", began, urgent=True).effective == began


def test_a_request_that_changes_nothing_is_not_asked(circle: Circle) -> None:
    with pytest.raises(Refusal):
        asked(circle, circle.mei, circle.first, (SHOWER, {}))


def test_only_whoever_asks_may_write_the_change_anew(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first + WEEK, (SWIMMING, price(70)))
    with pytest.raises(Refusal):
        edited(circle, circle.daniel, change, SWIMMING, **price(60))


def test_a_change_that_is_put_off_until_after_a_new_last_day_ends_that_support(circle: Circle) -> None:
    """A support is to end after a week, and then the whole change begins only after that: nothing is left of it."""
    a_week, later = circle.first + timedelta(days=7), circle.first + timedelta(days=10)
    change = asked(circle, circle.daniel, circle.first + timedelta(days=1), (SHOWER, {"ends": a_week}))
    answered(circle, circle.mei, change)
    with acting(circle.coplan, circle.daniel) as work:
        request = queries.whole(work, circle.client, change)
        commands.set_details(work, request, "Because", later, urgent=False, reason_shared=False)
        (move,) = settling.moved(work, request)
    assert (move.line_id, move.after) == (line_of(circle, SHOWER), None)
    assert parties(circle, change)["mei"] is Given.WAITING, "she had agreed to another last day"


def test_everybody_whose_yes_counts_no_more_is_written_to(circle: Circle) -> None:
    def letters_to() -> dict[str, int]:
        texts = [path.read_text() for path in folder.glob("*.eml") if str(slow) in path.read_text()]
        logins = (circle.grace.login, circle.daniel.login, circle.owen.login)
        return {login: sum(login in text for text in texts) for login in logins}

    folder = circle.coplan.settings.mail_folder
    slow = asked(circle, circle.mei, circle.first + WEEK, (SHOWER, {"schedule": LATER}))
    answered(circle, circle.grace, slow)
    before = letters_to()
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SHOWER, {"schedule": LONGER})))
    assert state_of(circle, slow) is RequestState.SUPERSEDED
    assert letters_to() == {login: number + (login != circle.owen.login) for login, number in before.items()}


def test_a_second_nominee_is_asked_about_what_waits_from_the_moment_their_papers_are_checked(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    answered(circle, circle.amal, change)
    answered(circle, circle.grace, change)
    assert state_of(circle, change) is RequestState.AGREED
    with acting(circle.coplan, circle.daniel) as work:
        wanted = select(Tie).where(Tie.account_id == circle.karim.id)
        tie = work.session.scalars(unscoped(wanted, "a test looks for the brother")).one()
        people_commands.check_authority(
            work, tie, AuthorityKind.PLAN_NOMINEE, (Scope.PLANNING, Scope.MONEY), work.day, None, "letter"
        )
    circle.coplan.jobs.run_waiting()
    assert parties(circle, change)["karim"] is Given.WAITING
    assert state_of(circle, change) is RequestState.OPEN, "jointly: the yes of one is not enough any more"
    answered(circle, circle.karim, change)
    assert state_of(circle, change) is RequestState.AGREED
