"""The text of an agreement: made once for each language when it is offered, then only ever shown as it was stored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from agreements.clauses import clauses_for, contacts_for, parameters_for
from agreements.model import Agreement, AgreementText, Signature
from agreements.states import Side
from budgeting import programs
from budgeting.package import Management
from budgeting.words import Name, Value, Words, nwords, words
from portal.accounts.model import Organisation
from portal.language import LANGUAGES, OFFERED, current, kept
from portal.people.model import Client
from portal.plans.rows import PriceRow, prices
from portal.plans.spoken import WHO_PAYS, YOU_PAY, payer, when
from portal.proposals.frozen import thaw
from portal.templating import environment, template_folders

TEXT_VERSION = "2026-11-23"  # of the template and the order of its parts; clauses carry their own days
BINDING = "en"


@dataclass(frozen=True)
class Support:
    """One row of the supports table."""

    name: Name
    when: Words
    first: Value
    last: Value
    pays: Words
    prices: tuple[PriceRow, ...]
    amount: Value
    share: Value | None


@cache
def _environment() -> Environment:
    return environment(template_folders())


def render(agreement: Agreement, client: Client, provider: Organisation, language: str, binding: str = "") -> bytes:
    """The whole text in one language, as HTML in UTF-8; ``binding`` is the SHA-256 of the English text, for others."""
    chosen = LANGUAGES[language]
    before = current.set(chosen)
    try:
        values = _values(agreement, client, provider)
        template = _environment().get_template("agreements/document.html")
        text = template.render(lang=chosen, **values, binding=Name(binding), is_binding=language == BINDING)
    finally:
        current.reset(before)
    return text.encode()


def all_texts(agreement: Agreement, client: Client, provider: Organisation) -> dict[str, bytes]:
    """The text in every language the portal offers; the others name the English one by its hash."""
    english = render(agreement, client, provider, BINDING)
    mark = hashlib.sha256(english).hexdigest()
    others = (tag for tag in OFFERED if tag != BINDING)
    return {BINDING: english, **{tag: render(agreement, client, provider, tag, mark) for tag in others}}


def _values(agreement: Agreement, client: Client, provider: Organisation) -> dict[str, object]:
    lines = thaw(agreement.content).lines
    known = parameters_for(agreement.program)
    values: dict[str, Value] = {
        "client": Name(client.name),
        "provider": Name(provider.name),
        "starts": agreement.starts,
        "ends": agreement.ends,
        "review": agreement.review,
        "client_notice": _days(agreement.client_notice),
        "provider_notice": _days(agreement.provider_notice),
        "cancel_notice": _days(agreement.cancel_notice),
    }
    if agreement.travel and "travel_minutes" in known:
        most = int(known.text("travel_minutes", agreement.starts))
        values["travel_minutes"] = nwords("{n} minute", "{n} minutes", most)
    clauses = clauses_for(agreement.program, agreement.starts, travel=agreement.travel)
    return {
        "agreement": agreement,
        "client": values["client"],
        "provider": provider,
        "supports": [
            Support(
                name=Name(line.name),
                when=when(line.terms.schedule),
                first=line.terms.starts,
                last=line.terms.ends,
                pays=_pays(payer(agreement.program, line.management)),
                prices=prices(line),
                amount=line.amount,
                share=line.contribution if programs.program(agreement.program).client_share else None,
            )
            for line in lines
        ],
        "clauses": [(clause.id, clause.heading, clause.sentences(values)) for clause in clauses],
        "contacts": contacts_for(agreement.program, agreement.starts),
        "text_version": Name(TEXT_VERSION),
    }


def _pays(said: Words) -> Words:
    """Who pays, as the clauses say it: whoever the agreement is for is “you”."""
    return YOU_PAY if said is WHO_PAYS[Management.SELF] else said


def _days(count: int) -> Words:
    return nwords("{n} day", "{n} days", count)


def article(html: bytes) -> Markup:
    """The text itself, cut out of the stored bytes as it is: what the page shows, before and after signing."""
    start, end = html.index(b"<article"), html.rindex(b"</article>") + len(b"</article>")
    return kept(html[start:end])


def title_of(client: Client, provider: Organisation) -> Words:
    """What the agreement is called."""
    return words("Agreement between {client} and {provider}", client=Name(client.name), provider=Name(provider.name))


def signed_in(signatures: Sequence[Signature]) -> str:
    """The language in which the client's side read what it signed: that of the signed copy."""
    return next((one.language for one in signatures if one.side is Side.CLIENT), BINDING)


def to_print(
    texts: Sequence[AgreementText],
    signatures: Sequence[Mapping[str, object]],
    title: Words,
    language: str,
    counts: str = "",
) -> str:
    """One HTML document for the printer: the text the client read, the binding one, and who signed.

    ``counts`` is the SHA-256 of the signed copy, for a copy that is only to be read.
    """
    chosen = LANGUAGES[language]
    before = current.set(chosen)
    try:
        template = _environment().get_template("agreements/print.html")
        return template.render(
            lang=chosen,
            title=title,
            counts=Name(counts),
            to_read=bool(counts),
            in_language=Name(chosen.own_name),
            articles=[article(text.html) for text in texts],
            marks=[(LANGUAGES[text.language].own_name, Name(text.sha256), text.binding) for text in texts],
            signatures=signatures,
        )
    finally:
        current.reset(before)


def signature_row(signature: Signature, name_of_account: str) -> dict[str, object]:
    """One signature as ready values, for the page and for the print."""
    return {
        "name": Name(signature.name),
        "side": signature.side.value,
        "signed_as": signature.signed_as.value,
        "kind": signature.authority_kind.value if signature.authority_kind else "",
        "spoken": signature.how.value == "spoken",
        "heard": signature.heard,
        "account": Name(name_of_account),
        "helper": Name(signature.helper) if signature.helper else None,
        "language": Name(LANGUAGES[signature.language].own_name),
        "at": signature.at,
        "mark": Name(signature.sha256),
    }
