"""A line through its form: whatever is not touched stays as it was."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from hypothesis import given, strategies as st

from budgeting.money import Money, Quantity
from budgeting.package import Spread, Units, Weekly
from budgeting.programs import PROGRAMS, families
from portal.app import Coplan
from portal.changes import line_form as changing
from portal.funding.week import OnHolidays
from portal.language import ENGLISH
from portal.proposals import queries
from portal.proposals.line_form import LineForm, QuickForm, quick_terms, terms_of, typed, visits
from portal.proposals.terms import Terms
from portal.site.forms import Posted, read
from portal.start import saying
from tests.builders import reading
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle

NIGHT = Weekly((4, 5), time(22), time(6), 2, FIRST, sleepover=True)
SCHEDULES = st.one_of(
    st.none(),
    st.builds(
        Units, st.integers(1, 10**6).map(Quantity), st.sampled_from(("H", "hour", "trip")), st.sampled_from(Spread)
    ),
    st.builds(
        Weekly,
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        st.integers(0, 23).map(time),
        st.integers(0, 23).map(lambda hour: time(hour, 30)),
        st.integers(1, 8),
        st.sampled_from((None, FIRST)),
    ),
    st.just(NIGHT),
)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def posted(fields: dict[str, Any]) -> Posted:
    """What a browser sends when nothing is touched; "hour" and "H" are one choice to people."""
    sent = {name: value if isinstance(value, list) else [str(value)] for name, value in fields.items()}
    sent |= {"unit": ["H"]} if fields.get("unit") == "hour" else {}
    return Posted({name: value for name, value in sent.items() if value not in (["False"], [])} | {"version": ["1"]})


def test_a_line_sent_back_untouched_says_the_same(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as work:
        draft = queries.draft(work, circle.client, circle.fresh(work))

    @given(SCHEDULES)
    def each(schedule: Any) -> None:
        terms = Terms("Help", FIRST, LAST, schedule=schedule, price=Money(68_00))
        assert terms_of(read(LineForm, posted(dict(typed(terms, "ndis")))), draft, terms) == terms
        form = read(changing.LineForm, posted({"what": "change", **changing.typed(terms)}))
        assert changing.changed_terms(form, terms, {}) == terms

    each()


def test_other_days_leave_a_sleepover_a_sleepover(circle: Circle) -> None:
    terms = Terms("Night", FIRST, LAST, schedule=NIGHT, price=Money(300_00))
    with reading(circle.coplan, circle.mei) as work:
        draft = queries.draft(work, circle.client, circle.fresh(work))
    sent = posted({**typed(terms, "ndis"), "weekdays": ["6"], "begins": "21:00"})
    changed = terms_of(read(LineForm, sent), draft, terms).schedule
    assert changed == Weekly((6,), time(21), time(6), 2, FIRST, sleepover=True)


def test_the_price_in_the_sheet_leaves_a_sleepover_a_sleepover() -> None:
    terms = Terms("Night", FIRST, LAST, schedule=NIGHT, price=Money(300_00))
    form = QuickForm(begins=None, finishes=None, units=None, price=Money(310_00), version=1)
    assert quick_terms(form, terms, "ndis").schedule == NIGHT


def test_a_visit_by_day_is_no_sleepover_any_more() -> None:
    assert not visits(NIGHT, ["0"], time(9), time(11), 1).sleepover


def test_a_first_price_means_the_same_on_holidays_in_the_sheet_and_at_the_start() -> None:
    """A price is typed once here and once there, for every everyday support of both programs."""
    for program in PROGRAMS:
        for family in families(program):
            now = Terms("Help", FIRST, LAST, support=family.key, schedule=NIGHT)
            form = QuickForm(begins=None, finishes=None, units=None, price=Money(90_00), version=1)
            (told,), _ = saying.lines("Help, Mondays 9am to 11am, $90 an hour", family.key, program, ENGLISH)
            assert quick_terms(form, now, program).on_holidays is told.on_holidays, family.key


def test_a_choice_about_holidays_that_was_stored_with_a_price_stays() -> None:
    now = Terms("Help", FIRST, LAST, support="self_care", schedule=NIGHT, price=Money(68_00))
    form = QuickForm(begins=None, finishes=None, units=None, price=Money(90_00), version=1)
    assert quick_terms(form, now, "ndis").on_holidays is OnHolidays.SAME


def test_a_line_without_a_price_sent_back_untouched_says_the_same(circle: Circle) -> None:
    terms = Terms("Help", FIRST, LAST, support="self_care", schedule=NIGHT)
    with reading(circle.coplan, circle.mei) as work:
        draft = queries.draft(work, circle.client, circle.fresh(work))
    assert typed(terms, "ndis")["on_holidays"] == "limit"
    assert terms_of(read(LineForm, posted(dict(typed(terms, "ndis")))), draft, terms) == terms
    priced = posted({**typed(terms, "ndis"), "price": "90"})
    assert terms_of(read(LineForm, priced), draft, terms).on_holidays is OnHolidays.LIMIT
