"""What someone may see and do, in plain words, computed from the access table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.words import Name, Words, words
from portal.access.policy import Authorised, Consented, Facts, Tie as TieFact, decide
from portal.access.table import Action, Relationship, Resource, Scope, grants
from portal.accounts.events import PARTS as PARTS
from portal.people.model import Authority, AuthorityKind, Consent, Tie

#: What a client can let others see, in the order in which it is asked.
SHAREABLE = (
    Resource.STORY,
    Resource.DRAFT,
    Resource.PLAN,
    Resource.CHANGE,
    Resource.PROGRESS,
    Resource.BUDGET,
    Resource.PAYMENT,
    Resource.AGREEMENT,
    Resource.CIRCLE,
    Resource.CONTACT,
)
#: What a client can keep from one person.
HIDEABLE = (
    Resource.CONTACT,
    Resource.STORY,
    Resource.DRAFT,
    Resource.PLAN,
    Resource.CHANGE,
    Resource.PROGRESS,
    Resource.BUDGET,
    Resource.PAYMENT,
    Resource.AGREEMENT,
    Resource.CIRCLE,
    Resource.SAFETY,
    Resource.LOOKED,
)

#: Whom a client invites with a code, and what each of them is. Providers come with their agreements.
INVITED: Mapping[Relationship, tuple[Words, Words]] = {
    Relationship.LEAD: (
        words("Coordinator"),
        words("Works with you on the plan. Sees most of your record, suggests changes, and never decides for you."),
    ),
    Relationship.SUPPORTER: (
        words("Supporter"),
        words("Helps you understand and say what you want. Helps; you decide. Sees what you choose."),
    ),
    Relationship.FAMILY: (words("Family or friend"), words("Sees what you choose, and nothing else.")),
    Relationship.ADVOCATE: (
        words("Advocate"),
        words("Speaks up with you and for your rights, independent of every provider. Sees what you choose."),
    ),
}
BY_CONSENT = frozenset({Relationship.SUPPORTER, Relationship.FAMILY, Relationship.ADVOCATE})

TITLES: Mapping[Relationship, Words] = {
    Relationship.CLIENT: words("The person whose plan this is"),
    Relationship.AUTHORITY: words("Decides by law on some things"),
    Relationship.SUPPORTER: words("Supporter"),
    Relationship.FAMILY: words("Family or friend"),
    Relationship.LEAD: words("Coordinator"),
    Relationship.STAFF: words("Works with the coordinator"),
    Relationship.PROVIDER: words("Provider"),
    Relationship.PLAN_MANAGER: words("Plan manager"),
    Relationship.ADVOCATE: words("Advocate"),
    Relationship.INTERPRETER: words("Interpreter"),
}

AUTHORITIES: Mapping[AuthorityKind, Words] = {
    AuthorityKind.GUARDIAN: words("Guardian"),
    AuthorityKind.PLAN_NOMINEE: words("Plan nominee"),
    AuthorityKind.CORRESPONDENCE_NOMINEE: words("Correspondence nominee: gets letters, does not decide"),
    AuthorityKind.ATTORNEY: words("Enduring power of attorney"),
    AuthorityKind.PARENT: words("Parent of a child"),
}

SCOPES: Mapping[Scope, Words] = {
    Scope.PLANNING: words("the plan and its changes"),
    Scope.MONEY: words("funding, budget and payments"),
    Scope.AGREEMENTS: words("agreements with providers"),
    Scope.HEALTH: words("health and safety notes"),
    Scope.INFORMATION: words("reading information only"),
}


#: What a part is for organisations that see a piece of it only.
PIECES: Mapping[tuple[Relationship, Resource], Words] = {
    (Relationship.PROVIDER, Resource.BUDGET): words("its own invoices"),
    (Relationship.PLAN_MANAGER, Resource.BUDGET): words("the parts of the funding that it manages"),
}


@dataclass(frozen=True)
class Reach:
    """What one tie lets someone do now: the parts they may see, write or comment on, and agree or sign."""

    sees: tuple[Words, ...]
    writes: tuple[Words, ...]
    agrees: tuple[Words, ...]
    addressed: bool  #: only what is addressed to them, after approval


def explain(role: Relationship, client: Name, own: bool) -> Words:
    """What a relationship means, for the client themselves (``own``) or for someone else who reads about it."""
    match role:
        case Relationship.CLIENT:
            return (
                words("This is you. It is your plan, and you decide.")
                if own
                else words("It is their plan, and they decide.")
            )
        case Relationship.AUTHORITY:
            return words("May decide on some things, because the law or a letter of appointment says so.")
        case Relationship.SUPPORTER:
            return words("Helps; you decide.") if own else words("Helps; {client} decides.", client=client)
        case Relationship.LEAD | Relationship.STAFF:
            if own:
                return words("Works with you on the plan. Suggests; you decide.")
            return words("Works with {client} on the plan. Suggests; {client} decides.", client=client)
        case Relationship.PROVIDER:
            return words("Sees only its own parts, once they are approved, and never the whole budget.")
        case Relationship.PLAN_MANAGER:
            return words("Pays the invoices from the funding it manages.")
        case Relationship.ADVOCATE:
            return words("Speaks up for the person’s rights, independent of every provider.")
        case Relationship.INTERPRETER:
            return words("Translates. Sees only what is being talked about.")
    return words("Sees what was chosen, and nothing else.")


def reach(tie: Tie, consents: Sequence[Consent], authorities: Sequence[Authority], day: date) -> Reach:
    """Ask the access table what this tie permits on this day; restrictions are left out on purpose."""
    fact = TieFact(
        tie.relationship,
        tie.starts,
        tie.ends,
        tie.revoked_at is not None,
        tuple(Consented(c.covers, c.comments, c.starts, c.ends, c.withdrawn_at is not None) for c in consents),
        tuple(Authorised(a.id, a.unpacked(), a.starts, a.ends, a.checked_at is not None) for a in authorities),
    )
    facts = Facts((fact,), addressed=tie.relationship not in BY_CONSENT, own=False, stepped_up=True)

    def may(action: Action) -> tuple[Words, ...]:
        return tuple(called[part] for part in PARTS if part in SHOWN and decide(part, action, facts, day).allowed)

    called = {part: PIECES.get((tie.relationship, part), PARTS[part]) for part in PARTS}
    written = {*may(Action.WRITE), *may(Action.COMMENT)}
    addressed = all("i" in g.conditions for g in grants(Resource.PLAN, tie.relationship, Action.READ))
    return Reach(
        may(Action.READ),
        tuple(called[part] for part in PARTS if called[part] in written),
        may(Action.APPROVE),
        addressed and bool(grants(Resource.PLAN, tie.relationship, Action.READ)),
    )


# those left out explain themselves where they are
SHOWN = frozenset(PARTS) - {Resource.FEEDBACK, Resource.REQUEST, Resource.NOTE}


def pack(covers: Sequence[Resource], comments: bool) -> str:
    """What an invitation will share, as it is stored: "draft+comment,plan"."""
    marks = [
        part.value + ("+comment" if comments and takes_comments(part) else "") for part in SHAREABLE if part in covers
    ]
    return ",".join(marks)


def unpack(stored: str) -> list[tuple[Resource, bool]]:
    """The parts an invitation shares, each with whether it may be commented on."""
    return [(Resource(mark.removesuffix("+comment")), mark.endswith("+comment")) for mark in stored.split(",") if mark]


def takes_comments(part: Resource) -> bool:
    """Whether the table lets a consent reach comments or drafts of this part, not only reading."""
    return any(grants(part, who, action) for who in BY_CONSENT for action in (Action.COMMENT, Action.WRITE))
