"""When someone who speaks up hears from us: promises in days, from dated parameters; nothing here knows a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import cast

from budgeting.explain import Source
from budgeting.parameters import Parameters, read_parameters
from budgeting.period import Place
from budgeting.programs import calendar

SATURDAY = 5


class Step(StrEnum):
    """What someone is waiting for."""

    ACKNOWLEDGE = "acknowledge"
    UPDATE = "update"
    ANSWER = "answer"
    FEEDBACK = "feedback"  # the answer to what is no complaint


@dataclass(frozen=True)
class Promise:
    """The next thing we owe, by which day we mean to do it, the day after which it is too late, and its source."""

    step: Step
    by: date
    limit: date
    source: Source

    def days_late(self, day: date) -> int:
        """Whole days since the promise was missed; 0 while it can be kept."""
        return max((day - self.by).days, 0)

    def days_left(self, day: date) -> int:
        return max((self.by - day).days, 0)


@cache
def _read() -> tuple[Mapping[str, object], Parameters]:
    return read_parameters((resources.files("feedback") / "promises.toml").read_text(encoding="utf-8"))


def state_of(time_zone: str) -> str:
    """The state whose public holidays count in a time zone; New South Wales when it is not named."""
    return cast(Mapping[str, str], _read()[0]["state_of"]).get(time_zone, "NSW")


def is_business_day(day: date, state: str) -> bool:
    """A weekday that is no public holiday; a holiday that begins in the evening leaves the day a business day."""
    holiday = calendar().at(Place(state)).get(day)
    return day.weekday() < SATURDAY and (holiday is None or holiday.starts is not None)


def business_days_after(day: date, count: int, state: str) -> date:
    """The ``count``-th business day after a day; the day itself never counts."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day, state)
    return day


def to_acknowledge(received: date, state: str) -> Promise:
    """By when we say that we have it."""
    by, limit = (
        business_days_after(received, _days(key, received), state)
        for key in ("acknowledge_target", "acknowledge_limit")
    )
    return _promise(Step.ACKNOWLEDGE, by, limit, received)


def next_word(started: date, heard: date) -> Promise:
    """By when we are heard again: an update, or the answer itself when that is due first.

    ``started`` is the day it came in or was opened again, ``heard`` the day we last wrote.
    """
    update = heard + timedelta(days=_days("update_every", started))
    answer = started + timedelta(days=_days("answer_target", started))
    if update < answer:
        return _promise(Step.UPDATE, update, heard + timedelta(days=_days("update_limit", started)), started)
    return _promise(Step.ANSWER, answer, started + timedelta(days=_days("answer_limit", started)), started)


def answer_to_feedback(started: date) -> Promise:
    """By when feedback is answered: what we did with it, or why nothing."""
    by, limit = (started + timedelta(days=_days(key, started)) for key in ("feedback_target", "feedback_limit"))
    return _promise(Step.FEEDBACK, by, limit, started)


def answer_by(started: date) -> date:
    """The day by which we mean to answer."""
    return started + timedelta(days=_days("answer_target", started))


def _days(key: str, on: date) -> int:
    return int(_read()[1].text(key, on))


def _promise(step: Step, by: date, limit: date, on: date) -> Promise:
    parameters = _read()[1]
    return Promise(step, by, limit, parameters.source(f"{step}_{_TARGET.get(step, 'target')}", on))


_TARGET = {Step.UPDATE: "every"}
