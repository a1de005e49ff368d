"""An urgent change begins at once, is announced to end, and never ends a support in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship, Scope
from portal.accounts.model import Account
from portal.changes import answer_commands, commands, effect_commands, queries
from portal.changes.model import ChangeRequest
from portal.changes.rules import days_without_all, remind_days_before
from portal.changes.settling import tell_parties
from portal.changes.states import Given, RequestState
from portal.jobs import run_now
from portal.people.model import AuthorityKind
from portal.plans import commands as plan_commands, queries as plans
from portal.plans.narrowed import the_line
from portal.plans.states import BriefState
from portal.work import NotVisible, Refusal
from tests.builders import a_restriction, a_tie, acting, an_account, an_authority, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import (
    LATER,
    LONGER,
    SHOWER,
    SWIMMING,
    _edit,
    answered,
    days_later,
    line_of,
    number_of_versions,
    parties,
    plan_of,
    price,
    row_of,
    state_of,
)
from tests.portal.plans.people import OURS, Circle

DAYS = days_without_all()


def asked_urgently(circle: Circle, *edits: tuple[str, Mapping[str, object] | None]) -> UUID:
    """Daniel asks, from today on; his own yes is in it."""
    with acting(circle.coplan, circle.daniel) as work:
        request = commands.start(work, circle.client, "She fell on Sunday", circle.first, urgent=True)
        for name, changes in edits:
            _edit(work, request, line_of(circle, name), changes)
        commands.ask(work, request)
    return request.id


def running(circle: Circle) -> UUID:
    """Longer showers and cheaper swimming, which hold for now: a guardian has not answered."""
    with circle.coplan.open_work() as work:
        for name in ("Zara Chen", "Hugo Chen"):
            tie = a_tie(work, circle.client, Relationship.AUTHORITY, an_account(work, name))
            an_authority(work, tie, *Scope, kind=AuthorityKind.GUARDIAN)
        guardian = an_account(work, "Ida Chen")
        an_authority(
            work, a_tie(work, circle.client, Relationship.AUTHORITY, guardian), *Scope, kind=AuthorityKind.GUARDIAN
        )
    change = asked_urgently(circle, (SHOWER, {"schedule": LONGER}), (SWIMMING, price(70)))
    for who in (circle.mei, circle.grace, circle.owen):
        answered(circle, who, change)
    assert state_of(circle, change) is RequestState.OPEN, "one of those who decide by law must say yes first"
    answered(circle, guardian, change)
    return change


def each_morning(circle: Circle) -> None:
    run_now("changes.new_day", {}, circle.coplan)
    run_now("changes.watch", {}, circle.coplan)
    circle.coplan.jobs.run_waiting()


def found(circle: Circle, change: UUID) -> ChangeRequest:
    with reading(circle.coplan, circle.daniel) as work:
        return queries.whole(work, circle.client, change)


def letters(circle: Circle) -> int:
    return len(list(circle.coplan.settings.mail_folder.glob("*.eml")))


def test_it_begins_with_those_whose_yes_cannot_wait_and_holds_until_a_named_day(circle: Circle) -> None:
    change = running(circle)
    assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.RUNNING, 2)
    assert found(circle, change).ratify_by == circle.first + timedelta(days=DAYS)
    assert plan_of(circle).line(line_of(circle, SHOWER)).terms.schedule == LONGER


def test_it_does_not_begin_without_the_client_or_the_one_who_does_the_work(circle: Circle) -> None:
    change = asked_urgently(circle, (SHOWER, {"schedule": LATER}))
    answered(circle, circle.mei, change)
    assert state_of(circle, change) is RequestState.OPEN
    answered(circle, circle.grace, change)
    assert state_of(circle, change) is RequestState.DONE, "then everybody has agreed"


def test_everybody_is_reminded_before_its_last_day_and_once_only(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(circle)
    for days in remind_days_before():
        with days_later(monkeypatch, DAYS - days):
            before = letters(circle)
            each_morning(circle)
            once = letters(circle)
            each_morning(circle)
        assert once > before
        assert letters(circle) == once


def test_what_is_relied_on_goes_on_after_its_last_day_and_the_rest_goes_back(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing says what kind of support these are, so both may be relied on: neither is touched."""
    change = running(circle)
    with days_later(monkeypatch, DAYS):
        each_morning(circle)
        assert state_of(circle, change) is RequestState.RUNNING, "its last day belongs to it"
    with days_later(monkeypatch, DAYS + 1):
        each_morning(circle)
        assert state_of(circle, change) is RequestState.LAPSED
        assert number_of_versions(circle) == 2
        with reading(circle.coplan, circle.daniel) as work:
            (step,) = [s for _, s in queries.what_waits(work, {circle.client.id: circle.client}) if s.urgent]
        assert step.yours


def test_a_person_decides_that_it_goes_on_or_that_all_is_as_before(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = running(circle)
    with days_later(monkeypatch, DAYS + 1):
        each_morning(circle)
        with acting(circle.coplan, circle.daniel) as work:
            request = queries.whole(work, circle.client, change)
            effect_commands.decide(work, request, goes_on=True, said="The hospital wants six more weeks")
        assert state_of(circle, change) is RequestState.RUNNING
        with acting(circle.coplan, circle.mei) as work:
            request = queries.whole(work, circle.client, change)
            effect_commands.decide(work, request, goes_on=False, said="I am well again")
        assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.ENDED, 3)
        terms = plan_of(circle).line(line_of(circle, SHOWER)).terms
        assert (terms.price, terms.schedule) != (OURS, LONGER)


STAND_IN = "Somebody else for the shower"


def moved_to_the_other_provider(circle: Circle, *, as_another_line: bool) -> UUID:
    """Urgently, Northside does the shower instead of Sunrise: the same line, or another one in its place."""
    with circle.coplan.open_work() as work:
        a_tie(work, circle.client, Relationship.LEAD, an_account(work, "Priya Nair"))
    with acting(circle.coplan, circle.daniel) as work:
        request = commands.start(work, circle.client, "Nobody can come", circle.first, urgent=True)
        if as_another_line:
            _edit(work, request, line_of(circle, SHOWER), None)
            commands.edit_line(work, request, uuid4(), circle.line(STAND_IN, circle.northside, OURS))
        else:
            _edit(work, request, line_of(circle, SHOWER), {"provider_id": circle.northside.id})
        commands.ask(work, request)
    for who in (circle.mei, circle.owen):
        answered(circle, who, request.id)
    assert state_of(circle, request.id) is RequestState.RUNNING
    reads(circle, circle.grace)  # that her part ends
    return request.id


def showers(circle: Circle) -> list[UUID | None]:
    """Who does the shower now."""
    with reading(circle.coplan, circle.mei) as work:
        going = plans.going_on(work, circle.client)
        return [part.provider_id for part in going if the_line(part.content).name in (SHOWER, STAND_IN)]


def reads(circle: Circle, who: Account) -> None:
    provider = circle.sunrise if who is circle.grace else circle.northside
    brief = circle.brief(provider)
    with acting(circle.coplan, who) as work:
        plan_commands.answer(work, plans.brief_for_us(work, brief.id), BriefState.CAN, "")


@pytest.mark.parametrize("as_another_line", [False, True])
@pytest.mark.parametrize("first", ["grace", "owen"])
def test_taking_a_moved_support_back_leaves_no_gap_whoever_reads_first(
    circle: Circle, first: str, as_another_line: bool
) -> None:
    change = moved_to_the_other_provider(circle, as_another_line=as_another_line)
    assert showers(circle) == [circle.northside.id]
    with acting(circle.coplan, circle.mei) as work:
        request = queries.whole(work, circle.client, change)
        effect_commands.decide(work, request, goes_on=False, said="Sunrise can come again")
    assert showers(circle) == [circle.northside.id], "nobody has read it yet"
    in_turn = [circle.grace, circle.owen]
    for who in in_turn if first == "grace" else reversed(in_turn):
        reads(circle, who)
        assert showers(circle), "somebody does it at every moment"
    assert showers(circle) == [circle.sunrise.id]


def test_neither_a_provider_nor_somebody_without_a_say_decides_about_it(circle: Circle) -> None:
    change = running(circle)
    for who in (circle.grace, circle.tom, circle.karim):
        with pytest.raises(NotVisible), acting(circle.coplan, who) as work:
            effect_commands.decide(work, found(circle, change), goes_on=False, said="No")


def test_a_yes_of_everybody_while_it_holds_lets_it_stay(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        second = an_account(work, "Priya Nair")
        a_tie(work, circle.client, Relationship.LEAD, second)
    change = asked_urgently(circle, (SHOWER, {"schedule": LATER}))
    answered(circle, circle.mei, change)
    answered(circle, circle.grace, change)
    assert state_of(circle, change) is RequestState.RUNNING
    answered(circle, second, change)
    assert (state_of(circle, change), number_of_versions(circle)) == (RequestState.DONE, 2)


def test_a_word_on_the_telephone_lets_it_begin_and_is_confirmed_later(circle: Circle, person: Person) -> None:
    change = asked_urgently(circle, (SHOWER, {"schedule": LATER}))
    answered(circle, circle.grace, change)
    with acting(circle.coplan, circle.daniel) as work:
        row = next(r for r in queries.rows(work, circle.client, change) if r.party is Relationship.CLIENT)
        answer_commands.record_telephone_answer(work, row, Given.AGREED, "Yes, please do", "Mei", circle.first)
    assert state_of(circle, change) is RequestState.RUNNING
    page = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}")
    assert "You said this on the telephone. Please confirm it here" in page.text
    (form,) = page.page.xpath("//form[.//button[@value='agreed']][not(ancestor::details)]/@id")
    page.send(form, press="given=agreed")
    assert state_of(circle, change) is RequestState.DONE


def test_nobody_writes_down_another_day_of_a_call_than_one_gone_by(circle: Circle) -> None:
    change = asked_urgently(circle, (SHOWER, {"schedule": LATER}))
    row = row_of(circle, change, Relationship.CLIENT)
    tomorrow = circle.first + timedelta(days=1)
    with pytest.raises(Refusal), acting(circle.coplan, circle.daniel) as work:
        answer_commands.record_telephone_answer(work, row, Given.AGREED, "Yes", "Mei", tomorrow)
    assert parties(circle, change)["mei"] is Given.WAITING


def test_the_page_says_until_when_what_goes_on_and_who_has_not_answered(circle: Circle, person: Person) -> None:
    change = running(circle)
    page = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}")
    for words in ("This holds for now, until", "It never just stops", "Not answered yet", "End it before that day"):
        assert words in page.text
    his = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}/changes/{change}")
    assert "everything goes on as it is until then" not in his.text
    person.send("decide", goes_on="back", said="")
    assert (person.status, "so that everybody can understand it" in person.text) == (422, True)


def test_a_provider_does_not_read_which_supports_of_others_go_on(circle: Circle, person: Person) -> None:
    change = running(circle)
    owen = signed_in(person, circle.owen).open(f"/people/{circle.client.id}/changes/{change}")
    assert owen.status == 200
    assert SWIMMING in owen.text
    assert SHOWER not in owen.answer.text
    grace = signed_in(person.another(), circle.grace).open(f"/people/{circle.client.id}/changes/{change}")
    assert f"{SHOWER} goes on as it is" in grace.text


def test_whoever_the_person_is_hidden_from_gets_no_letter_about_a_change(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        a_restriction(work, circle.client, circle.grace)
    letters: list[object] = []
    change = asked_urgently(circle, (SHOWER, {"schedule": LONGER}))
    with circle.coplan.open_work() as work:
        wanted = select(ChangeRequest).where(ChangeRequest.id == change)
        request = work.session.scalars(unscoped(wanted, "a test")).one()
        work.later = lambda _job, **ids: letters.append(ids["account_id"])  # type: ignore[method-assign]  # who is told
        tell_parties(work, request, *Given)
    assert circle.mei.id in letters
    assert circle.grace.id not in letters
