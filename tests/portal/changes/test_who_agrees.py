"""Who must agree to a change is worked out from what it touches, and from nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from budgeting import programs
from budgeting.extras import Telehealth
from budgeting.money import Money
from budgeting.package import Priority, Role
from budgeting.period import Band
from portal import changes
from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource, Scope
from portal.app import Coplan
from portal.changes import answer_commands, queries
from portal.changes.edits import Move
from portal.changes.rules import relied_on, rules, touched
from portal.changes.settling import newest, worked_out
from portal.changes.states import Given, RequestState
from portal.people.model import AuthorityKind, Client
from portal.proposals.frozen import thaw
from portal.proposals.particulars import PLAIN, BandPrice, Particulars
from portal.proposals.terms import Terms
from portal.work import NotVisible
from tests.builders import (
    a_consent,
    a_nominee,
    a_restriction,
    a_tie,
    acting,
    an_account,
    an_organisation,
    reading,
    somebody_at,
)
from tests.portal.changes.asking import (
    LATER,
    LONGER,
    SHOWER,
    SWIMMING,
    a_planning_nominee,
    answered,
    asked,
    edited,
    everybody_agrees,
    parties,
    price,
    row_of,
    state_of,
)
from tests.portal.plans.people import Circle, a_circle

DATA = Path(changes.__file__).with_name("who_agrees.toml")
MEADOW = Path(__file__).parents[2] / "budgeting" / "programs" / "meadow"  # a program that no rule names
WAITING, AGREED, TOLD = Given.WAITING, Given.AGREED, Given.TOLD


def test_another_time_is_agreed_by_the_client_her_nominee_or_both_the_provider_and_the_lead(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    assert parties(circle, change) == {"mei": WAITING, "amal": WAITING, "sunrise": WAITING, "daniel": AGREED}


def test_another_price_is_not_asked_of_the_provider_of_something_else(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)))
    assert parties(circle, change) == {"mei": AGREED, "amal": WAITING, "northside": WAITING, "daniel": WAITING}


def test_a_provider_whose_support_ends_is_told_and_has_no_veto(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SHOWER, None))
    assert parties(circle, change)["sunrise"] is TOLD


def test_a_support_that_goes_to_another_provider_asks_the_new_one_and_tells_the_old_one(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SHOWER, {"provider_id": circle.northside.id}))
    found = parties(circle, change)
    assert (found["northside"], found["sunrise"]) == (WAITING, TOLD)


@pytest.mark.parametrize(
    "told, who",
    [
        (Particulars(workers=2), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(participants=3), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(bands=(BandPrice(Band.EVENING, Money(99_00)),)), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(fee=Money(1_00)), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(extras=(Telehealth(),)), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(role=Role.BACKUP), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(sought=True), {"mei", "amal", "sunrise", "daniel"}),
        (Particulars(priority=Priority.NICE), {"mei", "amal", "daniel"}),
        (Particulars(payers=("own_money",)), {"mei", "amal", "daniel"}),
    ],
)
def test_what_is_rarely_said_of_a_support_asks_those_whom_it_touches(
    circle: Circle, told: Particulars, who: set[str]
) -> None:
    assert set(parties(circle, asked(circle, circle.daniel, circle.first, (SHOWER, {"more": told})))) == who


def test_days_on_which_nobody_comes_are_agreed_by_the_provider_too(circle: Circle) -> None:
    days = Particulars(skips=(circle.first + timedelta(days=14),))
    assert "sunrise" in parties(circle, asked(circle, circle.mei, circle.first, (SHOWER, {"more": days})))


@pytest.mark.parametrize("said", [{"component": "own_money"}, {"need": "To feel fresh"}])
def test_what_a_support_is_for_and_which_money_pays_is_no_matter_of_the_provider(
    circle: Circle, said: dict[str, object]
) -> None:
    assert set(parties(circle, asked(circle, circle.daniel, circle.first, (SHOWER, said)))) == {"mei", "amal", "daniel"}


def _other(said: Any, name: str) -> Any:
    return replace(said, **{name: object()})  # only compared


def test_whatever_a_support_says_anew_somebody_has_a_say_in_it(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as work:
        plain = thaw(newest(work, circle.client.id).content).lines[0].terms
    said = [_other(plain, one.name) for one in fields(Terms) if one.name != "more"]
    said += [replace(plain, more=_other(PLAIN, one.name)) for one in fields(Particulars)]
    for other in said:
        assert touched(Move(UUID(int=1), plain, other), "ndis", costs=False, known=()), other


def test_in_a_program_that_no_rule_names_the_person_is_asked_and_nothing_counts_as_safe_to_stop(coplan: Coplan) -> None:
    meadow = programs.add(MEADOW)
    try:
        circle = a_circle(coplan)
        circle.accepted(circle.line(SHOWER, circle.sunrise, Money(68_00), support="visit"), program=meadow)
        change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
        assert parties(circle, change) == {"mei": WAITING, "sunrise": WAITING, "daniel": AGREED}
        assert relied_on(meadow, circle.line(SHOWER, circle.sunrise, Money(68_00), support="visit"))
        answered(circle, circle.grace, change)
        assert state_of(circle, change) is RequestState.OPEN
        answered(circle, circle.mei, change)
        assert state_of(circle, change) is not RequestState.OPEN
    finally:
        programs.remove(meadow)


@pytest.mark.parametrize(
    ("program", "support"),
    [
        ("ndis", "community_high"),
        ("ndis", "child_physiotherapy"),
        ("ndis", "exercise_physiology"),
        ("support_at_home", "prescribed_nutrition"),
        ("support_at_home", "nursing_consumables"),
        ("support_at_home", "respite"),
        ("support_at_home", "occupational_therapy"),
    ],
)
def test_what_a_body_relies_on_never_counts_as_safe_to_stop(program: str, support: str) -> None:
    day = date(2026, 11, 23)
    assert relied_on(program, Terms("What helps me", day, day, support=support))
    there = Terms("Taking me there", day, day, support="transport")
    assert not relied_on(program, there)
    said = replace(there, more=replace(there.more, priority=Priority.MUST))
    assert relied_on(program, there, said), "they say that it has to be there"


def test_every_support_that_touches_the_body_or_comes_into_the_home_is_one_there_is() -> None:
    for key, matters in tomllib.loads(DATA.read_text())["supports"].items():
        assert matters["confidence"] == "U", "nobody but us has read it so"
        for listed in (matters["body"], matters["home"]):
            assert [one for one in listed if programs.program(key).family(one) is None] == []


def test_a_supporter_is_never_asked_not_even_when_they_asked_for_it(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        helper = an_account(work, "Hana")
        tie = a_tie(work, circle.client, Relationship.SUPPORTER, helper)
        for part in (Resource.IDENTITY, Resource.PLAN, Resource.CHANGE):
            a_consent(work, tie, part, comments=True)
    change = asked(circle, helper, circle.first, (SHOWER, {"schedule": LATER}))
    assert set(parties(circle, change)) == {"mei", "amal", "sunrise", "daniel"}


def test_a_supporter_cannot_answer_for_the_person(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        a_consent(work, a_tie(work, circle.client, Relationship.FAMILY, circle.karim), Resource.CHANGE, comments=True)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    with pytest.raises(NotVisible), acting(circle.coplan, circle.karim) as work:
        answer_commands.answer(work, queries.rows(work, circle.client, change)[0], Given.AGREED)


def test_the_coordinator_cannot_say_yes_for_anybody_else(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SHOWER, {"schedule": LATER}))
    provider = row_of(circle, change, Relationship.PROVIDER)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        answer_commands.answer(work, provider, Given.AGREED)


def test_a_nominee_for_planning_stands_in_where_only_the_time_changes(circle: Circle) -> None:
    zara = a_planning_nominee(circle)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    with reading(circle.coplan, zara) as work:
        assert any(queries.is_mine(work, row) for row in queries.rows(work, circle.client, change))


def test_a_nominee_for_planning_is_not_asked_where_money_is_touched(circle: Circle) -> None:
    zara = a_planning_nominee(circle)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LONGER}))
    with reading(circle.coplan, zara) as work:
        assert not any(queries.is_mine(work, row) for row in queries.rows(work, circle.client, change))


def test_a_correspondence_nominee_is_never_asked(circle: Circle) -> None:
    a_planning_nominee(circle, AuthorityKind.CORRESPONDENCE_NOMINEE, Scope.INFORMATION)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    assert set(parties(circle, change)) == {"mei", "amal", "sunrise", "daniel"}


def test_somebody_from_whom_changes_are_hidden_is_not_asked(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        a_restriction(work, circle.client, circle.amal)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    assert "amal" not in parties(circle, change)


def test_the_clients_own_yes_is_enough_without_those_who_could_stand_in(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    answered(circle, circle.grace, change)
    answered(circle, circle.mei, change)
    assert state_of(circle, change) is RequestState.AGREED


def test_of_two_who_could_stand_in_both_must_say_yes(circle: Circle) -> None:
    zara = a_planning_nominee(circle)
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    answered(circle, circle.grace, change)
    answered(circle, circle.amal, change)
    assert state_of(circle, change) is RequestState.OPEN
    answered(circle, zara, change)
    assert state_of(circle, change) is RequestState.AGREED


def test_a_guardian_must_agree_even_when_the_client_has(circle: Circle) -> None:
    guardian = a_planning_nominee(circle, AuthorityKind.GUARDIAN)
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.OPEN
    answered(circle, guardian, change)
    assert state_of(circle, change) is RequestState.AGREED


def test_a_no_of_one_who_could_stand_in_stops_the_change(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    answered(circle, circle.amal, change, Given.DECLINED)
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.OPEN


def test_silence_is_never_a_yes(circle: Circle) -> None:
    change = asked(circle, circle.mei, circle.first, (SHOWER, {"schedule": LATER}))
    answered(circle, circle.daniel, change)
    assert (state_of(circle, change), parties(circle, change)["sunrise"]) == (RequestState.OPEN, WAITING)


def test_an_edit_voids_only_the_yes_whose_part_moved(circle: Circle) -> None:
    edits = ((SHOWER, {"schedule": LATER}), (SWIMMING, price(70)))
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), *edits)
    for person in (circle.grace, circle.owen, circle.mei):
        answered(circle, person, change)
    assert state_of(circle, change) is RequestState.AGREED
    edited(circle, circle.daniel, change, SWIMMING, **price(69))
    found = parties(circle, change)
    assert (found["sunrise"], found["northside"], found["mei"]) == (AGREED, WAITING, WAITING)
    assert state_of(circle, change) is RequestState.OPEN


def test_a_provider_sees_its_own_part_and_nothing_of_another_provider(circle: Circle) -> None:
    edits = ((SHOWER, {"schedule": LATER}), (SWIMMING, price(70)))
    change = asked(circle, circle.daniel, circle.first, *edits, reason="Canary reason")
    with reading(circle.coplan, circle.grace) as work:
        (own,) = queries.rows(work, circle.client, change)
        assert own.organisation_id == circle.sunrise.id
        assert SWIMMING not in own.content
        assert "Canary" not in own.content
        assert queries.request(work, circle.client, change) is None


def test_a_provider_without_a_part_in_it_finds_no_trace_of_a_change(circle: Circle) -> None:
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"schedule": LATER}))
    with reading(circle.coplan, circle.owen) as work:
        assert queries.rows(work, circle.client, change) == []
        assert queries.for_us(work) == []


def test_a_provider_without_an_account_answers_by_telephone_and_one_with_an_account_does_not(circle: Circle) -> None:
    named = {"provider_id": None, "provider_name": "Quiet Cleaning"}
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (SHOWER, named))
    with acting(circle.coplan, circle.daniel) as work:
        by_phone = next(r for r in queries.rows(work, circle.client, change) if r.provider_name)
        answer_commands.record_telephone_answer(work, by_phone, Given.AGREED, "Fine with us", "Jo")
    assert parties(circle, change)["Quiet Cleaning"] is AGREED


def test_a_new_provider_is_asked_even_when_it_does_not_know_the_person_yet(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        green = an_organisation(work, "Green Door")
        a_tie(work, circle.client, Relationship.PROVIDER, green)
        lucia = somebody_at(work, green, "Lucia")
    change = asked(circle, circle.mei, circle.first, (SHOWER, {"provider_id": green.id}))
    answered(circle, lucia, change, Given.OTHER, "Rather on Wednesdays")
    assert state_of(circle, change) is RequestState.OPEN


def test_a_nominee_who_may_not_plan_is_not_asked(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        money_only = an_account(work, "Noor")
        a_nominee(work, circle.client, money_only, Scope.MONEY)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, price(70)))
    assert set(parties(circle, change)) == {"mei", "amal", "sunrise", "daniel"}


def test_every_rule_names_its_source_and_how_sure_we_are() -> None:
    assert all(rule.source and rule.confidence in {"A", "B", "C"} for rule in rules())


def test_a_dearer_price_costs_what_it_costs_by_hand(circle: Circle) -> None:
    """From the first day, eight weeks of two visits of two hours: 32 hours, one dollar and thirteen cents less each."""
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)))
    with reading(circle.coplan, circle.mei) as work:
        effect, _, _ = worked_out(work, circle.client, queries.whole(work, circle.client, change))
    assert effect.more == Money(-32 * 1_13)


def test_those_who_must_agree_are_written_to_and_nobody_else(circle: Circle) -> None:
    folder = circle.coplan.settings.mail_folder
    before = set(folder.glob("*.eml"))
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (SWIMMING, price(70)), reason="Canary reason")
    letters = [path.read_text() for path in set(folder.glob("*.eml")) - before]
    logins = (circle.amal.login, circle.daniel.login, circle.owen.login)
    assert sorted(login for login in logins if any(login in letter for letter in letters)) == sorted(logins)
    assert len(letters) == len(logins)
    assert not any("Canary" in letter or str(change) in letter.split("http")[0] for letter in letters)


def test_a_parent_is_not_asked_from_the_day_the_child_is_eighteen(circle: Circle) -> None:
    parent = a_planning_nominee(circle, AuthorityKind.PARENT)
    birthday = circle.first + timedelta(days=7)
    birthday += timedelta(days=(birthday.month, birthday.day) == (2, 29))  # which is not in every year
    away = (birthday - circle.first).days
    with circle.coplan.open_work() as work:
        client = work.session.scalars(unscoped(select(Client), "a test writes her age")).one()
        client.born = birthday.replace(year=birthday.year - 18)
    for days, still_asked in ((away - 1, True), (away, False)):
        change = asked(circle, circle.daniel, circle.first + timedelta(days=days), (SHOWER, {"schedule": LATER}))
        with reading(circle.coplan, circle.daniel) as work:
            rows = queries.rows(work, circle.client, change)
        assert (parent.id in {row.account_id for row in rows}) is still_asked
