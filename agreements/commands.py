"""Drafting, offering, signing, asking for a change, saying no, taking back and ending an agreement."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from agreements import events, queries
from agreements.checks import Level, months_after, notes
from agreements.clauses import parameters_for
from agreements.model import Agreement, AgreementText, Signature
from agreements.states import How, Side, SignedAs, State
from budgeting.words import words
from portal.access.policy import Decision
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Organisation
from portal.db import Stale
from portal.people import queries as people
from portal.people.model import Authority, Client
from portal.plans import queries as plans
from portal.plans.narrowed import narrowed
from portal.plans.telling import SELF, holders, keepers, members, tell
from portal.proposals import recount
from portal.proposals.frozen import FrozenProposal, thaw
from portal.proposals.model import Proposal
from portal.work import NotVisible, Refusal, Work, command, open_command, refuse


@open_command
def draft_for(work: Work, proposal: Proposal) -> None:
    """One draft for each provider of an accepted proposal; for the job after acceptance. Done twice it is still one."""
    if proposal.frozen is None or proposal.frozen_hash is None:
        return
    whole = thaw(proposal.frozen)
    of_proposal = select(Agreement.provider_id).where(Agreement.proposal_id == proposal.id)
    there = set(work.session.scalars(unscoped(of_proposal, "drafts that are there")))
    for provider_id in dict.fromkeys(line.provider_id for line in whole.lines if line.provider_id):
        if provider_id in there:
            continue
        agreement = _draft(work, proposal, whole, provider_id)
        work.session.add(agreement)
        work.session.flush()
        work.record(events.Drafted(client_id=proposal.client_id, subject=agreement.id, provider_id=provider_id))
    _take_back_former(work, proposal, whole.period.first)


def _take_back_former(work: Work, proposal: Proposal, first: date) -> None:
    """Drafts of former versions that were never offered end by themselves, where the new version takes their days."""
    former = (
        select(Agreement)
        .join(Proposal, Proposal.id == Agreement.proposal_id)
        .where(
            Agreement.client_id == proposal.client_id,
            Agreement.program == proposal.program,
            Agreement.state == State.DRAFT,
            Proposal.accepted_at < proposal.accepted_at,
        )
    )
    today = work.today(people.client_of(work, proposal.client_id, "a job"))
    for one in work.session.scalars(unscoped(former, "drafts that nobody was offered")):
        if first <= max(one.starts, today):
            one.move(State.WITHDRAWN)
            one.closed_at = work.now
            work.record(events.Withdrawn(**_about(one)))


def _draft(work: Work, proposal: Proposal, whole: FrozenProposal, provider_id: UUID) -> Agreement:
    """A draft over the days of these lines; nothing holds before it is agreed, so it never starts in the past."""
    own = whole.of_provider(provider_id)
    client = people.client_of(work, proposal.client_id, "a job")
    ends = max(line.terms.ends for line in own)
    starts = min(max(min(line.terms.starts for line in own), work.today(client)), ends)
    known = parameters_for(proposal.program)
    latest = months_after(starts, int(known.text("review_months", starts)))
    return Agreement(
        client_id=proposal.client_id,
        provider_id=provider_id,
        proposal_id=proposal.id,
        proposal_hash=proposal.frozen_hash,
        program=proposal.program,
        content=_content(work, client, whole, provider_id, starts, ends),
        starts=starts,
        ends=ends,
        review=min(ends, latest),
        client_notice=int(known.text("client_notice", starts)),
        provider_notice=int(known.text("provider_notice", starts)),
        cancel_notice=int(known.text("cancel_notice", starts)),
    )


def _content(work: Work, client: Client, whole: FrozenProposal, provider_id: UUID, first: date, last: date) -> str:
    """The provider's own lines between the agreement's first and last day, with what these days cost."""
    own = [line.id for line in whole.of_provider(provider_id)]
    return narrowed(recount.of_days(work, client, whole, own, first, last), own, shares=True)


@dataclass(frozen=True)
class Chosen:
    """What the client's side chooses in a draft; the supports and prices come from the proposal and stay."""

    starts: date
    ends: date
    review: date
    client_notice: int
    provider_notice: int
    cancel_notice: int
    travel: bool
    place: str
    also: str


def _relationship(work: Work) -> Relationship | None:
    decision: Decision | None = work.decision
    return decision.relationship if decision else None


def _clients_side(work: Work) -> None:
    if _relationship(work) is Relationship.PROVIDER:
        raise NotVisible


@command(Resource.AGREEMENT, Action.WRITE)
def change_terms(work: Work, agreement: Agreement, chosen: Chosen) -> None:
    """Work on a draft; a text that was offered is never edited."""
    _clients_side(work)
    agreement.must_be_editable()
    late = words("The day to look at it again comes before the start.")
    refuse(
        ends=words("The last day comes before the first.") if chosen.ends < chosen.starts else None,
        review=late if chosen.review < chosen.starts else None,
    )
    _count_these_days(work, agreement, chosen)
    agreement.starts, agreement.ends, agreement.review = chosen.starts, chosen.ends, chosen.review
    agreement.client_notice, agreement.provider_notice = chosen.client_notice, chosen.provider_notice
    agreement.cancel_notice, agreement.travel = chosen.cancel_notice, chosen.travel
    agreement.place, agreement.also = chosen.place, chosen.also
    work.record(events.TermsChanged(**_about(agreement)))


def _count_these_days(work: Work, agreement: Agreement, chosen: Chosen) -> None:
    """Count the supports again for the days that were chosen; Refusal when none of them falls into these days."""
    if (chosen.starts, chosen.ends) == (agreement.starts, agreement.ends):
        return
    wanted = select(Proposal.frozen).where(Proposal.id == agreement.proposal_id)
    frozen = work.session.scalar(unscoped(wanted, "what the agreement is made from"))
    if frozen is None:
        return
    client, whole = people.client_of(work, agreement.client_id, "named in the agreement"), thaw(frozen)
    content = _content(work, client, whole, agreement.provider_id, chosen.starts, chosen.ends)
    if not thaw(content).lines:
        raise Refusal(words("No support of this plan falls into these days. Choose other days."), "starts")
    agreement.content = content


def _about(agreement: Agreement) -> dict[str, UUID]:
    return {"client_id": agreement.client_id, "subject": agreement.id, "provider_id": agreement.provider_id}


@command(Resource.AGREEMENT, Action.WRITE)
def offer(work: Work, agreement: Agreement, texts: Mapping[str, bytes], binding: str, text_version: str) -> None:
    """Freeze these very texts and let both sides read them. Refusal while something that must be there is missing."""
    _clients_side(work)
    provider = work.session.get_one(Organisation, agreement.provider_id)
    client = people.client_of(work, agreement.client_id, "named in the agreement")
    for note in notes(agreement, thaw(agreement.content).lines, client, provider):
        if note.level is Level.MUST:
            raise Refusal(note.words)
    agreement.move(State.OFFERED)
    agreement.offered_at, agreement.offered_by, agreement.note = work.now, work.account_id, ""
    for language, html in texts.items():
        work.session.add(
            AgreementText(
                client_id=agreement.client_id,
                agreement_id=agreement.id,
                round=agreement.round,
                language=language,
                binding=language == binding,
                text_version=text_version,
                html=html,
                sha256=hashlib.sha256(html).hexdigest(),
                made_at=work.now,
            )
        )
    work.record(events.Offered(**_about(agreement), starts=agreement.starts))
    _tell_both(work, agreement, "offered")


def _tell_both(work: Work, agreement: Agreement, what: str) -> None:
    client_id = agreement.client_id
    everyone = holders(work, client_id, SELF) | keepers(work, client_id)
    everyone |= members(work, agreement.provider_id, client_id)
    path = f"/people/{agreement.client_id}/agreements/{agreement.id}"
    tell(work, everyone, f"{what}-{agreement.id}-{agreement.round}", path)


def _text(work: Work, agreement: Agreement, sha256: str) -> AgreementText:
    """The text of the present round with this hash; Stale when what was read is no longer what there is to sign."""
    wanted = select(AgreementText).where(
        AgreementText.agreement_id == agreement.id,
        AgreementText.round == agreement.round,
        AgreementText.sha256 == sha256,
    )
    found = work.session.scalar(unscoped(wanted, "the text of an agreement that was found"))
    if found is None:
        raise Stale
    return found


@command(Resource.AGREEMENT, Action.APPROVE)
def sign(work: Work, agreement: Agreement, sha256: str, name: str, helper: str = "") -> None:
    """Say yes to the text with this hash, by typing one's name.

    The client, someone with checked legal authority, or the provider's own people; helping is not deciding, so nobody
    else. Stale (409) when the text has changed since it was read.
    """
    text = _text(work, agreement, sha256)
    match _relationship(work):
        case Relationship.CLIENT:
            _keep(work, agreement, text, Side.CLIENT, SignedAs.CLIENT, name, helper=helper)
        case Relationship.AUTHORITY:
            _keep(work, agreement, text, Side.CLIENT, SignedAs.AUTHORITY, name, helper=helper)
        case Relationship.PROVIDER:
            if (agreement.client_id, agreement.provider_id) in plans.cannot_for_us(work):
                raise Refusal(queries.CANNOT_FIRST)
            _keep(work, agreement, text, Side.PROVIDER, SignedAs.PROVIDER, name)
        case _:
            raise Refusal(words("Only the person, someone with legal authority for them, and the provider can sign."))


@command(Resource.AGREEMENT, Action.APPROVE)
def record_spoken_yes(work: Work, agreement: Agreement, sha256: str, name: str, heard: str, helper: str = "") -> None:
    """Keep a client's spoken yes: in which words, and why aloud; only the lead, who heard it, writes it down."""
    if _relationship(work) is not Relationship.LEAD:
        raise NotVisible
    text = _text(work, agreement, sha256)
    _keep(work, agreement, text, Side.CLIENT, SignedAs.CLIENT, name, helper=helper, heard=heard, how=How.SPOKEN)


def _keep(
    work: Work,
    agreement: Agreement,
    text: AgreementText,
    side: Side,
    signed_as: SignedAs,
    name: str,
    *,
    helper: str = "",
    heard: str = "",
    how: How = How.TYPED,
) -> None:
    mine, other = (
        (State.SIGNED_BY_CLIENT, State.SIGNED_BY_PROVIDER)
        if side is Side.CLIENT
        else (State.SIGNED_BY_PROVIDER, State.SIGNED_BY_CLIENT)
    )
    agreement.move(State.IN_FORCE if agreement.state is other else mine)
    authority_id = work.decision.authority if work.decision else None
    by_authority = signed_as is SignedAs.AUTHORITY
    work.session.add(
        Signature(
            client_id=agreement.client_id,
            agreement_id=agreement.id,
            round=agreement.round,
            side=side,
            signed_as=signed_as,
            account_id=work.account_id,
            authority_id=authority_id if by_authority else None,
            authority_kind=_kind(work, authority_id) if by_authority else None,
            on_behalf_of=agreement.client_id if by_authority or how is How.SPOKEN else None,
            how=how,
            name=name,
            heard=heard,
            helper=helper,
            language=text.language,
            sha256=text.sha256,
            at=work.now,
        )
    )
    work.record(events.Signed(**_about(agreement), side=side, signed_as=signed_as, how=how))
    if agreement.state is State.IN_FORCE:
        agreement.in_force_at = work.now
        work.record(events.CameIntoForce(**_about(agreement), starts=agreement.starts))
        work.later("agreements.print", agreement_id=agreement.id)
    _tell_both(work, agreement, f"signed-{side.value}")


def _kind(work: Work, authority_id: UUID | None) -> object:
    wanted = select(Authority.kind).where(Authority.id == authority_id)
    return work.session.scalar(unscoped(wanted, "the authority this yes rests on"))


@command(Resource.AGREEMENT, Action.WRITE)
def ask_for_change(work: Work, agreement: Agreement, why: str) -> None:
    """Take the text back to the table without ending anything; every yes to the old text is void."""
    agreement.move(State.CHANGE_ASKED)
    agreement.round, agreement.note = agreement.round + 1, why
    work.record(events.ChangeAsked(**_about(agreement)))
    _tell_both(work, agreement, "change")


@command(Resource.AGREEMENT, Action.WRITE)
def decline(work: Work, agreement: Agreement, why: str) -> None:
    """Say no to the agreement; the client's own side or the provider, not those who only help."""
    if _relationship(work) not in (Relationship.CLIENT, Relationship.AUTHORITY, Relationship.PROVIDER):
        raise NotVisible
    agreement.move(State.DECLINED)
    agreement.note, agreement.closed_at = why, work.now
    work.record(events.Declined(**_about(agreement)))
    _tell_both(work, agreement, "declined")


@command(Resource.AGREEMENT, Action.WRITE)
def withdraw(work: Work, agreement: Agreement, why: str) -> None:
    """Take an agreement back before both have signed."""
    _clients_side(work)
    told = agreement.offered_at is not None
    agreement.move(State.WITHDRAWN)
    agreement.note, agreement.closed_at = why, work.now
    work.record(events.Withdrawn(**_about(agreement)))
    if told:
        _tell_both(work, agreement, "withdrawn")


@command(Resource.AGREEMENT, Action.APPROVE)
def end(work: Work, agreement: Agreement, why: str) -> None:
    """The client's side ends an agreement in force, for any reason or none."""
    if _relationship(work) not in (Relationship.CLIENT, Relationship.AUTHORITY):
        raise NotVisible
    agreement.move(State.ENDED)
    agreement.note, agreement.closed_at = why, work.now
    work.record(events.Ended(**_about(agreement)))
    _tell_both(work, agreement, "ended")


@command(Resource.AGREEMENT, Action.READ)
def print_to_read(work: Work, agreement: Agreement, language: str) -> None:
    """Have a copy of the signed agreement made that is only to be read, in one of the languages it was offered in."""
    if agreement.print_sha256 is None or language not in queries.texts(work, agreement):
        raise NotVisible
    work.later("agreements.print_to_read", agreement_id=agreement.id, language=language)


@open_command
def keep_print(work: Work, agreement: Agreement, sha256: str) -> None:
    """Note under which hash the printed copy is kept; for the job that printed it."""
    agreement.print_sha256 = sha256
    work.record(events.Printed(**_about(agreement)))
