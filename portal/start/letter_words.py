"""The words by which a pasted letter in English, Arabic or Chinese names its parts, who pays, and what a line is about.

Everything is looked for in ``folded`` text: Arabic stands here without hamza, marks and ta marbuta, digits as 0 to 9.
"""

from __future__ import annotations

import re
from functools import cache

from budgeting.letters import parts
from budgeting.package import Management
from portal.funding.terms import NDIS
from portal.language import LANGUAGES, OFFERED, plain
from portal.reading import western

_ARABIC = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e\ufeff]")


def folded(text: str) -> str:
    """Text as the patterns here expect it: small letters, plain Arabic letters, plain digits, no invisible marks."""
    return " ".join(_MARKS.sub("", western(text)).split()).casefold().translate(_ARABIC)


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways))


MANAGED = {
    Management.SELF: _any(
        r"\bself[- ]managed\b|\bmanaged by (?:you|yourself|me)\b",
        r"(?<!\w)ب?(?:ال)?اداره (?:ال)?ذاتيه|تديره?ا? بنفسك",
        "(?:自行|自我|自主)管理",
    ),
    Management.PLAN: _any(
        r"\bplan[- ]managed\b|\bmanaged by (?:a|your) plan manager\b",
        r"(?:باداره|يديره?ا?|تديره?ا?) مدير (?:ال)?خطه",
        r"由?计划管理[人员者](?:负责)?管理",
    ),
    Management.AGENCY: _any(
        r"\b(?:ndia|agency|ndis)[- ]managed\b|\bmanaged by the (?:ndia|agency)\b",
        r"(?:باداره|تديره?ا?) (?:ال)?(?:وكاله|ndia)",
        r"(?:ndia|机构)\s*管理",
    ),
}
SPENT = _any(
    r"\b(?:spent|used|claimed|spending)\b",
    r"(?<!\w)(?:ال)?(?:انفق\w*|مصروف|صرفت|مستخدم|استخدم\w*)(?!\w)",
    "已用|已花|花费|支出|花了|用了|已使用",
)
LEFT = _any(r"\b(?:left|remaining|available|balance)\b", "متبقي|الباقي|يتبقي|الرصيد", "剩余|剩下|还剩|余额|结余|可用")
TOTAL = _any(r"\btotal\b|^\W*funded supports\b", "مجموع|اجمالي", "总额|总计|合计|共计|总金额|总资金")
START = _any(r"\b(?:start|starts|begins|from|entry date)\b", "بدايه|بدء|يبدا|تبدا|اعتبارا من", "开始|起始|生效|日起")
END = _any(
    r"\b(?:end|ends|reassessment|until|review)\b", "نهايه|انتهاء|ينتهي|تنتهي|اعاده التقييم", "结束|到期|截止|重新评估"
)
LETTER = _any(
    r"^\W*(?:date(?: of (?:this )?letter)?|letter date|(?:plan )?approved(?: on)?|plan approval date)\b",
    r"^\W*تاريخ (?:هذه )?(?:ال)?(?:رساله|خطاب|موافقه)",
    r"^\W*(?:(?:信件|信的|来信|发信|批准)?日期)",
)
BUDGET = _any(r"\bbudget\b|\bfunding\b", "ميزاني", "预算|資金|资金")
#: Answers of the letter form that only some letters name.
ANSWERS = {
    "means_status": {
        "full_pensioner": _any(r"\bfull (?:age )?pension", "معاش (?:(?:ال)?تقاعدي? )?(?:ال)?كامل", "全额养老金"),
        "part_pensioner": _any(r"\bpart (?:age )?pension", "معاش (?:(?:ال)?تقاعدي? )?(?:ال)?جزئي", "部分养老金"),
        "self_funded_no_cshc": _any(r"\bself[- ]funded\b"),
    },
    "cohort": {"no_worse_off": _any(r"\bno worse off\b")},
}
#: The shares that only some letters name; nobody pays for the clinical one.
SHARES = {
    "independence": _any(r"\bindependence\b", "استقلال|مستقل", "独立|自理"),
    "everyday_living": _any(r"\beveryday living\b", "(?:حياه|معيشه) اليوميه", "日常生活"),
}
CLINICAL = _any(r"\bclinical\b", "سريري", "临床")
AGED = _any(r"\bsupport at home\b|\bmy aged care\b", "الدعم في المنزل", "居家(?:养老)?支持")
STATED = _any(r"\bstated\b", "محدده? بالاسم", "指定用途")

_RHYTHMS = {
    1: _any(
        r"(?<![\w-])(?<!3 )(?<!6 )(?<!three )(?<!six )monthly\b|\b(?:each|every|per|a) month\b",
        r"(?<!\w)(?:شهريا|شهريه|شهري|(?:ل?كل|في) شهر)(?!\w)",
        "每个?月|按月",
    ),
    3: _any(
        r"\bquarterly\b|\b(?:each|every|per|a) quarter\b(?! of)|\b(?:3|three)-monthly\b",
        r"\b(?:each|every) (?:3|three) months\b|\bfunding periods?\W+(?:of |are |is )?(?:3|three) months\b",
        r"(?<!\w)ل?كل (?:3|ثلاثه) (?:اشهر|شهور)|(?<!\w)ل?كل ربع|ربع (?:ال)?سنوي|(?<!\w)(?:ال)?فصلي(?:ا|ه)",
        "每(?:3|三)个?月|每个?季|按季|季度(?:预算|资金)|三个月一次",
    ),
    6: _any(
        r"\bhalf[- ]?yearly\b|\b(?:6|six)-monthly\b|\b(?:each|every) (?:(?:6|six) months|half[- ]year)\b",
        r"(?<!\w)ل?كل (?:6|سته) (?:اشهر|شهور)|نصف سنوي|(?<!\w)كل نصف سنه",
        "每(?:6|六)个?月|每半年|半年一次",
    ),
    12: _any(
        r"(?<![\w-])(?<!half )yearly\b|\bannually\b|\b(?:each|every|per|a) year\b",
        r"\b(?:each|every) (?:12|twelve) months\b",
        r"(?<!ربع )(?<!نصف )(?<!\w)(?:سنويا|ل?كل (?:سنه|عام))(?!\w)|(?<!\w)كل 12 شهر",
        "每年|按年|每(?:12|十二)个?月",
    ),
}
EACH = _any(
    r"\beach\b|\bper\b|\ba (?:month|quarter|year)\b|^\W*funding periods?\b",
    r"(?<!\w)لكل|كل (?:فتره|مره|دفعه)|^\W*فتر(?:ه|ات) (?:ال)?تمويل",
    r"每期|每次|每笔|各(?=\s*[$\d])|^\W*资金期",
)
RELEASED = _any(
    r"\bfunding periods?\b|\breleased?\b|\bavailable\b|\binstal?lments?\b",
    "فتر(?:ه|ات) (?:ال)?تمويل|يصرف|تصرف|يتاح|تتاح|دفعات",
    "资金期|拨款|拨付|发放|可用",
)


def months(line: str) -> int | None:
    """Every how many months a folded line says that money is released; None where it says nothing or two things."""
    said = [number for number, pattern in _RHYTHMS.items() if pattern.search(line)]
    return said[0] if len(said) == 1 else None


def managers(line: str) -> list[Management]:
    """Whom a folded line says to pay the invoices."""
    return [kind for kind, pattern in MANAGED.items() if pattern.search(line)]


@cache
def _names() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Names of parts as letters have them, their keys and patterns, longest first."""
    published = [
        (name, part.key)
        for part in parts.of(NDIS).values()
        for name in (part.name, *part.also, *(plain(part.words, LANGUAGES[tag]) for tag in OFFERED))
    ]
    names = {folded(name): key for name, key in published}
    return tuple((name, names[name], _pattern(name)) for name in sorted(names, key=len, reverse=True))


def _pattern(name: str) -> re.Pattern[str]:
    if name.isascii():
        return re.compile(rf"\b{re.escape(name)}\b".replace(r"\ and\ ", r"\s*(?:and|&)\s*"))
    if re.match("[\u0600-\u06ff]", name):
        return re.compile(rf"(?<!\w)[وبلف]?{re.escape(name)}(?!\w)")
    return re.compile(re.escape(name))  # Chinese puts no space between words


def part(line: str) -> tuple[str, str] | None:
    """The longest name of a part in a folded line, and the key of that part; who manages it is no name of a part."""
    for pattern in MANAGED.values():
        line = pattern.sub(" ", line)
    return next(((name, key) for name, key, pattern in _names() if pattern.search(line)), None)


def long(rest: str, name: str) -> bool:
    """Whether the words beside a name make it a sentence about the part rather than its heading."""
    if re.search("[\u4e00-\u9fff]", rest):
        return len(rest) > len(name) + 14
    return len(rest.split()) > len(name.split()) + 6
