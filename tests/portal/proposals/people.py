"""The people and money that the tests of proposals are about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from budgeting.money import Money
from budgeting.package import Management, Weekly
from portal.access.table import Relationship, Resource
from portal.accounts.model import Account, Organisation
from portal.app import Coplan
from portal.funding.model import FundingComponent, FundingPlan
from portal.goals import commands as goal_commands
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import commands, queries, talk_commands
from portal.proposals.acceptance import frozen_now
from portal.proposals.model import Line, Proposal, Suggestion, SuggestionKind
from portal.proposals.terms import Terms
from portal.work import Work
from tests.builders import a_client, a_consent, a_nominee, a_tie, acting, an_account, an_organisation, reading

FIRST, LAST = date(2026, 7, 6), date(2026, 8, 2)  # four whole weeks, Monday to Sunday, no public holiday in NSW
CORE = Money(20_000_00)


@dataclass(frozen=True)
class Circle:
    """One client with everybody around them, and a draft they can work on."""

    coplan: Coplan
    client: Client
    mei: Account
    daniel: Account  # lead
    karim: Account  # brother, may look and comment
    tom: Account  # supporter without any consent
    nominee: Account
    stranger: Account
    sunrise: Organisation
    proposal: Proposal

    @property
    def address(self) -> str:
        return f"/people/{self.client.id}/proposals/{self.proposal.id}"

    def terms(self, name: str = "Help in the shower", **changes: object) -> Terms:
        """Monday and Wednesday 9 to 11, at 68 dollars an hour, by nobody yet."""
        weekly = Weekly((0, 2), time(9), time(11))
        base = Terms(name, FIRST, LAST, support="self_care", schedule=weekly, price=Money(68_00))
        return replace(base, **changes)  # type: ignore[arg-type]  # the fields of Terms by name

    def add(self, **changes: object) -> Line:
        """A line that Mei adds herself."""
        with acting(self.coplan, self.mei) as work:
            return commands.add_line(work, self.fresh(work), self.terms(**changes))  # type: ignore[arg-type]  # as above

    def fresh(self, work: Work) -> Proposal:
        """The proposal as this unit of work sees it."""
        return queries.proposal(work, self.client, self.proposal.id)

    def person(self, work: Work) -> Client:
        """The client as this unit of work sees them."""
        return people.client(work, self.client.id)

    def line(self, work: Work, line: Line) -> Line:
        """A line as this unit of work sees it."""
        return queries.line(work, self.fresh(work), line.id)

    def lines(self) -> list[Line]:
        """The lines that count."""
        with reading(self.coplan, self.mei) as work:
            return [line for line in queries.lines(work, self.fresh(work)) if line.counts]

    def edit(self, who: Account, line: Line, version: int | None = None, **changes: object) -> None:
        """An edit of a line, made from the page as it is now or from an older version of it."""
        with acting(self.coplan, who) as work:
            row = self.line(work, line)
            terms = replace(row.terms, **changes)  # type: ignore[arg-type]  # the fields of Terms by name
            commands.edit_line(work, row, self.fresh(work), terms, version or row.version)

    def remove(self, who: Account, line: Line) -> None:
        """A line taken out."""
        with acting(self.coplan, who) as work:
            row = self.line(work, line)
            commands.remove_line(work, row, self.fresh(work), row.version)

    def suggest_removal(self, who: Account, line: Line) -> None:
        """A suggestion to take a line out."""
        with acting(self.coplan, who) as work:
            row = self.line(work, line)
            talk_commands.suggest(work, self.fresh(work), SuggestionKind.REMOVE, row, None, "")

    def say_yes_to(self, who: Account, suggestion: Suggestion) -> None:
        """An answer to a suggestion."""
        with acting(self.coplan, who) as work:
            proposal = self.fresh(work)
            commands.accept_suggestion(work, queries.suggestion(work, proposal, suggestion.id), proposal, "")

    def accept(self, who: Account, *standing: UUID) -> None:
        """A yes to exactly what is there, also where disagreements were read and stand."""
        with acting(self.coplan, who) as work:
            proposal = self.fresh(work)
            _text, digest, _quote = frozen_now(work, self.client, proposal, queries.lines(work, proposal))
            commands.accept(work, proposal, self.client, digest, standing)


def a_circle(coplan: Coplan, management: Management = Management.SELF) -> Circle:
    """Mei with her coordinator, a brother who may comment, a supporter without consent, a nominee, and a draft."""
    with coplan.open_work() as work:
        mei, daniel = an_account(work, "Mei Chen"), an_account(work, "Daniel Okafor")
        karim, tom = an_account(work, "Karim"), an_account(work, "Tom")
        amal, stranger = an_account(work, "Amal"), an_account(work, "Sam Stranger")
        client = a_client(work, "Mei Chen", account=mei)
        a_tie(work, client, Relationship.LEAD, daniel)
        brother = a_tie(work, client, Relationship.FAMILY, karim)
        for resource in (Resource.IDENTITY, Resource.DRAFT, Resource.STORY):
            a_consent(work, brother, resource, comments=True)
        a_tie(work, client, Relationship.SUPPORTER, tom)
        a_nominee(work, client, amal)
        sunrise = an_organisation(work)
        a_funding_plan(work, client, management)
    with acting(coplan, mei) as work:
        proposal = commands.start(work, client, "My plan", "ndis", FIRST, LAST)
    return Circle(coplan, client, mei, daniel, karim, tom, amal, stranger, sunrise, proposal)


def a_funding_plan(work: Work, client: Client, management: Management) -> FundingPlan:
    """An NDIS plan for the year with one flexible component."""
    plan = FundingPlan(
        client_id=client.id,
        program="ndis",
        starts=date(2026, 7, 1),
        ends=date(2027, 6, 30),
        created_at=work.now,
        components=[],
        determinations=[],
    )
    core = FundingComponent(
        client_id=client.id,
        position=1,
        key="core",
        name="Core supports",
        management=management,
        categories=FundingComponent.pack(("01", "02", "03", "04")),
        amount=CORE,
        periods=[],
    )
    plan.components.append(core)
    work.session.add(plan)
    work.session.flush()
    return plan


def a_goal(circle: Circle, text: str = "Paint on Sundays") -> UUID:
    """A goal Mei named herself."""
    with acting(circle.coplan, circle.mei) as work:
        return goal_commands.name_goal(work, circle.client, text, "en").id
