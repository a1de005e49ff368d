"""How people say days, parts of a day, what they do and what their letter calls its parts: in three languages."""

from __future__ import annotations

from datetime import date, time

import pytest

from budgeting.letters import parts
from portal.funding.forms import PartForm
from portal.language import ENGLISH
from portal.site.forms import Posted, read
from portal.start.ordinary import hear, support_for

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.mark.parametrize(
    ("text", "start", "name"),
    [
        ("Friday evening 2 hours out with mates", 18, "out with mates"),
        ("Friday afternoon 2 hours out with mates", 14, "out with mates"),
        ("2 hours bowling on Friday nights", 21, "bowling"),
        ("Friday morning 2 hours footy", 9, "footy"),
        ("الجمعة ساعتين صباحًا خروج", 9, "خروج"),
        ("الجمعة الصبح ساعتين خروج", 9, "خروج"),
        ("كل جمعة ساعتين ظهرًا خروج", 12, "خروج"),
        ("كل جمعة ساعتين بعد الظهر خروج", 14, "خروج"),
        ("كل جمعة ساعتين عصرًا خروج", 14, "خروج"),
        ("الجمعة ساعتين مساءً خروج", 18, "خروج"),
        ("جمعة المسا ساعتين خروج", 18, "خروج"),
        ("الجمعة ليلًا ساعتين خروج", 21, "خروج"),
        ("الجمعة بالليل ساعتين خروج", 21, "خروج"),
        ("周五早上两小时外出", 9, "外出"),
        ("周五上午两小时外出", 9, "外出"),
        ("周五中午两小时外出", 12, "外出"),
        ("周五下午两小时外出", 14, "外出"),
        ("周五傍晚两小时外出", 18, "外出"),
        ("每周五晚上两小时外出", 18, "外出"),
        ("周五夜里两小时外出", 21, "外出"),
    ],
)
def test_the_part_of_the_day_that_is_said_decides_the_times_that_are_assumed(text: str, start: int, name: str) -> None:
    heard = hear(text)
    assert (heard.weekdays, heard.start, heard.end) == ((FRI,), time(start), time(start + 2))
    assert (heard.by_day, heard.name, heard.unclear) == (True, name, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("الجمعة من 10 ليلا الى 6 صباحا", 22, 6),
        ("الجمعة من 9 الصبح إلى 11 الصبح", 9, 11),
        ("周五夜里10点到早上6点", 22, 6),
        ("Friday night 9-11 bowling", 21, 23),
    ],
)
def test_a_part_of_the_day_beside_the_hours_says_which_half_of_the_day(text: str, start: int, end: int) -> None:
    heard = hear(text)
    assert (heard.weekdays, heard.start, heard.end) == ((FRI,), time(start), time(end))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("كل اثنين وخميس", (MON, THU)),
        ("كل إثنين وأحد", (MON, SUN)),
        ("أيام الإثنين والخميس", (MON, THU)),
        ("ايام اثنين و خميس", (MON, THU)),
        ("اثنين وأربعاء وجمعة", (MON, WED, FRI)),
        ("كل تلاتاء وسبت", (TUE, SAT)),
        ("كل ثلاثاء، أربعاء، خميس", (TUE, WED, THU)),
        ("من الاثنين إلى الجمعة", (MON, TUE, WED, THU, FRI)),
        ("من اثنين إلى جمعة", (MON, TUE, WED, THU, FRI)),
        ("周一三五", (MON, WED, FRI)),
        ("星期一和四", (MON, THU)),
        ("礼拜二", (TUE,)),
        ("每周一、四", (MON, THU)),
        ("周一至五", (MON, TUE, WED, THU, FRI)),
        ("Mondays and Thursdays", (MON, THU)),
        ("Mondays & Thursdays", (MON, THU)),
        ("Mon/Wed/Fri", (MON, WED, FRI)),
        ("weekdays", (MON, TUE, WED, THU, FRI)),
        ("weekends", (SAT, SUN)),
        ("every day", tuple(range(7))),
    ],
)
def test_days_are_heard_as_people_join_them(said: str, days: tuple[int, ...]) -> None:
    heard = hear(f"{said} 9-11")
    assert (heard.weekdays, heard.name.strip("من ")) == (days, "")


@pytest.mark.parametrize("text", ["احد يساعدني 9-11", "اثنين يساعدوني 9-11"])
def test_somebody_or_two_people_are_no_days_in_arabic(text: str) -> None:
    assert hear(text).weekdays == ()


def test_arabic_words_stay_as_the_person_typed_them() -> None:
    heard = hear("السبت من ١ ظهرًا إلى ٥ مساءً، الخروج إلى الحديقة مع أختي، ٧٢ دولارًا في الساعة")
    assert (heard.weekdays, heard.name) == ((SAT,), "الخروج إلى الحديقة مع أختي")


def test_a_number_of_hours_right_after_a_chinese_day_is_no_other_day() -> None:
    heard = hear("周一三小时打扫")
    assert (heard.weekdays, heard.length) == ((MON,), 180)


@pytest.mark.parametrize(
    ("name", "support"),
    [
        *[
            (name, "community")
            for name in (
                "takes Jordan to the pool",
                "pool",
                "swimming",
                "footy",
                "park",
                "movies",
                "shops with Jordan",
                "support worker takes Jordan to the pool",
                "سباحة",
                "去公园",
            )
        ],
        ("hydrotherapy pool", "physiotherapy"),
        ("going to bed", "self_care"),
        ("support coordination", "support_coordination"),
        ("support coordinator", "support_coordination"),
        ("support coordination level 1", "support_connection"),
        ("specialist support coordination", "specialist_coordination"),
    ],
)
def test_what_somebody_does_tells_which_support_it_is(name: str, support: str) -> None:
    found = support_for(name, "ndis", ENGLISH)
    assert found is not None
    assert found.key == support


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Improved Life Choices", "choice"),
        ("choice and control", "choice"),
        ("Improved Life Choices (CB Choice & Control)", "choice"),
        ("Plan management", "choice"),
        ("تحسين خيارات الحياة", "choice"),
        ("改善生活选择", "choice"),
        ("Core - Consumables", "consumables"),
        ("Core budget", "core"),
        ("Coordination of supports", "coordination"),
        ("Improved Daily Living (CB Daily Activity)", "daily_skills"),
        ("CB Social, Community & Civic Participation", "social_participation"),
        ("CB Employment", "job"),
        ("Improved Health & Wellbeing", "health"),
    ],
)
def test_an_official_name_that_is_typed_as_another_is_that_part(name: str, kind: str) -> None:
    typed = {"kind": parts.OTHER, "name": name, "amount": "100", "management": "plan", "release": "once"}
    form = read(PartForm, Posted({field: [value] for field, value in typed.items()}))
    terms = form.terms("ndis", date(2026, 7, 1), date(2027, 6, 30))
    assert (terms.key, terms.categories) == (kind, parts.of("ndis")[kind].categories)


@pytest.mark.parametrize(
    "name", ["Gift of my aunt", "Transport (from my aunt)", "Core supports for Jordan", "()", "CB"]
)
def test_a_name_of_ones_own_stays_its_own(name: str) -> None:
    assert parts.known("ndis", name) is None


@pytest.mark.parametrize(
    ("text", "without", "name"),
    [
        ("every day except Friday 8-9 shower", {FRI}, "shower"),
        ("shower every day but Saturday and Sunday 8-9", {SAT, SUN}, "shower"),
        ("weekdays 8-9 shower, but not on Wednesdays", {WED, SAT, SUN}, "shower"),
        ("كل يوم ما عدا الجمعة ٨-٩ صباحًا استحمام", {FRI}, "استحمام"),
        ("استحمام كل يوم إلا الخميس والجمعة من ٨ إلى ٩", {THU, FRI}, "استحمام"),
        ("每天8点到9点洗澡，周五除外", {FRI}, "洗澡"),
        ("除了周六和周日以外每天8点到9点洗澡", {SAT, SUN}, "洗澡"),
    ],
)
def test_days_that_are_excepted_are_no_days_of_the_week_told(text: str, without: set[int], name: str) -> None:
    heard = hear(text)
    assert (set(heard.weekdays), heard.name) == (set(range(7)) - without, name)


@pytest.mark.parametrize("text", ["Monday 8-9 everything but the bath", "Monday 8-9 except public holidays"])
def test_an_exception_that_names_no_day_takes_none_away(text: str) -> None:
    assert hear(text).weekdays == (MON,)
