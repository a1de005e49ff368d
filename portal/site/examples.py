"""Made-up tables that an empty page shows when somebody wants to see what it looks like; nothing of them is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from markupsafe import Markup

from budgeting.money import Minutes, Money
from budgeting.package import Weekly
from budgeting.words import Name, Value, Words, words
from portal.language import plain, show
from portal.plans.spoken import when
from portal.site.calendars import MEANS, Mark

CARE, CLEANING = words("Help with personal care"), words("House cleaning")
NOW, TOGETHER = words("As it is planned now"), words("All supports together")
SUPPORT, WHAT, WHEN, DAY = words("Support"), words("What"), words("When"), words("Day")
AMOUNT, STANDS = words("Amount"), words("How it stands")
IN_A_WEEK, LASTS = words("In an average week"), words("The money lasts until")
FUNDED, USED, LEFT = words("Amount that was granted"), words("Used so far"), words("Left of it")
NOBODY_CAME, OWN_MONEY = words("Nobody came"), words("Part of the money")
SUNRISE = Name("Sunrise Support")
TUESDAY = date(2026, 11, 3)
MORNINGS = Weekly((1,), time(9), time(11))
EARLY = Weekly((0, 1, 2, 3, 4), time(7), time(9))
NIGHTS = Weekly((0, 1, 2, 3, 4, 5, 6), time(22), time(6), sleepover=True)


@dataclass(frozen=True, slots=True)
class Example:
    """A small table of plain values, the first cell of each row its heading."""

    key: str
    columns: Sequence[Words]
    rows: Sequence[Sequence[Value]]

    @property
    def heads(self) -> list[tuple[Markup | str, str]]:
        """The heads as the macro of tables takes them; numbers are set flush."""
        numeric = (isinstance(cell, Money | Minutes | int) for cell in self.rows[0])
        return [(plain(one), "num" if flush else "") for one, flush in zip(self.columns, numeric, strict=True)]

    @property
    def shown(self) -> list[list[Markup]]:
        """The rows in the reader's language."""
        return [[show(one) for one in row] for row in self.rows]


def _hours(whole: int, minutes: int = 0) -> Minutes:
    return Minutes(60 * whole + minutes)


def _example(key: str, columns: Sequence[Words], *rows: Sequence[Value]) -> Example:
    return Example(key, columns, rows)


EXAMPLES: Mapping[str, Example] = {
    one.key: one
    for one in (
        _example(
            "packages",
            (WHAT, words("Two mornings"), words("Three mornings")),
            (IN_A_WEEK, Money(280_00), Money(420_00)),
            (words("Hours of support"), _hours(4), _hours(6)),
            (LASTS, date(2027, 5, 30), date(2027, 3, 21)),
        ),
        _example(
            "more",
            (SUPPORT, NOW, words("More of this, same money")),
            (CARE, _hours(4), _hours(6)),
            (CLEANING, _hours(4), _hours(1, 30)),
            (TOGETHER, Money(504_00), Money(504_00)),
        ),
        _example(
            "year",
            (DAY, WHAT, words("Left in the funding")),
            (date(2026, 12, 28), MEANS[Mark.HOLIDAY], Money(210_00)),
            (date(2027, 1, 1), MEANS[Mark.MONEY], Money(3_215_00)),
            (date(2027, 3, 22), MEANS[Mark.BREAK], Money(135_00)),
        ),
        _example(
            "bought",
            (words("How it is bought"), IN_A_WEEK, words("Hours that the same money buys")),
            (NOW, Money(280_00), _hours(4)),
            (words("A platform that finds workers"), Money(224_00), _hours(5)),
            (words("A worker you employ yourself"), Money(168_00), _hours(6, 40)),
        ),
        _example(
            "reach",
            (SUPPORT, WHEN, words("Paid until")),
            (CARE, when(MORNINGS), date(2027, 3, 2)),
            (CLEANING, when(Weekly((3,), time(13), time(15))), date(2027, 6, 30)),
        ),
        _example(
            "claims",
            (words("Provider"), DAY, words("How much"), AMOUNT, words("Invoice"), STANDS),
            (SUNRISE, TUESDAY, _hours(2), Money(140_00), Name("INV-1001"), words("Paid")),
            (SUNRISE, date(2026, 11, 10), _hours(2), Money(140_00), Name("INV-1002"), words("To claim")),
        ),
        _example(
            "balances",
            (words("Told by"), DAY, words("Left")),
            (words("Ours"), TUESDAY, Money(421_00)),
            (words("The funder"), TUESDAY, Money(561_00)),
            (words("Difference"), TUESDAY, Money(140_00)),
        ),
        _example(
            "statement",
            (words("Opening balance"), words("Added"), words("Taken by services"), words("Closing balance")),
            (Money(950_00), Money(0), Money(312_40), Money(637_60)),
        ),
        _example(
            "roster",
            (WHEN, words("Workers"), words("People")),
            (when(EARLY), 1, 4),
            (when(NIGHTS), 1, 4),
        ),
        _example(
            "shared",
            (WHAT, words("People"), words("One hour costs")),
            (words("A week with every place taken"), 4, Money(18_00)),
            (words("A week with one person less"), 3, Money(24_00)),
        ),
        _example(
            "stay",
            (words("First night"), words("Morning of leaving"), words("Nights"), words("Price")),
            (date(2027, 3, 5), date(2027, 3, 8), 3, Money(1_950_00)),
        ),
        _example(
            "missed",
            (SUPPORT, DAY, words("Time"), STANDS),
            (CARE, TUESDAY, _hours(2), NOBODY_CAME),
            (CARE, date(2026, 11, 14), _hours(2), words("They came another day")),
        ),
        _example(
            "family",
            (words("Who"), words("Hours in a week"), words("Can give")),
            (Name("Noor"), _hours(4), _hours(6)),
        ),
        _example(
            "quotes",
            (words("Quote"), words("To buy, ready to use"), words("Rent for one month")),
            (Name("Harbour Mobility"), Money(420_00), Money(35_00)),
            (Name("Northside Aids"), Money(385_00), Money(45_00)),
        ),
        _example(
            "tiers",
            (words("What it is for"), FUNDED, USED, LEFT, words("Can be spent until")),
            (words("Equipment and products"), Money(900_00), Money(640_00), Money(260_00), date(2027, 11, 2)),
        ),
        _example(
            "week",
            (SUPPORT, words("Cost in the new plan"), words("Does it fit?")),
            (CARE, Money(14_560_00), words("Fits")),
            (CLEANING, Money(5_824_00), words("Look at this")),
        ),
        _example(
            "review",
            (words("Why"), words("How often"), words("Time"), words("What it would have cost")),
            (NOBODY_CAME, 11, _hours(22), Money(1_540_00)),
        ),
        _example(
            "prices",
            (SUPPORT, words("Cost before"), words("Cost with the new prices"), words("What it does")),
            (CARE, Money(14_560_00), Money(15_080_00), words("Dearer")),
            (CLEANING, Money(5_824_00), Money(5_720_00), words("Cheaper")),
        ),
    )
}
