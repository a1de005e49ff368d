"""Pictures say the same as their tables, in words and shapes, in every direction of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise

import lxml.html
import pytest
from markupsafe import Markup

from budgeting.forecast.burndown import burn_downs
from budgeting.money import Minutes, Money
from budgeting.period import Period
from budgeting.quotation import Quote
from budgeting.words import Name, words
from portal.language import LANGUAGES, current
from portal.site.calendars import MEANS, SHAPES, Mark
from portal.site.pictures import Happening, Pair, Picture, Seen, bars, burn_down, burning, week, year
from tests.budgeting.examples import agreed, component, day, funded, line, money, package, priced, quarters, weekly

MONDAYS = line(weekly("Mon", "09:00", "10:00"), price=agreed("50"))  # thirteen in each quarter of 2026
TODAY = date(2026, 2, 10)
SHORT = quarters("500", "700", "700", "700")
MONDAY = date(2026, 7, 6)
VISITS = [
    Seen(MONDAY, time(7), time(9), Name("Shower <help>"), Name("Grace")),
    Seen(MONDAY, time(8), time(8, 30), Name("Meals")),
    Seen(date(2026, 7, 8), time(22), time(6), Name("Night")),
]
HAPPENINGS = [
    Happening(Mark.HOLIDAY, date(2026, 12, 25), words("Christmas"), amount=Money(12_000)),
    Happening(Mark.MONEY, date(2026, 7, 1), words("Money")),
    Happening(Mark.AWAY, date(2026, 8, 28), words("Away"), last=date(2026, 9, 3)),
    Happening(Mark.BREAK, date(2026, 9, 2), words("No money")),
]


@pytest.fixture(params=["en", "ar"])
def tag(request: pytest.FixtureRequest) -> Iterator[str]:
    """Both directions of reading."""
    before = current.set(LANGUAGES[request.param])
    yield request.param
    current.reset(before)


def short_quote() -> Quote:
    return priced(package(MONDAYS, funding=funded(component("2600", periods=SHORT))))


def all_pictures() -> list[Picture]:
    return [
        burn_down("burn", burn_downs(short_quote())[0], TODAY),
        bars("bars", words("Before and after"), [Pair(words("Hours of support"), Minutes(600), Minutes(540))]),
        week("week", MONDAY, VISITS, {date(2026, 7, 8): Name("Show day")}),
        year("year", words("The year rehearsed"), Period(MONDAY, date(2027, 7, 5)), HAPPENINGS, today=MONDAY),
    ]


def parsed(drawing: Markup) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(str(drawing), create_parent="div")


def test_every_drawing_is_named_and_needs_no_style_and_no_script(tag: str) -> None:
    for picture in all_pictures():
        drawn = parsed(picture.drawing)
        images = drawn.xpath(".//*[@role='img']")
        assert picture.key == "bars" or images
        for image in images:
            named = drawn.xpath(f".//*[@id='{image.get('aria-labelledby')}']")
            assert named[0].text_content().strip()
        assert not drawn.xpath(".//*[@style] | .//style | .//script")
        assert re.search(r"\d\.\d{3,}|e-\d", str(picture.drawing)) is None  # no number has come from a float


def test_every_picture_says_the_same_as_a_table(tag: str) -> None:
    for picture in all_pictures():
        assert picture.table.rows


def test_the_money_going_down_is_told_for_each_release_today_the_day_that_breaks_and_the_end() -> None:
    rows = burn_down("burn", burn_downs(short_quote())[0], TODAY).table.cells
    told = {row[0].value: row[2].value for row in rows}
    assert told[day("2026-01-01")] == money("500")
    assert told[TODAY] == money("200")  # six Mondays before it
    assert told[day("2026-03-16")] == money("0")  # the eleventh Monday is not paid
    assert told[day("2026-04-01")] == money("700")
    assert rows[-1][2].value == money("150")  # 50 of 700 are left in each of the three quarters after
    assert [one[1].value for one in rows if one[0].value == day("2026-03-16")] == [
        words("The first day that is not paid")
    ]


def test_the_money_goes_down_from_where_reading_begins(tag: str) -> None:
    drawn = str(burn_down("burn", burn_downs(short_quote())[0], TODAY).drawing)
    (line_,) = re.findall(r'd="M([^"]*)" class="left"', drawn)
    places = [int(one) for one in line_.split()[::2]]
    assert places == sorted(places, reverse=tag == "ar")
    assert {places[0], places[-1]} == {0, 10_000}


def test_parts_without_anything_planned_have_no_picture() -> None:
    assert burning(priced(package(funding=funded(component("2600")))), TODAY) == []


def test_the_longer_of_a_pair_of_bars_fills_the_width_and_the_values_are_text(tag: str) -> None:
    picture = bars("bars", words("Before and after"), [Pair(words("Visits"), 8, 6), Pair(words("Hours"), 0, 0)])
    widths = parsed(picture.drawing).xpath(".//rect/@width")
    assert widths == ["100.00%", "75.00%", "0.00%", "0.00%"]
    texts = [one.text_content() for one in parsed(picture.drawing).xpath(".//*[@class='pair-value']")]
    assert texts == ["8", "6", "0", "0"]


def test_visits_at_the_same_time_stand_beside_each_other_and_a_night_goes_on_the_next_day(tag: str) -> None:
    drawn = parsed(week("week", MONDAY, VISITS).drawing)
    blocks = drawn.xpath(".//rect[contains(@class,'visit')]")
    assert len(blocks) == 4  # two on Monday, the night on Wednesday and on Thursday
    spans = sorted((float(one.get("x")[:-1]), float(one.get("width")[:-1])) for one in blocks)
    assert all(a + width <= b for (a, width), (b, _) in pairwise(spans))
    numbers = drawn.xpath(".//text[contains(@class,'in-block')]/text()")
    assert [one.strip("\u2066\u2069") for one in numbers] == ["1", "2", "3", "3"]


def test_what_somebody_wrote_stays_text_in_a_picture() -> None:
    picture = week("week", MONDAY, VISITS)
    assert [key.means.values["name"] for key in picture.legend[:1]] == [Name("Shower <help>")]
    assert "<help>" not in str(picture.drawing)


def test_a_year_marks_each_day_by_its_own_shape_and_says_it(tag: str) -> None:
    picture = year("year", words("Year"), Period(MONDAY, date(2027, 7, 5)), HAPPENINGS)
    months = parsed(picture.drawing).xpath(".//svg[contains(@class,'a-month')]")
    assert len(months) == 13
    september = months[2]
    assert len(september.xpath(".//*[@class='on-away']")) == 3
    assert "No money" in september.xpath("./desc")[0].text_content()
    assert len(picture.legend) == len({str(SHAPES[mark]) for mark in Mark if mark in {h.mark for h in HAPPENINGS}})
    assert len({str(shape) for shape in SHAPES.values()}) == len(MEANS) == len(Mark)


def test_a_year_begins_on_the_side_where_reading_begins(tag: str) -> None:
    picture = year("year", words("Year"), Period(date(2026, 6, 1), date(2026, 6, 30)), [])
    (month,) = parsed(picture.drawing).xpath(".//svg[contains(@class,'a-month')]")
    days = {text.text: int(text.get("x")) for text in month.xpath(".//text")}
    first, last = days["\u20661\u2069" if tag == "ar" else "1"], days["\u20667\u2069" if tag == "ar" else "7"]
    assert (first < last) == (tag == "en")  # the first of June 2026 is a Monday


def test_the_months_below_a_picture_are_in_the_language_of_its_reader_whoever_looked_before() -> None:
    below: dict[str, list[str]] = {}
    for one in ("zh-Hans", "ar", "en"):
        before = current.set(LANGUAGES[one])
        drawn = parsed(burn_down("burn", burn_downs(short_quote())[0], TODAY).drawing)
        below[one] = [str(text.text).strip("\u2068\u2069") for text in drawn.iter("text")]
        current.reset(before)
    assert "4月" in below["zh-Hans"]
    assert "أبريل" in below["ar"]
    assert "Apr" in below["en"]
    assert "2026" in below["ar"]
