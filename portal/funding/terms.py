"""What a letter says, as plain values that are checked before they become rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budgeting import programs
from budgeting.money import Money
from budgeting.package import Management
from budgeting.words import words
from portal.funding.granted import AboutPart
from portal.funding.releases import Release
from portal.work import Refusal

NDIS, SUPPORT_AT_HOME = "ndis", "support_at_home"


def levels(program: str) -> tuple[str, ...]:
    """What a letter of this program may name that decides the money; none where it lists the parts one by one."""
    return programs.rules(program).levels()


def published_limits() -> frozenset[str]:
    """The programs that publish price limits, which are higher in remote places and on public holidays."""
    return frozenset(key for key in programs.PROGRAMS if programs.program(key).price_source == "published_limit")


@dataclass(frozen=True, slots=True)
class Rate:
    """A determined share for a category, in parts per million."""

    category: str
    ppm: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The plan as a whole; None is "not known", never zero. Days are inclusive."""

    program: str
    starts: date
    ends: date | None = None
    reassessment: date | None = None
    letter_date: date | None = None
    classification: str | None = None
    entered: date | None = None
    means_status: str | None = None
    cohort: str = "standard"
    rates: tuple[Rate, ...] = ()
    rates_since: date | None = None
    spent: Money | None = None
    spent_until: date | None = None

    def check(self) -> None:
        """Refuse what cannot be, each with the field it belongs to."""
        named = levels(self.program)
        if not named and self.ends is None:
            sentence = words("This plan has a last day. It is in the letter, often as the reassessment date.")
            raise Refusal(sentence, "ends")
        if self.ends is not None and self.ends < self.starts:
            raise Refusal(words("The plan ends before it starts. Look at both days again."), "ends")
        if self.ends is not None and (self.ends - self.starts).days > 366 * 6:
            raise Refusal(words("This plan is longer than six years. Look at both days again."), "ends")
        if named and self.classification not in named:
            raise Refusal(words("Choose the classification your letter names."), "classification")
        _spent_with_its_day(self.spent, self.spent_until)


@dataclass(frozen=True, slots=True)
class Terms:
    """One component as the letter states it; without releases the whole amount is there from the first day."""

    name: str
    management: Management
    categories: tuple[str, ...]
    amount: Money
    stated: bool = False
    releases: tuple[Release, ...] = ()
    spent: Money | None = None
    spent_until: date | None = None
    key: str = ""
    about: AboutPart = AboutPart()  # what few parts have

    def check(self) -> None:
        """Refuse what cannot be, each with the field it belongs to."""
        if not self.name.strip():
            raise Refusal(words("Give this part the name it has in the letter."), "name")
        if not self.amount:
            raise Refusal(
                words("Enter the amount from the letter. If you do not know it, leave this part out for now."), "amount"
            )
        _spent_with_its_day(self.spent, self.spent_until)


def _spent_with_its_day(spent: Money | None, until: date | None) -> None:
    if spent is not None and until is None:
        raise Refusal(words("Up to which day was this spent? Enter that day, too."), "spent_until")


def new_key(wanted: str, taken: set[str]) -> str:
    """A key that no other component of the plan has."""
    key, number = wanted or "part", 2
    while key in taken:
        key, number = f"{wanted or 'part'}_{number}", number + 1
    return key
