"""What a pasted plan letter in English says, by plain rules; whatever they do not cover is handed back unused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from budgeting.money import Money
from budgeting.package import Management
from portal.funding import parts
from portal.funding.forms import money_typed
from portal.funding.reading import Found, find
from portal.funding.releases import WRITTEN, Release, as_text
from portal.funding.terms import NDIS, SUPPORT_AT_HOME

Fields = dict[str, str]

MOST_LINES = 400
_ALIASES = {
    "core": "core",
    "core budget": "core",
    "capacity building": "capacity_building",
    "capacity building budget": "capacity_building",
    "support coordination": "coordination",
    "improved daily living": "daily_skills",
    "daily living skills": "daily_skills",
    "social, economic and community participation": "participation",
    "social economic and community participation": "participation",
    "social and community participation": "participation",
    "plan management": "choice",
    "specialist disability accommodation": "specialist_housing",
}
_NAMES = sorted(
    [(part.name.casefold(), part.key) for part in parts.PARTS] + list(_ALIASES.items()), key=lambda pair: -len(pair[0])
)
_MANAGED = {
    Management.SELF: re.compile(r"\bself[- ]managed\b|\bmanaged by (?:you|yourself|me)\b", re.IGNORECASE),
    Management.PLAN: re.compile(r"\bplan[- ]managed\b|\bmanaged by (?:a|your) plan manager\b", re.IGNORECASE),
    Management.AGENCY: re.compile(r"\b(?:ndia|agency|ndis)[- ]managed\b|\bmanaged by the (?:ndia|agency)\b", re.I),
}
_SPENT = re.compile(r"\b(?:spent|used|claimed|spending)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:left|remaining|available|balance)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal\b", re.IGNORECASE)
_START = re.compile(r"\b(?:start|starts|begins|from)\b", re.IGNORECASE)
_END = re.compile(r"\b(?:end|ends|reassessment|until|review)\b", re.IGNORECASE)
_LETTER = re.compile(r"^\W*(?:date(?: of (?:this )?letter)?|letter date|approved on|plan approval date)\b", re.I)
_LEVEL = re.compile(r"\b(SAH|HCP)[- ]?([1-8])\b|\bclassification\s*(?:level\s*)?:?\s*([1-8])\b", re.IGNORECASE)
_RATE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s?(?:%|per ?cent)", re.IGNORECASE)


@dataclass
class _Part:
    key: str
    named: str
    amount: Money | None = None
    management: Management | None = None
    stated: bool = False
    releases: list[Release] = field(default_factory=list)
    spent: Money | None = None
    spent_until: str = ""

    def fields(self) -> Fields:
        """As the part form has them."""
        return {
            "kind": self.key,
            "name": "" if self.named.casefold() == parts.BY_KEY[self.key].name.casefold() else self.named,
            "amount": money_typed(self.amount),
            "management": self.management.value if self.management else "",
            "stated": "yes" if self.stated else "",
            "release": WRITTEN if self.releases else "",
            "periods": as_text(self.releases),
            "spent": money_typed(self.spent),
            "spent_until": self.spent_until,
        }


@dataclass
class Understood:
    """Fields of the letter form, fields of one part form for each component, the stated total, and unused lines."""

    letter: Fields = field(default_factory=dict)
    parts: list[Fields] = field(default_factory=list)
    total: Money | None = None
    unused: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether any line was understood."""
        return bool(self.letter or self.parts)


class _Reader:
    """Goes through the lines once; ``here`` is the component that lines without a name belong to."""

    def __init__(self) -> None:
        self.letter: Fields = {}
        self.parts: list[_Part] = []
        self.here: _Part | None = None
        self.managed: Management | None = None
        self.total: Money | None = None
        self.unused: list[str] = []

    def line(self, text: str) -> None:
        """Take one line, or hand it back unused when it holds an amount, a day or a share."""
        found = find(text)
        used = self._program(text)
        used = self._part(text, found) or self._money(text, found) or self._days(text, found) or used
        used = self._aged(text) or used
        used = self._manager(text) or used
        if not used and (found.days or found.amounts or found.wrong_day or _RATE.search(text)):
            self.unused.append(text)

    def _program(self, text: str) -> bool:
        lower = text.casefold()
        if "support at home" in lower or "my aged care" in lower:
            self.letter["program"] = SUPPORT_AT_HOME
            return True
        if "ndis" in lower or "disability insurance" in lower:
            self.letter.setdefault("program", NDIS)
            return True
        return False

    def _part(self, text: str, found: Found) -> bool:
        lower = text.casefold()
        if _TOTAL.search(text) and not _SPENT.search(text):
            return self._sum(found)
        named = next(((name, key) for name, key in _NAMES if re.search(rf"\b{re.escape(name)}\b", lower)), None)
        if named is None or len(found.amounts) > 1 or found.days or _SPENT.search(text) or _LEFT.search(text):
            return False
        if not found.amounts and len(found.rest.split()) > len(named[0].split()) + 6:
            return False  # a sentence about it, not its heading
        name, key = named
        at = lower.index(name)
        if self.here is None or self.here.key != key or self.here.amount is not None:
            self.here = _Part(key, text[at : at + len(name)])
            self.parts.append(self.here)
        if found.amounts:
            self.here.amount = found.amounts[0]
        self.here.stated = self.here.stated or bool(re.search(r"\bstated\b", lower))
        return True

    def _sum(self, found: Found) -> bool:
        if len(found.amounts) == 1 and self.total is None:
            self.total = found.amounts[0]
            return True
        return False

    def _money(self, text: str, found: Found) -> bool:
        if self.here is None or len(found.amounts) != 1:
            return False
        if _SPENT.search(text) and not _LEFT.search(text):
            self.here.spent = found.amounts[0]
            self.here.spent_until = found.days[0].isoformat() if len(found.days) == 1 else ""
            return True
        if len(found.days) == 2 and found.days[0] <= found.days[1]:
            self.here.releases.append(Release(found.days[0], found.days[1], found.amounts[0]))
            return True
        if self.here.amount is None and not found.days and not _LEFT.search(text):
            self.here.amount = found.amounts[0]
            return True
        return False

    def _days(self, text: str, found: Found) -> bool:
        if found.amounts or not found.days:
            return False
        if len(found.days) == 2 and "starts" not in self.letter and not self.parts:
            self.letter["starts"], self.letter["ends"] = (day.isoformat() for day in found.days)
            return True
        if len(found.days) != 1:
            return False
        ways = (("letter_date", _LETTER), ("ends", _END), ("starts", _START))
        name = next((name for name, pattern in ways if pattern.search(text) and name not in self.letter), None)
        if name is None:
            return False
        self.letter[name] = found.days[0].isoformat()
        return True

    def _aged(self, text: str) -> bool:
        level, rate, lower = _LEVEL.search(text), _RATE.search(text), text.casefold()
        used = False
        if level and "classification" not in self.letter:
            self.letter["classification"] = f"{(level[1] or 'SAH').upper()}-{level[2] or level[3]}"
            self.letter.setdefault("program", SUPPORT_AT_HOME)
            used = True
        if rate:
            for name, said in (("independence", "independence"), ("everyday_living", "everyday living")):
                if said in lower and name not in self.letter:
                    self.letter[name] = rate[1]
                    used = True
        return used

    def _manager(self, text: str) -> bool:
        said = [kind for kind, pattern in _MANAGED.items() if pattern.search(text)]
        if len(said) != 1:
            return False
        if self.here is None:
            self.managed = said[0]
        else:
            self.here.management = said[0]
        return True


def understand(text: str) -> Understood:
    """The plan and its components as a pasted letter says them; only what a line clearly says is taken."""
    reader = _Reader()
    for line in filter(None, map(str.strip, text.splitlines()[:MOST_LINES])):
        reader.line(line[:400])
    for part in reader.parts:
        part.management = part.management or reader.managed
    complete = [part for part in reader.parts if part.amount is not None]
    if complete:
        reader.letter.setdefault("program", NDIS)
    kept = [part.fields() for part in _without_sums(complete)]
    return Understood(reader.letter, kept, reader.total, reader.unused)


def _without_sums(found: list[_Part]) -> list[_Part]:
    """Without a heading such as "Core" whose amount is just the sum of the kinds listed below it."""
    kept = []
    for part in found:
        inside = [
            one
            for one in found
            if one is not part and set(parts.BY_KEY[one.key].categories) < set(parts.BY_KEY[part.key].categories)
        ]
        if not inside or sum(one.amount.minor for one in inside if one.amount) != (part.amount or Money(0)).minor:
            kept.append(part)
    return kept
