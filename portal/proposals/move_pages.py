"""Moving money or hours from one support to another: first what it would come to, then a press."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from budgeting import programs
from budgeting.choosing.moving import Moved, NotMovable, move
from budgeting.money import MINUTES_PER_HOUR, Minutes, Money, Quantity
from budgeting.package import Line as PlainLine, Units, Weekly
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.db import Stale
from portal.language import show, voice
from portal.people.model import Client
from portal.proposals import commands, pricing, queries, talk_commands
from portal.proposals.model import UNSETTLED, Act, Proposal, Suggestion, SuggestionKind
from portal.proposals.pages import ONE, WRITE, address, found
from portal.proposals.queries import Draft
from portal.proposals.sheet import suggested as as_they_would_be, suggested_part, together
from portal.proposals.terms import Terms
from portal.reading import Unreadable, read_decimal, read_money
from portal.site import forms
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

MONEY, HOURS, NEW = "money", "hours", "new"
FIELDS = ("from", "to", "how", "much", "name", "price", "answers")


@dataclass(frozen=True)
class Asking:
    """What somebody wants to move, as an address or a form says it."""

    giver: str
    taker: str
    how: str
    much: str
    name: str
    price: str


def _asking(said: Mapping[str, str]) -> Asking:
    taken = [said.get(name, "")[:200] for name in FIELDS[:-1]]
    return Asking(*taken)


def _tried(work: Work, draft: Draft, asking: Asking) -> tuple[Moved, list[Act]]:
    """The move worked out on the draft as it is now; Refusal where it cannot be."""
    lines = {str(line.id): line for line in draft.lines if line.counts}
    if asking.giver not in lines or (asking.taker not in lines and asking.taker != NEW) or asking.giver == asking.taker:
        raise Refusal(words("Choose two different supports."))
    giver, editions = lines[asking.giver], catalogue.editions(work, draft.proposal.program)
    try:
        wanted: Money | Minutes = read_money(asking.much) if asking.how == MONEY else _minutes(asking.much)
        if asking.taker == NEW:
            comes = _new_one(asking, giver.terms)
            taker = pricing.package(draft.setting, [(str(uuid4()), comes)], editions).lines[0]
        else:
            comes, taker = lines[asking.taker].terms, _plain(draft, str(lines[asking.taker].key))
        found = move(draft.quote.package, str(giver.key), taker, wanted, editions, programs.calendar())
    except Unreadable as error:
        raise Refusal(error.why) from None
    except NotMovable as error:
        raise Refusal(error.sentence) from None
    taker_id = None if asking.taker == NEW else lines[asking.taker].id
    return found, [
        Act(giver.id, replace(giver.terms, schedule=found.giver.schedule), giver.terms),
        Act(taker_id, replace(comes, schedule=found.taker.schedule), None if taker_id is None else comes),
    ]


def _minutes(typed: str) -> Minutes:
    hundredths = read_decimal(typed, 2, 1_000_000)
    if hundredths <= 0:
        raise Unreadable(words("Enter a number above zero."))
    return Minutes(hundredths * MINUTES_PER_HOUR // 100)


def _new_one(asking: Asking, giver: Terms) -> Terms:
    """A new support that is paid by the hour from the same part of the funding, for the same days."""
    if not asking.name:
        raise Refusal(words("Give the support a name."))
    return Terms(
        name=asking.name,
        starts=giver.starts,
        ends=giver.ends,
        component=giver.component,
        schedule=Units(Quantity(0), "H"),
        price=read_money(asking.price),
        goal_id=giver.goal_id,
        need=giver.need,
    )


def _plain(draft: Draft, key: str) -> PlainLine:
    return next(line for line in draft.quote.package.lines if line.id == key)


def _seen(acts: Sequence[Act]) -> str:
    """What stands for a move as somebody saw it."""
    said = [(str(act.line_id), act.terms.as_json() if act.terms else "") for act in acts]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


@get(ONE + "/move", access=WRITE)
def moving(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """Choose what gives, what takes and how much; then both before and after, in hours and dollars."""
    client, one = found(work, client_id, proposal_id)
    one.must_be_draft()
    draft, said = queries.draft(work, client, one), dict(asked.query)
    answered = _answered(work, one, said.get("answers", ""))
    if answered is not None and "from" not in said:
        first, last = answered.acts[0], answered.acts[-1]
        said |= {"from": str(first.line_id), "to": str(last.line_id or NEW)}
    asking, wrong, shown = _asking(said), None, None
    if said.get("much"):
        try:
            shown = _shown(work, draft, *_tried(work, draft, asking))
        except Refusal as refusal:
            wrong = show(refusal.sentence)
    choices = [(str(line.id), show(Name(line.name))) for line in draft.lines if line.counts and _may_give(line.terms)]
    values = {
        "asking": asking,
        "giver_options": choices,
        "taker_options": [*choices, (NEW, show(words("A new support")))],
        "how_options": [(MONEY, show(words("dollars"))), (HOURS, show(words("hours")))],
        "shown": shown,
        "wrong": wrong,
        "s": as_they_would_be(work, draft, [answered], voice())[0] if answered else None,
        "again": urlencode({name: said[name] for name in FIELDS if said.get(name)}),
        "decides": answered is None and work.can(Resource.DRAFT, Action.APPROVE, client.id),
        "proposal": one,
        "base": address(one),
    }
    return View("proposals/move.html", values, client=client)


def _may_give(terms: Terms) -> bool:
    schedule = terms.schedule
    return isinstance(schedule, Units) or (isinstance(schedule, Weekly) and not schedule.sleepover)


def _answered(work: Work, one: Proposal, suggestion_id: str) -> Suggestion | None:
    """The suggestion that this move is an answer to, if any."""
    try:
        found = queries.suggestion(work, one, UUID(suggestion_id)) if suggestion_id else None
    except ValueError:
        return None
    return found if found is not None and found.state in UNSETTLED else None


def _shown(work: Work, draft: Draft, found: Moved, acts: Sequence[Act]) -> Mapping[str, Any]:
    tag = voice()
    pairs = [(act.was, act.terms) for act in acts]
    return {
        "sentence": show(_in_short(found)),
        "over": show(words("{amount} of it stays free.", amount=found.over)) if found.over else None,
        "parts": [suggested_part(work, draft, now, then, tag) for now, then in pairs],
        "together": together(work, draft, pairs),
        "seen": _seen(acts),
    }


def _in_short(found: Moved) -> Words:
    return words(
        "{giver} gives {freed} and {time}. {taker} gets {taken} and {more} for it.",
        giver=Name(found.giver.name),
        freed=found.freed,
        time=found.freed_minutes,
        taker=Name(found.taker.name),
        taken=found.taken,
        more=found.taken_minutes,
    )


@dataclass(frozen=True)
class MoveForm:
    seen: str = forms.text(64)
    reason: str = forms.text(2000, required=False)


@post(ONE + "/move", access=WRITE, form=MoveForm, view=moving)
def move_it(work: Work, asked: Asked, form: MoveForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Move it as it was shown, or suggest it; Stale when the draft is another one meanwhile."""
    client, one = found(work, client_id, proposal_id)
    _moved, acts = _tried(work, queries.draft(work, client, one), _asking(asked.query))
    if _seen(acts) != form.seen:
        raise Stale
    answered = _answered(work, one, asked.query.get("answers", ""))
    if answered is not None:
        made = talk_commands.counter(work, answered, one, SuggestionKind.MOVE, acts, form.reason)
        where = f"{address(one)}/suggestions/{made.id}"
        return Go(where, words("Sent back. Nothing changes until both sides say yes."))
    return _done(work, client, one, acts, form.reason)


def _done(work: Work, client: Client, one: Proposal, acts: Sequence[Act], reason: str) -> Go:
    if work.can(Resource.DRAFT, Action.APPROVE, client.id):
        commands.do_at_once(work, one, acts)
        return Go(address(one), words("Moved. The sheet shows what both cost now."))
    giver = queries.line(work, one, acts[0].line_id) if acts[0].line_id else None
    talk_commands.suggest(work, one, SuggestionKind.MOVE, giver, acts[0].terms, reason, acts[1:])
    return Go(address(one), words("Suggested. Nothing changes until it is accepted."))
