"""A figure that a rule decides which is not sure says so where it is explained, and no other figure does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest

from budgeting import programs
from budgeting.explain import Confidence, Figure
from budgeting.explain.payments import payer_figure
from budgeting.explain.totals import component_figure
from budgeting.extras import ActiveHours, Leg, Travel
from budgeting.living import missed
from budgeting.living.missed import Circumstances
from budgeting.package import Component, Line
from budgeting.period import Place
from budgeting.quotation import Quote
from budgeting.words import Name
from tests.budgeting.examples import (
    agreed,
    component,
    days,
    every_figure,
    funded,
    holidays,
    line,
    package,
    priced,
    weekly,
)

WEEK = days("2026-03-02", "2026-03-08")
AROUND_THE_CLOCK = {"day": "60", "eve": "66", "night": "70", "sat": "85", "sun": "110", "ph": "140"}


def unsure(figure: Figure) -> list[Figure]:
    """What is said beneath a figure that nobody should rely on unseen."""
    doubtful = (Confidence.B, Confidence.U)
    return [one for one in every_figure(figure) if one.source and one.source.confidence in doubtful]


def said(figures: Iterable[Figure]) -> set[str]:
    return {one.rule.text[:39] for one in figures if one.rule}


def with_two_parts(*parts: Component, named: str | None = None) -> tuple[Quote, Line]:
    shower = line(weekly("Mon", "09:00", "11:00"), price=agreed("68"), component=named)
    return priced(package(shower, funding=funded(*parts))), shower


GENERAL = component("9000", "01", "04")
ONE_THING = component("900", "01", key="one thing", name="For one thing")


def test_which_of_two_parts_pays_is_said_to_be_our_reading() -> None:
    quoted, shower = with_two_parts(GENERAL, ONE_THING)
    payer = payer_figure(quoted, quoted.line(shower.id))
    assert payer is not None
    assert (payer.value, payer.confidence) == (Name("For one thing"), Confidence.U)
    assert said([payer]) == {"More than one part of the funding may p"}
    left = component_figure(quoted.component("one thing"))
    assert left.confidence is Confidence.U
    assert said(unsure(left)) == {"More than one part of the funding may p"}


@pytest.mark.parametrize(
    ("parts", "named"),
    [((GENERAL,), None), ((GENERAL, ONE_THING), "core")],
    ids=["only one may pay", "the line names one"],
)
def test_a_part_that_was_named_or_is_the_only_one_rests_on_no_reading(
    parts: tuple[Component, ...], named: str | None
) -> None:
    quoted, shower = with_two_parts(*parts, named=named)
    payer = payer_figure(quoted, quoted.line(shower.id))
    assert payer is not None
    assert (payer.source, payer.rule) == (None, None)
    assert unsure(component_figure(quoted.component("core"))) == []


@pytest.mark.parametrize(
    ("weekday", "open_to_reading"),
    [("Thu", False), ("Fri", True), ("Sat", False), ("Sun", True)],
)
def test_a_visit_over_midnight_is_said_to_be_our_reading_only_between_a_weekday_and_another_day(
    weekday: str, open_to_reading: bool
) -> None:
    night = line(weekly(weekday, "22:00", "06:00"), period=WEEK)
    figure = priced(package(night, period=WEEK)).line(night.id).figure
    assert ("The rules leave open how this visit ove" in said(unsure(figure))) is open_to_reading
    assert (figure.confidence is Confidence.U) is open_to_reading


def test_a_visit_into_a_holiday_is_our_reading_too() -> None:
    night = line(weekly("Wed", "22:00", "06:00"), period=WEEK)
    quoted = priced(package(night, period=WEEK), calendar=holidays("2026-03-05"))
    assert said(unsure(quoted.line(night.id).figure)) == {"The rules leave open how this visit ove"}


def test_a_visit_on_a_public_holiday_is_as_sure_as_the_day_is_known() -> None:
    friday, shows = days("2027-07-02", "2027-07-02"), Place("NT", region="Alice Springs")  # a show day by its pattern
    visit = line(weekly("Fri", "09:00", "11:00"), extras=(Travel((Leg(20),), mmm=1),), period=friday)
    for place, sure in ((shows, Confidence.C), (Place("NT"), Confidence.A)):
        quoted = priced(replace(package(visit, period=friday), place=place), calendar=programs.calendar())
        assert [row.confidence for row in quoted.line(visit.id).figure.parts] == [sure, sure], place
    christmas = days("2026-12-24", "2026-12-25")
    sleepover = replace(weekly("Thu", "22:00", "06:00"), sleepover=True)
    night = line(sleepover, extras=(ActiveHours(180),), period=christmas)
    figure = priced(package(night, period=christmas), calendar=programs.calendar()).line(night.id).figure
    assert figure.confidence is Confidence.B


@pytest.mark.parametrize(("start", "end", "sure"), [("09:00", "11:00", True), ("20:00", "22:00", False)])
def test_when_the_evening_begins_in_support_at_home_is_said_to_be_unconfirmed(start: str, end: str, sure: bool) -> None:
    visit = line(weekly("Mon", start, end), support="personal_care", price=agreed(**AROUND_THE_CLOCK), period=WEEK)
    figure = priced(package(visit, period=WEEK, program="support_at_home")).line(visit.id).figure
    assert (unsure(figure) == []) is sure


def test_which_travel_counts_as_that_of_a_therapist_is_known_second_hand() -> None:
    speech = line(
        weekly("Mon", "09:00", "10:00"),
        support="speech_therapy",
        extras=(Travel((Leg(30),), mmm=1),),
        period=WEEK,
    )
    figure = priced(package(speech, period=WEEK)).line(speech.id).figure
    assert [one.source.confidence for one in unsure(figure) if one.source] == [Confidence.B]


def test_which_notice_is_short_is_known_second_hand() -> None:
    shower = line(weekly("Mon Wed", "08:00", "10:00"), price=agreed("68"))
    at = datetime(2026, 3, 4, 8, 0)
    one = missed.visit(package(shower), shower, at, at.replace(hour=10).time(), programs.shipped("ndis"), holidays())
    told = Circumstances(at, notice=None, agreed=True, other_work=False)
    assert missed.charge("ndis", one.item, one.cost, told, Place("NSW")).most.confidence is Confidence.B
