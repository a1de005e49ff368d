"""What a pasted plan letter says, by plain rules; whatever they do not cover is handed back unused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date

from budgeting.letters import parts
from budgeting.money import Money
from budgeting.package import Management
from budgeting.programs.support_at_home.letter import level_of
from portal.funding.forms import money_typed
from portal.funding.reading import Found, find
from portal.funding.releases import WRITTEN, Release, as_text
from portal.funding.terms import NDIS, SUPPORT_AT_HOME
from portal.reading import western
from portal.start import letter_words as said

Fields = dict[str, str]

MOST_LINES = 400
MOST_NAMES = 60  # of parts, headings counted; a letter names half as many
_LEVEL = re.compile(
    r"\b(SAH|HCP)[- ]?([1-8])\b|(?:\bclassification|تصنيفك?|级别|分级|等级)\s*(?:level\b\s*)?"
    r"(?:is\b\s*|هو\s*|[为是]\s*)?[:：]?\s*(?:level\s*|المستوي\s*|第)?([1-8])(?!\d)"
    r"|\bhome care package,?\s*(?:\(?level\s*)?([1-4])\b|\blevel ([1-4]) home care package\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\d,.$/-])(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{3,7}(?:\.\d{1,2})?)\W*$")
_RATE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s?(?:[%٪％]|per ?cent)", re.IGNORECASE)
#: Where one thing ends and the next begins in a line that says several: never inside a number or a day.
_PAUSE = re.compile(
    r"(?<=\D),\s+|(?<=\d),\s+(?!\d{4}\b)|[،，;؛；。]\s*(?!\d{3}(?!\d))|\.\s+|(?<=\d)[:：]\s+"
    r"|\s+و(?=[\d.٫]+\s?[%٪％])"
)


@dataclass
class _Part:
    key: str
    amount: Money | None = None
    management: Management | None = None
    stated: bool = False
    releases: list[Release] = field(default_factory=list)
    months: int | None = None
    each: Money | None = None
    spent: Money | None = None
    spent_until: str = ""

    def fields(self) -> Fields:
        """As the part form has them, and ``each``: what the letter says of one funding period."""
        return {
            "kind": self.key,
            "name": "",
            "amount": money_typed(self.amount),
            "management": self.management.value if self.management else "",
            "stated": "yes" if self.stated else "",
            "release": WRITTEN if self.releases else str(self.months or ""),
            "each": "" if self.releases else money_typed(self.each),
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

    @property
    def figures(self) -> bool:
        """Whether more was understood than which program it is."""
        return bool(self.parts or self.letter.keys() - {"program"})


def _has_figures(text: str) -> bool:
    """Whether a line holds an amount, a day or a share."""
    found = find(text)
    return bool(found.days or found.amounts or found.wrong_day or _RATE.search(text))


class _Reader:
    """Goes through the lines once; ``here`` is the component that lines without a name belong to."""

    def __init__(self) -> None:
        self.letter: Fields = {}
        self.parts: list[_Part] = []
        self.here: _Part | None = None
        self.managed: Management | None = None
        self.months: int | None = None
        self.after: int | None = None  # as told below the newest part without naming any
        self.total: Money | None = None
        self.unused: list[str] = []
        self.quarter: tuple[Money, str] | None = None  # the budget of a quarter, and its line

    def line(self, text: str) -> None:
        """Take one line, else each thing it says; what holds an amount, a day or a share and is not taken is unused."""
        several_shares = len(_RATE.findall(text)) > 1
        if not several_shares and self._takes(text):
            return
        pieces = [one for one in map(str.strip, _PAUSE.split(text)) if one]
        tried = self._as_it_stands()
        left = [one for one in pieces if not tried._takes(one)] if len(pieces) > 1 else pieces
        if any(_has_figures(one) for one in pieces if one not in left):
            vars(self).update(vars(tried))
            self.unused += left
        else:
            self.unused.append(text)
            if several_shares:
                self._takes(text)

    def _as_it_stands(self) -> _Reader:
        other, parts = copy(self), {id(one): replace(one, releases=[*one.releases]) for one in self.parts}
        other.letter, other.unused, other.parts = {**self.letter}, [*self.unused], list(parts.values())
        other.here = parts.get(id(self.here))
        return other

    def _takes(self, text: str) -> bool:
        """Take what a line says; False when it holds an amount, a day or a share that was not understood."""
        found, plain = find(text), said.folded(text)
        if said.part(plain) and not found.amounts and not found.days:
            found = find(_BARE.sub(r"$\1", western(text)))  # "Core 5,200": an amount without its sign
        taken = self._part(plain, found) or self._released(plain, found)
        taken = taken or self._budget(text, plain, found) or self._money(plain, found) or self._days(plain, found)
        used, program = self._aged(plain) or taken, self._program(plain)
        if taken or not found.amounts:  # who pays, or which program it is, does not explain an amount, nor a day
            used = ((self._manager(plain) or program) and not found.days) or used
        return used or not _has_figures(text)

    def _program(self, plain: str) -> bool:
        if said.AGED.search(plain):
            self.letter["program"] = SUPPORT_AT_HOME
            return True
        if "ndis" in plain or "disability insurance" in plain:
            self.letter.setdefault("program", NDIS)
            return True
        return False

    def _part(self, plain: str, found: Found) -> bool:
        named, months = said.part(plain), said.months(plain)
        both = len(found.amounts) == 2 and months is not None and named is not None  # the whole, and one period of it
        if said.TOTAL.search(plain) and not said.SPENT.search(plain) and not both:
            return self._sum(found)
        if named is None or found.days or said.SPENT.search(plain):
            return False
        if not both and (len(found.amounts) > 1 or said.LEFT.search(plain)):
            return False
        name, key = named
        if not found.amounts and said.long(found.rest, name):
            return False  # a sentence about it, not its heading
        if not found.amounts and said.managers(plain) and self._spoken_of(plain):
            return False  # who pays for a part that was told of
        if self.here is None or self.here.key != key or self.here.amount is not None:
            if len(self.parts) == MOST_NAMES:
                return False
            self.ends_part()
            self.here = _Part(key)
            self.parts.append(self.here)
        here = self.here
        if both:
            here.amount, here.each = max(found.amounts), min(found.amounts)
        elif found.amounts and months and said.EACH.search(plain):
            here.each = found.amounts[0]
        elif found.amounts:
            here.amount = found.amounts[0]
        here.months = here.months or months
        here.stated = here.stated or bool(said.STATED.search(plain))
        return True

    def ends_part(self) -> None:
        """What was told of releases without a name turns out to be about the newest part alone: another one follows."""
        if self.parts:
            self.parts[-1].months = self.parts[-1].months or self.after
        self.after = None

    def _released(self, plain: str, found: Found) -> bool:
        """Every how many months the part that is named is released, else the part above; before or after all, all."""
        months = said.months(plain)
        if months is None or found.days or len(found.amounts) > 1 or said.SPENT.search(plain):
            return False
        if said.LEFT.search(plain) and not said.RELEASED.search(plain):
            return False
        if not found.amounts:
            if not said.RELEASED.search(plain):
                return False
            named = said.part(plain)
            part = self._spoken_of(plain) or self.here
            if part is None:
                self.months = months
            elif named is None:
                self.after = self.after or months
            else:
                part.months = part.months or months
            return True
        if self.here is None or self.here.each is not None:
            return False
        self.here.months, self.here.each = months, found.amounts[0]
        return True

    def _spoken_of(self, plain: str) -> _Part | None:
        """The part that a line names, else the one above it; None where the letter has not told of it yet."""
        named = said.part(plain)
        if named is None:
            return self.here
        return next((one for one in reversed(self.parts) if one.key == named[1]), None)

    def _sum(self, found: Found) -> bool:
        if len(found.amounts) == 1 and self.total is None:
            self.total = found.amounts[0]
            if self.here is not None and self.here.amount is not None:
                self.here = None  # below the sum of a list, lines speak of the whole plan again
            return True
        return False

    def _money(self, plain: str, found: Found) -> bool:
        if self.here is None or len(found.amounts) != 1:
            return False
        if said.SPENT.search(plain) and not said.LEFT.search(plain):
            return self._spent(self._spoken_of(plain), found)
        if len(found.days) == 2 and found.days[0] <= found.days[1]:
            self.here.releases.append(Release(found.days[0], found.days[1], found.amounts[0]))
            return True
        if self.here.amount is None and not found.days and not said.LEFT.search(plain):
            self.here.amount = found.amounts[0]
            return True
        return False

    def _spent(self, part: _Part | None, found: Found) -> bool:
        if part is None:
            return False
        part.spent = found.amounts[0]
        part.spent_until = found.days[0].isoformat() if len(found.days) == 1 else ""
        return True

    def _days(self, plain: str, found: Found) -> bool:
        if found.amounts or not found.days:
            return False
        if len(found.days) == 2 and "starts" not in self.letter and not self.parts:
            self.letter["starts"], self.letter["ends"] = (day.isoformat() for day in found.days)
            return True
        if len(found.days) != 1:
            return False
        ways = (("letter_date", said.LETTER), ("ends", said.END), ("starts", said.START))
        name = next((name for name, pattern in ways if pattern.search(plain) and name not in self.letter), None)
        if name is None:
            return False
        self.letter[name] = found.days[0].isoformat()
        return True

    def _budget(self, text: str, plain: str, found: Found) -> bool:
        """The budget of a quarter, which tells the classification of an older person's letter."""
        if self.parts or len(found.amounts) != 1 or not said.BUDGET.search(plain) or said.months(plain) != 3:
            return False
        self.quarter = self.quarter or (found.amounts[0], text)
        return True

    def weighs_budget(self) -> None:
        """Take the classification from the budget where no line names it; a budget of another one is not used."""
        if self.quarter is None:
            return
        budget, line = self.quarter
        day = date.fromisoformat(self.letter["starts"]) if "starts" in self.letter else date.max
        level = level_of(budget, day)
        if level is not None and self.letter.setdefault("program", SUPPORT_AT_HOME) == SUPPORT_AT_HOME:
            self.letter.setdefault("classification", level)
        if level is None or self.letter.get("classification") != level:
            self.unused.append(line)

    def _aged(self, plain: str) -> bool:
        level, rate = _LEVEL.search(plain), _RATE.search(plain)
        used = bool(rate and said.CLINICAL.search(plain) and not rate[1].strip("0."))  # nobody pays for these
        if level and "classification" not in self.letter:
            package = level[4] or level[5]
            kind = "HCP" if package else (level[1] or "SAH").upper()
            self.letter["classification"] = f"{kind}-{package or level[2] or level[3]}"
            self.letter.setdefault("program", SUPPORT_AT_HOME)
            used = True
        if rate and len(_RATE.findall(plain)) == 1:  # of several, only its pieces tell which is whose
            for name, pattern in said.SHARES.items():
                if pattern.search(plain) and name not in self.letter:
                    self.letter[name] = rate[1]
                    used = True
        for name, ways in said.ANSWERS.items():
            answers = [answer for answer, pattern in ways.items() if pattern.search(plain)]
            if len(answers) == 1 and self.letter.get("program") == SUPPORT_AT_HOME:
                self.letter.setdefault(name, answers[0])
        return used

    def _manager(self, plain: str) -> bool:
        managers = said.managers(plain)
        if len(managers) != 1:
            return False
        part = self._spoken_of(plain)
        if part is not None:
            part.management = managers[0]
        elif said.part(plain) is None:
            self.managed = managers[0]
        return part is not None or self.managed is managers[0]


def understand(text: str) -> Understood:
    """The plan and its components as a pasted letter says them; only what a line clearly says is taken."""
    reader = _Reader()
    for line in filter(None, map(str.strip, text.splitlines()[:MOST_LINES])):
        reader.line(line[:400])
    reader.weighs_budget()
    if reader.months:
        reader.ends_part()  # another release is told of the whole, so this one is of the last part alone
    for part in reader.parts:
        part.management = part.management or reader.managed
        part.months = part.months or reader.after or reader.months
    complete = [part for part in reader.parts if part.amount is not None or part.each is not None]
    if complete:
        reader.letter.setdefault("program", NDIS)
    kept = [part.fields() for part in _without_sums(complete)]
    return Understood(reader.letter, kept, reader.total, reader.unused)


def agrees(each: str, releases: Sequence[Release]) -> bool:
    """Whether equal parts are what a letter says of ``each`` funding period, but for cents it does not write.

    ``each`` is as ``_Part.fields`` has it; a letter that says nothing of it agrees.
    """
    found = find(f"${each}").amounts
    return not found or (bool(releases) and abs(releases[0].amount.minor - found[0].minor) < 100)


def _without_sums(found: list[_Part]) -> list[_Part]:
    """Without a heading such as "Core" whose amount is just the sum of the kinds listed below it."""
    kept, inside_of = [], {key: set(part.categories) for key, part in parts.of(NDIS).items()}
    for part in found:
        inside = [one for one in found if inside_of[one.key] < inside_of[part.key]]
        if not inside or part.amount != Money(sum(one.amount.minor for one in inside if one.amount)):
            kept.append(part)
    return kept
