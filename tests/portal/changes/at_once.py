"""A client whose plan fifteen providers deliver: for the rounds in which sixteen act at once."""

from __future__ import annotations

from datetime import timedelta

from portal.access.table import Relationship
from portal.app import Coplan
from portal.bench.agreeing import AT_ONCE, Around, priced
from portal.changes.settling import newest
from portal.proposals.frozen import thaw
from tests.builders import a_client, a_tie, acting, an_account, an_organisation, somebody_at
from tests.portal.plans.people import Circle

ROUNDS = 100  # on each database


def everybody(coplan: Coplan) -> Around:
    """A client whose plan fifteen providers deliver."""
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        client = a_client(work, "Mei Chen", account=mei)
        staff = []
        for number in range(AT_ONCE - 1):
            provider = an_organisation(work, f"Provider {number}")
            a_tie(work, client, Relationship.PROVIDER, provider)
            staff.append((provider, somebody_at(work, provider, f"Person {number}")))
    (first, _), (second, _) = staff[:2]
    circle = Circle(coplan, client, mei, mei, mei, mei, mei, first, second, mei, mei)
    last = circle.first + timedelta(days=27)
    circle.accepted(*(priced(circle.first, last, one.id, at) for at, (one, _) in enumerate(staff)))
    with acting(coplan, mei) as work:
        lines = {line.provider_id: line.id for line in thaw(newest(work, client.id).content).lines}
    return Around(client, mei.id, [(account.id, lines[one.id]) for one, account in staff])
