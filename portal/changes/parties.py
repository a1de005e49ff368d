"""Exactly who must agree to a change, and why: computed from what it touches and from who is who on that day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource, Scope
from portal.changes.edits import Move, Party, part, provider_of
from portal.changes.rules import Asks, Who, rule_for, scope_of, touched
from portal.changes.states import Matter
from portal.people.model import Authority, Client, Restriction, Tie
from portal.people.queries import account_of_client
from portal.proposals.frozen import FrozenProposal
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


def seats(work: Work, client: Client, touched_lines: Sequence[Touch], effective: date) -> Sequence[Seat]:
    """Everybody who must agree, may agree instead, or is told; the client first."""
    everything = frozenset[Matter]().union(*(one.matters for one in touched_lines))
    whole = part([one.move for one in touched_lines], effective)
    hidden = _hidden(work, client)
    found = [
        *_client(work, client, everything, whole, effective),
        *_authorities(work, client, everything, whole, effective),
        *_providers(touched_lines, effective),
        *_leads(work, client, everything, whole, effective),
    ]
    return [seat for seat in found if seat.account_id not in hidden]


def _client(work: Work, client: Client, matters: frozenset[Matter], whole: str, day: date) -> Iterable[Seat]:
    rule = rule_for(Who.CLIENT, day)
    if rule and matters & rule.matters:
        account = account_of_client(work, client.id)
        yield Seat(Relationship.CLIENT, rule.answer, matters & rule.matters, whole, account_id=account)


def _authorities(work: Work, client: Client, matters: frozenset[Matter], whole: str, day: date) -> Iterable[Seat]:
    """Nominees stand in only where their scope covers all that is touched; guardians have a say in whatever it covers.

    Several people with authority over the same matter must all agree.
    """
    wanted = (
        select(Authority, Tie.account_id)
        .join(Tie, Tie.id == Authority.tie_id)
        .where(
            Authority.client_id == client.id,
            Authority.checked_at.is_not(None),
            Tie.relationship == Relationship.AUTHORITY,
            *_valid(work, Tie),
            Tie.revoked_at.is_(None),
            *_valid(work, Authority),
        )
        .order_by(Authority.starts, Authority.id)
    )
    found: dict[UUID, Seat] = {}
    for authority, account in work.session.execute(unscoped(wanted, "who decides with or for the client")):
        rule = rule_for(Who.AUTHORITY, day, authority.kind)
        scopes = authority.unpacked()
        if rule is None or account is None or Scope.PLANNING not in scopes:
            continue
        covered = frozenset(matter for matter in matters & rule.matters if scope_of(matter) in scopes)
        if covered and (rule.answer is Asks.NEEDED or covered == matters):
            seat = Seat(Relationship.AUTHORITY, rule.answer, covered, whole, account, authority_id=authority.id)
            found[account] = _weightier(found.get(account), seat)
    return found.values()


def _weightier(known: Seat | None, new: Seat) -> Seat:
    """One person with two authorities has one seat; a needed yes weighs more."""
    if known is None:
        return new
    first = known if known.asks is Asks.NEEDED else new
    return replace(first, matters=known.matters | new.matters)


def _valid(work: Work, model: type[Tie] | type[Authority]):  # type: ignore[no-untyped-def]  # two column conditions
    return model.starts <= work.day, or_(model.ends.is_(None), model.ends >= work.day)


def _providers(touched_lines: Sequence[Touch], day: date) -> Iterable[Seat]:
    """Each provider, with its own lines alone: asked where it has something to do from then on, told where not."""
    by_party: dict[Party, list[Touch]] = {}
    for one in touched_lines:
        for party in sorted(one.move.parties, key=str):
            by_party.setdefault(party, []).append(one)
    for party, own in by_party.items():
        goes_on = [one for one in own if provider_of(one.move.after) == party]
        asked = _matters(goes_on, Who.PROVIDER, day)
        told = _matters([one for one in own if one not in goes_on], Who.LEAVING_PROVIDER, day)
        rule = rule_for(Who.PROVIDER if asked else Who.LEAVING_PROVIDER, day)
        if rule and (asked or told):
            content = part([one.move for one in own], day, party)
            organisation_id, name = party
            yield Seat(
                Relationship.PROVIDER,
                rule.answer,
                asked or told,
                content,
                organisation_id=organisation_id,
                provider_name=name,
            )


def _matters(own: Iterable[Touch], who: Who, day: date) -> frozenset[Matter]:
    rule = rule_for(who, day)
    return frozenset[Matter]().union(*(one.matters & rule.matters for one in own)) if rule else frozenset()


def _leads(work: Work, client: Client, matters: frozenset[Matter], whole: str, day: date) -> Iterable[Seat]:
    rule = rule_for(Who.LEAD, day)
    if rule is None or not matters & rule.matters:
        return
    wanted = select(Tie.account_id).where(
        Tie.client_id == client.id, Tie.relationship == Relationship.LEAD, Tie.revoked_at.is_(None), *_valid(work, Tie)
    )
    for account in sorted(set(work.session.scalars(unscoped(wanted, "who coordinates"))), key=str):
        if account:
            yield Seat(Relationship.LEAD, rule.answer, matters & rule.matters, whole, account_id=account)


def _hidden(work: Work, client: Client) -> set[UUID]:
    """Accounts from which changes are hidden: they are not asked, and cannot notice it."""
    wanted = select(Restriction.hidden_from).where(
        Restriction.client_id == client.id,
        Restriction.lifted_at.is_(None),
        Restriction.set_at <= work.now,
        or_(Restriction.hides.is_(None), Restriction.hides == Resource.CHANGE),
    )
    return set(work.session.scalars(unscoped(wanted, "whom not to ask")))

