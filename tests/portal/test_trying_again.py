"""PostgreSQL may ask for a transaction to be tried again: the whole of it is, a few times, and it holds once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, text

from portal.access.scope import unscoped
from portal.accounts.model import Account
from portal.app import Coplan
from portal.goals.model import Goal
from portal.journal import JournalEntry
from portal.people.model import Client
from portal.site.serve import RETRIES
from tests.builders import a_client, an_account, signed_in
from tests.person import Person

pytestmark = pytest.mark.both_databases
WORDS = "Swim every week"


def conflicting(coplan: Coplan, state: str, times: int) -> None:
    """Have the database give up so many transactions that write a goal, as it does when two of them collide."""
    if coplan.settings.sqlite:
        pytest.skip("SQLite has one writer at a time: no transaction collides with another")
    refuse = f"""CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('collisions') <= {times} THEN RAISE EXCEPTION 'collided' USING ERRCODE = '{state}'; END IF;
        RETURN NEW; END $$"""
    with coplan.database.engine.begin() as connection:
        for statement in ("CREATE SEQUENCE collisions", refuse):
            connection.execute(text(statement))
        connection.execute(text("CREATE TRIGGER collide BEFORE INSERT ON goal FOR EACH ROW EXECUTE FUNCTION collide()"))


def mei_with_a_page(coplan: Coplan) -> tuple[Account, Client]:
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        return mei, a_client(work, "Mei Chen", account=mei)


def writing(person: Person, mei: Account, client: Client) -> Person:
    """Write a goal down in the form of the page."""
    signed_in(person, mei).open(f"/people/{client.id}/about")
    form = next(form for form in person.page.forms if (form.get("action") or "").endswith("/goals"))
    typed: dict[str, Any] = {name: WORDS for name, _ in form.form_values() if name in ("text", "goal")}
    return person.send(dict(form.form_values())["_form"], **typed)


def counted(coplan: Coplan) -> tuple[int, int, int]:
    """How many goals there are, how many entries of the journal tell of one, and how often it was tried."""
    with coplan.open_reading() as work:
        goals = work.session.scalar(unscoped(select(func.count()).select_from(Goal), "a test counts all")) or 0
        told = select(func.count()).where(JournalEntry.kind.like("goals.%"))
        tries = work.session.scalar(text("SELECT last_value FROM collisions")) or 0
        return goals, work.session.scalar(told) or 0, tries


@pytest.mark.parametrize("state", ["40001", "40P01"], ids=["a serialization failure", "a deadlock"])
def test_what_collided_is_tried_again_and_holds_once(coplan: Coplan, person: Person, state: str) -> None:
    mei, client = mei_with_a_page(coplan)
    conflicting(coplan, state, RETRIES - 1)
    assert writing(person, mei, client).status == 200
    assert counted(coplan) == (1, 1, RETRIES)


def test_what_collides_for_ever_says_to_try_later_and_changes_nothing(coplan: Coplan, person: Person) -> None:
    mei, client = mei_with_a_page(coplan)
    conflicting(coplan, "40001", 1_000)
    assert writing(person, mei, client).status == 503
    assert "Try again in a minute" in person.text
    assert counted(coplan) == (0, 0, RETRIES)
