"""Exactly who must agree to a change, and why: computed from what it touches and from who is who on that day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource, Scope
from portal.changes.edits import Move, Party, part, provider_of
from portal.changes.rules import Asks, Rule, Who, over_at, rule_for, scope_of, touched
from portal.changes.states import AtOnce, Matter
from portal.people.model import Authority, AuthorityKind, Client, Restriction, Tie
from portal.people.queries import account_of_client
from portal.proposals.frozen import FrozenProposal
from portal.proposals.unpaid import present
from portal.work import Work

Whose = tuple[Relationship, UUID | None, UUID | None, str]


@dataclass(frozen=True)
class Seat:
    """One party to a change: who, what is asked of them, what it touches for them, and the part they say yes to."""

    party: Relationship
    asks: Asks
    matters: frozenset[Matter]
    content: str
    account_id: UUID | None = None
    organisation_id: UUID | None = None
    provider_name: str = ""
    authority_id: UUID | None = None
    several: bool = False
    at_once: AtOnce = AtOnce.NOW
    source: str = ""  #: of the rule that gives them this say, with how sure we are of it
    confidence: str = ""

    @property
    def whose(self) -> Whose:
        return self.party, self.account_id, self.organisation_id, self.provider_name

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def packed(self) -> str:
        return "," + ",".join(sorted(self.matters)) + ","


@dataclass(frozen=True)
class Touch:
    """A moved line and what it touches."""

    move: Move
    matters: frozenset[Matter]


def touches(plan: FrozenProposal, moved: Iterable[Move], dearer: frozenset[UUID]) -> Sequence[Touch]:
    """What each moved line touches; ``dearer`` are the lines whose amount changes."""
    known = {provider_of(line.terms) for line in plan.lines}
    return [Touch(move, touched(move, plan.program, move.line_id in dearer, known)) for move in moved]


@dataclass(frozen=True)
class _About:
    """A change as the rules look at it: whose plan of which program, what is touched, and from which day."""

    work: Work
    client: Client
    plan: FrozenProposal
    lines: Sequence[Touch]
    day: date

    @property
    def matters(self) -> frozenset[Matter]:
        return frozenset[Matter]().union(*(one.matters for one in self.lines))

    @property
    def whole(self) -> str:
        return part([one.move for one in self.lines], self.day)

    def rule(self, who: Who, kind: AuthorityKind | None = None) -> Rule | None:
        return rule_for(who, self.day, self.plan.program, kind)


def seats(work: Work, client: Client, plan: FrozenProposal, lines: Sequence[Touch], effective: date) -> Sequence[Seat]:
    """Everybody who must agree, may agree instead, or is told; the client first."""
    about = _About(work, client, plan, lines, effective)
    hidden = _hidden(work, client)
    authorities = list(_authorities(about))
    if any(_joint(seat) and seat.account_id in hidden for seat in authorities):
        authorities = [seat for seat in authorities if not _joint(seat)]  # never all of them: they cannot stand in
    found = [*_client(about), *authorities, *_providers(about), *_leads(about)]
    return [seat for seat in found if seat.account_id not in hidden]


def _joint(seat: Seat) -> bool:
    """Whether somebody stands in for the client only together with others."""
    return seat.asks is Asks.INSTEAD and not seat.several


def _seat(party: Relationship, rule: Rule, matters: frozenset[Matter], content: str, **who: Any) -> Seat:
    who |= {"at_once": rule.at_once, "source": rule.source, "confidence": rule.confidence}
    return Seat(party, rule.answer, matters, content, **who)


def _client(about: _About) -> Iterable[Seat]:
    rule = about.rule(Who.CLIENT)
    if rule and (matters := about.matters & rule.matters):
        account = account_of_client(about.work, about.client.id)
        yield _seat(Relationship.CLIENT, rule, matters, about.whole, account_id=account)


def _authorities(about: _About) -> Iterable[Seat]:
    """Nominees stand in only where their scope covers all that is touched; guardians have a say in whatever it covers.

    Several people with authority over the same matter must all agree, unless each may act alone.
    """
    work = about.work
    wanted = (
        select(Authority, Tie.account_id)
        .join(Tie, Tie.id == Authority.tie_id)
        .where(
            Authority.client_id == about.client.id,
            Authority.checked_at.is_not(None),
            Tie.relationship == Relationship.AUTHORITY,
            Tie.holds_on(work.day),
            Authority.starts <= work.day,
            or_(Authority.ends.is_(None), Authority.ends >= work.day),
        )
        .order_by(Authority.starts, Authority.id)
    )
    found: dict[UUID, Seat] = {}
    for authority, account in work.session.execute(unscoped(wanted, "who decides with or for the client")):
        rule, scopes = about.rule(Who.AUTHORITY, authority.kind), authority.unpacked()
        if rule is None or account is None or Scope.PLANNING not in scopes:
            continue
        if over_at(authority.kind, about.client.born, about.day):
            continue
        covered = frozenset(matter for matter in about.matters & rule.matters if scope_of(matter) in scopes)
        if covered and (rule.answer is Asks.NEEDED or covered == about.matters):
            who = {"account_id": account, "authority_id": authority.id, "several": authority.several}
            seat = _seat(Relationship.AUTHORITY, rule, covered, about.whole, **who)
            found[account] = _weightier(found.get(account), seat)
    return found.values()


def _weightier(known: Seat | None, new: Seat) -> Seat:
    """One person with two authorities has one seat; a needed yes weighs more, and a joint one."""
    if known is None:
        return new
    first = known if known.asks is Asks.NEEDED else new
    return replace(first, matters=known.matters | new.matters, several=known.several and new.several)


def _providers(about: _About) -> Iterable[Seat]:
    """Each provider and helper, with their own lines alone: asked where they have something to do from then on, told
    where not."""
    here = present(about.work, about.client.id)
    by_party: dict[Party, list[Touch]] = {}
    for one in about.lines:
        for party in sorted(one.move.parties, key=str):
            by_party.setdefault(party, []).append(one)
    for party, own in by_party.items():
        goes_on = [one for one in own if provider_of(one.move.after) == party]
        helper = _helper(own, party, here)
        asking = about.rule(Who.HELPER if helper else Who.PROVIDER)
        leaving = about.rule(Who.LEAVING_HELPER if helper else Who.LEAVING_PROVIDER)
        asked = _matters(goes_on, asking)
        told = _matters([one for one in own if one not in goes_on], leaving)
        rule = asking if asked else leaving
        if rule and (asked or told):
            content = part([one.move for one in own], about.day, party)
            who = {"account_id": helper, "organisation_id": party[0], "provider_name": party[1]}
            yield _seat(Relationship.FAMILY if helper else Relationship.PROVIDER, rule, asked or told, content, **who)


def _helper(own: Iterable[Touch], party: Party, here: Collection[UUID]) -> UUID | None:
    """The account of whoever of the circle is named as giving lines of this party without pay; as it would be first.

    None where somebody called the same is paid for one of them: a name alone opens nothing.
    """
    sides = [side for one in own for side in (one.move.after, one.move.before) if side and provider_of(side) == party]
    if any(side.more.given is None for side in sides):
        return None
    return next((side.helper for side in sides if side.helper in here), None)


def _matters(own: Iterable[Touch], rule: Rule | None) -> frozenset[Matter]:
    return frozenset[Matter]().union(*(one.matters & rule.matters for one in own)) if rule else frozenset()


def _leads(about: _About) -> Iterable[Seat]:
    rule = about.rule(Who.LEAD)
    if rule is None or not about.matters & rule.matters:
        return
    wanted = select(Tie.account_id).where(
        Tie.client_id == about.client.id,
        Tie.relationship == Relationship.LEAD,
        Tie.holds_on(about.work.day),
    )
    for account in sorted(set(about.work.session.scalars(unscoped(wanted, "who coordinates"))), key=str):
        if account:
            yield _seat(Relationship.LEAD, rule, about.matters & rule.matters, about.whole, account_id=account)


def _hidden(work: Work, client: Client) -> set[UUID]:
    """Accounts from which changes are hidden: they are not asked, and cannot notice it."""
    wanted = select(Restriction.hidden_from).where(
        Restriction.client_id == client.id,
        Restriction.lifted_at.is_(None),
        Restriction.set_at <= work.now,
        or_(Restriction.hides.is_(None), Restriction.hides == Resource.CHANGE),
    )
    return set(work.session.scalars(unscoped(wanted, "whom not to ask")))
