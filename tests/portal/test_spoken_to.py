"""What others read of a person, the person reads as “you”, on their own pages alone."""

from __future__ import annotations

from datetime import timedelta

from budgeting.money import Money
from budgeting.words import Name, words
from portal.access.table import Relationship
from portal.accounts.model import Role
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import SUPPORT_AT_HOME, Letter
from portal.language import FIELD, plain, retold
from portal.proposals import commands as proposals
from portal.setup import extraction
from portal.site.spoken import OF_THEM, TO_THEM
from tests.builders import a_client, a_tie, acting, an_account, an_organisation, signed_in, somebody_at
from tests.person import Person
from tests.portal.plans.people import a_circle


def test_the_client_reads_you_where_others_read_of_the_person(coplan: Coplan, person: Person) -> None:
    with coplan.open_work() as work:
        yusuf = an_account(work, "Yusuf Haddad")
        priya = somebody_at(work, an_organisation(work, "Harbour"), "Priya Nair", Role.COORDINATOR)
        client = a_client(work, "Yusuf Haddad", account=yusuf)
        a_tie(work, client, Relationship.LEAD, priya)
    own = signed_in(person, yusuf).open(f"/people/{client.id}/circle").text
    of_him = signed_in(person.another(), priya).open(f"/people/{client.id}/circle").text
    assert ("This is your plan" in own, "The person whose plan this is" in own) == (True, False)
    assert ("This is your plan" in of_him, "The person whose plan this is" in of_him) == (False, True)


def test_every_such_sentence_is_one_of_ours_and_says_no_other_values() -> None:
    ours = {one.id if isinstance(one.id, str) else one.id[0] for one in extraction.sentences()}
    for written, told in (*TO_THEM.items(), *OF_THEM.items()):
        assert written in ours
        assert set(FIELD.findall(told.text)) <= set(FIELD.findall(written))


def test_what_stands_inside_another_sentence_is_said_to_them_too() -> None:
    said = words("{name} made it: {why}.", name=Name("Daniel"), why=words("the person asked for it"))
    before = retold.set(TO_THEM)
    try:
        assert plain(said).endswith("you asked for it.")
    finally:
        retold.reset(before)
    assert plain(said).endswith("the person asked for it.")


def test_what_the_calculator_says_to_the_person_everybody_else_reads_as_said_of_them(
    coplan: Coplan, person: Person
) -> None:
    circle = a_circle(coplan)
    with acting(coplan, circle.mei) as work:
        letter = Letter(SUPPORT_AT_HOME, circle.first, None, classification="SAH-4", means_status="part_pensioner")
        funding.type_letter(work, circle.client, letter)
        days = circle.first, circle.first + timedelta(days=55)
        draft = proposals.start(work, circle.client, "My plan", SUPPORT_AT_HOME, *days)
        cleaning = circle.line("Cleaning", circle.sunrise, Money(80_00), support="cleaning")
        proposals.add_line(work, draft, cleaning)
    page = f"/people/{circle.client.id}/proposals/{draft.id}"
    mei, daniel = signed_in(person, circle.mei), signed_in(person.another(), circle.daniel)
    for reader, share in ((mei, "your share"), (daniel, "the share"), (mei, "your share")):  # also once remembered
        assert f"{share} is not known yet. It is in the letter from" in reader.open(page).text
