"""What others read of a person, the person reads as “you”, on their own pages alone."""

from __future__ import annotations

from budgeting.words import Name, words
from portal.access.table import Relationship
from portal.accounts.model import Role
from portal.app import Coplan
from portal.language import FIELD, plain, to_themselves
from portal.setup import extraction
from portal.site.spoken import TO_THEM
from tests.builders import a_client, a_tie, an_account, an_organisation, signed_in, somebody_at
from tests.person import Person


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
    ours = {one.id for one in extraction.sentences()}
    for of_them, to_them in TO_THEM.items():
        assert of_them in ours
        assert set(FIELD.findall(to_them)) <= set(FIELD.findall(of_them))


def test_what_stands_inside_another_sentence_is_said_to_them_too() -> None:
    said = words("{name} made it: {why}.", name=Name("Daniel"), why=words("the person asked for it"))
    before = to_themselves.set(TO_THEM)
    try:
        assert plain(said).endswith("you asked for it.")
    finally:
        to_themselves.reset(before)
    assert plain(said).endswith("the person asked for it.")
