"""Drafts after acceptance, and the copy to keep once both sides have signed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, not_, or_, select

from agreements import commands, copies, document, printing
from agreements.model import Agreement, AgreementText, Signature
from agreements.states import OPEN_TO_SIGN, State
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.accounts import queries as accounts
from portal.accounts.model import Organisation
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.states import WAITS
from portal.jobs import job
from portal.people import commands as people
from portal.people.model import Tie
from portal.people.queries import client_of
from portal.plans import access_ends
from portal.plans.model import PlanPart
from portal.plans.request_model import ProviderRequest
from portal.plans.request_states import LIVE
from portal.plans.states import PartState
from portal.proposals.model import Proposal
from portal.work import OpenWork, Work


@job("agreements.draft_for")
def draft_for(work: Work, proposal_id: str) -> None:
    """One draft for each provider of an accepted proposal."""
    wanted = select(Proposal).where(Proposal.id == UUID(proposal_id))
    proposal = work.session.scalar(unscoped(wanted, "a job knows the id"))
    if proposal is not None:
        commands.draft_for(work, proposal)


@job("agreements.print", many=True)
def print_copy(open_work: OpenWork, agreement_id: str) -> None:
    """Print the signed texts as a PDF and keep it; the slow part runs outside any transaction."""
    with open_work() as work:
        html = _to_print(work, _agreement(work, agreement_id))
        folder = work.house.settings.files
    digest = copies.keep(folder, printing.pdf(html))
    with open_work() as work:
        commands.keep_print(work, _agreement(work, agreement_id), digest)


@job("agreements.print_to_read", many=True)
def print_to_read(open_work: OpenWork, agreement_id: str, language: str) -> None:
    """Print the signed text in another language, only to be read; asked for twice it is made once."""
    with open_work() as work:
        agreement = _agreement(work, agreement_id)
        assert agreement.print_sha256 is not None, "the signed copy is there when this is asked for"
        path = copies.to_read(work.house.settings.files, agreement.print_sha256, language)
        if path.exists():
            return
        html = _to_print(work, agreement, language)
    copies.write(path, printing.pdf(html))


@job("agreements.let_out_providers", cron="0 30 15 * * *")
def let_out_providers(work: Work) -> None:
    """Once a day: a provider with nothing left of plans, changes, questions and agreements has its last day here.

    It keeps its place for the days after that which portal/plans/access_ends.toml says.
    """
    lately = work.day - timedelta(days=access_ends.after(work.day).days)
    delivers = PlanPart.provider_id == Tie.organisation_id, PlanPart.client_id == Tie.client_id
    agreed = Agreement.provider_id == Tie.organisation_id, Agreement.client_id == Tie.client_id
    asked = Authorisation.organisation_id == Tie.organisation_id, Authorisation.client_id == Tie.client_id
    lasting = State.CHANGE_ASKED, State.IN_FORCE, *OPEN_TO_SIGN
    questions = ProviderRequest.provider_id == Tie.organisation_id, ProviderRequest.client_id == Tie.client_id
    waiting = select(ChangeRequest.id).where(ChangeRequest.state.in_(WAITS))
    left = or_(
        exists().where(*delivers, PlanPart.state != PartState.ENDED, PlanPart.ends > lately),
        exists().where(*delivers, PlanPart.until >= lately),
        exists().where(*agreed, Agreement.state.in_(lasting), Agreement.ends > lately),
        exists().where(*questions, ProviderRequest.state.in_(LIVE), ProviderRequest.answer_by >= lately),
        exists().where(*asked, Authorisation.request_id.in_(waiting)),
    )
    over = select(Tie).where(
        Tie.relationship == Relationship.PROVIDER,
        Tie.ends.is_(None),
        Tie.revoked_at.is_(None),
        or_(*(exists().where(*one) for one in (delivers, agreed, asked, questions))),
        not_(left),
    )
    for tie in work.session.scalars(unscoped(over, "whose part has ended")).all():
        people.let_out_provider(work, tie)


def _agreement(work: Work, agreement_id: str) -> Agreement:
    wanted = select(Agreement).where(Agreement.id == UUID(agreement_id))
    return work.session.scalars(unscoped(wanted, "a job knows the id")).one()


def _to_print(work: Work, agreement: Agreement, only: str | None = None) -> str:
    """The texts that were signed; or one of them, in another language, marked as only to be read."""
    of_round = (AgreementText.agreement_id == agreement.id, AgreementText.round == agreement.round)
    every = work.session.scalars(unscoped(select(AgreementText).where(*of_round), "to print")).all()
    signed = select(Signature).where(Signature.agreement_id == agreement.id, Signature.round == agreement.round)
    signatures = work.session.scalars(unscoped(signed.order_by(Signature.at), "to print")).all()
    read_in = document.signed_in(signatures)
    wanted = (only,) if only else (read_in, document.BINDING)
    texts = sorted((text for text in every if text.language in wanted), key=lambda t: t.binding)
    names = accounts.names(work.session, {signature.account_id for signature in signatures})
    client = client_of(work, agreement.client_id, "to print")
    provider = work.session.get_one(Organisation, agreement.provider_id)
    rows = [document.signature_row(signature, names.get(signature.account_id, "")) for signature in signatures]
    mark = (agreement.print_sha256 or "") if only else ""
    return document.to_print(texts, rows, document.title_of(client, provider), only or read_in, mark)
