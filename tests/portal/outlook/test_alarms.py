"""Alarms that people choose: told once for each reason, to whom they chose, naming what can still be chosen."""

from __future__ import annotations

from datetime import time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from budgeting.money import Money
from budgeting.words import Words
from portal.living.model import Missed
from portal.living.states import MissedState, Who
from portal.outlook import commands, queries, ringing
from portal.outlook.commands import Wanted
from portal.outlook.kinds import AlarmKind
from portal.outlook.saying import KINDS, alarm_words
from portal.spending.model import Delivered
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.outlook.people import PAID, Purse

EARLY = Wanted(AlarmKind.EARLY)


def test_an_alarm_tells_the_day_and_what_could_change(mei: Purse, person: Person) -> None:
    mei.set(EARLY)
    (ring,) = mei.rings()
    assert ring.day == mei.until
    signed_in(person, mei.circle.mei).open(mei.page)
    assert "as it is planned, the money lasts until" in person.text
    assert "cannot be paid" in person.page.xpath("string(//article//details[@class='why'])")
    assert person.page.xpath("//article//p[contains(., 'You could')]/following-sibling::ul/li")
    assert "%" not in person.page.xpath("string(//main)")
    assert "You could:" in person.open(f"/people/{mei.circle.client.id}").page.xpath("string(//*[@id='next']/..)")


def test_it_is_told_once_and_not_every_night(mei: Purse) -> None:
    mei.set(EARLY)
    for later in (0, 1, 2):
        mei.night(later)
    assert len(mei.rings()) == 1
    assert len(mei.letters()) == 1


def test_right_after_a_yes_no_alarm_of_the_plan_before_is_shown(mei: Purse, person: Person) -> None:
    mei.set(EARLY)
    overview = signed_in(person, mei.circle.mei).open(f"/people/{mei.circle.client.id}").text
    assert "as it is planned, the money lasts until" in overview
    mei.agrees_to_a_cheaper_plan()  # and the job that looks at the money has not run yet
    overview = person.open(f"/people/{mei.circle.client.id}").text
    assert "as it is planned, the money lasts until" not in overview
    assert "See how far the money reaches now." in overview
    assert not person.open(mei.page).page.xpath("//article")
    mei.circle.coplan.jobs.run_waiting()
    assert "See how far the money reaches now." not in person.open(f"/people/{mei.circle.client.id}").text


def test_a_letter_says_nothing_private(mei: Purse) -> None:
    mei.set(EARLY)
    (letter,) = mei.letters()
    read = message_from_bytes(letter.read_bytes(), policy=default)
    text = "\n".join([read["Subject"], *(part.get_content() for part in read.iter_parts())])
    assert "You have a message" in text
    assert not any(word in text for word in ("money", "Core", "shower", "136"))


def test_an_alarm_only_for_the_page_sends_no_letter(mei: Purse) -> None:
    mei.set(Wanted(AlarmKind.EARLY, by_mail=False))
    assert len(mei.rings()) == 1
    assert mei.letters() == []


def test_when_the_reason_goes_away_so_does_what_was_said_and_it_is_told_anew_when_it_returns(mei: Purse) -> None:
    mei.set(EARLY)
    mei.has(Money(90_000_00))
    assert mei.rings() == []
    mei.has(Money(PAID * 136_00))
    assert len(mei.rings()) == 1
    assert len(mei.letters()) == 2


def test_what_was_seen_stays_away_as_long_as_it_is_the_same(mei: Purse) -> None:
    mei.set(EARLY)
    (ring,) = mei.rings()
    with acting(mei.circle.coplan, mei.circle.mei) as work:
        commands.settle(work, queries.ring(work, mei.circle.client, ring.id))
    mei.night()
    assert mei.rings() == []


def test_what_is_put_off_is_told_again_on_that_day(mei: Purse) -> None:
    mei.set(EARLY)
    (ring,) = mei.rings()
    day = mei.circle.first + timedelta(days=3)
    with acting(mei.circle.coplan, mei.circle.mei) as work:
        commands.snooze(work, queries.ring(work, mei.circle.client, ring.id), mei.circle.client, day)
    mei.night(1)
    assert mei.rings() == []
    assert len(mei.letters()) == 1
    mei.night(3)
    assert len(mei.rings(later=3)) == 1
    assert len(mei.letters()) == 2


def test_an_alarm_that_is_off_says_nothing_more(mei: Purse) -> None:
    alarm = mei.set(EARLY)
    with acting(mei.circle.coplan, mei.circle.mei) as work:
        commands.switch_off(work, queries.alarm(work, mei.circle.client, alarm.id))
    mei.night()
    assert mei.rings() == []


@pytest.mark.parametrize(
    ("kind", "number", "rings"),
    [
        (AlarmKind.HOURS, PAID * 2, False),  # twelve visits of two hours are left
        (AlarmKind.HOURS, PAID * 2 + 1, True),
        (AlarmKind.VISITS, PAID, False),
        (AlarmKind.VISITS, PAID + 1, True),
        (AlarmKind.WITHIN, 4, False),  # twelve visits, two a week, take six weeks
        (AlarmKind.WITHIN, 7, True),
    ],
)
def test_it_waits_for_what_the_person_chose(mei: Purse, kind: AlarmKind, number: int, rings: bool) -> None:
    line = mei.line_id() if kind is AlarmKind.VISITS else None
    mei.set(Wanted(kind, line_id=line, number=number))
    assert bool(mei.rings()) is rings


def test_new_prices_that_end_the_money_earlier_are_told_with_the_day_it_was(mei: Purse) -> None:
    mei.set(Wanted(AlarmKind.PRICE))
    before = mei.until + timedelta(days=7)
    mei.was(before, "an earlier list")
    mei.night()
    (ring,) = mei.rings()
    assert (ring.day, ring.before) == (mei.until, before)


def test_a_day_to_claim_by_is_told_while_it_is_near(mei: Purse) -> None:
    with mei.circle.coplan.open_work() as work:
        first = mei.circle.first - timedelta(days=60)
        entry = Delivered(client_id=mei.circle.client.id, first=first, last=first, amount=Money(136_00))
        entry.mark, entry.entered_at = "a visit", work.now
        work.session.add(entry)
    mei.set(Wanted(AlarmKind.CLAIM, number=1000))
    (ring,) = mei.rings()
    assert ring.number == 1
    assert ring.day is not None
    assert ring.day > mei.circle.first


def test_a_visit_to_which_nobody_came_is_told_while_its_hours_are_owed(mei: Purse) -> None:
    with mei.circle.coplan.open_work() as work:
        missed = Missed(client_id=mei.circle.client.id, support="Help in the shower", day=mei.circle.first)
        missed.begins_at, missed.minutes, missed.who, missed.state = time(9), 120, Who.PROVIDER, MissedState.OWED
        missed.written_by_id, missed.written_at = mei.circle.mei.id, work.now
        work.session.add(missed)
    mei.set(Wanted(AlarmKind.AWAY))
    (ring,) = mei.rings()
    assert (ring.day, ring.name) == (mei.circle.first, "Help in the shower")


@pytest.mark.parametrize("kind", list(AlarmKind))
def test_every_kind_of_alarm_can_be_said(kind: AlarmKind) -> None:
    assert kind in KINDS
    assert isinstance(alarm_words(kind, 3, None), Words)
    assert set(ringing.kinds()) == set(AlarmKind)
