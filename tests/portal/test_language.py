"""Sentences joined out of pieces: commas, colons and full stops are those of the reader's language."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from html import unescape

import pytest

from budgeting.explain.describe import WEEKDAYS, listed, schedule_words
from budgeting.money import Money, Quantity
from budgeting.package import Units, Weekly
from budgeting.words import Name, Value, words
from portal.language import LANGUAGES, chosen_in, current, markup, month_name, plain, show, show_plain, tongue, when
from portal.plans.spoken import FUNDED
from portal.setup import catalogues
from portal.templating import template_folders

NOON = datetime(2026, 11, 22, 5, 5, tzinfo=UTC)  # five past four in the afternoon in Sydney
FOREIGN = {"zh_Hans": r"[,;?!]|\.(?:\s|$)", "ar": r"[,;?]"}  # marks that the language writes with signs of its own
GLUED = re.compile(r"\}\}(?:</\w+>)*[,.:;](?=[ <{\n])")


def bare(text: str) -> str:
    """A text without the marks for direction, its spaces that do not break as ordinary ones."""
    return re.sub("[\u202f\u00a0]", " ", re.sub("[\u2066-\u2069]", "", text))


@pytest.mark.parametrize(
    ("tag", "instant"),
    [
        ("en", "22 November 2026, 4:05 pm"),
        ("zh-Hans", "2026年11月22日 16:05"),
        ("ar", "22 نوفمبر 2026، 4:05 م"),
    ],
)
def test_an_instant_is_written_as_the_language_writes_it(tag: str, instant: str) -> None:
    assert bare(when(NOON, LANGUAGES[tag])) == bare(show_plain(NOON, LANGUAGES[tag])) == instant


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "ar"])
def test_money_that_is_missing_is_heard_as_missing(tag: str) -> None:
    shown = [bare(show_plain(value, LANGUAGES[tag])) for value in (Money(-5_611_32), Quantity(-1_500), -3)]
    assert shown == ["−$5,611.32", "−1.5", "−3"]  # a hyphen is not read aloud


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("value", [NOON.time(), NOON, NOON.date(), Money(-5_611_32), "Bread & <tea>"])
def test_a_reader_of_a_page_sees_what_is_written_and_no_marks_of_the_markup(tag: str, value: Value) -> None:
    seen = unescape(re.sub("<[^>]+>", "", show(value, LANGUAGES[tag])))
    assert bare(seen) == bare(show_plain(value, LANGUAGES[tag]))


@pytest.mark.parametrize(("tag", "month"), [("en", "July 2026"), ("zh-Hans", "2026年7月"), ("ar", "يوليو 2026")])
def test_a_month_is_named_in_the_language_and_kept_apart_as_a_value(tag: str, month: str) -> None:
    assert month_name(date(2026, 7, 1), LANGUAGES[tag]) == f"<bdi>{month}</bdi>"


@pytest.mark.parametrize(
    ("tag", "days", "change", "pays", "pieces"),
    [
        ("zh-Hans", "星期一、星期三、星期五", "星期一。星期三", "项目把它那部分付给服务提供商。", "24项"),
        ("ar", "الاثنين، الأربعاء، الجمعة", "الاثنين. الأربعاء", None, None),
    ],
)
def test_pieces_are_joined_with_the_marks_of_the_language(
    tag: str, days: str, change: str, pays: str | None, pieces: str | None
) -> None:
    language = LANGUAGES[tag]
    monday, wednesday, friday = (WEEKDAYS[day] for day in (0, 2, 4))
    assert bare(plain(listed([monday, wednesday, friday]), language)) == days
    assert bare(plain(words("{first}. {next}", first=monday, next=wednesday), language)) == change
    if pays and pieces:
        assert plain(words("{sentence}.", sentence=FUNDED), language) == pays
        assert pieces in plain(schedule_words(Units(Quantity(24_000), "E")), language)


def test_a_visit_that_ends_when_it_began_is_said_to_last_a_day() -> None:
    whole = Weekly((0,), time(9), time(9))
    assert bare(plain(schedule_words(whole), LANGUAGES["en"])) == "Monday, 24 hours from 9:00 am on"


@pytest.mark.parametrize("folder", FOREIGN)
def test_a_translation_has_the_marks_of_its_language(folder: str) -> None:
    catalogue = catalogues.read(catalogues.catalogue_path(folder), folder)
    texts = [form for message in catalogues.messages(catalogue).values() for form in catalogues.forms(message)]
    assert len(texts) > 2_000
    assert not [text for text in texts if re.search(FOREIGN[folder], text)]


def test_no_template_glues_values_with_english_marks() -> None:
    """Between two values stands a sentence of their own, such as ``{kind}, {day}``, which can be translated."""
    pages = [page for folder in template_folders() for page in folder.rglob("*.*")]
    assert pages
    assert not [f"{page.name}: {found[0]}" for page in pages for found in GLUED.finditer(page.read_text())]


@pytest.mark.parametrize(
    ("reader", "text", "said_in"),
    [
        ("ar", "Green Door Home Care", "en"),
        ("zh-Hans", "I hear you.", "en"),
        ("en", "أريد أن أطبخ لأحفادي", "ar"),
        ("en", "我想自己做饭", "zh-Hans"),
        ("ar", "أريد أن أطبخ لأحفادي", None),
        ("en", "José has the key", None),
        ("en-XA", "Green Door Home Care", None),
        ("ar", "SR-2201", None),
        ("ar", "0412 345 678", None),
    ],
)
def test_a_stored_text_in_other_letters_than_the_page_carries_its_own_language(
    reader: str, text: str, said_in: str | None
) -> None:
    about = words("{name} said yes", name=Name(text))
    assert re.findall(r'<bdi lang="([^"]+)"', markup(about, LANGUAGES[reader])) == ([said_in] if said_in else [])


def test_own_words_take_their_own_direction_and_the_language_they_are_known_to_be_in() -> None:
    assert tongue("Buon giorno", "it") == ' dir="auto" lang="it"'
    assert tongue("我想自己做饭") == ' dir="auto" lang="zh-Hans"'
    assert tongue("I hear you.") == tongue(None) == ' dir="auto"'


def test_a_choice_carries_another_language_only_where_it_is_wholly_in_it() -> None:
    before = current.set(LANGUAGES["ar"])
    try:
        assert chosen_in("Go on singing in the choir") == ' dir="auto" lang="en"'
        assert chosen_in("مسودة: If I stay at home, the whole week") == ""
    finally:
        current.reset(before)
