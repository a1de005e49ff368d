"""About me and goals: own words stay as they were said, and only the person says what counts."""

from __future__ import annotations

import pytest

from portal.access.table import Relationship, Resource
from portal.accounts.model import Account
from portal.app import Coplan
from portal.goals import commands, queries
from portal.goals.model import Goal, GoalState, Prompt
from portal.people.model import Client
from portal.work import NotVisible, Refusal
from tests.builders import a_client, a_consent, a_nominee, a_tie, acting, an_account, reading, signed_in
from tests.person import Person

WORDS = "我自己决定每天怎么过。\n请先发短信。"


@pytest.fixture
def mei(coplan: Coplan) -> Account:
    with coplan.open_work() as work:
        return an_account(work, "Mei Chen")


@pytest.fixture
def daniel(coplan: Coplan) -> Account:
    with coplan.open_work() as work:
        return an_account(work, "Daniel Okafor")


@pytest.fixture
def client(coplan: Coplan, mei: Account, daniel: Account) -> Client:
    with coplan.open_work() as work:
        made = a_client(work, "Mei Chen", account=mei)
        a_tie(work, made, Relationship.LEAD, daniel)
        return made


def proposed(coplan: Coplan, daniel: Account, client: Client) -> Goal:
    with acting(coplan, daniel) as work:
        return commands.propose_goal(work, client, "Go to a painting class", "en")


def test_words_are_kept_as_they_were_said(coplan: Coplan, mei: Account, daniel: Account, client: Client) -> None:
    with acting(coplan, mei) as work:
        commands.say(work, client, Prompt.MATTERS, WORDS, "zh-Hans", None)
    with reading(coplan, daniel) as work:
        said = queries.answers(work, client)[Prompt.MATTERS]
    assert (said.text, said.language, said.said_by) == (WORDS, "zh-Hans", mei.id)


def test_staff_cannot_write_in_somebodys_name(coplan: Coplan, daniel: Account, client: Client) -> None:
    with pytest.raises(NotVisible), acting(coplan, daniel) as work:
        commands.say(work, client, Prompt.MATTERS, "She likes order", "en", None)
    with pytest.raises(NotVisible), acting(coplan, daniel) as work:
        commands.name_goal(work, client, "Be tidy", "en")


def test_other_words_stand_beside_and_change_nothing(
    coplan: Coplan, mei: Account, daniel: Account, client: Client
) -> None:
    with acting(coplan, mei) as work:
        commands.say(work, client, Prompt.MATTERS, WORDS, "zh-Hans", None)
    with acting(coplan, daniel) as work:
        said = queries.answers(work, client)[Prompt.MATTERS]
        commands.suggest_wording(work, said, "Autonomy in daily routine")
    with reading(coplan, mei) as work:
        said = queries.answers(work, client)[Prompt.MATTERS]
    assert (said.text, said.wording) == (WORDS, "Autonomy in daily routine")


def test_a_proposed_goal_counts_only_after_a_yes(coplan: Coplan, mei: Account, daniel: Account, client: Client) -> None:
    goal = proposed(coplan, daniel, client)
    with reading(coplan, mei) as work:
        assert list(queries.agreed(work, client)) == []
    with acting(coplan, mei) as work:
        commands.accept_goal(work, queries.goal(work, client, goal.id), "每月画画一次", "zh-Hans")
    with reading(coplan, mei) as work:
        kept = queries.goal(work, client, goal.id)
        assert [text for _id, text in queries.agreed(work, client)] == ["每月画画一次"]
    assert kept.first_text == "Go to a painting class"


def test_a_declined_goal_is_kept_with_its_reason(coplan: Coplan, mei: Account, daniel: Account, client: Client) -> None:
    goal = proposed(coplan, daniel, client)
    with acting(coplan, mei) as work:
        commands.decline_goal(work, queries.goal(work, client, goal.id), "Too many people")
    with reading(coplan, daniel) as work:
        kept = queries.goal(work, client, goal.id)
    assert (kept.state, kept.answer) == (GoalState.DECLINED, "Too many people")
    with pytest.raises(Refusal), acting(coplan, mei) as work:
        commands.accept_goal(work, queries.goal(work, client, goal.id), "", "en")


def test_a_brother_without_consent_to_the_story_sees_nothing(
    coplan: Coplan, person: Person, mei: Account, client: Client
) -> None:
    with coplan.open_work() as work:
        karim = an_account(work, "Karim")
        a_consent(work, a_tie(work, client, Relationship.FAMILY, karim), Resource.DRAFT)
    assert signed_in(person, karim).open(f"/people/{client.id}/about").status == 404


def test_someone_writes_about_themselves_without_script(person: Person, mei: Account, client: Client) -> None:
    page = signed_in(person, mei).open(f"/people/{client.id}/about")
    page.send("say-matters", text=WORDS)
    assert "我自己决定每天怎么过。" in page.text
    page.send("goal-new", text="每个周末画画")
    assert "每个周末画画" in page.text


def test_words_of_a_page_that_is_out_of_date_are_not_lost(
    person: Person, coplan: Coplan, mei: Account, client: Client
) -> None:
    page = signed_in(person, mei).open(f"/people/{client.id}/about")
    with acting(coplan, mei) as work:
        commands.say(work, client, Prompt.MATTERS, "First", "en", None)
    page.send("say-matters", text="Second")
    assert page.status == 409
    assert page.form("say-matters").fields["text"].strip() == "Second"


def test_a_goal_that_was_agreed_in_other_words_shows_both(
    person: Person, coplan: Coplan, mei: Account, daniel: Account, client: Client
) -> None:
    goal = proposed(coplan, daniel, client)
    page = signed_in(person, mei).open(f"/people/{client.id}/about")
    page.send(f"answer-{goal.id}", press="answer=yes", text="Swim <b>with</b> {name}")
    assert (page.status, "It was first proposed as" in page.text) == (200, True)
    assert "Swim <b>with</b> {name}" in page.text


def test_the_client_answers_a_proposed_goal_on_the_page(
    person: Person, coplan: Coplan, mei: Account, daniel: Account, client: Client
) -> None:
    goal = proposed(coplan, daniel, client)
    page = signed_in(person, mei).open(f"/people/{client.id}/about")
    page.send(f"answer-{goal.id}", press="answer=no", reason="Not for me")
    assert "Not for me" in page.text


def test_whoever_writes_for_somebody_is_told_whose_words_they_are(
    person: Person, coplan: Coplan, mei: Account, client: Client
) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal Haddad")
        a_nominee(work, client, amal)
    page = signed_in(person, amal).open(f"/people/{client.id}/about")
    assert "The words of Mei Chen" in page.text
    assert "Your words" not in page.text
    assert "Your words" in signed_in(person.another(), mei).open(f"/people/{client.id}/about").text
