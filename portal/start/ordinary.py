"""An ordinary week as people write it, in English, Arabic and Chinese: days, times, a price, and what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from budgeting import programs
from budgeting.families import Family
from budgeting.money import MINUTES_PER_HOUR, Money, dollars
from budgeting.package import Weekly
from budgeting.programs.search import rank
from portal.language import ENGLISH, Language, plain
from portal.reading import western
from portal.start import parts_of_day
from portal.start.lengths import by_day, later, length
from portal.start.spoken_hours import in_figures

ALL, WORKING, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)

_ENGLISH = (
    r"mon(?:day)?s?", r"tue(?:s(?:day)?s?)?", r"wed(?:nesday)?s?", r"thu(?:r(?:s(?:day)?s?)?)?",
    r"fri(?:day)?s?", r"sat(?:urday)?s?", r"sun(?:day)?s?",
)  # fmt: skip
_ARABIC = ("[ا]?[ثت]نين", "[ثت]لا[ثت]اء?", "[ا]?ربعاء?", "خميس", "جمع[ةه]", "سبت", "احد")
_ANY_ARABIC = "|".join(_ARABIC)
_CHINESE = "一二三四五六日"
_DAY = "|".join(
    [rf"(?<![a-z])(?P<e{n}>{name})(?![a-z])" for n, name in enumerate(_ENGLISH)]
    + [rf"(?<!\w)[وبل]?(?:(?:كل\s+)?(?:يوم|ايام)\s+(?:ال)?|ال)(?P<a{n}>{name})(?!\w)" for n, name in enumerate(_ARABIC)]
    + [rf"(?:周|週|星期|礼拜|禮拜)(?P<z>[{_CHINESE}天](?:[、,和及至到/-]?[{_CHINESE}天](?![月点點时時个個小]))*)"]
)
_DAYS = re.compile(_DAY, re.IGNORECASE)
_BARE_DAY = rf"(?:ال)?(?:{_ANY_ARABIC})(?!\w)"
_BARE_DAYS = re.compile(
    r"(?<!\w)(?P<lead>(?:كل|يوم|ايام)\s+(?:(?:يوم|ايام)\s+)?)?"
    rf"(?P<days>{_BARE_DAY}(?:\s*(?:و|[،,/-]|(?:الى|حتى|ل)\s)\s*{_BARE_DAY})*)"
)
_ALSO_WORDS = re.compile(rf"{_ARABIC[0]}|{_ARABIC[6]}")  # "two" and "somebody", where nothing around them is a day
_TO = r"(?:-|–|—|~|～|to|until|till|through|至|到|الى|حتى|ل)"
_BETWEEN_DAYS = re.compile(rf"^\s*{_TO}\s*$", re.IGNORECASE)
_GROUPS = (
    (
        re.compile(
            r"\b(?:(?:every|each) (?:day|morning|afternoon|evening|night)|daily|nightly|all week|(?:seven|7) days)\b"
            rf"|每天|每日|天天|كل يوم(?!\s+(?:ال)?(?:{_ANY_ARABIC}))|يوميا",
            re.IGNORECASE,
        ),
        ALL,
    ),
    (re.compile(r"\b(?:(?:every )?weekdays?|working days)\b|工作日|平日|ايام العمل", re.IGNORECASE), WORKING),
    (re.compile(r"\b(?:every )?weekends?\b|周末|عطلة نهاية الاسبوع|نهاية الاسبوع", re.IGNORECASE), WEEKEND),
)
_TWO = (
    r"\b(?:every (?:(?:two|2) weeks|(?:second|other)(?: week)?)|fortnightly|biweekly)\b"
    r"|\b(?:each|every|once a|a) fortnight\b|每两周|每兩週|隔周|隔週|كل اسبوعين|اسبوع بعد اسبوع"
)
_EVERY = (
    (re.compile(_TWO, re.IGNORECASE), 2),
    (re.compile(r"\bevery (?:three|3|third) weeks?\b|每三周|كل ثلاثة اسابيع", re.IGNORECASE), 3),
    (re.compile(r"\bevery (?:four|4|fourth) weeks?\b|每四周|كل اربعة اسابيع", re.IGNORECASE), 4),
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?|apart from|other than|excluding|but)(?: (?:for|on|not))*\b"
    r"|(?<!\w)(?:(?:ما )?عدا|باستثناء|الا)(?!\w)",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(r"除了?([^外]+?)以?外|[(（,，、]?\s*([^(（,，、\s]+)除外[)）]?")
_MONTHLY = re.compile(r"\b(?:a|each|every|per) month\b|\bmonthly\b|每个?月|شهريا|كل شهر", re.IGNORECASE)
_SLEEPOVER = re.compile(r"\bsleep-?overs?\b|过夜|مبيت", re.IGNORECASE)
_AFTER_NOON = r"pm|p\.m\.|مساء|المساء?|بعد الظهر|عصرا|العصر|ظهرا|الظهر"
_BEFORE_NOON = r"am|a\.m\.|صباحا|الصبح"
_AT_NIGHT = "ليلا|بالليل|夜里|深夜|凌晨"
_CLOCK = (
    r"(?P<pre{n}>上午|早上|中午|下午|傍晚|晚上|夜里|深夜|凌晨)?\s*(?P<h{n}>\d{{1,2}})"
    r"(?:[:.：](?P<m{n}>\d{{2}})|\s*[点點时時](?P<c{n}>半|\d{{1,2}}(?=分))?分?)?"
    r"\s*(?P<post{n}>(?:" + _AFTER_NOON + "|" + _BEFORE_NOON + "|" + _AT_NIGHT + r")(?![a-z]))?"
)
_ARMY = re.compile(
    rf"(?<![\d:.$])([01]?\d|2[0-3])([0-5]\d)(\s*{_TO}\s*)([01]?\d|2[0-3])([0-5]\d)(?!\d|\s*(?:dol|bucks|\$|AUD|[元澳刀块塊]|دولار))",
    re.IGNORECASE,
)
_NAMED_TIMES = (
    (re.compile(r"\b(?:12\s*)?(?:noon|midday)\b", re.IGNORECASE), "12 pm"),
    (re.compile(r"\b(?:12\s*)?midnight\b", re.IGNORECASE), "12 am"),
    (re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*o.?clock\b", re.IGNORECASE), r"\1:00"),
    (re.compile(r"\bhalf past (\d{1,2})\b", re.IGNORECASE), r"\1:30"),
    (re.compile(r"\bbetween\s+([\d:.]+\s*(?:am|pm)?)\s+and\s+(?=\d)", re.IGNORECASE), r"\1 to "),
    (_ARMY, r"\1:\2\3\4:\5"),
)
_AT = re.compile(
    rf"(?P<at>\b(?:from|at|starting)\s+|الساعة\s*|من\s+|@\s*)?(?<![\d:.$]){_CLOCK.format(n=1)}(?![\d:])",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?<![\d:.]){_CLOCK.format(n=1)}\s*{_TO}\s*(?:الساعة\s*)?{_CLOCK.format(n=2)}(?![\d:])", re.IGNORECASE
)
_AN_HOUR = r"(?:an|per|a|/|each)?\s*(?:hour|hr|h)\b|(?:每|/|一)\s*(?:小时|个小时)|(?:في|لل|ل|ب|/|لكل)\s*(?:ال)?ساعة"
_A_VISIT = (
    r"(?:a|per|each|/)\s*(?:visit|session|time|meal|lunch|dinner|trip)\b|each\b|(?:每|/|一)\s*(?:次|节|餐|份|顿)"
    r"|(?:في|لل|ل|ب|/|لكل)\s*(?:ال)?(?:زيارة|جلسة|وجبة|رحلة)"
)
_AMOUNT = r"(?<!\d)(?P<{n}>\d{{1,3}}(?:,\d{{3}}){{1,2}}(?:\.\d{{1,2}})?|\d{{1,9}}(?:\.\d{{1,2}})?)"
_NO_TIME = r"(?:2[5-9]|[3-9]\d|[1-9]\d{2,3})"  # with cents behind it: "70.23" is no time of day, so it is a price
_PRICE = re.compile(
    rf"(?:(?P<each_before>每小时|每次|每节|每餐|每份)\s*)?(?:(?:A?\$|AUD)\s*{_AMOUNT.format(n='p1')}(?:\s*(?:AUD|元|澳元|دولارا?))?"
    rf"|{_AMOUNT.format(n='p2')}\s*(?:dollars?|bucks|AUD|\$(?!\s*\d)|元|澳元|澳币|刀|دولارا|دولارات|دولار|块|塊)"
    rf"|{_AMOUNT.format(n='p3')}(?=\s*(?:an|per|/)\s*(?:hour|hr|h)\b|\s*/\s*小时|\s*(?:لل|لكل )ساعة)"
    rf"|(?<![\d.:])(?<!\d,)(?P<p4>{_NO_TIME}\.\d\d)(?![\d.]|\s*(?:%|km|h(?:ou)?rs?\b|小时)))"
    rf"(?:\s*(?:(?P<hour>{_AN_HOUR})|(?P<visit>{_A_VISIT})))?",
    re.IGNORECASE,
)
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WRITTEN_HOUR = re.compile(r"(十[一二]|[一二两三四五六七八九十])(?=[点點])")
_CONNECTING = re.compile(
    r"^(?:and|from|on|at|for|every|each|in the|the|with|then|of|每|也|和|من|في|على|كل|و|الساعة|يوم|ايام)(?=\s|$)\s*"
    r"|(?:^|\s)(?:and|from|on|at|for|every|each|then|和|من|في|و|كل|الساعة|يوم|ايام)$",
    re.IGNORECASE,
)


class Unclear(StrEnum):
    """What one line says in a way that must be asked about, because either answer could be meant."""

    PRICE = "price"  # a price for a visit that is no whole number of cents an hour
    SEVERAL_TIMES = "several_times"  # two visits in one line
    LENGTH = "length"  # the times and the length do not fit each other
    TOO_LONG = "too_long"  # a length without times that cannot be all by day
    MONTHLY = "monthly"  # counted in weeks here


@dataclass(frozen=True, slots=True)
class Heard:
    """What one line says; None or empty is what it does not say.

    ``afternoon`` marks hours we took as after noon; ``by_day`` that only a length was told and the times are ours.
    ``told`` is the amount as it stands there, ``each`` that it is for a visit or a meal, ``length`` the minutes
    of a length, ``monthly`` that it is said of a month: what is counted by the meal or by the month needs these.
    """

    weekdays: tuple[int, ...]
    start: time | None
    end: time | None
    every_n_weeks: int
    price: Money | None
    unclear: Unclear | None
    name: str
    afternoon: bool
    sleepover: bool
    by_day: bool = False
    told: Money | None = None
    each: bool = False
    length: int | None = None
    monthly: bool = False


@dataclass(frozen=True, slots=True)
class _When:
    """From when to when, the text without it, and how we came to it."""

    start: time | None
    end: time | None
    left: str
    afternoon: bool = False
    by_day: bool = False
    unclear: Unclear | None = None
    length: int | None = None


def hear(text: str) -> Heard:
    """Take one line apart; nothing that it does not say is made up, but times by day where only a length is told."""
    left = _simple(text)
    price_at = _PRICE.search(left)
    left = _PRICE.sub(" ", left, count=1) if price_at else left
    every = next((n for pattern, n in _EVERY if pattern.search(left)), 1)
    monthly = every == 1 and bool(_MONTHLY.search(left))
    for pattern, _ in _EVERY:
        left = pattern.sub(" ", left)
    when = _when(left)
    weekdays, left = _weekdays(when.left)
    price, unclear_price = _price(price_at, when.start, when.end)
    unclear = Unclear.MONTHLY if monthly else when.unclear or (Unclear.PRICE if unclear_price else None)
    asleep = bool(_SLEEPOVER.search(text))
    left = parts_of_day.without(left)
    if monthly:
        left = _MONTHLY.sub(" ", left)
    name, told = _as_written(_words(left), text), _amount(price_at) if price_at else None
    said = (weekdays, when.start, when.end, every, price, unclear, name, when.afternoon, asleep, when.by_day)
    return Heard(*said, told, bool(price_at and _for_a_visit(price_at)), when.length, monthly)


def _simple(text: str) -> str:
    plain_text = in_figures(_plain_letters(western(text)).replace("\u00a0", " "))
    for pattern, written in _NAMED_TIMES:
        plain_text = pattern.sub(written, plain_text)
    return _WRITTEN_HOUR.sub(lambda m: str(sum(_NUMERALS[c] for c in m[1])), plain_text)


def _plain_letters(text: str) -> str:
    return re.sub("[أإآ]", "ا", re.sub("[\u064b-\u0652\u0640]", "", text))


def _as_written(name: str, text: str) -> str:
    """The name with its Arabic words as they were typed, hamza and vowel marks and all."""
    typed = {_plain_letters(word): word for word in re.findall("[\u0620-\u0652]+", text)}
    return re.sub("[\u0620-\u0652]+", lambda m: typed.get(m[0], m[0]), name)


def _when(text: str) -> _When:
    """The times of a line: from when to when; or a start and a length; or a length alone, counted by day."""
    found = list(_TIMES.finditer(text))
    said = {(match[0].strip()) for match in found}
    if found:
        start, end, afternoon = _times(found[0], text)
        left = _TIMES.sub(" ", text)
        minutes, without = length(left)
        unclear = Unclear.SEVERAL_TIMES if len(said) > 1 else None
        if minutes and start and end and later(start, minutes) != end:
            unclear = unclear or Unclear.LENGTH
        return _When(start, end, without if minutes else left, afternoon, unclear=unclear, length=minutes)
    minutes, left = length(text)
    if minutes is None:
        return _When(None, None, text)
    if (begins := _start(left)) is not None:
        start, left = begins
        return _When(start, later(start, minutes), left, length=minutes)
    parts = parts_of_day.said(left)
    if _SLEEPOVER.search(text) or (times := by_day(minutes, parts[0] if parts else None)) is None:
        return _When(None, None, left, unclear=Unclear.TOO_LONG, length=minutes)
    several = Unclear.SEVERAL_TIMES if len(parts) > 1 else None
    return _When(*times, left, by_day=True, unclear=several, length=minutes)


def _start(text: str) -> tuple[time, str] | None:
    """A single time that says when a visit begins, and the text without it; a bare number is none."""
    for match in _AT.finditer(text):
        if not (match["at"] or match["m1"] or match["c1"] or match["pre1"] or match["post1"] or "点" in match[0]):
            continue
        hour, minute, half = _clock(match, "1")
        if hour > 24 or minute > 59:
            continue
        if half is None and 1 <= hour <= 6 and not match["m1"]:
            half = "pm"
        begins = time(_hour(hour, half or _said_half(text, hour)) % 24, minute)
        return begins, f"{text[: match.start()]} {text[match.end() :]}"
    return None


def _said_half(text: str, hour: int) -> str | None:
    """Before or after noon as a word elsewhere in the line says it: "every evening 7–9"."""
    return None if hour > 12 else parts_of_day.half(text)


def _with_article(days: re.Match[str]) -> str:
    """Arabic days as they are always understood: "كل اثنين وخميس" as "كل الاثنين والخميس"."""
    if not days["lead"] and _ALSO_WORDS.fullmatch(days["days"]):
        return days[0]
    named = re.sub(rf"(?:ال)?({_ANY_ARABIC})(?!\w)", r"ال\1", days["days"])
    return f"{days['lead'] or ''}{named}"


def _weekdays(text: str) -> tuple[tuple[int, ...], str]:
    """The days a line says, without those it excepts ("every day except Friday"), and the text without them."""
    if outside := _OUTSIDE.search(text):
        rest, said = f"{text[: outside.start()]} {text[outside.end() :]}", outside[1] or outside[2]
    elif but := _EXCEPT.search(text):
        rest, said = text[: but.start()], text[but.end() :]
    else:
        return _days_said(text)
    (days, left), (less, name) = _days_said(rest), _days_said(said)
    kept = tuple(day for day in days if day not in less)
    return (kept, f"{left} {name}") if less and kept else _days_said(text)


def _days_said(text: str) -> tuple[tuple[int, ...], str]:
    text = _BARE_DAYS.sub(_with_article, text)
    for pattern, days in _GROUPS:
        if pattern.search(text):
            return days, pattern.sub(" ", text)
    found: set[int] = set()
    joints: list[tuple[int, int]] = []  # what stands between the two ends of "Monday to Friday"
    before: tuple[int, int] | None = None  # the last weekday and where it ended
    for match in _DAYS.finditer(text):
        days = _named(match)
        if before and len(days) == 1 and _BETWEEN_DAYS.match(text[before[1] : match.start()]):
            found.update(_onwards(before[0], days[0]))
            joints.append((before[1], match.start()))
        found.update(days)
        before = (days[-1], match.end())
    for first, last in reversed(joints):
        text = text[:first] + " " * (last - first) + text[last:]
    return tuple(sorted(found)), _DAYS.sub(" ", text)


def _onwards(first: int, last: int) -> list[int]:
    """The days after the first up to the last, over the end of the week too."""
    return [(first + day) % 7 for day in range(1, (last - first) % 7 + 1)]


def _named(match: re.Match[str]) -> tuple[int, ...]:
    if chinese := match["z"]:
        days, to = list[int](), False
        for c in chinese.replace("天", "日"):
            if c in _CHINESE:
                last = _CHINESE.index(c)
                days += _onwards(days[-1], last) if to else [last]
            to = c in "至到-"
        return tuple(days)
    return next((int(name[1:]),) for name, value in match.groupdict().items() if value and name[0] in "ea")


def _times(match: re.Match[str], text: str) -> tuple[time | None, time | None, bool]:
    """Start and end; an hour without am or pm is read as people mean it by day, and marked when it could be either."""
    (h1, m1, half1), (h2, m2, half2) = _clock(match, "1"), _clock(match, "2")
    if max(h1, h2) > 24 or max(m1, m2) > 59:
        return None, None, False
    assumed = False
    if half1 is None and half2 is None:
        half1 = half2 = _said_half(text, max(h1, h2))
        half2 = half2 if h1 % 12 < h2 % 12 else None
    if half1 is None and half2 is not None and h1 <= 12:
        half1 = half2 if h1 % 12 < h2 % 12 or half2 == "am" else "am"  # "2 to 4 pm", but "9 to 1 pm"
    if half1 is None and half2 is None and 1 <= h1 <= 6 and match["m1"] is None and 1 <= h2 <= 12:
        half1, half2, assumed = "pm", "pm", True  # "2-4" by day
    hour1, hour2 = _hour(h1, half1), _hour(h2, half2 or (half1 if h1 % 12 < h2 <= 12 else None))
    if half2 is None and hour2 <= hour1 and h2 <= 12 and hour2 < 12:
        hour2, assumed = hour2 + 12, assumed or half1 is None  # "9-1", "10 am to 2"
    return time(hour1 % 24, m1), time(hour2 % 24, m2), assumed


def _clock(match: re.Match[str], n: str) -> tuple[int, int, str | None]:
    minutes = match[f"m{n}"] or ("30" if match[f"c{n}"] == "半" else match[f"c{n}"]) or "0"
    said = (match[f"pre{n}"] or match[f"post{n}"] or "").lower()
    half = None if not said else "am" if re.fullmatch(_BEFORE_NOON + "|上午|早上|凌晨", said) else "pm"
    if re.fullmatch(_AT_NIGHT, said):
        half = "am" if int(match[f"h{n}"]) in (12, *range(1, 6)) else "pm"
    return int(match[f"h{n}"]), int(minutes), half


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half == "pm" else 0)


def _price(match: re.Match[str] | None, start: time | None, end: time | None) -> tuple[Money | None, bool]:
    if match is None:
        return None, False
    amount = _amount(match)
    if not _for_a_visit(match):
        return amount, False
    if start is None or end is None:
        return None, True
    minutes = Weekly((0,), start, end).minutes
    hourly, rest = divmod(amount.minor * MINUTES_PER_HOUR, minutes)
    return (None, True) if rest else (Money(hourly), False)


def _for_a_visit(match: re.Match[str]) -> bool:
    return bool(match["visit"]) or (match["each_before"] or "").startswith(("每次", "每节", "每餐", "每份"))


def _amount(match: re.Match[str]) -> Money:
    return dollars((match["p1"] or match["p2"] or match["p3"] or match["p4"]).replace(",", ""))


def _words(text: str) -> str:
    left = " ".join(re.sub(r"[,;:،、，。.|()\[\]]+|(?<!\S)[&/+]+(?!\S)", " ", text).split()).strip(" -–—")
    while (shorter := _CONNECTING.sub("", left).strip(" -–—")) != left:
        left = shorter
    return left


def support_for(name: str, program: str, language: Language) -> Family | None:
    """The support whose everyday words fit best, in the reader's language or in English; None when none does."""
    texts = []
    for family in sorted(programs.families(program), key=lambda one: not one.usual):
        said = [plain(family.label, language), plain(family.search, language)]
        if language is not ENGLISH:
            said += [family.label.text, family.search.text]
        said.append(family.also)
        texts.append((family, ", ".join(said)))
    held = [(_held(name, text), -position) for position, (_, text) in enumerate(texts)]
    best, position = max(held, default=(0, 0))
    if best:
        return texts[-position][0]
    found = rank(texts, name)
    return found[0] if found else None


def _held(name: str, text: str) -> int:
    """How many of the search words stand in the name as they are: for scripts that do not part words by spaces."""
    wide = [word.strip() for word in re.split("[,،、，]", text) if re.search("[\u4e00-\u9fff]", word)]
    return sum(1 for word in wide if word and word in name)
