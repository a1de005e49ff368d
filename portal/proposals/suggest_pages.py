"""The pages of suggestions: one with all its rounds, an answer with other terms, later, one support for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.goals import queries as goals
from portal.language import show, voice
from portal.proposals import commands, left_then, others, queries, suggested, talk_commands
from portal.proposals.line_form import LineForm, options, terms_of, typed
from portal.proposals.model import UNSETTLED, Act, ProposalState, SuggestionKind
from portal.proposals.offering import begun_as, beside
from portal.proposals.pages import DECIDE, LINE, ONE, READ, WRITE, address, found, line_of
from portal.proposals.sheet import suggested as as_they_would_be
from portal.proposals.talk import talk_about_suggestion
from portal.proposals.terms import other_days_of
from portal.proposals.views import choosing
from portal.site import forms
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

SUGGESTION = ONE + "/suggestions/{suggestion_id:uuid}"
LATER = timedelta(days=14)  # what the form begins with when something is put off


@get(SUGGESTION, access=READ)
def suggestion(work: Work, client_id: UUID, proposal_id: UUID, suggestion_id: UUID) -> View:
    """One suggestion as it would change the draft now, every round of it, and the talk about it."""
    client, one = found(work, client_id, proposal_id)
    wanted = queries.suggestion(work, one, suggestion_id)
    draft = queries.draft(work, client, one)
    (shown,) = as_they_would_be(work, draft, [wanted], voice())
    open_now = wanted.state in UNSETTLED and one.state is ProposalState.DRAFT
    left = left_then.changed(work, draft, suggested.acts(draft, wanted)) if open_now else ()
    decides = open_now and work.can(*DECIDE, client.id)
    puts_off = open_now and (decides or shown.asks_me)
    people = others.who_see(work, client, one, list(draft.names)) if puts_off else ()
    chain = suggested.chain(work, one, wanted)
    values = {
        "s": shown,
        "cost": suggested.cost(work, draft, suggested.now_and_then(draft, wanted)) if open_now else None,
        "lefts": [(now.figure, then.figure) for now, then in left if now.left != then.left],
        "counter": shown.answers and any(each.id == wanted.answers_id and each.proposal_id == one.id for each in chain),
        "open_now": open_now,
        "decides": decides,
        "suggests": open_now and not decides and work.can(*WRITE, client.id),
        "may_answer": open_now and (decides or shown.asks_me) and not shown.mine,
        "rounds": suggested.rounds(work, draft, chain),
        "owners": suggested.owners(people),
        "due": (work.today(client) + LATER).isoformat(),
        "me_id": str(work.account_id),
        "proposal": one,
        "base": address(one),
        "line": wanted.line_id,
        **talk_about_suggestion(work, draft, [each.id for each in chain]),
    }
    return View("proposals/suggestion_page.html", values, client=client)


@get(SUGGESTION + "/counter", access=WRITE)
def countering(work: Work, client_id: UUID, proposal_id: UUID, suggestion_id: UUID) -> View | Go:
    """The suggestion with its terms to be changed, and sent back."""
    client, one = found(work, client_id, proposal_id)
    wanted = queries.suggestion(work, one, suggestion_id)
    if wanted.state not in UNSETTLED:
        return Go(f"{address(one)}/suggestions/{wanted.id}")
    if wanted.suggests is SuggestionKind.MOVE:
        return Go(f"{address(one)}/move?answers={wanted.id}")
    draft = queries.draft(work, client, one)
    terms = suggested.to_begin_with(draft, wanted)
    if terms is None:
        raise NotVisible
    line = next((each.terms for each in draft.lines if each.id == wanted.line_id), terms)
    values = {
        "f": typed(terms, one.program),
        "rest_open": not other_days_of(replace(terms, price=line.price), line),
        **beside(work, draft, terms),
        **options(draft, list(goals.agreed(work, client))),
        "decides": False,  # an answer is a suggestion, with a reason
        "s": as_they_would_be(work, draft, [wanted], voice())[0],
        "proposal": one,
        "base": address(one),
    }
    return View("proposals/counter.html", values, client=client)


@post(SUGGESTION + "/counter", access=WRITE, form=LineForm, view=countering)
def counter(work: Work, form: LineForm, client_id: UUID, proposal_id: UUID, suggestion_id: UUID) -> Go:
    """Answer a suggestion with other terms."""
    client, one = found(work, client_id, proposal_id)
    wanted = queries.suggestion(work, one, suggestion_id)
    wanted.expect(form.version)
    draft = queries.draft(work, client, one)
    terms = terms_of(form, draft, suggested.to_begin_with(draft, wanted))
    line = queries.line(work, one, wanted.line_id) if wanted.line_id else None
    kind, acts = suggested.answer_with(wanted, terms, line.terms if line else None)
    made = talk_commands.counter(work, wanted, one, kind, acts, form.reason)
    return Go(f"{address(one)}/suggestions/{made.id}", words("Sent back. Nothing changes until both sides say yes."))


@dataclass(frozen=True)
class LaterForm:
    owner: UUID = forms.record_id()
    due: date = forms.day()
    version: int = forms.version()


@post(SUGGESTION + "/later", access=WRITE, form=LaterForm, view=suggestion)
def later(work: Work, form: LaterForm, client_id: UUID, proposal_id: UUID, suggestion_id: UUID) -> Go:
    """Put a suggestion off until a day, with somebody who sees to it."""
    client, one = found(work, client_id, proposal_id)
    wanted = queries.suggestion(work, one, suggestion_id)
    wanted.expect(form.version)
    if form.due < work.today(client):
        raise Refusal(words("Choose a day that is still to come."), "due")
    talk_commands.put_off(work, wanted, one, form.owner, form.due)
    return Go(address(one), words("Put off. The rest of the plan can go on without it."))


@get(LINE + "/replace", access=WRITE)
def replacing(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID, line_id: UUID) -> View:
    """Find another support in place of one, then say who, when and how much; the days and times begin as they are."""
    client, one, row = line_of(work, client_id, proposal_id, line_id)
    one.must_be_draft()
    draft = queries.draft(work, client, one)
    chosen = choosing(work, draft, *(asked.query.get(name, "")[:200] for name in ("q", "support", "line")))
    named, support = chosen["f"]["name"], chosen["f"]["support"] or None
    begins = replace(row.terms, name=named, support=support, price=None, holiday_price=None)
    begins = begun_as(begins, one.program, chosen["begun"])
    values = {
        **chosen,
        "f": typed(begins, one.program),
        "decides": work.can(*DECIDE, client.id),
        "instead_of": show(Name(row.name)),
        "at": f"{address(one)}/lines/{row.id}/replace",
        "version": row.version,
        "base": address(one),
        "proposal": one,
        **options(draft, list(goals.agreed(work, client))),
    }
    return View("proposals/add.html", values, fragment="proposals/_found.html", client=client)


@post(LINE + "/replace", access=WRITE, form=LineForm, view=replacing)
def replace_line(work: Work, form: LineForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Go:
    """Put one support in the place of another, or suggest it."""
    client, one, row = line_of(work, client_id, proposal_id, line_id)
    row.expect(form.version)
    terms = terms_of(form, queries.draft(work, client, one))
    comes = Act(None, terms)
    if work.can(Resource.DRAFT, Action.APPROVE, client.id):
        _gone, made = commands.do_at_once(work, one, [Act(row.id, None, row.terms), comes])
        return Go(f"{address(one)}#line-{made.line_id}", words("Replaced. The sheet shows what it costs."))
    asked = talk_commands.suggest(work, one, SuggestionKind.REPLACE, row, None, form.reason, [comes])
    at = f"{address(one)}#suggestion-{asked.id}" if asked else address(one)
    return Go(at, words("Suggested. Nothing changes until it is accepted."))
