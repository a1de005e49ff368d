"""A calendar fetches visits from a secret address: no more than its holder may see, and never a visit just gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

import icalendar
import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Weekly
from budgeting.period import Period
from budgeting.words import Name, words
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.language import LANGUAGES
from portal.meetings import follow_up_commands as follow_ups, queries as meetings
from portal.meetings.follow_up_commands import ToDo
from portal.people.due import Due, Kind
from portal.people.model import Consent
from portal.plans import feeds
from portal.plans.feed_model import CalendarFeed, FeedTitle
from portal.plans.feeds import Entry, Slot, slots
from portal.plans.model import PlanPart
from portal.plans.states import PartState
from portal.plans.visits import Going
from tests.beginnings import Beginning
from tests.budgeting.examples import line
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, Circle

MONDAY = date(2026, 3, 2)


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def _made(person: Person, covers: str, title: str = "discreet") -> str:
    person.open("/calendars").send("make", covers=covers, title=title)
    (address,) = person.page.xpath("//code/text()")
    return "/calendar/" + str(address).rsplit("/", 1)[1]


def _fetched(person: Person, address: str) -> list[Any]:
    """The visits, read back by the library from the very bytes; lines are folded and end as the standard says."""
    answer = person.another().open(address).answer
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert all(len(one) <= 75 for one in lines)
    assert not any(b"\n" in one for one in lines)
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")]
    return list(calendar.walk("VEVENT"))


def test_the_address_is_discreet_and_says_more_only_when_asked(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei)
    quiet = _fetched(person, _made(mei, str(circle.client.id)))
    assert {str(one["SUMMARY"]) for one in quiet} == {"Visit"}
    assert len({str(one["UID"]) for one in quiet}) == len(quiet)
    loud = _fetched(person, _made(mei, str(circle.client.id), "support"))
    assert {str(one["SUMMARY"]) for one in loud} == {
        "Help in the shower, Sunrise Support",
        f"{OTHER_SUPPORT}, Northside Therapy",
    }
    first = min(quiet, key=lambda one: one["DTSTART"].dt)
    assert first["DTSTART"].dt.time() == time(9)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(hours=2)
    assert all(one["STATUS"] == "CONFIRMED" and one["SEQUENCE"] == 0 for one in quiet)


def test_what_is_due_stands_on_its_day_discreetly_until_it_is_done(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        mine, soon = circle.mei.id, circle.first + timedelta(9)
        to_do = follow_ups.agree_on(work, circle.client, ToDo("Call the physio.", soon, mine))
        follow_ups.agree_on(work, circle.client, ToDo("Next year.", soon + timedelta(300), mine))
    mei = signed_in(person, circle.mei)
    quiet, loud = _made(mei, str(circle.client.id)), _made(mei, str(circle.client.id), "support")

    def days(address: str) -> dict[str, date]:
        return {str(one["SUMMARY"]): one["DTSTART"].dt for one in _fetched(person, address) if "TRANSP" in one}

    assert days(quiet) == {"What is due": soon}
    assert days(loud) == {"Call the physio.": soon}
    with acting(circle.coplan, circle.mei) as work:
        follow_ups.finish(work, meetings.follow_up(work, circle.client, to_do.id), "")
    assert days(quiet) == {}


def test_only_a_hash_is_kept_and_the_last_use_is_shown(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei)
    address = _made(mei, str(circle.client.id))
    assert "Not used yet" in mei.open("/calendars").text
    _fetched(person, address)
    assert "Not used yet" not in mei.open("/calendars").text
    with circle.coplan.open_reading() as work:
        (row,) = work.session.query(CalendarFeed).all()
        assert address.removeprefix("/calendar/").removesuffix(".ics").encode() not in row.token_hash
        assert len(row.token_hash) == 32


def test_an_ended_address_answers_as_if_it_had_never_been(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei)
    address = _made(mei, str(circle.client.id))
    (form,) = mei.open("/calendars").page.xpath("//form[starts-with(@id, 'anew-')]/@id")
    mei.send(form)
    (again,) = mei.page.xpath("//code/text()")
    assert person.another().open(address).status == 404
    fresh = "/calendar/" + str(again).rsplit("/", 1)[1]
    assert _fetched(person, fresh)
    (form,) = mei.open("/calendars").page.xpath("//form[starts-with(@id, 'end-')]/@id")
    mei.send(form)
    assert person.another().open(fresh).status == 404
    assert person.another().open("/calendar/made-up").status == 404


def test_a_supporter_whose_consent_ends_fetches_nothing_any_more(person: Person, circle: Circle) -> None:
    tom = signed_in(person, circle.tom)
    address = _made(tom, str(circle.client.id))
    assert _fetched(person, address)
    with circle.coplan.open_work() as work:
        for consent in work.session.scalars(unscoped(select(Consent), "the test takes them all back")):
            consent.withdrawn_at = work.now
    assert person.another().open(address).status == 404
    assert "not shared with you now" in tom.open("/calendars").text


def test_a_provider_fetches_only_its_own_lines_and_family_without_consent_is_offered_nothing(
    person: Person, circle: Circle
) -> None:
    grace = signed_in(person, circle.grace)
    found = _fetched(person, _made(grace, "ours", "support"))
    assert {str(one["SUMMARY"]) for one in found} == {"Help in the shower, Mei Chen"}
    karim = signed_in(person.another(), circle.karim).open("/calendars")
    assert not karim.page.xpath("//form[@id='make']")
    assert "Mei" not in karim.text


def test_a_visit_that_a_new_version_moves_is_cancelled_and_its_count_goes_up(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei)
    with circle.coplan.open_reading() as work:
        tomorrow = work.today(circle.client) + timedelta(days=1)
    accepted = circle.accepted(circle.line("Singing", None, Money(10_00)))
    address = _made(mei, str(circle.client.id), "support")
    before = {str(one["UID"]): one for one in _fetched(person, address) if one["SUMMARY"] == "Singing"}
    assert before
    circle.goes_on_with(accepted, "Singing", schedule=Weekly((1,), time(10), time(11)))
    after = {str(one["UID"]): one for one in _fetched(person, address) if one["SUMMARY"] == "Singing"}
    assert set(before) <= set(after)
    future = [one for one in after.values() if one["DTSTART"].dt.date() >= tomorrow]
    fridays = [one for one in future if one["DTSTART"].dt.weekday() == 4]
    tuesdays = [one for one in future if one["DTSTART"].dt.weekday() == 1]
    assert fridays
    assert all(one["STATUS"] == "CANCELLED" and one["SEQUENCE"] == 1 for one in fridays)
    assert all(one["STATUS"] == "CONFIRMED" and one["SEQUENCE"] == 1 for one in tuesdays)
    assert all(one["DTSTART"].dt.time() == time(10) for one in tuesdays)


WEEKLY = st.builds(
    Weekly,
    weekdays=st.sets(st.integers(0, 6), min_size=1, max_size=4).map(lambda days: tuple(sorted(days))),
    start=st.sampled_from([time(8), time(9, 30), time(22)]),
    end=st.sampled_from([time(11), time(12), time(6)]),
)


def _history(plans: list[Weekly], ended: bool) -> list[tuple[int, Going]]:
    found = []
    for number, weekly in enumerate(plans):
        since = MONDAY + timedelta(days=5 * number)
        last = number == len(plans) - 1
        state = PartState.ENDED if not last or ended else PartState.GOING_ON
        part = PlanPart(line_id=LINE, since=since, state=state, until=MONDAY + timedelta(days=30) if ended else None)
        whole = replace(line(weekly), period=Period(since, MONDAY + timedelta(days=400)))
        found.append((number, Going(part, None, whole)))  # type: ignore[arg-type]  # its words are not asked for here
    return found


LINE: UUID = uuid4()


@settings(max_examples=25)
@given(st.lists(WEEKLY, min_size=1, max_size=4), st.booleans(), st.integers(0, 40))
def test_no_visit_that_was_once_shown_ever_vanishes_and_its_count_never_goes_down(
    plans: list[Weekly], ended: bool, day: int
) -> None:
    today = MONDAY + timedelta(days=day)
    before: dict[str, feeds.Slot] = {}
    for known in range(1, len(plans) + 1):
        history = _history(plans[:known], ended and known == len(plans))
        after = {one.uid: one for one in slots(history, today)}
        assert set(before) <= set(after)
        for uid, one in before.items():
            now = after[uid]
            same = (one.begins, one.minutes, one.cancelled) == (now.begins, now.minutes, now.cancelled)
            assert now.changes >= one.changes
            assert same or now.changes > one.changes
        before = after


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_whatever_somebody_called_a_support_is_read_back_from_the_file(name: str) -> None:
    (going,) = [one for _, one in _history([Weekly((0,), time(9), time(11))], False)]

    class Called:
        pass

    frozen = Called()
    frozen.name = name  # type: ignore[attr-defined]  # stands for a line of which only the name is asked
    slot = slots([(1, replace(going, frozen=frozen))], MONDAY)[0]  # type: ignore[arg-type]  # as above
    made = feeds.calendar(
        [Entry(slot, "Australia/Sydney", "")], FeedTitle.SUPPORT, LANGUAGES["en"], datetime(2026, 3, 1, tzinfo=UTC)
    )
    (event,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert str(event["UID"]) == slot.uid


def test_two_things_that_are_due_at_one_place_are_two_in_the_calendar() -> None:
    text = words("Asked whether something in {draft} must be fixed.", draft=Name("My plan"))
    asked = [Due(uuid4(), Kind.QUESTION, day, text, "/terms") for day in (date(2026, 3, 9), MONDAY, MONDAY)]
    content = feeds.calendar([], FeedTitle.SUPPORT, LANGUAGES["ar"], datetime(2026, 3, 1, tzinfo=UTC), asked)
    told = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert len({str(one["UID"]) for one in told}) == 3
    alone = feeds.calendar([], FeedTitle.SUPPORT, LANGUAGES["ar"], datetime(2026, 3, 1, tzinfo=UTC), asked[1:2])
    (same,) = icalendar.Calendar.from_ical(alone).walk("VEVENT")
    assert str(same["UID"]) == str(told[0]["UID"]), "the first of them stays the same when the others are settled"


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("Australia/Sydney", date(2026, 10, 3), "2026-10-02 22:00"),  # the Saturday before the clocks go forward
        ("Australia/Sydney", date(2026, 10, 4), "2026-10-03 21:00"),
        ("Australia/Sydney", date(2027, 4, 3), "2027-04-02 21:00"),
        ("Australia/Sydney", date(2027, 4, 4), "2027-04-03 22:00"),  # back again
        ("Australia/Brisbane", date(2026, 10, 4), "2026-10-03 22:00"),  # no daylight saving
    ],
)
def test_eight_in_the_morning_stays_eight_by_the_clock_on_the_wall_when_clocks_change(
    zone: str, day: date, utc: str
) -> None:
    slot = Slot(uuid4(), day, time(8), 120, False, 0, cast(Going, None))
    content = feeds.calendar([Entry(slot, zone, "")], FeedTitle.DISCREET, LANGUAGES["en"], datetime.now(UTC))
    calendar = icalendar.Calendar.from_ical(content)
    event: Any
    told: Any
    (event,), (told,) = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    begins, ends = (event[name].dt.replace(tzinfo=None) for name in ("DTSTART", "DTEND"))
    assert (begins, ends) == (datetime.combine(day, time(8)), datetime.combine(day, time(10)))
    by_file = begins.replace(tzinfo=told.to_tz())  # as a calendar reads it that knows no zones but those of the file
    assert f"{by_file.astimezone(UTC):%Y-%m-%d %H:%M}" == utc
