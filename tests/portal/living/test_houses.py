"""A shared house through HTTP: consent first, one roster for all, and nobody reads another's money or name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from budgeting.money import Money, total
from budgeting.package import Management
from budgeting.period import Period
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account, OrganisationKind
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms
from portal.living import commands as living, house_commands as commands, houses, queries
from portal.living.commands import MissedVisit, StayTerms
from portal.living.house_commands import HouseTerms, ShiftTerms
from portal.living.model import House, Residency
from portal.living.states import StayState, Who
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work
from tests.builders import (
    a_client,
    a_consent,
    a_restriction,
    a_tie,
    acting,
    an_account,
    an_organisation,
    reading,
    signed_in,
)
from tests.person import Person
from tests.portal.plans.people import OURS, Circle, a_circle

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MORNING = ShiftTerms(EVERY_DAY, time(7), time(9), 1)


@dataclass(frozen=True)
class Home:
    """Mei and Nora in one house, each with their own coordinator, and one person more who is not in the portal."""

    circle: Circle
    house: House
    nora: Account
    nora_client: Client
    mine: Residency
    hers: Residency


@pytest.fixture
def home(coplan: Coplan) -> Home:
    circle = a_circle(coplan)
    with coplan.open_work() as work:
        nora = an_account(work, "Nora Canary")
        nora_client = a_client(work, "Nora Canary", account=nora)
        a_tie(work, nora_client, Relationship.LEAD, circle.daniel)
        a_tie(work, nora_client, Relationship.PROVIDER, circle.sunrise)
    terms = HouseTerms("Banksia House", 4, 1, circle.sunrise.id, "Canary Lane 7")
    with acting(coplan, circle.daniel) as work:
        mine = commands.begin_house(work, circle.client, terms, circle.first, "shared_living")
        house = work.session.get(House, mine.house_id)
        assert house is not None
        hers = commands.ask_to_live(work, nora_client, house, circle.first, "shared_living")
    return Home(circle, house, nora, nora_client, mine, hers)


def _fresh(work: Work, home: Home, row: Residency) -> Residency:
    """The same row in this unit of work, as its reader finds it."""
    whose = home.circle.client if row.id == home.mine.id else home.nora_client
    return houses.residency(work, whose, row.id)[0]


def _say(home: Home, account: Account, row: Residency, *, name: bool = False, agreed: bool = True) -> None:
    with acting(home.circle.coplan, account) as work:
        commands.answer(work, _fresh(work, home, row), agreed=agreed, shows_name=name)


def _everybody_agrees(home: Home, *, named: bool = False) -> None:
    _say(home, home.circle.mei, home.mine)
    _say(home, home.nora, home.hers, name=named)
    with acting(home.circle.coplan, home.circle.daniel) as work:
        found, row = houses.through(work, home.house.id)
        commands.save_shift(work, row, found, None, MORNING)


def test_before_a_person_has_said_yes_nobody_else_knows_of_them(person: Person, home: Home) -> None:
    circle = home.circle
    _say(home, circle.mei, home.mine)
    roster = f"/houses/{home.house.id}"
    mei = signed_in(person, circle.mei).open(roster)
    assert "2 people live there" in mei.text  # Mei and the one who is not in the portal
    grace = signed_in(person.another(), circle.grace)
    assert "Banksia House" in grace.open("/houses").text
    assert "Nora" not in grace.open(roster).answer.text
    assert signed_in(person.another(), circle.owen).open(roster).status == 404
    assert signed_in(person.another(), circle.karim).open(roster).status == 404


def test_the_provider_sees_a_house_only_once_somebody_has_agreed(person: Person, home: Home) -> None:
    grace = signed_in(person, home.circle.grace)
    assert "Banksia House" not in grace.open("/houses").text
    assert grace.open(f"/houses/{home.house.id}").status == 404


def test_each_reads_their_own_part_and_no_name_that_was_not_agreed(person: Person, home: Home) -> None:
    _everybody_agrees(home)
    mei = signed_in(person, home.circle.mei).open(f"/people/{home.circle.client.id}/house")
    assert "What your part costs" in mei.text
    assert "Canary Lane 7" in mei.text
    roster = mei.open(f"/houses/{home.house.id}")
    assert "Nora" not in roster.answer.text
    assert "Housemate" in roster.text
    assert "$" not in roster.text
    assert "One worker for 3 people" in roster.text
    grace = signed_in(person.another(), home.circle.grace).open(f"/houses/{home.house.id}")
    for secret in ("Nora", "Mei", "$"):
        assert secret not in grace.page.xpath("string(//main)")


def test_a_name_is_shown_where_it_was_agreed_but_never_to_somebody_it_is_hidden_from(home: Home) -> None:
    _everybody_agrees(home, named=True)
    circle = home.circle
    with reading(circle.coplan, circle.mei) as work:
        names = [getattr(one.name, "text", "") for one in houses.housemates(work, home.house)]
    assert sorted(names) == ["Mei Chen", "Nora Canary"]
    with circle.coplan.open_work() as work:
        a_restriction(work, home.nora_client, circle.mei)
    with reading(circle.coplan, circle.mei) as work:
        names = [getattr(one.name, "text", "") for one in houses.housemates(work, home.house)]
    assert sorted(names) == ["Housemate {n}", "Mei Chen"]


def test_the_provider_keeps_the_roster_by_half_hours_and_copies_a_day(person: Person, home: Home) -> None:
    _everybody_agrees(home)
    grace = signed_in(person, home.circle.grace).open(f"/houses/{home.house.id}")
    grace.send("row", weekdays=["0"], begins="15:15", finishes="22:00", workers="1", who="everyone")
    assert grace.status == 422
    assert "half-hours" in grace.text
    grace.send("row", weekdays=["0"], begins="15:00", finishes="22:00", workers="1", who="everyone")
    assert "Nobody's plan has changed" in grace.text
    grace.send("copy", source="0", targets=["1", "2"])
    assert "alike now" in grace.text
    with reading(home.circle.coplan, home.circle.mei) as work:
        found = houses.roster_of(work, home.house).on(home.circle.first)
    assert [(row.begins_at.hour, plain.weekdays) for row, plain in found] == [(7, EVERY_DAY), (15, (0, 1, 2))]
    assert (
        "Changed the roster"
        in signed_in(person.another(), home.nora).open(f"/people/{home.nora_client.id}/history").text
    )


def test_a_client_answers_on_their_own_page_and_can_take_it_back(person: Person, home: Home) -> None:
    place = f"/people/{home.circle.client.id}/house"
    mei = signed_in(person, home.circle.mei).open(place)
    mei.send(f"answer-{home.mine.id}", answer="name")
    assert "Agreed" in mei.text
    mei.send(f"answer-{home.mine.id}", answer="no")
    assert "Said no" in mei.text
    assert mei.open(f"/houses/{home.house.id}").status == 404


def test_nobody_can_agree_for_somebody_else_and_no_place_is_given_twice(home: Home) -> None:
    circle = home.circle
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        commands.answer(work, _fresh(work, home, home.mine), agreed=True, shows_name=True)
    with acting(circle.coplan, circle.daniel) as work:
        found, row = houses.through(work, home.house.id)
        commands.change_house(work, row, found, HouseTerms("Banksia House", 2, 1, circle.sunrise.id))
    _say(home, circle.mei, home.mine)
    with pytest.raises(Refusal, match="Every place"):
        _say(home, home.nora, home.hers)


def test_who_moves_out_is_no_longer_counted_from_the_day_after(home: Home) -> None:
    _everybody_agrees(home)
    circle = home.circle
    with acting(circle.coplan, circle.daniel) as work:
        commands.move_out(work, _fresh(work, home, home.hers), circle.first + timedelta(days=30))
    with reading(circle.coplan, circle.mei) as work:
        assert len(houses.housemates(work, home.house)) == 2
    with circle.coplan.open_reading() as work:
        work.now += timedelta(days=40)
        assert len(houses.housemates(work, home.house)) == 1


def test_on_any_day_the_roster_counts_those_who_live_there_then(person: Person, home: Home) -> None:
    _everybody_agrees(home)
    circle = home.circle
    last = circle.first + timedelta(days=30 - circle.first.weekday())  # a Wednesday: its week has days of both
    with acting(circle.coplan, circle.daniel) as work:
        commands.move_out(work, _fresh(work, home, home.hers), last)
    mei = signed_in(person, circle.mei)

    def ratios(day: date) -> set[str]:
        page = mei.open(f"/houses/{home.house.id}?day={day}")
        return {text for text in ("for 1 person", "for 2 people", "for 3 people") if f"One worker {text}" in page.text}

    assert ratios(last) == {"for 3 people", "for 2 people"}
    assert ratios(last + timedelta(days=7)) == {"for 2 people"}
    assert "2 places are free" in mei.text
    assert ratios(circle.first - timedelta(days=30)) == {"for 1 person"}  # before both, only who is not in the portal
    later = mei.open(f"/people/{circle.client.id}/house?day={last + timedelta(days=7)}")
    assert "A week with every place taken" in later.text
    assert mei.open(f"/houses/{home.house.id}?day=soon").status == 200


def test_the_year_of_a_person_is_dearer_from_the_day_on_which_somebody_else_moves_out(home: Home) -> None:
    _everybody_agrees(home)
    circle = home.circle
    with acting(circle.coplan, circle.daniel) as work:
        commands.move_out(work, _fresh(work, home, home.hers), circle.first + timedelta(days=30))
    with reading(circle.coplan, circle.daniel) as work:
        mine, known = _fresh(work, home, home.mine), houses.roster_of(work, home.house)
        costs = [houses.costs(work, circle.client, mine, known, circle.first + timedelta(days=n)).now for n in (0, 40)]
        three, two = costs[0].week.value, costs[1].week.value
        first, second = costs[0].whole.parts
    assert isinstance(three, Money)
    assert isinstance(two, Money)
    assert two > three
    assert costs[0].whole.value == total([part.value for part in (first, second) if isinstance(part.value, Money)])


def test_a_house_that_is_not_in_the_plan_is_not_counted_in_how_long_the_money_lasts_and_that_is_said(
    person: Person, home: Home
) -> None:
    circle, not_counted = home.circle, "What this house costs is not in the plan yet"
    _everybody_agrees(home)
    with acting(circle.coplan, circle.mei) as work:
        year = Letter(NDIS, circle.first, circle.first + timedelta(days=364))
        letter = funding.type_letter(work, circle.client, year)
        core = Terms("Core supports", Management.SELF, ("01", "02", "03", "04"), Money(50_000_00), key="core")
        funding.add_part(work, letter, core)
    shower = circle.line("Help in the shower", circle.sunrise, OURS, support="self_care", component="core")
    before = circle.accepted(shower)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/house")
    assert "Your money lasts until" in mei.text
    assert not_counted in mei.text
    daniel = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}/house")
    assert "Your money" not in daniel.text
    assert "The money lasts until" in daniel.text
    circle.goes_on_with(before, "Help in the shower", support="shared_living")
    assert not_counted not in mei.open(f"/people/{circle.client.id}/house").text


def test_where_a_person_lives_is_read_only_by_who_may_read_their_address(person: Person, home: Home) -> None:
    _everybody_agrees(home)
    circle = home.circle
    with circle.coplan.open_work() as work:
        brother = an_account(work, "Noah Canary")
        tie = a_tie(work, home.nora_client, Relationship.FAMILY, brother)
        for part in (Resource.IDENTITY, Resource.PLAN):
            a_consent(work, tie, part)
    page = f"/people/{home.nora_client.id}/house"
    noah = signed_in(person, brother).open(page)
    assert "Banksia House" in noah.text
    assert "Canary Lane" not in noah.answer.text
    with circle.coplan.open_work() as work:
        a_consent(work, tie, Resource.CONTACT)
    assert "Canary Lane 7" in noah.open(page).text


def test_who_was_only_asked_does_not_open_the_house_of_those_who_live_there(home: Home) -> None:
    circle = home.circle
    with circle.coplan.open_work() as work:
        priya = an_account(work, "Priya Other")
        a_tie(work, home.nora_client, Relationship.LEAD, priya)
    with reading(circle.coplan, priya) as work:  # nobody lives there yet: whoever asked writes the roster down
        assert houses.through(work, home.house.id)
    _say(home, circle.mei, home.mine, name=True)
    for action in (Action.READ, Action.WRITE):
        with pytest.raises(NotVisible), reading(circle.coplan, priya) as work:
            houses.through(work, home.house.id, action)
    _say(home, home.nora, home.hers)
    with reading(circle.coplan, priya) as work:
        assert houses.through(work, home.house.id, Action.WRITE)


def test_after_the_last_day_a_house_is_closed_to_who_moved_out_and_the_place_is_free(home: Home) -> None:
    _everybody_agrees(home)
    circle = home.circle
    with acting(circle.coplan, circle.daniel) as work:
        commands.move_out(work, _fresh(work, home, home.hers), circle.first + timedelta(days=30))
    later = timedelta(days=40)
    with reading(circle.coplan, home.nora) as work:
        work.now += later
        with pytest.raises(NotVisible):
            houses.through(work, home.house.id)
    with acting(circle.coplan, circle.daniel) as work:
        commands.move_out(work, _fresh(work, home, home.mine), circle.first + timedelta(days=30))
    with reading(circle.coplan, circle.grace) as work:
        assert houses.for_us(work)
    with reading(circle.coplan, circle.grace) as work:
        work.now += later
        assert not houses.for_us(work)


def test_only_a_provider_of_the_directory_is_named_as_one(person: Person, home: Home) -> None:
    circle = home.circle
    with circle.coplan.open_work() as work:
        manager = an_organisation(work, "Clear Canary", OrganisationKind.PLAN_MANAGER)
    daniel = signed_in(person, circle.daniel)
    first, last = str(circle.first), str(circle.first + timedelta(days=2))
    for other in (manager.id, uuid4()):
        home_page = daniel.open(f"/people/{circle.client.id}/house")
        home_page.send("house-new", name="Elsewhere", places=3, provider=other, moves_in=first)
        assert daniel.status == 422
        told = MissedVisit("Shower", circle.first, time(9), 60, Who.PROVIDER, provider_id=other)
        with pytest.raises(Refusal, match="one of the answers"), acting(circle.coplan, circle.daniel) as work:
            living.note_missed(work, circle.client, told, charged=False)
        daniel.open(f"/people/{circle.client.id}/respite").send(
            "plan-stay", place="By the sea", provider=other, arrives=first, leaves=last
        )
        assert daniel.status == 422


def test_half_hours_count_one_less_while_a_housemate_is_away_and_the_place_stays_theirs(
    person: Person, home: Home
) -> None:
    _everybody_agrees(home)
    monday = home.circle.first + timedelta(days=-home.circle.first.weekday() % 7 + 7)
    page = f"/people/{home.circle.client.id}/house?day={monday}"
    with acting(home.circle.coplan, home.nora) as work:
        stay = living.plan_stay(work, home.nora_client, StayTerms("Canary lake", monday, monday + timedelta(days=2)))
    assert _people(home, monday) == [3, 3, 3, 3, 3, 3, 3]
    assert "away" not in signed_in(person, home.circle.mei).open(page).page.text_content()
    with acting(home.circle.coplan, home.nora) as work:
        living.move_stay(work, queries.stay(work, home.nora_client, stay.id), StayState.BOOKED)
    assert _people(home, monday) == [2, 2, 3, 3, 3, 3, 3]
    with reading(home.circle.coplan, home.circle.mei) as work:
        known = houses.roster_of(work, home.house)
        assert (known.taken(monday), known.free(monday)) == (3, 1)
        assert len(known.stretches(Period(monday, monday + timedelta(days=6)))) == 1
    shown = signed_in(person, home.circle.mei).open(page).page.text_content()
    assert "1 person is away. Their place stays theirs." in shown
    assert "Canary lake" not in shown
    assert "One worker for 2 people" in shown


def _people(home: Home, monday: date) -> list[int]:
    """How many people there are in the mornings of a week."""
    with reading(home.circle.coplan, home.circle.mei) as work:
        week = houses.roster_of(work, home.house).week(monday)
        return [one.cell.people for one in week if one.first == 7 * 60]
