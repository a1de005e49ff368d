"""A provider is in the circle while it has something to do: from the day it is asked, until nothing is left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.accounts.model import Account, Organisation
from portal.changes import queries
from portal.changes.states import Given
from portal.jobs import run_now
from portal.people import next_steps
from portal.people.model import Tie
from portal.plans import commands as plans, queries as briefs
from portal.plans.access_ends import after, last_day
from portal.plans.states import BriefState
from tests.builders import acting, an_organisation, reading, signed_in, somebody_at
from tests.person import Person
from tests.portal.changes.asking import (
    SHOWER,
    a_new_day,
    answered,
    asked,
    days_later,
    everybody_agrees,
)
from tests.portal.plans.people import Circle


@pytest.fixture
def harbour(circle: Circle) -> tuple[Organisation, Account]:
    """A provider with nobody in Mei's circle yet, and Ada who works there."""
    with circle.coplan.open_work() as work:
        found = an_organisation(work, "Harbour Care")
        return found, somebody_at(work, found, "Ada Lee")


def place(circle: Circle, organisation: Organisation) -> list[date | None]:
    """The ends of a provider's places in the circle, None for one without an end."""
    with circle.coplan.open_reading() as work:
        ties = select(Tie).where(Tie.organisation_id == organisation.id, Tie.relationship == Relationship.PROVIDER)
        return [tie.ends for tie in work.session.scalars(unscoped(ties.order_by(Tie.starts), "a test looks"))]


def overnight(circle: Circle) -> None:
    a_new_day(circle.coplan)
    run_now("agreements.let_out_providers", {}, circle.coplan)


def test_a_provider_that_a_change_brings_in_can_read_and_authorise_its_part(
    circle: Circle, harbour: tuple[Organisation, Account], person: Person
) -> None:
    organisation, ada = harbour
    assert place(circle, organisation) == []
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"provider_id": organisation.id}))
    assert place(circle, organisation) == [None]
    with reading(circle.coplan, ada) as work:
        assert [step.href for step in next_steps.own(work) if step.yours] == ["/changes"]
    page = signed_in(person, ada).open(f"/people/{circle.client.id}/changes/{change}")
    assert page.status == 200
    assert SHOWER in page.text
    answered(circle, ada, change)
    with reading(circle.coplan, circle.daniel) as work:
        rows = queries.rows(work, circle.client, change)
        assert [row.state for row in rows if row.organisation_id == organisation.id] == [Given.AGREED]


def test_a_provider_whose_supports_ended_has_its_last_day_and_no_earlier(
    circle: Circle, harbour: tuple[Organisation, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    overnight(circle)
    assert place(circle, circle.sunrise) == [None]
    last = 55 + after(circle.first).days
    with days_later(monkeypatch, last - 1):
        overnight(circle)
    assert place(circle, circle.sunrise) == [None], "the plan had its last day, and the days after it are not over"
    with days_later(monkeypatch, last):
        overnight(circle)
    ended = last_day(circle.first + timedelta(days=55))
    assert place(circle, circle.sunrise) == [ended]
    with days_later(monkeypatch, last + 5):
        overnight(circle)
    assert place(circle, circle.sunrise) == [ended]


def test_a_provider_who_was_only_asked_leaves_when_the_change_is_over(
    circle: Circle, harbour: tuple[Organisation, Account], person: Person
) -> None:
    organisation, _ = harbour
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"provider_id": organisation.id}))
    overnight(circle)
    assert place(circle, organisation) == [None]
    daniel = signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/changes/{change}")
    daniel.send("withdraw")
    overnight(circle)
    assert place(circle, organisation) == [circle.first]


def test_a_provider_that_comes_back_has_a_place_again(
    circle: Circle, harbour: tuple[Organisation, Account], person: Person
) -> None:
    organisation, _ = harbour
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"provider_id": organisation.id}))
    signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/changes/{change}").send("withdraw")
    overnight(circle)
    asked(circle, circle.daniel, circle.first, (SHOWER, {"provider_id": organisation.id}))
    assert sorted(place(circle, organisation), key=str)[-1] is None


def test_a_provider_in_the_circle_before_any_plan_stays(circle: Circle, harbour: tuple[Organisation, Account]) -> None:
    organisation, _ = harbour
    with circle.coplan.open_work() as work:
        work.session.add(
            Tie(
                client_id=circle.client.id,
                relationship=Relationship.PROVIDER,
                organisation_id=organisation.id,
                starts=work.day,
            )
        )
    overnight(circle)
    assert place(circle, organisation) == [None]


def test_a_provider_that_loses_its_support_to_another_leaves_once_its_last_note_can_be_written(
    circle: Circle, harbour: tuple[Organisation, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation, ada = harbour
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"provider_id": organisation.id}))
    answered(circle, ada, change)
    everybody_agrees(circle, change)
    overnight(circle)
    assert place(circle, organisation) == [None]
    assert place(circle, circle.sunrise) == [None], "nobody has told them yet"
    with acting(circle.coplan, circle.grace) as work:
        brief = briefs.brief_for_us(work, circle.brief(circle.sunrise).id)
        plans.answer(work, brief, BriefState.CAN, "")
    overnight(circle)
    assert place(circle, circle.sunrise) == [None], "there is still time to write the last note"
    days = after(circle.first).days
    with days_later(monkeypatch, days):
        overnight(circle)
    assert place(circle, circle.sunrise) == [circle.first + timedelta(days=days)]
