"""The pages of talk: one thing said with its answers, the log of disagreements, and how far a support is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from budgeting.package import Priority
from budgeting.words import Name, words
from portal.accounts.queries import names
from portal.language import show
from portal.proposals import others, queries, so_far, talk_commands, talk_queries
from portal.proposals.model import ProposalState
from portal.proposals.pages import LINE, ONE, READ, WRITE, address, change, found, line, line_of
from portal.proposals.talk import log, talks
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Work

SAY = talk_queries.SAY
COMMENT = ONE + "/comments/{comment_id:uuid}"


@get(COMMENT, access=READ)
def comment(work: Work, client_id: UUID, proposal_id: UUID, comment_id: UUID) -> View:
    """One thing somebody said, its answers, a place to answer, and ways to go on where people do not agree."""
    client, one = found(work, client_id, proposal_id)
    said = queries.comment(work, one, comment_id)
    draft = queries.draft(work, client, one)
    first = said.answers_id or said.id
    shown = next(iter(talks(work, draft, lambda each: each.id == first)))
    row = next((each for each in draft.lines if each.id == said.line_id), None)
    may_say = one.state is ProposalState.DRAFT and work.can(*SAY, client.id)
    people = others.who_see(work, client, one, list(draft.names)) if shown["open"] and may_say else ()
    part_of_it = {each.said_by for each in draft.comments if first in (each.id, each.answers_id)} | {work.account_id}
    values = {
        "one": shown,
        "line": {"id": row.id, "name": show(row.name)} if row else None,
        "may_say": may_say,
        "people": [(str(each), show(name)) for each, name in people if each not in part_of_it],
        "proposal": one,
        "base": address(one),
    }
    return View("proposals/comment.html", values, client=client)


@dataclass(frozen=True)
class ReplyForm:
    text: str = forms.text(4000)


@post(COMMENT + "/reply", access=SAY, form=ReplyForm, view=comment)
def reply(work: Work, form: ReplyForm, client_id: UUID, proposal_id: UUID, comment_id: UUID) -> Stay:
    """Answer what somebody said."""
    _client, one = found(work, client_id, proposal_id)
    talk_commands.reply(work, queries.comment(work, one, comment_id), one, form.text)
    return Stay(words("Kept, word for word."))


@dataclass(frozen=True)
class ThirdForm:
    third: UUID = forms.record_id()


@post(COMMENT + "/third", access=SAY, form=ThirdForm, view=comment)
def ask_third(work: Work, form: ThirdForm, client_id: UUID, proposal_id: UUID, comment_id: UUID) -> Stay:
    """Ask somebody else to help both sides."""
    _client, one = found(work, client_id, proposal_id)
    talk_commands.ask_third(work, queries.comment(work, one, comment_id), one, form.third)
    return Stay(words("Asked. They get a message that says where to read it."))


@get(ONE + "/disagreements", access=READ)
def disagreements(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Everything in a draft that somebody does not agree with, what was answered, and how it was settled."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    values = {"rows": log(work, draft), "proposal": one, "base": address(one)}
    return View("proposals/disagreements.html", values, client=client)


@get(LINE + "/so-far", access=READ)
def how_far(work: Work, client_id: UUID, proposal_id: UUID, line_id: UUID) -> View:
    """One support from an option to its delivery, as far as anything is known."""
    client, one, row = line_of(work, client_id, proposal_id, line_id)
    known = so_far.facts(work, client, row.key)
    now = so_far.stage_of(known)
    order = list(so_far.Stage)
    passed = {fact.stage for fact in known}
    called = names(work.session, {fact.who for fact in known if fact.who})
    steps = [
        {"label": show(text), "state": "now" if stage is now else "done" if stage in passed else "next", "href": None}
        for stage, text in so_far.STAGES.items()
        if stage is not so_far.Stage.STOPPED or now is stage
    ]
    values = {
        "steps": steps,
        "now": show(so_far.STAGES[now]),
        "facts": [
            {
                "stage": show(so_far.STAGES[fact.stage]),
                "words": show(fact.words),
                "when": show(fact.when),
                "href": fact.href,
                "holds": fact.holds,
                "who": show(Name(called[fact.who])) if fact.who in called else "",
            }
            for fact in sorted(known, key=lambda fact: order.index(fact.stage))
        ],
        "line": row,
        "proposal": one,
        "base": address(one),
    }
    return View("proposals/so_far.html", values, client=client)


@dataclass(frozen=True)
class MattersForm:
    priority: Priority = forms.choice(Priority)
    version: int = forms.version()


@post(LINE + "/matters", access=WRITE, form=MattersForm, view=line)
def matters(work: Work, form: MattersForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Stay:
    """Say how much a support matters; from others it is a suggestion."""
    _client, one, row = line_of(work, client_id, proposal_id, line_id)
    terms = replace(row.terms, more=replace(row.terms.more, priority=form.priority))
    return change(work, one, row, terms, form.version, "")
