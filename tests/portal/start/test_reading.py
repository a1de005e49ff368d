"""What people write about their week and what letters say: taken as it is, never guessed."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, strategies as st

from budgeting.money import Money
from portal.funding.releases import WRITTEN
from portal.language import ENGLISH
from portal.start.letter import understand
from portal.start.ordinary import Unclear, hear, support_for

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.mark.parametrize(
    ("text", "days", "start", "end", "price"),
    [
        ("Mon and Wed 9–11, help in the shower, $68 an hour", (MON, WED), time(9), time(11), 6800),
        ("Mon-Fri 7:30am to 9am personal care", (MON, TUE, WED, THU, FRI), time(7, 30), time(9), None),
        ("Tuesdays 2-4 swimming, $70.50/h", (TUE,), time(14), time(16), 7050),
        ("every day 18:00-20:00 dinner", tuple(range(7)), time(18), time(20), None),
        ("Sat and Sun 10 am to 2 pm going out 85 dollars per hour", (SAT, SUN), time(10), time(14), 8500),
        ("Mon 730 to 930 shower, $68 an hour", (MON,), time(7, 30), time(9, 30), 6800),
        ("Thursday 9-1 garden", (THU,), time(9), time(13), None),
        ("Friday to Monday 8pm-10pm", (MON, FRI, SAT, SUN), time(20), time(22), None),
        ("Friday 1pm to 3pm cleaning $120 a visit", (FRI,), time(13), time(15), 6000),
        ("الاثنين والأربعاء ٩–١١، مساعدة في الاستحمام، ٦٨ دولار في الساعة", (MON, WED), time(9), time(11), 6800),
        ("الأحد من ٢ مساءً إلى ٤ مساءً", (SUN,), time(14), time(16), None),
        ("周一和周三 9点到11点，洗澡帮助，每小时68元", (MON, WED), time(9), time(11), 6800),
        ("周一、三、五上午九点到十一点半 打扫 $60", (MON, WED, FRI), time(9), time(11, 30), 6000),
        ("周一至周五 14:00-16:00 外出", (MON, TUE, WED, THU, FRI), time(14), time(16), None),
    ],
)
def test_a_line_is_understood_as_people_mean_it(
    text: str, days: tuple[int, ...], start: time, end: time, price: int | None
) -> None:
    heard = hear(text)
    assert (heard.weekdays, heard.start, heard.end) == (days, start, end)
    assert heard.price == (None if price is None else Money(price))


@pytest.mark.parametrize(
    ("text", "days", "start", "end", "by_day", "name"),
    [
        ("Saturday 2 hours going out", (SAT,), time(10), time(12), True, "going out"),
        ("2.5 hours cleaning every second Friday", (FRI,), time(10), time(12, 30), True, "cleaning"),
        ("Tue and Thu, an hour and a half of gardening", (TUE, THU), time(10), time(11, 30), True, "gardening"),
        ("Sundays 1½ hrs church", (SUN,), time(10), time(11, 30), True, "church"),
        ("weekday mornings 7-9 shower", (MON, TUE, WED, THU, FRI), time(7), time(9), False, "shower"),
        ("every evening 6-8 dinner and bed", tuple(range(7)), time(18), time(20), False, "dinner and bed"),
        ("every morning 6-8 getting up", tuple(range(7)), time(6), time(8), False, "getting up"),
        ("Mon Wed Fri 0900-1100 shower", (MON, WED, FRI), time(9), time(11), False, "shower"),
        ("Thu between 9 and 11 physio", (THU,), time(9), time(11), False, "physio"),
        ("Wed 11 to noon swimming", (WED,), time(11), time(12), False, "swimming"),
        ("Monday from 10 for 3 hours, shopping", (MON,), time(10), time(13), False, "shopping"),
        ("Fri at 2pm, 90 minutes speech therapy", (FRI,), time(14), time(15, 30), False, "speech therapy"),
        ("Mon 9-11, 2 hours in all, shower", (MON,), time(9), time(11), False, "in all shower"),
        ("السبت ساعتين خروج", (SAT,), time(10), time(12), True, "خروج"),
        ("كل يوم سبت ساعة ونصف تنظيف", (SAT,), time(10), time(11, 30), True, "تنظيف"),
        ("الثلاثاء والخميس ٣ ساعات مساعدة في البيت", (TUE, THU), time(10), time(13), True, "مساعدة في البيت"),
        ("يوم الأربعاء الساعة ٩ صباحاً نصف ساعة استحمام", (WED,), time(9), time(9, 30), False, "استحمام"),
        ("كل يوم أحد ثلاث ساعات تنظيف", (SUN,), time(10), time(13), True, "تنظيف"),
        ("الثلاثاء أربع ساعات ونصف مرافقة", (TUE,), time(10), time(14, 30), True, "مرافقة"),
        ("السبت ساعة وربع تنظيف", (SAT,), time(10), time(11, 15), True, "تنظيف"),
        ("الجمعة ساعتين و٢٠ دقيقة تنظيف", (FRI,), time(10), time(12, 20), True, "تنظيف"),
        ("الثلاثاء الساعة ٢ بعد الظهر ساعة واحدة علاج طبيعي", (TUE,), time(14), time(15), False, "علاج طبيعي"),
        ("السبت من التاسعة إلى الحادية عشرة والنصف تنظيف", (SAT,), time(9), time(11, 30), False, "تنظيف"),
        ("周六两小时外出", (SAT,), time(10), time(12), True, "外出"),
        ("每周三一个半小时打扫", (WED,), time(10), time(11, 30), True, "打扫"),
        ("星期二下午2点 90分钟 言语治疗", (TUE,), time(14), time(15, 30), False, "言语治疗"),
    ],
)
def test_a_length_without_times_is_counted_by_day(
    text: str, days: tuple[int, ...], start: time, end: time, by_day: bool, name: str
) -> None:
    heard = hear(text)
    assert (heard.weekdays, heard.start, heard.end, heard.by_day) == (days, start, end, by_day)
    assert (heard.name, heard.unclear) == (name, None)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("every Tuesday 2 pm one hour, physio, 183.99", 18399),
        ("Wed 9.30-11.30 shower 70.23", 7023),
        ("الثلاثاء ٢–٣ بعد الظهر، علاج طبيعي، ١٨٣٫٩٩", 18399),
        ("الجمعة ٩–١١، تنظيف، ٧٠ دولار بالساعة", 7000),
        ("周二下午两点一小时，物理治疗，183.99", 18399),
        ("Wed 9.30-11.30 shower", None),
        ("Wed from 9.30 for 25.50 km", None),
    ],
)
def test_an_amount_with_cents_is_a_price_without_a_dollar_sign_too(text: str, cents: int | None) -> None:
    heard = hear(text)
    assert heard.price == (None if cents is None else Money(cents))
    assert "99" not in heard.name
    assert not heard.each


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("Mon 9-11 and Wed 2-4 shower", Unclear.SEVERAL_TIMES),
        ("Mon 9-11 three hours shower", Unclear.LENGTH),
        ("Saturday 24 hours, someone stays", Unclear.TOO_LONG),
        ("sleepover Saturday 10 hours", Unclear.TOO_LONG),
        ("once a month on Friday 1-3pm cleaning", Unclear.MONTHLY),
        ("Monday morning and evening 1 hour shower", Unclear.SEVERAL_TIMES),
    ],
)
def test_what_could_mean_two_things_is_asked_about(text: str, unclear: Unclear) -> None:
    assert hear(text).unclear is unclear


def test_a_price_is_heard_without_the_sign_where_it_is_for_an_hour() -> None:
    assert hear("Mon 9-11 shower 68 per hour").price == Money(68_00)
    assert hear("Saturday 2 hours going out $75.50/hr").price == Money(75_50)
    assert hear("Saturday 2 hours going out $151 a visit").price == Money(75_50)


@given(st.integers(min_value=1, max_value=12), st.sampled_from(["hours", "hrs", "h", "小时", "个小时"]))
def test_a_length_by_day_is_as_long_as_was_said_and_lies_between_eight_and_eight(hours: int, unit: str) -> None:
    heard = hear(f"Saturday {hours} {unit} going out")
    assert heard.start is not None
    assert heard.end is not None
    assert heard.end.hour - heard.start.hour == hours
    assert time(8) <= heard.start
    assert heard.end <= time(20)


def test_a_line_keeps_the_words_for_what_it_is() -> None:
    assert hear("Mon and Wed 9–11, help in the shower, $68 an hour").name == "help in the shower"
    assert hear("周一和周三 9点到11点，洗澡帮助，每小时68元").name == "洗澡帮助"
    assert hear("الاثنين ٩–١١، مساعدة في الاستحمام").name == "مساعدة في الاستحمام"


def test_what_a_line_does_not_say_stays_open() -> None:
    heard = hear("help with shopping")
    assert (heard.weekdays, heard.start, heard.end, heard.price) == ((), None, None, None)


def test_a_price_for_a_visit_that_is_no_whole_cents_an_hour_is_asked_for() -> None:
    assert hear("Mon 9-12 cleaning $100 a visit").unclear is Unclear.PRICE


def test_every_second_week_and_a_night_are_heard() -> None:
    assert hear("every second Friday 1pm to 3pm cleaning").every_n_weeks == 2
    assert hear("Saturday 10pm-6am sleepover").sleepover


def test_one_is_not_sunday_in_arabic() -> None:
    assert hear("واحد ٩–١١").weekdays == ()


def test_everyday_words_find_the_support() -> None:
    shower = support_for("help in the shower", "ndis", ENGLISH)
    assert shower is not None
    assert shower.key == "self_care"
    assert support_for("zzz", "ndis", ENGLISH) is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_falling_over(text: str) -> None:
    heard = hear(text)
    assert all(0 <= day <= 6 for day in heard.weekdays)
    understand(text)


LETTER = """NDIS plan
Date of letter: 20 June 2026
Plan start date: 1 July 2026
Plan end date: 30 June 2027
Total funded supports $50,000.00
Core supports
$38,000.00
Self-managed
1 July 2026 to 31 December 2026 $19,000.00
1 January 2027 to 30 June 2027 $19,000.00
Spent as at 1 November 2026: $12,000
Improved daily living skills $12,000 NDIA-managed, stated
A gift of $45 for you
"""


def test_a_pasted_letter_gives_dates_parts_periods_and_spending() -> None:
    found = understand(LETTER)
    assert found.letter == {
        "program": "ndis",
        "letter_date": "2026-06-20",
        "starts": "2026-07-01",
        "ends": "2027-06-30",
    }
    core, skills = found.parts
    assert (core["kind"], core["amount"], core["management"]) == ("core", "38,000.00", "self")
    assert core["periods"].splitlines() == [
        "1/7/2026 – 31/12/2026 $19,000.00",
        "1/1/2027 – 30/6/2027 $19,000.00",
    ]
    assert (core["spent"], core["spent_until"]) == ("12,000.00", "2026-11-01")
    assert (skills["kind"], skills["management"], skills["stated"]) == ("daily_skills", "agency", "yes")
    assert found.total == Money(5_000_000)


def test_lines_that_are_not_understood_are_handed_back() -> None:
    assert understand(LETTER).unused == ["A gift of $45 for you"]


def test_who_pays_is_never_guessed() -> None:
    (part,) = understand("Core supports $10,000").parts
    assert part["management"] == ""


def test_which_program_it_is_does_not_explain_a_day() -> None:
    line = "We spoke about your NDIS plan on 3 May 2026."
    assert understand(line).unused == [line]


def test_a_line_that_begins_with_the_approval_of_an_ndis_plan_gives_its_days() -> None:
    line = "Your NDIS plan was approved on 1 July 2026. Plan start date: 1 July 2026. Plan end date: 30 June 2027."
    found = understand(line)
    assert (found.letter["starts"], found.letter["ends"]) == ("2026-07-01", "2027-06-30")
    assert found.unused == ["Your NDIS plan was approved on 1 July 2026"]


def test_a_heading_that_only_sums_up_is_not_counted_twice() -> None:
    found = understand("Core supports $300\nConsumables $100\nTransport $200")
    assert [part["kind"] for part in found.parts] == ["consumables", "transport"]


def test_a_day_that_does_not_exist_is_not_taken() -> None:
    found = understand("Plan start date: 31/02/2026")
    assert "starts" not in found.letter
    assert found.unused == ["Plan start date: 31/02/2026"]


IN_ONE_LINE = [
    "Core Supports $41,600.00, plan-managed. Funding periods: quarterly, $10,400.00 each",
    "Core Supports $41,600.00, plan-managed. Funding periods: $10,400.00 every 3 months",
    "الدعم الأساسي ٤١٬٦٠٠٫٠٠ دولار، بإدارة مدير الخطة. فترات التمويل: كل ٣ أشهر، ١٠٬٤٠٠٫٠٠ دولار لكل فترة",
    "核心支持 $41,600.00，由计划管理人管理。资金期：每季度，每期 $10,400.00",
]


@pytest.mark.parametrize("line", IN_ONE_LINE)
def test_a_line_with_a_part_and_its_funding_periods_gives_both(line: str) -> None:
    found = understand(line)
    (core,) = found.parts
    assert (core["kind"], core["amount"], core["management"]) == ("core", "41,600.00", "plan")
    assert (core["release"], core["each"]) == ("3", "10,400.00")
    assert found.unused == []


@pytest.mark.parametrize(
    "lines",
    [
        "Improved Daily Living $15,740.00, plan-managed\nFunding period: every 3 months, $3,935.00",
        "Improved Daily Living\nFunding period: every 3 months, $3,935.00\n$15,740.00\nPlan-managed",
        "تحسين الحياة اليومية 15,740 دولار، بإدارة مدير الخطة\nفترة التمويل: كل ثلاثة أشهر، 3,935 دولار",
        "改善日常生活 15,740元，由计划管理人管理\n资金期：每三个月，3,935元",
    ],
)
def test_a_funding_period_on_its_own_line_belongs_to_the_part_above_it(lines: str) -> None:
    found = understand(lines)
    (skills,) = found.parts
    assert (skills["kind"], skills["amount"], skills["management"]) == ("daily_skills", "15,740.00", "plan")
    assert (skills["release"], skills["each"]) == ("3", "3,935.00")
    assert found.unused == []


def test_what_is_said_of_one_funding_period_is_not_taken_for_the_whole() -> None:
    (core,) = understand("Core supports: $10,400 per quarter, self-managed").parts
    assert (core["amount"], core["each"], core["release"]) == ("", "10,400.00", "3")


def test_a_release_before_any_part_is_for_all_that_name_no_other() -> None:
    found = understand("Your funding is released every 3 months.\nCore supports $400\nTransport $120 monthly")
    assert [(one["amount"], one["release"]) for one in found.parts] == [("400.00", "3"), ("120.00", "1")]


@pytest.mark.parametrize(
    "letter",
    [
        "Core supports $46,250\nTransport $120 monthly\nImproved daily living $8,000\n"
        "Your funding is released every 3 months.",
        "Core supports $46,250\nTransport $120 monthly\nImproved daily living $8,000\n"
        "Who manages it: plan-managed\nFunding periods: quarterly",
        "الدعم الأساسي 46,250 دولار\nالنقل 120 دولار شهريا\nتحسين الحياة اليومية 8,000 دولار\nيُصرف تمويلك كل ٣ أشهر.",
        "核心支持 46,250元\n交通 120元，每月\n改善日常生活 8,000元\n您的资金每三个月发放一次。",
    ],
)
def test_a_release_after_all_parts_is_for_all_that_name_no_other(letter: str) -> None:
    found = understand(letter)
    assert [(one["kind"], one["release"]) for one in found.parts] == [
        ("core", "3"),
        ("transport", "1"),
        ("daily_skills", "3"),
    ]
    assert found.unused == []


def test_a_release_after_all_parts_leaves_alone_what_is_released_on_days_of_its_own() -> None:
    halves = "1 July 2026 to 31 December 2026 $300\n1 January 2027 to 30 June 2027 $100"
    found = understand(f"Core supports $400\n{halves}\nTransport $120\nThe funding is released every 3 months.")
    core, transport = found.parts
    assert core["periods"].splitlines() == ["1/7/2026 – 31/12/2026 $300.00", "1/1/2027 – 30/6/2027 $100.00"]
    assert (core["release"], transport["release"]) == (WRITTEN, "3")


def test_a_release_between_two_parts_is_for_the_part_above_it() -> None:
    letter = "Core supports $400\nReleased every 6 months\nTransport $120\nReleased every month"
    assert [one["release"] for one in understand(letter).parts] == ["6", "1"]
    assert [one["release"] for one in understand(letter.rpartition("\n")[0]).parts] == ["6", ""]


def test_where_the_whole_was_told_first_a_release_below_the_last_part_is_for_that_part() -> None:
    letter = "Your funding is released every 3 months.\nCore supports $400\nTransport $120\nReleased every month"
    assert [one["release"] for one in understand(letter).parts] == ["3", "1"]


def test_a_release_that_names_a_part_is_for_that_part_wherever_it_stands() -> None:
    found = understand("Core supports $46,250\nTransport $120\nYour core funding will be released every 3 months.")
    assert [(one["kind"], one["release"]) for one in found.parts] == [("core", "3"), ("transport", "")]


@pytest.mark.parametrize(
    "line",
    [
        "Spent so far: $4,500 of your core supports up to 15 November 2026.",
        "حتى 15 نوفمبر 2026 أنفقت ٤٥٠٠ دولار من الدعم الأساسي",
        "到2026年11月15日，核心支持已花费$4,500",
    ],
)
def test_what_was_spent_of_a_part_that_is_named_is_taken_from_that_part(line: str) -> None:
    found = understand(f"Core supports $30,000\nCapacity building $6,000\n{line}")
    assert [one["spent"] for one in found.parts] == ["4,500.00", ""]
    assert [one["spent_until"] for one in found.parts] == ["2026-11-15", ""]
    unknown = "Spent so far: $200 of your transport money."
    assert understand(f"Core supports $30,000\n{unknown}").unused == [unknown]


def test_who_pays_for_a_part_that_is_named_says_nothing_of_the_others() -> None:
    letter = "Core supports $30,000\nCapacity building $6,000\nYour core supports are self-managed by you."
    assert [one["management"] for one in understand(letter).parts] == ["self", ""]
    first = "Your capacity building will be plan-managed.\nCore supports $30,000"
    assert [one["management"] for one in understand(first).parts] == [""]


@pytest.mark.parametrize("line", ["Your classification is level 5.", "Classification is 5", "Classification: level 5"])
def test_a_classification_is_read_from_a_sentence_too(line: str) -> None:
    assert understand(f"Support at Home\n{line}").letter["classification"] == "SAH-5"


def test_who_pays_does_not_explain_an_amount() -> None:
    line = "Something new $41,600.00 or $30,000.00, plan-managed, NDIS"
    found = understand(f"{line}\nCore supports $10,000")
    assert found.unused == [line]
    assert found.parts[0]["management"] == ""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Support Coordination $3,000 plan-managed", "coordination"),
        ("Improved daily living $3,000 plan-managed", "daily_skills"),
        ("支持协调 $3,000 由计划管理人管理", "coordination"),
        ("Improved Life Choices $1,253 plan-managed", "choice"),
        ("Choice & Control $1,253 plan-managed", "choice"),
        ("Improved Life Choices (CB Choice & Control) $1,253 plan-managed", "choice"),
        ("Improved Daily Living (CB Daily Activity) $3,000 plan-managed", "daily_skills"),
        ("تنسيق الدعم $3,000 بإدارة مدير الخطة", "coordination"),
    ],
)
def test_a_name_that_only_rewords_the_kind_of_part_is_no_name_of_its_own(line: str, kind: str) -> None:
    (part,) = understand(line).parts
    assert (part["kind"], part["name"], part["management"]) == (kind, "", "plan")


@pytest.mark.parametrize(
    "letter",
    [
        "خطة NDIS\nتاريخ الرسالة: ٢٠ يونيو ٢٠٢٦\nبداية الخطة: 1/7/2026\nنهاية الخطة: 30/6/2027\n"
        "المجموع 41,600 دولار\nالدعم الأساسي\n41,600 دولار\nبإدارة ذاتية",
        "NDIS 计划\n信件日期：2026年6月20日\n计划开始：2026年7月1日\n计划结束：2027年6月30日\n"
        "总额 41,600元\n核心支持\n41,600元\n自行管理",
    ],
)
def test_a_translated_letter_is_read_as_well(letter: str) -> None:
    found = understand(letter)
    dates = {"letter_date": "2026-06-20", "starts": "2026-07-01", "ends": "2027-06-30"}
    assert found.letter == {"program": "ndis", **dates}
    (core,) = found.parts
    assert (core["kind"], core["amount"], core["management"]) == ("core", "41,600.00", "self")
    assert (found.total, found.unused) == (Money(4_160_000), [])
