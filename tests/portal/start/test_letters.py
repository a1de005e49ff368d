"""Five invented plan letters, as people paste them: the day the money lasts and the hours, worked out by hand.

In 2026-27 no Wednesday and no Thursday is a public holiday in these states, so each visit costs the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.clock import stands_still
from tests.person import Person
from tests.portal.start.test_journey import read

LETTERS = Path(__file__).parent / "letters"


@dataclass(frozen=True)
class Told:
    """One letter and week, what is asked for besides, and what the answer must say."""

    letter: str
    state: str
    week: str
    said: tuple[str, ...]
    lang: str = "en"
    lacks: dict[str, Any] = field(default_factory=dict)


TOLD = [
    # A visit is 4 hours x $62 = $248. The first funding period, $3,120, pays 12 of them ($2,976). July to September
    # has 13 Thursdays, 2 July to 24 September; the last has $144 left and costs $248. From 6 July on 11 are left, 44
    # hours. Of the 14 Thursdays from October to December 12 are paid, then all 12 up to March, which leaves $144, and
    # with it all 13 up to June: (11 + 12 + 12 + 13) x 4 = 192 hours.
    Told(
        "one_line_of_periods.txt",
        "NSW",
        "Thursday 9am to 1pm, help in the shower, $62 an hour",
        ("Your money lasts until 23 September 2026.", "192 hours", "44 hours of them up to", "short by $104.00"),
    ),
    Told(
        "one_line_of_periods.zh-Hans.txt",
        "NSW",
        "周四 9点到13点，洗澡帮助，每小时62元",
        ("2026年9月23日", "192", "44", "$104.00"),
        lang="zh-Hans",
    ),
    # A visit is 4 hours x $68 = $272, and $23,400 pays 86 of them ($23,392): 43 weeks of two, the last on Thursday
    # 22 April 2027; the next visit is on Wednesday 28 April. Speech therapy is every 28 days from 1 July: 14 visits,
    # the last on 30 June 2027, $2,660 of $6,000. On 6 July two visits and one of speech therapy are over:
    # 84 x 4 + 13 = 349 hours, and without speech therapy on 5 May, 2 June and 30 June 346.
    Told(
        "plan_managed.txt",
        "VIC",
        "Wed and Thu 9am-1pm, help in the shower, $68 an hour\nEvery 4 weeks on Wednesday 3-4pm, speech therapy, $190",
        ("Your money lasts until 27 April 2027.", "349 hours", "346 hours of them up to", "$3,340.00"),
    ),
    Told(
        "plan_managed.ar.txt",
        "VIC",
        "الأربعاء والخميس ٩–١٣، مساعدة في الاستحمام، ٦٨ دولار في الساعة\n"
        "كل أربعة أسابيع يوم الأربعاء ١٥–١٦، علاج النطق، ١٩٠ دولار في الساعة",
        ("27 أبريل 2027", "349", "$3,340.00"),
        lang="ar",
    ),
    # The sum of the table is that of its three rows. Of core, $18,720, half is there from 1 August, half from
    # 1 February. A visit is 4 hours x $60 = $240, so $9,360 pays 39: Wednesday 5 August to Wednesday 16 December.
    # 39 x 4 = 156 hours, and as many from February. The visit of Thursday 17 December is not paid.
    Told(
        "table_pasted.txt",
        "WA",
        "Wed and Thu 9am-1pm, help in the shower, $60 an hour",
        (
            "Your money lasts until 16 December 2026.",
            "312 hours",
            "156 hours of them",
            "It is short from 17 December 2026",
        ),
    ),
    # A visit is 2 hours x $65 = $130, and $5,200 pays 40 of them: 3 September 2026 to 3 June 2027. 80 hours.
    Told(
        "short.txt",
        "QLD",
        "Thu 10am-12pm help in the shower $65",
        ("Your money lasts until 9 June 2027.", "80 hours"),
        lacks={"ends": "2/9/2027", "management_1": "self"},
    ),
    # The account gets $73.22 a day, 92 days from July to September: $6,736.24. A visit is 6 hours x $100 = $600, of
    # which the person pays 5%, so the account pays $570 for each of the 13 Thursdays: 11 are $6,270, 12 would be
    # $6,840. The twelfth Thursday is 17 September. Each of the three quarters that we look ahead pays 11 too ($6,589.80
    # for the 90 days from January); from 6 July on 10 are left of the first: (10 + 3 x 11) x 6 = 258 hours.
    Told(
        "support_at_home.txt",
        "TAS",
        "Thursday 9am to 3pm, help in the shower, $100 an hour",
        ("Your money lasts until 16 September 2026.", "258 hours", "60 hours of them"),
    ),
    Told(
        "support_at_home.ar.txt",
        "TAS",
        "الخميس ٩–١٥، مساعدة في الاستحمام، ١٠٠ دولار في الساعة",
        ("16 سبتمبر 2026", "258", "60"),
        lang="ar",
    ),
    Told(
        "support_at_home.zh-Hans.txt",
        "TAS",
        "周四9点到15点，帮忙洗澡，每小时100元",
        ("2026年9月16日", "258", "60"),
        lang="zh-Hans",
    ),
]


@pytest.fixture(autouse=True)
def in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """The morning of Monday 6 July 2026: a Support at Home account is counted from the quarter of today."""
    stands_still(monkeypatch, datetime(2026, 7, 6, tzinfo=UTC))


def answered(person: Person, told: Told) -> str:
    """Paste the letter, complete only what it lacks, tell the week; the answer as it is read."""
    person.open(f"/start?lang={told.lang}")
    person.send("paste", letter=(LETTERS / told.letter).read_text(encoding="utf-8"))
    unused = person.page.xpath("//main//*[contains(@class, 'notice')]//li")
    assert [line.text_content() for line in unused] == []
    person.send("letter", state=told.state, week=told.week, **told.lacks)
    assert person.status == 200, read(person)[:900]
    said = read(person)
    return said + read(person.open("/start/answer"))


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.letter)
def test_a_pasted_letter_and_a_week_give_the_day_and_the_hours(person: Person, told: Told) -> None:
    answer = answered(person, told)
    for said in told.said:
        assert said in answer


def test_hours_left_after_the_day_the_money_ends_are_said_to_come_later(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_still(monkeypatch, datetime(2026, 9, 24, 2, tzinfo=UTC))
    answer = answered(person, TOLD[0])
    assert "148 hours" in answer  # (12 + 12 + 13) visits from October on
    assert "All of them come later" in answer
    assert "of them up to" not in answer


def test_once_more_money_was_released_no_hours_are_said_to_come_with_it(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_still(monkeypatch, datetime(2026, 11, 24, 2, tzinfo=UTC))
    answer = answered(person, TOLD[0])
    assert "116 hours" in answer  # (4 + 12 + 13) visits from today on
    assert "All of them come later" not in answer


def test_who_pays_the_invoices_of_a_further_part_is_asked_beside_its_amount(person: Person) -> None:
    page = person.open("/start?program=ndis").page
    (payer,) = page.xpath("//select[@name='management_2']")
    assert payer.xpath("ancestor::details[1]//input[@name='amount_2']")
