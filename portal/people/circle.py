"""One member of a circle as a page shows them: ready values, computed from the tie and the access table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.words import Name, Value, Words, words
from portal.access.table import Action, Relationship, Resource, grants
from portal.people import parts
from portal.people.model import GIVEN_BY_HELPER, GIVEN_HERE, Authority, Client, Consent
from portal.people.queries import Member
from portal.work import Work

#: How a consent was given, as people read it.
GIVEN: Mapping[str, Words] = {
    "invitation": words("given with the invitation"),
    GIVEN_HERE: words("given here"),
    "in person": words("said in person"),
    GIVEN_BY_HELPER: words("Told by the helper. To be confirmed by the person."),
}

ALONE = words("Where others are named for the same things, each of them may act alone (severally).")
JOINTLY = words("Where others are named for the same things, all of them must say yes together (jointly).")


@dataclass(frozen=True)
class Papers:
    """A legal authority as shown: what it is called, what it reaches, its days, and who saw the evidence."""

    kind: Words
    scopes: tuple[Words, ...]
    starts: date
    ends: date | None
    evidence: str
    checked_by: Name | None
    current: bool
    together: Words  #: whether they act alone or only with the others who are named for the same things


@dataclass(frozen=True)
class Shown:
    """One member, ready for a template."""

    name: Name
    title: Words
    label: str  #: the person's own word: mother, neighbour
    means: Words
    starts: date
    ends: date | None
    reach: parts.Reach
    consents: tuple[tuple[Words, date | None, Value], ...]  #: the part, its last day, and how it was agreed to
    papers: tuple[Papers, ...]
    href: str
    is_client: bool


def shown(work: Work, client: Client, member: Member, own: bool) -> Shown:
    """Everything a page says about one member, for this reader."""
    tie = member.tie
    today = work.today(client)
    papers = tuple(_papers(authority, today) for authority in member.authorities)
    title = papers[0].kind if papers and papers[0].current else parts.TITLES[tie.relationship]
    return Shown(
        name=member.name,
        title=title,
        label=tie.label,
        means=parts.explain(tie.relationship, Name(client.name), own),
        starts=tie.starts,
        ends=tie.ends,
        reach=parts.reach(tie, member.consents, member.authorities, today),
        consents=tuple((parts.PARTS[c.covers], c.ends, _how(c)) for c in member.consents if c.covers in parts.PARTS),
        papers=papers,
        href=f"/people/{client.id}/circle/{tie.id}",
        is_client=tie.relationship is Relationship.CLIENT,
    )


def _papers(authority: Authority, today: date) -> Papers:
    in_time = authority.starts <= today and (authority.ends is None or today <= authority.ends)
    return Papers(
        kind=parts.AUTHORITIES[authority.kind],
        scopes=tuple(parts.SCOPES[scope] for scope in sorted(authority.unpacked())),
        starts=authority.starts,
        ends=authority.ends,
        evidence=authority.evidence,
        checked_by=Name(authority.checked_by) if authority.checked_by else None,
        current=in_time and authority.checked_at is not None,
        together=ALONE if authority.several else JOINTLY,
    )


def shareable(relationship: Relationship) -> tuple[Resource, ...]:
    """The parts a consent can open for this relationship, by the table."""
    return tuple(
        part
        for part in parts.SHAREABLE
        if any("c" in grant.conditions for grant in grants(part, relationship, Action.READ))
    )


def _how(consent: Consent) -> Value:
    return GIVEN.get(consent.given_how, Name(consent.given_how))


def until(consents: Sequence[Consent], otherwise: date) -> date:
    """The day that the latest consent of someone ends, to be offered again; ``otherwise`` when there is none."""
    return max((consent.ends for consent in consents if consent.ends), default=otherwise)
