"""The people that the tests of agreements and plans are about: one client, two providers, one accepted proposal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from sqlalchemy import update

from budgeting.money import Money
from budgeting.package import Weekly
from portal.access.scope import visible
from portal.access.table import Relationship, Resource
from portal.accounts.model import Account, Membership, Organisation
from portal.app import Coplan
from portal.people.model import Client
from portal.plans import queries
from portal.plans.model import Brief, PlanPart
from portal.plans.narrowed import the_line
from portal.proposals import commands, queries as proposals
from portal.proposals.acceptance import frozen_now
from portal.proposals.model import Proposal
from portal.proposals.terms import Terms
from tests.builders import (
    a_client,
    a_consent,
    a_nominee,
    a_tie,
    acting,
    an_account,
    an_organisation,
    reading,
    somebody_at,
)

OURS, THEIRS = Money(68_00), Money(71_13)  # the second is the canary: what only the other provider may see
OTHER_SUPPORT = "Canary swimming lessons"
SECRET_NEED = "Canary need nobody outside may read"


@dataclass(frozen=True)
class Circle:
    """Mei with everybody around her, and two providers with one of their people each."""

    coplan: Coplan
    client: Client
    mei: Account
    daniel: Account  # lead
    amal: Account  # nominee
    tom: Account  # supporter, may see plan and agreements
    karim: Account  # family without any consent
    sunrise: Organisation
    northside: Organisation
    grace: Account  # of Sunrise
    owen: Account  # of Northside

    @property
    def first(self) -> date:
        """Today where the client is, on which everything begins."""
        with self.coplan.open_reading() as work:
            return work.today(self.client)

    def line(self, name: str, provider: Organisation | None, price: Money, **changes: object) -> Terms:
        """Tuesdays and Fridays 9 to 11 for eight weeks from today."""
        last = self.first + timedelta(days=55)
        by = provider.id if provider else None
        weekly = Weekly((1, 4), time(9), time(11))
        base = Terms(name, self.first, last, schedule=weekly, price=price, provider_id=by, need=SECRET_NEED)
        return replace(base, **changes)  # type: ignore[arg-type]  # the fields of Terms by name

    def accepted(self, *terms: Terms, program: str = "ndis") -> Proposal:
        """A proposal with these lines that Mei accepted; its jobs have run."""
        with acting(self.coplan, self.mei) as work:
            last = self.first + timedelta(days=55)
            draft = commands.start(work, self.client, "My plan", program, self.first, last)
            for each in terms:
                commands.add_line(work, draft, each)
        return self.accept(draft)

    def usual(self) -> Proposal:
        """Help in the shower by Sunrise, swimming by Northside."""
        shower = self.line("Help in the shower", self.sunrise, OURS)
        return self.accepted(shower, self.line(OTHER_SUPPORT, self.northside, THEIRS))

    def accept(self, draft: Proposal) -> Proposal:
        """Mei's yes to exactly what is there."""
        with acting(self.coplan, self.mei) as work:
            fresh = proposals.proposal(work, self.client, draft.id)
            _text, digest, _quote = frozen_now(work, self.client, fresh, proposals.lines(work, fresh))
            commands.accept(work, fresh, self.client, digest)
        return fresh

    def goes_on_with(self, accepted: Proposal, name: str, **changes: object) -> Proposal:
        """The next version, in which one line says something else."""
        with acting(self.coplan, self.mei) as work:
            draft = commands.go_on_from(work, proposals.proposal(work, self.client, accepted.id), "My next plan")
            line = next(one for one in proposals.lines(work, draft) if one.name == name)
            changed = replace(line.terms, **changes)  # type: ignore[arg-type]  # the fields of Terms by name
            commands.edit_line(work, line, draft, changed, line.version)
        return self.accept(draft)

    def brief(self, provider: Organisation) -> Brief:
        """What a provider was sent of the newest version."""
        with reading(self.coplan, self.daniel) as work:
            newest = queries.versions(work, self.client)[0]
            return next(b for b in queries.briefs(work, self.client, newest) if b.provider_id == provider.id)

    @contextmanager
    def nobody_at(self, provider: Organisation) -> Iterator[None]:
        """For a while nobody of a provider has an account."""
        for away in (True, False):
            with self.coplan.open_work() as work:
                day = work.day + timedelta(days=1 if away else 0)
                places = update(Membership).where(Membership.organisation_id == provider.id)
                work.session.execute(places.values(starts=day))
            if away:
                yield

    def going_on(self) -> dict[str, tuple[int, Money | None]]:
        """What is delivered now: each support, from which version, at which agreed price."""
        with reading(self.coplan, self.mei) as work:
            numbers = {version.id: version.number for version in queries.versions(work, self.client)}
            found: dict[str, tuple[int, Money | None]] = {}
            for part in queries.going_on(work, self.client):
                line = the_line(part.content)
                found[line.name] = (numbers[part.version_id], line.terms.price)
            return found


def a_circle(coplan: Coplan) -> Circle:
    """Everybody, with the ties, consents and authority of an ordinary life."""
    with coplan.open_work() as work:
        mei, daniel = an_account(work, "Mei Chen"), an_account(work, "Daniel Okafor")
        amal, tom, karim = an_account(work, "Amal Chen"), an_account(work, "Tom"), an_account(work, "Karim")
        client = a_client(work, "Mei Chen", account=mei)
        a_tie(work, client, Relationship.LEAD, daniel)
        a_nominee(work, client, amal)
        supporter = a_tie(work, client, Relationship.SUPPORTER, tom)
        for resource in (Resource.IDENTITY, Resource.PLAN, Resource.AGREEMENT):
            a_consent(work, supporter, resource, comments=True)
        a_tie(work, client, Relationship.FAMILY, karim)
        sunrise, northside = an_organisation(work, "Sunrise Support"), an_organisation(work, "Northside Therapy")
        a_tie(work, client, Relationship.PROVIDER, sunrise)
        a_tie(work, client, Relationship.PROVIDER, northside)
        grace, owen = somebody_at(work, sunrise, "Grace Tan"), somebody_at(work, northside, "Owen Hart")
    return Circle(coplan, client, mei, daniel, amal, tom, karim, sunrise, northside, grace, owen)


def in_force(coplan: Coplan) -> Circle:
    """The same, with Mei's plan in force: help in the shower by Sunrise, swimming by Northside."""
    made = a_circle(coplan)
    made.usual()
    return made


def parts_of(circle: Circle, account: Account) -> list[PlanPart]:
    """Every part this person may see."""
    with reading(circle.coplan, account) as work:
        return list(work.session.scalars(visible(work, PlanPart)).all())
