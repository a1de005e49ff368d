"""Agreements, their texts and signatures, limited to what the reader may see."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from agreements.model import Agreement, AgreementText, Signature
from agreements.states import EDITABLE, OPEN_TO_SIGN, OVER, State
from budgeting.period import Period
from budgeting.words import Name, Words, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Action, Resource
from portal.accounts.model import Organisation
from portal.db import among
from portal.people import ahead, due, due_days, history, next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import Glance, NextStep
from portal.people.queries import those
from portal.plans import queries as plans
from portal.proposals import checking, so_far
from portal.proposals.frozen import FrozenProposal, thaw
from portal.proposals.model import Line, Proposal
from portal.spending import agreed
from portal.work import NotVisible, Work

PREPARED = words("Being prepared")
CANNOT_FIRST = words("You answered that you cannot deliver this. If you can after all, change that answer first.")
REVIEW = "review"  #: what a day is on which an agreement is looked at again
LOOKED_AT, LAST_DAY = words("An agreement is looked at again"), words("The last day of an agreement")


def of_client(work: Work, client: Client) -> Sequence[Agreement]:
    """All agreements of a client, newest first; those that are over stand last."""
    wanted = visible(work, Agreement).where(Agreement.client_id == client.id)
    found = work.session.scalars(wanted.order_by(Agreement.starts.desc(), Agreement.id)).all()
    return sorted(found, key=lambda one: one.state in OVER)


def one(work: Work, client_id: UUID, agreement_id: UUID) -> Agreement:
    """One agreement of this client; NotVisible otherwise."""
    wanted = visible(work, Agreement).where(Agreement.id == agreement_id, Agreement.client_id == client_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def mark(found: Agreement) -> str:
    """Changes whenever somebody writes in it, signs or answers; not when its copy, which is read apart, was printed."""
    seen = f"{found.id}|{found.round}|{found.state.value}|{found.version - (found.print_sha256 is not None)}"
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def for_us(work: Work) -> Sequence[Agreement]:
    """Agreements offered to the reader's own organisations, newest first."""
    wanted = visible(work, Agreement).where(Agreement.provider_id.in_(organisations(work)))
    return work.session.scalars(wanted.order_by(Agreement.offered_at.desc())).all()


def of_former_versions(work: Work, found: Sequence[Agreement]) -> Mapping[UUID, Agreement]:
    """Those of some agreements that never held and whose version has a successor: each with the agreement of that.

    The same provider, program and days count; one that was signed by both is no draft of anything.
    """
    waiting = [one for one in found if one.state in (*EDITABLE, *OPEN_TO_SIGN, State.WITHDRAWN)]
    if not waiting:
        return {}
    wanted = limit(select(Agreement, Proposal.accepted_at), work, Agreement)
    wanted = wanted.join(Proposal, Proposal.id == Agreement.proposal_id).where(
        among(Agreement.client_id, {one.client_id for one in waiting}),
        Agreement.state.not_in((State.DECLINED, State.WITHDRAWN)),
    )
    there = [(row.Agreement, row.accepted_at) for row in work.session.execute(wanted.order_by(Proposal.accepted_at))]
    accepted = select(Proposal.id, Proposal.accepted_at).where(Proposal.id.in_({one.proposal_id for one in waiting}))
    since = {row.id: row.accepted_at for row in work.session.execute(unscoped(accepted, "which version came first"))}
    return {
        one.id: newer
        for one in waiting
        for newer, at in there
        if (newer.client_id, newer.provider_id, newer.program) == (one.client_id, one.provider_id, one.program)
        and at > since[one.proposal_id]
        and newer.starts <= max(one.starts, work.day)
    }


def client_of(work: Work, agreement: Agreement) -> Client:
    """The person the agreement is about; whoever may read the agreement may read the name in it."""
    return people.client_of(work, agreement.client_id, "named in an agreement that was found")


def provider_of(work: Work, agreement: Agreement) -> Organisation:
    """The provider's side."""
    return work.session.get_one(Organisation, agreement.provider_id)


def providers(work: Work, found: Iterable[Agreement]) -> Mapping[UUID, Name]:
    """The names of the providers of some agreements."""
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_({a.provider_id for a in found}))
    return {row.id: Name(row.name) for row in work.session.execute(wanted)}


def texts(work: Work, agreement: Agreement) -> Mapping[str, AgreementText]:
    """The texts of the present round, by language; empty before it was offered."""
    wanted = visible(work, AgreementText).where(
        AgreementText.agreement_id == agreement.id, AgreementText.round == agreement.round
    )
    return {text.language: text for text in work.session.scalars(wanted)}


def signatures(work: Work, agreement: Agreement) -> Sequence[Signature]:
    """Who has signed the present text, in order."""
    wanted = visible(work, Signature).where(Signature.agreement_id == agreement.id, Signature.round == agreement.round)
    return work.session.scalars(wanted.order_by(Signature.at)).all()


def whole_proposal(work: Work, agreement: Agreement) -> FrozenProposal | None:
    """Everything that was accepted, other providers included; only for those who may read the budget."""
    if not work.can(Resource.BUDGET, Action.READ, agreement.client_id):
        return None
    wanted = select(Proposal.frozen).where(Proposal.id == agreement.proposal_id)
    frozen = work.session.scalar(unscoped(wanted, "the reader may read the budget"))
    return thaw(frozen) if frozen else None


@history.naming
def names_for_history(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    """Providers named in the events of agreements."""
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {row.id: Name(row.name) for row in work.session.execute(wanted)}


@next_steps.of_clients
def what_waits(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Agreements to offer, to read and sign, those that wait for the other side, and supports left without one."""
    waiting = (State.DRAFT, State.CHANGE_ASKED, State.DECLINED, *OPEN_TO_SIGN)
    wanted = limit(select(Agreement), work, Agreement).where(
        among(Agreement.client_id, clients), Agreement.state.in_(waiting)
    )
    found = _without_one(work, work.session.scalars(wanted).all(), clients)
    names = providers(work, found) if found else {}
    unable = plans.unable(work, clients) if found else ()
    signing = those(work, Resource.AGREEMENT, Action.EXPORT, clients) if found else ()  # the client, or who decides
    drafting = those(work, Resource.AGREEMENT, Action.WRITE, clients) if found else ()  # and the coordinator
    former = of_former_versions(work, found)
    for agreement in found:
        client = clients[agreement.client_id]
        person = words("Waiting for {name}", name=Name(client.name))
        provider, href = names[agreement.provider_id], f"/people/{client.id}/agreements/{agreement.id}"
        whose = None if client.id in drafting else person
        if agreement.state is State.DECLINED:
            sentence = words(
                "There is no agreement with {provider}: it was declined. Decide who gives these supports.",
                provider=provider,
            )
        elif agreement.id in former:
            sentence = words(
                "The agreement with {provider} is of a former version of the plan. Take it back if nobody needs it.",
                provider=provider,
            )
        elif (client.id, agreement.provider_id) in unable:
            sentence = cannot_yet(provider)
        elif agreement.state in (State.DRAFT, State.CHANGE_ASKED):
            sentence = words("Look over the draft agreement with {provider}, and offer it.", provider=provider)
        elif agreement.state is State.SIGNED_BY_CLIENT:
            sentence = words("{provider} has the agreement and has not signed yet.", provider=provider)
            whose = words("Waiting for {provider}", provider=provider)
        else:
            sentence = words("Read the agreement with {provider} and say yes or no.", provider=provider)
            whose = None if client.id in signing else person
        yield client.id, NextStep(sentence, href, waiting_for=whose, accepted=agreement.proposal_id)


@next_steps.of_clients
def being_written(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Versions that were accepted just now, whose draft agreements a job is still to write."""
    given = exists().where(
        Line.proposal_id == Proposal.id,
        Line.provider_id.is_not(None),
        Line.removed_at.is_(None),
        Line.parked_at.is_(None),
    )
    wanted = limit(select(Proposal.client_id).distinct(), work, Proposal).where(
        among(Proposal.client_id, clients),
        Proposal.accepted_at > work.now - next_steps.JUST_NOW,
        given,
        ~exists().where(Agreement.proposal_id == Proposal.id),
    )
    found = work.session.scalars(wanted).all()
    reading = those(work, Resource.AGREEMENT, Action.WRITE, clients) if found else ()
    text = words("The draft agreements with your providers are being written. They are here in a moment.")
    for client_id in found:
        if client_id in reading:
            yield client_id, NextStep(text, f"/people/{client_id}/agreements", waiting_for=PREPARED, coming=True)


def cannot_yet(provider: Name) -> Words:
    """What to know about an agreement with a provider that cannot deliver its part."""
    return words(
        "{provider} said it cannot deliver its part. Decide about that first: the agreement can wait.",
        provider=provider,
    )


def _without_one(work: Work, found: Sequence[Agreement], clients: next_steps.Clients) -> Sequence[Agreement]:
    """Of those that were declined only the ones whose supports are still in the plan, with no other agreement."""
    if all(each.state is not State.DECLINED for each in found):
        return found
    holds = limit(select(Agreement.client_id, Agreement.provider_id), work, Agreement).where(
        among(Agreement.client_id, clients), Agreement.state == State.IN_FORCE
    )
    other = {(row.client_id, row.provider_id) for row in work.session.execute(holds)}
    other |= {(each.client_id, each.provider_id) for each in found if each.state is not State.DECLINED}
    left = plans.to_deliver(work, clients) - other
    return [each for each in found if each.state is not State.DECLINED or (each.client_id, each.provider_id) in left]


@ahead.of_clients
def reviews_and_ends(work: Work, clients: Collection[UUID], today: date) -> Iterable[tuple[UUID, date, Words]]:
    """When agreements in force are looked at again, and their last days."""
    wanted = limit(select(Agreement.client_id, Agreement.id, Agreement.review, Agreement.ends), work, Agreement)
    now = wanted.where(among(Agreement.client_id, clients), Agreement.state == State.IN_FORCE)
    rows = work.session.execute(now).all()
    done = due_days.done(work, clients) if rows else frozenset()
    for client_id, agreement_id, review, ends in rows:
        if (client_id, agreement_id, REVIEW, review) not in done:
            yield client_id, review, LOOKED_AT
        yield client_id, ends, LAST_DAY


@due.of_clients
def days_of_agreements(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """When they are looked at again, to be found among everything that is due, and those that wait for a signature."""
    columns = (Agreement.client_id, Agreement.id, Agreement.provider_id, Agreement.review)
    wanted = limit(select(*columns), work, Agreement)
    now = wanted.where(
        among(Agreement.client_id, clients), Agreement.state == State.IN_FORCE, Agreement.ends >= work.day
    )
    done = due_days.done(work, clients)
    for client_id, agreement_id, provider_id, review in work.session.execute(now):
        href = f"/people/{client_id}/agreements/{agreement_id}#what-is-due"
        if (client_id, agreement_id, REVIEW, review) not in done:
            yield due.Due(client_id, due.Kind.AGREEMENT, review, LOOKED_AT, href, provider_id)
    to_sign, cannot = _ours(work)
    text = nwords("{n} agreement waits for your signature.", "{n} agreements wait for your signature.", 1)
    for one in (*to_sign, *cannot):
        if one.client_id in clients:
            said = CANNOT_FIRST if one in cannot else text
            href = f"/people/{one.client_id}/agreements/{one.id}"
            yield due.Due(one.client_id, due.Kind.AGREEMENT, one.starts, said, href, work.account_id)


@due.of_endings
def last_days(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """The last days of agreements in force."""
    columns = (Agreement.client_id, Agreement.id, Agreement.provider_id, Agreement.program, Agreement.ends)
    wanted = limit(select(*columns), work, Agreement)
    now = wanted.where(
        among(Agreement.client_id, clients), Agreement.state == State.IN_FORCE, Agreement.ends >= work.day
    )
    for client_id, agreement_id, provider_id, program, ends in work.session.execute(now):
        href = f"/people/{client_id}/agreements/{agreement_id}"
        yield due.Due(client_id, due.Kind.AGREEMENT, ends, LAST_DAY, href, provider_id, program=program)


@next_steps.of_reader
def to_sign(work: Work) -> Iterable[NextStep]:
    """How many agreements wait for the signature of the reader's own organisations, and those they cannot deliver."""
    to_sign, cannot = _ours(work)
    if count := len(to_sign):
        text = nwords("{n} agreement waits for your signature.", "{n} agreements wait for your signature.", count)
        yield NextStep(text, "/agreements")
    for one in cannot:
        yield NextStep(CANNOT_FIRST, f"/people/{one.client_id}/agreements/{one.id}")


def _ours(work: Work) -> tuple[list[Any], list[Any]]:
    """What the reader's own organisations may still sign, and what they answered that they cannot deliver."""
    columns = (Agreement.id, Agreement.client_id, Agreement.provider_id, Agreement.starts)
    wanted = limit(select(*columns), work, Agreement).where(
        Agreement.provider_id.in_(organisations(work)), Agreement.state.in_([State.OFFERED, State.SIGNED_BY_CLIENT])
    )
    found = work.session.execute(wanted.order_by(Agreement.starts, Agreement.id)).all()
    unable = plans.cannot_for_us(work) if found else {}
    cannot: list[Any] = [one for one in found if (one.client_id, one.provider_id) in unable]
    to_sign: list[Any] = [one for one in found if one not in cannot]
    return to_sign, cannot


@next_steps.at_a_glance(order=30)
def agreements_at_a_glance(work: Work, client: Client) -> Iterable[Glance]:
    """How many agreements hold."""
    wanted = limit(select(Agreement.id), work, Agreement).where(
        Agreement.client_id == client.id, Agreement.state == State.IN_FORCE
    )
    count = len(work.session.scalars(wanted).all())
    if count:
        yield Glance(words("Agreements in force"), count, f"/people/{client.id}/agreements")


@checking.known
def _signed(work: Work, client: Client) -> checking.Known:
    if not work.can(Resource.AGREEMENT, Action.READ, client.id):
        return checking.Known()
    found = [one for one in of_client(work, client) if one.state is State.IN_FORCE]
    names = providers(work, found)
    signed = [
        checking.Signed(
            str(line.id), one.provider_id, names[one.provider_id], line.terms, Period(one.starts, one.ends), one.review
        )
        for one in found
        for line in thaw(one.content).lines
    ]
    return checking.Known(signed=signed)


@agreed.asked
def days_in_force(work: Work, client: Client) -> Mapping[UUID, Sequence[Period]] | None:
    """The days on which a signed agreement holds, by organisation; None for those who may not see agreements."""
    if not work.can(Resource.AGREEMENT, Action.READ, client.id):
        return None
    found: dict[UUID, list[Period]] = {}
    for one in of_client(work, client):
        if one.in_force_at is not None:
            last = min(one.ends, client.by_the_clock(one.closed_at).date()) if one.closed_at else one.ends
            found.setdefault(one.provider_id, []).append(Period(one.starts, max(one.starts, last)))
    return found


@so_far.of_line
def _agreed_on(work: Work, client: Client, key: UUID) -> Iterable[so_far.Fact]:
    """Who offered and who signed the agreements that hold a line, and since when each is in force."""
    about = [one for one in of_client(work, client) if any(line.id == key for line in thaw(one.content).lines)]
    names, stage = providers(work, about), so_far.Stage.AGREED
    wanted = visible(work, Signature).where(Signature.agreement_id.in_([one.id for one in about]))
    signed = work.session.scalars(wanted.order_by(Signature.at, Signature.id)).all() if about else ()
    for one in about:
        provider, href = names[one.provider_id], f"/people/{client.id}/agreements/{one.id}"
        holds = one.state is State.IN_FORCE
        if one.offered_at is not None:
            text = words("The agreement with {provider} was offered to both sides.", provider=provider)
            still = one.state in OPEN_TO_SIGN
            yield so_far.Fact(so_far.Stage.ASKED, text, one.offered_at, href, holds=still, who=one.offered_by)
        for each in signed:
            if each.agreement_id == one.id and each.round == one.round:
                text = words("Signed the agreement with {provider}.", provider=provider)
                yield so_far.Fact(stage, text, each.at, href, holds=holds, who=each.account_id)
        if one.in_force_at is not None:
            text = words(
                "The agreement with {provider} is signed by both. It holds from {day}.",
                provider=provider,
                day=one.starts,
            )
            yield so_far.Fact(stage, text, one.in_force_at, href, holds=holds)
