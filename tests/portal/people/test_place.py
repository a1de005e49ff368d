"""Where supports happen decides prices, public holidays and travel time."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource
from portal.app import Coplan
from portal.funding import queries as funding
from portal.people.model import Client
from portal.people.place import CLASSES, PRICES, STATE_WORDS, TIME_ZONES, every_region, regions, zone_of
from tests.builders import a_client, a_consent, a_tie, an_account, reading, signed_in
from tests.person import Person


def test_every_state_has_a_name_and_a_clock_and_every_class_a_zone_of_prices() -> None:
    assert set(STATE_WORDS) == set(TIME_ZONES)
    assert {zone_of(mmm) for mmm in CLASSES} == set(PRICES)
    assert {one for state in TIME_ZONES for one in regions(state)} == set(every_region())


def test_a_remote_place_has_its_prices_holidays_and_clock(coplan: Coplan, person: Person) -> None:
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        client = a_client(work, "Mei Chen", account=mei)
    her = signed_in(person, mei).open(f"/people/{client.id}/place")
    her.send("place", state="NT", mmm="6")
    her.send("place", region="Alice Springs")
    with reading(coplan, mei) as work:
        now = work.session.scalars(unscoped(select(Client).where(Client.id == client.id), "a test")).one()
        place = funding.place(now)
        clock = now.time_zone
    assert (place.state, place.zone, place.region, place.mmm) == ("NT", "remote", "Alice Springs", 6)
    assert clock == "Australia/Darwin"


def test_moving_to_another_state_leaves_the_region_behind(coplan: Coplan, person: Person) -> None:
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        client = a_client(work, "Mei Chen", account=mei)
    her = signed_in(person, mei).open(f"/people/{client.id}/place")
    her.send("place", state="QLD").send("place", region="Brisbane")
    her.send("place", state="VIC")
    with reading(coplan, mei) as work:
        now = work.session.scalars(unscoped(select(Client).where(Client.id == client.id), "a test")).one()
        assert (now.state, now.region) == ("VIC", None)


@pytest.mark.parametrize("consented", [False, True])
def test_who_may_only_read_the_name_cannot_move_anybody(coplan: Coplan, person: Person, consented: bool) -> None:
    with coplan.open_work() as work:
        karim = an_account(work, "Karim Haddad")
        client = a_client(work, "Mei Chen", account=an_account(work, "Mei Chen"))
        tie = a_tie(work, client, Relationship.FAMILY, karim)
        if consented:
            a_consent(work, tie, Resource.IDENTITY)
    assert signed_in(person, karim).open(f"/people/{client.id}/place").status == 404
