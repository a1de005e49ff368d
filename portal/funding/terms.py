"""What a letter says, as plain values that are checked before they become rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgeting import programs
from budgeting.money import Money
from budgeting.package import Management
from budgeting.words import Words, words
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

    def wrong(self) -> Iterator[tuple[str, Words]]:
        """What cannot be, each with the field it belongs to."""
        named = levels(self.program)
        if not named and self.ends is None:
            yield "ends", words("This plan has a last day. It is in the letter, often as the reassessment date.")
        elif self.ends is not None and self.ends < self.starts:
            yield "ends", words("The plan ends before it starts. Look at both days again.")
        elif self.ends is not None and (self.ends - self.starts).days > 366 * 6:
            yield "ends", words("This plan is longer than six years. Look at both days again.")
        if named and self.classification not in named:
            yield "classification", words("Choose the classification your letter names.")
        yield from _spent_with_its_day(self.spent, self.spent_until)

    def check(self) -> None:
        """Refuse what cannot be."""
        _refuse(self.wrong())


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

    def wrong(self) -> Iterator[tuple[str, Words]]:
        """What cannot be, each with the field it belongs to."""
        if not self.name.strip():
            yield "name", words("Give this part the name it has in the letter.")
        if not self.amount:
            yield (
                "amount",
                words("Enter the amount from the letter. If you do not know it, leave this part out for now."),
            )
        yield from _spent_with_its_day(self.spent, self.spent_until)

    def check(self) -> None:
        """Refuse what cannot be."""
        _refuse(self.wrong())


def _refuse(wrong: Iterator[tuple[str, Words]]) -> None:
    for field, sentence in wrong:
        raise Refusal(sentence, field)


def _spent_with_its_day(spent: Money | None, until: date | None) -> Iterator[tuple[str, Words]]:
    if spent is not None and until is None:
        yield "spent_until", words("Up to which day was this spent? Enter that day, too.")


def new_key(wanted: str, taken: set[str]) -> str:
    """A key that no other component of the plan has."""
    key, number = wanted or "part", 2
    while key in taken:
        key, number = f"{wanted or 'part'}_{number}", number + 1
    return key
