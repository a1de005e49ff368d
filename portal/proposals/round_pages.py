"""Since you last looked, the rounds of a draft, and handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.language import show, show_plain
from portal.people import queries as people
from portal.proposals import (
    queries,
    round_commands as commands,
    round_queries as rounds,
    round_views as views,
    voice_queries as voices,
)
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.pages import ONE, READ, address, found
from portal.proposals.queries import Draft, people_named
from portal.proposals.round_model import Round, content_of, past_lines
from portal.proposals.round_queries import BEGINNING, Moment
from portal.site import forms
from portal.site.page import Asked, File, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

HAND = (Resource.DRAFT, Action.COMMENT)
NOW = "now"


@get(ONE + "/since", access=READ)
def since(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """What others did since the reader last looked at the draft, or said that they had seen it."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    last = rounds.last_look(work, one)
    digest, shown_at = content_of(past_lines(draft.lines))[1], (work.now - BEGINNING) // timedelta(microseconds=1)
    values: dict[str, Any] = {
        "proposal": one,
        "base": address(one),
        "own": people.is_own(work, client),
        "shared": voices.any_shared(work, one),
        "digest": digest,
        "shown_at": shown_at,
        "seen_at": show(last.at) if last else None,
        "turn": _my_turn(work, one),
        "told": [],
        "sum": None,
    }
    if last is not None:
        seen = rounds.since(work, draft, Moment(rounds.past(work, last.past_id).lines, last.at))
        values |= {"told": views.told(work, draft, seen), "sum": views.whole(seen)}

    def looked(noting: Work) -> None:
        commands.note_shown(noting, found(noting, client_id, proposal_id)[1], digest, shown_at)

    return View("proposals/since.html", values, fragment="proposals/_since.html", client=client, looked=looked)


DOT = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")  # a GIF


@get(ONE + "/shown", access=READ, by_itself=True)
def shown(work: Work, client_id: UUID, proposal_id: UUID) -> File:
    """A dot that nobody sees: without script the draft asks for it, so that opening the draft is a look, too."""
    _client, one = found(work, client_id, proposal_id)
    digest, at = (
        content_of(past_lines(queries.lines(work, one)))[1],
        (work.now - BEGINNING) // timedelta(microseconds=1),
    )

    def looked(noting: Work) -> None:
        commands.note_shown(noting, found(noting, client_id, proposal_id)[1], digest, at)

    return File("shown.gif", DOT, "image/gif", looked)


def _my_turn(work: Work, one: Proposal) -> Mapping[str, Any] | None:
    """Who handed the draft to the reader last, when nobody handed it on and it can still be worked on."""
    found = rounds.rounds(work, one)
    if not found or one.state is not ProposalState.DRAFT or found[-1].handed_to != work.account_id:
        return None
    last = found[-1]
    names = people_named(work, [last.handed_by])
    return {"who": show(Name(names.get(last.handed_by, ""))), "when": show(last.handed_at), "note": last.note}


@dataclass(frozen=True)
class SeenForm:
    seen: str = forms.text(64)
    shown: int = forms.number(most=10**17)


@post(ONE + "/seen", access=READ, form=SeenForm, view=since)
def mark_seen(work: Work, form: SeenForm, client_id: UUID, proposal_id: UUID) -> Stay:
    """I have seen this."""
    _client, one = found(work, client_id, proposal_id)
    commands.mark_seen(work, one, form.seen, form.shown)
    return Stay(words("Kept for you. Next time you see here what changed after this."))


@get(ONE + "/rounds", access=READ)
def all_rounds(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Each time the draft was handed over, whose turn it is, and how to hand it on."""
    client, one = found(work, client_id, proposal_id)
    every = rounds.rounds(work, one)
    names = people_named(work, [who for row in every for who in (row.handed_by, row.handed_to)])
    draft = one.state is ProposalState.DRAFT
    may_hand = draft and work.can(*HAND, client.id)
    turns = rounds.whose_turn_it_can_be(work, client, one) if may_hand else {}
    values = {
        "proposal": one,
        "base": address(one),
        "rounds": [_round(row, names) for row in reversed(every)],
        "choices": _choices(every),
        "turn": show(_turn(work, every[-1], names)) if every and draft else None,
        "may_hand": may_hand,
        "people": [(account, show(name)) for account, name in turns.items()],
    }
    return View("proposals/rounds.html", values, client=client)


def _turn(work: Work, last: Round, names: Mapping[UUID, str]) -> Words:
    if last.handed_to == work.account_id:
        return words("It is your turn.")
    return words("It is the turn of {person}.", person=Name(names.get(last.handed_to, "")))


def _round(row: Round, names: Mapping[UUID, str]) -> Mapping[str, Any]:
    who, person = (Name(names.get(one, "")) for one in (row.handed_by, row.handed_to))
    return {
        "number": row.number,
        "before": row.number - 1,
        "sentence": show(words("{who} handed the draft over to {person}.", who=who, person=person)),
        "who": show(who),
        "when": show(row.handed_at),
        "note": row.note,
    }


def _choices(every: Any) -> list[tuple[str, str]]:
    middle = [(str(row.number), show_plain(words("Round {number}", number=row.number))) for row in every]
    return [("0", show_plain(words("The beginning"))), *middle, (NOW, show_plain(words("Now")))]


@dataclass(frozen=True)
class HandForm:
    person: UUID = forms.record_id()
    note: str = forms.text(1000, required=False)


@post(ONE + "/rounds", access=HAND, form=HandForm, view=all_rounds)
def hand_over(work: Work, form: HandForm, client_id: UUID, proposal_id: UUID) -> Go:
    """It is somebody else's turn."""
    client, one = found(work, client_id, proposal_id)
    commands.hand_over(work, client, one, form.person, form.note)
    return Go(f"{address(one)}/rounds", words("Handed over. They are told that there is something to look at."))


@get(ONE + "/rounds/compare", access=READ)
def compare(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """What changed from one round to another, by whom and why."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    chosen = asked.query.get("first", "0"), asked.query.get("last", NOW)
    (first, called), (last, then) = sorted((_moment(work, draft, each) for each in chosen), key=lambda one: one[0].at)
    seen = rounds.between(work, draft, first, last)
    values = {
        "proposal": one,
        "base": address(one),
        "first": show(called),
        "last": show(then),
        "chosen": chosen,
        "choices": _choices(rounds.rounds(work, one)),
        "told": views.told(work, draft, seen),
        "sum": views.whole(seen),
    }
    return View("proposals/between.html", values, client=client)


def _moment(work: Work, draft: Draft, which: str) -> tuple[Moment, Words]:
    """A moment of a draft by what stands in an address; NotVisible for what is none."""
    if which == NOW:
        return Moment(past_lines(draft.lines), work.now), words("Now")
    if which == "0":
        return Moment((), draft.proposal.created_at), words("The beginning")
    if not (which.isascii() and which.isdigit() and len(which) < 6):
        raise NotVisible
    row = rounds.round_of(work, draft.proposal, int(which))
    return Moment(rounds.past(work, row.past_id).lines, row.handed_at), words("Round {number}", number=row.number)
