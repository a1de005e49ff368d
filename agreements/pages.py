"""Agreements for the client's side and for providers: read the text, sign, ask for a change, say no, keep a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from agreements import checks, commands, copies, document, ending_queries, queries
from agreements.model import Agreement, Signature
from agreements.states import EDITABLE, OPEN_TO_SIGN, Side, State
from budgeting.explain.together import added
from budgeting.words import Name, Words, words
from portal.access.table import Action, Relationship, Resource
from portal.accounts import queries as accounts
from portal.changes.beside import Beside, beside_agreement
from portal.language import LANGUAGES, OFFERED
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.rows import prices
from portal.proposals.frozen import FrozenLine, thaw
from portal.proposals.reasons import line_figure, share_figure
from portal.site import forms
from portal.site.page import Asked, File, Listen, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Column, Content, Later, Table
from portal.work import NotVisible, Work

READ = (Resource.AGREEMENT, Action.READ)
WRITE = (Resource.AGREEMENT, Action.WRITE)
SIGN = (Resource.AGREEMENT, Action.APPROVE)

STATES: dict[State, tuple[str, Words]] = {
    State.DRAFT: ("info", words("Draft")),
    State.OFFERED: ("wait", words("To be signed")),
    State.SIGNED_BY_CLIENT: ("wait", words("Waits for the provider")),
    State.SIGNED_BY_PROVIDER: ("wait", words("Waits for the person")),
    State.IN_FORCE: ("ok", words("Signed by both")),
    State.CHANGE_ASKED: ("info", words("A change was asked for")),
    State.DECLINED: ("bad", words("Declined")),
    State.WITHDRAWN: ("", words("Taken back")),
    State.ENDED: ("", words("This agreement has ended")),
}


@get("/people/{client_id:uuid}/agreements", access=READ)
def agreements(work: Work, client_id: UUID) -> View:
    """All agreements of one client."""
    client = people.client(work, client_id)
    found = queries.of_client(work, client)
    names = queries.providers(work, found)
    former = queries.of_former_versions(work, found)
    rows = [_row(each, names[each.provider_id], role=_role(work, each), former=each.id in former) for each in found]
    return View("agreements/list.html", {"rows": rows, "ours": False}, client=client)


@get("/agreements", access=READ)
def agreements_for_us(work: Work) -> View:
    """What a provider was offered, for all the people it works with."""
    rows = [
        _row(each, Name(queries.client_of(work, each).name), role=Relationship.PROVIDER)
        for each in queries.for_us(work)
    ]
    return View("agreements/list.html", {"rows": rows, "ours": True})


def _stands(found: Agreement, role: Relationship | None) -> tuple[str, Words]:
    """How an agreement stands; where the other side has signed, that it is the reader's turn."""
    waits = State.SIGNED_BY_CLIENT if role is Relationship.PROVIDER else State.SIGNED_BY_PROVIDER
    signs = role in (Relationship.CLIENT, Relationship.AUTHORITY, Relationship.PROVIDER)
    return ("wait", words("It is your turn")) if signs and found.state is waits else STATES[found.state]


def _row(agreement: Agreement, other: Name, *, role: Relationship | None, former: bool = False) -> dict[str, Any]:
    badge, state = _stands(agreement, role)
    return {
        "href": f"/people/{agreement.client_id}/agreements/{agreement.id}",
        "other": other,
        "badge": badge,
        "state": state,
        "starts": agreement.starts,
        "ends": agreement.ends,
        "former": former,
    }


@get("/people/{client_id:uuid}/agreements/{agreement_id:uuid}", access=READ)
def agreement(work: Work, asked: Asked, client_id: UUID, agreement_id: UUID) -> View:
    """The text itself, what it costs, who signs, and what can be done now."""
    found = queries.one(work, client_id, agreement_id)
    client, provider = queries.client_of(work, found), queries.provider_of(work, found)
    role = _role(work, found)
    signed = queries.signatures(work, found)
    shown = None if role is Relationship.PROVIDER else client
    names = accounts.names(work.session, {signature.account_id for signature in signed})
    badge, state = _stands(found, role)
    lines = thaw(found.content).lines
    over = ending_queries.last_day(client, found, work.today(client))
    ends_on = over or (work.today(client) if _may_end(found, role) else None)
    after = tuple(ending_queries.after(work, client, found, ends_on).values()) if ends_on else ()
    days = ending_queries.days_of(work, client, found)
    values: dict[str, Any] = {
        **(text := _text(work, asked, found, client)),
        "mark": Name(text["sha256"]),
        "agreement": found,
        "provider": Name(provider.name),
        "person": Name(client.name),
        "kind": badge,
        "state": state,
        "languages_named": {tag: LANGUAGES[tag].own_name for tag in OFFERED},
        "role": role.value if role else "",
        "signatures": [document.signature_row(each, names.get(each.account_id, "")) for each in signed],
        "notes": _notes(work, found, client) if role is not Relationship.PROVIDER else [],
        "amount": added(words("Together"), tuple(line_figure(line) for line in lines)).brief,
        "cost": [
            (Name(line.name), line_figure(line), share_figure(line) if line.contribution else None) for line in lines
        ],
        "prices": _price_file(lines),
        "editable": found.state in EDITABLE,
        "open": found.state in OPEN_TO_SIGN,
        "may_sign": _may_sign(found, role, {each.side for each in signed}),
        "since": _beside(work, found, client),
        "copy_ready": found.print_sha256 is not None,
        "copy_comes": found.print_sha256 is None and found.state is State.IN_FORCE,
        "to_read_in": _to_read_in(found, text["shown_in"], signed),
        "may_be_read": _may_be_read(work, found, text["shown_in"]),
        "cannot": queries.cannot_yet(Name(provider.name)) if shown and _cannot(work, found, shown) else None,
        "cannot_first": queries.CANNOT_FIRST,
        "answered": _our_cannot(work, found) if role is Relationship.PROVIDER else None,
        "passed_by": _passed_by(work, found) if role is Relationship.PROVIDER else None,
        "me_name": work.actor.name,
        "ended": over is not None,
        "may_end": _may_end(found, role),
        "after": after,
        "after_day": ends_on,
        "days": days,
        "beside": [one for one in after if not isinstance(one.value, date)] if over else [],
        "said_by": accounts.called(work, [one.done.noted_by for one in days if one.done]),
        "may_tick": role in (Relationship.CLIENT, Relationship.AUTHORITY, Relationship.LEAD),
        "today": work.today(client),
        "newer": queries.of_former_versions(work, [found]).get(found.id),
        "live": queries.mark(found),
    }
    return View("agreements/agreement.html", values, fragment="agreements/_copy.html", client=shown)


def _price_file(lines: Sequence[FrozenLine]) -> Later:
    """The supports of an agreement with their prices, as a file."""
    caption = words("The supports and their prices")

    def make() -> Table:
        texts = (words("Support"), words("Kind of day"), words("From"), words("To"), words("How many"))
        numbers = (words("Price"), words("Counted in"), words("Amount"))
        columns = (*map(Column, texts), *(Column(one, numeric=True) for one in numbers))
        rows: list[tuple[Content, ...]] = [
            (Name(line.name), row.when, row.first, row.last, row.count, row.unit_price, row.per, row.amount)
            for line in lines
            for row in prices(line)
        ]
        return Table("prices", caption, columns, rows)

    return Later("prices", caption, make)


@get("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/live", access=READ, by_itself=True)
def live(work: Work, client_id: UUID, agreement_id: UUID) -> Listen:
    """A mark that changes when somebody signs, answers, or writes in the draft."""
    found = queries.one(work, client_id, agreement_id)
    if work.account_id is None:
        raise NotVisible
    return Listen(client_id, found.id, work.account_id, queries.mark(found))


def _to_read_in(found: Agreement, shown: str, signed: Sequence[Signature]) -> Name | None:
    """The language of the text that is shown, where the signed copy is in another."""
    other = found.print_sha256 is not None and shown != document.signed_in(signed)
    return Name(LANGUAGES[shown].own_name) if other else None


def _cannot(work: Work, found: Agreement, client: Client) -> bool:
    """Whether the provider has said that it cannot deliver what the agreement, still to be signed, is about."""
    waits = found.state in (*EDITABLE, *OPEN_TO_SIGN)
    return waits and (client.id, found.provider_id) in plans.unable(work, {client.id: client})


def _our_cannot(work: Work, found: Agreement) -> str | None:
    """For a provider that answered that it cannot deliver what it would sign: where that answer can be changed."""
    brief = plans.cannot_for_us(work).get((found.client_id, found.provider_id)) if found.state in OPEN_TO_SIGN else None
    return f"/briefs/{brief}" if brief else None


def _passed_by(work: Work, found: Agreement) -> str | None:
    """For a provider that delivers something else by a newer version than it would sign: where it reads that one."""
    newer = plans.changed_for(work, found.proposal_id, found.provider_id) if found.state in OPEN_TO_SIGN else None
    return f"/briefs/{newer.id}" if newer else None


def _beside(work: Work, found: Agreement, client: Client) -> Sequence[Beside]:
    """Changes agreed to since, which the signed text does not say."""
    if found.state is not State.IN_FORCE:
        return ()
    lines = frozenset(line.id for line in thaw(found.content).lines)
    return beside_agreement(work, client, found.proposal_id, found.provider_id, lines)


def _role(work: Work, found: Agreement) -> Relationship | None:
    """As what the reader may act on this agreement; None for those who only read (supporters, family)."""
    decision = work.decide(Resource.AGREEMENT, Action.WRITE, found.client_id, found)
    return decision.relationship if decision.allowed else None


def _may_sign(found: Agreement, role: Relationship | None, signed: set[Side]) -> bool:
    side = Side.PROVIDER if role is Relationship.PROVIDER else Side.CLIENT
    signs = role in (Relationship.CLIENT, Relationship.AUTHORITY, Relationship.PROVIDER)
    return signs and found.state in OPEN_TO_SIGN and side not in signed


def _may_end(found: Agreement, role: Relationship | None) -> bool:
    return found.state is State.IN_FORCE and role in (Relationship.CLIENT, Relationship.AUTHORITY)


def _text(work: Work, asked: Asked, found: Agreement, client: Client) -> dict[str, Any]:
    """The stored text in the reader's language when there is one; a draft is made fresh, and nobody signs a draft."""
    stored = queries.texts(work, found)
    if not stored:
        provider = queries.provider_of(work, found)
        tag = asked.language.tag if asked.language.tag in OFFERED else document.BINDING
        html = document.render(found, client, provider, tag, "—")
        unsigned = {"sha256": "", "languages_stored": [], "stored": False}
        return {"article": document.article(html), "shown_in": tag, **unsigned}
    text = stored.get(asked.language.tag, stored[document.BINDING])
    others = [tag for tag in stored if tag != text.language]
    return {
        "article": document.article(text.html),
        "shown_in": text.language,
        "sha256": text.sha256,
        "languages_stored": others,
        "stored": True,
    }


def _notes(work: Work, found: Agreement, client: Client) -> list[checks.Note]:
    if found.state not in (*EDITABLE, *OPEN_TO_SIGN):
        return []
    provider = queries.provider_of(work, found)
    whole = queries.whole_proposal(work, found)
    own = checks.notes(found, thaw(found.content).lines, client, provider)
    return own + (checks.of_budget(whole) if whole else [])


@dataclass(frozen=True)
class TermsForm:
    starts: date = forms.day()
    ends: date = forms.day()
    review: date = forms.day()
    client_notice: int = forms.number(most=365)
    provider_notice: int = forms.number(most=365)
    cancel_notice: int = forms.number(most=60)
    travel: bool = forms.tick()
    place: str = forms.text(300, required=False)
    also: str = forms.text(3000, required=False)
    version: int = forms.version()


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/terms", access=WRITE, form=TermsForm, view=agreement)
def change_terms(work: Work, form: TermsForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Work on the draft."""
    found = queries.one(work, client_id, agreement_id)
    found.expect(form.version)
    chosen = {name: value for name, value in vars(form).items() if name != "version"}
    commands.change_terms(work, found, commands.Chosen(**chosen))
    return Stay(words("Saved. The text below says it now."))


@post(
    "/people/{client_id:uuid}/agreements/{agreement_id:uuid}/offer",
    access=WRITE,
    form=forms.VersionForm,
    view=agreement,
)
def offer(work: Work, form: forms.VersionForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Freeze the text in every language and let both sides read and sign it."""
    found = queries.one(work, client_id, agreement_id)
    found.expect(form.version)
    made = document.all_texts(found, queries.client_of(work, found), queries.provider_of(work, found))
    commands.offer(work, found, made, document.BINDING, document.TEXT_VERSION)
    return Stay(words("The agreement is offered. Both sides can read and sign it now."))


@dataclass(frozen=True)
class SignForm:
    sha256: str = forms.text(64)
    name: str = forms.text(120)
    agree: bool = forms.tick(words("Tick this if you agree. If you do not, there are other answers below."))
    helper: str = forms.text(120, required=False)


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/sign", access=SIGN, form=SignForm, view=agreement)
def sign(work: Work, form: SignForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Say yes to the text that was read."""
    commands.sign(work, queries.one(work, client_id, agreement_id), form.sha256, form.name, form.helper)
    return Stay(words("Thank you. You have signed."))


@dataclass(frozen=True)
class SpokenForm:
    sha256: str = forms.text(64)
    name: str = forms.text(120)
    heard: str = forms.text(1000)
    helper: str = forms.text(120, required=False)


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/spoken", access=SIGN, form=SpokenForm, view=agreement)
def spoken(work: Work, form: SpokenForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Write down a spoken yes."""
    found = queries.one(work, client_id, agreement_id)
    commands.record_spoken_yes(work, found, form.sha256, form.name, form.heard, form.helper)
    return Stay(words("Saved. The spoken yes is written down."))


@dataclass(frozen=True)
class WhyForm:
    why: str = forms.text(2000, required=False)


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/change", access=WRITE, form=WhyForm, view=agreement)
def ask_for_change(work: Work, form: WhyForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Back to the table, without ending anything."""
    commands.ask_for_change(work, queries.one(work, client_id, agreement_id), form.why)
    return Stay(words("Your wish for a change is passed on. Nothing is signed until you have read the new text."))


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/decline", access=WRITE, form=WhyForm, view=agreement)
def decline(work: Work, form: WhyForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Say no."""
    commands.decline(work, queries.one(work, client_id, agreement_id), form.why)
    return Stay(words("You said no to this agreement. The others were told."))


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/withdraw", access=WRITE, form=WhyForm, view=agreement)
def withdraw(work: Work, form: WhyForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """Take it back before both have signed."""
    commands.withdraw(work, queries.one(work, client_id, agreement_id), form.why)
    return Stay(words("The agreement is taken back."))


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/end", access=SIGN, form=WhyForm, view=agreement)
def end(work: Work, form: WhyForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """End an agreement in force."""
    commands.end(work, queries.one(work, client_id, agreement_id), form.why)
    return Stay(words("The agreement is ended. The provider was told."))


@get("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/copy", access=READ)
def copy(work: Work, client_id: UUID, agreement_id: UUID) -> File:
    """The signed agreement as a PDF, exactly as it was kept."""
    found = queries.one(work, client_id, agreement_id)
    if found.print_sha256 is None:
        raise NotVisible
    content = copies.take(work.house.settings.files, found.print_sha256)
    return File(f"agreement-{found.starts.isoformat()}.pdf", content, "application/pdf")


@post("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/copy/read", access=READ, view=agreement)
def print_to_read(work: Work, asked: Asked, client_id: UUID, agreement_id: UUID) -> Stay:
    """Have the copy made that is only to be read; that takes a while, and needs nobody to wait."""
    commands.print_to_read(work, queries.one(work, client_id, agreement_id), asked.language.tag)
    return Stay(words("The copy is being made. Open this page again in a moment."))


@get("/people/{client_id:uuid}/agreements/{agreement_id:uuid}/copy/read", access=READ)
def copy_to_read(work: Work, asked: Asked, client_id: UUID, agreement_id: UUID) -> File:
    """The signed agreement as a PDF in the reader's language, marked as a copy that is only to be read."""
    found, tag = queries.one(work, client_id, agreement_id), asked.language.tag
    if not _may_be_read(work, found, tag):
        raise NotVisible
    content = copies.to_read(work.house.settings.files, str(found.print_sha256), tag).read_bytes()
    return File(f"agreement-{found.starts.isoformat()}-{tag}.pdf", content, "application/pdf")


def _may_be_read(work: Work, found: Agreement, tag: str) -> bool:
    """Whether the copy in this language, which is only to be read, was made."""
    digest = found.print_sha256
    return digest is not None and copies.to_read(work.house.settings.files, digest, tag).exists()
