"""My own plan in five minutes, without an account, in three languages; kept by making one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from babel.dates import format_date
from sqlalchemy import func, select, update

from budgeting.money import Money, dollars
from portal.app import Coplan
from portal.funding.kept import from_json
from portal.start.commands import forget_expired
from portal.start.draft import Draft
from portal.start.model import StartDraft
from tests.clock import stands_still
from tests.person import Person

STARTS, ENDS = date(2026, 9, 1), date(2027, 2, 28)
GRANTED = dollars("5000.00")
ORDINARY = Money(2 * 6800)  # two hours at $68
HOLIDAY = Money(2 * 16346)  # two hours at the published limit for a public holiday, NDIS Support Catalogue 2026-27
HOLIDAYS = {date(2026, 10, 5), date(2026, 12, 28)}  # NSW: Labour Day, Boxing Day observed; no other is Mon or Wed


def visits() -> Iterator[tuple[date, Money]]:
    """Every Monday and Wednesday of the plan, one after the other, with what it costs."""
    day = STARTS
    while day <= ENDS:
        if day.weekday() in (0, 2):
            yield day, HOLIDAY if day in HOLIDAYS else ORDINARY
        day += timedelta(1)


def by_hand() -> tuple[date, int]:
    """The day before the first visit that cannot be paid, and how many visits are paid."""
    left, paid = GRANTED.minor, 0
    for day, cost in visits():
        if cost.minor > left:
            return day - timedelta(1), paid
        left, paid = left - cost.minor, paid + 1
    return ENDS, paid


def read(person: Person) -> str:
    """The page as it is read, values standing in their sentences."""
    text = person.page.xpath("//main")[0].text_content()
    return " ".join(text.translate(dict.fromkeys(range(0x2066, 0x206A))).split())


def part(number: int = 1, **told: Any) -> dict[str, Any]:
    """One part of the money as a row of the form: $5,000 of core supports, self-managed, unless told otherwise."""
    row = {"kind": "core", "amount": "5,000", "management": "self", "release": "once", **told}
    return {f"{name}_{number}": value for name, value in row.items()}


def tell_the_letter(person: Person, lang: str = "en") -> Person:
    person.open(f"/start?lang={lang}").open("/start?program=ndis")
    return person.send("letter", starts=STARTS, ends=ENDS, state="NSW", **part())


WEEK = {
    "en": "Mon and Wed 9–11, help in the shower, $68 an hour",
    "ar": "الاثنين والأربعاء ٩–١١، مساعدة في الاستحمام، ٦٨ دولار في الساعة",
    "zh-Hans": "周一和周三 9点到11点，洗澡帮助，每小时68元",
}
LOCALES = {"en": "en_AU", "ar": "ar_001", "zh-Hans": "zh_Hans"}


def tell_everything(person: Person, lang: str = "en") -> Person:
    tell_the_letter(person, lang)
    person.open("/start/week").send("say", text=WEEK[lang], support="self_care")
    return person.open("/start/answer")


@pytest.mark.parametrize("lang", ["en", "ar", "zh-Hans"])
def test_the_answer_comes_at_once_in_the_readers_language(person: Person, lang: str) -> None:
    tell_everything(person, lang)
    until, paid = by_hand()
    assert person.status == 200
    assert person.page.get("lang").startswith(lang[:2])
    assert format_date(until, "long", locale=LOCALES[lang]) in person.text
    assert str(paid * 2) in person.text  # hours
    assert "$381.84" in person.text  # two holidays: 2 x ($326.92 - $136.00)


def test_the_english_answer_is_a_whole_sentence(person: Person) -> None:
    tell_everything(person)
    until, _ = by_hand()
    assert f"Your money lasts until {format_date(until, 'long', locale='en_AU')}." in read(person)


def test_the_hours_that_are_left_are_those_from_today_on(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    stands_still(monkeypatch, datetime(2026, 9, 15, tzinfo=UTC))
    tell_everything(person)
    _, paid = by_hand()
    assert f"Hours left {(paid - 4) * 2} hours" in read(person).replace("left", "left ").replace("  ", " ")
    # visits of 2, 7, 9 and 14 September are over


def test_every_figure_of_the_answer_explains_itself(person: Person) -> None:
    tell_everything(person)
    figures = person.page.xpath("//section[@id='figures']//details[@class='why']")
    assert len(figures) == 3
    assert "Later money cannot be used early" in person.text


def test_changing_the_language_keeps_what_was_typed(person: Person) -> None:
    tell_everything(person)
    person.open("/start/week?lang=zh-Hans")
    assert "help in the shower" in person.text
    assert "星期一" in person.text


def test_a_holiday_price_of_its_own_is_counted(person: Person) -> None:
    tell_the_letter(person).open("/start/week")
    day: dict[str, Any] = {"weekdays": ["0", "2"], "start": "09:00", "end": "11:00", "every": "1", "price": "68"}
    person.send("line", name="shower", support="self_care", on_holidays="own", holiday_price="150", **day)
    person.open("/start/answer")
    assert "$328.00" in person.text  # 2 holidays x 2 h x ($150 - $68)


def test_what_was_spent_is_not_counted_again(person: Person) -> None:
    told = part(spent="100", spent_until="2026-10-31")
    person.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", **told)
    person.open("/start/week").send("say", text=WEEK["en"]).open("/start/answer")
    rest = [cost.minor for day, cost in visits() if day > date(2026, 10, 31)]
    left = 500_000 - 10_000 - sum(rest)
    assert left == 8508
    assert "Your money lasts to the end, 28 February 2027, and $85.08 is left." in read(person)


def test_of_which_part_it_was_not_said_what_was_spent_is_named_and_of_no_other(person: Person) -> None:
    told = part(kind="daily_life", spent="100", spent_until="2026-10-31") | part(2, kind="participation")
    week = "\n".join((WEEK["en"], "Saturday 10am to 1pm, outing to the park, $70 an hour"))
    person.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", week=week, **told)
    assert "You did not say what was spent of" in read(person)
    assert "You did not say what was spent, so" not in read(person)


def test_what_was_spent_can_be_told_of_a_part_that_was_read_from_a_letter(person: Person) -> None:
    person.open("/start").send(
        "paste", letter=f"NDIS plan from {STARTS} to {ENDS}, core supports $5,000, self-managed."
    )
    person.send("letter", state="NSW", spent_1="100", spent_until_1="2026-10-31", week=WEEK["en"])
    assert "You did not say what was spent" not in read(person)
    assert "$100.00 spent" in read(person.open("/start/answer"))


def test_an_estimated_holiday_price_does_not_pass_for_an_agreed_one(person: Person) -> None:
    tell_everything(person)
    assert "On public holidays: the published price limit, as an estimate. Ask your provider." in read(person)
    assert read(person).count("The agreed price") == 2  # the $68 of ordinary days, with public holidays and without


def test_a_funding_period_that_does_not_reach_names_its_day(person: Person) -> None:
    told = part(release="written", periods="1/9/2026 - 30/11/2026 $1,000\n1/12/2026 - 28/2/2027 $4,000")
    person.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", **told)
    person.open("/start/week").send("say", text=WEEK["en"]).open("/start/answer")
    # $1,000 pays seven visits at $136: 2, 7, 9, 14, 16, 21 and 23 September; the eighth is on 28 September
    assert "Your money lasts until 27 September 2026." in read(person)
    assert "short by" in person.text
    # the $4,000 of 1 December pay its 24 visits at $136 and the one on the holiday
    later = "It is short from 28 September 2026 to 30 November 2026; more is released on 1 December 2026."
    assert read(person).count(later) == 2  # beside the day, and beside its part
    assert "there is not enough" not in read(person)


def test_a_pasted_letter_is_shown_back_and_only_asks_for_what_is_missing(person: Person) -> None:
    days = "Plan start date: 1 September 2026\nPlan end date: 28 February 2027"
    person.open("/start").send("paste", letter=f"NDIS plan\n{days}\nCore supports $5,000\nA gift of $45")
    assert "A gift of $45" in person.text
    form = person.form("letter")
    assert form.fields["starts"] == "2026-09-01"
    assert form.fields["amount_1"] == "5,000.00"
    assert form.fields["management_1"] == ""
    person.send("letter", state="NSW", management_1="self", week=WEEK["en"])
    assert "Your money lasts until" in person.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends": "2026-08-31"}, "The plan ends before it starts"),
        ({"ends": "31/02/2027"}, "There is no such day"),
        ({"starts": "🙂"}, "Enter a day like"),
        ({"state": ""}, "This is needed to go on"),
    ],
)
def test_dates_that_cannot_be_are_refused_in_place(person: Person, typed: dict[str, Any], said: str) -> None:
    person.open("/start?program=ndis")
    known: dict[str, Any] = {"starts": "2026-09-01", "ends": "2027-02-28", "state": "NSW"}
    person.send("letter", **{**known, **typed})
    assert person.status == 422
    assert said in read(person)
    assert person.form("letter").fields["starts"] == typed.get("starts", "2026-09-01")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "-5"}, "zero or more"),
        ({"amount": "1.250"}, "two different numbers"),
        ({"amount": "0"}, "Enter the amount from the letter"),
        ({"amount": "99999999999999"}, "too large"),
        ({"kind": ""}, "This is needed to go on"),
        ({"spent": "100", "spent_until": ""}, "Up to which day"),
        ({"release": "written", "periods": "1/9/2026 - 30/9/2026 $9\n30/9/2026 - 2/10/2026 $5"}, "share 30 September"),
        ({"release": "written", "periods": "30/9/2026 - 1/9/2026 $100"}, "before it starts"),
        ({"release": "written", "periods": "some time"}, "This line is not clear yet: some time"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_place(person: Person, typed: dict[str, Any], said: str) -> None:
    person.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", **part(**typed))
    assert person.status == 422
    assert said in read(person)
    assert person.form("letter").fields["amount_1"] == typed.get("amount", "5,000")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("help in the shower", "On which days?"),
        ("Mon help in the shower", "From when to when, or how long?"),
        ("Mon 9-11 and Wed 2-4 shower", "Write a line of its own for each"),
        ("shower\nhelp with cooking", "“shower”: On which days?"),
        ("Mon 9-12 cleaning $100 a visit", "Write the price of one hour"),
    ],
)
def test_a_line_that_lacks_something_is_asked_for_it_and_kept(person: Person, text: str, said: str) -> None:
    tell_the_letter(person).open("/start/week").send("say", text=text)
    assert person.status == 422
    assert said in read(person)
    assert text in person.form("say").fields["text"].replace("\r\n", "\n")


def test_a_length_without_times_is_taken_by_day_and_the_page_says_so(person: Person) -> None:
    tell_the_letter(person).open("/start/week").send("say", text="Saturday 2 hours going out")
    assert "10:00" in read(person)
    assert "You did not say from when to when" in read(person)
    person.open("/start/week?change=1")
    person.send("line", start="14:00", end="16:00")
    assert "You did not say from when to when" not in read(person)


def test_several_lines_can_be_said_at_once(person: Person) -> None:
    tell_the_letter(person).open("/start/week").send("say", text="Mon 9-11 shower $68\n\nFri 1pm-3pm cleaning $60")
    assert "shower" in read(person)
    assert "cleaning" in read(person)
    assert person.address.endswith("/start/week#lines")


def test_nothing_is_answered_before_there_is_something_to_answer(person: Person) -> None:
    assert person.open("/start/answer").address.endswith("/start")
    assert tell_the_letter(person).open("/start/answer").address.endswith("/start/week")


# the private draft


def test_another_visitor_sees_nothing_of_it(person: Person) -> None:
    tell_everything(person)
    other = person.another().open("/start/week")
    assert other.address.endswith("/start")
    assert "help in the shower" not in other.text


def test_the_draft_is_kept_sealed_and_names_nobody(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    with coplan.open_reading() as work:
        (kept,) = work.session.scalars(select(StartDraft)).all()
    assert b"shower" not in kept.content_sealed
    assert person.cookies["visitor"].encode() not in kept.visitor_hash


def test_forget_this_deletes_it_now(person: Person, coplan: Coplan) -> None:
    tell_everything(person).send("forget")
    with coplan.open_reading() as work:
        assert work.session.scalar(select(func.count()).select_from(StartDraft)) == 0
    assert person.open("/start/week").address.endswith("/start")


def test_the_draft_ends_by_itself(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    with coplan.open_work() as work:
        work.session.execute(update(StartDraft).values(expires_at=work.now - timedelta(seconds=1)))
    assert person.open("/start/week").address.endswith("/start")  # no longer readable, even before the job ran
    with coplan.open_work() as work:
        forget_expired(work)
    with coplan.open_reading() as work:
        assert work.session.scalar(select(func.count()).select_from(StartDraft)) == 0


# keeping it


QUARTERLY = """NDIS plan
Plan start date: 1 July 2026
Plan end date: 30 June 2027
Core Supports $41,600.00, plan-managed. Funding periods: quarterly, $10,400.00 each
Improved Daily Living $15,740.00, plan-managed
Funding period: every 3 months, ${each}
Support Coordination $3,000.00, plan-managed
"""


def paste(person: Person, each: str) -> Person:
    person.open("/start").send("paste", letter=QUARTERLY.replace("{each}", each))
    return person.send("letter", starts=date(2026, 7, 1), ends=date(2027, 6, 30), state="NSW", week=WEEK["en"])


def test_a_pasted_letter_keeps_the_funding_periods_it_names(person: Person, coplan: Coplan) -> None:
    paste(person, "3,935.00")
    with coplan.open_reading() as work:
        (kept,) = work.session.scalars(select(StartDraft)).all()
        core, skills, coordination = from_json(Draft, kept.content).parts
    first, second = date(2026, 7, 1), date(2026, 10, 1)
    assert [(one.starts, one.amount) for one in core.releases[:2]] == [
        (first, dollars("10400")),
        (second, dollars("10400")),
    ]
    assert [(one.starts, one.amount) for one in skills.releases[:2]] == [
        (first, dollars("3935")),
        (second, dollars("3935")),
    ]
    assert coordination.releases == ()  # the letter says so of no other


def test_funding_periods_that_do_not_add_up_are_asked_about(person: Person) -> None:
    paste(person, "2,000.00")
    assert "The letter says $2,000.00 for each funding period" in read(person)
    assert person.status == 422
    person.send("letter", release_2="once")
    assert "The letter says $2,000.00 for each funding period" not in read(person)
    assert person.form("letter").fields["amount_2"] == "15,740.00"


def test_a_name_of_a_letter_is_read_in_the_readers_language(person: Person) -> None:
    person.open("/start?lang=zh-Hans")
    paste(person, "3,935.00").open("/start/answer")
    assert "支持协调" in person.text
    assert "Support Coordination" not in person.text


def test_what_the_week_does_not_use_is_said_beside_what_is_left(person: Person) -> None:
    told = part(spent="100", spent_until="2026-10-31") | part(2, kind="coordination", amount="1,200")
    person.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", **told)
    person.open("/start/week").send("say", text=WEEK["en"]).open("/start/answer")
    said = read(person)  # $85.08 as in the test above without the second part
    assert "Your money lasts to the end, 28 February 2027, and $85.08 is left in the parts your week uses." in said
    assert "Another $1,200.00 is in parts of your money that your week does not use." in said


def test_we_say_that_we_filled_something_in_only_when_we_did(person: Person) -> None:
    said = "We filled in what we understood."
    person.open("/start").send("paste", letter="My mum got $40,000 for core from the NDIS on 1 July 2026.")
    assert said not in person.text
    assert "We could not find a date or an amount that we understand." in person.text
    assert "My mum got $40,000" in person.text
    told = "NDIS plan from 1 July 2026 to 30 June 2027, core supports $40,000, self-managed."
    person.open("/start").send("forget").open("/start").send("paste", letter=told)
    assert said in person.text
    fields = person.form("letter").fields
    assert (fields["kind_1"], fields["amount_1"]) == ("core", "40,000.00")


def test_what_was_spent_is_asked_for_beside_the_amount(person: Person) -> None:
    (spent,) = person.open("/start?program=ndis").form("letter").xpath(".//input[@name='spent_1']")
    assert not list(spent.iterancestors("details")), "in no fold"
