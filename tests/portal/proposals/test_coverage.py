"""What a provider cannot do is said beside the line, with the day on which it was last confirmed; the line stays."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from portal.accounts import coverage
from portal.accounts.model import Account, Membership, Role
from portal.app import Coplan
from portal.proposals import queries
from portal.work import NotVisible
from tests.builders import acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle

KINDS = {"provider_elsewhere", "provider_other_days", "provider_language"}


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    made = a_circle(coplan)
    made.add(provider_id=made.sunrise.id)  # Monday and Wednesday, in New South Wales
    return made


def said(circle: Circle) -> dict[str, str]:
    with reading(circle.coplan, circle.mei) as work:
        quote = queries.draft(work, circle.client, circle.fresh(work)).quote
        assert quote.amount.minor == 8 * 136_00  # whatever is said of it
        return {one.kind: one.words.text for one in quote.findings if one.kind in KINDS}


def grace(circle: Circle) -> Account:
    with circle.coplan.open_work() as work:
        account = an_account(work, "Grace Tan")
        starts = date(2026, 1, 1)
        work.session.add(
            Membership(
                account_id=account.id, organisation_id=circle.sunrise.id, role=Role.PROVIDER_STAFF, starts=starts
            )
        )
    return account


def test_a_provider_who_told_nothing_is_not_found_wanting(circle: Circle) -> None:
    assert said(circle) == {}


def test_a_provider_confirms_what_it_can_do_and_the_plan_says_what_does_not_fit(person: Person, circle: Circle) -> None:
    hers = signed_in(person, grace(circle)).open("/coverage")
    hers.send(f"coverage-{circle.sunrise.id}", states=["NSW"], weekdays=["0", "1"], languages=["ar"])
    assert set(said(circle)) == {"provider_other_days", "provider_language"}
    mei = signed_in(person.another(), circle.mei).open(circle.address)
    assert "does not come on Wednesday, as last confirmed on" in mei.text


def test_before_a_yes_as_many_things_are_to_look_at_as_in_the_draft(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, grace(circle)) as work:
        coverage.confirm(work, circle.sunrise.id, 1, ("NSW",), (0, 1), ("ar",))
    mei = signed_in(person, circle.mei)
    told = [
        mei.open(circle.address + page).page.xpath("//main//a[contains(@href, '/check')]") for page in ("", "/accept")
    ]
    # two of the provider, no goal, and nobody agreed that it is told anything
    assert [one.text_content() for (one,) in told] == ["4 things to look at"] * 2
    assert len(mei.open(circle.address + "/check").page.xpath("//ul[@class='findings']/li")) == 4


def test_a_provider_in_another_state_is_said_and_stays_in_the_plan(circle: Circle) -> None:
    with acting(circle.coplan, grace(circle)) as work:
        coverage.confirm(work, circle.sunrise.id, 1, ("WA",), (), ())
    assert set(said(circle)) == {"provider_elsewhere"}


def test_nobody_confirms_for_a_provider_they_do_not_work_for(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work, pytest.raises(NotVisible):
        coverage.confirm(work, circle.sunrise.id, 1, ("NSW",), (), ())
    with acting(circle.coplan, grace(circle)) as work, pytest.raises(NotVisible):
        coverage.confirm(work, uuid4(), 1, ("NSW",), (), ())
    assert signed_in(person, circle.mei).open("/coverage").status == 404
