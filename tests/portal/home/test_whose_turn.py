"""The first page and the overview say what is next and whose turn it is, the reader's own first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements import commands as agreements, document, queries as agreed
from budgeting.money import Money
from feedback import commands as feedback, handling_commands, queries as told
from feedback.commands import Telling
from feedback.states import Danger, Kind
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account, OrganisationKind, Role
from portal.app import Coplan
from portal.changes.states import Given
from portal.goals import commands as goals
from portal.home import waiting
from portal.payments import commands as payments
from portal.people import next_steps
from portal.people.model import Client
from portal.plans import commands as plans, queries as briefs
from portal.plans.states import BriefState
from tests.builders import a_consent, a_tie, acting, an_account, an_organisation, reading, signed_in, somebody_at
from tests.person import Person
from tests.portal.changes.asking import LATER, SHOWER, answered, asked, everybody_agrees, price
from tests.portal.plans.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def _read(person: Person) -> str:
    """The page as it is read, values standing in their sentences."""
    text = person.page.xpath("//main")[0].text_content()
    return " ".join(text.translate(dict.fromkeys(range(0x2066, 0x206A))).split())


def _steps(circle: Circle, who: Account) -> list[tuple[bool, str]]:
    """Whether it is the reader's turn, and the sentence without its values."""
    with reading(circle.coplan, who) as work:
        return [(step.yours, step.words.text) for step in next_steps.steps(work, circle.client)]


def _offer(circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        for found in agreed.of_client(work, circle.client):
            texts = document.all_texts(found, agreed.client_of(work, found), agreed.provider_of(work, found))
            agreements.offer(work, found, texts, document.BINDING, document.TEXT_VERSION)


def test_an_agreement_to_sign_is_the_clients_turn_and_never_the_coordinators(circle: Circle) -> None:
    circle.usual()
    _offer(circle)
    sentence = "Read the agreement with {provider} and say yes or no."
    assert (True, sentence) in _steps(circle, circle.mei)
    assert (False, sentence) in _steps(circle, circle.daniel)


def test_ones_own_turn_comes_before_anybody_elses(circle: Circle) -> None:
    circle.usual()
    with acting(circle.coplan, circle.grace) as work:
        plans.answer(work, briefs.brief_for_us(work, circle.brief(circle.sunrise).id), BriefState.CANNOT, "No driver.")
    for reader in (circle.mei, circle.daniel):
        turns = [yours for yours, _ in _steps(circle, reader)]
        assert turns == sorted(turns, reverse=True)


def test_a_provider_sees_on_its_first_page_how_much_waits_for_it(person: Person, circle: Circle) -> None:
    circle.usual()
    grace = signed_in(person, circle.grace).open("/")
    assert "1 plan has a part for you to read." in _read(grace)
    _offer(circle)
    assert "1 agreement waits for your signature." in _read(grace.open("/"))
    with acting(circle.coplan, circle.grace) as work:
        plans.answer(work, briefs.brief_for_us(work, circle.brief(circle.sunrise).id), BriefState.CAN, "")
    assert "part for you to read" not in _read(grace.open("/"))


def test_what_somebody_else_pays_is_their_turn(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        son = an_account(work, "Lee Chen")
        a_consent(work, a_tie(work, circle.client, Relationship.FAMILY, son), Resource.PAYMENT, comments=True)
    with acting(circle.coplan, circle.daniel) as work:
        payments.ask(work, circle.client, Money(21_50), "The ride", work.day + timedelta(days=9), son.id)
    assert "Waiting for Lee Chen" in _read(signed_in(person, circle.mei).open(f"/people/{circle.client.id}"))
    assert "Pay $21.50 for Mei Chen" in _read(signed_in(person.another(), son).open("/?all=yes"))


def test_somebody_who_told_us_something_finds_the_answer_from_the_first_page(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        house = an_organisation(work, "Harbour", OrganisationKind.COORDINATION)
        ruth = somebody_at(work, house, "Ruth Silva", Role.OFFICER)
    with acting(circle.coplan, circle.mei) as work:
        made = feedback.tell(work, Telling(Kind.COMPLAINT, "Nobody came.", "en"))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}")
    assert "You have an answer" not in _read(mei)
    with acting(circle.coplan, ruth) as work:
        found = told.handled_one(work, made.id, Action.WRITE)
        handling_commands.check_safety(work, found, Danger.NONE)
        handling_commands.acknowledge(work, found, "We look into it.", "en")
    assert "You have an answer" in _read(mei.open(f"/people/{circle.client.id}"))
    with acting(circle.coplan, circle.mei) as work:
        feedback.write(work, told.own_one(work, made.id), "Thank you.", "en")
    assert "You have an answer" not in _read(mei.open(f"/people/{circle.client.id}"))


@pytest.mark.parametrize(("page", "mine", "theirs"), [
    ("plan", "My plan", "The plan of Mei Chen"),
    ("funding", "My funding", "The funding of Mei Chen"),
    ("about", "About me", "About Mei Chen"),
])  # fmt: skip
def test_pages_say_whose_they_are_to_everybody_but_the_person(
    person: Person, circle: Circle, page: str, mine: str, theirs: str
) -> None:
    circle.usual()
    address = f"/people/{circle.client.id}/{page}"
    own = signed_in(person, circle.mei).open(address)
    assert mine in _read(own)
    lead = signed_in(person.another(), circle.daniel).open(address)
    assert theirs in _read(lead)
    overview = _read(lead.open(f"/people/{circle.client.id}"))
    assert "you can spend" not in overview
    assert "Your money" not in overview
    assert not {"My plan", "My funding", "About me", "My circle"} & set(lead.page.xpath("//nav//a/text()"))


def test_after_a_yes_the_page_says_the_next_step_and_leads_to_the_plan(person: Person, circle: Circle) -> None:
    accepted = circle.usual()
    client: Client = circle.client
    page = signed_in(person, circle.mei).open(f"/people/{client.id}/proposals/{accepted.id}")
    assert "Look over the draft agreement with" in _read(page)
    assert "Your turn" in _read(page)
    assert page.page.xpath(f"//main//a[@href='/people/{client.id}/plan']")


def test_an_overtaken_change_waits_for_whoever_asked_and_nobody_else(circle: Circle) -> None:
    circle.usual()
    asked(circle, circle.daniel, circle.first + timedelta(weeks=1), (SHOWER, {"schedule": LATER}))
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SHOWER, price(70))))
    assert (True, "Look again at your change from {day}.") in _steps(circle, circle.daniel)
    sentence = "A change from {day} must be looked at again."
    assert (False, sentence) in _steps(circle, circle.mei)


def test_whoever_asked_is_told_to_decide_as_soon_as_somebody_said_no(circle: Circle, person: Person) -> None:
    circle.usual()
    change = asked(circle, circle.mei, circle.first + timedelta(weeks=1), (SHOWER, {"schedule": LATER}))
    sentence = (True, "Not everybody agrees to your change from {day}. Read the answers, then decide.")
    answered(circle, circle.daniel, change)
    assert sentence not in _steps(circle, circle.mei)
    answered(circle, circle.grace, change, Given.DECLINED)
    assert sentence in _steps(circle, circle.mei)
    assert sentence not in _steps(circle, circle.daniel)
    page = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}")
    assert "Not everybody agrees" in page.text


def test_what_is_urgent_stands_first_and_the_rest_is_folded_by_its_kind(circle: Circle, person: Person) -> None:
    circle.usual()
    with acting(circle.coplan, circle.grace) as work:
        plans.answer(work, briefs.brief_for_us(work, circle.brief(circle.sunrise).id), BriefState.CANNOT, "No driver.")
    with acting(circle.coplan, circle.daniel) as work:
        for number in range(waiting.FEW + 1):
            goals.propose_goal(work, circle.client, f"Goal {number}", "en")
    with reading(circle.coplan, circle.mei) as work:
        mine = [step for step in next_steps.steps(work, circle.client) if step.yours]
        first, rest = waiting.first_of(mine)
    assert first[0].words.text == "{provider} cannot deliver its part. Decide what to do."
    assert len(first) + sum(len(group.steps) for group in rest) == len(mine)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}")
    for step in mine:  # folded, but there
        assert mei.page.xpath(f"//section[@aria-labelledby='next']//a[@href='{step.href}']")
