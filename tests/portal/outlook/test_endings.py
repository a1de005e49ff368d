"""Before something ends, who decides and the lead get one letter a day, about each end once at each of its days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from budgeting import programs
from budgeting.money import Money
from budgeting.package import Management
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms
from portal.jobs import run_now
from portal.people import due
from tests.builders import acting, reading, signed_in
from tests.clock import stands_still
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle

MORNING = time(21, 40)  # of the day before, in UTC: when the job runs


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei's funding ends in 100 days; nothing else does."""
    found = a_circle(coplan)
    ends(found, found.first + timedelta(days=100))
    return found


def ends(circle: Circle, last: date) -> None:
    with acting(circle.coplan, circle.mei) as work:
        first = circle.first - timedelta(days=100)
        letter = funding.type_letter(work, circle.client, Letter(NDIS, first, last))
        core = Terms("Core supports", Management.PLAN, ("01", "04"), Money(90_000_00), key="core")
        funding.add_part(work, letter, core)


def told(circle: Circle, monkeypatch: pytest.MonkeyPatch, last: date, left: int) -> set[str]:
    """Who was written to on the morning of the day so many days before the funding ends."""
    folder = circle.coplan.settings.mail_folder
    before = set(folder.glob("ends-*.eml"))
    stands_still(monkeypatch, datetime.combine(last - timedelta(days=left + 1), MORNING, UTC))
    run_now("outlook.before_endings", {}, circle.coplan)
    circle.coplan.jobs.run_waiting()
    letters = [message_from_bytes(one.read_bytes(), policy=default) for one in set(folder.glob("ends-*.eml")) - before]
    assert len({one["To"] for one in letters}) == len(letters)
    for one in letters:
        assert not any(word in one.as_string() for word in ("Mei", "funding", "Sunrise"))
    return {str(one["To"]) for one in letters}


def test_each_end_is_announced_once_at_each_of_its_days_to_who_decides_and_the_lead(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = {one.address for one in (circle.mei, circle.amal, circle.daniel)}
    last = circle.first + timedelta(days=100)
    assert told(circle, monkeypatch, last, 29) == set()
    assert told(circle, monkeypatch, last, 28) == everybody
    assert told(circle, monkeypatch, last, 28) == set()
    assert told(circle, monkeypatch, last, 8) == set()
    assert told(circle, monkeypatch, last, 6) == everybody  # the morning before was missed
    assert told(circle, monkeypatch, last, 3) == set()


def test_nobody_is_told_of_the_end_of_funding_that_another_letter_follows(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = circle.first + timedelta(days=100)
    with acting(circle.coplan, circle.mei) as work:
        starts = last + timedelta(days=1)
        funding.type_letter(work, circle.client, Letter(NDIS, starts, starts + timedelta(days=364)))
    assert told(circle, monkeypatch, last, 7) == set()


def test_the_days_before_an_end_are_data_with_a_source() -> None:
    for key in programs.PROGRAMS:
        parameters = programs.program(key).parameters
        assert parameters.numbers("told_before_an_end", date(2026, 11, 23)) == (28, 7)
        assert parameters.source("told_before_an_end", date(2026, 11, 23)).title


def test_what_ends_is_among_what_is_due(circle: Circle, person: Person) -> None:
    with reading(circle.coplan, circle.daniel) as work:
        (one,) = due.endings(work, {circle.client.id: circle.client})
        assert (one.kind, one.day) == (due.Kind.FUNDING, circle.first + timedelta(days=100))
    assert "The last day of the funding" in signed_in(person, circle.daniel).open("/due?kind=funding").text
