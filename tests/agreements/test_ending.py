"""When an agreement has ended, everybody who reads it finds what is due, by whom and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from agreements import day_commands, queries as agreed
from agreements.model import Agreement
from agreements.states import State
from budgeting.money import Money
from portal.access.scope import unscoped
from portal.accounts.model import Account
from portal.app import Coplan
from portal.db import Stale
from portal.language import show_plain
from portal.people import ahead, due
from portal.proposals import queries as proposals
from portal.work import NotVisible
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OURS, Circle, a_circle

NOTIFY, HAND_OVER = "The provider tells the agency by", "The next provider, if there is one, has the budget by"


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei with Sunrise in Support at Home; both have signed."""
    made = a_circle(coplan)
    made.accepted(made.line("Help in the shower", made.sunrise, OURS), program="support_at_home")
    _set(made, state=State.IN_FORCE, offered=True)
    return made


def _stored(circle: Circle) -> Agreement:
    with circle.coplan.open_reading() as work:
        wanted = select(Agreement).where(Agreement.provider_id == circle.sunrise.id)
        return work.session.scalars(unscoped(wanted, "a test")).one()


def _set(circle: Circle, *, offered: bool = False, **values: object) -> None:
    with circle.coplan.open_work() as work:
        signed = {"offered_at": work.now, "in_force_at": work.now} if offered else {}
        change = update(Agreement).where(Agreement.id == _stored(circle).id).values(**signed, **values)
        work.session.execute(unscoped(change, "as it is once both have signed"))


def _address(circle: Circle) -> str:
    return f"/people/{circle.client.id}/agreements/{_stored(circle).id}"


def _named(person: Person, at: str) -> list[str]:
    return [
        str(one.text_content()) for one in person.page.xpath(f"//*[@id='{at}']//dl[contains(@class, 'pairs')]/div/dt")
    ]


def _due(circle: Circle, account: Account) -> dict[str, date]:
    with reading(circle.coplan, account) as work:
        found = due.all_of(work, {circle.client.id: circle.client})
        return {show_plain(one.what): one.day for one in found if one.kind is due.Kind.AGREEMENT}


def test_whoever_ends_an_agreement_reads_before_what_is_due_then_and_afterwards_everybody_does(
    circle: Circle, person: Person
) -> None:
    mei = signed_in(person, circle.mei).open(_address(circle))
    assert NOTIFY in _named(mei, "agreement-answers")
    tom = signed_in(person.another(), circle.tom).open(_address(circle))
    assert NOTIFY not in tom.text
    mei.send("end")
    assert _stored(circle).state is State.ENDED
    for who in (circle.mei, circle.daniel, circle.tom, circle.grace):
        seen = signed_in(person.another(), who).open(_address(circle))
        assert _named(seen, "what-is-due")[:2] == [NOTIFY, HAND_OVER]
        assert "second hand" in seen.text  # how surely it is known


def test_what_is_due_after_an_end_stands_among_everything_that_is_due_and_nobody_elses(
    circle: Circle, person: Person
) -> None:
    assert not [what for what in _due(circle, circle.daniel) if NOTIFY in what]
    signed_in(person, circle.mei).open(_address(circle)).send("end")
    by = circle.first + timedelta(days=28)
    for who in (circle.mei, circle.daniel, circle.grace):
        assert [day for what, day in _due(circle, who).items() if NOTIFY in what] == [by]
    assert _due(circle, circle.owen) == {}
    assert _due(circle, circle.karim) == {}
    with reading(circle.coplan, circle.daniel) as work:
        assert ahead.next_days(work, [circle.client.id], circle.first)[circle.client.id][0] == by


def test_an_agreement_that_ran_out_is_counted_from_its_last_day(circle: Circle) -> None:
    last = circle.first - timedelta(days=10)
    _set(circle, starts=last - timedelta(days=30), ends=last)
    found = _due(circle, circle.daniel)
    assert [day for what, day in found.items() if NOTIFY in what] == [last + timedelta(days=28)]


def test_where_no_rule_is_known_nothing_is_said_to_be_due(circle: Circle, person: Person) -> None:
    _set(circle, program="ndis")
    mei = signed_in(person, circle.mei).open(_address(circle))
    assert NOTIFY not in mei.text
    mei.send("end")
    assert not mei.open(_address(circle)).page.xpath("//*[@id='what-is-due']")
    assert not [what for what in _due(circle, circle.daniel) if NOTIFY in what]


def test_nothing_is_due_while_another_agreement_with_the_same_provider_goes_on(circle: Circle, person: Person) -> None:
    former, address = _stored(circle), _address(circle)
    with reading(circle.coplan, circle.mei) as work:
        accepted = proposals.proposal(work, circle.client, former.proposal_id)
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    with circle.coplan.open_work() as work:
        values = {"state": State.IN_FORCE, "offered_at": work.now, "in_force_at": work.now}
        signed = update(Agreement).where(Agreement.id != former.id).values(**values)
        work.session.execute(unscoped(signed, "as it is once both have signed"))
    mei = signed_in(person, circle.mei).open(address).send("end")
    assert "This agreement has ended" in mei.open(address).text
    assert not mei.page.xpath("//*[@id='what-is-due']")
    assert not [what for what in _due(circle, circle.daniel) if NOTIFY in what]


def _tick(seen: Person, what: str, day: date) -> Person:
    return seen.send(_form(seen, f"day-{what}"), done_on=day.isoformat())


def _form(seen: Person, beginning: str) -> str:
    (found,) = seen.page.xpath(f"//form[starts-with(@id, '{beginning}-')]/@id")
    return str(found)


def test_what_was_due_and_is_done_goes_out_of_every_list_until_it_is_taken_back(circle: Circle, person: Person) -> None:
    mei = signed_in(person, circle.mei).open(_address(circle)).send("end").open(_address(circle))
    _tick(mei, "notify", circle.first)
    (card,) = mei.open(_address(circle)).page.xpath("//*[@id='what-is-due']")
    assert "Mei Chen" in card.text_content()
    daniel = signed_in(person.another(), circle.daniel)
    assert not [what for what in _due(circle, circle.daniel) if NOTIFY in what]
    assert [what for what in _due(circle, circle.daniel) if HAND_OVER in what]
    assert NOTIFY not in daniel.open("/due").text
    with reading(circle.coplan, circle.daniel) as work:
        _, what = ahead.next_days(work, [circle.client.id], circle.first)[circle.client.id]
        assert NOTIFY not in show_plain(what)
    assert "is done" in mei.open(f"/people/{circle.client.id}/history").text
    daniel.open(_address(circle)).send(_form(daniel, "again-notify"))
    assert [what for what in _due(circle, circle.mei) if NOTIFY in what]
    assert _form(daniel.open(_address(circle)), "day-notify")


def test_looking_at_an_agreement_again_can_be_done_while_it_is_in_force(circle: Circle, person: Person) -> None:
    looked_at = "An agreement is looked at again"
    assert looked_at in _due(circle, circle.mei)
    daniel = signed_in(person, circle.daniel).open(_address(circle))
    _tick(daniel, "review", circle.first)
    for who in (circle.mei, circle.daniel, circle.grace):
        assert looked_at not in _due(circle, who)


def test_only_who_decides_and_the_lead_say_that_something_is_done(circle: Circle, person: Person) -> None:
    for who in (circle.tom, circle.grace, circle.karim, circle.owen):
        seen = signed_in(person.another(), who).open(_address(circle))
        assert not seen.page.xpath("//form[starts-with(@id, 'day-review')]")
    for refused in (circle.tom, circle.grace):
        with acting(circle.coplan, refused) as work:
            found = agreed.one(work, circle.client.id, _stored(circle).id)
            with pytest.raises(NotVisible):
                day_commands.note_done(work, found, f"review-{found.id}", found.review, circle.first)
    assert "An agreement is looked at again" in _due(circle, circle.mei)


def test_a_day_is_done_once_and_not_on_a_day_to_come(circle: Circle, person: Person) -> None:
    mei, daniel = signed_in(person, circle.mei), signed_in(person.another(), circle.daniel)
    mei.open(_address(circle))
    daniel.open(_address(circle))
    assert _tick(mei, "review", circle.first + timedelta(days=1)).status == 422
    assert _tick(mei.open(_address(circle)), "review", date(1900, 1, 1)).status == 422
    assert "Choose a day from" in mei.text
    _tick(mei.open(_address(circle)), "review", circle.first)
    assert _tick(daniel, "review", circle.first).status == 409
    with acting(circle.coplan, circle.mei) as work:
        found = agreed.one(work, circle.client.id, _stored(circle).id)
        with pytest.raises(Stale):
            day_commands.note_done(work, found, f"notify-{found.provider_id}", circle.first, circle.first)


def test_what_nobody_said_was_done_stays_due_for_four_weeks_after_its_day(circle: Circle) -> None:
    for weeks, stands in ((4, True), (5, False)):
        last = circle.first - timedelta(days=28, weeks=weeks)
        _set(circle, starts=last - timedelta(days=30), ends=last)
        found = [what for what in _due(circle, circle.daniel) if NOTIFY in what]
        assert bool(found) is stands
        with reading(circle.coplan, circle.daniel) as work:
            coming = ahead.next_days(work, [circle.client.id], circle.first)
            assert coming[circle.client.id][0] >= circle.first
