"""What is open and what is fixed: each term with its reason and source, the questions about it, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.language import show, show_plain
from portal.people.model import Client
from portal.proposals import mark_commands as commands, mark_queries as marks, mark_rules, others, queries, suggested
from portal.proposals.draft_rows import DraftLine
from portal.proposals.mark_commands import Marking
from portal.proposals.mark_model import Challenge, Mark
from portal.proposals.mark_rules import Rule
from portal.proposals.mark_states import TO_ANSWER, UNSETTLED, Asked, SaidBy, Stands, Term
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.pages import ONE, READ, WRITE, address, found
from portal.proposals.queries import Draft, people_named
from portal.proposals.suggest_pages import LATER, LaterForm
from portal.site import forms
from portal.site.page import Asked as Address, Go, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

ASK = (Resource.DRAFT, Action.COMMENT)

TERMS: Mapping[Term, Words] = {
    Term.PRICE: words("The price"),
    Term.TIMES: words("Days and times"),
    Term.AMOUNT: words("How much there is of it"),
    Term.PROVIDER: words("Who gives it"),
    Term.SHARED: words("How many people share it"),
    Term.WORKERS: words("Which workers, and how many"),
    Term.PLACE: words("The place"),
    Term.PAYER: words("Which money pays for it"),
    Term.DAYS: words("First and last day"),
    Term.ENDING: words("Notice and cancelling"),
    Term.SHARE: words("What the person pays themselves"),
}
FROM: Mapping[SaidBy, Words] = {
    SaidBy.LAW: words("The law"),
    SaidBy.FUNDER: words("The funder"),
    SaidBy.SAFETY: words("Safety"),
    SaidBy.POLICY: words("An organisation’s own policy"),
    SaidBy.PERSON: words("The person wants it so"),
}
STANDS: Mapping[Stands, Words] = {Stands.OPEN: words("Open to change"), Stands.FIXED: words("Fixed")}
BECAME: Mapping[Asked, Words] = {
    Asked.OPEN: words("Waiting for an answer"),
    Asked.PARKED: words("Put off"),
    Asked.OTHER: words("Answered with something else"),
    Asked.KEPT: words("It stays fixed"),
    Asked.LIFTED: words("Lifted: it is open now"),
    Asked.MET: words("Agreed on something else"),
    Asked.ASKED_AGAIN: words("Asked again"),
    Asked.TAKEN_BACK: words("Taken back"),
}


@get(ONE + "/terms", access=READ)
def terms(work: Work, asked: Address, client_id: UUID, proposal_id: UUID) -> View:
    """Everything that is marked, or only what is marked about one line."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    page = _Page(work, client, one, draft)
    only = asked.query.get("line", "")
    lines = [line for line in draft.lines if line.removed_at is None and only in ("", str(line.id))]
    if not lines and only:
        raise NotVisible
    open_now = one.state is ProposalState.DRAFT
    told = [page.of_a_line(line) for line in lines]
    shared = [] if only else said_once(told)
    values = {
        "proposal": one,
        "base": address(one),
        "only": only,
        "folded": asked.htmx,
        "whole": [] if only else page.of_the_whole(),
        "shared": shared,
        "lines": told if only else without(told, shared),
        "earlier": [] if only else page.earlier(),
        "may_ask": open_now and work.can(*ASK, client.id),
        "may_mark": open_now and work.can(*WRITE, client.id),
        "about": _about(draft, only),
        "terms": [(term.value, show_plain(label)) for term, label in TERMS.items()],
        "stands": [(one.value, show(label)) for one, label in STANDS.items()],
        "sources": [(one.value, show_plain(label)) for one, label in FROM.items()],
        **page.putting_off(one),
    }
    return View("proposals/terms.html", values, fragment="proposals/_terms.html", client=client)


def said_once(told: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each rule that several lines share and nobody asked about, once, with those lines."""
    held: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for line in told:
        for row in line["rows"]:
            if row["rule"] and not row["questions"]:
                held.setdefault(row["rule"], []).append((line, row))
    return [
        {
            **holds[0][1],
            "key": rule,
            "supports": [(line["name"], line["href"]) for line, _ in holds],
            "line_keys": [(row["line_key"], line["name"]) for line, row in holds],
            "asks": [f"ask-{row['key']}" for _, row in holds],  # a form refused on the page of a line comes back here
        }
        for rule, holds in held.items()
        if len(holds) > 1
    ]


def without(told: Sequence[Mapping[str, Any]], shared: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The lines without the rules that are said once for several of them."""
    said = {row["rule"] for row in shared}
    return [
        {**line, "rows": [row for row in line["rows"] if row["questions"] or row["rule"] not in said]} for line in told
    ]


def _about(draft: Draft, only: str) -> list[tuple[str, str]]:
    lines = [(str(one.key), one.name) for one in draft.lines if one.removed_at is None and only in ("", str(one.id))]
    return lines if only else [("", show_plain(words("The whole plan"))), *lines]


class _Page:
    """Marks, rules and questions as ready values; read once for all lines."""

    def __init__(self, work: Work, client: Client, one: Proposal, draft: Draft) -> None:
        self._work, self._draft, self._program = work, draft, one.program
        self._day: date = max(one.starts, min(work.today(client), one.ends))
        every, questions = marks.every_mark(work, one), marks.challenges(work, one)
        self._marks: Sequence[Mark] = [mark for mark in every if mark.ended_at is None]
        self._asked, self._by = questions, {mark.id: mark.marked_by for mark in every}
        self._ended = [mark for mark in every if mark.ended_at is not None and self._questions(mark.id, "", None)]
        people = [mark.marked_by for mark in every]
        self._names = people_named(
            work, [*people, *(each for row in questions for each in (row.asked_by, row.answered_by, row.park_owner_id))]
        )

    def putting_off(self, one: Proposal) -> Mapping[str, Any]:
        """Who can see to a question and until when, to begin with; nothing for whoever answers none."""
        if not any(self._may_answer(row) for row in self._asked):
            return {"owners": []}
        people = others.who_see(self._work, self._draft.client, one, list(self._names))
        due = self._work.today(self._draft.client) + LATER
        return {"owners": suggested.owners(people), "due": due.isoformat(), "me_id": str(self._work.account_id)}

    def _may_answer(self, row: Challenge) -> bool:
        marked_by = self._by.get(row.mark_id) if row.mark_id else None
        return row.state in TO_ANSWER and marks.may_answer(self._work, row, marked_by)

    def of_the_whole(self) -> list[Mapping[str, Any]]:
        """What is marked about the whole, the program's own rules first."""
        ruled = [self._rule(rule, None) for rule in mark_rules.of_the_whole(self._program, self._day)]
        return ruled + [self._mark(mark) for mark in self._marks if mark.line_key is None]

    def of_a_line(self, line: DraftLine) -> Mapping[str, Any]:
        """The same about one line."""
        quoted = next((one for one in self._draft.quote.lines if one.line.id == str(line.key)), None)
        management = quoted.management if quoted else None
        given = quoted is not None and quoted.unpaid
        noticed = {one.kind for one in self._draft.quote.findings if one.line == str(line.key)}
        ruled = [] if given else mark_rules.of_a_line(self._program, self._day, management, noticed)
        rows = [self._rule(rule, line.key) for rule in ruled]
        rows += [self._mark(mark) for mark in self._marks if mark.line_key == line.key]
        base = f"/people/{self._draft.client.id}/proposals/{self._draft.proposal.id}"
        return {"id": line.id, "name": show(Name(line.name)), "href": f"{base}/lines/{line.id}", "rows": rows}

    def earlier(self) -> list[Mapping[str, Any]]:
        """Marks that are over and about which somebody asked: their answers stay."""
        return [self._mark(mark) for mark in self._ended]

    def _questions(self, mark: UUID | None, rule: str, key: UUID | None) -> list[Challenge]:
        if mark is not None:
            return [row for row in self._asked if row.mark_id == mark]
        return [row for row in self._asked if row.rule == rule and row.line_key == key and row.mark_id is None]

    def _rule(self, rule: Rule, key: UUID | None) -> Mapping[str, Any]:
        questions = self._questions(None, rule.key, key)
        lifted = bool(questions) and questions[-1].state is Asked.LIFTED
        return {
            **self._row(rule.term, rule.stands, rule.comes_from, questions),
            "key": f"{rule.key}-{key.hex[:8]}" if key else rule.key,
            "reason": show(rule.words),
            "source": rule.source,
            "since": show(rule.since),
            "confidence": rule.confidence.value,
            "rule": rule.key,
            "line_key": key or "",
            "mark": "",
            "lifted": lifted,
        }

    def _mark(self, mark: Mark) -> Mapping[str, Any]:
        return {
            **self._row(mark.term, mark.stands, mark.comes_from, self._questions(mark.id, "", None)),
            "key": f"mark-{mark.id}",
            "own": mark.reason,
            "source": mark.source,
            "who": show(Name(self._names.get(mark.marked_by, ""))),
            "when": show(mark.marked_at),
            "mark": mark.id,
            "version": mark.version,
            "ended": mark.ended_at is not None,
        }

    def _row(self, term: Term, stands: Stands, source: SaidBy, questions: Sequence[Challenge]) -> Mapping[str, Any]:
        nothing = dict.fromkeys(
            ("own", "source", "confidence", "rule", "line_key", "mark", "who", "when", "reason"), ""
        )
        return {
            **nothing,
            "ended": False,
            "lifted": False,
            **dict.fromkeys(("supports", "line_keys", "asks"), ()),
            "term": show(TERMS[term]),
            "fixed": stands is Stands.FIXED,
            "stands": show(STANDS[stands]),
            "from": show(FROM[source]),
            "questions": [self._question(row) for row in questions],
            "asked": any(row.state in UNSETTLED for row in questions),
            "met": any(row.state is Asked.MET for row in questions),
        }

    def _question(self, row: Challenge) -> Mapping[str, Any]:
        waits, mine = row.state in UNSETTLED, row.asked_by == self._work.account_id
        answered, owner = row.answered_by if row.answer else None, row.park_owner_id
        return {
            "id": row.id,
            "version": row.version,
            "why": row.why,
            "who": show(Name(self._names.get(row.asked_by, ""))),
            "when": show(row.asked_at),
            "open": waits,
            "state": show(BECAME[row.state]),
            "answer": row.answer,
            "answered_by": show(Name(self._names.get(answered, ""))) if answered else None,
            "answered_at": show(row.answered_at) if row.answered_at else None,
            "mine": waits and mine,
            "offered": mine and row.state is Asked.OTHER,
            "may_answer": self._may_answer(row),
            "owner": show(Name(self._names.get(owner, ""))) if owner and row.state is Asked.PARKED else None,
            "due": show(row.park_due) if row.park_due else None,
        }


@dataclass(frozen=True)
class MarkForm:
    about: UUID | None = forms.record_id(required=False)
    term: Term = forms.choice(Term)
    stands: Stands = forms.choice(Stands)
    comes_from: SaidBy = forms.choice(SaidBy)
    reason: str = forms.text(1000)
    source: str = forms.text(300, required=False)


@post(ONE + "/terms", access=WRITE, form=MarkForm, view=terms)
def mark(work: Work, form: MarkForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Mark a term as open or fixed."""
    _client, one = found(work, client_id, proposal_id)
    said = Marking(form.about, form.term, form.stands, form.comes_from, form.reason, form.source)
    commands.mark(work, one, said)
    return Go(f"{address(one)}/terms", words("Marked, with your reason. Others can ask whether it must be so."))


@post(ONE + "/terms/{mark_id:uuid}/back", access=WRITE, form=forms.VersionForm, view=terms)
def take_back(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID, mark_id: UUID) -> Go:
    """Take a mark back."""
    _client, one = found(work, client_id, proposal_id)
    commands.take_back(work, marks.mark(work, one, mark_id), one, form.version)
    return Go(f"{address(one)}/terms", words("Taken back. Nobody says any more that it is fixed or open."))


@dataclass(frozen=True)
class AskForm:
    why: str = forms.text(2000)
    mark: UUID | None = forms.record_id(required=False)
    rule: str = forms.text(60, required=False)
    line_key: UUID | None = forms.record_id(required=False)


@post(ONE + "/terms/ask", access=ASK, form=AskForm, view=terms)
def ask(work: Work, form: AskForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Ask whether something must be fixed."""
    _client, one = found(work, client_id, proposal_id)
    if form.line_key and all(line.key != form.line_key for line in queries.lines(work, one)):
        raise NotVisible
    about: Mark | str = marks.mark(work, one, form.mark) if form.mark else form.rule
    commands.ask(work, one, about, form.line_key, form.why)
    return Go(f"{address(one)}/terms", words("Asked. You get an answer here, and it stays to be read."))


@dataclass(frozen=True)
class AnswerForm:
    became: str = forms.one_of((Asked.KEPT.value, Asked.LIFTED.value, Asked.OTHER.value))
    answer: str = forms.text(2000)
    version: int = forms.version()


@post(ONE + "/terms/questions/{question_id:uuid}", access=WRITE, form=AnswerForm, view=terms)
def answer(work: Work, form: AnswerForm, client_id: UUID, proposal_id: UUID, question_id: UUID) -> Go:
    """Answer a question."""
    _client, one = found(work, client_id, proposal_id)
    question = marks.challenge(work, one, question_id)
    commands.answer(work, question, one, Asked(form.became), form.answer, form.version)
    return Go(f"{address(one)}/terms", words("Answered. Question and answer stay to be read."))


@post(ONE + "/terms/questions/{question_id:uuid}/later", access=WRITE, form=LaterForm, view=terms)
def later(work: Work, form: LaterForm, client_id: UUID, proposal_id: UUID, question_id: UUID) -> Go:
    """Put a question off until a day, with somebody who sees to it."""
    client, one = found(work, client_id, proposal_id)
    if form.due < work.today(client):
        raise Refusal(words("Choose a day that is still to come."), "due")
    question = marks.challenge(work, one, question_id)
    commands.put_off(work, question, one, form.owner, form.due, form.version)
    return Go(f"{address(one)}/terms", words("Put off. The rest of the plan can go on without it."))


@dataclass(frozen=True)
class SettleForm:
    given: str = forms.one_of(("agreed", "other"))
    why: str = forms.text(2000, required=False)
    version: int = forms.version()


@post(ONE + "/terms/questions/{question_id:uuid}/settle", access=ASK, form=SettleForm, view=terms)
def settle(work: Work, form: SettleForm, client_id: UUID, proposal_id: UUID, question_id: UUID) -> Go:
    """Say whether what was offered instead is right, or ask again."""
    _client, one = found(work, client_id, proposal_id)
    question = marks.challenge(work, one, question_id)
    if form.given == "agreed":
        commands.agree(work, question, one, form.version)
        return Go(f"{address(one)}/terms", words("Agreed. From now on it says what you both want."))
    commands.ask_again(work, question, one, form.why, form.version)
    return Go(f"{address(one)}/terms", words("Asked. You get an answer here, and it stays to be read."))


@post(ONE + "/terms/questions/{question_id:uuid}/back", access=ASK, form=forms.VersionForm, view=terms)
def withdraw(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID, question_id: UUID) -> Go:
    """Take one's own question back."""
    _client, one = found(work, client_id, proposal_id)
    commands.withdraw(work, marks.challenge(work, one, question_id), one, form.version)
    return Go(f"{address(one)}/terms", words("Your question is taken back."))
