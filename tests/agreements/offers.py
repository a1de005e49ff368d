"""An agreement that is offered, as the person and the provider meet it."""

from __future__ import annotations

from sqlalchemy import select

from agreements.model import Agreement
from agreements.states import State
from portal.access.scope import unscoped
from portal.accounts.model import Account
from portal.language import plain
from portal.people import next_steps, queries as people
from tests.builders import reading, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle


def address_of(circle: Circle) -> str:
    """Where the agreement with Sunrise Support is."""
    return f"/people/{circle.client.id}/agreements/{the_agreement(circle).id}"


def the_agreement(circle: Circle) -> Agreement:
    """The one with Sunrise Support."""
    with circle.coplan.open_reading() as work:
        wanted = select(Agreement).where(Agreement.provider_id == circle.sunrise.id)
        return work.session.scalars(unscoped(wanted, "a test")).one()


def an_offer(person: Person, circle: Circle) -> str:
    """The address of an agreement that the coordinator offers now."""
    lead = signed_in(person.another(), circle.daniel).open(address_of(circle))
    assert lead.send("offer-form").status == 200
    assert the_agreement(circle).state is State.OFFERED
    return address_of(circle)


def what_is_next(circle: Circle, account: Account) -> dict[str, bool]:
    """What is next about agreements, and whether it is theirs to do."""
    with reading(circle.coplan, account) as work:
        client = people.client(work, circle.client.id)
        return {
            plain(step.words): step.yours
            for step in next_steps.steps(work, client)
            if "agreement" in plain(step.words) and "Sunrise" in plain(step.words)
        }
