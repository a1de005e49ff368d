"""Who may do what to whose record: one readable table, in the letters of the security design.

Actions: R read, W write or draft, C comment, A approve or sign, S share or grant, X export.
A cell is a list of grants such as ``"RW R/c"``; what follows the slash are its conditions, all of which must hold:
``c`` a consent of the client covers it, ``l`` legal authority covers it, ``i`` the record is addressed to them,
``o`` it is their own entry, ``s`` with a fresh step-up. (``a``, "while assigned", is what a valid tie of staff means.)
An empty cell is no access, not even to the existence of the thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, false, true
from sqlalchemy.orm import Mapped, mapped_column

from portal import db


class Action(StrEnum):
    """What somebody may want to do with a part of a record."""

    READ = "R"
    WRITE = "W"
    COMMENT = "C"
    APPROVE = "A"
    SHARE = "S"
    EXPORT = "X"


class Relationship(StrEnum):
    """What someone is to a client, or (the last four) to the portal as a whole."""

    CLIENT = "client"
    AUTHORITY = "authority"  # guardian, nominee, attorney, parent of a minor: see Authority for which and how far
    SUPPORTER = "supporter"
    FAMILY = "family"
    LEAD = "lead"
    STAFF = "staff"
    PROVIDER = "provider"
    PLAN_MANAGER = "plan_manager"
    ADVOCATE = "advocate"
    INTERPRETER = "interpreter"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    OFFICER = "officer"  # complaints officer: handles what is assigned to them, nothing else
    ANYONE = "anyone"  # every account that is signed in


PORTAL_WIDE = frozenset({Relationship.ADMINISTRATOR, Relationship.AUDITOR, Relationship.OFFICER, Relationship.ANYONE})


class Resource(StrEnum):
    """The parts of a record that the table gives or withholds, each by itself."""

    IDENTITY = "identity"  # name, how to communicate
    CONTACT = "contact"  # address, phone, photo
    SAFETY = "safety"
    CIRCLE = "circle"
    CONSENTS = "consents"
    STORY = "story"  # about me, goals, needs, in own words
    NOTE = "note"  # the client's own notes, kept from everybody; one may be shared with one person
    DRAFT = "draft"  # a proposal being worked out
    PLAN = "plan"  # the approved version
    CHANGE = "change"  # a change request and its authorisations
    REQUEST = "request"  # what a provider is asked before approval
    PROGRESS = "progress"  # notes of what was done towards a goal, and replies
    BUDGET = "budget"
    PAYMENT = "payment"
    AGREEMENT = "agreement"
    COMPLAINT = "complaint"  # the client's own
    HANDLING = "handling"  # a complaint, as its handler; the administrator only says who that is
    FEEDBACK = "feedback"
    LOOKED = "looked"  # what happened, and who looked
    AUDIT = "audit"
    ACCOUNT = "account"  # one's own account and settings
    SETTINGS = "settings"  # of the portal
    PRICES = "prices"  # published price lists, provider directory


class Scope(StrEnum):
    """What a legal authority can reach."""

    PLANNING = "planning"
    MONEY = "money"
    AGREEMENTS = "agreements"
    HEALTH = "health"
    INFORMATION = "information"  # a correspondence nominee has only this


SCOPE_OF: Mapping[Resource, Scope] = MappingProxyType(
    {
        Resource.BUDGET: Scope.MONEY,
        Resource.PAYMENT: Scope.MONEY,
        Resource.AGREEMENT: Scope.AGREEMENTS,
        Resource.SAFETY: Scope.HEALTH,
        Resource.PROGRESS: Scope.HEALTH,
    }
)  # every other resource: planning


@dataclass(frozen=True, slots=True)
class Grant:
    actions: frozenset[Action]
    conditions: frozenset[str]


COLUMNS = (
    Relationship.CLIENT,
    Relationship.AUTHORITY,
    Relationship.SUPPORTER,
    Relationship.FAMILY,
    Relationship.LEAD,
    Relationship.STAFF,
    Relationship.PROVIDER,
    Relationship.PLAN_MANAGER,
    Relationship.ADVOCATE,
    Relationship.INTERPRETER,
    Relationship.ADMINISTRATOR,
    Relationship.AUDITOR,
    Relationship.OFFICER,
    Relationship.ANYONE,
)

# fmt: off
CELLS: Mapping[Resource, tuple[str, ...]] = {
    # client, authority, supporter, family, lead, staff, provider, plan manager, advocate, interpreter, admin, auditor, officer, anyone
    Resource.IDENTITY:  ("RW S",     "RW/l",        "R/c",     "R/c",     "RW",  "R",   "R/i",     "",    "R/c",     "R/i", "", "",  "", ""),
    Resource.CONTACT:   ("RW S",     "R/l",         "R/c",     "R/c",     "RW",  "R/c", "R/ic",    "",    "R/c",     "",    "", "",  "", ""),
    Resource.SAFETY:    ("RW/s S/s", "R/l",         "",        "",        "RW",  "",    "",        "",    "R/c",     "",    "", "",  "", ""),
    Resource.CIRCLE:    ("RW S/s",   "RW/l S/ls",   "R/c",     "R/o",     "R",   "",    "",        "",    "R/c",     "",    "", "",  "", ""),
    Resource.CONSENTS:  ("RW A/s",   "RW/l A/ls",   "R/c",     "R/o",     "RW",  "",    "",        "",    "R/c",     "",    "", "R", "", ""),
    Resource.STORY:     ("RW",       "RW/l",        "R/c C/c", "R/c C/c", "RC",  "R",   "",        "",    "R/c C/c", "R/i", "", "",  "", ""),
    Resource.NOTE:      ("RW S",     "R/i",         "R/i",     "R/i",     "R/i", "R/i", "",        "",    "R/i",     "",    "", "",  "", ""),
    Resource.DRAFT:     ("RWCA",     "RWCA/l",      "R/c C/c", "R/c C/c", "RWC", "RC",  "",        "",    "R/c C/c", "R/i", "", "",  "", ""),
    Resource.PLAN:      ("RCX",      "RCX/l",       "R/c C/c", "R/c C/c", "RWC", "R",   "RWC/i",   "",    "R/c C/c", "R/i", "", "",  "", ""),  # C tells how a visit went
    Resource.CHANGE:    ("RWA",      "RWA/l",       "RW/c RA/i","RW/c RA/i","RWA", "RW",  "RWA/i",   "",    "RW/c",    "R/i", "", "",  "", ""),
    Resource.REQUEST:   ("RW S",     "RW/l S/l",    "R/c RW/i","R/c RW/i","RW S","R",   "RW/i",    "",    "R/c",     "R/i", "", "",  "", ""),
    Resource.PROGRESS:  ("RC",       "RC/l",        "R/c",     "R/c",     "RW",  "RW",  "RW/i",    "",    "R/c",     "",    "", "",  "", ""),
    Resource.BUDGET:    ("RWX",      "RWX/l",       "R/c",     "R/c",     "RW",  "",    "R/i",     "R/c C", "R/c",   "",    "", "",  "", ""),  # of a plan manager: what is left of the parts it manages, their invoices, and C what became of them; no page of the whole record, whose name it has not
    Resource.PAYMENT:   ("R A/s",    "R/l A/ls",    "",        "R/oc A/ocs","RW","",    "",        "R/c", "R/c",     "",    "R","R", "", ""),  # W asks, A pays
    Resource.AGREEMENT: ("RWX A/s",  "RWX/l A/ls",  "R/c",     "R/c",     "RWA", "R",   "RW/i A/is","",   "R/c",     "R/i", "", "",  "", ""),
    Resource.COMPLAINT: ("RW",       "RW/lo",       "RW/o",    "RW/o",    "RW/o","RW/o","RW/o",    "RW/o","RW/c",    "",    "", "",  "", "RW/o"),
    Resource.HANDLING:  ("",         "",            "",        "",        "",    "",    "",        "",    "",        "",    "S","",  "RW/i", "RW/i"),
    Resource.FEEDBACK:  ("RW/o",     "RW/o",        "RW/o",    "RW/o",    "R RW/o","R RW/o","RW/o","RW/o","RW/o",    "RW/o","", "",  "RW/i", "RW/o"),
    Resource.LOOKED:    ("R",        "R/l",         "",        "",        "",    "",    "",        "",    "R/c",     "",    "", "R", "", ""),
    Resource.AUDIT:     ("",         "",            "",        "",        "",    "",    "",        "",    "",        "",    "R","R", "", ""),
    Resource.ACCOUNT:   ("",         "",            "",        "",        "",    "",    "",        "",    "",        "",    "", "",  "", "RW/o"),
    Resource.SETTINGS:  ("",         "",            "",        "",        "",    "",    "",        "",    "",        "",    "R W/s","R","", ""),
    Resource.PRICES:    ("",         "",            "",        "",        "",    "",    "",        "",    "",        "",    "RW","", "", "R"),
}
# fmt: on


def _grants(cell: str) -> tuple[Grant, ...]:
    grants = []
    for part in cell.split():
        letters, _, conditions = part.partition("/")
        grants.append(Grant(frozenset(map(Action, letters)), frozenset(conditions)))
    return tuple(grants)


TABLE: Mapping[Resource, Mapping[Relationship, tuple[Grant, ...]]] = MappingProxyType(
    {
        resource: MappingProxyType({who: _grants(cell) for who, cell in zip(COLUMNS, cells, strict=True) if cell})
        for resource, cells in CELLS.items()
    }
)


@cache
def grants(resource: Resource, who: Relationship, action: Action) -> tuple[Grant, ...]:
    """The grants of one cell that carry this action; none means never."""
    return tuple(grant for grant in TABLE[resource].get(who, ()) if action in grant.actions)


Wall = Callable[[Any, ColumnElement[UUID]], ColumnElement[bool] | None]
WALLS: list[Wall] = []


def wall(condition: Wall) -> Wall:
    """Register a wall before every protected table: which of its rows are open to an account; None: it is not about it.

    For what hangs on something that somebody keeps to themselves, in whichever slice its table is.
    """
    WALLS.append(condition)
    return condition


class Protected:
    """A table about a client: it names its resource class, and every statement on it must pass the scope.

    ``addressed_to`` says which rows are addressed to an organisation (after approval where the table asks for it),
    ``written_by`` which are an account's own entries. The defaults: none. ``open_to`` leaves out rows that somebody
    keeps to themselves, whatever the table says.
    """

    resource: ClassVar[Resource]
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = getattr(cls, "__table__", None)
        if table is not None:
            db.PROTECTED.add(table)

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Rows addressed to one of these organisations or to this account."""
        return false()

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Rows that this account wrote."""
        return false()

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Rows that are not kept private from this account: a wall that stands before the table. The default: all."""
        return true()

    @classmethod
    def open_on(cls, account: ColumnElement[UUID], day: Any) -> ColumnElement[bool]:
        """The same for a wall that depends on the day it is read on."""
        return cls.open_to(account)
