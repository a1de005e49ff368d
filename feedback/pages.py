"""Speaking up: one page to tell us anything, one to come back with a receipt code, one's own list; and handling."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from budgeting.words import Words, words
from feedback import commands, handling_commands, parts, queries, receipts, wall_commands
from feedback.forms import (
    AskForm,
    CloseForm,
    CodeForm,
    CodeSayForm,
    SafetyForm,
    SayForm,
    SubjectForm,
    TellForm,
    TranslationForm,
    WriteForm,
)
from feedback.model import Complaint
from feedback.queries import Party
from feedback.states import OPEN, Resolved
from portal.access.table import Action, Resource
from portal.accounts.commands import count_try
from portal.accounts.model import Role
from portal.accounts.queries import roles
from portal.people.outside import contacts
from portal.reading import Unreadable
from portal.site import forms, guard
from portal.site.incoming import Incoming
from portal.site.page import Asked, Go, No, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

OWN, CHANGE_OWN = (Resource.COMPLAINT, Action.READ), (Resource.COMPLAINT, Action.WRITE)
HANDLE, CHANGE_HANDLED = (Resource.HANDLING, Action.READ), (Resource.HANDLING, Action.WRITE)
ASSIGN = (Resource.HANDLING, Action.SHARE)
UNKNOWN = words("We do not know this code. Look at each digit again. If one is lost, tell us anew.")
TOO_OFTEN = words("That was tried many times today. Try again tomorrow, or call one of the numbers on this page.")
OFFERED = "party"  # what the signature of an offered choice is for
OPENED = "receipt"  # what the signature of a code is for that was opened: its first check was counted


def _sealed_key(work: Work, party: Party) -> str:
    return guard.signed(work.house.keys.session, OFFERED, party.key)


def _chosen(work: Work, sent: tuple[str, ...] | list[str]) -> list[Party]:
    """The parties behind choices that we offered; anything else is refused."""
    found = []
    for value in sent:
        key = guard.verified(work.house.keys.session, OFFERED, value)
        party = queries.party(work, key) if key else None
        if party is None:
            raise Refusal(words("Choose from the answers shown."), "parties")
        found.append(party)
    return found


# Telling us


def _form(work: Work, around: list[Party] | tuple[Party, ...], named: bool) -> View:
    values = {
        "kinds": parts.kinds(),
        "parties": [(_sealed_key(work, party), party.name) for party in around],
        "named": named,
        "emergency": contacts()[0],
        "contacts": parts.outside(),
    }
    return View("feedback/speak_up.html", values)


@get("/speak-up")
def speak_up(work: Work, asked: Asked) -> View | Go:
    """Where anybody tells us anything; those who are not signed in do it on a page that recognises nobody."""
    if work.account_id is None:
        return Go(f"/speak-up/code?lang={asked.language.tag}")
    return _form(work, list(queries.around(work)), named=True)


@post("/speak-up", form=TellForm, view=speak_up)
def tell_named(work: Work, form: TellForm, asked: Asked) -> Go:
    """Tell us with one's account; what happens with it is read under one's own list."""
    if work.account_id is None:
        raise Refusal(words("You are not signed in any more. Send it without your name, or sign in again first."))
    if not count_try(work, receipts.SPEAK_UP_NETWORK, receipts.somewhere(str(work.account_id))):
        raise Refusal(TOO_OFTEN)
    commands.tell(work, form.telling(asked.language.tag), _chosen(work, form.parties))
    return Go("/speak-up/mine", words("We have it. Here you see what happens with it, and by when."))


@get("/speak-up/code", cookieless=True)
def speak_up_unnamed(work: Work, incoming: Incoming) -> View:
    """The same without an account: nobody is recognised, and one comes back with a receipt code."""
    chosen = list(incoming.posted.fields.get("parties", ()))
    try:
        kept = _chosen(work, chosen)
    except Refusal:
        kept = []
    return _form(work, kept, named=False)


def _make_code(work: Work, form: TellForm) -> tuple[str, tuple[str, str]]:
    code = receipts.new_code()
    return code, receipts.kept(code)


@post("/speak-up/code", form=TellForm, view=speak_up_unnamed, prepare=_make_code, cookieless=True)
def tell_unnamed(work: Work, form: TellForm, asked: Asked, prepared: tuple[str, tuple[str, str]]) -> View | No:
    """Tell us without an account; the receipt code is shown once."""
    here = receipts.somewhere(asked.network)
    within = [
        count_try(work, receipts.SPEAK_UP_NETWORK, here),
        count_try(work, receipts.SPEAK_UP_ALL, "all"),
    ]
    if not all(within):
        return No(TOO_OFTEN)
    code, receipt = prepared
    complaint = commands.tell(work, form.telling(asked.language.tag), _chosen(work, form.parties), receipt)
    values = {"code": code, "day": work.day, **parts.thread(work, complaint, as_teller=True)}
    return View("feedback/code.html", values, again="/speak-up/sent")


@get("/speak-up/sent", cookieless=True)
def sent(work: Work) -> View:
    """Where a form leads that was sent twice: we have it, and its code is not shown again."""
    return View("feedback/sent.html", {"emergency": contacts()[0], "contacts": parts.outside()})


# Coming back with a code


def _with_code(work: Work, typed: str) -> UUID | None:
    """The id behind a code, compared slowly; as slow when there is none."""
    try:
        code = receipts.read_code(typed)
    except Unreadable as problem:
        raise Refusal(problem.why, "code") from None
    rows = queries.with_prefix(work, code[: receipts.PREFIX])
    fitting = [found for found, stored in rows if receipts.fits(stored, code)]
    if not rows:
        receipts.fits("", code)
    return fitting[0] if fitting else None


def _check_code(work: Work, form: Any) -> UUID | None:
    return _with_code(work, form.code)


def _counted(work: Work, code: str, network: str) -> bool:
    """Count one try of a code, by network, by its beginning, and in all; whether every count is within its limit."""
    here = receipts.somewhere(network)
    beginning = receipts.read_code(code)[: receipts.PREFIX]
    counts = [
        count_try(work, limit, who)
        for limit, who in (
            (receipts.TRY_NETWORK, here),
            (receipts.TRY_PREFIX, beginning),
            (receipts.TRY_ALL, "all"),
        )
    ]
    return all(counts)


def _check_opened(work: Work, form: CodeSayForm) -> UUID | None:
    """The id behind a code that was opened here before; nobody tries codes with a reply."""
    code = guard.verified(work.house.keys.session, OPENED, form.code)
    return _with_code(work, code) if code else None


def _opened(work: Work, complaint: Complaint, code: str, said: Words | None = None) -> View:
    values = parts.thread(work, complaint, as_teller=True)
    kept = guard.signed(work.house.keys.session, OPENED, receipts.read_code(code))
    return View("feedback/receipt_open.html", {**values, "code": kept, "told": said})


@get("/receipt", cookieless=True)
def receipt(work: Work, incoming: Incoming) -> View:
    """Where a receipt code is typed; a refused reply is shown again among its messages."""
    code = guard.verified(work.house.keys.session, OPENED, incoming.posted.one("code"))
    if incoming.unsafe and code and (found := _with_code(work, code)):
        return _opened(work, queries.by_code(work, found), code)
    return View("feedback/receipt.html", {"emergency": contacts()[0], "contacts": parts.outside()})


@post("/receipt", form=CodeForm, view=receipt, prepare=_check_code, cookieless=True)
def open_receipt(work: Work, form: CodeForm, asked: Asked, prepared: UUID | None) -> View | No:
    """Show what was told with this code, and every answer since."""
    if not _counted(work, form.code, asked.network):
        return No(TOO_OFTEN, "code")
    if prepared is None:
        return No(UNKNOWN, "code")
    return _opened(work, queries.by_code(work, prepared), form.code)


@post("/receipt/reply", form=CodeSayForm, view=receipt, prepare=_check_opened, cookieless=True)
def reply(work: Work, form: CodeSayForm, asked: Asked, prepared: UUID | None) -> View | No:
    """Write, say whether it is resolved, or take it back, with the code that was opened."""
    code = guard.verified(work.house.keys.session, OPENED, form.code)
    if prepared is None or code is None:
        raise NotVisible
    if not _counted(work, code, asked.network):
        return No(TOO_OFTEN)
    complaint = queries.by_code(work, prepared)
    said = _say(work, complaint, form, asked)
    work.session.flush()
    return _opened(work, complaint, code, said)


def _say(work: Work, complaint: Complaint, form: SayForm, asked: Asked) -> Words:
    complaint.expect(form.version)
    match form.do:
        case "write":
            commands.write(work, complaint, form.text, asked.language.tag)
            return words("We have your message.")
        case "withdraw":
            commands.withdraw(work, complaint)
            return words("You took it back. Thank you for telling us; you can still go to anyone outside.")
        case "complaint":
            commands.call_complaint(work, complaint)
            return words("It is a complaint now, and everything we promise for complaints holds from today.")
    commands.rate(work, complaint, Resolved(form.do), form.text, asked.language.tag)
    if form.do == Resolved.YES:
        return words("Thank you. We are glad that it is resolved.")
    return words("It is open again, and we count the days from today.")


# One's own


@get("/speak-up/mine", access=OWN)
def mine(work: Work) -> View:
    """Everything one told us with one's account, and what we owe."""
    rows = [
        (one, parts.KINDS[one.kind][0], parts.STATES[one.state], parts.owed(queries.promise(work, one), work.day))
        for one in queries.own(work)
    ]
    return View("feedback/mine.html", {"rows": rows})


@get("/speak-up/mine/{complaint_id:uuid}", access=OWN)
def my_own(work: Work, complaint_id: UUID) -> View:
    """One of them, with its clock and its messages."""
    found = queries.own_one(work, complaint_id)
    return View("feedback/own.html", parts.thread(work, found, as_teller=True))


@post("/speak-up/mine/{complaint_id:uuid}", access=CHANGE_OWN, form=SayForm, view=my_own)
def say_more(work: Work, form: SayForm, asked: Asked, complaint_id: UUID) -> Stay:
    """Write, say whether it is resolved, or take it back."""
    return Stay(_say(work, queries.own_one(work, complaint_id), form, asked))


# Handling


@get("/handling", access=HANDLE)
def handling(work: Work) -> View:
    """What the reader handles, what is due first at the top."""
    found = queries.handled(work)
    if not found and Role.OFFICER not in roles(work):
        raise NotVisible
    rows = [(one, queries.promise(work, one)) for one in found]
    open_rows = [row for row in rows if row[0].state in OPEN]
    open_rows.sort(key=lambda row: (row[1] is None, row[1].by if row[1] else row[0].received_on))
    closed = [(one, None) for one, _ in rows if one.state not in OPEN]
    values = {
        "open": parts.listed("open", words("Waiting for an answer"), open_rows, work.day),
        "done": parts.listed("done", words("Closed and taken back"), closed, work.day),
    }
    return View("feedback/handling.html", values)


@get("/handling/{complaint_id:uuid}", access=HANDLE)
def handle(work: Work, complaint_id: UUID) -> View:
    """One of them, for the one who handles it: safety first, then step by step."""
    found = queries.handled_one(work, complaint_id)
    values = {
        **parts.thread(work, found, as_teller=False),
        **parts.to_do(found),
        "due": parts.due(queries.promise(work, found), work.day),
        "walls": queries.kept_from(work, found),
        "parties": [(party.key, party.name) for party in queries.everybody(work)],
        "by_account": queries.teller_name(work, found),
    }

    def looked(work: Work) -> None:
        handling_commands.note_opened(work, queries.handled_one(work, complaint_id))

    return View("feedback/handle.html", values, fragment="feedback/_handle.html", looked=looked)


@post("/handling/{complaint_id:uuid}/safety", access=CHANGE_HANDLED, form=SafetyForm, view=handle)
def check_safety(work: Work, form: SafetyForm, complaint_id: UUID) -> Stay:
    """Say whether anyone is in danger."""
    handling_commands.check_safety(work, _to_change(work, complaint_id, form.version), form.danger)
    return Stay(words("Kept. Now you can acknowledge it."))


@post("/handling/{complaint_id:uuid}", access=CHANGE_HANDLED, form=WriteForm, view=handle)
def write(work: Work, form: WriteForm, asked: Asked, complaint_id: UUID) -> Stay:
    """Acknowledge, begin, write, answer: the steps that speak to the person."""
    found, tag = _to_change(work, complaint_id, form.version), asked.language.tag
    if form.do == "begin":
        handling_commands.begin(work, found)
        return Stay(words("They see that you are looking into it."))
    if not form.text:
        raise Refusal(words("Write a few words first."), "text")
    match form.do:
        case "acknowledge":
            as_offered = form.text == parts.thanks(found)
            written = found.language if as_offered else tag
            handling_commands.acknowledge(work, found, form.text, written, form.translation)
        case "answer":
            handling_commands.answer(work, found, form.text, tag, form.translation)
        case _:
            handling_commands.write(work, found, form.text, tag, form.translation)
    return Stay(words("Sent."))


@post("/handling/{complaint_id:uuid}/close", access=CHANGE_HANDLED, form=CloseForm, view=handle)
def close(work: Work, form: CloseForm, complaint_id: UUID) -> Stay:
    """Close it with what was done, or why not."""
    found = _to_change(work, complaint_id, form.version)
    handling_commands.close(work, found, form.outcome, form.text, form.translation)
    return Stay(words("Closed. They can open it again."))


@post("/handling/{complaint_id:uuid}/translation", access=CHANGE_HANDLED, form=TranslationForm, view=handle)
def translate(work: Work, form: TranslationForm, complaint_id: UUID) -> Stay:
    """Add a translation of words that were sent without one."""
    handling_commands.translate(work, _to_change(work, complaint_id, form.version), form.number, form.text)
    return Stay(words("Saved."))


@post("/handling/{complaint_id:uuid}/about", access=CHANGE_HANDLED, form=SubjectForm, view=handle)
def name_subject(work: Work, form: SubjectForm, complaint_id: UUID) -> Stay | Go:
    """Say who it is about; they never find it."""
    found = _to_change(work, complaint_id, form.version)
    party = queries.party(work, form.party)
    if party is None:
        raise Refusal(words("Choose one of the answers."), "party")
    wall_commands.name_subject(work, found, party)
    if found.handler_id != work.account_id:
        return Go("/handling", words("Somebody else goes on with it."))
    return Stay(words("It is kept from them now."))


@post("/handling/{complaint_id:uuid}/tied", access=CHANGE_HANDLED, form=forms.VersionForm, view=handle)
def declare_tie(work: Work, form: forms.VersionForm, complaint_id: UUID) -> Go:
    """Say that one is too close to it."""
    wall_commands.declare_tie(work, _to_change(work, complaint_id, form.version))
    return Go("/handling", words("Somebody else goes on with it."))


def _to_change(work: Work, complaint_id: UUID, version: int) -> Complaint:
    found = queries.handled_one(work, complaint_id, Action.WRITE)
    found.expect(version)
    return found


# What nobody handles


@get("/handling/waiting", access=ASSIGN)
def waiting(work: Work) -> View:
    """Number, age and state of what nobody handles, and whom to ask: nothing else."""
    rows = [(row, parts.STATES[row.state]) for row in queries.without_handler(work)]
    staff = [(str(party.id), party.name) for party in queries.staff(work) if party.id != work.account_id]
    return View("feedback/waiting.html", {"rows": rows, "staff": staff})


@post("/handling/waiting", access=ASSIGN, form=AskForm, view=waiting)
def ask_to_handle(work: Work, form: AskForm) -> Stay:
    """Ask somebody to handle it."""
    complaint = queries.assignable(work, form.complaint)
    complaint.expect(form.version)
    wall_commands.ask_to_handle(work, complaint, form.handler)
    return Stay(words("They were told that something waits for them."))
