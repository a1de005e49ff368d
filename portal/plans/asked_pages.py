"""What a provider is asked before anything is approved: for its own people, and for whoever holds a one-time link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from budgeting.money import Money, Quantity
from budgeting.package import Units, Weekly
from budgeting.words import Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.plans import queries, request_commands, request_queries, request_rows
from portal.plans.request_commands import Reply
from portal.plans.request_model import ProviderRequest, RequestLine
from portal.plans.request_states import GIVEN, Act, AskState
from portal.proposals.line_form import visits
from portal.proposals.terms import Terms
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

SEE = (Resource.REQUEST, Action.READ)
ANSWER = (Resource.REQUEST, Action.WRITE)


@get("/requests", access=SEE)
def requests(work: Work) -> View:
    """Everything the reader's organisation is asked about."""
    found = request_queries.for_us(work)
    listed = []
    for one in sorted(found, key=lambda one: not one.may(Act.ANSWER)):
        about = request_queries.about(work, one)
        shown = request_rows.lines(request_queries.lines_of(work, one), about.program, {})
        row = {
            "href": f"/requests/{one.id}",
            "person": about.person,
            "place": one.place,
            "lines": shown,
            "answer_by": one.answer_by,
            "badge": request_rows.BADGES[one.state],
            "state": request_rows.STATES[one.state],
        }
        listed.append(row)
    return View("plans/asked_list.html", {"requests": listed})


@get("/requests/{request_id:uuid}", access=SEE)
def request(work: Work, request_id: UUID) -> View:
    """One question: own supports, when, at which price, and the answer."""
    found = request_queries.one_for_us(work, request_id)
    return View("plans/asked.html", _shown(work, found, f"/requests/{found.id}", named=True))


def _shown(work: Work, found: ProviderRequest, base: str, *, named: bool) -> dict[str, Any]:
    about = request_queries.about(work, found)
    lines, rounds = request_queries.lines_of(work, found), request_queries.rounds_of(work, found)
    provider = queries.called(found, queries.provider_names(work, [found.provider_id]))
    own = account_names(work.session, {one.by for one in rounds if one.by and one.answer}) if named else {}
    return {
        "request": found,
        "provider": provider,
        "person": about.person,
        "program_lines": request_rows.lines(lines, about.program, {}),
        "rounds": request_rows.rounds(rounds, lines, about.program, {}, own, provider),
        "badge": request_rows.BADGES[found.state],
        "state": request_rows.STATES[found.state],
        "unread": found.state is AskState.SENT,
        "may_answer": found.may(Act.ANSWER),
        "base": base,
        "by_link": not named,
    }


@post("/requests/{request_id:uuid}/read", access=ANSWER, view=request)
def mark_read(work: Work, request_id: UUID) -> Stay:
    """Read, and answered later."""
    request_commands.mark_read(work, request_queries.one_for_us(work, request_id))
    return Stay(words("Saved: you have read this."))


@dataclass(frozen=True)
class OfferForm:
    """What a provider would rather do for one support; empty fields are as asked."""

    price: Money | None = forms.money(required=False)
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"))
    begins: time | None = forms.clock(required=False)
    finishes: time | None = forms.clock(required=False)
    every: int | None = forms.number(most=52, required=False)
    units: int | None = forms.number(3, required=False)
    starts: date | None = forms.day(required=False)


def offer_of(form: OfferForm, line: RequestLine) -> Terms:
    """What the form says about a line: its own price, days, times and first day; everything else stays as asked."""
    asked = line.asked_terms
    schedule = asked.schedule
    if isinstance(schedule, Weekly):
        if not form.weekdays:
            raise Refusal(words("Choose at least one day of the week."), "weekdays")
        begins, finishes = form.begins or schedule.start, form.finishes or schedule.end
        if begins == finishes:
            raise Refusal(words("A visit ends later than it begins."), "finishes")
        schedule = visits(schedule, form.weekdays, begins, finishes, form.every)
    elif isinstance(schedule, Units) and form.units is not None:
        if form.units <= 0:
            raise Refusal(words("Enter a number above zero."), "units")
        schedule = replace(schedule, quantity=Quantity(form.units))
    return replace(asked, schedule=schedule, price=form.price or asked.price, starts=form.starts or asked.starts)


@post("/requests/{request_id:uuid}/lines/{line_id:uuid}", access=ANSWER, form=OfferForm, view=request)
def offer(work: Work, form: OfferForm, request_id: UUID, line_id: UUID) -> Stay:
    """What the provider offers for one support; it is sent with the answer."""
    found = request_queries.one_for_us(work, request_id)
    line = request_queries.line_of(work, found, line_id)
    request_commands.prepare_offer(work, found, line, offer_of(form, line))
    return Stay(NOTED)


NOTED: Words = words("Noted. It is sent with your answer below.")


@dataclass(frozen=True)
class ReplyForm:
    answer: str = forms.one_of([one.value for one in GIVEN])
    said: str = forms.text(1000, required=False)
    stands_until: date | None = forms.day(required=False)
    version: int = forms.version()


def reply_of(form: ReplyForm, spoke_with: str = "") -> Reply:
    """The answer that the form says."""
    return Reply(AskState(form.answer), form.said, form.stands_until, spoke_with)


@post("/requests/{request_id:uuid}/answer", access=ANSWER, form=ReplyForm, view=request)
def answer(work: Work, form: ReplyForm, request_id: UUID) -> Stay:
    """The provider's own answer."""
    found = request_queries.one_for_us(work, request_id)
    found.expect(form.version)
    request_commands.answer(work, found, reply_of(form))
    return Stay(words("Thank you. Your answer is sent."))


# Without an account


@get("/request/{token:str}")
def by_link(work: Work, token: str) -> View:
    """The one question a link opens; opening it changes nothing."""
    found = request_queries.by_link(work, token)
    if found is None:
        return View("plans/link_ended.html", {"written": ""}, status=404)
    return View("plans/asked_by_link.html", _shown(work, found, f"/request/{token}", named=False))


@post("/request/{token:str}/lines/{line_id:uuid}", form=OfferForm, view=by_link)
def offer_by_link(work: Work, form: OfferForm, token: str, line_id: UUID) -> Stay | View:
    """What is offered for one support by whoever holds the link."""
    found = request_queries.by_link(work, token)
    if found is None:
        return View("plans/link_ended.html", {"written": ""}, status=404)
    line = request_queries.line_of(work, found, line_id)
    request_commands.prepare_offer_by_link(work, token, line_id, offer_of(form, line))
    return Stay(NOTED)


@dataclass(frozen=True)
class LinkReplyForm(ReplyForm):
    who: str = forms.text(120)


@post("/request/{token:str}", form=LinkReplyForm, view=by_link)
def answer_by_link(work: Work, form: LinkReplyForm, token: str) -> View:
    """Answer once; the link has ended after that."""
    if request_queries.by_link(work, token) is None:
        return View("plans/link_ended.html", {"written": form.said}, status=404)
    request_commands.answer_by_link(work, token, reply_of(form, form.who))
    return View("plans/link_thanks.html")
