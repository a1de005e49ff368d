"""The people of these tests: a family around Yusuf, a provider, and the officers who look into things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from budgeting.words import Name
from feedback import commands, queries
from feedback.commands import Telling
from feedback.model import Complaint
from feedback.queries import Party
from feedback.states import Kind
from portal.access.table import Relationship, Resource
from portal.accounts.model import Account, Organisation, OrganisationKind, Role
from portal.app import Coplan
from portal.work import Work
from tests.builders import a_client, a_consent, a_tie, acting, an_account, an_organisation, somebody_at

CANARY = "kanarienvogel"


@dataclass(frozen=True)
class Cast:
    """Who is there."""

    yusuf: Account
    karim: Account
    ruth: Account
    grace: Account
    gordon: Account
    priya: Account
    sam: Account
    lena: Account
    sunrise: Organisation
    harbour: Organisation


def a_cast(coplan: Coplan) -> Cast:
    """Karim is Yusuf's brother; Grace and Gordon work at Sunrise; Priya, Ruth, Sam and Lena at Harbour."""
    with coplan.open_work() as work:
        harbour = an_organisation(work, "Harbour", OrganisationKind.COORDINATION)
        sunrise = an_organisation(work, "Sunrise")
        ruth = somebody_at(work, harbour, "Ruth Silva", Role.OFFICER)
        priya = somebody_at(work, harbour, "Priya Nair", Role.COORDINATOR)
        sam = somebody_at(work, harbour, "Sam Taylor", Role.ADMINISTRATOR)
        lena = somebody_at(work, harbour, "Lena Fischer", Role.AUDITOR)
        grace, gordon = (somebody_at(work, sunrise, name) for name in ("Grace Tan", "Gordon Day"))
        karim = an_account(work, "Karim Haddad")
        yusuf = an_account(work, "Yusuf Haddad")
        client = a_client(work, "Yusuf Haddad", account=yusuf)
        tie = a_tie(work, client, Relationship.FAMILY, karim)
        for resource in (Resource.IDENTITY, Resource.CIRCLE):
            a_consent(work, tie, resource)
        a_tie(work, client, Relationship.LEAD, priya)
        a_tie(work, client, Relationship.PROVIDER, sunrise)
        return Cast(yusuf, karim, ruth, grace, gordon, priya, sam, lena, sunrise, harbour)


def party(about: Account | Organisation) -> Party:
    """Somebody as the one it is about."""
    return Party("account" if isinstance(about, Account) else "organisation", about.id, Name(about.name))


def a_complaint(
    coplan: Coplan,
    teller: Account,
    *about: Account | Organisation,
    kind: Kind = Kind.COMPLAINT,
    days_ago: int = 0,
    text: str = CANARY,
    language: str = "en",
) -> UUID:
    """Something told with an account, some days ago; its id."""
    with acting(coplan, teller) as work:
        work.now -= timedelta(days=days_ago)
        return commands.tell(work, Telling(kind, text, language), [party(one) for one in about]).id


def an_unnamed_complaint(coplan: Coplan, receipt: tuple[str, str], text: str = CANARY) -> UUID:
    """Something told without an account; its id."""
    with coplan.open_work() as work:
        return commands.tell(work.unnamed(), Telling(Kind.COMPLAINT, text, "en"), (), receipt).id


def seen(work: Work, complaint_id: UUID) -> Complaint:
    """The row itself, whoever asks."""
    return work.session.get_one(Complaint, complaint_id)


def finds(work: Work, complaint_id: UUID) -> bool:
    """Whether the reader finds it anywhere as its handler."""
    return complaint_id in {one.id for one in queries.handled(work)}
