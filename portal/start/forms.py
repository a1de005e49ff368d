"""What is typed on the pages of the five minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from budgeting import programs
from budgeting.money import Money
from budgeting.package import Management
from budgeting.words import Words, words
from portal.funding.forms import LetterForm
from portal.funding.week import OnHolidays, WeekLine
from portal.site import forms
from portal.start.commands import Whose
from portal.start.draft import STATES, ZONES
from portal.work import Refusal

DAYS = ("0", "1", "2", "3", "4", "5", "6")
EVERY = ("1", "2", "3", "4")
MOST_WEEK = 12_000  # letters of a whole week told at once
UNITS = ("H", "hour", "E", "meal", "trip", "MON")


def _supports() -> list[str]:
    return [family.key for program in programs.PROGRAMS for family in programs.families(program)]


EVERY_WORDS: dict[str, Words] = {
    "1": words("Every week"),
    "2": words("Every second week"),
    "3": words("Every three weeks"),
    "4": words("Every four weeks"),
}
HOLIDAY_WORDS: dict[OnHolidays, Words] = {
    OnHolidays.LIMIT: words("The published price limit for public holidays"),
    OnHolidays.SAME: words("The same price"),
    OnHolidays.OWN: words("The price I write below"),
    OnHolidays.NO_VISIT: words("Nobody comes on public holidays"),
}
ZONE_WORDS: dict[str, Words] = {
    "national": words("In a city or town, or nearby"),
    "remote": words("Remote"),
    "very_remote": words("Very remote"),
}


@dataclass(frozen=True)
class PasteForm:
    letter: str = forms.text(40_000)


@dataclass(frozen=True)
class StartLetterForm(LetterForm):
    state: str = forms.one_of(STATES)
    zone: str = forms.one_of(ZONES, required=False)
    week: str = forms.text(MOST_WEEK, required=False)


@dataclass(frozen=True)
class SayForm:
    """Lines of the week in the person's own words; ``support`` only where they choose it themselves."""

    text: str = forms.text(4000)
    support: str = forms.one_of(_supports, required=False)


@dataclass(frozen=True)
class LineForm:
    """The same line by fields; ``number`` is set while one that is there is changed, ``unit`` when it is counted."""

    name: str = forms.text(200)
    support: str = forms.one_of(_supports, required=False)
    weekdays: tuple[str, ...] = forms.some_of(DAYS)
    start: time | None = forms.clock(required=False)
    end: time | None = forms.clock(required=False)
    unit: str = forms.one_of(UNITS, required=False)
    amount: int | None = forms.number(places=3, most=1000, required=False)
    monthly: bool = forms.tick()
    every: str = forms.one_of(EVERY, required=False)
    sleepover: bool = forms.tick()
    price: Money | None = forms.money(required=False)
    on_holidays: OnHolidays | None = forms.choice(OnHolidays, required=False)
    holiday_price: Money | None = forms.money(required=False)
    component: str = forms.text(60, required=False)
    number: int | None = forms.number(required=False)

    def line(self) -> WeekLine:
        """What was typed, checked; FieldErrors or a Refusal name what cannot be."""
        self._complete()
        line = WeekLine(
            typed="",
            name=self.name,
            support=self.support or None,
            weekdays=() if self.monthly else tuple(map(int, self.weekdays)),
            price=self.price,
            component=self.component or None,
            on_holidays=OnHolidays.SAME,
        )
        if self.unit:
            return replace(line, unit=self.unit, amount=self.amount or 0, monthly=self.monthly)
        assert self.start is not None, "asked for above"
        assert self.end is not None, "asked for above"
        if self.start == self.end:
            raise Refusal(words("It ends when it begins. Look at both times again."), "end")
        if self.on_holidays is OnHolidays.OWN and self.holiday_price is None:
            raise Refusal(words("Write the price of one hour on a public holiday."), "holiday_price")
        line = replace(line, start=self.start, end=self.end, every_n_weeks=int(self.every), sleepover=self.sleepover)
        return replace(line, on_holidays=self.on_holidays or OnHolidays.SAME, holiday_price=self.holiday_price)

    def _complete(self) -> None:
        by_clock = {"start": self.start, "end": self.end, "every": self.every}
        asked: dict[str, Any] = {"amount": self.amount} if self.unit else by_clock
        if not self.monthly:
            asked["weekdays"] = self.weekdays
        empty = {name: forms.REQUIRED for name, value in asked.items() if not value and not isinstance(value, time)}
        if empty:
            raise forms.FieldErrors(empty)


@dataclass(frozen=True)
class KeepForm:
    """Whose plan it is; what nobody knew for the answer, to be put right; account fields for whoever has none yet."""

    whose: Whose = forms.choice(Whose)
    person: str = forms.text(120, required=False)
    ends: date | None = forms.day(required=False)
    management: Management | None = forms.choice(Management, required=False)
    name: str = forms.text(120, required=False)
    login: str = forms.text(254, required=False)
    password: str = forms.password(required=False)
