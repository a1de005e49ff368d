"""Who is in the demonstration: people, organisations, and what they are to each other. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from budgeting.words import Words, words
from portal.access.table import Relationship, Resource, Scope
from portal.accounts.model import Account, Membership, Organisation, OrganisationKind, Role
from portal.accounts.passwords import hash_password
from portal.demonstration.scene import Scene
from portal.people.model import Authority, AuthorityKind, Client, Consent, Tie
from portal.work import Work

PASSWORD = "try coplan for a while"
DOMAIN = "@demo.example"


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    relationship: str
    about: Words
    language: str = "en"
    clients: tuple[str, ...] = ()
    organisation: str | None = None
    role: Role | None = None

    @property
    def login(self) -> str:
        return self.key + DOMAIN


CAST = (
    Person(
        "mei", "Mei Chen", "client", words("Manages her own NDIS plan, with funding periods"), "zh-Hans", ("Mei Chen",)
    ),
    Person(
        "yusuf",
        "Yusuf Haddad",
        "client",
        words("NDIS plan, partly plan-managed, partly agency-managed"),
        "ar",
        ("Yusuf Haddad",),
    ),
    Person(
        "margaret",
        "Margaret Walsh",
        "client",
        words("Support at Home, part pensioner; decides for herself"),
        "en",
        ("Margaret Walsh",),
    ),
    Person("amal", "Amal Haddad", "nominee", words("Yusuf’s mother and plan nominee"), "ar", ("Yusuf Haddad",)),
    Person("karim", "Karim Haddad", "family", words("Yusuf’s brother; may look and comment"), "en", ("Yusuf Haddad",)),
    Person(
        "tom", "Tom Walsh", "supporter", words("Margaret’s son; helps while she decides"), "en", ("Margaret Walsh",)
    ),
    Person(
        "priya",
        "Priya Nair",
        "lead",
        words("Coordinator of Yusuf and Margaret"),
        "en",
        ("Yusuf Haddad", "Margaret Walsh"),
        "harbour",
        Role.COORDINATOR,
    ),
    Person(
        "daniel", "Daniel Okafor", "lead", words("Coordinator of Mei"), "en", ("Mei Chen",), "harbour", Role.COORDINATOR
    ),
    Person(
        "grace", "Grace Tan", "provider", words("Sunrise Support, a provider"), "en", (), "sunrise", Role.PROVIDER_STAFF
    ),
    Person(
        "owen",
        "Owen Hart",
        "provider",
        words("Northside Therapy, a provider"),
        "en",
        (),
        "northside",
        Role.PROVIDER_STAFF,
    ),
    Person(
        "lucia",
        "Lucia Romano",
        "provider",
        words("Green Door Home Care, a provider"),
        "en",
        (),
        "greendoor",
        Role.PROVIDER_STAFF,
    ),
    Person(
        "ben",
        "Ben Adler",
        "plan_manager",
        words("Clear Books, the plan manager"),
        "en",
        (),
        "clearbooks",
        Role.PLAN_MANAGER_STAFF,
    ),
    Person("ruth", "Ruth Silva", "officer", words("Complaints officer"), "en", (), "harbour", Role.OFFICER),
    Person(
        "sam",
        "Sam Taylor",
        "administrator",
        words("Administrator: price lists, accounts, no care records"),
        "en",
        (),
        "harbour",
        Role.ADMINISTRATOR,
    ),
    Person("lena", "Lena Fischer", "auditor", words("Auditor"), "en", (), "harbour", Role.AUDITOR),
)

ORGANISATIONS = (
    ("harbour", "Harbour Coordination", OrganisationKind.COORDINATION, "51 824 753 556"),
    ("sunrise", "Sunrise Support", OrganisationKind.PROVIDER, "83 914 571 673"),
    ("northside", "Northside Therapy", OrganisationKind.PROVIDER, "33 102 417 032"),
    ("greendoor", "Green Door Home Care", OrganisationKind.PROVIDER, "53 004 085 616"),
    ("clearbooks", "Clear Books Plan Management", OrganisationKind.PLAN_MANAGER, "11 004 046 558"),
)

EVERYTHING_USUAL = (
    Resource.STORY,
    Resource.DRAFT,
    Resource.PLAN,
    Resource.BUDGET,
    Resource.AGREEMENT,
    Resource.CHANGE,
    Resource.IDENTITY,
    Resource.CIRCLE,
)


@dataclass(frozen=True)
class Bond:
    """One tie of the demonstration."""

    client: str
    to: str
    relationship: Relationship
    label: str = ""
    shares: tuple[Resource, ...] = ()
    comments: bool = False


BONDS = (
    Bond("mei", "mei", Relationship.CLIENT),
    Bond("mei", "daniel", Relationship.LEAD),
    Bond("mei", "sunrise", Relationship.PROVIDER),
    Bond("mei", "northside", Relationship.PROVIDER),
    Bond("yusuf", "yusuf", Relationship.CLIENT),
    Bond("yusuf", "amal", Relationship.AUTHORITY, "أمي"),
    Bond("yusuf", "karim", Relationship.FAMILY, "أخي", (Resource.IDENTITY, Resource.DRAFT, Resource.PLAN), True),
    Bond("yusuf", "priya", Relationship.LEAD),
    Bond("yusuf", "sunrise", Relationship.PROVIDER),
    Bond("yusuf", "northside", Relationship.PROVIDER),
    Bond("yusuf", "clearbooks", Relationship.PLAN_MANAGER, "", (Resource.BUDGET, Resource.PAYMENT)),
    Bond("margaret", "margaret", Relationship.CLIENT),
    Bond("margaret", "tom", Relationship.SUPPORTER, "son", EVERYTHING_USUAL, True),
    Bond("margaret", "priya", Relationship.LEAD),
    Bond("margaret", "greendoor", Relationship.PROVIDER),
)

CLIENTS = (
    (
        "mei",
        "Mei Chen",
        "zh-Hans",
        "NSW",
        "Australia/Sydney",
        date(1991, 4, 2),
        "请用简单的中文发短信给我。请写字，我不喜欢接电话。",
    ),
    (
        "yusuf",
        "Yusuf Haddad",
        "ar",
        "VIC",
        "Australia/Melbourne",
        date(2001, 9, 17),
        "تكلّموا معي ببطء وأروني صوراً. اسألوني أنا أولاً، ثم اسألوا أمي.",
    ),
    (
        "margaret",
        "Margaret Walsh",
        "en",
        "QLD",
        "Australia/Brisbane",
        date(1943, 1, 30),
        "Large print, please. I hear better on the left side.",
    ),
)


def people(scene: Scene) -> None:
    """Organisations, accounts, clients, ties, authority and consents."""
    with scene.acting() as work:
        began = work.day - timedelta(days=400)
        for key, name, kind, abn in ORGANISATIONS:
            row = Organisation(name=name, kind=kind, abn=abn, email=f"office@{key}.example", phone="02 5550 0100")
            work.session.add(row)
            scene.organisation[key] = row.id
        password_hash = hash_password(PASSWORD)  # the same for everybody here; real accounts have their own
        for person in CAST:
            account = Account(
                login=person.login,
                name=person.name,
                password_hash=password_hash,
                language=person.language,
                created_at=work.now,
            )
            work.session.add(account)
            scene.account[person.key] = account.id
        work.session.flush()
        for person in CAST:
            if person.organisation and person.role:
                work.session.add(
                    Membership(
                        account_id=scene.account[person.key],
                        organisation_id=scene.organisation[person.organisation],
                        role=person.role,
                        starts=began,
                    )
                )
        for key, name, language, state, zone, born, communicate in CLIENTS:
            client = Client(
                name=name,
                language=language,
                state=state,
                time_zone=zone,
                born=born,
                how_to_communicate=communicate,
                created_at=work.now,
            )
            client.address = "Made-up Street 1"
            client.phone = "02 5550 0000"
            work.session.add(client)
            scene.client[key] = client.id
        work.session.flush()
        for bond in BONDS:
            _tie(scene, work, bond, began)


def _tie(scene: Scene, work: Work, bond: Bond, began: date) -> None:
    tie = Tie(
        client_id=scene.client[bond.client],
        relationship=bond.relationship,
        account_id=scene.account.get(bond.to),
        organisation_id=scene.organisation.get(bond.to),
        label=bond.label,
        starts=began,
    )
    work.session.add(tie)
    work.session.flush()
    scene.tie[bond.client, bond.to] = tie.id
    for resource in bond.shares:
        work.session.add(
            Consent(
                client_id=tie.client_id,
                tie_id=tie.id,
                covers=resource,
                comments=bond.comments,
                purpose="To help with the plan",
                starts=began,
                ends=work.day + timedelta(days=300),
                given_how="in person",
            )
        )
    if bond.relationship is Relationship.AUTHORITY:
        work.session.add(
            Authority(
                client_id=tie.client_id,
                tie_id=tie.id,
                kind=AuthorityKind.PLAN_NOMINEE,
                scopes=Authority.pack(frozenset({Scope.PLANNING, Scope.MONEY, Scope.AGREEMENTS})),
                starts=began,
                evidence="Letter of appointment seen",
                checked_by="Priya Nair",
                checked_at=work.now,
            )
        )
