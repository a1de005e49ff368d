"""A family with money from three directions, and delivered supports: what the tests about claims begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from budgeting.money import Money, dollars
from budgeting.package import Management
from budgeting.spending import ClaimType, EntryState
from portal.access.table import Relationship, Resource, Scope
from portal.accounts.model import OrganisationKind, Role
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms
from portal.people.model import Client
from portal.spending.model import Delivered
from portal.work import Work
from tests.builders import (
    a_client,
    a_consent,
    a_nominee,
    a_tie,
    acting,
    an_account,
    an_organisation,
    somebody_at,
)

CARE, SKILLS = "01_011_0107_1_1", "15_056_0128_1_3"


def a_support(work: Work, client: Client, days_ago: int = 5, **values: Any) -> Delivered:
    """One delivered support of two hours at $60.00, self-managed, entered; ``values`` say what is different."""
    day = work.day - timedelta(days=days_ago)
    made = Delivered(
        **{
            "client_id": client.id,
            "provider_name": "Aunty’s Helpers",
            "abn": "83 914 571 673",
            "description": "Shower and breakfast",
            "item": CARE,
            "first": day,
            "last": day,
            "thousandths": 2000,
            "minutes": 120,
            "unit": "H",
            "unit_price": dollars("60.00"),
            "amount": dollars("120.00"),
            "claim_type": ClaimType.STANDARD,
            "component": "core",
            "management": Management.SELF,
            "invoice": "INV 7",
            "state": EntryState.ENTERED,
            "mark": uuid4().hex,
            "entered_at": work.now,
        }
        | values
    )
    work.session.add(made)
    work.session.flush()
    return made


class Family:
    """Yusuf, his mother with authority over money, his brother; his plan manager, two providers, another client."""

    def __init__(self, coplan: Coplan) -> None:
        self.coplan = coplan
        with coplan.open_work() as work:
            self.yusuf, self.amal, self.karim, self.priya, self.mei = (
                an_account(work, name) for name in ("Yusuf H", "Amal H", "Karim H", "Priya N", "Mei C")
            )
            self.client = a_client(work, "Yusuf Haddad", account=self.yusuf)
            a_client(work, "Mei Chen", account=self.mei)
            a_nominee(work, self.client, self.amal, Scope.MONEY, Scope.PLANNING)
            brother = a_tie(work, self.client, Relationship.FAMILY, self.karim)
            a_consent(work, brother, Resource.IDENTITY)
            a_tie(work, self.client, Relationship.LEAD, self.priya)
            self.sunrise = an_organisation(work, "Sunrise Support")
            self.other = an_organisation(work, "Northside Therapy")
            self.books = an_organisation(work, "Clear Books", OrganisationKind.PLAN_MANAGER)
            self.grace = somebody_at(work, self.sunrise, "Grace T")
            self.owen = somebody_at(work, self.other, "Owen W")
            self.ben = somebody_at(work, self.books, "Ben A", Role.PLAN_MANAGER_STAFF)
            a_tie(work, self.client, Relationship.PROVIDER, self.sunrise)
            a_tie(work, self.client, Relationship.PROVIDER, self.other)
            self.managing = a_tie(work, self.client, Relationship.PLAN_MANAGER, self.books)
            a_consent(work, self.managing, Resource.BUDGET)
        self.base = f"/people/{self.client.id}"

    def has_a_letter(self, spent: Money | None = None, until: date | None = None, begun: int = 180) -> None:
        """A letter with a self-managed and a plan-managed part, from half a year ago on, or so many days."""
        with acting(self.coplan, self.yusuf) as work:
            starts = work.day - timedelta(days=begun)
            plan = funding.type_letter(work, self.client, Letter(NDIS, starts, starts + timedelta(days=364)))
            core = ("01", "02", "03", "04")
            first = Terms("Core supports", Management.SELF, core, dollars("10000.00"), False, (), spent, until, "core")
            funding.add_part(work, plan, first)
            second = Terms("Daily skills", Management.PLAN, ("15",), dollars("5000.00"), key="daily_skills")
            funding.add_part(work, plan, second)
