"""The ordinary week: what is clear counts at once, what is not waits; meals and months are counted as people do."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from budgeting.money import Money
from budgeting.package import Units
from budgeting.period import Period
from budgeting.words import Words
from portal.app import Coplan
from portal.funding.week import WeekLine
from portal.language import ENGLISH
from portal.start import saying
from portal.start.letter import understand
from portal.work import Refusal
from tests.person import Person
from tests.portal.start.test_journey import part, read, tell_the_letter

YEAR = Period(date(2026, 7, 1), date(2027, 6, 30))


def line(text: str, program: str = "ndis") -> WeekLine:
    (found,), unclear = saying.lines(text, "", program, ENGLISH)
    assert unclear == []
    return found


def test_a_line_that_lacks_something_does_not_hold_back_the_others(person: Person) -> None:
    text = "Mon 9-11 shower $68\nsomething with horses\nFri 1pm-3pm cleaning $60"
    tell_the_letter(person).open("/start/week").send("say", text=text)
    assert person.address.endswith("/start/week#lines")
    assert "shower" in read(person)
    assert "“something with horses”: On which days?" in read(person)
    assert person.form("say").fields["text"].strip() == "something with horses"
    person.open("/start/answer")
    assert "Something is still missing here, so it is not counted yet." in read(person)
    person.open("/start/week").send("say", text="something with horses, Sat 9-11, $50")
    assert "Something is still missing" not in read(person)
    assert len(person.page.xpath("//section[@id='lines']//h3")) == 3


def test_a_change_that_is_refused_still_changes_that_line_and_adds_none(person: Person) -> None:
    tell_the_letter(person).open("/start/week").send("say", text="Mon 9-11 shower $68\nFri 1pm-3pm cleaning $60")
    person.open("/start/week?change=1").send("line", start="09:00", end="09:00")
    assert person.status == 422
    person.send("line", end="12:00")
    assert [one.text_content() for one in person.page.xpath("//section[@id='lines']//h3")] == ["shower", "cleaning"]


def test_a_long_week_is_never_cut_in_the_field(person: Person) -> None:
    tell_the_letter(person).open("/start/week")
    assert not person.page.xpath("//textarea[@maxlength]")
    text = "Mon 9-11 " + "shower " * 600
    assert person.send("say", text=text).status == 422
    assert person.form("say").fields["text"].strip() == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "1" * 4000,
        "9," * 2000,
        "$1," * 1300,
        "1 " * 2000,
        "1." * 2000,
        "كل اثنين و" * 390,
        "周一至" * 1300,
        "في " * 1300,
    ],
)
def test_thousands_of_digits_in_a_line_are_asked_about_at_once(text: str) -> None:
    """Anybody may send them, also without an account: reading them took minutes."""
    before = time.process_time()
    with pytest.raises(Refusal):
        line(text)
    assert time.process_time() - before < 2


def test_a_letter_that_names_parts_without_end_is_read_in_a_moment() -> None:
    """Anybody may paste it, also without an account: each line took as long as all that was read before it."""
    said = [f"Core ${n},000.00, Capacity building ${n}, x 5.5, and 2026-01-01" for n in range(1, 400)]
    before = time.process_time()
    found = understand("\n".join(said))
    assert time.process_time() - before < 2
    assert found.parts
    assert found.unused


def test_support_that_is_chosen_afterwards_has_the_price_of_its_neighbours_on_public_holidays(person: Person) -> None:
    tell_the_letter(person).open("/start/week").send("say", text="Mon 9-11 horses $68")
    assert "On public holidays: the same price" in read(person)
    person.open("/start/week?change=1").send("line", support="community")
    assert "On public holidays: the published price limit" in read(person)
    person.open("/start/week?change=1").send("line", on_holidays="same")
    assert "On public holidays: the same price" in read(person)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Mon 9-11 $1,250 a visit shower", Money(625_00)),
        ("Mon 9-11 1250.50 dollars an hour shower", Money(1250_50)),
        ("Mon 9-11 at 1,168 AUD per hour shower", Money(1168_00)),
    ],
)
def test_large_prices_are_read_whole(text: str, price: Money) -> None:
    assert line(text).price == price


@pytest.mark.parametrize(
    ("text", "program", "unit", "price"),
    [
        ("Tuesday meals on wheels $12 a meal", "ndis", "E", 1200),
        ("Tue 12-1 meals on wheels $12 a meal", "support_at_home", "meal", 1200),
        ("Tuesday meals on wheels", "support_at_home", "meal", None),
    ],
)
def test_a_meal_needs_no_length(text: str, program: str, unit: str, price: int | None) -> None:
    meal = line(text, program)
    assert meal.support in ("meals", "meal_delivery")
    assert meal.price == (None if price is None else Money(price))
    schedule = meal.schedule(YEAR)
    assert isinstance(schedule, Units)
    assert (schedule.unit, schedule.quantity.thousandths) == (unit, 52_000)  # 52 Tuesdays


def test_a_meal_of_the_ndis_is_claimed_in_dollars_so_one_dollar_is_neither_its_price_nor_its_limit(
    person: Person,
) -> None:
    tell_the_letter(person).open("/start/week").send("say", text="Tuesday meals on wheels $12 a meal")
    assert "above the limit" not in read(person.open("/start/answer"))
    assert "0 visits" not in read(person)
    person.open("/start/week?change=1").send("line", price="")
    assert "No price yet" in read(person)
    assert "A price is missing" in read(person.open("/start/answer"))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("support coordination 2 hours a month", 24),
        ("once a month on Friday 1-3pm cleaning", 24),
        ("garden 15 hours monthly", 180),
    ],
)
def test_hours_of_a_month_need_no_weekday(text: str, hours: int) -> None:
    schedule = line(text).schedule(YEAR)
    assert isinstance(schedule, Units)
    assert (schedule.unit, schedule.quantity.thousandths) == ("H", hours * 1000)


def test_part_of_a_month_is_counted_as_its_part() -> None:
    monthly = line("support coordination 2 hours a month")
    schedule = monthly.schedule(Period(date(2026, 11, 23), date(2027, 6, 30)))  # seven months and 8 of 30 days
    assert isinstance(schedule, Units)
    assert schedule.quantity.thousandths == 14_000 + 533


def test_a_plan_manager_is_paid_each_month() -> None:
    manager = line("plan manager $104.45 a month")
    assert (manager.unit, manager.price) == ("MON", Money(10445))


def test_a_month_of_weekends_or_nights_is_asked_about_since_these_have_prices_of_their_own() -> None:
    for text in ("once a month on Saturday 1-3pm cleaning", "cleaning Friday 8-11pm monthly"):
        found = saying._line(text, "", "ndis", ENGLISH)
        assert isinstance(found, Words)
        assert "We count in weeks here" in found.text


def test_an_amount_right_after_the_times_is_the_price_and_not_the_hour() -> None:
    shower = line("help in the shower Mon 9-11 $68")
    assert (shower.start.hour, shower.end.hour, shower.price) == (9, 11, Money(6800))


@pytest.mark.parametrize(("program", "key"), [("ndis", "home_tasks"), ("support_at_home", "cleaning")])
def test_help_at_home_is_no_work_in_the_garden(program: str, key: str) -> None:
    assert line("help at home Fri 9-11", program).support == key


def test_what_is_counted_can_be_changed_and_kept_goes_into_the_draft(person: Person) -> None:
    tell_the_letter(person).open("/start/week").send("say", text="support coordination 2 hours a month $100 an hour")
    assert "2 hours each month" in read(person)
    person.open("/start/week?change=1").send("line", amount="3")
    assert "3 hours each month" in read(person)
    person.open("/start/week?change=1").send("line", amount="")
    assert person.status == 422


def test_a_day_that_has_passed_is_not_given_as_an_answer_without_a_word(person: Person, coplan: Coplan) -> None:
    with coplan.open_reading() as work:
        starts, ends = work.day - timedelta(90), work.day + timedelta(200)
    person.open("/start?program=ndis").send("letter", starts=starts, ends=ends, state="NSW", **part(amount="500"))
    person.open("/start/week").send("say", text="Mon 9-11 shower $68")
    assert "This day has passed already" in read(person.open("/start/answer"))


def test_a_letter_that_is_changed_to_a_day_that_does_not_exist_keeps_what_was_typed(person: Person) -> None:
    tell_the_letter(person).open("/start?change=letter").send("letter", starts="31/2/2027", ends="30/6/2027")
    assert person.status == 422
    assert person.form("letter").fields["starts"] == "31/2/2027"
