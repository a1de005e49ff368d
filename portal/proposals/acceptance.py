"""What stands in the way of a yes, and what exactly a yes would freeze."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from budgeting.quotation import Quote
from budgeting.words import words
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import pricing, queries
from portal.proposals.cut import to_come
from portal.proposals.frozen import freeze
from portal.proposals.model import Line, Proposal
from portal.work import Refusal, Work


class Obstacle(StrEnum):
    """What still stands in the way of a yes."""

    SUGGESTION = "suggestion"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True)
class InTheWay:
    """One thing to settle before the whole can be accepted; ``line`` None: about the whole, or something new."""

    what: Obstacle
    line: Line | None
    suggestion_id: UUID | None = None
    comment_id: UUID | None = None
    mine: bool = False  #: whether the reader suggested it: they take it back, and do not answer it
    may_stand: bool = False  #: whether who decides may say yes all the same, and the disagreement stays written


def in_the_way(work: Work, proposal: Proposal, lines: Sequence[Line]) -> Sequence[InTheWay]:
    """What is not settled yet about the lines that count; what was put off or left out does not stand in the way."""
    counting = {line.id: line for line in lines if line.counts}
    client_themself = people.account_of_client(work, proposal.client_id)
    about = {line.id for line in lines}
    found = []
    for one in queries.open_suggestions(work, proposal):
        touched = [act.line_id for act in one.acts if act.line_id is not None]
        line = next((counting[each] for each in touched if each in counting), None)
        if line is not None or not touched or any(each not in about for each in touched):
            found.append(InTheWay(Obstacle.SUGGESTION, line, one.id, mine=one.suggested_by == work.account_id))
    for said in queries.comments(work, proposal):
        if said.disagrees and said.resolved_at is None and (said.line_id is None or said.line_id in counting):
            about_line = counting.get(said.line_id) if said.line_id else None
            others = said.said_by != client_themself or said.said_by == work.account_id
            found.append(InTheWay(Obstacle.DISAGREEMENT, about_line, comment_id=said.id, may_stand=others))
    return found


def must_be_settled(
    work: Work, proposal: Proposal, lines: Sequence[Line], standing: Collection[UUID] = ()
) -> Sequence[InTheWay]:
    """Refuse a yes while something is open, and say what to do about it; answers with what stands all the same.

    ``standing`` are the disagreements that who decides has read and lets stand. What the person themself does not agree
    with never does so against them.
    """
    if proposal.kept_by is not None:
        raise Refusal(words("Nobody but you sees this draft yet. Share it first, then say yes."))
    if not any(line.counts for line in lines):
        raise Refusal(words("There is nothing in this draft yet. Add a support first."))
    open_ones = in_the_way(work, proposal, lines)
    if any(one.what is Obstacle.SUGGESTION for one in open_ones):
        raise Refusal(
            words("Some suggestions wait for an answer. Answer them, put them off, or leave their lines out for now.")
        )
    if any(not one.may_stand for one in open_ones):
        raise Refusal(
            words("Somebody does not agree with a line yet. Settle it together, or leave the line out for now.")
        )
    if any(one.comment_id not in standing for one in open_ones):
        raise Refusal(words("Somebody does not agree with something here. Read what they say, then decide."))
    return open_ones


def frozen_now(work: Work, client: Client, proposal: Proposal, lines: Sequence[Line]) -> tuple[str, str, Quote]:
    """What a yes at this moment would freeze: the text, its hash, and the figures. The same for every reader.

    What is told as spent is paid and no part of it: each line begins on the day after. Refusal when nothing is to come.
    """
    setting = queries.setting_for_freezing(work, client, proposal)
    wanted = pricing.counted(lines)
    quote = pricing.quote(work, setting, wanted)
    rest = to_come(wanted, quote)
    if wanted and not rest:
        raise Refusal(words("Everything in this draft is over and paid already. Give a support a later last day."))
    if rest != wanted:
        quote = pricing.quote(work, setting, rest)
    kept = [(UUID(key), terms) for key, terms in rest]
    text, digest = freeze(proposal, kept, quote, setting.providers, setting.purposes)
    return text, digest, quote
